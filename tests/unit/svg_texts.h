/* svg_texts.h - where the texts of an SVG lie, for tests that all of them can be read */
#ifndef SVG_TEXTS_H
#define SVG_TEXTS_H

#include "svg_reader.h"

#include "epistograph/style.h"

#include <math.h>

/* The box of a text, level or standing upright. */
static struct box svg_text_box(const struct svg_element *text)
{
	const char *anchor = svg_attribute(text, "text-anchor");
	bool rtl = svg_attribute(text, "direction") != NULL;
	struct font font = { .size = svg_number(text, "font-size", 0),
	                     .bold = svg_attribute(text, "font-weight") != NULL,
	                     .italic = svg_attribute(text, "font-style") != NULL };
	struct text_extent extent = text_measure(text->text->str, &font);
	double x = svg_number(text, "x", 0), y = svg_number(text, "y", 0);
	bool at_end = anchor && strcmp(anchor, "end") == 0;
	double start = anchor && strcmp(anchor, "middle") == 0 ? -extent.width / 2
	             : at_end != rtl ? -extent.width : 0;

	if (svg_attribute(text, "transform"))   /* by -90 degrees about (x, y) */
		return (struct box){ x - extent.ascent, y - start - extent.width,
		                     extent.ascent + extent.descent, extent.width };
	return (struct box){ x + start, y - extent.ascent, extent.width,
	                     extent.ascent + extent.descent };
}

static double svg_overlap(double a, double a_length, double b, double b_length)
{
	return fmin(a + a_length, b + b_length) - fmax(a, b);
}

/* What is wrong with the texts, or NULL: below 6 pt, off the page, or on each other by
 * more than half a point. g_free(). */
G_GNUC_UNUSED static char *svg_texts_trouble(const struct svg *svg)
{
	const struct svg_element *page = svg_nth(svg, "svg", 0);
	double width = svg_number(page, "width", 0), height = svg_number(page, "height", 0);
	int count = svg_count(svg, "text");
	struct box *boxes = g_new(struct box, MAX(count, 1));
	char *trouble = NULL;

	for (int i = 0; i < count && !trouble; i++) {
		const struct svg_element *text = svg_nth(svg, "text", i);
		const struct box *box = &boxes[i];

		boxes[i] = svg_text_box(text);
		if (svg_number(text, "font-size", 0) < 5.999)
			trouble = g_strdup_printf("'%s' is below 6 pt", text->text->str);
		else if (box->x < 0 || box->y < 0 || box->x + box->width > width ||
		         box->y + box->height > height)
			trouble = g_strdup_printf("'%s' leaves the page", text->text->str);
		for (int j = 0; j < i && !trouble; j++)
			if (svg_overlap(box->x, box->width, boxes[j].x, boxes[j].width) > 0.5 &&
			    svg_overlap(box->y, box->height, boxes[j].y, boxes[j].height) > 0.5)
				trouble = g_strdup_printf("'%s' lies on '%s'", text->text->str,
				                          svg_nth(svg, "text", j)->text->str);
	}
	g_free(boxes);
	return trouble;
}

#endif
