/* shades.h - counts as shades of one hue, in classes with round bounds
 *
 * Private to src/draw. */
#ifndef EPISTOGRAPH_SHADES_H
#define EPISTOGRAPH_SHADES_H

#include <stdint.h>

#include "epistograph/style.h"

#define SHADES_MAX 6

struct shades {
	int count;                      /* of classes, 0 if there is nothing to show */
	int64_t from[SHADES_MAX];       /* the least of each class; the first is 1 */
	int64_t most;                   /* the largest of the last class */
	struct color colors[SHADES_MAX];        /* each at least 11 of CIE lightness from the next,
	                                         * so that they stay apart in grey */
	struct color words[SHADES_MAX]; /* for a number written on it */
};

/* Classes for counts up to most: each number its own while there are few, else bounds
 * that grow by about the same factor, of the series 1, 2, 5, 10, ... */
struct shades shades_for_counts(int64_t most, const struct style *style);

/* The class of count; -1 for 0, which has no shade. */
int shades_class(const struct shades *shades, int64_t count);

/* "20–49"; g_free(). */
char *shades_words(const struct shades *shades, int class);

#endif
