/* callout.h - texts above a line of points, each with a leader straight down
 *
 * Private to src/draw. Numbers only; nothing is drawn here. */
#ifndef EPISTOGRAPH_CALLOUT_H
#define EPISTOGRAPH_CALLOUT_H

#include <stdbool.h>

struct callout {
	double x;                       /* in: where the leader stands, pt */
	double width;                   /* in: of the text, pt */
	int row;                        /* out: 0 is the lowest; -1 if there was no place */
	double left;                    /* out: where the text begins, pt */
};

#define CALLOUT_SPACE 2.0       /* pt between a leader and a text, and twice that between texts */

/* Place texts beside their leaders, right or left of them, so that no text touches
 * another text or anyone's leader, in at most `rows` rows between left and right.
 * callouts must ascend by x. Returns true if all have a place. */
bool callout_place(struct callout *callouts, int count, double left, double right, int rows);

#endif
