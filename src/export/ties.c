#include "ties.h"

#include <glib.h>

#include <stdlib.h>

static int by_pair(const void *left, const void *right)
{
	const struct tie *a = left, *b = right;

	if (a->vertex != b->vertex)
		return a->vertex < b->vertex ? -1 : 1;
	return (a->other > b->other) - (a->other < b->other);
}

/* Vertices ascend by address, so equal weights are told apart by it. */
static int by_strength(const void *left, const void *right)
{
	const struct tie *a = left, *b = right;

	if (a->vertex != b->vertex)
		return a->vertex < b->vertex ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->other > b->other) - (a->other < b->other);
}

/* Sum the two directions of each pair, which lie side by side; returns the count. */
static size_t merge_pairs(struct tie *ties, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct tie *last = kept ? &ties[kept - 1] : NULL;

		if (last && last->vertex == ties[i].vertex && last->other == ties[i].other) {
			last->sent += ties[i].sent;
			last->received += ties[i].received;
			last->weight += ties[i].weight;
		} else {
			ties[kept++] = ties[i];
		}
	}
	return kept;
}

void ties_init(struct ties *ties, const struct network *network)
{
	size_t count = 2 * (size_t)network->size;

	ties->ties = g_new(struct tie, count);
	ties->first = g_new0(int, (gsize)network->order + 1);
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		ties->ties[2 * i] = (struct tie){ arc->from, arc->to, arc->messages, 0, arc->weight };
		ties->ties[2 * i + 1] =
			(struct tie){ arc->to, arc->from, 0, arc->messages, arc->weight };
	}
	if (count) {
		qsort(ties->ties, count, sizeof *ties->ties, by_pair);
		count = merge_pairs(ties->ties, count);
		qsort(ties->ties, count, sizeof *ties->ties, by_strength);
	}
	for (size_t i = 0; i < count; i++)
		ties->first[ties->ties[i].vertex + 1]++;
	for (int v = 0; v < network->order; v++)
		ties->first[v + 1] += ties->first[v];
}

void ties_clear(struct ties *ties)
{
	g_free(ties->ties);
	g_free(ties->first);
}
