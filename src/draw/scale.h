/* scale.h - round numbers along an axis of counts
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_SCALE_H
#define EPISTOGRAPH_SCALE_H

#include <stdint.h>

struct scale {                          /* ticks at 0, step, 2 step, ... count * step <= top */
	int64_t step, top;
	int count;
};

/* Steps of 1, 2 or 5 times a power of ten, as fine as `most` steps (at least 1)
 * allow. The last tick is at or above max, or, where that would leave more than a
 * quarter of the height empty, below it and top is max. Counts are whole, so are
 * the steps. */
struct scale scale_for_counts(int64_t max, int most);

/* The largest of 1, 2, 5, 10, 20, ... that is at most count; 1 at the least. */
int64_t scale_round_down(int64_t count);

#endif
