/* layout_untangle.c - people of a disc change places, so that their ties cross less
 *
 * Distances on the page follow those in the graph; that says nothing of lines that
 * cross or run under the dot of somebody else. Two people of about one size change
 * places where that costs less, after Davidson & Harel (1996), doi:10.1145/234535.234538,
 * whose cost this is, but never uphill: the places were good before. */
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

enum {
	NEAREST = 10,                   /* places tried for each, nearest to those tied to it */
	SWEEPS = 4,
	MOST_TIES = 400,                /* of a disc: where there are more, nobody follows one */
};
static const double most_unlike = 1.8;  /* times the radius: hubs stay in the middle */
/* In crossings: a tie that runs under a dot, a radius of the disc in length; a radius nearer
 * to somebody in another disc. Between 0.1 and 1 that last hardly matters to the others, and
 * all ties drawn straight, of lists, cross a tenth less. */
static const double cost_under = 1.5;
static const double cost_length = 2;
static const double gain_outward = 0.2;

struct line { double ax, ay, bx, by; int a, b; };       /* a tie; its ends from 0 */

struct tangle {                         /* one disc's nodes and ties */
	struct layout_node *nodes;      /* [count] */
	int count;
	double radius;                  /* pt, of the disc's core */
	struct line *lines;             /* [line_count], of which those of node i are
	                                 * around[start[i] .. start[i + 1]) */
	int line_count;
	int *start, *around;
	double complex centre;          /* of the disc */
	const double complex *outward;  /* [count] as outward_directions() gives them */
};

/* Of two lines without a common end. */
static inline bool do_cross(const struct line *p, const struct line *q)
{
	double px = p->bx - p->ax, py = p->by - p->ay, qx = q->bx - q->ax, qy = q->by - q->ay;
	double a = px * (q->ay - p->ay) - py * (q->ax - p->ax);
	double b = px * (q->by - p->ay) - py * (q->bx - p->ax);
	double c = qx * (p->ay - q->ay) - qy * (p->ax - q->ax);
	double d = qx * (p->by - q->ay) - qy * (p->bx - q->ax);

	return a * b < 0 && c * d < 0;
}

/* Whether the line runs under a dot that is not at its end. */
static inline bool is_under(const struct line *line, const struct layout_node *dot)
{
	double dx = line->bx - line->ax, dy = line->by - line->ay;
	double px = dot->x - line->ax, py = dot->y - line->ay;
	double square = dx * dx + dy * dy, along = px * dx + py * dy, across = px * dy - py * dx;

	return across * across < dot->radius * dot->radius * square && along > 0 && along < square;
}

/* What the line costs beside all others of the disc. */
static double line_cost(const struct tangle *tangle, const struct line *line)
{
	double dx = line->bx - line->ax, dy = line->by - line->ay;
	int crossings = 0, under = 0;

	for (int k = 0; k < tangle->line_count; k++) {
		const struct line *other = &tangle->lines[k];

		crossings += do_cross(line, other) && other->a != line->a && other->a != line->b &&
		             other->b != line->a && other->b != line->b;
	}
	for (int i = 0; i < tangle->count; i++)
		under += is_under(line, &tangle->nodes[i]) && i != line->a && i != line->b;
	return crossings + cost_under * under +
	       cost_length * sqrt(dx * dx + dy * dy) / tangle->radius;
}

/* What node i costs: its ties, those of others that run under it, and if it stands away
 * from those it has ties to in other discs. Stops at `most`. */
static double node_cost(const struct tangle *tangle, int i, double most)
{
	int under = 0;

	for (int k = 0; k < tangle->line_count; k++) {
		const struct line *line = &tangle->lines[k];

		under += is_under(line, &tangle->nodes[i]) && i != line->a && i != line->b;
	}
	double complex place = tangle->nodes[i].x + tangle->nodes[i].y * I - tangle->centre;
	double turned_out = creal(conj(place) * tangle->outward[i]) / tangle->radius;
	double cost = cost_under * under - gain_outward * turned_out;
	for (int k = tangle->start[i]; k < tangle->start[i + 1] && cost < most; k++)
		cost += line_cost(tangle, &tangle->lines[tangle->around[k]]);
	return cost;
}

/* Let the lines of node i end where it is. */
static void follow(struct tangle *tangle, int i)
{
	const struct layout_node *node = &tangle->nodes[i];

	for (int k = tangle->start[i]; k < tangle->start[i + 1]; k++) {
		struct line *line = &tangle->lines[tangle->around[k]];

		if (line->a == i)
			line->ax = node->x, line->ay = node->y;
		else
			line->bx = node->x, line->by = node->y;
	}
}

static void change_places(struct tangle *tangle, int i, int j)
{
	struct layout_node *a = &tangle->nodes[i], *b = &tangle->nodes[j];
	double x = a->x, y = a->y;

	a->x = b->x, a->y = b->y;
	b->x = x, b->y = y;
	follow(tangle, i);
	follow(tangle, j);
}

/* The middle of those tied to node i. */
static struct circle middle_of_ties(const struct tangle *tangle, int i)
{
	struct circle middle = { 0 };
	int degree = tangle->start[i + 1] - tangle->start[i];

	for (int k = tangle->start[i]; k < tangle->start[i + 1]; k++) {
		const struct line *line = &tangle->lines[tangle->around[k]];

		middle.x += (line->a == i ? line->bx : line->ax) / degree;
		middle.y += (line->a == i ? line->by : line->ay) / degree;
	}
	return middle;
}

static bool are_alike(const struct layout_node *a, const struct layout_node *b)
{
	return a->radius < most_unlike * b->radius && b->radius < most_unlike * a->radius;
}

/* The nodes whose places node i may take, nearest to its ties first. Returns how many. */
static int find_places(const struct tangle *tangle, int i, int places[NEAREST])
{
	struct circle middle = middle_of_ties(tangle, i);
	double far[NEAREST];
	int count = 0;

	for (int j = 0; j < tangle->count; j++) {
		double dx = tangle->nodes[j].x - middle.x, dy = tangle->nodes[j].y - middle.y;
		double distance = dx * dx + dy * dy;
		int at = count;

		if (j == i || !are_alike(&tangle->nodes[i], &tangle->nodes[j]))
			continue;
		while (at > 0 && far[at - 1] > distance)
			at--;
		if (at == NEAREST)
			continue;
		count = MIN(count + 1, NEAREST);
		for (int k = count - 1; k > at; k--)
			far[k] = far[k - 1], places[k] = places[k - 1];
		far[at] = distance;
		places[at] = j;
	}
	return count;
}

/* Returns whether anybody moved. */
static bool sweep(struct tangle *tangle)
{
	bool moved = false;
	int places[NEAREST];

	for (int i = 0; i < tangle->count; i++) {
		int count = find_places(tangle, i, places);
		double own = node_cost(tangle, i, INFINITY);

		for (int k = 0; k < count; k++) {
			double before = own + node_cost(tangle, places[k], INFINITY) - 1e-9;

			change_places(tangle, i, places[k]);
			double after = node_cost(tangle, i, before);
			if (after < before)
				after += node_cost(tangle, places[k], before - after);
			if (after < before) {
				moved = true;
				break;
			}
			change_places(tangle, i, places[k]);
		}
	}
	return moved;
}

/* The ties of disc d, and which are whose. */
static void collect_lines(struct tangle *tangle, const struct layout *layout, int d, int first)
{
	for (int t = 0; t < layout->tie_count; t++) {
		const struct layout_node *a = &layout->nodes[layout->ties[t].a];
		const struct layout_node *b = &layout->nodes[layout->ties[t].b];

		if (a->disc == d)
			tangle->lines[tangle->line_count++] = (struct line){
				a->x, a->y, b->x, b->y,
				layout->ties[t].a - first, layout->ties[t].b - first };
	}
	for (int k = 0; k < tangle->line_count; k++) {
		tangle->start[tangle->lines[k].a + 1]++;
		tangle->start[tangle->lines[k].b + 1]++;
	}
	for (int i = 0; i < tangle->count; i++)
		tangle->start[i + 1] += tangle->start[i];
	int *next = g_memdup2(tangle->start, sizeof *next * ((gsize)tangle->count + 1));
	for (int k = 0; k < tangle->line_count; k++) {
		tangle->around[next[tangle->lines[k].a]++] = k;
		tangle->around[next[tangle->lines[k].b]++] = k;
	}
	g_free(next);
}

void untangle_disc(struct layout *layout, int d, int first, const double complex *outward)
{
	const struct layout_disc *disc = &layout->discs[d];
	struct tangle tangle = {
		.nodes = layout->nodes + first, .count = disc->shown, .radius = disc->core,
		.centre = disc->x + disc->y * I, .outward = outward + first,
		.lines = g_new(struct line, layout->tie_count + 1),
		.start = g_new0(int, (gsize)disc->shown + 1),
		.around = g_new(int, 2 * (gsize)layout->tie_count + 1),
	};

	collect_lines(&tangle, layout, d, first);
	if (tangle.line_count <= MOST_TIES)
		for (int round = 0; round < SWEEPS && sweep(&tangle); round++)
			;
	g_free(tangle.lines);
	g_free(tangle.start);
	g_free(tangle.around);
}
