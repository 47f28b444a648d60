#include "canvas_internal.h"

#include "text_shape.h"

#include "epistograph/outfile.h"
#include "epistograph/style.h"

#include <glib.h>

#include <math.h>
#include <string.h>

int canvas_format_from_path(const char *path)
{
	static const char *const endings[] = {
		[CANVAS_PNG] = ".png", [CANVAS_SVG] = ".svg", [CANVAS_PDF] = ".pdf",
	};
	size_t length = strlen(path);

	for (int i = 0; i < (int)G_N_ELEMENTS(endings); i++)
		if (length > 4 && g_ascii_strcasecmp(path + length - 4, endings[i]) == 0)
			return i;
	return -1;
}

/* Of the figure as a whole: no mark may have them. */
static const char *const reserved_ids[] = { "figure-title", "figure-words", "figure-software" };

static void set_about(struct canvas *canvas, const struct canvas_about *about)
{
	canvas->title = text_shape_clean(about ? about->title : NULL, TEXT_TITLE_MAX);
	canvas->description = text_shape_clean(about ? about->description : NULL, TEXT_WORDS_MAX);
	canvas->software = text_shape_clean(about ? about->software : NULL, TEXT_TITLE_MAX);
}

struct canvas *canvas_open(const char *path, enum canvas_format format,
                           const struct canvas_page *page, const struct canvas_about *about,
                           struct error *err)
{
	const struct style *style = page->style ? page->style : style_default();
	double width = page->width * style->zoom, height = page->height * style->zoom;

	if (!(width > 0 && height > 0 && isfinite(width) && isfinite(height))) {
		error_set(err, "%s: a page needs a width and a height above zero", path);
		return NULL;
	}
	struct canvas *canvas = format == CANVAS_SVG ? canvas_svg_new()
		: canvas_cairo_new(format, width, height, page->dpi, err);
	if (!canvas)
		return NULL;
	canvas->width = page->width;
	canvas->height = page->height;
	canvas->zoom = style->zoom;
	canvas->style = style;
	canvas->data = page->data;
	canvas->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(reserved_ids); i++)
		g_hash_table_add(canvas->ids, g_strdup(reserved_ids[i]));
	set_about(canvas, about);
	canvas->file = outfile_open(path, err);
	if (!canvas->file) {
		canvas_discard(canvas);
		return NULL;
	}
	canvas->stream = outfile_stream(canvas->file);
	if (format == CANVAS_SVG)
		canvas_svg_start(canvas);
	else if (canvas_cairo_start(canvas, err) < 0) {
		canvas_discard(canvas);
		return NULL;
	}
	return canvas;
}

const struct style *canvas_style(const struct canvas *canvas)
{
	return canvas->style;
}

const char *canvas_title(const struct canvas *canvas)
{
	return canvas->title;
}

const char *canvas_description(const struct canvas *canvas)
{
	return canvas->description;
}

static void canvas_free(struct canvas *canvas)
{
	g_hash_table_destroy(canvas->ids);
	g_free(canvas->title);
	g_free(canvas->description);
	g_free(canvas->software);
	canvas->backend->free(canvas);
}

int canvas_close(struct canvas *canvas, struct error *err)
{
	while (canvas->depth > 0)
		canvas_end(canvas);

	int status = canvas->backend->finish(canvas, err);
	if (status == 0)
		status = outfile_commit(canvas->file, err);
	else
		outfile_discard(canvas->file);
	canvas->stream = NULL;
	canvas_free(canvas);
	return status;
}

void canvas_discard(struct canvas *canvas)
{
	if (!canvas)
		return;
	outfile_discard(canvas->file);
	canvas->stream = NULL;  /* cairo still writes a PDF's end when it is freed */
	canvas_free(canvas);
}

/* An id that is valid in XML and CSS and that no other mark has; kept in ids. */
static const char *unique_id(struct canvas *canvas, const char *wanted)
{
	char *base = g_strdup(wanted && *wanted ? wanted : "mark");

	for (char *at = base; *at; at++)
		if (!g_ascii_isalnum(*at) && *at != '-' && *at != '_')
			*at = '_';
	if (!g_ascii_isalpha(*base)) {
		char *prefixed = g_strconcat("m", base, NULL);
		g_free(base);
		base = prefixed;
	}
	char *id = g_strdup(base);
	for (int n = 2; g_hash_table_contains(canvas->ids, id); n++) {
		g_free(id);
		id = g_strdup_printf("%s_%d", base, n);
	}
	g_free(base);
	g_hash_table_add(canvas->ids, id);
	return id;
}

void canvas_begin(struct canvas *canvas, const char *id, const char *title)
{
	canvas->last_id = unique_id(canvas, id);
	char *clean = title ? text_shape_clean(title, TEXT_TITLE_MAX) : NULL;

	canvas->depth++;
	canvas->backend->begin(canvas, canvas->last_id, clean);
	g_free(clean);
}

void canvas_end(struct canvas *canvas)
{
	if (canvas->depth == 0)
		return;
	canvas->depth--;
	canvas->backend->end(canvas);
}

void canvas_circle(struct canvas *canvas, double x, double y, double radius,
                   const struct paint *paint)
{
	if (isfinite(x) && isfinite(y) && isfinite(radius) && radius > 0)
		canvas->backend->circle(canvas, x, y, radius, paint);
}

void canvas_rectangle(struct canvas *canvas, double x, double y, double width, double height,
                      const struct paint *paint)
{
	if (!isfinite(x) || !isfinite(y) || !(width >= 0 && height >= 0) || !isfinite(width + height))
		return;
	canvas->backend->rectangle(canvas, x, y, width, height, paint);
}

static bool are_finite(const struct point *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(points[i].x) || !isfinite(points[i].y))
			return false;
	return true;
}

void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count, bool closed,
                    const struct paint *paint)
{
	if (count >= 2 && are_finite(points, count))
		canvas->backend->polygon(canvas, points, count, closed, paint);
}

void canvas_curve(struct canvas *canvas, const struct point *points, size_t count, bool closed,
                  const struct paint *paint)
{
	if (count >= 3 && count % 2 == 1 && are_finite(points, count))
		canvas->backend->curve(canvas, points, count, closed, paint);
}

/* The part of the line x + y = sum that lies in the rectangle: lines are cut here
 * and not by a clip path, since every viewer draws lines alike. */
static bool cut_diagonal(double sum, double x, double y, double width, double height,
                         struct point line[static 2])
{
	double left = MAX(x, sum - (y + height));
	double right = MIN(x + width, sum - y);

	line[0] = (struct point){ left, sum - left };
	line[1] = (struct point){ right, sum - right };
	return right - left > 1e-6;
}

void canvas_hatch(struct canvas *canvas, double x, double y, double width, double height,
                  double spacing, const struct paint *paint)
{
	struct paint line_paint = *paint;
	struct point line[2];

	if (!isfinite(x + y + width + height) || !(width > 0 && height > 0 && spacing > 0))
		return;
	if (paint->fill.a > 0)
		canvas_rectangle(canvas, x, y, width, height,
		                 &(struct paint){ .fill = paint->fill });
	line_paint.fill.a = 0;

	/* Multiples of the distance along x, so that hatches side by side meet. */
	double step = spacing * G_SQRT2;
	double first = ceil((x + y) / step), last = floor((x + width + y + height) / step);
	if (last - first > 20000)
		return;
	for (double k = first; k <= last; k++)
		if (cut_diagonal(k * step, x, y, width, height, line))
			canvas->backend->polygon(canvas, line, 2, false, &line_paint);
}

void canvas_text_turned(struct canvas *canvas, double x, double y, const char *text,
                        const struct font *font, enum align align, double degrees)
{
	if (!isfinite(x) || !isfinite(y) || !isfinite(degrees) || !(font->size > 0))
		return;
	char *clean = text_shape_clean(text, TEXT_LABEL_MAX);
	if (*clean)
		canvas->backend->text(canvas, x, y, clean, font, align, degrees);
	g_free(clean);
}

void canvas_text(struct canvas *canvas, double x, double y, const char *text,
                 const struct font *font, enum align align)
{
	canvas_text_turned(canvas, x, y, text, font, align, 0);
}
