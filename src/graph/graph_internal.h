/* graph_internal.h - the border to igraph: its errors and its graphs */
#ifndef GRAPH_INTERNAL_H
#define GRAPH_INTERNAL_H

#include <stdbool.h>

#include <igraph.h>

#include "epistograph/network.h"

struct error;

/* Make igraph report errors instead of ending the process, give its random
 * numbers a seed (it takes the clock otherwise) and keep it to one OpenMP thread
 * (with more, PageRank differs in the last digits from call to call). Call this
 * before anything else of igraph, in each process that uses it. */
void graph_begin(uint64_t seed);

/* Translate what igraph returned: 0 for success, else -1 with *err set to
 * "cannot <task>: <igraph's reason>". */
int graph_check(struct error *err, const char *task, igraph_error_t code);

/* A network as igraph sees it, vertex i being vertex i. */
struct graph {
	igraph_t graph;
	igraph_vector_t weights;        /* one per edge, in the order given */
};

/* Directed: edge i is arc i. */
int graph_init_directed(struct graph *graph, const struct network *network, struct error *err);

/* Undirected, simple: edge i is edges[i], as network_edges() gives them. */
int graph_init_undirected(struct graph *graph, int order, const struct edge *edges, int size,
                          struct error *err);

void graph_clear(struct graph *graph);

#endif
