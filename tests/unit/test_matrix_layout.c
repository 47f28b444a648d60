#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"

#include "../../src/draw/matrix_layout.h"

#include <math.h>

#define LEGEND 20.0             /* pt: the legend's height */

/* As many people in as many groups as sizes says, each writing to the next one. */
static void plant(struct planted *planted, const int *sizes, int groups, struct matrix *matrix)
{
	int people = 0;

	planted_init(planted);
	for (int g = 0; g < groups; g++)
		for (int i = 0; i < sizes[g]; i++, people++) {
			char *name = chart_name(people);

			planted_person(planted, g, name);
			g_free(name);
		}
	for (int i = 1; i < people; i++)
		planted_mail(planted, i - 1, i, 100 - i % 90);
	matrix_of_people(planted_finish(planted), people, MATRIX_BY_STRENGTH, matrix);
}

static void clear(struct planted *planted, struct matrix *matrix)
{
	matrix_clear(matrix);
	planted_clear(planted);
}

/* The box that a frame leaves of a page, about, in pt. */
static struct box box_of(double width, double height)
{
	return (struct box){ 14, 60, width, height };
}

static void expect_form(const struct matrix *matrix, double width, double height, int levels,
                        bool is_named)
{
	struct matrix_layout layout;
	struct box box = box_of(width, height);

	assert_int_equal(matrix_layout(&layout, style_default(), matrix, &box, LEGEND), 0);
	assert_int_equal(layout.levels, levels);
	assert_int_equal(layout.foot == MATRIX_FOOT_NAMES, is_named);
}

static void the_plainest_form_that_fits_is_taken(void **state)
{
	static const int sizes[] = { 12, 10, 8 };
	struct planted planted;
	struct matrix matrix;
	struct matrix_layout layout;
	struct box small = box_of(60, 60);

	(void)state;
	/* 30 rows and 3 heads of 7.2 pt are 238 pt, in two columns of names 108 and two gaps.
	 * Long names, whole below, are 34 pt more, and 90 in the narrow box. */
	plant(&planted, sizes, 3, &matrix);
	expect_form(&matrix, 480, 500, 1, true);
	expect_form(&matrix, 220, 420, 1, false);
	expect_form(&matrix, 480, 220, 2, false);
	expect_form(&matrix, 220, 120, 0, false);
	assert_int_equal(matrix_layout(&layout, style_default(), &matrix, &small, LEGEND), -1);
	clear(&planted, &matrix);
}

static void expect_places(const struct matrix_layout *layout)
{
	const struct matrix *matrix = layout->matrix;
	const struct box *cells = &layout->cells;
	int last = matrix->count - 1;

	for (int i = 0; i < last; i++) {
		assert_true(matrix_row_top(layout, i + 1) >= matrix_row_top(layout, i) + layout->down - 1e-9);
		assert_true(matrix_column_left(layout, i + 1) >=
		            matrix_column_left(layout, i) + layout->across - 1e-9);
	}
	assert_true(matrix_row_top(layout, 0) >= cells->y);
	assert_true(fabs(matrix_row_top(layout, last) + layout->down - cells->y - cells->height) < 1e-6);
	assert_true(fabs(matrix_column_left(layout, last) + layout->across - cells->x - cells->width) <
	            1e-6);
	assert_true(matrix_bars_left(layout) + layout->bars_right <=
	            layout->box.x + layout->box.width + 1e-6);
	assert_true(matrix_layout_height(layout) <= layout->box.height + 1e-6);
	for (int level = 0; level < layout->levels; level++)
		assert_true(matrix_names_right(layout, level) - layout->names >=
		            layout->box.x + layout->heads_width - 1e-6);
}

static void rows_and_columns_fill_the_cells_and_nothing_leaves_the_box(void **state)
{
	static const int sizes[] = { 9, 7, 3, 2, 2, 1 };
	static const double boxes[][2] = { { 480, 600 }, { 480, 250 }, { 480, 200 }, { 220, 320 },
	                                   { 220, 130 }, { 900, 1000 } };
	struct planted planted;
	struct matrix matrix;

	(void)state;
	plant(&planted, sizes, 6, &matrix);
	for (size_t i = 0; i < G_N_ELEMENTS(boxes); i++) {
		struct matrix_layout layout;
		struct box box = box_of(boxes[i][0], boxes[i][1]);

		assert_int_equal(matrix_layout(&layout, style_default(), &matrix, &box, LEGEND), 0);
		expect_places(&layout);
	}
	clear(&planted, &matrix);
}

static void names_of_groups_beside_the_rows_stand_apart(void **state)
{
	static const int sizes[] = { 60, 2, 2, 2, 2, 2, 2, 2 };
	struct planted planted;
	struct matrix matrix;
	struct matrix_layout layout;
	struct box box = box_of(480, 170);
	double middles[9];

	(void)state;
	plant(&planted, sizes, 8, &matrix);
	assert_int_equal(matrix_layout(&layout, style_default(), &matrix, &box, LEGEND), 0);
	assert_int_equal(layout.heads, MATRIX_HEADS_BESIDE);
	matrix_spread_heads(&layout, middles);
	for (int g = 0; g < matrix.group_count; g++) {
		double half = layout.head_lines[g] * MATRIX_LINE / 2;
		double above = g ? middles[g - 1] + layout.head_lines[g - 1] * MATRIX_LINE / 2
		                 : layout.cells.y;

		assert_true(middles[g] - half >= above - 1e-9);
		assert_true(middles[g] + half <= layout.cells.y + layout.cells.height + 1e-9);
		assert_true(layout.head_lines[g] <= 3);
	}
	clear(&planted, &matrix);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_plainest_form_that_fits_is_taken),
		cmocka_unit_test(rows_and_columns_fill_the_cells_and_nothing_leaves_the_box),
		cmocka_unit_test(names_of_groups_beside_the_rows_stand_apart),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
