/* test_community.c - communities on graphs whose answer is known */
#include "graph_fixture.h"

#include <string.h>

#include "epistograph/community.h"
#include "epistograph/error.h"

struct found {
	int membership[400], count;
	double modularity;
};

static void find(const struct network *network, uint64_t seed, struct found *found)
{
	struct error err = { "" };
	struct edge *edges;
	int count = network_edges(network, &edges);

	assert_int_equal(community_find(network, edges, count, seed, 10, found->membership,
	                                &found->count, &found->modularity, &err), 0);
	assert_string_equal(err.message, "");
	g_free(edges);
}

static void assert_members(const struct found *found, int count, const int *expected)
{
	for (int i = 0; i < count; i++)
		if (found->membership[i] != expected[i])
			fail_msg("vertex %d is in %d, not in %d", i, found->membership[i],
			         expected[i]);
}

/* Two triangles joined by one edge: m = 7, each half has 3 edges and degree sum 7,
 * so by hand Q = 2 (3/7 - (7/14)^2) = 5/14. */
static const struct tie triangles[] = {
	{ 0, 1, 1 }, { 1, 2, 1 }, { 2, 0, 1 }, { 3, 4, 1 }, { 4, 5, 1 }, { 5, 3, 1 }, { 2, 3, 1 },
};

static void two_triangles_with_a_bridge_are_two_communities(void **state)
{
	struct network network;
	struct found found;

	(void)state;
	fixture_network(&network, 6, triangles, 7);
	find(&network, 42, &found);
	assert_int_equal(found.count, 2);
	assert_true(fabs(found.modularity - 5.0 / 14) < 1e-12);
	assert_members(&found, 6, (const int[]){ 0, 0, 0, 1, 1, 1 });
	network_clear(&network);
}

/* The best known partition of the club has modularity 0.419790 and four
 * communities (Brandes et al. 2008, doi:10.1109/TKDE.2007.190689). */
static void the_karate_club_reaches_the_best_known_modularity(void **state)
{
	struct network network;
	struct found found;

	(void)state;
	fixture_karate_network(&network, 1);
	for (uint64_t seed = 1; seed <= 20; seed++) {
		find(&network, seed, &found);
		assert_true(fabs(found.modularity - 0.419790) < 5e-7);
		assert_int_equal(found.count, 4);
	}
	network_clear(&network);
}

/* A pair: m = 1, Q = 1/1 - (2/2)^2 = 0. Two pairs: Q = 2 (1/2 - (1/2)^2) = 1/2. */
static void pairs_are_communities_of_two(void **state)
{
	static const struct tie pairs[] = { { 0, 1, 1 }, { 3, 2, 1 } };
	struct network network;
	struct found found;

	(void)state;
	fixture_network(&network, 2, pairs, 1);
	find(&network, 42, &found);
	assert_int_equal(found.count, 1);
	assert_true(fabs(found.modularity) < 1e-12);
	network_clear(&network);

	fixture_network(&network, 4, pairs, 2);
	find(&network, 42, &found);
	assert_true(fabs(found.modularity - 0.5) < 1e-12);
	assert_members(&found, 4, (const int[]){ 0, 0, 1, 1 });
	network_clear(&network);
}

static void an_empty_network_has_no_communities(void **state)
{
	struct network network = { 0 };
	struct found found;

	(void)state;
	find(&network, 42, &found);
	assert_int_equal(found.count, 0);
	assert_true(isnan(found.modularity));
}

/* Size first: the four before the three. Then strength: the pair of 9 before the
 * pair of 2. Then the lowest vertex: of the two pairs of 2. */
static void communities_are_numbered_by_size_strength_and_lowest_vertex(void **state)
{
	static const struct tie ties[] = {
		{ 0, 1, 2 }, { 2, 3, 2 }, { 4, 5, 9 },
		{ 6, 7, 1 }, { 7, 8, 1 }, { 8, 6, 1 },
		{ 9, 10, 1 }, { 10, 11, 1 }, { 11, 12, 1 }, { 12, 9, 1 }, { 9, 11, 1 },
		{ 10, 12, 1 },
	};
	struct network network;
	struct found found;

	(void)state;
	fixture_network(&network, 13, ties, G_N_ELEMENTS(ties));
	find(&network, 42, &found);
	assert_int_equal(found.count, 5);
	assert_members(&found, 13, (const int[]){ 3, 3, 4, 4, 2, 2, 1, 1, 1, 0, 0, 0, 0 });
	network_clear(&network);
}

/* Strong ties make the groups, though weak ones between them are as many. */
static void weight_decides_and_not_the_number_of_ties(void **state)
{
	static const struct tie ties[] = {
		{ 0, 1, 50 }, { 2, 3, 50 }, { 0, 2, 1 }, { 0, 3, 1 }, { 1, 2, 1 }, { 1, 3, 1 },
	};
	struct network network;
	struct found found;

	(void)state;
	fixture_network(&network, 4, ties, G_N_ELEMENTS(ties));
	find(&network, 42, &found);
	assert_members(&found, 4, (const int[]){ 0, 0, 1, 1 });
	network_clear(&network);
}

static void equal_seeds_give_equal_communities(void **state)
{
	struct network network;
	struct found first, second;

	(void)state;
	fixture_random_network(&network, 300, 900, 3, fixture_count);
	find(&network, 42, &first);
	find(&network, 7, &second);
	find(&network, 42, &second);
	assert_int_equal(first.count, second.count);
	assert_memory_equal(first.membership, second.membership, 300 * sizeof(int));
	assert_memory_equal(&first.modularity, &second.modularity, sizeof(double));
	network_clear(&network);
}

/* Ten groups of 30; four in five messages stay inside. */
static void planted_groups_are_found(void **state)
{
	GRand *random = g_rand_new_with_seed(8);
	struct tie *ties = g_new(struct tie, 300 + 4000);
	int planted[300], count = 0;
	struct network network;
	struct found found;

	(void)state;
	for (int i = 0; i < 300; i++) {
		planted[i] = i % 10;
		ties[count++] = (struct tie){ i, (i + 10) % 300, 1 };
	}
	while (count < 4300) {
		int from = g_rand_int_range(random, 0, 300);
		int to = g_rand_int_range(random, 0, 5) < 4 ?
		         from % 10 + 10 * g_rand_int_range(random, 0, 30) :
		         g_rand_int_range(random, 0, 300);

		if (from != to)
			ties[count++] = (struct tie){ from, to, 1 };
	}
	fixture_network(&network, 300, ties, count);
	find(&network, 42, &found);
	assert_true(fixture_nmi(planted, found.membership, 300) >= 0.95);
	network_clear(&network);
	g_free(ties);
	g_rand_free(random);
}

/* The measure of the test above can say no: equal is 1, independent is 0. */
static void nmi_tells_equal_from_independent(void **state)
{
	static const int halves[] = { 0, 0, 1, 1 }, other[] = { 5, 5, 2, 2 }, across[] = { 0, 1, 0, 1 };

	(void)state;
	assert_true(fabs(fixture_nmi(halves, other, 4) - 1) < 1e-12);
	assert_true(fabs(fixture_nmi(halves, across, 4)) < 1e-12);
}

/* ---- names ---- */

static const struct person staff[] = {
	{ .id = 1, .address = "ann@council.example", .name = "Ann Lee" },
	{ .id = 2, .address = "bo@council.example", .name = "Bo Chen" },
	{ .id = 3, .address = "carl@council.example", .name = "" },
	{ .id = 4, .address = "dora@paper.example", .name = "Dora Ek" },
	{ .id = 5, .address = "x1@mail.example", .name = "Xavier" },
	{ .id = 6, .address = "x2@mail.example", .name = "Xavier" },
	{ .id = 7, .address = "y@mail2.example", .name = "Yves" },
};

struct note { int from, to, messages; };

static void describe(const struct note *notes, int count, const int *membership, int groups,
                     struct community *communities)
{
	struct network_builder *builder = network_builder_new(staff, G_N_ELEMENTS(staff),
	                                                      WEIGHT_COUNT);
	int rank[] = { 1, 2, 3, 4, 5, 6, 7 };
	struct network network;

	for (int i = 0; i < count; i++)
		for (int n = 0; n < notes[i].messages; n++)
			fixture_send(builder, notes[i].from, INSTANT_NONE,
			             (const int64_t[]){ notes[i].to }, 1);
	network_builder_finish(builder, &network);
	community_describe(&network, membership, rank, communities, groups);
	network_clear(&network);
}

static void a_community_is_named_after_its_centre_and_its_domain(void **state)
{
	/* Inside: Ann 10 + 6 = 16, Bo 10, Carl 6; Dora only ties to Xavier (outside). */
	static const struct note notes[] = {
		{ 1, 2, 10 }, { 3, 1, 6 }, { 4, 1, 1 }, { 4, 5, 30 }, { 5, 6, 40 }, { 7, 6, 10 },
	};
	static const int membership[] = { 0, 0, 0, 0, 1, 1, 1 };
	struct community communities[2];

	(void)state;
	describe(notes, G_N_ELEMENTS(notes), membership, 2, communities);
	assert_int_equal(communities[0].number, 1);
	assert_int_equal(communities[0].size, 4);
	assert_true(communities[0].strength == 17 + 10 + 6 + 31);
	/* Bo never wrote, so Carl comes before him. */
	assert_string_equal(communities[0].name, "Ann Lee, carl@council.example, Bo Chen (council.example)");
	assert_string_equal(communities[0].short_name, "Ann Lee");
	assert_int_equal(communities[0].centre, 0);     /* the first of those addresses */
	assert_string_equal(communities[0].domain, "council.example");
	community_clear(&communities[0]);
	community_clear(&communities[1]);
}

/* Xavier writes from two addresses; Yves' ties are under a third of his. */
static void a_name_is_said_once_and_small_members_are_not_named(void **state)
{
	static const struct note notes[] = { { 1, 2, 1 }, { 3, 4, 1 }, { 5, 6, 40 }, { 7, 6, 10 } };
	static const int membership[] = { 1, 1, 2, 2, 0, 0, 0 };
	struct community communities[3];

	(void)state;
	describe(notes, G_N_ELEMENTS(notes), membership, 3, communities);
	assert_string_equal(communities[0].name, "Xavier (mail.example)");
	assert_string_equal(communities[1].name, "Ann Lee, Bo Chen (council.example)");
	/* Two domains with one member each: neither speaks for both. */
	assert_string_equal(communities[2].name, "carl@council.example, Dora Ek");
	for (int i = 0; i < 3; i++)
		community_clear(&communities[i]);
}

/* Everyone writes to the list, which is Dora here; the list writes to nobody. */
static void a_list_does_not_lead_its_readers(void **state)
{
	static const struct note notes[] = {
		{ 1, 4, 20 }, { 2, 4, 50 }, { 3, 4, 2 }, { 2, 1, 5 },
	};
	static const int membership[] = { 0, 0, 0, 0 };
	struct community community;

	(void)state;
	describe(notes, G_N_ELEMENTS(notes), membership, 1, &community);
	assert_string_equal(community.short_name, "Bo Chen");
	assert_int_equal(community.centre, 1);
	assert_string_equal(community.name, "Bo Chen, Ann Lee, Dora Ek (council.example)");
	community_clear(&community);
}

static void a_domain_that_all_have_is_not_said(void **state)
{
	static const struct note notes[] = { { 1, 2, 3 }, { 3, 1, 1 } };
	static const int membership[] = { 0, 0, 0 };
	struct community community;

	(void)state;
	describe(notes, G_N_ELEMENTS(notes), membership, 1, &community);
	assert_string_equal(community.name, "Ann Lee, Bo Chen");
	assert_string_equal(community.domain, "council.example");
	community_clear(&community);
}

/* Three members, three domains; of these the first in the alphabet is kept. */
static void a_domain_of_a_minority_is_not_said(void **state)
{
	static const struct note notes[] = { { 1, 4, 3 }, { 4, 7, 3 }, { 7, 1, 3 } };
	static const int membership[] = { 0, 0, 0 };
	struct community community;

	(void)state;
	describe(notes, G_N_ELEMENTS(notes), membership, 1, &community);
	assert_string_equal(community.name, "Ann Lee, Dora Ek, Yves");
	assert_string_equal(community.domain, "council.example");
	community_clear(&community);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_triangles_with_a_bridge_are_two_communities),
		cmocka_unit_test(the_karate_club_reaches_the_best_known_modularity),
		cmocka_unit_test(pairs_are_communities_of_two),
		cmocka_unit_test(an_empty_network_has_no_communities),
		cmocka_unit_test(communities_are_numbered_by_size_strength_and_lowest_vertex),
		cmocka_unit_test(weight_decides_and_not_the_number_of_ties),
		cmocka_unit_test(equal_seeds_give_equal_communities),
		cmocka_unit_test(planted_groups_are_found),
		cmocka_unit_test(nmi_tells_equal_from_independent),
		cmocka_unit_test(a_community_is_named_after_its_centre_and_its_domain),
		cmocka_unit_test(a_name_is_said_once_and_small_members_are_not_named),
		cmocka_unit_test(a_list_does_not_lead_its_readers),
		cmocka_unit_test(a_domain_that_all_have_is_not_said),
		cmocka_unit_test(a_domain_of_a_minority_is_not_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
