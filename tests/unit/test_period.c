/* test_period.c - first and last of dates, those far from all others apart
 *
 * Where "far" begins is tried in test_timeline.c, through what is shown. */
#include "unit.h"

#include <glib.h>

#include "epistograph/calendar.h"
#include "epistograph/period.h"

#define DAY INT64_C(86400)
#define YEAR (366 * DAY)

/* `count` messages an hour apart from `first` on, then those at the instants given. */
static struct period period_of(int count, int64_t first, const int64_t *others, int other_count)
{
	struct period_builder *builder = period_builder_new();
	struct period period;

	for (int i = 0; i < other_count; i++)
		period_builder_add(builder, others[i]);
	for (int i = count - 1; i >= 0; i--)
		period_builder_add(builder, first + i * 3600);
	period_builder_finish(builder, &period);
	return period;
}

static void no_mail_has_no_period(void **state)
{
	struct period period = period_of(0, 0, NULL, 0);

	(void)state;
	assert_int_equal(period.first, INSTANT_NONE);
	assert_int_equal(period.last, INSTANT_NONE);
	assert_int_equal(period.far, 0);
	period_builder_free(period_builder_new());
	period_builder_free(NULL);
}

static void one_message_is_first_and_last(void **state)
{
	struct period period = period_of(1, -5, NULL, 0);

	(void)state;
	assert_int_equal(period.first, -5);
	assert_int_equal(period.last, -5);
}

static void days_before_1970_are_days(void **state)
{
	(void)state;
	assert_int_equal(period_day_number(0), 0);
	assert_int_equal(period_day_number(DAY - 1), 0);
	assert_int_equal(period_day_number(-1), -1);
	assert_int_equal(period_day_number(-DAY), -1);
	assert_int_equal(period_day_number(-DAY - 1), -2);
}

/* Eleven years and more from the rest, two late and one early: of 601 three may be at an end. */
static void far_dates_are_counted_and_bound_nothing(void **state)
{
	static const int64_t others[] = { 33 * YEAR, 10 * YEAR - 5, 34 * YEAR };
	struct period period = period_of(598, 21 * YEAR, others, 3);

	(void)state;
	assert_int_equal(period.far, 3);
	assert_int_equal(period.first, 21 * YEAR);
	assert_int_equal(period.last, 21 * YEAR + 597 * 3600);
}

/* The same of 19 messages, of which nothing can be said. */
static void few_messages_are_all_near(void **state)
{
	static const int64_t others[] = { 40 * YEAR };
	struct period period = period_of(18, 21 * YEAR, others, 1);

	(void)state;
	assert_int_equal(period.far, 0);
	assert_int_equal(period.last, 40 * YEAR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_mail_has_no_period),
		cmocka_unit_test(one_message_is_first_and_last),
		cmocka_unit_test(days_before_1970_are_days),
		cmocka_unit_test(far_dates_are_counted_and_bound_nothing),
		cmocka_unit_test(few_messages_are_all_near),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
