#include "spread.h"

#include <glib.h>

struct pool {                           /* labels that touch each other */
	double sum;                     /* of where their first would begin */
	int count;
};

static double mean(const struct pool *pool)
{
	return pool->sum / pool->count;
}

/* Where a label would begin if those before it had no length. */
static double start_of(const struct spread *label, double before)
{
	return label->wanted - label->size / 2 - before;
}

bool spread_place(struct spread *labels, int count, double low, double high)
{
	struct pool *pools = g_new(struct pool, MAX(count, 1));
	double total = 0;
	int used = 0, label = 0;

	for (int i = 0; i < count; i++) {
		pools[used++] = (struct pool){ start_of(&labels[i], total), 1 };
		total += labels[i].size;
		for (; used > 1 && mean(&pools[used - 2]) > mean(&pools[used - 1]); used--) {
			pools[used - 2].sum += pools[used - 1].sum;
			pools[used - 2].count += pools[used - 1].count;
		}
	}
	bool fits = total <= high - low + 1e-6;
	double before = 0;
	for (int i = 0; fits && i < used; i++) {
		double start = CLAMP(mean(&pools[i]), low, MAX(high - total, low));

		for (int end = label + pools[i].count; label < end; label++) {
			labels[label].middle = start + before + labels[label].size / 2;
			before += labels[label].size;
		}
	}
	g_free(pools);
	return fits;
}
