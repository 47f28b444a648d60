/* graph_fixture.h - small networks for the tests of src/graph */
#ifndef GRAPH_FIXTURE_H
#define GRAPH_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <math.h>
#include <cmocka.h>
#include <glib.h>

#include "epistograph/calendar.h"
#include "epistograph/network.h"

/* Persons 1 .. count: p0001@example.org "Person 1", ... so that vertex i of a
 * network in which all have arcs is person i + 1. free_persons() them. */
static inline struct person *fixture_persons(int count)
{
	struct person *persons = g_new(struct person, (guint)count);

	for (int i = 0; i < count; i++)
		persons[i] = (struct person){
			.id = i + 1,
			.address = g_strdup_printf("p%05d@example.org", i + 1),
			.name = g_strdup_printf("Person %d", i + 1),
		};
	return persons;
}

static inline void fixture_free_persons(struct person *persons, int count)
{
	for (int i = 0; i < count; i++) {
		g_free((char *)persons[i].address);
		g_free((char *)persons[i].name);
	}
	g_free(persons);
}

/* One message from person `from` to `count` recipients in To. */
static inline void fixture_send(struct network_builder *builder, int64_t from, int64_t instant,
                                const int64_t *to, unsigned count)
{
	struct recipient *recipients = g_new(struct recipient, count);
	struct correspondence message = {
		.instant = instant, .sender = from,
		.recipients = recipients, .recipient_count = count,
	};

	for (size_t i = 0; i < count; i++)
		recipients[i] = (struct recipient){ to[i], ROLE_TO };
	network_builder_add(builder, &message);
	g_free(recipients);
}

struct tie { int from, to; double weight; };    /* vertices from 0 */

/* A network with the given arcs and weights; arcs may be in any order. */
static inline void fixture_network(struct network *network, int order, const struct tie *ties,
                                   int count)
{
	struct person *persons = fixture_persons(order);
	struct network_builder *builder = network_builder_new(persons, order, WEIGHT_COUNT);

	for (int i = 0; i < count; i++)
		fixture_send(builder, ties[i].from + 1, INSTANT_NONE,
		             (const int64_t[]){ ties[i].to + 1 }, 1);
	network_builder_finish(builder, network);
	fixture_free_persons(persons, order);
	assert_int_equal(network->order, order);
	for (int i = 0; i < count; i++)
		for (int a = 0; a < network->size; a++)
			if (network->arcs[a].from == ties[i].from &&
			    network->arcs[a].to == ties[i].to) {
				network->arcs[a].weight = ties[i].weight;
				network->arcs[a].messages = llround(ceil(ties[i].weight));
				network->arcs[a].to_count = network->arcs[a].messages;
			}
}

/* Zachary's karate club (1977), its 78 friendships, members from 1. */
static const int fixture_karate[78][2] = {
	{ 1, 2 }, { 1, 3 }, { 2, 3 }, { 1, 4 }, { 2, 4 }, { 3, 4 }, { 1, 5 }, { 1, 6 }, { 1, 7 },
	{ 5, 7 }, { 6, 7 }, { 1, 8 }, { 2, 8 }, { 3, 8 }, { 4, 8 }, { 1, 9 }, { 3, 9 }, { 3, 10 },
	{ 1, 11 }, { 5, 11 }, { 6, 11 }, { 1, 12 }, { 1, 13 }, { 4, 13 }, { 1, 14 }, { 2, 14 },
	{ 3, 14 }, { 4, 14 }, { 6, 17 }, { 7, 17 }, { 1, 18 }, { 2, 18 }, { 1, 20 }, { 2, 20 },
	{ 1, 22 }, { 2, 22 }, { 24, 26 }, { 25, 26 }, { 3, 28 }, { 24, 28 }, { 25, 28 }, { 3, 29 },
	{ 24, 30 }, { 27, 30 }, { 2, 31 }, { 9, 31 }, { 1, 32 }, { 25, 32 }, { 26, 32 },
	{ 29, 32 }, { 3, 33 }, { 9, 33 }, { 15, 33 }, { 16, 33 }, { 19, 33 }, { 21, 33 },
	{ 23, 33 }, { 24, 33 }, { 30, 33 }, { 31, 33 }, { 32, 33 }, { 9, 34 }, { 10, 34 },
	{ 14, 34 }, { 15, 34 }, { 16, 34 }, { 19, 34 }, { 20, 34 }, { 21, 34 }, { 23, 34 },
	{ 24, 34 }, { 27, 34 }, { 28, 34 }, { 29, 34 }, { 30, 34 }, { 31, 34 }, { 32, 34 },
	{ 33, 34 },
};

/* The club with `ways` arcs a friendship (1: from the lower number), weight 1. */
static inline void fixture_karate_network(struct network *network, int ways)
{
	struct tie ties[2 * 78];
	int count = 0;

	for (int i = 0; i < 78; i++) {
		ties[count++] = (struct tie){ fixture_karate[i][0] - 1, fixture_karate[i][1] - 1, 1 };
		if (ways == 2)
			ties[count++] = (struct tie){ fixture_karate[i][1] - 1,
			                              fixture_karate[i][0] - 1, 1 };
	}
	fixture_network(network, 34, ties, count);
}

/* order vertices, about `arcs` arcs between random ones (some in the tail of
 * the order have one arc only), weights drawn by weight(). All vertices have arcs. */
static inline void fixture_random_network(struct network *network, int order, int arcs,
                                          uint32_t seed, double (*weight)(GRand *random))
{
	GRand *random = g_rand_new_with_seed(seed);
	struct tie *ties = g_new(struct tie, (guint)(order + arcs));
	int count = 0;

	for (int i = 0; i < order; i++) {       /* a pair each, so that nobody is alone */
		int to = i % 2 ? i - 1 : (i + 1 < order ? i + 1 : 0);

		ties[count++] = (struct tie){ i, to, weight(random) };
	}
	for (int i = 0; i < arcs; i++) {
		int from = g_rand_int_range(random, 0, order * 2 / 3);
		int to = g_rand_int_range(random, 0, order * 2 / 3);

		if (from != to)
			ties[count++] = (struct tie){ from, to, weight(random) };
	}
	fixture_network(network, order, ties, count);
	g_free(ties);
	g_rand_free(random);
}

static inline double fixture_one(GRand *random)
{
	(void)random;
	return 1;
}

/* Small whole numbers: many paths of equal length that binary fractions miss. */
static inline double fixture_count(GRand *random)
{
	return g_rand_int_range(random, 1, 7);
}

static inline double fixture_real(GRand *random)
{
	return g_rand_double_range(random, 0.01, 40);
}

/* Normalised mutual information of two partitions of count items, numbered from
 * 0 below 1000: 2 I(a, b) / (H(a) + H(b)), in [0, 1] (Danon et al. 2005,
 * doi:10.1088/1742-5468/2005/09/P09008). 1 if both are one whole. */
static inline double fixture_nmi(const int *a, const int *b, int count)
{
	double *joint = g_new0(double, 1000 * 1000);
	double *of_a = g_new0(double, 1000), *of_b = g_new0(double, 1000);
	double information = 0, entropy = 0;

	for (int i = 0; i < count; i++) {
		joint[a[i] * 1000 + b[i]] += 1.0 / count;
		of_a[a[i]] += 1.0 / count;
		of_b[b[i]] += 1.0 / count;
	}
	for (int i = 0; i < 1000; i++) {
		entropy -= of_a[i] > 0 ? of_a[i] * log(of_a[i]) : 0;
		entropy -= of_b[i] > 0 ? of_b[i] * log(of_b[i]) : 0;
		for (int j = 0; j < 1000; j++)
			if (joint[i * 1000 + j] > 0)
				information += joint[i * 1000 + j] *
				               log(joint[i * 1000 + j] / of_a[i] / of_b[j]);
	}
	g_free(joint);
	g_free(of_a);
	g_free(of_b);
	return entropy > 0 ? 2 * information / entropy : 1;
}

#endif
