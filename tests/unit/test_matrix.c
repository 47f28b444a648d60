#include "unit.h"

#include "planted.h"

#include "epistograph/matrix.h"

/* Ann, Bo, Cy in the first community, Dan, Eve in the second, Flo alone. By hand:
 * strength 12, 8, 1, 7, 5, 1, so that the rank is Ann, Bo, Dan, Eve, Cy, Flo; 17
 * messages on 5 tied pairs. */
static const struct analysis *plant(struct planted *planted)
{
	enum { ANN, BO, CY, DAN, EVE, FLO };

	planted_init(planted);
	planted_person(planted, 0, "Ann");
	planted_person(planted, 0, "Bo");
	planted_person(planted, 0, "Cy");
	planted_person(planted, 1, "Dan");
	planted_person(planted, 1, "Eve");
	planted_person(planted, 2, "Flo");
	planted_mail(planted, ANN, BO, 5);
	planted_mail(planted, BO, ANN, 3);
	planted_mail(planted, ANN, DAN, 2);
	planted_mail(planted, DAN, EVE, 4);
	planted_mail(planted, EVE, DAN, 1);
	planted_mail(planted, FLO, ANN, 1);
	planted_mail(planted, CY, ANN, 1);
	return planted_finish(planted);
}

static void the_highest_ranked_are_rows_by_community(void **state)
{
	static const char *const names[] = { "Ann", "Bo", "Dan", "Eve" };
	static const int64_t cells[] = { 0, 5, 2, 0,  3, 0, 0, 0,  0, 0, 0, 4,  0, 0, 1, 0 };
	struct planted planted;
	struct matrix matrix;

	(void)state;
	matrix_of_people(plant(&planted), 4, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(matrix.count, 4);
	for (int i = 0; i < 4; i++)
		assert_string_equal(matrix.entries[i].name, names[i]);
	assert_memory_equal(matrix.cells, cells, sizeof cells);
	assert_int_equal(matrix.group_count, 2);
	assert_int_equal(matrix.groups[0].count, 2);
	assert_int_equal(matrix.groups[1].first, 2);
	assert_int_equal(matrix.groups[1].number, 2);
	assert_int_equal(matrix_most(&matrix, false), 5);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void what_is_in_it_and_what_is_not_is_counted(void **state)
{
	struct planted planted;
	struct matrix matrix;

	(void)state;
	matrix_of_people(plant(&planted), 4, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(matrix.people, 4);
	assert_int_equal(matrix.people_total, 6);
	assert_int_equal(matrix.ties, 3);
	assert_int_equal(matrix.ties_total, 5);
	assert_int_equal(matrix.receipts, 15);
	assert_int_equal(matrix.receipts_total, 17);
	/* Ann heard from Cy and Flo too, who are not in it. */
	assert_int_equal(matrix.entries[0].sent, 7);
	assert_int_equal(matrix.entries[0].sent_here, 7);
	assert_int_equal(matrix.entries[0].received, 5);
	assert_int_equal(matrix.entries[0].received_here, 3);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void more_rows_than_people_are_all_people(void **state)
{
	struct planted planted;
	struct matrix matrix;

	(void)state;
	matrix_of_people(plant(&planted), 80, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(matrix.count, 6);
	assert_int_equal(matrix.receipts, 17);
	/* Both others write with Ann's community: it stands between them. Inside it by strength:
	 * Cy behind Ann and Bo. */
	assert_string_equal(matrix.entries[1].name, "Eve");
	assert_string_equal(matrix.entries[2].name, "Ann");
	assert_string_equal(matrix.entries[4].name, "Cy");
	assert_int_equal(matrix.entries[4].group, 1);
	assert_int_equal(matrix.groups[1].number, 1);
	assert_int_equal(matrix.groups[1].first, 2);
	/* Who is alone, and alone in that, keeps the community's name. */
	assert_int_equal(matrix.group_count, 3);
	assert_string_equal(matrix.groups[2].name, "Flo");
	assert_int_equal(matrix.groups[2].number, 3);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

/* Pairs 0-1, 2-3, ... each its own community, the first tied the strongest. */
static const struct analysis *plant_pairs(struct planted *planted, int pairs)
{
	planted_init(planted);
	for (int i = 0; i < 2 * pairs; i++)
		planted_person(planted, i / 2, NULL);
	for (int i = 0; i < pairs; i++)
		planted_mail(planted, 2 * i, 2 * i + 1, 100 - i);
	return planted_finish(planted);
}

static void people_of_further_communities_are_one_group(void **state)
{
	struct planted planted;
	struct matrix matrix;

	(void)state;
	/* Eight groups have a colour; two more communities share the last group. */
	matrix_of_people(plant_pairs(&planted, 10), 20, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(matrix.group_count, 9);
	assert_int_equal(matrix.groups[8].number, 0);
	assert_int_equal(matrix.groups[8].count, 4);
	assert_string_equal(matrix.groups[8].name, "of 2 other communities");
	matrix_clear(&matrix);
	/* The first three people: a pair, and one of another. */
	matrix_of_people(&planted.analysis, 3, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(matrix.group_count, 2);
	assert_int_equal(matrix.groups[0].count, 2);
	assert_int_equal(matrix.groups[1].count, 1);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

/* Two rings of five people each, who are tied once: by strength they are mixed, by ties each
 * ring stands together. */
static void by_ties_those_who_write_to_each_other_are_neighbours(void **state)
{
	struct planted planted;
	struct matrix matrix;

	(void)state;
	planted_init(&planted);
	for (int i = 0; i < 10; i++)
		planted_person(&planted, 0, NULL);
	for (int i = 0; i < 10; i++)
		planted_mail(&planted, i, (i + 2) % 10, 20 - i);
	planted_mail(&planted, 0, 1, 1);
	matrix_of_people(planted_finish(&planted), 10, MATRIX_BY_TIES, &matrix);
	for (int i = 0; i < 10; i++)
		assert_int_equal(matrix.entries[i].number % 2, matrix.entries[i / 5 * 5].number % 2);
	/* What the cells hold has moved with them. */
	for (int i = 0; i < 10; i++)
		for (int j = 0; j < 10; j++) {
			int from = matrix.entries[i].number, to = matrix.entries[j].number;

			assert_int_equal(matrix.cells[i * 10 + j],
			                 to == (from + 2) % 10 ? 20 - from : from == 0 && to == 1);
		}
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void people_of_one_name_go_by_their_addresses(void **state)
{
	struct planted planted;
	struct matrix matrix;

	(void)state;
	planted_init(&planted);
	planted_person(&planted, 0, "Ann Lee");
	planted_person(&planted, 0, "Bo");
	planted_person(&planted, 0, "Ann Lee");
	planted_person(&planted, 0, "");
	for (int i = 1; i < 4; i++)
		planted_mail(&planted, 0, i, 10 - i);
	matrix_of_people(planted_finish(&planted), 4, MATRIX_BY_STRENGTH, &matrix);
	assert_string_equal(matrix.entries[0].name, "p00000@example.org");
	assert_string_equal(matrix.entries[1].name, "Bo");
	assert_string_equal(matrix.entries[2].name, "p00002@example.org");
	assert_string_equal(matrix.entries[3].name, "p00003@example.org");
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void communities_and_the_rest_hold_all_mail(void **state)
{
	/* Among Ann, Bo and Cy 9, from them to Dan 2; Flo to Ann 1; Dan and Eve 5. */
	static const int64_t cells[] = { 9, 2, 1, 5 };
	struct planted planted;
	struct matrix matrix;

	(void)state;
	matrix_of_communities(plant(&planted), 2, &matrix);
	assert_int_equal(matrix.count, 2);
	assert_memory_equal(matrix.cells, cells, sizeof cells);
	assert_int_equal(matrix.receipts, matrix.receipts_total);
	assert_int_equal(matrix.ties, 5);
	assert_int_equal(matrix.entries[0].number, 1);
	assert_int_equal(matrix.entries[0].people, 3);
	assert_int_equal(matrix.entries[1].number, 0);
	assert_int_equal(matrix.entries[1].people, 3);
	assert_string_equal(matrix.entries[1].name, "the rest: 2 communities");
	assert_int_equal(matrix_most(&matrix, true), 2);
	matrix_clear(&matrix);
	/* Room for all: no rest. */
	matrix_of_communities(&planted.analysis, 10, &matrix);
	assert_int_equal(matrix.count, 3);
	assert_string_equal(matrix.entries[2].name, "Flo");
	assert_int_equal(matrix.receipts, 17);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

static void nobody_makes_an_empty_matrix(void **state)
{
	struct planted planted;
	struct matrix matrix;

	(void)state;
	planted_init(&planted);
	matrix_of_people(planted_finish(&planted), 10, MATRIX_BY_STRENGTH, &matrix);
	assert_int_equal(matrix.count, 0);
	assert_int_equal(matrix_most(&matrix, false), 0);
	matrix_clear(&matrix);
	matrix_of_communities(&planted.analysis, 10, &matrix);
	assert_int_equal(matrix.count, 0);
	matrix_clear(&matrix);
	planted_clear(&planted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_highest_ranked_are_rows_by_community),
		cmocka_unit_test(what_is_in_it_and_what_is_not_is_counted),
		cmocka_unit_test(more_rows_than_people_are_all_people),
		cmocka_unit_test(people_of_further_communities_are_one_group),
		cmocka_unit_test(by_ties_those_who_write_to_each_other_are_neighbours),
		cmocka_unit_test(people_of_one_name_go_by_their_addresses),
		cmocka_unit_test(communities_and_the_rest_hold_all_mail),
		cmocka_unit_test(nobody_makes_an_empty_matrix),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
