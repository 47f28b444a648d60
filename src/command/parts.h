/* parts.h - a view's time cut into parts, with the network of each */
#ifndef PARTS_H
#define PARTS_H

#include "view.h"

#include "epistograph/slices.h"

struct error;

struct parts {
	struct slices slices;
	struct network *networks;       /* [slices.count] */
	char **names;                   /* [slices.count] */
	int64_t outside;                /* messages without a usable date or far from all others */
};

/* Cut what passes view's filter into at least 2 and at most `most` parts; unit: as in
 * slices_cut(). -1 with *err, also if all of it lies in one. */
int parts_init(struct parts *parts, const struct view *view, int unit, int most,
               struct error *err);
void parts_clear(struct parts *parts);

/* "year by year", "in steps of 2 years". g_free(). */
char *parts_steps(const struct parts *parts);

/* The figure's source line; communities: "each period by itself". g_free(). */
char *parts_source(const struct parts *parts, const struct view *view, const char *communities);

#endif
