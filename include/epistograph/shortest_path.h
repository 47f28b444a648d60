/* shortest_path.h - measures made of shortest paths: betweenness, harmonic closeness
 *
 * Our own kernels over a compact adjacency, because igraph takes minutes where
 * these take seconds; igraph and NetworkX are their oracles in the tests. The
 * result does not depend on the number of threads. */
#ifndef EPISTOGRAPH_SHORTEST_PATH_H
#define EPISTOGRAPH_SHORTEST_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/network.h"

/* Neighbours of vertex v: target[first[v]] .. target[first[v + 1] - 1]. */
struct adjacency {
	int order;
	int64_t size;                   /* arcs; an undirected edge is two */
	int64_t *first;                 /* order + 1 */
	int *target;                    /* size */
	double *length;                 /* size: 1 / weight, > 0 */
	int *first_back;                /* order + 1: arcs that lead to v, counted up */
	bool *leaf;                     /* order: paths to v come from one vertex and end here */
	bool uniform;                   /* all lengths are equal: paths are counted in steps */
};

/* Arcs as they lead, with length 1 / weight. */
void adjacency_init_directed(struct adjacency *adjacency, const struct network *network);
/* Both ways along each edge, with length 1 / weight. */
void adjacency_init_undirected(struct adjacency *adjacency, int order, const struct edge *edges,
                               int count);
void adjacency_clear(struct adjacency *adjacency);

/* About how many nanoseconds of one core betweenness and harmonic closeness take
 * together for one source, for choosing between exact and sampled. Reckoned, not
 * timed, so that the choice is the same everywhere. */
double paths_source_cost(const struct adjacency *directed, const struct adjacency *undirected);

/* `count` different vertices out of `order`, ascending, the same for the same
 * seed; all of them if count >= order. Returns how many; g_free() *sources. */
int sources_choose(int order, int count, uint64_t seed, int **sources);

/* Betweenness: for each vertex the number of shortest paths between two others
 * that lead through it, as a share of the shortest paths between those two,
 * summed over ordered pairs. With fewer sources than vertices it is estimated:
 * scaled by order / source_count.
 *
 * threads      how many to use, >= 1
 * betweenness  out, [order]
 *
 * Lengths that differ by less than a part in 10^10 count as equal, as in igraph
 * (IGRAPH_SHORTEST_PATH_EPSILON): 1/3 + 1/3 + 1/3 and 1/2 + 1/2 are one length,
 * although not the same in binary, and a path would otherwise be lost.
 *
 * Source: Brandes (2001), doi:10.1080/0022250X.2001.9990249; sampling: Brandes
 * & Pich (2007), doi:10.1142/S0218127407018403. */
void betweenness_compute(const struct adjacency *adjacency, const int *sources, int source_count,
                         int threads, double *betweenness);

/* Harmonic closeness of an undirected adjacency: the mean of 1 / distance to the
 * other order - 1 vertices, with 0 for those out of reach. With fewer sources
 * than vertices, the mean over the sources (other than the vertex itself).
 *
 * Source: Marchiori & Latora (2000), doi:10.1016/S0378-4371(00)00311-3; Rochat
 * (2009); 64 searches at a time: Then et al. (2014), doi:10.14778/2735496.2735507;
 * sampling: Eppstein & Wang (2004), doi:10.7155/jgaa.00081. */
void harmonic_compute(const struct adjacency *adjacency, const int *sources, int source_count,
                      int threads, double *harmonic);

#endif
