/* spread.h - labels along a line, in their order and as near as can be to what they name
 *
 * Private to src/draw. Numbers only; nothing is drawn here. */
#ifndef EPISTOGRAPH_SPREAD_H
#define EPISTOGRAPH_SPREAD_H

#include <stdbool.h>

struct spread {
	double wanted;                  /* in: where its middle should be, pt */
	double size;                    /* in: along the line, pt */
	double middle;                  /* out, pt */
};

/* Place labels between low and high without overlap, so that the sum of the squares of their
 * distances from where they should be is the least. wanted should ascend; where it does not
 * the order of the labels is kept all the same. Returns false, with middle untouched, if
 * they are longer together than the line.
 *
 * With the room taken away that the labels before each one need, this is isotonic
 * regression, which pooling neighbours out of order solves exactly, within bounds too: Best
 * & Chakravarti (1990), doi:10.1007/BF01580873. */
bool spread_place(struct spread *labels, int count, double low, double high);

#endif
