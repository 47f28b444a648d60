/* analysis.c - everything the network says, computed in a process of its own */
#include "epistograph/analysis.h"
#include "graph_internal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#include "epistograph/backbone.h"
#include "epistograph/centrality.h"
#include "epistograph/community.h"
#include "epistograph/error.h"
#include "epistograph/isolate.h"
#include "epistograph/ranking.h"
#include "epistograph/shortest_path.h"

/* Paths from every source if that takes some seconds of one core, else from a
 * sample: on a network of 20,000 persons 1,000 sources found 17 of the 20 persons of
 * the highest betweenness. The budget is in nanoseconds of one core: with it all of
 * an analysis is done in 5 s. A figure needs the same measures as a table, since
 * both go by the combined rank: it is not given a cheaper rank of its own. */
#define EXACT_BUDGET_NS 4e9
#define SAMPLED_SOURCES 1000

#define THREADS_MAX 16

/* What the child finds out besides the arrays; at the start of the shared memory. */
struct findings {
	int community_count;
	double modularity;
	int sources;
	int components, largest_component;
};

/* ---- the shared memory ---- */

/* The next array of `count` elements in shared memory; with NULL only the room
 * is reckoned up. */
static void *take(void *shared, size_t *used, size_t count, size_t size)
{
	void *array = shared ? (char *)shared + *used : NULL;

	*used += (count * size + 15) / 16 * 16;
	return array;
}

/* Point the arrays of analysis into shared memory. Returns the room they take. */
static size_t place_arrays(struct analysis *analysis, void *shared)
{
	size_t order = analysis->network->order, size = analysis->network->size;
	size_t used = 0;

	take(shared, &used, 1, sizeof(struct findings));
	for (int m = 0; m < MEASURE_COUNT; m++) {
		analysis->measures[m] = take(shared, &used, order, sizeof(double));
		analysis->ranks[m] = take(shared, &used, order, sizeof(int));
	}
	analysis->membership = take(shared, &used, order, sizeof(int));
	analysis->score = take(shared, &used, order, sizeof(double));
	analysis->rank = take(shared, &used, order, sizeof(int));
	analysis->by_rank = take(shared, &used, order, sizeof(int));
	analysis->backbone = take(shared, &used, size, sizeof(bool));
	return used;
}

/* ---- in the child ---- */

static int choose_sources(const struct adjacency *directed, const struct adjacency *undirected,
                          const struct analysis_options *options, int **sources)
{
	double cost = paths_source_cost(directed, undirected);
	int wanted = options->samples;

	if (wanted <= 0)
		wanted = cost * directed->order <= EXACT_BUDGET_NS ? directed->order :
		         SAMPLED_SOURCES;
	return sources_choose(directed->order, wanted, options->seed, sources);
}

static void measure_paths(const struct analysis *analysis, const struct edge *edges, int count,
                          struct findings *findings)
{
	int threads = MIN((int)g_get_num_processors(), THREADS_MAX);
	struct adjacency directed, undirected;
	int *sources;

	adjacency_init_directed(&directed, analysis->network);
	adjacency_init_undirected(&undirected, analysis->network->order, edges, count);
	findings->sources = choose_sources(&directed, &undirected, &analysis->options, &sources);
	betweenness_compute(&directed, sources, findings->sources, threads,
	                    analysis->measures[MEASURE_BETWEENNESS]);
	harmonic_compute(&undirected, sources, findings->sources, threads,
	                 analysis->measures[MEASURE_HARMONIC]);
	g_free(sources);
	adjacency_clear(&directed);
	adjacency_clear(&undirected);
}

static int analyse(void *context, struct error *err)
{
	const struct analysis *analysis = context;
	const struct network *network = analysis->network;
	const struct analysis_options *options = &analysis->options;
	struct findings *findings = analysis->shared;
	struct edge *edges;
	int count = network_edges(network, &edges);
	int status = -1;

	graph_begin(options->seed);
	centrality_count(network, edges, count, analysis->measures);
	backbone_disparity(network, edges, count, options->alpha, analysis->backbone);
	if (centrality_components(network, &findings->components, &findings->largest_component,
	                          err) < 0 ||
	    centrality_solve(network, edges, count, analysis->measures, err) < 0 ||
	    community_find(network, edges, count, options->seed, options->leiden_iterations,
	                   analysis->membership, &findings->community_count,
	                   &findings->modularity, err) < 0)
		goto free_edges;
	measure_paths(analysis, edges, count, findings);
	for (int m = 0; m < MEASURE_COUNT; m++)
		ranking_of_values(analysis->measures[m], network->order, analysis->ranks[m]);
	ranking_combine(network, analysis->measures, analysis->ranks, analysis->score,
	                analysis->rank, analysis->by_rank);
	status = 0;

free_edges:
	g_free(edges);
	return status;
}

/* ---- in the parent ---- */

int analysis_run(const struct network *network, const struct analysis_options *options,
                 struct analysis *analysis, struct error *err)
{
	const struct findings *findings;

	*analysis = (struct analysis){
		.network = network,
		.options = *options,
		.modularity = NAN,
	};
	if (options->leiden_iterations < 1)
		return error_set(err, "cannot find communities with %d iterations: at least 1",
		                 options->leiden_iterations);
	if (network->order == 0)
		return 0;
	analysis->shared_size = place_arrays(analysis, NULL);
	analysis->shared = isolate_alloc(analysis->shared_size);
	place_arrays(analysis, analysis->shared);
	if (isolate_run(analyse, analysis, "analyse the network", err) < 0) {
		analysis_clear(analysis);
		return -1;
	}
	findings = analysis->shared;
	analysis->modularity = findings->modularity;
	analysis->sources = findings->sources;
	analysis->components = findings->components;
	analysis->largest_component = findings->largest_component;
	analysis->community_count = findings->community_count;
	analysis->communities = g_new0(struct community, findings->community_count);
	community_describe(network, analysis->membership, analysis->rank, analysis->communities,
	                   analysis->community_count);
	return 0;
}

void analysis_clear(struct analysis *analysis)
{
	for (int i = 0; i < analysis->community_count; i++)
		community_clear(&analysis->communities[i]);
	g_free(analysis->communities);
	isolate_free(analysis->shared, analysis->shared_size);
	*analysis = (struct analysis){ .modularity = NAN };
}
