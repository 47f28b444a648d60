/* content.h - a message's bytes, taken from its file again, wherever it is kept in that */
#ifndef CONTENT_H
#define CONTENT_H

#include "epistograph/source.h"

struct error;

/* Keeps the last file open: ask in the order of reading. */
struct content;
struct content *content_new(void);
void content_free(struct content *content);                     /* NULL is fine */

/* As span_reader_watch(). */
void content_watch(struct content *content, void (*alive)(void *context), void *context);

/* Find a message: *raw as it was read, borrowed until the next call. -1 with *err if it
 * is there no more. */
int content_find(struct content *content, const struct raw_place *place,
                 struct raw_message *raw, struct error *err);

/* Its bytes, as span_next_bytes(): those of a message inside another are decoded. */
int content_next_bytes(struct content *content, const uint8_t **bytes, size_t *size,
                       struct error *err);
void content_skip_header(struct content *content);

#endif
