/* Messages that are named and not there, and who had them. */
#include "casefile_fixture.h"

#include "epistograph/alias.h"

#define T0 1467331200                   /* 2016-07-01T00:00:00Z */

static const struct mention bob_answers[] = {
	{ ROLE_FROM, "bob@x.example", "" }, { ROLE_TO, "ann@x.example", "" },
	{ ROLE_CC, "cy@x.example", "" }, { ROLE_REPLY_TO, "else@x.example", "" },
};
static const struct mention cy_answers[] = {
	{ ROLE_FROM, "cy@x.example", "" }, { ROLE_TO, "ann@x.example", "" },
	{ ROLE_TO, "ann@x.example", "" }, { ROLE_TO, "bob@x.example", "" },
};

static struct message naming(const char *id, int number, int64_t instant,
                             const struct mention *mentions)
{
	struct message message = plain_message(id, number);

	message.instant = instant;
	message.mentions = mentions;
	message.mention_count = 4;
	return message;
}

static void append_people(GString *out, const struct missing_person *people, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *addresses = g_strjoinv("+", (char **)people[i].addresses);

		g_string_append_printf(out, "%s%s", i ? " " : "", addresses);
		g_free(addresses);
	}
}

static int append_row(void *context, const struct casefile_missing *row, struct error *err)
{
	GString *out = context;

	(void)err;
	g_string_append_printf(out, "%s %d of %d, by ", row->message_id, (int)row->answers,
	                       (int)row->cited);
	append_people(out, row->answered_by, row->answered_by_count);
	g_string_append(out, ", to ");
	append_people(out, row->answers_to, row->answers_to_count);
	g_string_append(out, ", ");
	if (row->instant == INSTANT_NONE)
		g_string_append(out, "undated");
	else
		g_string_append_printf(out, "@%d", (int)(row->instant - T0));
	g_string_append_printf(out, ", %s, %s:%d\n", row->subject, row->path, (int)row->offset);
	return 0;
}

static int stop(void *context, const struct casefile_missing *row, struct error *err)
{
	(void)row, (void)err;
	++*(int *)context;
	return 7;
}

/* gone@x: Bob and Cy answer it, Cy earlier; a third message has it among its
 * References. older@x is only named. here@x is there. */
static void make_case(struct fixture *fixture)
{
	static const char *const references[] = { "older@x", "gone@x", "here@x" };
	struct message bob = naming("b@x", 1, T0 + 50, bob_answers);
	struct message cy = naming("c@x", 2, T0 + 20, cy_answers);
	struct message third = naming("d@x", 3, T0 + 10, bob_answers);
	struct message undated = naming("e@x", 4, INSTANT_NONE, cy_answers);

	bob.in_reply_to = cy.in_reply_to = "gone@x";
	cy.subject = "Re: \"it\"";
	third.references = references;
	third.reference_count = 3;
	undated.in_reply_to = "other@x";
	undated.date_verdict = DATE_MISSING;
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	add_at(fixture, file, 0, bob);
	add_at(fixture, file, 10, cy);
	add_at(fixture, file, 20, third);
	add_at(fixture, file, 30, undated);
	add_at(fixture, file, 40, naming("here@x", 5, T0, bob_answers));
	end_file(fixture, file);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
}

static void the_missing_are_told_with_who_had_them(void **state)
{
	struct fixture *fixture = *state;
	GString *out = g_string_new(NULL);

	make_case(fixture);
	good(fixture, casefile_walk_missing(fixture->casefile, append_row, out, &fixture->err));
	assert_string_equal(
		"gone@x 2 of 3, by bob@x.example cy@x.example, to ann@x.example, @20, Re: \"it\", f:10\n"
		"other@x 1 of 1, by cy@x.example, to ann@x.example bob@x.example, undated, Plain, f:30\n"
		"older@x 0 of 1, by , to , @10, Plain, f:20\n", out->str);
	assert_int_equal(3, account_of(fixture).missing);
	g_string_free(out, TRUE);
}

/* Cy is bob's second address as the user has it: one person had it, by two addresses, and
 * what is addressed to himself is none to another. */
static void addresses_of_one_are_one_who_had_it(void **state)
{
	struct fixture *fixture = *state;
	struct alias_list aliases = { 0 };
	GString *out = g_string_new(NULL);

	make_case(fixture);
	alias_list_set(&aliases, "bob@x.example", "bob@x.example", "Bob");
	alias_list_set(&aliases, "cy@x.example", "bob@x.example", "Bob");
	good(fixture, casefile_try_aliases(fixture->casefile, &aliases, &fixture->err));
	good(fixture, casefile_walk_missing(fixture->casefile, append_row, out, &fixture->err));
	assert_string_equal(
		"gone@x 2 of 3, by bob@x.example+cy@x.example, to ann@x.example, @20, Re: \"it\", f:10\n"
		"other@x 1 of 1, by cy@x.example, to ann@x.example, undated, Plain, f:30\n"
		"older@x 0 of 1, by , to , @10, Plain, f:20\n", out->str);
	alias_list_clear(&aliases);
	g_string_free(out, TRUE);
}

static void what_is_read_later_is_missing_no_more(void **state)
{
	struct fixture *fixture = *state;
	GString *out = g_string_new(NULL);

	make_case(fixture);
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "g", 1);

	add_at(fixture, file, 0, naming("gone@x", 6, T0, bob_answers));
	end_file(fixture, file);
	finish(fixture);
	good(fixture, casefile_walk_missing(fixture->casefile, append_row, out, &fixture->err));
	assert_null(strstr(out->str, "gone@x"));
	assert_int_equal(2, account_of(fixture).missing);
	g_string_free(out, TRUE);
}

static void a_walk_can_be_ended(void **state)
{
	struct fixture *fixture = *state;
	int calls = 0;

	make_case(fixture);
	assert_int_equal(7, casefile_walk_missing(fixture->casefile, stop, &calls, &fixture->err));
	assert_int_equal(1, calls);
}

static void an_empty_case_misses_nothing(void **state)
{
	struct fixture *fixture = *state;
	int calls = 0;

	open_case(fixture, CASEFILE_WRITE);
	finish(fixture);
	assert_int_equal(0, casefile_walk_missing(fixture->casefile, stop, &calls, &fixture->err));
	assert_int_equal(0, calls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(the_missing_are_told_with_who_had_them),
		FACT(addresses_of_one_are_one_who_had_it),
		FACT(what_is_read_later_is_missing_no_more),
		FACT(a_walk_can_be_ended),
		FACT(an_empty_case_misses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
