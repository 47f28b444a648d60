/* planted.h - networks with known communities, built by hand for tests
 *
 * People are added in the order of their addresses; ties in any order. */
#ifndef TESTS_PLANTED_H
#define TESTS_PLANTED_H

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "epistograph/analysis.h"

struct planted {
	GArray *vertices, *arcs;        /* struct vertex, struct arc */
	GArray *membership;             /* int */
	struct network network;
	struct analysis analysis;
};

static inline void planted_init(struct planted *planted)
{
	*planted = (struct planted){
		.vertices = g_array_new(FALSE, TRUE, sizeof(struct vertex)),
		.arcs = g_array_new(FALSE, TRUE, sizeof(struct arc)),
		.membership = g_array_new(FALSE, TRUE, sizeof(int)),
	};
}

/* Returns the new person's vertex. */
static inline int planted_person(struct planted *planted, int community, const char *name)
{
	int v = (int)planted->vertices->len;
	struct vertex vertex = { .person = v + 1,
	                         .address = g_strdup_printf("p%05d@example.org", v),
	                         .name = g_strdup(name ? name : "") };

	g_array_append_val(planted->vertices, vertex);
	g_array_append_val(planted->membership, community);
	return v;
}

static inline void planted_mail(struct planted *planted, int from, int to, int64_t messages)
{
	for (guint a = 0; a < planted->arcs->len; a++) {
		struct arc *arc = &g_array_index(planted->arcs, struct arc, a);

		if (arc->from == from && arc->to == to) {
			arc->messages += messages;
			arc->weight = (double)(arc->to_count = arc->messages);
			return;
		}
	}
	struct arc arc = { .from = from, .to = to, .messages = messages, .to_count = messages,
	                   .weight = (double)messages };
	g_array_append_val(planted->arcs, arc);
}

static inline int planted_compare_arcs(const void *a, const void *b)
{
	const struct arc *p = a, *q = b;

	return p->from != q->from ? p->from - q->from : p->to - q->to;
}

static inline int planted_compare_rank(const void *a, const void *b, void *context)
{
	const double *strength = context;
	int v = *(const int *)a, w = *(const int *)b;

	return strength[v] > strength[w] ? -1 : strength[v] < strength[w] ? 1 : v - w;
}

static inline void planted_name_communities(struct analysis *analysis)
{
	for (int k = 0; k < analysis->network->order; k++) {
		int v = analysis->by_rank[k];
		const struct vertex *vertex = &analysis->network->vertices[v];
		struct community *community = &analysis->communities[analysis->membership[v]];

		community->size++;
		community->strength += analysis->measures[MEASURE_STRENGTH][v];
		if (community->name)
			continue;
		community->centre = v;
		community->name = g_strdup(*vertex->name ? vertex->name : vertex->address);
		community->short_name = g_strdup(community->name);
		community->domain = g_strdup("example.org");
	}
	for (int c = 0; c < analysis->community_count; c++) {
		analysis->communities[c].number = c + 1;
		analysis->communities[c].color = c < 8 ? c : -1;
	}
}

/* Communities must have been numbered from 0 by falling size. All ties count as
 * backbone. The analysis may be used until planted_clear(). */
static inline const struct analysis *planted_finish(struct planted *planted)
{
	struct network *network = &planted->network;
	struct analysis *analysis = &planted->analysis;
	int order = (int)planted->vertices->len;

	g_array_sort(planted->arcs, planted_compare_arcs);
	*network = (struct network){ .vertices = (struct vertex *)(void *)planted->vertices->data,
	                             .order = order, .size = (int)planted->arcs->len,
	                             .arcs = (struct arc *)(void *)planted->arcs->data };
	*analysis = (struct analysis){ .network = network, .options = ANALYSIS_DEFAULTS,
	                               .membership = (int *)(void *)planted->membership->data };
	double *strength = analysis->measures[MEASURE_STRENGTH] = g_new0(double, order + 1);
	for (int a = 0; a < network->size; a++) {
		const struct arc *arc = &network->arcs[a];

		network->vertices[arc->from].sent += arc->messages;
		network->vertices[arc->to].received += arc->messages;
		strength[arc->from] += arc->weight;
		strength[arc->to] += arc->weight;
	}
	analysis->by_rank = g_new(int, order + 1);
	analysis->rank = g_new(int, order + 1);
	analysis->backbone = g_new(bool, network->size + 1);
	memset(analysis->backbone, true, network->size);
	for (int v = 0; v < order; v++) {
		analysis->by_rank[v] = v;
		analysis->community_count =
			MAX(analysis->community_count, analysis->membership[v] + 1);
	}
	g_qsort_with_data(analysis->by_rank, order, sizeof(int), planted_compare_rank, strength);
	for (int k = 0; k < order; k++)
		analysis->rank[analysis->by_rank[k]] = k + 1;
	analysis->communities = g_new0(struct community, analysis->community_count + 1);
	planted_name_communities(analysis);
	return analysis;
}

static inline void planted_clear(struct planted *planted)
{
	struct analysis *analysis = &planted->analysis;

	for (guint v = 0; v < planted->vertices->len; v++) {
		g_free((char *)g_array_index(planted->vertices, struct vertex, v).address);
		g_free((char *)g_array_index(planted->vertices, struct vertex, v).name);
	}
	for (int c = 0; c < analysis->community_count; c++) {
		g_free(analysis->communities[c].name);
		g_free(analysis->communities[c].short_name);
		g_free(analysis->communities[c].domain);
	}
	g_free(analysis->communities);
	g_free(analysis->measures[MEASURE_STRENGTH]);
	g_free(analysis->by_rank);
	g_free(analysis->rank);
	g_free(analysis->backbone);
	g_array_free(planted->vertices, TRUE);
	g_array_free(planted->arcs, TRUE);
	g_array_free(planted->membership, TRUE);
}

/* A number from 0 to below `below`; the same row for the same seed everywhere. */
static inline unsigned planted_random(uint64_t *state, unsigned below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33) % below;
}

/* communities groups of falling size from `largest` on; each person writes to
 * some in the group, hubs to more, and now and then to another group. */
static inline void planted_random_groups(struct planted *planted, uint64_t seed, int communities,
                                         int largest)
{
	uint64_t state = seed * 2654435761u + 1;
	int *start = g_new(int, communities + 1), people = 0;

	for (int c = 0; c < communities; c++) {
		int size = MAX(2, largest * (communities - c) / communities);

		start[c] = people;
		for (int i = 0; i < size; i++, people++)
			planted_person(planted, c, NULL);
	}
	start[communities] = people;
	for (int c = 0; c < communities; c++) {
		int size = start[c + 1] - start[c];

		for (int i = 1; i < size; i++) {
			int hub = start[c] + (int)planted_random(&state, (unsigned)MIN(i, 3));
			int messages = 1 + (int)planted_random(&state, 40) / (i + 1);
			planted_mail(planted, start[c] + i, hub, messages);
			if (planted_random(&state, 2))
				planted_mail(planted, hub, start[c] + i, messages);
			if (planted_random(&state, 3) == 0)
				planted_mail(planted, start[c] + i,
				             start[c] + (int)planted_random(&state, (unsigned)i),
				             2);
		}
		for (int i = 0; i < 3 && communities > 1; i++) {
			int other = (int)planted_random(&state, (unsigned)people);
			if (other != start[c])
				planted_mail(planted, start[c], other,
				             1 + planted_random(&state, 30));
		}
	}
	g_free(start);
}

#endif
