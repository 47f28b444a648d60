/* test_network.c - messages summed into a network */
#include "graph_fixture.h"

#include <string.h>

#define DAY INT64_C(86400)

/* Names are by id, so that a person keeps hers when ids are shuffled. */
static const struct person people[] = {
	{ .id = 1, .address = "ann@example.org", .name = "Ann Lee" },
	{ .id = 2, .address = "bo@example.org", .name = "Bo Chen" },
	{ .id = 3, .address = "carl@example.net", .name = "" },
	{ .id = 4, .address = "zoe@example.com", .name = "Zoé Müller" },
	{ .id = 5, .address = "never@example.org", .name = "Nobody" },
};

struct sent {                           /* one message of a test */
	int64_t from, instant;
	struct recipient to[4];
	size_t count;
};

static void build(struct network *network, const struct person *persons, size_t person_count,
                  const struct sent *messages, size_t count, enum weight weight)
{
	struct network_builder *builder = network_builder_new(persons, person_count, weight);

	for (size_t i = 0; i < count; i++) {
		struct correspondence message = {
			.instant = messages[i].instant, .sender = messages[i].from,
			.recipients = messages[i].to, .recipient_count = messages[i].count,
		};

		network_builder_add(builder, &message);
	}
	network_builder_finish(builder, network);
}

static const struct sent letters[] = {
	{ 1, 5 * DAY, { { 2, ROLE_TO }, { 3, ROLE_CC } }, 2 },
	{ 2, 3 * DAY, { { 1, ROLE_TO } }, 1 },
	{ 1, INSTANT_NONE, { { 1, ROLE_CC }, { 2, ROLE_BCC } }, 2 },    /* a copy to herself */
	{ 1, 9 * DAY, { { 2, ROLE_RESENT_TO } }, 1 },
	{ 4, 7 * DAY, { { 1, ROLE_TO }, { 2, ROLE_TO }, { 3, ROLE_TO } }, 3 },
	{ 0, 1 * DAY, { { 2, ROLE_TO } }, 1 },                          /* no sender */
	{ 3, 1 * DAY, { { 0, ROLE_TO } }, 0 },                          /* no recipient */
	{ 3, 1 * DAY, { { 3, ROLE_TO } }, 1 },                          /* to himself alone */
};

static void vertices_ascend_by_address_and_arcs_by_their_ends(void **state)
{
	static const int ends[][2] = { { 0, 1 }, { 0, 2 }, { 1, 0 }, { 3, 0 }, { 3, 1 }, { 3, 2 } };
	struct network network;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_COUNT);
	assert_int_equal(network.order, 4);     /* nobody wrote to or heard from Nobody */
	assert_string_equal(network.vertices[0].address, "ann@example.org");
	assert_string_equal(network.vertices[2].address, "carl@example.net");
	assert_string_equal(network.vertices[2].name, "");
	assert_string_equal(network.vertices[3].name, "Zoé Müller");
	assert_int_equal(network.vertices[3].person, 4);
	assert_int_equal(network.size, 6);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(network.arcs[i].from, ends[i][0]);
		assert_int_equal(network.arcs[i].to, ends[i][1]);
		assert_int_equal(network_arc(&network, ends[i][0], ends[i][1]), i);
	}
	assert_int_equal(network_arc(&network, 2, 0), -1);
	network_clear(&network);
}

static void an_arc_counts_messages_by_role(void **state)
{
	struct network network;
	const struct arc *arc;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_COUNT);
	arc = &network.arcs[0];                 /* Ann to Bo */
	assert_int_equal(arc->messages, 3);
	assert_int_equal(arc->to_count, 1);
	assert_int_equal(arc->cc_count, 0);
	assert_int_equal(arc->bcc_count, 1);
	assert_int_equal(arc->other_count, 1);
	assert_true(arc->weight == 3);
	assert_int_equal(arc->first, 5 * DAY);
	assert_int_equal(arc->last, 9 * DAY);
	assert_int_equal(network.arcs[1].cc_count, 1);
	assert_int_equal(network_receipts(&network), 3 + 1 + 1 + 1 + 1 + 1);
	network_clear(&network);
}

static void a_vertex_counts_each_message_once(void **state)
{
	struct network network;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_COUNT);
	assert_int_equal(network.vertices[0].sent, 3);
	assert_int_equal(network.vertices[0].received, 2);      /* not her own copy */
	assert_int_equal(network.vertices[0].first, 3 * DAY);
	assert_int_equal(network.vertices[0].last, 9 * DAY);
	assert_int_equal(network.vertices[3].sent, 1);          /* one mail to three */
	assert_int_equal(network.vertices[3].received, 0);
	assert_int_equal(network.vertices[2].sent, 0);
	assert_int_equal(network.vertices[2].received, 2);
	network_clear(&network);
}

static void the_account_adds_up(void **state)
{
	struct network network;
	const struct network_account *account = &network.account;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_COUNT);
	assert_int_equal(account->messages, 8);
	assert_int_equal(account->in_network, 5);
	assert_int_equal(account->without_sender, 1);
	assert_int_equal(account->without_recipient, 1);
	assert_int_equal(account->only_to_self, 1);
	assert_int_equal(account->reduced_away, 0);
	assert_int_equal(account->undated, 1);
	assert_int_equal(account->first, 3 * DAY);
	assert_int_equal(account->last, 9 * DAY);
	network_clear(&network);
}

/* Bo answers Ann after 10, 60, 20 and 40 s, once with a delay that is not known; the
 * lower of the two in the middle is 20. Carl's one delay is not known. */
static void an_arc_of_answers_has_their_median_delay(void **state)
{
	static const int64_t delays[] = { 10, 60, INSTANT_NONE, 20, 40 };
	struct recipient ann = { 1, ROLE_ANSWERED };
	struct correspondence message = { .instant = 0, .sender = 2, .recipients = &ann,
	                                  .recipient_count = 1 };
	struct network_builder *builder = network_builder_new(people, 5, WEIGHT_COUNT);
	struct network network, subset;
	bool keep[3] = { true, true, false };

	(void)state;
	network_builder_set_edges(builder, EDGES_REPLY);
	for (size_t i = 0; i < G_N_ELEMENTS(delays); i++) {
		message.delay_s = delays[i];
		network_builder_add(builder, &message);
	}
	message.sender = 3;
	message.delay_s = INSTANT_NONE;
	network_builder_add(builder, &message);
	network_builder_finish(builder, &network);
	assert_int_equal(network.edges, EDGES_REPLY);
	assert_int_equal(network.size, 2);
	assert_int_equal(network.arcs[0].messages, 5);
	assert_int_equal(network.arcs[0].other_count, 5);
	assert_int_equal(network.arcs[0].median_delay_s, 20);
	assert_true(network.arcs[1].median_delay_s == INSTANT_NONE);
	network_subset(&network, keep, NULL, 0, &subset);
	assert_int_equal(subset.edges, EDGES_REPLY);
	assert_int_equal(subset.arcs[0].median_delay_s, 20);
	network_clear(&subset);
	network_clear(&network);
}

/* A person that is not in the list of persons is nobody. */
static void unknown_persons_make_no_arc(void **state)
{
	static const struct sent strange[] = {
		{ 99, DAY, { { 1, ROLE_TO } }, 1 },
		{ 1, DAY, { { 99, ROLE_TO } }, 1 },
		{ 1, DAY, { { 99, ROLE_TO }, { 2, ROLE_TO } }, 2 },
	};
	struct network network;

	(void)state;
	build(&network, people, 5, strange, 3, WEIGHT_SHARED);
	assert_int_equal(network.size, 1);
	assert_int_equal(network.account.without_sender, 1);
	assert_int_equal(network.account.without_recipient, 1);
	assert_int_equal(network.account.in_network, 1);
	network_clear(&network);
}

/* 1/2 for Bo in the mail to two, 1 in the two others (herself does not share). */
static void shared_weight_divides_a_message_among_its_recipients(void **state)
{
	struct network network;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_SHARED);
	assert_int_equal(network.weight, WEIGHT_SHARED);
	assert_true(network.arcs[0].weight == 2.5);
	assert_true(network.arcs[1].weight == 0.5);
	assert_true(fabs(network.arcs[4].weight - 1.0 / 3) < 1e-15);
	assert_int_equal(network.arcs[0].messages, 3);
	network_clear(&network);
}

static void three_thirds_are_exactly_one(void **state)
{
	static const struct sent mail = { 4, DAY, { { 1, ROLE_TO }, { 2, ROLE_TO }, { 3, ROLE_TO } }, 3 };
	const struct sent mails[] = { mail, mail, mail };
	struct network network;

	(void)state;
	build(&network, people, 5, mails, 3, WEIGHT_SHARED);
	for (int i = 0; i < 3; i++)
		assert_true(network.arcs[i].weight == 1);
	network_clear(&network);
}

static void assert_same_network(const struct network *a, const struct network *b, bool same_ids)
{
	assert_int_equal(a->order, b->order);
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->arcs, b->arcs, a->size * sizeof *a->arcs);
	assert_memory_equal(&a->account, &b->account, sizeof a->account);
	for (int i = 0; i < a->order; i++) {
		assert_string_equal(a->vertices[i].address, b->vertices[i].address);
		assert_string_equal(a->vertices[i].name, b->vertices[i].name);
		assert_int_equal(a->vertices[i].sent, b->vertices[i].sent);
		assert_int_equal(a->vertices[i].received, b->vertices[i].received);
		assert_int_equal(a->vertices[i].first, b->vertices[i].first);
		assert_int_equal(a->vertices[i].last, b->vertices[i].last);
		if (same_ids)
			assert_int_equal(a->vertices[i].person, b->vertices[i].person);
	}
}

static void shuffle(GRand *random, void *items, size_t size, int count)
{
	char *bytes = items, *held = g_malloc(size);

	for (int i = count - 1; i > 0; i--) {
		int j = g_rand_int_range(random, 0, i + 1);

		memcpy(held, bytes + i * size, size);
		memmove(bytes + i * size, bytes + j * size, size);
		memcpy(bytes + j * size, held, size);
	}
	g_free(held);
}

/* 2,000 messages to up to 60 recipients each among 100 persons. */
static void add_random_mail(struct network_builder *builder, const int64_t *ids,
                            const int *order_of_mail)
{
	for (int n = 0; n < 2000; n++) {
		GRand *random = g_rand_new_with_seed((guint32)order_of_mail[n]);
		int64_t to[60];
		unsigned count = (unsigned)g_rand_int_range(random, 0, 60);
		int from = g_rand_int_range(random, 0, 100);
		int start = g_rand_int_range(random, 0, 100);
		int64_t instant = g_rand_int_range(random, 0, 1000000);

		for (unsigned i = 0; i < count; i++)
			to[i] = ids[(start + i) % 100];
		fixture_send(builder, ids[from], instant, to, count);
		g_rand_free(random);
	}
}

static void ids_and_the_order_of_mail_and_persons_do_not_matter(void **state)
{
	GRand *random = g_rand_new_with_seed(11);
	struct person *persons = fixture_persons(100), *shuffled;
	struct network first, second;
	struct network_builder *builder;
	int64_t ids[100];
	int mail[2000];

	(void)state;
	for (int i = 0; i < 100; i++)
		ids[i] = i + 1;
	for (int n = 0; n < 2000; n++)
		mail[n] = n;
	builder = network_builder_new(persons, 100, WEIGHT_SHARED);
	add_random_mail(builder, ids, mail);
	network_builder_finish(builder, &first);

	shuffle(random, ids, sizeof *ids, 100);
	shuffle(random, mail, sizeof *mail, 2000);
	shuffled = g_memdup2(persons, 100 * sizeof *persons);
	for (int i = 0; i < 100; i++)
		shuffled[i].id = ids[i];
	shuffle(random, shuffled, sizeof *shuffled, 100);
	builder = network_builder_new(shuffled, 100, WEIGHT_SHARED);
	add_random_mail(builder, ids, mail);
	network_builder_finish(builder, &second);
	assert_true(first.size > 5000);
	assert_same_network(&first, &second, false);

	network_clear(&first);
	network_clear(&second);
	g_free(shuffled);
	fixture_free_persons(persons, 100);
	g_rand_free(random);
}

static void an_empty_builder_gives_an_empty_network(void **state)
{
	struct network network, subset;
	struct edge *edges;

	(void)state;
	build(&network, NULL, 0, NULL, 0, WEIGHT_COUNT);
	assert_int_equal(network.order, 0);
	assert_int_equal(network.size, 0);
	assert_int_equal(network.account.messages, 0);
	assert_int_equal(network.account.first, INSTANT_NONE);
	assert_int_equal(network_edges(&network, &edges), 0);
	assert_int_equal(network_find(&network, "ann@example.org"), -1);
	network_strength(&network, NULL);
	network_subset(&network, NULL, NULL, 0, &subset);
	assert_int_equal(subset.order, 0);
	network_clear(&subset);
	network_clear(&network);
	g_free(edges);
	network_builder_free(network_builder_new(people, 5, WEIGHT_COUNT));
	network_builder_free(NULL);
}

/* The network's strings are its own. */
static void a_network_outlives_its_persons(void **state)
{
	static const struct tie tie = { 0, 1, 1 };
	struct network network, subset;
	bool keep[2] = { true, true };

	(void)state;
	fixture_network(&network, 2, &tie, 1);
	network_subset(&network, keep, NULL, 0, &subset);
	network_clear(&network);
	assert_string_equal(subset.vertices[1].address, "p00002@example.org");
	assert_string_equal(subset.vertices[1].name, "Person 2");
	network_clear(&subset);
}

static void strength_sums_both_directions(void **state)
{
	double strength[4];
	struct network network;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_COUNT);
	network_strength(&network, strength);
	assert_true(strength[0] == 3 + 1 + 1 + 1);      /* to Bo, to Carl, from Bo, from Zoé */
	assert_true(strength[1] == 3 + 1 + 1);
	assert_true(strength[2] == 1 + 1);
	assert_true(strength[3] == 3);
	network_clear(&network);
}

static void edges_join_both_directions_once(void **state)
{
	static const struct tie ties[] = {
		{ 0, 2, 2 }, { 2, 0, 5 }, { 1, 0, 1 }, { 2, 1, 4 }, { 2, 3, 1 }, { 3, 1, 7 },
		{ 0, 3, 2 },
	};
	static const struct edge expected[] = {
		{ 0, 1, 1, 0, 1 }, { 0, 2, 7, 2, 5 }, { 0, 3, 2, 2, 0 }, { 1, 2, 4, 0, 4 },
		{ 1, 3, 7, 0, 7 }, { 2, 3, 1, 1, 0 },
	};
	struct network network;
	struct edge *edges;

	(void)state;
	fixture_network(&network, 4, ties, G_N_ELEMENTS(ties));
	assert_int_equal(network_edges(&network, &edges), 6);
	for (int i = 0; i < 6; i++) {
		assert_int_equal(edges[i].from, expected[i].from);
		assert_int_equal(edges[i].to, expected[i].to);
		assert_true(edges[i].weight == expected[i].weight);
		assert_int_equal(edges[i].forward, expected[i].forward);
		assert_int_equal(edges[i].backward, expected[i].backward);
	}
	g_free(edges);
	network_clear(&network);
}

static void a_person_is_found_by_address_then_by_name(void **state)
{
	struct network network;

	(void)state;
	build(&network, people, 5, letters, G_N_ELEMENTS(letters), WEIGHT_COUNT);
	assert_int_equal(network_find(&network, "zoe@example.com"), 3);
	assert_int_equal(network_find(&network, "ZOE@Example.COM"), 3);
	assert_int_equal(network_find(&network, "zoé müller"), 3);
	assert_int_equal(network_find(&network, "BO CHEN"), 1);
	assert_int_equal(network_find(&network, "bo"), -1);
	assert_int_equal(network_find(&network, ""), -1);       /* Carl has no name */
	assert_int_equal(network_find(&network, "Nobody"), -1); /* has no mail */
	assert_int_equal(network_find(&network, "\xff"), -1);
	network_clear(&network);
}

static void of_two_with_one_name_the_one_with_more_mail_is_found(void **state)
{
	static const struct person twins[] = {
		{ .id = 1, .address = "a@example.org", .name = "Ann Lee" }, { .id = 2, .address = "b@example.org", .name = "ann lee" },
		{ .id = 3, .address = "c@example.org", .name = "Carl" },
	};
	static const struct sent mails[] = {
		{ 1, DAY, { { 3, ROLE_TO } }, 1 }, { 2, DAY, { { 3, ROLE_TO } }, 1 },
		{ 3, DAY, { { 2, ROLE_TO } }, 1 },
	};
	struct network network;

	(void)state;
	build(&network, twins, 3, mails, 3, WEIGHT_COUNT);
	assert_int_equal(network_find(&network, "Ann Lee"), 1);
	network_clear(&network);
}

static const struct tie chain[] = {     /* 0 -> 1 <- 2 -> 3 -> 4, and 5 <-> 6 */
	{ 0, 1, 1 }, { 2, 1, 3 }, { 2, 3, 2 }, { 3, 4, 1 }, { 5, 6, 4 }, { 6, 5, 1 },
};

static void an_ego_network_grows_by_steps_in_either_direction(void **state)
{
	struct network network;
	bool keep[7];

	(void)state;
	fixture_network(&network, 7, chain, G_N_ELEMENTS(chain));
	network_ego(&network, 0, 0, keep);
	assert_memory_equal(keep, ((bool[]){ 1, 0, 0, 0, 0, 0, 0 }), sizeof keep);
	network_ego(&network, 0, 1, keep);
	assert_memory_equal(keep, ((bool[]){ 1, 1, 0, 0, 0, 0, 0 }), sizeof keep);
	network_ego(&network, 0, 3, keep);
	assert_memory_equal(keep, ((bool[]){ 1, 1, 1, 1, 0, 0, 0 }), sizeof keep);
	network_ego(&network, 0, 1000000, keep);
	assert_memory_equal(keep, ((bool[]){ 1, 1, 1, 1, 1, 0, 0 }), sizeof keep);
	network_clear(&network);
}

static void a_subset_keeps_arcs_between_chosen_vertices(void **state)
{
	static const bool keep[] = { 0, 1, 1, 1, 0, 1, 0 };
	struct network network, subset;

	(void)state;
	fixture_network(&network, 7, chain, G_N_ELEMENTS(chain));
	network_subset(&network, keep, NULL, 0, &subset);
	assert_int_equal(subset.order, 3);      /* 5 without 6 has no arcs and goes too */
	assert_int_equal(subset.size, 2);
	assert_string_equal(subset.vertices[0].address, "p00002@example.org");
	assert_int_equal(subset.arcs[0].from, 1);
	assert_int_equal(subset.arcs[0].to, 0);
	assert_true(subset.arcs[0].weight == 3);
	assert_int_equal(subset.arcs[1].to, 2);
	assert_int_equal(network_receipts(&subset), 5);
	assert_int_equal(subset.account.messages, network.account.messages);
	network_clear(&subset);
	network_clear(&network);
}

static void a_part_finds_its_people_in_the_whole(void **state)
{
	static const bool keep[] = { 0, 1, 1, 1, 0, 1, 0 };
	struct network network, subset;
	int index[7];

	(void)state;
	fixture_network(&network, 7, chain, G_N_ELEMENTS(chain));
	network_subset(&network, keep, NULL, 0, &subset);
	network_match(&subset, &network, index);
	for (int i = 0; i < subset.order; i++)
		assert_int_equal(network.vertices[index[i]].person, subset.vertices[i].person);
	/* The first of the whole has nobody in the part. */
	network_match(&network, &subset, index);
	assert_int_equal(index[0], -1);
	assert_int_equal(network.vertices[1].person, subset.vertices[index[1]].person);
	network_clear(&subset);
	network_clear(&network);
}

static void a_subset_leaves_out_weak_arcs_and_who_is_left_alone(void **state)
{
	static const bool all[] = { 1, 1, 1, 1, 1, 1, 1 };
	struct network network, subset;

	(void)state;
	fixture_network(&network, 7, chain, G_N_ELEMENTS(chain));
	network_subset(&network, all, NULL, 2, &subset);
	assert_int_equal(subset.order, 5);      /* without 0 and 4 */
	assert_int_equal(subset.size, 3);
	network_clear(&subset);
	network_clear(&network);
}

static void a_subset_can_choose_arcs(void **state)
{
	static const bool all[] = { 1, 1, 1, 1, 1, 1, 1 };
	struct network network, subset;
	bool arcs[6] = { 0 };

	(void)state;
	fixture_network(&network, 7, chain, G_N_ELEMENTS(chain));
	arcs[network_arc(&network, 6, 5)] = true;
	network_subset(&network, all, arcs, 1000, &subset);     /* the minimum is not asked */
	assert_int_equal(subset.order, 2);
	assert_int_equal(subset.size, 1);
	assert_int_equal(subset.arcs[0].from, 1);
	assert_int_equal(subset.arcs[0].to, 0);
	network_clear(&subset);
	network_clear(&network);
}

/* 1 -> 2, 3 at 10; 1 -> 2 at 20 and 30; 3 -> 4 at 40. Of ties of two messages or
 * more only 1 -> 2 is left, and three of the four messages are in it. */
static void a_recounted_subset_knows_its_messages(void **state)
{
	struct person *persons = fixture_persons(4);
	struct network_builder *builder;
	struct network whole, subset;
	const bool all[] = { true, true, true, true };
	const struct { int64_t from, instant, to[2]; unsigned count; } mail[] = {
		{ 1, 10, { 2, 3 }, 2 }, { 1, 20, { 2 }, 1 }, { 1, 30, { 2 }, 1 }, { 3, 40, { 4 }, 1 },
	};

	(void)state;
	builder = network_builder_new(persons, 4, WEIGHT_COUNT);
	for (size_t i = 0; i < G_N_ELEMENTS(mail); i++)
		fixture_send(builder, mail[i].from, mail[i].instant, mail[i].to, mail[i].count);
	network_builder_finish(builder, &whole);
	network_subset(&whole, all, NULL, 2, &subset);
	struct network_recount *recount = network_recount_new(&subset);
	for (size_t i = 0; i < G_N_ELEMENTS(mail); i++) {
		struct recipient to[2] = { { mail[i].to[0], ROLE_TO }, { mail[i].to[1], ROLE_TO } };
		struct correspondence message = {
			.instant = mail[i].instant, .sender = mail[i].from,
			.recipients = to, .recipient_count = mail[i].count,
		};

		network_recount_add(recount, &message);
	}
	network_recount_free(recount);
	assert_int_equal(1, subset.size);
	assert_int_equal(3, subset.account.in_network);
	assert_int_equal(1, subset.account.reduced_away);
	assert_int_equal(4, subset.account.messages);
	assert_int_equal(10, subset.account.first);
	assert_int_equal(30, subset.account.last);
	assert_int_equal(3, subset.vertices[0].sent);
	assert_int_equal(0, subset.vertices[0].received);
	assert_int_equal(3, subset.vertices[1].received);
	assert_int_equal(10, subset.vertices[1].first);
	assert_int_equal(4, whole.account.in_network);
	network_clear(&subset);
	network_clear(&whole);
	fixture_free_persons(persons, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vertices_ascend_by_address_and_arcs_by_their_ends),
		cmocka_unit_test(an_arc_counts_messages_by_role),
		cmocka_unit_test(a_vertex_counts_each_message_once),
		cmocka_unit_test(the_account_adds_up),
		cmocka_unit_test(an_arc_of_answers_has_their_median_delay),
		cmocka_unit_test(unknown_persons_make_no_arc),
		cmocka_unit_test(shared_weight_divides_a_message_among_its_recipients),
		cmocka_unit_test(three_thirds_are_exactly_one),
		cmocka_unit_test(ids_and_the_order_of_mail_and_persons_do_not_matter),
		cmocka_unit_test(an_empty_builder_gives_an_empty_network),
		cmocka_unit_test(a_network_outlives_its_persons),
		cmocka_unit_test(strength_sums_both_directions),
		cmocka_unit_test(edges_join_both_directions_once),
		cmocka_unit_test(a_person_is_found_by_address_then_by_name),
		cmocka_unit_test(of_two_with_one_name_the_one_with_more_mail_is_found),
		cmocka_unit_test(an_ego_network_grows_by_steps_in_either_direction),
		cmocka_unit_test(a_subset_keeps_arcs_between_chosen_vertices),
		cmocka_unit_test(a_part_finds_its_people_in_the_whole),
		cmocka_unit_test(a_subset_leaves_out_weak_arcs_and_who_is_left_alone),
		cmocka_unit_test(a_recounted_subset_knows_its_messages),
		cmocka_unit_test(a_subset_can_choose_arcs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
