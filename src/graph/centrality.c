/* centrality.c - one number per person, all but those made of shortest paths */
#include "epistograph/centrality.h"
#include "graph_internal.h"

#include <math.h>

#include <glib.h>

#define PAGERANK_DAMPING 0.85           /* Brin & Page (1998) */

/* HITS: real mail takes some 50 to 300 rounds to the precision, a random tree 5,000. */
#define HITS_ROUNDS 5000
#define HITS_PRECISION 1e-14            /* of scores whose squares add up to 1 */
#define HITS_NOISE 1e-12                /* of the largest: below this is no score */

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

static double length_of(const double *values, int count)
{
	double sum = 0;

	for (int i = 0; i < count; i++)
		sum += values[i] * values[i];
	return sqrt(sum);
}

/* One round of HITS. scores holds the hub scores of all vertices, then their
 * authority scores, as one vector of length 1; so does next, which is room. What
 * a vertex had before is added to what it gets, or scores of hubs and of
 * authorities would be exchanged from round to round. Returns the largest change. */
static double refine_hits(const struct network *network, double *scores, double *next)
{
	int order = network->order;
	double change = 0, length;

	for (int i = 0; i < 2 * order; i++)
		next[i] = 0;
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		next[arc->from] += arc->weight * scores[order + arc->to];
		next[order + arc->to] += arc->weight * scores[arc->from];
	}
	length = length_of(next, 2 * order);
	for (int i = 0; i < 2 * order; i++)
		next[i] = scores[i] + next[i] / length;
	length = length_of(next, 2 * order);
	for (int i = 0; i < 2 * order; i++) {
		change = fmax(change, fabs(next[i] / length - scores[i]));
		scores[i] = next[i] / length;
	}
	return change;
}

/* Copy scores, the largest becoming 1. */
static void copy_scaled(const double *scores, int count, double *scaled)
{
	double largest = 0;

	for (int i = 0; i < count; i++)
		largest = fmax(largest, scores[i]);
	for (int i = 0; i < count; i++)
		scaled[i] = scores[i] < HITS_NOISE * largest ? 0 : scores[i] / largest;
}

/* Kleinberg's own iteration. igraph's eigenvalue solver gives the same where there
 * is one solution; where there are several (groups of equal strength without ties
 * between them) it gives any of them, so that of two who write to each other
 * equally much one was a hub of 1 and the other of 0. This gives equals the same. */
static void solve_hits(const struct network *network, double *hub, double *authority)
{
	int order = network->order;
	double *scores = g_new(double, 2 * (gsize)order), *next = g_new(double, 2 * (gsize)order);

	for (int i = 0; i < 2 * order; i++)
		scores[i] = 1 / sqrt(2 * (double)order);
	for (int round = 0; round < HITS_ROUNDS; round++)
		if (refine_hits(network, scores, next) < HITS_PRECISION)
			break;
	copy_scaled(scores, order, hub);
	copy_scaled(scores + order, order, authority);
	g_free(scores);
	g_free(next);
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
	solve_hits(network, measures[MEASURE_HUB], measures[MEASURE_AUTHORITY]);
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
