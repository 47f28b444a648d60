/* loadfile.h - load files, CSV and TSV files, edge lists: a row a message
 *
 * The first row names the columns (columns.h), or the user does. A row that names
 * neither sender nor recipient is no message: load files list attachments too. A
 * row with more or fewer cells than the first is rejected, since nobody can say
 * which of its cells is missing. A row is one message: one with a weight other than
 * 1 is rejected as well.
 *
 * Where neither Message-ID nor subject tell rows apart (edge lists) the place in
 * the file does, so that two equal rows are two messages. */
#ifndef SOURCE_LOADFILE_H
#define SOURCE_LOADFILE_H

#include "window.h"

#include "epistograph/source.h"

struct loadfile;

/* Is this the begin of a table of mail? head: up to WINDOW_HEAD bytes. options may
 * be NULL. */
bool loadfile_is(const uint8_t *head, size_t size, const struct source_options *options);

/* Begin with a table, whose bytes the window can hold at any time and in any order;
 * both are borrowed. Reads it once to learn its habits. NULL with *err. alive is
 * called now and then, or NULL. */
struct loadfile *loadfile_open(struct window *window, const struct source_options *options,
                         void (*alive)(void *context), void *context, struct error *err);
void loadfile_close(struct loadfile *file);

/* As source_next(); offsets are those of rows. */
int loadfile_next(struct loadfile *file, struct raw_message *raw, struct error *err);

/* What a user should know, once loadfile_next() has returned 0: as source_remark(). */
bool loadfile_remark(const struct loadfile *file, size_t i, const char **kind, const char **text);

#endif
