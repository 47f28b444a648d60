/* Which messages pass a filter, and what is said of them. */
#include "casefile_fixture.h"

#include <stdlib.h>

static const struct filter everything = { .since = INSTANT_NONE, .until = INSTANT_NONE };

/* ---- a case of seven messages, and what queries give of it ---- */

#define DAY 86400
#define T0 1467331200                   /* 2016-07-01T00:00:00Z */

static void add_record(struct fixture *fixture, int64_t file, int number, struct message message,
                       const struct mention *mentions, size_t count)
{
	message.mentions = mentions;
	message.mention_count = count;
	memcpy(message.digest, &number, sizeof number);
	add_at(fixture, file, number, message);
}

#define ADD_RECORD(fixture, file, number, message, ...) \
	add_record(fixture, file, number, message, (const struct mention[]){ __VA_ARGS__ }, \
	           G_N_ELEMENTS(((const struct mention[]){ __VA_ARGS__ })))

static void make_case(struct fixture *fixture)
{
	struct message message = plain_message("", 0);

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	/* 1: to and cc, one of them twice, the sender among the cc. */
	message.instant = T0;
	ADD_RECORD(fixture, file, 1, message, { ROLE_FROM, "ann@corp.example", "Ann \xc3\x89k" },
	           { ROLE_CC, "bob@corp.example", "" }, { ROLE_TO, "cy@mail.corp.example", "Cy" },
	           { ROLE_CC, "ann@corp.example", "" }, { ROLE_BCC, "cy@mail.corp.example", "" },
	           { ROLE_CC, "cy@mail.corp.example", "" });
	/* 2: a list's. */
	message.instant = T0 + DAY;
	message.kind = KIND_LIST;
	message.list_id = "dev.lists.example";
	ADD_RECORD(fixture, file, 2, message, { ROLE_FROM, "bob@corp.example", "Bob" },
	           { ROLE_TO, "dev@lists.example", "" }, { ROLE_DELIVERED_TO, "ann@corp.example", "" });
	/* 3: bulk, no From. */
	message.instant = T0 + 2 * DAY;
	message.kind = KIND_BULK;
	message.list_id = "";
	ADD_RECORD(fixture, file, 3, message, { ROLE_SENDER, "news@othercorp.example", "News" },
	           { ROLE_BCC, "ann@corp.example", "" });
	/* 4: undated, nobody to. */
	message.kind = KIND_PERSONAL;
	message.instant = INSTANT_NONE;
	message.date_verdict = DATE_MISSING;
	message.date_source = DATE_FROM_NOTHING;
	ADD_RECORD(fixture, file, 4, message, { ROLE_FROM, "cy@mail.corp.example", "Cy" },
	           { ROLE_TO, "", "undisclosed" });
	/* 5: an implausible date. */
	message.instant = T0 + DAY;
	message.date_verdict = DATE_IMPLAUSIBLE;
	message.date_source = DATE_FROM_DATE;
	ADD_RECORD(fixture, file, 5, message, { ROLE_FROM, "cy@mail.corp.example", "Cy" },
	           { ROLE_TO, "ann@corp.example", "" });
	/* 6: From is only a name, the Sender sends; resent. */
	message.instant = T0 + 30 * DAY;
	message.date_verdict = DATE_GOOD;
	ADD_RECORD(fixture, file, 6, message, { ROLE_FROM, "", "Somebody" },
	           { ROLE_SENDER, "bob@corp.example", "Bob" },
	           { ROLE_RESENT_TO, "cy@mail.corp.example", "" },
	           { ROLE_DELIVERED_TO, "cy@mail.corp.example", "" });
	/* 7: nobody at all. */
	ADD_RECORD(fixture, file, 7, message, { ROLE_REPLY_TO, "void@void.example", "" });
	end_file(fixture, file);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
}

static const char *person_name(const struct person *persons, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		if (persons[i].id == id)
			return persons[i].address;
	}
	return "-";
}

/* "1 ann>bob:4,cy:3@T" a line a message: local parts of addresses, roles by
 * number, the instant in days after T0. */
static char *answers(struct fixture *fixture, const struct filter *filter,
                     struct filter_account *account)
{
	GString *out = g_string_new(NULL);
	struct correspondence message;
	struct person *persons;
	size_t count;
	int got;

	good(fixture, casefile_persons(fixture->casefile, &persons, &count, &fixture->err));
	struct casefile_query *query = casefile_query_open(fixture->casefile, filter, &fixture->err);

	good(fixture, query ? 0 : -1);
	while ((got = casefile_query_next(query, &message, &fixture->err)) > 0) {
		const char *sender = person_name(persons, count, message.sender);

		g_string_append_printf(out, "%d %.*s>", (int)message.message, (int)strcspn(sender, "@"),
		                       sender);
		for (size_t i = 0; i < message.recipient_count; i++) {
			const char *name = person_name(persons, count, message.recipients[i].person);

			assert_true(i == 0 ||
			            message.recipients[i].person > message.recipients[i - 1].person);
			g_string_append_printf(out, "%s%.*s:%d", i ? "," : "", (int)strcspn(name, "@"), name,
			                       (int)message.recipients[i].role);
		}
		if (message.instant == INSTANT_NONE)
			g_string_append(out, "@none\n");
		else
			g_string_append_printf(out, "@%d\n", (int)((message.instant - T0) / DAY));
	}
	good(fixture, got);
	/* The end stays the end. */
	assert_int_equal(0, casefile_query_next(query, &message, &fixture->err));
	*account = *casefile_query_account(query);
	casefile_query_close(query);
	persons_free(persons);
	int64_t kinds = 0;

	for (int i = 0; i < KIND_COUNT; i++)
		kinds += account->other_kind_by[i];
	assert_int_equal(account->other_kind, kinds);
	assert_int_equal(account->counted, account->other_kind + account->other_date + account->undated +
	                 account->outside_period + account->other_filter + account->many_recipients +
	                 account->matched);
	return g_string_free(out, FALSE);
}

static struct filter_account assert_answers(struct fixture *fixture, const char *expected,
                                            struct filter filter)
{
	struct filter_account account;
	char *rows = answers(fixture, &filter, &account);

	assert_string_equal(expected, rows);
	g_free(rows);
	return account;
}

#define PERIOD(from, to, ...) ((struct filter){ .since = from, .until = to, __VA_ARGS__ })
#define FILTER(...) PERIOD(INSTANT_NONE, INSTANT_NONE, __VA_ARGS__)
#define WORDS(...) (const char *const[]){ __VA_ARGS__, NULL }

/* Ids by first mention: ann 1, bob 2, cy 3, dev 4, news 5, void 6. */
static void everything_is_given_in_order_with_each_recipient_once(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture,
		"1 ann>ann:4,bob:4,cy:3@0\n2 bob>dev:3@1\n3 news>ann:5@2\n4 cy>@none\n"
		"5 cy>ann:3@none\n6 bob>@30\n7 ->@30\n", everything);

	assert_int_equal(7, account.counted);
	assert_int_equal(7, account.matched);
}

static void empty_word_lists_ask_for_nothing(void **state)
{
	const char *const none[] = { NULL };
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account;
	struct filter filter = FILTER(.persons = none, .domains = none, .lists = none);

	g_free(answers(fixture, &filter, &account));
	assert_int_equal(7, account.matched);
}

static void the_most_visible_role_counts(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	/* Cy is in To as well, so the Bcc hides nobody. */
	assert_answers(fixture, "1 ann>@0\n2 bob>@1\n3 news>ann:5@2\n4 cy>@none\n5 cy>@none\n"
	               "6 bob>@30\n7 ->@30\n", FILTER(.roles = 1u << ROLE_BCC));
	assert_answers(fixture, "1 ann>ann:4,bob:4,cy:4@0\n2 bob>ann:10@1\n3 news>ann:5@2\n"
	               "4 cy>@none\n5 cy>@none\n6 bob>cy:10@30\n7 ->@30\n",
	               FILTER(.roles = 1u << ROLE_CC | 1u << ROLE_BCC | 1u << ROLE_DELIVERED_TO));
	assert_answers(fixture, "1 ann>cy:3@0\n2 bob>ann:10,dev:3@1\n3 news>@2\n4 cy>@none\n"
	               "5 cy>ann:3@none\n6 bob>cy:7@30\n7 ->void:2@30\n",
	               FILTER(.roles = 1u << ROLE_TO | 1u << ROLE_RESENT_TO | 1u << ROLE_DELIVERED_TO |
	                      1u << ROLE_REPLY_TO));
}

static void kinds_are_chosen_and_the_others_counted(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture, "2 bob>dev:3@1\n3 news>ann:5@2\n",
		FILTER(.kinds = 1u << KIND_LIST | 1u << KIND_BULK));

	assert_int_equal(5, account.other_kind);
	assert_int_equal(5, account.other_kind_by[KIND_PERSONAL]);
}

static void a_period_begins_inclusive_and_ends_exclusive(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n"
		"2 bob>dev:3@1\n", PERIOD(T0, T0 + 2 * DAY, .kinds = 0));

	assert_int_equal(2, account.undated);
	assert_int_equal(3, account.outside_period);
	account = assert_answers(fixture, "3 news>ann:5@2\n6 bob>@30\n7 ->@30\n",
	                         PERIOD(T0 + 2 * DAY, INSTANT_NONE, .kinds = 0));
	assert_int_equal(2, account.outside_period);
	account = assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n",
	                         PERIOD(INSTANT_NONE, T0 + DAY, .kinds = 0));
	assert_int_equal(4, account.outside_period);
}

static void implausible_dates_pass_only_if_asked(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture, "2 bob>dev:3@1\n5 cy>ann:3@1\n",
		PERIOD(T0 + DAY, T0 + DAY + 1, .implausible = true));

	assert_int_equal(1, account.undated);
	assert_answers(fixture, "1 ann>cy:3@0\n4 cy>@none\n5 cy>ann:3@1\n",
	               FILTER(.implausible = true, .persons = WORDS("Cy"), .roles = 1u << ROLE_TO));
}

static void dates_are_chosen_by_verdict_and_the_others_counted(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture, "4 cy>@none\n5 cy>ann:3@none\n",
		FILTER(.dates = 1u << DATE_MISSING | 1u << DATE_IMPLAUSIBLE));

	assert_int_equal(5, account.other_date);
	assert_int_equal(0, account.undated);
	account = assert_answers(fixture, "5 cy>ann:3@1\n",
		PERIOD(T0, T0 + 2 * DAY, .dates = 1u << DATE_MISSING | 1u << DATE_IMPLAUSIBLE,
		       .implausible = true));
	assert_int_equal(1, account.undated);
}

/* 1: Bob is in Bcc, Cy delivered to and addressed, Dee delivered to alone. 2: the
 * same, sent by a list. Ids by first mention: cy 1, dee 2, ann 3, bob 4. */
static void make_hidden_case(struct fixture *fixture)
{
	struct message message = plain_message("", 0);

	message.instant = T0;
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (int i = 1; i <= 2; i++) {
		message.kind = i == 1 ? KIND_PERSONAL : KIND_LIST;
		ADD_RECORD(fixture, file, i, message, { ROLE_DELIVERED_TO, "cy@a.example", "" },
		           { ROLE_DELIVERED_TO, "dee@a.example", "" },
		           { ROLE_FROM, "ann@a.example", "" }, { ROLE_CC, "cy@a.example", "" },
		           { ROLE_BCC, "bob@a.example", "" }, { ROLE_TO, "cy@a.example", "" });
	}
	end_file(fixture, file);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
}

static void who_is_addressed_nowhere_is_hidden_unless_a_list_delivered(void **state)
{
	struct fixture *fixture = *state;

	make_hidden_case(fixture);
	assert_answers(fixture, "1 ann>dee:13@0\n2 ann>@0\n", FILTER(.roles = 1u << ROLE_HIDDEN));
	assert_answers(fixture, "1 ann>cy:4,dee:13@0\n2 ann>cy:4@0\n",
	               FILTER(.roles = 1u << ROLE_HIDDEN | 1u << ROLE_CC));
	assert_answers(fixture, "1 ann>cy:10,dee:10@0\n2 ann>cy:10,dee:10@0\n",
	               FILTER(.roles = 1u << ROLE_HIDDEN | 1u << ROLE_DELIVERED_TO));
	assert_answers(fixture, "1 ann>cy:3,bob:5@0\n2 ann>cy:3,bob:5@0\n", everything);
}

/* Ann asks; Bob answers after a day, Cy answers Bob after another, dated before him
 * by a mistake of days; Dee answers what is not here, Ed by his subject alone. */
static void make_replies(struct fixture *fixture)
{
	static const struct { const char *from, *id, *answers, *subject; int day; } given[] = {
		{ "ann@a.example", "1@x", "", "Trees", 0 },
		{ "bob@a.example", "2@x", "1@x", "Re: Trees", 2 },
		{ "cy@a.example", "3@x", "2@x", "Re: Trees", 1 },
		{ "dee@a.example", "4@x", "gone@x", "Re: Trees", 3 },
		{ "ed@a.example", "5@x", "", "Re: Trees", 4 },
	};

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (size_t i = 0; i < G_N_ELEMENTS(given); i++) {
		struct message message = plain_message(given[i].id, 0);

		message.in_reply_to = given[i].answers;
		message.subject = given[i].subject;
		message.instant = T0 + given[i].day * DAY;
		ADD_RECORD(fixture, file, (int)i + 1, message, { ROLE_FROM, given[i].from, "" });
	}
	end_file(fixture, file);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
}

static void answers_go_to_who_wrote_what_they_answer(void **state)
{
	struct fixture *fixture = *state;

	make_replies(fixture);
	assert_rows(fixture, "in-reply-to\nin-reply-to\nin-reply-to\nsubject\n",
	            "SELECT word FROM thread JOIN thread_link ON number = link");
	assert_answers(fixture, "1 ann>@0\n2 bob>ann:14@2\n3 cy>bob:14@1\n4 dee>@3\n5 ed>@4\n",
	               FILTER(.edges = EDGES_REPLY));
	assert_answers(fixture, "2 bob>ann:14@2\n3 cy>bob:14@1\n",
	               FILTER(.edges = EDGES_REPLY, .persons = WORDS("bob@a.example")));
}

static void a_delay_is_known_where_both_dates_are_and_agree(void **state)
{
	static const int64_t expected[] = {
		INSTANT_NONE, 2 * DAY, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE,
	};
	/* Messages are numbered from 1; Dee and Ed answer nothing that is here by a header. */
	static const int64_t answered[] = { 0, 1, 2, 0, 0 };
	struct fixture *fixture = *state;
	struct filter filter = FILTER(.edges = EDGES_REPLY);
	struct correspondence message;

	make_replies(fixture);
	struct casefile_query *query = casefile_query_open(fixture->casefile, &filter, &fixture->err);

	good(fixture, query ? 0 : -1);
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		assert_int_equal(1, casefile_query_next(query, &message, &fixture->err));
		assert_true(message.delay_s == expected[i]);
		assert_int_equal(answered[i], message.answered);
	}
	casefile_query_close(query);
}

static void a_person_is_an_address_or_an_exact_name(void **state)
{
	struct fixture *fixture = *state;
	const char *cys = "1 ann>ann:4,bob:4,cy:3@0\n4 cy>@none\n5 cy>ann:3@none\n";

	make_case(fixture);
	assert_int_equal(4, assert_answers(fixture, cys, FILTER(.persons = WORDS("CY"))).other_filter);
	assert_answers(fixture, cys, FILTER(.persons = WORDS("Cy@Mail.Corp.Example")));
	/* Ann Ék, decomposed and in capitals. */
	assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n3 news>ann:5@2\n5 cy>ann:3@none\n",
	               FILTER(.persons = WORDS("ANN E\xcc\x81K")));
	assert_answers(fixture, "2 bob>dev:3@1\n3 news>ann:5@2\n",
	               FILTER(.persons = WORDS("news", "dev@lists.example")));
	/* A recipient in a role that is not seen is none. */
	assert_answers(fixture, "", FILTER(.persons = WORDS("dev@lists.example"),
	                                   .roles = 1u << ROLE_CC));
}

static void an_unknown_person_is_named(void **state)
{
	struct fixture *fixture = *state;
	struct filter filter = FILTER(.persons = WORDS("cy", "Nobody \xff"));

	make_case(fixture);
	assert_null(casefile_query_open(fixture->casefile, &filter, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "no person \"Nobody"));
	assert_non_null(strstr(fixture->err.message, fixture->path));
}

static void a_domain_takes_its_subdomains_with_it(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	/* othercorp.example ends with the letters, but is another domain. */
	assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n2 bob>dev:3@1\n3 news>ann:5@2\n"
	               "4 cy>@none\n5 cy>ann:3@none\n6 bob>@30\n",
	               FILTER(.domains = WORDS("Corp.Example")));
	assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n4 cy>@none\n5 cy>ann:3@none\n",
	               FILTER(.domains = WORDS("@mail.corp.example")));
	assert_answers(fixture, "3 news>ann:5@2\n", FILTER(.domains = WORDS("othercorp.example")));
	assert_answers(fixture, "", FILTER(.domains = WORDS("example.org")));
	assert_answers(fixture, "", FILTER(.domains = WORDS("")));
}

static void a_list_is_its_id_or_its_first_label(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	assert_answers(fixture, "2 bob>dev:3@1\n", FILTER(.lists = WORDS("dev.lists.example")));
	assert_answers(fixture, "2 bob>dev:3@1\n", FILTER(.lists = WORDS("other", "DEV")));
	assert_answers(fixture, "", FILTER(.lists = WORDS("de")));
	assert_answers(fixture, "", FILTER(.lists = WORDS("lists.example")));
}

static void a_message_is_put_under_the_first_reason(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n",
		PERIOD(T0, T0 + DAY, .kinds = 1u << KIND_PERSONAL,
		       .persons = WORDS("ann@corp.example"), .domains = WORDS("corp.example")));

	assert_int_equal(2, account.other_kind);
	assert_int_equal(1, account.other_kind_by[KIND_LIST]);
	assert_int_equal(1, account.other_kind_by[KIND_BULK]);
	assert_int_equal(2, account.undated);           /* 4, and 5 that may not be believed */
	assert_int_equal(2, account.outside_period);
	assert_int_equal(0, account.other_filter);
}

/* 1 goes to ann herself, bob and cy, all others to one at most. */
static void mail_to_more_than_the_limit_is_left_out_and_counted(void **state)
{
	struct fixture *fixture = *state;
	const char *rest = "2 bob>dev:3@1\n3 news>ann:5@2\n4 cy>@none\n5 cy>ann:3@none\n"
	                   "6 bob>@30\n7 ->@30\n";
	char *all = g_strconcat("1 ann>ann:4,bob:4,cy:3@0\n", rest, NULL);

	make_case(fixture);
	assert_int_equal(0, assert_answers(fixture, all, FILTER(.max_recipients = 0)).many_recipients);
	/* The sender is no recipient of her own: two are not more than two. */
	assert_int_equal(0, assert_answers(fixture, all, FILTER(.max_recipients = 2)).many_recipients);
	struct filter_account account = assert_answers(fixture, rest, FILTER(.max_recipients = 1));

	assert_int_equal(1, account.many_recipients);
	assert_int_equal(6, account.matched);
	g_free(all);
}

static void the_limit_is_on_recipients_in_the_roles_asked_for(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	/* In To there is cy alone; in Cc bob and cy. */
	assert_answers(fixture, "1 ann>cy:3@0\n", PERIOD(T0, T0 + 1, .max_recipients = 1,
	               .roles = 1u << ROLE_TO));
	assert_int_equal(1, assert_answers(fixture, "", FILTER(.max_recipients = 1,
	                 .roles = 1u << ROLE_CC, .persons = WORDS("ann@corp.example"))).many_recipients);
}

static void the_limit_is_the_last_reason(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	struct filter_account account = assert_answers(fixture, "2 bob>dev:3@1\n",
		FILTER(.max_recipients = 1, .persons = WORDS("dev@lists.example")));

	assert_int_equal(0, account.many_recipients);
	assert_int_equal(6, account.other_filter);
}

static void an_empty_case_answers_nothing(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	assert_int_equal(0, assert_answers(fixture, "", everything).counted);
}

static void loose_messages_are_not_seen(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 2);
	struct message message = plain_message("", 0);

	message.instant = T0;
	ADD_RECORD(fixture, file, 2, message, { ROLE_FROM, "bob@corp.example", "Bob" },
	           { ROLE_TO, "dev@lists.example", "" });
	assert_int_equal(1, assert_answers(fixture, "2 bob>dev:3@0\n", everything).counted);
}

/* A case file may come from anybody. */
static void words_that_mean_nothing_are_an_error(void **state)
{
	static const char *const damages[] = {
		"UPDATE message SET kind = 99 WHERE id = 3",
		"UPDATE message SET date_source = -1 WHERE id = 3",
		"UPDATE message SET date_verdict = 5 WHERE id = 3",
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(damages); i++) {
		struct correspondence message;
		struct casefile_account account;
		struct error err = { 0 }, account_err = { 0 };
		int got;

		close_case(fixture);
		g_remove(fixture->path);
		make_case(fixture);
		close_case(fixture);
		run_sql(fixture->path, damages[i]);
		open_case(fixture, CASEFILE_READ);
		struct casefile_query *query = casefile_query_open(fixture->casefile, &everything, &err);

		assert_non_null(query);
		while ((got = casefile_query_next(query, &message, &err)) > 0)
			;
		assert_int_equal(-1, got);
		assert_non_null(strstr(err.message, "is damaged"));
		casefile_query_close(query);
		assert_int_equal(-1, casefile_account(fixture->casefile, &account, &account_err));
		assert_non_null(strstr(account_err.message, "is damaged"));
	}
}

static void roles_that_mean_nothing_are_passed_over(void **state)
{
	struct fixture *fixture = *state;

	make_case(fixture);
	close_case(fixture);
	run_sql(fixture->path, "UPDATE mention SET role = 99 WHERE message = 2;"
	        " UPDATE mention SET role = -3 WHERE message = 3; DELETE FROM mention WHERE message > 3");
	open_case(fixture, CASEFILE_READ);
	assert_answers(fixture, "1 ann>ann:4,bob:4,cy:3@0\n2 bob>@1\n3 news>@2\n4 cy>@none\n"
	               "5 cy>@none\n6 bob>@30\n7 ->@30\n",
	               FILTER(.roles = ~(1u << ROLE_FROM | 1u << ROLE_SENDER)));
}

/* "+02:00" is stored as 7200; a message that does not say has none, and zero is one. */
static void the_senders_clock_is_told_where_it_is_known(void **state)
{
	static const int32_t offsets[] = { 7200, UTC_OFFSET_UNKNOWN, 0, -12600 };
	struct fixture *fixture = *state;
	struct correspondence out;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);
	for (int i = 0; i < 4; i++) {
		struct message message = plain_message("", i);

		message.utc_offset_s = offsets[i];
		add_at(fixture, file, i, message);
	}
	end_file(fixture, file);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
	struct casefile_query *query = casefile_query_open(fixture->casefile, &everything,
	                                                   &fixture->err);

	for (int i = 0; i < 4; i++) {
		assert_int_equal(casefile_query_next(query, &out, &fixture->err), 1);
		assert_int_equal(out.utc_offset_s, offsets[i]);
	}
	casefile_query_close(query);
}

/* ---- against a plain evaluation of the same records in memory ---- */

#define RANDOM_MESSAGES 400
#define RANDOM_PERSONS 30

struct record {
	int64_t instant;
	enum date_verdict verdict;
	enum message_kind kind;
	int sender;                     /* -1 for none */
	int list;                       /* 0 for none, else 1 or 2 */
	int roles[RANDOM_PERSONS];      /* the most visible of To, Cc, Bcc; 0 for none */
};

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1103515245 + 12345;
	return *seed >> 16 & 0x7fff;
}

static char *random_address(int person)
{
	return g_strdup_printf("p%d@d%d.example", person, person % 3);
}

static void make_record(struct fixture *fixture, int64_t file, int number, unsigned *seed,
                        struct record *record)
{
	static const char *const lists[] = { "", "one.example", "two.example" };
	struct mention mentions[12];
	size_t count = 0;
	struct message message = plain_message("", number);

	*record = (struct record){
		.instant = next_random(seed) % 10 ? (int64_t)(next_random(seed) % 100) : INSTANT_NONE,
		.verdict = next_random(seed) % 8 ? DATE_GOOD : DATE_IMPLAUSIBLE,
		.kind = (enum message_kind)(next_random(seed) % KIND_COUNT),
		.sender = next_random(seed) % 9 ? (int)(next_random(seed) % RANDOM_PERSONS) : -1,
		.list = (int)(next_random(seed) % 3),
	};
	if (record->sender >= 0)
		mentions[count++] = (struct mention){ ROLE_FROM, random_address(record->sender), "" };
	for (unsigned i = next_random(seed) % 11; i > 0; i--) {
		int person = (int)(next_random(seed) % RANDOM_PERSONS);
		int role = ROLE_TO + (int)(next_random(seed) % 3);

		mentions[count++] = (struct mention){ (enum role)role, random_address(person), "" };
		if (!record->roles[person] || role < record->roles[person])
			record->roles[person] = role;
	}
	message.instant = record->instant;
	message.date_verdict = record->verdict;
	message.kind = record->kind;
	message.list_id = lists[record->list];
	message.mentions = mentions;
	message.mention_count = count;
	add_at(fixture, file, number, message);
	for (size_t i = 0; i < count; i++)
		g_free((char *)mentions[i].address);
}

/* Does the record pass, by the words of casefile.h? person and domain are
 * numbers, -1 for none. */
static bool record_passes(const struct record *record, const struct filter *filter, int person,
                          int domain)
{
	int64_t instant = record->verdict == DATE_IMPLAUSIBLE && !filter->implausible
	                          ? INSTANT_NONE : record->instant;
	bool by_person = person < 0, by_domain = domain < 0;
	int others = 0;

	if (filter->kinds && !(filter->kinds & 1u << record->kind))
		return false;
	if (filter->since != INSTANT_NONE && (instant == INSTANT_NONE || instant < filter->since))
		return false;
	if (filter->until != INSTANT_NONE && (instant == INSTANT_NONE || instant >= filter->until))
		return false;
	for (int i = 0; i < RANDOM_PERSONS; i++) {
		bool there = i == record->sender || record->roles[i];

		by_person |= there && i == person;
		by_domain |= there && i % 3 == domain;
	}
	for (int i = 0; i < RANDOM_PERSONS; i++)
		others += i != record->sender && record->roles[i];
	return by_person && by_domain && (!filter->lists || record->list == 1) &&
	       (!filter->max_recipients || others <= filter->max_recipients);
}

static void compare_with_records(struct fixture *fixture, const struct record *records,
                                 const struct filter *filter, int person, int domain)
{
	struct correspondence message;
	struct casefile_query *query = casefile_query_open(fixture->casefile, filter, &fixture->err);

	good(fixture, query ? 0 : -1);
	for (int i = 0; i < RANDOM_MESSAGES; i++) {
		size_t recipients = 0;

		if (!record_passes(&records[i], filter, person, domain))
			continue;
		assert_int_equal(1, casefile_query_next(query, &message, &fixture->err));
		assert_int_equal(i + 1, message.message);
		assert_int_equal(records[i].kind, message.kind);
		assert_int_equal(records[i].sender >= 0, message.sender != 0);
		for (int p = 0; p < RANDOM_PERSONS; p++)
			recipients += records[i].roles[p] != 0;
		assert_int_equal(recipients, message.recipient_count);
	}
	assert_int_equal(0, casefile_query_next(query, &message, &fixture->err));
	casefile_query_close(query);
}

static void filters_agree_with_a_plain_evaluation(void **state)
{
	struct fixture *fixture = *state;
	struct record *records = g_new0(struct record, RANDOM_MESSAGES);
	unsigned seed = 7;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (int i = 0; i < RANDOM_MESSAGES; i++)
		make_record(fixture, file, i, &seed, &records[i]);
	end_file(fixture, file);
	finish(fixture);
	for (int i = 0; i < 300; i++) {
		int person = next_random(&seed) % 3 ? -1 : (int)(next_random(&seed) % RANDOM_PERSONS);
		int domain = next_random(&seed) % 3 ? -1 : (int)(next_random(&seed) % 3);
		char *address = random_address(person);
		char *domain_name = g_strdup_printf("d%d.example", domain);
		struct filter filter = FILTER(
			.kinds = next_random(&seed) % 2 ? next_random(&seed) % 16 : 0,
			.implausible = next_random(&seed) % 2,
			.max_recipients = next_random(&seed) % 4,
			.persons = person < 0 ? NULL : WORDS(address),
			.domains = domain < 0 ? NULL : WORDS(domain_name),
			.lists = next_random(&seed) % 4 ? NULL : WORDS("one"));

		if (next_random(&seed) % 2)
			filter.since = next_random(&seed) % 100;
		if (next_random(&seed) % 2)
			filter.until = next_random(&seed) % 100;
		compare_with_records(fixture, records, &filter, person, domain);
		g_free(address);
		g_free(domain_name);
	}
	g_free(records);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(everything_is_given_in_order_with_each_recipient_once),
		FACT(empty_word_lists_ask_for_nothing),
		FACT(the_senders_clock_is_told_where_it_is_known),
		FACT(the_most_visible_role_counts),
		FACT(kinds_are_chosen_and_the_others_counted),
		FACT(a_period_begins_inclusive_and_ends_exclusive),
		FACT(implausible_dates_pass_only_if_asked),
		FACT(dates_are_chosen_by_verdict_and_the_others_counted),
		FACT(who_is_addressed_nowhere_is_hidden_unless_a_list_delivered),
		FACT(answers_go_to_who_wrote_what_they_answer),
		FACT(a_delay_is_known_where_both_dates_are_and_agree),
		FACT(a_person_is_an_address_or_an_exact_name),
		FACT(an_unknown_person_is_named),
		FACT(a_domain_takes_its_subdomains_with_it),
		FACT(a_list_is_its_id_or_its_first_label),
		FACT(a_message_is_put_under_the_first_reason),
		FACT(mail_to_more_than_the_limit_is_left_out_and_counted),
		FACT(the_limit_is_on_recipients_in_the_roles_asked_for),
		FACT(the_limit_is_the_last_reason),
		FACT(an_empty_case_answers_nothing),
		FACT(loose_messages_are_not_seen),
		FACT(words_that_mean_nothing_are_an_error),
		FACT(roles_that_mean_nothing_are_passed_over),
		FACT(filters_agree_with_a_plain_evaluation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
