/* Reading that is broken off, and made good by the next. */
#include "casefile_fixture.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* ---- a made-up archive, read as the read command reads ---- */

#define FILES 6
#define MESSAGES_A_FILE 60

struct interruption {
	int add;                        /* kill before this add */
	int write;                      /* kill at this write to disk */
	int progress_every;             /* messages between casefile_file_progress() */
	int commit_every;               /* messages between casefile_commit(), 0 = never */
};

/* Everybody writes to everybody; each fifth message is a copy of an earlier one
 * with a Bcc of its own, each seventh shares a Message-ID with another. */
static void make_message(int file, int number, struct message *message, char buffers[6][64],
                         struct mention mentions[4], const char *references[1])
{
	int key = number % 5 == 4 ? file * 1000 + number - 3 : file * 1000 + number;

	g_snprintf(buffers[0], 64, "%d@example.org", number % 7 == 6 ? 7 : key);
	g_snprintf(buffers[1], 64, "p%d@example.org", key % 11);
	g_snprintf(buffers[2], 64, "q%d@example.net", key % 23);
	g_snprintf(buffers[3], 64, "Name %d", key % 13);
	g_snprintf(buffers[4], 64, "hidden%d@example.org", file * 10 + number % 9);
	g_snprintf(buffers[5], 64, "%d@example.org", key / 2);
	mentions[0] = (struct mention){ ROLE_FROM, buffers[1], buffers[3] };
	mentions[1] = (struct mention){ ROLE_TO, buffers[2], "" };
	mentions[2] = (struct mention){ ROLE_CC, "", "only a name" };
	mentions[3] = (struct mention){ ROLE_BCC, buffers[4], "" };
	references[0] = buffers[5];
	*message = plain_message(buffers[0], key);
	message->mentions = mentions;
	message->mention_count = number % 5 == 4 ? 4 : 3;
	message->references = references;
	message->reference_count = 1;
	message->offset = number * 500;
	message->instant = key % 17 ? 1400000000 + key * 1000 : INSTANT_NONE;
	message->list_id = key % 3 ? "" : "dev.example.org";
}

static int read_message(struct casefile *casefile, int64_t file, int index, int number,
                        struct error *err)
{
	char buffers[6][64];
	struct mention mentions[4];
	const char *references[1];
	struct message message;
	enum add_outcome outcome;

	make_message(index, number, &message, buffers, mentions, references);
	if (number % 31 == 30)
		return casefile_reject(casefile, file, message.offset, 99, "a parser crashed", err);
	if (number % 29 == 28 &&
	    casefile_note(casefile, file, message.offset, "no-blank-line", "a doubt", err) < 0)
		return -1;
	return casefile_add(casefile, file, &message, &outcome, err);
}

static int read_file(struct casefile *casefile, int index, const struct interruption *stop,
                     int *added, struct error *err)
{
	char path[32];
	int64_t file, resume;
	bool known;

	g_snprintf(path, sizeof path, "mail/%02d.mbox", index);
	if (casefile_file_begin(casefile, path, 500 * MESSAGES_A_FILE, 7, &file, &known, &resume,
	                        err) < 0)
		return -1;
	for (int i = 0; i < MESSAGES_A_FILE && !known; i++) {
		if (i * 500 < resume)
			continue;
		if (++*added == stop->add)
			raise(SIGKILL);
		if (read_message(casefile, file, index, i, err) < 0)
			return -1;
		if (i % stop->progress_every == 0 &&
		    casefile_file_progress(casefile, file, (i + 1) * 500, err) < 0)
			return -1;
		if (stop->commit_every && *added % stop->commit_every == 0 &&
		    casefile_commit(casefile, err) < 0)
			return -1;
	}
	return known ? 0 : casefile_file_end(casefile, file, FILE_MAIL, "mbox", NULL, err);
}

static int read_all(const char *path, const struct interruption *stop, struct error *err)
{
	struct casefile *casefile = casefile_open(path, CASEFILE_WRITE, err);
	int status = casefile ? 0 : -1, added = 0;

	for (int i = 0; status == 0 && i < FILES; i++)
		status = read_file(casefile, i, stop, &added, err);
	if (status == 0)
		status = casefile_finish(casefile, err);
	casefile_close(casefile);
	return status;
}

/* ---- dying in the middle of a write: SQLite lets its system calls be replaced ---- */

static int writes_left;
static ssize_t (*real_pwrite)(int fd, const void *bytes, size_t size, off_t offset);

static ssize_t killing_pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
	if (--writes_left == 0) {
		/* Half a page gets there. */
		if (real_pwrite(fd, bytes, size / 2, offset) < 0)
			abort();
		raise(SIGKILL);
	}
	return real_pwrite(fd, bytes, size, offset);
}

static void replace_pwrite(ssize_t (*with)(int fd, const void *bytes, size_t size, off_t offset))
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);

	real_pwrite = pwrite;
	assert_int_equal(SQLITE_OK, vfs->xSetSystemCall(vfs, "pwrite", NULL));
	vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)(void (*)(void))with);
	vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)(void (*)(void))with);
}

/* Read in a child that is killed as stop says; true if it was. */
static bool read_and_die(const char *path, const struct interruption *stop)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		struct error err = { 0 };

		if (stop->write) {
			writes_left = stop->write;
			replace_pwrite(killing_pwrite);
		}
		_exit(read_all(path, stop, &err) == 0 ? 0 : 1);
	}
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status)) {
		assert_int_equal(SIGKILL, WTERMSIG(status));
		return true;
	}
	assert_int_equal(0, WEXITSTATUS(status));
	return false;
}

static const struct interruption unbroken = { .progress_every = 10 };

static char *unbroken_dump(struct fixture *fixture)
{
	char *path = g_build_filename(fixture->folder, "unbroken", NULL);

	good(fixture, read_all(path, &unbroken, &fixture->err));
	char *dump = dump_of(path);

	g_free(path);
	return dump;
}

static void check_resumed(struct fixture *fixture, const char *expected)
{
	good(fixture, read_all(fixture->path, &unbroken, &fixture->err));
	char *dump = dump_of(fixture->path);

	assert_string_equal(expected, dump);
	g_free(dump);
}

/* ---- facts ---- */

static void a_run_killed_between_messages_ends_like_an_unbroken_one(void **state)
{
	struct fixture *fixture = *state;
	char *expected = unbroken_dump(fixture);

	for (int i = 0; i < 24; i++) {
		struct interruption stop = {
			.add = 1 + (i * 7919 + 13) % (FILES * MESSAGES_A_FILE - 1),
			.progress_every = 1 + i % 13,
			.commit_every = i % 4 * 9,
		};

		g_remove(fixture->path);
		assert_true(read_and_die(fixture->path, &stop));
		check_resumed(fixture, expected);
	}
	g_free(expected);
}

/* Killed at every 23rd write to disk from the first to the last, with half of
 * that write done: in the making of the schema, in batches, in journals, while
 * the indexes are made. */
static void a_run_killed_in_the_middle_of_a_write_ends_like_an_unbroken_one(void **state)
{
	struct fixture *fixture = *state;
	char *expected = unbroken_dump(fixture);
	int kills = 0;

	for (int write = 1; ; write += 23) {
		struct interruption stop = { .write = write, .progress_every = 3, .commit_every = 40 };

		g_remove(fixture->path);
		if (!read_and_die(fixture->path, &stop))
			break;
		kills++;
		check_resumed(fixture, expected);
	}
	assert_true(kills >= 15);
	g_free(expected);
}

static void a_run_killed_again_and_again_ends_like_an_unbroken_one(void **state)
{
	struct fixture *fixture = *state;
	char *expected = unbroken_dump(fixture);
	int kills = 0;

	for (int i = 0; i < 200; i++) {
		struct interruption stop = { .add = 25, .progress_every = 4, .commit_every = 8 };

		if (!read_and_die(fixture->path, &stop))
			break;
		kills++;
	}
	assert_true(kills >= 10);
	check_resumed(fixture, expected);
	g_free(expected);
}

static void a_broken_off_case_can_be_read_and_adds_up(void **state)
{
	struct fixture *fixture = *state;
	struct interruption stop = { .add = 200, .progress_every = 10, .commit_every = 50 };

	assert_true(read_and_die(fixture->path, &stop));
	open_case(fixture, CASEFILE_READ);
	struct casefile_account account = account_of(fixture);

	assert_true(account.unfinished);
	/* The 150th add was the last to be committed: two full files and 30
	 * messages, among them the rejected 31st of each full file. */
	assert_int_equal(150, account.found);
	assert_int_equal(2, account.rejected);
	assert_int_equal(2, account.by_outcome[FILE_MAIL]);
	assert_int_equal(1, account.by_outcome[FILE_UNFINISHED]);
	close_case(fixture);
	good(fixture, read_all(fixture->path, &unbroken, &fixture->err));
	open_case(fixture, CASEFILE_READ);
	account = account_of(fixture);
	assert_false(account.unfinished);
	assert_int_equal(FILES * MESSAGES_A_FILE, account.found);
	assert_int_equal(FILES, account.rejected);
	assert_int_equal(FILES, account.by_outcome[FILE_MAIL]);
}

static void reading_the_same_mail_twice_changes_no_byte(void **state)
{
	struct fixture *fixture = *state;
	char *first, *second;
	gsize first_size, second_size;

	good(fixture, read_all(fixture->path, &unbroken, &fixture->err));
	assert_true(g_file_get_contents(fixture->path, &first, &first_size, NULL));
	good(fixture, read_all(fixture->path, &unbroken, &fixture->err));
	assert_true(g_file_get_contents(fixture->path, &second, &second_size, NULL));
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	g_free(first);
	g_free(second);
}

static void two_unbroken_runs_give_the_same_bytes(void **state)
{
	struct fixture *fixture = *state;
	char *path = g_build_filename(fixture->folder, "other", NULL);
	char *first, *second;
	gsize first_size, second_size;

	good(fixture, read_all(fixture->path, &unbroken, &fixture->err));
	good(fixture, read_all(path, &unbroken, &fixture->err));
	assert_true(g_file_get_contents(fixture->path, &first, &first_size, NULL));
	assert_true(g_file_get_contents(path, &second, &second_size, NULL));
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	g_free(first);
	g_free(second);
	g_free(path);
}

/* ---- a full disk ---- */

static ssize_t full_pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
	if (--writes_left <= 0) {
		errno = ENOSPC;
		return -1;
	}
	return real_pwrite(fd, bytes, size, offset);
}

static void a_full_disk_is_said_and_leaves_a_valid_case(void **state)
{
	struct fixture *fixture = *state;
	char *expected = unbroken_dump(fixture);

	for (int writes = 1; writes < 300; writes += 37) {
		struct interruption stop = { .progress_every = 3, .commit_every = 40 };
		struct error err = { 0 };

		g_remove(fixture->path);
		writes_left = writes;
		replace_pwrite(full_pwrite);
		int status = read_all(fixture->path, &stop, &err);

		replace_pwrite(NULL);
		assert_int_equal(-1, status);
		assert_non_null(strstr(err.message, "the disk is full while writing"));
		/* Nothing is left of a file that could not even be begun; what is
		 * left otherwise can be opened. */
		bool left = g_file_test(fixture->path, G_FILE_TEST_EXISTS);

		assert_true(writes > 1 || !left);
		assert_true(writes < 100 || left);
		if (left)
			open_case(fixture, CASEFILE_READ);
		close_case(fixture);
		check_resumed(fixture, expected);
	}
	g_free(expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(a_run_killed_between_messages_ends_like_an_unbroken_one),
		FACT(a_run_killed_in_the_middle_of_a_write_ends_like_an_unbroken_one),
		FACT(a_run_killed_again_and_again_ends_like_an_unbroken_one),
		FACT(a_broken_off_case_can_be_read_and_adds_up),
		FACT(reading_the_same_mail_twice_changes_no_byte),
		FACT(two_unbroken_runs_give_the_same_bytes),
		FACT(a_full_disk_is_said_and_leaves_a_valid_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
