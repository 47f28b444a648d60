/* deleted.h - marks that mail programs leave on what was deleted and still is there
 *
 * MH renames a message (",12" was "12"), Maildir has a flag in the name (T, "trashed"),
 * Mozilla's programs write a bit into the header of what stays in an mbox until it
 * is compacted; that of Apple Mail is in emlx.h. What a mark says of a message is told;
 * the message is read all the same. */
#ifndef SOURCE_DELETED_H
#define SOURCE_DELETED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* path: of a file that holds one message; only what stands behind its last "/" counts. */
bool deleted_by_name(const char *path);

bool deleted_by_header(const uint8_t *header, size_t size);

#endif
