#include "filter_sets.h"

#include "epistograph/error.h"

#include <stdlib.h>
#include <string.h>

bool filter_set_has(GHashTable *set, int64_t id)
{
	return !set || g_hash_table_contains(set, GSIZE_TO_POINTER((gsize)id));
}

char *filter_fold(const char *text)
{
	char *valid = g_utf8_make_valid(text, -1);
	char *folded = g_utf8_casefold(valid, -1);
	char *composed = g_utf8_normalize(folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);

	g_free(valid);
	g_free(folded);
	return composed;
}

static bool is_asked(const char *const *texts)
{
	return texts && texts[0];
}

/* The filter's words, folded; an owned NULL-terminated array. */
static char **fold_all(const char *const *texts)
{
	GPtrArray *folded = g_ptr_array_new();

	for (; *texts; texts++)
		g_ptr_array_add(folded, filter_fold(*texts));
	g_ptr_array_add(folded, NULL);
	return (char **)g_ptr_array_free(folded, FALSE);
}

static GHashTable *set_new(void)
{
	return g_hash_table_new(g_direct_hash, g_direct_equal);
}

static void set_add(GHashTable *set, int64_t id)
{
	g_hash_table_add(set, GSIZE_TO_POINTER((gsize)id));
}

/* ---- which of the words does a row match: does(word, folded text of the row) ---- */

static bool is_same(const char *word, const char *text)
{
	return strcmp(word, text) == 0;
}

/* word is the domain of the address, or a parent of it; "@example.org" will do
 * for "example.org". */
static bool is_domain(const char *word, const char *address)
{
	const char *domain = strrchr(address, '@');

	if (!domain)
		return false;
	word += word[0] == '@';
	size_t length = strlen(++domain), wanted = strlen(word);

	if (wanted == 0 || wanted > length || strcmp(domain + length - wanted, word) != 0)
		return false;
	return wanted == length || domain[length - wanted - 1] == '.';
}

/* word is the whole List-Id, or its first label. */
static bool is_list(const char *word, const char *list_id)
{
	size_t label = strcspn(list_id, ".");

	return strcmp(word, list_id) == 0 || (strlen(word) == label && label > 0 &&
	                                      strncmp(word, list_id, label) == 0);
}

/* Gather into set the ids of the rows of sql (id and two texts or NULL) whose
 * texts match a word; *met[i] tells that word i was matched. */
static int gather(struct casefile *casefile, const char *sql, const char *const *texts,
                  bool (*does)(const char *word, const char *text), GHashTable *set, bool *met,
                  struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, sql, err);
	int got;

	if (!all)
		return -1;
	char **words = fold_all(texts);

	while ((got = casefile_step(casefile, all, err)) > 0) {
		char *first = filter_fold(column_text(all, 1));
		char *second = filter_fold(column_text(all, 2));

		for (size_t i = 0; words[i]; i++) {
			if (!does(words[i], first) && !(second[0] && does(words[i], second)))
				continue;
			set_add(set, sqlite3_column_int64(all, 0));
			met[i] = true;
		}
		g_free(first);
		g_free(second);
	}
	g_strfreev(words);
	sqlite3_finalize(all);
	return got;
}

/* Make *set of what the filter asks for. With `unknown`, a word that nothing
 * matches is an error: "no UNKNOWN "word" in FILE". */
static int make_set(struct casefile *casefile, const char *sql, const char *const *texts,
                    bool (*does)(const char *word, const char *text), const char *unknown,
                    GHashTable **set, struct error *err)
{
	if (!is_asked(texts))
		return 0;
	bool *met = g_new0(bool, g_strv_length((char **)texts));

	*set = set_new();
	int status = gather(casefile, sql, texts, does, *set, met, err);

	for (size_t i = 0; status == 0 && unknown && texts[i]; i++) {
		if (!met[i])
			status = error_set(err, "no %s \"%s\" in %s", unknown, texts[i], casefile->path);
	}
	g_free(met);
	return status;
}

static int load_loose(struct casefile *casefile, GHashTable **set, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT message FROM loose", err);
	int got;

	if (!all)
		return -1;
	*set = set_new();
	while ((got = casefile_step(casefile, all, err)) > 0)
		set_add(*set, sqlite3_column_int64(all, 0));
	sqlite3_finalize(all);
	return got;
}

/* Persons by address or exact name. */
static int make_person_set(struct casefile *casefile, const char *const *who, GHashTable **set,
                           struct error *err)
{
	return make_set(casefile, "SELECT address.person, address.address, name.name FROM address"
	                " LEFT JOIN name ON name.id = address.name"
	                " UNION ALL SELECT id, name, NULL FROM person WHERE name <> ''", who, is_same,
	                "person", set, err);
}

/* The messages that have one of these labels themselves or in a copy. */
static int make_label_set(struct casefile *casefile, const char *const *labels, GHashTable **set,
                          struct error *err)
{
	GHashTable *chosen = NULL;
	sqlite3_stmt *all = NULL;
	int got = make_set(casefile, "SELECT id, label, NULL FROM label", labels, is_same,
	                   "message with the label", &chosen, err);

	if (!chosen)
		return got;
	if (got == 0) {
		all = casefile_prepare(casefile, "SELECT ifnull(original, id), label FROM labelled"
		                       " JOIN message ON id = message", err);
		got = all ? 0 : -1;
	}
	*set = set_new();
	while (all && (got = casefile_step(casefile, all, err)) > 0)
		if (filter_set_has(chosen, sqlite3_column_int64(all, 1)))
			set_add(*set, sqlite3_column_int64(all, 0));
	sqlite3_finalize(all);
	g_hash_table_destroy(chosen);
	return got;
}

int filter_sets_init(struct filter_sets *sets, struct casefile *casefile,
                     const struct filter *filter, struct error *err)
{
	*sets = (struct filter_sets){ 0 };
	if (make_person_set(casefile, filter->persons, &sets->persons, err) < 0 ||
	    make_set(casefile, "SELECT id, address, NULL FROM address", filter->domains, is_domain,
	             NULL, &sets->domains, err) < 0 ||
	    make_set(casefile, "SELECT id, list_id, NULL FROM list", filter->lists, is_list, NULL,
	             &sets->lists, err) < 0 ||
	    make_label_set(casefile, filter->labels, &sets->labelled, err) < 0 ||
	    make_label_set(casefile, filter->not_labels, &sets->unwanted, err) < 0 ||
	    load_loose(casefile, &sets->loose, err) < 0) {
		filter_sets_clear(sets);
		return -1;
	}
	return 0;
}

static void set_free(GHashTable *set)
{
	if (set)
		g_hash_table_destroy(set);
}

void filter_sets_clear(struct filter_sets *sets)
{
	set_free(sets->persons);
	set_free(sets->domains);
	set_free(sets->lists);
	set_free(sets->labelled);
	set_free(sets->unwanted);
	set_free(sets->loose);
	*sets = (struct filter_sets){ 0 };
}

static int compare_ids(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

int casefile_find_persons(struct casefile *casefile, const char *who, int64_t **persons,
                          size_t *count, struct error *err)
{
	const char *const asked[] = { who, NULL };
	GHashTable *set = NULL;
	GHashTableIter iter;
	void *id;

	if (make_person_set(casefile, asked, &set, err) < 0) {
		set_free(set);
		return -1;
	}
	*persons = g_new(int64_t, g_hash_table_size(set));
	*count = 0;
	g_hash_table_iter_init(&iter, set);
	while (g_hash_table_iter_next(&iter, &id, NULL))
		(*persons)[(*count)++] = (int64_t)GPOINTER_TO_SIZE(id);
	qsort(*persons, *count, sizeof **persons, compare_ids);
	set_free(set);
	return 0;
}
