#include "mail_fixture.h"

/* In the texts below a '|' at the begin of a line marks where a message must
 * begin; it is taken out before the text is read. */
static GString *unmark(const char *marked, GArray *begins)
{
	GString *text = g_string_new(NULL);

	for (const char *c = marked; *c != '\0'; c++) {
		int64_t offset = (int64_t)text->len;
		if (*c == '|' && (c == marked || c[-1] == '\n'))
			g_array_append_val(begins, offset);
		else
			g_string_append_c(text, *c);
	}
	return text;
}

static char *with_line_ends(const char *marked, const char *line_end)
{
	char **lines = g_strsplit(marked, "\n", -1);
	char *text = g_strjoinv(line_end, lines);

	g_strfreev(lines);
	return text;
}

static void check_begins(const GString *text, const GArray *begins)
{
	struct reading reading = reading_of_bytes(text->str, text->len);

	assert_int_equal(reading.form, SOURCE_MBOX);
	assert_int_equal(reading.messages->len, begins->len);
	for (guint i = 0; i < begins->len; i++)
		assert_int_equal(reading_message(&reading, i)->offset,
		                 g_array_index(begins, int64_t, i));
	reading_clear(&reading);
}

/* The text with LF and with CR LF is split at the marks. */
static void check_split(const char *marked)
{
	static const char *const line_ends[] = { "\n", "\r\n" };

	for (size_t i = 0; i < G_N_ELEMENTS(line_ends); i++) {
		GArray *begins = g_array_new(FALSE, FALSE, sizeof(int64_t));
		char *ended = with_line_ends(marked, line_ends[i]);
		GString *text = unmark(ended, begins);
		/* Splitting by hand must not depend on the marker in CR LF texts. */
		check_begins(text, begins);
		g_string_free(text, TRUE);
		g_free(ended);
		g_array_free(begins, TRUE);
	}
}

static void check_doubts(const char *text, const char *doubts)
{
	struct reading reading = reading_of_bytes(text, strlen(text));

	assert_string_equal(reading.doubts->str, doubts);
	reading_clear(&reading);
}

#define FIRST "|From ann@example.org Thu Jan  1 10:00:00 2004\n" \
	"From: ann@example.org\nSubject: first\n\nHello\n\n"
#define HEADER "From: ben@example.org\nDate: Thu, 1 Jan 2004 11:00:00 +0000\n" \
	"Message-ID: <1@example.org>\n\nHello again\n"

static void each_separator_begins_a_message(void **state)
{
	(void)state;
	check_split(FIRST "|From ben@example.org Thu Jan  1 11:00:00 2004\n" HEADER);
}

static void separators_come_in_many_forms(void **state)
{
	static const char *const lines[] = {
		"From ben@example.org Thu Jan  1 11:00:00 2004",
		"From ben@example.org  Thu Jan  1 11:00:00 2004",
		"From ben@example.org Thu, 1 Jan 2004 11:00:00 +0100",
		"From ben@example.org Thu Jan  1 11:00:00 CET 2004",
		"From ben@example.org Thu Jan  1 11:00:00 2004 +0100",
		"From ben@example.org Thu Jan  1 11:00:00 MET DST 2004",
		"From 1234567890123456789@xxx Thu Jan 01 11:00:00 +0000 2004",
		"From host!ben Thu Jan  1 11:00 1986 remote from there",
		"From ben Thu Jan  1 11:00 86",
		"From ben@example.org Thu Jan  1 11.00.00 2004",
		"From ben@example.org 2004-01-01 11:00:00",
		"From ben@example.org 2004-01-01T11:00:00Z",
		"From MAILER-DAEMON Thu Jan  1 11:00:00 2004",
		"From - Thu Jan  1 11:00:00 2004",
		"From ???@??? Thu Jan 01 11:00:00 2004",
		"From ben at example.org  Thu Jan  1 11:00:00 2004",
		"From \"Ben Adams\" <ben@example.org> Thu Jan  1 11:00:00 2004",
		"From jan Thu Jan  1 11:00:00 2004",
		"From b\xe9n@example.org Thu Jan  1 11:00:00 2004",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		char *text = g_strconcat(FIRST "|", lines[i], "\n" HEADER, NULL);
		check_split(text);
		g_free(text);
		/* The same without a blank line before it, and with an empty header. */
		text = g_strconcat("|From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n|", lines[i],
		                   "\n" HEADER, NULL);
		check_split(text);
		g_free(text);
		text = g_strconcat(FIRST "|", lines[i], "\n\nno header here\n", NULL);
		check_split(text);
		g_free(text);
	}
}

static void good_separators_raise_no_doubt(void **state)
{
	(void)state;
	check_doubts("From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n"
	             "From - Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n"
	             "From a at b  Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n", "");
}

static void prose_is_not_a_separator(void **state)
{
	static const char *const texts[] = {
		"From the beginning we knew.\nIt was late.\n",
		"From my log:\n\nerror 12\n",
		"From Russia with love\nYear: 1963\n",
		"From\n",
		"From \nFrom 0\n\n",
		"From there, you can just select \"Discard\".\n",
		"From http://example.org/ the list\nhttp://example.org/a\n",
		"From 12:30 to 13:00\nroom 4: closed\n",
		"FROM ann@example.org Thu Jan  1 10:00:00 2004\nSubject: x\n",
		"From: ann@example.org\nSubject: x\n",
		">From ann@example.org Thu Jan  1 10:00:00 2004\nSubject: x\n",
		" From ann@example.org Thu Jan  1 10:00:00 2004\nSubject: x\n",
		"From the log of Thu Jan  1 10:00:00 2004: nothing\n\nelse\n",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		char *blank = g_strconcat(FIRST, texts[i], NULL);
		char *running = g_strconcat("|From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n",
		                            texts[i], NULL);
		check_split(blank);
		check_split(running);
		g_free(blank);
		g_free(running);
	}
}

static void bare_separators_need_a_blank_line_and_a_header(void **state)
{
	(void)state;
	check_split("|From \nFrom: a@example.org\nDate: Thu, 1 Jan 2004 11:00:00 +0000\n\nHello\n\n"
	            "|From \nFrom: b@example.org\nSubject: two\n\nHello\n\n"
	            "From \nis a short line\n\n"
	            "|From\x20\nSubject: three\nTo: c@example.org\n\nBye\n");
	check_split("|From -\nFrom: a@example.org\nSubject: one\n\nHello\n\n"
	            "|From - \nFrom: b@example.org\nSubject: two\n\nHello\n\n"
	            "|From -\nX-Mozilla-Status: 0001\nSubject: three\n\nBye\n");
	check_split("|From ann@example.org\nReturn-Path: <ann@example.org>\nSubject: one\n\nHello\n\n"
	            "|From ben@example.org\nFrom: b@example.org\nSubject: two\n\nHello\n");
}

static void a_damaged_separator_counts_before_a_complete_header(void **state)
{
	(void)state;
	check_split(FIRST "|From ben adams Fri\n" HEADER);
	check_split(FIRST "|From root\n" HEADER);
	check_split("|From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n"
	            "From ben adams Fri\n" HEADER);
}

static void doubts_name_their_place(void **state)
{
	/* "From a Thu Jan  1 10:00:00 2004\n" has 32 bytes. */
	(void)state;
	check_doubts("From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n"        /* 0 to 45 */
	             "From c Thu Jan  1 10:00:00 2004\nTo: d\n\nHello\n",
	             "no-blank-line@45");
	check_doubts("From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n"
	             "From c Thu Jan  1 10:00:00 2004\n\nHello\n",
	             "no-header@46");
	check_doubts("From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n"
	             "From c@d\nReceived: x\nTo: b\n\nHello\n",
	             "odd-separator@46");
	check_doubts("From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n"
	             "From c Thu Jan  1 10:00:00 2004\nand then\n",
	             "passed-over@45");
}

static void a_habit_is_noted_once(void **state)
{
	(void)state;
	check_doubts("From -\nTo: a\nSubject: one\n\nHello\n\n"
	             "From -\nTo: b\nSubject: two\n\nHello\n\n"
	             "From -\nTo: c\nSubject: three\n\nHello\n", "odd-separator@0");
}

static void text_before_the_first_separator_is_noted(void **state)
{
	(void)state;
	check_split("the end of some text\n\n" FIRST
	            "|From ben@example.org Thu Jan  1 11:00:00 2004\n" HEADER);
	check_doubts("the end\n\nFrom a@b Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n",
	             "leading-bytes@0");
	/* Blank lines and a byte order mark are no text. */
	check_split("\n\n" FIRST);
	check_doubts("\xef\xbb\xbf" "From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n", "");
	check_split("\xef\xbb\xbf\n" FIRST);
}

/* Two messages; the body of the first has `length` for its Content-Length and
 * holds what would be a separator. */
static char *with_content_length(int length)
{
	return g_strdup_printf("From a Thu Jan  1 10:00:00 2004\nContent-Length: %d\nTo: b\n\n"
	                       "Look:\n\nFrom x Thu Jan  1 10:00:00 2004\nTo: y\n\nforwarded\n\n"
	                       "From c Thu Jan  1 10:00:00 2004\nTo: d\n\nHello\n", length);
}

static void content_length_is_used_where_it_leads_to_a_separator(void **state)
{
	/* "Look:\n\n" 7, the forwarded separator 32, "To: y\n\n" 7, "forwarded\n" 10. */
	static const int body = 7 + 32 + 7 + 10;
	static const struct {
		int length;
		guint messages;
		const char *doubts;
	} cases[] = {
		{ 7 + 32 + 7 + 10, 2, "passed-over@66" },       /* and one blank line */
		{ 7 + 32 + 7 + 10 + 1, 2, "passed-over@66" },   /* blank line counted in */
		{ 7 + 32 + 7 + 10 - 1, 3, "content-length@32" },
		{ 7 + 32 + 7 + 10 + 2, 3, "content-length@32" },
		{ 0, 3, "content-length@32" },
		{ 999999, 3, "content-length@32" },
		{ 7, 3, "" },                                   /* leads to the inner one */
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *text = with_content_length(cases[i].length);
		/* The header grows with the digits of the number. */
		int shift = snprintf(NULL, 0, "%d", cases[i].length) - 2;
		struct reading reading = reading_of_bytes(text, strlen(text));
		char *doubts = g_strdup(cases[i].doubts);
		if (strcmp(doubts, "passed-over@66") == 0) {
			g_free(doubts);
			/* 32 + "Content-Length: NN\n" 19 + "To: b\n\n" 7 + "Look:\n\n" 7 = 65. */
			doubts = g_strdup_printf("passed-over@%d", 65 + shift);
		}
		assert_int_equal(reading.messages->len, cases[i].messages);
		assert_string_equal(reading.doubts->str, doubts);
		if (cases[i].messages == 2)
			assert_int_equal(reading_message(&reading, 0)->size, 19 + shift + 7 + body);
		reading_clear(&reading);
		g_free(doubts);
		g_free(text);
	}
}

static void content_length_may_lead_to_the_end_of_the_file(void **state)
{
	static const char text[] = "From a Thu Jan  1 10:00:00 2004\nTo: b\nContent-Length: 45\n\n"
	                           "Look:\n\nFrom x Thu Jan  1 10:00:00 2004\nTo: y\n";
	struct reading reading = reading_of_bytes(text, strlen(text));

	(void)state;
	assert_int_equal(reading.messages->len, 1);
	reading_clear(&reading);
}

static void content_length_counted_with_other_line_ends_is_no_doubt(void **state)
{
	(void)state;
	/* "one\ntwo\n" has 8 bytes, with CR LF 10. */
	check_doubts("From a Thu Jan  1 10:00:00 2004\nContent-Length: 10\nTo: b\n\none\ntwo\n\n"
	             "From c Thu Jan  1 10:00:00 2004\nTo: d\n\nHello\n", "");
	check_doubts("From a Thu Jan  1 10:00:00 2004\r\nContent-Length: 8\r\nTo: b\r\n\r\n"
	             "one\r\ntwo\r\n\r\nFrom c Thu Jan  1 10:00:00 2004\r\nTo: d\r\n\r\nHello\r\n",
	             "");
	check_doubts("From a Thu Jan  1 10:00:00 2004\nContent-Length: 9\nTo: b\n\none\ntwo\nxyz\n\n"
	             "From c Thu Jan  1 10:00:00 2004\nTo: d\n\nHello\n", "content-length@32");
}

static void odd_content_lengths_are_ignored(void **state)
{
	static const char *const values[] = { "", "x", "-1", "99999999999999999999999999",
		"9223372036854775807", "1e9" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		char *text = g_strconcat("|From a Thu Jan  1 10:00:00 2004\nTo: b\nContent-Length: ",
		                         values[i], "\n\nHello\n\n" FIRST, NULL);
		check_split(text);
		g_free(text);
	}
}

static void the_closing_blank_line_is_not_part_of_a_message(void **state)
{
	static const char text[] =
		"From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n"
		"From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n\n"
		"From a Thu Jan  1 10:00:00 2004\nTo: b\n\n"
		"From a Thu Jan  1 10:00:00 2004\nTo: b\n\n\n"
		"From a Thu Jan  1 10:00:00 2004\nTo: b\n"
		"From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello";
	static const int64_t sizes[] = { 13, 14, 7, 7, 6, 12 };
	struct reading reading = reading_of_bytes(text, strlen(text));

	(void)state;
	assert_int_equal(reading.messages->len, 6);
	for (guint i = 0; i < 6; i++)
		assert_int_equal(reading_message(&reading, i)->size, sizes[i]);
	reading_clear(&reading);
}

static void header_and_envelope_are_given_as_found(void **state)
{
	static const char text[] =
		"From a Thu Jan  1 10:00:00 2004\r\n>From b Thu Jan  1 10:00:00 2004\r\n"
		"To: b\r\n folded\r\n\r\nHello\r\n\r\n"
		"From c Thu Jan  1 10:00:00 2004\nTo: d\nFrom here on: x\n";
	struct reading reading = reading_of_bytes(text, strlen(text));

	(void)state;
	assert_int_equal(reading.messages->len, 2);
	assert_string_equal(g_ptr_array_index(reading.envelopes, 0),
	                    "From a Thu Jan  1 10:00:00 2004");
	assert_string_equal(g_ptr_array_index(reading.headers, 0), "To: b\r\n folded\r\n\r\n");
	assert_string_equal(g_ptr_array_index(reading.headers, 1), "To: d\nFrom here on: x\n");
	reading_clear(&reading);
}

static void lines_may_end_in_cr_alone(void **state)
{
	static const char text[] = "From a Thu Jan  1 10:00:00 2004\rTo: b\r\rHello\r\r"
	                           "From c Thu Jan  1 10:00:00 2004\rTo: d\r\rHello\r";
	struct reading reading = reading_of_bytes(text, strlen(text));

	(void)state;
	assert_int_equal(reading.messages->len, 2);
	assert_int_equal(reading_message(&reading, 1)->offset, 46);
	assert_string_equal(g_ptr_array_index(reading.headers, 1), "To: d\n\n");
	assert_string_equal(reading.doubts->str, "");
	reading_clear(&reading);
}

static void a_file_may_end_anywhere_in_a_separator(void **state)
{
	static const char text[] = "From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n"
	                           "From c Thu Jan  1 10:00:00 2004\nTo: d\n\n";

	(void)state;
	for (size_t size = 41; size < sizeof text; size++) {
		struct reading reading = reading_of_bytes(text, size);
		/* With its date the second message counts; "20" is a year as well. */
		guint expected = size == 46 + 29 || size >= 46 + 31 ? 2 : 1;
		assert_int_equal(reading.messages->len, expected);
		reading_clear(&reading);
	}
}

/* Bodies of every length, so that separators fall on every place of the buffer
 * through which the file is read. */
static void large_mailboxes_are_split_at_every_place(void **state)
{
	GString *text = g_string_new(NULL);
	GArray *begins = g_array_new(FALSE, FALSE, sizeof(int64_t));
	unsigned random = 1;

	(void)state;
	for (int i = 0; i < 600; i++) {
		int64_t offset = (int64_t)text->len;
		g_array_append_val(begins, offset);
		g_string_append_printf(text, "From a@example.org Thu Jan  1 10:00:00 2004\n"
		                       "To: b\nSubject: %d\n\n", i);
		random = random * 1103515245u + 12345u;
		for (unsigned left = random >> 16 & 0x3fff; left > 0; left--)
			g_string_append_c(text, left % 61 == 0 ? '\n' : "FFrom x"[left % 7]);
		g_string_append(text, "\n\n");
	}
	assert_true(text->len > 4 << 20);
	check_begins(text, begins);
	g_array_free(begins, TRUE);
	g_string_free(text, TRUE);
}

static void a_huge_body_leaves_header_and_envelope_intact(void **state)
{
	GString *text = g_string_new("From a@example.org Thu Jan  1 10:00:00 2004\nTo: b\n"
	                             "Content-Length: 12345\nSubject: long\n\n");
	GArray *begins = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t offset = 0;

	(void)state;
	g_array_append_val(begins, offset);
	while (text->len < 3 << 20)
		g_string_append(text, "From all we know this line is text\n\nFor sure\n");
	g_string_append_c(text, '\n');
	offset = (int64_t)text->len;
	g_array_append_val(begins, offset);
	g_string_append(text, "From a@example.org Thu Jan  1 10:00:00 2004\nTo: b\n\nbye\n");
	check_begins(text, begins);

	struct reading reading = reading_of_bytes(text->str, text->len);
	assert_string_equal(g_ptr_array_index(reading.headers, 0),
	                    "To: b\nContent-Length: 12345\nSubject: long\n\n");
	assert_string_equal(g_ptr_array_index(reading.envelopes, 0),
	                    "From a@example.org Thu Jan  1 10:00:00 2004");
	assert_string_equal(reading.doubts->str, "content-length@50");
	reading_clear(&reading);
	g_array_free(begins, TRUE);
	g_string_free(text, TRUE);
}

static void headers_are_cut_at_the_bound(void **state)
{
	GString *text = g_string_new("From a Thu Jan  1 10:00:00 2004\nTo: b\nX-Long: ");

	(void)state;
	while (text->len < SOURCE_HEADER_MAX + 100000)
		g_string_append(text, "0123456789012345678901234567890123456789\n ");
	g_string_append(text, "\n\nHello\n\nFrom c Thu Jan  1 10:00:00 2004\nTo: d\n\nHello\n");
	struct reading reading = reading_of_bytes(text->str, text->len);
	assert_int_equal(reading.messages->len, 2);
	assert_int_equal(reading_message(&reading, 0)->header_size, SOURCE_HEADER_MAX);
	assert_string_equal(g_ptr_array_index(reading.headers, 1), "To: d\n\n");
	reading_clear(&reading);
	g_string_free(text, TRUE);
}

static void notes_on_one_message_are_bounded(void **state)
{
	GString *text = g_string_new("From a Thu Jan  1 10:00:00 2004\nTo: b\n\n");

	(void)state;
	for (int i = 0; i < 5000; i++)
		g_string_append(text, "x\nFrom a Thu Jan  1 10:00:00 2004\n");
	struct reading reading = reading_of_bytes(text->str, text->len);
	assert_int_equal(reading.messages->len, 1);
	assert_int_equal(reading_message(&reading, 0)->note_count, 4096);
	reading_clear(&reading);
	g_string_free(text, TRUE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_separator_begins_a_message),
		cmocka_unit_test(separators_come_in_many_forms),
		cmocka_unit_test(good_separators_raise_no_doubt),
		cmocka_unit_test(prose_is_not_a_separator),
		cmocka_unit_test(bare_separators_need_a_blank_line_and_a_header),
		cmocka_unit_test(a_damaged_separator_counts_before_a_complete_header),
		cmocka_unit_test(doubts_name_their_place),
		cmocka_unit_test(a_habit_is_noted_once),
		cmocka_unit_test(text_before_the_first_separator_is_noted),
		cmocka_unit_test(content_length_is_used_where_it_leads_to_a_separator),
		cmocka_unit_test(content_length_may_lead_to_the_end_of_the_file),
		cmocka_unit_test(content_length_counted_with_other_line_ends_is_no_doubt),
		cmocka_unit_test(odd_content_lengths_are_ignored),
		cmocka_unit_test(the_closing_blank_line_is_not_part_of_a_message),
		cmocka_unit_test(header_and_envelope_are_given_as_found),
		cmocka_unit_test(lines_may_end_in_cr_alone),
		cmocka_unit_test(a_file_may_end_anywhere_in_a_separator),
		cmocka_unit_test(large_mailboxes_are_split_at_every_place),
		cmocka_unit_test(a_huge_body_leaves_header_and_envelope_intact),
		cmocka_unit_test(headers_are_cut_at_the_bound),
		cmocka_unit_test(notes_on_one_message_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
