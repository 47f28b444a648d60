/* test_timeline.c - bins, series and silences */
#include "unit.h"

#include <glib.h>

#include "epistograph/error.h"
#include "epistograph/timeline.h"

#define DAY INT64_C(86400)

static int64_t at(const char *date)
{
	struct error err = { "" };
	int64_t instant = INSTANT_NONE;

	assert_int_equal(instant_parse(date, false, &instant, &err), 0);
	return instant;
}

static void add(struct timeline_builder *builder, int64_t instant)
{
	struct correspondence message = {
		.instant = instant, .date_source = DATE_FROM_DATE, .date_verdict = DATE_GOOD,
	};

	timeline_builder_add(builder, &message);
}

static struct timeline_builder *plain(void)
{
	return timeline_builder_new(SPLIT_NONE, NULL, 0);
}

/* One message at noon of each day from `first` to `last`, on week-days only or not. */
static void add_days(struct timeline_builder *builder, const char *first, const char *last,
                     bool weekdays)
{
	for (int64_t day = at(first); day <= at(last); day += DAY)
		if (!weekdays || civil_from_instant(day).weekday < 5)
			add(builder, day + DAY / 2);
}

static void finish(struct timeline_builder *builder, int unit, struct timeline *timeline)
{
	int64_t sum = 0;

	timeline_builder_finish(builder, unit, NULL, 0, timeline);
	for (int i = 0; i < timeline->bin_count; i++) {
		int64_t series = 0;

		for (int s = 0; s < TIMELINE_SERIES_MAX; s++)
			series += timeline->bins[i].counts[s];
		assert_int_equal(series, timeline->bins[i].total);
		sum += series;
	}
	assert_int_equal(sum, timeline->dated);
}

/* ---- bins ---- */

static void no_mail_has_no_bins(void **state)
{
	struct timeline timeline;

	(void)state;
	finish(plain(), -1, &timeline);
	assert_int_equal(timeline.bin_count, 0);
	assert_int_equal(timeline.gap_count, 0);
	assert_int_equal(timeline.first, INSTANT_NONE);
	assert_int_equal(timeline.series_count, 1);
	timeline_clear(&timeline);
	timeline_builder_free(plain());
	timeline_builder_free(NULL);
}

static void one_message_is_one_day(void **state)
{
	struct timeline_builder *builder = plain();
	struct timeline timeline;

	(void)state;
	add(builder, at("2016-07-14T10:30"));
	finish(builder, -1, &timeline);
	assert_int_equal(timeline.unit, CALENDAR_DAY);
	assert_int_equal(timeline.bin_count, 1);
	assert_int_equal(timeline.bins[0].start, at("2016-07-14"));
	assert_int_equal(timeline.bins[0].total, 1);
	assert_int_equal(timeline.first, at("2016-07-14T10:30"));
	timeline_clear(&timeline);
}

/* The finest unit with at most 150 bins: 150 days, 150 weeks (1,050 days) ... */
static void the_unit_follows_the_span(void **state)
{
	static const struct {
		const char *first, *last;
		enum calendar_unit unit;
		int bins;
	} spans[] = {
		{ "2015-01-01", "2015-05-30", CALENDAR_DAY, 150 },
		{ "2015-01-01", "2015-05-31", CALENDAR_WEEK, 22 },
		{ "2015-01-05", "2017-11-19", CALENDAR_WEEK, 150 },     /* a Monday, a Sunday */
		{ "2015-01-05", "2017-11-20", CALENDAR_MONTH, 35 },
		{ "2005-01-01", "2017-06-30", CALENDAR_MONTH, 150 },
		{ "2005-01-01", "2017-07-01", CALENDAR_QUARTER, 51 },
		{ "1982-01-01", "2019-06-30", CALENDAR_QUARTER, 150 },
		{ "1982-01-01", "2019-07-01", CALENDAR_YEAR, 38 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(spans); i++) {
		struct timeline_builder *builder = plain();
		struct timeline timeline;

		add(builder, at(spans[i].last));
		add(builder, at(spans[i].first));
		finish(builder, -1, &timeline);
		assert_int_equal(timeline.unit, spans[i].unit);
		assert_int_equal(timeline.bin_count, spans[i].bins);
		timeline_clear(&timeline);
	}
}

static void bins_have_no_holes_and_end_at_midnight(void **state)
{
	struct timeline_builder *builder = plain();
	struct timeline timeline;

	(void)state;
	add(builder, at("2016-02-29T23:59:59"));
	add(builder, at("2016-03-02T00:00:00"));
	add(builder, at("2016-02-29T00:00:00"));
	finish(builder, CALENDAR_DAY, &timeline);
	assert_int_equal(timeline.bin_count, 3);
	assert_int_equal(timeline.bins[0].total, 2);
	assert_int_equal(timeline.bins[1].start, at("2016-03-01"));
	assert_int_equal(timeline.bins[1].total, 0);
	assert_int_equal(timeline.bins[2].total, 1);
	timeline_clear(&timeline);
}

static void weeks_begin_on_monday_also_before_1970(void **state)
{
	struct timeline_builder *builder = plain();
	struct timeline timeline;

	(void)state;
	add(builder, at("1969-12-28T23:00"));   /* a Sunday */
	add(builder, at("1970-01-01"));         /* a Thursday */
	finish(builder, CALENDAR_WEEK, &timeline);
	assert_int_equal(timeline.bin_count, 2);
	assert_int_equal(timeline.bins[0].start, at("1969-12-22"));
	assert_int_equal(timeline.bins[1].start, at("1969-12-29"));
	assert_int_equal(timeline.bins[1].total, 1);
	timeline_clear(&timeline);
}

/* Two thousand years of days would be 730,000 bins. */
static void a_unit_too_fine_for_the_span_is_made_coarser(void **state)
{
	struct timeline_builder *builder = plain();
	struct timeline timeline;

	(void)state;
	add(builder, at("0100-01-01"));
	add(builder, at("2100-01-01"));
	finish(builder, CALENDAR_DAY, &timeline);
	assert_int_equal(timeline.unit, CALENDAR_MONTH);
	assert_int_equal(timeline.bin_count, 2000 * 12 + 1);
	timeline_clear(&timeline);
}

/* ---- the account ---- */

static void every_message_is_dated_undated_or_implausible(void **state)
{
	static const struct correspondence messages[] = {
		{ .instant = 5 * DAY, .date_source = DATE_FROM_DATE, .date_verdict = DATE_GOOD },
		{ .instant = 5 * DAY, .date_source = DATE_FROM_DATE, .date_verdict = DATE_REPAIRED },
		{ .instant = 6 * DAY, .date_source = DATE_FROM_RECEIVED, .date_verdict = DATE_REPLACED },
		{ .instant = 6 * DAY, .date_source = DATE_FROM_SEPARATOR, .date_verdict = DATE_REPLACED },
		{ .instant = INSTANT_NONE, .date_verdict = DATE_MISSING },
		{ .instant = INSTANT_NONE, .date_source = DATE_FROM_DATE, .date_verdict = DATE_IMPLAUSIBLE },
	};
	struct timeline_builder *builder = plain();
	struct timeline timeline;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(messages); i++)
		timeline_builder_add(builder, &messages[i]);
	finish(builder, -1, &timeline);
	assert_int_equal(timeline.dated, 4);
	assert_int_equal(timeline.undated, 1);
	assert_int_equal(timeline.implausible, 1);
	assert_int_equal(timeline.from_received, 1);
	assert_int_equal(timeline.from_separator, 1);
	assert_int_equal(timeline.bins[0].repaired, 1);
	assert_int_equal(timeline.bins[1].repaired, 2);
	timeline_clear(&timeline);
}

/* ---- far from all other mail ---- */

/* `count` messages on 1 June 2016, one on each of the dates given. */
static void among(int count, const char *const *dates, bool keep, struct timeline *timeline)
{
	struct timeline_builder *builder = plain();

	for (int i = 0; i < count; i++)
		add(builder, at("2016-06-01") + i);
	for (; *dates; dates++)
		add(builder, at(*dates));
	if (keep)
		timeline_builder_keep_far(builder);
	finish(builder, -1, timeline);
}

#define DATES(...) (const char *const[]){ __VA_ARGS__, NULL }

static void a_date_more_than_ten_years_from_all_others_is_not_on_the_axis(void **state)
{
	struct timeline timeline;

	(void)state;
	among(19, DATES("2099-01-04T12:00"), false, &timeline);
	assert_int_equal(timeline.dated, 19);
	assert_int_equal(timeline.far, 1);
	assert_int_equal(timeline.far_first, at("2099-01-04T12:00"));
	assert_int_equal(timeline.far_last, at("2099-01-04T12:00"));
	assert_int_equal(timeline.first, at("2016-06-01"));
	assert_int_equal(timeline.last, at("2016-06-01") + 18);
	assert_int_equal(timeline.bin_count, 1);
	assert_int_equal(timeline.unit, CALENDAR_DAY);
	timeline_clear(&timeline);
	/* Of fewer than 20 messages none is far. */
	among(18, DATES("2099-01-04T12:00"), false, &timeline);
	assert_int_equal(timeline.far, 0);
	assert_int_equal(timeline.dated, 19);
	timeline_clear(&timeline);
	among(19, DATES("2099-01-04T12:00"), true, &timeline);
	assert_int_equal(timeline.far, 0);
	assert_int_equal(timeline.far_first, INSTANT_NONE);
	assert_int_equal(timeline.last, at("2099-01-04T12:00"));
	timeline_clear(&timeline);
}

/* 1 June 2016 and 3,653 days are 2 June 2026: 365 days ten times, 29 February of 2020 and
 * 2024, and one day more; back it is 1 June 2006, with 2008, 2012 and 2016. */
static void ten_years_are_not_far(void **state)
{
	struct timeline timeline;

	(void)state;
	among(50, DATES("2026-06-02"), false, &timeline);
	assert_int_equal(timeline.far, 0);
	timeline_clear(&timeline);
	among(50, DATES("2026-06-03"), false, &timeline);
	assert_int_equal(timeline.far, 1);
	timeline_clear(&timeline);
	among(50, DATES("2006-06-01"), false, &timeline);
	assert_int_equal(timeline.far, 0);
	timeline_clear(&timeline);
	among(50, DATES("2006-05-31"), false, &timeline);
	assert_int_equal(timeline.far, 1);
	assert_int_equal(timeline.first, at("2016-06-01"));
	timeline_clear(&timeline);
}

static void more_than_one_in_200_is_mail_of_another_time(void **state)
{
	struct timeline timeline;

	(void)state;
	among(397, DATES("2040-01-01", "2041-01-01"), false, &timeline);       /* 2 of 399 */
	assert_int_equal(timeline.far, 0);
	timeline_clear(&timeline);
	among(398, DATES("2040-01-01", "2060-01-01"), false, &timeline);       /* 2 of 400 */
	assert_int_equal(timeline.far, 2);
	assert_int_equal(timeline.far_first, at("2040-01-01"));
	assert_int_equal(timeline.far_last, at("2060-01-01"));
	timeline_clear(&timeline);
	/* The outer one of two, if the inner one is near. */
	among(398, DATES("2020-01-01", "2060-01-01"), false, &timeline);
	assert_int_equal(timeline.far, 1);
	assert_int_equal(timeline.last, at("2020-01-01"));
	timeline_clear(&timeline);
	/* Each end by itself. */
	among(48, DATES("1985-05-01", "2060-01-01"), false, &timeline);
	assert_int_equal(timeline.far, 2);
	assert_int_equal(timeline.dated, 48);
	timeline_clear(&timeline);
}

static void what_is_far_is_not_in_the_counts_of_what_is_shown(void **state)
{
	struct timeline_builder *builder = plain();
	const struct correspondence far = { .instant = at("2099-01-04"),
		.date_source = DATE_FROM_RECEIVED, .date_verdict = DATE_REPLACED };
	struct timeline timeline;

	(void)state;
	timeline_builder_add(builder, &far);
	add_days(builder, "2016-06-01", "2016-06-30", false);
	finish(builder, -1, &timeline);
	assert_int_equal(timeline.far, 1);
	assert_int_equal(timeline.dated, 30);
	assert_int_equal(timeline.from_received, 0);
	assert_int_equal(timeline.gap_count, 0);
	timeline_clear(&timeline);
}

/* ---- series ---- */

static void kinds_are_series(void **state)
{
	struct timeline_builder *builder = timeline_builder_new(SPLIT_KIND, NULL, 0);
	struct timeline timeline;

	(void)state;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		for (int n = 0; n <= kind; n++) {
			struct correspondence message = { .instant = DAY, .kind = kind };

			timeline_builder_add(builder, &message);
		}
	finish(builder, -1, &timeline);
	assert_int_equal(timeline.series_count, KIND_COUNT);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		assert_int_equal(timeline.bins[0].counts[kind], kind + 1);
	assert_string_equal(timeline.series_names[KIND_LIST], "mailing lists");
	timeline_clear(&timeline);
}

static void senders_outside_all_communities_are_the_rest(void **state)
{
	static const char *const names[] = { "Ann Lee", "Bo Chen", "the rest" };
	struct timeline_member members[] = { { 3, 1 }, { 7, 0 }, { 9, 2 }, { 12, 77 } };
	struct timeline_builder *builder = timeline_builder_new(SPLIT_COMMUNITY, members, 4);
	static const int64_t senders[] = { 7, 3, 3, 9, 12, 0, 1000 };
	struct timeline timeline;

	(void)state;
	members[0].series = 0;                  /* the builder has its own copy */
	for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
		struct correspondence message = { .instant = DAY, .sender = senders[i] };

		timeline_builder_add(builder, &message);
	}
	timeline_builder_finish(builder, -1, names, 3, &timeline);
	assert_int_equal(timeline.series_count, 3);
	assert_int_equal(timeline.bins[0].counts[0], 1);
	assert_int_equal(timeline.bins[0].counts[1], 2);
	assert_int_equal(timeline.bins[0].counts[2], 4);
	assert_int_equal(timeline.bins[0].total, 7);
	assert_string_equal(timeline.series_names[2], "the rest");
	timeline_clear(&timeline);
}

/* Days 1 to 3 have mail; the second only others', which has no series and no provenance here. */
static void by_person_the_mail_of_others_is_counted_apart(void **state)
{
	static const char *const names[] = { "Ann Lee", "Bo Chen" };
	const struct timeline_member members[] = { { 3, 1 }, { 7, 0 } };
	static const int64_t senders[] = { 7, 3, 3, 9, 0 };
	static const int days[] = { 1, 1, 3, 2, 2 };
	struct timeline_builder *builder = timeline_builder_new(SPLIT_PERSON, members, 2);
	struct timeline timeline;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
		struct correspondence message = { .instant = days[i] * DAY, .sender = senders[i],
			.date_verdict = DATE_REPLACED, .date_source = DATE_FROM_RECEIVED };

		timeline_builder_add(builder, &message);
	}
	timeline_builder_finish(builder, -1, names, 2, &timeline);
	assert_int_equal(timeline.series_count, 2);
	assert_int_equal(timeline.bin_count, 3);
	assert_int_equal(timeline.bins[0].counts[0], 1);
	assert_int_equal(timeline.bins[0].counts[1], 1);
	assert_int_equal(timeline.bins[1].total, 0);
	assert_int_equal(timeline.bins[2].counts[1], 1);
	assert_int_equal(timeline.dated, 3);
	assert_int_equal(timeline.others, 2);
	assert_int_equal(timeline.from_received, 3);
	assert_int_equal(timeline.bins[1].repaired, 0);
	timeline_clear(&timeline);
}

static void by_date_a_series_is_a_verdict(void **state)
{
	struct timeline_builder *builder = timeline_builder_new(SPLIT_DATE, NULL, 0);
	struct timeline timeline;

	(void)state;
	for (int verdict = DATE_GOOD; verdict <= DATE_IMPLAUSIBLE; verdict++)
		for (int i = 0; i <= verdict; i++) {
			struct correspondence message = { .instant = DAY,
				.date_verdict = (enum date_verdict)verdict };

			timeline_builder_add(builder, &message);
		}
	timeline_builder_finish(builder, -1, NULL, 0, &timeline);
	assert_int_equal(timeline.series_count, 4);
	for (int verdict = DATE_GOOD; verdict <= DATE_IMPLAUSIBLE; verdict++)
		assert_int_equal(timeline.bins[0].counts[verdict], verdict + 1);
	assert_string_equal(timeline.series_names[DATE_REPLACED], "date from elsewhere");
	timeline_clear(&timeline);
}

/* Each status as often as its number and one more: 1 verified, 2 by another domain, 3
 * untestable, 4 failing, 5 unsigned. */
static void by_signature_a_message_is_one_of_four_things(void **state)
{
	struct timeline_builder *builder = timeline_builder_new(SPLIT_VERIFIED, NULL, 0);
	struct timeline timeline;

	(void)state;
	for (int status = 0; status < SIGNED_STATUS_COUNT; status++)
		for (int i = 0; i <= status; i++) {
			struct correspondence message = { .instant = DAY,
				.signature = (enum signature_status)status };

			timeline_builder_add(builder, &message);
		}
	timeline_builder_finish(builder, -1, NULL, 0, &timeline);
	assert_int_equal(timeline.series_count, 4);
	assert_string_equal(timeline.series_names[0], "verified");
	assert_int_equal(timeline.bins[0].counts[0], 1);
	assert_string_equal(timeline.series_names[1], "signed but not verified");
	assert_int_equal(timeline.bins[0].counts[1], 2 + 4);
	assert_int_equal(timeline.by_other_domain, 2);
	assert_string_equal(timeline.series_names[2], "untestable");
	assert_int_equal(timeline.bins[0].counts[2], 3);
	assert_string_equal(timeline.series_names[3], "unsigned");
	assert_int_equal(timeline.bins[0].counts[3], 5);
	timeline_clear(&timeline);
}

/* ---- silences ---- */

static void assert_gaps(struct timeline_builder *builder, int count, const char *start,
                        const char *end)
{
	struct timeline timeline;

	finish(builder, -1, &timeline);
	assert_int_equal(timeline.gap_count, count);
	if (count > 0) {
		assert_int_equal(timeline.gaps[0].start, at(start));
		assert_int_equal(timeline.gaps[0].end, at(end));
	}
	timeline_clear(&timeline);
}

/* The bins of a year are weeks, two of which are not even quite empty. */
static void a_silent_fortnight_in_a_lively_year_is_a_gap(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add_days(builder, "2015-01-01", "2015-06-09", false);
	add_days(builder, "2015-06-24", "2015-12-31", false);
	assert_gaps(builder, 1, "2015-06-10", "2015-06-24");
}

/* With mail on five days of seven, silence from Saturday on for two weeks and a
 * week-end is 16 days; forty steps beside it take eight weeks. C(56,40) / C(72,40) = 1.5e-7,
 * times some 250 steps. */
static void a_silent_fortnight_in_office_hours_is_a_gap(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add_days(builder, "2015-01-01", "2015-06-05", true);    /* a Friday */
	add_days(builder, "2015-06-22", "2015-12-31", true);    /* a Monday */
	assert_gaps(builder, 1, "2015-06-06", "2015-06-22");
}

/* Eight days from Christmas to New Year's Day: C(56,40) / C(64,40) = 1.7e-4, times some 520
 * steps, is not rare. */
static void weekends_and_christmas_are_no_gaps(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add_days(builder, "2013-01-01", "2013-12-24", true);    /* a Tuesday */
	add_days(builder, "2014-01-02", "2014-12-31", true);
	assert_gaps(builder, 0, NULL, NULL);
}

static void six_silent_days_are_no_gap_however_lively_the_rest(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add_days(builder, "2015-01-01", "2015-06-09", false);
	add_days(builder, "2015-06-16", "2015-12-31", false);
	assert_gaps(builder, 0, NULL, NULL);
}

/* A message every ten days: ten times nine silent days, and one of 59, which is
 * C(390,39) / C(449,39) = 0.003 likely, times 39 steps. */
static void sparse_mail_has_no_gaps(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	for (int i = 0; i < 40; i++)
		add(builder, at("2015-01-01") + (i < 20 ? i : i + 5) * 10 * DAY);
	assert_gaps(builder, 0, NULL, NULL);
}

/* A first test message, a second, a month of nothing, then daily mail. */
static void a_sparse_start_is_no_gap(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add(builder, at("2015-01-01"));
	add(builder, at("2015-01-04"));
	add_days(builder, "2015-02-10", "2015-12-31", false);
	assert_gaps(builder, 0, NULL, NULL);
}

/* Mail in bursts of a hundred a day, one day in ten: messages are many, days few. */
static void bursts_do_not_make_gaps(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	for (int i = 0; i < 36; i++)
		for (int n = 0; n < 100; n++)
			add(builder, at("2015-01-01") + (i + (i > 18)) * 10 * DAY + n);
	assert_gaps(builder, 0, NULL, NULL);
}

/* `count` messages from `first` on, one every `step` days. Returns the day after the last. */
static int64_t add_steps(struct timeline_builder *builder, int64_t first, int count, int step)
{
	for (int i = 0; i < count; i++)
		add(builder, first + i * step * DAY);
	return first + ((count - 1) * step + 1) * DAY;
}

/* Two parts with a step of one in `steps` days each, and `silent` days between them. */
static struct timeline_builder *two_parts(int count_before, int step_before, int64_t silent,
                                          int count_after, int step_after)
{
	struct timeline_builder *builder = plain();
	int64_t end = add_steps(builder, at("2015-01-01"), count_before, step_before);

	add_steps(builder, end + silent * DAY, count_after, step_after);
	return builder;
}

/* Nobody can say of three messages what is usual: a day before and none after. */
static void of_three_messages_none_is_long_after_another(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add(builder, at("2000-01-01"));
	add(builder, at("2000-01-02"));
	add(builder, at("2009-11-18"));
	assert_gaps(builder, 0, NULL, NULL);
}

/* Five days on either side are 4 + 4 steps of 8 days; with the silence there are 9 steps.
 * 9 C(8,8) / C(8 + s,8) is 9/6435 with 7 silent days, 9/12870 with 8. */
static void any_silence_of_an_archive_as_long_is_one_in_a_thousand(void **state)
{
	(void)state;
	assert_gaps(two_parts(5, 1, 7, 5, 1), 0, NULL, NULL);
	assert_gaps(two_parts(5, 1, 8, 5, 1), 1, "2015-01-06", "2015-01-14");
}

/* A step of one day alone makes s silent days or more C(1,1) / C(1 + s,1) = 1/(1 + s) likely,
 * however lively the other side is. */
static void one_side_alone_says_one_in_a_hundred(void **state)
{
	(void)state;
	assert_gaps(two_parts(40, 1, 98, 2, 1), 0, NULL, NULL);
	assert_gaps(two_parts(40, 1, 99, 2, 1), 1, "2015-02-10", "2015-05-20");
	assert_gaps(two_parts(2, 1, 98, 40, 1), 0, NULL, NULL);
	assert_gaps(two_parts(2, 1, 99, 40, 1), 1, "2015-01-03", "2015-04-12");
	assert_gaps(two_parts(40, 1, 400, 1, 1), 0, NULL, NULL);
}

/* Before it 12 steps of 30 days, after it 20 of one: C(380,32) / C(927,32) is less than
 * (380/927)^32 = 4e-13; of the sparse side alone (360/907)^12 = 2e-5. */
static void eighteen_months_after_a_sparse_year_are_a_gap(void **state)
{
	(void)state;
	/* 1 January 2015 and 360 days are 27 December; 547 days on is 27 June 2017. */
	assert_gaps(two_parts(13, 30, 547, 40, 1), 1, "2015-12-28", "2017-06-27");
}

/* 40 days among sparse mail are no gap, and longer than the 14 among daily mail that are one:
 * who sees one hatched and the other not is told. */
static void a_silence_longer_than_a_gap_is_told(void **state)
{
	struct timeline_builder *builder = two_parts(40, 1, 14, 40, 1);
	int64_t end = add_steps(builder, at("2016-01-01"), 25, 20);
	struct timeline timeline;

	(void)state;
	add_steps(builder, end + 40 * DAY, 25, 20);
	/* The daily mail ends on 4 April 2015: its end and the sparse mail's beginning are one. */
	add_steps(builder, at("2015-04-05"), 14, 20);
	timeline_builder_finish(builder, -1, NULL, 0, &timeline);
	assert_int_equal(timeline.gap_count, 1);
	assert_int_equal(timeline.gaps[0].end - timeline.gaps[0].start, 14 * DAY);
	assert_int_equal(timeline.quiet.end - timeline.quiet.start, 40 * DAY);
	timeline_clear(&timeline);
}

/* A year of three messages says too little: (268/785)^2 = 0.12 of its side alone. Who looks at
 * the empty months is told. Shorter silences are not, nor those that are gaps. */
static void a_year_that_is_no_gap_is_told(void **state)
{
	struct timeline_builder *builders[] = {
		two_parts(3, 134, 517, 100, 2), two_parts(3, 134, 364, 100, 2), two_parts(40, 1, 517, 40, 1),
	};
	struct timeline timelines[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		timeline_builder_finish(builders[i], -1, NULL, 0, &timelines[i]);
	assert_int_equal(timelines[0].gap_count, 0);
	/* 1 January 2015 and 268 days are 26 September; 517 days on is 25 February 2017. */
	assert_int_equal(timelines[0].quiet.start, at("2015-09-27"));
	assert_int_equal(timelines[0].quiet.end, at("2017-02-25"));
	assert_int_equal(timelines[1].quiet.end, timelines[1].quiet.start);
	assert_int_equal(timelines[2].gap_count, 1);
	assert_int_equal(timelines[2].quiet.end, timelines[2].quiet.start);
	for (int i = 0; i < 3; i++)
		timeline_clear(&timelines[i]);
}

/* Silences of 29 days beside 20 steps of 30: C(600,20) / C(629,20) = 0.4. */
static void mail_that_grows_rare_has_no_gaps(void **state)
{
	(void)state;
	assert_gaps(two_parts(100, 1, 29, 30, 30), 0, NULL, NULL);
	assert_gaps(two_parts(30, 30, 29, 100, 1), 0, NULL, NULL);
}

/* Only twenty steps on a side count: what was years ago does not say what is usual. Of
 * 20 steps of 14 days, 60 silent days are C(280,20) / C(340,20), more than (260/320)^20 =
 * 0.016, likely. */
static void a_lively_past_makes_no_gap_of_a_sparse_present(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	int64_t end = add_steps(builder, at("2010-01-01"), 1000, 1);
	end = add_steps(builder, end + 13 * DAY, 21, 14);
	add_steps(builder, end + 60 * DAY, 30, 14);
	assert_gaps(builder, 0, NULL, NULL);
}

static void years_between_two_lively_parts_are_a_gap(void **state)
{
	struct timeline_builder *builder = plain();

	(void)state;
	add_days(builder, "2009-03-20", "2009-04-05", false);   /* no more than 17 days */
	add_days(builder, "2015-01-01", "2017-04-24", true);
	assert_gaps(builder, 1, "2009-04-06", "2015-01-01");
}

static void days_are_the_same_in_any_order(void **state)
{
	struct timeline_builder *forward = plain(), *backward = plain();
	struct timeline a, b;

	(void)state;
	for (int i = 0; i < 400; i++) {
		add(forward, i * 7919 % 400 * DAY);
		add(backward, (399 - i) * 7919 % 400 * DAY);
	}
	finish(forward, -1, &a);
	finish(backward, -1, &b);
	assert_int_equal(a.bin_count, b.bin_count);
	assert_memory_equal(a.bins, b.bins, a.bin_count * sizeof *a.bins);
	timeline_clear(&a);
	timeline_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_mail_has_no_bins),
		cmocka_unit_test(one_message_is_one_day),
		cmocka_unit_test(the_unit_follows_the_span),
		cmocka_unit_test(bins_have_no_holes_and_end_at_midnight),
		cmocka_unit_test(weeks_begin_on_monday_also_before_1970),
		cmocka_unit_test(a_unit_too_fine_for_the_span_is_made_coarser),
		cmocka_unit_test(every_message_is_dated_undated_or_implausible),
		cmocka_unit_test(a_date_more_than_ten_years_from_all_others_is_not_on_the_axis),
		cmocka_unit_test(ten_years_are_not_far),
		cmocka_unit_test(more_than_one_in_200_is_mail_of_another_time),
		cmocka_unit_test(what_is_far_is_not_in_the_counts_of_what_is_shown),
		cmocka_unit_test(kinds_are_series),
		cmocka_unit_test(senders_outside_all_communities_are_the_rest),
		cmocka_unit_test(by_person_the_mail_of_others_is_counted_apart),
		cmocka_unit_test(by_date_a_series_is_a_verdict),
		cmocka_unit_test(by_signature_a_message_is_one_of_four_things),
		cmocka_unit_test(a_silent_fortnight_in_a_lively_year_is_a_gap),
		cmocka_unit_test(a_silent_fortnight_in_office_hours_is_a_gap),
		cmocka_unit_test(weekends_and_christmas_are_no_gaps),
		cmocka_unit_test(six_silent_days_are_no_gap_however_lively_the_rest),
		cmocka_unit_test(sparse_mail_has_no_gaps),
		cmocka_unit_test(a_sparse_start_is_no_gap),
		cmocka_unit_test(bursts_do_not_make_gaps),
		cmocka_unit_test(of_three_messages_none_is_long_after_another),
		cmocka_unit_test(any_silence_of_an_archive_as_long_is_one_in_a_thousand),
		cmocka_unit_test(one_side_alone_says_one_in_a_hundred),
		cmocka_unit_test(eighteen_months_after_a_sparse_year_are_a_gap),
		cmocka_unit_test(a_silence_longer_than_a_gap_is_told),
		cmocka_unit_test(a_year_that_is_no_gap_is_told),
		cmocka_unit_test(mail_that_grows_rare_has_no_gaps),
		cmocka_unit_test(a_lively_past_makes_no_gap_of_a_sparse_present),
		cmocka_unit_test(years_between_two_lively_parts_are_a_gap),
		cmocka_unit_test(days_are_the_same_in_any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
