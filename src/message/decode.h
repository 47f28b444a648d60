/* decode.h - header text of any charset to clean UTF-8 */
#ifndef EPISTOGRAPH_MESSAGE_DECODE_H
#define EPISTOGRAPH_MESSAGE_DECODE_H

#include "header.h"

struct decoder;

struct decoder *decoder_new(void);
void decoder_free(struct decoder *decoder);

/* The value of an unstructured field or a phrase: unfolded, RFC 2047 words
 * decoded, bytes that are not UTF-8 taken for Windows-1252, control characters
 * dropped, no blanks at its ends. Borrowed until the next call. */
const char *decode_text(struct decoder *decoder, struct slice raw);

/* Append raw to out without its line ends, with NUL and lone CR made blanks, as
 * UTF-8: as it is where that is valid, else from Windows-1252. */
void decode_append_unfolded(GString *out, struct slice raw);

/* True where decode_text() would give the bytes back unchanged. */
bool decode_is_plain(struct slice raw);

#endif
