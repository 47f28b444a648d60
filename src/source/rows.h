/* rows.h - delimited text cut into rows and cells: CSV, TSV, Concordance load files
 *
 * CSV is read as RFC 4180 has it: a cell in quotes may hold separators, line ends
 * and doubled quotes. A quote inside a cell that does not begin with one is text.
 * In a Concordance file U+00FE quotes and U+0014 or U+00B6 separates; a quote
 * closes a cell only before a separator or the row's end, and U+00AE stands for a
 * line end. Text is UTF-8, or UTF-16 with a byte order mark; a cell that is not
 * valid UTF-8 is read as Windows-1252. */
#ifndef SOURCE_ROWS_H
#define SOURCE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* A longer row is given up. Extracted text of documents stands in load files. */
#define ROW_SIZE_MAX (64 << 20)

/* No load file has as many; a hostile one may. */
#define ROW_COLUMNS_MAX 16384

/* A character as it is written in the file. */
struct token {
	uint8_t bytes[2];
	uint8_t size;                   /* 1 or 2; 0: there is none */
};

struct row_format {
	unsigned unit;                  /* bytes a step: 1, or 2 in UTF-16 */
	bool big_endian;                /* of UTF-16 */
	bool concordance;
	struct token separator, quote, lf, cr;
};

/* A cell of a row: bytes of the row, still quoted and coded. */
struct cell {
	const uint8_t *at;
	size_t size;
};

struct row {
	size_t size;                    /* bytes with its line end */
	size_t columns;                 /* 0 for an empty line */
	bool tail_empty;                /* the last cell is empty */
	const char *fault;              /* why it cannot be read, or NULL. Then size leads to the
	                                 * next line, where reading may go on */
};

/* Which cells of a row are wanted. */
struct row_wish {
	const int16_t *slots;           /* a column's place in cells, -1: not wanted */
	size_t columns;                 /* in slots */
	struct cell *cells;             /* out: filled for the columns the row has */
};

/* How a file is written whose first bytes these are: coding, and the tokens of a
 * Concordance file. *mark: size of the byte order mark. The separator is left to
 * row_format_separate() for other files; false if its first line is no text. */
bool row_format_guess(const uint8_t *bytes, size_t size, struct row_format *format,
                      size_t *mark);
void row_format_separate(struct row_format *format, char separator);

/* Take the row at bytes apart. wish may be NULL. False if its end is not held;
 * where `last` is set the file ends with the bytes, and it always succeeds. */
bool row_scan(const struct row_format *format, const uint8_t *bytes, size_t size, bool last,
              const struct row_wish *wish, struct row *row);

/* Replace text by the cell's, without quotes, in UTF-8 (malformed parts stay as
 * they are), at most `most` bytes of it. */
void cell_read(const struct row_format *format, struct cell cell, size_t most, GString *text);

#endif
