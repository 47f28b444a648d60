/* layout_inside.c - where people go inside their community's disc */
#include "layout_internal.h"

#include <math.h>
#include <stdlib.h>

#include <glib.h>

enum { SKELETON = 180, SETTLE_ROUNDS = 60, SEPARATE_ROUNDS = 500, MOST_SHRINKS = 100 };

struct inside {                         /* one disc's nodes and ties, counted from 0 */
	int count, first;               /* nodes first .. first + count of the layout */
	double *x, *y;
	struct spring *springs;         /* strongest first */
	int spring_count;
};

/* Beyond the skeleton of the strongest, each goes next to the ties it has among
 * those already there, a little outwards. */
static void place_rest(struct inside *inside, int from)
{
	double *sum_x = g_new0(double, inside->count), *sum_y = g_new0(double, inside->count);
	int *ties = g_new0(int, inside->count);

	for (int s = 0; s < inside->spring_count; s++) {
		int a = MIN(inside->springs[s].a, inside->springs[s].b);
		int b = MAX(inside->springs[s].a, inside->springs[s].b);

		if (b < from || a >= from)
			continue;
		sum_x[b] += inside->x[a];
		sum_y[b] += inside->y[a];
		ties[b]++;
	}
	for (int i = from; i < inside->count; i++) {
		double turn = 2.399963229728653 * i;
		double home_x = ties[i] ? sum_x[i] / ties[i] : inside->x[i % from];
		double home_y = ties[i] ? sum_y[i] / ties[i] : inside->y[i % from];

		inside->x[i] = home_x * 1.15 + 0.6 * cos(turn);
		inside->y[i] = home_y * 1.15 + 0.6 * sin(turn);
	}
	g_free(ties);
	g_free(sum_y);
	g_free(sum_x);
}

struct radius_of { double radius; int node; };

static int compare_radius(const void *a, const void *b)
{
	const struct radius_of *p = a, *q = b;

	if (p->radius != q->radius)
		return p->radius < q->radius ? -1 : 1;
	return p->node - q->node;
}

/* Spread places over the disc: the share `evenly` of the way from where they are
 * to equal areas for all. Directions stay. */
static void spread_radially(struct inside *inside, double core, double evenly)
{
	int n = inside->count;
	struct radius_of *sorted = g_new(struct radius_of, n);

	for (int i = 0; i < n; i++) {
		double x = inside->x[i], y = inside->y[i];
		sorted[i] = (struct radius_of){ sqrt(x * x + y * y), i };
	}
	qsort(sorted, n, sizeof *sorted, compare_radius);
	double widest = fmax(sorted[n - 1].radius, 1e-9);
	for (int k = 0; k < n; k++) {
		int i = sorted[k].node;
		double even = n > 1 ? sqrt(k / (n - 1.0)) : 0;
		double wanted = core * (evenly * even + (1 - evenly) * sorted[k].radius / widest);
		double factor = sorted[k].radius > 1e-9 ? wanted / sorted[k].radius : 0;

		inside->x[i] *= factor;
		inside->y[i] *= factor;
	}
	g_free(sorted);
}

/* Draw tied nodes together, each by no more than its share of the tie. */
static void pull_ties(struct layout *layout, const struct inside *inside, const int *degree,
                      double rate)
{
	struct layout_node *nodes = layout->nodes + inside->first;

	for (int s = 0; s < inside->spring_count; s++) {
		struct layout_node *a = &nodes[inside->springs[s].a],
				   *b = &nodes[inside->springs[s].b];
		double dx = b->x - a->x, dy = b->y - a->y, far = sqrt(dx * dx + dy * dy);
		double wanted = (a->radius + b->radius) * 1.25 + 3 * LAYOUT_NODE_GAP;

		if (far <= wanted)
			continue;
		double step = rate * (far - wanted) / far;
		double by_a = step / degree[inside->springs[s].a];
		double by_b = step / degree[inside->springs[s].b];
		a->x += dx * by_a, a->y += dy * by_a;
		b->x -= dx * by_b, b->y -= dy * by_b;
	}
}

static void settle(struct layout *layout, const struct inside *inside, const struct region *region)
{
	int *degree = g_new0(int, inside->count);

	for (int s = 0; s < inside->spring_count; s++) {
		degree[inside->springs[s].a]++;
		degree[inside->springs[s].b]++;
	}
	for (int round = 0; round < SETTLE_ROUNDS; round++) {
		double rate = 0.25 * (1 - (double)round / SETTLE_ROUNDS);

		pull_ties(layout, inside, degree, rate);
		pack_separate_nodes(layout, inside->first, inside->count, LAYOUT_NODE_GAP, region,
		                    2);
	}
	g_free(degree);
}

/* Make a long shape rounder: stretch it across its longer axis, by half again as
 * much at most. A disc is round. */
static void round_off(struct inside *inside)
{
	double across = 0, along = 0;

	stress_align(inside->count, inside->x, inside->y, false);
	for (int i = 0; i < inside->count; i++) {
		along += inside->x[i] * inside->x[i];
		across += inside->y[i] * inside->y[i];
	}
	if (!(across > 0))
		return;
	double factor = fmin(1.6, sqrt(along / across));
	for (int i = 0; i < inside->count; i++)
		inside->y[i] *= factor;
}

static void put_inside(struct layout *layout, const struct inside *inside,
                       const struct layout_disc *disc)
{
	for (int i = 0; i < inside->count; i++) {
		layout->nodes[inside->first + i].x = disc->x + inside->x[i];
		layout->nodes[inside->first + i].y = disc->y + inside->y[i];
	}
}

/* Places as they have become, around the middle of all, heavy nodes counting
 * most: hubs in the middle. */
static void take_inside(const struct layout *layout, struct inside *inside)
{
	double sum = 0, x = 0, y = 0;

	for (int i = 0; i < inside->count; i++) {
		const struct layout_node *node = &layout->nodes[inside->first + i];

		x += node->x * node->radius;
		y += node->y * node->radius;
		sum += node->radius;
	}
	for (int i = 0; i < inside->count; i++) {
		inside->x[i] = layout->nodes[inside->first + i].x - x / sum;
		inside->y[i] = layout->nodes[inside->first + i].y - y / sum;
	}
}

static void place_inside(struct layout *layout, struct inside *inside,
                         const struct layout_disc *disc)
{
	int skeleton = MIN(inside->count, SKELETON), kept = 0;
	struct region region = { .is_disc = true, .x = disc->x, .y = disc->y,
	                         .radius = disc->core };
	struct spring *bones = g_new(struct spring, inside->spring_count);

	for (int s = 0; s < inside->spring_count; s++)
		if (inside->springs[s].a < skeleton && inside->springs[s].b < skeleton)
			bones[kept++] = inside->springs[s];
	stress_spiral(skeleton, inside->x, inside->y);
	stress_layout(skeleton, bones, kept, inside->x, inside->y);
	place_rest(inside, skeleton);
	round_off(inside);
	spread_radially(inside, 0.92 * disc->core, 0.6);
	put_inside(layout, inside, disc);
	settle(layout, inside, &region);
	/* The ties have drawn all of it into the middle: use the whole disc again. */
	take_inside(layout, inside);
	round_off(inside);
	spread_radially(inside, 0.96 * disc->core, 0.45);
	put_inside(layout, inside, disc);
	g_free(bones);
}

void inside_place_nodes(const struct analysis *analysis, struct layout *layout)
{
	int first = 0;
	struct spring *springs = g_new(struct spring, layout->tie_count);

	for (int d = 0; d < layout->disc_count; d++) {
		const struct layout_disc *disc = &layout->discs[d];
		struct inside inside = { .count = disc->shown, .first = first, .springs = springs };

		for (int t = 0; t < layout->tie_count; t++) {
			const struct layout_tie *tie = &layout->ties[t];

			if (layout->nodes[tie->a].disc == d)
				springs[inside.spring_count++] =
					(struct spring){ tie->a - first, tie->b - first,
					                 size_tie_length(analysis, layout, tie) };
		}
		inside.x = g_new(double, inside.count);
		inside.y = g_new(double, inside.count);
		if (inside.count > 0)
			place_inside(layout, &inside, disc);
		g_free(inside.x);
		g_free(inside.y);
		first += disc->shown;
	}
	g_free(springs);
}

/* The last word: nodes of a disc do not touch, whatever it costs in size. */
void inside_part_nodes(struct layout *layout)
{
	bool parted = false;

	for (int tries = 0; !parted && tries < MOST_SHRINKS; tries++) {
		int first = 0;

		parted = true;
		for (int d = 0; d < layout->disc_count; d++) {
			const struct layout_disc *disc = &layout->discs[d];
			struct region region = { .is_disc = true, .x = disc->x, .y = disc->y,
			                         .radius = disc->core };

			parted =
				pack_separate_nodes(layout, first, disc->shown, LAYOUT_NODE_GAP / 2,
			                            &region, SEPARATE_ROUNDS) &&
				parted;
			first += disc->shown;
		}
		if (!parted)
			size_shrink_nodes(layout);
	}
}
