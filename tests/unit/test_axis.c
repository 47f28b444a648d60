/* Scales, the calendar axis and callouts: numbers without a page. */
#include "unit.h"

#include "../../src/draw/axis.h"
#include "../../src/draw/callout.h"
#include "../../src/draw/scale.h"

#include "epistograph/frame.h"

#include <glib.h>

#include <math.h>
#include <string.h>

/* ---- counts ---- */

static void check_scale(int64_t max, int most, int64_t step, int64_t top, int count)
{
	struct scale scale = scale_for_counts(max, most);

	assert_int_equal(scale.step, step);
	assert_int_equal(scale.top, top);
	assert_int_equal(scale.count, count);
}

static void steps_are_one_two_or_five_times_a_power_of_ten(void **state)
{
	(void)state;
	check_scale(1, 5, 1, 1, 1);
	check_scale(0, 5, 1, 1, 1);
	check_scale(4, 5, 1, 4, 4);
	check_scale(10, 5, 2, 10, 5);
	check_scale(54, 5, 20, 60, 3);
	check_scale(5486, 3, 2000, 6000, 3);
	check_scale(125000, 3, 50000, 150000, 3);
	check_scale(71848, 5, 20000, 80000, 4);
}

static void a_scale_does_not_leave_a_quarter_of_the_page_empty(void **state)
{
	(void)state;
	/* One step of 10,000 would nearly double the height of 5,486. */
	check_scale(5486, 1, 5000, 5486, 1);
	/* Steps of 5 would end at 15; five steps of 2 reach 10 of 11. */
	check_scale(11, 5, 2, 11, 5);
	for (int64_t max = 1; max < 3000; max++)
		for (int most = 1; most <= 6; most++) {
			struct scale scale = scale_for_counts(max, most);
			assert_true(scale.top >= max && scale.count >= 1 && scale.count <= most);
			assert_true(scale.step * scale.count <= scale.top);
			assert_true(scale.top <= 2.5 * (double)max);
		}
	assert_true(scale_for_counts(INT64_MAX, 5).top > 0);
}

/* ---- time ---- */

static int64_t day(int year, int month, int number)
{
	struct civil c = { .year = year, .month = month, .day = number };

	return instant_from_civil(&c);
}

static struct time_scale make_scale(enum calendar_unit unit, int64_t first, int64_t last,
                                    double left, double width)
{
	GArray *edges = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t at = calendar_floor(unit, first);

	for (; at <= last; at = calendar_next(unit, at))
		g_array_append_val(edges, at);
	g_array_append_val(edges, at);
	int bins = (int)edges->len - 1;
	return (struct time_scale){ (int64_t *)(void *)g_array_free(edges, FALSE), bins, unit, left, width };
}

static void scale_free_edges(struct time_scale *scale)
{
	g_free((void *)scale->edges);
}

static void bins_are_equally_wide_whatever_their_days(void **state)
{
	struct time_scale scale = make_scale(CALENDAR_MONTH, day(2016, 1, 1), day(2016, 3, 31), 10, 90);

	(void)state;
	assert_true(fabs(time_scale_x(&scale, day(2016, 1, 1)) - 10) < 1e-9);
	assert_true(fabs(time_scale_x(&scale, day(2016, 2, 1)) - 40) < 1e-9);
	assert_true(fabs(time_scale_x(&scale, day(2016, 3, 1)) - 70) < 1e-9);
	assert_true(fabs(time_scale_x(&scale, day(2016, 4, 1)) - 100) < 1e-9);
	/* 2016 was a leap year: noon of 15 February is its middle, 14.5 of 29 days. */
	assert_true(fabs(time_scale_x(&scale, day(2016, 2, 15) + 43200) - 55) < 1e-9);
	assert_true(fabs(time_scale_x(&scale, day(1999, 2, 15)) - 10) < 1e-9);
	assert_true(fabs(time_scale_x(&scale, day(2030, 2, 15)) - 100) < 1e-9);
	scale_free_edges(&scale);
}

static char *row_text(const struct axis *axis, int row)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < axis->labels->len; i++) {
		const struct axis_label *label = &g_array_index(axis->labels, struct axis_label, i);
		if (label->row == row)
			g_string_append_printf(text, "%s%s", text->len ? " " : "", label->text);
	}
	return g_string_free(text, FALSE);
}

static void check_rows(enum calendar_unit unit, int64_t first, int64_t last, double width,
                       const char *near, const char *far)
{
	struct time_scale scale = make_scale(unit, first, last, 30, width);
	struct axis axis;

	axis_init(&axis, &scale, &style_default()->label);
	char *row0 = row_text(&axis, 0), *row1 = row_text(&axis, 1);
	assert_string_equal(row0, near);
	assert_string_equal(row1, far);
	g_free(row0);
	g_free(row1);
	axis_clear(&axis);
	scale_free_edges(&scale);
}

static void the_axis_names_what_there_is_room_for(void **state)
{
	(void)state;
	check_rows(CALENDAR_MONTH, day(2016, 1, 1), day(2016, 12, 31), 450,
	           "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec", "2016");
	check_rows(CALENDAR_MONTH, day(2016, 1, 1), day(2016, 12, 31), 100, "Jan Apr Jul Oct", "2016");
	check_rows(CALENDAR_DAY, day(2016, 7, 30), day(2016, 8, 1), 450, "30 31 1",
	           "July 2016 August 2016");
	check_rows(CALENDAR_DAY, day(2016, 2, 29), day(2016, 2, 29), 450, "29", "February 2016");
	check_rows(CALENDAR_YEAR, day(2009, 1, 1), day(2017, 4, 24), 450,
	           "2009 2010 2011 2012 2013 2014 2015 2016 2017", "");
	check_rows(CALENDAR_MONTH, day(2009, 1, 20), day(2016, 12, 24), 450,
	           "2009 2010 2011 2012 2013 2014 2015 2016", "");
	check_rows(CALENDAR_QUARTER, day(2014, 1, 1), day(2015, 12, 31), 450,
	           "Q1 Q2 Q3 Q4 Q1 Q2 Q3 Q4", "2014 2015");
	check_rows(CALENDAR_YEAR, day(1901, 1, 1), day(2000, 12, 31), 120,
	           "1920 1940 1960 1980 2000", "");
	check_rows(CALENDAR_WEEK, day(2021, 3, 1), day(2021, 3, 28), 450, "1 8 15 22", "March 2021");
}

/* Whatever the span, the bins and the width: something is named, nothing touches. */
static void labels_never_touch_and_stay_on_the_axis(void **state)
{
	static const int spans_days[] = { 1, 2, 5, 9, 20, 33, 61, 100, 200, 366, 700, 1500, 3000, 8000, 36000 };
	static const double widths[] = { 60, 130, 300, 470, 900 };

	(void)state;
	for (size_t s = 0; s < G_N_ELEMENTS(spans_days); s++)
		for (int unit = CALENDAR_DAY; unit <= CALENDAR_YEAR; unit++)
			for (size_t w = 0; w < G_N_ELEMENTS(widths); w++) {
				int64_t first = day(1969, 11, 17);
				struct time_scale scale = make_scale((enum calendar_unit)unit, first,
					first + (int64_t)spans_days[s] * 86400 - 1, 30, widths[w]);
				struct axis axis;

				axis_init(&axis, &scale, &style_default()->label);
				assert_true(axis.labels->len >= 1);
				for (guint i = 0; i < axis.labels->len; i++) {
					const struct axis_label *a = &g_array_index(axis.labels, struct axis_label, i);
					const struct axis_label *b = i == 0 ? NULL
						: &g_array_index(axis.labels, struct axis_label, i - 1);
					double width = text_measure(a->text, &style_default()->label).width;

					assert_true(fabs(width - a->width) < 0.01);
					assert_true(a->x >= 30 && a->x <= 30 + widths[w]);
					if (b && b->row == a->row)
						assert_true(a->x - a->width / 2 > b->x + b->width / 2 + 2);
				}
				axis_clear(&axis);
				scale_free_edges(&scale);
			}
}

/* ---- callouts ---- */

/* Independent of how they are placed: texts as boxes, leaders as lines, by the
 * geometry of rows one high. */
static void check_callouts(const struct callout *c, int count, double left, double right, int rows)
{
	for (int i = 0; i < count; i++) {
		if (c[i].row < 0)
			continue;
		assert_true(c[i].row < rows);
		assert_true(c[i].left >= left && c[i].left + c[i].width <= right);
		/* It stands beside its own leader. */
		assert_true(fabs(c[i].left - c[i].x) <= CALLOUT_SPACE + 1e-9 ||
		            fabs(c[i].left + c[i].width - c[i].x) <= CALLOUT_SPACE + 1e-9);
		for (int j = 0; j < count; j++) {
			if (i == j || c[j].row < 0)
				continue;
			if (c[i].row == c[j].row)
				assert_true(c[i].left + c[i].width < c[j].left ||
				            c[j].left + c[j].width < c[i].left);
			/* j's leader reaches from the figure through rows 0 .. row. */
			if (c[j].row >= c[i].row)
				assert_true(c[j].x < c[i].left || c[j].x > c[i].left + c[i].width);
		}
	}
}

static void two_texts_with_room_share_a_row(void **state)
{
	struct callout c[] = { { .x = 50, .width = 40 }, { .x = 150, .width = 40 } };

	(void)state;
	assert_true(callout_place(c, 2, 0, 300, 5));
	assert_int_equal(c[0].row, 0);
	assert_int_equal(c[1].row, 0);
	assert_true(c[0].left == 50 + CALLOUT_SPACE);
}

static void a_text_at_the_right_end_stands_left_of_its_leader(void **state)
{
	struct callout c[] = { { .x = 299, .width = 40 } };

	(void)state;
	assert_true(callout_place(c, 1, 0, 300, 5));
	assert_true(c[0].left == 299 - CALLOUT_SPACE - 40);
	assert_true(callout_place(NULL, 0, 0, 300, 5));
}

static void ten_texts_side_by_side_make_two_flights_of_five(void **state)
{
	struct callout c[10];

	(void)state;
	for (int i = 0; i < 10; i++)
		c[i] = (struct callout){ .x = 200 + 5 * i, .width = 80 };
	assert_true(callout_place(c, 10, 0, 500, 5));
	check_callouts(c, 10, 0, 500, 5);
	assert_false(callout_place(c, 10, 0, 500, 4));
	check_callouts(c, 10, 0, 500, 4);
}

static void placed_texts_touch_no_text_and_no_leader(void **state)
{
	uint32_t seed = 12345;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct callout c[30];
		int count = round % 30 + 1;
		double x = 10;

		for (int i = 0; i < count; i++) {
			seed = seed * 1664525u + 1013904223u;
			x += (seed >> 16) % 30;
			c[i] = (struct callout){ .x = MIN(x, 490), .width = 5 + (seed >> 8) % 90 };
		}
		bool all = callout_place(c, count, 0, 500, 6);
		check_callouts(c, count, 0, 500, 6);
		for (int i = 0; i < count; i++)
			assert_true(c[i].row >= 0 || !all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(steps_are_one_two_or_five_times_a_power_of_ten),
		cmocka_unit_test(a_scale_does_not_leave_a_quarter_of_the_page_empty),
		cmocka_unit_test(bins_are_equally_wide_whatever_their_days),
		cmocka_unit_test(the_axis_names_what_there_is_room_for),
		cmocka_unit_test(labels_never_touch_and_stay_on_the_axis),
		cmocka_unit_test(two_texts_with_room_share_a_row),
		cmocka_unit_test(a_text_at_the_right_end_stands_left_of_its_leader),
		cmocka_unit_test(ten_texts_side_by_side_make_two_flights_of_five),
		cmocka_unit_test(placed_texts_touch_no_text_and_no_leader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
