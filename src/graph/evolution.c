/* evolution.c - communities of each period, and the people they have in common */
#include "epistograph/evolution.h"

#include "graph_internal.h"

#include "epistograph/community.h"
#include "epistograph/isolate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#define GROUP_PEOPLE 3
#define GROUP_SHARE 0.02

/* What the child fills in, in shared memory. */
struct partition {
	const struct network *network;
	int *membership;                /* [order] */
	int *count;
	double *modularity;
};

struct search {
	struct partition *periods;
	int count;
	uint64_t seed;
	int iterations;
	void *shared;
	size_t shared_size;
};

/* ---- communities, in a child ---- */

/* Lay the periods' results out one after the other: modularity and count of each, then the
 * memberships. */
static void search_init(struct search *search, const struct network *networks, int count)
{
	size_t orders = 0;

	for (int i = 0; i < count; i++)
		orders += (size_t)networks[i].order;
	search->count = count;
	search->shared_size = (size_t)count * (sizeof(double) + sizeof(int)) +
	                      MAX(orders, 1) * sizeof(int);
	search->shared = isolate_alloc(search->shared_size);
	search->periods = g_new(struct partition, (gsize)MAX(count, 1));
	double *modularity = search->shared;
	int *counts = (int *)(void *)(modularity + count), *membership = counts + count;

	for (int i = 0; i < count; i++) {
		search->periods[i] = (struct partition){ &networks[i], membership, &counts[i],
		                                         &modularity[i] };
		membership += networks[i].order;
	}
}

static void search_clear(struct search *search)
{
	isolate_free(search->shared, search->shared_size);
	g_free(search->periods);
}

static int find_all(void *context, struct error *err)
{
	struct search *search = context;

	for (int i = 0; i < search->count; i++) {
		struct partition *p = &search->periods[i];
		struct edge *edges;

		*p->modularity = NAN;
		if (!p->network->order)
			continue;
		graph_begin(search->seed);
		int count = network_edges(p->network, &edges);
		int status = community_find(p->network, edges, count, search->seed,
		                            search->iterations, p->membership, p->count,
		                            p->modularity, err);
		g_free(edges);
		if (status < 0)
			return -1;
	}
	return 0;
}

/* ---- groups ---- */

/* The groups of the period at hand, before they are put in order. */
struct draft {
	struct evolution_group groups[EVOLUTION_GROUPS + 1];
	double place[EVOLUTION_GROUPS + 1];     /* mean position of their people one period before */
	int count;
	int *group_of;                  /* [order] vertex to group */
};

static int kept_communities(const struct partition *p, int *sizes)
{
	int kept = 0;

	for (int v = 0; v < p->network->order; v++)
		sizes[p->membership[v]]++;
	/* They come by size. */
	while (kept < MIN(*p->count, EVOLUTION_GROUPS) && sizes[kept] >= GROUP_PEOPLE &&
	       sizes[kept] >= GROUP_SHARE * p->network->order)
		kept++;
	return kept;
}

static int category_of(GHashTable *categories, int64_t person)
{
	gpointer category;

	if (!g_hash_table_lookup_extended(categories, &person, NULL, &category))
		return EVOLUTION_REST;
	return GPOINTER_TO_INT(category);
}

/* The category most of a group's people have. */
static int commonest_category(const struct draft *draft, int group, const struct network *network,
                              GHashTable *categories)
{
	GHashTable *counts = g_hash_table_new(NULL, NULL);
	GHashTableIter iter;
	gpointer key, value;
	int best = EVOLUTION_REST, most = 0;

	for (int v = 0; v < network->order; v++) {
		if (draft->group_of[v] != group)
			continue;
		key = GINT_TO_POINTER(category_of(categories, network->vertices[v].person));
		value = g_hash_table_lookup(counts, key);
		g_hash_table_insert(counts, key, GINT_TO_POINTER(GPOINTER_TO_INT(value) + 1));
	}
	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &key, &value)) {
		int category = GPOINTER_TO_INT(key), count = GPOINTER_TO_INT(value);

		if (category != EVOLUTION_REST &&
		    (count > most || (count == most && category < best))) {
			best = category;
			most = count;
		}
	}
	g_hash_table_destroy(counts);
	return best;
}

static int64_t mail_of(const struct network *network, int vertex)
{
	return network->vertices[vertex].sent + network->vertices[vertex].received;
}

/* Insert a vertex among a group's leaders; vertices come ascending, so that of equal
 * ones the first by address stays before. */
static void take_leader(struct evolution_group *group, const struct network *network, int vertex)
{
	int at = 0;

	while (at < EVOLUTION_LEADERS && group->leaders[at] >= 0 &&
	       mail_of(network, group->leaders[at]) >= mail_of(network, vertex))
		at++;
	if (at == EVOLUTION_LEADERS)
		return;
	memmove(&group->leaders[at + 1], &group->leaders[at],
	        (size_t)(EVOLUTION_LEADERS - 1 - at) * sizeof *group->leaders);
	group->leaders[at] = vertex;
}

static int *no_leaders(void)
{
	int *leaders = g_new(int, EVOLUTION_LEADERS + 1);

	for (int i = 0; i <= EVOLUTION_LEADERS; i++)
		leaders[i] = -1;
	return leaders;
}

static void draft_init(struct draft *draft, const struct partition *p, int period,
                       GHashTable *categories)
{
	const struct network *network = p->network;
	int *sizes = g_new0(int, MAX(network->order, 1));
	int kept = kept_communities(p, sizes);

	*draft = (struct draft){ .group_of = g_new(int, MAX(network->order, 1)) };
	draft->count = kept < *p->count && network->order ? kept + 1 : kept;
	for (int g = 0; g < draft->count; g++)
		draft->groups[g] = (struct evolution_group){
			.period = period, .category = EVOLUTION_REST,
			.number = g < kept ? g : EVOLUTION_REST, .leaders = no_leaders() };
	for (int v = 0; v < network->order; v++) {
		int group = MIN(p->membership[v], kept);

		draft->group_of[v] = group;
		draft->groups[group].people++;
		take_leader(&draft->groups[group], network, v);
	}
	for (int g = 0; g < kept; g++)
		draft->groups[g].category = commonest_category(draft, g, network, categories);
	g_free(sizes);
}

/* ---- order ---- */

static bool goes_before(const struct draft *draft, int a, int b)
{
	const struct evolution_group *x = &draft->groups[a], *y = &draft->groups[b];
	bool x_rest = x->number == EVOLUTION_REST, y_rest = y->number == EVOLUTION_REST;

	if (x_rest != y_rest)
		return y_rest;
	if (x->category != y->category)         /* people of no category behind all others */
		return (unsigned)x->category < (unsigned)y->category;
	if (draft->place[a] != draft->place[b])
		return draft->place[a] < draft->place[b];
	return x->number < y->number;
}

/* Where a draft's groups go: order[place] = group. So few that insertion will do. */
static void draft_order(const struct draft *draft, int *order)
{
	for (int i = 0; i < draft->count; i++) {
		int at = i;

		while (at > 0 && goes_before(draft, i, order[at - 1])) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = i;
	}
}

/* ---- from one period to the next ---- */

/* A person's group in a period: person id to index of group. */
static int group_at(GHashTable *where, int64_t person)
{
	gpointer group;

	if (!g_hash_table_lookup_extended(where, &person, NULL, &group))
		return -1;
	return GPOINTER_TO_INT(group);
}

/* Mean index of the groups a group's people were in before; nobody was: the end. */
static void set_places(struct draft *draft, const struct network *network, GHashTable *before)
{
	int known[EVOLUTION_GROUPS + 1] = { 0 };

	for (int v = 0; v < network->order; v++) {
		int old = group_at(before, network->vertices[v].person);

		if (old >= 0) {
			draft->place[draft->group_of[v]] += old;
			known[draft->group_of[v]]++;
		}
	}
	for (int g = 0; g < draft->count; g++)
		draft->place[g] = known[g] ? draft->place[g] / known[g] : (double)INT32_MAX;
}

/* Append the flows into this period's groups, first..., and count who comes and goes. */
static void follow(GArray *groups, GArray *flows, const struct network *network, int first,
                   GHashTable *before, GHashTable *now)
{
	int width = (int)groups->len - first, base = MAX(first - (EVOLUTION_GROUPS + 1), 0);
	int *people = g_new0(int, (gsize)(first - base + 1) * (gsize)MAX(width, 1));

	for (int v = 0; v < network->order; v++) {
		int64_t person = network->vertices[v].person;
		int old = group_at(before, person), new = group_at(now, person);

		if (old >= 0) {
			people[(old - base) * width + new - first]++;
			g_array_index(groups, struct evolution_group, old).left--;
		} else if (first > 0) {
			g_array_index(groups, struct evolution_group, new).joined++;
		}
	}
	for (int old = base; old < first; old++)
		for (int new = 0; new < width; new++) {
			struct evolution_flow flow = { old, first + new,
			                               people[(old - base) * width + new] };
			if (flow.people)
				g_array_append_val(flows, flow);
		}
	g_free(people);
}

/* Everybody's group in a period. Keys are borrowed from the network. */
static GHashTable *locate(const struct network *network, const struct draft *draft,
                          const int *order, int first)
{
	GHashTable *where = g_hash_table_new(g_int64_hash, g_int64_equal);
	int index[EVOLUTION_GROUPS + 1];

	for (int place = 0; place < draft->count; place++)
		index[order[place]] = first + place;
	for (int v = 0; v < network->order; v++)
		g_hash_table_insert(where, &network->vertices[v].person,
		                    GINT_TO_POINTER(index[draft->group_of[v]]));
	return where;
}

/* Append one period's groups and the flows into them. Returns where everybody is now. */
static GHashTable *add_period(GArray *groups, GArray *flows, const struct partition *p, int period,
                              GHashTable *categories, GHashTable *before)
{
	int order[EVOLUTION_GROUPS + 1], first = (int)groups->len;
	struct draft draft;

	draft_init(&draft, p, period, categories);
	set_places(&draft, p->network, before);
	draft_order(&draft, order);
	for (int i = 0; i < draft.count; i++) {
		struct evolution_group group = draft.groups[order[i]];

		group.left = group.people;      /* until the next period tells who stayed */
		g_array_append_val(groups, group);
	}
	GHashTable *now = locate(p->network, &draft, order, first);

	follow(groups, flows, p->network, first, before, now);
	g_free(draft.group_of);
	return now;
}

/* ---- all of it ---- */

static GHashTable *index_members(const struct evolution_member *members, size_t count)
{
	GHashTable *categories = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (size_t i = 0; i < count; i++)
		g_hash_table_insert(categories, (gpointer)&members[i].person,
		                    GINT_TO_POINTER(members[i].category));
	return categories;
}

static void collect(const struct search *search, GHashTable *categories,
                    struct evolution *evolution)
{
	GArray *groups = g_array_new(FALSE, FALSE, sizeof(struct evolution_group));
	GArray *flows = g_array_new(FALSE, FALSE, sizeof(struct evolution_flow));
	GHashTable *before = g_hash_table_new(g_int64_hash, g_int64_equal);

	evolution->period_count = search->count;
	evolution->modularity = g_new(double, (gsize)MAX(search->count, 1));
	for (int i = 0; i < search->count; i++) {
		GHashTable *now = add_period(groups, flows, &search->periods[i], i, categories, before);

		g_hash_table_destroy(before);
		before = now;
		evolution->modularity[i] = *search->periods[i].modularity;
	}
	g_hash_table_destroy(before);
	for (guint i = 0; i < groups->len; i++) {
		struct evolution_group *group = &g_array_index(groups, struct evolution_group, i);

		if (group->period == search->count - 1)
			group->left = 0;
	}
	evolution->group_count = (int)groups->len;
	evolution->flow_count = (int)flows->len;
	evolution->groups = (struct evolution_group *)(void *)g_array_free(groups, FALSE);
	evolution->flows = (struct evolution_flow *)(void *)g_array_free(flows, FALSE);
}

int evolution_find(const struct network *periods, int count,
                   const struct evolution_member *members, size_t member_count, uint64_t seed,
                   int iterations, struct evolution *evolution, struct error *err)
{
	struct search search = { .seed = seed, .iterations = iterations };

	*evolution = (struct evolution){ 0 };
	search_init(&search, periods, count);
	int status = isolate_run(find_all, &search, "find the communities of each period", err);
	if (status == 0) {
		GHashTable *categories = index_members(members, member_count);

		collect(&search, categories, evolution);
		g_hash_table_destroy(categories);
	}
	search_clear(&search);
	return status;
}

void evolution_clear(struct evolution *evolution)
{
	for (int i = 0; i < evolution->group_count; i++)
		g_free(evolution->groups[i].leaders);
	g_free(evolution->groups);
	g_free(evolution->flows);
	g_free(evolution->modularity);
	*evolution = (struct evolution){ 0 };
}
