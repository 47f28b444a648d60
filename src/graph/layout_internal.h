/* layout_internal.h - the steps of a layout, private to src/graph
 *
 * layout_choose.c decides what is drawn, layout_size.c how large; layout_discs.c
 * and layout_inside.c find places by means of layout_stress.c and layout_pack.c,
 * layout_turn.c turns discs, layout_untangle.c lets people change places,
 * layout_crowd.c puts the others around, layout_bend.c bends what runs between
 * discs; layout.c goes through the steps; layout_room.c is asked for afterwards. */
#ifndef EPISTOGRAPH_LAYOUT_INTERNAL_H
#define EPISTOGRAPH_LAYOUT_INTERNAL_H

#include "epistograph/layout.h"

#include <complex.h>

#define LAYOUT_TAU 6.283185307179586
#define LAYOUT_NODE_GAP 0.7             /* pt between nodes of a disc */
#define LAYOUT_BUNDLES 3                /* drawn for each disc, about */

/* ---- layout_pack.c: circles that must not overlap ---- */

struct circle { double x, y, radius; };

struct region {                         /* where circles may be: a disc, else a box from (0, 0) */
	bool is_disc;
	double x, y, radius;            /* the disc */
	double width, height;           /* the box */
};

/* Put the circle inside the region; if it is too large, in the middle. */
void region_clamp(const struct region *region, struct circle *circle);

/* Push circles apart until there is gap between any two and all are inside, at
 * most `rounds` times over; large ones give way less. Linear in count for a
 * given density. Returns whether it came to that. */
bool pack_separate(struct circle *circles, int count, double gap, const struct region *region,
                   int rounds);

/* Grow circles of given proportions as large as the region takes with gap
 * between them (less around small ones), keeping their neighbourhoods. A sheaf of ties pulls them
 * together meanwhile. Returns the factor their radii were multiplied by. */
struct pull { int a, b; double strength; };     /* strength 0..1 */
double pack_grow(struct circle *circles, int count, double gap, const struct region *region,
                 const struct pull *pulls, int pull_count);

/* The same for nodes first .. first + count of the layout. */
bool pack_separate_nodes(struct layout *layout, int first, int count, double gap,
                         const struct region *region, int rounds);

/* ---- layout_stress.c: distances on the page after distances in the graph ---- */

struct spring { int a, b; double length; };     /* length > 0, in units of its own */

/* Places for n vertices so that distances on the page follow shortest paths over
 * the springs (parts not joined are set a little further than the widest part).
 * x, y: in: distinct starting places; out: the result, mean at (0, 0). Needs
 * n^2 doubles. */
void stress_layout(int n, const struct spring *springs, int spring_count, double *x, double *y);

/* The same for given distances[n * n]; weight of a pair is 1 / distance^2. */
void stress_majorize(int n, const double *distances, double *x, double *y, int rounds);

/* n places from the middle outwards, evenly spread, unit spacing. */
void stress_spiral(int n, double *x, double *y);

/* Turn places so that their longer axis is horizontal (or vertical, if tall). */
void stress_align(int n, double *x, double *y, bool tall);

/* Stretch places into the box, each axis by itself, but neither more than half
 * again as much as the other, and none to more than `most` pt a unit. */
void stress_stretch(int n, double *x, double *y, const struct layout_box *box, double most);

/* ---- layout_choose.c: what is drawn ---- */

struct choice {                         /* of one layout */
	const struct analysis *analysis;
	struct edge *edges;             /* of the network, as network_edges() gives them */
	int edge_count;
	bool *backbone;                 /* [edge_count] */
	int *common;                    /* [edge_count] common correspondents within the disc */
	int *first, *around;            /* edges of vertex v: around[first[v] .. first[v + 1]) */
	int *disc_of;                   /* [community_count] its disc or -1 */
	int *node_of;                   /* [order] its node or -1 */
	int *leaves;                    /* [order] how many write to nobody but this one, so far */
};

void choice_init(struct choice *choice, const struct analysis *analysis);
void choice_clear(struct choice *choice);

/* Which communities become discs, with radii in proportion: fills discs. */
void choice_discs(struct choice *choice, struct layout *layout);

/* Whether vertex wrote or heard once only, from one correspondent. */
bool choice_is_once(const struct choice *choice, int vertex);

/* Who is drawn: the strongest of each disc, as many as it can hold, without those
 * who would only widen a hub's fan; all if it is flat. Fills nodes (strongest
 * first within a disc), shown, folded, once. */
void choice_nodes(struct choice *choice, struct layout *layout);

/* Which ties are drawn singly. Fills ties, and the sums of all ties. */
void choice_ties(struct choice *choice, struct layout *layout);

/* Sums of ties between discs, strongest first; all of them. */
void choice_bundles(struct choice *choice, struct layout *layout);

/* Keep the bundles that are drawn. */
void choice_thin_bundles(struct layout *layout);

/* ---- layout_size.c: radii and widths, and their scales ---- */

/* Nodes as large as the discs, or the page, have room for. */
void size_nodes(const struct analysis *analysis, struct layout *layout);
void size_shrink_nodes(struct layout *layout);  /* all of them: they could not be parted */
void size_ties(struct layout *layout);
void size_bundles(struct layout *layout);       /* after size_ties() */

/* The length a tie wants, in units of its own: shorter the more of both people's
 * mail it is. */
double size_tie_length(const struct analysis *analysis, const struct layout *layout,
                       const struct layout_tie *tie);

/* ---- layout_discs.c ---- */

/* Places and radii of discs, by all of the bundles. */
void discs_place(struct layout *layout);

/* ---- layout_bend.c ---- */

/* Bend each bundle's curve so that other discs hide little of it and it crosses few others. */
void bend_bundles(struct layout *layout);

/* ---- layout_inside.c ---- */

/* Nodes inside their discs by the ties that are drawn. */
void inside_place_nodes(const struct analysis *analysis, struct layout *layout);

/* The last word: nodes of a disc do not touch, whatever it costs in size. */
void inside_part_nodes(struct layout *layout);

/* ---- layout_crowd.c ---- */

/* Make room in each disc for those folded, if the page is large enough to show
 * them all: sets discs' speck and core. To be called before sizes are set. */
void crowd_make_room(struct layout *layout);

/* Their places, after those of the nodes. Fills specks. */
void crowd_place(const struct choice *choice, struct layout *layout);

/* ---- layout_turn.c ---- */

/* For each node the sum of the directions, of length 1, of its ties to other discs. g_free(). */
double complex *outward_directions(const struct choice *choice, const struct layout *layout);

/* Turn or mirror disc d, whose nodes begin with first, so that people stand towards the discs
 * they have ties to. */
void turn_disc(struct layout *layout, int d, int first, const double complex *outward);

/* ---- layout_untangle.c ---- */

/* Let its people change places where their ties then cross less. */
void untangle_disc(struct layout *layout, int d, int first, const double complex *outward);

#endif
