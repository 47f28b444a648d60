/* PNG and PDF through cairo. */
#include "canvas_internal.h"

#include "png_file.h"
#include "text_shape.h"

#include <cairo-pdf.h>
#include <cairo.h>
#include <glib.h>
#include <pango/pangocairo.h>

#include <math.h>
#include <string.h>

/* The largest image cairo draws (its coordinates are 16.16 fixed point), and the
 * largest page PDF readers open (PDF 1.7, annex C: 200 inches). */
#define PIXELS_MAX 32767
#define PDF_POINTS_MAX 14400.0

/* cairo dates PDF files with the clock, unless the date is given; an empty one is
 * none at all, so that the same drawing gives the same bytes. */
#define PDF_NO_DATE ""

struct canvas_cairo {
	struct canvas base;
	enum canvas_format format;
	double dpi;
	int pixel_width, pixel_height;  /* PNG only */
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *context;
	bool stream_failed;
};

static struct canvas_cairo *own(struct canvas *canvas)
{
	return (struct canvas_cairo *)canvas;
}

static void cairo_set_color(cairo_t *cr, struct color color)
{
	cairo_set_source_rgba(cr, color.r, color.g, color.b, color.a);
}

/* Fill and stroke the current path. */
static void put_paint(cairo_t *cr, const struct paint *paint)
{
	if (paint->fill.a > 0) {
		cairo_set_color(cr, paint->fill);
		cairo_fill_preserve(cr);
	}
	if (paint->stroke.a > 0 && paint->stroke_width > 0) {
		cairo_set_color(cr, paint->stroke);
		cairo_set_line_width(cr, paint->stroke_width);
		cairo_set_dash(cr, &paint->dash, paint->dash > 0 ? 1 : 0, 0);
		cairo_stroke_preserve(cr);
	}
	cairo_new_path(cr);
}

static void pass_begin(struct canvas *canvas, const char *id, const char *title)
{
	(void)canvas;
	(void)id;
	(void)title;
}

static void pass_end(struct canvas *canvas)
{
	(void)canvas;
}

static void draw_circle(struct canvas *canvas, double x, double y, double radius,
                        const struct paint *paint)
{
	cairo_t *cr = own(canvas)->cr;

	cairo_new_path(cr);
	cairo_arc(cr, x, y, radius, 0, 2 * G_PI);
	cairo_close_path(cr);
	put_paint(cr, paint);
}

static void draw_rectangle(struct canvas *canvas, double x, double y, double width, double height,
                           const struct paint *paint)
{
	cairo_t *cr = own(canvas)->cr;

	cairo_rectangle(cr, x, y, width, height);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
	put_paint(cr, paint);
}

static void draw_polygon(struct canvas *canvas, const struct point *points, size_t count,
                         bool closed, const struct paint *paint)
{
	cairo_t *cr = own(canvas)->cr;

	cairo_move_to(cr, points[0].x, points[0].y);
	for (size_t i = 1; i < count; i++)
		cairo_line_to(cr, points[i].x, points[i].y);
	if (closed)
		cairo_close_path(cr);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	put_paint(cr, paint);
}

/* cairo has cubic curves only: both control points lie two thirds of the way to
 * the quadratic one. */
static void draw_curve(struct canvas *canvas, const struct point *points, size_t count,
                       bool closed, const struct paint *paint)
{
	cairo_t *cr = own(canvas)->cr;

	cairo_move_to(cr, points[0].x, points[0].y);
	for (size_t i = 1; i < count; i += 2) {
		struct point from = points[i - 1], control = points[i], to = points[i + 1];

		cairo_curve_to(cr, from.x + (control.x - from.x) * 2 / 3,
		               from.y + (control.y - from.y) * 2 / 3,
		               to.x + (control.x - to.x) * 2 / 3,
		               to.y + (control.y - to.y) * 2 / 3, to.x, to.y);
	}
	if (closed)
		cairo_close_path(cr);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	put_paint(cr, paint);
}

static void draw_text(struct canvas *canvas, double x, double y, const char *clean,
                      const struct font *font, enum align align, double degrees)
{
	struct canvas_cairo *page = own(canvas);
	cairo_t *cr = page->cr;
	/* Measured in the other context: the width is then the one that layout was
	 * done with, and missing glyphs are counted. */
	PangoLayout *measured = text_layout_measured(clean, font);
	struct text_extent extent = text_layout_extent(measured, font);
	PangoLayout *layout = text_layout_new(page->context, clean, font);

	double left = align == ALIGN_CENTER ? -extent.width / 2
	            : align == ALIGN_RIGHT ? -extent.width : 0;

	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_rotate(cr, degrees * G_PI / 180);
	cairo_move_to(cr, left, -pango_layout_get_baseline(layout) / (double)PANGO_SCALE);
	if (font->halo.a > 0 && font->halo_width > 0) {
		double top;

		cairo_get_current_point(cr, &left, &top);
		pango_cairo_layout_path(cr, layout);
		cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
		put_paint(cr, &(struct paint){ .stroke = font->halo,
		                               .stroke_width = 2 * font->halo_width });
		cairo_move_to(cr, left, top);
	}
	cairo_set_color(cr, font->color);
	pango_cairo_show_layout(cr, layout);
	cairo_restore(cr);
	cairo_new_path(cr);
	g_object_unref(layout);
	g_object_unref(measured);
}

static cairo_status_t write_stream(void *closure, const unsigned char *data, unsigned int length)
{
	struct canvas_cairo *page = closure;

	if (!page->base.stream)         /* given up */
		return CAIRO_STATUS_WRITE_ERROR;
	if (fwrite(data, 1, length, page->base.stream) == length)
		return CAIRO_STATUS_SUCCESS;
	page->stream_failed = true;
	return CAIRO_STATUS_WRITE_ERROR;
}

static int write_png(struct canvas_cairo *page, struct error *err)
{
	const struct png_image_data image = {
		.pixels = cairo_image_surface_get_data(page->surface),
		.width = page->pixel_width, .height = page->pixel_height,
		.stride = cairo_image_surface_get_stride(page->surface),
		.dpi = page->dpi, .title = page->base.title,
		.description = page->base.description, .software = page->base.software,
	};

	return png_file_write(page->base.stream, &image, err);
}

static int cairo_check(cairo_status_t status, struct error *err)
{
	if (status == CAIRO_STATUS_SUCCESS)
		return 0;
	return error_set(err, "cannot draw the page: %s", cairo_status_to_string(status));
}

static int finish_cairo(struct canvas *canvas, struct error *err)
{
	struct canvas_cairo *page = own(canvas);

	/* cairo keeps its first error, so once is enough. */
	cairo_status_t drawn = cairo_status(page->cr);
	if (page->format == CANVAS_PDF && drawn == CAIRO_STATUS_SUCCESS)
		cairo_show_page(page->cr);
	if (page->format == CANVAS_PNG) {
		cairo_surface_flush(page->surface);
		return cairo_check(drawn, err) < 0 ? -1 : write_png(page, err);
	}
	cairo_surface_finish(page->surface);
	/* A failed stream is told by outfile_commit(), which knows the reason. */
	if (page->stream_failed)
		return 0;
	if (cairo_check(drawn, err) < 0)
		return -1;
	return cairo_check(cairo_surface_status(page->surface), err);
}

static void free_cairo(struct canvas *canvas)
{
	struct canvas_cairo *page = own(canvas);

	if (page->context)
		g_object_unref(page->context);
	if (page->cr)
		cairo_destroy(page->cr);
	if (page->surface)
		cairo_surface_destroy(page->surface);
	g_free(page);
}

static const struct canvas_backend cairo_backend = {
	.begin = pass_begin, .end = pass_end, .circle = draw_circle, .rectangle = draw_rectangle,
	.polygon = draw_polygon, .curve = draw_curve, .text = draw_text,
	.finish = finish_cairo, .free = free_cairo,
};

static int check_png_size(struct canvas_cairo *page, double width, double height,
                          struct error *err)
{
	/* To the nearest, as image programs convert millimetres. */
	double across = round(width * page->dpi / 72);
	double down = round(height * page->dpi / 72);

	if (!(page->dpi > 0) || !isfinite(page->dpi))
		return error_set(err, "the resolution must be above 0 dpi");
	if (across > PIXELS_MAX || down > PIXELS_MAX)
		return error_set(err, "the picture would be %.0f x %.0f pixels, more than %d: "
		                 "choose a lower resolution or a smaller page",
		                 across, down, PIXELS_MAX);
	page->pixel_width = (int)MAX(across, 1);
	page->pixel_height = (int)MAX(down, 1);
	return 0;
}

struct canvas *canvas_cairo_new(enum canvas_format format, double width, double height, double dpi,
                                struct error *err)
{
	struct canvas_cairo *page = g_new0(struct canvas_cairo, 1);
	int status = 0;

	page->base.backend = &cairo_backend;
	page->format = format;
	page->dpi = dpi;
	if (format == CANVAS_PNG)
		status = check_png_size(page, width, height, err);
	else if (width > PDF_POINTS_MAX || height > PDF_POINTS_MAX)
		status = error_set(err, "the page would be %.0f x %.0f pt, more than the %.0f a "
		                   "PDF page may have", width, height, PDF_POINTS_MAX);
	if (status < 0) {
		g_free(page);
		return NULL;
	}
	return &page->base;
}

static void start_pdf(struct canvas_cairo *page)
{
	static const cairo_pdf_metadata_t dates[] = {
		CAIRO_PDF_METADATA_CREATE_DATE, CAIRO_PDF_METADATA_MOD_DATE,
	};
	struct canvas *base = &page->base;

	page->surface = cairo_pdf_surface_create_for_stream(write_stream, page,
	                                                    base->width * base->zoom,
	                                                    base->height * base->zoom);
	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++)
		cairo_pdf_surface_set_metadata(page->surface, dates[i], PDF_NO_DATE);
	cairo_pdf_surface_set_metadata(page->surface, CAIRO_PDF_METADATA_TITLE, base->title);
	cairo_pdf_surface_set_metadata(page->surface, CAIRO_PDF_METADATA_SUBJECT, base->description);
	cairo_pdf_surface_set_metadata(page->surface, CAIRO_PDF_METADATA_CREATOR, base->software);
	page->cr = cairo_create(page->surface);
	cairo_scale(page->cr, base->zoom, base->zoom);
}

static void start_png(struct canvas_cairo *page)
{
	page->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, page->pixel_width,
	                                           page->pixel_height);
	page->cr = cairo_create(page->surface);
	cairo_set_source_rgb(page->cr, 1, 1, 1);
	cairo_paint(page->cr);
	double scale = page->dpi / 72 * page->base.zoom;
	cairo_scale(page->cr, scale, scale);
}

int canvas_cairo_start(struct canvas *canvas, struct error *err)
{
	struct canvas_cairo *page = own(canvas);

	if (page->format == CANVAS_PDF)
		start_pdf(page);
	else
		start_png(page);
	page->context = text_context_new();
	pango_cairo_update_context(page->cr, page->context);
	return cairo_check(cairo_status(page->cr), err);
}
