/* timeline.h - messages through time, counted in calendar bins */
#ifndef EPISTOGRAPH_TIMELINE_H
#define EPISTOGRAPH_TIMELINE_H

#include <stdint.h>

#include "epistograph/calendar.h"
#include "epistograph/casefile.h"
#include "epistograph/gap.h"

enum timeline_split {
	SPLIT_NONE, SPLIT_KIND,
	SPLIT_COMMUNITY,                /* of the sender */
	SPLIT_PERSON,                   /* the sender */
	SPLIT_DATE,                     /* its verdict */
	SPLIT_VERIFIED,                 /* what its signatures are worth */
};

#define TIMELINE_SERIES_MAX 9           /* eight and "the rest" */

struct timeline_bin {
	int64_t start;                  /* first instant */
	int64_t counts[TIMELINE_SERIES_MAX];
	int64_t total;                  /* = sum of counts */
	int64_t repaired;               /* of total: date repaired or replaced */
};

struct timeline {
	enum calendar_unit unit;
	struct timeline_bin *bins;      /* without holes, from the first to the last with mail */
	int bin_count;
	enum timeline_split split;
	char *series_names[TIMELINE_SERIES_MAX];        /* owned */
	int series_count;               /* 1 for SPLIT_NONE */
	const int *series_colors;       /* as in palettes, -1 = that of all the rest; borrowed,
	                                 * NULL: by their order */
	struct timeline_gap *gaps;
	int gap_count;
	struct timeline_gap quiet;      /* gap.h */
	int64_t dated, undated, implausible, far;       /* messages; dated = sum of totals */
	int64_t others;                 /* dated messages of no series: SPLIT_PERSON */
	int64_t far_first, far_last;    /* instants of those far, INSTANT_NONE when far = 0 */
	int64_t from_received, from_separator;  /* of dated: where the date came from */
	int64_t by_other_domain;        /* the same: SPLIT_VERIFIED, a signature holds that is of another
	                                 * domain than the sender's */
	int64_t first, last;            /* instants, INSTANT_NONE when dated = 0 */
};

/* Collect, then bin. The unit is the finest that gives at most 150 bins, unless
 * unit >= 0 (enum calendar_unit); one that would give more than 40,000 bins is
 * made coarser. The series of a message is its kind, the verdict on its date, what its
 * signatures are worth (of four kinds: signed but not verified takes in those that hold and are of
 * another domain, which are counted besides), or that of its sender among members, which are sorted by person and copied. Senders that are not
 * among them go into the last series with SPLIT_COMMUNITY; with SPLIT_PERSON, of whom a few
 * would vanish beside all the rest, into none: their mail is counted as that of others. */
struct timeline_builder;
struct timeline_member { int64_t person; int series; };
struct timeline_builder *timeline_builder_new(enum timeline_split split,
                                              const struct timeline_member *members,
                                              size_t member_count);

/* Dates far from all others (period.h) are kept out of the bins and counted as far.
 * After this call none is. */
void timeline_builder_keep_far(struct timeline_builder *builder);
void timeline_builder_add(struct timeline_builder *builder, const struct correspondence *message);
/* Frees builder. names: those of all series, at most TIMELINE_SERIES_MAX, the last
 * for the rest with SPLIT_COMMUNITY; looked at for it and SPLIT_PERSON only. */
void timeline_builder_finish(struct timeline_builder *builder, int unit,
                             const char *const *names, int name_count, struct timeline *timeline);
void timeline_builder_free(struct timeline_builder *builder);
void timeline_clear(struct timeline *timeline);

#endif
