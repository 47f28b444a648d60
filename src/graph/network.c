/* network.c - a network's parts, views and reductions */
#include "epistograph/network.h"
#include "network_internal.h"

#include <string.h>

struct network_strings *network_strings_new(void)
{
	struct network_strings *strings = g_new0(struct network_strings, 1);

	strings->chunk = g_string_chunk_new(64 * 1024);
	return strings;
}

const char *network_strings_add(struct network_strings *strings, const char *text)
{
	return g_string_chunk_insert(strings->chunk, text);
}

void network_clear(struct network *network)
{
	g_free(network->vertices);
	g_free(network->arcs);
	if (network->strings)
		g_string_chunk_free(network->strings->chunk);
	g_free(network->strings);
	*network = (struct network){ 0 };
}

int *network_sort_by_key(const int *key, int keys, const int *before, int count)
{
	int *place = g_new0(int, (gsize)keys + 1);
	int *sorted = g_new(int, count);

	for (int i = 0; i < count; i++)
		place[key[i] + 1]++;
	for (int k = 0; k < keys; k++)
		place[k + 1] += place[k];
	for (int i = 0; i < count; i++)
		sorted[place[key[before[i]]]++] = before[i];
	g_free(place);
	return sorted;
}

void network_index_init(struct network_index *index, const struct network *network)
{
	int *place = g_new0(int, (gsize)network->order + 1);

	index->first_out = g_new0(int, (gsize)network->order + 1);
	index->first_in = g_new0(int, (gsize)network->order + 1);
	index->arcs_in = g_new(int, network->size);
	for (int i = 0; i < network->size; i++) {
		index->first_out[network->arcs[i].from + 1]++;
		index->first_in[network->arcs[i].to + 1]++;
	}
	for (int v = 0; v < network->order; v++) {
		index->first_out[v + 1] += index->first_out[v];
		index->first_in[v + 1] += index->first_in[v];
		place[v] = index->first_in[v];
	}
	/* Arcs ascend by source, so each target's list does too. */
	for (int i = 0; i < network->size; i++)
		index->arcs_in[place[network->arcs[i].to]++] = i;
	g_free(place);
}

void network_index_clear(struct network_index *index)
{
	g_free(index->first_out);
	g_free(index->first_in);
	g_free(index->arcs_in);
}

int64_t network_receipts(const struct network *network)
{
	int64_t receipts = 0;

	for (int i = 0; i < network->size; i++)
		receipts += network->arcs[i].messages;
	return receipts;
}

void network_strength(const struct network *network, double *strength)
{
	for (int i = 0; i < network->order; i++)
		strength[i] = 0;
	for (int i = 0; i < network->size; i++) {
		strength[network->arcs[i].from] += network->arcs[i].weight;
		strength[network->arcs[i].to] += network->arcs[i].weight;
	}
}

/* The tie of arcs `out` (low to high) and `in` (high to low); either may be NULL. */
static struct edge edge_of(const struct arc *out, const struct arc *in)
{
	return (struct edge){
		.from = out ? out->from : in->to,
		.to = out ? out->to : in->from,
		.weight = (out ? out->weight : 0) + (in ? in->weight : 0),
		.forward = out ? out->messages : 0,
		.backward = in ? in->messages : 0,
	};
}

int network_edges(const struct network *network, struct edge **edges)
{
	struct network_index index;
	int count = 0;

	network_index_init(&index, network);
	*edges = g_new(struct edge, network->size);
	for (int v = 0; v < network->order; v++) {
		int out = index.first_out[v], in = index.first_in[v];
		int out_end = index.first_out[v + 1], in_end = index.first_in[v + 1];

		/* Both lists ascend: merge what lies above v, which starts late in each. */
		while (out < out_end && network->arcs[out].to < v)
			out++;
		while (in < in_end && network->arcs[index.arcs_in[in]].from < v)
			in++;
		while (out < out_end || in < in_end) {
			const struct arc *a = out < out_end ? &network->arcs[out] : NULL;
			const struct arc *b = in < in_end ?
			                      &network->arcs[index.arcs_in[in]] : NULL;

			if (a && b && a->to != b->from) {
				if (a->to < b->from)
					b = NULL;
				else
					a = NULL;
			}
			(*edges)[count++] = edge_of(a, b);
			out += a != NULL;
			in += b != NULL;
		}
	}
	network_index_clear(&index);
	return count;
}

/* ---- finding ---- */

int network_arc(const struct network *network, int from, int to)
{
	int low = 0, high = network->size;

	while (low < high) {
		int middle = low + (high - low) / 2;
		const struct arc *arc = &network->arcs[middle];

		if (arc->from == from && arc->to == to)
			return middle;
		if (arc->from < from || (arc->from == from && arc->to < to))
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static int find_address(const struct network *network, const char *address)
{
	int low = 0, high = network->order;

	while (low < high) {
		int middle = low + (high - low) / 2;
		int order = strcmp(network->vertices[middle].address, address);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static int64_t mail_of(const struct vertex *vertex)
{
	return vertex->sent + vertex->received;
}

/* Of several persons of one name the one with the most mail. */
static int find_name(const struct network *network, const char *name)
{
	char *wanted = g_utf8_casefold(name, -1);
	int found = -1;

	for (int i = 0; *wanted && i < network->order; i++) {
		char *folded = g_utf8_casefold(network->vertices[i].name, -1);

		if (strcmp(folded, wanted) == 0 &&
		    (found < 0 ||
		     mail_of(&network->vertices[i]) > mail_of(&network->vertices[found])))
			found = i;
		g_free(folded);
	}
	g_free(wanted);
	return found;
}

int network_find(const struct network *network, const char *address_or_name)
{
	int found;
	char *lower;

	if (!g_utf8_validate(address_or_name, -1, NULL))
		return find_address(network, address_or_name);
	lower = g_utf8_strdown(address_or_name, -1);
	found = find_address(network, address_or_name);
	if (found < 0)
		found = find_address(network, lower);
	if (found < 0)
		found = find_name(network, address_or_name);
	g_free(lower);
	return found;
}

void network_distinct_names(const struct network *network, const int *vertices, int count,
                            const char **names)
{
	GHashTable *owners = g_hash_table_new(g_str_hash, g_str_equal);

	for (int i = 0; i < count; i++) {
		const char *name = network->vertices[vertices[i]].name;
		int others = GPOINTER_TO_INT(g_hash_table_lookup(owners, name));

		g_hash_table_insert(owners, (char *)name, GINT_TO_POINTER(others + 1));
	}
	for (int i = 0; i < count; i++) {
		const struct vertex *vertex = &network->vertices[vertices[i]];
		int owned = GPOINTER_TO_INT(g_hash_table_lookup(owners, vertex->name));

		names[i] = *vertex->name && owned == 1 ? vertex->name : vertex->address;
	}
	g_hash_table_destroy(owners);
}

const char **network_names(const struct network *network)
{
	const char **names = g_new(const char *, network->order + 1);
	int *vertices = g_new(int, network->order + 1);

	for (int i = 0; i < network->order; i++)
		vertices[i] = i;
	network_distinct_names(network, vertices, network->order, names);
	g_free(vertices);
	return names;
}

/* ---- reducing ---- */

void network_match(const struct network *part, const struct network *whole, int *index)
{
	int w = 0;

	/* Both ascend by address, of which a person has one in both. */
	for (int p = 0; p < part->order; p++) {
		while (w < whole->order &&
		       strcmp(whole->vertices[w].address, part->vertices[p].address) < 0)
			w++;
		bool is_same = w < whole->order &&
		               whole->vertices[w].person == part->vertices[p].person;
		index[p] = is_same ? w : -1;
	}
}

void network_ego(const struct network *network, int vertex, int depth, bool *keep)
{
	int *step = g_new(int, network->order);
	bool grown = true;

	for (int i = 0; i < network->order; i++)
		step[i] = -1;
	step[vertex] = 0;
	for (int d = 0; d < depth && grown; d++) {
		grown = false;
		for (int i = 0; i < network->size; i++) {
			int from = network->arcs[i].from, to = network->arcs[i].to;

			if (step[from] == d && step[to] < 0) {
				step[to] = d + 1;
				grown = true;
			} else if (step[to] == d && step[from] < 0) {
				step[from] = d + 1;
				grown = true;
			}
		}
	}
	for (int i = 0; i < network->order; i++)
		keep[i] = step[i] >= 0;
	g_free(step);
}

/* Copy the vertices that have a number in index[]; index[v] becomes the new
 * place of v, -1 for those left out. */
static void copy_vertices(const struct network *network, int *index, struct network *subset)
{
	subset->vertices = g_new(struct vertex, network->order);
	for (int i = 0; i < network->order; i++) {
		struct vertex *copy;

		if (index[i] < 0)
			continue;
		index[i] = subset->order++;
		copy = &subset->vertices[index[i]];
		*copy = network->vertices[i];
		copy->address = network_strings_add(subset->strings, copy->address);
		copy->name = network_strings_add(subset->strings, copy->name);
	}
}

void network_subset(const struct network *network, const bool *keep, const bool *arc_keep,
                    int64_t min_messages, struct network *subset)
{
	int *index = g_new(int, network->order);

	*subset = (struct network){
		.weight = network->weight,
		.edges = network->edges,
		.account = network->account,
		.strings = network_strings_new(),
		.arcs = g_new(struct arc, network->size),
	};
	for (int i = 0; i < network->order; i++)
		index[i] = -1;
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		if (!keep[arc->from] || !keep[arc->to])
			continue;
		if (arc_keep ? !arc_keep[i] : arc->messages < min_messages)
			continue;
		subset->arcs[subset->size++] = *arc;
		index[arc->from] = index[arc->to] = 0;
	}
	copy_vertices(network, index, subset);
	/* Leaving vertices out keeps the order of the rest, so arcs still ascend. */
	for (int i = 0; i < subset->size; i++) {
		subset->arcs[i].from = index[subset->arcs[i].from];
		subset->arcs[i].to = index[subset->arcs[i].to];
	}
	g_free(index);
}
