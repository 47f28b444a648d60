/* Who answered what was addressed to another: most of all he who is that other. */
#include "identity_internal.h"


void person_answers_init(struct person_answers *answers, struct identity *identity)
{
	guint entries = identity->entries->len;

	answers->answers = g_new(uint64_t, (gsize)identity->answers->len + 1);
	answers->given = g_new0(uint32_t, (gsize)entries + 1);
	answers->taken = g_new0(uint32_t, (gsize)entries + 1);
	answers->count = 0;
	for (guint i = 0; i < identity->answers->len; i++) {
		uint64_t answer = g_array_index(identity->answers, uint64_t, i);
		uint64_t by = person_root(identity, (uint32_t)(answer >> 32));
		uint64_t to = person_root(identity, (uint32_t)(answer & UINT32_MAX));

		if (by == to)
			continue;
		answers->answers[answers->count++] = by << 32 | to;
		answers->given[by]++;
		answers->taken[to]++;
	}
	sort_ties(answers->answers, answers->count);
}

void person_answers_clear(struct person_answers *answers)
{
	g_free(answers->answers);
	g_free(answers->given);
	g_free(answers->taken);
}

/* The place of the first that is not below. */
static size_t place_of(const struct person_answers *answers, uint64_t answer)
{
	size_t low = 0, high = answers->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (answers->answers[middle] < answer)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int count_of(const struct person_answers *answers, uint64_t by, uint64_t to)
{
	return (int)(place_of(answers, (by << 32 | to) + 1) - place_of(answers, by << 32 | to));
}

/* By chance he who gives so many answers gives as many of them to mail of the other as
 * that has of all (the same model as for common correspondents: Chung & Lu 2002). */
int person_answers_between(const struct person_answers *answers, uint32_t a, uint32_t b,
                           double *expected)
{
	double forth = (double)answers->given[a] * answers->taken[b];
	double back = (double)answers->given[b] * answers->taken[a];

	*expected = answers->count ? (forth + back) / (double)answers->count : 0;
	return count_of(answers, a, b) + count_of(answers, b, a);
}
