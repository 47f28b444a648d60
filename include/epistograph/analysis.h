/* analysis.h - what the network says: communities, centrality, rank */
#ifndef EPISTOGRAPH_ANALYSIS_H
#define EPISTOGRAPH_ANALYSIS_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/network.h"

struct error;

enum measure {                          /* one number per vertex each */
	MEASURE_SENT,                   /* messages */
	MEASURE_RECEIVED,               /* messages */
	MEASURE_OUT_DEGREE,             /* persons written to */
	MEASURE_IN_DEGREE,              /* persons heard from */
	MEASURE_CORRESPONDENTS,         /* persons in either direction */
	MEASURE_RECIPROCITY,            /* share of correspondents with mail both ways, 0..1 */
	MEASURE_STRENGTH,               /* sum of the weights of all ties, both directions */
	MEASURE_PAGERANK,               /* directed, weighted, damping 0.85; sums to 1 */
	MEASURE_HUB, MEASURE_AUTHORITY, /* HITS, weighted; largest is 1 */
	MEASURE_BETWEENNESS,            /* directed, distance 1/weight; number of shortest paths */
	MEASURE_HARMONIC,               /* undirected, distance 1/weight; mean of 1/distance to the others */
	MEASURE_CORE,                   /* core number, undirected */
	MEASURE_COUNT
};

struct measure_info {
	const char *name;               /* as on the command line and in files: "pagerank" */
	const char *title;              /* "PageRank" */
	const char *unit;               /* "messages", "persons", "" */
	const char *summary;            /* one sentence: what it says, weight or distance used */
	const char *source;             /* the paper; "" for plain counts */
	bool is_count;                  /* whole numbers */
};
extern const struct measure_info measure_infos[MEASURE_COUNT];
int measure_from_name(const char *name);        /* -1 if unknown; "rank" is not a measure */

struct community {
	int number;                     /* from 1, by size, then strength, then lowest vertex */
	int color;                      /* its category in palettes, -1 for that of all the rest:
	                                 * by its number, unless community_keep_colors() says
	                                 * otherwise */
	int size;                       /* vertices */
	double strength;                /* sum of its vertices' strength */
	int centre;                     /* the vertex it is named after in the first place */
	char *name;                     /* "Ann Lee, Bo Chen (example.org)"; owned */
	char *short_name;               /* "Ann Lee": for labels; owned */
	char *domain;                   /* the commonest domain of its members; owned, "" if none */
};

struct analysis_options {
	uint64_t seed;                  /* of everything random; recorded in outputs */
	int leiden_iterations;          /* 10 */
	double alpha;                   /* disparity filter's level, 0.05 */
	int samples;                    /* sources for betweenness and harmonic closeness; 0 = exact
	                                 * where n * m is below a fixed budget, else 1,000 */
};
#define ANALYSIS_DEFAULTS { .seed = 42, .leiden_iterations = 10, .alpha = 0.05, .samples = 0 }

struct analysis {
	const struct network *network;  /* borrowed */
	struct analysis_options options;
	int *membership;                /* [order] index into communities, 0 = the largest */
	struct community *communities;
	int community_count;
	double modularity;              /* weighted, undirected; NaN without edges */
	double *measures[MEASURE_COUNT];        /* [order] each */
	int *ranks[MEASURE_COUNT];      /* [order], 1 = highest; equal values share the lowest rank */
	int sources;                    /* betweenness, harmonic: sources used; = order if exact */
	double *score;                  /* [order] combined: mean of ranks, see analysis_explain_rank */
	int *rank;                      /* [order] 1 = first; ties broken by strength, then address */
	int *by_rank;                   /* [order] vertices, first in rank first */
	bool *backbone;                 /* [network.size] arcs kept by the disparity filter; the best
	                                 * of an undirected pair decides for both directions */
	int components;                 /* weak components */
	int largest_component;          /* vertices in it */
	void *shared; size_t shared_size;       /* where the arrays live */
};

/* Compute all of it. igraph runs in a child process. analysis borrows network.
 * Returns 0, or -1 with *err. An empty network gives an empty analysis. */
int analysis_run(const struct network *network, const struct analysis_options *options,
                 struct analysis *analysis, struct error *err);
void analysis_clear(struct analysis *analysis);

/* How the combined rank is made, in plain sentences with its source, for help
 * and for reports. */
const char *analysis_explain_rank(void);

#endif
