/* backbone.h - the ties that are stronger than chance, for each person's own scale */
#ifndef EPISTOGRAPH_BACKBONE_H
#define EPISTOGRAPH_BACKBONE_H

#include <stdbool.h>

#include "epistograph/network.h"

/* The disparity filter. If a person's strength were dealt out at random over
 * her k ties, a share of p or more on one of them would have the probability
 * (1 - p)^(k - 1). A tie is kept if that is below alpha for at least one of its
 * ends; a person's only tie (k = 1) says nothing, and only the other end can keep it.
 *
 * edges, count  as network_edges() gives them; strengths are undirected
 * keep          out, [network->size]: both arcs of a tie are kept or neither is
 *
 * Source: Serrano, Boguna & Vespignani (2009), doi:10.1073/pnas.0808904106. */
void backbone_disparity(const struct network *network, const struct edge *edges, int count,
                        double alpha, bool *keep);

#endif
