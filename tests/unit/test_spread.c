/* test_spread.c - labels along a line: none meets another, each as near as can be */
#include "unit.h"

#include "../../src/draw/spread.h"

#include <math.h>

static void assert_near(double a, double b)
{
	if (fabs(a - b) > 1e-9)
		fail_msg("%g is not %g", a, b);
}

static void labels_with_room_stand_where_they_should(void **state)
{
	struct spread labels[] = { { .wanted = 10, .size = 8 }, { .wanted = 30, .size = 8 } };

	(void)state;
	assert_true(spread_place(labels, 2, 0, 100));
	assert_near(labels[0].middle, 10);
	assert_near(labels[1].middle, 30);
}

/* Both wanted at 50: 45 and 55 are five from it each. A third at 52 belongs to them: their
 * middles are m - 10, m and m + 10, and (50 - m + 10) + (50 - m) + (52 - m - 10) = 0. */
static void those_that_would_meet_part_evenly(void **state)
{
	struct spread labels[] = { { .wanted = 50, .size = 10 }, { .wanted = 50, .size = 10 },
	                           { .wanted = 52, .size = 10 } };

	(void)state;
	assert_true(spread_place(labels, 2, 0, 100));
	assert_near(labels[0].middle, 45);
	assert_near(labels[1].middle, 55);
	assert_true(spread_place(labels, 3, 0, 100));
	assert_near(labels[0].middle, 152.0 / 3 - 10);
	assert_near(labels[1].middle, 152.0 / 3);
	assert_near(labels[2].middle, 152.0 / 3 + 10);
}

static void the_ends_of_the_line_hold_them_back(void **state)
{
	struct spread labels[] = { { .wanted = 1, .size = 10 }, { .wanted = 2, .size = 20 },
	                           { .wanted = 99, .size = 4 } };

	(void)state;
	assert_true(spread_place(labels, 3, 0, 100));
	assert_near(labels[0].middle, 5);
	assert_near(labels[1].middle, 20);
	assert_near(labels[2].middle, 98);
}

static void a_line_just_long_enough_is_filled(void **state)
{
	struct spread labels[] = { { .wanted = 90, .size = 10 }, { .wanted = 91, .size = 20 },
	                           { .wanted = 92, .size = 5, .middle = -1 } };

	(void)state;
	assert_true(spread_place(labels, 3, 7, 42));
	assert_near(labels[0].middle, 12);
	assert_near(labels[1].middle, 27);
	assert_near(labels[2].middle, 39.5);
	labels[2].middle = -1;
	assert_false(spread_place(labels, 3, 7, 41.9));
	assert_near(labels[2].middle, -1);
	assert_true(spread_place(labels, 0, 0, 1));
}

static double cost(const struct spread *labels, int count)
{
	double sum = 0;

	for (int i = 0; i < count; i++)
		sum += pow(labels[i].middle - labels[i].wanted, 2);
	return sum;
}

/* All whole-number places of four labels, tried one by one: none is better. */
static void no_other_places_are_better(void **state)
{
	static const double wanted[] = { 4, 5, 9, 21 }, sizes[] = { 4, 6, 2, 8 };
	struct spread best[4], tried[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		best[i] = tried[i] = (struct spread){ .wanted = wanted[i], .size = sizes[i] };
	assert_true(spread_place(best, 4, 0, 24));
	for (int i = 0; i < 4; i++) {
		assert_true(best[i].middle - sizes[i] / 2 >= 0 && best[i].middle + sizes[i] / 2 <= 24);
		assert_true(!i || best[i].middle - best[i - 1].middle >= (sizes[i] + sizes[i - 1]) / 2 - 1e-9);
	}
	for (int code = 0; code < 24 * 24 * 24 * 24; code++) {
		bool apart = true;

		for (int i = 0, rest = code; i < 4; i++, rest /= 24) {
			double start = rest % 24, last = i ? tried[i - 1].middle + sizes[i - 1] / 2 : 0;

			tried[i].middle = start + sizes[i] / 2;
			apart &= start >= last && start + sizes[i] <= 24;
		}
		if (apart)
			assert_true(cost(best, 4) <= cost(tried, 4) + 1e-9);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_with_room_stand_where_they_should),
		cmocka_unit_test(those_that_would_meet_part_evenly),
		cmocka_unit_test(the_ends_of_the_line_hold_them_back),
		cmocka_unit_test(a_line_just_long_enough_is_filled),
		cmocka_unit_test(no_other_places_are_better),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
