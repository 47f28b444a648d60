#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"
#include "svg_checks.h"

#include "epistograph/matrix_chart.h"

#include <math.h>

#define MM (72 / 25.4)

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return matrix_chart_draw(canvas, width, height, chart, err);
}

static struct svg *draw(const struct matrix *matrix, double width, double height,
                        struct error *err)
{
	const struct matrix_chart chart = {
		.matrix = matrix, .frame = chart_frame, .one = "message", .many = "messages",
		.sent = "sent", .received = "received",
	};

	return svg_painted(paint, &chart, width * MM, height * MM, err);
}

/* groups communities of `size` people with the names of chart_names; all write to their
 * first one, and he to some. */
static const struct analysis *plant(struct planted *planted, int groups, int size)
{
	planted_init(planted);
	for (int g = 0; g < groups; g++)
		for (int i = 0; i < size; i++) {
			int k = g * size + i;
			char *name = k < (int)G_N_ELEMENTS(chart_names) ? g_strdup(chart_names[k])
			           : g_strdup_printf("%s %d", chart_names[k % G_N_ELEMENTS(chart_names)], k);

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
	matrix_of_people(planted_finish(&planted), 3, &matrix);
	struct svg *all = draw(&matrix, 180, 150, &err);
	assert_string_equal(svg_mark_title(all, "name-2"), "p00002@example.org");
	svg_free(all);
	matrix_clear(&matrix);
	matrix_of_people(&planted.analysis, 2, &matrix);
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
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (!strcmp(element->name, "rect") && element->mark && !strcmp(element->mark, id) &&
		    part-- == 0)
			return svg_number(element, "width", 0);
	}
	return 0;
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
	matrix_of_people(planted_finish(&planted), 2, &matrix);
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

static void expect_readable(const struct matrix *matrix, double width, double height)
{
	struct error err = { "" };
	struct svg *svg = draw(matrix, width, height, &err);

	assert_string_equal(err.message, "");
	check_on_page(svg, width * MM, height * MM);
	check_texts_apart(svg);
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
}

/* The largest matrix that is said to fit. */
static void fill(const struct analysis *analysis, enum matrix_of of, double width, double height,
                 struct matrix *matrix)
{
	for (int most = MATRIX_PEOPLE_MAX; most > 0; most--) {
		const struct matrix_chart chart = { .matrix = matrix, .frame = chart_frame };

		(of == MATRIX_PEOPLE ? matrix_of_people : matrix_of_communities)(analysis, most, matrix);
		if (matrix_chart_fits(style_default(), width * MM, height * MM, &chart))
			return;
		matrix_clear(matrix);
	}
	fail_msg("no matrix fits on %g x %g mm", width, height);
}

static void all_texts_can_be_read_whatever_the_names(void **state)
{
	static const double sizes[][2] = { { 88, 130 }, { 180, 220 }, { 180, 150 }, { 120, 150 },
	                                   { 169, 95 }, { 300, 400 } };
	static const int plants[][2] = { { 1, 12 }, { 5, 3 }, { 9, 2 }, { 12, 9 } };

	(void)state;
	for (size_t p = 0; p < G_N_ELEMENTS(plants); p++) {
		struct planted planted;
		const struct analysis *analysis = plant(&planted, plants[p][0], plants[p][1]);

		for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++)
			for (int of = MATRIX_PEOPLE; of <= MATRIX_COMMUNITIES; of++) {
				struct matrix matrix;

				fill(analysis, (enum matrix_of)of, sizes[i][0], sizes[i][1], &matrix);
				expect_readable(&matrix, sizes[i][0], sizes[i][1]);
				assert_true(matrix.count >= MIN(6, of == MATRIX_PEOPLE ? matrix.people_total
				                                   : matrix.communities_total));
				matrix_clear(&matrix);
			}
		planted_clear(&planted);
	}
}

static void a_page_too_small_for_the_rows_is_refused(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_people(plant(&planted, 10, 8), 80, &matrix);
	assert_null(draw(&matrix, 180, 150, &err));
	assert_non_null(strstr(err.message, "80 rows"));
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
		cmocka_unit_test(a_page_too_small_for_the_rows_is_refused),
		cmocka_unit_test(nobody_is_a_sentence),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
