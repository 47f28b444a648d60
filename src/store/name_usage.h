/* name_usage.h - which display names were seen with which addresses, and how often */
#ifndef NAME_USAGE_H
#define NAME_USAGE_H

#include "casefile_internal.h"

/* How often a name was seen with an address. */
struct name_usage {
	uint32_t address, name;         /* ids */
	uint32_t in_from, anywhere;
};

/* All that one pass over the mentions tells. */
struct name_usages {
	GArray *usages;                 /* struct name_usage, in no order */
	GHashTable *addresses, *names;  /* ids in use; NULL if that is not asked */
};

/* Add all mentions of the case. */
int name_usages_count(struct casefile *casefile, struct name_usages *usages, struct error *err);

/* Many programs write the address, bare or in quotes, where a name should be. */
bool name_is_address(const char *name, const char *address);

/* "Ann Lee via Trees" names a person, and what passed on her mail, by one address. */
bool name_is_of_somebody_else(const char *name);

#endif
