/* letters.h - messages shown one by one: as a table, as cards, or as their raw bytes */
#ifndef LETTERS_H
#define LETTERS_H

#include "epistograph/casefile.h"
#include "epistograph/letter.h"
#include "epistograph/table.h"

#include <stdio.h>

struct error;
struct letter_reader;

/* Somebody asked for by name or address. */
struct who {
	int64_t *persons;               /* owned */
	size_t count;
};

bool who_is(const struct who *who, int64_t person);

/* Print the messages (int64_t) in their order. Text is a row a message, its further
 * copies below it. With who, a column says in which roles they are named. 0, or -1 with *err. */
int letters_print(FILE *out, struct letter_reader *reader, const GArray *messages,
                  const struct who *who, enum table_format format, int width,
                  struct error *err);

/* Print all that the case has of each, a line a field. */
int letters_print_cards(FILE *out, struct letter_reader *reader, const GArray *messages,
                        struct error *err);

/* Write the bytes of one message, taken from the file again: of the copy at `place`, or
 * of the first if that is NULL. case_path says where files are seen from. -1 with *err
 * if the file is gone or is not what it was. */
int letters_write_raw(FILE *out, const struct letter *letter, const struct letter_place *place,
                      const char *case_path, struct error *err);

/* Write all of them as one mailbox (mboxrd), in the order they were read in, so that a
 * container is gone through once: a separator line before each, one ">" more
 * before lines that begin with "From " behind any number of ">", a blank line at the
 * end. The separator is the message's own, or where it had none says nothing
 * (1 January 1970), as public-inbox does. */
int letters_write_mbox(FILE *out, struct letter_reader *reader, const GArray *messages,
                       const char *case_path, struct error *err);

#endif
