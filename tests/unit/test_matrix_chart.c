#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"
#include "svg_checks.h"

#include "epistograph/matrix_chart.h"

#include <math.h>

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return matrix_chart_draw(canvas, width, height, chart, err);
}

static struct matrix_chart chart_of(const struct matrix *matrix)
{
	return (struct matrix_chart){
		.matrix = matrix, .frame = chart_frame, .one = "message", .many = "messages",
		.sent = "sent", .received = "received", .who = "who wrote", .whom = "to whom",
	};
}

static struct svg *draw(const struct matrix *matrix, double width, double height,
                        struct error *err)
{
	const struct matrix_chart chart = chart_of(matrix);

	return svg_painted(paint, &chart, width * CHART_MM, height * CHART_MM, err);
}

/* groups communities of `size` people with the names of chart_names; all write to their
 * first one, and he to some. */
static const struct analysis *plant(struct planted *planted, int groups, int size)
{
	planted_init(planted);
	for (int g = 0; g < groups; g++)
		for (int i = 0; i < size; i++) {
			char *name = chart_name(g * size + i);

			planted_person(planted, g, name);
			g_free(name);
		}
	for (int g = 0; g < groups; g++)
		for (int i = 1; i < size; i++) {
			planted_mail(planted, g * size + i, g * size, 1 + 7 * i);
			planted_mail(planted, g * size, g * size + i, 1 + g * 100);
		}
	for (int g = 1; g < groups; g++)
		planted_mail(planted, g * size, (g - 1) * size, 3);
	return planted_finish(planted);
}

static void every_cell_and_bar_is_a_mark_with_its_number(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann");
	planted_person(&planted, 0, "Bo");
	planted_person(&planted, 0, "");
	planted_mail(&planted, 0, 1, 1312);
	planted_mail(&planted, 1, 0, 1);
	planted_mail(&planted, 2, 0, 4);
	matrix_of_people(planted_finish(&planted), 3, MATRIX_BY_STRENGTH, &matrix);
	struct svg *all = draw(&matrix, 180, 150, &err);
	assert_string_equal(svg_mark_title(all, "name-2"), "p00002@example.org");
	svg_free(all);
	matrix_clear(&matrix);
	matrix_of_people(&planted.analysis, 2, MATRIX_BY_STRENGTH, &matrix);
	struct svg *svg = draw(&matrix, 180, 150, &err);
	assert_string_equal(err.message, "");
	assert_string_equal(svg_mark_title(svg, "cell-0-1"), "Ann to Bo: 1,312 messages");
	assert_string_equal(svg_mark_title(svg, "cell-1-0"), "Bo to Ann: 1 message");
	assert_string_equal(svg_mark_title(svg, "sent-0"), "Ann: 1,312 messages sent");
	assert_string_equal(svg_mark_title(svg, "received-0"),
	                    "Ann: 5 messages received, 1 of them within this matrix");
	assert_string_equal(svg_mark_title(svg, "name-1"), "Bo <p00001@example.org>");
	assert_null(svg_mark_title(svg, "cell-0-0"));
	assert_true(svg_has_text(svg, "with others"));
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static double bar_length(const struct svg *svg, const char *id, int part)
{
	const struct svg_element *bar = in_mark(svg, "rect", id, part);

	return bar ? svg_number(bar, "width", 0) : 0;
}

static void bars_are_as_long_as_their_numbers(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	/* 0 sends 60 to 1; 1 sends 20 to 0 and 10 to 2, who is not in it. */
	planted_init(&planted);
	for (int i = 0; i < 3; i++)
		planted_person(&planted, 0, NULL);
	planted_mail(&planted, 0, 1, 60);
	planted_mail(&planted, 1, 0, 20);
	planted_mail(&planted, 1, 2, 10);
	matrix_of_people(planted_finish(&planted), 2, MATRIX_BY_STRENGTH, &matrix);
	struct svg *svg = draw(&matrix, 180, 150, &err);
	double whole = bar_length(svg, "sent-0", 0);
	assert_true(whole > 10);
	/* Rounded to hundredths in the file. */
	assert_true(fabs(bar_length(svg, "sent-1", 0) - whole / 2) < 0.02);
	assert_true(fabs(bar_length(svg, "sent-1", 1) - whole / 3) < 0.02);
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static enum matrix_room room_of(const struct matrix *matrix, const double *size)
{
	const struct matrix_chart chart = chart_of(matrix);

	return matrix_chart_room(style_default(), size[0] * CHART_MM, size[1] * CHART_MM, &chart);
}

/* The largest matrix that is said to fit in that form; none. */
static bool fill(const struct analysis *analysis, enum matrix_of of, enum matrix_room form,
                 const double *size, struct matrix *matrix)
{
	int most = MIN(analysis->network->order,
	               form == MATRIX_NAMED ? MATRIX_NAMED_MAX : MATRIX_PEOPLE_MAX);

	for (; most > 0; most--) {
		if (of == MATRIX_PEOPLE)
			matrix_of_people(analysis, most, MATRIX_BY_STRENGTH, matrix);
		else
			matrix_of_communities(analysis, most, matrix);
		if (room_of(matrix, size) == form)
			return true;
		matrix_clear(matrix);
	}
	return false;
}

static void expect_readable(const struct matrix *matrix, const double *size)
{
	struct error err = { "" };
	struct svg *svg = draw(matrix, size[0], size[1], &err);

	assert_string_equal(err.message, "");
	check_readable(svg, size[0] * CHART_MM, size[1] * CHART_MM);
}

static void all_texts_can_be_read_whatever_the_names(void **state)
{
	static const int plants[][2] = { { 1, 12 }, { 5, 3 }, { 9, 2 }, { 12, 9 } };

	(void)state;
	for (size_t p = 0; p < G_N_ELEMENTS(plants); p++) {
		struct planted planted;
		const struct analysis *analysis = plant(&planted, plants[p][0], plants[p][1]);

		for (size_t i = 0; i < G_N_ELEMENTS(chart_sizes); i++)
			for (int of = MATRIX_PEOPLE; of <= MATRIX_COMMUNITIES; of++) {
				struct matrix matrix;

				assert_true(fill(analysis, (enum matrix_of)of, MATRIX_NAMED, chart_sizes[i],
				                 &matrix));
				expect_readable(&matrix, chart_sizes[i]);
				/* Of communities each name of 80 characters takes lines below. */
				assert_true(matrix.count >= (of == MATRIX_PEOPLE
				                             ? MIN(6, matrix.people_total)
				                             : MIN(5, matrix.communities_total)));
				matrix_clear(&matrix);
				if (fill(analysis, (enum matrix_of)of, MATRIX_UNNAMED, chart_sizes[i], &matrix)) {
					expect_readable(&matrix, chart_sizes[i]);
					matrix_clear(&matrix);
				}
			}
		planted_clear(&planted);
	}
}

/* Of 80 characters, in other scripts, addresses: in the row, or below by its number;
 * communities by their own name or the short. */
static void no_name_is_cut(void **state)
{
	struct planted planted;
	const struct analysis *analysis = plant(&planted, 4, 6);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(chart_sizes); i++)
		for (int of = MATRIX_PEOPLE; of <= MATRIX_COMMUNITIES; of++) {
			const double *size = chart_sizes[i];
			struct error err = { "" };
			struct matrix matrix;

			assert_true(fill(analysis, (enum matrix_of)of, MATRIX_NAMED, size, &matrix));
			struct svg *svg = draw(&matrix, size[0], size[1], &err);
			assert_string_equal(err.message, "");
			for (int row = 0; row < matrix.count; row++)
				assert_true(has_whole_text(svg, matrix.entries[row].name) ||
				            (of == MATRIX_COMMUNITIES &&
				             has_whole_text(svg, matrix.entries[row].short_name)));
			for (int g = 0; g < matrix.group_count && of == MATRIX_PEOPLE; g++)
				assert_true(has_whole_text(svg, matrix.groups[g].name) ||
				            has_whole_text(svg, matrix.groups[g].short_name));
			svg_free(svg);
			matrix_clear(&matrix);
		}
	planted_clear(&planted);
}

/* Beside and below them their names are what an analyst looks for. */
static void a_column_names_thirty_people_and_a_page_sixty(void **state)
{
	static const struct { double size[2]; int most; } rooms[] = {
		{ { 88, 190 }, 30 }, { { 180, 250 }, 60 }, { { 300, 400 }, 100 }, { { 169, 95 }, 18 },
	};
	struct planted planted;
	const struct analysis *analysis = plant(&planted, 5, 30);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rooms); i++) {
		struct matrix matrix;

		assert_true(fill(analysis, MATRIX_PEOPLE, MATRIX_NAMED, rooms[i].size, &matrix));
		assert_true(matrix.count >= rooms[i].most);
		matrix_clear(&matrix);
	}
	planted_clear(&planted);
}

static void people_without_names_are_marks_and_their_groups_are_named(void **state)
{
	static const double size[] = { 180, 250 };
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_people(plant(&planted, 4, 50), 200, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(room_of(&matrix, size), MATRIX_UNNAMED);
	struct svg *svg = draw(&matrix, size[0], size[1], &err);
	assert_string_equal(err.message, "");
	assert_string_equal(svg_mark_title(svg, "name-9"), "Ann Lee <p00009@example.org>");
	assert_false(svg_has_text(svg, "Ann Lee"));
	for (int g = 0; g < 4; g++) {
		char *id = g_strdup_printf("group-%d", g + 1);

		assert_non_null(in_mark(svg, "text", id, 0));
		g_free(id);
	}
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

/* A page as high as said is filled, and has the same rows. */
static void a_height_that_is_said_to_do_does(void **state)
{
	struct planted planted;
	const struct analysis *analysis = plant(&planted, 3, 12);

	(void)state;
	for (int count = 2; count <= 36; count++) {
		struct matrix matrix;
		struct error err = { "" };

		matrix_of_people(analysis, count, MATRIX_BY_STRENGTH, &matrix);
		const struct matrix_chart chart = chart_of(&matrix);
		double width = 180 * CHART_MM, most = 250 * CHART_MM;
		double height = matrix_chart_height(style_default(), width, most, &chart);
		assert_true(count <= 12 ? height < most : height <= most);
		assert_int_equal(matrix_chart_room(style_default(), width, height, &chart), MATRIX_NAMED);
		check_readable(svg_painted(paint, &chart, width, height, &err), width, height);
		matrix_clear(&matrix);
	}
	planted_clear(&planted);
}

static void rows_and_columns_say_who_wrote_and_to_whom(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_people(plant(&planted, 1, 3), 3, MATRIX_BY_STRENGTH, &matrix);
	struct svg *svg = draw(&matrix, 180, 150, &err);
	assert_true(svg_has_text(svg, "who wrote"));
	assert_true(svg_has_text(svg, "to whom"));
	assert_true(svg_has_text(svg, "oneself: not counted"));
	assert_null(svg_mark_title(svg, "gaps"));
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

/* Of four people in two communities the first owns the mailbox: hatched are the cells of the
 * three others, in each row those of either community. */
static void what_a_mailbox_cannot_tell_is_not_drawn_as_zero(void **state)
{
	static const bool owns[] = { true, false, false, false };
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_people(plant(&planted, 2, 2), 4, MATRIX_BY_STRENGTH, &matrix);
	struct matrix_chart chart = chart_of(&matrix);
	chart.owns = owns;
	chart.owners = 1;
	struct svg *svg = svg_painted(paint, &chart, 180 * CHART_MM, 150 * CHART_MM, &err);
	assert_true(svg_has_text(svg, "none in this mailbox"));
	const struct svg_element *first = in_mark(svg, "rect", "gaps", 0);
	const struct svg_element *second = in_mark(svg, "rect", "gaps", 1);
	assert_non_null(first);
	assert_non_null(in_mark(svg, "rect", "gaps", 5));
	assert_null(in_mark(svg, "rect", "gaps", 6));
	assert_true(fabs(2 * svg_number(first, "width", 0) - svg_number(second, "width", 0)) < 0.02);
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void a_page_too_small_for_the_rows_is_refused(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_people(plant(&planted, 10, 30), 300, MATRIX_BY_STRENGTH, &matrix);
	assert_null(draw(&matrix, 100, 100, &err));
	assert_non_null(strstr(err.message, "300 rows"));
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void nobody_is_a_sentence(void **state)
{
	struct matrix matrix = { .count = 0 };
	struct error err = { "" };
	struct svg *svg = draw(&matrix, 180, 150, &err);

	(void)state;
	assert_true(svg_has_text(svg, "No mail from one person to another"));
	svg_free(svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cell_and_bar_is_a_mark_with_its_number),
		cmocka_unit_test(bars_are_as_long_as_their_numbers),
		cmocka_unit_test(all_texts_can_be_read_whatever_the_names),
		cmocka_unit_test(no_name_is_cut),
		cmocka_unit_test(a_column_names_thirty_people_and_a_page_sixty),
		cmocka_unit_test(people_without_names_are_marks_and_their_groups_are_named),
		cmocka_unit_test(a_height_that_is_said_to_do_does),
		cmocka_unit_test(rows_and_columns_say_who_wrote_and_to_whom),
		cmocka_unit_test(what_a_mailbox_cannot_tell_is_not_drawn_as_zero),
		cmocka_unit_test(a_page_too_small_for_the_rows_is_refused),
		cmocka_unit_test(nobody_is_a_sentence),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
