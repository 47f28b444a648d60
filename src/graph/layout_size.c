/* layout_size.c - how large nodes are and how wide ties */
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

/* All in pt, tried out on pages of 180 x 150 mm. */
static const double disc_node_share = 0.34;     /* of a disc's area, for nodes */
static const double flat_node_share = 0.07;
static const double largest_disc_node = 11;
static const double largest_flat_node = 15;
static const double largest_disc_tie = 2.2;     /* widths */
static const double largest_flat_tie = 4.5;
static const double largest_bundle = 9;

static double strength_of(const struct analysis *analysis, const struct layout_node *node)
{
	return analysis->measures[MEASURE_STRENGTH][node->vertex];
}

/* ---- nodes ---- */

static void set_radii(const struct analysis *analysis, struct layout *layout)
{
	for (int i = 0; i < layout->node_count; i++) {
		struct layout_node *node = &layout->nodes[i];
		double radius =
			layout->radius_per_sqrt_strength * sqrt(strength_of(analysis, node));

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
		double r = node->radius + (node->disc >= 0 ? LAYOUT_NODE_GAP / 2 : 0);

		covered[node->disc + 1] += r * r;
		if (node->disc < 0)
			fits = fits && r <= largest_flat_node * layout->unit;
		else
			fits = fits && r <= largest_disc_node * layout->unit &&
			       r <= 0.42 * layout->discs[node->disc].core;
	}
	fits = fits &&
	       LAYOUT_TAU / 2 * covered[0] <= flat_node_share * layout->width * layout->height;
	for (int d = 0; d < layout->disc_count; d++) {
		double core = layout->discs[d].core;

		fits = fits && covered[d + 1] <= disc_node_share * core * core;
	}
	g_free(covered);
	return fits;
}

/* The largest scale at which the nodes fit. */
void size_nodes(const struct analysis *analysis, struct layout *layout)
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

void size_ties(struct layout *layout)
{
	double largest = layout->unit *
	                 (layout->form == LAYOUT_FLAT ? largest_flat_tie : largest_disc_tie);
	int64_t most = 1;

	for (int t = 0; t < layout->tie_count; t++)
		most = MAX(most, MAX(layout->ties[t].forward, layout->ties[t].backward));
	layout->width_floor = 0.3;
	layout->width_per_sqrt_messages = fmin(largest / sqrt((double)most), 0.2 * largest);
	for (int t = 0; t < layout->tie_count; t++) {
		struct layout_tie *tie = &layout->ties[t];

		tie->width_forward =
			end_width(layout, layout->width_per_sqrt_messages, tie->forward);
		tie->width_backward =
			end_width(layout, layout->width_per_sqrt_messages, tie->backward);
	}
}

void size_bundles(struct layout *layout)
{
	int64_t most = 1;

	for (int b = 0; b < layout->bundle_count; b++)
		most = MAX(most, MAX(layout->bundles[b].forward, layout->bundles[b].backward));
	double scale = fmin(largest_bundle * layout->unit / sqrt((double)most),
	                    layout->width_per_sqrt_messages * 4);
	layout->bundle_width_per_sqrt_messages = scale;
	for (int b = 0; b < layout->bundle_count; b++) {
		struct layout_bundle *bundle = &layout->bundles[b];

		bundle->width_forward = end_width(layout, scale, bundle->forward);
		bundle->width_backward = end_width(layout, scale, bundle->backward);
	}
}

void size_shrink_nodes(struct layout *layout)
{
	layout->radius_per_sqrt_strength *= 0.9;
	layout->radius_floor *= 0.9;
	for (int i = 0; i < layout->node_count; i++)
		layout->nodes[i].radius *= 0.9;
}

double size_tie_length(const struct analysis *analysis, const struct layout *layout,
                         const struct layout_tie *tie)
{
	double a = strength_of(analysis, &layout->nodes[tie->a]);
	double b = strength_of(analysis, &layout->nodes[tie->b]);
	double messages = (double)(tie->forward + tie->backward);
	double share = a > 0 && b > 0 ? messages / sqrt(a * b) : 0;

	return 1.7 - fmin(1, sqrt(share));
}
