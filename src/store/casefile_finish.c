/* The end of a read: what can only be said when all mail is in. */
#include "casefile_internal.h"

#include "identify.h"
#include "name_usage.h"
#include "schema.h"

#include "epistograph/error.h"

#include <string.h>

int casefile_make_indexes(struct casefile *casefile, struct error *err)
{
	if (casefile->indexed)
		return 0;
	for (const char *const *index = schema_indexes; *index; index++)
		if (casefile_execute(casefile, *index, err) < 0)
			return -1;
	casefile->indexed = true;
	return 0;
}

/* ---- after files were changed ---- */

/* Messages that no file holds any more, and what only they used. */
static const char *const removal[] = {
	"DELETE FROM body WHERE message IN (SELECT message FROM loose)",
	"DELETE FROM mention WHERE message IN (SELECT message FROM loose)",
	"DELETE FROM reference WHERE message IN (SELECT message FROM loose)",
	"DELETE FROM labelled WHERE message IN (SELECT message FROM loose)",
	"DELETE FROM conversation WHERE message IN (SELECT message FROM loose)",
	"UPDATE identifier SET message = NULL WHERE message IN (SELECT message FROM loose)",
	"UPDATE identifier SET message = first.message FROM (SELECT identifier, min(id) AS message"
	"  FROM message WHERE identifier IS NOT NULL AND id NOT IN (SELECT message FROM loose)"
	"  GROUP BY identifier) AS first"
	" WHERE first.identifier = identifier.id AND identifier.message IS NULL",
	"DELETE FROM message WHERE id IN (SELECT message FROM loose)",
	"DELETE FROM loose",
	NULL
};

/* Copies that are read anew may have other references than before, so this is
 * done even if no message went. */
static const char *const sweeping[] = {
	"DELETE FROM list WHERE id NOT IN (SELECT list FROM message WHERE list IS NOT NULL)",
	"DELETE FROM label WHERE id NOT IN (SELECT label FROM labelled)",
	"DELETE FROM identifier WHERE message IS NULL"
	" AND id NOT IN (SELECT identifier FROM reference)"
	" AND id NOT IN (SELECT in_reply_to FROM message WHERE in_reply_to IS NOT NULL)",
	NULL
};

/* A finding "same-id" names another place, which may be gone or have come since. */
static const char *const same_id_again[] = {
	"DELETE FROM note WHERE kind = 'same-id'",
	"INSERT OR IGNORE INTO note"
	" SELECT here.file, here.offset, 'same-id',"
	"  'another message with the same Message-ID is at ' || file.path || ':' || there.offset"
	" FROM message JOIN identifier ON identifier.id = message.identifier"
	"  AND identifier.message <> message.id"
	" JOIN origin AS here ON (here.file, here.offset, here.member) ="
	"  (SELECT file, offset, member FROM origin WHERE message = message.id"
	"   ORDER BY file, offset, member LIMIT 1)"
	" JOIN origin AS there ON (there.file, there.offset, there.member) ="
	"  (SELECT file, offset, member FROM origin WHERE message = identifier.message"
	"   ORDER BY file, offset, member LIMIT 1)"
	" JOIN file ON file.id = there.file",
	NULL
};

static int execute_all(struct casefile *casefile, const char *const *statements,
                       struct error *err)
{
	for (; *statements; statements++) {
		if (casefile_execute(casefile, *statements, err) < 0)
			return -1;
	}
	return 0;
}

static int sort_out_changes(struct casefile *casefile, struct error *err)
{
	if (!casefile->changed)
		return 0;
	if (execute_all(casefile, removal, err) < 0 ||
	    execute_all(casefile, sweeping, err) < 0 ||
	    execute_all(casefile, same_id_again, err) < 0)
		return -1;
	return 0;
}

/* Remove the rows of table whose id is not in used. */
static int keep_used(struct casefile *casefile, const char *table, GHashTable *used,
                     struct error *err)
{
	char *select = g_strdup_printf("SELECT id FROM %s", table);
	char *remove = g_strdup_printf("DELETE FROM %s WHERE id = ?", table);
	sqlite3_stmt *all = casefile_prepare(casefile, select, err);
	sqlite3_stmt *one = all ? casefile_prepare(casefile, remove, err) : NULL;
	int got = one ? 1 : -1;

	while (got > 0 && (got = casefile_step(casefile, all, err)) > 0) {
		int64_t id = sqlite3_column_int64(all, 0);

		if (g_hash_table_contains(used, GSIZE_TO_POINTER((gsize)id)))
			continue;
		bind_number(casefile, one, 1, id);
		if (casefile_run(casefile, one, err) < 0)
			got = -1;
	}
	sqlite3_finalize(all);
	sqlite3_finalize(one);
	g_free(select);
	g_free(remove);
	return got;
}

/* ---- the name of an address ---- */

/* By address; then the names seen in From before all others, by how often. */
static int compare_usages(const void *left, const void *right)
{
	const struct name_usage *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	if (a->in_from != b->in_from)
		return a->in_from > b->in_from ? -1 : 1;
	if (a->in_from == 0 && a->anywhere != b->anywhere)
		return a->anywhere > b->anywhere ? -1 : 1;
	return a->name < b->name ? -1 : a->name > b->name;
}

static bool is_tie(const struct name_usage *a, const struct name_usage *b)
{
	return a->in_from == b->in_from && (a->in_from > 0 || a->anywhere == b->anywhere);
}

/* The best of the usages of one address; 0 if none will do. */
static int best_name(struct casefile *casefile, const char *address, const struct name_usage *usages,
                     size_t count, int64_t *best, struct error *err)
{
	const struct name_usage *chosen = NULL;
	char *chosen_text = NULL;
	int status = -1;

	for (size_t i = 0; i < count && (!chosen || is_tie(chosen, &usages[i])); i++) {
		sqlite3_stmt *get = casefile_statement(casefile, NAME_TEXT, err);

		if (!get)
			goto free_text;
		bind_number(casefile, get, 1, usages[i].name);
		int got = casefile_step(casefile, get, err);

		if (got < 0)
			goto free_text;
		const char *text = got > 0 ? column_text(get, 0) : "";

		if (!name_is_address(text, address) && !name_is_of_somebody_else(text) &&
		    (!chosen || strcmp(text, chosen_text) < 0)) {
			chosen = &usages[i];
			g_free(chosen_text);
			chosen_text = g_strdup(text);
		}
		sqlite3_reset(get);
	}
	*best = chosen ? chosen->name : 0;
	status = 0;

free_text:
	g_free(chosen_text);
	return status;
}

static int set_name(struct casefile *casefile, int64_t address, int64_t name, struct error *err)
{
	sqlite3_stmt *set = casefile_statement(casefile, ADDRESS_SET_NAME, err);

	if (!set)
		return -1;
	bind_number(casefile, set, 1, address);
	bind_id(casefile, set, 2, name);
	return casefile_run(casefile, set, err);
}

/* usages are in the order of addresses: walk both together. */
static int set_names(struct casefile *casefile, const struct name_usage *usages, size_t count,
                     struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT id, address, name FROM address"
	                                     " ORDER BY id", err);
	size_t at = 0;
	int got = -1;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0) {
		int64_t id = sqlite3_column_int64(all, 0), best;

		while (at < count && usages[at].address < id)
			at++;
		size_t end = at;

		while (end < count && usages[end].address == id)
			end++;
		got = best_name(casefile, column_text(all, 1), usages + at, end - at, &best, err);
		if (got == 0 && best != sqlite3_column_int64(all, 2))
			got = set_name(casefile, id, best, err);
		if (got < 0)
			break;
	}
	sqlite3_finalize(all);
	return got;
}

static int choose_names(struct casefile *casefile, GArray *usages, struct error *err)
{
	if (usages->len > 0)
		qsort(usages->data, usages->len, sizeof(struct name_usage), compare_usages);
	return set_names(casefile, (const struct name_usage *)(void *)usages->data, usages->len, err);
}

/* ---- the end ---- */

/* Names and threads, after changes the removal of addresses and names without a use,
 * persons. */
static int settle(struct casefile *casefile, struct error *err)
{
	struct name_usages count = { g_array_new(FALSE, FALSE, sizeof(struct name_usage)), NULL, NULL };
	int status = -1;

	if (casefile->changed) {
		count.addresses = g_hash_table_new(g_direct_hash, g_direct_equal);
		count.names = g_hash_table_new(g_direct_hash, g_direct_equal);
	}
	if (bcc_count(casefile, err) < 0 || name_usages_count(casefile, &count, err) < 0 ||
	    choose_names(casefile, count.usages, err) < 0 ||
	    casefile_link_threads(casefile, err) < 0)
		goto free_count;
	if (casefile->changed && (keep_used(casefile, "address", count.addresses, err) < 0 ||
	                          keep_used(casefile, "name", count.names, err) < 0))
		goto free_count;
	if (casefile_identify(casefile, count.usages, err) < 0 ||
	    verification_settle(casefile, err) < 0)
		goto free_count;
	status = casefile_set_changed(casefile, false, err);
	if (status == 0)
		status = casefile_set_settled(casefile, true, err);

free_count:
	memo_drop(&casefile->memo);     /* what was stored here is not in it */
	g_array_free(count.usages, TRUE);
	if (count.addresses) {
		g_hash_table_destroy(count.addresses);
		g_hash_table_destroy(count.names);
	}
	return status;
}

static int end_read(struct casefile *casefile, struct error *err)
{
	bool changed = casefile->changed;

	if (casefile_make_indexes(casefile, err) < 0 ||
	    sort_out_changes(casefile, err) < 0 ||
	    (!casefile->settled && copies_settle(casefile, err) < 0) ||
	    (!casefile->settled && settle(casefile, err) < 0) ||
	    casefile_commit(casefile, err) < 0)
		return -1;
	/* Ids were freed, and what is cached may be gone. */
	return changed ? casefile_load_ids(casefile, err) : 0;
}

int casefile_finish(struct casefile *casefile, struct error *err)
{
	if (casefile->settled && casefile->indexed && !casefile->in_transaction && !casefile->failed)
		return 0;
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (files_note(casefile, INT64_MAX, err) == 0 && held_store_all(casefile, err) == 0 &&
	    end_read(casefile, err) == 0)
		return 0;
	casefile_abandon(casefile);
	return -1;
}
