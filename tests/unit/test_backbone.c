/* test_backbone.c - the disparity filter, by hand */
#include "graph_fixture.h"

#include <string.h>

#include "epistograph/backbone.h"

/* 0 has ties of 90, 5 and 5; 1, 2, 3 have other ties only where noted. For the
 * tie of 90: (1 - 0.9)^2 = 0.01 at 0. For those of 5: 0.95^2 = 0.9025 at 0. */
static const struct tie star[] = { { 0, 1, 60 }, { 1, 0, 30 }, { 0, 2, 5 }, { 3, 0, 5 } };

static void filter(const struct network *network, double alpha, bool *keep)
{
	struct edge *edges;
	int count = network_edges(network, &edges);

	backbone_disparity(network, edges, count, alpha, keep);
	g_free(edges);
}

static void a_tie_that_outweighs_the_others_is_kept_with_both_arcs(void **state)
{
	struct network network;
	bool keep[4];

	(void)state;
	fixture_network(&network, 4, star, 4);
	filter(&network, 0.05, keep);
	assert_true(keep[network_arc(&network, 0, 1)]);
	assert_true(keep[network_arc(&network, 1, 0)]);
	assert_false(keep[network_arc(&network, 0, 2)]);
	assert_false(keep[network_arc(&network, 3, 0)]);
	network_clear(&network);
}

static void the_level_decides(void **state)
{
	struct network network;
	bool keep[4];

	(void)state;
	fixture_network(&network, 4, star, 4);
	filter(&network, 0.0099, keep);         /* just below 0.01 */
	assert_false(keep[network_arc(&network, 0, 1)]);
	filter(&network, 0.0101, keep);
	assert_true(keep[network_arc(&network, 0, 1)]);
	filter(&network, 0.91, keep);           /* above 0.9025 */
	assert_true(keep[network_arc(&network, 0, 2)] && keep[network_arc(&network, 3, 0)]);
	network_clear(&network);
}

/* The weak end has one tie only, which says nothing; the strong end decides. A
 * pair that writes to nobody else has no scale at all. */
static void an_only_tie_says_nothing(void **state)
{
	static const struct tie pair[] = { { 0, 1, 1000 } };
	struct network network;
	bool keep[1];

	(void)state;
	fixture_network(&network, 2, pair, 1);
	filter(&network, 1, keep);              /* 1 is not below 1 */
	assert_false(keep[0]);
	network_clear(&network);
}

/* 0 writes evenly to ten: 0.9^9 = 0.39. Of these 1 has 30 ties of 1 besides,
 * so that for 1 the tie of 10 is a quarter of all: (3/4)^30 = 0.00018. The others
 * have no further tie. */
static void one_end_is_enough(void **state)
{
	struct tie ties[10 + 30];
	struct network network;
	bool keep[40];
	int count = 0;

	(void)state;
	for (int i = 1; i <= 10; i++)
		ties[count++] = (struct tie){ 0, i, 10 };
	for (int i = 0; i < 30; i++)
		ties[count++] = (struct tie){ 1, 11 + i, 1 };
	fixture_network(&network, 41, ties, count);
	filter(&network, 0.05, keep);
	assert_true(keep[network_arc(&network, 0, 1)]);
	for (int i = 2; i <= 10; i++)
		assert_false(keep[network_arc(&network, 0, i)]);
	network_clear(&network);
}

static void equal_ties_are_all_left_out(void **state)
{
	struct network network;
	bool keep[156];

	(void)state;
	fixture_karate_network(&network, 2);
	filter(&network, 0.05, keep);
	/* (1 - 1/k)^(k - 1) is never below 1/e. */
	for (int i = 0; i < network.size; i++)
		assert_false(keep[i]);
	network_clear(&network);
}

static void an_empty_network_has_no_backbone(void **state)
{
	struct network network = { 0 };

	(void)state;
	filter(&network, 0.05, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tie_that_outweighs_the_others_is_kept_with_both_arcs),
		cmocka_unit_test(the_level_decides),
		cmocka_unit_test(an_only_tie_says_nothing),
		cmocka_unit_test(one_end_is_enough),
		cmocka_unit_test(equal_ties_are_all_left_out),
		cmocka_unit_test(an_empty_network_has_no_backbone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
