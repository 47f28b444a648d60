/* Load files, CSV and TSV files, edge lists: from a row to a header block. */
#include "loadfile_fixture.h"

static void a_row_is_a_message(void **state)
{
	(void)state;
	check_table("Message ID,From,To,CC,BCC,Date Sent,Subject,In-Reply-To,References\r\n"
	            "<1@a.org>,Ann <ann@a.org>,b@b.org,c@c.org,d@d.org,2016-04-03T10:22:33Z,Hello,"
	            "0@a.org,<z@a.org> <0@a.org>\r\n",
	            "@68+106\n"
	            "From: \"Ann\" <ann@a.org>\nTo: <b@b.org>\nCc: <c@c.org>\nBcc: <d@d.org>\n"
	            "Date: 2016-04-03T10:22:33Z\nSubject: Hello\nMessage-ID: <1@a.org>\n"
	            "In-Reply-To: <0@a.org>\nReferences: <z@a.org> <0@a.org>\n\n");
}

static void columns_stand_in_any_order_and_have_many_names(void **state)
{
	static const char *const texts[] = {
		"E-mail Subject;Sent On;Recipients;Sender\nS;4 Apr 2016 10:00;b@b.org;a@a.org\n",
		"SUBJECT\tDATE_SENT\tTO\tFROM\nS\t4 Apr 2016 10:00\tb@b.org\ta@a.org\n",
		"Betreff;Gesendet;An;Von\nS;4 Apr 2016 10:00;b@b.org;a@a.org\n",
		"subject|sent date|to (address)|from (address)\nS|4 Apr 2016 10:00|b@b.org|a@a.org\n",
		"\xef\xbb\xbf\"Email Subject\",\"DateSent\",\"Email To\",\"Email From\"\n"
		"\"S\",\"4 Apr 2016 10:00\",\"b@b.org\",\"a@a.org\"\n",
		"\xc3\xbe" "SUBJECT\xc3\xbe\x14\xc3\xbe" "SENTDATE\xc3\xbe\x14\xc3\xbeTO\xc3\xbe\x14\xc3\xbe" "FROM\xc3\xbe\n"
		"\xc3\xbeS\xc3\xbe\x14\xc3\xbe" "4 Apr 2016\xc2\xae" "10:00\xc3\xbe\x14\xc3\xbe" "b@b.org\xc3\xbe\x14"
		"\xc3\xbe" "a@a.org\xc3\xbe\n",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		char *found = table_of(texts[i], strlen(texts[i]), NULL);

		assert_non_null(found);
		assert_string_equal(strchr(found, '\n') + 1,
		                    "From: <a@a.org>\nTo: <b@b.org>\nDate: 4 Apr 2016 10:00\nSubject: S\n\n");
		g_free(found);
	}
}

static void tables_of_other_things_are_no_mail(void **state)
{
	static const char *const texts[] = {
		"name,address\nAnn,ann@a.org\n",
		"from,to,value\n2016-01-01,2016-02-01,7\n",
		"From,To,Departure\nHere,There,10:00\n",
		"source,target,date\n1,2,7\n",
		"source,target,weight\na@a.org,b@b.org,7\n",
		"From,Subject\na@a.org,S\n",
		"From: a@a.org, b@b.org\nTo: c@c.org\nSubject: a message, not a table\n\nHello, you\n",
		"to be, or not to be\nthat, from me\n",
		"from\nto\n",
		"",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		assert_false(loadfile_form.is_it((const uint8_t *)texts[i], strlen(texts[i]), NULL));
}

/* "from" and "to" head columns of anything; addresses below them settle it. */
static void addresses_make_a_table_one_of_mail(void **state)
{
	(void)state;
	check_table("source,target,time\na@a.org,b@b.org,\n",
	            "@19+17\nFrom: <a@a.org>\nTo: <b@b.org>\nX-Table-Row: 19\n\n");
	check_table("from,to,date\nx,y,2016-04-03\na@a.org,y,2016-04-03\n",
	            "@13+15\nFrom: \"x\" <x>\nTo: \"y\" <y>\nDate: 2016-04-03\nX-Table-Row: 13\n\n"
	            "@28+21\nFrom: <a@a.org>\nTo: \"y\" <y>\nDate: 2016-04-03\nX-Table-Row: 28\n\n");
}

#define NO_WEIGHT "a weight that is no number of messages from 1 to 10,000, or more than 10 million in a table\n"

static void an_edge_list_needs_no_addresses(void **state)
{
	(void)state;
	/* Equal rows are two messages: their place tells them apart. */
	check_table("sender,recipient,date,role,weight\n"
	            "Ann Lee,Bo,1459679400,,\nAnn Lee,Bo,1459679400,CC,1\nx,y,,bcc,1\n"
	            "x,y,,seen,1\nx,y,,to,2\nx,y,,to,many\nx,y,,to,1.5\nx,y,,to,0\nx,y,,to,10001\n",
	            "@34+24\nFrom: \"Ann Lee\" <Ann%20Lee>\nTo: \"Bo\" <Bo>\n"
	            "Date: 2016-04-03T10:30:00Z (1459679400)\nX-Table-Row: 34\n\n"
	            "@58+27\nFrom: \"Ann Lee\" <Ann%20Lee>\nCc: \"Bo\" <Bo>\n"
	            "Date: 2016-04-03T10:30:00Z (1459679400)\nX-Table-Row: 58\n\n"
	            "@85+11\nFrom: \"x\" <x>\nBcc: \"y\" <y>\nX-Table-Row: 85\n\n"
	            "@96+12 !a role that is neither to, cc nor bcc\n"
	            "@108+10 1 of 2\nFrom: \"x\" <x>\nTo: \"y\" <y>\nX-Table-Row: 108\nX-Table-Member: 1 of 2\n\n"
	            "@108+10 2 of 2\nFrom: \"x\" <x>\nTo: \"y\" <y>\nX-Table-Row: 108\nX-Table-Member: 2 of 2\n\n"
	            "@118+13 !" NO_WEIGHT "@131+12 !" NO_WEIGHT "@143+10 !" NO_WEIGHT "@153+14 !" NO_WEIGHT);
}

static void a_row_of_another_width_is_rejected(void **state)
{
	(void)state;
	check_table("From,To,Date Sent\na@a.org,b@b.org\n\na@a.org,b@b.org,2016,S\n"
	            "a@a.org,\"b@b.org,2016\na@a.org,b@b.org,2016-04-03,\n",
	            "@18+16 !a row of 2 cells where the first has 3\n"
	            "@35+23 !a row of 4 cells where the first has 3\n"
	            "@58+22 !a quote that is not closed\n"
	            "@80+28\nFrom: <a@a.org>\nTo: <b@b.org>\nDate: 2016-04-03\nX-Table-Row: 80\n\n");
	/* A separator behind the last column of every row. */
	check_table("From,To,Date Sent,\na@a.org,b@b.org,2016-04-03,\na@a.org,b@b.org,2016-04-03\n",
	            "@19+28\nFrom: <a@a.org>\nTo: <b@b.org>\nDate: 2016-04-03\nX-Table-Row: 19\n\n"
	            "@47+27\nFrom: <a@a.org>\nTo: <b@b.org>\nDate: 2016-04-03\nX-Table-Row: 47\n\n");
}

static void rows_without_people_are_no_mail(void **state)
{
	(void)state;
	check_table("From,To,Date Sent,Subject\na@a.org,,,S\n,,2016-04-03,report.xls\n , ,,\n",
	            "@26+12\nFrom: <a@a.org>\nSubject: S\n\n"
	            "#rows-no-mail: 2 rows name neither sender nor recipient: no mail\n");
}

static void no_cell_can_add_a_field(void **state)
{
	(void)state;
	check_table("From,To,Subject,Message ID,Date Sent\n"
	            "\"a@a.org\nBcc: x@x.org\",\"b@b.org\r\n\r\nBody\",\"S\nTo: y@y.org\x01\",\"1>\n\nX: y\",\"2016\nCc: z\"\n",
	            "@37+82\nFrom: <a@a.org>, \"Bcc:\" <x@x.org>\nTo: <b@b.org>, \"Body\" <Body>\n"
	            "Date: 2016 Cc: z\nSubject: S To: y@y.org\nMessage-ID: <1> X: y>\n\n");
}

static void lists_of_people_are_cut_by_the_tables_habit(void **state)
{
	(void)state;
	/* Commas between people. */
	check_table("From,To,Date Sent\na@a.org,\"b@b.org, c@c.org,Dee\",\nx@x.org,\"Lee, Ann <l@l.org>\",\n",
	            "@18+32\nFrom: <a@a.org>\nTo: <b@b.org>, <c@c.org>, \"Dee\" <Dee>\nX-Table-Row: 18\n\n"
	            "@50+30\nFrom: <x@x.org>\nTo: \"Lee, Ann\" <l@l.org>\nX-Table-Row: 50\n\n");
	/* Semicolons somewhere: then a comma is part of a name. */
	check_table("From,To,Date Sent\nx@x.org,\"Lee, Ann; Roe, Bo [b@b.org];\",\nx@x.org,\"Lee, Ann\",\n"
	            "x@x.org,\"a@a.org,b@b.org\",\n",
	            "@18+40\nFrom: <x@x.org>\nTo: \"Lee, Ann\" <Lee%2C%20Ann>, \"Roe, Bo\" <b@b.org>\nX-Table-Row: 18\n\n"
	            "@58+20\nFrom: <x@x.org>\nTo: \"Lee, Ann\" <Lee%2C%20Ann>\nX-Table-Row: 58\n\n"
	            "@78+27\nFrom: <x@x.org>\nTo: <a@a.org>, <b@b.org>\nX-Table-Row: 78\n\n");
	/* A sender with a comma: names are written surname first. */
	check_table("Sender,Recipient,Date Sent\n\"Lee, Ann\",\"Roe, Bo\",\n",
	            "@27+22\nFrom: \"Lee, Ann\" <Lee%2C%20Ann>\nTo: \"Roe, Bo\" <Roe%2C%20Bo>\nX-Table-Row: 27\n\n");
	/* Names in a column of their own, as Outlook exports them, and X.500 names. */
	check_table("From: (Name),From: (Address),To: (Name),To: (Address),Subject,BCC: (Address)\n"
	            "Ann Lee,/O=ORG/OU=X/CN=ANN,Bo Roe;Cy,b@b.org;c@c.org,S,\n",
	            "@77+56\nFrom: \"Ann Lee\" </O=ORG/OU=X/CN=ANN>\nTo: \"Bo Roe\" <b@b.org>, \"Cy\" <c@c.org>\n"
	            "Subject: S\n\n");
}

static void dates_are_read_as_the_column_says(void **state)
{
	static const struct source_options month_first = { .day_order = DAY_ORDER_MDY };

	(void)state;
	check_table("Sender,Recipient,Date,Time\na,b,03/04/2016,10:22\na,b,25/04/2016 8:00 PM,20:00\n",
	            "@27+21\nFrom: \"a\" <a>\nTo: \"b\" <b>\nDate: 2016-04-03 10:22 (03/04/2016 10:22)\n"
	            "X-Table-Row: 27\n\n"
	            "@48+29\nFrom: \"a\" <a>\nTo: \"b\" <b>\nDate: 2016-04-25 8:00 PM (25/04/2016 8:00 PM)\n"
	            "X-Table-Row: 48\n\n");
	check_table("Sender,Recipient,Date Sent (UTC)\na,b,03/04/2016 10:22\na,b,05-05-2016\n",
	            "@33+21\nFrom: \"a\" <a>\nTo: \"b\" <b>\nDate: (03/04/2016 10:22)\nX-Table-Row: 33\n\n"
	            "@54+15\nFrom: \"a\" <a>\nTo: \"b\" <b>\nDate: (05-05-2016)\nX-Table-Row: 54\n\n"
	            "#two-way-dates: 2 dates like 03/04/2016 10:22 can be read in two ways and were not: "
	            "--date-order says which\n");
	check_table_with("Sender,Recipient,Date Sent (UTC)\na,b,03/04/2016 10:22\n", &month_first,
	                 "@33+21\nFrom: \"a\" <a>\nTo: \"b\" <b>\nDate: 2016-03-04 10:22 UTC (03/04/2016 10:22)\n"
	                 "X-Table-Row: 33\n\n");
	/* Only a delivery time. */
	check_table("From,To,Date Sent,Date Received,Time Received\na@a,b@b,,2016-04-03,10:22\n",
	            "@46+26\nFrom: <a@a>\nTo: <b@b>\nReceived: ; 2016-04-03 10:22\nX-Table-Row: 46\n\n");
}

static void the_user_says_which_column_is_what(void **state)
{
	static const struct source_options numbers = { .columns = "from=3, to=1,header=none" };
	static const struct source_options names = { .columns = "from=Wer,to=An wen" };
	struct error err = { 0 };

	(void)state;
	assert_int_equal(source_options_check(&numbers, &err), 0);
	check_table_with("y,2016-04-03,x\nz,,x\n", &numbers,
	                 "@0+15\nFrom: \"x\" <x>\nTo: \"y\" <y>\nX-Table-Row: 0\n\n"
	                 "@15+5\nFrom: \"x\" <x>\nTo: \"z\" <z>\nX-Table-Row: 15\n\n");
	check_table_with("wer;an-wen;date\nx;y;2016-04-03\n", &names,
	                 "@16+15\nFrom: \"x\" <x>\nTo: \"y\" <y>\nDate: 2016-04-03\nX-Table-Row: 16\n\n");
	/* A text with commas is not a table because of it. */
	assert_false(loadfile_form.is_it((const uint8_t *)"a, b, c\nd\n", 10, &numbers));
	assert_false(loadfile_form.is_it((const uint8_t *)"From: a\nTo: b, c, d\nSubject: e, f, g\n\n", 38, &numbers));
}

static void wrong_choices_are_explained(void **state)
{
	static const char *const texts[][2] = {
		{ "from", "is not of the form from=3" }, { "from=", "is not of the form" },
		{ "who=3", "'who' is no column of mail; there are from, to, cc" },
		{ "from=1,from=2", "from is given twice" }, { "from=0", "counted from 1" },
		{ "from=a,header=none", "by number" }, { "header=none", "needs the numbers" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		struct source_options options = { .columns = texts[i][0] };
		struct error err = { 0 };

		assert_int_equal(source_options_check(&options, &err), -1);
		if (strstr(err.message, texts[i][1]) == NULL)
			print_error("%s: %s\n", texts[i][0], err.message);
		assert_non_null(strstr(err.message, texts[i][1]));
	}
}

/* A table longer than what is held at once: a megabyte of cells in one row. */
static void long_rows_are_read_whole(void **state)
{
	GString *text = g_string_new("From,To,Body,Subject\n");

	(void)state;
	for (int row = 0; row < 3; row++) {
		g_string_append(text, "a@a.org,b@b.org,\"");
		for (int i = 0; i < 100000; i++)
			g_string_append(text, "0123456\"\"\n");
		g_string_append_printf(text, "\",S%d\n", row);
	}
	char *found = table_of(text->str, text->len, NULL);
	assert_string_equal(found,
	                    "@21+1000022\nFrom: <a@a.org>\nTo: <b@b.org>\nSubject: S0\n\n"
	                    "@1000043+1000022\nFrom: <a@a.org>\nTo: <b@b.org>\nSubject: S1\n\n"
	                    "@2000065+1000022\nFrom: <a@a.org>\nTo: <b@b.org>\nSubject: S2\n\n");
	g_free(found);
	g_string_free(text, TRUE);
}

static void a_million_columns_are_no_table(void **state)
{
	GString *text = g_string_new("From,To,Subject,Message ID");

	(void)state;
	for (int i = 0; i < 1000000; i++)
		g_string_append_c(text, ',');
	g_string_append(text, "\n");
	assert_null(table_of(text->str, text->len, NULL));
	/* Below a first row that is sound they are a row of another width. */
	g_string_prepend(text, "From,To,Subject,Message ID\n");
	char *found = table_of(text->str, text->len, NULL);
	assert_non_null(strstr(found, "!a row of 1000004 cells where the first has 4"));
	g_free(found);
	g_string_free(text, TRUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_is_a_message),
		cmocka_unit_test(columns_stand_in_any_order_and_have_many_names),
		cmocka_unit_test(tables_of_other_things_are_no_mail),
		cmocka_unit_test(addresses_make_a_table_one_of_mail),
		cmocka_unit_test(an_edge_list_needs_no_addresses),
		cmocka_unit_test(a_row_of_another_width_is_rejected),
		cmocka_unit_test(rows_without_people_are_no_mail),
		cmocka_unit_test(no_cell_can_add_a_field),
		cmocka_unit_test(lists_of_people_are_cut_by_the_tables_habit),
		cmocka_unit_test(dates_are_read_as_the_column_says),
		cmocka_unit_test(the_user_says_which_column_is_what),
		cmocka_unit_test(wrong_choices_are_explained),
		cmocka_unit_test(long_rows_are_read_whole),
		cmocka_unit_test(a_million_columns_are_no_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
