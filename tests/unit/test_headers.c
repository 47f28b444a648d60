#include "header_fixture.h"

static void check_subject(void **state, const char *header, const char *expected)
{
	assert_string_equal(expected, header_read_text(state, header)->subject);
}

static void names_are_found_in_any_case_and_with_blanks_before_the_colon(void **state)
{
	check_subject(state, "SUBJECT: a\n\n", "a");
	check_subject(state, "subject:a\n\n", "a");
	check_subject(state, "Subject : a\n\n", "a");
	check_subject(state, "Subject\t:\ta \n\n", "a");
	check_subject(state, "Subjects: a\nX-Subject: b\nSub ject: c\n\n", "");
}

static void lines_end_in_crlf_lf_or_cr(void **state)
{
	static const char *const ends[] = { "\n", "\r\n", "\r" };

	for (size_t i = 0; i < 3; i++) {
		const char *e = ends[i];
		char *header = g_strdup_printf("From: a@example.org%sSubject: one%s two%s"
		                               "To: b@example.org%s%sSubject: body%s",
		                               e, e, e, e, e, e);
		const struct message *message = header_read_text(state, header);

		assert_string_equal("one two", message->subject);
		assert_int_equal(2, message->mention_count);
		g_free(header);
	}
}

static void a_cr_inside_a_line_is_a_blank(void **state)
{
	check_subject(state, "Subject: one\rtwo\nTo: b@example.org\n\n", "one two");
}

static void folded_lines_are_one_value(void **state)
{
	check_subject(state, "Subject: one\n two\n\t three\n\n", "one two  three");
	check_subject(state, "Subject:\n\tone\n\n", "one");
	/* A line of blanks goes on with the field; only an empty one ends the header. */
	check_subject(state, "X: 1\n \nSubject: a\n\n", "a");
}

static void the_blank_line_ends_the_header(void **state)
{
	check_subject(state, "X: 1\n\nSubject: body\n", "");
	check_subject(state, "X: 1\r\n\r\nSubject: body\r\n", "");
	assert_string_equal("a", header_read_text(state, "Subject: a")->subject);
}

static void lines_that_are_no_field_are_passed_over(void **state)
{
	check_subject(state, ">From ann@example.org Thu Jul 14 10:30:05 2016\nSubject: a\n\n", "a");
	check_subject(state, "From ann@example.org Thu Jul 14 10:30:05 2016\nSubject: a\n\n", "a");
	check_subject(state, "garbage without end\n and its second line\nSubject: a\n\n", "a");
	check_subject(state, " Subject: not at the start\nSubject: a\n\n", "a");
	check_subject(state, ": no name\nSubject: a\n\n", "a");
}

static void a_nul_is_a_blank_and_ends_nothing(void **state)
{
	static const char header[] = "Subject: one\0two\nFrom: a@example.org\n\n";
	const struct message *message = header_read(state, NULL, header, sizeof header - 1);

	assert_string_equal("one two", message->subject);
	assert_string_equal("[|a@example.org]", header_people(state, ROLE_FROM));
}

static void the_first_subject_and_message_id_count(void **state)
{
	const struct message *message = header_read_text(state,
		"Subject: a\nSubject: b\nMessage-ID: <1@example.org>\n"
		"Message-ID: <2@example.org>\n\n");

	assert_string_equal("a", message->subject);
	assert_string_equal("1@example.org", message->id);
}

static void encoded_words_are_decoded(void **state)
{
	check_subject(state, "Subject: =?utf-8?q?J=C3=B6rg_A=2E?= Lee\n\n", "Jörg A. Lee");
	check_subject(state, "Subject: =?ISO-8859-1?B?SvZyZw==?=\n\n", "Jörg");
	check_subject(state, "Subject: =?utf-8*de?Q?J=C3=B6rg?=\n\n", "Jörg");
	check_subject(state, "Subject: a=?utf-8?q?b?=c\n\n", "abc");
	check_subject(state, "Subject: =?utf-8?Q?a b?=\n\n", "a b");
	/* JIS X 0208 46 7C 4B 5C is "日本". */
	check_subject(state, "Subject: =?iso-2022-jp?b?GyRCRnxLXBsoQg==?=\n\n", "日本");
	/* GBK B2 E2 CA D4 is "测试"; gb2312 is what such mail calls it. */
	check_subject(state, "Subject: =?gb2312?B?suLK1A==?=\n\n", "测试");
}

static void neighbouring_words_lose_only_the_blanks_between(void **state)
{
	check_subject(state, "Subject: =?utf-8?B?QQ==?= =?utf-8?B?Qg==?=\n =?utf-8?B?Qw==?= d\n\n",
	              "ABC d");
	check_subject(state, "Subject: =?utf-8?q?a?= b =?utf-8?q?c?=\n\n", "a b c");
	check_subject(state, "Subject: =?utf-8?q?a_?= =?iso-8859-1?q?=E9?=\n\n", "a é");
	check_subject(state, "Subject: =?utf-8?q?a?==?utf-8?q?b?=\n\n", "ab");
}

/* C3 B6 is ö: cut in two, in either encoding, and across both. */
static void a_character_cut_between_words_is_whole_again(void **state)
{
	check_subject(state, "Subject: =?utf-8?q?J=C3?= =?utf-8?q?=B6rg?=\n\n", "Jörg");
	check_subject(state, "Subject: =?utf-8?b?SsM=?= =?utf-8?b?tnJn?=\n\n", "Jörg");
	check_subject(state, "Subject: =?utf-8?b?SsM=?= =?UTF-8?q?=B6rg?=\n\n", "Jörg");
}

static void words_that_are_none_stay(void **state)
{
	check_subject(state, "Subject: =?utf-8?q?open\n\n", "=?utf-8?q?open");
	check_subject(state, "Subject: =?utf-8?x?a?=\n\n", "=?utf-8?x?a?=");
	check_subject(state, "Subject: 1 =? 2\n\n", "1 =? 2");
	check_subject(state, "Subject: =?utf-8?b?" "?= a\n\n", "a");
}

static void unknown_charsets_are_judged_by_their_bytes(void **state)
{
	check_subject(state, "Subject: =?nonsense?q?J=F6rg?=\n\n", "Jörg");
	check_subject(state, "Subject: =?nonsense?q?J=C3=B6rg?=\n\n", "Jörg");
	check_subject(state, "Subject: =?us-ascii?q?J=F6rg?=\n\n", "Jörg");
	check_subject(state, "Subject: =?../../x?q?a?=\n\n", "a");
	/* Latin-1 has control characters where senders mean 99 = ™ of Windows-1252. */
	check_subject(state, "Subject: =?iso-8859-1?q?a=99?=\n\n", "a™");
}

static void malformed_bytes_in_a_word_become_replacement_characters(void **state)
{
	check_subject(state, "Subject: =?utf-8?q?a=FFb?=\n\n", "a\xef\xbf\xbd" "b");
	check_subject(state, "Subject: =?shift_jis?b?g2c=?= =?shift_jis?b?gw==?=\n\n",
	              "ト\xef\xbf\xbd");
}

static void raw_eight_bit_text_is_utf8_or_else_windows_1252(void **state)
{
	check_subject(state, "Subject: J\xc3\xb6rg\n\n", "Jörg");
	check_subject(state, "Subject: J\xf6rg \x80 5\n\n", "Jörg € 5");
}

static void control_characters_never_come_through(void **state)
{
	check_subject(state, "Subject: a\x1b[31mb\x7f\n\n", "a[31mb");
	check_subject(state, "Subject: =?utf-8?q?a=00=1Bb=0Ac?=\n\n", "ab c");
	check_subject(state, "Subject: =?utf-8?b?77+/77+u?=x\n\n", "\xef\xbf\xae" "x");
}

static void a_long_subject_is_cut_and_says_so(void **state)
{
	GString *header = g_string_new("Subject: ");

	for (int i = 0; i < 100000; i++)
		g_string_append(header, "é ");
	g_string_append(header, "\n\n");

	const struct message *message = header_read_text(state, header->str);
	assert_true(strlen(message->subject) <= 64 << 10);
	assert_true(strlen(message->subject) > 8000);
	assert_true(g_utf8_validate(message->subject, -1, NULL));
	assert_null(strstr(message->subject, "\xef\xbf\xbd"));
	assert_true(message->faults & FAULT_CUT);
	g_string_free(header, TRUE);
}

static void identifiers_lose_their_brackets(void **state)
{
	const struct message *message = header_read_text(state,
		"Message-ID: <1@example.org>\n"
		"In-Reply-To: Ann's message of \"Thu, 14 Jul\" <2@example.org>\n"
		"References: <3@example.org> junk <4@example.org>\n <5@\n"
		" example.org>(c)<6@example.org\n\n");

	assert_string_equal("1@example.org", message->id);
	assert_string_equal("2@example.org", message->in_reply_to);
	assert_int_equal(4, message->reference_count);
	assert_string_equal("3@example.org", message->references[0]);
	assert_string_equal("5@example.org", message->references[2]);
	assert_string_equal("6@example.org", message->references[3]);
}

static void identifiers_without_brackets_are_read_if_they_are_one_word(void **state)
{
	assert_string_equal("1@example.org",
	                    header_read_text(state, "Message-ID: 1@example.org\n\n")->id);
	assert_string_equal("", header_read_text(state, "In-Reply-To: your mail\n\n")->in_reply_to);
	assert_string_equal("", header_read_text(state, "Message-ID: <>\n\n")->id);
	assert_true(header_read_text(state, "Message-ID: <>\n\n")->faults & FAULT_NO_MESSAGE_ID);
}

/* Some programs take identifiers for text and encode them. */
static void encoded_identifiers_are_decoded(void **state)
{
	const struct message *message = header_read_text(state,
		"Message-ID: =?utf-8?q?=3C1=40example=2Eorg=3E?=\n"
		"References: =?utf-8?q?=3C2=40example=2Eorg=3E_?=\n"
		" =?utf-8?q?=3C3=40example=2Eorg=3E?=\n\n");

	assert_string_equal("1@example.org", message->id);
	assert_int_equal(2, message->reference_count);
	assert_string_equal("3@example.org", message->references[1]);
}

static void references_without_brackets_are_words_with_an_at(void **state)
{
	const struct message *message = header_read_text(state,
		"References: your message of Monday, 1@example.org\n 2@example.org\n\n");

	assert_int_equal(2, message->reference_count);
	assert_string_equal("1@example.org", message->references[0]);
	assert_string_equal("2@example.org", message->references[1]);
	message = header_read_text(state, "References: 1a22b1b335\n\n");
	assert_int_equal(1, message->reference_count);
	assert_string_equal("1a22b1b335", message->references[0]);
	assert_int_equal(0, header_read_text(state, "References:\n\n")->reference_count);
	assert_int_equal(0, header_read_text(state, "References: your mail\n\n")->reference_count);
}

static void of_many_references_both_ends_are_kept(void **state)
{
	GString *header = g_string_new("References:");

	for (int i = 0; i < 5000; i++)
		g_string_append_printf(header, "\n <%d@example.org>", i);
	g_string_append(header, "\n\n");

	const struct message *message = header_read_text(state, header->str);
	assert_int_equal(1000, message->reference_count);
	assert_string_equal("0@example.org", message->references[0]);
	assert_string_equal("99@example.org", message->references[99]);
	assert_string_equal("4100@example.org", message->references[100]);
	assert_string_equal("4999@example.org", message->references[999]);
	assert_true(message->faults & FAULT_CUT);
	g_string_free(header, TRUE);
}

static void the_list_id_is_what_stands_in_brackets(void **state)
{
	assert_string_equal("trees.example.org", header_read_text(state,
		"List-Id: Friends of =?utf-8?q?B=C3=A4ume?= <Trees.Example.ORG>\n\n")->list_id);
	assert_string_equal("trees.example.org",
	                    header_read_text(state, "List-Id: trees.example.org\n\n")->list_id);
	assert_string_equal("", header_read_text(state, "X: y\n\n")->list_id);
}

static void what_is_missing_is_a_fault_and_no_failure(void **state)
{
	const struct message *message = header_read_text(state, "");

	assert_int_equal(FAULT_NO_FROM | FAULT_NO_RECIPIENT | FAULT_NO_MESSAGE_ID | FAULT_NO_DATE |
	                 FAULT_NO_HEADER, message->faults);
	assert_int_equal(0, message->mention_count);
	assert_int_equal(0, message->reference_count);
	assert_string_equal("", message->id);
	assert_string_equal("", message->subject);
	assert_string_equal("", message->date_raw);
	assert_string_equal("", message->list_id);
	assert_string_equal("", message->kind_evidence);
	assert_true(message->instant == INSTANT_NONE);

	message = header_read_text(state, "From: a@example.org\nCc: b@example.org\n"
	                           "Message-ID: <1@example.org>\n"
	                           "Date: 14 Jul 2016 10:30:05 +0200\n\n");
	assert_int_equal(0, message->faults);
}

static void a_header_cut_by_the_reader_says_so(void **state)
{
	char *header = g_malloc(SOURCE_HEADER_MAX);

	memset(header, 'x', SOURCE_HEADER_MAX);
	memcpy(header, "Subject: a\nX: ", 14);
	const struct message *message = header_read(state, NULL, header, SOURCE_HEADER_MAX);
	assert_string_equal("a", message->subject);
	assert_true(message->faults & FAULT_CUT);
	g_free(header);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_in_any_case_and_with_blanks_before_the_colon),
		cmocka_unit_test(lines_end_in_crlf_lf_or_cr),
		cmocka_unit_test(a_cr_inside_a_line_is_a_blank),
		cmocka_unit_test(folded_lines_are_one_value),
		cmocka_unit_test(the_blank_line_ends_the_header),
		cmocka_unit_test(lines_that_are_no_field_are_passed_over),
		cmocka_unit_test(a_nul_is_a_blank_and_ends_nothing),
		cmocka_unit_test(the_first_subject_and_message_id_count),
		cmocka_unit_test(encoded_words_are_decoded),
		cmocka_unit_test(neighbouring_words_lose_only_the_blanks_between),
		cmocka_unit_test(a_character_cut_between_words_is_whole_again),
		cmocka_unit_test(words_that_are_none_stay),
		cmocka_unit_test(unknown_charsets_are_judged_by_their_bytes),
		cmocka_unit_test(malformed_bytes_in_a_word_become_replacement_characters),
		cmocka_unit_test(raw_eight_bit_text_is_utf8_or_else_windows_1252),
		cmocka_unit_test(control_characters_never_come_through),
		cmocka_unit_test(a_long_subject_is_cut_and_says_so),
		cmocka_unit_test(identifiers_lose_their_brackets),
		cmocka_unit_test(identifiers_without_brackets_are_read_if_they_are_one_word),
		cmocka_unit_test(encoded_identifiers_are_decoded),
		cmocka_unit_test(references_without_brackets_are_words_with_an_at),
		cmocka_unit_test(of_many_references_both_ends_are_kept),
		cmocka_unit_test(the_list_id_is_what_stands_in_brackets),
		cmocka_unit_test(what_is_missing_is_a_fault_and_no_failure),
		cmocka_unit_test(a_header_cut_by_the_reader_says_so),
	};

	return cmocka_run_group_tests_name("headers", tests, header_fixture_setup,
	                                   header_fixture_teardown);
}
