/* alias.h - who is whom as the user decided it: a plain text file, one line a person
 *
 *	# Ann has married.
 *	Ann Lee-Brown <ann@example.org> <ann.lee@example.org> <ann@home.example>
 *	Bo Ek <bo@example.org>
 *
 * After git's .mailmap: the first address is the person's main one, the others
 * belong to it; the name may be left out. Rules may find more addresses for a
 * person with several, and none for one who stands alone. Two lines are two
 * people. Empty lines and what follows a "#" at the start of a line say nothing. */
#ifndef EPISTOGRAPH_ALIAS_H
#define EPISTOGRAPH_ALIAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct error;

/* An address the user decided on. */
struct alias {
	char *address;                  /* normalised; owned */
	char *person;                   /* the main address of its person; owned */
	char *name;                     /* of the person; "" if the user gave none; owned */
	int line;                       /* where in the file, from 1; 0 if from no file */
};

struct alias_list {
	struct alias *aliases;          /* ascending by address */
	size_t count;
};

/* Read a file. -1 with *err naming file and line: a line that cannot be read, an
 * address that stands twice. */
int alias_list_read(struct alias_list *list, const char *path, struct error *err);
void alias_list_clear(struct alias_list *list);

/* Add or replace an address's alias; strings are copied. */
void alias_list_set(struct alias_list *list, const char *address, const char *person,
                    const char *name);
/* Forget an address; false if it was not there. Of those that belonged to one person
 * with it the first becomes the main one if it was that; one left over is
 * forgotten, too. */
bool alias_list_forget(struct alias_list *list, const char *address);
/* The alias of an address; NULL if there is none. */
const struct alias *alias_list_find(const struct alias_list *list, const char *address);

/* Write a person's line. addresses: the main one first. */
void alias_write_line(FILE *out, const char *name, const char *const *addresses, size_t count);

#endif
