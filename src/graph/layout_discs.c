/* layout_discs.c - where the discs of communities go, and the curves between them */
#include "layout_internal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

/* All in pt, tried out on pages of 180 x 150 mm. */
static const double disc_gap = 10;              /* between discs: bundles and captions */
static const double disc_margin = 3;            /* between discs and the edge */
static const double caption_room = 9;           /* above the topmost discs */
static const double rim = 2.4;                  /* inside a disc, kept free of nodes */
enum { TURNS = 6 };

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

			hidden += d != bundle->a && d != bundle->b &&
			          dx * dx + dy * dy < reach * reach;
		}
	}
	return (double)hidden / STEPS;
}

/* Bend each curve the way that hides least of it, the flatter the better. */
void discs_bend_bundles(struct layout *layout)
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
