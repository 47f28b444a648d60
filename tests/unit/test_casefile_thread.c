/* What a case file says of conversations, and of dates that contradict them. */
#include "casefile_fixture.h"

#define T0 1467331200                   /* 2016-07-01T00:00:00Z */
#define DAY 86400

static struct message dated(const char *id, int number, int64_t instant, const char *in_reply_to)
{
	struct message message = plain_message(id, number);

	message.instant = instant;
	message.in_reply_to = in_reply_to;
	return message;
}

/* The chain agrees with the date to the second. */
static struct message received(struct message message)
{
	message.received_gap_s = 0;
	return message;
}

static void store(struct fixture *fixture, const struct message *messages, size_t count)
{
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (size_t i = 0; i < count; i++)
		add_at(fixture, file, (int64_t)i, messages[i]);
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
}
#define STORE(fixture, ...) \
	store(fixture, (const struct message[]){ __VA_ARGS__ }, \
	      G_N_ELEMENTS(((const struct message[]){ __VA_ARGS__ })))
#define DOUBTS "SELECT group_concat(date_verdict || ' ' || date_doubt, ', ') FROM messages"

static void each_message_has_its_place(void **state)
{
	struct fixture *fixture = *state;
	static const char *const references[] = { "a@x", "gone@x" };
	struct message third = dated("c@x", 3, T0 + 60, "");

	third.references = references;
	third.reference_count = 2;
	STORE(fixture, dated("a@x", 1, T0, ""), dated("b@x", 2, T0 + 90, "a@x"), third);
	assert_rows(fixture, "2|1|NULL|in-reply-to|1\n3|NULL|gone@x|references|1\n",
	            "SELECT thread.message, parent, message_id, word, thread FROM thread"
	            " JOIN thread_link ON number = link LEFT JOIN identifier ON id = absent");
	assert_rows(fixture, "2|a@example.org|a@example.org|1|90|in-reply-to|1\n",
	            "SELECT message, sender, answered, parent, delay_s, link, thread FROM replies");
}

/* Equal subjects and a "Re:" are not enough: an answer goes to who wrote. */
/* The root of a thread is read last: it has a row, for its thread has a lower number. */
static void every_message_knows_its_thread(void **state)
{
	struct fixture *fixture = *state;

	STORE(fixture, dated("z@x", 9, T0, ""), dated("b@x", 2, T0, "a@x"), dated("a@x", 1, T0, ""));
	assert_rows(fixture, "1|1\n2|2\n3|2\n",
	            "SELECT id, ifnull(thread, id) FROM message LEFT JOIN thread ON message = id");
	assert_rows(fixture, "2|3|2|2\n3|NULL|0|2\n",
	            "SELECT message, parent, link, thread FROM thread");
}

static void a_subject_joins_who_wrote_and_who_answers(void **state)
{
	struct fixture *fixture = *state;
	static const struct mention back[] = {
		{ ROLE_FROM, "b@example.org", "" }, { ROLE_CC, "a@example.org", "" },
	};
	static const struct mention elsewhere[] = {
		{ ROLE_FROM, "b@example.org", "" }, { ROLE_TO, "c@example.org", "" },
	};
	struct message answer = dated("b@x", 2, T0 + 5, ""), other = dated("c@x", 3, T0 + 6, "");

	answer.subject = other.subject = "Re: plain";
	answer.mentions = back;
	other.mentions = elsewhere;
	STORE(fixture, dated("a@x", 1, T0, ""), answer, other);
	assert_rows(fixture, "2|1|4\n", "SELECT message, parent, link FROM thread");
	assert_rows(fixture, "", "SELECT * FROM replies");
}

/* 30 days are 2,592,000 seconds. */
static void without_a_third_neither_of_two_dates_is_doubted(void **state)
{
	struct fixture *fixture = *state;

	/* Neither is borne out and there is no third: nothing is said. */
	STORE(fixture, dated("a@x", 1, T0, ""), dated("b@x", 2, T0 - 31 * DAY, "a@x"));
	assert_rows(fixture, "good none, good none\n", DOUBTS);
}

static void the_date_that_no_chain_bears_out_is_the_wrong_one(void **state)
{
	struct fixture *fixture = *state;

	STORE(fixture, received(dated("a@x", 1, T0, "")),
	      dated("b@x", 2, T0 - 30 * DAY, "a@x"), dated("c@x", 3, T0 - 30 * DAY - 1, "a@x"),
	      dated("d@x", 4, T0 + 40 * DAY, ""), received(dated("e@x", 5, T0, "d@x")));
	assert_rows(fixture, "good none, good none, implausible thread, implausible thread,"
	            " good none\n", DOUBTS);
}

/* One Message-ID, used again a year later: what the answer answers is not known. */
static void an_identifier_that_two_have_contradicts_nothing(void **state)
{
	struct fixture *fixture = *state;

	STORE(fixture, dated("a@x", 1, T0 + 365 * DAY, ""), dated("a@x", 2, T0, ""),
	      received(dated("b@x", 3, T0 + 60, "a@x")));
	assert_rows(fixture, "good none, good none, good none\n", DOUBTS);
}

static void the_date_far_from_the_others_of_its_thread_is_the_wrong_one(void **state)
{
	struct fixture *fixture = *state;

	STORE(fixture, dated("a@x", 1, T0 + 365 * DAY, ""), dated("b@x", 2, T0, "a@x"),
	      dated("c@x", 3, T0 + 1, "b@x"));
	assert_rows(fixture, "implausible thread, good none, good none\n", DOUBTS);
	struct casefile_account account;

	open_case(fixture, CASEFILE_READ);
	account = account_of(fixture);
	assert_int_equal(1, account.by_date_verdict[DATE_IMPLAUSIBLE]);
	assert_true(account.last == T0 + 1);
}

/* What was doubted is believed again when its question turns out to be another. */
static void doubts_go_when_their_reason_goes(void **state)
{
	struct fixture *fixture = *state;
	struct message changed = received(dated("a@x", 1, T0 - 60 * DAY, ""));

	STORE(fixture, received(dated("a@x", 1, T0, "")), dated("b@x", 2, T0 - 31 * DAY, "a@x"));
	assert_rows(fixture, "good none, implausible thread\n", DOUBTS);
	open_case(fixture, CASEFILE_WRITE);
	int64_t file, resume;
	bool known;

	good(fixture, casefile_file_begin(fixture->casefile, "f", 2, 2, &file, &known, &resume,
	                                  &fixture->err));
	memset(changed.digest, 9, sizeof changed.digest);
	add_at(fixture, file, 0, changed);
	add_at(fixture, file, 1, dated("b@x", 2, T0 - 31 * DAY, "a@x"));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "good none, good none\n", DOUBTS);
}

/* One message in 200, a year and more beyond all that was received. */
static void a_stray_date_beyond_the_archive_is_doubted(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (int i = 0; i < 199; i++)
		add_at(fixture, file, i, received(dated("", i + 1, T0 + i, "")));
	add_at(fixture, file, 199, dated("", 200, T0 + 198 + 366 * DAY + 1, ""));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "archive|1\nnone|199\n",
	            "SELECT date_doubt, count(*) FROM messages GROUP BY 1");

	/* Two are too many: the archive goes on without Received fields. */
	open_case(fixture, CASEFILE_WRITE);
	file = begin_file(fixture, "g", 1);
	add_at(fixture, file, 0, dated("", 201, T0 + 900 * DAY, ""));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "none|201\n", "SELECT date_doubt, count(*) FROM messages GROUP BY 1");
}

static void a_second_read_gives_what_one_read_gives(void **state)
{
	struct fixture *fixture = *state;
	char *other = g_strconcat(fixture->path, "2", NULL), *first = fixture->path;

	STORE(fixture, dated("a@x", 1, T0, ""), dated("b@x", 2, T0 + 9, "c@x"));
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "g", 1);

	add_at(fixture, file, 0, received(dated("c@x", 3, T0 + 50 * DAY, "a@x")));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	char *twice = rows_of(fixture->path, "SELECT * FROM thread");

	assert_rows(fixture, "good none, implausible thread, good none\n", DOUBTS);
	fixture->path = other;
	STORE(fixture, dated("a@x", 1, T0, ""), dated("b@x", 2, T0 + 9, "c@x"),
	      received(dated("c@x", 3, T0 + 50 * DAY, "a@x")));
	char *once = rows_of(fixture->path, "SELECT * FROM thread");

	assert_string_equal(twice, once);
	assert_rows(fixture, "good none, implausible thread, good none\n", DOUBTS);
	fixture->path = first;
	g_free(other);
	g_free(once);
	g_free(twice);
}

static void those_delivered_to_and_not_addressed_are_hidden(void **state)
{
	struct fixture *fixture = *state;
	static const struct mention mentions[] = {
		{ ROLE_DELIVERED_TO, "c@example.org", "" }, { ROLE_DELIVERED_TO, "b@example.org", "" },
		{ ROLE_FROM, "a@example.org", "" }, { ROLE_TO, "b@example.org", "" },
	};
	struct message personal = plain_message("a@x", 1), list = plain_message("b@x", 2);

	personal.mentions = list.mentions = mentions;
	personal.mention_count = list.mention_count = G_N_ELEMENTS(mentions);
	list.kind = KIND_LIST;
	STORE(fixture, personal, list);
	assert_rows(fixture, "1|a@example.org|c@example.org\n",
	            "SELECT message, sender, recipient FROM hidden");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(each_message_has_its_place),
		FACT(every_message_knows_its_thread),
		FACT(a_subject_joins_who_wrote_and_who_answers),
		FACT(without_a_third_neither_of_two_dates_is_doubted),
		FACT(the_date_that_no_chain_bears_out_is_the_wrong_one),
		FACT(an_identifier_that_two_have_contradicts_nothing),
		FACT(the_date_far_from_the_others_of_its_thread_is_the_wrong_one),
		FACT(doubts_go_when_their_reason_goes),
		FACT(a_stray_date_beyond_the_archive_is_doubted),
		FACT(a_second_read_gives_what_one_read_gives),
		FACT(those_delivered_to_and_not_addressed_are_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
