/* test_centrality.c - counts and solved measures, by hand and as published */
#include "graph_fixture.h"

#include <string.h>

#include "epistograph/centrality.h"
#include "epistograph/error.h"

static double *measures[MEASURE_COUNT];
static int components, largest;

/* Fill measures (those of this module) for a network. */
static void measure(const struct network *network)
{
	struct error err = { "" };
	struct edge *edges;
	int count = network_edges(network, &edges);

	for (int m = 0; m < MEASURE_COUNT; m++) {
		g_free(measures[m]);
		measures[m] = g_new0(double, network->order + 1);
	}
	centrality_count(network, edges, count, measures);
	assert_int_equal(centrality_solve(network, edges, count, measures, &err), 0);
	assert_int_equal(centrality_components(network, &components, &largest, &err), 0);
	assert_string_equal(err.message, "");
	g_free(edges);
}

static int free_measures(void **state)
{
	(void)state;
	for (int m = 0; m < MEASURE_COUNT; m++)
		g_clear_pointer(&measures[m], g_free);
	return 0;
}

static void assert_measure(enum measure m, int count, const double *expected, double tolerance)
{
	for (int i = 0; i < count; i++)
		if (fabs(measures[m][i] - expected[i]) > tolerance)
			fail_msg("%s of %d is %.12g, not %.12g", measure_infos[m].name, i,
			         measures[m][i], expected[i]);
}

/* 0 writes to 1 and 2, 1 answers three times, 3 writes to 2; 4 and 5 apart. */
static const struct tie office[] = {
	{ 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 3 }, { 3, 2, 4 }, { 4, 5, 1 },
};

static void degrees_count_persons_and_strength_messages(void **state)
{
	struct network network;

	(void)state;
	fixture_network(&network, 6, office, G_N_ELEMENTS(office));
	measure(&network);
	assert_measure(MEASURE_OUT_DEGREE, 6, (const double[]){ 2, 1, 0, 1, 1, 0 }, 0);
	assert_measure(MEASURE_IN_DEGREE, 6, (const double[]){ 1, 1, 2, 0, 0, 1 }, 0);
	assert_measure(MEASURE_CORRESPONDENTS, 6, (const double[]){ 2, 1, 2, 1, 1, 1 }, 0);
	assert_measure(MEASURE_RECIPROCITY, 6, (const double[]){ 0.5, 1, 0, 0, 0, 0 }, 0);
	assert_measure(MEASURE_STRENGTH, 6, (const double[]){ 6, 5, 5, 4, 1, 1 }, 0);
	/* One message an arc in this fixture. */
	assert_measure(MEASURE_SENT, 6, (const double[]){ 2, 1, 0, 1, 1, 0 }, 0);
	assert_measure(MEASURE_RECEIVED, 6, (const double[]){ 1, 1, 2, 0, 0, 1 }, 0);
	assert_int_equal(components, 2);
	assert_int_equal(largest, 4);
	network_clear(&network);
}

/* A ring is the same everywhere: 1/5 each. */
static void pagerank_of_a_ring_is_even(void **state)
{
	static const struct tie ring[] = {
		{ 0, 1, 1 }, { 1, 2, 1 }, { 2, 3, 1 }, { 3, 4, 1 }, { 4, 0, 1 },
	};
	struct network network;

	(void)state;
	fixture_network(&network, 5, ring, 5);
	measure(&network);
	assert_measure(MEASURE_PAGERANK, 5, (const double[]){ .2, .2, .2, .2, .2 }, 1e-12);
	network_clear(&network);
}

/* 0 <-> 1 and 0 <-> 2, from 0 with 3 : 1. By hand, with e = 0.15/3:
 * p0 = e + 0.85 (p1 + p2), p1 = e + 0.85 p0 3/4, p2 = e + 0.85 p0 / 4, so
 * p0 (1 - 0.85^2) = e (1 + 2 * 0.85), p0 = 0.135 / 0.2775 = 0.486486... */
static void pagerank_follows_weight(void **state)
{
	static const struct tie ties[] = { { 0, 1, 3 }, { 0, 2, 1 }, { 1, 0, 1 }, { 2, 0, 5 } };
	struct network network;
	double p0 = 0.135 / 0.2775;

	(void)state;
	fixture_network(&network, 3, ties, 4);
	measure(&network);
	assert_measure(MEASURE_PAGERANK, 3, (const double[]){
		p0, 0.05 + 0.85 * p0 * 3 / 4, 0.05 + 0.85 * p0 / 4 }, 1e-10);
	network_clear(&network);
}

/* Two who write to one another's audience: 0 -> 2 (2), 0 -> 3 (1), 1 -> 2 (1).
 * A A^T over the hubs 0, 1 = (5 2; 2 1), largest eigenvalue 3 + 2 sqrt 2, vector
 * (1 + sqrt 2 : 1). Authorities A^T h = 2 h0 + h1 : h0 = (2 + 0.41421) : 1. */
static void hubs_and_authorities_follow_weight(void **state)
{
	static const struct tie ties[] = { { 0, 2, 2 }, { 0, 3, 1 }, { 1, 2, 1 } };
	struct network network;
	double root = sqrt(2);

	(void)state;
	fixture_network(&network, 4, ties, 3);
	measure(&network);
	assert_measure(MEASURE_HUB, 4, (const double[]){ 1, 1 / (1 + root), 0, 0 }, 1e-9);
	assert_measure(MEASURE_AUTHORITY, 4, (const double[]){ 0, 0, 1, 1 / (1 + root) }, 1e-9);
	network_clear(&network);
}

/* Two pairs and a pair that writes as much one way: whoever writes 3 is a hub of 1,
 * whoever hears 3 an authority of 1, though the solution is not the only one. Of a
 * star with equal ties both ways centre and leaves are as good hubs as authorities. */
static void equals_have_equal_hub_and_authority_scores(void **state)
{
	static const struct tie pairs[] = {
		{ 0, 1, 3 }, { 1, 0, 3 }, { 2, 3, 3 }, { 3, 2, 3 }, { 4, 5, 3 }, { 6, 7, 2 },
	};
	static const struct tie star[] = {
		{ 0, 1, 1 }, { 0, 2, 1 }, { 0, 3, 1 }, { 1, 0, 1 }, { 2, 0, 1 }, { 3, 0, 1 },
	};
	struct network network;

	(void)state;
	fixture_network(&network, 8, pairs, G_N_ELEMENTS(pairs));
	measure(&network);
	assert_measure(MEASURE_HUB, 8, (const double[]){ 1, 1, 1, 1, 1, 0, 0, 0 }, 1e-9);
	assert_measure(MEASURE_AUTHORITY, 8, (const double[]){ 1, 1, 1, 1, 0, 1, 0, 0 }, 1e-9);
	network_clear(&network);

	fixture_network(&network, 4, star, G_N_ELEMENTS(star));
	measure(&network);
	assert_true(measures[MEASURE_HUB][0] == 1 && measures[MEASURE_HUB][1] < 1);
	assert_measure(MEASURE_AUTHORITY, 4, measures[MEASURE_HUB], 1e-9);
	network_clear(&network);
}

/* A triangle with a tail: the tail is in the 1-core, the triangle in the 2-core. */
static void core_numbers_do_not_look_at_direction_or_weight(void **state)
{
	static const struct tie ties[] = { { 0, 1, 9 }, { 1, 0, 9 }, { 1, 2, 1 }, { 0, 2, 1 }, { 2, 3, 99 } };
	struct network network;

	(void)state;
	fixture_network(&network, 4, ties, 5);
	measure(&network);
	assert_measure(MEASURE_CORE, 4, (const double[]){ 2, 2, 2, 1 }, 0);
	network_clear(&network);
}

/* As an undirected graph the club's highest PageRank (0.85) is member 34 with
 * 0.100919 and member 1 with 0.096997, its degrees are 17 and 16, and its
 * deepest core is 4: NetworkX 2.8 and igraph 0.10 agree. */
static void the_karate_club_is_as_published(void **state)
{
	struct network network;
	double deepest = 0;

	(void)state;
	fixture_karate_network(&network, 2);
	measure(&network);
	assert_true(fabs(measures[MEASURE_PAGERANK][33] - 0.100919) < 1e-6);
	assert_true(fabs(measures[MEASURE_PAGERANK][0] - 0.096997) < 1e-6);
	assert_true(measures[MEASURE_CORRESPONDENTS][33] == 17);
	assert_true(measures[MEASURE_CORRESPONDENTS][0] == 16);
	assert_true(measures[MEASURE_RECIPROCITY][0] == 1);
	for (int i = 0; i < 34; i++)
		deepest = fmax(deepest, measures[MEASURE_CORE][i]);
	assert_true(deepest == 4);
	assert_int_equal(components, 1);
	network_clear(&network);
}

/* The smallest networks, where a solver may stumble. */
static void two_and_three_persons_have_all_measures(void **state)
{
	struct network network;

	(void)state;
	fixture_network(&network, 2, (const struct tie[]){ { 0, 1, 3 } }, 1);
	measure(&network);
	assert_measure(MEASURE_HUB, 2, (const double[]){ 1, 0 }, 1e-9);
	assert_measure(MEASURE_AUTHORITY, 2, (const double[]){ 0, 1 }, 1e-9);
	assert_measure(MEASURE_CORE, 2, (const double[]){ 1, 1 }, 0);
	/* Who writes to nobody starts anew: p1 = p0 (1 + 0.85), p0 + p1 = 1. */
	assert_measure(MEASURE_PAGERANK, 2, (const double[]){ 1 / 2.85, 1.85 / 2.85 }, 1e-10);
	network_clear(&network);

	fixture_network(&network, 3, (const struct tie[]){ { 0, 1, 1 }, { 1, 2, 1 } }, 2);
	measure(&network);
	for (int i = 0; i < 3; i++) {
		assert_true(measures[MEASURE_HUB][i] >= 0 && measures[MEASURE_HUB][i] <= 1);
		assert_true(measures[MEASURE_PAGERANK][i] > 0);
	}
	network_clear(&network);
}

static void an_empty_network_is_measured_without_an_error(void **state)
{
	struct network network = { 0 };

	(void)state;
	measure(&network);
	assert_int_equal(components, 0);
	assert_int_equal(largest, 0);
}

static void pagerank_sums_to_one_and_hits_reach_one(void **state)
{
	struct network network;
	double sum = 0, hub = 0, authority = 0;

	(void)state;
	fixture_random_network(&network, 200, 500, 4, fixture_count);
	measure(&network);
	for (int i = 0; i < 200; i++) {
		sum += measures[MEASURE_PAGERANK][i];
		hub = fmax(hub, measures[MEASURE_HUB][i]);
		authority = fmax(authority, measures[MEASURE_AUTHORITY][i]);
		assert_true(measures[MEASURE_HUB][i] >= 0 && measures[MEASURE_AUTHORITY][i] >= 0);
	}
	assert_true(fabs(sum - 1) < 1e-9);
	assert_true(fabs(hub - 1) < 1e-12);
	assert_true(fabs(authority - 1) < 1e-12);
	network_clear(&network);
}

static void every_measure_has_a_name_and_a_sentence(void **state)
{
	(void)state;
	for (int m = 0; m < MEASURE_COUNT; m++) {
		const struct measure_info *info = &measure_infos[m];

		assert_int_equal(measure_from_name(info->name), m);
		assert_true(*info->title && *info->summary);
		assert_int_equal(info->summary[strlen(info->summary) - 1], '.');
	}
	assert_int_equal(measure_from_name("rank"), -1);
	assert_int_equal(measure_from_name(""), -1);
	assert_string_equal(measure_infos[MEASURE_IN_DEGREE].name, "in-degree");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(degrees_count_persons_and_strength_messages),
		cmocka_unit_test(pagerank_of_a_ring_is_even),
		cmocka_unit_test(pagerank_follows_weight),
		cmocka_unit_test(hubs_and_authorities_follow_weight),
		cmocka_unit_test(equals_have_equal_hub_and_authority_scores),
		cmocka_unit_test(core_numbers_do_not_look_at_direction_or_weight),
		cmocka_unit_test(the_karate_club_is_as_published),
		cmocka_unit_test(two_and_three_persons_have_all_measures),
		cmocka_unit_test(an_empty_network_is_measured_without_an_error),
		cmocka_unit_test(pagerank_sums_to_one_and_hits_reach_one),
		cmocka_unit_test(every_measure_has_a_name_and_a_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, free_measures);
}
