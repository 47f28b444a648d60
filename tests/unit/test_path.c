#include "unit.h"

#include "epistograph/path.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <stdlib.h>
#include <unistd.h>

static void check(const char *folder, const char *path, const char *expected)
{
	char *seen = path_from(folder, path);

	assert_string_equal(expected, seen);
	g_free(seen);
}

static void a_path_is_told_from_the_folder(void **state)
{
	(void)state;
	check("/nowhere/case", "/nowhere/case/mail/a", "mail/a");
	check("/nowhere/case", "/nowhere/mail/a", "../mail/a");
	check("/nowhere/case", "/nowhere/casemail/a", "../casemail/a");
	check("/nowhere/case", "/nowhere/ca", "../ca");
	check("/nowhere/a/b/c", "/elsewhere/x", "../../../../elsewhere/x");
	check("/", "/nowhere/x", "nowhere/x");
	check("/nowhere/case", "/nowhere/./case//mail/../mail/a", "mail/a");
	check("/nowhere/case", "/nowhere/case", ".");
}

static void one_file_has_one_name_from_everywhere(void **state)
{
	char *top = realpath(g_get_tmp_dir(), NULL);
	char *root = g_strdup_printf("%s/path-test-%d", top, (int)getpid());
	char *mail = g_build_filename(root, "mail", NULL), *link = g_build_filename(root, "link", NULL);
	char *whole = g_build_filename(mail, "a.mbox", NULL);
	char *through = g_build_filename(link, "a.mbox", NULL);
	char *before = g_get_current_dir();

	(void)state;
	assert_int_equal(0, g_mkdir_with_parents(mail, 0700));
	assert_int_equal(0, symlink("mail", link));
	check(root, whole, "mail/a.mbox");
	check(root, through, "mail/a.mbox");
	assert_int_equal(0, chdir(root));
	check(root, "mail/a.mbox", "mail/a.mbox");
	check(root, "./mail/a.mbox", "mail/a.mbox");
	assert_int_equal(0, chdir("mail"));
	check(root, "a.mbox", "mail/a.mbox");
	char *folder = path_folder_of("../link/case");
	assert_string_equal(mail, folder);
	g_free(folder);

	assert_int_equal(0, chdir(before));
	g_unlink(link);
	g_rmdir(mail);
	g_rmdir(root);
	g_free(before);
	g_free(through);
	g_free(whole);
	g_free(link);
	g_free(mail);
	g_free(root);
	free(top);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_told_from_the_folder),
		cmocka_unit_test(one_file_has_one_name_from_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
