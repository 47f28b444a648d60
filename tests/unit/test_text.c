#include "unit.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static void check_clean(const char *in, size_t size, const char *expected, size_t bad)
{
	size_t dropped = 0;
	char *out = text_clean(in, size, &dropped);

	assert_string_equal(expected, out);
	assert_int_equal(bad, dropped);
	assert_true(g_utf8_validate(out, -1, NULL));
	g_free(out);
}
#define CLEAN(in, expected, bad) check_clean(in, sizeof in - 1, expected, bad)

static void clean_text_is_valid_and_one_line(void **state)
{
	(void)state;
	CLEAN("", "", 0);
	CLEAN("plain", "plain", 0);
	CLEAN("Zo\xc3\xab \xe6\x97\xa5", "Zo\xc3\xab \xe6\x97\xa5", 0);
	CLEAN("a\r\n\tb\n\nc", "a b c", 0);
	CLEAN("a\0b\033[31mc\x7f", "ab[31mc", 3);
	CLEAN("Zo\xeb\xff!", "Zo\xef\xbf\xbd\xef\xbf\xbd!", 2);
	CLEAN("\xc2\x85x\xef\xbf\xbe", "x", 2);          /* C1, U+FFFE */
	CLEAN("\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3);        /* a surrogate */
	CLEAN("\xe6\x97", "\xef\xbf\xbd\xef\xbf\xbd", 2);       /* cut short */
}

static void the_terminal_gets_no_escapes(void **state)
{
	GString *out = g_string_new(NULL);

	(void)state;
	text_append_visible(out, "a\033]0;x\007\xe2\x80\xae" "b\xc2\x9b\xff\xc3\xa9\n");
	assert_string_equal("a\\x1b]0;x\\x07\\u{202e}b\\u{009b}\\xff\xc3\xa9\\x0a", out->str);
	g_string_free(out, TRUE);
}

static void columns_are_what_a_terminal_shows(void **state)
{
	GString *out = g_string_new(NULL);

	(void)state;
	assert_int_equal(4, text_columns("日本"));
	assert_int_equal(1, text_columns("e\xcc\x81"));
	text_append_column(out, "日本語", 5, false);
	text_append_column(out, "|ab", 5, true);
	text_append_column(out, "|abcdefg", 5, false);
	assert_string_equal("日本…  |ab|abc…", out->str);
	g_string_free(out, TRUE);
}

static void numbers_do_not_depend_on_the_locale(void **state)
{
	(void)state;
	setlocale(LC_ALL, "de_DE.UTF-8");
	assert_string_equal("71,848", text_count(71848));
	assert_string_equal("-1,000", text_count(-1000));
	assert_string_equal("999", text_count(999));
	assert_string_equal("-9,223,372,036,854,775,808", text_count(INT64_MIN));
	assert_string_equal("0.5", text_real(0.5, 3));
	assert_string_equal("0", text_real(-0.0, 3));
	assert_string_equal("", text_real(NAN, 3));
	assert_string_equal("", text_real(INFINITY, 3));
}

static void the_first_error_is_kept_in_one_line(void **state)
{
	struct error err = { 0 };
	char *name = g_strnfill(600, 'x');

	(void)state;
	assert_int_equal(-1, error_at(&err, "a\nb.mbox", 18, "no %s", "sender"));
	assert_string_equal("a\\x0ab.mbox:18: no sender", err.message);
	error_set(&err, "later");
	assert_string_equal("a\\x0ab.mbox:18: no sender", err.message);
	assert_int_equal(-1, error_set(NULL, "nobody listens"));

	err.message[0] = '\0';
	error_at(&err, name, -1, "é");
	assert_true(strlen(err.message) < sizeof err.message);
	assert_true(g_utf8_validate(err.message, -1, NULL));
	assert_true(g_str_has_suffix(err.message, "…"));
	g_free(name);
}

static void marks_stand_around_what_reads_from_the_right_and_nothing_else(void **state)
{
	GString *out = g_string_new("\"");

	(void)state;
	text_append_directed(out, "Łukasz 3");
	g_string_append(out, "\", \"");
	text_append_directed(out, "שרה Levi");
	g_string_append(out, "\".");
	assert_string_equal(out->str, "\"Łukasz 3\", \"\u200eשרה Levi\u200e\".");
	g_string_truncate(out, 0);
	text_append_directed(out, "שרה");
	g_string_append(out, ": 7 messages");
	assert_string_equal(out->str, "\u200eשרה\u200e: 7 messages");
	g_string_free(out, TRUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_text_is_valid_and_one_line),
		cmocka_unit_test(the_terminal_gets_no_escapes),
		cmocka_unit_test(columns_are_what_a_terminal_shows),
		cmocka_unit_test(numbers_do_not_depend_on_the_locale),
		cmocka_unit_test(the_first_error_is_kept_in_one_line),
		cmocka_unit_test(marks_stand_around_what_reads_from_the_right_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
