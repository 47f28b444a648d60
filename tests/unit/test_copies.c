/* By what copies under other Message-IDs are known: the key of the header, the digest of
 * the body; and what the case file makes of both. */
#include "casefile_fixture.h"

#include "epistograph/letter.h"
#include "epistograph/source.h"

/* ---- the key ---- */

static void read_header(struct message_parser *parser, const char *header, struct message *message)
{
	struct raw_message raw = {
		.path = "test", .size = 1000, .header = (const uint8_t *)header,
		.header_size = strlen(header),
	};

	message_parse(parser, &raw, message);
}

static bool keys_agree(const char *one, const char *other)
{
	struct message_parser *parser = message_parser_new();
	struct message message;
	uint8_t key[16];

	read_header(parser, one, &message);
	assert_true(message.has_copy_key);
	memcpy(key, message.copy_key, sizeof key);
	read_header(parser, other, &message);
	assert_true(message.has_copy_key);
	bool agree = memcmp(key, message.copy_key, sizeof key) == 0;

	message_parser_free(parser);
	return agree;
}

#define DATE "Date: Thu, 14 Jul 2016 12:30:05 +0200\n"

/* Sender, instant, subject, To, Cc: each text with its NUL, each list with one more. */
static void the_key_is_the_first_half_of_a_sha256(void **state)
{
	static const char header[] =
		"Message-ID: <1@x>\nTo: C@example.org, b@example.org\nCc: b@example.org\nCc: Dan Roe:;\n"
		"Subject:  one\n   two\nBcc: e@example.org\nFrom: Ann <a@example.org>\n" DATE "\n";
	static const char text[] = "a@example.org\0" "1468492205\0" "one two\0"
		"b@example.org\0" "c@example.org\0" "\0" "b@example.org\0";
	struct message_parser *parser = message_parser_new();
	struct message message;
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	char found[33];

	(void)state;
	read_header(parser, header, &message);
	g_checksum_update(checksum, (const guchar *)text, sizeof text);
	for (int i = 0; i < 16; i++)
		g_snprintf(found + 2 * i, 3, "%02x", message.copy_key[i]);
	assert_memory_equal(g_checksum_get_string(checksum), found, 32);
	g_checksum_free(checksum);
	message_parser_free(parser);
}

static void spelling_makes_no_other_key(void **state)
{
	(void)state;
	assert_true(keys_agree(
		"From: a@example.org\nTo: b@example.org, c@example.org\nSubject: one two\n" DATE "\n",
		"Message-ID: <x@y>\nFrom: Ann <A@Example.org>\nTo: C <c@example.org>\nTo: b@example.org\n"
		"Bcc: z@example.org\nDate: Thu, 14 Jul 2016 10:30:05 GMT\n"
		"Subject: =?utf-8?q?one?=\n  =?utf-8?q?_two?=\n\n"));
}

static void what_differs_makes_another_key(void **state)
{
	static const char one[] = "From: a@example.org\nTo: b@example.org\nSubject: s\n" DATE "\n";
	static const char *const others[] = {
		"From: b@example.org\nTo: b@example.org\nSubject: s\n" DATE "\n",
		"From: a@example.org\nTo: b@example.org, c@example.org\nSubject: s\n" DATE "\n",
		"From: a@example.org\nCc: b@example.org\nSubject: s\n" DATE "\n",
		"From: a@example.org\nTo: b@example.org\nSubject: S\n" DATE "\n",
		"From: a@example.org\nTo: b@example.org\nSubject: s\n"
		"Date: Thu, 14 Jul 2016 12:30:06 +0200\n\n",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		assert_false(keys_agree(one, others[i]));
}

static void without_a_sender_or_a_date_there_is_no_key(void **state)
{
	static const char *const headers[] = {
		"From: a@example.org\nTo: b@example.org\n\n",
		"From: a@example.org\nDate: some day\nReceived: by x; Thu, 14 Jul 2016 12:30:05 +0200\n\n",
		"To: b@example.org\n" DATE "\n", "From:\n" DATE "\n", "\n",
	};
	struct message_parser *parser = message_parser_new();
	struct message message;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
		read_header(parser, headers[i], &message);
		assert_false(message.has_copy_key);
	}
	message_parser_free(parser);
}

/* ---- the body ---- */

/* Whatever the pieces it comes in. */
static void check_body(const char *body, size_t size, const char *squeezed, size_t squeezed_size)
{
	struct body_digest *digest = body_digest_new();
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t out[16];
	char found[33];

	g_checksum_update(checksum, (const guchar *)squeezed, (gssize)squeezed_size);
	for (size_t piece = 1; piece <= size + 1; piece++) {
		body_digest_begin(digest);
		for (size_t at = 0; at < size; at += piece)
			body_digest_add(digest, (const uint8_t *)body + at, MIN(piece, size - at));
		body_digest_end(digest, out);
		for (int i = 0; i < 16; i++)
			g_snprintf(found + 2 * i, 3, "%02x", out[i]);
		assert_memory_equal(g_checksum_get_string(checksum), found, 32);
	}
	g_checksum_free(checksum);
	body_digest_free(digest);
}

#define BODY(body, squeezed) check_body(body, sizeof body - 1, squeezed, sizeof squeezed - 1)

static void white_space_and_quoted_separators_are_nothing(void **state)
{
	(void)state;
	BODY("", "");
	BODY(" \t\r\n\v\f\n", "");
	BODY("Hello  Bo,\r\n\r\nbye \n", "HelloBo,bye");
	BODY("From a\n>From b\n>>>From c\r\n>From d", "FromaFrombFromcFromd");
	BODY("> From a\n>from b\n>>Frog\n >From c\nx>From d\n>>", ">Froma>fromb>>Frog>Fromcx>Fromd>>");
	BODY("Fro", "Fro");
	BODY(">Fro\nm ", ">From");
	BODY(">From", ">From");
	BODY(">>F>From a", ">>F>Froma");
	BODY("a\0b \xc2\xa0", "a\0b\xc2\xa0");
}

static void a_long_body_is_digested_to_its_end(void **state)
{
	GString *body = g_string_new(NULL), *squeezed = g_string_new(NULL);
	struct body_digest *digest = body_digest_new();
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	uint8_t out[16];
	char found[33];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		g_string_append_printf(body, "%d \n", i);
		g_string_append_printf(squeezed, "%d", i);
	}
	for (int i = 0; i < 9000; i++) {
		g_string_append_c(body, '>');
		g_string_append_c(squeezed, '>');
	}
	g_checksum_update(checksum, (const guchar *)squeezed->str, (gssize)squeezed->len);
	body_digest_begin(digest);
	body_digest_add(digest, (const uint8_t *)body->str, body->len);
	body_digest_end(digest, out);
	for (int i = 0; i < 16; i++)
		g_snprintf(found + 2 * i, 3, "%02x", out[i]);
	assert_memory_equal(g_checksum_get_string(checksum), found, 32);
	g_checksum_free(checksum);
	body_digest_free(digest);
	g_string_free(body, TRUE);
	g_string_free(squeezed, TRUE);
}

/* ---- in the case file ---- */

/* A message whose header differs from all others to the letter. */
static struct message suspect(const char *id, char key)
{
	static int number;
	struct message message = plain_message(id, 1000 + number++);

	memset(message.copy_key, key, sizeof message.copy_key);
	message.has_copy_key = key != 0;
	return message;
}

/* Bodies by message: "ab-" gives 1 and 2 the bodies 'a' and 'b' and 3 none. */
struct bodies {
	struct fixture *fixture;
	const char *of_message;
	GString *asked;
};

static int give_body(void *context, const struct casefile_copy *one, struct error *err)
{
	struct bodies *bodies = context;
	uint8_t digest[16];

	g_string_append_printf(bodies->asked, "%d %s:%d+%d/%d\n", (int)one->message, one->path,
	                       (int)one->offset, (int)one->size, (int)one->file_size);
	memset(digest, bodies->of_message[one->message - 1], sizeof digest);
	if (*digest == '-')
		return 0;
	return casefile_set_body(bodies->fixture->casefile, one->message, digest, err);
}

static void compare(struct fixture *fixture, const char *bodies, const char *asked)
{
	struct bodies given = { fixture, bodies, g_string_new(NULL) };

	good(fixture, casefile_walk_suspects(fixture->casefile, give_body, &given, &fixture->err));
	assert_string_equal(asked, given.asked->str);
	g_string_free(given.asked, TRUE);
	finish(fixture);
}

/* The file is locked while it is written. */
static void check_rows(struct fixture *fixture, const char *expected, const char *sql)
{
	close_case(fixture);
	assert_rows(fixture, expected, sql);
	open_case(fixture, CASEFILE_WRITE);
}

#define ORIGINALS "SELECT id, original FROM message ORDER BY id"

static void copies_are_those_with_one_key_and_one_body(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "a", 900);

	for (int i = 0; i < 7; i++) {
		static const char keys[] = { 'k', 'l', 'k', 0, 'k', 'm', 'l' };

		add_at(fixture, file, 100 * i, suspect("", keys[i]));
	}
	end_file(fixture, file);
	/* 1, 3 and 5 have one key, 2 and 7 another; 4 has none, 6 one of its own. */
	compare(fixture, "abb?a?-", "1 a:0+100/900\n2 a:100+100/900\n3 a:200+100/900\n"
	        "5 a:400+100/900\n7 a:600+100/900\n");
	check_rows(fixture, "1|NULL\n2|NULL\n3|NULL\n4|NULL\n5|1\n6|NULL\n7|NULL\n", ORIGINALS);
	struct casefile_account account = account_of(fixture);

	assert_int_equal(6, account.counted);
	assert_int_equal(1, account.duplicates);
	assert_int_equal(1, account.other_id);
	assert_int_equal(1, account.uncompared);
	/* What could not be read is asked for again. */
	compare(fixture, "??????b", "7 a:600+100/900\n");
	check_rows(fixture, "1|NULL\n2|NULL\n3|NULL\n4|NULL\n5|1\n6|NULL\n7|2\n", ORIGINALS);
	assert_int_equal(5, account_of(fixture).counted);
	compare(fixture, "", "");
	close_case(fixture);
}

static void mail_that_comes_later_is_a_copy_of_what_is_there(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "b", 100);

	add_at(fixture, file, 0, suspect("1@x", 'k'));
	end_file(fixture, file);
	compare(fixture, "", "");
	file = begin_file(fixture, "a", 200);
	add_at(fixture, file, 0, suspect("2@x", 'k'));
	end_file(fixture, file);
	compare(fixture, "aa", "1 b:0+100/100\n2 a:0+100/200\n");
	check_rows(fixture, "1|NULL\n2|1\n", ORIGINALS);
	file = begin_file(fixture, "c", 300);
	add_at(fixture, file, 0, suspect("3@x", 'k'));
	end_file(fixture, file);
	compare(fixture, "--a", "3 c:0+100/300\n");
	check_rows(fixture, "1|NULL\n2|1\n3|1\n", ORIGINALS);
	close_case(fixture);
}

static void when_a_file_changes_its_copies_are_compared_anew(void **state)
{
	struct fixture *fixture = *state;
	int64_t files[3];

	open_case(fixture, CASEFILE_WRITE);
	for (int i = 0; i < 3; i++) {
		char path[2] = { (char)('a' + i) }, id[2] = { (char)('1' + i) };

		files[i] = begin_file(fixture, path, 100);
		add_at(fixture, files[i], 0, suspect(id, 'k'));
		end_file(fixture, files[i]);
	}
	compare(fixture, "aaa", "1 a:0+100/100\n2 b:0+100/100\n3 c:0+100/100\n");
	check_rows(fixture, "1|NULL\n2|1\n3|1\n", ORIGINALS);
	/* The first file has other mail now: while it is read all of its copies stand alone. */
	files[0] = begin_file(fixture, "a", 50);
	assert_int_equal(2, account_of(fixture).counted);
	add_at(fixture, files[0], 0, suspect("4", 'l'));
	end_file(fixture, files[0]);
	compare(fixture, "", "");
	check_rows(fixture, "2|NULL\n3|2\n4|NULL\n", ORIGINALS);
	/* The second has none, and the key of the third is nobody else's then. */
	end_file(fixture, begin_file(fixture, "b", 10));
	compare(fixture, "", "");
	check_rows(fixture, "3|NULL\n4|NULL\n", ORIGINALS);
	check_rows(fixture, "0\n", "SELECT count(*) FROM body");
	close_case(fixture);
}

static void a_finding_of_one_id_is_none_between_copies(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "a", 900);

	add_at(fixture, file, 0, suspect("1@x", 'k'));
	add_at(fixture, file, 100, suspect("1@x", 'k'));
	add_at(fixture, file, 200, suspect("1@x", 'k'));
	end_file(fixture, file);
	assert_int_equal(2, account_of(fixture).notes);
	compare(fixture, "aab", "1 a:0+100/900\n2 a:100+100/900\n3 a:200+100/900\n");
	check_rows(fixture, "200\n", "SELECT offset FROM note WHERE kind = 'same-id'");
	assert_int_equal(1, account_of(fixture).same_id);
	close_case(fixture);
}

/* ---- letters ---- */

static void check_found(struct letter_reader *reader, struct fixture *fixture, const char *what,
                        const char *messages)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(int64_t));
	GString *text = g_string_new(NULL);

	good(fixture, letter_find(reader, what, found, &fixture->err));
	for (guint i = 0; i < found->len; i++)
		g_string_append_printf(text, "%d ", (int)g_array_index(found, int64_t, i));
	assert_string_equal(messages, text->str);
	g_string_free(text, TRUE);
	g_array_free(found, TRUE);
}

/* "from a@example.org, to ..." */
static char *parties_of(const struct letter *letter)
{
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < letter->party_count; i++)
		g_string_append_printf(text, "%s%s %s", i ? ", " : "", role_name(letter->parties[i].role),
		                       *letter->parties[i].address ? letter->parties[i].address
		                                                   : letter->parties[i].name);
	return g_string_free(text, FALSE);
}

static void a_letter_has_the_places_and_recipients_of_all_copies(void **state)
{
	static const struct mention first[] = {
		{ ROLE_FROM, "a@example.org", "Ann" }, { ROLE_CC, "b@example.org", "" },
		{ ROLE_TO, "", "the committee" }, { ROLE_TO, "b@example.org", "Bo" },
		{ ROLE_BCC, "c@example.org", "" }, { ROLE_TO, "b@example.org", "" },
	}, second[] = {
		{ ROLE_FROM, "a@example.org", "Ann" }, { ROLE_TO, "b@example.org", "" },
		{ ROLE_BCC, "d@example.org", "" }, { ROLE_BCC, "c@example.org", "" },
		{ ROLE_REPLY_TO, "z@example.org", "" }, { ROLE_DELIVERED_TO, "b@example.org", "" },
	};
	struct fixture *fixture = *state;
	struct message one = suspect("1@x", 'k'), two = suspect("2@x", 'k');
	struct letter letter;

	one.mentions = first;
	one.mention_count = G_N_ELEMENTS(first);
	two.mentions = second;
	two.mention_count = G_N_ELEMENTS(second);
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "in/7@8", 900);

	add_at(fixture, file, 0, one);
	add_at(fixture, file, 300, two);
	add_at(fixture, file, 600, one);
	end_file(fixture, file);
	compare(fixture, "aa", "1 in/7@8:0+100/900\n2 in/7@8:300+100/900\n");
	struct letter_reader *reader = letter_reader_new(fixture->casefile, &fixture->err);

	good(fixture, reader ? 0 : -1);
	check_found(reader, fixture, "1", "1 ");
	check_found(reader, fixture, "2", "1 ");
	check_found(reader, fixture, "3", "");
	check_found(reader, fixture, "<2@x>", "1 ");
	check_found(reader, fixture, "2@x", "1 ");
	check_found(reader, fixture, "in/7@8@300", "1 ");
	check_found(reader, fixture, "in/7@8@301", "");
	check_found(reader, fixture, "in/7@8", "");
	check_found(reader, fixture, "", "");
	check_found(reader, fixture, "<>", "");
	check_found(reader, fixture, "99999999999999999999", "");
	good(fixture, letter_read(reader, 1, &letter, &fixture->err));
	char *parties = parties_of(&letter);

	assert_string_equal("from a@example.org, to the committee, to b@example.org, "
	                    "bcc c@example.org, bcc d@example.org", parties);
	g_free(parties);
	assert_int_equal(3, letter.place_count);
	assert_string_equal("1@x", letter.id);
	assert_string_equal("2@x", letter.places[1].id);
	assert_int_equal(600, letter.places[2].offset);
	assert_memory_equal(one.digest, letter.places[2].digest, 16);
	assert_memory_equal(two.digest, letter.places[1].digest, 16);
	assert_int_equal(-1, letter_read(reader, 3, &letter, &fixture->err));
	assert_non_null(strstr(fixture->err.message, "there is no message 3"));
	letter_reader_free(reader);
	letter_reader_free(NULL);
	close_case(fixture);
}

/* Recipients of message 1 in these roles. */
static int recipients_in(struct fixture *fixture, unsigned roles)
{
	struct filter filter = { .since = INSTANT_NONE, .until = INSTANT_NONE, .roles = roles };
	struct casefile_query *query = casefile_query_open(fixture->casefile, &filter,
	                                                   &fixture->err);
	struct correspondence message;
	int count;

	assert_int_equal(1, casefile_query_next(query, &message, &fixture->err));
	count = (int)message.recipient_count;
	assert_int_equal(0, casefile_query_next(query, &message, &fixture->err));
	casefile_query_close(query);
	return count;
}

static void a_query_sees_the_hidden_recipients_of_copies(void **state)
{
	static const struct mention second[] = {
		{ ROLE_FROM, "a@example.org", "" }, { ROLE_TO, "b@example.org", "" },
		{ ROLE_TO, "q@example.org", "" }, { ROLE_BCC, "d@example.org", "" },
		{ ROLE_BCC, "b@example.org", "" },
	};
	struct fixture *fixture = *state;
	struct message two = suspect("2@x", 'k');

	two.mentions = second;
	two.mention_count = G_N_ELEMENTS(second);
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "a", 900);

	add_at(fixture, file, 0, suspect("1@x", 'k'));
	add_at(fixture, file, 300, two);
	end_file(fixture, file);
	compare(fixture, "aa", "1 a:0+100/900\n2 a:300+100/900\n");
	assert_int_equal(2, recipients_in(fixture, 0));         /* b and d */
	assert_int_equal(1, recipients_in(fixture, 1u << ROLE_TO));
	assert_int_equal(1, recipients_in(fixture, 1u << ROLE_BCC));
	close_case(fixture);
}

static void a_cc_repeated_as_bcc_is_counted(void **state)
{
	static const struct mention same[] = {
		{ ROLE_CC, "c@example.org", "" }, { ROLE_BCC, "b@example.org", "" },
		{ ROLE_CC, "b@example.org", "" }, { ROLE_BCC, "c@example.org", "" },
		{ ROLE_BCC, "c@example.org", "" },
	}, more[] = { { ROLE_CC, "c@example.org", "" }, { ROLE_BCC, "c@example.org", "" },
	              { ROLE_BCC, "d@example.org", "" } },
	  only[] = { { ROLE_BCC, "c@example.org", "" } };
	static const struct { const struct mention *mentions; size_t count; } all[] = {
		{ same, 5 }, { more, 3 }, { only, 1 }, { same, 1 }, { NULL, 0 },
	};
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "a", 900);

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		struct message message = suspect("", 0);

		message.mentions = all[i].mentions;
		message.mention_count = all[i].count;
		add_at(fixture, file, 100 * (int64_t)i, message);
	}
	end_file(fixture, file);
	finish(fixture);
	assert_int_equal(3, account_of(fixture).with_cc);
	assert_int_equal(1, account_of(fixture).bcc_is_cc);
	close_case(fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_key_is_the_first_half_of_a_sha256),
		cmocka_unit_test(spelling_makes_no_other_key),
		cmocka_unit_test(what_differs_makes_another_key),
		cmocka_unit_test(without_a_sender_or_a_date_there_is_no_key),
		cmocka_unit_test(white_space_and_quoted_separators_are_nothing),
		cmocka_unit_test(a_long_body_is_digested_to_its_end),
		FACT(copies_are_those_with_one_key_and_one_body),
		FACT(mail_that_comes_later_is_a_copy_of_what_is_there),
		FACT(when_a_file_changes_its_copies_are_compared_anew),
		FACT(a_finding_of_one_id_is_none_between_copies),
		FACT(a_letter_has_the_places_and_recipients_of_all_copies),
		FACT(a_query_sees_the_hidden_recipients_of_copies),
		FACT(a_cc_repeated_as_bcc_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
