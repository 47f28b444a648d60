/* Messages inside a message: which there are, their numbers, and their bytes to the letter. */
#include "unit.h"

#include "epistograph/attached.h"
#include "epistograph/source.h"

#include <glib.h>

#include <string.h>

#define INNER "From: ann@example.org\nSubject: inner\n\nhello\n"
#define MIXED(boundary) "From: cy@example.org\nContent-Type: multipart/mixed; boundary=" boundary "\n\n"
#define RFC822 "Content-Type: message/rfc822\n\n"

/* Go through a message, `step` bytes at once. */
static void scan(struct attached_reader *reader, const char *message, size_t size, size_t step,
                 const char *part)
{
	attached_begin(reader, part);
	for (size_t at = 0; at < size; at += step)
		attached_add(reader, (const uint8_t *)message + at, MIN(step, size - at));
	attached_end(reader);
}

/* "2:45 2.1:12": numbers and sizes, with "!" those returned. */
static char *listed(struct attached_reader *reader)
{
	GString *out = g_string_new(NULL);
	struct raw_message raw;

	for (size_t i = 0; attached_get(reader, i, &raw); i++)
		g_string_append_printf(out, "%s%s:%d%s", i ? " " : "", raw.member, (int)raw.size,
		                       raw.enclosure == ENCLOSURE_RETURNED ? "!" : "");
	return g_string_free(out, FALSE);
}

/* In pieces of every size the same is found. */
static void assert_listed(const char *message, const char *expected, unsigned faults)
{
	struct attached_reader *reader = attached_reader_new();
	const size_t steps[] = { SIZE_MAX, 1, 2, 3, 7, 64 };

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		scan(reader, message, strlen(message), MIN(steps[i], strlen(message)), NULL);
		char *found = listed(reader);

		assert_string_equal(expected, found);
		assert_int_equal(faults, attached_faults(reader));
		g_free(found);
	}
	attached_reader_free(reader);
}

static void assert_bytes(const char *message, const char *part, const char *expected,
                         bool body_alone)
{
	struct attached_reader *reader = attached_reader_new();
	GString *bytes = g_string_new(NULL);
	struct raw_message raw;
	bool known = false;
	size_t size;

	attached_begin(reader, part);
	for (const char *at = message; *at; at++) {
		attached_add(reader, (const uint8_t *)at, 1);
		if (!known && attached_wanted(reader, &raw) && body_alone)
			attached_skip_header(reader);
		known = attached_wanted(reader, &raw);
		const uint8_t *taken = known ? attached_take(reader, &size) : NULL;

		g_string_append_len(bytes, (const char *)taken, taken ? (gssize)size : 0);
	}
	attached_end(reader);
	const uint8_t *taken = attached_take(reader, &size);

	g_string_append_len(bytes, (const char *)taken, taken ? (gssize)size : 0);
	assert_string_equal(expected, bytes->str);
	g_string_free(bytes, TRUE);
	attached_reader_free(reader);
}

static void a_message_without_parts_holds_none(void **state)
{
	(void)state;
	assert_listed(INNER, "", 0);
	assert_listed("", "", 0);
	assert_listed("Subject: x\n\n--b\nContent-Type: message/rfc822\n\n" INNER "--b--\n", "", 0);
}

static void parts_are_numbered_from_one(void **state)
{
	(void)state;
	/* The newline before a boundary belongs to that: 44 bytes less one. */
	assert_int_equal(44, strlen(INNER));
	assert_listed(MIXED("b") "--b\n\ntext\n--b\n" RFC822 INNER "--b\n" RFC822 INNER "\n--b--\n",
	              "2:43 3:44", 0);
	assert_listed("Content-Type: message/rfc822\n\n" INNER, "1:44", 0);
}

static void numbers_are_chains(void **state)
{
	(void)state;
	/* 64 bytes of header, 4 + 1 + 2 + 4 to the part, 30 of its header, 44 and 5. */
	assert_int_equal(64, strlen(MIXED("b")));
	assert_listed(MIXED("a") "--a\n\nt\n--a\n" RFC822 MIXED("b") "--b\n\nt\n--b\n" RFC822 INNER "--b--\n"
	              "--a--\n", "2:154 2.2:43", 0);
	/* A multipart in a multipart, and a message that is all another message has. */
	assert_listed(MIXED("a") "--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\nt\n--b\n"
	              RFC822 "Content-Type: message/rfc822\n\n" INNER "--b--\n--a--\n", "1.2:73 1.2.1:43", 0);
}

static void boundaries_may_begin_others(void **state)
{
	(void)state;
	assert_listed(MIXED("b") "--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n" RFC822 INNER
	              "--bbb\n--bb--\n--b\n" RFC822 INNER "--b--\n", "1.1:49 2:43", 0);
	/* Blanks behind a boundary are none of it, other text is. */
	assert_listed(MIXED("b") "--b \t\n" RFC822 INNER "--b x\n--b-- \n", "1:49", 0);
}

static void what_is_not_closed_ends_with_what_is_around_it(void **state)
{
	(void)state;
	assert_listed(MIXED("b") "--b\n" RFC822 INNER, "1:44", 0);
	assert_listed(MIXED("a") "--a\n" RFC822 MIXED("b") "--b\n" RFC822 INNER "--a\n" RFC822 INNER,
	              "1:141 1.1:43 2:44", 0);
	/* Behind the last boundary nothing is a part; within a header an end is one. */
	assert_listed(MIXED("b") "--b--\n--b\n" RFC822 INNER, "", 0);
	assert_listed(MIXED("b") "--b\n" RFC822 "Subject: cut\n--b--\n", "1:12", 0);
}

static void a_boundary_is_read_as_it_is_written(void **state)
{
	(void)state;
	assert_listed("Content-Type: multipart/mixed; x=\";boundary=no\";\n BOUNDARY = \"a \\\"b\"\n\n"
	              "--a \"b\n" RFC822 INNER "--a \"b--\n", "1:43", 0);
	assert_listed("Content-Type: multipart/mixed; boundary*0=\"a\"; boundary*1=b\n\n"
	              "--ab\n" RFC822 INNER "--ab--\n", "1:43", 0);
	assert_listed("Content-Type: multipart/mixed\n\n--\n" RFC822 INNER "----\n", "", 0);
}

static void lines_end_as_they_do(void **state)
{
	(void)state;
	assert_listed("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
	              "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nhi\r\n--b--\r\n", "1:16", 0);
	assert_listed("Content-Type: multipart/mixed; boundary=b\r\r--b\r"
	              "Content-Type: message/rfc822\r\rSubject: x\r\rhi\r--b--\r", "1:14", 0);
}

static void a_digest_holds_messages(void **state)
{
	(void)state;
	assert_listed("Content-Type: multipart/digest; boundary=b\n\n--b\n\n" INNER "--b\n"
	              "Content-Type: text/plain\n\nno message\n--b\n\n" INNER "--b--\n", "1:43 3:43", 0);
}

static void what_a_report_sends_back_is_marked(void **state)
{
	(void)state;
	assert_listed("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nno\n"
	              "--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b\n" RFC822 INNER
	              "--b--\n", "3:43!", 0);
	assert_listed(MIXED("b") "--b\nContent-Type: text/rfc822-headers\n\nSubject: x\nTo: y@example.org\n--b--\n",
	              "1:28!", 0);
}

/* printf 'From: ann@example.org\nSubject: inner\n\nhello\n' | base64 */
#define CODED "RnJvbTogYW5uQGV4YW1wbGUub3JnClN1YmplY3Q6IGlubmVyCgpoZWxsbwo=\n"
#define BASE64 "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"

static void coded_messages_are_decoded(void **state)
{
	const char *coded = MIXED("b") "--b\n" BASE64 CODED "--b\n"
		"Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
		"From: ann=40example.org\nSubject: in=\nner\n\nhello\n--b--\n";

	(void)state;
	assert_listed(coded, "1:44 2:43", 0);
	assert_bytes(coded, "1", INNER, false);
	assert_bytes(coded, "2", "From: ann@example.org\nSubject: inner\n\nhello", false);
	assert_bytes(coded, "1", "hello\n", true);
	/* What says that it is coded and is not. */
	assert_listed(MIXED("b") "--b\n" BASE64 INNER "--b--\n", "1:43", 0);
}

static void the_bytes_are_those_of_the_message(void **state)
{
	const char *message = MIXED("a") "--a\n" RFC822 MIXED("b") "--b\n" RFC822 INNER "\n--b--\nend\n\n--a--\n";

	(void)state;
	assert_bytes(message, "1.1", INNER, false);
	assert_bytes(message, "1.1", "hello\n", true);
	assert_bytes(message, "1", MIXED("b") "--b\n" RFC822 INNER "\n--b--\nend\n", false);
	assert_bytes(message, "2", "", false);
}

static void without_a_header_it_is_no_message(void **state)
{
	(void)state;
	assert_listed(MIXED("b") "--b\n" RFC822 "\n\n--b\n" RFC822 "\n" INNER "--b--\n", "2:44", ATTACHED_EMPTY);
}

static void depth_has_a_bound(void **state)
{
	GString *message = g_string_new(NULL);
	struct attached_reader *reader = attached_reader_new();
	struct raw_message raw;
	size_t count = 0;

	(void)state;
	for (int i = 0; i < 5000; i++)
		g_string_append(message, "Content-Type: message/rfc822\n\n");
	scan(reader, message->str, message->len, message->len, NULL);
	while (attached_get(reader, count, &raw))
		count++;
	assert_int_equal(ATTACHED_DEPTH_MAX - 1, count);
	assert_int_equal(ATTACHED_DEEP, attached_faults(reader));
	attached_reader_free(reader);
	g_string_free(message, TRUE);
}

static void the_number_of_messages_has_a_bound(void **state)
{
	GString *message = g_string_new(MIXED("b"));
	struct attached_reader *reader = attached_reader_new();
	struct raw_message raw;

	(void)state;
	for (int i = 0; i <= ATTACHED_MESSAGES_MAX; i++)
		g_string_append(message, "--b\n" RFC822 INNER);
	scan(reader, message->str, message->len, 65536, NULL);
	assert_true(attached_get(reader, ATTACHED_MESSAGES_MAX - 1, &raw));
	assert_false(attached_get(reader, ATTACHED_MESSAGES_MAX, &raw));
	assert_int_equal(ATTACHED_MANY, attached_faults(reader));
	attached_reader_free(reader);
	g_string_free(message, TRUE);
}

static void only_some_headers_promise_messages(void **state)
{
	const struct { const char *header; bool possible; } rows[] = {
		{ "Content-Type: Multipart/Mixed; boundary=x\n\n", true },
		{ "content-type : message/rfc822\n\n", true },
		{ "Content-Type: message/global\n\n", true },
		{ "Content-Type: message/partial\n\n", false },
		{ "Content-Type: application/octet-stream; name=multipart/mixed\n\n", false },
		{ "Content-Type: text/plain\nContent-Type: multipart/mixed\n\n", false },
		{ "Subject: multipart/mixed\n\n", false }, { "", false },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_int_equal(rows[i].possible, attached_possible((const uint8_t *)rows[i].header,
		                                                     strlen(rows[i].header)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_without_parts_holds_none),
		cmocka_unit_test(parts_are_numbered_from_one),
		cmocka_unit_test(numbers_are_chains),
		cmocka_unit_test(boundaries_may_begin_others),
		cmocka_unit_test(what_is_not_closed_ends_with_what_is_around_it),
		cmocka_unit_test(a_boundary_is_read_as_it_is_written),
		cmocka_unit_test(lines_end_as_they_do),
		cmocka_unit_test(a_digest_holds_messages),
		cmocka_unit_test(what_a_report_sends_back_is_marked),
		cmocka_unit_test(coded_messages_are_decoded),
		cmocka_unit_test(the_bytes_are_those_of_the_message),
		cmocka_unit_test(without_a_header_it_is_no_message),
		cmocka_unit_test(depth_has_a_bound),
		cmocka_unit_test(the_number_of_messages_has_a_bound),
		cmocka_unit_test(only_some_headers_promise_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
