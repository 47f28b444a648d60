/* community.h - groups of persons who write among themselves more than chance allows */
#ifndef EPISTOGRAPH_COMMUNITY_H
#define EPISTOGRAPH_COMMUNITY_H

#include <stdint.h>

#include "epistograph/analysis.h"

struct error;

/* Put every vertex in a community, by modularity maximisation (Leiden).
 *
 * edges, count  as network_edges() gives them; weight = both directions
 * seed          equal seeds on equal networks give equal partitions
 * iterations    of Leiden in each of several runs, >= 1; small networks get up to
 *               50 runs with seeds derived from `seed`, and the best one counts
 * membership    out, [order]: communities from 0, by size (largest first), then
 *               strength, then lowest vertex
 * communities   out: how many
 * modularity    out, dimensionless, in [-1/2, 1]; NaN if there are no edges
 *
 * Works in this process (see graph_begin). Returns 0, or -1 with *err.
 * Source: Traag, Waltman & van Eck (2019), doi:10.1038/s41598-019-41695-z;
 *         modularity as in Newman (2004), doi:10.1103/PhysRevE.70.056131. */
int community_find(const struct network *network, const struct edge *edges, int count,
                   uint64_t seed, int iterations, int *membership, int *communities,
                   double *modularity, struct error *err);

/* Describe communities: size, strength and a name. A community is named after up
 * to three of its members with the strongest ties inside, each at least a third
 * of the first one's, equal ones by rank. Those who wrote at least one message come
 * first: an address that never did is a list or a box more often than a person.
 * The domain of more than half of the members is added, unless nine in ten of the
 * whole network have it too. communities[count] is filled; clear each with
 * community_clear(). */
void community_describe(const struct network *network, const int *membership, const int *rank,
                        struct community *communities, int count);
void community_clear(struct community *community);

/* Give the communities of analysis the colours that the same people have in `reference`,
 * where communities are found anew, with the seed of analysis: a community has there the
 * colour of its number. Two match if they share half of the people of either (of those in
 * both networks); of several pairs the one that shares the most people goes first. What
 * matches none takes a colour of a community of the reference that matches none, the last
 * first, or else that of all the rest. Without people in reference nothing changes. In a
 * child process; 0, or -1 with *err. */
int community_keep_colors(struct analysis *analysis, const struct network *reference,
                          struct error *err);

#endif
