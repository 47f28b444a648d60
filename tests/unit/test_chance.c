/* The chances that the rules on names weigh. Expected: Python's decimal, in 60 digits. */
#include "unit.h"

#include "../../src/identity/identity_internal.h"

static void assert_chance(double chance, double expected)
{
	assert_float_equal(chance / expected, 1, 1e-9);
}

static void chances_of_counts_are_those_of_poisson(void **state)
{
	(void)state;
	assert_chance(chance_of(1, 0.05), 0.04877057549928599);
	assert_chance(chance_of(3, 0.1), 0.00015465307026467164);
	assert_chance(chance_of(2, 5), 0.9595723180054871);
	assert_true(chance_of(0, 0.1) >= 1);
	assert_true(chance_of(1, 0) <= 0);
}

/* Where exp(-expected) is no number of a double any more. */
static void large_numbers_keep_their_chances(void **state)
{
	(void)state;
	assert_chance(chance_of(1001, 1000), 0.491590632831494);
	assert_chance(chance_of(1000, 1000), 0.5042052441802155);
	assert_chance(chance_of(1100, 1000), 0.0009626304058665572);
}

/* 3 or more of 5 at a quarter each: 10 x 9 + 5 x 3 + 1 of 4^5 ways; 8 or more of 10 at a half:
 * 45 + 10 + 1 of 2^10. */
static void chances_of_tries_are_binomial(void **state)
{
	(void)state;
	assert_chance(chance_of_tries(3, 5, 0.25), 106 / 1024.0);
	assert_chance(chance_of_tries(8, 10, 0.5), 56 / 1024.0);
	assert_true(chance_of_tries(0, 3, 0.3) >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chances_of_counts_are_those_of_poisson),
		cmocka_unit_test(large_numbers_keep_their_chances),
		cmocka_unit_test(chances_of_tries_are_binomial),
	};

	return cmocka_run_group_tests_name("chance", tests, NULL, NULL);
}
