/* coverage.c - days with mail, silences between them, and what has no day */
#include "epistograph/coverage.h"

#include "epistograph/calendar.h"

#include <glib.h>

struct coverage_builder {
	struct period_builder *dated;
	struct period_builder *repaired;        /* of those */
	bool keep_far;
	int64_t undated, implausible;
};

struct coverage_builder *coverage_builder_new(void)
{
	struct coverage_builder *builder = g_new0(struct coverage_builder, 1);

	builder->dated = period_builder_new();
	builder->repaired = period_builder_new();
	return builder;
}

void coverage_builder_free(struct coverage_builder *builder)
{
	if (!builder)
		return;
	period_builder_free(builder->dated);
	period_builder_free(builder->repaired);
	g_free(builder);
}

void coverage_builder_keep_far(struct coverage_builder *builder)
{
	builder->keep_far = true;
}

void coverage_builder_add(struct coverage_builder *builder, const struct correspondence *message)
{
	if (message->instant != INSTANT_NONE) {
		period_builder_add(builder->dated, message->instant);
		if (message->date_verdict != DATE_GOOD)
			period_builder_add(builder->repaired, message->instant);
	} else if (message->date_verdict == DATE_IMPLAUSIBLE) {
		builder->implausible++;
	} else {
		builder->undated++;
	}
}

static void note_far(struct coverage *coverage, const struct period_day *day)
{
	coverage->far += day->messages;
	if (coverage->far_first == INSTANT_NONE)
		coverage->far_first = day->first;
	coverage->far_last = day->last;
}

/* Keep those of all days that are not far. */
static void take_days(struct coverage *coverage, struct period_day *days, int count, bool keep_far)
{
	int early = 0, late = 0;

	if (!keep_far)
		period_find_far(days, count, &early, &late);
	for (int i = 0; i < count; i++)
		if (i < early || i >= count - late)
			note_far(coverage, &days[i]);
	coverage->day_count = count - early - late;
	coverage->days = g_memdup2(days + early, (gsize)coverage->day_count * sizeof *days);
	for (int i = 0; i < coverage->day_count; i++)
		coverage->dated += coverage->days[i].messages;
	if (coverage->day_count > 0) {
		coverage->first = coverage->days[0].first;
		coverage->last = coverage->days[coverage->day_count - 1].last;
	}
}

/* A day is far as a whole or not at all. */
static void count_repaired(struct coverage *coverage, const struct period_builder *repaired)
{
	int count;
	struct period_day *days = period_builder_days(repaired, &count);

	for (int i = 0; i < count; i++)
		if (days[i].first >= coverage->first && days[i].last <= coverage->last)
			coverage->repaired += days[i].messages;
	g_free(days);
}

void coverage_builder_finish(struct coverage_builder *builder, struct coverage *coverage)
{
	int count;
	struct period_day *days = period_builder_days(builder->dated, &count);

	*coverage = (struct coverage){
		.undated = builder->undated, .implausible = builder->implausible,
		.far_first = INSTANT_NONE, .far_last = INSTANT_NONE,
		.first = INSTANT_NONE, .last = INSTANT_NONE,
	};
	take_days(coverage, days, count, builder->keep_far);
	count_repaired(coverage, builder->repaired);
	coverage->gaps = gap_find(coverage->days, coverage->day_count, &coverage->gap_count,
	                          &coverage->quiet);
	g_free(days);
	coverage_builder_free(builder);
}

void coverage_clear(struct coverage *coverage)
{
	g_free(coverage->days);
	g_free(coverage->gaps);
	*coverage = (struct coverage){ .far_first = INSTANT_NONE, .far_last = INSTANT_NONE,
	                               .first = INSTANT_NONE, .last = INSTANT_NONE };
}

bool coverage_holds(const struct coverage *coverage, const struct correspondence *message)
{
	return message->instant != INSTANT_NONE && message->instant >= coverage->first &&
	       message->instant <= coverage->last;
}
