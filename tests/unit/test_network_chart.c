#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "epistograph/error.h"
#include "epistograph/network_chart.h"
#include "planted.h"

static const struct frame frame = {
	.title = "Who wrote to whom", .subtitle = "Messages, 2010 to 2012",
	.source = "Source: an invented archive",
};

/* Draw into a file of that ending and return its bytes; g_free(). */
static char *draw(const struct analysis *analysis, double width, double height,
                  const char *ending, gsize *size)
{
	char *path = g_strdup_printf("%s/epistograph-chart-%d.%s", g_get_tmp_dir(), (int)getpid(),
	                             ending);
	struct error err = { 0 };
	struct network_chart chart = { .analysis = analysis, .frame = frame };
	struct canvas *canvas = canvas_open(path, canvas_format_from_path(path), width, height, 100,
	                                    &(struct canvas_about){ "t", "d", "s" }, &err);
	char *bytes = NULL;

	assert_non_null(canvas);
	if (network_chart_draw(canvas, width, height, &chart, &err) < 0)
		fail_msg("%s", err.message);
	if (canvas_close(canvas, &err) < 0)
		fail_msg("%s", err.message);
	assert_true(g_file_get_contents(path, &bytes, size, NULL));
	unlink(path);
	g_free(path);
	return bytes;
}

static int count_of(const char *text, const char *part)
{
	int count = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		count++;
	return count;
}

static const struct analysis *plant_pair(struct planted *planted)
{
	planted_init(planted);
	planted_person(planted, 0, "Ann Lee");
	planted_person(planted, 0, "Zo\303\253 <script> & Co");
	planted_mail(planted, 0, 1, 312);
	planted_mail(planted, 1, 0, 280);
	return planted_finish(planted);
}

static void every_mark_says_who_it_is(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	char *svg = draw(plant_pair(&planted), 510, 425, "svg", &size);
	assert_int_equal(count_of(svg, "id=\"node-"), 2);
	assert_non_null(strstr(svg, "id=\"node-0\""));
	assert_non_null(strstr(svg, "id=\"tie-0-1\""));
	assert_non_null(
		strstr(svg, "Ann Lee &lt;p00000@example.org&gt;: 312 sent, 280 received, rank 1"));
	assert_non_null(strstr(svg, "Ann Lee to Zo\303\253 &lt;script&gt; &amp; Co: 312 messages; "
	                            "Zo\303\253 &lt;script&gt; &amp; Co to Ann Lee: 280"));
	assert_null(strstr(svg, "<script"));
	g_free(svg);
	planted_clear(&planted);
}

static void an_empty_network_says_that_there_is_nothing(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	char *svg = draw(planted_finish(&planted), 510, 425, "svg", &size);
	assert_non_null(strstr(svg, "No mail from one person to another"));
	assert_int_equal(count_of(svg, "id=\"node-"), 0);
	g_free(svg);
	planted_clear(&planted);
}

static void a_page_too_small_is_refused(void **state)
{
	struct planted planted;
	struct error err = { 0 };
	const struct analysis *analysis = plant_pair(&planted);
	struct network_chart chart = { .analysis = analysis, .frame = frame };
	char *path = g_strdup_printf("%s/epistograph-small-%d.svg", g_get_tmp_dir(), (int)getpid());
	struct canvas *canvas = canvas_open(path, CANVAS_SVG, 60, 60, 100,
	                                    &(struct canvas_about){ "t", "d", "s" }, &err);

	(void)state;
	assert_non_null(canvas);
	assert_int_equal(network_chart_draw(canvas, 60, 60, &chart, &err), -1);
	assert_non_null(strstr(err.message, "larger"));
	canvas_discard(canvas);
	g_free(path);
	planted_clear(&planted);
}

/* ---- what an SVG reader sees ---- */

struct seen {
	int depth, legend_depth;        /* of open elements; of <g id="legend">, 0 = outside */
	double legend_left, figure_right, lowest, smallest_font;
	int texts, legend_texts;
	bool in_node;
	GString *text;                  /* of the legend */
};

static double number(const char **names, const char **values, const char *wanted, double otherwise)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], wanted) == 0)
			return g_ascii_strtod(values[i], NULL);
	return otherwise;
}

static void seen_start(GMarkupParseContext *context, const char *element, const char **names,
                       const char **values, void *data, GError **error)
{
	struct seen *seen = data;

	(void)context;
	(void)error;
	seen->depth++;
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], "id") == 0 && strcmp(values[i], "legend") == 0)
			seen->legend_depth = seen->depth;
	if (strcmp(element, "text") == 0) {
		seen->texts++;
		seen->smallest_font =
			MIN(seen->smallest_font, number(names, values, "font-size", 99));
		seen->lowest = MAX(seen->lowest, number(names, values, "y", 0));
		if (seen->legend_depth) {
			seen->legend_texts++;
			seen->legend_left = MIN(seen->legend_left, number(names, values, "x", 1e9));
		}
	}
	if (strcmp(element, "circle") == 0 && !seen->legend_depth)
		seen->figure_right = MAX(seen->figure_right, number(names, values, "cx", 0) +
		                         number(names, values, "r", 0));
}

static void seen_end(GMarkupParseContext *context, const char *element, void *data, GError **error)
{
	struct seen *seen = data;

	(void)context;
	(void)element;
	(void)error;
	if (seen->depth-- == seen->legend_depth)
		seen->legend_depth = 0;
}

static void seen_text(GMarkupParseContext *context, const char *text, gsize length, void *data,
                      GError **error)
{
	struct seen *seen = data;

	(void)context;
	(void)error;
	if (seen->legend_depth)
		g_string_append_printf(seen->text, "%.*s ", (int)length, text);
}

static struct seen read_svg(const char *svg, gsize size)
{
	const GMarkupParser parser = { .start_element = seen_start, .end_element = seen_end,
	                               .text = seen_text };
	struct seen seen = { .legend_left = 1e9, .smallest_font = 99, .text = g_string_new(NULL) };
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, &seen, NULL);

	assert_true(g_markup_parse_context_parse(context, svg, (gssize)size, NULL));
	assert_true(g_markup_parse_context_end_parse(context, NULL));
	g_markup_parse_context_free(context);
	return seen;
}

static void the_legend_stands_beside_the_figure(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 12, 50);
	char *svg = draw(planted_finish(&planted), 510, 425, "svg", &size);
	struct seen seen = read_svg(svg, size);
	assert_true(seen.legend_texts > 15);
	assert_true(seen.figure_right <= seen.legend_left);
	assert_true(seen.lowest < 425);
	assert_true(seen.smallest_font >= 6);
	/* What the drawing must say of itself. */
	assert_non_null(strstr(seen.text->str, "sender"));
	assert_non_null(strstr(seen.text->str, "square-root"));
	assert_non_null(strstr(seen.text->str, "Distance on the page"));
	assert_non_null(strstr(seen.text->str, "others"));
	assert_non_null(strstr(seen.text->str, "Counted, not drawn"));
	g_string_free(seen.text, TRUE);
	g_free(svg);
	planted_clear(&planted);
}

static void communities_are_marks_with_their_numbers(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 6, 50);
	const struct analysis *analysis = planted_finish(&planted);
	char *svg = draw(analysis, 510, 425, "svg", &size);
	for (int c = 1; c <= 6; c++) {
		char *id = g_strdup_printf("id=\"community-%d\"", c);
		assert_int_equal(count_of(svg, id), 1);
		g_free(id);
	}
	/* Groups of 50, 41, 33 ... people: the first title counts them. */
	assert_non_null(strstr(svg, ": 50 people"));
	g_free(svg);
	planted_clear(&planted);
}

static void pages_of_any_shape_hold_all_that_is_drawn(void **state)
{
	static const double pages[][2] = { { 340, 510 }, { 700, 250 }, { 260, 260 }, { 150, 400 },
	                                   { 1200, 800 } };

	(void)state;
	for (int p = 0; p < 5; p++) {
		struct planted planted;
		gsize size;

		planted_init(&planted);
		planted_random_groups(&planted, 11, 9, 40);
		char *svg = draw(planted_finish(&planted), pages[p][0], pages[p][1], "svg", &size);
		struct seen seen = read_svg(svg, size);
		assert_true(seen.lowest <= pages[p][1]);
		assert_true(seen.figure_right <= pages[p][0]);
		assert_true(seen.smallest_font >= 6);
		g_string_free(seen.text, TRUE);
		g_free(svg);
		planted_clear(&planted);
	}
}

static void drawn_twice_it_is_the_same_to_the_byte(void **state)
{
	static const char *const endings[] = { "svg", "png", "pdf" };
	struct planted planted;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 2, 8, 40);
	const struct analysis *analysis = planted_finish(&planted);
	for (int i = 0; i < 3; i++) {
		gsize first_size, second_size;
		char *first = draw(analysis, 510, 425, endings[i], &first_size);
		char *second = draw(analysis, 510, 425, endings[i], &second_size);

		assert_true(first_size > 1000);
		assert_int_equal(first_size, second_size);
		assert_memory_equal(first, second, first_size);
		g_free(first);
		g_free(second);
	}
	planted_clear(&planted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_mark_says_who_it_is),
		cmocka_unit_test(an_empty_network_says_that_there_is_nothing),
		cmocka_unit_test(a_page_too_small_is_refused),
		cmocka_unit_test(the_legend_stands_beside_the_figure),
		cmocka_unit_test(communities_are_marks_with_their_numbers),
		cmocka_unit_test(pages_of_any_shape_hold_all_that_is_drawn),
		cmocka_unit_test(drawn_twice_it_is_the_same_to_the_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
