/* links.h - why addresses are one person, read from a case file */
#ifndef LINKS_H
#define LINKS_H

#include "roster.h"

struct link {                           /* as struct casefile_link; owned by the array */
	char *address, *other, *rule, *state, *evidence;
	const struct person *person, *other_person;     /* of the roster */
	double score;
	bool confirmed;
};

/* All links of the case: struct link, in the order of casefile_links(). NULL with *err. */
GArray *links_load(struct casefile *casefile, const struct roster *roster, struct error *err);
void links_free(GArray *links);                 /* NULL is fine */

bool link_is(const struct link *link, const char *state);

/* The joined links by either address: GPtrArray of const struct link *. */
GHashTable *links_by_address(const GArray *links);

#endif
