/* test_slices.c - calendar parts of a span, and their networks */
#include "unit.h"

#include <glib.h>

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/slices.h"

static int64_t at(const char *date)
{
	struct error err = { "" };
	int64_t instant = INSTANT_NONE;

	assert_int_equal(instant_parse(date, false, &instant, &err), 0);
	return instant;
}

struct expected {
	const char *first, *last;
	int unit, most;
	const char *unit_name;
	int count;
	const char *start, *first_name, *last_name;
};

static const struct expected cases[] = {
	{ "2016-07-14", "2016-07-14", -1, 12, "day", 1, "2016-07-14", "14 Jul 2016", "14 Jul 2016" },
	{ "2016-07-14", "2016-08-20", -1, 12, "week", 6, "2016-07-11", "11 Jul 2016", "15 Aug 2016" },
	{ "2016-02-29", "2017-01-31", -1, 12, "month", 12, "2016-02", "February 2016", "January 2017" },
	{ "2016-02-29", "2017-02-01", -1, 12, "quarter", 5, "2016-Q1", "Q1 2016", "Q1 2017" },
	{ "2009-05-01", "2017-03-01", -1, 12, "year", 9, "2009", "2009", "2017" },
	{ "2012-05-01", "2017-03-01", -1, 12, "half-year", 11, "2012", "Jan to Jun 2012",
	  "Jan to Jun 2017" },
	{ "1999-05-01", "2017-03-01", -1, 12, "2 years", 10, "1998", "1998\u20131999",
	  "2016\u20132017" },
	{ "1821-05-01", "2017-03-01", -1, 12, "20 years", 10, "1820", "1820\u20131839",
	  "2000\u20132019" },
	{ "2016-02-29", "2016-03-01", CALENDAR_YEAR, 12, "year", 1, "2016", "2016", "2016" },
	{ "2016-02-29", "2017-02-01", CALENDAR_QUARTER, 12, "quarter", 5, "2016", "Q1 2016", "Q1 2017" },
	{ "2016-01-01", "2016-12-31T23:59:59", CALENDAR_MONTH, 1, "year", 1, "2016", "2016", "2016" },
	{ "1969-12-31", "1970-01-01", CALENDAR_MONTH, 12, "month", 2, "1969-12", "December 1969",
	  "January 1970" },
};

static void spans_are_cut_at_the_calendar(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct expected *e = &cases[i];
		struct slices slices;

		slices_cut(&slices, at(e->first), at(e->last), e->unit, e->most);
		char *unit = slices_unit_name(&slices), *first = slices_name(&slices, 0);
		char *last = slices_name(&slices, slices.count - 1);

		assert_string_equal(unit, e->unit_name);
		assert_int_equal(slices.count, e->count);
		assert_int_equal(slices.edges[0], at(e->start));
		assert_string_equal(first, e->first_name);
		assert_string_equal(last, e->last_name);
		assert_true(slices.edges[slices.count] > at(e->last));
		g_free(unit);
		g_free(first);
		g_free(last);
		slices_clear(&slices);
	}
}

static void instants_are_found_in_their_slice(void **state)
{
	struct slices slices;

	(void)state;
	slices_cut(&slices, at("2016-01-10"), at("2016-12-10"), CALENDAR_MONTH, 12);
	assert_int_equal(slices_find(&slices, at("2016-01-01")), 0);
	assert_int_equal(slices_find(&slices, at("2016-01-01") - 1), -1);
	assert_int_equal(slices_find(&slices, at("2016-03-01") - 1), 1);
	assert_int_equal(slices_find(&slices, at("2016-03-01")), 2);
	assert_int_equal(slices_find(&slices, at("2017-01-01") - 1), 11);
	assert_int_equal(slices_find(&slices, at("2017-01-01")), -1);
	assert_int_equal(slices_find(&slices, INSTANT_NONE), -1);
	slices_clear(&slices);
}

static void each_slice_has_its_network(void **state)
{
	const struct person persons[] = { { .id = 1, .address = "a@x.example", .name = "" },
	                                  { .id = 2, .address = "b@x.example", .name = "" } };
	const struct recipient to = { 2, ROLE_TO };
	struct correspondence message = { .sender = 1, .recipients = &to, .recipient_count = 1 };
	const char *const dates[] = { "2016-01-10", "2016-01-20", "2016-03-02", "2018-01-01" };
	struct slices slices;
	struct network networks[3];
	int64_t outside;

	(void)state;
	slices_cut(&slices, at("2016-01-10"), at("2016-03-02"), CALENDAR_MONTH, 12);
	assert_int_equal(slices.count, 3);
	struct slices_builder *builder = slices_builder_new(&slices, persons, 2, WEIGHT_COUNT,
	                                                    EDGES_RECIPIENT);
	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
		message.instant = at(dates[i]);
		slices_builder_add(builder, &message);
	}
	message.instant = INSTANT_NONE;
	slices_builder_add(builder, &message);
	slices_builder_finish(builder, networks, &outside);
	assert_int_equal(outside, 2);
	assert_int_equal(networks[0].arcs[0].messages, 2);
	assert_int_equal(networks[1].size, 0);
	assert_int_equal(networks[2].arcs[0].messages, 1);
	for (int i = 0; i < 3; i++)
		network_clear(&networks[i]);
	slices_builder_free(slices_builder_new(&slices, persons, 2, WEIGHT_COUNT, EDGES_RECIPIENT));
	slices_builder_free(NULL);
	slices_clear(&slices);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_cut_at_the_calendar),
		cmocka_unit_test(instants_are_found_in_their_slice),
		cmocka_unit_test(each_slice_has_its_network),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
