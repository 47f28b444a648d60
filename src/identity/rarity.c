/* How many people would bear a full name by chance, by how many share its words. */
#include "identity_internal.h"

#include "word_tables.h"

#include <string.h>

/* Among fewer names nobody can tell which of their words are rare. */
#define NAMES_MIN 100

/* What a name of our table of frequent ones is borne by at the least. */
#define FREQUENT_SHARE 0.005

struct name_rarity {
	GHashTable *words;              /* to the number of full names that have the word */
	double names;                   /* different full names */
	double once;                    /* what a word met in one name counts for, see below */
};

/* The words of a key, each once; g_strfreev(). */
static char **words_of(const char *key)
{
	char **words = g_strsplit(key, " ", -1);
	int kept = 0;

	for (int i = 0; words[i]; i++) {
		if (kept && !strcmp(words[kept - 1], words[i]))
			g_free(words[i]);
		else
			words[kept++] = words[i];
	}
	words[kept] = NULL;
	return words;
}

/* How often a word that was met once is to be expected once more is told by how many
 * words were met twice: 2 N2 / N1 (Good 1953, doi:10.1093/biomet/40.3-4.237). */
static void settle_once(struct name_rarity *rarity)
{
	double once = 0, twice = 0;
	GHashTableIter iter;
	gpointer count;

	g_hash_table_iter_init(&iter, rarity->words);
	while (g_hash_table_iter_next(&iter, NULL, &count)) {
		once += GPOINTER_TO_INT(count) == 1;
		twice += GPOINTER_TO_INT(count) == 2;
	}
	rarity->once = once > 0 ? MIN(1, 2 * MAX(twice, 1) / once) : 1;
}

struct name_rarity *name_rarity_new(struct identity *identity, const GArray *ordered)
{
	struct name_rarity *rarity = g_new0(struct name_rarity, 1);

	rarity->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint from = 0; from < ordered->len; from = block_end(identity, ordered, from)) {
		char **words = words_of(ENTRY(identity, g_array_index(ordered, uint32_t, from))->key);

		for (char **word = words; *word; word++) {
			int count = GPOINTER_TO_INT(g_hash_table_lookup(rarity->words, *word));

			g_hash_table_insert(rarity->words, *word, GINT_TO_POINTER(count + 1));
		}
		g_free(words);          /* the table has the words */
		rarity->names++;
	}
	settle_once(rarity);
	return rarity;
}

void name_rarity_free(struct name_rarity *rarity)
{
	g_hash_table_destroy(rarity->words);
	g_free(rarity);
}

/* Of people who bear its rarest word so many have its most common one as well, if words
 * come together by chance. Words between the two are left out: the parts of "de la Tour"
 * come together by custom. */
double name_rarity_others(const struct name_rarity *rarity, const char *key)
{
	char **words = words_of(key);
	double least = 1, most = rarity->names;

	for (int i = 0; words[i] && rarity->names >= NAMES_MIN; i++) {
		int met = GPOINTER_TO_INT(g_hash_table_lookup(rarity->words, words[i]));
		double others = met > 1 ? met - 1 : rarity->once;

		if (is_frequent_name(words[i]))
			others = MAX(others, FREQUENT_SHARE * rarity->names);
		least = i ? MIN(least, others) : others;
		most = i ? MAX(most, others) : others;
	}
	g_strfreev(words);
	return least * most / rarity->names;
}
