/* Whom persons write with, and whom two of them have in common. */
#include "identity_internal.h"

#include <stdlib.h>
#include <string.h>

static int compare_ties(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

/* Digit by digit from the last, which keeps the order of those before. Entries have small
 * numbers: most digits of a pair are 0 in all ties, and passed over. */
#define DIGIT_BITS 11
#define DIGITS (1 << DIGIT_BITS)

static void sort_by_digit(const uint64_t *from, uint64_t *to, size_t count, int shift)
{
	size_t next[DIGITS + 1] = { 0 };

	for (size_t i = 0; i < count; i++)
		next[(from[i] >> shift & (DIGITS - 1)) + 1]++;
	for (size_t digit = 1; digit < DIGITS; digit++)
		next[digit] += next[digit - 1];
	for (size_t i = 0; i < count; i++)
		to[next[from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

void sort_ties(uint64_t *ties, size_t count)
{
	uint64_t *spare = g_new(uint64_t, count), *from = ties, *to = spare, used = 0;

	for (size_t i = 0; i < count; i++)
		used |= ties[i];
	for (int shift = 0; shift < 64; shift += DIGIT_BITS) {
		if (!(used >> shift & (DIGITS - 1)))
			continue;
		sort_by_digit(from, to, count, shift);
		uint64_t *sorted = to;

		to = from;
		from = sorted;
	}
	if (from == spare && count)
		memcpy(ties, spare, count * sizeof *ties);
	g_free(spare);
}

void person_ties_init(struct person_ties *ties, struct identity *identity)
{
	guint entries = identity->entries->len, given = identity->ties->len;
	size_t kept = 0;

	ties->ties = g_new(uint64_t, 2 * (gsize)given + 1);
	ties->count = 0;
	for (guint i = 0; i < given; i++) {
		uint64_t tie = g_array_index(identity->ties, uint64_t, i);
		uint64_t a = person_root(identity, (uint32_t)(tie >> 32));
		uint64_t b = person_root(identity, (uint32_t)(tie & UINT32_MAX));

		if (a == b)
			continue;
		ties->ties[ties->count++] = a << 32 | b;
		ties->ties[ties->count++] = b << 32 | a;
	}
	sort_ties(ties->ties, ties->count);
	for (size_t i = 0; i < ties->count; i++)
		if (!kept || ties->ties[kept - 1] != ties->ties[i])
			ties->ties[kept++] = ties->ties[i];
	ties->count = kept;
	ties->first = g_new(uint32_t, (gsize)entries + 1);
	for (size_t i = 0, root = 0; root <= entries; root++) {
		while (i < kept && ties->ties[i] >> 32 < root)
			i++;
		ties->first[root] = (uint32_t)i;
	}
}

void person_ties_clear(struct person_ties *ties)
{
	g_free(ties->ties);
	g_free(ties->first);
}

uint32_t person_ties_degree(const struct person_ties *ties, uint32_t root)
{
	return ties->first[root + 1] - ties->first[root];
}

/* Two with many ties have some in common by chance: with x of degree d(x), b of degree
 * d(b) is tied with probability d(x) d(b) / (sum of degrees), as in a network drawn at
 * random with these degrees (Chung & Lu 2002, doi:10.1073/pnas.252631999). */
int person_ties_common(const struct person_ties *ties, uint32_t a, uint32_t b, double *expected,
                       uint32_t shown[COMMON_SHOWN_MAX])
{
	uint32_t i = ties->first[a], j = ties->first[b], end = ties->first[b + 1];
	int common = 0;

	*expected = 0;
	for (; i < ties->first[a + 1]; i++) {
		uint32_t other = (uint32_t)(ties->ties[i] & UINT32_MAX);

		if (other == b)
			continue;
		*expected += MIN(1.0, (double)person_ties_degree(ties, other) *
		                      person_ties_degree(ties, b) / (double)ties->count);
		while (j < end && (uint32_t)(ties->ties[j] & UINT32_MAX) < other)
			j++;
		if (j == end || (uint32_t)(ties->ties[j] & UINT32_MAX) != other)
			continue;
		if (common < COMMON_SHOWN_MAX)
			shown[common] = other;
		common++;
	}
	return common;
}

static bool has_tie(const struct person_ties *ties, uint32_t a, uint32_t b)
{
	uint64_t tie = (uint64_t)a << 32 | b;

	return bsearch(&tie, ties->ties, ties->count, sizeof tie, compare_ties);
}

int person_ties_exclusive(const struct person_ties *ties, uint32_t a, uint32_t b, uint32_t c)
{
	int count = 0;

	for (uint32_t i = ties->first[a]; i < ties->first[a + 1]; i++) {
		uint32_t other = (uint32_t)(ties->ties[i] & UINT32_MAX);

		count += has_tie(ties, b, other) && !has_tie(ties, c, other);
	}
	return count;
}
