/* What the user decided on who is whom, and the links the rules found. */
#include "identify.h"

#include "epistograph/error.h"

int casefile_aliases(struct casefile *casefile, struct alias_list *list, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT address, person, name FROM alias"
	                                     " ORDER BY address", err);
	int got;

	*list = (struct alias_list){ 0 };
	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0)
		alias_list_set(list, column_text(all, 0), column_text(all, 1), column_text(all, 2));
	sqlite3_finalize(all);
	if (got < 0)
		alias_list_clear(list);
	return got;
}

static int store_aliases(struct casefile *casefile, const struct alias_list *list,
                         struct error *err)
{
	sqlite3_stmt *add = casefile_compile(casefile, "INSERT INTO alias VALUES (?, ?, ?)", err);
	int status = add ? 0 : -1;

	for (size_t i = 0; status == 0 && i < list->count; i++) {
		bind_text(casefile, add, 1, list->aliases[i].address);
		bind_text(casefile, add, 2, list->aliases[i].person);
		bind_text(casefile, add, 3, list->aliases[i].name);
		status = casefile_run(casefile, add, err);
	}
	sqlite3_finalize(add);
	return status;
}

static const char remember_sql[] =
	"INSERT INTO alias_before SELECT step, address, person, name FROM"
	" (SELECT ifnull(max(step), 0) + 1 AS step FROM alias_before),"
	" (SELECT address, person, name FROM alias UNION ALL SELECT '', '', '');"
	"DELETE FROM alias";

int casefile_keep_aliases(struct casefile *casefile, const struct alias_list *list,
                          struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (casefile_execute(casefile, remember_sql, err) == 0 &&
	    store_aliases(casefile, list, err) == 0 &&
	    casefile_identify_by(casefile, NULL, list, err) == 0 && casefile_commit(casefile, err) == 0)
		return 0;
	casefile_abandon(casefile);
	return -1;
}

static const char undo_sql[] =
	"DELETE FROM alias;"
	"INSERT INTO alias SELECT address, person, name FROM alias_before"
	" WHERE step = (SELECT max(step) FROM alias_before) AND address <> '';"
	"DELETE FROM alias_before WHERE step = (SELECT max(step) FROM alias_before)";

static int count_steps(struct casefile *casefile, int64_t *count, struct error *err)
{
	sqlite3_stmt *row = casefile_prepare(casefile, "SELECT count(DISTINCT step) FROM alias_before",
	                                     err);
	int got = row ? casefile_step(casefile, row, err) : -1;

	if (got > 0)
		*count = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return got > 0 ? 0 : -1;
}

int casefile_undo_aliases(struct casefile *casefile, int64_t *left, struct error *err)
{
	if (count_steps(casefile, left, err) < 0)
		return -1;
	if (!*left)
		return error_set(err, "nothing is left to undo in %s", casefile->path);
	--*left;
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (casefile_execute(casefile, undo_sql, err) == 0 &&
	    casefile_identify(casefile, NULL, err) == 0 && casefile_commit(casefile, err) == 0)
		return 0;
	casefile_abandon(casefile);
	return -1;
}

/* Tables of the same names that hide those of the file from this connection. The
 * file is not touched. */
static const char shadows[] =
	"PRAGMA temp_store = MEMORY;"
	"CREATE TEMP TABLE address(id INTEGER PRIMARY KEY, address TEXT, person INTEGER, name INTEGER);"
	"INSERT INTO temp.address SELECT id, address, person, name FROM main.address;"
	"CREATE TEMP TABLE person(id INTEGER PRIMARY KEY, name TEXT);"
	"INSERT INTO temp.person SELECT id, name FROM main.person;"
	"CREATE TEMP TABLE link(address INTEGER, other INTEGER, rule TEXT, state TEXT, score REAL,"
	" confirmed INTEGER, evidence TEXT, PRIMARY KEY(address, other)) WITHOUT ROWID;"
	"INSERT INTO temp.link SELECT address, other, rule, state, score, confirmed, evidence"
	" FROM main.link";

static int begin_trial(struct casefile *casefile, struct error *err)
{
	if (casefile->writing)
		return error_set(err, "%s is open for writing", casefile->path);
	if (casefile_execute(casefile, "PRAGMA query_only = 0", err) < 0 ||
	    (!casefile->shadowed && casefile_execute(casefile, shadows, err) < 0))
		return -1;
	casefile->shadowed = true;
	return casefile_execute(casefile, "BEGIN", err);
}

/* What was tried holds if status is 0; else all is as before the trial. Returns status. */
static int end_trial(struct casefile *casefile, int status, struct error *err)
{
	if (status == 0)
		status = casefile_execute(casefile, "COMMIT", err);
	/* What failed is told already; a rollback that fails has nothing to add. */
	if (!sqlite3_get_autocommit(casefile->db))
		sqlite3_exec(casefile->db, "ROLLBACK", NULL, NULL, NULL);
	if (casefile_execute(casefile, "PRAGMA query_only = 1", err) < 0)
		status = -1;
	return status;
}

int casefile_try_aliases(struct casefile *casefile, const struct alias_list *list,
                         struct error *err)
{
	if (begin_trial(casefile, err) < 0)
		return -1;
	return end_trial(casefile, casefile_identify_by(casefile, NULL, list, err), err);
}

/* Run sql for each address: ?1 is the first, ?2 the address. */
static int for_each_address(struct casefile *casefile, const char *sql,
                            const char *const *addresses, struct error *err)
{
	sqlite3_stmt *run = casefile_compile(casefile, sql, err);
	int status = run ? 0 : -1;

	for (size_t i = 0; status == 0 && addresses[i]; i++) {
		bind_text(casefile, run, 1, addresses[0]);
		bind_text(casefile, run, 2, addresses[i]);
		status = casefile_run(casefile, run, err);
	}
	sqlite3_finalize(run);
	return status;
}

int casefile_try_split(struct casefile *casefile, const char *const *addresses, struct error *err)
{
	if (begin_trial(casefile, err) < 0)
		return -1;
	int status = for_each_address(casefile, "UPDATE address SET person = (SELECT id FROM address"
	                              " WHERE address = ?1) WHERE address = ?2", addresses, err);
	if (status == 0)
		status = for_each_address(casefile, "INSERT OR IGNORE INTO person SELECT address.id,"
		                          " ifnull(name.name, '') FROM address LEFT JOIN name ON"
		                          " name.id = address.name WHERE address.address = ?1"
		                          " AND ?1 = ?2", addresses, err);
	return end_trial(casefile, status, err);
}

static const char links_sql[] =
	"SELECT one.address, two.address, rule, state, score, confirmed, evidence,"
	" first.address, second.address"
	" FROM link JOIN address AS one ON one.id = link.address"
	" JOIN address AS two ON two.id = link.other"
	" JOIN address AS first ON first.id = one.person"
	" JOIN address AS second ON second.id = two.person"
	" ORDER BY first.address, one.address, two.address";

int casefile_links(struct casefile *casefile,
                   int (*row)(void *context, const struct casefile_link *link, struct error *err),
                   void *context, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, links_sql, err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0) {
		struct casefile_link link = {
			.address = column_text(all, 0), .other = column_text(all, 1),
			.rule = column_text(all, 2), .state = column_text(all, 3),
			.score = sqlite3_column_double(all, 4),
			.confirmed = sqlite3_column_int(all, 5), .evidence = column_text(all, 6),
			.person = column_text(all, 7), .other_person = column_text(all, 8),
		};
		int status = row(context, &link, err);

		if (status) {
			got = status;
			break;
		}
	}
	sqlite3_finalize(all);
	return got;
}
