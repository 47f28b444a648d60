/* gap.c - silences longer than the mail beside them lets expect: see gap.h */
#include "epistograph/gap.h"

#include <math.h>

#include <glib.h>

#define DAY_S INT64_C(86400)

#define GAP_DAYS_MIN 7                  /* a week-end or a few holidays are no gap */
#define QUIET_DAYS_MIN 365              /* every season of a year, each with its holidays */
#define GAP_STEPS 20                    /* looked at on either side: four weeks of office days */
#define GAP_CHANCE 0.001                /* that any silence of the archive is as long */
#define GAP_CHANCE_SIDE 0.01            /* that this one is, going by one side alone */

/* Steps from one day with mail to the next, and the days they take together. */
struct steps { int64_t count, days; };

static struct steps steps_between(const struct period_day *days, int first, int last)
{
	return (struct steps){ last - first, days[last].number - days[first].number };
}

/* The logarithm of the chance that a step has so many silent days and not fewer,
 * going by the steps beside it; see gap.h for the derivation. */
static double log_chance(struct steps beside, int64_t silent)
{
	double sum = 0;

	for (int64_t i = 0; i < beside.count; i++)
		sum += log((double)(beside.days - i) / (double)(beside.days + silent - i));
	return sum;
}

/* Is the silence between days[i] and days[i + 1] more than chance? */
static bool is_gap(const struct period_day *days, int count, int i)
{
	struct steps before = steps_between(days, MAX(i - GAP_STEPS, 0), i);
	struct steps after = steps_between(days, i + 1, MIN(i + 1 + GAP_STEPS, count - 1));
	struct steps both = { before.count + after.count, before.days + after.days };
	int64_t silent = days[i + 1].number - days[i].number - 1;

	return silent >= GAP_DAYS_MIN && log_chance(before, silent) <= log(GAP_CHANCE_SIDE) &&
	       log_chance(after, silent) <= log(GAP_CHANCE_SIDE) &&
	       log_chance(both, silent) <= log(GAP_CHANCE / (count - 1));
}

static int64_t length(const struct timeline_gap *gap)
{
	return gap->end - gap->start;
}

struct timeline_gap *gap_find(const struct period_day *days, int count, int *gap_count,
                              struct timeline_gap *quiet)
{
	GArray *gaps = g_array_new(FALSE, FALSE, sizeof(struct timeline_gap));

	int64_t shortest = QUIET_DAYS_MIN * DAY_S - 1;

	*quiet = (struct timeline_gap){ 0, 0 };
	for (int i = 0; i + 1 < count; i++) {
		struct timeline_gap gap = {
			(days[i].number + 1) * DAY_S, days[i + 1].number * DAY_S,
		};

		if (is_gap(days, count, i)) {
			g_array_append_val(gaps, gap);
			shortest = MIN(shortest, length(&gap));
		} else if (length(&gap) > length(quiet)) {
			*quiet = gap;
		}
	}
	if (length(quiet) <= shortest)
		*quiet = (struct timeline_gap){ 0, 0 };
	*gap_count = (int)gaps->len;
	return (struct timeline_gap *)(void *)g_array_free(gaps, FALSE);
}
