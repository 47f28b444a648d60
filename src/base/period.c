#include "epistograph/period.h"

#include "epistograph/calendar.h"

#include <glib.h>

#include <stdlib.h>

#define DAY_S INT64_C(86400)

#define FAR_DAYS 3653                   /* ten years, leap days included */
#define FAR_ONE_OF 200
#define FAR_MESSAGES_MIN 20

struct period_builder {
	GHashTable *days;               /* struct period_day, by number */
	struct period_day *latest;      /* mail is mostly in order */
};

int64_t period_day_number(int64_t instant)
{
	return instant / DAY_S - (instant % DAY_S < 0);
}

/* How many of the days at one end are far, step by step inwards: from days[end]
 * on with step 1, back with -1. */
static int count_far(const struct period_day *days, int count, int end, int step, int64_t most)
{
	int64_t beyond = 0;
	int far = 0;

	for (int i = 1; i < count; i++) {
		const struct period_day *outer = &days[end + (i - 1) * step];
		const struct period_day *inner = &days[end + i * step];

		beyond += outer->messages;
		if (beyond > most)
			break;
		if (llabs(inner->number - outer->number) > FAR_DAYS)
			far = i;
	}
	return far;
}

void period_find_far(const struct period_day *days, int count, int *early, int *late)
{
	int64_t total = 0;

	*early = *late = 0;
	for (int i = 0; i < count; i++)
		total += days[i].messages;
	if (total < FAR_MESSAGES_MIN)
		return;
	int64_t most = MAX(total / FAR_ONE_OF, 1);

	*early = count_far(days, count, 0, 1, most);
	*late = count_far(days, count, count - 1, -1, most);
}

/* ---- collecting ---- */

struct period_builder *period_builder_new(void)
{
	struct period_builder *builder = g_new0(struct period_builder, 1);

	builder->days = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	return builder;
}

void period_builder_free(struct period_builder *builder)
{
	if (!builder)
		return;
	g_hash_table_destroy(builder->days);
	g_free(builder);
}

static struct period_day *find_day(struct period_builder *builder, int64_t number)
{
	struct period_day *day = builder->latest;

	if (day && day->number == number)
		return day;
	day = g_hash_table_lookup(builder->days, &number);
	if (!day) {
		day = g_new(struct period_day, 1);
		*day = (struct period_day){ .number = number, .first = INT64_MAX, .last = INT64_MIN };
		g_hash_table_insert(builder->days, &day->number, day);
	}
	return builder->latest = day;
}

void period_builder_add(struct period_builder *builder, int64_t instant)
{
	struct period_day *day = find_day(builder, period_day_number(instant));

	day->messages++;
	day->first = MIN(day->first, instant);
	day->last = MAX(day->last, instant);
}

static int compare_days(const void *a, const void *b)
{
	const struct period_day *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

struct period_day *period_builder_days(const struct period_builder *builder, int *count)
{
	struct period_day *days = g_new(struct period_day, g_hash_table_size(builder->days) + 1);
	GHashTableIter iter;
	gpointer day;

	*count = 0;
	g_hash_table_iter_init(&iter, builder->days);
	while (g_hash_table_iter_next(&iter, NULL, &day))
		days[(*count)++] = *(struct period_day *)day;
	qsort(days, (size_t)*count, sizeof *days, compare_days);
	return days;
}

void period_builder_finish(struct period_builder *builder, struct period *period)
{
	int count, early, late;
	struct period_day *days = period_builder_days(builder, &count);

	period_find_far(days, count, &early, &late);
	*period = (struct period){ .first = INSTANT_NONE, .last = INSTANT_NONE };
	for (int i = 0; i < count; i++)
		if (i < early || i >= count - late)
			period->far += days[i].messages;
	if (count > 0) {
		period->first = days[early].first;
		period->last = days[count - late - 1].last;
	}
	g_free(days);
	period_builder_free(builder);
}
