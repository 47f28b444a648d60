/* period.h - the time that mail covers, without dates far from all others
 *
 * A 2099 in an archive of 2017 stretches an axis and a "from ... to" for next to
 * nothing. Messages are far from all other mail if more than ten years without any
 * lie between and they are, at that end of time, at most one message in 200 (one
 * of 20 to 399; of fewer messages none is far). */
#ifndef EPISTOGRAPH_PERIOD_H
#define EPISTOGRAPH_PERIOD_H

#include <stdint.h>

struct period_day {                     /* a day (UTC) with mail */
	int64_t number;                 /* days since 1970-01-01 */
	int64_t messages;
	int64_t first, last;            /* instants */
};

/* The number of the day that holds an instant. */
int64_t period_day_number(int64_t instant);

/* How many of the days, ascending, are far at the beginning and at the end. */
void period_find_far(const struct period_day *days, int count, int *early, int *late);

struct period {
	int64_t first, last;            /* instants, those far aside; INSTANT_NONE = no mail */
	int64_t far;                    /* messages */
};

/* Collects instants in any order; a day takes memory, a message none. */
struct period_builder;
struct period_builder *period_builder_new(void);
void period_builder_add(struct period_builder *builder, int64_t instant);
/* All its days, ascending; g_free(). */
struct period_day *period_builder_days(const struct period_builder *builder, int *count);
/* Frees the builder. */
void period_builder_finish(struct period_builder *builder, struct period *period);
void period_builder_free(struct period_builder *builder);       /* instead of finish */

#endif
