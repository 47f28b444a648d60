/* layout_discs.c - where the discs of communities go */
#include "layout_internal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

/* All in pt, tried out on pages of 180 x 150 mm. */
static const double disc_gap = 10;              /* between discs: bundles and captions */
static const double disc_margin = 3;            /* between discs and the edge */
static const double caption_room = 9;           /* above the topmost discs */
static const double rim = 2.4;                  /* inside a disc, kept free of nodes */
static const double most_unlike = 1.6;          /* radii of discs that may change places */
static const double cost_crossing = 0.1;        /* a distance wrong by a third, about */
enum { TURNS = 6, SWAP_ROUNDS = 8 };

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
	stress_stretch(n, across, down, &(struct layout_box){ 0.12 * box->width, 0.12 * box->height,
	                                              0.76 * box->width, 0.76 * box->height }, 1e9);
	double start = sqrt(0.12 * box->width * box->height / area);
	for (int d = 0; d < n; d++)
		circles[d] = (struct circle){ across[d], down[d], layout->discs[d].radius * start };
	g_free(across);
	g_free(down);
	double gap = fmin(disc_gap * layout->unit, 0.03 * fmin(box->width, box->height));
	return start * pack_grow(circles, n, gap, box, pulls, layout->bundle_count);
}

/* Which way round the discs come out largest; the first if others are hardly better. */
static double turn_and_grow(const struct layout *layout, const double *x, const double *y,
                            const struct region *box, const struct pull *pulls,
                            struct circle *circles)
{
	struct circle *tried = g_new(struct circle, layout->disc_count);
	double best = 0;

	for (int turn = 0; turn < TURNS; turn++) {
		double scale =
			grow_turned(layout, x, y, LAYOUT_TAU / 2 * turn / TURNS, box, pulls, tried);

		if (scale <= best * 1.02)
			continue;
		best = scale;
		memcpy(circles, tried, sizeof *circles * layout->disc_count);
	}
	g_free(tried);
	return best;
}

/* ---- discs change places ---- */

struct map {                            /* discs as points */
	const struct layout *layout;
	const double *distances;        /* [discs * discs] wanted */
	double *x, *y;
	int bundles;                    /* so many, the strongest, are likely to be drawn */
};

/* How wrong the distances of disc i are. */
static double disc_stress(const struct map *map, int i)
{
	int n = map->layout->disc_count;
	double stress = 0;

	for (int j = 0; j < n; j++) {
		double wanted = map->distances[i * n + j];

		if (!(wanted > 0))
			continue;
		double wrong = hypot(map->x[i] - map->x[j], map->y[i] - map->y[j]) / wanted - 1;
		stress += wrong * wrong;
	}
	return stress;
}

static double side(const struct map *map, int a, int b, int c)
{
	return (map->x[b] - map->x[a]) * (map->y[c] - map->y[a]) -
	       (map->y[b] - map->y[a]) * (map->x[c] - map->x[a]);
}

static bool bundles_cross(const struct map *map, const struct layout_bundle *p,
                          const struct layout_bundle *q)
{
	if (p->a == q->a || p->a == q->b || p->b == q->a || p->b == q->b)
		return false;
	return side(map, p->a, p->b, q->a) * side(map, p->a, p->b, q->b) < 0 &&
	       side(map, q->a, q->b, p->a) * side(map, q->a, q->b, p->b) < 0;
}

/* What disc i costs where it is. */
static double disc_cost(const struct map *map, int i)
{
	const struct layout_bundle *bundles = map->layout->bundles;
	int crossings = 0;

	for (int p = 0; p < map->bundles; p++)
		for (int q = 0; q < map->bundles && (bundles[p].a == i || bundles[p].b == i); q++)
			crossings += bundles_cross(map, &bundles[p], &bundles[q]);
	return disc_stress(map, i) + cost_crossing * crossings;
}

static void change_places(struct map *map, int a, int b)
{
	double x = map->x[a], y = map->y[a];

	map->x[a] = map->x[b], map->y[a] = map->y[b];
	map->x[b] = x, map->y[b] = y;
}

/* Whether two discs do better in each other's place; then they stay there. */
static bool swap_if_better(struct map *map, int a, int b)
{
	double before = disc_cost(map, a) + disc_cost(map, b);

	change_places(map, a, b);
	if (disc_cost(map, a) + disc_cost(map, b) < before - 1e-9)
		return true;
	change_places(map, a, b);
	return false;
}

/* Discs of about one size change places where the distances are then righter and fewer of
 * the ties between them cross. */
static void swap_discs(const struct layout *layout, const double *distances, double *x, double *y)
{
	struct map map = { layout, distances, x, y,
	                   MIN(layout->bundle_count, LAYOUT_BUNDLES * layout->disc_count) };
	bool moved = true;

	for (int round = 0; moved && round < SWAP_ROUNDS; round++) {
		moved = false;
		for (int a = 0; a < layout->disc_count; a++)
			for (int b = a + 1; b < layout->disc_count; b++) {
				/* The largest come first. */
				if (layout->discs[a].radius > most_unlike * layout->discs[b].radius)
					break;
				moved = swap_if_better(&map, a, b) || moved;
			}
	}
}

void discs_place(struct layout *layout)
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
	swap_discs(layout, distances, x, y);
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
