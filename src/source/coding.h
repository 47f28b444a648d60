/* coding.h - texts of records in UTF-8 */
#ifndef SOURCE_CODING_H
#define SOURCE_CODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* NULs, which no text has, are left out. */

/* Append size bytes: as they are if they are UTF-8, else from charset, or from
 * Windows-1252 where that is NULL or does not fit. */
void coding_append_8bit(GString *text, const char *bytes, size_t size, const char *charset);

/* Append UTF-16. Surrogates without their other half become U+FFFD. */
void coding_append_utf16(GString *text, const uint8_t *bytes, size_t size, bool big_endian);

#endif
