#include "unit.h"

#include "epistograph/error.h"
#include "epistograph/isolate.h"
#include "epistograph/outfile.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int count_files(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	int count = 0;

	while (g_dir_read_name(dir))
		count++;
	g_dir_close(dir);
	return count;
}

static int make_folder(void **state)
{
	*state = g_dir_make_tmp("unit-XXXXXX", NULL);
	return *state ? 0 : -1;
}

static int remove_folder(void **state)
{
	GDir *dir = g_dir_open(*state, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(dir))) {
		char *path = g_build_filename(*state, name, NULL);
		g_unlink(path);
		g_free(path);
	}
	g_dir_close(dir);
	g_rmdir(*state);
	g_free(*state);
	return 0;
}

static void a_file_appears_on_commit_only(void **state)
{
	char *path = g_build_filename(*state, "x.csv", NULL), *text;
	struct error err = { 0 };
	struct outfile *file = outfile_open(path, &err);

	assert_non_null(file);
	fputs("whole", outfile_stream(file));
	assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
	assert_int_equal(0, outfile_commit(file, &err));
	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	assert_string_equal("whole", text);
	assert_int_equal(1, count_files(*state));
	g_free(text);
	g_free(path);
}

static void what_is_given_up_leaves_nothing(void **state)
{
	char *path = g_build_filename(*state, "x.csv", NULL);
	struct error err = { 0 };
	struct outfile *file = outfile_open(path, &err);

	fputs("half", outfile_stream(file));
	outfile_discard(file);
	assert_int_equal(0, count_files(*state));
	outfile_discard(NULL);
	g_free(path);
}

/* 255 bytes: a temporary name made by adding to it would be too long. */
static void the_longest_name_there_is_can_be_written(void **state)
{
	char name[256];
	struct error err = { 0 };

	memset(name, 'n', 255);
	name[255] = '\0';
	char *path = g_build_filename(*state, name, NULL);
	struct outfile *file = outfile_open(path, &err);
	assert_non_null(file);
	assert_int_equal(0, outfile_commit(file, &err));
	assert_int_equal(1, count_files(*state));
	g_unlink(path);
	g_free(path);
}

static void a_link_stays_and_its_target_is_written(void **state)
{
	char *link = g_build_filename(*state, "link.csv", NULL), *text;
	char *target = g_build_filename(*state, "target.csv", NULL);
	struct error err = { 0 };

	assert_int_equal(0, symlink("target.csv", link));
	for (int i = 0; i < 2; i++) {   /* to nothing first, then to a file */
		struct outfile *file = outfile_open(link, &err);

		assert_non_null(file);
		fprintf(outfile_stream(file), "%d", i);
		assert_int_equal(0, outfile_commit(file, &err));
	}
	assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
	assert_true(g_file_get_contents(target, &text, NULL, NULL));
	assert_string_equal("1", text);
	assert_int_equal(2, count_files(*state));
	g_unlink(link);
	assert_int_equal(0, symlink("link.csv", link));
	assert_null(outfile_open(link, &err));
	assert_non_null(strstr(err.message, "symbolic links"));
	g_free(text);
	g_free(target);
	g_free(link);
}

/* Where the file system has files without a name (ext4, xfs, btrfs, tmpfs). */
static void nothing_is_there_before_commit(void **state)
{
	int fd = open(*state, O_TMPFILE | O_WRONLY, 0600);

	if (fd < 0)
		skip();
	close(fd);
	char *path = g_build_filename(*state, "x.csv", NULL);
	struct error err = { 0 };
	struct outfile *file = outfile_open(path, &err);

	fputs("half", outfile_stream(file));
	fflush(outfile_stream(file));
	assert_int_equal(0, count_files(*state));       /* what a kill now would leave */
	outfile_discard(file);
	g_free(path);
}

static void a_full_disk_is_seen_at_commit(void **state)
{
	struct error err = { 0 };
	struct outfile *file = outfile_open("/dev/full", &err);

	(void)state;
	assert_non_null(file);
	fputs("anything", outfile_stream(file));
	assert_int_equal(-1, outfile_commit(file, &err));
	assert_non_null(strstr(err.message, "cannot write /dev/full: No space left"));
}

static void a_place_that_cannot_be_written_is_named(void **state)
{
	struct error err = { 0 };

	assert_null(outfile_open("/nowhere/at/all.svg", &err));
	assert_non_null(strstr(err.message, "cannot write /nowhere/at/all.svg: No such file"));
	err.message[0] = '\0';
	assert_null(outfile_open(*state, &err));
	assert_non_null(strstr(err.message, "Is a directory"));
}

static int add(void *context, struct error *err)
{
	int *numbers = context;

	(void)err;
	numbers[2] = numbers[0] + numbers[1];
	return 0;
}

static int complain(void *context, struct error *err)
{
	(void)context;
	return error_set(err, "no such graph");
}

static int crash(void *context, struct error *err)
{
	(void)context, (void)err;
	return raise(SIGSEGV);
}

static void isolated_work_comes_back_through_shared_memory(void **state)
{
	struct error err = { 0 };
	int *numbers = isolate_alloc(3 * sizeof *numbers);

	(void)state;
	numbers[0] = 2, numbers[1] = 3;
	assert_int_equal(0, isolate_run(add, numbers, "add", &err));
	assert_int_equal(5, numbers[2]);
	isolate_free(numbers, 3 * sizeof *numbers);
	assert_int_equal(-1, isolate_run(complain, NULL, "look", &err));
	assert_string_equal("no such graph", err.message);
	err.message[0] = '\0';
	assert_int_equal(-1, isolate_run(crash, NULL, "find communities", &err));
	assert_non_null(strstr(err.message, "cannot find communities: the process doing it was ended "
	                                    "by Segmentation fault"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_appears_on_commit_only, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(what_is_given_up_leaves_nothing, make_folder, remove_folder),
		cmocka_unit_test_setup_teardown(the_longest_name_there_is_can_be_written, make_folder,
		                                remove_folder),
		cmocka_unit_test_setup_teardown(a_link_stays_and_its_target_is_written, make_folder,
		                                remove_folder),
		cmocka_unit_test_setup_teardown(nothing_is_there_before_commit, make_folder,
		                                remove_folder),
		cmocka_unit_test(a_full_disk_is_seen_at_commit),
		cmocka_unit_test_setup_teardown(a_place_that_cannot_be_written_is_named, make_folder,
		                                remove_folder),
		cmocka_unit_test(isolated_work_comes_back_through_shared_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
