/* test_coverage.c - what of the mail has a place in time */
#include "unit.h"

#include <glib.h>

#include "epistograph/coverage.h"
#include "epistograph/calendar.h"
#include "epistograph/error.h"

#define DAY INT64_C(86400)

static int64_t at(const char *date)
{
	struct error err = { "" };
	int64_t instant = INSTANT_NONE;

	assert_int_equal(instant_parse(date, false, &instant, &err), 0);
	return instant;
}

static void add(struct coverage_builder *builder, int64_t instant, enum date_verdict verdict)
{
	struct correspondence message = { .instant = instant, .date_verdict = verdict };

	coverage_builder_add(builder, &message);
}

static void nothing_covers_nothing(void **state)
{
	struct coverage coverage;
	const struct correspondence message = { .instant = 0 };

	(void)state;
	coverage_builder_finish(coverage_builder_new(), &coverage);
	assert_int_equal(coverage.dated, 0);
	assert_int_equal(coverage.day_count, 0);
	assert_int_equal(coverage.first, INSTANT_NONE);
	assert_false(coverage_holds(&coverage, &message));
	coverage_clear(&coverage);
	coverage_builder_free(coverage_builder_new());
	coverage_builder_free(NULL);
}

/* Thirty days of one message, the last day with a second that is repaired, and apart from
 * them: one of 2099, repaired too, one undated and two that nobody believes. */
static struct coverage june(bool keep_far)
{
	struct coverage_builder *builder = coverage_builder_new();
	struct coverage coverage;

	if (keep_far)
		coverage_builder_keep_far(builder);
	add(builder, INSTANT_NONE, DATE_IMPLAUSIBLE);
	add(builder, at("2099-01-04"), DATE_REPLACED);
	for (int i = 29; i >= 0; i--)
		add(builder, at("2016-06-01") + i * DAY + 60, DATE_GOOD);
	add(builder, at("2016-06-30"), DATE_REPAIRED);
	add(builder, INSTANT_NONE, DATE_MISSING);
	add(builder, INSTANT_NONE, DATE_IMPLAUSIBLE);
	coverage_builder_finish(builder, &coverage);
	return coverage;
}

static void messages_are_dated_far_undated_or_implausible(void **state)
{
	struct coverage coverage = june(false);
	const struct correspondence inside = { .instant = at("2016-06-15") },
		outside = { .instant = at("2099-01-04") }, undated = { .instant = INSTANT_NONE };

	(void)state;
	assert_int_equal(coverage.dated, 31);
	assert_int_equal(coverage.repaired, 1);
	assert_int_equal(coverage.undated, 1);
	assert_int_equal(coverage.implausible, 2);
	assert_int_equal(coverage.far, 1);
	assert_int_equal(coverage.far_first, at("2099-01-04"));
	assert_int_equal(coverage.far_last, at("2099-01-04"));
	assert_int_equal(coverage.first, at("2016-06-01") + 60);
	assert_int_equal(coverage.last, at("2016-06-30") + 60);
	assert_int_equal(coverage.day_count, 30);
	assert_int_equal(coverage.days[29].messages, 2);
	assert_int_equal(coverage.gap_count, 0);
	assert_true(coverage_holds(&coverage, &inside));
	assert_false(coverage_holds(&coverage, &outside));
	assert_false(coverage_holds(&coverage, &undated));
	coverage_clear(&coverage);
}

static void nothing_is_far_if_all_is_to_be_kept(void **state)
{
	struct coverage coverage = june(true);

	(void)state;
	assert_int_equal(coverage.far, 0);
	assert_int_equal(coverage.dated, 32);
	assert_int_equal(coverage.repaired, 2);
	assert_int_equal(coverage.last, at("2099-01-04"));
	coverage_clear(&coverage);
}

/* Mail every day of June and of August: July's silence is no chance. */
static void a_month_without_mail_is_a_gap(void **state)
{
	struct coverage_builder *builder = coverage_builder_new();
	struct coverage coverage;

	(void)state;
	for (int i = 0; i < 92; i++)
		if (i < 30 || i >= 61)
			add(builder, at("2016-06-01") + i * DAY, DATE_GOOD);
	coverage_builder_finish(builder, &coverage);
	assert_int_equal(coverage.gap_count, 1);
	assert_int_equal(coverage.gaps[0].start, at("2016-07-01"));
	assert_int_equal(coverage.gaps[0].end, at("2016-08-01"));
	coverage_clear(&coverage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_covers_nothing),
		cmocka_unit_test(messages_are_dated_far_undated_or_implausible),
		cmocka_unit_test(nothing_is_far_if_all_is_to_be_kept),
		cmocka_unit_test(a_month_without_mail_is_a_gap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
