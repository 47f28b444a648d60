/* frame.h - what stands around every figure: title, subtitle, legend, source
 *
 * The frame is drawn first and says where the figure itself may go. */
#ifndef EPISTOGRAPH_FRAME_H
#define EPISTOGRAPH_FRAME_H

#include "epistograph/canvas.h"

struct frame {
	const char *title;              /* wraps to two lines at most, then shrinks */
	const char *subtitle;           /* measure, unit, period, filter; wraps to three lines */
	const char *source;             /* source line: data set, messages in and not in the figure,
	                                 * version; wraps */
};

struct box { double x, y, width, height; };     /* pt */

/* Draw title and subtitle at the top left, source at the foot left; return what
 * is left between them. */
struct box frame_draw(struct canvas *canvas, double width, double height,
                      const struct frame *frame);

/* The theme: one look for all charts. Eight colours after Okabe & Ito, grey for
 * the rest; index by community number - 1 (anything else gives grey). */
struct color theme_category(int index);
#define THEME_CATEGORIES 8
extern const struct color theme_ink, theme_faint, theme_rule, theme_paper, theme_grey, theme_accent;
extern const struct font theme_title, theme_subtitle, theme_label, theme_small;  /* no text below 6 pt */

/* Break text into lines no wider than width; NULL-terminated, g_strfreev(). */
char **frame_wrap(const char *text, const struct font *font, double width);

/* text cut at the end with an ellipsis so that it is no wider than width. g_free(). */
char *frame_fit(const char *text, const struct font *font, double width);

#endif
