/* network.h - who wrote to whom, summed: persons and the directed ties between them */
#ifndef EPISTOGRAPH_NETWORK_H
#define EPISTOGRAPH_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "epistograph/casefile.h"

struct error;

enum weight { WEIGHT_COUNT, WEIGHT_SHARED };    /* messages, or 1/(recipients) of each message */

struct vertex {
	int64_t person;                 /* id in the case file */
	const char *address;            /* owned by the network */
	const char *name;               /* "" if none; owned by the network */
	int64_t sent, received;         /* messages, each once, ties to oneself not counted */
	int64_t first, last;            /* instants of mail sent or received; INSTANT_NONE */
};

struct arc {                            /* one direction of a tie */
	int from, to;                   /* indices of vertices, never equal */
	int64_t messages;               /* = to_count + cc_count + bcc_count + other_count */
	int64_t to_count, cc_count, bcc_count, other_count;
	double weight;                  /* > 0: as network.weight says */
	int64_t first, last;            /* instants; INSTANT_NONE if all undated */
	int64_t median_delay_s;         /* of replies: half of those whose delay is known took at
	                                 * most that long, seconds; INSTANT_NONE if none is */
};

struct network_account {                /* messages that passed the filter */
	int64_t messages;               /* = drawn + the four below */
	int64_t in_network;             /* messages that make at least one arc */
	int64_t without_sender, without_recipient, only_to_self;
	int64_t reduced_away;           /* none of their arcs is in a subset: see network_recount */
	int64_t undated;                /* of in_network: no usable date */
	int64_t first, last;            /* of in_network */
};

struct network {
	struct vertex *vertices;        /* ascending by address; vertices without arcs left out */
	int order;                      /* number of vertices */
	struct arc *arcs;               /* ascending by (from, to) */
	int size;                       /* number of arcs */
	enum weight weight;
	enum edges edges;               /* what ties are made of: as the filter of the messages */
	struct network_account account;
	struct network_strings *strings;        /* owns the vertices' strings */
};

/* Sum messages into a network. persons as casefile_persons() gives them; they
 * must outlive the builder, not the network. */
struct network_builder;
struct network_builder *network_builder_new(const struct person *persons, size_t count,
                                            enum weight weight);
/* Say that the messages' recipients are who they answer (EDGES_REPLY). */
void network_builder_set_edges(struct network_builder *builder, enum edges edges);
void network_builder_add(struct network_builder *builder, const struct correspondence *message);
/* Frees the builder. Clear with network_clear(). */
void network_builder_finish(struct network_builder *builder, struct network *network);
void network_builder_free(struct network_builder *builder);     /* instead of finish */

void network_clear(struct network *network);

/* Make a network of chosen vertices (keep[i]) and the arcs between them whose
 * messages >= min_messages (0 = all); vertices left without arcs go too. If
 * arc_keep is not NULL it chooses arcs instead. Vertices and account still count
 * the messages of the whole network: a message has several recipients, so how many make an
 * arc of the subset is known only by going through them again, see network_recount. */
void network_subset(const struct network *network, const bool *keep, const bool *arc_keep,
                    int64_t min_messages, struct network *subset);

/* Count the messages of a subset: make one, add every message that was added to the
 * whole network, and free it. Then the subset's account and its vertices' sent,
 * received, first and last speak of messages that make at least one of its arcs; the
 * others are reduced_away. network is borrowed until freed, its arcs are not touched. */
struct network_recount;
struct network_recount *network_recount_new(struct network *network);
void network_recount_add(struct network_recount *recount, const struct correspondence *message);
void network_recount_free(struct network_recount *recount);

int64_t network_receipts(const struct network *network);        /* sum of arc messages */

/* Index of the arc, or -1 if there is none. */
int network_arc(const struct network *network, int from, int to);

/* Index of the vertex with that address or, failing that, that exact name (case
 * folded; of several the one with the most mail); -1 if none. */
int network_find(const struct network *network, const char *address_or_name);

/* What to call vertices beside each other: their names, or the addresses of those who have
 * none or share theirs with another of them. names[count], borrowed from the network. */
void network_distinct_names(const struct network *network, const int *vertices, int count,
                            const char **names);

/* The same for all vertices beside each other, by index; g_free() the array alone. */
const char **network_names(const struct network *network);

/* Which vertex of `whole` each of `part` is, by person: index[part->order], -1 for none. */
void network_match(const struct network *part, const struct network *whole, int *index);

/* Vertices within depth steps of vertex (either direction) in keep[order]. */
void network_ego(const struct network *network, int vertex, int depth, bool *keep);

/* The sum of both directions of a tie, per vertex; strength[order]. */
void network_strength(const struct network *network, double *strength);

/* Undirected simple view: one edge per tied pair, from < to, ascending; weight =
 * both directions. g_free() *edges. */
struct edge { int from, to; double weight; int64_t forward, backward; /* messages */ };
int network_edges(const struct network *network, struct edge **edges);  /* returns the count */

#endif
