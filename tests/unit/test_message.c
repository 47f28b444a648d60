#include "header_fixture.h"

#include "epistograph/error.h"

/* A message with something in every member. */
static const char full[] =
	"Received: by b.example; Thu, 14 Jul 2016 10:30:25 +0200\n"
	"From: =?utf-8?q?J=C3=B6rg?= <J@example.org>\nTo: Ann Lee, bob@example.org\n"
	"Cc: c@example.org\n"
	"Date: Thu, 14 Jul 2016 10:30:05 +0200\nSubject: one\n two\nMessage-ID: <1@example.org>\n"
	"In-Reply-To: <2@example.org>\nReferences: <3@example.org> <2@example.org>\n"
	"X-Gmail-Labels: Inbox,Sent\nX-GM-THRID: 1500000000000000001\n"
	"List-Id: <l.example.org>\n\n";

static void check_equal(const struct message *a, const struct message *b)
{
	assert_true(a->offset == b->offset && a->size == b->size);
	assert_string_equal(a->id, b->id);
	assert_string_equal(a->subject, b->subject);
	assert_string_equal(a->in_reply_to, b->in_reply_to);
	assert_string_equal(a->list_id, b->list_id);
	assert_string_equal(a->date_raw, b->date_raw);
	assert_string_equal(a->kind_evidence, b->kind_evidence);
	assert_string_equal(a->labels, b->labels);
	assert_string_equal(a->conversation, b->conversation);
	assert_true(a->instant == b->instant && a->received_gap_s == b->received_gap_s);
	assert_int_equal(a->author_source, b->author_source);
	assert_int_equal(a->date_doubt, b->date_doubt);
	assert_int_equal(a->utc_offset_s, b->utc_offset_s);
	assert_int_equal(a->date_source, b->date_source);
	assert_int_equal(a->date_verdict, b->date_verdict);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->faults, b->faults);
	assert_memory_equal(a->digest, b->digest, sizeof a->digest);
	assert_int_equal(a->reference_count, b->reference_count);
	for (size_t i = 0; i < a->reference_count; i++)
		assert_string_equal(a->references[i], b->references[i]);
	assert_int_equal(a->mention_count, b->mention_count);
	for (size_t i = 0; i < a->mention_count; i++) {
		assert_int_equal(a->mentions[i].role, b->mentions[i].role);
		assert_string_equal(a->mentions[i].address, b->mentions[i].address);
		assert_string_equal(a->mentions[i].name, b->mentions[i].name);
	}
}

static void a_message_is_read_whole(void **state)
{
	const struct message *message = header_read_text(state, full);

	assert_string_equal("test", message->path);
	assert_null(message->member);
	assert_true(message->offset == 17 && message->size == 4711);
	assert_string_equal("1@example.org", message->id);
	assert_string_equal("one two", message->subject);
	assert_string_equal("2@example.org", message->in_reply_to);
	assert_int_equal(2, message->reference_count);
	assert_string_equal("l.example.org", message->list_id);
	assert_string_equal("Inbox\nSent", message->labels);
	assert_string_equal("1500000000000000001", message->conversation);
	assert_true(message->instant == INT64_C(1468485005));
	assert_true(message->received_gap_s == 20);
	assert_int_equal(KIND_LIST, message->kind);
	assert_int_equal(0, message->faults);
	assert_string_equal("[Jörg|j@example.org][Ann Lee|][|bob@example.org][|c@example.org]",
	                    header_people(state, -1));
}

static const char *labels_of(void **state, const char *value)
{
	char *header = g_strdup_printf("X-Gmail-Labels: %s\n\n", value);
	const char *labels = header_read_text(state, header)->labels;

	g_free(header);
	return labels;
}

/* Encoded words as Python's email.header writes them. */
static void labels_are_decoded_and_taken_apart(void **state)
{
	assert_string_equal("", labels_of(state, ""));
	assert_string_equal("", labels_of(state, " , ,,"));
	assert_string_equal("Inbox\nCategory Personal", labels_of(state, "Inbox, Category Personal,Inbox"));
	assert_string_equal("a, b\nc", labels_of(state, "\"a, b\",c"));
	assert_string_equal("say \"a, b\"\nc\\d", labels_of(state, "\"say \\\"a, b\\\"\",\"c\\\\d\""));
	assert_string_equal("say \"a\", b", labels_of(state, "\"say \"\"a\"\", b\""));
	assert_string_equal("5\" disks", labels_of(state, "5\" disks"));
	assert_string_equal("open, never closed", labels_of(state, "\"open, never closed"));
	assert_string_equal("Posteingang\nGeöffnet\nWichtig", labels_of(state,
		"=?utf-8?q?Posteingang=2CGe=C3=B6ffnet?=\n =?utf-8?q?=2CWichtig?="));
	assert_string_equal("Projects, open\nWork/Übersicht", labels_of(state,
		"=?utf-8?b?IlByb2plY3RzLCBvcGVuIixXb3JrL8Oc?=\n =?utf-8?b?YmVyc2ljaHQ=?="));
	assert_string_equal("a b", labels_of(state, "=?utf-8?q?a=0Ab?="));
}

static const char *conversation_of(void **state, const char *value)
{
	char *header = g_strdup_printf("X-GM-THRID: %s\n\n", value);
	const char *conversation = header_read_text(state, header)->conversation;

	g_free(header);
	return conversation;
}

static void a_conversation_is_a_number_of_63_bits(void **state)
{
	assert_string_equal("9223372036854775807", conversation_of(state, " 9223372036854775807 "));
	assert_string_equal("", conversation_of(state, "9223372036854775808"));
	assert_string_equal("", conversation_of(state, "92233720368547758070"));
	assert_string_equal("17", conversation_of(state, "0017"));
	assert_string_equal("", conversation_of(state, "17x"));
	assert_string_equal("", conversation_of(state, "-17"));
	assert_string_equal("", conversation_of(state, ""));
}

/* The digest by hand: the values, one a line, an empty line behind each field's.
 * printf '...' | sha256sum, the first 32 digits. */
static void the_digest_is_the_first_half_of_a_sha256(void **state)
{
	static const char header[] =
		"Message-ID: <1@example.org>\nSubject:  one\n  two\n"
		"Date: Thu, 14 Jul 2016 10:30:05 +0200\n"
		"To: b@example.org\nFrom: a@example.org\nTo: c@example.org\nBcc: d@example.org\n\n";
	const struct message *message = header_read_text(state, header);
	GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
	char found[33];

	g_checksum_update(checksum, (const guchar *)
		"a@example.org\n\n" "\n" "b@example.org\nc@example.org\n\n" "\n"
		"Thu, 14 Jul 2016 10:30:05 +0200\n\n" "one two\n\n" "<1@example.org>\n\n", -1);
	for (int i = 0; i < 16; i++)
		g_snprintf(found + 2 * i, 3, "%02x", message->digest[i]);
	assert_memory_equal(g_checksum_get_string(checksum), found, 32);
	g_checksum_free(checksum);
}

static void check_same_digest(void **state, const char *a, const char *b, bool same)
{
	uint8_t first[16];

	memcpy(first, header_read_text(state, a)->digest, sizeof first);
	const struct message *message = header_read_text(state, b);
	assert_int_equal(same, !memcmp(first, message->digest, sizeof first));
}

static void copies_of_one_message_have_one_digest(void **state)
{
	const char *sent = "From: a@example.org\nTo: b@example.org\nBcc: c@example.org\n"
	                   "Message-ID: <1@example.org>\n\n";

	check_same_digest(state, sent, "Received: by x; y\nFROM:a@example.org\r\n"
	                  "to:  b@example.org\r\n"
	                  "Message-id:\r\n <1@example.org>\r\nX-Spam: no\r\n\r\n", true);
	check_same_digest(state, sent, "From: a@example.org\nTo: b@example.org\n"
	                  "Message-ID: <1@example.org>\nCc: d@example.org\n\n", false);
	check_same_digest(state, "To: a@example.org\n\n", "Cc: a@example.org\n\n", false);
	check_same_digest(state, "Subject: a b\n\n", "Subject: ab\n\n", false);
}

/* Two bounces that say nothing of themselves but came at different times. */
static void without_a_message_id_only_equal_headers_are_copies(void **state)
{
	const char *one = "Return-Path: <>\nReceived: by x; Mon, 1 Feb 2016 10:00:00 +0000\n\n";

	check_same_digest(state, one, one, true);
	check_same_digest(state, one, "Return-Path: <>\n"
	                  "Received: by x; Mon, 1 Feb 2016 10:00:01 +0000\n\n", false);
}

static void without_a_message_id_the_size_is_part_of_the_digest(void **state)
{
	static const char header[] = "From: a@example.org\n\n";
	struct header_fixture *fixture = *state;
	struct raw_message raw = { .path = "x", .size = 1, .header = (const uint8_t *)header,
	                           .header_size = sizeof header - 1 };
	uint8_t first[16];

	message_parse(fixture->parser, &raw, &fixture->message);
	memcpy(first, fixture->message.digest, sizeof first);
	raw.size = 2;
	message_parse(fixture->parser, &raw, &fixture->message);
	assert_memory_not_equal(first, fixture->message.digest, sizeof first);
}

static void a_record_gives_the_message_back(void **state)
{
	static const char *const headers[] = {
		full, "", "Subject: only\n\n",
		"List-Id: <t.l.example>\nFrom: Ann via T <t@l.example>\nReply-To: ann@example.org\n"
		"Date: 1 Jan 1970 00:00:00 +0000\n\n",
	};
	struct message_arena *arena = message_arena_new();
	GByteArray *bytes = g_byte_array_new();

	for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
		struct message read = *header_read_text(state, headers[i]);
		struct message decoded;
		struct error err = { "" };

		read.member = i ? "2.1" : NULL;
		read.enclosure = i ? ENCLOSURE_RETURNED : ENCLOSURE_NONE;
		g_byte_array_set_size(bytes, 0);
		g_byte_array_append(bytes, (const guint8 *)"abc", 3);   /* encode appends */
		message_encode(&read, bytes);
		assert_int_equal(0, message_decode(bytes->data + 3, bytes->len - 3, arena,
		                                   &decoded, &err));
		check_equal(&read, &decoded);
		assert_null(decoded.path);
		if (i)
			assert_string_equal("2.1", decoded.member);
		else
			assert_null(decoded.member);
		assert_int_equal(read.enclosure, decoded.enclosure);
	}
	g_byte_array_free(bytes, TRUE);
	message_arena_free(arena);
}

/* Cut anywhere or with a byte changed, a record is refused or read: nothing else. */
static void damaged_records_are_refused(void **state)
{
	struct message_arena *arena = message_arena_new();
	GByteArray *bytes = g_byte_array_new();
	struct message decoded;
	struct error err = { "" };

	message_encode(header_read_text(state, full), bytes);
	for (guint size = 0; size < bytes->len; size++) {
		guint8 *copy = g_memdup2(bytes->data, size);

		err.message[0] = '\0';
		assert_int_equal(-1, message_decode(copy, size, arena, &decoded, &err));
		assert_string_not_equal("", err.message);
		g_free(copy);
	}
	for (guint i = 0; i < bytes->len; i++) {
		guint8 was = bytes->data[i];

		bytes->data[i] = (guint8)(was ^ 0xff);
		message_decode(bytes->data, bytes->len, arena, &decoded, NULL);
		bytes->data[i] = was;
	}
	err.message[0] = '\0';
	assert_int_equal(-1, message_decode(bytes->data, 10, arena, &decoded, &err));
	assert_string_equal("a message record of 10 bytes is too short", err.message);
	err.message[0] = '\0';
	bytes->data[bytes->len - 1] = 'x';      /* the last string has no end */
	assert_int_equal(-1, message_decode(bytes->data, bytes->len, arena, &decoded, &err));
	assert_string_equal("a message record is damaged", err.message);
	err.message[0] = '\0';
	memset(bytes->data, 0, bytes->len);
	assert_int_equal(-1, message_decode(bytes->data, bytes->len, arena, &decoded, &err));
	assert_string_equal("not a message record of this version", err.message);
	g_byte_array_free(bytes, TRUE);
	message_arena_free(arena);
}

static void the_same_message_gives_the_same_bytes(void **state)
{
	GByteArray *once = g_byte_array_new(), *again = g_byte_array_new();
	struct message_parser *other = message_parser_new();
	struct raw_message raw = { .path = "test", .offset = 17, .size = 4711,
	                           .header = (const uint8_t *)full,
	                           .header_size = sizeof full - 1 };
	struct message message;

	message_encode(header_read_text(state, full), once);
	message_parse(other, &raw, &message);
	message_encode(&message, again);
	assert_int_equal(once->len, again->len);
	assert_memory_equal(once->data, again->data, once->len);
	message_parser_free(other);
	g_byte_array_free(once, TRUE);
	g_byte_array_free(again, TRUE);
}

/* Of forms that are not mail: where the date is from is known before it is read. */
static void dates_of_records_say_where_they_are_from(void **state)
{
	static const struct {
		const char *text;
		enum record_date from;
		enum date_source source;
		enum date_verdict verdict;
	} cases[] = {
		{ "Date: 2016-04-03 10:22\n", RECORD_DATE_TABLE, DATE_FROM_TABLE, DATE_GOOD },
		{ "Date: 2016-04-03 (03/04/2016)\n", RECORD_DATE_TABLE, DATE_FROM_TABLE, DATE_GOOD },
		{ "Date: (03/04/2016)\n", RECORD_DATE_TABLE, DATE_FROM_NOTHING, DATE_MISSING },
		{ "Received: ; 2016-04-03 10:22\n", RECORD_DATE_TABLE, DATE_FROM_RECEIVED, DATE_REPLACED },
		{ "Date: Sun, 03 Apr 2016 10:22:33 -0000\n", RECORD_DATE_SUBMIT, DATE_FROM_SUBMIT, DATE_GOOD },
		{ "Date: Sun, 03 Apr 2016 10:22:33 -0000\n", RECORD_DATE_DELIVERY, DATE_FROM_DELIVERY,
		  DATE_REPLACED },
		{ "Date: 1601-01-01\n", RECORD_DATE_TABLE, DATE_FROM_TABLE, DATE_IMPLAUSIBLE },
		{ "Date: Sun, 03 Apr 2016 10:22:33 -0000\n", RECORD_DATE_NONE, DATE_FROM_DATE, DATE_GOOD },
	};
	struct header_fixture *fixture = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct raw_message raw = {
			.path = "test", .header = (const uint8_t *)cases[i].text,
			.header_size = strlen(cases[i].text), .composed = cases[i].from != RECORD_DATE_NONE,
			.record_date = cases[i].from,
		};

		message_parse(fixture->parser, &raw, &fixture->message);
		assert_int_equal(cases[i].source, fixture->message.date_source);
		assert_int_equal(cases[i].verdict, fixture->message.date_verdict);
		assert_int_equal(raw.composed, (fixture->message.faults & FAULT_COMPOSED) != 0);
		if (cases[i].source >= DATE_FROM_TABLE)
			assert_int_equal(UTC_OFFSET_UNKNOWN, fixture->message.utc_offset_s);
	}
}

static void names_of_roles_and_kinds_go_both_ways(void **state)
{
	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++)
		assert_int_equal(i, role_from_name(role_name(i)));
	for (int i = 0; i < KIND_COUNT; i++)
		assert_int_equal(i, message_kind_from_name(message_kind_name(i)));
	assert_int_equal(-1, role_from_name("nobody"));
	assert_int_equal(-1, message_kind_from_name(""));
	assert_string_equal("resent-cc", role_name(ROLE_RESENT_CC));
	assert_string_equal("separator", date_source_name(DATE_FROM_SEPARATOR));
	assert_string_equal("implausible", date_verdict_name(DATE_IMPLAUSIBLE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_read_whole),
		cmocka_unit_test(labels_are_decoded_and_taken_apart),
		cmocka_unit_test(a_conversation_is_a_number_of_63_bits),
		cmocka_unit_test(the_digest_is_the_first_half_of_a_sha256),
		cmocka_unit_test(copies_of_one_message_have_one_digest),
		cmocka_unit_test(without_a_message_id_only_equal_headers_are_copies),
		cmocka_unit_test(without_a_message_id_the_size_is_part_of_the_digest),
		cmocka_unit_test(a_record_gives_the_message_back),
		cmocka_unit_test(damaged_records_are_refused),
		cmocka_unit_test(the_same_message_gives_the_same_bytes),
		cmocka_unit_test(dates_of_records_say_where_they_are_from),
		cmocka_unit_test(names_of_roles_and_kinds_go_both_ways),
	};

	return cmocka_run_group_tests_name("message", tests, header_fixture_setup,
	                                   header_fixture_teardown);
}
