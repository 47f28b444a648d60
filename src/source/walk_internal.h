/* walk_internal.h - one member found again, for span.c */
#ifndef SOURCE_WALK_INTERNAL_H
#define SOURCE_WALK_INTERNAL_H

#include "epistograph/source.h"
#include "epistograph/walk.h"

#include <glib.h>

struct window;

/* Instead of walk_next(): go on to the member with this chain, passing over what is before
 * it; "" is what a file holds that only is compressed. 1 with *form (SOURCE_MESSAGE or
 * SOURCE_MBOX) and *window over its bytes, of which only the head has been held, until the
 * next call, or with *window NULL if its form gives messages; 0 if it does not come any
 * more; -1 with *err if its bytes cannot be given. */
int walk_find(struct walk *walk, const char *chain, enum source_form *form,
              struct window **window, struct error *err);

/* Of such a form: go on to the message with this offset and member ("" for none), and append
 * its header and its text. 1 with *raw, borrowed until the next call; 0 if it does not come
 * any more; -1 with *err. */
int walk_find_given(struct walk *walk, int64_t offset, const char *member, GString *text,
                    struct raw_message *raw, struct error *err);

#endif
