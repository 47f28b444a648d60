/* The file of public keys: what it says, and what is wrong in it. */
#include "unit.h"

#include "epistograph/dkim_keys.h"
#include "epistograph/error.h"

#include <glib.h>

#include <string.h>

struct fixture {
	struct dkim_keys *keys;
	struct error err;
	GString *text;
};

static int setup(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);

	fixture->keys = dkim_keys_new();
	fixture->text = g_string_new(NULL);
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	dkim_keys_free(fixture->keys);
	g_string_free(fixture->text, TRUE);
	g_free(fixture);
	return 0;
}

static int parse(struct fixture *fixture, const char *text)
{
	fixture->err.message[0] = '\0';
	return dkim_keys_parse(fixture->keys, text, strlen(text), "keys", &fixture->err);
}

/* "name|record" of each, in the order of the set. */
static const char *told(struct fixture *fixture)
{
	size_t count;
	const struct dkim_key *list = dkim_keys_list(fixture->keys, &count);

	g_string_truncate(fixture->text, 0);
	for (size_t i = 0; i < count; i++)
		g_string_append_printf(fixture->text, "%s|%s\n", list[i].name, list[i].record);
	return fixture->text->str;
}

static void assert_refused(struct fixture *fixture, const char *text, const char *why)
{
	assert_int_equal(-1, parse(fixture, text));
	assert_non_null(strstr(fixture->err.message, why));
}

static void a_line_is_a_name_and_a_record(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(0, parse(fixture, "# who kept them\n\n; a zone's remark\n"
	                          "s1._domainkey.example.org v=DKIM1; p=AB\n"
	                          "a._domainkey.example.org\t \tk=rsa; p=CD  \r\n"
	                          "b.c._domainkey.x p=E F"));
	assert_string_equal("a._domainkey.example.org|k=rsa; p=CD\n"
	                    "b.c._domainkey.x|p=E F\n"
	                    "s1._domainkey.example.org|v=DKIM1; p=AB\n", told(fixture));
}

static void names_have_no_case_and_no_last_dot(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(0, parse(fixture, "S1._DomainKey.Example.ORG. p=Ab\n"));
	assert_string_equal("s1._domainkey.example.org|p=Ab\n", told(fixture));
}

static void what_dig_prints_is_read(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(0, parse(fixture,
		"s._domainkey.a.\t3600\tIN\tTXT\t\"v=DKIM1; k=rsa; \" \"p=AB\"\n"
		"s._domainkey.b. IN TXT \"p=A\\\"B\\;C\\\\\"\n"
		"s._domainkey.c TXT p=x\n"
		"s._domainkey.d \"\"\n"
		"s._domainkey.e 3600 p=y\n"));
	assert_string_equal("s._domainkey.a|v=DKIM1; k=rsa; p=AB\n"
	                    "s._domainkey.b|p=A\"B;C\\\n"
	                    "s._domainkey.c|p=x\n"
	                    "s._domainkey.d|\n"
	                    "s._domainkey.e|p=y\n", told(fixture));
}

/* As Mail::DKIM's tests have them. */
static void answers_without_a_record_are_none(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(0, parse(fixture, "a._domainkey.x NXDOMAIN\n"
	                          "b._domainkey.x ~~Query timed out~~\n"
	                          "c._domainkey.x p=\n"));
	assert_string_equal("c._domainkey.x|p=\n", told(fixture));
}

static void a_name_may_have_many_each_once(void **state)
{
	struct fixture *fixture = *state;
	size_t count;

	assert_int_equal(0, parse(fixture, "s._domainkey.x p=2\ns._domainkey.x p=1\n"
	                          "s._domainkey.x p=2\nt._domainkey.x p=3\n"));
	const struct dkim_key *found = dkim_keys_find(fixture->keys, "s._domainkey.x", &count);

	assert_int_equal(2, count);
	assert_string_equal("p=1", found[0].record);
	assert_string_equal("p=2", found[1].record);
	dkim_keys_find(fixture->keys, "s._domainkey.y", &count);
	assert_int_equal(0, count);
	dkim_keys_find(fixture->keys, "", &count);
	assert_int_equal(0, count);
	dkim_keys_find(fixture->keys, "u", &count);
	assert_int_equal(0, count);
}

static void no_set_has_no_key(void **state)
{
	struct fixture *fixture = *state;
	size_t count = 7;

	assert_int_equal(0, parse(fixture, ""));
	dkim_keys_list(fixture->keys, &count);
	assert_int_equal(0, count);
	dkim_keys_find(fixture->keys, "s._domainkey.x", &count);
	assert_int_equal(0, count);
	dkim_keys_free(NULL);
}

/* printf 'p=1' | sha256sum */
static void the_fingerprint_is_that_of_the_record(void **state)
{
	struct fixture *fixture = *state;
	size_t count;

	assert_int_equal(0, parse(fixture, "s._domainkey.x p=1\n"));
	assert_string_equal("791a7b3a1c84e05c",
	                    dkim_keys_list(fixture->keys, &count)[0].fingerprint);
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
	struct fixture *fixture = *state;

	assert_refused(fixture, "\ns._domainkey.x p=1\nexample.org p=1\n", "keys, line 3: this is no name");
	assert_refused(fixture, "._domainkey.x p=1\n", "line 1: this is no name");
	assert_refused(fixture, "s._domainkey. p=1\n", "line 1: this is no name");
	assert_refused(fixture, "s._domainkey.x\n", "line 1: a record belongs");
	assert_refused(fixture, "s._domainkey.x IN TXT\n", "line 1: a record belongs");
	assert_refused(fixture, "s._domainkey.x \"p=1\n", "line 1: the record is in quotes");
	assert_refused(fixture, "s._domainkey.x \"p=1\" p=2\n", "line 1: the record is in quotes");
	assert_refused(fixture, "s._domainkey.x \"p=1\\\n", "line 1: the record is in quotes");
	assert_refused(fixture, "s._domainkey.x p=\x1b[2J\n", "line 1: names and records are of printable");
	assert_refused(fixture, "s._domainkey.\xc3\xbc p=1\n", "line 1: names and records are of printable");
	assert_int_equal(-1, dkim_keys_parse(fixture->keys, "a\0b", 3, "keys", NULL));
	fixture->err.message[0] = '\0';
	assert_int_equal(-1, dkim_keys_read(fixture->keys, "/nonexistent/keys", &fixture->err));
	assert_non_null(strstr(fixture->err.message, "/nonexistent/keys"));
}

#define FACT(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(a_line_is_a_name_and_a_record),
		FACT(names_have_no_case_and_no_last_dot),
		FACT(what_dig_prints_is_read),
		FACT(answers_without_a_record_are_none),
		FACT(a_name_may_have_many_each_once),
		FACT(no_set_has_no_key),
		FACT(the_fingerprint_is_that_of_the_record),
		FACT(what_is_wrong_is_named_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
