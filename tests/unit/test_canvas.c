#include "unit.h"

#include "svg_reader.h"

#include "epistograph/canvas.h"
#include "epistograph/error.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <math.h>
#include <string.h>

static char *folder;

static const struct font plain = { .size = 10, .color = { 0, 0, 0, 1 } };
static const struct paint black = { .fill = { 0, 0, 0, 1 } };

static char *path_of(const char *name)
{
	return g_build_filename(folder, name, NULL);
}

static struct canvas *open_page(const char *path, double dpi)
{
	static const struct canvas_about about = { "A <title> & \x02more", "What it shows", "epistograph 9" };
	struct error err = { "" };
	enum canvas_format format = (enum canvas_format)canvas_format_from_path(path);
	struct canvas *canvas = canvas_open(path, format, &(struct canvas_page){ 144, 72, dpi, NULL, NULL },
	                                    &about, &err);

	assert_string_equal(err.message, "");
	assert_non_null(canvas);
	return canvas;
}

static void close_page(struct canvas *canvas)
{
	struct error err = { "" };

	assert_int_equal(canvas_close(canvas, &err), 0);
	assert_string_equal(err.message, "");
}

/* ---- opening ---- */

static void the_ending_decides_the_format(void **state)
{
	(void)state;
	assert_int_equal(canvas_format_from_path("a/b.png"), CANVAS_PNG);
	assert_int_equal(canvas_format_from_path("b.SVG"), CANVAS_SVG);
	assert_int_equal(canvas_format_from_path("b.pdf"), CANVAS_PDF);
	assert_int_equal(canvas_format_from_path("b.jpeg"), -1);
	assert_int_equal(canvas_format_from_path(".png"), -1);
	assert_int_equal(canvas_format_from_path(""), -1);
}

static void expect_refusal(enum canvas_format format, double width, double height, double dpi,
                           const char *words)
{
	struct error err = { "" };
	char *path = path_of("refused");

	assert_null(canvas_open(path, format, &(struct canvas_page){ width, height, dpi, NULL, NULL }, NULL,
	                        &err));
	assert_non_null(strstr(err.message, words));
	assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	g_free(path);
}

static void a_page_too_large_is_refused_in_words(void **state)
{
	(void)state;
	/* 7,200 pt = 100 inches, at 330 dpi 33,000 pixels. */
	expect_refusal(CANVAS_PNG, 7200, 72, 330, "33000 x 330 pixels, more than 32767");
	expect_refusal(CANVAS_PDF, 14500, 72, 72, "14500 x 72 pt, more than the 14400");
	expect_refusal(CANVAS_PNG, 72, 72, 0, "resolution");
	expect_refusal(CANVAS_PNG, 72, 72, NAN, "resolution");
	expect_refusal(CANVAS_SVG, 0, 72, 72, "above zero");
	expect_refusal(CANVAS_SVG, INFINITY, 72, 72, "above zero");
}

static void a_folder_that_is_not_there_is_told(void **state)
{
	struct error err = { "" };
	char *path = path_of("missing/a.svg");

	(void)state;
	assert_null(canvas_open(path, CANVAS_SVG, &(struct canvas_page){ 72, 72, 72, NULL, NULL }, NULL, &err));
	assert_non_null(strstr(err.message, "missing/a.svg"));
	g_free(path);
}

static int files_in_folder(void)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	int count = 0;

	while (g_dir_read_name(dir))
		count++;
	g_dir_close(dir);
	return count;
}

static void nothing_is_at_the_path_before_the_page_is_closed(void **state)
{
	static const char *const names[] = { "late.png", "late.svg", "late.pdf" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		char *path = path_of(names[i]);
		int before = files_in_folder();
		struct canvas *canvas = open_page(path, 72);

		canvas_rectangle(canvas, 10, 10, 10, 10, &black);
		assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
		canvas_discard(canvas);
		assert_int_equal(files_in_folder(), before);
		close_page(open_page(path, 72));
		assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
		assert_int_equal(files_in_folder(), before + 1);
		g_free(path);
	}
	canvas_discard(NULL);
}

static void a_full_disk_is_told_at_close(void **state)
{
	static const enum canvas_format formats[] = { CANVAS_PNG, CANVAS_SVG, CANVAS_PDF };

	(void)state;
	if (!g_file_test("/dev/full", G_FILE_TEST_EXISTS))
		skip();
	for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
		struct error err = { "" };
		struct canvas *canvas = canvas_open("/dev/full", formats[i],
		                                    &(struct canvas_page){ 600, 600, 300, NULL, NULL },
		                                    NULL, &err);

		assert_non_null(canvas);
		/* More than a stream's buffer, so that it fails while drawing, too. */
		for (int k = 0; k < 3000; k++)
			canvas_text(canvas, k % 500, (double)k / 5, "words and words", &plain, ALIGN_LEFT);
		assert_int_equal(canvas_close(canvas, &err), -1);
		assert_non_null(strstr(err.message, "No space left"));
	}
}

/* ---- SVG ---- */

static struct svg *draw_svg(void (*draw)(struct canvas *canvas))
{
	char *path = path_of("drawn.svg");
	struct canvas *canvas = open_page(path, 72);

	draw(canvas);
	close_page(canvas);
	struct svg *svg = svg_read(path);
	assert_non_null(svg);
	g_free(path);
	return svg;
}

static void draw_marks(struct canvas *canvas)
{
	canvas_begin(canvas, "node-7", "Ana <ana@example.org> & \"co\"\x1b[31m");
	canvas_circle(canvas, 20, 30, 4.125, &black);
	canvas_text(canvas, 20, 40, "Zo\xc3\xab <&\"'> \x07\xff", &plain, ALIGN_CENTER);
	canvas_end(canvas);
	canvas_begin(canvas, "node-7", NULL);
	canvas_begin(canvas, "7 <x>", "inner");
	canvas_end(canvas);
	canvas_end(canvas);
	canvas_end(canvas);     /* one too many does no harm */
	canvas_begin(canvas, NULL, NULL);       /* closed by canvas_close() */
}

static void texts_are_text_and_marks_have_ids_and_titles(void **state)
{
	struct svg *svg = draw_svg(draw_marks);

	(void)state;
	assert_string_equal(svg_nth(svg, "title", 0)->text->str, "A <title> & more");
	assert_string_equal(svg_nth(svg, "desc", 0)->text->str, "What it shows");
	assert_string_equal(svg_attribute(svg_nth(svg, "svg", 0), "viewBox"), "0 0 144 72");
	assert_string_equal(svg_attribute(svg_nth(svg, "svg", 0), "width"), "144pt");
	assert_string_equal(svg_mark_title(svg, "node-7"), "Ana <ana@example.org> & \"co\"[31m");
	assert_string_equal(svg_nth(svg, "text", 0)->text->str, "Zo\xc3\xab <&\"'> \xef\xbf\xbd");
	assert_string_equal(svg_attribute(svg_nth(svg, "text", 0), "text-anchor"), "middle");
	assert_string_equal(svg_nth(svg, "circle", 0)->mark, "node-7");
	assert_int_equal(svg_count(svg, "g"), 4);
	assert_true(svg_ids_are_unique(svg));
	/* What is no name in XML is made one. */
	assert_string_equal(svg_attribute(svg_nth(svg, "g", 2), "id"), "m7__x_");
	svg_free(svg);
}

static void draw_numbers(struct canvas *canvas)
{
	const struct point points[] = { { 0.5, -0.25 }, { 1234.5678, 1e-9 }, { -0.004, 7 } };

	canvas_polygon(canvas, points, 3, true, &black);
	canvas_curve(canvas, points, 3, false,
	             &(struct paint){ .stroke = { 1, 0.5, 0, 0.25 }, .stroke_width = 1.5, .dash = 2 });
}

static void numbers_are_short_and_have_a_point(void **state)
{
	struct svg *svg = draw_svg(draw_numbers);
	const struct svg_element *curve = svg_nth(svg, "path", 1);

	(void)state;
	assert_string_equal(svg_attribute(svg_nth(svg, "path", 0), "d"), "M0.5 -0.25L1234.57 0L0 7Z");
	assert_string_equal(svg_attribute(curve, "d"), "M0.5 -0.25Q1234.57 0 0 7");
	assert_string_equal(svg_attribute(curve, "fill"), "none");
	assert_string_equal(svg_attribute(curve, "stroke"), "#ff8000");
	assert_string_equal(svg_attribute(curve, "stroke-opacity"), "0.25");
	assert_string_equal(svg_attribute(curve, "stroke-dasharray"), "2");
	svg_free(svg);
}

static void draw_nonsense(struct canvas *canvas)
{
	const struct point bad[] = { { 0, NAN }, { 1, 1 }, { 2, 2 } };

	canvas_circle(canvas, NAN, 1, 1, &black);
	canvas_circle(canvas, 1, 1, -1, &black);
	canvas_rectangle(canvas, 1, INFINITY, 1, 1, &black);
	canvas_rectangle(canvas, 1, 1, -5, 1, &black);
	canvas_polygon(canvas, bad, 3, true, &black);
	canvas_polygon(canvas, bad + 1, 1, true, &black);
	canvas_curve(canvas, bad, 3, false, &black);
	canvas_curve(canvas, bad + 1, 2, false, &black);
	canvas_hatch(canvas, 0, 0, 10, 10, 0, &black);
	canvas_text(canvas, 1, NAN, "x", &plain, ALIGN_LEFT);
	canvas_text(canvas, 1, 1, " \n ", &plain, ALIGN_LEFT);
	canvas_text(canvas, 1, 1, NULL, &plain, ALIGN_LEFT);
}

static void what_is_not_a_number_is_not_drawn(void **state)
{
	struct svg *svg = draw_svg(draw_nonsense);

	(void)state;
	/* svg, title, desc, metadata. */
	assert_int_equal(svg->elements->len, 4);
	svg_free(svg);
}

static void draw_scripts(struct canvas *canvas)
{
	struct font halo = plain;

	halo.halo = (struct color){ 1, 1, 1, 1 };
	halo.halo_width = 1.5;
	canvas_text(canvas, 70, 10, "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", &plain, ALIGN_LEFT);
	canvas_text(canvas, 70, 20, "Ivo \xd7\xa9\xd7\x9c", &plain, ALIGN_RIGHT);
	canvas_text(canvas, 70, 30, "a\xe2\x80\xae" "b   c\xe2\x80\xa8" "d", &halo, ALIGN_LEFT);
}

static void direction_is_said_and_cannot_be_overridden_by_a_name(void **state)
{
	struct svg *svg = draw_svg(draw_scripts);
	const struct svg_element *hebrew = svg_nth(svg, "text", 0), *latin = svg_nth(svg, "text", 1);
	const struct svg_element *haloed = svg_nth(svg, "text", 2);

	(void)state;
	/* Its left end at x is the end of a line that runs to the left. */
	assert_string_equal(svg_attribute(hebrew, "direction"), "rtl");
	assert_string_equal(svg_attribute(hebrew, "text-anchor"), "end");
	assert_null(svg_attribute(latin, "direction"));
	assert_string_equal(svg_attribute(latin, "text-anchor"), "end");
	assert_string_equal(haloed->text->str, "ab c d");
	assert_string_equal(svg_attribute(haloed, "paint-order"), "stroke");
	assert_string_equal(svg_attribute(haloed, "stroke-width"), "3");
	svg_free(svg);
}

static void draw_turned(struct canvas *canvas)
{
	canvas_text_turned(canvas, 40, 60, "Ann", &plain, ALIGN_LEFT, -90);
	canvas_text_turned(canvas, 1, 1, "Bo", &plain, ALIGN_LEFT, NAN);
	canvas_text(canvas, 70, 60, "Cy", &plain, ALIGN_LEFT);
}

static void a_text_can_be_turned_about_its_place(void **state)
{
	struct svg *svg = draw_svg(draw_turned);

	(void)state;
	assert_int_equal(svg_count(svg, "text"), 2);
	assert_string_equal(svg_attribute(svg_nth(svg, "text", 0), "transform"), "rotate(-90 40 60)");
	assert_null(svg_attribute(svg_nth(svg, "text", 1), "transform"));
	svg_free(svg);
}

static void draw_hatch(struct canvas *canvas)
{
	canvas_hatch(canvas, 10, 20, 30, 15, 2,
	             &(struct paint){ .stroke = { 0, 0, 0, 1 }, .stroke_width = 0.5 });
}

static void hatches_are_lines_inside_their_rectangle(void **state)
{
	struct svg *svg = draw_svg(draw_hatch);
	int lines = svg_count(svg, "path");

	(void)state;
	/* Diagonals 2 pt apart cross x + y = const every 2 sqrt 2: from 30 to 75 there
	 * are floor(75 / 2.828) - ceil(30 / 2.828) + 1 = 26 - 11 + 1. */
	assert_int_equal(lines, 16);
	for (int i = 0; i < lines; i++) {
		double x[2], y[2];
		assert_int_equal(sscanf(svg_attribute(svg_nth(svg, "path", i), "d"), "M%lf %lfL%lf %lf",
		                        &x[0], &y[0], &x[1], &y[1]), 4);
		for (int k = 0; k < 2; k++) {
			assert_true(x[k] >= 10 && x[k] <= 40);
			assert_true(y[k] >= 20 && y[k] <= 35);
		}
		assert_true(fabs((x[0] + y[0]) - (x[1] + y[1])) < 0.03);
	}
	svg_free(svg);
}

/* ---- PNG and PDF ---- */

static void draw_everything(struct canvas *canvas)
{
	draw_marks(canvas);
	draw_numbers(canvas);
	draw_hatch(canvas);
	draw_scripts(canvas);
	draw_nonsense(canvas);
}

static char *file_bytes(const char *name, gsize *size, double dpi)
{
	char *path = path_of(name), *bytes = NULL;
	struct canvas *canvas = open_page(path, dpi);

	draw_everything(canvas);
	close_page(canvas);
	assert_true(g_file_get_contents(path, &bytes, size, NULL));
	g_free(path);
	return bytes;
}

static void the_same_drawing_gives_the_same_bytes(void **state)
{
	static const char *const names[] = { "twice.png", "twice.svg", "twice.pdf" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		gsize first_size, second_size;
		char *first = file_bytes(names[i], &first_size, 150);
		char *second = file_bytes(names[i], &second_size, 150);

		assert_int_equal(first_size, second_size);
		assert_memory_equal(first, second, first_size);
		g_free(first);
		g_free(second);
	}
}

static uint32_t big_endian(const char *bytes)
{
	const unsigned char *b = (const unsigned char *)bytes;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The chunk's data, its size in *size; NULL if there is none (PNG 1.2, 3.2). */
static const char *find_chunk(const char *png, gsize png_size, const char *type, uint32_t *size)
{
	for (gsize at = 8; at + 12 <= png_size; at += 12 + (gsize)big_endian(png + at)) {
		*size = big_endian(png + at);
		if (memcmp(png + at + 4, type, 4) == 0)
			return png + at + 8;
	}
	return NULL;
}

static void a_png_has_its_resolution_and_its_title(void **state)
{
	gsize size;
	uint32_t length = 0;
	char *png = file_bytes("chunks.png", &size, 150);
	const char *chunk = find_chunk(png, size, "IHDR", &length);

	(void)state;
	/* 144 x 72 pt = 2 x 1 inch. */
	assert_int_equal(big_endian(chunk), 300);
	assert_int_equal(big_endian(chunk + 4), 150);
	chunk = find_chunk(png, size, "pHYs", &length);
	assert_int_equal(big_endian(chunk), 5906);      /* 150 / 0.0254 = 5905.5 */
	assert_int_equal(chunk[8], 1);                  /* per metre */
	chunk = find_chunk(png, size, "tEXt", &length);
	assert_memory_equal(chunk, "Title\0A <title> & more", 22);
	assert_int_equal(length, 22);
	assert_null(find_chunk(png, size, "tIME", &length));
	g_free(png);
}

static void a_title_beyond_ascii_is_kept_as_utf8_in_a_png(void **state)
{
	const struct canvas_about about = { "Zo\xc3\xab", NULL, NULL };
	struct error err = { "" };
	char *path = path_of("itxt.png"), *png;
	gsize size;
	uint32_t length;

	(void)state;
	close_page(canvas_open(path, CANVAS_PNG, &(struct canvas_page){ 10, 10, 72, NULL, NULL }, &about, &err));
	assert_true(g_file_get_contents(path, &png, &size, NULL));
	/* Keyword, 0, not compressed, method 0, no language, no translation, text. */
	assert_memory_equal(find_chunk(png, size, "iTXt", &length), "Title\0\0\0\0\0Zo\xc3\xab", 14);
	assert_null(find_chunk(png, size, "tEXt", &length));
	g_free(png);
	g_free(path);
}

static void a_pdf_is_not_dated_by_the_clock(void **state)
{
	gsize size;
	char *pdf = file_bytes("dated.pdf", &size, 72);
	GString *bytes = g_string_new_len(pdf, (gssize)size);

	(void)state;
	for (gsize i = 0; i < bytes->len; i++)
		if (bytes->str[i] == '\0')
			bytes->str[i] = ' ';
	assert_null(strstr(bytes->str, "/CreationDate"));
	assert_null(strstr(bytes->str, "/ModDate"));
	assert_non_null(strstr(bytes->str, "/FontFile"));
	g_string_free(bytes, TRUE);
	g_free(pdf);
}

/* ---- measuring ---- */

static void text_is_measured_in_points_that_add_up(void **state)
{
	struct font twice = plain;
	double one = text_measure("M", &plain).width;

	(void)state;
	twice.size = 20;
	assert_true(one > 5 && one < 12);       /* an M is about as wide as its type's size */
	assert_true(fabs(text_measure("MMMMMMMMMM", &plain).width - 10 * one) < 0.05);
	assert_true(fabs(text_measure("M", &twice).width - 2 * one) < 0.02);
	assert_true(fabs(text_measure("M", &plain).width - one) < 1e-9);
	assert_true(text_measure("", &plain).width == 0);
	assert_true(text_measure(NULL, &plain).width == 0);
	/* A capital is 0.7 of its size high, a g hangs below the line. */
	assert_true(fabs(text_measure("M", &plain).ascent - 7.2) < 0.3);
	assert_true(text_measure("g", &plain).descent >= 2 && text_measure("g", &plain).descent < 3.5);
}

static void a_text_of_a_megabyte_is_measured_in_no_time(void **state)
{
	char *large = g_strnfill(1 << 20, 'm');

	(void)state;
	/* Cut after 1,000 characters and an ellipsis. */
	double width = text_measure(large, &plain).width;
	assert_true(width < 1002 * text_measure("m", &plain).width + 10);
	assert_true(width > 999 * text_measure("m", &plain).width);
	g_free(large);
}

static void a_glyph_that_no_font_has_is_counted_once(void **state)
{
	int before = text_missing_glyphs();

	(void)state;
	text_measure("plain", &plain);
	assert_int_equal(text_missing_glyphs(), before);
	/* Two characters of the last private plane, in no font. */
	text_measure("a\xf4\x8f\xbf\xb0\xf4\x8f\xbf\xb1", &plain);
	assert_int_equal(text_missing_glyphs(), before + 2);
	text_measure("a\xf4\x8f\xbf\xb0\xf4\x8f\xbf\xb1", &plain);
	assert_int_equal(text_missing_glyphs(), before + 2);
}

static int remove_folder(void **state)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	(void)state;
	while ((name = g_dir_read_name(dir))) {
		char *path = path_of(name);
		g_unlink(path);
		g_free(path);
	}
	g_dir_close(dir);
	g_rmdir(folder);
	g_free(folder);
	return 0;
}

static int make_folder(void **state)
{
	(void)state;
	folder = g_dir_make_tmp("test_canvas_XXXXXX", NULL);
	return folder ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ending_decides_the_format),
		cmocka_unit_test(a_page_too_large_is_refused_in_words),
		cmocka_unit_test(a_folder_that_is_not_there_is_told),
		cmocka_unit_test(nothing_is_at_the_path_before_the_page_is_closed),
		cmocka_unit_test(a_full_disk_is_told_at_close),
		cmocka_unit_test(texts_are_text_and_marks_have_ids_and_titles),
		cmocka_unit_test(numbers_are_short_and_have_a_point),
		cmocka_unit_test(what_is_not_a_number_is_not_drawn),
		cmocka_unit_test(direction_is_said_and_cannot_be_overridden_by_a_name),
		cmocka_unit_test(a_text_can_be_turned_about_its_place),
		cmocka_unit_test(hatches_are_lines_inside_their_rectangle),
		cmocka_unit_test(the_same_drawing_gives_the_same_bytes),
		cmocka_unit_test(a_png_has_its_resolution_and_its_title),
		cmocka_unit_test(a_title_beyond_ascii_is_kept_as_utf8_in_a_png),
		cmocka_unit_test(a_pdf_is_not_dated_by_the_clock),
		cmocka_unit_test(text_is_measured_in_points_that_add_up),
		cmocka_unit_test(a_text_of_a_megabyte_is_measured_in_no_time),
		cmocka_unit_test(a_glyph_that_no_font_has_is_counted_once),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
