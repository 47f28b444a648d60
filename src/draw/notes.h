/* notes.h - what must be said under a plot, and what is said instead of one
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_NOTES_H
#define EPISTOGRAPH_NOTES_H

#include "epistograph/frame.h"

#include <stdint.h>

#include <glib.h>

struct coverage;
struct timeline_gap;

/* Wrapped to the box's width, and cut where they would take more than a third of its
 * height; g_strfreev(). */
char **notes_wrap(const struct style *style, const char *text, const struct box *box);
bool notes_are_cut(char **lines);       /* of a text that ends in a full stop */
double notes_height(const struct style *style, char **lines);   /* pt, with the space above */
/* At the foot of the box. */
void notes_draw(struct canvas *canvas, char **lines, const struct box *box);

/* A sentence instead of a chart, and notes directly below. */
void notes_draw_statement(struct canvas *canvas, const char *text, const char *notes,
                          const struct box *box);

/* Sentences to append, if there is something to say: what of the mail has no place in time,
 * and what is hatched and what is not: an archive shows what it holds, a filtered one what
 * passes. */
void notes_append_undrawn(GString *notes, const struct coverage *coverage);
void notes_append_gaps(GString *notes, int gap_count, const struct timeline_gap *quiet);

/* Both: what of the mail has no place in time, which dates were mended, and, if they are
 * hatched, what the gaps are; "" if there is nothing to say. g_free() */
char *notes_of_coverage(const struct coverage *coverage, bool with_gaps);

/* The data's rows of what has no place in time; their messages go into the column. */
void notes_data_rest(struct canvas *canvas, int column, const struct coverage *coverage);

#endif
