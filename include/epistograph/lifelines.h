/* lifelines.h - when correspondents wrote and were written to, bin by bin
 *
 * After Priestley's Chart of Biography (1765): a line a person, from the first
 * contact to the last. */
#ifndef EPISTOGRAPH_LIFELINES_H
#define EPISTOGRAPH_LIFELINES_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/calendar.h"
#include "epistograph/casefile.h"
#include "epistograph/coverage.h"

struct lifeline {
	int64_t person;
	int64_t sent, received;         /* messages = sums over bins; to oneself alone is sent */
	int64_t first, last;            /* instants, INSTANT_NONE without any message */
	bool first_sure, last_sure;     /* the date there is good, not repaired or replaced */
	int64_t *sent_in, *received_in; /* [bin_count] messages; owned */
};

struct lifelines {
	enum calendar_unit unit;
	int64_t *edges;                 /* [bin_count + 1] instants; owned */
	int bin_count;
	struct lifeline *rows;          /* by first contact, then last, then person; those without
	                                 * any message behind; owned */
	int row_count;
	int64_t messages;               /* that one of them sent or received, each once */
	int64_t of_others;              /* dated, but of none of them */
	int64_t most;                   /* messages in the fullest bin of one row and direction */
	void *by_person;                /* until finished */
};

#define LIFELINES_BINS 150              /* at most, unless a unit is given */
#define LIFELINES_BINS_MAX 5000         /* at most, whatever is asked for */

/* The bins take what coverage holds; the unit is the finest that LIFELINES_BINS are
 * enough for, or that given (enum calendar_unit), -1 for none. persons: in any order,
 * each once. Add every message, in any order, then finish. */
void lifelines_init(struct lifelines *lifelines, const int64_t *persons, int count,
                    const struct coverage *coverage, int unit);
void lifelines_add(struct lifelines *lifelines, const struct coverage *coverage,
                   const struct correspondence *message);
void lifelines_finish(struct lifelines *lifelines);
void lifelines_clear(struct lifelines *lifelines);

#endif
