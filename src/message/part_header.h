/* part_header.h - what the header of a message or part says of what is below it */
#ifndef EPISTOGRAPH_MESSAGE_PART_HEADER_H
#define EPISTOGRAPH_MESSAGE_PART_HEADER_H

#include "header.h"

/* Slices lead into the header. */
struct part_header {
	struct slice field, type;       /* of Content-Type: all of it, without parameters */
	struct slice encoding;
	bool any;                       /* there is a header field */
};

struct part_header part_header_read(const uint8_t *header, size_t size);

/* The boundary of a Content-Type, in pieces too (RFC 2231 3). NULL, or g_free(). */
char *part_boundary(struct slice field);

/* Is what is below a message, or the header of one? Parts of a digest that name no type are. */
bool part_is_message(const struct part_header *part, bool in_digest);
bool part_is_header_alone(struct slice type);

#endif
