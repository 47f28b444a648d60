#include "unit.h"

#include "../../src/draw/text_shape.h"

#include "svg_reader.h"

#include "epistograph/error.h"
#include "epistograph/frame.h"
#include "epistograph/text.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <math.h>
#include <string.h>

#define WIDTH 510.0
#define HEIGHT 283.0

static struct svg *draw_frame(const struct frame *frame, double width, double height,
                              struct box *box)
{
	struct error err = { "" };
	char *path = NULL;
	int fd = g_file_open_tmp("test_frame_XXXXXX.svg", &path, NULL);

	assert_true(fd >= 0);
	g_close(fd, NULL);
	struct canvas *canvas = canvas_open(path, CANVAS_SVG,
	                                    &(struct canvas_page){ width, height, 72, NULL, NULL }, NULL,
	                                    &err);
	*box = frame_draw(canvas, width, height, frame);
	assert_int_equal(canvas_close(canvas, &err), 0);
	struct svg *svg = svg_read(path);
	assert_non_null(svg);
	g_unlink(path);
	g_free(path);
	return svg;
}

/* Every line lies on the page and outside the box, and is no smaller than 6 pt. */
static void check_inside(const struct svg *svg, double width, double height, const struct box *box)
{
	for (int i = 0; svg_nth(svg, "text", i); i++) {
		const struct svg_element *text = svg_nth(svg, "text", i);
		double x = svg_number(text, "x", -1), y = svg_number(text, "y", -1);
		struct font font = { .size = svg_number(text, "font-size", 0),
		                     .bold = svg_attribute(text, "font-weight") != NULL };
		struct text_extent extent = text_measure(text->text->str, &font);

		assert_true(font.size >= 6);
		assert_true(x >= 0 && x + extent.width <= width);
		assert_true(y - extent.ascent >= 0 && y + extent.descent <= height);
		assert_true(y + extent.descent <= box->y + 0.5 ||
		            y - extent.ascent >= box->y + box->height - 0.5);
	}
}

static void a_short_title_is_large_and_bold_and_stands_left(void **state)
{
	const struct frame frame = { "Who wrote", "Messages", "Source: mail" };
	struct box box;
	struct svg *svg = draw_frame(&frame, WIDTH, HEIGHT, &box);
	const struct svg_element *title = svg_nth(svg, "text", 0);

	(void)state;
	assert_int_equal(svg_count(svg, "text"), 3);
	assert_string_equal(title->text->str, "Who wrote");
	assert_string_equal(svg_attribute(title, "font-weight"), "bold");
	assert_true(svg_number(title, "font-size", 0) == style_default()->title.size);
	for (int i = 0; i < 3; i++)
		assert_true(svg_number(svg_nth(svg, "text", i), "x", 0) == box.x);
	check_inside(svg, WIDTH, HEIGHT, &box);
	/* The figure has most of the page. */
	assert_true(box.height > 0.6 * HEIGHT && box.width > 0.9 * WIDTH);
	svg_free(svg);
}

static char *repeat(const char *word, int times)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < times; i++)
		g_string_append_printf(text, "%s ", word);
	return g_string_free(text, FALSE);
}

static void texts_of_any_length_stay_on_the_page(void **state)
{
	static const int lengths[] = { 1, 10, 20, 30, 50, 80, 150, 1000 };
	static const char *const words[] = { "mail", "Verwaltungsgerichtshof", "\xe7\x94\xb0\xe4\xb8\xad",
	                                     "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d" };

	(void)state;
	for (size_t w = 0; w < G_N_ELEMENTS(words); w++)
		for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
			char *text = repeat(words[w], lengths[i]);
			const struct frame frame = { text, text, text };
			struct box box;
			struct svg *svg = draw_frame(&frame, WIDTH, HEIGHT, &box);

			check_inside(svg, WIDTH, HEIGHT, &box);
			assert_true(box.height > 0.4 * HEIGHT);
			svg_free(svg);
			svg = draw_frame(&frame, 200, 150, &box);
			check_inside(svg, 200, 150, &box);
			svg_free(svg);
			g_free(text);
		}
}

static void a_title_too_long_shrinks_to_seven_points_and_then_ends_in_an_ellipsis(void **state)
{
	char *text = repeat("correspondence", 100);
	const struct frame frame = { text, NULL, NULL };
	struct box box;
	struct svg *svg = draw_frame(&frame, WIDTH, HEIGHT, &box);

	(void)state;
	assert_int_equal(svg_count(svg, "text"), 4);
	assert_true(svg_number(svg_nth(svg, "text", 0), "font-size", 0) == 7);
	for (int i = 0; i < 3; i++)
		assert_false(g_str_has_suffix(svg_nth(svg, "text", i)->text->str, "\u2026"));
	assert_true(g_str_has_suffix(svg_nth(svg, "text", 3)->text->str, "\u2026"));
	svg_free(svg);
	g_free(text);
}

static int lines_of(const struct svg *svg, const char *mark)
{
	int count = 0;

	for (int i = 0; svg_nth(svg, "text", i); i++)
		count += g_strcmp0(svg_nth(svg, "text", i)->mark, mark) == 0;
	return count;
}

static double size_of(const struct svg *svg, const char *mark)
{
	for (int i = 0; svg_nth(svg, "text", i); i++)
		if (g_strcmp0(svg_nth(svg, "text", i)->mark, mark) == 0)
			return svg_number(svg_nth(svg, "text", i), "font-size", 0);
	return 0;
}

/* Two people of 80 characters each, as they are in the title of a pair: in a newspaper's
 * column they take the lines they need. */
static void a_title_of_long_names_is_whole_in_a_column(void **state)
{
	const char *text = "Maximiliana Theodora von und zu Hohenlohe-Waldenburg-Schillingsfuerst, "
	                   "Presseamt and Wolfeschlegelsteinhausenbergerdorff-Montgomery-"
	                   "Featherstonehaugh the Fourth: 25 messages";
	const struct frame frame = { text, NULL, NULL };
	struct box box;
	struct svg *svg = draw_frame(&frame, 249, 312, &box);
	GString *all = g_string_new(NULL);

	(void)state;
	for (int i = 0; svg_nth(svg, "text", i); i++)
		g_string_append(all, svg_nth(svg, "text", i)->text->str);
	assert_true(g_str_has_suffix(all->str, "25 messages"));
	assert_null(strstr(all->str, "\u2026"));
	check_inside(svg, 249, 312, &box);
	g_string_free(all, TRUE);
	svg_free(svg);
}

static void an_address_is_broken_at_its_at_and_then_at_its_dots(void **state)
{
	static const char *const names[] = { "anne.sophie.montravel@post.example",
		"anne.sophie@mail.institution.universityofnowhere.example", "anne@post.example" };
	struct font font = style_default()->label;

	(void)state;
	for (int i = 0; i < 3; i++) {
		char **lines = frame_wrap_name(names[i], &font, 96);
		char *joined = g_strjoinv(NULL, lines);
		guint count = g_strv_length(lines);

		assert_string_equal(joined, names[i]);
		assert_true(i == 0 ? count == 2 : i == 1 ? count > 2 : count == 1);
		for (guint line = 1; line < count; line++)
			assert_true(lines[line][0] == '@' || lines[line][0] == '.');
		g_free(joined);
		g_strfreev(lines);
	}
}

static void a_name_of_up_to_160_characters_is_whole(void **state)
{
	char *name = repeat("W", 50);
	char **lines = frame_wrap_name(name, &style_default()->label, 40);
	char *joined = g_strjoinv(" ", lines);

	(void)state;
	assert_string_equal(joined, g_strchomp(name));
	g_strfreev(lines);
	g_free(name);
	g_free(joined);
	name = repeat("W", 1000);
	lines = frame_wrap_name(name, &style_default()->label, 40);
	joined = g_strjoinv(" ", lines);
	assert_int_equal(g_utf8_strlen(joined, -1), FRAME_NAME_MAX + 1);
	assert_true(g_str_has_suffix(joined, "\u2026"));
	g_strfreev(lines);
	g_free(name);
	g_free(joined);
}

static void a_title_has_two_lines_a_subtitle_three_and_more_only_of_the_smallest(void **state)
{
	(void)state;
	for (int words = 1; words < 120; words++) {
		char *text = repeat("letters", words);
		const struct frame frame = { text, text, text };
		struct box box;
		struct svg *svg = draw_frame(&frame, WIDTH, HEIGHT, &box);

		assert_in_range(lines_of(svg, "frame-title"), 1, 4);
		assert_in_range(lines_of(svg, "frame-subtitle"), 1, 5);
		assert_true(lines_of(svg, "frame-title") <= 2 || size_of(svg, "frame-title") == 7);
		assert_true(lines_of(svg, "frame-subtitle") <= 3 ||
		            size_of(svg, "frame-subtitle") == 6.5);
		assert_in_range(lines_of(svg, "frame-source"), 1, 6);
		svg_free(svg);
		g_free(text);
	}
}

static double title_size(double width, double height)
{
	const struct frame frame = { "Who wrote", "Messages", "Source: mail" };
	struct box box;
	struct svg *svg = draw_frame(&frame, width, height, &box);
	double size = svg_number(svg_nth(svg, "text", 0), "font-size", 0);

	svg_free(svg);
	return size;
}

/* A0 is 2384 x 3370 pt, as large as a square of 2834: the root of 2834 / 640 is 2.1. */
static void heads_are_small_in_a_column_and_grow_on_a_poster(void **state)
{
	(void)state;
	assert_true(title_size(240, 200) < title_size(WIDTH, HEIGHT));
	assert_true(fabs(title_size(WIDTH, HEIGHT) - title_size(WIDTH, 425)) < 0.01);
	assert_true(title_size(850, 1134) > 1.2 * title_size(WIDTH, HEIGHT));
	assert_true(fabs(title_size(2384, 3370) / title_size(WIDTH, HEIGHT) - 2.1) < 0.05);
}

static void an_empty_frame_leaves_nearly_all_of_the_page(void **state)
{
	const struct frame frame = { NULL, "", NULL };
	struct box box;
	struct svg *svg = draw_frame(&frame, WIDTH, HEIGHT, &box);

	(void)state;
	assert_int_equal(svg_count(svg, "text"), 0);
	assert_true(box.height > 0.85 * HEIGHT);
	svg_free(svg);
}

/* ---- wrapping and cutting ---- */

static void wrapped_lines_are_narrow_and_lose_no_word(void **state)
{
	static const char text[] = "who wrote to whom and when in the years before the vote";
	char **lines = frame_wrap(text, &style_default()->label, 60);
	char *joined = g_strjoinv(" ", lines);

	(void)state;
	assert_string_equal(joined, text);
	assert_true(g_strv_length(lines) > 2);
	for (int i = 0; lines[i]; i++)
		assert_true(text_measure(lines[i], &style_default()->label).width <= 60.01);
	g_free(joined);
	g_strfreev(lines);
}

/* A line that begins in the middle of an Arabic text would be turned round as a whole, and its
 * "(7) 14 November" be read from the right. */
static void lines_of_an_english_paragraph_read_from_the_left(void **state)
{
	static const char arabic[] = "\u0645\u062d\u0645\u062f \u064a\u0644\u062a\u0642\u064a";
	const struct font font = { .size = 7 };
	GString *text = g_string_new("(6) 12 November 2016: ");

	(void)state;
	text_append_directed(text, arabic);
	g_string_append(text, ". (7) 14 November 2016: Debate.");
	for (double width = 40; width < 200; width += 5) {
		char **lines = frame_wrap(text->str, &font, width);

		for (int i = 0; lines[i]; i++)
			assert_false(text_is_rtl(lines[i]));
		g_strfreev(lines);
	}
	char **lines = frame_wrap(arabic, &font, 200);  /* a name by itself keeps its own direction */
	assert_string_equal(lines[0], arabic);
	g_strfreev(lines);
	g_string_free(text, TRUE);
}

static void a_word_wider_than_the_line_is_broken(void **state)
{
	char *word = g_strnfill(60, 'w');
	char **lines = frame_wrap(word, &style_default()->label, 50);
	char *joined = g_strjoinv("", lines);

	(void)state;
	assert_string_equal(joined, word);
	for (int i = 0; lines[i]; i++)
		assert_true(text_measure(lines[i], &style_default()->label).width <= 50.01);
	g_free(joined);
	g_strfreev(lines);
	g_free(word);
	lines = frame_wrap(" \n ", &style_default()->label, 50);
	assert_null(lines[0]);
	g_strfreev(lines);
	lines = frame_wrap(NULL, &style_default()->label, 50);
	assert_null(lines[0]);
	g_strfreev(lines);
}

static void a_text_is_cut_only_where_it_must_be(void **state)
{
	double whole = text_measure("correspondence", &style_default()->label).width;
	char *fitted = frame_fit("correspondence", &style_default()->label, whole);
	char *cut = frame_fit("correspondence", &style_default()->label, whole - 1);

	(void)state;
	assert_string_equal(fitted, "correspondence");
	assert_true(g_str_has_suffix(cut, "\u2026"));
	assert_true(g_str_has_prefix(cut, "corresponde"));
	assert_true(text_measure(cut, &style_default()->label).width <= whole - 1);
	g_free(fitted);
	g_free(cut);
	cut = frame_fit("correspondence", &style_default()->label, 0);
	assert_string_equal(cut, "\u2026");
	g_free(cut);
}

static void a_letter_and_its_accent_are_not_parted(void **state)
{
	/* e and a combining acute, ten times: every cut falls between pairs. */
	char *text = repeat("e\xcc\x81", 10);

	(void)state;
	g_strdelimit(text, " ", '-');
	for (double width = 5; width < 60; width += 1.5) {
		char *cut = frame_fit(text, &style_default()->label, width);
		char *bare = strstr(cut, "e\u2026");
		assert_null(bare);
		g_free(cut);
	}
	g_free(text);
}

/* ---- the theme ---- */

static double lightness(struct color c)
{
	const double parts[] = { c.r, c.g, c.b }, weights[] = { 0.2126, 0.7152, 0.0722 };
	double y = 0;

	for (int i = 0; i < 3; i++)
		y += weights[i] * (parts[i] <= 0.04045 ? parts[i] / 12.92
		                                       : pow((parts[i] + 0.055) / 1.055, 2.4));
	return y;       /* relative luminance, WCAG 2.1 */
}

static void colours_are_seen_on_white_and_the_first_four_differ_in_grey(void **state)
{
	const struct style *style = style_default();

	(void)state;
	for (int i = -1; i <= PALETTE_CATEGORIES; i++)
		assert_true(1.05 / (lightness(style_category(style, i)) + 0.05) > 2);
	for (int i = 1; i < 4; i++) {
		/* CIE 1976 lightness, 0 to 100. */
		double a = 116 * cbrt(lightness(style_category(style, i - 1))) - 16;
		double b = 116 * cbrt(lightness(style_category(style, i))) - 16;
		assert_true(fabs(a - b) > 30);
	}
	assert_true(1.05 / (lightness(style->ink) + 0.05) > 12);
	assert_true(1.05 / (lightness(style->faint) + 0.05) > 7);
	assert_true(style->small.size >= 6 && style->label.size >= 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_title_is_large_and_bold_and_stands_left),
		cmocka_unit_test(texts_of_any_length_stay_on_the_page),
		cmocka_unit_test(a_title_too_long_shrinks_to_seven_points_and_then_ends_in_an_ellipsis),
		cmocka_unit_test(heads_are_small_in_a_column_and_grow_on_a_poster),
		cmocka_unit_test(a_title_has_two_lines_a_subtitle_three_and_more_only_of_the_smallest),
		cmocka_unit_test(a_title_of_long_names_is_whole_in_a_column),
		cmocka_unit_test(an_address_is_broken_at_its_at_and_then_at_its_dots),
		cmocka_unit_test(a_name_of_up_to_160_characters_is_whole),
		cmocka_unit_test(an_empty_frame_leaves_nearly_all_of_the_page),
		cmocka_unit_test(wrapped_lines_are_narrow_and_lose_no_word),
		cmocka_unit_test(lines_of_an_english_paragraph_read_from_the_left),
		cmocka_unit_test(a_word_wider_than_the_line_is_broken),
		cmocka_unit_test(a_text_is_cut_only_where_it_must_be),
		cmocka_unit_test(a_letter_and_its_accent_are_not_parted),
		cmocka_unit_test(colours_are_seen_on_white_and_the_first_four_differ_in_grey),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
