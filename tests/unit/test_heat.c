/* test_heat.c - classes of counts, and numbers that can be read on their colours */
#include "unit.h"

#include "../../src/draw/heat.h"

#include <glib.h>

#include <math.h>

static void few_counts_have_a_class_each(void **state)
{
	struct heat heat = heat_steps(4);

	(void)state;
	assert_int_equal(heat.count, 4);
	for (int i = 0; i <= 4; i++)
		assert_int_equal(heat_class(&heat, i), i);
}

/* 340 ^ (i / 5) is 1, 3.2, 10.3, 33.0, 106: in proportion nearest to 1, 5, 10, 50, 100, since
 * 3.2 is above the root of 2 * 5 and 33 above that of 20 * 50. */
static void steps_grow_by_about_the_same_factor(void **state)
{
	static const int64_t from[] = { 1, 5, 10, 50, 100 };
	struct heat heat = heat_steps(340);

	(void)state;
	assert_int_equal(heat.count, 5);
	assert_memory_equal(heat.from, from, sizeof from);
	assert_int_equal(heat_class(&heat, 49), 3);
	assert_int_equal(heat_class(&heat, 50), 4);
	assert_int_equal(heat_class(&heat, 340), 5);
}

static void check_classes(const int64_t *values, size_t count, const int64_t *from, int classes)
{
	struct heat heat = heat_classes(values, count);

	assert_int_equal(heat.count, classes);
	for (int i = 0; i < classes; i++)
		assert_int_equal(heat.from[i], from[i]);
}

static void classes_begin_at_round_numbers(void **state)
{
	static const int64_t few[] = { 0, 0, 1, 2, 3 }, some[] = { 0, 7, 60, 199 }, one[] = { 1, 1, 0 };

	(void)state;
	check_classes(few, 5, (const int64_t[]){ 1, 2, 3 }, 3);
	check_classes(some, 4, (const int64_t[]){ 1, 10, 20, 50, 100 }, 5);
	check_classes(one, 3, (const int64_t[]){ 1 }, 1);
	check_classes(one + 2, 1, NULL, 0);
	struct heat heat = heat_classes(some, 4);
	assert_int_equal(heat_class(&heat, 0), 0);
	assert_int_equal(heat_class(&heat, 1), 1);
	assert_int_equal(heat_class(&heat, 9), 1);
	assert_int_equal(heat_class(&heat, 10), 2);
	assert_int_equal(heat_class(&heat, 199), 5);
	assert_int_equal(heat.most, 199);
}

/* A hundred days of five and one of ten thousand: one in fifty of 101 values are two, the
 * second of which is 5. */
static void one_day_of_thousands_does_not_make_the_others_pale(void **state)
{
	int64_t values[101];

	(void)state;
	for (int i = 0; i < 100; i++)
		values[i] = 5;
	values[100] = 10000;
	struct heat heat = heat_classes(values, 101);
	assert_int_equal(heat.from[heat.count - 1], 5);
	assert_int_equal(heat_class(&heat, 5), heat.count);
	assert_int_equal(heat.most, 10000);
}

/* Of 1 to 49, once each, the top fiftieth is none of 49 values: the highest class may begin at
 * 49. Widths of 10 part them 9, 10, 10, 10, 10; bounds 1, 2, 5, 10, 20 would 1, 3, 5, 10, 30. */
static void counts_spread_evenly_have_classes_of_one_width(void **state)
{
	static const int64_t from[] = { 1, 10, 20, 30, 40 };
	int64_t values[50];

	(void)state;
	for (int i = 0; i < 50; i++)
		values[i] = i;
	struct heat heat = heat_classes(values, G_N_ELEMENTS(values));
	assert_int_equal(heat.count, 5);
	assert_int_equal(heat.most, 49);
	assert_memory_equal(heat.from, from, sizeof from);
}

/* 32 ones, 16 twos, 8 fives, 4 tens, 2 twenties and a thousand, which alone is more than one in
 * fifty of 63 reach: growing bounds part them 32, 16, 8, 4, 3; the widths of 5 put 48 into one. */
static void counts_of_which_most_are_small_have_classes_that_grow(void **state)
{
	static const struct { int times, value; } parts[] = { { 32, 1 }, { 16, 2 }, { 8, 5 }, { 4, 10 },
		{ 2, 20 }, { 1, 1000 } };
	static const int64_t from[] = { 1, 2, 5, 10, 20 };
	int64_t values[63];
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		for (int j = 0; j < parts[i].times; j++)
			values[count++] = parts[i].value;
	struct heat heat = heat_classes(values, count);
	assert_int_equal(heat.count, 5);
	assert_int_equal(heat.most, 1000);
	assert_memory_equal(heat.from, from, sizeof from);
}

static void classes_of_values_begin_at_one_and_ascend(void **state)
{
	(void)state;
	for (int most = 0; most < 200; most++) {
		int64_t values[200];

		for (int i = 0; i <= most; i++)
			values[i] = i;
		struct heat heat = heat_classes(values, (size_t)most + 1);
		assert_int_equal(heat_class(&heat, 0), 0);
		assert_true(most == 0 ? heat.count == 0 : heat.from[0] == 1);
		for (int i = 1; i < heat.count; i++)
			assert_true(heat.from[i] > heat.from[i - 1] && heat.from[i] <= most);
	}
}

static void every_count_is_in_a_class(void **state)
{
	(void)state;
	for (int64_t most = 0; most < 3000; most++) {
		struct heat heat = heat_steps(most);

		assert_true(most == 0 ? heat.count == 0 : heat.from[0] == 1);
		for (int i = 1; i < heat.count; i++)
			assert_true(heat.from[i] > heat.from[i - 1] && heat.from[i] <= most);
	}
	assert_int_equal(heat_steps(INT64_MAX).count, HEAT_CLASSES);
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

static void classes_and_their_numbers_are_read_without_colour(void **state)
{
	(void)state;
	for (int i = 0; i < THEME_COUNT * palette_count; i++) {
		enum theme theme = (enum theme)(i % THEME_COUNT);
		struct style style;

		style_init(&style, theme, &palettes[i / THEME_COUNT], NULL);
		for (int count = 1; count <= HEAT_CLASSES; count++)
			for (int class = 1; class <= count; class++) {
				const struct heat heat = { .count = count };
				double now = lightness(heat_color(&style, &heat, class));
				double before = lightness(heat_color(&style, &heat, class - 1));

				/* From paper away, dark or light, ever on. */
				assert_true((now > before) == (theme == THEME_DARK));
				if (fabs(now - before) <= 9)
					fail_msg("%s, %s: class %d of %d is at %.1f, the one before at %.1f",
					         theme_name(theme), palettes[i / THEME_COUNT].name, class, count,
					         now, before);
				assert_true(fabs(now - lightness(heat_ink(&style, &heat, class))) > 38);
			}
		style_clear(&style);
	}
}

/* One message a day, and no more: it is to be seen beside days without any. */
static void a_single_class_is_not_the_palest(void **state)
{
	const struct heat one = { .count = 1 }, five = { .count = 5 };
	const struct style *style = style_default();

	(void)state;
	assert_true(lightness(heat_color(style, &one, 1)) < lightness(heat_color(style, &five, 2)));
	assert_true(lightness(style->paper) - lightness(heat_color(style, &one, 1)) > 30);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_counts_have_a_class_each),
		cmocka_unit_test(steps_grow_by_about_the_same_factor),
		cmocka_unit_test(classes_begin_at_round_numbers),
		cmocka_unit_test(one_day_of_thousands_does_not_make_the_others_pale),
		cmocka_unit_test(counts_spread_evenly_have_classes_of_one_width),
		cmocka_unit_test(counts_of_which_most_are_small_have_classes_that_grow),
		cmocka_unit_test(classes_of_values_begin_at_one_and_ascend),
		cmocka_unit_test(every_count_is_in_a_class),
		cmocka_unit_test(classes_and_their_numbers_are_read_without_colour),
		cmocka_unit_test(a_single_class_is_not_the_palest),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
