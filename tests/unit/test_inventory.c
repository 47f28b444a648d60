#include "unit.h"

#include "epistograph/error.h"
#include "epistograph/inventory.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every test runs in a new folder, which is the current one: paths stay short. */
struct place {
	char *folder;
	char *before;
};

static int enter_place(void **state)
{
	struct place *place = g_new0(struct place, 1);

	place->before = g_get_current_dir();
	place->folder = g_dir_make_tmp("inventory-XXXXXX", NULL);
	*state = place;
	return place->folder == NULL ? -1 : g_chdir(place->folder);
}

static int leave_place(void **state)
{
	struct place *place = *state;
	const char *command[] = { "rm", "-rf", "--", place->folder, NULL };
	int status = g_chdir(place->before);

	g_spawn_sync("/", (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	g_free(place->before);
	g_free(place->folder);
	g_free(place);
	return status;
}

static void make_file(const char *path)
{
	char *folder = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(folder, 0755), 0);
	assert_true(g_file_set_contents(path, "To: a\n\n", 7, NULL));
	g_free(folder);
}

static const char *state_name(enum inventory_state state)
{
	static const char *const names[] = { "file", "special", "unreadable", "repeated", "own",
	                                     "undelivered", "repository" };

	return names[state];
}

/* "a/x file, a/y special, ..." */
static char *listing(struct inventory *inventory)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < inventory->count; i++) {
		struct inventory_entry *entry = &inventory->entries[i];
		inventory_examine(inventory, i);
		g_string_append_printf(text, "%s%s %s", i > 0 ? ", " : "", entry->path,
		                       state_name(entry->state));
		assert_true((entry->reason == NULL) ==
		            (entry->state == INVENTORY_FILE || entry->state == INVENTORY_REPOSITORY));
	}
	return g_string_free(text, FALSE);
}

/* The files below the paths (separated by '|') are what is expected, twice. */
static void check_inventory(const char *paths, const char *expected)
{
	char **list = g_strsplit(paths, "|", -1);

	for (int run = 0; run < 2; run++) {
		struct inventory inventory;
		struct error err = { 0 };
		assert_int_equal(inventory_take((const char *const *)list, g_strv_length(list),
		                                &inventory, &err), 0);
		char *found = listing(&inventory);
		assert_string_equal(found, expected);
		g_free(found);
		inventory_clear(&inventory);
		assert_int_equal(inventory.count, 0);
	}
	g_strfreev(list);
}

static const char *reason_of(struct inventory *inventory, const char *path)
{
	for (size_t i = 0; i < inventory->count; i++) {
		struct inventory_entry *entry = &inventory->entries[i];
		if (strcmp(entry->path, path) != 0)
			continue;
		inventory_examine(inventory, i);
		return entry->reason;
	}
	return NULL;
}

static void check_reason(const char *argument, const char *path, const char *reason)
{
	struct inventory inventory;
	struct error err = { 0 };

	assert_int_equal(inventory_take(&argument, 1, &inventory, &err), 0);
	assert_non_null(reason_of(&inventory, path));
	assert_string_equal(reason_of(&inventory, path), reason);
	inventory_clear(&inventory);
}

static void files_are_listed_in_byte_order(void **state)
{
	(void)state;
	make_file("m/b/2");
	make_file("m/B");
	make_file("m/a");
	make_file("m/\xc3\xa9");
	make_file("m/b.x");
	make_file("m/.hidden");
	make_file("m/\xff");
	/* '.' < '/' < 'B' < 'a' < 'b' < 0xc3 < 0xff */
	check_inventory("m", "m/.hidden file, m/B file, m/a file, m/b.x file, m/b/2 file, "
	                "m/\xc3\xa9 file, m/\xff file");
}

static void size_and_time_are_those_of_the_file(void **state)
{
	struct inventory inventory;
	struct error err = { 0 };
	const char *path = "m";
	struct stat status;

	(void)state;
	make_file("m");
	assert_int_equal(stat("m", &status), 0);
	assert_int_equal(inventory_take(&path, 1, &inventory, &err), 0);
	assert_int_equal(inventory.count, 1);
	assert_int_equal(inventory.entries[0].size, 7);
	assert_int_equal(inventory.entries[0].modified_ns,
	                 status.st_mtim.tv_sec * 1000000000L + status.st_mtim.tv_nsec);
	inventory_clear(&inventory);
}

static void nothing_and_empty_folders_give_nothing(void **state)
{
	struct inventory inventory;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(inventory_take(NULL, 0, &inventory, &err), 0);
	assert_int_equal(inventory.count, 0);
	inventory_clear(&inventory);
	assert_int_equal(g_mkdir_with_parents("empty/within", 0755), 0);
	check_inventory("empty", "");
}

static void given_paths_stay_as_given_but_for_slashes_behind(void **state)
{
	(void)state;
	make_file("m/a");
	check_inventory("m/", "m/a file");
	check_inventory("m///", "m/a file");
	check_inventory("./m", "./m/a file");
	check_inventory("m/../m", "m/../m/a file");
	check_inventory("m/a", "m/a file");
	check_inventory(".", "./m/a file");
}

static void a_missing_path_is_an_error(void **state)
{
	static const char *const missing[] = { "m/none", "none", "m/a/b", "" };

	(void)state;
	make_file("m/a");
	for (size_t i = 0; i < G_N_ELEMENTS(missing); i++) {
		const char *const paths[] = { "m", missing[i] };
		struct inventory inventory;
		struct error err = { 0 };
		assert_int_equal(inventory_take(paths, 2, &inventory, &err), -1);
		assert_non_null(strstr(err.message, missing[i]));
		assert_non_null(strstr(err.message, "no such file or folder"));
		assert_int_equal(inventory.count, 0);
	}
}

static void what_is_given_twice_is_listed_once(void **state)
{
	(void)state;
	make_file("m/a");
	make_file("m/in/b");
	check_inventory("m|m", "m/a file, m/in/b file");
	check_inventory("m/in|m", "m/a file, m/in/b file");
	check_inventory("m|m/in/b|m/in", "m/a file, m/in/b file");
	check_inventory("m/a|m/in/../a|m/", "m/a file, m/in/b file");
	check_inventory("./m/in|m", "./m/in/b file, m/a file");
	check_inventory("./m/in/b|m", "./m/in/b file, m/a file");
}

static void hard_links_are_files_of_their_own(void **state)
{
	(void)state;
	make_file("m/a");
	assert_int_equal(link("m/a", "m/b"), 0);
	check_inventory("m", "m/a file, m/b file");
	check_inventory("m/a|m", "m/a file, m/b file");
	check_inventory("m/a|m/b", "m/a file, m/b file");
}

static void links_are_followed_once(void **state)
{
	(void)state;
	make_file("m/z/file");
	make_file("other/x");
	assert_int_equal(symlink("z/file", "m/a"), 0);
	assert_int_equal(symlink("../other", "m/b"), 0);
	assert_int_equal(symlink("../other", "m/c"), 0);
	assert_int_equal(symlink("../other/x", "m/d"), 0);
	check_inventory("m", "m/a repeated, m/b/x file, m/c repeated, m/d repeated, m/z/file file");
	check_reason("m", "m/a", "a symbolic link to m/z/file");
	check_reason("m", "m/c", "a symbolic link to m/b");
	check_reason("m", "m/d", "a symbolic link to m/b/x");
	/* The plain path is the one that counts, however the links are named. */
	check_inventory("m|other", "m/a repeated, m/b repeated, m/c repeated, m/d repeated, "
	                "m/z/file file, other/x file");
}

static void link_loops_end(void **state)
{
	(void)state;
	make_file("m/in/a");
	assert_int_equal(symlink("..", "m/in/up"), 0);
	assert_int_equal(symlink("self", "m/self"), 0);
	assert_int_equal(symlink("pong", "m/ping"), 0);
	assert_int_equal(symlink("ping", "m/pong"), 0);
	check_inventory("m", "m/in/a file, m/in/up repeated, m/ping repeated, m/pong repeated, "
	                "m/self repeated");
	check_reason("m", "m/in/up", "a symbolic link to m");
	check_reason("m", "m/self", "a symbolic link that leads to itself");
}

/* The link leads above the folder, and so to the folder itself once more. */
static void a_link_upwards_lists_the_rest_once(void **state)
{
	(void)state;
	make_file("top/m/a");
	make_file("top/n/b");
	assert_int_equal(symlink("..", "top/m/up"), 0);
	check_inventory("top/m", "top/m/a file, top/m/up/m repeated, top/m/up/n/b file");
}

static void links_to_nothing_are_unreadable(void **state)
{
	(void)state;
	assert_int_equal(g_mkdir("m", 0755), 0);
	assert_int_equal(symlink("nowhere", "m/a"), 0);
	check_inventory("m", "m/a unreadable");
	check_inventory("m/a", "m/a unreadable");
	check_reason("m", "m/a", "a symbolic link to nothing");
}

static void a_link_may_be_given(void **state)
{
	(void)state;
	make_file("m/a");
	assert_int_equal(symlink("m", "link"), 0);
	assert_int_equal(symlink("m/a", "direct"), 0);
	check_inventory("link", "link/a file");
	check_inventory("direct", "direct file");
	check_inventory("direct|m", "direct file");
}

static void special_files_are_named(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "m/socket" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	make_file("m/a");
	assert_int_equal(mkfifo("m/fifo", 0600), 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(symlink("/dev/null", "m/null"), 0);
	check_inventory("m", "m/a file, m/fifo special, m/null special, m/socket special");
	check_reason("m", "m/fifo", "a FIFO, not opened");
	check_reason("m", "m/socket", "a socket, not opened");
	check_reason("m", "m/null", "a device, not opened");
	check_inventory("m/fifo", "m/fifo special");
	close(fd);
}

/* Root may read everything, so the listing is made as nobody. */
static void refused_files_and_folders_are_unreadable(void **state)
{
	struct place *place = *state;

	make_file("m/a");
	make_file("m/closed/b");
	make_file("m/secret");
	assert_int_equal(chmod(place->folder, 0755), 0);
	assert_int_equal(chmod("m/closed", 0), 0);
	assert_int_equal(chmod("m/secret", 0), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		const char *path = "m";
		struct inventory inventory;
		struct error err = { 0 };
		if (geteuid() == 0 && seteuid(65534) < 0)
			_exit(2);
		if (inventory_take(&path, 1, &inventory, &err) < 0)
			_exit(3);
		char *found = listing(&inventory);
		_exit(strcmp(found, "m/a file, m/closed unreadable, m/secret unreadable") == 0 &&
		      strstr(inventory.entries[1].reason, "cannot open the folder: ") != NULL &&
		      strstr(inventory.entries[2].reason, "cannot open: ") != NULL ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(chmod("m/closed", 0755), 0);
}

static void a_maildirs_tmp_holds_what_is_undelivered(void **state)
{
	(void)state;
	make_file("m/cur/1:2,S");
	make_file("m/new/2");
	make_file("m/tmp/3");
	make_file("m/.Sent/cur/4:2,");
	make_file("m/.Sent/tmp/5");         /* no new beside it: just a folder */
	check_inventory("m", "m/.Sent/cur/4:2, file, m/.Sent/tmp/5 file, m/cur/1:2,S file, "
	                "m/new/2 file, m/tmp/3 undelivered");
	check_inventory("m/tmp", "m/tmp/3 file");   /* it was asked for */
}

/* An SQLite file is 100 bytes of header at least; our id stands at byte 68. */
static void make_database(const char *path, const char *id)
{
	char header[100] = "SQLite format 3";

	memcpy(header + 68, id, 4);
	assert_true(g_file_set_contents(path, header, sizeof header, NULL));
}

static void case_files_are_our_own(void **state)
{
	(void)state;
	assert_int_equal(g_mkdir("m", 0755), 0);
	make_database("m/a.epistograph", "EPIS");
	make_database("m/b.sqlite", "EPIS");
	make_database("m/c.db", "EPIS");
	make_database("m/d.db", "abcd");
	make_file("m/a.epistograph-wal");
	make_file("m/d.db-wal");
	make_file("m/e.epistograph");
	check_inventory("m", "m/a.epistograph own, m/a.epistograph-wal own, m/b.sqlite own, m/c.db own, "
	                "m/d.db file, m/d.db-wal file, m/e.epistograph file");
}

/* Paths that the system cannot name end as a folder that cannot be opened. */
static void folders_of_any_depth_are_entered(void **state)
{
	struct inventory inventory;
	struct error err = { 0 };
	const char *path = "m";
	GString *deep = g_string_new("m");

	(void)state;
	for (int i = 0; i < 500; i++)
		g_string_append(deep, "/d");
	g_string_append(deep, "/file");
	make_file(deep->str);
	assert_int_equal(inventory_take(&path, 1, &inventory, &err), 0);
	assert_int_equal(inventory.count, 1);
	assert_string_equal(inventory.entries[0].path, deep->str);
	inventory_examine(&inventory, 0);
	assert_int_equal(inventory.entries[0].state, INVENTORY_FILE);
	inventory_clear(&inventory);

	/* 30 x 200 bytes are more than PATH_MAX, 4096. */
	char *name = g_strnfill(200, 'x');
	int fd = open("m", O_RDONLY | O_DIRECTORY);
	for (int i = 0; i < 30; i++) {
		assert_int_equal(mkdirat(fd, name, 0755), 0);
		int below = openat(fd, name, O_RDONLY | O_DIRECTORY);
		close(fd);
		fd = below;
	}
	close(fd);
	assert_int_equal(inventory_take(&path, 1, &inventory, &err), 0);
	assert_int_equal(inventory.count, 2);
	assert_int_equal(inventory.entries[1].state, INVENTORY_UNREADABLE);
	inventory_clear(&inventory);
	g_free(name);
	g_string_free(deep, TRUE);
}

static void what_becomes_of_a_file_meanwhile_is_noticed(void **state)
{
	struct inventory inventory;
	struct error err = { 0 };
	const char *path = "m";

	(void)state;
	make_file("m/gone");
	make_file("m/grown");
	make_file("m/turned");
	assert_int_equal(inventory_take(&path, 1, &inventory, &err), 0);
	g_unlink("m/gone");
	assert_true(g_file_set_contents("m/grown", "To: a@b.example\n\n", 17, NULL));
	g_unlink("m/turned");
	assert_int_equal(g_mkdir("m/turned", 0755), 0);
	char *found = listing(&inventory);
	assert_string_equal("m/gone unreadable, m/grown file, m/turned special", found);
	g_free(found);
	assert_int_equal(17, inventory.entries[1].size);
	assert_string_equal("no file any more, not opened", inventory.entries[2].reason);
	inventory_clear(&inventory);
}

static void many_files_are_listed(void **state)
{
	struct inventory inventory;
	struct error err = { 0 };
	const char *path = "m";

	(void)state;
	assert_int_equal(g_mkdir("m", 0755), 0);
	for (int i = 0; i < 5000; i++) {
		char name[32];
		g_snprintf(name, sizeof name, "m/%d", i);
		close(open(name, O_CREAT | O_WRONLY, 0644));
	}
	assert_int_equal(inventory_take(&path, 1, &inventory, &err), 0);
	assert_int_equal(inventory.count, 5000);
	for (size_t i = 1; i < inventory.count; i++)
		assert_true(strcmp(inventory.entries[i - 1].path, inventory.entries[i].path) < 0);
	inventory_clear(&inventory);
}

/* As git lays it out: gitrepository-layout(5). */
static void make_repository(const char *path, const char *head)
{
	char *file = g_build_filename(path, "HEAD", NULL);
	char *folder = g_build_filename(path, "refs", "heads", NULL);
	char *objects = g_build_filename(path, "objects", "pack", NULL);

	assert_int_equal(g_mkdir_with_parents(folder, 0755), 0);
	assert_int_equal(g_mkdir_with_parents(objects, 0755), 0);
	assert_true(g_file_set_contents(file, head, -1, NULL));
	g_free(file);
	g_free(folder);
	g_free(objects);
}

static void a_git_repository_is_one_source(void **state)
{
	(void)state;
	make_repository("m/a.git", "ref: refs/heads/master\n");
	make_repository("m/tree/.git", "0123456789abcdef0123456789abcdef01234567\n");
	make_repository("m/z", "To: a head\n");
	make_file("m/tree/mail");
	make_file("m/b/HEAD");
	check_inventory("m", "m/a.git repository, m/b/HEAD file, m/tree/.git repository, "
	                     "m/tree/mail file, m/z/HEAD file");
	check_inventory("m/a.git", "m/a.git repository");
}

static int64_t mark_of_repository(void)
{
	struct inventory inventory;
	struct error err = { 0 };
	const char *path = "r";

	assert_int_equal(inventory_take(&path, 1, &inventory, &err), 0);
	assert_int_equal(inventory.count, 1);
	int64_t mark = inventory.entries[0].modified_ns;
	inventory_clear(&inventory);
	return mark;
}

/* A loose ref is worth more than one in packed-refs: git-pack-refs(1). */
static void a_repository_changes_with_its_branches(void **state)
{
	static const char one[] = "0123456789abcdef0123456789abcdef01234567";
	static const char packed[] = "# pack-refs with: peeled fully-peeled sorted \n"
		"0123456789abcdef0123456789abcdef01234567 refs/heads/master\n"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa refs/tags/v1\n"
		"^bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n";

	(void)state;
	make_repository("r", "ref: refs/heads/master\n");
	int64_t empty = mark_of_repository();
	assert_true(g_file_set_contents("r/refs/heads/master", one, -1, NULL));
	int64_t loose = mark_of_repository();
	assert_true(empty >= 0 && loose >= 0 && loose != empty);

	assert_true(g_file_set_contents("r/packed-refs", packed, -1, NULL));
	assert_int_equal(mark_of_repository(), loose);
	assert_int_equal(g_unlink("r/refs/heads/master"), 0);
	assert_int_equal(mark_of_repository(), loose);

	assert_true(g_file_set_contents("r/refs/heads/master",
	                                "cccccccccccccccccccccccccccccccccccccccc\n", -1, NULL));
	assert_true(mark_of_repository() != loose);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_place, leave_place)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(files_are_listed_in_byte_order),
		TEST(size_and_time_are_those_of_the_file),
		TEST(nothing_and_empty_folders_give_nothing),
		TEST(given_paths_stay_as_given_but_for_slashes_behind),
		TEST(a_missing_path_is_an_error),
		TEST(what_is_given_twice_is_listed_once),
		TEST(hard_links_are_files_of_their_own),
		TEST(links_are_followed_once),
		TEST(link_loops_end),
		TEST(a_link_upwards_lists_the_rest_once),
		TEST(links_to_nothing_are_unreadable),
		TEST(a_link_may_be_given),
		TEST(special_files_are_named),
		TEST(refused_files_and_folders_are_unreadable),
		TEST(a_maildirs_tmp_holds_what_is_undelivered),
		TEST(case_files_are_our_own),
		TEST(folders_of_any_depth_are_entered),
		TEST(what_becomes_of_a_file_meanwhile_is_noticed),
		TEST(many_files_are_listed),
		TEST(a_git_repository_is_one_source),
		TEST(a_repository_changes_with_its_branches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
