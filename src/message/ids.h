/* ids.h - message identifiers out of Message-ID, In-Reply-To and References */
#ifndef EPISTOGRAPH_MESSAGE_IDS_H
#define EPISTOGRAPH_MESSAGE_IDS_H

#include "decode.h"

/* A longer identifier is cut: it would not fit a line (RFC 5322 2.1.1). */
#define ID_SIZE_MAX 998

/* Of more references the first REFERENCES_FIRST and the last ones are kept: the
 * ends say which thread it is and what it answers. */
#define REFERENCES_MAX 1000
#define REFERENCES_FIRST 100

/* The first identifier of value, without <>; where none is in brackets, what
 * stands there instead, if it is one word. "" if there is nothing. Sets
 * FAULT_CUT in *faults where it applies. Owned by strings. */
const char *ids_read_one(struct decoder *decoder, GStringChunk *strings, struct slice value,
                         unsigned *faults);

/* Append all identifiers of value to ids: what is in <>, and where nothing is, the words
 * with an "@", or the one word that there is. */
void ids_read_all(struct decoder *decoder, GStringChunk *strings, struct slice value,
                  GPtrArray *ids, unsigned *faults);

#endif
