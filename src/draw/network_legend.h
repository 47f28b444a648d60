/* network_legend.h - the key of a network diagram; private to src/draw */
#ifndef EPISTOGRAPH_NETWORK_LEGEND_H
#define EPISTOGRAPH_NETWORK_LEGEND_H

#include "epistograph/network_chart.h"

/* Draw the legend in columns side by side, with gap between, from (area.x, area.y)
 * on; text is the size of letters, 1 on a page of 180 x 150 mm; home as
 * network_home_domain() gives it. Blocks that do not fit into area's height are
 * made shorter or left out, least needed first. canvas NULL only measures.
 * Returns the height used. */
double network_legend_draw(struct canvas *canvas, const struct style *style,
                           const struct box *area, double gap, double text,
                           const struct analysis *analysis, const struct layout *layout,
                           const char *home);
double network_legend_width(double text);       /* of a column, pt */

/* The same as a few lines of running text, for small pages. */
double network_key_draw(struct canvas *canvas, const struct style *style,
                        const struct box *area, double text, const struct analysis *analysis, const struct layout *layout,
                        const char *home);

/* What marks are called, by what ties are made of. */
struct network_terms {
	const char *line, *both, *from, *to, *width, *bundle;          /* of a line, its ends, its width */
	const char *area, *area_shared;
	const char *small_line, *small_both, *small_area, *small_area_shared;
	const char *one, *many, *receipts;
	const char *sent_one, *sent, *received;                 /* of a person */
};
const struct network_terms *network_terms(const struct analysis *analysis);

/* For both: up to three round values, largest first, some five times apart. */
int network_round_values(double most, double least, double *values);
const char *network_value_text(double value);
double network_most_strength(const struct analysis *analysis, const struct layout *layout);
int64_t network_most_messages(const struct layout *layout, bool bundles);

/* The domain, with its @, that labels need not repeat, since most of the people
 * drawn have no name and an address there; NULL if there is none. Borrowed from
 * the network. */
const char *network_home_domain(const struct analysis *analysis, const struct layout *layout);

/* text without that domain; g_free(). home may be NULL. */
char *network_short_name(const char *text, const char *home);

/* A tie: a wedge whose width at each end is what that end sent; 0 is drawn as a
 * hair. */
struct color network_tie_color(const struct style *style, struct color color, bool two_way,
                               double opacity);  /* dark if both wrote, else pale */
void network_draw_wedge(struct canvas *canvas, struct point a, struct point b, double width_a,
                        double width_b, struct color color);

/* Around the dot of whom a community is named after; the dot keeps its area. */
double network_ring_width(double radius);
void network_draw_ring(struct canvas *canvas, struct point centre, double radius);

/* A few specks, as in the ring of a disc. */
void network_draw_specks(struct canvas *canvas, struct point middle, double scale);

/* The part of a disc's rim that stands for `share` of its people. */
void network_draw_rim(struct canvas *canvas, double x, double y, double radius, double share,
                      struct color color);

#endif
