/* scale.h - round numbers along an axis of counts
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_SCALE_H
#define EPISTOGRAPH_SCALE_H

#include <stdint.h>

struct scale {                          /* ticks at 0, step, 2 step, ... count * step = top */
	int64_t step, top;
	int count;
};

/* The finest steps of 1, 2 or 5 times a power of ten that reach max in at most
 * `most` steps (at least 1). Counts are whole, so are the steps. */
struct scale scale_for_counts(int64_t max, int most);

#endif
