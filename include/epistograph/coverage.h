/* coverage.h - the time that mail covers, and what of it has no place in time */
#ifndef EPISTOGRAPH_COVERAGE_H
#define EPISTOGRAPH_COVERAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/casefile.h"
#include "epistograph/gap.h"
#include "epistograph/period.h"

struct coverage {
	struct period_day *days;        /* UTC, with mail, ascending; those far aside; owned */
	int day_count;
	int64_t dated;                  /* messages = sum over days */
	int64_t repaired;               /* of dated: date repaired or replaced */
	int64_t undated, implausible;   /* messages that have no place in time */
	int64_t far;                    /* messages far from all others (period.h) */
	int64_t far_first, far_last;    /* instants of those, INSTANT_NONE when far = 0 */
	int64_t first, last;            /* instants, INSTANT_NONE when dated = 0 */
	struct timeline_gap *gaps;      /* owned */
	int gap_count;
	struct timeline_gap quiet;      /* gap.h */
};

/* Add every message that passes a filter, in any order, then finish, which frees
 * the builder. A day takes memory, a message none. */
struct coverage_builder;
struct coverage_builder *coverage_builder_new(void);
/* After this call no date is far from the others. */
void coverage_builder_keep_far(struct coverage_builder *builder);
void coverage_builder_add(struct coverage_builder *builder, const struct correspondence *message);
void coverage_builder_finish(struct coverage_builder *builder, struct coverage *coverage);
void coverage_builder_free(struct coverage_builder *builder);
void coverage_clear(struct coverage *coverage);

/* Is the message one of those dated? */
bool coverage_holds(const struct coverage *coverage, const struct correspondence *message);

#endif
