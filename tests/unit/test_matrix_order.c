#include "unit.h"

#include "planted.h"

#include "../../src/graph/matrix_order.h"

#include <math.h>

/* Sum of weight times distance between middles, as the header has it. */
static double cost_of(int count, const int *sizes, const double *weights, const int *order)
{
	double middles[MATRIX_ORDER_MOST], next = 0, sum = 0;

	for (int i = 0; i < count; i++) {
		middles[order[i]] = next + sizes[order[i]] / 2.0;
		next += sizes[order[i]];
	}
	for (int g = 0; g < count; g++)
		for (int h = 0; h < g; h++)
			sum += weights[g * count + h] * fabs(middles[g] - middles[h]);
	return sum;
}

/* The next in the order of a dictionary; false behind the last. */
static bool permute(int *order, int count)
{
	int i = count - 2, j = count - 1;

	while (i >= 0 && order[i] > order[i + 1])
		i--;
	if (i < 0)
		return false;
	while (order[j] < order[i])
		j--;
	int swapped = order[i];
	order[i] = order[j];
	order[j] = swapped;
	for (int a = i + 1, b = count - 1; a < b; a++, b--) {
		swapped = order[a];
		order[a] = order[b];
		order[b] = swapped;
	}
	return true;
}

static void a_chain_stands_in_its_order(void **state)
{
	/* 2 - 0 - 3 - 1, and its mirror image begins with 1. */
	static const double weights[] = { 0, 0, 5, 5,  0, 0, 0, 5,  5, 0, 0, 0,  5, 5, 0, 0 };
	static const int sizes[] = { 3, 1, 4, 1 }, chain[] = { 1, 3, 0, 2 };
	int order[4];

	(void)state;
	matrix_order_groups(4, sizes, weights, order);
	assert_memory_equal(order, chain, sizeof chain);
}

static void no_order_has_shorter_ties(void **state)
{
	uint64_t random = 7;

	(void)state;
	for (int count = 1; count <= 7; count++) {
		int sizes[7], order[7], any[7];
		double weights[49] = { 0 }, least = INFINITY;

		for (int g = 0; g < count; g++) {
			sizes[g] = 1 + (int)planted_random(&random, 9);
			any[g] = g;
			for (int h = 0; h < g; h++)
				weights[g * count + h] = weights[h * count + g] = planted_random(&random, 5);
		}
		do
			least = fmin(least, cost_of(count, sizes, weights, any));
		while (permute(any, count));
		matrix_order_groups(count, sizes, weights, order);
		assert_true(fabs(cost_of(count, sizes, weights, order) - least) < 1e-9);
		assert_true(order[0] <= order[count - 1]);
	}
}

static void groups_without_ties_and_no_groups_have_an_order(void **state)
{
	static const int sizes[] = { 1, 2, 3 };
	static const double weights[9] = { 0 };
	int order[3] = { 0 }, seen = 0;

	(void)state;
	matrix_order_groups(0, sizes, weights, order);
	matrix_order_rows(0, weights, order);
	matrix_order_groups(3, sizes, weights, order);
	for (int i = 0; i < 3; i++)
		seen |= 1 << order[i];
	assert_int_equal(seen, 7);
}

/* Rows are groups of one; of all moves of one row, none makes the ties shorter. */
static void no_row_is_better_elsewhere(void **state)
{
	enum { COUNT = 12 };
	uint64_t random = 3;
	int sizes[COUNT], order[COUNT], moved[COUNT];
	double weights[COUNT * COUNT] = { 0 };

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		sizes[i] = 1;
		for (int j = 0; j < i; j++)
			weights[i * COUNT + j] = weights[j * COUNT + i] = planted_random(&random, 4);
	}
	matrix_order_rows(COUNT, weights, order);
	double least = cost_of(COUNT, sizes, weights, order);
	for (int from = 0; from < COUNT; from++)
		for (int to = 0; to < COUNT; to++) {
			for (int i = 0; i < COUNT; i++) {       /* those between the two give way */
				int gives_way = from < to ? (i >= from && i < to) : -(i > to && i <= from);

				moved[i] = i == to ? order[from] : order[i + gives_way];
			}
			assert_true(cost_of(COUNT, sizes, weights, moved) >= least - 1e-6);
		}
}

static void a_shuffled_chain_is_found_again(void **state)
{
	enum { COUNT = 9 };
	double weights[COUNT * COUNT] = { 0 };
	int order[COUNT];

	(void)state;
	/* i is tied to i + 4 and so on around 9: 0 - 4 - 8 - 3 - 7 - 2 - 6 - 1 - 5. */
	for (int i = 0, k = 0; i < COUNT - 1; i++, k = (k + 4) % COUNT) {
		int next = (k + 4) % COUNT;

		weights[k * COUNT + next] = weights[next * COUNT + k] = 1;
	}
	matrix_order_rows(COUNT, weights, order);
	for (int i = 0; i < COUNT; i++)
		assert_int_equal(order[i], i * 4 % COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_stands_in_its_order),
		cmocka_unit_test(no_order_has_shorter_ties),
		cmocka_unit_test(no_row_is_better_elsewhere),
		cmocka_unit_test(a_shuffled_chain_is_found_again),
		cmocka_unit_test(groups_without_ties_and_no_groups_have_an_order),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
