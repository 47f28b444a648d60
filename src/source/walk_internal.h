/* walk_internal.h - one member found again, for span.c */
#ifndef SOURCE_WALK_INTERNAL_H
#define SOURCE_WALK_INTERNAL_H

#include "epistograph/source.h"
#include "epistograph/walk.h"

struct window;

/* Instead of walk_next(): go on to the member with this chain, passing over what is before
 * it; "" is what a file holds that only is compressed. 1 with *form (SOURCE_MESSAGE or
 * SOURCE_MBOX) and *window over its bytes, of which only the head has been held, until the
 * next call; 0 if it does not come any more; -1 with *err if its bytes cannot be given. */
int walk_find(struct walk *walk, const char *chain, enum source_form *form,
              struct window **window, struct error *err);

#endif
