/* chance.c - the only source of randomness: SplitMix64
 *
 * Steele, Lea & Flood (2014), doi:10.1145/2714064.2660195. */
#include "archive.h"

uint64_t rng_next(struct rng *rng)
{
	uint64_t z = rng->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

struct rng rng_for(const struct archive *a, enum purpose purpose, int thing)
{
	struct rng rng = { a->seed ^ (uint64_t)purpose << 56 ^ (uint64_t)thing << 8 };

	rng.state = rng_next(&rng);
	return rng;
}

int rng_below(struct rng *rng, int n)
{
	return (int)((rng_next(rng) >> 32) * (uint64_t)n >> 32);
}

bool rng_chance(struct rng *rng, int percent)
{
	return rng_below(rng, 100) < percent;
}

int rng_weighted(struct rng *rng, const int *weights, int count)
{
	int total = 0;

	for (int i = 0; i < count; i++)
		total += weights[i];
	int pick = rng_below(rng, total);
	for (int i = 0; i < count; i++) {
		if (pick < weights[i])
			return i;
		pick -= weights[i];
	}
	return count - 1;
}
