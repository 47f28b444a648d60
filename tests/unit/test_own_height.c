/* test_own_height.c - how high a figure makes its page */
#include "unit.h"

#include "../../src/draw/own_height.h"

#include <math.h>

struct needs { double for_marks, for_all; };    /* pt of height */

static enum room room_on(double width, double height, const void *figure)
{
	const struct needs *needs = figure;

	(void)width;
	return height < needs->for_marks ? ROOM_FLAT : height < needs->for_all ? ROOM_CUT : ROOM_GOOD;
}

static double height_of(double for_marks, double for_all)
{
	return own_height(200, 100, room_on, &(struct needs){ for_marks, for_all });
}

static void what_has_room_keeps_its_height(void **state)
{
	(void)state;
	assert_true(fabs(height_of(50, 100) - 100) < 1e-9);
}

static void a_page_grows_until_all_is_said(void **state)
{
	(void)state;
	assert_true(height_of(120, 180) >= 180 && height_of(120, 180) < 200);
}

/* 1.75 times the width is 350: what needs more is a list. */
static void it_does_not_grow_for_a_list(void **state)
{
	(void)state;
	assert_true(height_of(50, 340) >= 340);
	assert_true(fabs(height_of(50, 400) - 100) < 1e-9);
	assert_true(height_of(150, 400) >= 150 && height_of(150, 400) < 170);
}

static void it_ends_though_nothing_helps(void **state)
{
	(void)state;
	assert_true(height_of(INFINITY, INFINITY) < 370);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_room_keeps_its_height),
		cmocka_unit_test(a_page_grows_until_all_is_said),
		cmocka_unit_test(it_does_not_grow_for_a_list),
		cmocka_unit_test(it_ends_though_nothing_helps),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
