/* Files that are no case files, or cannot be had: each a clear line. */
#include "casefile_fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>

static void assert_refused(const char *path, enum casefile_mode mode, const char *why)
{
	struct error err = { 0 };
	struct casefile *casefile = casefile_open(path, mode, &err);

	assert_null(casefile);
	if (!strstr(err.message, why) || !strstr(err.message, path))
		fail_msg("expected \"%s\" with %s in: %s", why, path, err.message);
}

static void make_finished_case(struct fixture *fixture)
{
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	add_at(fixture, file, 0, plain_message("1@x", 1));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
}

/* What is at path is the same before and after an attempt to open it. */
static void assert_untouched(struct fixture *fixture, enum casefile_mode mode, const char *why)
{
	char *before, *after;
	gsize size_before, size_after;

	assert_true(g_file_get_contents(fixture->path, &before, &size_before, NULL));
	assert_refused(fixture->path, mode, why);
	assert_true(g_file_get_contents(fixture->path, &after, &size_after, NULL));
	assert_int_equal(size_before, size_after);
	assert_memory_equal(before, after, size_before);
	g_free(before);
	g_free(after);
}

static void a_missing_case_is_said(void **state)
{
	struct fixture *fixture = *state;
	char *deep = g_build_filename(fixture->folder, "no", "such", "folder", NULL);

	assert_refused(fixture->path, CASEFILE_READ, "there is no case file");
	assert_false(g_file_test(fixture->path, G_FILE_TEST_EXISTS));
	assert_refused(deep, CASEFILE_WRITE, "No such file or directory");
	assert_refused("", CASEFILE_WRITE, "needs a name");
	assert_refused("", CASEFILE_READ, "needs a name");
	assert_refused(fixture->folder, CASEFILE_WRITE, "Is a directory");
	assert_refused(fixture->folder, CASEFILE_READ, "Is a directory");
	g_free(deep);
}

static void a_file_of_something_else_is_left_alone(void **state)
{
	struct fixture *fixture = *state;
	GString *text = g_string_new("From: somebody\n\n");

	while (text->len < 5000)
		g_string_append(text, "This is a letter and no database. ");
	assert_true(g_file_set_contents(fixture->path, text->str, (gssize)text->len, NULL));
	assert_untouched(fixture, CASEFILE_WRITE, "is not a case file");
	assert_untouched(fixture, CASEFILE_READ, "is not a case file");
	g_string_free(text, TRUE);
	g_remove(fixture->path);
	sqlite3 *db;

	sqlite3_open(fixture->path, &db);
	sqlite3_exec(db, "PRAGMA journal_mode = WAL; CREATE TABLE theirs(x)", NULL, NULL, NULL);
	sqlite3_close(db);
	assert_untouched(fixture, CASEFILE_WRITE, "database of another program");
	assert_untouched(fixture, CASEFILE_READ, "database of another program");
}

static void an_empty_file_can_become_a_case(void **state)
{
	struct fixture *fixture = *state;

	assert_true(g_file_set_contents(fixture->path, "", 0, NULL));
	assert_refused(fixture->path, CASEFILE_READ, "is empty");
	make_finished_case(fixture);
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(1, account_of(fixture).counted);
}

static void another_version_is_refused(void **state)
{
	struct fixture *fixture = *state;

	make_finished_case(fixture);
	run_sql(fixture->path, "PRAGMA user_version = 5");
	assert_untouched(fixture, CASEFILE_WRITE, "newer epistograph");
	assert_untouched(fixture, CASEFILE_READ, "newer epistograph");
	run_sql(fixture->path, "PRAGMA user_version = 3");
	assert_untouched(fixture, CASEFILE_WRITE, "older epistograph");
	assert_untouched(fixture, CASEFILE_READ, "read the mail again into a new case file");
	run_sql(fixture->path, "PRAGMA user_version = 0");
	assert_untouched(fixture, CASEFILE_READ, "is damaged");
}

static void a_damaged_case_is_said_and_never_crashes(void **state)
{
	struct fixture *fixture = *state;
	char *bytes, *damaged;
	gsize size;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (int i = 0; i < 300; i++)
		add_at(fixture, file, i, plain_message("", i));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_true(g_file_get_contents(fixture->path, &bytes, &size, NULL));
	/* Cut short, and pages overwritten one after the other. */
	for (gsize at = 100; at < size; at += 4096) {
		for (int cut = 0; cut < 2; cut++) {
			struct filter all = { .since = INSTANT_NONE, .until = INSTANT_NONE };
			struct error err = { 0 };
			struct correspondence message;
			struct casefile_account account;

			damaged = g_memdup2(bytes, size);
			memset(damaged + at, 0x5a, MIN(700, size - at));
			assert_true(g_file_set_contents(fixture->path, damaged, (gssize)(cut ? at : size),
			                                NULL));
			g_free(damaged);
			struct casefile *casefile = casefile_open(fixture->path, CASEFILE_READ, &err);

			if (!casefile) {
				assert_true(err.message[0] != '\0');
				continue;
			}
			struct casefile_query *query = casefile_query_open(casefile, &all, &err);

			while (query && casefile_query_next(query, &message, &err) > 0)
				;
			casefile_query_close(query);
			casefile_account(casefile, &account, &err);
			casefile_close(casefile);
			casefile = casefile_open(fixture->path, CASEFILE_WRITE, &err);
			if (casefile)
				casefile_finish(casefile, &err);
			casefile_close(casefile);
		}
	}
	g_free(bytes);
}

static void a_missing_table_is_damage(void **state)
{
	struct fixture *fixture = *state;
	struct casefile_account account;

	make_finished_case(fixture);
	run_sql(fixture->path, "DROP TABLE note");
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(-1, casefile_account(fixture->casefile, &account, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "is damaged (no such table: note)"));
}

static void a_second_writer_is_refused(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	assert_refused(fixture->path, CASEFILE_WRITE, "is being written by another epistograph");
	assert_refused(fixture->path, CASEFILE_READ, "is being written by another epistograph");
	int64_t file = begin_file(fixture, "f", 1);

	add_at(fixture, file, 0, plain_message("1@x", 1));
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	assert_refused(fixture->path, CASEFILE_WRITE, "is being written by another epistograph");
	end_file(fixture, file);
	finish(fixture);
	assert_int_equal(1, account_of(fixture).counted);
}

static void readers_do_not_disturb_each_other(void **state)
{
	struct fixture *fixture = *state;

	make_finished_case(fixture);
	open_case(fixture, CASEFILE_READ);
	struct casefile *other = casefile_open(fixture->path, CASEFILE_READ, &fixture->err);

	good(fixture, other ? 0 : -1);
	assert_int_equal(1, account_of(fixture).counted);
	casefile_close(other);
}

static void a_case_open_for_reading_takes_nothing(void **state)
{
	struct fixture *fixture = *state;
	const struct message message = plain_message("2@x", 2);
	enum add_outcome outcome;

	make_finished_case(fixture);
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(-1, casefile_add(fixture->casefile, 1, &message, &outcome, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "is open for reading only"));
}

/* ---- places that cannot be written: root can, so a child becomes nobody ---- */

static int refused_as_nobody(const char *path, enum casefile_mode mode, const char *why)
{
	struct error err = { 0 };
	struct casefile_account account;
	struct casefile *casefile = casefile_open(path, mode, &err);

	if (!casefile && why && strstr(err.message, why))
		return 0;
	if (!casefile || why) {
		fprintf(stderr, "# as nobody: %s\n", casefile ? "opened" : err.message);
		return 1;
	}
	if (casefile_account(casefile, &account, &err) < 0 || account.counted != 1)
		return 2;
	casefile_close(casefile);
	return 0;
}

/* why NULL: it opens, and one message is counted. */
static void assert_as_nobody(const char *path, enum casefile_mode mode, const char *why)
{
	int status;
	pid_t child = fork();

	if (child == 0) {
		if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
			_exit(77);
		_exit(refused_as_nobody(path, mode, why));
	}
	waitpid(child, &status, 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(0, WEXITSTATUS(status));
}

static void make_read_only(struct fixture *fixture)
{
	g_chmod(fixture->path, 0444);
	g_chmod(fixture->folder, 0555);
}

static void a_case_in_a_read_only_place_can_be_read(void **state)
{
	struct fixture *fixture = *state;

	make_finished_case(fixture);
	make_read_only(fixture);
	assert_as_nobody(fixture->path, CASEFILE_READ, NULL);
	assert_as_nobody(fixture->path, CASEFILE_WRITE, "cannot write");
	g_chmod(fixture->folder, 0755);
	g_chmod(fixture->path, 0666);
	g_chmod(fixture->folder, 0555);
	/* The file could be written, its journal could not be made. */
	assert_as_nobody(fixture->path, CASEFILE_READ, NULL);
	assert_as_nobody(fixture->path, CASEFILE_WRITE, "cannot write");
}

static void a_case_in_wal_mode_in_a_read_only_place_can_be_read(void **state)
{
	struct fixture *fixture = *state;

	/* A name that would mean something else in a URI. */
	g_free(fixture->path);
	fixture->path = g_build_filename(fixture->folder, "a case?mode=x#%41", NULL);
	make_finished_case(fixture);
	/* As a user's own SQLite tool may leave it. */
	run_sql(fixture->path, "PRAGMA journal_mode = WAL; CREATE TABLE mine(x)");
	make_read_only(fixture);
	assert_as_nobody(fixture->path, CASEFILE_READ, NULL);
	/* The next writer turns it back. */
	g_chmod(fixture->folder, 0700);
	g_chmod(fixture->path, 0600);
	open_case(fixture, CASEFILE_WRITE);
	close_case(fixture);
	assert_rows(fixture, "delete\n", "PRAGMA journal_mode");
}

static void a_place_without_permission_is_said(void **state)
{
	struct fixture *fixture = *state;

	g_chmod(fixture->folder, 0555);
	assert_as_nobody(fixture->path, CASEFILE_WRITE, "Permission denied");
	g_chmod(fixture->folder, 0700);
	make_finished_case(fixture);
	g_chmod(fixture->folder, 0755);
	g_chmod(fixture->path, 0000);
	assert_as_nobody(fixture->path, CASEFILE_READ, "Permission denied");
	assert_as_nobody(fixture->path, CASEFILE_WRITE, "Permission denied");
}

/* A writer killed in the middle of a commit leaves a journal that must be rolled
 * back; where that cannot be done, the file must not be read as it is. */
static int writes_left = 0;

static ssize_t killing_pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
	if (--writes_left == 0)
		raise(SIGKILL);
	return pwrite(fd, bytes, size, offset);
}

static void die_in_commit(const char *path)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	struct error err = { 0 };
	struct casefile *casefile = casefile_open(path, CASEFILE_WRITE, &err);
	int64_t file, resume;
	bool known;

	for (int i = 0; i < 1200; i++) {
		char *name = g_strdup_printf("file number %d of the second read", i);

		casefile_file_begin(casefile, name, 1, 1, &file, &known, &resume, &err);
		g_free(name);
	}
	/* The journal has been written to; die at the third page of the file. */
	writes_left = 12;
	vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)(void (*)(void))killing_pwrite);
	vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)(void (*)(void))killing_pwrite);
	casefile_commit(casefile, &err);
	_exit(1);
}

static void a_hot_journal_in_a_read_only_place_is_said(void **state)
{
	struct fixture *fixture = *state;
	int status;

	make_finished_case(fixture);
	pid_t child = fork();

	if (child == 0)
		die_in_commit(fixture->path);
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	make_read_only(fixture);
	assert_as_nobody(fixture->path, CASEFILE_READ, "was being written when the program was stopped");
	g_chmod(fixture->folder, 0700);
	g_chmod(fixture->path, 0600);
	/* Where it can be written, it is put in order by whoever opens it. */
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(1, account_of(fixture).counted);
	assert_int_equal(1, account_of(fixture).files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(a_missing_case_is_said),
		FACT(a_file_of_something_else_is_left_alone),
		FACT(an_empty_file_can_become_a_case),
		FACT(another_version_is_refused),
		FACT(a_damaged_case_is_said_and_never_crashes),
		FACT(a_missing_table_is_damage),
		FACT(a_second_writer_is_refused),
		FACT(readers_do_not_disturb_each_other),
		FACT(a_case_open_for_reading_takes_nothing),
		FACT(a_case_in_a_read_only_place_can_be_read),
		FACT(a_case_in_wal_mode_in_a_read_only_place_can_be_read),
		FACT(a_place_without_permission_is_said),
		FACT(a_hot_journal_in_a_read_only_place_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
