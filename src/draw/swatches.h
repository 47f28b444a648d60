/* swatches.h - a legend laid out in rows: a unit, then marks with what they mean
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_SWATCHES_H
#define EPISTOGRAPH_SWATCHES_H

#include "epistograph/frame.h"

struct swatches {
	struct canvas *canvas;          /* NULL: only measured */
	const struct style *style;
	double left, width;             /* pt */
	double x, y;                    /* where the next entry begins; the row's top */
};

#define SWATCHES_ROW 10.0       /* pt */

/* Begin in the box's first row; canvas may be NULL. */
struct swatches swatches_begin(struct canvas *canvas, const struct style *style, double x, double y,
                               double width);
/* Room in the row for a mark of that width and its text, in a new row if it must be;
 * draws the text and returns where the mark goes: its left and the row's top. */
struct point swatches_add(struct swatches *swatches, double mark_width, const char *text);
/* The same with a filled rectangle, or a hatched one for "no data". */
void swatches_add_color(struct swatches *swatches, struct color color, const char *text);
void swatches_add_hatch(struct swatches *swatches, const char *text);
/* The same without a mark, for units. */
void swatches_add_words(struct swatches *swatches, const char *text);
void swatches_break(struct swatches *swatches);         /* go on in a new row */
double swatches_height(const struct swatches *swatches, double y);     /* pt, from y */

#endif
