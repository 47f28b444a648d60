#include "unit.h"

#include "chart_fixture.h"
#include "planted.h"
#include "svg_checks.h"

#include "epistograph/flow_chart.h"

#include <math.h>

#define MM (72 / 25.4)

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return flow_chart_draw(canvas, width, height, chart, err);
}

static struct flow_chart chart_of(const struct matrix *matrix)
{
	return (struct flow_chart){ .matrix = matrix, .frame = chart_frame, .one = "message",
	                            .many = "messages", .from = "who wrote", .to = "to whom" };
}

/* The most communities whose names have room. */
static void choose(const struct analysis *analysis, double width, double height,
                   struct matrix *matrix)
{
	for (int most = FLOW_COMMUNITIES_MAX; ; most--) {
		matrix_of_communities(analysis, most, matrix);
		const struct flow_chart chart = chart_of(matrix);
		if (flow_chart_fit(&chart, style_default(), width * MM, height * MM) != FLOW_NO_ROOM)
			return;
		assert_true(most > FLOW_COMMUNITIES_MIN);
		matrix_clear(matrix);
	}
}

static struct svg *draw(const struct matrix *matrix, double width, double height,
                        struct error *err)
{
	const struct flow_chart chart = chart_of(matrix);

	return svg_painted(paint, &chart, width * MM, height * MM, err);
}

/* Communities of two; each writes 10 within and to every other one more the further. */
static const struct analysis *plant(struct planted *planted, int communities)
{
	planted_init(planted);
	for (int c = 0; c < communities; c++) {
		planted_person(planted, c, chart_names[c % G_N_ELEMENTS(chart_names)]);
		planted_person(planted, c, NULL);
	}
	for (int c = 0; c < communities; c++) {
		planted_mail(planted, 2 * c, 2 * c + 1, 10000);
		for (int d = 0; d < communities; d++)
			if (d != c)
				planted_mail(planted, 2 * c, 2 * d, 1 + (c - d) * (c - d) * 7);
	}
	return planted_finish(planted);
}

static double bar_height(const struct svg *svg, const char *id)
{
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (!strcmp(element->name, "rect") && element->mark && !strcmp(element->mark, id))
			return svg_number(element, "height", 0);
	}
	return 0;
}

/* Ann and somebody, and Bo and somebody, a community each. */
static void plant_two_pairs(struct planted *planted)
{
	planted_init(planted);
	for (int i = 0; i < 4; i++)
		planted_person(planted, i / 2, i % 2 ? "" : i ? "Bo" : "Ann");
}

static void streams_and_bars_are_as_wide_as_their_messages(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	/* From the first to the second 300, back 100; 7 and 5 within. */
	plant_two_pairs(&planted);
	planted_mail(&planted, 0, 2, 300);
	planted_mail(&planted, 2, 0, 100);
	planted_mail(&planted, 0, 1, 7);
	planted_mail(&planted, 3, 2, 5);
	matrix_of_communities(planted_finish(&planted), 10, &matrix);
	struct svg *svg = draw(&matrix, 180, 130, &err);
	assert_string_equal(err.message, "");
	assert_string_equal(svg_mark_title(svg, "flow-1-2"), "Ann to Bo: 300 messages");
	assert_string_equal(svg_mark_title(svg, "flow-2-1"), "Bo to Ann: 100 messages");
	assert_null(svg_mark_title(svg, "flow-1-1"));
	assert_string_equal(svg_mark_title(svg, "from-1"), "Ann (2 people): 300 messages to others");
	assert_string_equal(svg_mark_title(svg, "to-1"), "Ann (2 people): 100 messages from others");
	assert_true(svg_has_text(svg, "300 to others, 7 within"));
	assert_true(svg_has_text(svg, "100 to others, 5 within"));
	double whole = bar_height(svg, "from-1");
	assert_true(whole > 60);
	assert_true(fabs(bar_height(svg, "from-2") - whole / 3) < 0.02);
	assert_true(fabs(bar_height(svg, "to-2") - whole) < 0.02);
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

/* All texts of a mark, joined without blanks: how a name was broken into lines is not asked. */
static char *texts_of(const struct svg *svg, const char *mark)
{
	GString *all = g_string_new(NULL);

	for (int i = 0; svg_nth(svg, "text", i); i++)
		if (g_strcmp0(svg_nth(svg, "text", i)->mark, mark) == 0)
			g_string_append(all, svg_nth(svg, "text", i)->text->str);
	for (char *blank; (blank = strchr(all->str, ' ')); )
		g_string_erase(all, blank - all->str, 1);
	return g_string_free(all, FALSE);
}

static void check_name_is_whole(const struct svg *svg, const char *mark,
                                const struct matrix_entry *entry)
{
	char *texts = texts_of(svg, mark);
	char **parts = g_strsplit(entry->short_name, " ", -1);
	char *name = g_strjoinv("", parts);

	if (!g_str_has_prefix(texts, name))
		fail_msg("%s is %s, not %s", mark, texts, name);
	g_strfreev(parts);
	g_free(name);
	g_free(texts);
}

static void check_names_are_whole(const struct svg *svg, const struct matrix *matrix)
{
	for (int i = 0; i < matrix->count; i++) {
		char *from = g_strdup_printf("from-%d", matrix->entries[i].number);
		char *to = g_strdup_printf("to-%d", matrix->entries[i].number);

		check_name_is_whole(svg, from, &matrix->entries[i]);
		check_name_is_whole(svg, to, &matrix->entries[i]);
		g_free(from);
		g_free(to);
	}
}

static void all_texts_can_be_read_and_no_name_is_cut(void **state)
{
	static const double sizes[][2] = { { 88, 130 }, { 80, 110 }, { 180, 130 }, { 169, 95 },
	                                   { 300, 400 } };

	(void)state;
	for (int communities = 2; communities <= 12; communities += 5) {
		struct planted planted;
		const struct analysis *analysis = plant(&planted, communities);

		for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
			struct error err = { "" };
			struct matrix matrix;

			choose(analysis, sizes[i][0], sizes[i][1], &matrix);
			assert_true(matrix.count >= MIN(communities, 3));
			struct svg *svg = draw(&matrix, sizes[i][0], sizes[i][1], &err);
			if (!svg)
				fail_msg("%d communities on %g x %g mm: %s", matrix.count, sizes[i][0],
				         sizes[i][1], err.message);
			check_on_page(svg, sizes[i][0] * MM, sizes[i][1] * MM);
			check_texts_apart(svg);
			check_names_are_whole(svg, &matrix);
			svg_free(svg);
			matrix_clear(&matrix);
		}
		planted_clear(&planted);
	}
}

/* One community writes nearly everything: at one end its bar pushes the names of all others far
 * from theirs as soon as these are many. */
static void names_far_from_their_bars_are_told_of(void **state)
{
	struct planted planted;
	enum flow_fit last = FLOW_FITS;

	(void)state;
	planted_init(&planted);
	for (int c = 0; c < 12; c++)
		for (int i = 0; i < 2; i++)
			planted_person(&planted, c, NULL);
	for (int c = 0; c < 12; c++) {
		planted_mail(&planted, 2 * c, 2 * c + 1, 10000 - c);
		planted_mail(&planted, 0, 2 * ((c + 1) % 12), 1000);
		planted_mail(&planted, 2 * c, 2 * ((c + 2) % 12), 1);
	}
	const struct analysis *analysis = planted_finish(&planted);
	for (int most = 2; most <= 10; most++) {
		struct matrix matrix;

		matrix_of_communities(analysis, most, &matrix);
		const struct flow_chart chart = chart_of(&matrix);
		enum flow_fit fit = flow_chart_fit(&chart, style_default(), 88 * MM, 130 * MM);
		assert_true(most > 3 || fit == FLOW_FITS);
		assert_true(fit <= last);
		last = fit;
		matrix_clear(&matrix);
	}
	assert_int_equal(last, FLOW_NO_ROOM);
	planted_clear(&planted);
}

static void one_message_leaves_the_legend_its_place(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	plant_two_pairs(&planted);
	planted_mail(&planted, 0, 2, 1);
	planted_mail(&planted, 0, 1, 7);
	planted_mail(&planted, 3, 2, 5);
	matrix_of_communities(planted_finish(&planted), 10, &matrix);
	struct svg *svg = draw(&matrix, 180, 130, &err);
	assert_string_equal(err.message, "");
	assert_true(svg_has_text(svg, "a stream of messages, in the colour of who wrote"));
	for (int i = 0; svg_nth(svg, "rect", i); i++) {
		const struct svg_element *rect = svg_nth(svg, "rect", i);

		if (svg_number(rect, "width", 0) == 16)
			assert_true(svg_number(rect, "height", 0) <= 8);
	}
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void a_page_too_small_is_refused(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_communities(plant(&planted, 20), 20, &matrix);
	assert_null(draw(&matrix, 180, 100, &err));
	assert_non_null(strstr(err.message, "no room for 20 communities"));
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void one_community_is_a_sentence(void **state)
{
	struct planted planted;
	struct matrix matrix;
	struct error err = { "" };

	(void)state;
	matrix_of_communities(plant(&planted, 1), 10, &matrix);
	struct svg *svg = draw(&matrix, 180, 130, &err);
	assert_true(svg_has_text(svg, "No message went from one community to another."));
	svg_free(svg);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(streams_and_bars_are_as_wide_as_their_messages),
		cmocka_unit_test(all_texts_can_be_read_and_no_name_is_cut),
		cmocka_unit_test(names_far_from_their_bars_are_told_of),
		cmocka_unit_test(one_message_leaves_the_legend_its_place),
		cmocka_unit_test(a_page_too_small_is_refused),
		cmocka_unit_test(one_community_is_a_sentence),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
