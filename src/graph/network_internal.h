/* network_internal.h - how a network owns its strings, and its arcs by target */
#ifndef NETWORK_INTERNAL_H
#define NETWORK_INTERNAL_H

#include <glib.h>

#include "epistograph/network.h"

struct network_strings {
	GStringChunk *chunk;
};

struct network_strings *network_strings_new(void);

/* A copy of text that lives as long as strings. */
const char *network_strings_add(struct network_strings *strings, const char *text);

/* Arcs by the vertex they start from or lead to. */
struct network_index {
	int *first_out;                 /* order + 1: arcs first_out[v] .. first_out[v + 1] - 1 */
	int *first_in;                  /* order + 1: into arcs_in */
	int *arcs_in;                   /* size: indices of arcs by target, then by source */
};

void network_index_init(struct network_index *index, const struct network *network);
void network_index_clear(struct network_index *index);

/* Sort items 0 .. count - 1 by key (0 <= key[item] < keys), equal keys in the
 * order of `before`, which holds the items in some order. g_free() the result. */
int *network_sort_by_key(const int *key, int keys, const int *before, int count);

#endif
