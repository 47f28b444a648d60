/* SVG written by hand: cairo's never holds text, ids or titles. Only plain
 * features, so that librsvg, browsers and Inkscape show the same. */
#include "canvas_internal.h"

#include "text_shape.h"

#include "epistograph/style.h"

#include <glib.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* value with at most `decimals` decimals, without trailing zeros, whatever the
 * locale. decimals <= 3. */
static void put_number(FILE *out, double value, int decimals)
{
	static const long long powers[] = { 1, 10, 100, 1000 };
	long long scaled = llround(CLAMP(value, -1e12, 1e12) * (double)powers[decimals]);
	lldiv_t parts = lldiv(llabs(scaled), powers[decimals]);

	while (decimals > 0 && parts.rem % 10 == 0) {
		parts.rem /= 10;
		decimals--;
	}
	fprintf(out, decimals > 0 ? "%s%lld." : "%s%lld", scaled < 0 ? "-" : "", parts.quot);
	if (decimals > 0)
		fprintf(out, "%0*lld", decimals, parts.rem);
}

/* Hundredths of a point are 3.5 micrometres. */
static void put_attribute(FILE *out, const char *name, double value)
{
	fprintf(out, " %s=\"", name);
	put_number(out, value, 2);
	putc('"', out);
}

static void put_escaped(FILE *out, const char *clean)
{
	char *escaped = g_markup_escape_text(clean, -1);

	fputs(escaped, out);
	g_free(escaped);
}

static void put_element(FILE *out, const char *name, const char *id, const char *clean)
{
	fprintf(out, "<%s id=\"%s\">", name, id);
	put_escaped(out, clean);
	fprintf(out, "</%s>\n", name);
}

static int byte_of(double part)
{
	return (int)lround(CLAMP(part, 0, 1) * 255);
}

static void put_color(FILE *out, const char *name, struct color color)
{
	fprintf(out, " %s=\"#%02x%02x%02x\"", name, byte_of(color.r), byte_of(color.g),
	        byte_of(color.b));
	if (color.a < 0.9995) {
		fprintf(out, " %s-opacity=\"", name);
		put_number(out, color.a, 3);
		putc('"', out);
	}
}

static void put_paint(FILE *out, const struct paint *paint, bool is_line)
{
	if (paint->fill.a > 0)
		put_color(out, "fill", paint->fill);
	else
		fputs(" fill=\"none\"", out);
	if (!(paint->stroke.a > 0 && paint->stroke_width > 0))
		return;
	put_color(out, "stroke", paint->stroke);
	put_attribute(out, "stroke-width", paint->stroke_width);
	if (paint->dash > 0)
		put_attribute(out, "stroke-dasharray", paint->dash);
	if (is_line)
		fputs(" stroke-linejoin=\"round\"", out);
}

static void put_point(FILE *out, struct point point)
{
	put_number(out, point.x, 2);
	putc(' ', out);
	put_number(out, point.y, 2);
}

static void svg_begin(struct canvas *canvas, const char *id, const char *title)
{
	int class_length = 0;

	while (g_ascii_isalpha(id[class_length]))
		class_length++;
	fprintf(canvas->stream, "<g id=\"%s\" class=\"%.*s\">", id, class_length, id);
	if (title) {
		fputs("<title>", canvas->stream);
		put_escaped(canvas->stream, title);
		fputs("</title>", canvas->stream);
	}
	putc('\n', canvas->stream);
}

static void svg_end(struct canvas *canvas)
{
	fputs("</g>\n", canvas->stream);
}

static void svg_circle(struct canvas *canvas, double x, double y, double radius,
                       const struct paint *paint)
{
	fputs("<circle", canvas->stream);
	put_attribute(canvas->stream, "cx", x);
	put_attribute(canvas->stream, "cy", y);
	put_attribute(canvas->stream, "r", radius);
	put_paint(canvas->stream, paint, false);
	fputs("/>\n", canvas->stream);
}

static void svg_rectangle(struct canvas *canvas, double x, double y, double width, double height,
                          const struct paint *paint)
{
	fputs("<rect", canvas->stream);
	put_attribute(canvas->stream, "x", x);
	put_attribute(canvas->stream, "y", y);
	put_attribute(canvas->stream, "width", width);
	put_attribute(canvas->stream, "height", height);
	put_paint(canvas->stream, paint, false);
	fputs("/>\n", canvas->stream);
}

static void svg_polygon(struct canvas *canvas, const struct point *points, size_t count,
                        bool closed, const struct paint *paint)
{
	fputs("<path d=\"M", canvas->stream);
	put_point(canvas->stream, points[0]);
	for (size_t i = 1; i < count; i++) {
		putc('L', canvas->stream);
		put_point(canvas->stream, points[i]);
	}
	fputs(closed ? "Z\"" : "\"", canvas->stream);
	put_paint(canvas->stream, paint, true);
	fputs("/>\n", canvas->stream);
}

static void svg_curve(struct canvas *canvas, const struct point *points, size_t count,
                      bool closed, const struct paint *paint)
{
	fputs("<path d=\"M", canvas->stream);
	put_point(canvas->stream, points[0]);
	for (size_t i = 1; i < count; i += 2) {
		putc('Q', canvas->stream);
		put_point(canvas->stream, points[i]);
		putc(' ', canvas->stream);
		put_point(canvas->stream, points[i + 1]);
	}
	fputs(closed ? "Z\"" : "\"", canvas->stream);
	put_paint(canvas->stream, paint, true);
	fputs("/>\n", canvas->stream);
}

/* "Noto Sans,Arial,sans-serif" with quotes where CSS wants them. */
static void put_families(FILE *out, const char *names)
{
	char **families = g_strsplit(names ? names : TEXT_FAMILIES, ",", -1);

	fputs(" font-family=\"", out);
	for (char **family = families; *family; family++) {
		const char *quote = strchr(*family, ' ') ? "'" : "";
		fprintf(out, "%s%s", family == families ? "" : ", ", quote);
		put_escaped(out, *family);
		fputs(quote, out);
	}
	putc('"', out);
	g_strfreev(families);
}

/* text-anchor speaks of the start of the line, which is at the right in a text
 * that runs from right to left. */
static const char *anchor_of(enum align align, bool rtl)
{
	if (align == ALIGN_CENTER)
		return "middle";
	return (align == ALIGN_LEFT) != rtl ? NULL : "end";
}

static void put_turn(FILE *out, double degrees, struct point about)
{
	fputs(" transform=\"rotate(", out);
	put_number(out, degrees, 2);
	putc(' ', out);
	put_point(out, about);
	fputs(")\"", out);
}

static void svg_text(struct canvas *canvas, double x, double y, const char *clean,
                     const struct font *font, enum align align, double degrees)
{
	FILE *out = canvas->stream;
	bool rtl = text_is_rtl(clean);
	const char *anchor = anchor_of(align, rtl);

	fputs("<text", out);
	put_attribute(out, "x", x);
	put_attribute(out, "y", y);
	if (degrees != 0)
		put_turn(out, degrees, (struct point){ x, y });
	put_attribute(out, "font-size", font->size);
	if (font->bold)
		fputs(" font-weight=\"bold\"", out);
	if (font->italic)
		fputs(" font-style=\"italic\"", out);
	if (g_strcmp0(font->families, canvas->style->families))
		put_families(out, font->families);
	if (anchor)
		fprintf(out, " text-anchor=\"%s\"", anchor);
	if (rtl)
		fputs(" direction=\"rtl\" unicode-bidi=\"embed\"", out);
	put_color(out, "fill", font->color);
	if (font->halo.a > 0 && font->halo_width > 0) {
		put_color(out, "stroke", font->halo);
		put_attribute(out, "stroke-width", 2 * font->halo_width);
		fputs(" stroke-linejoin=\"round\" paint-order=\"stroke\"", out);
	}
	putc('>', out);
	put_escaped(out, clean);
	fputs("</text>\n", out);
}

/* Write errors are sticky in a FILE and seen by outfile_commit(). */
static int svg_finish(struct canvas *canvas, struct error *err)
{
	(void)err;
	fputs("</svg>\n", canvas->stream);
	return 0;
}

static void svg_free(struct canvas *canvas)
{
	g_free(canvas);
}

static const struct canvas_backend svg_backend = {
	.begin = svg_begin, .end = svg_end, .circle = svg_circle, .rectangle = svg_rectangle,
	.polygon = svg_polygon, .curve = svg_curve, .text = svg_text,
	.finish = svg_finish, .free = svg_free,
};

struct canvas *canvas_svg_new(void)
{
	struct canvas *canvas = g_new0(struct canvas, 1);

	canvas->backend = &svg_backend;
	return canvas;
}

void canvas_svg_start(struct canvas *canvas)
{
	FILE *out = canvas->stream;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" role=\"img\" "
	      "aria-labelledby=\"figure-title\" aria-describedby=\"figure-words\" width=\"", out);
	put_number(out, canvas->width * canvas->zoom, 3);
	fputs("pt\" height=\"", out);
	put_number(out, canvas->height * canvas->zoom, 3);
	fputs("pt\" viewBox=\"0 0 ", out);
	put_number(out, canvas->width, 3);
	putc(' ', out);
	put_number(out, canvas->height, 3);
	putc('"', out);
	put_families(out, canvas->style->families);
	fputs(">\n", out);
	if (*canvas->title)
		put_element(out, "title", "figure-title", canvas->title);
	if (*canvas->description)
		put_element(out, "desc", "figure-words", canvas->description);
	if (*canvas->software)
		put_element(out, "metadata", "figure-software", canvas->software);
}
