/* network_figure.h - one network diagram being drawn; private to src/draw
 *
 * network_chart.c draws marks and divides the page, network_names.c puts names
 * to them, network_legend.c and network_key.c say what they mean. */
#ifndef EPISTOGRAPH_NETWORK_FIGURE_H
#define EPISTOGRAPH_NETWORK_FIGURE_H

#include "network_legend.h"

struct figure {
	struct canvas *canvas;
	const struct style *style;      /* of the canvas */
	const struct analysis *analysis;
	const struct layout *layout;
	struct box box;                 /* where it stands on the page */
	const char *home;               /* domain left out of names, or NULL */
	double text;                    /* sizes of letters: 1 on a page of 180 x 150 mm */
	int *ties_at;                   /* [node_count] ties drawn at each node */
	int *centres;                   /* [disc_count] node of the person whom the community is
	                                 * named after. It has a ring, so that the caption need
	                                 * not be repeated beside it */
};

struct point network_disc_centre(const struct figure *figure, int disc);
struct point network_node_centre(const struct figure *figure, int node);
struct color network_community_color(const struct figure *figure, int community);
const char *network_vertex_name(const struct analysis *analysis, int vertex);

/* Names of communities and people; at most `wanted` people besides those after
 * whom communities are named, 0 = as many as read well. */
void network_draw_names(const struct figure *figure, int wanted);

#endif
