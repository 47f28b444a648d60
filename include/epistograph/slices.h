/* slices.h - a span of time cut at calendar boundaries, and the network of each part */
#ifndef EPISTOGRAPH_SLICES_H
#define EPISTOGRAPH_SLICES_H

#include <stdint.h>

#include "epistograph/network.h"

struct slices {
	int count;                      /* >= 1 */
	int64_t *edges;                 /* [count + 1] instants, ascending: slice i is
	                                 * edges[i] <= t < edges[i + 1] */
	int months, days;               /* the length of each: one of the two is 0 */
};

/* Cut first to last into days, weeks, months, quarters, half-years, years, or 2, 5, 10, ...
 * years: the shortest of which at most `most` (>= 1) cover it; unit >= 0 (enum calendar_unit)
 * asks for one, which is made longer as well if there were more. */
void slices_cut(struct slices *slices, int64_t first, int64_t last, int unit, int most);
void slices_clear(struct slices *slices);

/* "July 2016", "Q3 2016", "Jan to Jun 2016", "2016", "2014-2015"; g_free(). */
char *slices_name(const struct slices *slices, int slice);
/* "month", "half-year", "2 years", ... g_free(). */
char *slices_unit_name(const struct slices *slices);
/* The slice that holds instant; -1 if none does. */
int slices_find(const struct slices *slices, int64_t instant);

/* Sum messages into one network a slice. slices must outlive the builder. */
struct slices_builder;
struct slices_builder *slices_builder_new(const struct slices *slices, const struct person *persons,
                                          size_t count, enum weight weight, enum edges edges);
void slices_builder_add(struct slices_builder *builder, const struct correspondence *message);
/* Frees the builder. networks[slices->count]: network_clear() each. *outside: messages without a
 * usable date or in no slice. */
void slices_builder_finish(struct slices_builder *builder, struct network *networks,
                           int64_t *outside);
void slices_builder_free(struct slices_builder *builder);       /* instead of finish */

#endif
