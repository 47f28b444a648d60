/* test_rhythm_chart.c - hours of the week as a heat map */
#include "unit.h"

#include "svg_checks.h"

#include "epistograph/calendar.h"
#include "epistograph/rhythm_chart.h"
#include "epistograph/style.h"

#include <string.h>

#define MM (72 / 25.4)

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return rhythm_chart_draw(canvas, width, height, chart, err);
}

static struct svg *draw_on(const struct rhythm *rhythm, double width, double height,
                           struct error *err)
{
	const struct coverage coverage = { .undated = 3, .far_first = INSTANT_NONE };
	const struct rhythm_chart chart = {
		.rhythm = rhythm, .coverage = &coverage,
		.frame = { "When mail was written", "By each sender's clock", "Source: invented" },
	};

	return svg_painted(paint, &chart, width * MM, height * MM, err);
}

static void set(struct rhythm *rhythm, int weekday, int hour, int64_t count)
{
	rhythm->counts[weekday][hour] += count;
	rhythm->by_weekday[weekday] += count;
	rhythm->by_hour[hour] += count;
	rhythm->counted += count;
}

static const char *fill_of(const struct svg *svg, const char *id)
{
	for (int i = 0; svg_nth(svg, "rect", i); i++) {
		const struct svg_element *rect = svg_nth(svg, "rect", i);

		if (rect->mark && !strcmp(rect->mark, id))
			return svg_attribute(rect, "fill");
	}
	return NULL;
}

static void every_hour_of_the_week_is_a_mark(void **state)
{
	struct rhythm r = { .without_offset = 2, .at_zero = 1 };
	struct error err = { "" };

	(void)state;
	set(&r, 0, 9, 1);
	set(&r, 6, 23, 1500);
	struct svg *svg = draw_on(&r, 180, 90, &err);
	assert_non_null(svg);
	assert_string_equal(svg_mark_title(svg, "cell-1-09"), "Monday, 09:00 to 09:59: 1 message");
	assert_string_equal(svg_mark_title(svg, "cell-7-23"), "Sunday, 23:00 to 23:59: 1,500 messages");
	assert_string_equal(svg_mark_title(svg, "cell-3-00"), "Wednesday, 00:00 to 00:59: 0 messages");
	assert_string_equal(svg_mark_title(svg, "hour-09"), "09:00 to 09:59: 1 message");
	assert_string_equal(svg_mark_title(svg, "weekday-7"), "Sunday: 1,500 messages");
	assert_string_equal(fill_of(svg, "cell-3-00"), "#ffffff");
	assert_string_not_equal(fill_of(svg, "cell-1-09"), "#ffffff");
	assert_string_not_equal(fill_of(svg, "cell-1-09"), fill_of(svg, "cell-7-23"));
	assert_true(svg_has_text(svg, "Not shown: 3 messages without a date."));
	assert_true(svg_has_text(svg, "1 message is written at +0000"));
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
}

static void texts_lie_apart_on_pages_of_any_size(void **state)
{
	static const double sizes[][2] = { { 180, 90 }, { 88, 80 }, { 75, 75 }, { 300, 200 } };
	struct rhythm r = { .at_zero = 123456 };

	(void)state;
	for (int day = 0; day < WEEKDAYS; day++)
		for (int hour = 0; hour < HOURS; hour++)
			set(&r, day, hour, 10000 + day * 500 + hour);
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct error err = { "" };
		struct svg *svg = draw_on(&r, sizes[i][0], sizes[i][1], &err);

		assert_string_equal(err.message, "");
		check_on_page(svg, sizes[i][0] * MM, sizes[i][1] * MM);
		check_texts_apart(svg);
		svg_free(svg);
	}
}

static void a_page_too_small_is_refused(void **state)
{
	struct rhythm r = { .counted = 0 };
	struct error err = { "" };

	(void)state;
	set(&r, 0, 0, 1);
	assert_null(draw_on(&r, 75, 30, &err));
	assert_string_equal(err.message, "the page leaves no room for the hours of the week: make it "
	                    "larger");
}

static void no_known_clock_is_a_sentence(void **state)
{
	const struct rhythm unknown = { .without_offset = 5 }, nothing = { .counted = 0 };
	struct error err = { "" };

	(void)state;
	struct svg *svg = draw_on(&unknown, 180, 90, &err);
	assert_true(svg_has_text(svg, "No message here says by what clock it was sent; on one clock for "
	                         "all they can be drawn."));
	svg_free(svg);
	svg = draw_on(&nothing, 180, 90, &err);
	assert_true(svg_has_text(svg, "No message here has a date that can be drawn."));
	svg_free(svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_hour_of_the_week_is_a_mark),
		cmocka_unit_test(texts_lie_apart_on_pages_of_any_size),
		cmocka_unit_test(a_page_too_small_is_refused),
		cmocka_unit_test(no_known_clock_is_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
