#include "matrix_order.h"

#include <math.h>

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
	/* From the right it is as good. */
	if (count && order[0] > order[count - 1])
		for (int i = 0; i < count / 2; i++) {
			int first = order[i];

			order[i] = order[count - 1 - i];
			order[count - 1 - i] = first;
		}
	g_free(a.cost);
	g_free(a.last);
}
