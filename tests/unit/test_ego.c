#include "unit.h"

#include "planted.h"

#include "epistograph/ego.h"

/* Ann writes with Bo (5 to, 3 from), Cy (1 to), Dan (2 to, 2 from) and Eve (1 from); Bo and
 * Cy with each other; Flo with Dan alone. Dan and Eve are another community. */
static const struct analysis *plant(struct planted *planted)
{
	enum { ANN, BO, CY, DAN, EVE, FLO };
	static const char *const names[] = { "Ann", "Bo", "Cy", "Dan", "Eve", "Flo" };

	planted_init(planted);
	for (int i = 0; i < 6; i++)
		planted_person(planted, i >= DAN, names[i]);
	planted_mail(planted, ANN, BO, 5);
	planted_mail(planted, BO, ANN, 3);
	planted_mail(planted, ANN, CY, 1);
	planted_mail(planted, ANN, DAN, 2);
	planted_mail(planted, DAN, ANN, 2);
	planted_mail(planted, EVE, ANN, 1);
	planted_mail(planted, BO, CY, 4);
	planted_mail(planted, CY, BO, 3);
	planted_mail(planted, FLO, DAN, 9);
	return planted_finish(planted);
}

static void all_who_write_with_the_ego_are_alters(void **state)
{
	static const char *const names[] = { "Bo", "Cy", "Dan", "Eve" };
	static const int64_t to[] = { 5, 1, 2, 0 }, from[] = { 3, 0, 2, 1 };
	struct planted planted;
	struct ego ego;

	(void)state;
	ego_of(plant(&planted), 0, 80, &ego);
	assert_string_equal(ego.name, "Ann");
	assert_int_equal(ego.count, 4);
	assert_int_equal(ego.total, 4);
	for (int i = 0; i < 4; i++) {
		assert_string_equal(ego.alters[i].name, names[i]);
		assert_int_equal(ego.alters[i].to, to[i]);
		assert_int_equal(ego.alters[i].from, from[i]);
		assert_int_equal(ego.alters[i].group, i / 2);
	}
	assert_int_equal(ego.group_count, 2);
	assert_int_equal(ego.sent, 8);
	assert_int_equal(ego.received, 6);
	assert_int_equal(ego.sent_here, 8);
	/* Of the two ties that are not the ego's, Flo is no alter. */
	assert_int_equal(ego.tie_count, 1);
	assert_int_equal(ego.ties[0].a, 0);
	assert_int_equal(ego.ties[0].b, 1);
	assert_int_equal(ego.ties[0].messages, 7);
	ego_clear(&ego);
	planted_clear(&planted);
}

static void those_with_the_most_messages_come_first(void **state)
{
	struct planted planted;
	struct ego ego;

	(void)state;
	/* Bo with 8, Dan with 4; Eve and Cy with 1 are counted. */
	ego_of(plant(&planted), 0, 2, &ego);
	assert_int_equal(ego.count, 2);
	assert_int_equal(ego.total, 4);
	assert_string_equal(ego.alters[0].name, "Bo");
	assert_string_equal(ego.alters[1].name, "Dan");
	assert_int_equal(ego.sent, 8);
	assert_int_equal(ego.sent_here, 7);
	assert_int_equal(ego.received_here, 5);
	assert_int_equal(ego.tie_count, 0);
	/* Each alone of its community: one group of two communities. */
	assert_int_equal(ego.group_count, 1);
	assert_int_equal(ego.groups[0].number, 0);
	ego_clear(&ego);
	planted_clear(&planted);
}

static void of_equal_ones_the_higher_ranked_comes_first(void **state)
{
	struct planted planted;
	struct ego ego;

	(void)state;
	/* Cy (strength 8) ranks before Eve (1). */
	ego_of(plant(&planted), 0, 3, &ego);
	assert_string_equal(ego.alters[1].name, "Cy");
	ego_clear(&ego);
	planted_clear(&planted);
}

static void an_alter_of_the_ego_s_name_goes_by_the_address(void **state)
{
	struct planted planted;
	struct ego ego;

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann");
	planted_person(&planted, 0, "Ann");
	planted_mail(&planted, 0, 1, 1);
	ego_of(planted_finish(&planted), 0, 5, &ego);
	assert_string_equal(ego.name, "p00000@example.org");
	assert_string_equal(ego.alters[0].name, "p00001@example.org");
	ego_clear(&ego);
	planted_clear(&planted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_who_write_with_the_ego_are_alters),
		cmocka_unit_test(those_with_the_most_messages_come_first),
		cmocka_unit_test(of_equal_ones_the_higher_ranked_comes_first),
		cmocka_unit_test(an_alter_of_the_ego_s_name_goes_by_the_address),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
