/* network_figure.h - one network diagram being drawn; private to src/draw
 *
 * network_chart.c draws marks and divides the page, network_names.c puts names
 * to them, network_legend.c and network_key.c say what they mean,
 * network_words.c what is drawn of it, network_data.c notes their numbers. */
#ifndef EPISTOGRAPH_NETWORK_FIGURE_H
#define EPISTOGRAPH_NETWORK_FIGURE_H

#include "network_legend.h"

struct figure {
	struct canvas *canvas;
	const struct style *style;      /* of the canvas */
	const struct analysis *analysis;
	struct layout *layout;          /* its dots give way to names */
	struct box box;                 /* where it stands on the page */
	const char *home;               /* domain left out of names, or NULL */
	const char **names;             /* of vertices, distinct */
	double text;                    /* sizes of letters: 1 on a page of 180 x 150 mm */
	int *centres;                   /* [disc_count] node of the person whom the community is
	                                 * named after. It has a ring, so that the caption need
	                                 * not be repeated beside it */
};

struct point network_disc_centre(const struct figure *figure, int disc);
struct point network_node_centre(const struct figure *figure, int node);
double network_dot_reach(const struct figure *figure, int node);        /* radius, with its ring */
/* Its class in the style. */
int network_community_class(const struct figure *figure, int community);

/* Note the mark last begun in the figure's data. */
void network_note_columns(struct canvas *canvas);
void network_note_bundle(const struct figure *figure, const struct layout_bundle *bundle,
                         const struct community *a, const struct community *b);
void network_note_community(const struct figure *figure, const struct community *community,
                            const struct layout_disc *disc);
void network_note_person(struct canvas *canvas, const struct analysis *analysis, int vertex);
void network_note_tie(const struct figure *figure, const struct layout_tie *tie);
/* What is counted beside the figure; with it messages and people add up. */
void network_note_rest(const struct figure *figure);

/* What of the network the figure has, with the shares of people, ties and messages, as
 * one line in the box; shorter words where it is narrow. */
void network_draw_words(struct canvas *canvas, const struct box *line,
                        const struct analysis *analysis, const struct layout *layout,
                        const struct font *font);

/* The same in numbers, for who does not see it. g_free() */
char *network_counted_words(const struct analysis *analysis, const struct layout *layout);

/* Find places for the names of communities and people, and move dots out from under
 * them; at most `wanted` people besides those after whom communities are named, 0 = as
 * many as read well. To be called before anything is drawn. */
struct names;
struct names *network_place_names(const struct figure *figure, int wanted);
void network_draw_names(const struct figure *figure, const struct names *names);
void network_names_free(struct names *names);

#endif
