#include "casefile_fixture.h"

/* What the end of a read makes of new messages is the same, whether they are remembered
 * from being stored or read from the file. */

static const struct mention first_mentions[] = {
	{ ROLE_FROM, "a@example.org", "Anna Ek" }, { ROLE_TO, "b@example.org", "Bo Dahl" },
	{ ROLE_CC, "c@example.org", "" },
};
static const struct mention copy_mentions[] = {
	{ ROLE_FROM, "a@example.org", "Anna Ek" }, { ROLE_TO, "b@example.org", "Bo Dahl" },
	{ ROLE_CC, "c@example.org", "" }, { ROLE_BCC, "c@example.org", "Cia Holm" },
};
static const struct mention answer_mentions[] = {
	{ ROLE_FROM, "b@example.org", "Bo Dahl" }, { ROLE_TO, "a@example.org", "" },
};
static const char *const references[] = { "2@example.org" };

/* A message, an answer to it by subject, an answer to that by reference, and a copy of the
 * first that names a Bcc. */
static void add_letters(struct fixture *fixture)
{
	struct message first = plain_message("1@example.org", 1);
	struct message answer = plain_message("2@example.org", 2);
	struct message last = plain_message("3@example.org", 3);
	struct message copy = plain_message("1@example.org", 1);

	first.mentions = first_mentions;
	first.mention_count = G_N_ELEMENTS(first_mentions);
	answer.subject = "Re: Plain";
	answer.instant += 3600;
	answer.mentions = answer_mentions;
	answer.mention_count = G_N_ELEMENTS(answer_mentions);
	last.subject = "Other";
	last.instant += 7200;
	last.references = references;
	last.reference_count = G_N_ELEMENTS(references);
	copy.mentions = copy_mentions;
	copy.mention_count = G_N_ELEMENTS(copy_mentions);

	int64_t file = begin_file(fixture, "a.mbox", 400);

	add_at(fixture, file, 0, first);
	add_at(fixture, file, 100, answer);
	add_at(fixture, file, 200, last);
	assert_int_equal(ADD_DUPLICATE, add_at(fixture, file, 300, copy));
	end_file(fixture, file);
}

static void new_messages_are_remembered_as_they_are_stored(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	add_letters(fixture);
	finish(fixture);
	close_case(fixture);
	/* message, parent, absent, link by subject and by references, thread */
	assert_rows(fixture, "2|1|NULL|4|1\n3|2|NULL|1|1\n", "SELECT * FROM thread");
	/* The Cc of the first is the Bcc of its copy, by now behind the others' mentions. */
	assert_rows(fixture, "1|1\n", "SELECT with_cc, bcc_is_cc FROM state");
	assert_rows(fixture, "a@example.org|Anna Ek\nb@example.org|Bo Dahl\nc@example.org|Cia Holm\n",
	            "SELECT address, name.name FROM address JOIN name ON name.id = address.name"
	            " ORDER BY address");
	char *remembered = dump_of(fixture->path);

	g_remove(fixture->path);
	open_case(fixture, CASEFILE_WRITE);
	add_letters(fixture);
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	close_case(fixture);
	open_case(fixture, CASEFILE_WRITE);
	finish(fixture);
	close_case(fixture);
	char *read = dump_of(fixture->path);

	assert_string_equal(remembered, read);
	g_free(remembered);
	g_free(read);
}

/* What is added after the end of a read is not all there is. */
static void a_second_end_sees_both(void **state)
{
	struct fixture *fixture = *state;
	struct message message = plain_message("4@example.org", 4);

	open_case(fixture, CASEFILE_WRITE);
	add_letters(fixture);
	finish(fixture);
	message.subject = "More";
	message.in_reply_to = "3@example.org";
	int64_t file = begin_file(fixture, "b.mbox", 100);

	add_at(fixture, file, 0, message);
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "2|1|NULL|4|1\n3|2|NULL|1|1\n4|3|NULL|2|1\n", "SELECT * FROM thread");
	assert_rows(fixture, "1|1\n", "SELECT with_cc, bcc_is_cc FROM state");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(new_messages_are_remembered_as_they_are_stored),
		FACT(a_second_end_sees_both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
