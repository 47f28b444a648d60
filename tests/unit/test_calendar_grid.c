/* test_calendar_grid.c - where the days and months of years go */
#include "unit.h"

#include "../../src/draw/calendar_grid.h"

#include <glib.h>

#include <math.h>

#define DAY INT64_C(86400)

static int64_t at(int year, int month, int day)
{
	return instant_from_civil(&(struct civil){ .year = year, .month = month, .day = day });
}

static struct calendar_grid days_in(double width, double height, int64_t first, int64_t last)
{
	const struct box box = { 10, 20, width, height };

	return calendar_grid_fit(CALENDAR_DAY, &box, first, last);
}

/* November 2016 began on a Tuesday and ended on a Wednesday: five weeks. */
static void a_single_month_has_its_own_weeks_only(void **state)
{
	struct calendar_grid grid = days_in(480, 300, at(2016, 11, 9), at(2016, 11, 20));

	(void)state;
	assert_int_equal(grid.weeks, 5);
	assert_int_equal(calendar_grid_week(&grid, at(2016, 11, 1) / DAY), 0);
	assert_int_equal(calendar_grid_week(&grid, at(2016, 11, 7) / DAY), 1);
	assert_int_equal(calendar_grid_week(&grid, at(2016, 11, 30) / DAY), 4);
	assert_true(grid.cell > 20);
}

/* 1 January 2012 was a Sunday, 31 December a Monday; 2011 began on a Saturday. */
static void a_leap_year_from_a_sunday_has_54_weeks_others_53(void **state)
{
	struct calendar_grid leap = days_in(480, 300, at(2012, 1, 1), at(2012, 12, 31));
	struct calendar_grid other = days_in(480, 300, at(2011, 1, 1), at(2011, 12, 31));

	(void)state;
	assert_int_equal(leap.weeks, 54);
	assert_int_equal(calendar_grid_week(&leap, at(2012, 12, 31) / DAY), 53);
	assert_int_equal(other.weeks, 53);
}

static bool is_inside(const struct box *box, const struct calendar_grid *grid)
{
	const struct box *in = &grid->box;

	return box->x >= in->x - 0.01 && box->y >= in->y &&
	       box->x + box->width <= in->x + in->width + 0.01 &&
	       box->y + box->height <= in->y + calendar_grid_height(grid) + 0.01;
}

static void every_day_is_within_the_height_that_is_filled_and_needed(void **state)
{
	static const int ends[] = { 2001, 2002, 2004, 2009, 2012, 2020 };
	static const double sizes[][2] = { { 480, 300 }, { 235, 330 }, { 452, 180 }, { 822, 1000 } };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++) {
			struct calendar_grid grid = days_in(sizes[k][0], sizes[k][1], at(2001, 1, 1),
			                                    at(ends[i], 12, 31));

			for (int64_t day = at(2001, 1, 1) / DAY; day <= at(ends[i], 12, 31) / DAY; day++) {
				struct box box = calendar_grid_day(&grid, day);
				assert_true(is_inside(&box, &grid));
			}
			assert_true(calendar_grid_height(&grid) <= sizes[k][1]);
			struct calendar_grid again = days_in(sizes[k][0], calendar_grid_height(&grid),
			                                     at(2001, 1, 1), at(ends[i], 12, 31));
			assert_true(fabs(again.cell - grid.cell) < 1e-6);
		}
}

/* Eight years on a page: below each other their days would be limited by its height and a half
 * of it be empty. */
static void years_stand_beside_each_other_where_days_lose_little(void **state)
{
	struct calendar_grid eight = days_in(482, 330, at(2019, 4, 28), at(2026, 3, 5));
	struct calendar_grid three = days_in(482, 330, at(2019, 4, 28), at(2021, 3, 5));

	(void)state;
	assert_int_equal(eight.columns, 2);
	assert_int_equal(eight.rows, 4);
	assert_int_equal(three.columns, 1);
	assert_true(calendar_grid_height(&eight) < 200);
}

static void months_are_a_row_a_year(void **state)
{
	const struct box box = { 10, 20, 227, 300 };
	struct calendar_grid grid = calendar_grid_fit(CALENDAR_MONTH, &box, at(1999, 3, 1),
	                                              at(2026, 3, 1));
	struct box march = calendar_grid_month(&grid, at(1999, 3, 1));
	struct box next = calendar_grid_month(&grid, at(2000, 3, 1));
	struct box last = calendar_grid_month(&grid, at(2026, 12, 1));

	(void)state;
	assert_true(calendar_grid_is_legible(&grid));
	assert_true(fabs(march.x - next.x) < 1e-9 && next.y > march.y + march.height);
	assert_true(is_inside(&last, &grid));
}

/* Twenty-eight rows of 8 pt do not fit into 160 pt; fourteen do. */
static void many_years_of_months_stand_beside_each_other(void **state)
{
	const struct box box = { 10, 20, 452, 160 };
	struct calendar_grid grid = calendar_grid_fit(CALENDAR_MONTH, &box, at(1999, 1, 20),
	                                              at(2026, 1, 12));
	struct box first = calendar_grid_month(&grid, at(1999, 12, 1));
	struct box beside = calendar_grid_month(&grid, at(2013, 1, 1));
	struct box last = calendar_grid_month(&grid, at(2026, 12, 1));

	(void)state;
	assert_int_equal(grid.columns, 2);
	assert_int_equal(grid.rows, 14);
	assert_true(calendar_grid_is_legible(&grid));
	assert_true(beside.x > first.x + first.width + 30 && fabs(beside.y - first.y) < 1e-9);
	assert_true(is_inside(&last, &grid));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_single_month_has_its_own_weeks_only),
		cmocka_unit_test(a_leap_year_from_a_sunday_has_54_weeks_others_53),
		cmocka_unit_test(every_day_is_within_the_height_that_is_filled_and_needed),
		cmocka_unit_test(years_stand_beside_each_other_where_days_lose_little),
		cmocka_unit_test(months_are_a_row_a_year),
		cmocka_unit_test(many_years_of_months_stand_beside_each_other),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
