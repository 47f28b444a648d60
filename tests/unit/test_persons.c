/* Persons in a case file: worked out when a read ends, decided by the user. */
#include "casefile_fixture.h"

#include "epistograph/alias.h"

/* A message from one of two addresses of Anna Ek, or of another, to b@example.org. */
static void add_from(struct fixture *fixture, int64_t file, int number, const char *address,
                     const char *name)
{
	const struct mention mentions[] = { { ROLE_FROM, address, name },
	                                    { ROLE_TO, "b@example.org", "" } };
	struct message message = plain_message("", number);

	message.mentions = mentions;
	message.mention_count = G_N_ELEMENTS(mentions);
	add_at(fixture, file, number, message);
}

static void add_mail(struct fixture *fixture, const char *path)
{
	int64_t file = begin_file(fixture, path, 1);

	add_from(fixture, file, 1, "anna@example.org", "Anna Ek");
	add_from(fixture, file, 2, "ek@example.org", "Ek, Anna");
	add_from(fixture, file, 3, "ek@example.org", "Ek, Anna");
	add_from(fixture, file, 4, "zoe@other.example", "Zoe Lee");
	end_file(fixture, file);
}

static void make_case(struct fixture *fixture)
{
	open_case(fixture, CASEFILE_WRITE);
	add_mail(fixture, "in/one.mbox");
	finish(fixture);
}

/* "name <address, address>" of each person. g_free() */
static char *persons_of(struct fixture *fixture)
{
	GString *out = g_string_new(NULL);
	struct person *persons;
	size_t count;

	good(fixture, casefile_persons(fixture->casefile, &persons, &count, &fixture->err));
	for (size_t i = 0; i < count; i++) {
		g_string_append_printf(out, "%s <%s", persons[i].name, persons[i].address);
		for (size_t a = 1; a < persons[i].address_count; a++)
			g_string_append_printf(out, ", %s", persons[i].addresses[a]);
		g_string_append(out, ">\n");
		assert_true((persons[i].address_count > 1) == (persons[i].addresses != NULL));
	}
	persons_free(persons);
	return g_string_free(out, FALSE);
}

static void assert_persons(struct fixture *fixture, const char *expected)
{
	char *persons = persons_of(fixture);

	assert_string_equal(expected, persons);
	g_free(persons);
}

static const char by_rules[] = " <b@example.org>\nEk, Anna <ek@example.org, anna@example.org>\n"
                               "Zoe Lee <zoe@other.example>\n";
static const char one_each[] = "Anna Ek <anna@example.org>\n <b@example.org>\n"
                               "Ek, Anna <ek@example.org>\nZoe Lee <zoe@other.example>\n";

static void a_read_ends_with_persons_and_why(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	assert_persons(fixture, by_rules);
	assert_int_equal(4, account_of(fixture).addresses);
	assert_int_equal(3, account_of(fixture).persons);
	close_case(fixture);
	assert_rows(fixture, "anna@example.org|ek@example.org|name+domain|joined|0.95|0|"
	            "both are called Anna Ek at example.org\n",
	            "SELECT a.address, b.address, rule, state, score, confirmed, evidence FROM link"
	            " JOIN address a ON a.id = link.address JOIN address b ON b.id = link.other");
	assert_rows(fixture, "ek@example.org|b@example.org|2\nek@example.org|b@example.org|1\n",
	            "SELECT sender_person, recipient_person, count(*) FROM letters"
	            " WHERE sender_person = 'ek@example.org' GROUP BY sender ORDER BY 3 DESC");
}

/* Messages and recipients of all that a query gives, persons as addresses. */
static void assert_query(struct fixture *fixture, struct filter filter, const char *expected)
{
	GString *out = g_string_new(NULL);
	struct correspondence message;
	struct casefile_query *query = casefile_query_open(fixture->casefile, &filter, &fixture->err);
	int got;

	good(fixture, query ? 0 : -1);
	while ((got = casefile_query_next(query, &message, &fixture->err)) > 0) {
		g_string_append_printf(out, "%d:%d>", (int)message.message, (int)message.sender);
		for (size_t i = 0; i < message.recipient_count; i++)
			g_string_append_printf(out, "%d ", (int)message.recipients[i].person);
	}
	good(fixture, got);
	casefile_query_close(query);
	assert_string_equal(expected, out->str);
	g_string_free(out, TRUE);
}

/* Ids in the order of reading: anna 1, b 2, ek 3, zoe 4. */
static void queries_speak_of_persons(void **state)
{
	struct fixture *fixture = *state;
	struct filter filter = { .since = INSTANT_NONE, .until = INSTANT_NONE };

	make_case(fixture);
	assert_query(fixture, filter, "1:3>2 2:3>2 3:3>2 4:4>2 ");
	filter.persons = (const char *const[]){ "anna@example.org", NULL };
	assert_query(fixture, filter, "1:3>2 2:3>2 3:3>2 ");
	filter.persons = (const char *const[]){ "ek, anna", NULL };
	assert_query(fixture, filter, "1:3>2 2:3>2 3:3>2 ");
	filter.persons = NULL;
	filter.domains = (const char *const[]){ "other.example", NULL };
	assert_query(fixture, filter, "4:4>2 ");
}

static void a_domain_is_of_the_address_not_of_the_person(void **state)
{
	struct fixture *fixture = *state;
	struct filter filter = { .since = INSTANT_NONE, .until = INSTANT_NONE };
	struct alias_list list = { 0 };

	make_case(fixture);
	alias_list_set(&list, "anna@example.org", "anna@example.org", "");
	alias_list_set(&list, "zoe@other.example", "anna@example.org", "");
	good(fixture, casefile_keep_aliases(fixture->casefile, &list, &fixture->err));
	alias_list_clear(&list);
	filter.domains = (const char *const[]){ "other.example", NULL };
	assert_query(fixture, filter, "4:1>2 ");
}

static void decisions_are_kept_from_read_to_read(void **state)
{
	struct fixture *fixture = *state;
	struct alias_list list = { 0 };

	make_case(fixture);
	alias_list_set(&list, "anna@example.org", "anna@example.org", "");
	alias_list_set(&list, "new@example.org", "b@example.org", "Bo");
	alias_list_set(&list, "b@example.org", "b@example.org", "Bo");
	good(fixture, casefile_keep_aliases(fixture->casefile, &list, &fixture->err));
	alias_list_clear(&list);
	assert_persons(fixture, "Anna Ek <anna@example.org>\nBo <b@example.org>\n"
	               "Ek, Anna <ek@example.org>\nZoe Lee <zoe@other.example>\n");
	int64_t file = begin_file(fixture, "in/two.mbox", 1);

	add_from(fixture, file, 5, "new@example.org", "Somebody New");
	add_from(fixture, file, 6, "anna+x@example.org", "Anna Ek");
	end_file(fixture, file);
	finish(fixture);
	/* Who stands alone by decision gets no +tag either. */
	assert_persons(fixture, "Anna Ek <anna@example.org>\nBo <b@example.org, new@example.org>\n"
	               "Ek, Anna <ek@example.org, anna+x@example.org>\nZoe Lee <zoe@other.example>\n");
}

static void undoing_all_decisions_gives_the_same_file(void **state)
{
	struct fixture *fixture = *state;
	struct alias_list list = { 0 };
	int64_t left;

	make_case(fixture);
	close_case(fixture);
	char *before = dump_of(fixture->path);

	open_case(fixture, CASEFILE_WRITE);
	alias_list_set(&list, "b@example.org", "b@example.org", "Bo");
	alias_list_set(&list, "zoe@other.example", "b@example.org", "Bo");
	good(fixture, casefile_keep_aliases(fixture->casefile, &list, &fixture->err));
	assert_persons(fixture, "Bo <b@example.org, zoe@other.example>\n"
	               "Ek, Anna <ek@example.org, anna@example.org>\n");
	alias_list_clear(&list);
	good(fixture, casefile_keep_aliases(fixture->casefile, &list, &fixture->err));
	good(fixture, casefile_undo_aliases(fixture->casefile, &left, &fixture->err));
	assert_int_equal(1, left);
	assert_persons(fixture, "Bo <b@example.org, zoe@other.example>\n"
	               "Ek, Anna <ek@example.org, anna@example.org>\n");
	good(fixture, casefile_undo_aliases(fixture->casefile, &left, &fixture->err));
	assert_int_equal(0, left);
	assert_int_equal(-1, casefile_undo_aliases(fixture->casefile, &left, &fixture->err));
	close_case(fixture);
	char *after = dump_of(fixture->path);

	assert_string_equal(before, after);
	g_free(before);
	g_free(after);
}

static void decisions_can_be_tried_without_a_trace(void **state)
{
	struct fixture *fixture = *state;
	struct filter filter = { .since = INSTANT_NONE, .until = INSTANT_NONE };
	struct alias_list list = { 0 };

	make_case(fixture);
	close_case(fixture);
	char *before = dump_of(fixture->path);

	open_case(fixture, CASEFILE_READ);
	good(fixture, casefile_try_aliases(fixture->casefile, NULL, &fixture->err));
	assert_persons(fixture, one_each);
	assert_int_equal(4, account_of(fixture).persons);
	assert_query(fixture, filter, "1:1>2 2:3>2 3:3>2 4:4>2 ");
	open_case(fixture, CASEFILE_READ);
	alias_list_set(&list, "b@example.org", "b@example.org", "Bo");
	alias_list_set(&list, "zoe@other.example", "b@example.org", "Bo");
	good(fixture, casefile_try_aliases(fixture->casefile, &list, &fixture->err));
	alias_list_clear(&list);
	assert_persons(fixture, "Bo <b@example.org, zoe@other.example>\n"
	               "Ek, Anna <ek@example.org, anna@example.org>\n");
	close_case(fixture);
	char *after = dump_of(fixture->path);

	assert_string_equal(before, after);
	g_free(before);
	g_free(after);
	open_case(fixture, CASEFILE_READ);
	assert_persons(fixture, by_rules);
}

static void a_trial_that_fails_leaves_nothing_open(void **state)
{
	struct fixture *fixture = *state;
	struct alias_list list = { 0 };
	const char *nobody[] = { "anna@example.org", NULL };

	make_case(fixture);
	close_case(fixture);
	run_sql(fixture->path, "ALTER TABLE list RENAME TO lost; ALTER TABLE name RENAME TO other");
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(-1, casefile_try_aliases(fixture->casefile, &list, &fixture->err));
	assert_int_equal(-1, casefile_try_split(fixture->casefile, nobody, &fixture->err));
	/* Another program can write the file, and a trial succeeds where nothing is wrong. */
	run_sql(fixture->path, "ALTER TABLE lost RENAME TO list; ALTER TABLE other RENAME TO name");
	fixture->err.message[0] = '\0';
	alias_list_set(&list, "b@example.org", "b@example.org", "Bo");
	alias_list_set(&list, "zoe@other.example", "b@example.org", "Bo");
	good(fixture, casefile_try_aliases(fixture->casefile, &list, &fixture->err));
	alias_list_clear(&list);
	assert_persons(fixture, "Bo <b@example.org, zoe@other.example>\n"
	               "Ek, Anna <ek@example.org, anna@example.org>\n");
}

static void decisions_need_a_case_open_for_writing(void **state)
{
	struct fixture *fixture = *state;
	struct alias_list list = { 0 };

	make_case(fixture);
	assert_int_equal(-1, casefile_try_aliases(fixture->casefile, &list, &fixture->err));
	fixture->err.message[0] = '\0';
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(-1, casefile_keep_aliases(fixture->casefile, &list, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "for reading only"));
}

/* A read that was broken off has no persons yet: each address is one. */
static void an_unfinished_case_has_a_person_an_address(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	add_mail(fixture, "in/one.mbox");
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	open_case(fixture, CASEFILE_READ);
	assert_persons(fixture, " <anna@example.org>\n <b@example.org>\n <ek@example.org>\n"
	               " <zoe@other.example>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(a_read_ends_with_persons_and_why),
		FACT(queries_speak_of_persons),
		FACT(a_domain_is_of_the_address_not_of_the_person),
		FACT(decisions_are_kept_from_read_to_read),
		FACT(undoing_all_decisions_gives_the_same_file),
		FACT(decisions_can_be_tried_without_a_trace),
		FACT(a_trial_that_fails_leaves_nothing_open),
		FACT(decisions_need_a_case_open_for_writing),
		FACT(an_unfinished_case_has_a_person_an_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
