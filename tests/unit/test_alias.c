/* The file of who is whom: what it says, what is wrong in it, and back again. */
#include "unit.h"

#include "epistograph/alias.h"
#include "epistograph/error.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

struct fixture {
	char *path;
	struct alias_list list;
	struct error err;
	GString *text;
};

static int setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	int file = g_file_open_tmp("alias-XXXXXX", &fixture->path, NULL);

	close(file);
	fixture->text = g_string_new(NULL);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	g_unlink(fixture->path);
	g_free(fixture->path);
	alias_list_clear(&fixture->list);
	g_string_free(fixture->text, TRUE);
	g_free(fixture);
	return 0;
}

static int read_text(struct fixture *fixture, const char *text)
{
	alias_list_clear(&fixture->list);
	fixture->err.message[0] = '\0';
	assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
	return alias_list_read(&fixture->list, fixture->path, &fixture->err);
}

/* "address>person|name" of each, in the order of the list. */
static const char *told(struct fixture *fixture)
{
	g_string_truncate(fixture->text, 0);
	for (size_t i = 0; i < fixture->list.count; i++) {
		const struct alias *alias = &fixture->list.aliases[i];

		g_string_append_printf(fixture->text, "%s>%s|%s\n", alias->address, alias->person,
		                       alias->name);
	}
	return fixture->text->str;
}

static void a_line_is_a_person(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(0, read_text(fixture, "\xef\xbb\xbf# who is whom\r\n\r\n"
		"  \xc3\x89lodie Lee <Zoe@Example.org>  <ann@example.org>,<b@home.example>\r\n"
		"<bo@example.org>\n</O=ORG/CN=Cy Ek> <cy@example.org>"));
	assert_string_equal(
		"/o=org/cn=cy%20ek>/o=org/cn=cy%20ek|\n"
		"ann@example.org>zoe@example.org|\xc3\x89lodie Lee\n"
		"b@home.example>zoe@example.org|\xc3\x89lodie Lee\n"
		"bo@example.org>bo@example.org|\n"
		"cy@example.org>/o=org/cn=cy%20ek|\n"
		"zoe@example.org>zoe@example.org|\xc3\x89lodie Lee\n", told(fixture));
	assert_int_equal(3, alias_list_find(&fixture->list, "zoe@example.org")->line);
	assert_null(alias_list_find(&fixture->list, "nobody@example.org"));
	assert_int_equal(0, read_text(fixture, ""));
	assert_int_equal(0, fixture->list.count);
}

static void what_is_wrong_is_said_with_its_line(void **state)
{
	static const struct { const char *text, *reason; } wrong[] = {
		{ "# x\nAnn Lee\n", ": line 2: there is no address in \"<\" and \">\"" },
		{ "Ann <a@example.org\n", ": line 1: a \"<\" without its \">\"" },
		{ "Ann <>\n", ": line 1: there is no address between \"<\" and \">\"" },
		{ "Ann <a@example.org> too\n", ": line 1: addresses stand in \"<\" and \">\", behind the name" },
		{ "<a@b.example>\n\n<c@b.example> <A@b.example>\n", ": line 3: a@b.example stands in line 1, too" },
		{ "<a@b.example> <a@B.example>\n", ": line 1: a@b.example stands twice in it" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		assert_int_equal(-1, read_text(fixture, wrong[i].text));
		assert_true(g_str_has_prefix(fixture->err.message, fixture->path));
		assert_string_equal(wrong[i].reason, fixture->err.message + strlen(fixture->path));
		assert_int_equal(0, fixture->list.count);
	}
	fixture->err.message[0] = '\0';
	assert_int_equal(-1, alias_list_read(&fixture->list, "/nowhere/at/all", &fixture->err));
	assert_non_null(strstr(fixture->err.message, "/nowhere/at/all"));
}

static void what_is_written_is_read_again(void **state)
{
	static const char *const addresses[] = { "zoe@example.org", "ann@example.org" };
	struct fixture *fixture = *state;
	FILE *out = fopen(fixture->path, "w");

	alias_write_line(out, "# Ann <the> Lee\n", addresses, 2);
	alias_write_line(out, "", &(const char *){ "bo@example.org" }, 1);
	assert_int_equal(0, fclose(out));
	assert_int_equal(0, alias_list_read(&fixture->list, fixture->path, &fixture->err));
	assert_string_equal("ann@example.org>zoe@example.org|Ann  the  Lee\n"
	                    "bo@example.org>bo@example.org|\n"
	                    "zoe@example.org>zoe@example.org|Ann  the  Lee\n", told(fixture));
}

static void forgetting_appoints_an_heir_and_leaves_none_alone(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 3; i++) {
		char address[] = { (char)('a' + i), '\0' };

		alias_list_set(&fixture->list, address, "c", "Ann");
	}
	alias_list_set(&fixture->list, "d", "d", "");
	assert_false(alias_list_forget(&fixture->list, "x"));
	assert_true(alias_list_forget(&fixture->list, "c"));
	assert_string_equal("a>a|Ann\nb>a|Ann\nd>d|\n", told(fixture));
	assert_true(alias_list_forget(&fixture->list, "b"));
	assert_string_equal("d>d|\n", told(fixture));
	alias_list_set(&fixture->list, "d", "e", "Di");
	assert_string_equal("d>e|Di\n", told(fixture));
	assert_true(alias_list_forget(&fixture->list, "d"));
	assert_string_equal("", told(fixture));
}

#define FACT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(a_line_is_a_person),
		FACT(what_is_wrong_is_said_with_its_line),
		FACT(what_is_written_is_read_again),
		FACT(forgetting_appoints_an_heir_and_leaves_none_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
