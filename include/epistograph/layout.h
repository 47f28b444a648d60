/* layout.h - where persons and communities go on the page: numbers, no pixels
 *
 * Flat for small networks, two-level for all others: communities are discs whose
 * area follows their size, placed by their ties without overlap; inside each its
 * members by their own ties. The same input gives the same layout. */
#ifndef EPISTOGRAPH_LAYOUT_H
#define EPISTOGRAPH_LAYOUT_H

#include <stdbool.h>

#include "epistograph/analysis.h"

struct error;

enum layout_form { LAYOUT_FLAT, LAYOUT_TWO_LEVEL };

struct layout_node {
	int vertex;                     /* index into network.vertices */
	int disc;                       /* index into discs; -1 in a flat layout */
	double x, y, radius;            /* pt; radius^2 proportional to strength */
};

struct layout_disc {
	int community;                  /* index into analysis.communities */
	double x, y, radius;            /* pt */
	int shown, folded;              /* members drawn as nodes; one-time correspondents folded
	                                 * into its ring. shown + folded = the community's size */
};

struct layout_tie {                     /* a single tie that is drawn */
	int a, b;                       /* indices into nodes, a < b */
	int64_t forward, backward;      /* messages a -> b, b -> a */
	double width_forward, width_backward;   /* pt at the sender's end; 0 = none */
};

struct layout_bundle {                  /* all ties between two discs, as one curve */
	int a, b;                       /* indices into discs, a < b */
	int64_t forward, backward;      /* messages a -> b, b -> a */
	double width;                   /* pt */
};

struct layout {
	enum layout_form form;
	double width, height;           /* pt: all of it lies inside */
	struct layout_node *nodes;      int node_count;
	struct layout_disc *discs;      int disc_count;
	struct layout_tie *ties;        int tie_count;
	struct layout_bundle *bundles;  int bundle_count;

	/* What is not drawn, and scales for the legend. */
	int small_groups, small_group_people;   /* islands gathered into a remark */
	int folded_people;              /* sum of the discs' folded */
	int ties_total, ties_drawn;     /* tied pairs in the network; as single ties */
	int64_t receipts_total, receipts_drawn; /* the same in messages-to-a-recipient; bundles count as drawn */
	double radius_per_sqrt_strength;        /* node radius = this * sqrt(strength), down to a floor */
	double radius_floor;            /* pt */
	double width_per_sqrt_messages; /* tie width = this * sqrt(messages) */
	double bundle_width_per_sqrt_messages;
};

/* Lay out the network of analysis inside width x height pt. Returns 0, or -1
 * with *err. Runs igraph in a child process. */
int layout_network(const struct analysis *analysis, double width, double height,
                   struct layout *layout, struct error *err);
void layout_clear(struct layout *layout);

#endif
