/* centrality.c - one number per person, all but those made of shortest paths */
#include "epistograph/centrality.h"
#include "graph_internal.h"

#define PAGERANK_DAMPING 0.85           /* Brin & Page (1998) */
#define HITS_NOISE 1e-12                /* below this, with a largest of 1, is no score */

void centrality_count(const struct network *network, const struct edge *edges, int count,
                      double *const measures[MEASURE_COUNT])
{
	for (int v = 0; v < network->order; v++) {
		measures[MEASURE_SENT][v] = (double)network->vertices[v].sent;
		measures[MEASURE_RECEIVED][v] = (double)network->vertices[v].received;
		measures[MEASURE_OUT_DEGREE][v] = measures[MEASURE_IN_DEGREE][v] = 0;
		measures[MEASURE_CORRESPONDENTS][v] = measures[MEASURE_RECIPROCITY][v] = 0;
	}
	for (int i = 0; i < network->size; i++) {
		measures[MEASURE_OUT_DEGREE][network->arcs[i].from]++;
		measures[MEASURE_IN_DEGREE][network->arcs[i].to]++;
	}
	for (int i = 0; i < count; i++) {
		bool mutual = edges[i].forward > 0 && edges[i].backward > 0;

		measures[MEASURE_CORRESPONDENTS][edges[i].from]++;
		measures[MEASURE_CORRESPONDENTS][edges[i].to]++;
		measures[MEASURE_RECIPROCITY][edges[i].from] += mutual;
		measures[MEASURE_RECIPROCITY][edges[i].to] += mutual;
	}
	for (int v = 0; v < network->order; v++)
		if (measures[MEASURE_CORRESPONDENTS][v] > 0)
			measures[MEASURE_RECIPROCITY][v] /= measures[MEASURE_CORRESPONDENTS][v];
	network_strength(network, measures[MEASURE_STRENGTH]);
}

static void copy_vector(const igraph_vector_t *vector, double *values)
{
	for (igraph_integer_t i = 0; i < igraph_vector_size(vector); i++)
		values[i] = VECTOR(*vector)[i];
}

static int solve_pagerank(const struct graph *graph, double *pagerank, struct error *err)
{
	static const char task[] = "compute PageRank";
	igraph_vector_t result;
	int status;

	if (graph_check(err, task, igraph_vector_init(&result, 0)) < 0)
		return -1;
	status = graph_check(err, task,
	                     igraph_pagerank(&graph->graph, IGRAPH_PAGERANK_ALGO_PRPACK, &result,
	                                     NULL, igraph_vss_all(), IGRAPH_DIRECTED,
	                                     PAGERANK_DAMPING, &graph->weights, NULL));
	if (status == 0)
		copy_vector(&result, pagerank);
	igraph_vector_destroy(&result);
	return status;
}

/* What rounding leaves where there is no score is not ranked. */
static void clean_scores(double *scores, int count)
{
	for (int i = 0; i < count; i++)
		if (scores[i] < HITS_NOISE)
			scores[i] = 0;
}

static int solve_hits(const struct graph *graph, int order, double *hub, double *authority,
                      struct error *err)
{
	static const char task[] = "compute hub and authority scores";
	igraph_arpack_options_t options;
	igraph_vector_t hubs, authorities;
	int status = -1;

	if (graph_check(err, task, igraph_vector_init(&hubs, 0)) < 0)
		return -1;
	if (graph_check(err, task, igraph_vector_init(&authorities, 0)) < 0)
		goto destroy_hubs;
	igraph_arpack_options_init(&options);
	if (graph_check(err, task,
	                igraph_hub_and_authority_scores(&graph->graph, &hubs, &authorities, NULL,
	                                                true, &graph->weights, &options)) < 0)
		goto destroy_authorities;
	copy_vector(&hubs, hub);
	copy_vector(&authorities, authority);
	clean_scores(hub, order);
	clean_scores(authority, order);
	status = 0;

destroy_authorities:
	igraph_vector_destroy(&authorities);
destroy_hubs:
	igraph_vector_destroy(&hubs);
	return status;
}

static int solve_core(const struct graph *graph, double *core, struct error *err)
{
	static const char task[] = "compute core numbers";
	igraph_vector_int_t cores;
	int status;

	if (graph_check(err, task, igraph_vector_int_init(&cores, 0)) < 0)
		return -1;
	status = graph_check(err, task, igraph_coreness(&graph->graph, &cores, IGRAPH_ALL));
	for (igraph_integer_t i = 0; status == 0 && i < igraph_vector_int_size(&cores); i++)
		core[i] = (double)VECTOR(cores)[i];
	igraph_vector_int_destroy(&cores);
	return status;
}

static int solve_directed(const struct network *network, double *const measures[MEASURE_COUNT],
                          struct error *err)
{
	struct graph graph;
	int status;

	if (graph_init_directed(&graph, network, err) < 0)
		return -1;
	status = solve_pagerank(&graph, measures[MEASURE_PAGERANK], err);
	if (status == 0)
		status = solve_hits(&graph, network->order, measures[MEASURE_HUB],
		                    measures[MEASURE_AUTHORITY], err);
	graph_clear(&graph);
	return status;
}

int centrality_solve(const struct network *network, const struct edge *edges, int count,
                     double *const measures[MEASURE_COUNT], struct error *err)
{
	struct graph graph;
	int status;

	if (network->order == 0)
		return 0;
	if (solve_directed(network, measures, err) < 0)
		return -1;
	if (graph_init_undirected(&graph, network->order, edges, count, err) < 0)
		return -1;
	status = solve_core(&graph, measures[MEASURE_CORE], err);
	graph_clear(&graph);
	return status;
}

int centrality_components(const struct network *network, int *components, int *largest,
                          struct error *err)
{
	static const char task[] = "find the components";
	struct graph graph;
	igraph_vector_int_t sizes;
	igraph_integer_t count;
	int status = -1;

	*components = *largest = 0;
	if (graph_init_directed(&graph, network, err) < 0)
		return -1;
	if (graph_check(err, task, igraph_vector_int_init(&sizes, 0)) < 0)
		goto clear_graph;
	if (graph_check(err, task, igraph_connected_components(&graph.graph, NULL, &sizes, &count,
	                                                       IGRAPH_WEAK)) < 0)
		goto destroy_sizes;
	*components = (int)count;
	*largest = count > 0 ? (int)igraph_vector_int_max(&sizes) : 0;
	status = 0;

destroy_sizes:
	igraph_vector_int_destroy(&sizes);
clear_graph:
	graph_clear(&graph);
	return status;
}
