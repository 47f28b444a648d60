/* roster.h - the persons of a case, found by any of their addresses or by name */
#ifndef ROSTER_H
#define ROSTER_H

#include "epistograph/casefile.h"

#include <glib.h>

struct alias_list;
struct error;

struct roster {
	const struct person *persons;   /* borrowed */
	size_t count;
	GHashTable *by_address;
};

void roster_init(struct roster *roster, const struct person *persons, size_t count);
void roster_clear(struct roster *roster);

/* NULL if no person has that address, in normal form. */
const struct person *roster_find_address(const struct roster *roster, const char *address);

/* Who is meant by an address or by an exact name (case ignored) that one person alone
 * has. NULL with *err. */
const struct person *roster_find(const struct roster *roster, const char *who, struct error *err);

/* Warn of addresses in list that nobody in the case has. path: of the file. */
void roster_warn_unknown(const struct roster *roster, const struct alias_list *list,
                         const char *path);

/* An address as the case file has it, of "Name <address>" too; a name as it is.
 * g_free(). */
char *roster_normal_word(const char *who);

#endif
