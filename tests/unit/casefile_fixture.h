/* casefile_fixture.h - what the tests of the case file share: a folder, records
 * made by hand, and a dump of everything in a case file */
#ifndef CASEFILE_FIXTURE_H
#define CASEFILE_FIXTURE_H

#include "unit.h"

#include "epistograph/calendar.h"
#include "epistograph/casefile.h"
#include "epistograph/error.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct fixture {
	char *folder, *path;            /* path: of the case file in it */
	struct casefile *casefile;
	struct error err;
};

static inline int fixture_setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->folder = g_dir_make_tmp("casefile-XXXXXX", NULL);
	fixture->path = g_build_filename(fixture->folder, "case", NULL);
	*state = fixture;
	return 0;
}

static inline int fixture_teardown(void **state)
{
	struct fixture *fixture = *state;
	GDir *folder;

	casefile_close(fixture->casefile);
	g_chmod(fixture->folder, 0700);
	folder = g_dir_open(fixture->folder, 0, NULL);
	for (const char *name; (name = g_dir_read_name(folder)); ) {
		char *path = g_build_filename(fixture->folder, name, NULL);

		g_remove(path);
		g_free(path);
	}
	g_dir_close(folder);
	g_rmdir(fixture->folder);
	g_free(fixture->folder);
	g_free(fixture->path);
	g_free(fixture);
	return 0;
}

#define FACT(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

/* Fail with what the case file says is wrong. */
static inline void good(struct fixture *fixture, int status)
{
	if (status != 0)
		fail_msg("%s", fixture->err.message);
}

static inline void open_case(struct fixture *fixture, enum casefile_mode mode)
{
	casefile_close(fixture->casefile);
	fixture->casefile = casefile_open(fixture->path, mode, &fixture->err);
	good(fixture, fixture->casefile ? 0 : -1);
}

static inline void close_case(struct fixture *fixture)
{
	casefile_close(fixture->casefile);
	fixture->casefile = NULL;
}

/* A record as plain as can be: from a@example.org to b@example.org in 2016. The
 * digest is made of number, so that equal numbers are copies. */
static const struct mention plain_mentions[] = {
	{ ROLE_FROM, "a@example.org", "Anna Ek" },
	{ ROLE_TO, "b@example.org", "" },
};

static inline struct message plain_message(const char *id, int number)
{
	struct message message = {
		.size = 100, .id = id, .subject = "Plain", .in_reply_to = "", .list_id = "",
		.instant = 1468492205, .utc_offset_s = 7200, .date_source = DATE_FROM_DATE,
		.date_verdict = DATE_GOOD, .received_gap_s = INSTANT_NONE,
		.date_raw = "Thu, 14 Jul 2016 12:30:05 +0200", .kind = KIND_PERSONAL,
		.kind_evidence = "", .mentions = plain_mentions,
		.mention_count = G_N_ELEMENTS(plain_mentions),
	};

	memcpy(message.digest, &number, sizeof number);
	return message;
}

static inline int64_t begin_file(struct fixture *fixture, const char *path, int64_t size)
{
	int64_t file, resume;
	bool known;

	good(fixture, casefile_file_begin(fixture->casefile, path, size, 1, &file, &known, &resume,
	                                  &fixture->err));
	assert_false(known);
	return file;
}

static inline void end_file(struct fixture *fixture, int64_t file)
{
	good(fixture, casefile_file_end(fixture->casefile, file, FILE_MAIL, "mbox", NULL,
	                                &fixture->err));
}

static inline enum add_outcome add_at(struct fixture *fixture, int64_t file, int64_t offset,
                                      struct message message)
{
	enum add_outcome outcome = ADD_KNOWN;

	message.offset = offset;
	good(fixture, casefile_add(fixture->casefile, file, &message, &outcome, &fixture->err));
	return outcome;
}

static inline void finish(struct fixture *fixture)
{
	good(fixture, casefile_finish(fixture->casefile, &fixture->err));
}

static inline struct casefile_account account_of(struct fixture *fixture)
{
	struct casefile_account account;
	int64_t outcomes = 0, kinds = 0, sources = 0, verdicts = 0;

	good(fixture, casefile_account(fixture->casefile, &account, &fixture->err));
	for (int i = 0; i < FILE_OUTCOME_COUNT; i++)
		outcomes += account.by_outcome[i];
	for (int i = 0; i < KIND_COUNT; i++)
		kinds += account.by_kind[i];
	for (int i = 0; i < DATE_SOURCE_COUNT; i++)
		sources += account.by_date_source[i];
	for (int i = 0; i < DATE_VERDICT_COUNT; i++)
		verdicts += account.by_date_verdict[i];
	assert_int_equal(account.files, outcomes);
	assert_int_equal(account.found, account.counted + account.duplicates + account.rejected);
	assert_int_equal(account.counted, kinds);
	assert_int_equal(account.counted, sources);
	assert_int_equal(account.counted, verdicts);
	return account;
}

/* ---- looking into the file with SQLite alone ---- */

static inline void dump_rows(sqlite3 *db, const char *sql, GString *out)
{
	sqlite3_stmt *rows;

	assert_int_equal(SQLITE_OK, sqlite3_prepare_v2(db, sql, -1, &rows, NULL));
	while (sqlite3_step(rows) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			g_string_append(out, i ? "|" : "");
			if (sqlite3_column_type(rows, i) == SQLITE_BLOB) {
				const unsigned char *bytes = sqlite3_column_blob(rows, i);

				for (int b = 0; b < sqlite3_column_bytes(rows, i); b++)
					g_string_append_printf(out, "%02x", bytes[b]);
			} else {
				const char *text = (const char *)sqlite3_column_text(rows, i);

				g_string_append(out, text ? text : "NULL");
			}
		}
		g_string_append_c(out, '\n');
	}
	assert_int_equal(SQLITE_OK, sqlite3_finalize(rows));
}

static inline sqlite3 *look(const char *path)
{
	sqlite3 *db;

	assert_int_equal(SQLITE_OK, sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL));
	return db;
}

/* What a query gives: columns by |, rows by newline. g_free(). */
static inline char *rows_of(const char *path, const char *sql)
{
	sqlite3 *db = look(path);
	GString *out = g_string_new(NULL);

	dump_rows(db, sql, out);
	sqlite3_close(db);
	return g_string_free(out, FALSE);
}

static inline void assert_rows(struct fixture *fixture, const char *expected, const char *sql)
{
	char *rows = rows_of(fixture->path, sql);

	assert_string_equal(expected, rows);
	g_free(rows);
}

/* Everything in the file: the schema as made, then each table in the order of
 * its key, as `sqlite3 FILE .dump` does. g_free(). */
static inline char *dump_of(const char *path)
{
	sqlite3 *db = look(path);
	GString *out = g_string_new(NULL);
	sqlite3_stmt *tables;

	dump_rows(db, "SELECT type, name, sql FROM sqlite_master ORDER BY rowid", out);
	dump_rows(db, "PRAGMA integrity_check", out);
	sqlite3_prepare_v2(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid",
	                   -1, &tables, NULL);
	while (sqlite3_step(tables) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(tables, 0);
		char *sql = g_strdup_printf("SELECT * FROM %s", name);

		g_string_append_printf(out, "-- %s\n", name);
		dump_rows(db, sql, out);
		g_free(sql);
	}
	sqlite3_finalize(tables);
	sqlite3_close(db);
	return g_string_free(out, FALSE);
}

static inline void run_sql(const char *path, const char *sql)
{
	sqlite3 *db = look(path);

	assert_int_equal(SQLITE_OK, sqlite3_exec(db, sql, NULL, NULL, NULL));
	sqlite3_close(db);
}

#endif
