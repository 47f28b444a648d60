/* key_line.h - a legend as lines of running samples and words
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_KEY_LINE_H
#define EPISTOGRAPH_KEY_LINE_H

#include "epistograph/style.h"

#define KEY_LEADING 9.5         /* pt between lines */

struct key_line {
	struct canvas *canvas;          /* NULL only measures */
	const struct font *font;
	double left, right;             /* pt: lines begin and end here */
	double x, y;                    /* pt: where the next item begins, on its baseline */
};

/* Write an item behind the last one, or on a new line where it does not fit: room for a
 * sample of that width (0 = none), then the words, cut if a line is too short for them.
 * Returns where the sample begins, on the baseline. */
struct point key_line_add(struct key_line *line, double sample, const char *text);

#endif
