/* centrality.h - one number per person, all but those made of shortest paths */
#ifndef EPISTOGRAPH_CENTRALITY_H
#define EPISTOGRAPH_CENTRALITY_H

#include "epistograph/analysis.h"

struct error;

/* Counts: sent, received, degrees, correspondents, reciprocity, strength.
 * measures[m] is [order] for each of these. */
void centrality_count(const struct network *network, const struct edge *edges, int count,
                      double *const measures[MEASURE_COUNT]);

/* PageRank, hub and authority, core number, each [order]. Works in this process
 * (see graph_begin). Returns 0, or -1 with *err. */
int centrality_solve(const struct network *network, const struct edge *edges, int count,
                     double *const measures[MEASURE_COUNT], struct error *err);

/* Weak components and the number of vertices in the largest. The same. */
int centrality_components(const struct network *network, int *components, int *largest,
                          struct error *err);

#endif
