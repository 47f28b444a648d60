#include "unit.h"

#include "chart_fixture.h"
#include "svg_checks.h"

#include "epistograph/evolution_chart.h"

#include <stdio.h>

#define MM (72 / 25.4)

enum { MOST_GROUPS = 64, CATEGORIES = 12 };

/* Groups as if evolution_find() had found them. */
struct sample {
	struct evolution evolution;
	struct evolution_group groups[MOST_GROUPS];
	const char *leaders[MOST_GROUPS];
};

static void add_group(struct sample *sample, int period, int category, int people)
{
	struct evolution *e = &sample->evolution;

	sample->leaders[e->group_count] = "Ann Lee";
	sample->groups[e->group_count++] = (struct evolution_group){
		.period = period, .category = category, .people = people,
		.number = category == EVOLUTION_REST ? EVOLUTION_REST : category };
	e->period_count = MAX(e->period_count, period + 1);
	e->groups = sample->groups;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return evolution_chart_draw(canvas, width, height, chart, err);
}

static struct svg *draw(const struct sample *sample, double width, double height)
{
	static const char *const periods[] = { "Jan to Jun 2001", "Jul to Dec 2001", "Jan to Jun 2002",
	                                       "Jul to Dec 2002" };
	static const int colors[CATEGORIES] = { 0, -1, 1, 2, 3, 4, 5, 6, 7, -1, -1, -1 };
	const struct evolution_chart chart = {
		.evolution = &sample->evolution, .frame = chart_frame, .period_names = periods,
		.category_names = chart_names, .category_colors = colors, .category_count = CATEGORIES,
		.leaders = sample->leaders,
	};
	struct error err = { "" };
	struct svg *svg = svg_painted(paint, &chart, width * MM, height * MM, &err);

	assert_string_equal(err.message, "");
	return svg;
}

static const struct svg_element *bar_of(const struct svg *svg, int period, int group)
{
	char id[32];

	snprintf(id, sizeof id, "group-%d-%d", period + 1, group + 1);
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (!strcmp(element->name, "rect") && element->mark && !strcmp(element->mark, id))
			return element;
	}
	fail_msg("no bar %s", id);
	return NULL;
}

/* The number that stands in or beside the bar; NULL. */
static const struct svg_element *number_of(const struct svg *svg, const struct svg_element *bar)
{
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (!strcmp(element->name, "text") && element->mark && !strcmp(element->mark, bar->mark))
			return element;
	}
	return NULL;
}

/* One large period makes the bars of all others low: 1 person in 3,000. */
static void plant(struct sample *sample)
{
	*sample = (struct sample){ 0 };
	for (int c = 0; c < 8; c++)
		add_group(sample, 0, c, 3);
	add_group(sample, 0, EVOLUTION_REST, 1);
	for (int c = 4; c < 12; c++)
		add_group(sample, 1, c, 350);
	add_group(sample, 1, EVOLUTION_REST, 200);
	add_group(sample, 2, 9, 1);
}

static void every_low_bar_has_its_number_beside_it(void **state)
{
	struct sample sample;

	(void)state;
	plant(&sample);
	struct svg *svg = draw(&sample, 180, 120);
	check_texts_apart(svg);
	check_on_page(svg, 180 * MM, 120 * MM);
	for (int c = 0; c < 8; c++) {
		const struct svg_element *bar = bar_of(svg, 0, c), *number = number_of(svg, bar);
		char expected[8];

		snprintf(expected, sizeof expected, "%d", c + 1);
		assert_non_null(number);
		assert_string_equal(number->text->str, expected);
		assert_true(svg_number(number, "x", 1e9) < svg_number(bar, "x", -1));
	}
	assert_null(number_of(svg, bar_of(svg, 0, 8)));
	/* Those without a colour have numbers too, and the legend says whose. */
	assert_string_equal(number_of(svg, bar_of(svg, 2, 0))->text->str, "10");
	assert_true(svg_has_text(svg, "10 Ann Lee"));
	svg_free(svg);
}

static void high_bars_have_it_inside(void **state)
{
	struct sample sample;

	(void)state;
	plant(&sample);
	struct svg *svg = draw(&sample, 180, 150);
	const struct svg_element *bar = bar_of(svg, 1, 0);
	double left = svg_number(bar, "x", -1);
	double x = svg_number(number_of(svg, bar), "x", -1);
	assert_true(x > left && x < left + svg_number(bar, "width", 0));
	svg_free(svg);
}

static void a_bar_of_one_in_thousands_is_seen(void **state)
{
	struct sample sample;

	(void)state;
	plant(&sample);
	struct svg *svg = draw(&sample, 88, 120);
	assert_true(svg_number(bar_of(svg, 2, 0), "height", 0) >= 0.5);
	/* ... and heights else follow people: 350 to 200. */
	double ratio = svg_number(bar_of(svg, 1, 0), "height", 0) /
	               svg_number(bar_of(svg, 1, 8), "height", 1);
	assert_true(ratio > 1.74 && ratio < 1.76);
	svg_free(svg);
}

/* A page too small for all: those without a colour are then "others". */
static void all_with_a_colour_are_listed(void **state)
{
	struct sample sample;

	(void)state;
	plant(&sample);
	struct svg *svg = draw(&sample, 80, 110);
	assert_true(svg_has_text(svg, "6 Ivo"));
	assert_true(svg_has_text(svg, "others and small groups"));
	assert_non_null(number_of(svg, bar_of(svg, 0, 7)));
	assert_null(number_of(svg, bar_of(svg, 2, 0)));
	svg_free(svg);
}

static void texts_are_apart_on_every_page(void **state)
{
	static const double sizes[][2] = { { 80, 110 }, { 88, 120 }, { 169, 95 }, { 300, 400 } };
	struct sample sample;

	(void)state;
	plant(&sample);
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct svg *svg = draw(&sample, sizes[i][0], sizes[i][1]);

		check_texts_apart(svg);
		check_on_page(svg, sizes[i][0] * MM, sizes[i][1] * MM);
		svg_free(svg);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_low_bar_has_its_number_beside_it),
		cmocka_unit_test(high_bars_have_it_inside),
		cmocka_unit_test(a_bar_of_one_in_thousands_is_seen),
		cmocka_unit_test(all_with_a_colour_are_listed),
		cmocka_unit_test(texts_are_apart_on_every_page),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
