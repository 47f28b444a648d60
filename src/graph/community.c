/* community.c - communities by Leiden, their numbers and their names */
#include "epistograph/community.h"
#include "epistograph/palette.h"
#include "graph_internal.h"
#include "network_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

/* Leiden ends in different partitions of nearly the same modularity, depending on
 * the seed. Small networks, where a run takes milliseconds, get several. */
#define RUNS_MAX 50
#define RUNS_WORK 1000000               /* vertices and edges in all runs; some three seconds */

#define LEIDEN_BETA 0.01                /* randomness of refinement, as its authors have it */

#define NAMES_MAX 3
#define NAME_SHARE (1.0 / 3)            /* of the most central member's strength inside */
#define DOMAIN_COMMON 0.9               /* of all vertices: it distinguishes nobody */

/* ---- finding ---- */

struct partition {
	igraph_vector_int_t best, run;
	igraph_vector_t strength;
};

static int partition_init(struct partition *partition, int order, struct error *err)
{
	static const char task[] = "find communities";

	if (graph_check(err, task, igraph_vector_int_init(&partition->best, order)) < 0)
		return -1;
	if (graph_check(err, task, igraph_vector_int_init(&partition->run, order)) < 0)
		goto destroy_best;
	if (graph_check(err, task, igraph_vector_init(&partition->strength, order)) < 0)
		goto destroy_run;
	return 0;

destroy_run:
	igraph_vector_int_destroy(&partition->run);
destroy_best:
	igraph_vector_int_destroy(&partition->best);
	return -1;
}

static void partition_clear(struct partition *partition)
{
	igraph_vector_int_destroy(&partition->best);
	igraph_vector_int_destroy(&partition->run);
	igraph_vector_destroy(&partition->strength);
}

/* Run Leiden a few times and keep the first of the highest quality. */
static int search_partition(const struct graph *graph, double total, uint64_t seed, int iterations,
                            struct partition *partition, struct error *err)
{
	igraph_integer_t places = igraph_vcount(&graph->graph) + igraph_ecount(&graph->graph);
	int runs = (int)CLAMP(RUNS_WORK / places, 1, RUNS_MAX);
	double best = -INFINITY;

	for (int i = 0; i < runs; i++) {
		igraph_integer_t communities;
		igraph_real_t quality;

		igraph_rng_seed(igraph_rng_default(), seed + (uint64_t)i);
		/* Leiden maximises modularity only if a vertex weighs its strength and the
		 * resolution is 1/2m. With vertices of weight 1 it maximises CPM instead. */
		if (graph_check(err, "find communities",
		                igraph_community_leiden(&graph->graph, &graph->weights,
		                                        &partition->strength, 1 / (2 * total),
		                                        LEIDEN_BETA, false, iterations,
		                                        &partition->run, &communities,
		                                        &quality)) < 0)
			return -1;
		/* What is between two equal partitions is the order of additions. */
		if (quality < best + 1e-12)
			continue;
		best = quality;
		igraph_vector_int_swap(&partition->best, &partition->run);
	}
	return 0;
}

struct group {
	int old, size, lowest;
	double strength;
};

static int compare_groups(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return x->lowest < y->lowest ? -1 : 1;
}

/* Number communities by size, strength and lowest vertex. Returns how many. */
static int number_groups(const struct partition *partition, int order, int *membership)
{
	int count = (int)igraph_vector_int_max(&partition->best) + 1;
	struct group *groups = g_new0(struct group, count);
	int *number = g_new(int, count);

	for (int v = order - 1; v >= 0; v--) {
		struct group *group = &groups[VECTOR(partition->best)[v]];

		group->size++;
		group->strength += VECTOR(partition->strength)[v];
		group->lowest = v;
	}
	for (int i = 0; i < count; i++)
		groups[i].old = i;
	qsort(groups, count, sizeof *groups, compare_groups);
	for (int i = 0; i < count; i++)
		number[groups[i].old] = i;
	for (int v = 0; v < order; v++)
		membership[v] = number[VECTOR(partition->best)[v]];
	while (count > 0 && groups[count - 1].size == 0)
		count--;
	g_free(groups);
	g_free(number);
	return count;
}

static int find_in_graph(const struct graph *graph, int order, uint64_t seed, int iterations,
                         int *membership, int *communities, double *modularity,
                         struct error *err)
{
	struct partition partition;
	double total = igraph_vector_sum(&graph->weights);
	igraph_real_t reached;
	int status = -1;

	if (partition_init(&partition, order, err) < 0)
		return -1;
	if (graph_check(err, "find communities",
	                igraph_strength(&graph->graph, &partition.strength, igraph_vss_all(),
	                                IGRAPH_ALL, IGRAPH_LOOPS, &graph->weights)) < 0 ||
	    search_partition(graph, total, seed, iterations, &partition, err) < 0 ||
	    graph_check(err, "compute the modularity",
	                igraph_modularity(&graph->graph, &partition.best, &graph->weights, 1,
	                                  IGRAPH_UNDIRECTED, &reached)) < 0)
		goto clear_partition;
	*communities = number_groups(&partition, order, membership);
	*modularity = reached;
	status = 0;

clear_partition:
	partition_clear(&partition);
	return status;
}

int community_find(const struct network *network, const struct edge *edges, int count,
                   uint64_t seed, int iterations, int *membership, int *communities,
                   double *modularity, struct error *err)
{
	struct graph graph;
	int status;

	if (network->order == 0) {
		*communities = 0;
		*modularity = NAN;
		return 0;
	}
	if (graph_init_undirected(&graph, network->order, edges, count, err) < 0)
		return -1;
	status = find_in_graph(&graph, network->order, seed, iterations, membership, communities,
	                       modularity, err);
	graph_clear(&graph);
	return status;
}

/* ---- describing ---- */

static const char *domain_of(const struct vertex *vertex)
{
	const char *at = strrchr(vertex->address, '@');

	return at ? at + 1 : "";
}

static void count_domain(GHashTable *domains, const char *domain)
{
	int seen;

	if (*domain == '\0')
		return;
	seen = GPOINTER_TO_INT(g_hash_table_lookup(domains, domain));
	g_hash_table_insert(domains, (char *)domain, GINT_TO_POINTER(seen + 1));
}

/* The commonest domain, the first in the alphabet of several; "" if none. */
static const char *commonest_domain(GHashTable *domains)
{
	const char *best = "";
	int most = 0;
	GHashTableIter iter;
	gpointer domain, seen;

	g_hash_table_iter_init(&iter, domains);
	while (g_hash_table_iter_next(&iter, &domain, &seen)) {
		int count = GPOINTER_TO_INT(seen);

		if (count > most || (count == most && strcmp(domain, best) < 0)) {
			best = domain;
			most = count;
		}
	}
	return best;
}

static const char *label_of(const struct vertex *vertex)
{
	return *vertex->name ? vertex->name : vertex->address;
}

struct member {
	int vertex, rank;
	bool writes;                    /* sent something: not a list's or a mute address */
	double inside;                  /* strength of its ties inside the community */
};

static int compare_members(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->writes != y->writes)
		return x->writes ? -1 : 1;
	if (x->inside != y->inside)
		return x->inside > y->inside ? -1 : 1;
	return x->rank < y->rank ? -1 : 1;
}

/* One person may write from two addresses: a name is said once. */
static bool is_named(const GPtrArray *labels, const char *label)
{
	for (guint i = 0; i < labels->len; i++)
		if (strcmp(labels->pdata[i], label) == 0)
			return true;
	return false;
}

/* members of one community, the most central first. */
static void name_community(const struct network *network, const struct member *members,
                           const char *domain, struct community *community)
{
	GPtrArray *labels = g_ptr_array_new();
	GString *name = g_string_new(NULL);

	for (int i = 0; i < community->size && labels->len < NAMES_MAX; i++) {
		const char *label = label_of(&network->vertices[members[i].vertex]);

		if (members[i].inside < NAME_SHARE * members[0].inside)
			continue;
		if (is_named(labels, label))
			continue;
		g_string_append_printf(name, "%s%s", labels->len ? ", " : "", label);
		g_ptr_array_add(labels, (char *)label);
	}
	if (*domain)
		g_string_append_printf(name, " (%s)", domain);
	community->centre = members[0].vertex;
	community->short_name = g_strdup(labels->pdata[0]);
	community->name = g_string_free(name, FALSE);
	g_ptr_array_free(labels, TRUE);
}

/* The domain, if it tells this community from others; else "". */
static const char *telling_domain(const struct community *community, GHashTable *here,
                                  GHashTable *everywhere, int order)
{
	const char *domain = community->domain;
	int members = GPOINTER_TO_INT(g_hash_table_lookup(here, domain));
	int all = GPOINTER_TO_INT(g_hash_table_lookup(everywhere, domain));

	if (2 * members <= community->size || all >= DOMAIN_COMMON * order)
		return "";
	return domain;
}

static void describe_one(const struct network *network, struct member *members,
                         GHashTable *everywhere, struct community *community)
{
	GHashTable *here = g_hash_table_new(g_str_hash, g_str_equal);

	for (int i = 0; i < community->size; i++)
		count_domain(here, domain_of(&network->vertices[members[i].vertex]));
	qsort(members, community->size, sizeof *members, compare_members);
	community->domain = g_strdup(commonest_domain(here));
	name_community(network, members,
	               telling_domain(community, here, everywhere, network->order), community);
	g_hash_table_destroy(here);
}

/* Members with the strength of their ties inside, community by community. */
static struct member *gather_members(const struct network *network, const int *membership,
                                     const int *rank, int count)
{
	struct member *members = g_new0(struct member, network->order);
	double *inside = g_new0(double, network->order);
	int *any = g_new(int, network->order), *sorted;

	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		if (membership[arc->from] != membership[arc->to])
			continue;
		inside[arc->from] += arc->weight;
		inside[arc->to] += arc->weight;
	}
	for (int v = 0; v < network->order; v++)
		any[v] = v;
	sorted = network_sort_by_key(membership, count, any, network->order);
	for (int i = 0; i < network->order; i++)
		members[i] = (struct member){
			.vertex = sorted[i],
			.rank = rank[sorted[i]],
			.writes = network->vertices[sorted[i]].sent > 0,
			.inside = inside[sorted[i]],
		};
	g_free(inside);
	g_free(any);
	g_free(sorted);
	return members;
}

void community_describe(const struct network *network, const int *membership, const int *rank,
                        struct community *communities, int count)
{
	GHashTable *everywhere = g_hash_table_new(g_str_hash, g_str_equal);
	struct member *members = gather_members(network, membership, rank, count);
	double *strength = g_new(double, network->order);
	int first = 0;

	network_strength(network, strength);
	for (int i = 0; i < count; i++)
		communities[i] = (struct community){ .number = i + 1,
		                                     .color = i < PALETTE_CATEGORIES ? i : -1 };
	for (int v = 0; v < network->order; v++) {
		communities[membership[v]].size++;
		communities[membership[v]].strength += strength[v];
		count_domain(everywhere, domain_of(&network->vertices[v]));
	}
	for (int i = 0; i < count; i++) {
		describe_one(network, members + first, everywhere, &communities[i]);
		first += communities[i].size;
	}
	g_hash_table_destroy(everywhere);
	g_free(members);
	g_free(strength);
}

void community_clear(struct community *community)
{
	g_free(community->name);
	g_free(community->short_name);
	g_free(community->domain);
	*community = (struct community){ 0 };
}
