/* layout_crowd.c - specks around a disc's dots: its people who are not drawn with their ties
 *
 * Each has a place of its own in rings inside the rim, on the side of those it
 * writes to, so that also 20,000 people are seen, though not told apart. */
#include "layout_internal.h"

#include <math.h>
#include <stdlib.h>

#include <glib.h>

/* In pt, on pages of 180 x 150 mm. */
static const double widest_pitch = 2.3;         /* from speck to speck */
static const double least_pitch = 0.5;          /* up to here paper and screen show no specks */
static const double speck_share = 0.31;         /* radius, of the pitch */
static const double ring_step = 0.9;            /* from ring to ring, of the pitch */
static const double least_core = 0.74;          /* of a disc's radius, for its dots */

struct polar {                          /* a direction from a disc's middle */
	double angle, radius;           /* 0 .. LAYOUT_TAU; pt */
	int index;
};

/* Places of a disc's specks around (0, 0), the outermost ring first, each ring full
 * but for the last; places NULL only measures. Returns the radius left free inside. */
static double fill_rings(const struct layout_disc *disc, double pitch, struct polar *places)
{
	double radius = disc->radius - 0.8 * pitch;

	for (int ring = 0, k = 0; k < disc->folded; ring++, radius -= ring_step * pitch) {
		int count = MIN(disc->folded - k, MAX(1, (int)(LAYOUT_TAU * radius / pitch)));

		for (int i = 0; places && i < count; i++)
			places[k + i] = (struct polar){
				LAYOUT_TAU * (i + 0.5 * (ring % 2)) / count, radius, k + i };
		k += count;
	}
	return radius + (ring_step - 0.5) * pitch;
}

/* The pitch at which a disc's specks leave its core the room it needs. */
static double pitch_of(const struct layout *layout, const struct layout_disc *disc)
{
	double pitch = widest_pitch * sqrt(layout->unit);

	while (pitch > least_pitch && fill_rings(disc, pitch, NULL) < least_core * disc->radius)
		pitch *= 0.97;
	return pitch;
}

void crowd_make_room(struct layout *layout)
{
	double least = INFINITY;

	for (int d = 0; d < layout->disc_count; d++)
		if (layout->discs[d].folded > 0)
			least = fmin(least, pitch_of(layout, &layout->discs[d]));
	if (!(least > least_pitch && least < INFINITY))
		return;
	layout->specks = g_new0(struct layout_speck, layout->folded_people);
	for (int d = 0; d < layout->disc_count; d++) {
		struct layout_disc *disc = &layout->discs[d];

		if (disc->folded == 0)
			continue;
		double pitch = pitch_of(layout, disc);
		struct polar *places = g_new(struct polar, disc->folded);
		disc->speck = speck_share * pitch;
		disc->core = fmin(disc->core, fill_rings(disc, pitch, places));
		g_free(places);
	}
}

static int compare_angle(const void *a, const void *b)
{
	const struct polar *p = a, *q = b;

	if (p->angle != q->angle)
		return p->angle < q->angle ? -1 : 1;
	return p->index - q->index;
}

/* Which way its correspondents are: those drawn in the disc, else other discs. */
static double angle_of(const struct choice *choice, const struct layout *layout, int vertex,
                       const struct layout_disc *disc)
{
	double inside_x = 0, inside_y = 0, outside_x = 0, outside_y = 0;

	for (int k = choice->first[vertex]; k < choice->first[vertex + 1]; k++) {
		const struct edge *edge = &choice->edges[choice->around[k]];
		int other = edge->from + edge->to - vertex, node = choice->node_of[other];
		int there = choice->disc_of[choice->analysis->membership[other]];

		if (node >= 0 && &layout->discs[layout->nodes[node].disc] == disc) {
			inside_x += layout->nodes[node].x - disc->x;
			inside_y += layout->nodes[node].y - disc->y;
		} else if (there >= 0 && &layout->discs[there] != disc) {
			outside_x += layout->discs[there].x - disc->x;
			outside_y += layout->discs[there].y - disc->y;
		}
	}
	double x = inside_x != 0 || inside_y != 0 ? inside_x : outside_x;
	double y = inside_x != 0 || inside_y != 0 ? inside_y : outside_y;
	double angle = atan2(y, x);
	return angle < 0 ? angle + LAYOUT_TAU : angle;
}

/* People and places both go once around, sorted: by how many places people are to be
 * shifted so that they come nearest to where they want to be. */
static int best_shift(const struct polar *people, const struct polar *places, int count)
{
	enum { TRIED = 64 };
	double best = -INFINITY;
	int shift = 0;

	for (int t = 0; t < TRIED; t++) {
		int tried = (int)((int64_t)count * t / TRIED);
		double agreement = 0;

		for (int k = 0; k < count; k++)
			agreement += cos(people[k].angle - places[(k + tried) % count].angle);
		if (agreement > best + 1e-9) {
			best = agreement;
			shift = tried;
		}
	}
	return shift;
}

static void place_crowd(const struct choice *choice, struct layout *layout, int d,
                        const int *vertices)
{
	const struct layout_disc *disc = &layout->discs[d];
	struct polar *places = g_new(struct polar, disc->folded);
	struct polar *people = g_new(struct polar, disc->folded);

	fill_rings(disc, disc->speck / speck_share, places);
	for (int k = 0; k < disc->folded; k++)
		people[k] = (struct polar){ angle_of(choice, layout, vertices[k], disc), 0, k };
	qsort(places, disc->folded, sizeof *places, compare_angle);
	qsort(people, disc->folded, sizeof *people, compare_angle);
	int shift = best_shift(people, places, disc->folded);
	for (int k = 0; k < disc->folded; k++) {
		const struct polar *place = &places[(k + shift) % disc->folded];

		layout->specks[layout->speck_count++] = (struct layout_speck){
			.vertex = vertices[people[k].index], .disc = d,
			.x = disc->x + place->radius * cos(place->angle),
			.y = disc->y + place->radius * sin(place->angle),
		};
	}
	g_free(people);
	g_free(places);
}

void crowd_place(const struct choice *choice, struct layout *layout)
{
	const struct analysis *analysis = choice->analysis;
	int **crowds = g_new(int *, layout->disc_count + 1);
	int *counts = g_new0(int, layout->disc_count + 1);

	for (int d = 0; d < layout->disc_count; d++)
		crowds[d] = g_new(int, layout->discs[d].folded + 1);
	for (int v = 0; v < analysis->network->order; v++) {
		int d = choice->disc_of[analysis->membership[v]];

		if (d >= 0 && choice->node_of[v] < 0)
			crowds[d][counts[d]++] = v;
	}
	for (int d = 0; d < layout->disc_count; d++) {
		if (layout->discs[d].speck > 0)
			place_crowd(choice, layout, d, crowds[d]);
		g_free(crowds[d]);
	}
	g_free(counts);
	g_free(crowds);
}
