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
#include "epistograph/palette.h"
#include "planted.h"

static const struct frame frame = {
	.title = "Who wrote to whom", .subtitle = "Messages, 2010 to 2012",
	.source = "Source: an invented archive",
};

/* Draw into a file of that ending and return its bytes; g_free(). */
static char *draw_framed(const struct analysis *analysis, const struct frame *around, double width,
                         double height, const char *ending, gsize *size)
{
	char *path = g_strdup_printf("%s/epistograph-chart-%d.%s", g_get_tmp_dir(), (int)getpid(),
	                             ending);
	struct error err = { 0 };
	struct network_chart chart = { .analysis = analysis, .frame = *around };
	struct canvas *canvas = canvas_open(path, canvas_format_from_path(path),
	                                    &(struct canvas_page){ width, height, 100, NULL, NULL },
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

static char *draw(const struct analysis *analysis, double width, double height,
                  const char *ending, gsize *size)
{
	return draw_framed(analysis, &frame, width, height, ending, size);
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

static void namesakes_are_told_apart_by_their_addresses(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann Lee");
	planted_person(&planted, 0, "Ann Lee");
	planted_person(&planted, 0, "Bo");
	planted_mail(&planted, 0, 2, 5);
	planted_mail(&planted, 1, 2, 3);
	char *svg = draw(planted_finish(&planted), 510, 425, "svg", &size);
	assert_non_null(strstr(svg, ">p00000@example.org</text>"));
	assert_non_null(strstr(svg, ">p00001@example.org</text>"));
	assert_non_null(strstr(svg, ">Bo</text>"));
	assert_null(strstr(svg, ">Ann Lee</text>"));
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
	struct canvas *canvas = canvas_open(path, CANVAS_SVG, &(struct canvas_page){ 60, 60, 100, NULL, NULL },
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
	int names_depth;                /* the same of <g id="names"> */
	double legend_left, figure_right, lowest, smallest_font;
	double legend_top, figure_top, figure_bottom;
	int texts, legend_texts, names;
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
	for (int i = 0; names[i]; i++) {
		if (strcmp(names[i], "id") == 0 && strcmp(values[i], "legend") == 0)
			seen->legend_depth = seen->depth;
		if (strcmp(names[i], "id") == 0 && strcmp(values[i], "names") == 0)
			seen->names_depth = seen->depth;
	}
	if (strcmp(element, "text") == 0) {
		seen->texts++;
		seen->smallest_font =
			MIN(seen->smallest_font, number(names, values, "font-size", 99));
		seen->lowest = MAX(seen->lowest, number(names, values, "y", 0));
		seen->names += seen->names_depth > 0;
		if (seen->legend_depth) {
			seen->legend_texts++;
			seen->legend_top = MIN(seen->legend_top, number(names, values, "y", 1e9));
			seen->legend_left = MIN(seen->legend_left, number(names, values, "x", 1e9));
		}
	}
	if (strcmp(element, "circle") == 0 && !seen->legend_depth) {
		double y = number(names, values, "cy", 0), r = number(names, values, "r", 0);

		seen->figure_right = MAX(seen->figure_right, number(names, values, "cx", 0) + r);
		seen->figure_top = MIN(seen->figure_top, y - r);
		seen->figure_bottom = MAX(seen->figure_bottom, y + r);
	}
}

static void seen_end(GMarkupParseContext *context, const char *element, void *data, GError **error)
{
	struct seen *seen = data;

	(void)context;
	(void)element;
	(void)error;
	if (seen->depth == seen->names_depth)
		seen->names_depth = 0;
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
	struct seen seen = { .legend_left = 1e9, .smallest_font = 99, .legend_top = 1e9,
	                     .figure_top = 1e9, .text = g_string_new(NULL) };
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

/* A community: a hub and others who wrote to it and back. */
static void plant_star(struct planted *planted, int community, const char *hub, int others)
{
	int middle = planted_person(planted, community, hub);

	for (int i = 0; i < others; i++) {
		int other = planted_person(planted, community, NULL);

		planted_mail(planted, other, middle, 3);
		planted_mail(planted, middle, other, 2);
	}
}

/* The colour as the SVG has it, "#0064b7". */
static char *category_text(int index)
{
	struct palette_color color = palette_category(index);

	return g_strdup_printf("#%02x%02x%02x", color.r, color.g, color.b);
}

/* Two communities with a place on the page and three pairs that are only counted; in
 * a flat figure all five are drawn. */
static void the_legend_names_the_colors_that_stand_in_the_figure(void **state)
{
	static const char *const names[] = { "Ann One", "Bo Two", "Cy Three", "Di Four", "Ed Five" };

	(void)state;
	for (int flat = 0; flat < 2; flat++) {
		struct planted planted;
		gsize size;

		planted_init(&planted);
		plant_star(&planted, 0, names[0], flat ? 20 : 40);
		plant_star(&planted, 1, names[1], flat ? 10 : 30);
		for (int pair = 2; pair < 5; pair++)
			plant_star(&planted, pair, names[pair], 1);
		char *svg = draw(planted_finish(&planted), 510, 425, "svg", &size);
		struct seen seen = read_svg(svg, size);
		for (int i = 0; i < 5; i++) {
			char *color = category_text(i);
			bool in_figure = flat || i < 2;

			assert_true((strstr(svg, color) != NULL) == in_figure);
			assert_true((strstr(seen.text->str, names[i]) != NULL) == in_figure);
			g_free(color);
		}
		assert_true((strstr(seen.text->str, "3 others \n 6 \n") != NULL) == !flat);
		g_string_free(seen.text, TRUE);
		g_free(svg);
		planted_clear(&planted);
	}
}

/* Everyone is nameless at example.org: labels say p00000 and the legend where. */
static void a_domain_that_all_share_is_said_once(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 3, 50);
	char *svg = draw(planted_finish(&planted), 510, 425, "svg", &size);
	assert_non_null(strstr(svg, "Names without a domain are at"));
	assert_non_null(strstr(svg, ">p00000</text>"));
	assert_null(strstr(svg, ">p00000@example.org</text>"));
	assert_non_null(strstr(svg, "p00000@example.org:"));    /* the tooltip has all of it */
	g_free(svg);
	planted_clear(&planted);

	svg = draw(plant_pair(&planted), 510, 425, "svg", &size);
	assert_null(strstr(svg, "Names without a domain"));
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

/* A page of 90 x 80 mm, a newspaper's column: the legend is a few lines below. */
static void a_column_has_a_brief_legend_below(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 6, 50);
	char *svg = draw(planted_finish(&planted), 255, 227, "svg", &size);
	struct seen seen = read_svg(svg, size);
	assert_true(seen.figure_bottom <= seen.legend_top);
	assert_true(seen.figure_right <= 255 - 10);
	assert_true(seen.smallest_font >= 6);
	assert_true(seen.figure_bottom - seen.figure_top > 0.5 * 227);
	assert_true(seen.legend_texts <= 12);
	assert_non_null(strstr(seen.text->str, "messages sent and received"));
	assert_non_null(strstr(seen.text->str, "the wide end wrote"));
	assert_non_null(strstr(seen.text->str, "community, area by people"));
	assert_non_null(strstr(seen.text->str, "Not\302\240drawn:"));
	g_string_free(seen.text, TRUE);
	g_free(svg);
	planted_clear(&planted);
}

static void the_smallest_page_is_still_drawn(void **state)
{
	static const struct frame wordy = {
		.title = "A title so long that it needs more than a line and more than two of "
		         "them too on a page of no more than eighty millimetres",
		.subtitle = "Personal and list mail, 20 Mar 2009 to 24 Apr 2017, with somebody, "
		            "with somebody else, on a list whose name is long, and even that is not "
		            "all there is to say about what was chosen",
		.source = "Source: 1,600 messages; 1,236 in this figure. Not: 212 bulk, 144 automatic, "
		          "4 without a sender, 4 without a recipient. The reduction keeps 20 of 290 "
		          "people and 20 % of the messages counted per recipient.",
	};
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 12, 50);
	char *svg = draw_framed(planted_finish(&planted), &wordy, 226.8, 198.4, "svg", &size);
	struct seen seen = read_svg(svg, size);
	assert_true(seen.lowest < 198);
	assert_true(seen.legend_texts > 0);
	assert_true(seen.figure_bottom <= seen.legend_top);
	g_string_free(seen.text, TRUE);
	g_free(svg);
	planted_clear(&planted);
}

/* In a newspaper's column not every caption has room at the rim of its disc: then the
 * dot's name says how many are with it. */
static void small_pages_say_how_many_are_in_a_community(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 18, 120);
	char *svg = draw(planted_finish(&planted), 241, 241, "svg", &size);
	int discs = count_of(svg, "id=\"community-"), counted = 0;
	for (const char *text = svg; (text = strstr(text, "<text")); text++) {
		char *words = g_strndup(text, (gsize)(strstr(text, "</text>") - text));

		const char *plus = strstr(words, "\u00a0+");

		counted += (plus && g_ascii_isdigit(plus[strlen("\u00a0+")])) || strstr(words, ">and ") != NULL;
		g_free(words);
	}
	assert_true(discs > 10);
	assert_int_equal(counted, discs);
	g_free(svg);
	planted_clear(&planted);
}

static void a_larger_page_has_more_names(void **state)
{
	static const double pages[][2] = { { 255, 227 }, { 510, 425 }, { 1134, 850 } };
	struct planted planted;
	int before = 0;

	(void)state;
	planted_init(&planted);
	planted_random_groups(&planted, 5, 8, 60);
	const struct analysis *analysis = planted_finish(&planted);
	for (int p = 0; p < 3; p++) {
		gsize size;
		char *svg = draw(analysis, pages[p][0], pages[p][1], "svg", &size);
		struct seen seen = read_svg(svg, size);

		assert_true(seen.names > before);
		before = seen.names;
		g_string_free(seen.text, TRUE);
		g_free(svg);
	}
	planted_clear(&planted);
}

/* Ann and Bo each give a community of 40 its name: it stands on the rim, and has no
 * second place beside the dot, which has a ring in the colour of ink instead. */
static void whom_a_community_is_named_after_is_named_once(void **state)
{
	struct planted planted;
	gsize size;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 240; i++)
		planted_person(&planted, i / 40, i == 0 ? "Ann Lee" : i == 40 ? "Bo Chen" : NULL);
	for (int i = 0; i < 240; i++) {
		if (i % 40)
			planted_mail(&planted, i, i / 40 * 40, 3);
		planted_mail(&planted, i, i / 40 * 40 + (i + 1) % 40, 2);
	}
	for (int c = 0; c < 6; c++)
		planted_mail(&planted, 40 * c, 40 * ((c + 1) % 6), 5);
	char *svg = draw(planted_finish(&planted), 510, 425, "svg", &size);
	assert_int_equal(count_of(svg, ">Ann Lee</text>"), 2);  /* and in the legend */
	assert_int_equal(count_of(svg, ">Bo Chen</text>"), 2);
	assert_non_null(strstr(svg, "ringed: who it is named after"));
	int rings = 0;
	for (const char *node = svg; (node = strstr(node, "id=\"node-")); node++) {
		char *mark = g_strndup(node, (gsize)(strstr(node, "</g>") - node));
		rings += strstr(mark, "stroke=\"#1a1a1a\"") != NULL;
		g_free(mark);
	}
	assert_int_equal(rings, 6);
	g_free(svg);
	planted_clear(&planted);
}

static void odd_networks_fit_on_pages_of_all_sizes(void **state)
{
	static const double pages[][2] = { { 227, 199 }, { 255, 312 }, { 510, 425 }, { 842, 1191 } };

	(void)state;
	for (int kind = 0; kind < 4; kind++)
		for (int p = 0; p < 4; p++) {
			struct planted planted;
			gsize size;
			int people = kind == 0 ? 2 : kind == 1 ? 60 : kind == 2 ? 61 : 400;

			planted_init(&planted);
			for (int i = 0; i < people; i++)
				planted_person(&planted, kind == 3 ? i / 2 : 0, NULL);
			for (int i = 1; i < people; i++)
				planted_mail(&planted, i, kind == 3 ? i ^ 1 : 0, 2);
			char *svg = draw(planted_finish(&planted), pages[p][0], pages[p][1], "svg",
			                 &size);
			struct seen seen = read_svg(svg, size);
			assert_true(seen.lowest <= pages[p][1]);
			assert_true(seen.figure_right <= pages[p][0]);
			assert_true(seen.smallest_font >= 6);
			assert_true(seen.legend_texts > 0);
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
		cmocka_unit_test(namesakes_are_told_apart_by_their_addresses),
		cmocka_unit_test(an_empty_network_says_that_there_is_nothing),
		cmocka_unit_test(a_page_too_small_is_refused),
		cmocka_unit_test(the_legend_stands_beside_the_figure),
		cmocka_unit_test(the_legend_names_the_colors_that_stand_in_the_figure),
		cmocka_unit_test(a_domain_that_all_share_is_said_once),
		cmocka_unit_test(communities_are_marks_with_their_numbers),
		cmocka_unit_test(pages_of_any_shape_hold_all_that_is_drawn),
		cmocka_unit_test(a_column_has_a_brief_legend_below),
		cmocka_unit_test(the_smallest_page_is_still_drawn),
		cmocka_unit_test(small_pages_say_how_many_are_in_a_community),
		cmocka_unit_test(a_larger_page_has_more_names),
		cmocka_unit_test(whom_a_community_is_named_after_is_named_once),
		cmocka_unit_test(odd_networks_fit_on_pages_of_all_sizes),
		cmocka_unit_test(drawn_twice_it_is_the_same_to_the_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
