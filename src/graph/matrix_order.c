#include "matrix_order.h"

#include <math.h>
#include <stdbool.h>

#include <glib.h>

struct arrangement {
	int count;
	const int *sizes;               /* [count] */
	const double *weights;          /* [count * count], symmetric */
	double *cost;                   /* [2^count] the least for these groups, the first ones */
	int *last;                      /* [2^count] the last of them then */
};

/* Of the ties that pass over the group k if the groups of `before` stand on its left. */
static double over(const struct arrangement *a, unsigned before, int k)
{
	double sum = 0;

	for (int g = 0; g < a->count; g++)
		for (int h = 0; h < a->count; h++)
			if (before >> g & 1 && !(before >> h & 1) && h != k)
				sum += a->weights[g * a->count + h];
	return sum * a->sizes[k];
}

static void find_costs(struct arrangement *a)
{
	for (unsigned set = 1; set < 1u << a->count; set++) {
		a->cost[set] = INFINITY;
		for (int k = 0; k < a->count; k++) {
			unsigned before = set & ~(1u << k);

			if (before == set)
				continue;
			double cost = a->cost[before] + over(a, before, k);
			/* Sums of the same weights in another order may differ in their last digit. */
			if (cost < a->cost[set] * (1 - 1e-12)) {
				a->cost[set] = cost;
				a->last[set] = k;
			}
		}
	}
}

/* From the right an order is as good: the one that begins with what came earlier. */
static void choose_way(int count, int *order)
{
	if (count < 2 || order[0] < order[count - 1])
		return;
	for (int i = 0; i < count / 2; i++) {
		int first = order[i];

		order[i] = order[count - 1 - i];
		order[count - 1 - i] = first;
	}
}

void matrix_order_groups(int count, const int *sizes, const double *weights, int *order)
{
	struct arrangement a = { count, sizes, weights, g_new0(double, (gsize)1 << count),
	                         g_new0(int, (gsize)1 << count) };
	unsigned set = (1u << count) - 1;

	find_costs(&a);
	for (int i = count - 1; i >= 0; i--) {
		order[i] = a.last[set];
		set &= ~(1u << order[i]);
	}
	choose_way(count, order);
	g_free(a.cost);
	g_free(a.last);
}

/* ---- rows ---- */

/* How much shorter (below zero) all ties become if what stands at `at` and its neighbour at
 * `at` + 1 change places. */
static double swap_gain(int count, const double *weights, const int *order, int at)
{
	const double *left = &weights[order[at] * count], *right = &weights[order[at + 1] * count];
	double sum = 0;

	for (int i = 0; i < count; i++) {
		int k = order[i];

		if (i < at)
			sum += left[k] - right[k];
		else if (i > at + 1)
			sum += right[k] - left[k];
	}
	return sum;
}

static void swap(int *order, int at)
{
	int left = order[at];

	order[at] = order[at + 1];
	order[at + 1] = left;
}

/* Carry what stands at `from` step by step to one end (step 1 or -1); the gain of the best
 * place on the way, or 0, and where that is. order is as before in the end. */
static double carry(int count, const double *weights, int *order, int from, int step, int *best)
{
	double gain = 0, most = 0;
	int at = from;

	for (; at + step >= 0 && at + step < count; at += step) {
		int left = step > 0 ? at : at - 1;

		gain += swap_gain(count, weights, order, left);
		swap(order, left);
		if (gain < most - 1e-9) {
			most = gain;
			*best = at + step;
		}
	}
	for (; at != from; at -= step)
		swap(order, step > 0 ? at - 1 : at);
	return most;
}

static bool improve(int count, const double *weights, int *order, int row)
{
	int from = 0, right, left;

	while (order[from] != row)
		from++;
	right = left = from;
	double gain = carry(count, weights, order, from, 1, &right);
	int to = carry(count, weights, order, from, -1, &left) < gain ? left : right;

	for (; from < to; from++)
		swap(order, from);
	for (; from > to; from--)
		swap(order, from - 1);
	return right != left;
}

void matrix_order_rows(int count, const double *weights, int *order)
{
	bool improved = true;

	for (int i = 0; i < count; i++)
		order[i] = i;
	for (int pass = 0; pass < MATRIX_ORDER_PASSES && improved; pass++) {
		improved = false;
		for (int row = 0; row < count; row++)
			improved |= improve(count, weights, order, row);
	}
	choose_way(count, order);
}
