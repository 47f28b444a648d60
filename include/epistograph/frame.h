/* frame.h - what stands around every figure: title, subtitle, legend, source
 *
 * The frame is drawn first and says where the figure itself may go. */
#ifndef EPISTOGRAPH_FRAME_H
#define EPISTOGRAPH_FRAME_H

#include "epistograph/canvas.h"
#include "epistograph/style.h"

struct frame {
	const char *title;              /* wraps to two lines, then shrinks; what is still longer
	                                 * to four where the page is high enough */
	const char *subtitle;           /* measure, unit, period, filter; the same, three and five */
	const char *source;             /* source line: data set, messages in and not in the figure,
	                                 * version; wraps */
};

/* Draw title and subtitle at the top left, source at the foot left; return what
 * is left between them. */
struct box frame_draw(struct canvas *canvas, double width, double height,
                      const struct frame *frame);

/* What frame_draw() will leave. */
struct box frame_room(const struct style *style, double width, double height,
                      const struct frame *frame);

/* Break text into lines no wider than width; NULL-terminated, g_strfreev(). */
char **frame_wrap(const char *text, const struct font *font, double width);

/* The same for several texts (NULL-terminated), each of which begins a line. */
char **frame_wrap_each(char *const *texts, const struct font *font, double width);

/* The same for a name. One of more than FRAME_NAME_MAX characters is nobody's, and ends
 * there with an ellipsis: a single message may not fill a page. */
char **frame_wrap_name(const char *name, const struct font *font, double width);
#define FRAME_NAME_MAX 160

/* The same for the name of a community: short_name instead where the whole one is of more lines
 * than `most`, or longer than a name; NULL if there is none. */
char **frame_wrap_shorter(const char *name, const char *short_name, const struct font *font,
                          double width, int most);

/* text cut at the end with an ellipsis so that it is no wider than width. g_free(). */
char *frame_fit(const char *text, const struct font *font, double width);

#endif
