/* layout_turn.c - discs turned so that people stand towards those they write to outside
 *
 * Ties inside a disc do not say which way round it goes: those that leave it do. */
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

static double complex disc_centre(const struct layout *layout, int d)
{
	return layout->discs[d].x + layout->discs[d].y * I;
}

/* Add to outward[] of the one end the direction to the disc of the other. */
static void add_direction(const struct choice *choice, const struct layout *layout, int from, int to,
                          double complex *outward)
{
	int node = choice->node_of[from];
	int disc = choice->disc_of[choice->analysis->membership[to]];

	if (node < 0 || disc < 0 || layout->nodes[node].disc == disc)
		return;
	double complex way = disc_centre(layout, disc) -
	                     disc_centre(layout, layout->nodes[node].disc);
	outward[node] += way / fmax(cabs(way), 1e-9);
}

double complex *outward_directions(const struct choice *choice, const struct layout *layout)
{
	double complex *outward = g_new0(double complex, layout->node_count + 1);

	for (int e = 0; e < choice->edge_count; e++) {
		const struct edge *edge = &choice->edges[e];

		add_direction(choice, layout, edge->from, edge->to, outward);
		add_direction(choice, layout, edge->to, edge->from, outward);
	}
	return outward;
}

/* The turn, or the mirroring and turn, after which places and directions agree
 * best: both are sums of complex numbers (Schoenemann 1966 in the plane). */
void turn_disc(struct layout *layout, int d, int first, const double complex *outward)
{
	double complex turned = 0, mirrored = 0, centre = disc_centre(layout, d);
	int count = layout->discs[d].shown;

	for (int i = first; i < first + count; i++) {
		double complex place = layout->nodes[i].x + layout->nodes[i].y * I - centre;

		turned += conj(place) * outward[i];
		mirrored += place * outward[i];
	}
	bool mirror = cabs(mirrored) > cabs(turned);
	double complex factor = mirror ? mirrored : turned;
	if (cabs(factor) < 1e-9)
		return;
	factor /= cabs(factor);
	for (int i = first; i < first + count; i++) {
		struct layout_node *node = &layout->nodes[i];
		double complex place = node->x + node->y * I - centre;

		place = centre + factor * (mirror ? conj(place) : place);
		node->x = creal(place);
		node->y = cimag(place);
	}
}
