/* legend_flow.h - a legend that runs like text: words, then swatches with their names
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_LEGEND_FLOW_H
#define EPISTOGRAPH_LEGEND_FLOW_H

#include "epistograph/style.h"

#define LEGEND_FLOW_ROW 10.0    /* pt */

struct legend_flow {
	struct canvas *canvas;          /* NULL: only measured */
	const struct style *style;
	double left, width;             /* pt */
	double x, y;                    /* where the next entry begins; the row's top */
};

/* Begin at (left, top) with words of their own, faint; NULL for none. */
void legend_flow_begin(struct legend_flow *flow, struct canvas *canvas, const struct style *style,
                       const struct point *at, double width, const char *words);
/* look NULL: the hatching of "no data". What does not fit begins a new row, what is wider than
 * the legend takes several; only what is longer than any name is cut, see frame_wrap_name(). */
void legend_flow_add(struct legend_flow *flow, const struct look *look, const char *text);
/* A dot, or a line, of that size and what it stands for. */
void legend_flow_add_dot(struct legend_flow *flow, double radius, const char *text);
void legend_flow_add_line(struct legend_flow *flow, double thickness, const char *text);
/* Room for a mark of that width, and what it stands for, drawn beside it; where the mark
 * goes: its left and the row's top, a row being LEGEND_FLOW_ROW high. */
struct point legend_flow_add_mark(struct legend_flow *flow, double width, const char *text);
void legend_flow_add_words(struct legend_flow *flow, const char *words);        /* faint */
void legend_flow_break(struct legend_flow *flow);       /* go on in a new row */
/* Returns how high it is, pt. */
double legend_flow_end(struct legend_flow *flow, double top);

#endif
