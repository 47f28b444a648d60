/* layout.c - where persons and communities go on the page */
#include "epistograph/layout.h"

#include "epistograph/error.h"
#include "layout_internal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

/* All in pt, tried out on pages of 180 x 150 mm. */
static const double disc_gap = 10;              /* between discs: room for bundles and captions */
static const double disc_margin = 3;            /* between discs and the edge */
static const double caption_room = 9;           /* above the topmost discs */
static const double rim = 2.4;                  /* inside a disc, kept free of nodes */
static const double node_gap = 0.7;             /* between nodes of a disc */
static const double flat_gap = 5;               /* between nodes of a flat layout */
static const double flat_margin = 14;           /* room for the outermost names */
static const double disc_node_share = 0.34;     /* of a disc's area, for nodes */
static const double flat_node_share = 0.07;
static const double largest_disc_node = 11;
static const double largest_flat_node = 15;
static const double largest_disc_tie = 2.2;     /* widths */
static const double largest_flat_tie = 4.5;
static const double largest_bundle = 9;
enum { TURNS = 6, SKELETON = 180, SETTLE_ROUNDS = 60, SEPARATE_ROUNDS = 500 };

static double strength_of(const struct analysis *analysis, const struct layout_node *node)
{
	return analysis->measures[MEASURE_STRENGTH][node->vertex];
}

/* ---- sizes ---- */

static void set_radii(const struct analysis *analysis, struct layout *layout)
{
	for (int i = 0; i < layout->node_count; i++) {
		struct layout_node *node = &layout->nodes[i];
		double radius = layout->radius_per_sqrt_strength * sqrt(strength_of(analysis, node));

		node->radius = fmax(radius, layout->radius_floor);
	}
}

/* Whether the nodes leave the room they need: none too large for itself or for
 * its disc, no disc too full. */
static bool radii_fit(const struct layout *layout)
{
	double *covered = g_new0(double, layout->disc_count + 1);
	bool fits = true;

	for (int i = 0; i < layout->node_count; i++) {
		const struct layout_node *node = &layout->nodes[i];
		double r = node->radius + (node->disc >= 0 ? node_gap / 2 : 0);

		covered[node->disc + 1] += r * r;
		if (node->disc < 0)
			fits = fits && r <= largest_flat_node;
		else
			fits = fits && r <= largest_disc_node &&
			       r <= 0.42 * layout->discs[node->disc].core;
	}
	fits = fits && LAYOUT_TAU / 2 * covered[0] <= flat_node_share * layout->width * layout->height;
	for (int d = 0; d < layout->disc_count; d++) {
		double core = layout->discs[d].core;

		fits = fits && covered[d + 1] <= disc_node_share * core * core;
	}
	g_free(covered);
	return fits;
}

/* The largest scale at which the nodes fit. */
static void choose_radii(const struct analysis *analysis, struct layout *layout)
{
	double low = 0, high = 1;
	int tries;

	layout->radius_per_sqrt_strength = high;
	for (set_radii(analysis, layout); radii_fit(layout) && high < 1e6; high *= 2) {
		low = high;
		layout->radius_per_sqrt_strength = high * 2;
		set_radii(analysis, layout);
	}
	for (tries = 0; tries < 60; tries++) {
		layout->radius_per_sqrt_strength = (low + high) / 2;
		set_radii(analysis, layout);
		*(radii_fit(layout) ? &low : &high) = layout->radius_per_sqrt_strength;
	}
	layout->radius_per_sqrt_strength = low;
	set_radii(analysis, layout);
}

static double end_width(const struct layout *layout, double scale, int64_t messages)
{
	return messages > 0 ? fmax(scale * sqrt((double)messages), layout->width_floor) : 0;
}

static void set_tie_widths(struct layout *layout)
{
	double largest = layout->form == LAYOUT_FLAT ? largest_flat_tie : largest_disc_tie;
	int64_t most = 1;

	for (int t = 0; t < layout->tie_count; t++)
		most = MAX(most, MAX(layout->ties[t].forward, layout->ties[t].backward));
	layout->width_floor = 0.3;
	layout->width_per_sqrt_messages = fmin(largest / sqrt((double)most), 0.35 * largest);
	for (int t = 0; t < layout->tie_count; t++) {
		struct layout_tie *tie = &layout->ties[t];

		tie->width_forward = end_width(layout, layout->width_per_sqrt_messages, tie->forward);
		tie->width_backward = end_width(layout, layout->width_per_sqrt_messages, tie->backward);
	}
}

static void set_bundle_widths(struct layout *layout)
{
	int64_t most = 1;

	for (int b = 0; b < layout->bundle_count; b++)
		most = MAX(most, MAX(layout->bundles[b].forward, layout->bundles[b].backward));
	double scale = fmin(largest_bundle / sqrt((double)most), layout->width_per_sqrt_messages * 3);
	layout->bundle_width_per_sqrt_messages = scale;
	for (int b = 0; b < layout->bundle_count; b++) {
		struct layout_bundle *bundle = &layout->bundles[b];

		bundle->width_forward = end_width(layout, scale, bundle->forward);
		bundle->width_backward = end_width(layout, scale, bundle->backward);
	}
}

/* ---- places ---- */

/* Stretch places into the box from (left, top), each axis by itself, but neither
 * more than half again as much as the other. */
static void stretch(int n, double *x, double *y, double left, double top, double width,
                    double height)
{
	double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;

	for (int i = 0; i < n; i++) {
		x0 = fmin(x0, x[i]), x1 = fmax(x1, x[i]);
		y0 = fmin(y0, y[i]), y1 = fmax(y1, y[i]);
	}
	double across = x1 - x0 > 1e-9 ? width / (x1 - x0) : INFINITY;
	double down = y1 - y0 > 1e-9 ? height / (y1 - y0) : INFINITY;
	if (across == INFINITY && down == INFINITY)
		across = down = 0;
	across = fmin(across, down == 0 ? 0 : 1.5 * down);
	down = fmin(down, 1.5 * across);
	for (int i = 0; i < n; i++) {
		x[i] = left + width / 2 + (x[i] - (x0 + x1) / 2) * across;
		y[i] = top + height / 2 + (y[i] - (y0 + y1) / 2) * down;
	}
}

/* The length a tie wants: shorter the more of both people's mail it is. */
static double tie_length(const struct analysis *analysis, const struct layout *layout,
                         const struct layout_tie *tie)
{
	double a = strength_of(analysis, &layout->nodes[tie->a]);
	double b = strength_of(analysis, &layout->nodes[tie->b]);
	double messages = (double)(tie->forward + tie->backward);
	double share = a > 0 && b > 0 ? messages / sqrt(a * b) : 0;

	return 1.7 - fmin(1, sqrt(share));
}

static bool separate_nodes(struct layout *layout, int first, int count, double gap,
                           const struct region *region, int rounds)
{
	struct circle *circles = g_new(struct circle, count);

	for (int i = 0; i < count; i++)
		circles[i] = (struct circle){ layout->nodes[first + i].x, layout->nodes[first + i].y,
		                              layout->nodes[first + i].radius };
	bool parted = pack_separate(circles, count, gap, region, rounds);
	for (int i = 0; i < count; i++) {
		layout->nodes[first + i].x = circles[i].x;
		layout->nodes[first + i].y = circles[i].y;
	}
	g_free(circles);
	return parted;
}

/* Make all nodes smaller, where they could not be parted. */
static void shrink_nodes(struct layout *layout)
{
	layout->radius_per_sqrt_strength *= 0.9;
	layout->radius_floor *= 0.9;
	for (int i = 0; i < layout->node_count; i++)
		layout->nodes[i].radius *= 0.9;
}

/* ---- flat ---- */

static void layout_flat(struct choice *choice, struct layout *layout)
{
	int n;
	struct region box = { .width = layout->width, .height = layout->height };

	layout->radius_floor = 1.6;
	choice_nodes(choice, layout);
	choice_ties(choice, layout);
	choose_radii(choice->analysis, layout);
	set_tie_widths(layout);
	n = layout->node_count;

	struct spring *springs = g_new(struct spring, layout->tie_count);
	double *x = g_new(double, n), *y = g_new(double, n);
	for (int t = 0; t < layout->tie_count; t++) {
		const struct layout_tie *tie = &layout->ties[t];
		springs[t] = (struct spring){ tie->a, tie->b,
		                              tie_length(choice->analysis, layout, tie) };
	}
	double edge = fmin(flat_margin, 0.1 * fmin(box.width, box.height));
	stress_spiral(n, x, y);
	stress_layout(n, springs, layout->tie_count, x, y);
	stress_align(n, x, y, box.height > box.width);
	stretch(n, x, y, edge, edge, box.width - 2 * edge, box.height - 2 * edge);
	for (int i = 0; i < n; i++)
		layout->nodes[i].x = x[i], layout->nodes[i].y = y[i];
	while (!separate_nodes(layout, 0, n, flat_gap, &box, SEPARATE_ROUNDS))
		shrink_nodes(layout);
	g_free(x);
	g_free(y);
	g_free(springs);
}

/* ---- discs ---- */

/* Distances between the discs' centres: touching if they exchange far more than
 * their sizes let expect, some discs apart if nothing. */
static double *disc_distances(const struct layout *layout, const double *messages)
{
	int n = layout->disc_count;
	double *distances = g_new0(double, (gsize)n * n), all = 0;

	for (int d = 0; d < n; d++)
		all += messages[d];
	for (int a = 0; a < n; a++)
		for (int b = 0; b < n; b++)
			distances[a * n + b] = a == b ? 0 : 2.6;
	for (int i = 0; i < layout->bundle_count; i++) {
		const struct layout_bundle *bundle = &layout->bundles[i];
		double between = (double)(bundle->forward + bundle->backward);
		double expected = messages[bundle->a] * messages[bundle->b] / fmax(all, 1);
		double far = 0.9 + 1.7 / (1 + 1.5 * between / fmax(expected, 1e-9));

		distances[bundle->a * n + bundle->b] = distances[bundle->b * n + bundle->a] = far;
	}
	for (int a = 0; a < n; a++)
		for (int b = 0; b < n; b++)
			distances[a * n + b] *= layout->discs[a].radius + layout->discs[b].radius;
	return distances;
}

/* Messages of each disc to other discs. */
static double *disc_messages(const struct layout *layout)
{
	double *messages = g_new0(double, layout->disc_count);

	for (int i = 0; i < layout->bundle_count; i++) {
		const struct layout_bundle *bundle = &layout->bundles[i];
		double between = (double)(bundle->forward + bundle->backward);

		messages[bundle->a] += between;
		messages[bundle->b] += between;
	}
	return messages;
}

static struct pull *disc_pulls(const struct layout *layout, const double *messages)
{
	struct pull *pulls = g_new(struct pull, layout->bundle_count);

	for (int i = 0; i < layout->bundle_count; i++) {
		const struct layout_bundle *bundle = &layout->bundles[i];
		double between = (double)(bundle->forward + bundle->backward);
		double least = fmin(messages[bundle->a], messages[bundle->b]);

		pulls[i] = (struct pull){ bundle->a, bundle->b, between / fmax(least, 1) };
	}
	return pulls;
}

/* Turn places by `angle`, stretch them over the box and let discs grow there.
 * Returns pt of radius per square root of people. */
static double grow_turned(const struct layout *layout, const double *x, const double *y,
                          double angle, const struct region *box, const struct pull *pulls,
                          struct circle *circles)
{
	int n = layout->disc_count;
	double *across = g_new(double, n), *down = g_new(double, n), area = 0;
	double c = cos(angle), s = sin(angle);

	for (int d = 0; d < n; d++) {
		across[d] = c * x[d] - s * y[d];
		down[d] = s * x[d] + c * y[d];
		area += LAYOUT_TAU / 2 * layout->discs[d].radius * layout->discs[d].radius;
	}
	stretch(n, across, down, 0.12 * box->width, 0.12 * box->height, 0.76 * box->width,
	        0.76 * box->height);
	double start = sqrt(0.12 * box->width * box->height / area);
	for (int d = 0; d < n; d++)
		circles[d] = (struct circle){ across[d], down[d], layout->discs[d].radius * start };
	g_free(across);
	g_free(down);
	return start * pack_grow(circles, n, fmin(disc_gap, 0.03 * fmin(box->width, box->height)), box,
	                         pulls, layout->bundle_count);
}

/* Which way round the discs come out largest; the first if others are hardly better. */
static double turn_and_grow(const struct layout *layout, const double *x, const double *y,
                            const struct region *box, const struct pull *pulls,
                            struct circle *circles)
{
	struct circle *tried = g_new(struct circle, layout->disc_count);
	double best = 0;

	for (int turn = 0; turn < TURNS; turn++) {
		double scale = grow_turned(layout, x, y, LAYOUT_TAU / 2 * turn / TURNS, box, pulls, tried);

		if (scale <= best * 1.02)
			continue;
		best = scale;
		memcpy(circles, tried, sizeof *circles * layout->disc_count);
	}
	g_free(tried);
	return best;
}

static void place_discs(struct layout *layout)
{
	int n = layout->disc_count;
	struct circle *circles = g_new(struct circle, n);
	struct region box = { .width = layout->width - 2 * disc_margin,
	                      .height = layout->height - 2 * disc_margin - caption_room };
	double *x = g_new(double, n), *y = g_new(double, n);
	double *messages = disc_messages(layout);
	double *distances = disc_distances(layout, messages);
	struct pull *pulls = disc_pulls(layout, messages);

	stress_spiral(n, x, y);
	stress_majorize(n, distances, x, y, 400);
	stress_align(n, x, y, box.height > box.width);
	layout->disc_per_sqrt_people = turn_and_grow(layout, x, y, &box, pulls, circles);
	for (int d = 0; d < n; d++) {
		struct layout_disc *disc = &layout->discs[d];

		disc->x = circles[d].x + disc_margin;
		disc->y = circles[d].y + disc_margin + caption_room;
		disc->radius = circles[d].radius;
		disc->core = disc->radius - fmin(rim, 0.15 * disc->radius);
	}
	g_free(pulls);
	g_free(distances);
	g_free(messages);
	g_free(x);
	g_free(y);
	g_free(circles);
}

/* ---- inside a disc ---- */

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
		struct layout_node *a = &nodes[inside->springs[s].a], *b = &nodes[inside->springs[s].b];
		double dx = b->x - a->x, dy = b->y - a->y, far = sqrt(dx * dx + dy * dy);
		double wanted = (a->radius + b->radius) * 1.25 + 3 * node_gap;

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
		separate_nodes(layout, inside->first, inside->count, node_gap, region, 2);
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

static void place_nodes(const struct analysis *analysis, struct layout *layout)
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
					                 tie_length(analysis, layout, tie) };
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
static void part_nodes(struct layout *layout)
{
	for (bool parted = false; !parted; ) {
		int first = 0;

		parted = true;
		for (int d = 0; d < layout->disc_count; d++) {
			const struct layout_disc *disc = &layout->discs[d];
			struct region region = { .is_disc = true, .x = disc->x, .y = disc->y,
			                         .radius = disc->core };

			parted = separate_nodes(layout, first, disc->shown, node_gap / 2, &region,
			                        SEPARATE_ROUNDS) && parted;
			first += disc->shown;
		}
		if (!parted)
			shrink_nodes(layout);
	}
}

/* ---- curves between discs ---- */

/* How much of the curve lies in discs other than its own two. */
static double curve_hidden(const struct layout *layout, const struct layout_bundle *bundle,
                           double cx, double cy)
{
	const struct layout_disc *a = &layout->discs[bundle->a], *b = &layout->discs[bundle->b];
	enum { STEPS = 24 };
	int hidden = 0;

	for (int s = 1; s < STEPS; s++) {
		double t = (double)s / STEPS, u = 1 - t;
		double x = u * u * a->x + 2 * u * t * cx + t * t * b->x;
		double y = u * u * a->y + 2 * u * t * cy + t * t * b->y;

		if (x < 0 || y < 0 || x > layout->width || y > layout->height)
			hidden += 3;
		for (int d = 0; d < layout->disc_count; d++) {
			double dx = x - layout->discs[d].x, dy = y - layout->discs[d].y;
			double reach = layout->discs[d].radius + 1;

			hidden += d != bundle->a && d != bundle->b && dx * dx + dy * dy < reach * reach;
		}
	}
	return (double)hidden / STEPS;
}

/* Bend each curve the way that hides least of it, the flatter the better. */
static void bend_bundles(struct layout *layout)
{
	static const double bends[] = { 0.12, -0.12, 0.25, -0.25, 0.4, -0.4, 0.6, -0.6 };

	for (int i = 0; i < layout->bundle_count; i++) {
		struct layout_bundle *bundle = &layout->bundles[i];
		const struct layout_disc *a = &layout->discs[bundle->a];
		const struct layout_disc *b = &layout->discs[bundle->b];
		double best = INFINITY;

		for (size_t k = 0; k < G_N_ELEMENTS(bends); k++) {
			double x = (a->x + b->x) / 2 - bends[k] * (b->y - a->y);
			double y = (a->y + b->y) / 2 + bends[k] * (b->x - a->x);
			double cost = curve_hidden(layout, bundle, x, y) + 0.25 * fabs(bends[k]);

			if (cost >= best)
				continue;
			best = cost;
			bundle->control_x = x;
			bundle->control_y = y;
		}
	}
}

static void layout_two_level(struct choice *choice, struct layout *layout)
{
	choice_discs(choice, layout);
	choice_bundles(choice, layout);
	place_discs(layout);
	layout->radius_floor = 0.9;
	choice_nodes(choice, layout);
	choice_ties(choice, layout);
	choice_thin_bundles(layout);
	choose_radii(choice->analysis, layout);
	set_tie_widths(layout);
	set_bundle_widths(layout);
	place_nodes(choice->analysis, layout);
	part_nodes(layout);
	bend_bundles(layout);
}

int layout_network(const struct analysis *analysis, double width, double height,
                   struct layout *layout, struct error *err)
{
	struct choice choice;

	*layout = (struct layout){ .width = width, .height = height };
	if (!(width >= 60 && height >= 60))
		return error_set(err, "the page leaves no room for the network: make it larger");
	if (analysis->network->order == 0)
		return 0;
	choice_init(&choice, analysis);
	if (analysis->network->order <= LAYOUT_FLAT_ORDER) {
		layout_flat(&choice, layout);
	} else {
		layout->form = LAYOUT_TWO_LEVEL;
		layout_two_level(&choice, layout);
	}
	choice_clear(&choice);
	return 0;
}

void layout_clear(struct layout *layout)
{
	g_free(layout->nodes);
	g_free(layout->discs);
	g_free(layout->ties);
	g_free(layout->bundles);
	*layout = (struct layout){ 0 };
}
