/* The rule that looks at whom people of one name write to, whom they answer for, and how
 * rare the name is. */
#include "identity_internal.h"

#include "person_name.h"
#include "word_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* As many common correspondents as would come about by chance in so small a part of
 * pairs are evidence on their own, or with addresses that have a word of the name (one
 * will do then). It is less where so much would join too many by chance: see limit_of().
 * At a provider one chooses what the address is made of, which is evidence, too;
 * organisations make all of theirs of names, namesakes' as well. */
#define CHANCE_COMMON 0.1
#define CHANCE_LOCAL_FACTOR 2
#define COMMON_MIN 2
#define FALSE_SHARE_MAX 0.05

/* Where somebody is known to be another than his namesake, what the two do not share must
 * speak for the one so much more than chance would have it. */
#define CHANCE_NAMESAKE 0.05

/* Who is joined brings in his correspondents, which may tell more. */
#define ROUNDS_MAX 8

#define SCORE_NEARLY 0.85               /* enough by itself, but too many such would be chance */
#define SCORE_NAME 0.5
#define SCORE_MADE_OF_NAME 0.1          /* on top of it */
#define SCORE_SOME_COMMON 0.15

/* So many others who bear a name by chance make it rare: with a sign more it joins, as
 * more people have a second address than have a namesake then. */
#define OTHERS_MAX 0.005
#define SIGN_CHANCE_MAX 0.5             /* what common correspondents must be for a sign */

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

double chance_of_tries(int count, int tries, double share)
{
	double below = 0, term = pow(1 - share, tries);

	for (int i = 0; i < count; i++) {
		below += term;
		term *= (double)(tries - i) / (i + 1) * share / (1 - share);
	}
	return MAX(0, 1 - below);
}

/* ---- a pair ---- */

/* What is counted once a round. */
struct counted {
	struct person_ties ties;
	struct person_answers answers;
};

struct pair {
	uint32_t a, b;                  /* addresses */
	int common;                     /* correspondents */
	double expected;                /* so many by chance */
	int answers;                    /* by one to mail of the other */
	double answers_expected;
	double common_chance, answers_chance;   /* of so many or more */
	double chance;                  /* of both together, by any of the pairs of the name */
	double others;                  /* pairs of people that bear the name by chance */
	enum local_match local;         /* the lesser of both */
	bool same_local;                /* one part before the "@", and it is no more than a sign */
	bool provided;                  /* one is a mailbox at a provider */
	bool one_family;                /* their domains are of one organisation */
	bool misnamed;                  /* one address is made of another name */
	bool best;                      /* of its name, see mark_best() */
	const char *namesake;           /* who may be it as well; NULL if nobody may */
	uint32_t shown[COMMON_SHOWN_MAX];
};

static enum local_match match_of(const struct entry *entry)
{
	struct person_name name;
	char mark[LOCAL_MARK_MAX];

	return person_name_read(&name, entry->name) ? local_match_name(entry->text, &name, mark)
	                                            : LOCAL_OTHER;
}

/* The chance that two independent things come about by chance, both: Fisher's product of
 * chances (1932), p (1 - ln p). */
static double chance_of_both(double one, double other)
{
	double product = one * other;

	return product > 0 ? MIN(1, product * (1 - log(product))) : 0;
}

static void weigh_pair(struct identity *identity, const struct counted *counted, struct pair *pair)
{
	uint32_t a = person_root(identity, pair->a), b = person_root(identity, pair->b);

	pair->common = person_ties_common(&counted->ties, a, b, &pair->expected, pair->shown);
	pair->common_chance = chance_of(pair->common, pair->expected);
	pair->answers = person_answers_between(&counted->answers, a, b, &pair->answers_expected);
	pair->answers_chance = chance_of(pair->answers, pair->answers_expected);
	pair->chance = pair->answers ? chance_of_both(pair->common_chance, pair->answers_chance)
	                             : pair->common_chance;
}

/* ---- evidence ---- */

/* Decimals by hand: no comma of a locale in what is stored. */
static void append_expected(GString *out, double expected, const char *what)
{
	int thousandths = (int)lround(expected * 1000);
	int hundredths = (int)lround(expected * 100);

	if (thousandths < 10)
		g_string_append_printf(out, "0.%03d %s", thousandths, what);
	else
		g_string_append_printf(out, "%d.%02d %s", hundredths / 100, hundredths % 100, what);
}

static void append_common(GString *out, struct identity *identity, const struct pair *pair)
{
	g_string_append_printf(out, ", %d common correspondent%s (", pair->common,
	                       pair->common == 1 ? "" : "s");
	for (int i = 0; i < pair->common && i < COMMON_SHOWN_MAX; i++)
		g_string_append_printf(out, "%s%s", i ? ", " : "", ENTRY(identity, pair->shown[i])->text);
	g_string_append(out, pair->common > COMMON_SHOWN_MAX ? ", ...), " : "), ");
	append_expected(out, pair->expected, "expected by chance");
}

static char *pair_evidence(struct identity *identity, const struct pair *pair,
                           enum identity_rule rule)
{
	GString *out = g_string_new(NULL);

	g_string_printf(out, "both are called %s", ENTRY(identity, pair->a)->name);
	if (rule == RULE_NAME_RARE)
		append_expected(g_string_append(out, " ("), pair->others,
		                "others of that name expected by chance)");
	if (pair->local >= LOCAL_PART)
		g_string_append(out, pair->local >= LOCAL_INITIAL ? ", their addresses are made of it"
		                                                  : ", their addresses have a word of it");
	if (pair->same_local && pair->local < LOCAL_INITIAL)
		g_string_append(out, ", their addresses begin alike");
	if (rule == RULE_NAME_RARE && pair->one_family)
		g_string_append(out, ", their domains are of one organisation");
	if (pair->answers) {
		g_string_append_printf(out, ", one answered %d message%s addressed to the other, ",
		                       pair->answers, pair->answers == 1 ? "" : "s");
		append_expected(out, pair->answers_expected, "expected by chance");
	}
	if (pair->common)
		append_common(out, identity, pair);
	if (pair->namesake)
		g_string_append_printf(out, "; but %s, who is another, may be it as well", pair->namesake);
	return g_string_free(out, FALSE);
}

/* ---- judging ---- */

/* 0.90 at the limit, 0.01 more for each power of ten less likely. */
static double score_of(double chance)
{
	return MIN(0.99, SCORE_JOINS + 0.01 * floor(-log10(MAX(chance, 1e-30)) + 1e-9));
}

static bool may_join(const struct pair *pair)
{
	if (pair->namesake)
		return false;
	return pair->common >= COMMON_MIN || (pair->common && pair->local >= LOCAL_PART) ||
	       pair->answers >= COMMON_MIN ||
	       (pair->answers && (pair->common || pair->local >= LOCAL_PART));
}

/* A rare name and a sign more. */
static bool is_rare(const struct pair *pair)
{
	return pair->others <= OTHERS_MAX && !pair->misnamed && !pair->namesake &&
	       (pair->local >= LOCAL_PART || pair->same_local || pair->one_family || pair->answers ||
	        (pair->common && pair->common_chance <= SIGN_CHANCE_MAX));
}

/* Chance as it is weighed: addresses made of the name are evidence, too. */
static double weighed(const struct pair *pair)
{
	return pair->local >= LOCAL_PART && pair->provided ? pair->chance / CHANCE_LOCAL_FACTOR
	                                                   : pair->chance;
}

/* The rule of a pair that is joined by what it has in common. */
static enum identity_rule rule_of(const struct pair *pair, double limit)
{
	if (pair->answers && pair->answers_chance < pair->common_chance)
		return RULE_NAME_ANSWERS;
	return pair->common >= COMMON_MIN && pair->chance <= limit ? RULE_NAME_COMMON : RULE_NAME_LOCAL;
}

static void judge_pair(const struct pair *pair, double limit, enum identity_rule *rule,
                       double *score)
{
	if (may_join(pair) && weighed(pair) <= limit) {
		*rule = rule_of(pair, limit);
		*score = score_of(weighed(pair) / limit);
		return;
	}
	if (is_rare(pair)) {
		*rule = RULE_NAME_RARE;
		*score = score_of(pair->others / OTHERS_MAX);
		return;
	}
	*rule = RULE_NAME;
	*score = SCORE_NAME + (pair->local >= LOCAL_INITIAL ? SCORE_MADE_OF_NAME : 0) +
	         (pair->common || pair->answers ? SCORE_SOME_COMMON : 0);
	if (may_join(pair) && weighed(pair) <= CHANCE_COMMON)
		*score = SCORE_NEARLY;
}

/* The weighed chance up to which pairs are joined: so that among all that are, no more
 * than FALSE_SHARE_MAX are expected to be so by chance (Benjamini & Hochberg 1995,
 * doi:10.1111/j.2517-6161.1995.tb02031.x; the share of names of different people is
 * estimated after Storey 2002, doi:10.1111/1467-9868.00346). Each name is asked once, by
 * the best of its pairs, whose chance is corrected for the others already. pairs:
 * ascending by weighed chance; joined: in earlier rounds. */
static double limit_of(const GArray *pairs, int joined)
{
	int unlikely = 0, names = 0;
	double limit = 0;

	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = &g_array_index(pairs, struct pair, i);

		names += pair->best;
		unlikely += pair->best && pair->chance > 0.5;
	}
	double all = names + joined, different = MIN(1, (2.0 * unlikely + 1) / all);

	names = 0;
	for (guint i = 0; i < pairs->len; i++) {
		const struct pair *pair = &g_array_index(pairs, struct pair, i);

		names += pair->best;
		if (pair->best && weighed(pair) * different * all <= FALSE_SHARE_MAX * (joined + names))
			limit = weighed(pair);
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

static bool is_misnamed(const struct entry *entry)
{
	struct person_name name;

	return person_name_read(&name, entry->name) && local_is_of_another(entry->text, &name);
}

static void describe_pair(struct identity *identity, struct pair *pair)
{
	const struct entry *a = ENTRY(identity, pair->a), *b = ENTRY(identity, pair->b);

	pair->local = MIN(match_of(a), match_of(b));
	pair->same_local = is_same_local(a->text, b->text);
	pair->provided = a->everybodys || b->everybodys;
	pair->one_family = !a->everybodys && !b->everybodys &&
	                   !strcmp(domain_organisation(a->domain), domain_organisation(b->domain));
	pair->misnamed = is_misnamed(a) || is_misnamed(b);
}

/* May the other of a pair as well be the namesake of the one, who is known to be another?
 * Then the correspondents that only one of the two has in common with him are divided as
 * all of theirs are, and who answers for whom is chance. */
static bool may_be_namesake(struct identity *identity, const struct counted *counted, uint32_t one,
                            uint32_t other, uint32_t namesake)
{
	uint32_t a = person_root(identity, one), b = person_root(identity, other);
	uint32_t c = person_root(identity, namesake);
	double expected, ignored, own = person_ties_degree(&counted->ties, a);
	double others = person_ties_degree(&counted->ties, c);
	int by_one = person_ties_exclusive(&counted->ties, a, b, c);
	int by_namesake = person_ties_exclusive(&counted->ties, c, b, a);
	int answers = person_answers_between(&counted->answers, a, b, &expected);
	double chance = chance_of_tries(by_one, by_one + by_namesake, (own + 1) / (own + others + 2));

	if (answers && !person_answers_between(&counted->answers, c, b, &ignored))
		chance *= chance_of(answers, expected);
	return chance > CHANCE_NAMESAKE;
}

static void find_namesake(struct identity *identity, const struct counted *counted,
                          const GArray *persons, struct pair *pair)
{
	for (guint i = 0; i < persons->len && !pair->namesake; i++) {
		uint32_t third = g_array_index(persons, uint32_t, i);

		if (third == pair->a || third == pair->b)
			continue;
		if ((person_is_another(identity, third, pair->a) &&
		     may_be_namesake(identity, counted, pair->a, pair->b, third)) ||
		    (person_is_another(identity, third, pair->b) &&
		     may_be_namesake(identity, counted, pair->b, pair->a, third)))
			pair->namesake = ENTRY(identity, third)->text;
	}
}

/* The pair by which a name is asked: the least likely to be chance of those that nothing
 * speaks against. No name is asked of which it is known that they are all different. */
static void mark_best(struct identity *identity, GArray *pairs, guint first)
{
	struct pair *best = NULL;

	for (guint i = first; i < pairs->len; i++) {
		struct pair *pair = &g_array_index(pairs, struct pair, i);

		if (!pair->namesake && !person_is_another(identity, pair->a, pair->b) &&
		    (!best || compare_pairs(pair, best) < 0))
			best = pair;
	}
	if (best)
		best->best = true;
}

/* All pairs of persons of one name. */
static void add_pairs(struct identity *identity, const struct counted *counted, double others,
                      const GArray *persons, GArray *pairs)
{
	guint first = pairs->len, count = persons->len * (persons->len - 1) / 2;

	for (guint i = 0; i < persons->len; i++) {
		for (guint j = i + 1; j < persons->len; j++) {
			uint32_t a = g_array_index(persons, uint32_t, i);
			uint32_t b = g_array_index(persons, uint32_t, j);
			struct pair pair = { .a = MIN(a, b), .b = MAX(a, b), .others = others * count };

			describe_pair(identity, &pair);
			weigh_pair(identity, counted, &pair);
			find_namesake(identity, counted, persons, &pair);
			/* The more are called so, the more pairs may look alike (Bonferroni). */
			pair.chance = MIN(1, pair.chance * count);
			g_array_append_val(pairs, pair);
		}
	}
	mark_best(identity, pairs, first);
}

static GArray *find_pairs(struct identity *identity, const GArray *ordered,
                          const struct name_rarity *rarity)
{
	GArray *pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
	struct counted counted;

	person_ties_init(&counted.ties, identity);
	person_answers_init(&counted.answers, identity);
	for (guint from = 0, end; from < ordered->len; from = end) {
		end = block_end(identity, ordered, from);
		if (end - from < 2)
			continue;
		GArray *persons = persons_of_block(identity, ordered, from, end);
		const char *key = ENTRY(identity, g_array_index(ordered, uint32_t, from))->key;

		if (persons->len > 1)
			add_pairs(identity, &counted, name_rarity_others(rarity, key), persons, pairs);
		g_array_free(persons, TRUE);
	}
	person_answers_clear(&counted.answers);
	person_ties_clear(&counted.ties);
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
		if (person_join(identity, pair->a, pair->b, rule, score,
		                pair_evidence(identity, pair, rule)))
			joined++, a->touched = b->touched = true;
	}
	return joined;
}

void rule_common(struct identity *identity)
{
	GArray *ordered = entries_by_name(identity);
	struct name_rarity *rarity = name_rarity_new(identity, ordered);
	int joined = 0, before = -1;

	for (int round = 0; joined > before; round++) {
		GArray *pairs = find_pairs(identity, ordered, rarity);
		double limit = limit_of(pairs, joined);

		before = joined;
		if (round < ROUNDS_MAX)
			joined += judge_pairs(identity, pairs, limit, true);
		if (joined == before)
			judge_pairs(identity, pairs, limit, false);
		g_array_free(pairs, TRUE);
	}
	name_rarity_free(rarity);
	g_array_free(ordered, TRUE);
}
