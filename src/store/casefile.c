/* A case file opened, checked, made, and its transactions. */
#include "casefile_internal.h"

#include "schema.h"

#include "epistograph/error.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* A batch ends after some time, so that what a kill may cost is read again in that
 * time, on a slow disk as on a fast one. A commit waits for the disk three times: the
 * first batches are short, to keep something early, and each is twice as long as the
 * one before. */
#define BATCH_FIRST_US (G_USEC_PER_SEC / 4)
#define BATCH_LAST_US (2 * G_USEC_PER_SEC)
#define BATCH_BYTES (64 << 20)

/* How long to wait for somebody else's lock, milliseconds. */
#define PATIENCE_MS 500

struct identity { int64_t application, version, tables; };

/* ---- opening ---- */

static int connect(struct casefile *casefile, int flags, bool immutable)
{
	char *name;

	/* One thread of ours speaks to SQLite, and nobody asks how much memory it takes. Both
	 * cost something at every page; where it runs already, this is refused. */
	sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

	if (immutable) {
		char *escaped = g_uri_escape_string(casefile->path, "/", FALSE);

		name = g_strconcat("file:", escaped, "?immutable=1", NULL);
		flags |= SQLITE_OPEN_URI;
		g_free(escaped);
	} else {
		/* SQLite takes ":memory:" and the like for something else. */
		name = g_strconcat(casefile->path[0] == ':' ? "./" : "", casefile->path, NULL);
	}
	int rc = sqlite3_open_v2(name, &casefile->db, flags | SQLITE_OPEN_NOMUTEX, NULL);

	g_free(name);
	if (rc != SQLITE_OK)
		return rc;
	sqlite3_extended_result_codes(casefile->db, 1);
	sqlite3_busy_timeout(casefile->db, PATIENCE_MS);
	/* A case file is passed on between people; its schema is not to be trusted. */
	sqlite3_db_config(casefile->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(casefile->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return SQLITE_OK;
}

static int identity_number(sqlite3 *db, const char *sql, int64_t *number)
{
	sqlite3_stmt *statement;
	int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_step(statement);
	if (rc == SQLITE_ROW)
		*number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

/* The first look into the file: an SQLite code. */
static int read_identity(sqlite3 *db, struct identity *identity)
{
	int rc = identity_number(db, "SELECT count(*) FROM sqlite_master", &identity->tables);

	if (rc == SQLITE_OK)
		rc = identity_number(db, "PRAGMA application_id", &identity->application);
	if (rc == SQLITE_OK)
		rc = identity_number(db, "PRAGMA user_version", &identity->version);
	return rc;
}

static int check_identity(const struct casefile *casefile, const struct identity *identity,
                          struct error *err)
{
	if (identity->application != CASEFILE_APPLICATION_ID)
		return error_set(err, "%s is not a case file: it is a database of another program",
		                 casefile->path);
	if (identity->version > CASEFILE_VERSION)
		return error_set(err, "%s was written by a newer epistograph (version %lld of the case"
		                 " file, this one knows %d)", casefile->path,
		                 (long long)identity->version, CASEFILE_VERSION);
	if (identity->version < 1)
		return error_set(err, "%s is damaged: it has no version", casefile->path);
	if (identity->version < CASEFILE_VERSION)
		return error_set(err, "%s was written by an older epistograph (version %lld of the case"
		                 " file, this one writes %d): read the mail again into a new case file",
		                 casefile->path, (long long)identity->version, CASEFILE_VERSION);
	return 0;
}

static bool is_blank(const struct identity *identity)
{
	return identity->tables == 0 && identity->application == 0 && identity->version == 0;
}

static bool has_content(const char *path, const char *suffix)
{
	char *name = g_strconcat(path, suffix, NULL);
	struct stat status;
	bool content = stat(name, &status) == 0 && status.st_size > 0;

	g_free(name);
	return content;
}

/* Read-only places and media: SQLite wants to make files beside some databases
 * or to lock them. One that nobody can write may be read without either. */
static int reopen_immutable(struct casefile *casefile, struct identity *identity, int rc,
                            struct error *err)
{
	if (has_content(casefile->path, "-journal") || has_content(casefile->path, "-wal"))
		return error_set(err, "%s was being written when the program was stopped, and cannot be"
		                 " put in order here: copy it, with the file of the same name and"
		                 " \"-journal\" or \"-wal\", to where you can write", casefile->path);
	if (sqlite3_db_readonly(casefile->db, "main") != 1 && access(casefile->path, W_OK) == 0 &&
	    (rc & 0xff) == SQLITE_IOERR)
		return casefile_fail(casefile, rc, err);
	sqlite3_close(casefile->db);
	casefile->db = NULL;
	rc = connect(casefile, SQLITE_OPEN_READONLY, true);
	if (rc == SQLITE_OK)
		rc = read_identity(casefile->db, identity);
	return rc == SQLITE_OK ? 0 : casefile_fail(casefile, rc, err);
}

static int open_to_read(struct casefile *casefile, struct error *err)
{
	struct identity identity = { 0 };
	/* READWRITE, because a write that was broken off is taken back by the
	 * next who opens the file; SQLite goes down to read-only by itself. */
	int rc = connect(casefile, SQLITE_OPEN_READWRITE, false);

	if (rc != SQLITE_OK)
		return casefile_fail(casefile, rc, err);
	rc = read_identity(casefile->db, &identity);
	switch (rc & 0xff) {
	case SQLITE_OK:
		break;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_IOERR:
		if (reopen_immutable(casefile, &identity, rc, err) < 0)
			return -1;
		break;
	default:
		return casefile_fail(casefile, rc, err);
	}
	if (is_blank(&identity))
		return error_set(err, "%s is empty: nothing was read into it", casefile->path);
	if (check_identity(casefile, &identity, err) < 0)
		return -1;
	return casefile_execute(casefile, "PRAGMA query_only = 1; PRAGMA cell_size_check = 1", err);
}

static void remove_files(const char *path)
{
	char *journal = g_strconcat(path, "-journal", NULL);

	unlink(path);
	unlink(journal);
	g_free(journal);
}

/* Of a file that did not exist before, nothing is left if this fails. */
static int make_schema(struct casefile *casefile, bool existed, struct error *err)
{
	char *stamp = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
	                              CASEFILE_APPLICATION_ID, CASEFILE_VERSION);
	int rc = sqlite3_exec(casefile->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
	int status = rc == SQLITE_OK ? 0 : casefile_fail(casefile, rc, err);
	bool locked = (rc & 0xff) != SQLITE_BUSY;       /* else it may be somebody else's */

	casefile->in_transaction = status == 0;
	for (int i = 0; status == 0 && schema_statements[i]; i++)
		status = casefile_execute(casefile, schema_statements[i], err);
	if (status == 0)
		status = casefile_execute(casefile, stamp, err);
	if (status == 0)
		status = casefile_execute(casefile, "COMMIT", err);
	casefile->in_transaction = false;
	if (status < 0 && locked && !existed)
		remove_files(casefile->path);
	g_free(stamp);
	return status;
}

/* Take the lock that is held until close, and see now whether the file and its
 * journal can be written, not after hours of reading. */
static int try_writing(struct casefile *casefile, struct error *err)
{
	return casefile_execute(casefile, "BEGIN EXCLUSIVE; UPDATE state SET settled = settled + 1;"
	                        " ROLLBACK", err);
}

/* SQLite tries a file that it cannot make once more, for reading only, and then
 * tells of that. Ask for the reason again. */
static int cannot_make(struct casefile *casefile, int rc, struct error *err)
{
	char *folder = g_path_get_dirname(casefile->path);
	int status;

	if (access(folder, W_OK | X_OK) < 0)
		status = error_set(err, "cannot make %s: %s", casefile->path, g_strerror(errno));
	else
		status = casefile_fail(casefile, rc, err);
	g_free(folder);
	return status;
}

static int open_to_write(struct casefile *casefile, bool existed, struct error *err)
{
	struct identity identity = { 0 };
	int rc = connect(casefile, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, false);

	if (rc != SQLITE_OK)
		return existed ? casefile_fail(casefile, rc, err) : cannot_make(casefile, rc, err);
	if (sqlite3_db_readonly(casefile->db, "main") == 1)
		return casefile_fail(casefile, SQLITE_READONLY, err);
	/* A first read is mostly the writing of new pages: of twice the usual size they are half
	 * as many. Of a file that is there already this changes nothing. */
	if (casefile_execute(casefile, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192",
	                     err) < 0)
		return -1;
	rc = read_identity(casefile->db, &identity);
	if (rc != SQLITE_OK)
		return casefile_fail(casefile, rc, err);
	if (!is_blank(&identity) && check_identity(casefile, &identity, err) < 0)
		return -1;
	/* NORMAL: a kill or a crash loses nothing that was committed, a power cut at
	 * most the last batches. The journal is removed at close. */
	if (casefile_execute(casefile, "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = NORMAL;"
	                     " PRAGMA cell_size_check = 1; PRAGMA cache_size = -16384", err) < 0)
		return -1;
	casefile->journal_persists = true;
	if (is_blank(&identity) ? make_schema(casefile, existed, err) < 0
	                        : try_writing(casefile, err) < 0)
		return -1;
	return casefile_load_ids(casefile, err);
}

struct casefile *casefile_open(const char *path, enum casefile_mode mode, struct error *err)
{
	struct casefile *casefile = g_new0(struct casefile, 1);
	bool existed = access(path, F_OK) == 0;
	int status;

	casefile->path = g_strdup(path);
	casefile->writing = mode == CASEFILE_WRITE;
	casefile->batch_us = BATCH_FIRST_US;
	for (int table = 0; table < ROW_TABLE_COUNT; table++)
		held_rows_init(&casefile->held[table], (enum row_table)table);
	casefile->fresh = g_queue_new();
	memo_init(&casefile->memo);
	casefile->suspects = g_array_new(FALSE, FALSE, sizeof(int64_t));
	casefile->addresses = (struct intern){ .find = ADDRESS_FIND, .insert = ADDRESS_INSERT };
	casefile->names = (struct intern){ .find = NAME_FIND, .insert = NAME_INSERT };
	casefile->lists = (struct intern){ .find = LIST_FIND, .insert = LIST_INSERT };
	casefile->labels = (struct intern){ .find = LABEL_FIND, .insert = LABEL_INSERT };
	if (path[0] == '\0')
		status = error_set(err, "the case file needs a name");
	else if (mode == CASEFILE_WRITE)
		status = open_to_write(casefile, existed, err);
	else if (!existed)
		status = error_set(err, "there is no case file %s: %s", path, g_strerror(errno));
	else
		status = open_to_read(casefile, err);
	if (status == 0)
		return casefile;
	casefile_close(casefile);
	return NULL;
}

void casefile_close(struct casefile *casefile)
{
	if (!casefile)
		return;
	casefile_abandon(casefile);
	for (int i = 0; i < STATEMENT_COUNT; i++)
		sqlite3_finalize(casefile->statements[i]);
	for (int table = 0; table < ROW_TABLE_COUNT; table++)
		held_rows_clear(&casefile->held[table]);
	if (casefile->db) {
		/* Going back to DELETE removes the journal. Not so after a failure:
		 * a journal that could not be rolled back is all that keeps the file
		 * valid, and SQLite would remove it all the same. */
		if (casefile->journal_persists && !casefile->db_failed)
			sqlite3_exec(casefile->db, "PRAGMA locking_mode = NORMAL;"
			             " PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
		sqlite3_close(casefile->db);
	}
	id_cache_clear(&casefile->addresses.ids);
	id_cache_clear(&casefile->names.ids);
	id_cache_clear(&casefile->lists.ids);
	id_cache_clear(&casefile->labels.ids);
	id_cache_clear(&casefile->recent);
	key_index_clear(&casefile->paths);
	key_index_clear(&casefile->messages);
	key_index_clear(&casefile->identifiers);
	key_index_clear(&casefile->copy_keys);
	files_forget(casefile);
	memo_clear(&casefile->memo);
	g_queue_free(casefile->fresh);
	g_array_free(casefile->suspects, TRUE);
	g_free(casefile->last_path);
	g_free(casefile->path);
	g_free(casefile);
}

/* ---- ids and transactions ---- */

static int load_next(struct casefile *casefile, const char *table, int64_t *next, struct error *err)
{
	char *sql = g_strdup_printf("SELECT max(id) FROM %s", table);
	int64_t last;
	int status = casefile_number(casefile, sql, 0, &last, err);

	g_free(sql);
	if (status < 0)
		return -1;
	if (last < 0 || last > (int64_t)KEY_ID_MAX)
		return error_set(err, "%s is damaged: an id in %s is out of range", casefile->path, table);
	*next = last + 1;
	return 0;
}

/* Mail is read in the order of paths: what comes behind the last one is new, and
 * needs not be looked for. */
static int load_last_path(struct casefile *casefile, struct error *err)
{
	sqlite3_stmt *last = casefile_prepare(casefile, "SELECT max(path) FROM file", err);

	if (!last)
		return -1;
	int got = casefile_step(casefile, last, err);

	g_free(casefile->last_path);
	casefile->last_path = got > 0 ? g_strdup((const char *)sqlite3_column_text(last, 0)) : NULL;
	sqlite3_finalize(last);
	return got < 0 ? -1 : 0;
}

int casefile_load_ids(struct casefile *casefile, struct error *err)
{
	int64_t settled, changed, indexes;

	if (load_next(casefile, "file", &casefile->next_file, err) < 0 ||
	    load_next(casefile, "message", &casefile->next_message, err) < 0 ||
	    load_next(casefile, "identifier", &casefile->next_identifier, err) < 0 ||
	    load_next(casefile, "address", &casefile->addresses.next, err) < 0 ||
	    load_next(casefile, "name", &casefile->names.next, err) < 0 ||
	    load_next(casefile, "list", &casefile->lists.next, err) < 0 ||
	    load_next(casefile, "label", &casefile->labels.next, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM loose", 0, &casefile->loose, err) < 0 ||
	    casefile_number(casefile, "SELECT settled FROM state", 0, &settled, err) < 0 ||
	    casefile_number(casefile, "SELECT changed FROM state", 0, &changed, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND"
	                    " name = 'file_container'", 0, &indexes, err) < 0 ||
	    load_last_path(casefile, err) < 0)
		return -1;
	casefile->settled = settled;
	casefile->plain = casefile->next_file == 1;
	if (casefile->next_message == 1)
		memo_begin(&casefile->memo);
	else
		memo_drop(&casefile->memo);
	casefile->changed = changed;
	casefile->indexed = indexes > 0;
	casefile->paths_loaded = casefile->keys_loaded = false;
	casefile->current_file = 0;
	id_cache_clear(&casefile->addresses.ids);
	id_cache_clear(&casefile->names.ids);
	id_cache_clear(&casefile->lists.ids);
	id_cache_clear(&casefile->labels.ids);
	return 0;
}

int casefile_begin(struct casefile *casefile, struct error *err)
{
	if (!casefile->writing)
		return error_set(err, "%s is open for reading only", casefile->path);
	if (casefile->failed)
		return error_set(err, "%s could not be written earlier", casefile->path);
	if (casefile->in_transaction)
		return 0;
	sqlite3_stmt *begin = casefile_statement(casefile, STATEMENT_BEGIN, err);

	if (!begin || casefile_run(casefile, begin, err) < 0)
		return -1;
	casefile->in_transaction = true;
	casefile->batch_began_us = g_get_monotonic_time();
	return 0;
}

/* Files up to last are noted, even if nothing is stored of them. */
static int commit_files(struct casefile *casefile, int64_t last, struct error *err)
{
	if (casefile->failed)
		return error_set(err, "%s could not be written earlier", casefile->path);
	if (!casefile->in_transaction)
		return 0;
	if (files_note(casefile, last, err) < 0)
		return -1;
	sqlite3_stmt *commit = casefile_statement(casefile, STATEMENT_COMMIT, err);

	if (!commit || casefile_run(casefile, commit, err) < 0)
		return -1;
	casefile->in_transaction = false;
	casefile->batch_bytes = 0;
	return 0;
}

int casefile_commit(struct casefile *casefile, struct error *err)
{
	return commit_files(casefile, INT64_MAX, err);
}

int casefile_count(struct casefile *casefile, int64_t bytes, struct error *err)
{
	casefile->batch_bytes += bytes;
	if (casefile->batch_bytes < BATCH_BYTES &&
	    g_get_monotonic_time() - casefile->batch_began_us < casefile->batch_us)
		return 0;
	casefile->batch_us = MIN(2 * casefile->batch_us, BATCH_LAST_US);
	return commit_files(casefile, casefile->touched_file, err);
}

static int set_state(struct casefile *casefile, enum statement which, bool *state, bool value,
                     struct error *err)
{
	if (*state == value)
		return 0;
	sqlite3_stmt *set = casefile_statement(casefile, which, err);

	if (!set)
		return -1;
	bind_number(casefile, set, 1, value);
	if (casefile_run(casefile, set, err) < 0)
		return -1;
	*state = value;
	return 0;
}

int casefile_set_settled(struct casefile *casefile, bool settled, struct error *err)
{
	return set_state(casefile, STATE_SETTLED, &casefile->settled, settled, err);
}

int casefile_set_changed(struct casefile *casefile, bool changed, struct error *err)
{
	return set_state(casefile, STATE_CHANGED, &casefile->changed, changed, err);
}
