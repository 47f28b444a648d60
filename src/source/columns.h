/* columns.h - which column of a table holds what: by its name, or as the user says */
#ifndef SOURCE_COLUMNS_H
#define SOURCE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

struct error;

enum column {
	COLUMN_FROM, COLUMN_FROM_NAME,  /* a column of names beside one of addresses */
	COLUMN_TO, COLUMN_TO_NAME, COLUMN_CC, COLUMN_CC_NAME, COLUMN_BCC, COLUMN_BCC_NAME,
	COLUMN_REPLY_TO,
	COLUMN_DATE, COLUMN_TIME,
	COLUMN_RECEIVED, COLUMN_TIME_RECEIVED,
	COLUMN_SUBJECT, COLUMN_ID, COLUMN_IN_REPLY_TO, COLUMN_REFERENCES,
	COLUMN_ROLE,                    /* what the recipient of an edge list is: to, cc, bcc */
	COLUMN_WEIGHT,                  /* how many messages a row of an edge list stands for */
	COLUMN_THREAD,                  /* conversation: shows that a table is of mail */
	COLUMN_COUNT
};

/* What --columns calls it: "from", "reply-to". */
const char *columns_word(enum column column);

/* --columns, taken apart. */
struct column_choice {
	char *names[COLUMN_COUNT];      /* a column's name in a form that compares, or NULL */
	int numbers[COLUMN_COUNT];      /* a column's number from 1, or 0 */
	bool any;                       /* something was chosen */
	bool no_header;                 /* "header=none": the first row is a record */
};

/* Read "from=3,to=5,date=7" or "from=Absender,to=Empfänger". NULL chooses nothing.
 * -1 with *err, and nothing to clear, if it is not understood. */
int column_choice_read(const char *text, struct column_choice *choice, struct error *err);
void column_choice_clear(struct column_choice *choice);

/* How sure it is that a table is of mail. */
enum columns_grade {
	COLUMNS_NOT_MAIL,               /* no sender or no recipient */
	COLUMNS_IF_ADDRESSES,           /* "from" and "to" are words of other tables too: only if
	                                 * addresses stand there */
	COLUMNS_MAIL,
};

struct columns {
	int16_t at[COLUMN_COUNT];       /* from 0; -1: the table has none */
	bool utc[COLUMN_COUNT];         /* its name says that times are UTC */
	bool header;                    /* the first row holds names */
	enum columns_grade grade;
	int known;                      /* columns put to use: the more, the better understood */
	size_t used;                    /* behind the last of them: columns from the first */
};

/* Understand the first row of a table: count cells of UTF-8. */
void columns_find(const char *const *cells, size_t count, const struct column_choice *choice,
                  struct columns *columns);

#endif
