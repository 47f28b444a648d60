#include "unit.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <string.h>
#include <time.h>

static void civil_time_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t t = -70000000000; t < 70000000000; t += 123456789) {
		struct tm tm;
		time_t in = (time_t)t;

		assert_non_null(gmtime_r(&in, &tm));
		struct civil c = civil_from_instant(t);
		assert_int_equal(tm.tm_year + 1900, c.year);
		assert_int_equal(tm.tm_mon + 1, c.month);
		assert_int_equal(tm.tm_mday, c.day);
		assert_int_equal(tm.tm_hour, c.hour);
		assert_int_equal(tm.tm_sec, c.second);
		assert_int_equal((tm.tm_wday + 6) % 7, c.weekday);
		assert_int_equal(t, instant_from_civil(&c));
	}
}

static int64_t at(const char *text, bool end)
{
	int64_t instant = 0;
	struct error err = { 0 };

	assert_int_equal(0, instant_parse(text, end, &instant, &err));
	return instant;
}

static void a_date_stands_for_all_of_it(void **state)
{
	char buffer[32];
	static const char *const rows[][3] = {
		{ "2016", "2016-01-01T00:00:00Z", "2017-01-01T00:00:00Z" },
		{ "2016-Q1", "2016-01-01T00:00:00Z", "2016-04-01T00:00:00Z" },
		{ "2016-Q4", "2016-10-01T00:00:00Z", "2017-01-01T00:00:00Z" },
		{ "2016-02", "2016-02-01T00:00:00Z", "2016-03-01T00:00:00Z" },
		{ "2016-12", "2016-12-01T00:00:00Z", "2017-01-01T00:00:00Z" },
		{ "2016-02-29", "2016-02-29T00:00:00Z", "2016-03-01T00:00:00Z" },
		{ "2016-07-14T10:30", "2016-07-14T10:30:00Z", "2016-07-14T10:31:00Z" },
		{ "2016-07-14T10:30:05Z", "2016-07-14T10:30:05Z", "2016-07-14T10:30:06Z" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_string_equal(rows[i][1], instant_format(buffer, at(rows[i][0], false)));
		assert_string_equal(rows[i][2], instant_format(buffer, at(rows[i][0], true)));
	}
}

static void what_is_no_date_is_refused(void **state)
{
	static const char *const bad[] = { "", "x", "2015-02-29", "2016-13", "2016-07-14T25:00",
		"2016-07-14 10", "2016-07-14T10:30:05Zz", "0000", "14.7.2016",
		"16", "216", "+201", " 201", "20160714", "2016-Q0", "2016-Q5", "2016-Q12", "0000-Q1" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct error err = { 0 };
		int64_t instant = 5;

		assert_int_equal(-1, instant_parse(bad[i], false, &instant, &err));
		assert_int_equal(5, instant);
		assert_non_null(strstr(err.message, "is not a date"));
	}
}

static void bins_begin_where_the_calendar_says(void **state)
{
	char buffer[32];
	int64_t t = at("2016-02-29T13:00", false);      /* a Monday */
	static const char *const floors[] = { "2016-02-29", "2016-02-29", "2016-02-01", "2016-01-01",
		"2016-01-01" };
	static const char *const nexts[] = { "2016-03-01", "2016-03-07", "2016-03-01", "2016-04-01",
		"2017-01-01" };

	(void)state;
	for (int unit = CALENDAR_DAY; unit <= CALENDAR_YEAR; unit++) {
		assert_string_equal(floors[unit], instant_format_date(buffer, calendar_floor(unit, t)));
		assert_string_equal(nexts[unit], instant_format_date(buffer, calendar_next(unit, t)));
		assert_int_equal(calendar_floor(unit, t), calendar_floor(unit, calendar_floor(unit, t)));
	}
	/* Before 1970 too: 1969-12-31 was a Wednesday. */
	assert_string_equal("1969-12-29", instant_format_date(buffer, calendar_floor(CALENDAR_WEEK, -1)));
}

static void no_instant_is_no_text(void **state)
{
	char buffer[32] = "x";

	(void)state;
	assert_string_equal("", instant_format(buffer, INSTANT_NONE));
	assert_string_equal("", instant_format_date(buffer, INSTANT_NONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(civil_time_agrees_with_the_c_library),
		cmocka_unit_test(a_date_stands_for_all_of_it),
		cmocka_unit_test(what_is_no_date_is_refused),
		cmocka_unit_test(bins_begin_where_the_calendar_says),
		cmocka_unit_test(no_instant_is_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
