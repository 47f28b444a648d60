/* Copies under other Message-IDs: messages with one copy_key whose bodies agree.
 *
 * Who is a copy of whom is worked out anew at the end of each read, from what is stored:
 * so it does not depend on what was read when, and a copy whose original goes counts. */
#include "casefile_internal.h"

#include "epistograph/error.h"

#include <string.h>

/* Keys that several messages have. */
#define SHARED_KEYS \
	"SELECT copy_key FROM message WHERE copy_key IS NOT NULL" \
	" AND id NOT IN (SELECT message FROM loose) GROUP BY copy_key HAVING count(*) > 1"

static const char forget_unshared[] =
	"DELETE FROM body WHERE message NOT IN (SELECT id FROM message WHERE copy_key IN ("
	SHARED_KEYS "))";

/* Grouping all messages by their keys would sort them, just to find that hardly any two
 * agree; the suspects were noted as they came. */
static const char note_shared[] =
	"INSERT OR IGNORE INTO body SELECT id, NULL FROM suspect CROSS JOIN message USING (id)"
	" WHERE copy_key IN (SELECT copy_key FROM suspect CROSS JOIN message USING (id)"
	"  WHERE copy_key IS NOT NULL AND id NOT IN (SELECT message FROM loose)"
	"  GROUP BY copy_key HAVING count(*) > 1)"
	" AND id NOT IN (SELECT message FROM loose)";

static const char unread_text[] =
	"SELECT " COPY_COLUMNS " FROM body"
	" CROSS JOIN origin ON (file, offset, member) = (SELECT file, offset, member FROM origin"
	"  AS first WHERE first.message = body.message ORDER BY file, offset, member LIMIT 1)"
	" " COPY_JOINS " WHERE body.digest IS NULL ORDER BY " COPY_ORDER;

static int run_once(struct casefile *casefile, const char *sql, struct error *err)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql, err);

	if (!statement)
		return -1;
	int status = casefile_run(casefile, statement, err);

	sqlite3_finalize(statement);
	return status;
}

/* Lay the suspects out in a table of this connection. */
static int list_suspects(struct casefile *casefile, struct error *err)
{
	if (casefile_load_keys(casefile, err) < 0 ||
	    casefile_execute(casefile, "CREATE TEMP TABLE suspect(id INTEGER PRIMARY KEY)", err) < 0)
		return -1;
	sqlite3_stmt *insert = casefile_prepare(casefile, "INSERT OR IGNORE INTO suspect VALUES (?)",
	                                        err);
	int status = insert ? 0 : -1;

	for (guint i = 0; status == 0 && i < casefile->suspects->len; i++) {
		bind_number(casefile, insert, 1, g_array_index(casefile->suspects, int64_t, i));
		status = casefile_run(casefile, insert, err);
	}
	sqlite3_finalize(insert);
	return status;
}

static int note_suspects(struct casefile *casefile, struct error *err)
{
	if (casefile->settled)
		return 0;
	if (casefile_begin(casefile, err) < 0 || casefile_make_indexes(casefile, err) < 0 ||
	    (casefile->changed && run_once(casefile, forget_unshared, err) < 0))
		return -1;
	if (list_suspects(casefile, err) < 0 || run_once(casefile, note_shared, err) < 0)
		return -1;
	return casefile_execute(casefile, "DROP TABLE suspect", err);
}

int copies_walk(struct casefile *casefile, sqlite3_stmt *row,
                int (*take)(void *context, const struct casefile_copy *copy, struct error *err),
                void *context, struct error *err)
{
	int got = 0, told = 0;

	while (told == 0 && (got = casefile_step(casefile, row, err)) > 0) {
		struct casefile_copy copy = {
			.message = sqlite3_column_int64(row, 0), .file = sqlite3_column_int64(row, 1),
			.path = column_text(row, 3),
			.chain = chain_of(column_text(row, 2), column_text(row, 3)),
			.offset = sqlite3_column_int64(row, 4), .size = sqlite3_column_int64(row, 5),
			.file_size = sqlite3_column_int64(row, 6),
			.modified_ns = sqlite3_column_int64(row, 7),
			.disk = sqlite3_column_int64(row, 8), .packed = sqlite3_column_int(row, 9),
			.member = column_text(row, 10),
			.enclosure = (enum enclosure)sqlite3_column_int(row, 11),
			.outer_size = sqlite3_column_int64(row, 12),
			.composed = (sqlite3_column_int64(row, 14) & FAULT_COMPOSED) != 0,
		};

		if (sqlite3_column_bytes(row, 13) == sizeof copy.digest)
			memcpy(copy.digest, sqlite3_column_blob(row, 13), sizeof copy.digest);
		told = take(context, &copy, err);
	}
	return got < 0 ? -1 : told;
}

int casefile_walk_suspects(struct casefile *casefile,
                           int (*suspect)(void *context, const struct casefile_copy *copy,
                                          struct error *err),
                           void *context, struct error *err)
{
	if (note_suspects(casefile, err) < 0)
		return -1;
	sqlite3_stmt *row = casefile_prepare(casefile, unread_text, err);
	int status = row ? copies_walk(casefile, row, suspect, context, err) : -1;

	sqlite3_finalize(row);
	return status;
}

int casefile_set_body(struct casefile *casefile, int64_t message, const uint8_t digest[16],
                      struct error *err)
{
	if (casefile_begin(casefile, err) < 0 ||
	    casefile_set_settled(casefile, false, err) < 0)
		return -1;
	sqlite3_stmt *set = casefile_statement(casefile, BODY_SET, err);

	if (!set)
		return -1;
	bind_number(casefile, set, 1, message);
	bind_bytes(casefile, set, 2, digest, 16);
	if (casefile_run(casefile, set, err) < 0)
		return -1;
	return casefile_count(casefile, 40, err);
}

/* ---- at the end of a read ---- */

/* Places of messages that have been compared; equal ones follow each other, the place that
 * counts before the others. All is sorted before the first is given, so that the rows may
 * be changed meanwhile. */
static const char compared_text[] =
	"SELECT message.id, copy_key, digest FROM"
	" (SELECT message.id, copy_key, body.digest FROM body CROSS JOIN message"
	"  ON message.id = body.message WHERE body.digest IS NOT NULL) AS message"
	" CROSS JOIN origin ON origin.message = message.id"
	" ORDER BY copy_key, digest, file, offset, member";

/* The finding that two messages have one Message-ID is none if one is a copy of the other. */
static const char forget_same_id[] =
	"DELETE FROM note WHERE kind = 'same-id' AND (file, offset) IN"
	" (SELECT file, offset FROM message AS copy"
	"  JOIN message AS first ON first.id = copy.original AND first.identifier = copy.identifier"
	"  JOIN origin ON origin.message = copy.id WHERE copy.original IS NOT NULL)";

/* What the last row was. */
struct group {
	uint8_t key[32];                /* copy_key and digest */
	int64_t original;               /* 0 before the first row */
};

static int join_group(struct casefile *casefile, struct group *group, sqlite3_stmt *row,
                      struct error *err)
{
	int64_t message = sqlite3_column_int64(row, 0);
	uint8_t key[32] = { 0 };

	for (int i = 0; i < 2; i++)
		if (sqlite3_column_bytes(row, 1 + i) == 16)
			memcpy(key + 16 * i, sqlite3_column_blob(row, 1 + i), 16);
	if (!group->original || memcmp(key, group->key, sizeof key) != 0) {
		memcpy(group->key, key, sizeof key);
		group->original = message;
	}
	sqlite3_stmt *set = casefile_statement(casefile, MESSAGE_SET_ORIGINAL, err);

	if (!set)
		return -1;
	bind_number(casefile, set, 1, message);
	bind_id(casefile, set, 2, message == group->original ? 0 : group->original);
	return casefile_run(casefile, set, err);
}

/* What Outlook keeps of a message it sent has no header of its own; the one that came back,
 * or went to somebody else whose mail is here, has. They are one if they agree in Message-ID,
 * sender and subject, and nearly in time: Outlook's is when the sender sent it. */
static const char join_sent[] =
	"UPDATE message SET original = kept FROM"
	" (SELECT sent.id AS sent, min(ifnull(other.original, other.id)) AS kept FROM"
	"  (SELECT id, identifier, sender, subject, instant FROM message WHERE faults & 256"
	"   AND date_source = 5 AND identifier IS NOT NULL AND original IS NULL) AS sent"
	"  JOIN message AS other ON other.identifier = sent.identifier"
	"  WHERE NOT other.faults & 256 AND other.sender = sent.sender"
	"   AND trim(other.subject) = trim(sent.subject) AND abs(other.instant - sent.instant) <= 60"
	"   AND other.id NOT IN (SELECT message FROM loose) GROUP BY sent.id) AS pair"
	" WHERE id = pair.sent AND id NOT IN (SELECT message FROM loose)";

/* Then the finding may be at the one that counts. */
static const char forget_sent[] =
	"DELETE FROM note WHERE kind = 'same-id' AND (file, offset) IN"
	" (SELECT file, offset FROM message AS sent"
	"  JOIN message AS first ON first.id = sent.original AND first.identifier = sent.identifier"
	"  JOIN origin ON origin.message = first.id"
	"  WHERE sent.original IS NOT NULL AND sent.faults & 256 AND first.identifier NOT IN"
	"   (SELECT identifier FROM message WHERE original IS NULL AND identifier IS NOT NULL"
	"    GROUP BY identifier HAVING count(*) > 1))";

static int settle_sent(struct casefile *casefile, struct error *err)
{
	int64_t any;

	G_STATIC_ASSERT(FAULT_COMPOSED == 256 && DATE_FROM_SUBMIT == 5);
	if (casefile_number(casefile, "SELECT EXISTS(SELECT 1 FROM file WHERE form IN ('folder', 'msg'))",
	                    0, &any, err) < 0)
		return -1;
	if (!any)
		return 0;
	return run_once(casefile, join_sent, err) < 0 ? -1 : run_once(casefile, forget_sent, err);
}

/* Only during a read each message is where it was met first. */
static const char settle_enclosure[] =
	"UPDATE message SET enclosure = least FROM"
	" (SELECT ifnull(original, id) AS first, min(origin.enclosure) AS least"
	"  FROM origin JOIN message ON message.id = origin.message GROUP BY 1) AS whole"
	" WHERE whole.first = ifnull(message.original, message.id) AND message.enclosure <> least";

int copies_settle(struct casefile *casefile, struct error *err)
{
	sqlite3_stmt *row = casefile_prepare(casefile, compared_text, err);
	struct group group = { .original = 0 };
	int got;

	if (!row)
		return -1;
	while ((got = casefile_step(casefile, row, err)) > 0) {
		if (join_group(casefile, &group, row, err) < 0) {
			got = -1;
			break;
		}
	}
	sqlite3_finalize(row);
	int64_t any;

	if (got < 0 || (!casefile->plain && settle_sent(casefile, err) < 0) ||
	    run_once(casefile, forget_same_id, err) < 0)
		return -1;
	if (casefile->plain)
		return 0;
	if (casefile_number(casefile, "SELECT EXISTS(SELECT 1 FROM origin WHERE enclosure <> 0)", 0,
	                    &any, err) < 0)
		return -1;
	return any ? run_once(casefile, settle_enclosure, err) : 0;
}

/* ---- when a file was changed ---- */

int copies_forget_file(struct casefile *casefile, int64_t file, struct error *err)
{
	static const enum statement all[] = { FILE_DISSOLVE, FILE_DROP_BODIES };

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		sqlite3_stmt *statement = casefile_statement(casefile, all[i], err);

		if (!statement)
			return -1;
		bind_number(casefile, statement, 1, file);
		if (casefile_run(casefile, statement, err) < 0)
			return -1;
	}
	return 0;
}
