/* heat.h - counts as a few classes of one hue, from pale to deep
 *
 * Private to src/draw. The bounds are round, so that a legend can be read. */
#ifndef EPISTOGRAPH_HEAT_H
#define EPISTOGRAPH_HEAT_H

#include "legend_flow.h"

#include <stdint.h>

#define HEAT_CLASSES 5

struct heat {
	int64_t from[HEAT_CLASSES];     /* the least count of each class, ascending; from[0] = 1 */
	int count;                      /* of classes; 0 if all values are 0 */
	int64_t most;                   /* the largest value */
};

/* Classes for values >= 0, of those that grow (1, 2, 5, 10, 20, ...: most days have little mail
 * and some have much) and those of one width (an hour of the week has much like others) the
 * ones that tell more: into which values fall more evenly, by Shannon's entropy. The highest
 * begins where one in fifty of those above zero belongs to it, so that a single day of
 * thousands does not make all others pale. */
struct heat heat_classes(const int64_t *values, size_t count);

/* Classes that part 1 .. most in about equal proportions, each number its own while they
 * are few: where the rare large values are what is looked for. */
struct heat heat_steps(int64_t most);

/* Which class: 0 for a count of zero, else from 1. */
int heat_class(const struct heat *heat, int64_t value);
/* Paper for 0. */
struct color heat_color(const struct style *style, const struct heat *heat, int class);

/* For a number written on it: ink or paper. */
struct color heat_ink(const struct style *style, const struct heat *heat, int class);

/* "0", "1 to 4", "5 to 9", ..., "50 to 213", each with its colour. */
void heat_legend(const struct heat *heat, struct legend_flow *flow);

#endif
