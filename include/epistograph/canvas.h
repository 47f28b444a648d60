/* canvas.h - a page to draw on: PNG, PDF (cairo) or SVG (our writer, real text)
 *
 * Lengths are in points (1/72 inch), y grows downwards. The first failure is
 * kept and reported by canvas_close(). */
#ifndef EPISTOGRAPH_CANVAS_H
#define EPISTOGRAPH_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct canvas;
struct figure_data;
struct style;

struct color { double r, g, b, a; };    /* 0..1, sRGB; a = opacity */

struct point { double x, y; };

struct box { double x, y, width, height; };     /* pt */

struct paint {                          /* alpha 0 = not painted */
	struct color fill;
	struct color stroke;
	double stroke_width;            /* pt */
	double dash;                    /* pt on, pt off; 0 = solid */
};

struct font {
	const char *families;           /* most wanted first: "Noto Sans,sans-serif"; NULL for the
	                                 * usual ones; borrowed */
	double size;                    /* pt */
	bool bold, italic;
	struct color color;
	struct color halo;              /* outline behind the glyphs, a = 0 for none */
	double halo_width;              /* pt on either side */
};

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct text_extent { double width, ascent, descent; };  /* pt */

/* Lay text out in one line (Pango; every script) and measure it. The canvas is
 * not needed, so that layout can be done before drawing. */
struct text_extent text_measure(const char *text, const struct font *font);

/* Is there a family of that name, in capitals or not, on this machine? Another is drawn with
 * otherwise. */
bool text_family_is_installed(const char *family);

/* Glyphs for which no font has a shape, over all texts measured or drawn so far:
 * for a warning. */
int text_missing_glyphs(void);

struct canvas_about {                   /* kept in the file's metadata */
	const char *title;              /* also SVG <title>, PDF Title, PNG tEXt Title */
	const char *description;        /* also SVG <desc>: an alternative text */
	const char *software;           /* "epistograph 0.1.0" */
};

struct canvas_page {
	double width, height;           /* pt, as drawn: the page is zoom times as large */
	double dpi;                     /* of the page; PNG only */
	const struct style *style;      /* borrowed until the canvas is closed; NULL for
	                                 * style_default(). Its zoom counts */
	struct figure_data *data;       /* where numbers are noted; borrowed, NULL: nowhere */
};

enum canvas_format { CANVAS_PNG, CANVAS_SVG, CANVAS_PDF };
int canvas_format_from_path(const char *path);  /* by its ending; -1 if unknown */

/* NULL with *err if the file cannot be made or the page would be too large. Nothing
 * appears at path before canvas_close(). */
struct canvas *canvas_open(const char *path, enum canvas_format format,
                           const struct canvas_page *page, const struct canvas_about *about,
                           struct error *err);
/* The style it was opened with. */
const struct style *canvas_style(const struct canvas *canvas);
/* Title and description as the file has them: cleaned, "" if not given. Borrowed until it is
 * closed. */
const char *canvas_title(const struct canvas *canvas);
const char *canvas_description(const struct canvas *canvas);
/* Write the file. Frees canvas either way; 0, or -1 with *err and no file. */
int canvas_close(struct canvas *canvas, struct error *err);
void canvas_discard(struct canvas *canvas);

/* A mark: what is drawn until canvas_end() belongs together, has a stable id
 * ([A-Za-z][A-Za-z0-9_-]*) and a title shown as a tooltip. SVG: <g id=...>
 * <title>; elsewhere nothing. title may be NULL. */
void canvas_begin(struct canvas *canvas, const char *id, const char *title);
void canvas_end(struct canvas *canvas);

void canvas_circle(struct canvas *canvas, double x, double y, double radius,
                   const struct paint *paint);
void canvas_rectangle(struct canvas *canvas, double x, double y, double width, double height,
                      const struct paint *paint);
/* A polygon (closed) or a polyline. */
void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count, bool closed,
                    const struct paint *paint);
/* A path of quadratic Bezier curves: points[0] start, then (control, end) pairs. */
void canvas_curve(struct canvas *canvas, const struct point *points, size_t count, bool closed,
                  const struct paint *paint);
/* Hatch a rectangle with diagonal lines (for "no data"). */
void canvas_hatch(struct canvas *canvas, double x, double y, double width, double height,
                  double spacing, const struct paint *paint);
/* One line of text, baseline at y. */
void canvas_text(struct canvas *canvas, double x, double y, const char *text,
                 const struct font *font, enum align align);
/* The same, turned clockwise about (x, y): at -90 degrees it reads upwards. */
void canvas_text_turned(struct canvas *canvas, double x, double y, const char *text,
                        const struct font *font, enum align align, double degrees);

#endif
