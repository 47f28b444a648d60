/* gmail.h - what Gmail's export says of a message: X-Gmail-Labels and X-GM-THRID */
#ifndef EPISTOGRAPH_MESSAGE_GMAIL_H
#define EPISTOGRAPH_MESSAGE_GMAIL_H

#include "header.h"

/* The labels of a field whose text is decoded, in its order and each once, one a line; ""
 * if there are none. They stand between commas; one that has a comma in it is in quotes,
 * where a backslash, or a second quote, makes a quote text. cut: text is not whole, and its
 * last label is left out. The result is kept in strings. */
const char *gmail_read_labels(GStringChunk *strings, const char *text, bool cut);

/* The number of a conversation, decimal as found; "" if it is none that fits into 63 bits. */
const char *gmail_read_conversation(GStringChunk *strings, struct slice value);

#endif
