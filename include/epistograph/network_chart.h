/* network_chart.h - the network drawn */
#ifndef EPISTOGRAPH_NETWORK_CHART_H
#define EPISTOGRAPH_NETWORK_CHART_H

#include "epistograph/analysis.h"
#include "epistograph/frame.h"
#include "epistograph/layout.h"

struct network_plan;

struct network_chart {
	const struct analysis *analysis;
	struct frame frame;
	int label_count;                /* names wanted, 0 = automatic; fewer where they would
	                                 * overlap or hide a community */
	struct network_plan *plan;      /* of this chart and page, or NULL: drawing makes its own;
	                                 * borrowed, for one drawing */
};

/* Lay it out on a page of width x height pt, since only it knows the room that the frame
 * leaves. NULL with *err if the page is too small. network_plan_free(). */
struct network_plan *network_plan_new(const struct network_chart *chart, const struct style *style,
                                      double width, double height, struct error *err);
void network_plan_free(struct network_plan *plan);      /* NULL is fine */

/* How many of the people, the tied pairs and the messages are drawn, and how the others are
 * counted: "Drawn are all 163 people, ...". g_free(). */
char *network_plan_words(const struct network_plan *plan);

/* Draw it on a page of width x height pt: frame, legend (size, width, colour,
 * direction, what is counted but not drawn), communities, ties, people, names.
 *
 * A tie is a wedge: its width at each end stands for what that end sent. Marks:
 * node-V, speck-V and tie-V-W by vertex, community-K and bundle-K-L by community number.
 * Needs of analysis what layout_network() does, and rank, by_rank and the names
 * of communities. Returns 0, or -1 with *err if the page is too small. */
int network_chart_draw(struct canvas *canvas, double width, double height,
                       const struct network_chart *chart, struct error *err);

#endif
