/* Marks of deleted messages: names as nmh's rmm and Maildir have them, the bits of Mozilla and Apple. */
#include "unit.h"

#include "../../src/source/deleted.h"
#include "../../src/source/emlx.h"

#include <string.h>

static void names_tell_what_is_deleted(void **state)
{
	static const char *const deleted[] = {
		",12", "inbox/,1", "cur/1483441200.M1P2.host:2,T", "1.a.b:2,FST", "1.a.b,S=100:2,T",
		"cur/1.a.b!2,T", "cur/1.a.b;2,ST", "cur/1.a.b-2,T", "2,S:2,T",
	};
	static const char *const others[] = {
		"12", ",", ",a", ",12a", ",12/3", "a,12", "1.a.b:2,S", "1.a.b:2,", "1.a.b:2,t", "1.a.b:2,T.gz",
		"1.a.b:1,T", "2,T", "T", "1.T.b:2,S", "",
	};

	(void)state;
	for (size_t i = 0; i < sizeof deleted / sizeof *deleted; i++)
		assert_true(deleted_by_name(deleted[i]));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_false(deleted_by_name(others[i]));
}

static bool by_header(const char *header)
{
	return deleted_by_header((const uint8_t *)header, strlen(header));
}

/* 0x0008 is Expunged: nsMsgMessageFlags.idl. */
static void a_bit_of_mozilla_tells(void **state)
{
	(void)state;
	assert_true(by_header("X-Mozilla-Status: 0008\nFrom: a\n\n"));
	assert_true(by_header("From: a\r\nX-Mozilla-Status: 1009\r\n\r\n"));
	assert_true(by_header("X-Mozilla-Status:\t000f"));
	assert_true(by_header("X-Mozilla-Status: 0008, and more\n\n"));
	assert_false(by_header("X-Mozilla-Status: 0001\n\n"));
	assert_false(by_header("X-Mozilla-Status: 0010\n\n"));
	assert_false(by_header("X-Mozilla-Status2: 00000008\n\n"));
	assert_false(by_header("X-Mozilla-Status: \n\n"));
	assert_false(by_header("X-Mozilla-Status:"));
	assert_false(by_header("Subject: X-Mozilla-Status: 0008\n\n"));
	/* The first of two is the mail program's own: it stands on top. */
	assert_false(by_header("X-Mozilla-Status: 0001\nX-Mozilla-Status: 0008\n\n"));
	assert_true(by_header("Subject: X-Mozilla-Status: 0001\nX-Mozilla-Status: 0008\n\n"));
	assert_false(by_header(""));
}

static bool by_list(const char *list)
{
	return emlx_is_deleted((const uint8_t *)list, strlen(list));
}

/* 1 << 1, among others: 8590195713 is 1 << 33 and bits of 261121, all of them but that. */
static void a_bit_of_apple_mail_tells(void **state)
{
	(void)state;
	assert_true(by_list("<key>flags</key><integer>2</integer>"));
	assert_true(by_list("<plist><dict>\n\t<key>date-sent</key>\n\t<real>2</real>\n\t<key>flags</key>\r\n"
	                    "\t<integer>8590195715</integer>\n</dict>"));
	assert_false(by_list("<key>flags</key><integer>8590195713</integer>"));
	assert_false(by_list("<key>flags</key><integer></integer>"));
	assert_false(by_list("<key>flags</key><integer>2"));    /* cut: there may be more digits */
	assert_false(by_list("<key>flags</key><integer>"));
	assert_false(by_list("<key>flags</key><real>2</real>"));
	assert_false(by_list("<key>flags</key>"));
	assert_false(by_list("<key>color</key><integer>2</integer>"));
	assert_false(by_list(""));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_tell_what_is_deleted),
		cmocka_unit_test(a_bit_of_mozilla_tells),
		cmocka_unit_test(a_bit_of_apple_mail_tells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
