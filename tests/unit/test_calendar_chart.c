/* test_calendar_chart.c - years of days */
#include "unit.h"

#include "svg_checks.h"

#include "epistograph/calendar_chart.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)
#define DAY INT64_C(86400)

static int64_t at(const char *date)
{
	struct error err = { "" };
	int64_t instant = INSTANT_NONE;

	assert_int_equal(instant_parse(date, false, &instant, &err), 0);
	return instant;
}

/* So many messages at noon of each day from first to last, but of those in between. */
static struct coverage mail_on(const char *first, const char *last, int messages,
                               const char *silent_from, const char *silent_to)
{
	struct coverage_builder *builder = coverage_builder_new();
	struct coverage coverage;

	for (int64_t day = at(first); day <= at(last); day += DAY) {
		struct correspondence message = { .instant = day + DAY / 2, .date_verdict = DATE_GOOD };

		if (silent_from && day >= at(silent_from) && day <= at(silent_to))
			continue;
		for (int i = 0; i < messages; i++)
			coverage_builder_add(builder, &message);
	}
	coverage_builder_finish(builder, &coverage);
	return coverage;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return calendar_chart_draw(canvas, width, height, chart, err);
}

static struct calendar_chart chart_of(const struct coverage *coverage, double width, double height)
{
	struct calendar_chart chart = {
		.coverage = coverage, .unit = CALENDAR_DAY,
		.frame = { "Messages sent day by day", "All mail", "Source: invented" },
	};

	if (!calendar_chart_has_room(style_default(), width * MM, height * MM, &chart))
		chart.unit = CALENDAR_MONTH;
	return chart;
}

static struct svg *draw_on(const struct coverage *coverage, double width, double height,
                           struct error *err)
{
	const struct calendar_chart chart = chart_of(coverage, width, height);

	return svg_painted(paint, &chart, width * MM, height * MM, err);
}

static const struct svg_element *cell_of(const struct svg *svg, const char *id)
{
	for (int i = 0; svg_nth(svg, "rect", i); i++) {
		const struct svg_element *rect = svg_nth(svg, "rect", i);

		if (rect->mark && !strcmp(rect->mark, id))
			return rect;
	}
	fail_msg("no cell %s", id);
	return NULL;
}

/* 1 January 2016 was a Friday, 4 January the first Monday, and 2016 has a 29 February. */
static void a_column_is_a_week_from_monday(void **state)
{
	struct coverage coverage = mail_on("2016-01-01", "2016-12-31", 2, NULL, NULL);
	struct error err = { "" };
	struct svg *svg = draw_on(&coverage, 180, 80, &err);

	(void)state;
	assert_string_equal(err.message, "");
	assert_string_equal(svg_mark_title(svg, "day-2016-02-29"), "Monday 29 February 2016: 2 messages");
	const struct svg_element *friday = cell_of(svg, "day-2016-01-01");
	const struct svg_element *monday = cell_of(svg, "day-2016-01-04");
	const struct svg_element *next = cell_of(svg, "day-2016-01-11");
	double x = svg_number(monday, "x", 0), y = svg_number(monday, "y", 0);
	double side = svg_number(next, "x", 0) - x;
	assert_true(side > 5);
	assert_true(fabs(svg_number(friday, "x", 0) - (x - side)) < 0.02);
	assert_true(fabs(svg_number(friday, "y", 0) - (y + 4 * side)) < 0.06);
	assert_true(fabs(svg_number(next, "y", 0) - y) < 0.02);
	assert_true(svg_has_text(svg, "2016 732"));             /* 366 days */
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
	coverage_clear(&coverage);
}

static void days_outside_the_mail_are_not_drawn_and_silences_are_hatched(void **state)
{
	struct coverage coverage = mail_on("2016-03-10", "2017-02-05", 1, "2016-07-01", "2016-08-15");
	struct error err = { "" };
	struct svg *svg = draw_on(&coverage, 180, 100, &err);

	(void)state;
	assert_null(svg_mark_title(svg, "day-2016-03-09"));
	assert_non_null(svg_mark_title(svg, "day-2016-03-10"));
	assert_non_null(svg_mark_title(svg, "day-2017-02-05"));
	assert_null(svg_mark_title(svg, "day-2017-02-06"));
	assert_string_equal(svg_mark_title(svg, "day-2016-07-01"),
	                    "Friday 1 July 2016: 0 messages, none for unusually long");
	assert_true(svg_has_text(svg, "The mail begins on 10 March 2016 and ends on 5 February 2017."));
	assert_true(svg_has_text(svg, "unusual silence"));
	svg_free(svg);
	coverage_clear(&coverage);
}

static void ten_years_are_days_and_thirty_are_months(void **state)
{
	struct coverage ten = mail_on("2006-05-01", "2015-08-31", 1, NULL, NULL);
	struct coverage thirty = mail_on("1990-05-01", "2019-08-31", 1, NULL, NULL);
	struct error err = { "" };

	(void)state;
	assert_int_equal(chart_of(&ten, 180, 150).unit, CALENDAR_DAY);
	assert_int_equal(chart_of(&ten, 88, 130).unit, CALENDAR_DAY);
	assert_int_equal(chart_of(&thirty, 88, 130).unit, CALENDAR_MONTH);
	struct svg *svg = draw_on(&thirty, 88, 150, &err);
	assert_string_equal(err.message, "");
	assert_string_equal(svg_mark_title(svg, "month-2000-02"), "February 2000: 29 messages");
	assert_null(svg_mark_title(svg, "month-1990-04"));
	check_on_page(svg, 88 * MM, 150 * MM);
	check_texts_apart(svg);
	svg_free(svg);
	coverage_clear(&ten);
	coverage_clear(&thirty);
}

/* A fortnight is hatched among days; no month is silent as a whole, and nothing is said of one. */
static void what_is_not_hatched_is_not_explained(void **state)
{
	struct coverage coverage = mail_on("2016-03-01", "2017-02-05", 1, "2016-07-05", "2016-07-25");
	struct calendar_chart chart = chart_of(&coverage, 180, 100);
	struct error err = { "" };

	(void)state;
	assert_int_equal(coverage.gap_count, 1);
	for (int by_month = 0; by_month < 2; by_month++) {
		chart.unit = by_month ? CALENDAR_MONTH : CALENDAR_DAY;
		struct svg *svg = svg_painted(paint, &chart, 180 * MM, 100 * MM, &err);
		assert_string_equal(err.message, "");
		assert_int_equal(svg_has_text(svg, "unusual silence"), !by_month);
		assert_int_equal(svg_has_text(svg, "Hatched ground:"), !by_month);
		svg_free(svg);
	}
	coverage_clear(&coverage);
}

static void texts_lie_apart_whatever_the_years_and_the_page(void **state)
{
	static const char *const ends[] = { "2001-01-01", "2002-12-31", "2005-06-30", "2010-12-31" };
	static const double sizes[][2] = { { 180, 150 }, { 88, 130 }, { 88, 100 }, { 250, 140 } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
			struct coverage coverage = mail_on("2001-01-01", ends[i], 1, NULL, NULL);
			struct error err = { "" };

			coverage.undated = coverage.implausible = 123456;
			struct svg *svg = draw_on(&coverage, sizes[k][0], sizes[k][1], &err);
			assert_string_equal(err.message, "");
			check_on_page(svg, sizes[k][0] * MM, sizes[k][1] * MM);
			check_texts_apart(svg);
			svg_free(svg);
			const struct calendar_chart chart = chart_of(&coverage, sizes[k][0], sizes[k][1]);
			double height = calendar_chart_height(style_default(), sizes[k][0] * MM,
			                                      sizes[k][1] * MM, &chart);
			assert_true(height > 0 && height <= sizes[k][1] * MM);
			svg = draw_on(&coverage, sizes[k][0], height / MM, &err);
			assert_string_equal(err.message, "");
			svg_free(svg);
			coverage_clear(&coverage);
		}
}

/* 1 June 2016 was a Wednesday: to 14 June are columns of five days, seven and two, whose line
 * has the sides of 2 * 3 tops and bottoms and 7 left and 7 right ones. An event outside the mail
 * has no frame and is counted in the notes. */
static void days_of_events_and_periods_are_framed(void **state)
{
	struct coverage coverage = mail_on("2016-03-10", "2016-12-05", 1, NULL, NULL);
	const struct time_event events[] = { { at("2016-06-20"), "Tour" }, { at("1999-01-01"), "Far" } };
	const struct time_period periods[] = { { at("2016-06-01"), at("2016-06-15"), "Strike" } };
	const struct calendar_chart chart = {
		.coverage = &coverage, .unit = CALENDAR_DAY, .frame = { "Days", "All mail", "Source" },
		.annotations = { events, 2, periods, 1 },
	};
	struct error err = { "" };
	struct svg *svg = svg_painted(paint, &chart, 180 * MM, 100 * MM, &err);
	int frames = 0;

	(void)state;
	assert_string_equal(svg_mark_title(svg, "event-1"), "20 June 2016: Tour");
	assert_string_equal(svg_mark_title(svg, "period-1"), "1 June 2016 to 14 June 2016: Strike");
	assert_null(svg_mark_title(svg, "event-2"));
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];
		frames += element->mark && !strcmp(element->mark, "period-1") &&
		          svg_attribute(element, "stroke");
	}
	assert_int_equal(frames, 20);
	assert_true(svg_has_text(svg, "Framed: 20 June 2016: Tour. 1 June 2016 to 14 June 2016: Strike. "
	                         "1 event lies outside the period of the mail."));
	svg_free(svg);
	coverage_clear(&coverage);
}

/* The notes of a figure as high as it says it fills stand close below the last year. */
static void a_figure_of_its_own_height_has_no_empty_foot(void **state)
{
	static const char *const ends[] = { "2001-01-20", "2001-12-31", "2003-12-31", "2010-12-31" };
	static const double sizes[][2] = { { 180, 150 }, { 88, 150 } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
			struct coverage coverage = mail_on("2001-01-01", ends[i], 1, NULL, NULL);
			const struct calendar_chart chart = chart_of(&coverage, sizes[k][0], sizes[k][1]);
			double height = calendar_chart_height(style_default(), sizes[k][0] * MM,
			                                      sizes[k][1] * MM, &chart);
			struct error err = { "" };
			struct svg *svg = svg_painted(paint, &chart, sizes[k][0] * MM, height, &err);
			double foot = 0, notes = height;

			assert_string_equal(err.message, "");
			for (int n = 0; svg_nth(svg, "rect", n); n++) {
				const struct svg_element *rect = svg_nth(svg, "rect", n);
				if (rect->mark && g_str_has_prefix(rect->mark, "day-"))
					foot = MAX(foot, svg_number(rect, "y", 0) + svg_number(rect, "height", 0));
			}
			for (int n = 0; svg_nth(svg, "text", n); n++) {
				double y = svg_number(svg_nth(svg, "text", n), "y", 0);
				if (y > foot && y < notes)
					notes = y;
			}
			if (notes - foot <= 6 || notes - foot >= 20)
				fail_msg("to %s on %.0f mm: %.1f pt below the days", ends[i], sizes[k][0],
				         notes - foot);
			svg_free(svg);
			coverage_clear(&coverage);
		}
}

static void nothing_dated_is_a_sentence(void **state)
{
	struct coverage coverage = { .undated = 7, .first = INSTANT_NONE, .last = INSTANT_NONE,
	                             .far_first = INSTANT_NONE, .far_last = INSTANT_NONE };
	struct error err = { "" };
	struct svg *svg = draw_on(&coverage, 180, 100, &err);

	(void)state;
	assert_true(svg_has_text(svg, "No message here has a date that can be drawn."));
	assert_true(svg_has_text(svg, "Not shown: 7 messages without a date."));
	svg_free(svg);
}

static void a_page_too_small_is_refused(void **state)
{
	struct coverage coverage = mail_on("1990-05-01", "2019-08-31", 1, NULL, NULL);
	struct error err = { "" };

	(void)state;
	assert_null(draw_on(&coverage, 88, 60, &err));
	assert_string_equal(err.message, "the page leaves no room for 30 years: make it larger");
	coverage_clear(&coverage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_is_a_week_from_monday),
		cmocka_unit_test(days_outside_the_mail_are_not_drawn_and_silences_are_hatched),
		cmocka_unit_test(ten_years_are_days_and_thirty_are_months),
		cmocka_unit_test(what_is_not_hatched_is_not_explained),
		cmocka_unit_test(texts_lie_apart_whatever_the_years_and_the_page),
		cmocka_unit_test(days_of_events_and_periods_are_framed),
		cmocka_unit_test(a_figure_of_its_own_height_has_no_empty_foot),
		cmocka_unit_test(nothing_dated_is_a_sentence),
		cmocka_unit_test(a_page_too_small_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
