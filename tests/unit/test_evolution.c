/* test_evolution.c - communities followed from period to period */
#include "unit.h"

#include <math.h>

#include <glib.h>

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/evolution.h"

#define PEOPLE 12

/* Twelve people; everybody in a set of bits writes to everybody else in it. */
static void add_clique(struct network_builder *builder, unsigned set)
{
	for (int from = 0; from < PEOPLE; from++)
		for (int to = 0; to < PEOPLE; to++) {
			const struct recipient recipient = { to + 1, ROLE_TO };
			const struct correspondence message = {
				.instant = INSTANT_NONE, .sender = from + 1,
				.recipients = &recipient, .recipient_count = 1 };

			if (from != to && set >> from & 1 && set >> to & 1)
				network_builder_add(builder, &message);
		}
}

static struct network network_of(const unsigned *cliques)
{
	static const char *const addresses[PEOPLE] = {
		"a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example",
		"f@x.example", "g@x.example", "h@x.example", "i@x.example", "j@x.example",
		"k@x.example", "l@x.example",
	};
	struct person persons[PEOPLE];
	struct network network;

	for (int i = 0; i < PEOPLE; i++)
		persons[i] = (struct person){ .id = i + 1, .address = addresses[i], .name = "" };
	struct network_builder *builder = network_builder_new(persons, PEOPLE, WEIGHT_COUNT);
	for (; *cliques; cliques++)
		add_clique(builder, *cliques);
	network_builder_finish(builder, &network);
	return network;
}

/* a-f are community 0 of the whole time, g-k community 1, l none. */
static void find(const struct network *periods, int count, struct evolution *evolution)
{
	struct evolution_member members[PEOPLE - 1];
	struct error err = { "" };

	for (int i = 0; i < PEOPLE - 1; i++)
		members[i] = (struct evolution_member){ i + 1, i >= 6 };
	assert_int_equal(evolution_find(periods, count, members, PEOPLE - 1, 42, 10, evolution, &err),
	                 0);
}

static const struct evolution_group *group(const struct evolution *e, int period, int category)
{
	for (int i = 0; i < e->group_count; i++)
		if (e->groups[i].period == period && e->groups[i].category == category)
			return &e->groups[i];
	fail_msg("no group of category %d in period %d", category, period);
	return NULL;
}

static int flow(const struct evolution *e, const struct evolution_group *from,
                const struct evolution_group *to)
{
	for (int i = 0; i < e->flow_count; i++)
		if (&e->groups[e->flows[i].from] == from && &e->groups[e->flows[i].to] == to)
			return e->flows[i].people;
	return 0;
}

static void clear(struct network *periods, int count, struct evolution *evolution)
{
	for (int i = 0; i < count; i++)
		network_clear(&periods[i]);
	evolution_clear(evolution);
}

/* 0x03f = a-f, 0x7c0 = g-k. f leaves the first group and joins the second. */
static void people_change_sides(void **state)
{
	const unsigned first[] = { 0x03f, 0x7c0, 0 }, second[] = { 0x01f, 0x7e0, 0 };
	struct network periods[] = { network_of(first), network_of(second) };
	struct evolution e;

	(void)state;
	find(periods, 2, &e);
	assert_int_equal(e.group_count, 4);
	assert_int_equal(e.flow_count, 3);
	const struct evolution_group *a = group(&e, 0, 0), *b = group(&e, 0, 1);
	const struct evolution_group *c = group(&e, 1, 0), *d = group(&e, 1, 1);

	assert_int_equal(a->people, 6);
	assert_int_equal(b->people, 5);
	assert_int_equal(c->people, 5);
	assert_int_equal(d->people, 6);
	assert_int_equal(flow(&e, a, c), 5);
	assert_int_equal(flow(&e, a, d), 1);
	assert_int_equal(flow(&e, b, d), 5);
	assert_int_equal(a->joined + a->left + d->joined + d->left, 0);
	assert_ptr_equal(a, &e.groups[0]);      /* colour 0 on top although it is the smaller one */
	assert_ptr_equal(c, &e.groups[2]);
	assert_true(e.modularity[0] > 0.4 && e.modularity[0] <= 0.5);
	clear(periods, 2, &e);
}

/* One group of twelve becomes two, with a silent period between that nobody is in. */
static void a_group_splits_and_people_come_and_go(void **state)
{
	const unsigned all[] = { 0x7ff, 0 }, parts[] = { 0x00f, 0xfc0, 0 }, none[] = { 0 };
	struct network periods[] = { network_of(all), network_of(parts), network_of(none),
	                             network_of(parts) };
	struct evolution e;

	(void)state;
	find(periods, 4, &e);
	assert_int_equal(e.group_count, 5);
	const struct evolution_group *whole = group(&e, 0, 0), *left = group(&e, 1, 0);
	const struct evolution_group *right = group(&e, 1, 1), *again = group(&e, 3, 1);

	assert_int_equal(whole->people, 11);
	assert_int_equal(whole->left, 2);               /* e and f */
	assert_int_equal(whole->joined, 0);
	assert_int_equal(flow(&e, whole, left), 4);
	assert_int_equal(flow(&e, whole, right), 5);
	assert_int_equal(right->people, 6);
	assert_int_equal(right->joined, 1);             /* l */
	assert_int_equal(right->left, 6);
	assert_int_equal(again->joined, 6);
	assert_int_equal(again->left, 0);
	assert_true(isnan(e.modularity[2]));
	clear(periods, 4, &e);
}

/* Pairs are too small for groups of their own. */
static void small_ones_are_put_together(void **state)
{
	const unsigned sets[] = { 0x03f, 0x0c0, 0x300, 0 };
	struct network periods[] = { network_of(sets) };
	struct evolution e;

	(void)state;
	find(periods, 1, &e);
	assert_int_equal(e.group_count, 2);
	assert_int_equal(e.groups[1].category, EVOLUTION_REST);
	assert_int_equal(e.groups[1].number, EVOLUTION_REST);
	assert_int_equal(e.groups[1].people, 4);
	assert_int_equal(e.groups[0].leaders[0], 0);    /* all alike: the first by address */
	assert_int_equal(e.groups[0].leaders[2], 2);
	assert_int_equal(e.groups[0].leaders[3], -1);
	clear(periods, 1, &e);
}

static void no_period_has_no_groups(void **state)
{
	const unsigned none[] = { 0 };
	struct network periods[] = { network_of(none) };
	struct evolution e;

	(void)state;
	find(periods, 1, &e);
	assert_int_equal(e.group_count, 0);
	assert_int_equal(e.flow_count, 0);
	clear(periods, 1, &e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_change_sides),
		cmocka_unit_test(a_group_splits_and_people_come_and_go),
		cmocka_unit_test(small_ones_are_put_together),
		cmocka_unit_test(no_period_has_no_groups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
