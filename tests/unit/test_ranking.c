/* test_ranking.c - places, the combined rank, and the analysis as a whole */
#include "graph_fixture.h"

#include <string.h>

#include "epistograph/analysis.h"
#include "epistograph/error.h"
#include "epistograph/ranking.h"

static const struct analysis_options defaults = ANALYSIS_DEFAULTS;

static void equal_values_share_the_best_rank(void **state)
{
	static const double values[] = { 3, 9, 3, 0, 9, 1 };
	static const int expected[] = { 3, 1, 3, 6, 1, 5 };
	int ranks[6];

	(void)state;
	ranking_of_values(values, 6, ranks);
	assert_memory_equal(ranks, expected, sizeof ranks);
	ranking_of_values(NULL, 0, NULL);
}

/* 0.1 + 0.2 is not 0.3 in binary; the difference is no reason for a rank. */
static void the_order_of_additions_makes_no_rank(void **state)
{
	volatile double tenth = 0.1, fifth = 0.2;
	const double values[] = { 0.3, tenth + fifth, 0.3000001 };
	int ranks[3];

	(void)state;
	assert_true(values[0] != values[1]);
	ranking_of_values(values, 3, ranks);
	assert_memory_equal(ranks, ((int[]){ 2, 2, 1 }), sizeof ranks);
}

/* Four persons; of correspondents 4, 3, 2, 1 and reciprocity 0, 1, 1/2, 1 come
 * 0, 3, 1, 1 with mail both ways: ranks 4, 1, 2, 2. */
static void the_combined_rank_is_the_mean_of_five(void **state)
{
	double correspondents[] = { 4, 3, 2, 1 }, reciprocity[] = { 0, 1, 0.5, 1 };
	double *measures[MEASURE_COUNT] = {
		[MEASURE_CORRESPONDENTS] = correspondents, [MEASURE_RECIPROCITY] = reciprocity,
	};
	int strength[] = { 1, 2, 3, 4 }, pagerank[] = { 2, 1, 4, 3 };
	int betweenness[] = { 4, 1, 3, 2 }, harmonic[] = { 1, 2, 4, 3 };
	int *ranks[MEASURE_COUNT] = {
		[MEASURE_STRENGTH] = strength, [MEASURE_PAGERANK] = pagerank,
		[MEASURE_BETWEENNESS] = betweenness, [MEASURE_HARMONIC] = harmonic,
	};
	struct network network = { .order = 4 };
	double score[4];
	int rank[4], by_rank[4];

	(void)state;
	ranking_combine(&network, measures, ranks, score, rank, by_rank);
	assert_true(score[0] == 12 / 5.0);      /* 1 + 4 + 2 + 4 + 1 */
	assert_true(score[1] == 7 / 5.0);       /* 2 + 1 + 1 + 1 + 2 */
	assert_true(score[2] == 16 / 5.0);      /* 3 + 2 + 4 + 3 + 4 */
	assert_true(score[3] == 14 / 5.0);      /* 4 + 2 + 3 + 2 + 3 */
	assert_memory_equal(rank, ((int[]){ 2, 1, 4, 3 }), sizeof rank);
	assert_memory_equal(by_rank, ((int[]){ 1, 0, 3, 2 }), sizeof by_rank);
}

/* The outer four of a star with equal ties are the same in everything. */
static void equal_persons_are_ordered_by_address(void **state)
{
	static const struct tie star[] = {
		{ 2, 0, 1 }, { 2, 1, 1 }, { 2, 3, 1 }, { 2, 4, 1 },
		{ 0, 2, 1 }, { 1, 2, 1 }, { 3, 2, 1 }, { 4, 2, 1 },
	};
	struct error err = { "" };
	struct analysis analysis;
	struct network network;

	(void)state;
	fixture_network(&network, 5, star, 8);
	assert_int_equal(analysis_run(&network, &defaults, &analysis, &err), 0);
	assert_memory_equal(analysis.by_rank, ((int[]){ 2, 0, 1, 3, 4 }), 5 * sizeof(int));
	assert_true(analysis.score[0] == analysis.score[4]);
	assert_int_equal(analysis.ranks[MEASURE_STRENGTH][0], 2);
	assert_int_equal(analysis.ranks[MEASURE_STRENGTH][4], 2);
	analysis_clear(&analysis);
	network_clear(&network);
}

/* One who writes to four and is never answered stands behind them: by strength 1,
 * by mail both ways 1 (like all), by PageRank 5, by betweenness 1 (like all), by
 * closeness 1; each of the others 2, 1, 1, 1, 2. */
static void who_is_never_answered_is_not_first(void **state)
{
	static const struct tie star[] = { { 2, 0, 1 }, { 2, 1, 1 }, { 2, 3, 1 }, { 2, 4, 1 } };
	struct error err = { "" };
	struct analysis analysis;
	struct network network;

	(void)state;
	fixture_network(&network, 5, star, 4);
	assert_int_equal(analysis_run(&network, &defaults, &analysis, &err), 0);
	assert_true(analysis.score[2] == 9 / 5.0);
	assert_true(analysis.score[0] == 7 / 5.0);
	assert_int_equal(analysis.rank[2], 5);
	analysis_clear(&analysis);
	network_clear(&network);
}

/* ---- the analysis as a whole ---- */

static void the_analysis_of_the_karate_club_holds_together(void **state)
{
	struct error err = { "" };
	struct analysis analysis;
	struct network network;
	int members = 0;

	(void)state;
	fixture_karate_network(&network, 2);
	assert_int_equal(analysis_run(&network, &defaults, &analysis, &err), 0);
	assert_true(fabs(analysis.modularity - 0.419790) < 5e-7);
	assert_int_equal(analysis.community_count, 4);
	assert_int_equal(analysis.sources, 34);
	assert_int_equal(analysis.components, 1);
	assert_int_equal(analysis.largest_component, 34);
	/* The two leaders of the split, Mr. Hi (1) and the president (34). */
	assert_true(analysis.rank[0] + analysis.rank[33] == 3);
	assert_true(fabs(analysis.measures[MEASURE_BETWEENNESS][0] / 2 - 231.0714) < 1e-4);
	for (int i = 0; i < 34; i++)
		assert_int_equal(analysis.rank[analysis.by_rank[i]], i + 1);
	for (int c = 0; c < 4; c++) {
		assert_int_equal(analysis.communities[c].number, c + 1);
		assert_true(c == 0 || analysis.communities[c].size <= analysis.communities[c - 1].size);
		assert_true(*analysis.communities[c].short_name != '\0');
		members += analysis.communities[c].size;
	}
	assert_int_equal(members, 34);
	analysis_clear(&analysis);
	network_clear(&network);
}

static void assert_same_analysis(const struct analysis *a, const struct analysis *b, int order)
{
	assert_int_equal(a->shared_size, b->shared_size);
	assert_memory_equal(a->shared, b->shared, a->shared_size);
	assert_int_equal(a->community_count, b->community_count);
	for (int c = 0; c < a->community_count; c++)
		assert_string_equal(a->communities[c].name, b->communities[c].name);
	assert_true(a->modularity == b->modularity);
	assert_memory_equal(a->membership, b->membership, order * sizeof(int));
}

static void two_analyses_are_equal_to_the_bit(void **state)
{
	struct error err = { "" };
	struct analysis first, second;
	struct network network;

	(void)state;
	fixture_random_network(&network, 300, 800, 9, fixture_count);
	assert_int_equal(analysis_run(&network, &defaults, &first, &err), 0);
	assert_int_equal(analysis_run(&network, &defaults, &second, &err), 0);
	assert_same_analysis(&first, &second, 300);
	analysis_clear(&first);
	analysis_clear(&second);
	network_clear(&network);
}

static void a_sample_says_how_large_it_is(void **state)
{
	struct analysis_options options = ANALYSIS_DEFAULTS;
	struct error err = { "" };
	struct analysis analysis;
	struct network network;

	(void)state;
	fixture_random_network(&network, 300, 800, 9, fixture_count);
	options.samples = 50;
	assert_int_equal(analysis_run(&network, &options, &analysis, &err), 0);
	assert_int_equal(analysis.sources, 50);
	analysis_clear(&analysis);
	options.samples = 5000;                 /* more than there are: all, hence exact */
	assert_int_equal(analysis_run(&network, &options, &analysis, &err), 0);
	assert_int_equal(analysis.sources, 300);
	analysis_clear(&analysis);
	network_clear(&network);
}

/* A source costs 15 ns for each of 9,000 vertices and 9,000 arcs, and 12 ns for each
 * of 9,000 vertices and 18,000 ends of edges: 9,000 sources take 5.3 s, the budget
 * is 4 s. A third of them would take 0.6 s. */
static void exactness_ends_where_it_takes_more_than_seconds(void **state)
{
	struct analysis_options options = ANALYSIS_DEFAULTS;

	(void)state;
	for (int order = 3000; order <= 9000; order += 6000) {
		struct tie *ties = g_new(struct tie, order);
		struct error err = { "" };
		struct analysis analysis;
		struct network network;

		for (int v = 0; v < order; v++)
			ties[v] = (struct tie){ v, (v + 1) % order, 1 + v % 2 };
		fixture_network(&network, order, ties, order);
		assert_int_equal(analysis_run(&network, &options, &analysis, &err), 0);
		assert_int_equal(analysis.sources, order == 3000 ? 3000 : 1000);
		analysis_clear(&analysis);
		network_clear(&network);
		g_free(ties);
	}
}

static void an_empty_network_gives_an_empty_analysis(void **state)
{
	struct network network = { 0 };
	struct error err = { "" };
	struct analysis analysis;

	(void)state;
	assert_int_equal(analysis_run(&network, &defaults, &analysis, &err), 0);
	assert_int_equal(analysis.community_count, 0);
	assert_true(isnan(analysis.modularity));
	analysis_clear(&analysis);
	analysis_clear(&analysis);              /* once more does no harm */
}

static void no_iterations_are_an_error(void **state)
{
	struct analysis_options options = ANALYSIS_DEFAULTS;
	struct error err = { "" };
	struct analysis analysis;
	struct network network;

	(void)state;
	options.leiden_iterations = -1;
	fixture_karate_network(&network, 1);
	assert_int_equal(analysis_run(&network, &options, &analysis, &err), -1);
	assert_string_equal(err.message, "cannot find communities with -1 iterations: at least 1");
	analysis_clear(&analysis);
	network_clear(&network);
}

static void the_explanation_names_its_five_ranks_and_its_source(void **state)
{
	static const char *const words[] = {
		"strength", "both ways", "PageRank", "betweenness", "harmonic", "Borda", "Dwork",
		"10.1145/371920.372165",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		assert_non_null(strstr(analysis_explain_rank(), words[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_values_share_the_best_rank),
		cmocka_unit_test(the_order_of_additions_makes_no_rank),
		cmocka_unit_test(the_combined_rank_is_the_mean_of_five),
		cmocka_unit_test(equal_persons_are_ordered_by_address),
		cmocka_unit_test(who_is_never_answered_is_not_first),
		cmocka_unit_test(the_analysis_of_the_karate_club_holds_together),
		cmocka_unit_test(two_analyses_are_equal_to_the_bit),
		cmocka_unit_test(a_sample_says_how_large_it_is),
		cmocka_unit_test(exactness_ends_where_it_takes_more_than_seconds),
		cmocka_unit_test(an_empty_network_gives_an_empty_analysis),
		cmocka_unit_test(no_iterations_are_an_error),
		cmocka_unit_test(the_explanation_names_its_five_ranks_and_its_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
