/* svg_checks.h - what holds of every figure: texts apart, large enough, on the page */
#ifndef SVG_CHECKS_H
#define SVG_CHECKS_H

#include "svg_reader.h"

#include "epistograph/canvas.h"
#include "epistograph/error.h"

#include <glib.h>
#include <glib/gstdio.h>

/* What a painter draws on such a page, read back; NULL with *err if there is no room. */
G_GNUC_UNUSED static struct svg *svg_painted(int (*paint)(struct canvas *, double, double,
                                                          const void *, struct error *),
                                             const void *chart, double width, double height,
                                             struct error *err)
{
	char *path = NULL;
	int fd = g_file_open_tmp("test_chart_XXXXXX.svg", &path, NULL);
	const struct canvas_page page = { .width = width, .height = height, .dpi = 72 };
	struct svg *svg = NULL;

	assert_true(fd >= 0);
	g_close(fd, NULL);
	struct canvas *canvas = canvas_open(path, CANVAS_SVG, &page, NULL, err);
	if (paint(canvas, width, height, chart, err) < 0) {
		canvas_discard(canvas);
	} else {
		assert_int_equal(canvas_close(canvas, err), 0);
		svg = svg_read(path);
		assert_non_null(svg);
	}
	g_unlink(path);
	g_free(path);
	return svg;
}

/* Where a text lies, by what was measured: in a line that runs to the left the end
 * is on the left. */
G_GNUC_UNUSED static struct box text_box(const struct svg_element *text)
{
	const char *anchor = svg_attribute(text, "text-anchor");
	bool rtl = svg_attribute(text, "direction") != NULL;
	struct font font = { .size = svg_number(text, "font-size", 0),
	                     .bold = svg_attribute(text, "font-weight") != NULL };
	double width = text_measure(text->text->str, &font).width;
	double x = svg_number(text, "x", -1), y = svg_number(text, "y", -1);
	double start = 0;

	if (anchor && strcmp(anchor, "middle") == 0)
		start = -width / 2;
	else if ((anchor != NULL) != rtl)
		start = -width;
	if (svg_attribute(text, "transform"))   /* by -90 degrees about (x, y) */
		return (struct box){ x - 0.7 * font.size, y - start - width, 0.75 * font.size, width };
	return (struct box){ x + start, y - 0.7 * font.size, width, 0.75 * font.size };
}

G_GNUC_UNUSED static void check_on_page(const struct svg *svg, double width, double height)
{
	for (int i = 0; svg_nth(svg, "rect", i); i++) {
		const struct svg_element *rect = svg_nth(svg, "rect", i);
		double x = svg_number(rect, "x", -1), y = svg_number(rect, "y", -1);

		assert_true(x >= 0 && x + svg_number(rect, "width", 0) <= width + 0.02);
		assert_true(y >= 0 && y + svg_number(rect, "height", 0) <= height + 0.02);
	}
	for (int i = 0; svg_nth(svg, "text", i); i++) {
		struct box box = text_box(svg_nth(svg, "text", i));

		assert_true(svg_number(svg_nth(svg, "text", i), "font-size", 0) >= 6);
		assert_true(box.x >= 0 && box.x + box.width <= width);
		assert_true(box.y >= 0 && box.y + box.height <= height - 1);
	}
}

/* No two texts lie on each other, by their measured boxes. */
G_GNUC_UNUSED static void check_texts_apart(const struct svg *svg)
{
	int count = svg_count(svg, "text");
	struct box *boxes = g_new(struct box, (gsize)count);

	for (int i = 0; i < count; i++) {
		boxes[i] = text_box(svg_nth(svg, "text", i));
		for (int j = 0; j < i; j++)
			if (boxes[i].x < boxes[j].x + boxes[j].width &&
			    boxes[j].x < boxes[i].x + boxes[i].width &&
			    boxes[i].y < boxes[j].y + boxes[j].height &&
			    boxes[j].y < boxes[i].y + boxes[i].height)
				fail_msg("'%s' lies on '%s'", svg_nth(svg, "text", i)->text->str,
				         svg_nth(svg, "text", j)->text->str);
	}
	g_free(boxes);
}

/* All that is above, and no id twice; frees svg. */
G_GNUC_UNUSED static void check_readable(struct svg *svg, double width, double height)
{
	check_on_page(svg, width, height);
	check_texts_apart(svg);
	assert_true(svg_ids_are_unique(svg));
	svg_free(svg);
}

/* Without blanks and marks of direction, which differ where lines are broken. */
G_GNUC_UNUSED static void append_letters(GString *out, const char *text)
{
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (!g_unichar_isspace(c) && c != 0x200E)
			g_string_append_unichar(out, c);
	}
}

/* Does a text stand in the figure with all its letters, in whatever lines? */
G_GNUC_UNUSED static bool has_whole_text(const struct svg *svg, const char *text)
{
	GString *all = g_string_new(NULL), *wanted = g_string_new(NULL);

	for (int i = 0; svg_nth(svg, "text", i); i++)
		append_letters(all, svg_nth(svg, "text", i)->text->str);
	append_letters(wanted, text);
	bool found = strstr(all->str, wanted->str) != NULL;
	g_string_free(all, TRUE);
	g_string_free(wanted, TRUE);
	return found;
}

/* The nth element of that kind in a mark; NULL if it has less. */
G_GNUC_UNUSED static const struct svg_element *in_mark(const struct svg *svg, const char *kind,
                                                       const char *id, int n)
{
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (!strcmp(element->name, kind) && element->mark && !strcmp(element->mark, id) && n-- == 0)
			return element;
	}
	return NULL;
}

#endif
