/* author.h - who wrote a message that a mailing list has put its own address on */
#ifndef EPISTOGRAPH_MESSAGE_AUTHOR_H
#define EPISTOGRAPH_MESSAGE_AUTHOR_H

#include "address.h"

/* Find the author of a message whose first From is a list's, in this order: what
 * the list notes as the original From; the address in Reply-To or Cc that bears
 * the name before "via" (or, in Reply-To, is the only one and bears none); the
 * address written into that of From. Nothing is concluded from "via" alone: web
 * services write it as well, and without a List-Id no list is at work.
 *
 * mentions    of the message (struct mention)
 * originals   what X-Original-From and X-Original-Sender name, in that role or any
 * list_id     List-Id, "" if none
 * author      out: as ROLE_AUTHOR; its strings are borrowed from mentions and
 *             originals, or kept in strings
 *
 * Returns what says so, SENDER_FROM_NOTHING if nothing does; then *author is not set. */
enum sender_source author_find(const GArray *mentions, const GArray *originals,
                               const char *list_id, GStringChunk *strings,
                               struct mention *author);

#endif
