/* text.h - bytes of unknown origin made safe to print, and small text helpers
 *
 * GLib is the base library of every room (g_new, GString, GHashTable, g_utf8_*);
 * this module holds only what GLib does not have. */
#ifndef EPISTOGRAPH_TEXT_H
#define EPISTOGRAPH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* size bytes as clean UTF-8: malformed sequences become U+FFFD, control
 * characters (C0, DEL, C1), U+FFFE and U+FFFF are dropped, and each run of tab
 * and newline becomes one blank. The result is valid in XML 1.0, JSON and one
 * line of a table. Free with g_free(). `dropped`, if not NULL, is increased by
 * the number of characters replaced or dropped (blanks for tabs do not count). */
char *text_clean(const char *bytes, size_t size, size_t *dropped);

/* text with everything that could act on a terminal (control characters,
 * escape sequences, bidirectional overrides U+202A-202E and U+2066-2069)
 * written as \xHH or \u{HHHH}. Text must be valid UTF-8 or is treated byte by
 * byte. Appends to out. */
void text_append_visible(GString *out, const char *text);

/* The left-to-right mark, which takes no room. */
#define TEXT_LTR "\u200e"

/* A text of others in a sentence of ours, which reads from the left: before and behind one
 * with Arabic, Hebrew or the like stands the mark, or a sentence that begins with it would be
 * turned round, and the full stop and the number that follow be read as parts of it. text
 * itself, or one that is kept for the life of the program. */
const char *text_directed(const char *text);
void text_append_directed(GString *out, const char *text);

/* Columns text takes on a terminal: wide East Asian characters count two,
 * combining marks none. */
int text_columns(const char *text);

/* Append text padded with blanks, or cut with an ellipsis, to exactly `columns`
 * columns; align_right puts the blanks first. */
void text_append_column(GString *out, const char *text, int columns, bool align_right);

/* n with a comma at every third digit, "71,848", in a static ring of 16
 * buffers: good for one printf call, not for keeping. The one mutable static in
 * base; not for threads. */
const char *text_count(int64_t n);

/* The same with its noun: "1 message", "71,848 messages". Nouns of up to 20 bytes. */
const char *text_counted(int64_t n, const char *one, const char *many);

/* x with at most `digits` significant digits, always with a decimal point
 * whatever the locale; "nan" and infinities give "". Static ring as above. */
const char *text_real(double x, int digits);

#endif
