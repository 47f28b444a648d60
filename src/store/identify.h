/* identify.h - persons worked out from what is stored, and stored */
#ifndef IDENTIFY_H
#define IDENTIFY_H

#include "casefile_internal.h"

#include "epistograph/alias.h"

/* Work out address.person and the tables person and link, by what is stored in
 * alias. usages: all of the case (struct name_usage), or NULL to have them counted.
 * Inside a transaction. */
int casefile_identify(struct casefile *casefile, const GArray *usages, struct error *err);

/* The same by other decisions; NULL: none, and no rules either, so that every
 * address is a person. */
int casefile_identify_by(struct casefile *casefile, const GArray *usages,
                         const struct alias_list *aliases, struct error *err);

#endif
