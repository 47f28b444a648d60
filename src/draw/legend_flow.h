/* legend_flow.h - a legend that runs like text: words, then swatches with their names
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_LEGEND_FLOW_H
#define EPISTOGRAPH_LEGEND_FLOW_H

#include "epistograph/style.h"

struct legend_flow {
	struct canvas *canvas;          /* NULL: only measured */
	const struct style *style;
	double left, width;             /* pt */
	double x, y;                    /* where the next entry begins; the row's top */
};

/* Begin at (left, top) with words of their own, faint; NULL for none. */
void legend_flow_begin(struct legend_flow *flow, struct canvas *canvas, const struct style *style,
                       const struct point *at, double width, const char *words);
/* look NULL: the hatching of "no data". Texts too long are cut; what does not fit begins a new
 * row. */
void legend_flow_add(struct legend_flow *flow, const struct look *look, const char *text);
/* A dot, or a line, of that size and what it stands for. */
void legend_flow_add_dot(struct legend_flow *flow, double radius, const char *text);
void legend_flow_add_line(struct legend_flow *flow, double thickness, const char *text);
/* Returns how high it is, pt. */
double legend_flow_end(struct legend_flow *flow, double top);

#endif
