/* The rule that looks at whom people of one name write to. */
#include "identity_internal.h"

#include "person_name.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As many common correspondents as would come about by chance in so small a part of
 * pairs are evidence on their own, or with addresses that are made of the name (one
 * will do then) or have a word of it. It is less where so much would join too many
 * by chance: see limit_of(). */
#define CHANCE_COMMON 0.05
#define CHANCE_LOCAL_FACTOR 2
#define COMMON_MIN 2
#define FALSE_SHARE_MAX 0.05

/* Who is joined brings in his correspondents, which may tell more. */
#define ROUNDS_MAX 8

#define SCORE_NEARLY 0.85               /* enough by itself, but too many such would be chance */
#define SCORE_NAME 0.5
#define SCORE_MADE_OF_NAME 0.1          /* on top of it */
#define SCORE_SOME_COMMON 0.15

#define SHOWN_MAX 3                     /* correspondents named in the evidence */

double chance_of(int count, double expected)
{
	double below = 0, term = exp(-expected);

	if (count <= 0)
		return 1;
	/* Small chances are summed from their own end, lest they drown in 1 - 1. */
	if (expected < count) {
		double sum = 0;

		for (int i = 1; i <= count; i++)
			term *= expected / i;
		for (int i = count; term > sum * 1e-12; i++) {
			sum += term;
			term *= expected / (i + 1);
		}
		return sum;
	}
	for (int i = 0; i < count; i++) {
		below += term;
		term *= expected / (i + 1);
	}
	return MAX(0, 1 - below);
}

/* ---- ties between persons ---- */

struct person_ties {
	uint64_t *ties;                 /* root above, other root below: both directions, sorted */
	size_t count;                   /* = the sum of all degrees */
	uint32_t *first;                /* by root: of its ties; [entries + 1] */
};

static int compare_ties(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static void ties_init(struct person_ties *ties, struct identity *identity)
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
	qsort(ties->ties, ties->count, sizeof *ties->ties, compare_ties);
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

static void ties_clear(struct person_ties *ties)
{
	g_free(ties->ties);
	g_free(ties->first);
}

static uint32_t degree(const struct person_ties *ties, uint32_t root)
{
	return ties->first[root + 1] - ties->first[root];
}

/* ---- a pair ---- */

struct pair {
	uint32_t a, b;                  /* addresses */
	int common;                     /* correspondents */
	double expected;                /* so many by chance */
	double chance;                  /* of so many or more, by any of the pairs of the name */
	enum local_match local;         /* the lesser of both */
	uint32_t shown[SHOWN_MAX];
};

/* Two with many ties have some in common by chance: with x of degree d(x), b of degree
 * d(b) is tied with probability d(x) d(b) / (sum of degrees), as in a network drawn at
 * random with these degrees (Chung & Lu 2002, doi:10.1073/pnas.252631999). */
static void count_common(struct identity *identity, const struct person_ties *ties,
                         struct pair *pair)
{
	uint32_t a = person_root(identity, pair->a), b = person_root(identity, pair->b);
	uint32_t i = ties->first[a], j = ties->first[b], end = ties->first[b + 1];

	for (; i < ties->first[a + 1]; i++) {
		uint32_t other = (uint32_t)(ties->ties[i] & UINT32_MAX);

		if (other == b)
			continue;
		pair->expected += MIN(1.0, (double)degree(ties, other) * degree(ties, b) /
		                           (double)ties->count);
		while (j < end && (uint32_t)(ties->ties[j] & UINT32_MAX) < other)
			j++;
		if (j == end || (uint32_t)(ties->ties[j] & UINT32_MAX) != other)
			continue;
		if (pair->common < SHOWN_MAX)
			pair->shown[pair->common] = other;
		pair->common++;
	}
	pair->chance = chance_of(pair->common, pair->expected);
}

static enum local_match match_of(const struct entry *entry)
{
	struct person_name name;
	char mark[LOCAL_MARK_MAX];

	return person_name_read(&name, entry->name) ? local_match_name(entry->text, &name, mark)
	                                            : LOCAL_OTHER;
}

static char *pair_evidence(struct identity *identity, const struct pair *pair)
{
	GString *out = g_string_new(NULL);

	g_string_printf(out, "both are called %s", ENTRY(identity, pair->a)->name);
	if (pair->local >= LOCAL_PART)
		g_string_append(out, pair->local >= LOCAL_INITIAL ? ", their addresses are made of it"
		                                                  : ", their addresses have a word of it");
	if (!pair->common)
		return g_string_free(out, FALSE);
	g_string_append_printf(out, ", %d common correspondent%s (", pair->common,
	                       pair->common == 1 ? "" : "s");
	for (int i = 0; i < pair->common && i < SHOWN_MAX; i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "", ENTRY(identity, pair->shown[i])->text);
	/* Hundredths by hand: no comma of a locale in what is stored. */
	int hundredths = (int)lround(pair->expected * 100);

	g_string_append_printf(out, "%s), %d.%02d expected by chance",
	                       pair->common > SHOWN_MAX ? ", ..." : "", hundredths / 100,
	                       hundredths % 100);
	return g_string_free(out, FALSE);
}

/* 0.90 at the limit, 0.01 more for each power of ten less likely. */
static double score_of(double chance)
{
	return MIN(0.99, SCORE_JOINS + 0.01 * floor(-log10(MAX(chance, 1e-30)) + 1e-9));
}

static bool may_join(const struct pair *pair)
{
	return pair->common >= COMMON_MIN || (pair->common && pair->local >= LOCAL_INITIAL);
}

/* Chance as it is weighed: addresses made of the name are evidence, too. */
static double weighed(const struct pair *pair)
{
	return pair->local >= LOCAL_PART ? pair->chance / CHANCE_LOCAL_FACTOR : pair->chance;
}

static void judge_pair(const struct pair *pair, double limit, enum identity_rule *rule,
                       double *score)
{
	if (may_join(pair) && weighed(pair) <= limit) {
		*rule = pair->common >= COMMON_MIN && pair->chance <= limit ? RULE_NAME_COMMON
		                                                            : RULE_NAME_LOCAL;
		*score = score_of(weighed(pair) / limit);
		return;
	}
	*rule = RULE_NAME;
	*score = SCORE_NAME + (pair->local >= LOCAL_INITIAL ? SCORE_MADE_OF_NAME : 0) +
	         (pair->common ? SCORE_SOME_COMMON : 0);
	if (may_join(pair) && weighed(pair) <= CHANCE_COMMON)
		*score = SCORE_NEARLY;
}

/* The weighed chance up to which pairs are joined: so that among all that are, no more
 * than FALSE_SHARE_MAX are expected to be so by chance (Benjamini & Hochberg 1995,
 * doi:10.1111/j.2517-6161.1995.tb02031.x; the share of namesakes among the pairs is
 * estimated after Storey 2002, doi:10.1111/1467-9868.00346). pairs: ascending by weighed
 * chance; joined: in earlier rounds. */
static double limit_of(const GArray *pairs, int joined)
{
	int unlikely = 0;
	double limit = 0, all = pairs->len + joined;

	for (guint i = 0; i < pairs->len; i++)
		unlikely += g_array_index(pairs, struct pair, i).chance > 0.5;
	double namesakes = MIN(1, (2.0 * unlikely + 1) / all);

	for (guint i = 0; i < pairs->len; i++) {
		double chance = weighed(&g_array_index(pairs, struct pair, i));

		if (chance * namesakes * all <= FALSE_SHARE_MAX * (joined + i + 1))
			limit = chance;
	}
	return MIN(limit, CHANCE_COMMON);
}

/* ---- all pairs of one name ---- */

/* The least likely to be chance first; then by text. */
static int compare_pairs(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;

	if (weighed(a) < weighed(b) || weighed(a) > weighed(b))
		return weighed(a) < weighed(b) ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return a->b < b->b ? -1 : a->b > b->b;
}

/* One address for each person in the block, that which says most of the name. */
static GArray *persons_of_block(struct identity *identity, const GArray *ordered, guint from,
                                guint end)
{
	GArray *persons = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (guint i = from; i < end; i++) {
		uint32_t address = g_array_index(ordered, uint32_t, i);
		guint p = 0;

		while (p < persons->len && person_root(identity, g_array_index(persons, uint32_t, p)) !=
		                           person_root(identity, address))
			p++;
		if (p == persons->len && p == NAMESAKES_MAX) {
			g_array_set_size(persons, 0);
			break;
		}
		if (p == persons->len)
			g_array_append_val(persons, address);
		else if (match_of(ENTRY(identity, address)) >
		         match_of(ENTRY(identity, g_array_index(persons, uint32_t, p))))
			g_array_index(persons, uint32_t, p) = address;
	}
	return persons;
}

static void add_pairs(struct identity *identity, const struct person_ties *ties,
                      const GArray *persons, GArray *pairs)
{
	for (guint i = 0; i < persons->len; i++) {
		for (guint j = i + 1; j < persons->len; j++) {
			uint32_t a = g_array_index(persons, uint32_t, i);
			uint32_t b = g_array_index(persons, uint32_t, j);
			struct pair pair = { .a = MIN(a, b), .b = MAX(a, b) };

			pair.local = MIN(match_of(ENTRY(identity, a)), match_of(ENTRY(identity, b)));
			count_common(identity, ties, &pair);
			/* The more are called so, the more pairs may look alike (Bonferroni). */
			pair.chance = MIN(1, pair.chance * persons->len * (persons->len - 1) / 2);
			g_array_append_val(pairs, pair);
		}
	}
}

static GArray *find_pairs(struct identity *identity, const GArray *ordered)
{
	GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
	struct person_ties ties;

	ties_init(&ties, identity);
	for (guint from = 0, end; from < ordered->len; from = end) {
		end = block_end(identity, ordered, from);
		if (end - from < 2)
			continue;
		GArray *persons = persons_of_block(identity, ordered, from, end);

		add_pairs(identity, &ties, persons, pairs);
		g_array_free(persons, TRUE);
	}
	ties_clear(&ties);
	g_array_sort(pairs, compare_pairs);
	return pairs;
}

/* Join what is sure, or, in the last round, note what is not. Nobody is joined twice in
 * a round: what was counted is not true of him any more. The number of joins. */
static int judge_pairs(struct identity *identity, const GArray *pairs, double limit, bool joining)
{
	int joined = 0;

	for (guint i = 0; i < identity->entries->len; i++)
		ENTRY(identity, i)->touched = false;

	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = &g_array_index(pairs, struct pair, i);
		enum identity_rule rule;
		double score;

		struct entry *a = ENTRY(identity, person_root(identity, pair->a));
		struct entry *b = ENTRY(identity, person_root(identity, pair->b));

		judge_pair(pair, limit, &rule, &score);
		if ((score >= SCORE_JOINS) != joining || a->touched || b->touched)
			continue;
		if (person_join(identity, pair->a, pair->b, rule, score, pair_evidence(identity, pair)))
			joined++, a->touched = b->touched = true;
	}
	return joined;
}

void rule_common(struct identity *identity)
{
	GArray *ordered = entries_by_name(identity);
	int joined = 0, before = -1;

	for (int round = 0; joined > before; round++) {
		GArray *pairs = find_pairs(identity, ordered);
		double limit = limit_of(pairs, joined);

		before = joined;
		if (round < ROUNDS_MAX)
			joined += judge_pairs(identity, pairs, limit, true);
		if (joined == before)
			judge_pairs(identity, pairs, limit, false);
		g_array_free(pairs, TRUE);
	}
	g_array_free(ordered, TRUE);
}
