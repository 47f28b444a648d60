#include "scale.h"

#include <glib.h>

struct scale scale_for_counts(int64_t max, int most)
{
	static const int64_t factors[] = { 1, 2, 5 };
	int64_t finer = 1;      /* the step before, too fine to reach max */

	max = CLAMP(max, 1, INT64_MAX / 100);
	most = MAX(most, 1);
	for (int64_t power = 1;; power *= 10)
		for (size_t i = 0; i < G_N_ELEMENTS(factors); i++) {
			int64_t step = factors[i] * power;
			int64_t count = (max + step - 1) / step;

			if (count <= most && count * step > max + max / 3 && max / finer <= most)
				return (struct scale){ finer, max, (int)(max / finer) };
			if (count <= most)
				return (struct scale){ step, step * count, (int)count };
			finer = step;
		}
}

int64_t scale_round_down(int64_t count)
{
	int64_t power = 1;

	while (power <= count / 10)
		power *= 10;
	return count >= 5 * power ? 5 * power : count >= 2 * power ? 2 * power : power;
}
