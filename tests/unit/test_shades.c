#include "unit.h"

#include "../../src/draw/shades.h"

#include <glib.h>

#include <math.h>

static void few_counts_have_a_shade_each(void **state)
{
	struct shades shades = shades_for_counts(4, style_default());

	(void)state;
	assert_int_equal(shades.count, 4);
	for (int i = 0; i <= 4; i++)
		assert_int_equal(shades_class(&shades, i), i - 1);
}

/* 340 ^ (i / 6) is 1, 2.6, 7.0, 18.4, 48.7, 128.7: nearest in proportion 1, 2, 5, 20, 50, 100. */
static void bounds_grow_by_about_the_same_factor(void **state)
{
	static const int64_t from[] = { 1, 2, 5, 20, 50, 100 };
	struct shades shades = shades_for_counts(340, style_default());

	(void)state;
	assert_int_equal(shades.count, 6);
	assert_memory_equal(shades.from, from, sizeof from);
	assert_int_equal(shades_class(&shades, 19), 2);
	assert_int_equal(shades_class(&shades, 20), 3);
	assert_int_equal(shades_class(&shades, 340), 5);
	char *words = shades_words(&shades, 5), *first = shades_words(&shades, 0);
	assert_string_equal(words, "100\342\200\223340");
	assert_string_equal(first, "1");
	g_free(words);
	g_free(first);
}

static void every_count_is_in_a_class(void **state)
{
	(void)state;
	for (int64_t most = 0; most < 3000; most++) {
		struct shades shades = shades_for_counts(most, style_default());

		assert_true(most == 0 ? shades.count == 0 : shades.from[0] == 1);
		for (int i = 1; i < shades.count; i++)
			assert_true(shades.from[i] > shades.from[i - 1] && shades.from[i] <= most);
	}
	assert_int_equal(shades_for_counts(INT64_MAX, style_default()).count, SHADES_MAX);
}

/* CIE 1976 lightness of sRGB. */
static double lightness(struct color color)
{
	const double parts[] = { color.r, color.g, color.b }, weights[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (int i = 0; i < 3; i++)
		sum += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92
		                                         : pow((parts[i] + 0.055) / 1.055, 2.4));
	return 116 * cbrt(sum) - 16;
}

static void shades_stay_apart_without_colour(void **state)
{
	(void)state;
	for (int theme = 0; theme < THEME_COUNT; theme++) {
		struct style style;

		style_init(&style, (enum theme)theme, palettes, NULL);
		struct shades shades = shades_for_counts(1000000, &style);
		double before = lightness(style.paper);
		for (int i = 0; i < shades.count; i++) {
			double now = lightness(shades.colors[i]);

			assert_true(fabs(now - before) > 9.5);
			/* A number on it has a contrast of 45 in lightness. */
			assert_true(fabs(now - lightness(shades.words[i])) > 40);
			before = now;
		}
		style_clear(&style);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_counts_have_a_shade_each),
		cmocka_unit_test(bounds_grow_by_about_the_same_factor),
		cmocka_unit_test(every_count_is_in_a_class),
		cmocka_unit_test(shades_stay_apart_without_colour),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
