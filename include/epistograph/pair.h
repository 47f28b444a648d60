/* pair.h - two correspondents: who wrote when, and how long answers took */
#ifndef EPISTOGRAPH_PAIR_H
#define EPISTOGRAPH_PAIR_H

#include <stdint.h>

#include "epistograph/casefile.h"
#include "epistograph/timeline.h"

/* How long one of the two took to answer the other. */
struct pair_delays {
	int64_t *sorted;                /* seconds, ascending */
	int count;                      /* of answers whose delay is known */
	int64_t unknown;                /* answers with a date that cannot be used */
	int64_t passed_on;              /* not counted: what they answer was addressed to the
	                                 * answerer, but they do not go back to the other: mail
	                                 * that is forwarded says whose it is, as an answer does.
	                                 * What came by a list may go back by it */
};

struct pair {
	struct timeline timeline;       /* series 0: the first wrote to the second; 1: the reverse */
	struct timeline_gap *coverage;  /* silences of all mail that passed, whoever wrote it: where
	                                 * the archive itself has none. g_free() by pair_clear() */
	int coverage_count;
	int64_t first, last;            /* instants of that mail; INSTANT_NONE if none is dated */
	int64_t written[2];             /* messages, dated or not */
	int64_t embedded;               /* of these, here only inside others */
	struct pair_delays delays[2];   /* of the first's answers to the second; the reverse */
};

/* Ids of two persons, not the same. */
struct pair_builder;
struct pair_builder *pair_builder_new(int64_t first, int64_t second);
void pair_builder_keep_far(struct pair_builder *builder);       /* see timeline.h */
/* All mail of a query, also that of others; then that of one with EDGES_REPLY. */
void pair_builder_add_message(struct pair_builder *builder, const struct correspondence *message);
void pair_builder_add_answer(struct pair_builder *builder, const struct correspondence *answer);
/* Frees the builder. names: of the two; unit: as in timeline_builder_finish(). */
void pair_builder_finish(struct pair_builder *builder, int unit, const char *const names[2],
                         struct pair *pair);
void pair_builder_free(struct pair_builder *builder);           /* instead of finish */
void pair_clear(struct pair *pair);

/* The least delay that at least quarter/4 of the answers did not exceed (nearest rank, as
 * the median of an arc in network.h); INSTANT_NONE if there is none. */
int64_t pair_quartile(const struct pair_delays *delays, int quarter);

#endif
