/* lines.h - finding lines in bytes, fast */
#ifndef SOURCE_LINES_H
#define SOURCE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes up to and including the next newline, or all. */
size_t line_size(const uint8_t *bytes, size_t size);

/* Does a line hold nothing but its line end (LF, CR LF, CR CR LF)? */
bool line_is_blank(const uint8_t *line, size_t size);

/* Size of the blank line with which the bytes end, 0 if they do not: that of the
 * last "\n" in "...\n\n", of the last "\r\n" in "...\n\r\n". */
size_t line_blank_tail(const uint8_t *bytes, size_t size);

/* Index of the first newline that is followed by 'F', or size if there is none. */
size_t line_find_separator(const uint8_t *bytes, size_t size);

/* The same for lines that matter in a header block: blank ones and those that
 * begin with 'F' (From), 'C' or 'c' (Content-Length). */
size_t line_find_header(const uint8_t *bytes, size_t size);

/* Nothing but white space, behind a byte order mark or not? */
bool bytes_are_blank(const uint8_t *bytes, size_t size);

int64_t line_count(const uint8_t *bytes, size_t size);  /* newlines */

#endif
