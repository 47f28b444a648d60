/* emlx.h - a message as Apple Mail keeps it: .emlx and .partial.emlx
 *
 * The first line is the number of bytes of the message, which follows; behind it
 * stands a property list of Apple Mail's own. */
#ifndef SOURCE_EMLX_H
#define SOURCE_EMLX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the message is: bytes from the begin of the file. */
struct emlx {
	int64_t begin, end;
};

/* Is head the begin of such a file? */
bool emlx_find(const uint8_t *head, size_t size, struct emlx *emlx);

/* So much of the list is looked at. */
#define EMLX_LIST_MAX (16 << 10)

/* Has it the message for deleted? list: what stands behind the message, or its begin. */
bool emlx_is_deleted(const uint8_t *list, size_t size);

#endif
