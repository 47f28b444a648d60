/* Private to src/source: Outlook's properties as a header block. */
#include "../../src/source/mapi.h"

#include "unit.h"

#include "epistograph/source.h"

#include <string.h>

/* Properties made up for a test: those of text end with a NULL. */
struct made {
	struct { unsigned property; const char *text; } texts[16];
	struct { unsigned property; int64_t value; } numbers[8];
};

static char *made_text(void *context, unsigned property)
{
	const struct made *made = context;

	for (size_t i = 0; made->texts[i].text != NULL; i++)
		if (made->texts[i].property == property)
			return g_strdup(made->texts[i].text);
	return NULL;
}

static bool made_number(void *context, unsigned property, int64_t *value)
{
	const struct made *made = context;

	for (size_t i = 0; made->numbers[i].property != 0; i++) {
		if (made->numbers[i].property != property)
			continue;
		*value = made->numbers[i].value;
		return true;
	}
	return false;
}

static struct mapi_item *item_of(const struct made *made)
{
	struct mapi_bag bag = { (void *)made, made_text, made_number };

	return mapi_item_new(&bag);
}

static void add(struct mapi_item *item, const struct made *made)
{
	struct mapi_bag bag = { (void *)made, made_text, made_number };

	mapi_item_add_recipient(item, &bag);
}

/* Compose and free the item; what is composed must be expected. */
static void check(struct mapi_item *item, const char *expected, bool composed,
                  enum record_date date)
{
	struct raw_message raw = { .offset = 1 };

	mapi_item_compose(item, &raw);
	char *found = g_strndup((const char *)raw.header, raw.header_size);
	assert_string_equal(found, expected);
	assert_int_equal(raw.composed, composed);
	assert_int_equal(raw.record_date, date);
	g_free(found);
	mapi_item_free(item);
}

/* FILETIME counts 100 ns from 1601-01-01: 2016-04-03T10:22:33Z is 1459678953 s after
 * 1970, and 1970 is 11644473600 s after 1601. */
#define SENT ((INT64_C(1459678953) + INT64_C(11644473600)) * 10000000)

static const struct made to_ann = {
	{ { 0x3001, "Ann Lee" }, { 0x3002, "SMTP" }, { 0x3003, "ann@a.example" } }, { { 0x0c15, 1 } },
};
static const struct made cc_bo = {
	{ { 0x3001, "Bo Roe" }, { 0x3002, "EX" }, { 0x3003, "/o=ORG/ou=X/cn=BO" },
	  { 0x39fe, "bo@b.example" } }, { { 0x0c15, 2 } },
};
static const struct made bcc_cy = {
	{ { 0x3001, "Cy" }, { 0x3002, "EX" }, { 0x3003, "/o=ORG/ou=First Group/cn=CY" } },
	{ { 0x0c15, 3 } },
};
static const struct made originator = {
	{ { 0x3001, "Ann Lee" }, { 0x3003, "ann@a.example" } }, { { 0x0c15, 0 } },
};

static void a_sent_item_has_no_header_and_gets_one(void **state)
{
	static const struct made made = {
		{ { 0x001a, "IPM.Note" }, { 0x0037, "\1\5Re: \xc3\xa9t\xc3\xa9" }, { 0x1035, "<1@a.example>" },
		  { 0x1042, "<0@b.example>" }, { 0x1039, "<z@b.example> <0@b.example>" },
		  { 0x0c1a, "Dee" }, { 0x0c1e, "EX" }, { 0x0c1f, "/o=ORG/cn=DEE" }, { 0x5d01, "dee@a.example" },
		  { 0x0042, "The Chair" }, { 0x0064, "SMTP" }, { 0x0065, "chair@a.example" } },
		{ { 0x0039, SENT }, { 0x0e06, SENT + 600000000 }, { 0x0e08, 4711 } },
	};
	struct mapi_item *item = item_of(&made);

	(void)state;
	assert_null(mapi_item_kind(item));
	assert_false(mapi_item_is_draft(item));
	add(item, &to_ann);
	add(item, &cc_bo);
	add(item, &bcc_cy);
	add(item, &originator);
	check(item,
	      "From: \"The Chair\" <chair@a.example>\nSender: \"Dee\" <dee@a.example>\n"
	      "To: \"Ann Lee\" <ann@a.example>\nCc: \"Bo Roe\" <bo@b.example>\n"
	      "Bcc: \"Cy\" </o=ORG/ou=First%20Group/cn=CY>\nSubject: Re: \xc3\xa9t\xc3\xa9\n"
	      "Date: Sun, 03 Apr 2016 10:22:33 -0000\nMessage-ID: <1@a.example>\n"
	      "In-Reply-To: <0@b.example>\nReferences: <z@b.example> <0@b.example>\n\n",
	      true, RECORD_DATE_SUBMIT);
}

static void a_kept_header_is_used_and_completed(void **state)
{
	static const struct made made = {
		{ { 0x001a, "IPM.Note.SMIME" }, { 0x0037, "another subject" }, { 0x1035, "<2@a.example>" },
		  { 0x0c1a, "Nobody" }, { 0x0c1f, "nobody@a.example" },
		  { 0x007d, "Microsoft Mail Internet Headers Version 2.0\r\n"
		            "Received: from x by y; Sun, 3 Apr 2016 12:00:00 +0200\r\n"
		            "From: <dee@a.example>\r\nTO: Ann <ANN@a.example>,\r\n other@a.example\r\n"
		            "Subject: kept\r\nDate: Sun, 3 Apr 2016 11:00:00 +0200\r\n\r\n"
		            "Content-Type: text/plain\r\nTo: part@a.example\r\n" } },
		{ { 0x0039, SENT } },
	};
	struct mapi_item *item = item_of(&made);

	(void)state;
	add(item, &to_ann);             /* named, in other letters */
	add(item, &cc_bo);              /* not named */
	add(item, &bcc_cy);             /* a Bcc never is */
	check(item,
	      "Microsoft Mail Internet Headers Version 2.0\r\n"
	      "Received: from x by y; Sun, 3 Apr 2016 12:00:00 +0200\r\n"
	      "From: <dee@a.example>\r\nTO: Ann <ANN@a.example>,\r\n other@a.example\r\n"
	      "Subject: kept\r\nDate: Sun, 3 Apr 2016 11:00:00 +0200\r\n"
	      "Cc: \"Bo Roe\" <bo@b.example>\nBcc: \"Cy\" </o=ORG/ou=First%20Group/cn=CY>\n"
	      "Message-ID: <2@a.example>\n\n",
	      false, RECORD_DATE_NONE);
}

/* Whose X.500 name stands in To is named in the header by an address that cannot be
 * matched to it: he is not somebody else. */
static void x500_names_do_not_double_recipients(void **state)
{
	static const struct made made = {
		{ { 0x001a, "IPM.Note" }, { 0x007d, "From: dee@a.example\nTo: ann@a.example\n" } },
		{ { 0x0e06, SENT } },
	};
	static const struct made to_x500 = {
		{ { 0x3001, "Lee" }, { 0x3002, "EX" }, { 0x3003, "/o=ORG/cn=ANN" } }, { { 0x0c15, 1 } },
	};
	struct mapi_item *item = item_of(&made);

	(void)state;
	add(item, &to_x500);
	check(item, "From: dee@a.example\nTo: ann@a.example\nDate: Sun, 03 Apr 2016 10:22:33 -0000\n\n",
	      false, RECORD_DATE_DELIVERY);
}

static void nothing_is_invented_where_nothing_is_known(void **state)
{
	static const struct made empty = { .texts = { { 0x001a, "ipm.note" } } };
	static const struct made odd = {
		{ { 0x001a, "IPM.Note" } },
		{ { 0x0039, 0 }, { 0x0e06, INT64_MAX }, { 0x0e07, 0x8 } },
	};
	struct mapi_item *item = item_of(&odd);

	(void)state;
	check(item_of(&empty), "\n", true, RECORD_DATE_NONE);
	assert_true(mapi_item_is_draft(item));
	check(item, "\n", true, RECORD_DATE_NONE);
}

static void no_property_can_add_a_field(void **state)
{
	static const struct made made = {
		{ { 0x001a, "IPM.Note" }, { 0x0037, "S\r\nBcc: x@x.example\r\n\r\n" },
		  { 0x0c1a, "A\nTo: x" }, { 0x0c1f, "a@a.example>\nCc: y@y.example, <z" } },
		{ { 0 } },
	};

	(void)state;
	check(item_of(&made),
	      "From: \"A To: x\" <a@a.example%3E%20Cc:%20y@y.example%2C%20%3Cz>\n"
	      "Subject: S Bcc: x@x.example\n\n", true, RECORD_DATE_NONE);
}

static void what_is_no_mail_has_a_name(void **state)
{
	static const char *const classes[][2] = {
		{ "IPM.Contact", "contact" }, { "IPM.Contact.Custom", "contact" },
		{ "ipm.appointment", "appointment" }, { "IPM.Schedule.Meeting.Request", "meeting request" },
		{ "IPM.Notes", "other item" }, { "", "other item" },
	};
	static const char *const mail[] = { "IPM.Note", "IPM.Note.Rules.X", "REPORT.IPM.Note.NDR" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(classes); i++) {
		struct made made = { .texts = { { 0x001a, classes[i][0] } } };
		struct mapi_item *item = item_of(&made);

		assert_string_equal(mapi_item_kind(item)->one, classes[i][1]);
		mapi_item_free(item);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(mail); i++) {
		struct made made = { .texts = { { 0x001a, mail[i] } } };
		struct mapi_item *item = item_of(&made);

		assert_null(mapi_item_kind(item));
		mapi_item_free(item);
	}
}

static void a_report_is_automatic(void **state)
{
	static const struct made made = {
		.texts = { { 0x001a, "REPORT.IPM.Note.NDR" }, { 0x0037, "Undeliverable" } },
	};

	(void)state;
	check(item_of(&made), "Subject: Undeliverable\nAuto-Submitted: auto-generated\n\n", true,
	      RECORD_DATE_NONE);
}

/* Cc of one item says who BO is; the other has only the entry, written otherwise. */
static void entries_of_a_directory_get_the_addresses_of_other_items(void **state)
{
	static const struct made telling = { { { 0x001a, "IPM.Note" } }, { { 0 } } };
	static const struct made lacking = {
		{ { 0x001a, "IPM.Note" }, { 0x0c1a, "Bo Roe" }, { 0x0c1e, "EX" }, { 0x0c1f, "/O=Org/OU=x/CN=Bo" },
		  { 0x007d, "To: bo@b.example\n" } },
		{ { 0 } },
	};
	struct mapi_directory *directory = mapi_directory_new();
	struct mapi_item *one = item_of(&telling), *other = item_of(&lacking);

	(void)state;
	add(one, &cc_bo);
	add(other, &bcc_cy);
	assert_false(mapi_item_lacks_address(one));
	assert_true(mapi_item_lacks_address(other));
	mapi_directory_add(directory, one);
	mapi_item_look_up(other, directory);
	assert_true(mapi_item_lacks_address(other));    /* CY, whom nobody knows */
	check(other, "To: bo@b.example\nFrom: \"Bo Roe\" <bo@b.example>\n"
	      "X-From: \"Bo Roe\" </O=Org/OU=x/CN=Bo>\n"
	      "Bcc: \"Cy\" </o=ORG/ou=First%20Group/cn=CY>\n\n", false, RECORD_DATE_NONE);
	mapi_item_free(one);
	mapi_directory_free(directory);
	mapi_directory_free(NULL);
}

static void an_entry_with_two_addresses_has_none(void **state)
{
	static const struct made note = { { { 0x001a, "IPM.Note" } }, { { 0 } } };
	static const struct made another_bo = {
		{ { 0x3002, "EX" }, { 0x3003, "/o=ORG/ou=X/cn=BO" }, { 0x39fe, "bo@other.example" } },
		{ { 0x0c15, 2 } },
	};
	static const struct made nameless_bo = {
		{ { 0x3002, "EX" }, { 0x3003, "/o=ORG/ou=X/cn=BO" } }, { { 0x0c15, 2 } },
	};
	struct mapi_directory *directory = mapi_directory_new();
	struct mapi_item *telling = item_of(&note), *lacking = item_of(&note);

	(void)state;
	add(telling, &cc_bo);
	add(telling, &another_bo);
	add(telling, &cc_bo);
	add(lacking, &nameless_bo);
	mapi_directory_add(directory, telling);
	mapi_item_look_up(lacking, directory);
	check(lacking, "Cc: </o=ORG/ou=X/cn=BO>\n\n", true, RECORD_DATE_NONE);
	mapi_item_free(telling);
	mapi_directory_free(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sent_item_has_no_header_and_gets_one),
		cmocka_unit_test(a_kept_header_is_used_and_completed),
		cmocka_unit_test(x500_names_do_not_double_recipients),
		cmocka_unit_test(nothing_is_invented_where_nothing_is_known),
		cmocka_unit_test(no_property_can_add_a_field),
		cmocka_unit_test(what_is_no_mail_has_a_name),
		cmocka_unit_test(a_report_is_automatic),
		cmocka_unit_test(entries_of_a_directory_get_the_addresses_of_other_items),
		cmocka_unit_test(an_entry_with_two_addresses_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
