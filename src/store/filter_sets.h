/* filter_sets.h - the persons, lists and labels a filter names, as sets of row ids */
#ifndef FILTER_SETS_H
#define FILTER_SETS_H

#include "casefile_internal.h"

/* Sets of ids (GSIZE_TO_POINTER); NULL where the filter asks for nothing. */
struct filter_sets {
	GHashTable *persons;
	GHashTable *domains;            /* addresses */
	GHashTable *lists;
	GHashTable *labelled;           /* messages with a label asked for */
	GHashTable *unwanted;           /* messages with a label that is not wanted; none if NULL */
	GHashTable *loose;              /* messages that do not count now */
};

/* 0, or -1 with *err, for instance if nobody is called as the filter says. */
int filter_sets_init(struct filter_sets *sets, struct casefile *casefile,
                     const struct filter *filter, struct error *err);
void filter_sets_clear(struct filter_sets *sets);

/* An id that is in the set, or a set that asks for nothing. */
bool filter_set_has(GHashTable *set, int64_t id);

/* text for comparison: case folded, composed. g_free(). */
char *filter_fold(const char *text);

#endif
