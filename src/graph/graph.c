/* graph.c - the border to igraph: its errors and its graphs */
#include "graph_internal.h"

#include <omp.h>

#include "epistograph/error.h"

static const char task_build[] = "build the graph";

void graph_begin(uint64_t seed)
{
	/* Both handlers free igraph's stack of unfinished work, as they must. */
	igraph_set_error_handler(igraph_error_handler_ignore);
	igraph_set_warning_handler(igraph_warning_handler_ignore);
	igraph_rng_seed(igraph_rng_default(), seed);
	omp_set_num_threads(1);
}

int graph_check(struct error *err, const char *task, igraph_error_t code)
{
	if (code == IGRAPH_SUCCESS)
		return 0;
	return error_set(err, "cannot %s: %s", task, igraph_strerror(code));
}

/* Make a graph of `count` edges; the ends are put in by the caller, two each. */
static int graph_init(struct graph *graph, int order, const igraph_vector_int_t *ends,
                      bool directed, struct error *err)
{
	igraph_integer_t count = igraph_vector_int_size(ends) / 2;

	if (graph_check(err, task_build, igraph_vector_init(&graph->weights, count)) < 0)
		return -1;
	if (graph_check(err, task_build, igraph_create(&graph->graph, ends, order, directed)) < 0) {
		igraph_vector_destroy(&graph->weights);
		return -1;
	}
	return 0;
}

int graph_init_directed(struct graph *graph, const struct network *network, struct error *err)
{
	igraph_integer_t count = network->size;
	igraph_vector_int_t ends;
	int status;

	if (graph_check(err, task_build, igraph_vector_int_init(&ends, 2 * count)) < 0)
		return -1;
	for (igraph_integer_t i = 0; i < count; i++) {
		VECTOR(ends)[2 * i] = network->arcs[i].from;
		VECTOR(ends)[2 * i + 1] = network->arcs[i].to;
	}
	status = graph_init(graph, network->order, &ends, true, err);
	for (igraph_integer_t i = 0; status == 0 && i < count; i++)
		VECTOR(graph->weights)[i] = network->arcs[i].weight;
	igraph_vector_int_destroy(&ends);
	return status;
}

int graph_init_undirected(struct graph *graph, int order, const struct edge *edges, int size,
                          struct error *err)
{
	igraph_integer_t count = size;
	igraph_vector_int_t ends;
	int status;

	if (graph_check(err, task_build, igraph_vector_int_init(&ends, 2 * count)) < 0)
		return -1;
	for (igraph_integer_t i = 0; i < count; i++) {
		VECTOR(ends)[2 * i] = edges[i].from;
		VECTOR(ends)[2 * i + 1] = edges[i].to;
	}
	status = graph_init(graph, order, &ends, false, err);
	for (igraph_integer_t i = 0; status == 0 && i < count; i++)
		VECTOR(graph->weights)[i] = edges[i].weight;
	igraph_vector_int_destroy(&ends);
	return status;
}

void graph_clear(struct graph *graph)
{
	igraph_destroy(&graph->graph);
	igraph_vector_destroy(&graph->weights);
}
