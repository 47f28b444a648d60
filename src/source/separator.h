/* separator.h - is this "From " line the begin of a message?
 *
 * No rule alone is right: programs write separators without a date or without a
 * blank line before, people write lines that begin with "From ". So the line
 * itself, what stands before it and what follows are weighed together. */
#ifndef SOURCE_SEPARATOR_H
#define SOURCE_SEPARATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a line that begins with "From " says by itself. */
enum separator_grade {
	GRADE_PROSE,            /* "From the beginning" */
	GRADE_BARE,             /* "From " and nothing */
	GRADE_SHORT,            /* a sender or "-", no date */
	GRADE_LOOSE,            /* a date, but an odd sender or something behind it */
	GRADE_GOOD,             /* sender and date, in any of the forms in use */
};

/* The verdict on one line. */
struct separator {
	enum separator_grade grade;
	bool accepted;          /* a message begins here */
	bool near;              /* not accepted, but someone should look at it */
	bool blank_before;      /* or the begin of the file */
	bool header_after;
	size_t size;            /* of the line with its newline */
};

/* A piece of a file. */
struct slice {
	const uint8_t *bytes;
	size_t size;
	bool begins, ends;      /* the file begins and ends with it */
};

/* What follows a separator is looked at for so many bytes. A slice should hold
 * that much behind the line, and SEPARATOR_BEHIND bytes before it. */
#define SEPARATOR_AHEAD (16 << 10)
#define SEPARATOR_BEHIND 4

/* Does a line that begins with "From " start at bytes? */
bool separator_possible(const uint8_t *bytes, size_t size);

/* Judge the line at slice->bytes[at]. habit is the grade of the file's first
 * separator: files are consistent in what they leave out. GRADE_PROSE if not
 * known yet. */
void separator_judge(const struct slice *slice, size_t at, enum separator_grade habit,
                     struct separator *separator);

/* The grade of what follows "From " on a line, without its line end. */
enum separator_grade separator_grade_line(const char *line, size_t size);

#endif
