/* test_shortest_path.c - our kernels against hand-made figures and against igraph */
#include "graph_fixture.h"

#include <igraph.h>

#include "epistograph/shortest_path.h"

static void assert_near(double value, double expected)
{
	if (fabs(value - expected) > 1e-9 * (1 + fabs(expected)))
		fail_msg("%.17g is not %.17g", value, expected);
}

static void compute_betweenness(const struct network *network, int threads, double *betweenness)
{
	struct adjacency adjacency;
	int *sources;
	int count = sources_choose(network->order, network->order, 1, &sources);

	adjacency_init_directed(&adjacency, network);
	betweenness_compute(&adjacency, sources, count, threads, betweenness);
	adjacency_clear(&adjacency);
	g_free(sources);
}

static void compute_harmonic(const struct network *network, int threads, double *harmonic)
{
	struct adjacency adjacency;
	struct edge *edges;
	int *sources;
	int count = sources_choose(network->order, network->order, 1, &sources);
	int size = network_edges(network, &edges);

	adjacency_init_undirected(&adjacency, network->order, edges, size);
	harmonic_compute(&adjacency, sources, count, threads, harmonic);
	adjacency_clear(&adjacency);
	g_free(sources);
	g_free(edges);
}

/* ---- by hand ---- */

/* 0 -> 1 -> 2 -> 3: 1 lies between 0-2 and 0-3, 2 between 0-3 and 1-3. */
static void the_middle_of_a_chain_lies_between_two_pairs(void **state)
{
	static const struct tie chain[] = { { 0, 1, 1 }, { 1, 2, 1 }, { 2, 3, 1 } };
	double betweenness[4];
	struct network network;

	(void)state;
	fixture_network(&network, 4, chain, 3);
	compute_betweenness(&network, 1, betweenness);
	assert_near(betweenness[0], 0);
	assert_near(betweenness[1], 2);
	assert_near(betweenness[2], 2);
	assert_near(betweenness[3], 0);
	network_clear(&network);
}

/* 0 -> 1 -> 4 is 1/2 + 1/2, 0 -> 2 -> 3 -> 4 is 1/3 + 1/3 + 1/3: both are 1, but
 * only within the precision of binary fractions; each counts half. */
static void paths_of_equal_length_share_a_pair(void **state)
{
	static const struct tie ties[] = {
		{ 0, 1, 2 }, { 1, 4, 2 }, { 0, 2, 3 }, { 2, 3, 3 }, { 3, 4, 3 },
	};
	double betweenness[5];
	struct network network;

	(void)state;
	fixture_network(&network, 5, ties, 5);
	compute_betweenness(&network, 1, betweenness);
	assert_near(betweenness[1], 0.5);
	assert_near(betweenness[2], 0.5 + 1);   /* and 0 -> 3 */
	assert_near(betweenness[3], 0.5 + 1);   /* and 2 -> 4 */
	network_clear(&network);
}

/* 0 -> 2 directly is 1 long; by way of 1, with ten messages each, 1/10 + 1/10. */
static void a_strong_detour_is_shorter_than_a_weak_direct_tie(void **state)
{
	static const struct tie ties[] = { { 0, 2, 1 }, { 0, 1, 10 }, { 1, 2, 10 } };
	double betweenness[3], harmonic[3];
	struct network network;

	(void)state;
	fixture_network(&network, 3, ties, 3);
	compute_betweenness(&network, 1, betweenness);
	compute_harmonic(&network, 1, harmonic);
	assert_near(betweenness[1], 1);
	assert_near(harmonic[0], (10 + 5) / 2.0);       /* 1/(1/10) and 1/(2/10), mean of two */
	assert_near(harmonic[1], 10);
	network_clear(&network);
}

/* Two pairs: one other is at distance 1, two are out of reach: 1/3. */
static void what_is_out_of_reach_adds_nothing(void **state)
{
	static const struct tie ties[] = { { 0, 1, 1 }, { 2, 3, 1 } };
	double betweenness[4], harmonic[4];
	struct network network;

	(void)state;
	fixture_network(&network, 4, ties, 2);
	compute_betweenness(&network, 1, betweenness);
	compute_harmonic(&network, 1, harmonic);
	for (int i = 0; i < 4; i++) {
		assert_near(betweenness[i], 0);
		assert_near(harmonic[i], 1.0 / 3);
	}
	network_clear(&network);
}

static void an_empty_network_has_no_paths(void **state)
{
	struct network network = { 0 };
	double none[1] = { 7 };

	(void)state;
	compute_betweenness(&network, 2, none);
	compute_harmonic(&network, 2, none);
	assert_near(none[0], 7);
}

/* Freeman's figures for the club are in Brandes' and NetworkX's documentation:
 * member 1 has 231.0714 (undirected), which is half of both directions. */
static void betweenness_of_the_karate_club_is_as_published(void **state)
{
	double betweenness[34];
	struct network network;

	(void)state;
	fixture_karate_network(&network, 2);
	compute_betweenness(&network, 1, betweenness);
	assert_near(round(betweenness[0] / 2 * 1e4) / 1e4, 231.0714);
	assert_near(round(betweenness[33] / 2 * 1e4) / 1e4, 160.5516);
	network_clear(&network);
}

/* ---- against igraph ---- */

static void assert_equals_igraph(const struct network *network)
{
	double *betweenness = g_new(double, network->order);
	double *harmonic = g_new(double, network->order);
	igraph_t graph;
	igraph_vector_int_t ends;
	igraph_vector_t lengths, expected;

	igraph_vector_int_init(&ends, 2 * network->size);
	igraph_vector_init(&lengths, network->size);
	igraph_vector_init(&expected, 0);
	for (int i = 0; i < network->size; i++) {
		VECTOR(ends)[2 * i] = network->arcs[i].from;
		VECTOR(ends)[2 * i + 1] = network->arcs[i].to;
		VECTOR(lengths)[i] = 1 / network->arcs[i].weight;
	}
	igraph_create(&graph, &ends, network->order, true);
	compute_betweenness(network, 2, betweenness);
	igraph_betweenness(&graph, &expected, igraph_vss_all(), true, &lengths);
	for (int v = 0; v < network->order; v++)
		assert_near(betweenness[v], VECTOR(expected)[v]);
	igraph_destroy(&graph);

	struct edge *edges;
	int size = network_edges(network, &edges);

	igraph_vector_int_resize(&ends, 2 * size);
	igraph_vector_resize(&lengths, size);
	for (int i = 0; i < size; i++) {
		VECTOR(ends)[2 * i] = edges[i].from;
		VECTOR(ends)[2 * i + 1] = edges[i].to;
		VECTOR(lengths)[i] = 1 / edges[i].weight;
	}
	igraph_create(&graph, &ends, network->order, false);
	compute_harmonic(network, 2, harmonic);
	igraph_harmonic_centrality(&graph, &expected, igraph_vss_all(), IGRAPH_ALL, &lengths, true);
	for (int v = 0; v < network->order; v++)
		assert_near(harmonic[v], VECTOR(expected)[v]);
	igraph_destroy(&graph);
	igraph_vector_destroy(&lengths);
	igraph_vector_destroy(&expected);
	igraph_vector_int_destroy(&ends);
	g_free(edges);
	g_free(betweenness);
	g_free(harmonic);
}

static void assert_random_networks_equal_igraph(double (*weight)(GRand *random))
{
	/* From many islands over sparse with leaves to dense. */
	static const int sizes[][2] = {
		{ 2, 0 }, { 3, 1 }, { 10, 5 }, { 60, 20 }, { 60, 90 }, { 60, 900 }, { 150, 300 },
		{ 200, 1500 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		struct network network;

		fixture_random_network(&network, sizes[i][0], sizes[i][1], 100 + i, weight);
		assert_equals_igraph(&network);
		network_clear(&network);
	}
}

static void steps_give_what_igraph_gives(void **state)
{
	(void)state;
	assert_random_networks_equal_igraph(fixture_one);
}

static void small_counts_with_ties_give_what_igraph_gives(void **state)
{
	(void)state;
	assert_random_networks_equal_igraph(fixture_count);
}

static void real_weights_give_what_igraph_gives(void **state)
{
	(void)state;
	assert_random_networks_equal_igraph(fixture_real);
}

static void the_karate_club_gives_what_igraph_gives(void **state)
{
	(void)state;
	for (int ways = 1; ways <= 2; ways++) {
		struct network network;

		fixture_karate_network(&network, ways);
		assert_equals_igraph(&network);
		network_clear(&network);
	}
}

/* Ten messages on every tie are a tenth of the distance, not another path. */
static void equal_weights_other_than_one_scale_closeness_alone(void **state)
{
	double before[34], after[34];
	struct network network;

	(void)state;
	fixture_karate_network(&network, 1);
	compute_harmonic(&network, 1, before);
	for (int i = 0; i < network.size; i++)
		network.arcs[i].weight = 10;
	compute_harmonic(&network, 1, after);
	for (int i = 0; i < 34; i++)
		assert_near(after[i], 10 * before[i]);
	network_clear(&network);
}

/* ---- threads and samples ---- */

static void any_number_of_threads_gives_the_same_bits(void **state)
{
	double one[300], other[300];
	struct network network;

	(void)state;
	for (int kind = 0; kind < 2; kind++) {
		fixture_random_network(&network, 300, 900, 5, kind ? fixture_real : fixture_one);
		for (int threads = 2; threads <= 5; threads++) {
			compute_betweenness(&network, 1, one);
			compute_betweenness(&network, threads, other);
			assert_memory_equal(one, other, sizeof one);
			compute_harmonic(&network, 1, one);
			compute_harmonic(&network, threads, other);
			assert_memory_equal(one, other, sizeof one);
		}
		network_clear(&network);
	}
}

static void sources_are_different_ascending_and_follow_the_seed(void **state)
{
	int *a, *b, *c;

	(void)state;
	assert_int_equal(sources_choose(1000, 100, 42, &a), 100);
	assert_int_equal(sources_choose(1000, 100, 42, &b), 100);
	assert_int_equal(sources_choose(1000, 100, 43, &c), 100);
	for (int i = 1; i < 100; i++)
		assert_true(a[i - 1] < a[i]);
	assert_true(a[0] >= 0 && a[99] < 1000);
	assert_memory_equal(a, b, 100 * sizeof *a);
	assert_memory_not_equal(a, c, 100 * sizeof *a);
	g_free(a);
	g_free(b);
	g_free(c);
}

/* A ring is the same everywhere: the mean over half of the sources is near the
 * mean over all, and the estimates add up to the sources' true share. */
static void sampled_betweenness_is_scaled_up(void **state)
{
	struct tie ring[400];
	double exact[200], sampled[200], sum = 0, expected = 0;
	struct adjacency adjacency;
	struct network network;
	int *sources;

	(void)state;
	for (int i = 0; i < 200; i++) {
		ring[2 * i] = (struct tie){ i, (i + 1) % 200, 1 };
		ring[2 * i + 1] = (struct tie){ (i + 1) % 200, i, 1 };
	}
	fixture_network(&network, 200, ring, 400);
	compute_betweenness(&network, 1, exact);
	adjacency_init_directed(&adjacency, &network);
	int count = sources_choose(200, 50, 42, &sources);

	betweenness_compute(&adjacency, sources, count, 2, sampled);
	for (int i = 0; i < 200; i++) {
		sum += sampled[i];
		expected += exact[i];
	}
	assert_near(sum, expected);     /* every source of a ring contributes the same */
	adjacency_clear(&adjacency);
	g_free(sources);
	network_clear(&network);
}

/* On the same ring a vertex may be lucky in its neighbours, all together hardly. */
static void sampled_closeness_is_a_mean_over_the_sources(void **state)
{
	struct tie ring[200];
	double sampled[200], sum = 0, expected = 0;
	struct adjacency adjacency;
	struct network network;
	struct edge *edges;
	int *sources;

	(void)state;
	for (int i = 0; i < 200; i++)
		ring[i] = (struct tie){ i, (i + 1) % 200, 1 };
	fixture_network(&network, 200, ring, 200);
	int size = network_edges(&network, &edges);

	adjacency_init_undirected(&adjacency, 200, edges, size);
	int count = sources_choose(200, 50, 42, &sources);

	harmonic_compute(&adjacency, sources, count, 2, sampled);
	for (int i = 0; i < 200; i++)
		sum += sampled[i];
	for (int i = 1; i <= 100; i++)  /* two at each distance, one opposite */
		expected += (i < 100 ? 2.0 : 1.0) / i / 199;
	assert_true(fabs(sum / 200 / expected - 1) < 0.02);
	g_free(edges);
	adjacency_clear(&adjacency);
	g_free(sources);
	network_clear(&network);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_middle_of_a_chain_lies_between_two_pairs),
		cmocka_unit_test(paths_of_equal_length_share_a_pair),
		cmocka_unit_test(a_strong_detour_is_shorter_than_a_weak_direct_tie),
		cmocka_unit_test(what_is_out_of_reach_adds_nothing),
		cmocka_unit_test(an_empty_network_has_no_paths),
		cmocka_unit_test(betweenness_of_the_karate_club_is_as_published),
		cmocka_unit_test(steps_give_what_igraph_gives),
		cmocka_unit_test(small_counts_with_ties_give_what_igraph_gives),
		cmocka_unit_test(real_weights_give_what_igraph_gives),
		cmocka_unit_test(the_karate_club_gives_what_igraph_gives),
		cmocka_unit_test(equal_weights_other_than_one_scale_closeness_alone),
		cmocka_unit_test(any_number_of_threads_gives_the_same_bits),
		cmocka_unit_test(sources_are_different_ascending_and_follow_the_seed),
		cmocka_unit_test(sampled_betweenness_is_scaled_up),
		cmocka_unit_test(sampled_closeness_is_a_mean_over_the_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
