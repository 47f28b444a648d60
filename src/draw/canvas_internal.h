/* canvas_internal.h - what the front of the canvas asks of a back end
 *
 * Private to src/draw. The front cleans texts and ids and drops what is not a
 * number, so that back ends need not. */
#ifndef EPISTOGRAPH_CANVAS_INTERNAL_H
#define EPISTOGRAPH_CANVAS_INTERNAL_H

#include <stdio.h>

#include <glib.h>

#include "epistograph/canvas.h"
#include "epistograph/error.h"

struct canvas_backend {
	void (*begin)(struct canvas *canvas, const char *id, const char *title);
	void (*end)(struct canvas *canvas);
	void (*circle)(struct canvas *canvas, double x, double y, double radius,
	               const struct paint *paint);
	void (*rectangle)(struct canvas *canvas, double x, double y, double width, double height,
	                  const struct paint *paint);
	void (*polygon)(struct canvas *canvas, const struct point *points, size_t count,
	                bool closed, const struct paint *paint);
	void (*curve)(struct canvas *canvas, const struct point *points, size_t count,
	              bool closed, const struct paint *paint);
	/* degrees: turned clockwise about (x, y) */
	void (*text)(struct canvas *canvas, double x, double y, const char *clean,
	             const struct font *font, enum align align, double degrees);
	/* Write what is left to the stream. */
	int (*finish)(struct canvas *canvas, struct error *err);
	/* Free the back end's own things and the canvas itself. */
	void (*free)(struct canvas *canvas);
};

/* The first member of each back end's own struct. */
struct canvas {
	const struct canvas_backend *backend;
	struct outfile *file;
	FILE *stream;                   /* of file */
	double width, height, zoom;     /* pt; what they and all lengths are multiplied by */
	const struct style *style;      /* borrowed */
	struct figure_data *data;       /* borrowed, may be NULL */
	char *title, *description, *software;   /* cleaned, owned; "" if not given */
	GHashTable *ids;                /* marks begun so far */
	const char *last_id;            /* of the mark last begun; in ids, NULL: none yet */
	int depth;                      /* marks open */
};

/* The size of the page itself, in pt. */
struct canvas *canvas_cairo_new(enum canvas_format format, double width, double height, double dpi,
                                struct error *err);
struct canvas *canvas_svg_new(void);

/* Called by canvas_open() when file, stream and texts are set. -1 with *err. */
int canvas_cairo_start(struct canvas *canvas, struct error *err);
void canvas_svg_start(struct canvas *canvas);

#endif
