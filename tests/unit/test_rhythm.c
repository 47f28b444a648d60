/* test_rhythm.c - hours and weekdays, on whose clock */
#include "unit.h"

#include <glib.h>

#include <string.h>

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/rhythm.h"

static struct clock clock_of(const char *text)
{
	struct error err = { "" };
	struct clock clock;

	assert_int_equal(clock_parse(text, &clock, &err), 0);
	return clock;
}

static void add(struct rhythm *rhythm, const struct clock *clock, const char *date, int32_t offset_s)
{
	struct error err = { "" };
	struct correspondence message = { .utc_offset_s = offset_s };

	assert_int_equal(instant_parse(date, false, &message.instant, &err), 0);
	rhythm_add(rhythm, clock, &message);
}

/* 14 July 2016 was a Thursday. At 22:30 UTC it was Friday, 0:30 in Paris, and 15:30
 * of that Thursday in California. */
static void each_message_is_on_its_senders_clock(void **state)
{
	struct clock own = clock_of("own");
	struct rhythm r = { .counted = 0 };

	(void)state;
	assert_false(own.is_fixed);
	add(&r, &own, "2016-07-14T22:30", 7200);
	add(&r, &own, "2016-07-14T22:30", -7 * 3600);
	add(&r, &own, "2016-07-14T22:30", UTC_OFFSET_UNKNOWN);
	add(&r, &own, "2016-07-14T22:30", 0);
	assert_int_equal(r.counts[4][0], 1);
	assert_int_equal(r.counts[3][15], 1);
	assert_int_equal(r.counts[3][22], 1);
	assert_int_equal(r.by_weekday[3], 2);
	assert_int_equal(r.by_hour[0], 1);
	assert_int_equal(r.counted, 3);
	assert_int_equal(r.without_offset, 1);
	assert_int_equal(r.at_zero, 1);
}

static void on_one_clock_all_have_a_place(void **state)
{
	struct clock fixed = clock_of("-0530");
	struct rhythm r = { .counted = 0 };

	(void)state;
	assert_string_equal(fixed.name, "UTC-05:30");
	add(&r, &fixed, "2016-07-14T03:00", UTC_OFFSET_UNKNOWN);        /* Wednesday, 21:30 */
	add(&r, &fixed, "2016-07-14T03:00", 7200);
	assert_int_equal(r.counts[2][21], 2);
	assert_int_equal(r.counted, 2);
	assert_int_equal(r.without_offset, 0);
	assert_int_equal(r.at_zero, 0);
}

/* Before 1970 too: 31 December 1969 was a Wednesday. */
static void days_before_1970_have_hours(void **state)
{
	struct clock utc = clock_of("UTC");
	struct rhythm r = { .counted = 0 };

	(void)state;
	add(&r, &utc, "1969-12-31T23:00", 0);
	assert_int_equal(r.counts[2][23], 1);
}

/* Paris is an hour ahead of UTC in winter and two in summer. */
static void a_zone_of_a_place_has_summer_time(void **state)
{
	struct error err = { "" };
	struct rhythm r = { .counted = 0 };
	struct clock paris;

	(void)state;
	if (clock_parse("Europe/Paris", &paris, &err) < 0)
		skip();                 /* this machine has no zone data */
	add(&r, &paris, "2016-01-14T10:00", 0);
	add(&r, &paris, "2016-07-14T10:00", 0);
	assert_int_equal(r.counts[3][11], 1);
	assert_int_equal(r.counts[3][12], 1);
	add(&r, &paris, "2017-07-14T10:00", 0);
	assert_int_equal(r.ruled_count, 2);     /* in order, whichever came first */
	assert_int_equal(r.ruled_s[0], 3600);
	assert_int_equal(r.ruled_s[1], 7200);
	clock_clear(&paris);
}

static void the_commonest_place_has_two_offsets(void **state)
{
	struct rhythm r = { .counted = 0 };
	struct clock own, utc;
	struct error err = { "" };
	int32_t standard_s = 1;

	(void)state;
	assert_int_equal(clock_parse("own", &own, &err), 0);
	assert_int_equal(clock_parse("UTC", &utc, &err), 0);
	add(&r, &utc, "2016-01-14T10:00", -8 * 3600);
	assert_int_equal(rhythm_commonest_place(&r, &standard_s), 0);
	add(&r, &own, "2016-01-14T10:00", -8 * 3600);
	add(&r, &own, "2016-07-14T10:00", -7 * 3600);
	add(&r, &own, "2016-07-14T10:00", 5 * 3600 + 1800);
	add(&r, &own, "2016-07-14T10:00", 17);
	assert_int_equal(rhythm_commonest_place(&r, &standard_s), 2);
	assert_int_equal(standard_s, -8 * 3600);
}

static void what_is_no_zone_is_refused(void **state)
{
	static const char *const words[] = { "", "+1", "+15:00", "+01:60", "+01:000", "01:00",
		"Atlantis/Port", "/etc/localtime", "../x", "+01:00x", "+-1:00" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		struct error err = { "" };
		struct clock clock;

		assert_int_equal(clock_parse(words[i], &clock, &err), -1);
		assert_non_null(strstr(err.message, "--zone is own, UTC, an offset"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_message_is_on_its_senders_clock),
		cmocka_unit_test(on_one_clock_all_have_a_place),
		cmocka_unit_test(days_before_1970_have_hours),
		cmocka_unit_test(a_zone_of_a_place_has_summer_time),
		cmocka_unit_test(the_commonest_place_has_two_offsets),
		cmocka_unit_test(what_is_no_zone_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
