/* The border to SQLite: statements, and what its error codes mean to a user. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

const char *const statement_texts[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_COMMIT] = "COMMIT",

	[FILE_GET] = "SELECT path, size, modified_ns, outcome, resume_offset, embedded"
	             " FROM file WHERE id = ?",
	[FILE_RESTART] = "UPDATE file SET size = ?2, modified_ns = ?3, outcome = 0, form = NULL,"
	                 " reason = NULL, resume_offset = 0, embedded = ?4 WHERE id = ?1",
	[MEMBER_NEXT] = "SELECT min(id) FROM file WHERE container = ?1 AND id > ?2",
	[MEMBER_DROP] = "DELETE FROM file WHERE container = ?",
	[FILE_PROGRESS] = "UPDATE file SET resume_offset = ?2 WHERE id = ?1",
	[FILE_END] = "UPDATE file SET outcome = ?2, form = ?3, reason = ?4, resume_offset = 0,"
	             " size = ifnull(?5, size) WHERE id = ?1",
	[FILE_LOOSEN] = "INSERT OR IGNORE INTO loose SELECT message FROM origin WHERE file = ?1"
	                " AND NOT EXISTS (SELECT 1 FROM origin AS other"
	                " WHERE other.message = origin.message AND other.file <> ?1)",
	[FILE_DISSOLVE] = "UPDATE message SET original = NULL WHERE original IS NOT NULL AND"
	                  " (original IN (SELECT message FROM origin WHERE file = ?1)"
	                  " OR id IN (SELECT message FROM origin WHERE file = ?1))",
	[FILE_DROP_BODIES] = "DELETE FROM body WHERE message IN"
	                     " (SELECT message FROM origin WHERE file = ?1)",
	[FILE_DROP_ORIGINS] = "DELETE FROM origin WHERE file = ?",
	[FILE_DROP_REJECTED] = "DELETE FROM rejected WHERE file = ?",
	[FILE_DROP_NOTES] = "DELETE FROM note WHERE file = ?",
	[FILE_DROP_CHECKED] = "DELETE FROM checked WHERE file = ?",
	[FILE_DROP_SIGNATURES] = "DELETE FROM signature WHERE file = ?",
	[FILE_LAST_OFFSET] = "SELECT max(ifnull((SELECT max(offset) FROM origin WHERE file = ?1), -1),"
	                     " ifnull((SELECT max(offset) FROM rejected WHERE file = ?1), -1))",

	[MESSAGE_DROP] = "DELETE FROM message WHERE id = ?",
	[MESSAGE_KEY] = "SELECT identifier, digest FROM message WHERE id = ?",
	[MESSAGE_HAS_RECIPIENT] = "UPDATE message SET faults = faults & ~2 WHERE id = ?",
	[MESSAGE_SET_ORIGINAL] = "UPDATE message SET original = ?2 WHERE id = ?1"
	                         " AND original IS NOT ?2",
	[BODY_SET] = "UPDATE body SET digest = ?2 WHERE message = ?1",

	[ORIGIN_FIND] = "SELECT 1 FROM origin WHERE file = ?1 AND offset = ?2 AND member = ?3",
	[ORIGIN_FIRST] = "SELECT file.path, origin.offset FROM origin JOIN file ON file.id = origin.file"
	                 " WHERE origin.message = ? ORDER BY origin.file, origin.offset LIMIT 1",

	[ADDRESS_FIND] = "SELECT id FROM address WHERE address = ?",
	[ADDRESS_INSERT] = "INSERT INTO address VALUES (?1, ?2, ?1, NULL)",
	[ADDRESS_SET_NAME] = "UPDATE address SET name = ?2 WHERE id = ?1",
	[NAME_FIND] = "SELECT id FROM name WHERE name = ?",
	[NAME_INSERT] = "INSERT INTO name VALUES (?1, ?2)",
	[NAME_TEXT] = "SELECT name FROM name WHERE id = ?",
	[LIST_FIND] = "SELECT id FROM list WHERE list_id = ?",
	[LIST_INSERT] = "INSERT INTO list VALUES (?1, ?2)",

	[LABEL_FIND] = "SELECT id FROM label WHERE label = ?",
	[LABEL_INSERT] = "INSERT INTO label VALUES (?1, ?2)",
	[LABELLED_INSERT] = "INSERT OR IGNORE INTO labelled VALUES (?1, ?2)",
	[LABELLED_DROP] = "DELETE FROM labelled WHERE message = ?",
	[CONVERSATION_INSERT] = "INSERT OR IGNORE INTO conversation VALUES (?1, ?2)",
	[CONVERSATION_DROP] = "DELETE FROM conversation WHERE message = ?",

	[IDENTIFIER_GET] = "SELECT message_id, message FROM identifier WHERE id = ?",
	[IDENTIFIER_SET_MESSAGE] = "UPDATE identifier SET message = ?2 WHERE id = ?1",

	[REFERENCE_DROP] = "DELETE FROM reference WHERE message = ?",
	[MENTION_OF_MESSAGE] = "SELECT position, role, address, name FROM mention WHERE message = ?",
	[MENTION_DROP] = "DELETE FROM mention WHERE message = ?",

	[LOOSE_FIND] = "SELECT 1 FROM loose WHERE message = ?",
	[LOOSE_DELETE] = "DELETE FROM loose WHERE message = ?",
	[REJECTED_INSERT] = "INSERT OR IGNORE INTO rejected VALUES (?1, ?2, ?3, ?4)",
	[REJECTED_DELETE] = "DELETE FROM rejected WHERE file = ?1 AND offset = ?2",
	[NOTE_INSERT] = "INSERT OR IGNORE INTO note VALUES (?1, ?2, ?3, ?4)",
	[STATE_SETTLED] = "UPDATE state SET settled = ?",
	[STATE_CHANGED] = "UPDATE state SET changed = ?",
	[STATE_SAME_OPTIONS] = "SELECT 1 FROM state WHERE table_options = ?",
	[STATE_OPTIONS] = "UPDATE state SET table_options = ?",
	/* Of what is no mail some may be a table of it with other columns. */
	[FILE_STALE_TABLES] = "UPDATE file SET modified_ns = -1 WHERE container IS NULL AND id IN"
	                      " (SELECT ifnull(container, id) FROM file"
	                      " WHERE form LIKE '%table%' OR outcome = 3)",
	[STATE_CARBONS] = "UPDATE state SET with_cc = ?1, bcc_is_cc = ?2",
	[CHECKED_INSERT] = "INSERT INTO checked VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
	[SIGNATURE_INSERT] = "INSERT INTO signature"
	                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
	[KEY_INSERT] = "INSERT INTO dkim_key VALUES (?1, ?2, ?3)",
};

/* The table a statement looks at, if that is one whose rows are held back, with
 * 1 added: 0 is none, ALL_TABLES several. */
#define ALL_TABLES 100
static const int looked_at[STATEMENT_COUNT] = {
	[STATEMENT_COMMIT] = ALL_TABLES,
	[FILE_GET] = 1 + ROWS_OF_FILE, [FILE_RESTART] = 1 + ROWS_OF_FILE,
	[FILE_STALE_TABLES] = 1 + ROWS_OF_FILE,
	[FILE_PROGRESS] = 1 + ROWS_OF_FILE, [FILE_END] = 1 + ROWS_OF_FILE,
	[MEMBER_NEXT] = 1 + ROWS_OF_FILE, [MEMBER_DROP] = 1 + ROWS_OF_FILE,
	[FILE_LOOSEN] = 1 + ROWS_OF_ORIGIN, [FILE_DISSOLVE] = ALL_TABLES,
	[FILE_DROP_BODIES] = 1 + ROWS_OF_ORIGIN, [FILE_DROP_ORIGINS] = 1 + ROWS_OF_ORIGIN,
	[FILE_LAST_OFFSET] = 1 + ROWS_OF_ORIGIN,
	[MESSAGE_DROP] = 1 + ROWS_OF_MESSAGE, [MESSAGE_KEY] = 1 + ROWS_OF_MESSAGE,
	[MESSAGE_HAS_RECIPIENT] = 1 + ROWS_OF_MESSAGE, [MESSAGE_SET_ORIGINAL] = 1 + ROWS_OF_MESSAGE,
	[ORIGIN_FIND] = 1 + ROWS_OF_ORIGIN, [ORIGIN_FIRST] = ALL_TABLES,
	[IDENTIFIER_GET] = 1 + ROWS_OF_IDENTIFIER,
	[IDENTIFIER_SET_MESSAGE] = 1 + ROWS_OF_IDENTIFIER,
	[REFERENCE_DROP] = 1 + ROWS_OF_REFERENCE,
	[MENTION_OF_MESSAGE] = 1 + ROWS_OF_MENTION, [MENTION_DROP] = 1 + ROWS_OF_MENTION,
};

static int say_failure(struct casefile *casefile, int rc, struct error *err)
{
	const char *path = casefile->path;
	int system_errno = sqlite3_system_errno(casefile->db);

	switch (rc & 0xff) {
	case SQLITE_FULL:
		return error_set(err, "the disk is full while writing %s; what was stored before is kept",
		                 path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return error_set(err, "%s is being written by another epistograph (or held by another"
		                 " program); wait for it to end", path);
	case SQLITE_NOTADB:
		return error_set(err, "%s is not a case file: it is no SQLite database", path);
	case SQLITE_CORRUPT:
		return error_set(err, "%s is damaged (%s); take a copy of it, or read the mail into a new"
		                 " case file", path, sqlite3_errmsg(casefile->db));
	case SQLITE_READONLY:
		return error_set(err, "cannot write %s: it is read-only", path);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		/* A quota and a size limit come as I/O errors; only the system knows. */
		return error_set(err, "cannot %s %s: %s", casefile->writing ? "write" : "read", path,
		                 system_errno ? g_strerror(system_errno) : sqlite3_errmsg(casefile->db));
	default:
		return error_set(err, "%s: %s", path, sqlite3_errmsg(casefile->db));
	}
}

void casefile_abandon(struct casefile *casefile)
{
	if (!casefile->in_transaction)
		return;
	casefile->failed = true;
	casefile->in_transaction = false;
	for (int table = 0; table < ROW_TABLE_COUNT; table++)
		held_forget(&casefile->held[table]);
	files_forget(casefile);
	/* After some errors SQLite has rolled back by itself, and has no more to do. */
	if (!sqlite3_get_autocommit(casefile->db) &&
	    sqlite3_exec(casefile->db, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
		casefile->db_failed = true;
}

int casefile_fail(struct casefile *casefile, int rc, struct error *err)
{
	say_failure(casefile, rc, err);
	casefile->db_failed = true;
	casefile_abandon(casefile);
	return -1;
}

int casefile_execute(struct casefile *casefile, const char *sql, struct error *err)
{
	int rc = sqlite3_exec(casefile->db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : casefile_fail(casefile, rc, err);
}

sqlite3_stmt *casefile_prepare(struct casefile *casefile, const char *sql, struct error *err)
{
	sqlite3_stmt *statement = NULL;

	if (files_note(casefile, INT64_MAX, err) < 0 ||
	    held_store_all(casefile, err) < 0)
		return NULL;
	int rc = sqlite3_prepare_v2(casefile->db, sql, -1, &statement, NULL);


	if (rc == SQLITE_OK)
		return statement;
	if (rc == SQLITE_ERROR)         /* a table or column of ours is missing */
		rc = SQLITE_CORRUPT;
	casefile_fail(casefile, rc, err);
	return NULL;
}

sqlite3_stmt *casefile_compile(struct casefile *casefile, const char *sql, struct error *err)
{
	sqlite3_stmt *kept = NULL;
	int rc = sqlite3_prepare_v3(casefile->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &kept, NULL);

	if (rc != SQLITE_OK)
		casefile_fail(casefile, rc == SQLITE_ERROR ? SQLITE_CORRUPT : rc, err);
	return kept;
}

sqlite3_stmt *casefile_statement_on(struct casefile *casefile, enum statement which, int64_t id,
                                    struct error *err)
{
	sqlite3_stmt **kept = &casefile->statements[which];
	int table = looked_at[which];
	int status = table == ALL_TABLES ? held_store_all(casefile, err)
	             : table ? held_store(casefile, (enum row_table)(table - 1), id, err) : 0;

	if (status < 0)
		return NULL;
	if (!*kept)
		return *kept = casefile_compile(casefile, statement_texts[which], err);
	sqlite3_reset(*kept);
	return *kept;
}

sqlite3_stmt *casefile_statement(struct casefile *casefile, enum statement which,
                                 struct error *err)
{
	return casefile_statement_on(casefile, which, INT64_MAX, err);
}

int casefile_number(struct casefile *casefile, const char *sql, int64_t none, int64_t *number,
                    struct error *err)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql, err);

	if (!statement)
		return -1;
	*number = none;
	int got = casefile_step(casefile, statement, err);

	if (got > 0 && sqlite3_column_type(statement, 0) != SQLITE_NULL)
		*number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return got < 0 ? -1 : 0;
}

void bind_number(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t number)
{
	if (sqlite3_bind_int64(statement, index, number) != SQLITE_OK)
		casefile->bind_failed = true;
}

/* NULL for 0: no row has that id. */
void bind_id(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t id)
{
	int rc = id ? sqlite3_bind_int64(statement, index, id) : sqlite3_bind_null(statement, index);

	if (rc != SQLITE_OK)
		casefile->bind_failed = true;
}

void bind_instant(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t instant)
{
	int rc = instant == INSTANT_NONE ? sqlite3_bind_null(statement, index)
	                                 : sqlite3_bind_int64(statement, index, instant);

	if (rc != SQLITE_OK)
		casefile->bind_failed = true;
}

void bind_text(struct casefile *casefile, sqlite3_stmt *statement, int index, const char *text)
{
	if (sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC) != SQLITE_OK)
		casefile->bind_failed = true;
}

void bind_text_of(struct casefile *casefile, sqlite3_stmt *statement, int index,
                  const char *text, int size)
{
	if (sqlite3_bind_text(statement, index, text, size, SQLITE_STATIC) != SQLITE_OK)
		casefile->bind_failed = true;
}

void bind_bytes(struct casefile *casefile, sqlite3_stmt *statement, int index,
                const void *bytes, int size)
{
	if (sqlite3_bind_blob(statement, index, bytes, size, SQLITE_STATIC) != SQLITE_OK)
		casefile->bind_failed = true;
}

int casefile_run(struct casefile *casefile, sqlite3_stmt *statement, struct error *err)
{
	int got;

	do {
		got = casefile_step(casefile, statement, err);
	} while (got > 0);
	return got;
}

int casefile_step(struct casefile *casefile, sqlite3_stmt *statement, struct error *err)
{
	if (casefile->bind_failed)
		return casefile_fail(casefile, SQLITE_NOMEM, err);
	int rc = sqlite3_step(statement);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE) {
		casefile_fail(casefile, sqlite3_extended_errcode(casefile->db), err);
		sqlite3_reset(statement);
		return -1;
	}
	sqlite3_reset(statement);
	return 0;
}

const char *column_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);

	return text ? (const char *)text : "";
}

int64_t column_instant(sqlite3_stmt *statement, int column)
{
	return sqlite3_column_type(statement, column) == SQLITE_NULL
	               ? INSTANT_NONE : sqlite3_column_int64(statement, column);
}

int column_word(struct casefile *casefile, sqlite3_stmt *statement, int column, int count,
                struct error *err)
{
	int64_t number = sqlite3_column_int64(statement, column);

	if (number >= 0 && number < count)
		return (int)number;
	return error_set(err, "%s is damaged: %s is %lld, which means nothing", casefile->path,
	                 sqlite3_column_name(statement, column), (long long)number);
}
