/* style.h - one look for all charts: colours, type and what parts the classes
 *
 * A style belongs to its caller; charts have it from their canvas. */
#ifndef EPISTOGRAPH_STYLE_H
#define EPISTOGRAPH_STYLE_H

#include "epistograph/canvas.h"
#include "epistograph/palette.h"

enum theme {
	THEME_PRINT,                    /* on white paper */
	THEME_SCREEN,                   /* a fourth larger, on a soft white */
	THEME_DARK,                     /* light on dark: for slides and dark pages */
	THEME_GREY,                     /* without colour: classes differ by grey and by hatching */
	THEME_COUNT
};

const char *theme_name(enum theme theme);       /* "print" */
int theme_from_name(const char *name);          /* -1 if there is none */

/* Lines across an area, so that classes are told apart without colour. */
enum hatch { HATCH_NONE, HATCH_RISING, HATCH_FALLING, HATCH_CROSSED, HATCH_LEVEL };

struct look {                           /* of a class */
	struct color color;
	enum hatch hatch;
	struct color lines;             /* of the hatching */
};

struct style {
	enum theme theme;
	const struct palette *palette;
	char *families;                 /* of type, most wanted first; owned, NULL for the usual */
	double zoom;                    /* what all lengths are multiplied by on the page */
	struct color ink, faint, rule, paper, grey, accent;     /* accent: the one thing to see */
	struct color blank, blank_line; /* "no data": the ground and the hatching on it */
	struct font title, subtitle, label, small;      /* none below 6 pt */
};

/* family: asked for before the usual ones, NULL for none. */
void style_init(struct style *style, enum theme theme, const struct palette *palette,
                const char *family);
void style_clear(struct style *style);

/* Print, in the first palette. Never changes, nobody's to clear. */
const struct style *style_default(void);

/* The look of class `index`, counted from 0; anything else gives that of all the rest. */
struct look style_look(const struct style *style, int index);
/* The look of a dot: a hatching would be all there is of one smaller than it needs. */
struct look style_dot_look(const struct style *style, int index, double radius);
struct color style_category(const struct style *style, int index);      /* its colour alone */
/* The same for lines and streams, without hatching: a pale grey would be lost on paper. */
struct color style_line(const struct style *style, int index);
struct color style_words(const struct style *style, int index);         /* for its name */

/* Between paper (0) and color (1), opaque; between color (0) and ink (1). */
struct color style_tint(const struct style *style, struct color color, double strength);
struct color style_shade(const struct style *style, struct color color, double darkness);

/* Areas in a class's look. */
void style_fill_rectangle(struct canvas *canvas, const struct box *box, const struct look *look);
void style_fill_circle(struct canvas *canvas, struct point centre, double radius,
                       const struct look *look);

#endif
