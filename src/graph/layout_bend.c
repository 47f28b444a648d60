/* layout_bend.c - curves between discs, bent so that as much of them is seen as can be */
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

/* In curves that are wholly hidden. */
static const double cost_bent = 0.25;           /* a half circle, about */
static const double cost_crossing = 0.05;       /* more makes long ways round the page */

enum { STEPS = 24 };

struct curve {                          /* a bundle's, as it is seen */
	double x[STEPS + 1], y[STEPS + 1];
	bool is_seen[STEPS];            /* the piece from step s to s + 1: no disc is on it */
	double hidden;                  /* share of it that lies in discs not its own */
};

static void curve_init(struct curve *curve, const struct layout *layout,
                       const struct layout_bundle *bundle, double cx, double cy)
{
	const struct layout_disc *a = &layout->discs[bundle->a], *b = &layout->discs[bundle->b];

	curve->hidden = 0;
	for (int s = 0; s <= STEPS; s++) {
		double t = (double)s / STEPS, u = 1 - t;

		curve->x[s] = u * u * a->x + 2 * u * t * cx + t * t * b->x;
		curve->y[s] = u * u * a->y + 2 * u * t * cy + t * t * b->y;
	}
	for (int s = 0; s < STEPS; s++) {
		double x = curve->x[s], y = curve->y[s];

		curve->is_seen[s] = true;
		if (x < 0 || y < 0 || x > layout->width || y > layout->height)
			curve->hidden += 3.0 / STEPS;
		for (int d = 0; d < layout->disc_count; d++) {
			double dx = x - layout->discs[d].x, dy = y - layout->discs[d].y;
			double reach = layout->discs[d].radius + 1;

			if (dx * dx + dy * dy >= reach * reach)
				continue;
			curve->is_seen[s] = false;
			if (d != bundle->a && d != bundle->b)
				curve->hidden += 1.0 / STEPS;
		}
	}
}

static double side(const struct curve *p, int s, double x, double y)
{
	return (p->x[s + 1] - p->x[s]) * (y - p->y[s]) - (p->y[s + 1] - p->y[s]) * (x - p->x[s]);
}

/* How often two curves are seen to cross. */
static int curve_crossings(const struct curve *p, const struct curve *q)
{
	int crossings = 0;

	for (int s = 0; s < STEPS; s++)
		for (int t = 0; p->is_seen[s] && t < STEPS; t++)
			crossings += q->is_seen[t] &&
			             side(p, s, q->x[t], q->y[t]) *
			             side(p, s, q->x[t + 1], q->y[t + 1]) < 0 &&
			             side(q, t, p->x[s], p->y[s]) *
			             side(q, t, p->x[s + 1], p->y[s + 1]) < 0;
	return crossings;
}

/* Bend each curve, strongest first, the way that hides least of it and crosses fewest of
 * those before, the flatter the better. */
void bend_bundles(struct layout *layout)
{
	static const double bends[] = { 0.12, -0.12, 0.25, -0.25, 0.4, -0.4, 0.6, -0.6 };
	struct curve *curves = g_new(struct curve, layout->bundle_count + 1), tried;

	for (int i = 0; i < layout->bundle_count; i++) {
		struct layout_bundle *bundle = &layout->bundles[i];
		const struct layout_disc *a = &layout->discs[bundle->a];
		const struct layout_disc *b = &layout->discs[bundle->b];
		double best = INFINITY;

		for (size_t k = 0; k < G_N_ELEMENTS(bends); k++) {
			double x = (a->x + b->x) / 2 - bends[k] * (b->y - a->y);
			double y = (a->y + b->y) / 2 + bends[k] * (b->x - a->x);

			curve_init(&tried, layout, bundle, x, y);
			double cost = tried.hidden + cost_bent * fabs(bends[k]);
			for (int j = 0; j < i && cost < best; j++)
				cost += cost_crossing * curve_crossings(&tried, &curves[j]);
			if (cost >= best)
				continue;
			best = cost;
			bundle->control_x = x;
			bundle->control_y = y;
			curves[i] = tried;
		}
	}
	g_free(curves);
}
