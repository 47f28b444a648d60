/* text_shape.h - text laid out by Pango, alike for measuring and for drawing
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_TEXT_SHAPE_H
#define EPISTOGRAPH_TEXT_SHAPE_H

#include <stdbool.h>

#include <pango/pangocairo.h>

#include "epistograph/canvas.h"

/* The families Pango is asked for where a font names none, and the SVG's viewer, who may not
 * have the first: the second is as wide, Arial and those that stand for it are narrower, so
 * that no text runs over another. DejaVu Sans is wider, and only better than none. */
#define TEXT_FAMILIES "Noto Sans,Open Sans,Arial,DejaVu Sans,sans-serif"

/* text as it is drawn: clean UTF-8 in one line, runs of blanks joined and outer
 * ones dropped (SVG does that too), bidirectional overrides dropped (a name must
 * not turn its neighbours round), cut at `most` characters. g_free(). */
char *text_shape_clean(const char *text, int most);

#define TEXT_LABEL_MAX 1000     /* characters of a drawn text: far more than fit on a page */
#define TEXT_TITLE_MAX 4000     /* characters of a tooltip */
#define TEXT_WORDS_MAX 64000    /* characters of a description: of a figure in words */

/* A context whose results do not depend on a surface: no hinting, no rounding to
 * pixels, one unit = one point. g_object_unref(). */
PangoContext *text_context_new(void);

/* One line of cleaned text, in font. g_object_unref(). */
PangoLayout *text_layout_new(PangoContext *context, const char *clean, const struct font *font);

/* The same in the context that measuring uses; counts missing glyphs. */
PangoLayout *text_layout_measured(const char *clean, const struct font *font);

/* Ink and advance of a layout's one line. */
struct text_extent text_layout_extent(PangoLayout *layout, const struct font *font);

/* Is the base direction of text right to left? */
bool text_is_rtl(const char *clean);

#endif
