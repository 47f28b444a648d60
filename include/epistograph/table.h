/* table.h - one table, written as aligned text, CSV or JSON
 *
 * Fill it cell by cell, in the order of the columns, then write it:
 *
 *	static const struct table_column columns[] = {
 *		{ .name = "path",     .title = "File",     .type = TABLE_TEXT },
 *		{ .name = "messages", .title = "Messages", .type = TABLE_INT },
 *	};
 *	struct table *table = table_new(columns, 2);
 *	table_text(table, path);
 *	table_int(table, n);
 *	table_end_row(table);
 *	table_write(table, TABLE_AS_TEXT, 0, stdout);
 *	table_free(table);
 *
 * Strings are copied and may be anything: what is written is valid UTF-8, safe
 * on a terminal, in a spreadsheet and in JSON. A long table is begun with
 * table_begin() instead and ended with table_end(): it is not kept in memory.
 * Write errors are left in the stream. */
#ifndef EPISTOGRAPH_TABLE_H
#define EPISTOGRAPH_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct table;

enum table_format { TABLE_AS_TEXT, TABLE_AS_CSV, TABLE_AS_JSON };

enum table_type {
	TABLE_TEXT,                     /* to the left */
	TABLE_INT,                      /* to the right; as text with commas: 71,848 */
	TABLE_NUMBER,                   /* to the right; never with commas: years, offsets */
	TABLE_REAL,                     /* to the right; as text shortened, in CSV and JSON exact */
	TABLE_LIST,                     /* texts: "a, b" as text, "a; b" in CSV, an array in JSON */
};

struct table_column {
	const char *name;               /* header in CSV, key in JSON: "first_seen" */
	const char *title;              /* header in text: "First seen"; NULL = name */
	enum table_type type;
	int digits;                     /* TABLE_REAL: significant digits in text; 0 = 4 */
	bool whole;                     /* TABLE_TEXT: never cut, as a date or an id */
	bool exact;                     /* TABLE_TEXT and TABLE_LIST: the name of a file. Nothing of it is dropped:
	                                 * what acts on a terminal is \xHH or \u{HHHH} in text and
	                                 * CSV, and the character itself in JSON; a byte that is no
	                                 * UTF-8 is \xHH in all three. */
};

/* columns are copied, their strings must outlive the table. */
struct table *table_new(const struct table_column *columns, int count);
void table_free(struct table *table);           /* NULL is fine */

/* The next cell of the row. Its kind must be that of its column (INT and NUMBER
 * both take table_int). NULL as text and a real that is not finite are null. */
void table_text(struct table *table, const char *text);
void table_int(struct table *table, int64_t value);
void table_real(struct table *table, double value);
void table_list(struct table *table, const char *const *texts, size_t count);
void table_null(struct table *table);           /* no data: blank, an empty field, null */

/* A line that stands below the row in text, and nowhere else; once for each line.
 * It is indented to the second column. */
void table_note(struct table *table, const char *text);

/* Close the row; cells not given are null. */
void table_end_row(struct table *table);

/* Write the table. width is what text may take, in columns: 0 = 100, negative =
 * as much as it needs; where there is more, the widest texts are cut. Numbers
 * never are. An empty table has its header (text, CSV) or is []. The table can be
 * written again, in another format. */
void table_write(const struct table *table, enum table_format format, int width, FILE *out);

/* The same, but rows of CSV and JSON are written as they are ended and forgotten.
 * (Text is gathered: its columns are as wide as the widest cell.) table_end() writes
 * what is left and frees the table; table_free() instead gives up. */
struct table *table_begin(const struct table_column *columns, int count, enum table_format format,
                          int width, FILE *out);
void table_end(struct table *table);

#endif
