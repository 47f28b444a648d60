/* test_community_color.c - communities keep their colours under other filters */
#include "unit.h"

#include <glib.h>

#include "epistograph/calendar.h"
#include "epistograph/community.h"
#include "epistograph/error.h"

#define PEOPLE 20

/* People are a, b, c ...; everybody in a word writes to everybody else in it. */
static void make(struct network *network, const char *const *cliques)
{
	struct person persons[PEOPLE];
	char addresses[PEOPLE][16];

	for (int i = 0; i < PEOPLE; i++) {
		g_snprintf(addresses[i], sizeof addresses[i], "%c@x.example", 'a' + i);
		persons[i] = (struct person){ .id = i + 1, .address = addresses[i], .name = "" };
	}
	struct network_builder *builder = network_builder_new(persons, PEOPLE, WEIGHT_COUNT);
	for (; *cliques; cliques++)
		for (const char *from = *cliques; *from; from++)
			for (const char *to = *cliques; *to; to++) {
				const struct recipient recipient = { *to - 'a' + 1, ROLE_TO };
				const struct correspondence message = {
					.instant = INSTANT_NONE, .sender = *from - 'a' + 1,
					.recipients = &recipient, .recipient_count = 1 };

				if (*from != *to)
					network_builder_add(builder, &message);
			}
	network_builder_finish(builder, network);
}

/* The colour of the community that the person is in. */
static int color_of(const struct analysis *analysis, char who)
{
	char address[] = "?@x.example";

	address[0] = who;
	int vertex = network_find(analysis->network, address);
	assert_true(vertex >= 0);
	return analysis->communities[analysis->membership[vertex]].color;
}

struct fixture { struct network network, reference; struct analysis analysis; };

static void set_up(struct fixture *f, const char *const *cliques, const char *const *reference)
{
	const struct analysis_options options = ANALYSIS_DEFAULTS;
	struct error err = { "" };

	make(&f->network, cliques);
	make(&f->reference, reference);
	assert_int_equal(analysis_run(&f->network, &options, &f->analysis, &err), 0);
	assert_int_equal(community_keep_colors(&f->analysis, &f->reference, &err), 0);
}

static void tear_down(struct fixture *f)
{
	analysis_clear(&f->analysis);
	network_clear(&f->network);
	network_clear(&f->reference);
}

/* Of the six of the largest community three are left: it is the second by size here. */
static void a_community_keeps_its_colour_when_it_shrinks(void **state)
{
	const char *const all[] = { "abcdef", "ghijk", "lmn", NULL };
	const char *const part[] = { "abc", "ghijk", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, part, all);
	assert_int_equal(f.analysis.communities[0].size, 5);
	assert_int_equal(color_of(&f.analysis, 'a'), 0);
	assert_int_equal(color_of(&f.analysis, 'g'), 1);
	tear_down(&f);
}

/* One half goes on with the colour, the other takes the last that is free. */
static void of_a_split_community_one_part_keeps_the_colour(void **state)
{
	const char *const all[] = { "abcdefg", "hijkl", NULL };
	const char *const part[] = { "abcd", "efg", "hijkl", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, part, all);
	assert_int_equal(color_of(&f.analysis, 'a'), 0);
	assert_int_equal(color_of(&f.analysis, 'e'), 7);
	assert_int_equal(color_of(&f.analysis, 'h'), 1);
	tear_down(&f);
}

/* Six others have joined two of the old: a quarter of them, and fewer than half of the old. */
static void a_few_people_do_not_bring_their_colour_along(void **state)
{
	const char *const all[] = { "abcdef", "ghijk", "mnopqr", NULL };
	const char *const part[] = { "abmnopqr", "cdef", "ghijk", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, part, all);
	/* a-f and m-r have six each; the lower address is first. */
	assert_int_equal(color_of(&f.analysis, 'c'), 0);
	assert_int_equal(color_of(&f.analysis, 'm'), 1);
	assert_int_equal(color_of(&f.analysis, 'g'), 2);
	tear_down(&f);
}

static void new_communities_take_free_colours_from_the_end(void **state)
{
	const char *const all[] = { "abcdef", NULL };
	const char *const part[] = { "ghijk", "lmno", "pq", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, part, all);
	assert_int_equal(color_of(&f.analysis, 'g'), 7);
	assert_int_equal(color_of(&f.analysis, 'l'), 6);
	assert_int_equal(color_of(&f.analysis, 'p'), 5);
	tear_down(&f);
}

static void without_a_reference_colours_go_by_number(void **state)
{
	const char *const part[] = { "abcd", "efg", "hi", "jk", "lm", "no", "pq", "rs", NULL };
	const char *const none[] = { NULL };
	struct fixture f;

	(void)state;
	set_up(&f, part, none);
	for (int i = 0; i < 8; i++)
		assert_int_equal(f.analysis.communities[i].color, i);
	tear_down(&f);
}

static void the_same_network_keeps_its_colours(void **state)
{
	const char *const all[] = { "abcdef", "ghijk", "lmn", "op", NULL };
	struct fixture f;

	(void)state;
	set_up(&f, all, all);
	for (int i = 0; i < f.analysis.community_count; i++)
		assert_int_equal(f.analysis.communities[i].color, i);
	tear_down(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_community_keeps_its_colour_when_it_shrinks),
		cmocka_unit_test(of_a_split_community_one_part_keeps_the_colour),
		cmocka_unit_test(a_few_people_do_not_bring_their_colour_along),
		cmocka_unit_test(new_communities_take_free_colours_from_the_end),
		cmocka_unit_test(without_a_reference_colours_go_by_number),
		cmocka_unit_test(the_same_network_keeps_its_colours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
