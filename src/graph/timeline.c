/* timeline.c - messages counted by day, then put into calendar bins */
#include "epistograph/timeline.h"

#include "epistograph/period.h"

#include <stdlib.h>

#include <glib.h>

#define DAY_S INT64_C(86400)

#define BINS_WANTED 150                 /* at most, for a chart on one page */
#define BINS_MAX 40000                  /* at most, whatever is asked for: 110 years of days */

/* All that came on one day. Keeping days and not messages bounds the memory. */
struct day {
	struct period_day all;          /* its number is the key */
	int64_t counts[TIMELINE_SERIES_MAX];
	int64_t others;                 /* of no series */
	int64_t repaired;               /* of those of a series, as the rest */
	int64_t from_received, from_separator, by_other_domain;
};

struct timeline_builder {
	enum timeline_split split;
	struct timeline_member *members;
	size_t member_count;
	GHashTable *days;
	bool keep_far;
	struct timeline account;        /* counters of what has no day */
};

/* ---- collecting ---- */

struct timeline_builder *timeline_builder_new(enum timeline_split split,
                                              const struct timeline_member *members,
                                              size_t member_count)
{
	struct timeline_builder *builder = g_new0(struct timeline_builder, 1);

	builder->split = split;
	builder->members = g_memdup2(members, member_count * sizeof *members);
	builder->member_count = member_count;
	builder->days = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	return builder;
}

void timeline_builder_keep_far(struct timeline_builder *builder)
{
	builder->keep_far = true;
}

void timeline_builder_free(struct timeline_builder *builder)
{
	if (!builder)
		return;
	g_free(builder->members);
	g_hash_table_destroy(builder->days);
	g_free(builder);
}

static int compare_members(const void *a, const void *b)
{
	const struct timeline_member *x = a, *y = b;

	return x->person < y->person ? -1 : x->person > y->person;
}

#define NO_SERIES (-1)

/* A figure has room for four. */
static const int signature_series[SIGNED_UNCHECKED + 1] = {
	[SIGNED_VERIFIED] = 0, [SIGNED_BY_OTHER] = 1, [SIGNED_FAILING] = 1, [SIGNED_UNTESTABLE] = 2,
	[SIGNED_NOT] = 3, [SIGNED_UNCHECKED] = 2,
};

/* The series of a message; the last one there can be is for the rest. */
static int series_of(const struct timeline_builder *builder, const struct correspondence *message)
{
	const struct timeline_member key = { .person = message->sender };
	const struct timeline_member *member = NULL;

	if (builder->split == SPLIT_NONE)
		return 0;
	if (builder->split == SPLIT_KIND)
		return message->kind;
	if (builder->split == SPLIT_DATE)
		return message->date_verdict;
	if (builder->split == SPLIT_VERIFIED)
		return signature_series[message->signature];
	if (builder->member_count > 0)
		member = bsearch(&key, builder->members, builder->member_count, sizeof key,
		                 compare_members);
	if (member && member->series >= 0 && member->series < TIMELINE_SERIES_MAX)
		return member->series;
	return builder->split == SPLIT_PERSON ? NO_SERIES : TIMELINE_SERIES_MAX - 1;
}

static struct day *find_day(struct timeline_builder *builder, int64_t number)
{
	struct day *day = g_hash_table_lookup(builder->days, &number);

	if (!day) {
		day = g_new0(struct day, 1);
		day->all = (struct period_day){ number, 0, INT64_MAX, INT64_MIN };
		g_hash_table_insert(builder->days, &day->all.number, day);
	}
	return day;
}

void timeline_builder_add(struct timeline_builder *builder, const struct correspondence *message)
{
	struct timeline *account = &builder->account;
	struct day *day;

	if (message->instant == INSTANT_NONE) {
		if (message->date_verdict == DATE_IMPLAUSIBLE)
			account->implausible++;
		else
			account->undated++;
		return;
	}
	day = find_day(builder, period_day_number(message->instant));
	day->all.messages++;
	day->all.first = MIN(day->all.first, message->instant);
	day->all.last = MAX(day->all.last, message->instant);
	int series = series_of(builder, message);

	if (series == NO_SERIES) {
		day->others++;
		return;
	}
	day->counts[series]++;
	day->from_received += message->date_source == DATE_FROM_RECEIVED;
	day->from_separator += message->date_source == DATE_FROM_SEPARATOR;
	day->repaired += message->date_verdict != DATE_GOOD;
	day->by_other_domain += message->signature == SIGNED_BY_OTHER;
}

/* ---- binning ---- */

static int compare_days(const void *a, const void *b)
{
	const struct day *x = *(const struct day *const *)a, *y = *(const struct day *const *)b;

	return x->all.number < y->all.number ? -1 : x->all.number > y->all.number;
}

/* The builder's days, ascending. g_free() the array. */
static const struct day **sort_days(const struct timeline_builder *builder)
{
	const struct day **days = g_new(const struct day *, g_hash_table_size(builder->days) + 1);
	GHashTableIter iter;
	gpointer day;
	size_t count = 0;

	g_hash_table_iter_init(&iter, builder->days);
	while (g_hash_table_iter_next(&iter, NULL, &day))
		days[count++] = day;
	qsort(days, count, sizeof *days, compare_days);
	return days;
}

static void add_day(struct timeline_bin *bin, const struct day *day, int series_count)
{
	for (int s = 0; s < TIMELINE_SERIES_MAX; s++) {
		bin->counts[MIN(s, series_count - 1)] += day->counts[s];
		bin->total += day->counts[s];
	}
	bin->repaired += day->repaired;
}

static void fill_bins(struct timeline *timeline, const struct day *const *days, int day_count)
{
	int64_t start = calendar_floor(timeline->unit, timeline->first);
	int next = 0;

	timeline->bin_count = (int)calendar_count(timeline->unit, timeline->first, timeline->last,
	                                          INT32_MAX - 1);
	timeline->bins = g_new0(struct timeline_bin, (gsize)timeline->bin_count);
	for (int i = 0; i < timeline->bin_count; i++) {
		int64_t end = calendar_next(timeline->unit, start);

		timeline->bins[i].start = start;
		while (next < day_count && days[next]->all.number * DAY_S < end)
			add_day(&timeline->bins[i], days[next++], timeline->series_count);
		start = end;
	}
}

/* The days as the rules of periods and gaps see them. g_free() */
static struct period_day *plain_days(const struct day *const *days, int count)
{
	struct period_day *plain = g_new(struct period_day, (gsize)count + 1);

	for (int i = 0; i < count; i++)
		plain[i] = days[i]->all;
	return plain;
}

static void find_gaps(struct timeline *timeline, const struct day *const *days, int count)
{
	struct period_day *plain = plain_days(days, count);

	timeline->gaps = gap_find(plain, count, &timeline->gap_count, &timeline->quiet);
	g_free(plain);
}

/* ---- what is far from all other mail ---- */

static void note_far(struct timeline *timeline, const struct day *day)
{
	timeline->far += day->all.messages;
	if (timeline->far_first == INSTANT_NONE)
		timeline->far_first = day->all.first;
	timeline->far_last = day->all.last;
}

static void note_dated(struct timeline *timeline, const struct day *day)
{
	timeline->dated += day->all.messages - day->others;
	timeline->others += day->others;
	timeline->from_received += day->from_received;
	timeline->from_separator += day->from_separator;
	timeline->by_other_domain += timeline->split == SPLIT_VERIFIED ? day->by_other_domain : 0;
	if (timeline->first == INSTANT_NONE)
		timeline->first = day->all.first;
	timeline->last = day->all.last;
}

/* Count all days, those far from the others apart. The rest is *count days from
 * the returned index on. */
static int part_far(struct timeline *timeline, const struct day *const *days, int *count,
                    bool keep_far)
{
	struct period_day *plain = plain_days(days, *count);
	int early = 0, late = 0, all = *count;

	if (!keep_far)
		period_find_far(plain, all, &early, &late);
	g_free(plain);
	for (int i = 0; i < all; i++)
		(i < early || i >= all - late ? note_far : note_dated)(timeline, days[i]);
	*count = all - early - late;
	return early;
}

/* ---- finishing ---- */

static void name_series(struct timeline *timeline, const char *const *names, int name_count)
{
	static const char *const kinds[KIND_COUNT] = {
		[KIND_PERSONAL] = "personal mail", [KIND_LIST] = "mailing lists",
		[KIND_BULK] = "bulk mail", [KIND_AUTOMATIC] = "automatic mail",
	};
	/* What is missing has no place in time. */
	static const char *const dates[DATE_MISSING] = {
		[DATE_GOOD] = "good date", [DATE_REPAIRED] = "repaired date",
		[DATE_REPLACED] = "date from elsewhere", [DATE_IMPLAUSIBLE] = "implausible date",
	};
	static const char *const signatures[] = {
		"verified", "signed but not verified", "untestable", "unsigned",
	};
	static const char *const all[] = { "messages" };

	if (timeline->split == SPLIT_KIND) {
		names = kinds;
		name_count = KIND_COUNT;
	} else if (timeline->split == SPLIT_DATE) {
		names = dates;
		name_count = DATE_MISSING;
	} else if (timeline->split == SPLIT_VERIFIED) {
		names = signatures;
		name_count = G_N_ELEMENTS(signatures);
	} else if (timeline->split == SPLIT_NONE || name_count < 1) {
		names = all;
		name_count = 1;
	}
	timeline->series_count = MIN(name_count, TIMELINE_SERIES_MAX);
	for (int s = 0; s < timeline->series_count; s++)
		timeline->series_names[s] = g_strdup(names[s]);
}

void timeline_builder_finish(struct timeline_builder *builder, int unit,
                             const char *const *names, int name_count, struct timeline *timeline)
{
	*timeline = builder->account;
	timeline->split = builder->split;
	timeline->first = timeline->last = timeline->far_first = timeline->far_last = INSTANT_NONE;
	name_series(timeline, names, name_count);
	timeline->unit = unit >= 0 ? unit : CALENDAR_DAY;
	int count = (int)g_hash_table_size(builder->days);

	if (count > 0) {
		const struct day **days = sort_days(builder);
		const struct day **near = days + part_far(timeline, days, &count, builder->keep_far);

		timeline->unit = unit < 0
			? calendar_finest(CALENDAR_DAY, timeline->first, timeline->last, BINS_WANTED)
			: calendar_finest(unit, timeline->first, timeline->last, BINS_MAX);
		fill_bins(timeline, near, count);
		find_gaps(timeline, near, count);
		g_free(days);
	}
	timeline_builder_free(builder);
}

void timeline_clear(struct timeline *timeline)
{
	for (int s = 0; s < timeline->series_count; s++)
		g_free(timeline->series_names[s]);
	g_free(timeline->bins);
	g_free(timeline->gaps);
	*timeline = (struct timeline){ .first = INSTANT_NONE, .last = INSTANT_NONE,
	                               .far_first = INSTANT_NONE, .far_last = INSTANT_NONE };
}
