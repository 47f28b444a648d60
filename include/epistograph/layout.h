/* layout.h - where persons and communities go on the page: numbers, no pixels
 *
 * Flat for small networks, two-level for all others: communities are discs whose
 * area follows their size, placed by their ties without overlap; inside each its
 * members by their own ties. The same input gives the same layout: it starts
 * from positions computed, not drawn by lot.
 *
 * One who writes round mail to hundreds, or a list that hundreds ask once, would
 * make the largest community of all out of people who take no part in it. Who has
 * one correspondent, and mail one way only, therefore counts a tenth in a disc's
 * area: if it were less, a hub of nothing else would be lost from the page. */
#ifndef EPISTOGRAPH_LAYOUT_H
#define EPISTOGRAPH_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/analysis.h"

struct error;

enum layout_form { LAYOUT_FLAT, LAYOUT_TWO_LEVEL };

#define LAYOUT_FLAT_ORDER 60            /* people: up to here a network is drawn flat */
#define LAYOUT_DISCS      40            /* more places than this cannot be told apart */
#define LAYOUT_ONE_WAY    10            /* so many with one tie, one way, count as one */

struct layout_node {
	int vertex;                     /* index into network.vertices */
	int disc;                       /* index into discs; -1 in a flat layout */
	double x, y, radius;            /* pt; radius^2 proportional to strength */
};

struct layout_disc {
	int community;                  /* index into analysis.communities */
	double x, y, radius;            /* pt; area proportional to people */
	double people;                  /* members, those one-way counting a tenth */
	int one_way;                    /* members with one correspondent, and mail to or from
	                                 * that one only */
	double core;                    /* pt: its nodes lie within this radius */
	int shown, folded;              /* members drawn as nodes; the others. shown + folded =
	                                 * the community's size */
	double speck;                   /* pt: radius of the specks that stand for those folded, in
	                                 * rings around the core; 0 = they are only counted */
	int once;                       /* of folded: one correspondent, once (no more than one
	                                 * message each way) */
};

struct layout_speck {                   /* one of those folded */
	int vertex, disc;               /* as for a node */
	double x, y;                    /* pt; no speck touches another or a node */
};

struct layout_tie {                     /* a single tie that is drawn */
	int a, b;                       /* indices into nodes, a < b */
	int64_t forward, backward;      /* messages a -> b, b -> a */
	double width_forward, width_backward;   /* pt at the sender's end; 0 = none */
};

struct layout_bundle {                  /* all ties between two discs, as one curve */
	int a, b;                       /* indices into discs, a < b */
	int ties;                       /* tied pairs of people in it */
	int64_t forward, backward;      /* messages a -> b, b -> a */
	double width_forward, width_backward;   /* pt at the sender's end; 0 = none */
	double control_x, control_y;    /* pt: control point of the quadratic curve between
	                                 * the centres, bent to keep clear of other discs */
};

struct layout {
	enum layout_form form;
	double width, height;           /* pt: all of it lies inside */
	double unit;                    /* 1 on a page of 180 x 150 mm: by what sizes of marks are
	                                 * smaller or larger here */
	struct layout_node *nodes;      int node_count;
	struct layout_disc *discs;      int disc_count;
	struct layout_speck *specks;    int speck_count;        /* folded_people, or 0 */
	struct layout_tie *ties;        int tie_count;
	struct layout_bundle *bundles;  int bundle_count;

	/* What is not drawn. In people: node_count + folded_people +
	 * small_group_people = the network's order. */
	int small_groups, small_group_people;   /* communities without a disc */
	int folded_people, once_people; /* sums of the discs' folded and once */
	int one_way;                    /* the same sum: drawn or not */
	/* In ties (tied pairs): drawn singly + within bundles drawn + the rest = total. */
	int ties_total, ties_drawn, ties_bundled;
	int64_t receipts_total;         /* in messages-to-a-recipient, the same three */
	int64_t receipts_drawn, receipts_bundled;
	int bundles_total;              /* pairs of discs with ties, drawn or not */

	/* Scales, for the legend. */
	double radius_per_sqrt_strength;        /* node radius = this * sqrt(strength), down
	                                         * to a floor */
	double radius_floor;            /* pt */
	double disc_per_sqrt_people;    /* disc radius = this * sqrt(people) */
	double width_per_sqrt_messages; /* tie width at an end = this * sqrt(messages sent
	                                 * from it) */
	double bundle_width_per_sqrt_messages;
	double width_floor;             /* pt: thinnest end that stands for any message */
};

/* Lay out the network of analysis inside width x height pt. Needs of analysis:
 * membership, communities, MEASURE_STRENGTH and backbone. Returns 0, or -1 with
 * *err when the page has no room at all: less than 40 x 40 pt.
 *
 * Sources: stress majorization: Gansner, Koren & North (2004),
 * doi:10.1007/978-3-540-31843-9_25; growing discs until they jam: Lubachevsky &
 * Stillinger (1990), doi:10.1007/BF01025983. */
int layout_network(const struct analysis *analysis, double width, double height,
                   struct layout *layout, struct error *err);

/* Move nodes out from under boxes (names), each to the nearest free place of its
 * disc, or of the page in a flat layout; nodes with stays[node] do not move. clear[count] says
 * of each box whether no node is left under it. */
struct layout_box { double left, top, width, height; };         /* pt */
void layout_make_room(struct layout *layout, const struct layout_box *boxes, int count,
                      const bool *stays, bool *clear);

void layout_clear(struct layout *layout);

#endif
