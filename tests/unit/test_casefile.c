/* What is written into a case file, and what the account says of it. */
#include "casefile_fixture.h"

/* ---- stages: nothing, one message ---- */

static void an_empty_case_is_valid_and_adds_up_to_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct casefile_year *years;
	struct person *persons;
	size_t count = 9;

	open_case(fixture, CASEFILE_WRITE);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
	struct casefile_account account = account_of(fixture);

	assert_int_equal(0, account.files);
	assert_int_equal(0, account.found);
	assert_int_equal(INSTANT_NONE, account.first);
	assert_int_equal(INSTANT_NONE, account.last);
	assert_false(account.unfinished);
	good(fixture, casefile_years(fixture->casefile, &years, &count, &fixture->err));
	assert_int_equal(0, count);
	g_free(years);
	good(fixture, casefile_persons(fixture->casefile, &persons, &count, &fixture->err));
	assert_int_equal(0, count);
	persons_free(persons);
	close_case(fixture);
	assert_rows(fixture, "1162889555|4|ok\n",       /* 0x45504953 = "EPIS" */
	            "SELECT application_id, user_version, integrity_check FROM"
	            " pragma_application_id, pragma_user_version, pragma_integrity_check");
}

static void one_message_is_stored_with_all_it_says(void **state)
{
	struct fixture *fixture = *state;
	const char *const references[] = { "root@example.org", "parent@example.org" };
	struct message message = plain_message("m1@example.org", 1);

	message.references = references;
	message.reference_count = 2;
	message.in_reply_to = "parent@example.org";
	message.list_id = "dev.example.org";
	message.kind = KIND_LIST;
	message.kind_evidence = "List-Id";
	message.received_gap_s = -5;
	message.faults = FAULT_BAD_ADDRESS;
	message.subject = "It's \"quoted\"; DROP TABLE message; --";
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "in/one.mbox", 4000);

	assert_int_equal(ADD_COUNTED, add_at(fixture, file, 17, message));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "1|1468492205|1|1|0|a@example.org|dev.example.org|32|100|7200|-5|"
	            "m1@example.org|parent@example.org|01000000000000000000000000000000|"
	            "It's \"quoted\"; DROP TABLE message; --|Thu, 14 Jul 2016 12:30:05 +0200|List-Id\n",
	            "SELECT m.id, instant, kind, date_source, date_verdict, address, list_id, faults,"
	            " size, utc_offset_s, received_gap_s, i.message_id, r.message_id, digest, subject,"
	            " date_raw, kind_evidence FROM message m JOIN address a ON a.id = sender"
	            " JOIN list ON list.id = m.list JOIN identifier i ON i.id = identifier"
	            " JOIN identifier r ON r.id = in_reply_to");
	assert_rows(fixture, "0|root@example.org|NULL\n1|parent@example.org|NULL\n",
	            "SELECT position, message_id, identifier.message FROM reference"
	            " JOIN identifier ON identifier.id = identifier");
	assert_rows(fixture, "0|0|a@example.org|Anna Ek\n1|3|b@example.org|NULL\n",
	            "SELECT position, role, address.address, n.name FROM mention JOIN address ON"
	            " address.id = mention.address LEFT JOIN name n ON n.id = mention.name");
	assert_rows(fixture, "in/one.mbox|4000|1|mbox|NULL|0\n",
	            "SELECT path, size, outcome, form, reason, resume_offset FROM file");
	/* 2016-07-14T10:30:05Z by date -u -d @1468492205. */
	assert_rows(fixture, "1|2016-07-14T10:30:05Z|a@example.org|b@example.org|to|"
	            "It's \"quoted\"; DROP TABLE message; --|in/one.mbox|17|"
	            "a@example.org|b@example.org\n", "SELECT * FROM letters");
	assert_rows(fixture, "1|2016-07-14T10:30:05Z|good|Date|none|list|a@example.org|Anna Ek|"
	            "From|It's \"quoted\"; DROP TABLE message; --|m1@example.org|dev.example.org|100|"
	            "in/one.mbox|17||none|NULL|1\n", "SELECT * FROM messages");
}

static void a_message_with_nothing_is_counted(void **state)
{
	struct fixture *fixture = *state;
	struct message message = {
		.id = "", .instant = INSTANT_NONE, .utc_offset_s = UTC_OFFSET_UNKNOWN,
		.received_gap_s = INSTANT_NONE, .date_verdict = DATE_MISSING,
	};

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "x", 1);

	assert_int_equal(ADD_COUNTED, add_at(fixture, file, 0, message));
	end_file(fixture, file);
	finish(fixture);
	struct casefile_account account = account_of(fixture);

	assert_int_equal(1, account.counted);
	assert_int_equal(1, account.without_sender);
	assert_int_equal(1, account.without_recipient);
	assert_int_equal(1, account.without_id);
	assert_int_equal(1, account.by_date_verdict[DATE_MISSING]);
	assert_int_equal(0, account.addresses);
	assert_int_equal(INSTANT_NONE, account.first);
	close_case(fixture);
	assert_rows(fixture, "NULL|NULL|NULL|NULL|NULL|2\n", "SELECT instant, utc_offset_s,"
	            " received_gap_s, sender, identifier, faults FROM message");
	/* No letter, but a message to be seen. */
	assert_rows(fixture, "0|1\n",
	            "SELECT (SELECT count(*) FROM letters), (SELECT count(*) FROM messages)");
}

/* ---- copies ---- */

static void copies_count_once_and_keep_every_place(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t first = begin_file(fixture, "a.mbox", 900), second;

	assert_int_equal(ADD_COUNTED, add_at(fixture, first, 0, plain_message("1@x", 1)));
	assert_int_equal(ADD_COUNTED, add_at(fixture, first, 100, plain_message("2@x", 2)));
	assert_int_equal(ADD_DUPLICATE, add_at(fixture, first, 200, plain_message("1@x", 1)));
	end_file(fixture, first);
	second = begin_file(fixture, "b.mbox", 900);
	assert_int_equal(ADD_DUPLICATE, add_at(fixture, second, 50, plain_message("2@x", 2)));
	assert_int_equal(ADD_DUPLICATE, add_at(fixture, second, 60, plain_message("1@x", 1)));
	/* Without Message-ID the digest alone tells. */
	assert_int_equal(ADD_COUNTED, add_at(fixture, second, 70, plain_message("", 1)));
	assert_int_equal(ADD_COUNTED, add_at(fixture, second, 80, plain_message("", 3)));
	assert_int_equal(ADD_DUPLICATE, add_at(fixture, second, 90, plain_message("", 3)));
	end_file(fixture, second);
	finish(fixture);
	struct casefile_account account = account_of(fixture);

	assert_int_equal(8, account.found);
	assert_int_equal(4, account.counted);
	assert_int_equal(4, account.duplicates);
	assert_int_equal(2, account.without_id);
	assert_int_equal(0, account.notes);
	close_case(fixture);
	assert_rows(fixture, "1|a.mbox:0 a.mbox:200 b.mbox:60\n2|a.mbox:100 b.mbox:50\n3|b.mbox:70\n"
	            "4|b.mbox:80 b.mbox:90\n", "SELECT message, group_concat(path || ':' || offset, ' ')"
	            " FROM origin JOIN file ON file.id = file GROUP BY message");
}

struct told { GString *rows; };

static int tell(void *context, const struct casefile_row *row, struct error *err)
{
	struct told *told = context;

	(void)err;
	g_string_append_printf(told->rows, "%s:%d %d %s [%s] <%s>", row->path, (int)row->offset,
	                       (int)row->size, row->kind, row->text, row->id);
	if (row->first_path)
		g_string_append_printf(told->rows, " %s:%d", row->first_path, (int)row->first_offset);
	g_string_append_c(told->rows, '\n');
	return 0;
}

static void assert_list(struct fixture *fixture, enum casefile_list list, const char *expected)
{
	struct told told = { g_string_new(NULL) };

	good(fixture, casefile_walk(fixture->casefile, list, tell, &told, &fixture->err));
	assert_string_equal(expected, told.rows->str);
	g_string_free(told.rows, TRUE);
}

/* Read in the order z, a: the walk goes by path, the first copy by reading. */
static void the_lists_go_by_path_and_offset(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t z = begin_file(fixture, "z.mbox", 900), a, junk;

	add_at(fixture, z, 0, plain_message("1@x", 1));
	add_at(fixture, z, 300, plain_message("1@x", 1));
	good(fixture, casefile_note(fixture->casefile, z, 0, "no-blank-line", "Doubtful.",
	                            &fixture->err));
	good(fixture, casefile_note(fixture->casefile, z, -1, "odd", "All of it.", &fixture->err));
	good(fixture, casefile_reject(fixture->casefile, z, 600, 33, "crashed", &fixture->err));
	end_file(fixture, z);
	a = begin_file(fixture, "a.mbox", 800);
	good(fixture, casefile_reject(fixture->casefile, a, 10, -1, "hung", &fixture->err));
	good(fixture, casefile_reject(fixture->casefile, a, 20, 5, "hung", &fixture->err));
	add_at(fixture, a, 100, plain_message("1@x", 1));
	end_file(fixture, a);
	junk = begin_file(fixture, "m.jpg", 7);
	good(fixture, casefile_file_end(fixture->casefile, junk, FILE_NOT_MAIL, NULL, "an image",
	                                &fixture->err));
	finish(fixture);
	assert_list(fixture, LIST_FILES, "a.mbox:-1 800 mail [] <>\nm.jpg:-1 7 not-mail [an image] <>\n"
	            "z.mbox:-1 900 mail [] <>\n");
	assert_list(fixture, LIST_REJECTED, "a.mbox:10 -1 rejected [hung] <>\n"
	            "a.mbox:20 5 rejected [hung] <>\nz.mbox:600 33 rejected [crashed] <>\n");
	assert_list(fixture, LIST_NOTES, "z.mbox:-1 -1 odd [All of it.] <>\n"
	            "z.mbox:0 -1 no-blank-line [Doubtful.] <1@x>\n");
	assert_list(fixture, LIST_DUPLICATES, "a.mbox:100 100 duplicate [same Message-ID and header] <1@x> z.mbox:0\n"
	            "z.mbox:300 100 duplicate [same Message-ID and header] <1@x> z.mbox:0\n");
	struct casefile_account account = account_of(fixture);

	assert_int_equal(6, account.found);
	assert_int_equal(3, account.rejected);
	assert_int_equal(2, account.duplicates);
	assert_int_equal(2, account.notes);
	assert_int_equal(1, account.by_outcome[FILE_NOT_MAIL]);
}

static int is_barren(struct fixture *fixture)
{
	int barren = casefile_is_barren(fixture->casefile, &fixture->err);

	assert_string_equal("", fixture->err.message);
	return barren;
}

/* Nothing at all is not barren; a file that is no mail is; one that held something,
 * be it rejected, is not. */
static void a_case_of_files_without_a_message_is_barren(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	assert_int_equal(0, is_barren(fixture));
	int64_t junk = begin_file(fixture, "m.jpg", 7), mail;

	good(fixture, casefile_file_end(fixture->casefile, junk, FILE_NOT_MAIL, NULL, "an image",
	                                &fixture->err));
	assert_int_equal(1, is_barren(fixture));
	mail = begin_file(fixture, "a.mbox", 800);
	good(fixture, casefile_reject(fixture->casefile, mail, 0, 9, "hung", &fixture->err));
	assert_int_equal(0, is_barren(fixture));
	close_case(fixture);
}

static int stop_at_second(void *context, const struct casefile_row *row, struct error *err)
{
	(void)row;
	(void)err;
	return ++*(int *)context == 2 ? 42 : 0;
}

static void a_walk_can_be_ended_by_its_caller(void **state)
{
	struct fixture *fixture = *state;
	int rows = 0;

	open_case(fixture, CASEFILE_WRITE);
	for (int i = 0; i < 4; i++)
		begin_file(fixture, (const char *[]){ "a", "b", "c", "d" }[i], 1);
	assert_int_equal(42, casefile_walk(fixture->casefile, LIST_FILES, stop_at_second, &rows,
	                                   &fixture->err));
	assert_int_equal(2, rows);
}

/* The sender's copy has the Bcc, a recipient's Delivered-To; To is never added. */
static void what_only_a_copy_names_is_added_once(void **state)
{
	struct fixture *fixture = *state;
	const struct mention first[] = {
		{ ROLE_FROM, "a@x", "" }, { ROLE_DELIVERED_TO, "b@x", "" },
	};
	const struct mention second[] = {
		{ ROLE_FROM, "a@x", "" }, { ROLE_TO, "stranger@x", "" }, { ROLE_BCC, "c@x", "Cy" },
		{ ROLE_BCC, "c@x", "Other name" }, { ROLE_BCC, "", "No address" },
		{ ROLE_DELIVERED_TO, "b@x", "" }, { ROLE_DELIVERED_TO, "d@x", "" },
	};
	struct message message = plain_message("1@x", 1);

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	message.mentions = first;
	message.mention_count = G_N_ELEMENTS(first);
	add_at(fixture, file, 0, message);
	/* Delivered-To is no recipient: who got it by Bcc is not known yet. */
	assert_int_equal(1, account_of(fixture).without_recipient);
	message.mentions = second;
	message.mention_count = G_N_ELEMENTS(second);
	for (int copy = 1; copy < 4; copy++)
		assert_int_equal(ADD_DUPLICATE, add_at(fixture, file, copy * 10, message));
	assert_int_equal(0, account_of(fixture).without_recipient);
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "0|from|a@x|NULL\n1|delivered-to|b@x|NULL\n2|bcc|c@x|Cy\n"
	            "3|bcc|NULL|No address\n4|delivered-to|d@x|NULL\n",
	            "SELECT position, word, address.address, n.name FROM mention"
	            " JOIN role ON number = role LEFT JOIN address ON address.id = mention.address"
	            " LEFT JOIN name n ON n.id = mention.name");
}

static void one_id_with_two_contents_is_a_finding(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t first = begin_file(fixture, "a.mbox", 900), second;

	add_at(fixture, first, 77, plain_message("1@x", 1));
	end_file(fixture, first);
	second = begin_file(fixture, "b.mbox", 900);
	assert_int_equal(ADD_COUNTED, add_at(fixture, second, 10, plain_message("1@x", 2)));
	assert_int_equal(ADD_DUPLICATE, add_at(fixture, second, 20, plain_message("1@x", 2)));
	assert_int_equal(ADD_COUNTED, add_at(fixture, second, 30, plain_message("1@x", 3)));
	assert_int_equal(ADD_COUNTED, add_at(fixture, second, 40, plain_message("2@x", 4)));
	end_file(fixture, second);
	finish(fixture);
	struct casefile_account account = account_of(fixture);

	assert_int_equal(4, account.counted);
	assert_int_equal(1, account.same_id);
	assert_int_equal(2, account.notes);
	assert_list(fixture, LIST_NOTES,
	            "b.mbox:10 -1 same-id [another message with the same Message-ID is at a.mbox:77]"
	            " <1@x>\n"
	            "b.mbox:30 -1 same-id [another message with the same Message-ID is at a.mbox:77]"
	            " <1@x>\n");
}

/* A reply is read before what it answers: the id is known, the message is new. */
static void an_id_seen_in_a_reference_is_no_copy(void **state)
{
	struct fixture *fixture = *state;
	const char *const references[] = { "root@x" };
	struct message reply = plain_message("reply@x", 1);

	reply.references = references;
	reply.reference_count = 1;
	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	add_at(fixture, file, 0, reply);
	assert_int_equal(ADD_COUNTED, add_at(fixture, file, 10, plain_message("root@x", 2)));
	end_file(fixture, file);
	finish(fixture);
	assert_int_equal(0, account_of(fixture).notes);
	close_case(fixture);
	assert_rows(fixture, "root@x|2\nreply@x|1\n",
	            "SELECT message_id, message FROM identifier ORDER BY message DESC");
}

/* More than go into one insertion, at every remainder. */
static void long_lists_are_stored_whole(void **state)
{
	struct fixture *fixture = *state;
	struct mention mentions[40];
	const char *references[40];
	char *expected;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (int i = 0; i < 40; i++) {
		mentions[i] = (struct mention){ ROLE_CC, g_strdup_printf("p%d@x", i), "" };
		references[i] = g_strdup_printf("r%d@x", i);
	}
	for (int count = 0; count <= 40; count++) {
		char *id = g_strdup_printf("%d@x", count);
		struct message message = plain_message(id, count);

		message.mentions = mentions;
		message.mention_count = (size_t)count;
		message.references = references;
		message.reference_count = (size_t)count;
		add_at(fixture, file, count, message);
		g_free(id);
	}
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	/* 0 + 1 + ... + 40 = 820, each at its place. */
	expected = rows_of(fixture->path, "SELECT (SELECT count(*) FROM mention JOIN address ON"
	                   " address.id = mention.address"
	                   " WHERE address.address = 'p' || position || '@x'),"
	                   " (SELECT count(*) FROM reference JOIN identifier ON identifier.id ="
	                   " identifier WHERE message_id = 'r' || position || '@x')");
	assert_string_equal("820|820\n", expected);
	g_free(expected);
	for (int i = 0; i < 40; i++) {
		g_free((char *)mentions[i].address);
		g_free((char *)references[i]);
	}
}

/* ---- dates ---- */

static void years_count_plausible_dates_only(void **state)
{
	static const struct { int64_t instant; enum date_verdict verdict; } dates[] = {
		{ 1451606399, DATE_GOOD },              /* 2015-12-31T23:59:59Z */
		{ 1451606400, DATE_GOOD },              /* 2016-01-01T00:00:00Z */
		{ 1460000000, DATE_REPAIRED }, { 946684800, DATE_REPLACED },    /* 2016, 2000 */
		{ 0, DATE_GOOD }, { -1, DATE_IMPLAUSIBLE }, { 9999999999, DATE_IMPLAUSIBLE },
		{ INSTANT_NONE, DATE_MISSING },
	};
	struct fixture *fixture = *state;
	struct casefile_year *years;
	size_t count;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
		struct message message = plain_message("", (int)i);

		message.instant = dates[i].instant;
		message.date_verdict = dates[i].verdict;
		add_at(fixture, file, (int64_t)i, message);
	}
	end_file(fixture, file);
	finish(fixture);
	good(fixture, casefile_years(fixture->casefile, &years, &count, &fixture->err));
	assert_int_equal(4, count);
	assert_int_equal(1970, years[0].year);
	assert_int_equal(1, years[0].counted);
	assert_int_equal(2000, years[1].year);
	assert_int_equal(2015, years[2].year);
	assert_int_equal(1, years[2].counted);
	assert_int_equal(2016, years[3].year);
	assert_int_equal(2, years[3].counted);
	g_free(years);
	struct casefile_account account = account_of(fixture);

	assert_int_equal(0, account.first);
	assert_int_equal(1460000000, account.last);
	assert_int_equal(2, account.by_date_verdict[DATE_IMPLAUSIBLE]);
	close_case(fixture);
	assert_rows(fixture, "7|1\n", "SELECT count(instant), sum(instant IS NULL) FROM message");
}

/* ---- names ---- */

static void add_mention(struct fixture *fixture, int64_t file, int number, enum role role,
                        const char *address, const char *name)
{
	const struct mention mention = { role, address, name };
	struct message message = plain_message("", number);

	message.mentions = &mention;
	message.mention_count = 1;
	add_at(fixture, file, number, message);
}

static void the_name_is_the_one_used_most_in_from(void **state)
{
	static const struct { enum role role; const char *address, *name; } uses[] = {
		/* Twice in From beats three times in To. */
		{ ROLE_FROM, "a@x", "Anna" }, { ROLE_FROM, "a@x", "Anna" }, { ROLE_FROM, "a@x", "Ann" },
		{ ROLE_TO, "a@x", "Boss" }, { ROLE_TO, "a@x", "Boss" }, { ROLE_TO, "a@x", "Boss" },
		/* Equally often: the first in the order of bytes. */
		{ ROLE_FROM, "b@x", "Zoe" }, { ROLE_FROM, "b@x", "Bea" }, { ROLE_FROM, "b@x", "\xc3\x89va" },
		/* Never in From: any role. */
		{ ROLE_CC, "c@x", "Cy" }, { ROLE_TO, "c@x", "Cy Young" }, { ROLE_CC, "c@x", "Cy Young" },
		/* The address again is no name, however it is dressed. */
		{ ROLE_FROM, "d@x", "d@x" }, { ROLE_FROM, "d@x", "D@X" }, { ROLE_FROM, "d@x", "'d@x'" },
		{ ROLE_FROM, "d@x", "d@x" }, { ROLE_TO, "d@x", "Dora" },
		{ ROLE_FROM, "e@x", "\"<e@x>\"" },
		{ ROLE_FROM, "f@x", "" },
	};
	static const char *const expected[][2] = {
		{ "a@x", "Anna" }, { "b@x", "Bea" }, { "c@x", "Cy Young" }, { "d@x", "Dora" },
		{ "e@x", "" }, { "f@x", "" },
	};
	struct fixture *fixture = *state;
	struct person *persons;
	size_t count;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	for (size_t i = 0; i < G_N_ELEMENTS(uses); i++)
		add_mention(fixture, file, (int)i, uses[i].role, uses[i].address, uses[i].name);
	end_file(fixture, file);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
	good(fixture, casefile_persons(fixture->casefile, &persons, &count, &fixture->err));
	assert_int_equal(G_N_ELEMENTS(expected), count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(expected[i][0], persons[i].address);
		assert_string_equal(expected[i][1], persons[i].name);
	}
	persons_free(persons);
}

static void more_mail_may_change_a_name(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t first = begin_file(fixture, "a", 1), second;

	add_mention(fixture, first, 1, ROLE_FROM, "a@x", "Anna");
	end_file(fixture, first);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "Anna\n", "SELECT n.name FROM address JOIN name n ON n.id = address.name");
	open_case(fixture, CASEFILE_WRITE);
	second = begin_file(fixture, "b", 1);
	add_mention(fixture, second, 2, ROLE_FROM, "a@x", "Anna Ek");
	add_mention(fixture, second, 3, ROLE_FROM, "a@x", "Anna Ek");
	end_file(fixture, second);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "Anna Ek\n",
	            "SELECT n.name FROM address JOIN name n ON n.id = address.name");
}

/* ---- files that come again ---- */

static void expect_begin(struct fixture *fixture, const char *path, int64_t size,
                         int64_t modified_ns, bool expected_known, int64_t expected_resume)
{
	int64_t file, resume;
	bool known;

	good(fixture, casefile_file_begin(fixture->casefile, path, size, modified_ns, &file, &known,
	                                  &resume, &fixture->err));
	assert_int_equal(expected_known, known);
	assert_int_equal(expected_resume, resume);
}

static void a_file_is_known_once_read_and_unchanged(void **state)
{
	struct fixture *fixture = *state;
	int64_t file, resume;
	bool known;

	for (int outcome = FILE_UNFINISHED; outcome < FILE_OUTCOME_COUNT; outcome++) {
		char *path = g_strdup_printf("file%d", outcome);

		open_case(fixture, CASEFILE_WRITE);
		file = begin_file(fixture, path, 10);
		good(fixture, casefile_file_progress(fixture->casefile, file, 5, &fixture->err));
		if (outcome != FILE_UNFINISHED)
			good(fixture, casefile_file_end(fixture->casefile, file, (enum file_outcome)outcome,
			                                NULL, "so", &fixture->err));
		good(fixture, casefile_commit(fixture->casefile, &fixture->err));
		open_case(fixture, CASEFILE_WRITE);
		/* What could not be read then is tried again. */
		expect_begin(fixture, path, 10, 1, outcome == FILE_MAIL || outcome == FILE_EMPTY ||
		             outcome == FILE_NOT_MAIL || outcome == FILE_CONTAINER,
		             outcome == FILE_UNFINISHED ? 5 : 0);
		/* Size, then time: changed. */
		expect_begin(fixture, path, 11, 1, false, 0);
		good(fixture, casefile_file_begin(fixture->casefile, path, 11, 2, &file, &known, &resume,
		                                  &fixture->err));
		assert_false(known);
		close_case(fixture);
		g_free(path);
	}
}

/* Read a file of messages with the digests given, ids by digest. */
static void read_numbers(struct fixture *fixture, const char *path, int64_t size,
                         const int *numbers, size_t count)
{
	int64_t file = begin_file(fixture, path, size);

	for (size_t i = 0; i < count; i++) {
		char *id = g_strdup_printf("%d@x", numbers[i]);
		char *sender = g_strdup_printf("s%d@x", numbers[i]);
		const struct mention mentions[] = {
			{ ROLE_FROM, sender, sender }, { ROLE_TO, "all@x", id },
		};
		struct message message = plain_message(id, numbers[i]);

		message.mentions = mentions;
		message.mention_count = 2;
		add_at(fixture, file, (int64_t)i * 100, message);
		g_free(id);
		g_free(sender);
	}
	end_file(fixture, file);
}

#define READ_NUMBERS(fixture, path, size, ...) \
	read_numbers(fixture, path, size, (const int[]){ __VA_ARGS__ }, \
	             G_N_ELEMENTS(((const int[]){ __VA_ARGS__ })))

static void a_changed_file_gives_back_what_it_gave(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a.mbox", 300, 1, 2, 3);
	READ_NUMBERS(fixture, "b.mbox", 300, 3, 4);
	finish(fixture);
	open_case(fixture, CASEFILE_WRITE);
	/* 2 is gone, 3 is held by b alone now, 9 is new, 1 keeps its id. */
	READ_NUMBERS(fixture, "a.mbox", 350, 9, 1);
	/* During the read 2 is loose and must not count. */
	struct casefile_account account = account_of(fixture);

	assert_int_equal(4, account.counted);
	assert_int_equal(4, account.found);
	assert_true(account.unfinished);
	finish(fixture);
	account = account_of(fixture);
	assert_int_equal(4, account.counted);
	assert_int_equal(0, account.duplicates);
	assert_int_equal(5, account.addresses);         /* s1 s3 s4 s9 all */
	assert_false(account.unfinished);
	/* The same handle goes on: nothing of what was removed is remembered. */
	READ_NUMBERS(fixture, "c.mbox", 100, 2);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "1|1@x|a.mbox|100\n3|3@x|b.mbox|0\n4|4@x|b.mbox|100\n5|9@x|a.mbox|0\n"
	            "6|2@x|c.mbox|0\n", "SELECT id, message_id, file, offset FROM messages");
	assert_rows(fixture, "s2@x|6\n", "SELECT address.address, mention.message FROM mention"
	            " JOIN address ON address.id = mention.address WHERE address.address = 's2@x'");
	assert_rows(fixture, "ok|0|0\n", "SELECT integrity_check, (SELECT count(*) FROM loose),"
	            " (SELECT changed FROM state) FROM pragma_integrity_check");
	assert_rows(fixture, "0|0|0\n", "SELECT"
	            " (SELECT count(*) FROM name WHERE id NOT IN (SELECT name FROM mention)),"
	            " (SELECT count(*) FROM identifier WHERE message NOT IN (SELECT id FROM message)),"
	            " (SELECT count(*) FROM mention WHERE message NOT IN (SELECT id FROM message))");
}

static void a_file_that_grew_keeps_its_ids(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a.mbox", 300, 1, 2, 3);
	finish(fixture);
	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a.mbox", 400, 1, 2, 3, 4);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "1|1@x\n2|2@x\n3|3@x\n4|4@x\n",
	            "SELECT message.id, message_id FROM message JOIN identifier ON"
	            " identifier.id = identifier");
}

/* The list's address stays in the mentions, and "via" is no name for it. */
static void the_author_is_the_sender_and_from_can_still_be_seen(void **state)
{
	static const struct mention mentions[] = {
		{ ROLE_FROM, "trees@lists.example", "Ann Lee via Trees" },
		{ ROLE_REPLY_TO, "ann@example.org", "Ann Lee" },
		{ ROLE_TO, "trees@lists.example", "Trees" },
		{ ROLE_AUTHOR, "ann@example.org", "Ann Lee" },
	};
	struct fixture *fixture = *state;
	struct message message = plain_message("a@x", 1);
	int64_t file;

	message.mentions = mentions;
	message.mention_count = G_N_ELEMENTS(mentions);
	message.author_source = SENDER_FROM_REPLY_TO;
	open_case(fixture, CASEFILE_WRITE);
	file = begin_file(fixture, "a.mbox", 10);
	add_at(fixture, file, 0, message);
	add_at(fixture, file, 9, plain_message("b@x", 2));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "ann@example.org|Ann Lee|Reply-To\na@example.org|Anna Ek|From\n",
	            "SELECT sender, sender_name, sender_source FROM messages");
	assert_rows(fixture, "trees@lists.example|Ann Lee via Trees|Trees\n",
	            "SELECT address.address, said.name, name.name FROM mention JOIN address"
	            " ON address.id = mention.address JOIN name AS said ON said.id = mention.name"
	            " JOIN name ON name.id = address.name WHERE role = 0 AND message = 1");
}

static void touching_every_file_changes_nothing_but_the_time(void **state)
{
	struct fixture *fixture = *state;
	const char *everything = "SELECT * FROM messages UNION ALL SELECT message, position, role,"
	                         " address, name, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM mention";

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a.mbox", 300, 1, 2, 3);
	READ_NUMBERS(fixture, "b.mbox", 300, 3, 1, 5);
	finish(fixture);
	close_case(fixture);
	char *before = rows_of(fixture->path, everything);

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a.mbox", 301, 1, 2, 3);
	READ_NUMBERS(fixture, "b.mbox", 301, 3, 1, 5);
	finish(fixture);
	close_case(fixture);
	char *after = rows_of(fixture->path, everything);

	assert_string_equal(before, after);
	g_free(before);
	g_free(after);
}

/* A changed file is broken off: the next read must not forget the removals. */
static void a_broken_off_change_is_finished_by_the_next_read(void **state)
{
	struct fixture *fixture = *state;
	int64_t file;

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a.mbox", 300, 1, 2, 3);
	finish(fixture);
	open_case(fixture, CASEFILE_WRITE);
	file = begin_file(fixture, "a.mbox", 200);
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(0, account_of(fixture).counted);
	assert_true(account_of(fixture).unfinished);
	open_case(fixture, CASEFILE_WRITE);
	assert_int_equal(file, begin_file(fixture, "a.mbox", 200));
	add_at(fixture, file, 0, plain_message("2@x", 2));
	end_file(fixture, file);
	finish(fixture);
	assert_int_equal(1, account_of(fixture).counted);
	close_case(fixture);
	assert_rows(fixture, "2|2@x\n", "SELECT id, message_id FROM messages");
}

/* A message found again is stored as it is read now: the old file's Bcc is gone. */
static void a_message_found_again_is_stored_as_it_is_now(void **state)
{
	const struct mention before[] = { { ROLE_FROM, "a@x", "" }, { ROLE_BCC, "old@x", "" } };
	const struct mention after[] = { { ROLE_FROM, "a@x", "" }, { ROLE_BCC, "new@x", "" } };
	struct fixture *fixture = *state;
	struct message message = plain_message("1@x", 1);

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	message.mentions = before;
	add_at(fixture, file, 0, message);
	end_file(fixture, file);
	finish(fixture);
	file = begin_file(fixture, "f", 2);
	message.mentions = after;
	message.size = 555;
	assert_int_equal(ADD_COUNTED, add_at(fixture, file, 0, message));
	end_file(fixture, file);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "a@x\nnew@x\n", "SELECT address FROM address ORDER BY address");
	assert_rows(fixture, "555\n", "SELECT size FROM message");
}

static void findings_follow_their_files(void **state)
{
	struct fixture *fixture = *state;
	int64_t file;

	open_case(fixture, CASEFILE_WRITE);
	file = begin_file(fixture, "a.mbox", 100);
	add_at(fixture, file, 5, plain_message("1@x", 1));
	good(fixture, casefile_note(fixture->casefile, file, 5, "odd", "!", &fixture->err));
	good(fixture, casefile_reject(fixture->casefile, file, 50, 1, "bad", &fixture->err));
	end_file(fixture, file);
	file = begin_file(fixture, "b.mbox", 100);
	add_at(fixture, file, 7, plain_message("1@x", 2));
	end_file(fixture, file);
	finish(fixture);
	assert_int_equal(2, account_of(fixture).notes);
	/* a.mbox is rewritten: its message moved; the finding in b names the new place. */
	file = begin_file(fixture, "a.mbox", 90);
	add_at(fixture, file, 44, plain_message("1@x", 1));
	end_file(fixture, file);
	finish(fixture);
	assert_list(fixture, LIST_NOTES, "b.mbox:7 -1 same-id [another message with the same"
	            " Message-ID is at a.mbox:44] <1@x>\n");
	assert_list(fixture, LIST_REJECTED, "");
	/* Now it is gone, and with it the finding. */
	file = begin_file(fixture, "a.mbox", 80);
	end_file(fixture, file);
	finish(fixture);
	assert_list(fixture, LIST_NOTES, "");
	assert_int_equal(0, account_of(fixture).same_id);
	close_case(fixture);
	assert_rows(fixture, "1@x|2\n", "SELECT message_id, message FROM identifier");
}

static void a_place_is_either_counted_or_rejected(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	int64_t file = begin_file(fixture, "f", 1);

	good(fixture, casefile_reject(fixture->casefile, file, 0, 9, "hung", &fixture->err));
	add_at(fixture, file, 10, plain_message("1@x", 1));
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	/* Broken off and read again: now the first is readable, the second hangs. */
	open_case(fixture, CASEFILE_WRITE);
	assert_int_equal(ADD_COUNTED, add_at(fixture, file, 0, plain_message("0@x", 0)));
	good(fixture, casefile_reject(fixture->casefile, file, 10, 9, "hung", &fixture->err));
	assert_int_equal(ADD_KNOWN, add_at(fixture, file, 10, plain_message("1@x", 1)));
	struct casefile_account account = account_of(fixture);

	assert_int_equal(2, account.counted);
	assert_int_equal(0, account.rejected);
}

static void nothing_uncommitted_survives_a_close(void **state)
{
	struct fixture *fixture = *state;

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a", 1, 1, 2);
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	READ_NUMBERS(fixture, "b", 1, 3);
	open_case(fixture, CASEFILE_READ);
	assert_int_equal(2, account_of(fixture).counted);
}

static void closing_leaves_one_file(void **state)
{
	struct fixture *fixture = *state;
	GDir *folder;
	int files = 0;

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a", 1, 1, 2);
	finish(fixture);
	open_case(fixture, CASEFILE_READ);
	account_of(fixture);
	close_case(fixture);
	folder = g_dir_open(fixture->folder, 0, NULL);
	while (g_dir_read_name(folder))
		files++;
	g_dir_close(folder);
	assert_int_equal(1, files);
}

static void the_indexes_come_when_a_first_read_ends(void **state)
{
	struct fixture *fixture = *state;
	const char *indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL";

	open_case(fixture, CASEFILE_WRITE);
	READ_NUMBERS(fixture, "a", 1, 1, 2, 3);
	good(fixture, casefile_commit(fixture->casefile, &fixture->err));
	close_case(fixture);
	assert_rows(fixture, "", indexes);
	open_case(fixture, CASEFILE_WRITE);
	finish(fixture);
	close_case(fixture);
	assert_rows(fixture, "origin_message\nmessage_original\nfile_container\n", indexes);
	assert_rows(fixture, "ok\n", "PRAGMA integrity_check");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FACT(an_empty_case_is_valid_and_adds_up_to_nothing),
		FACT(one_message_is_stored_with_all_it_says),
		FACT(a_message_with_nothing_is_counted),
		FACT(copies_count_once_and_keep_every_place),
		FACT(the_lists_go_by_path_and_offset),
		FACT(a_walk_can_be_ended_by_its_caller),
		FACT(what_only_a_copy_names_is_added_once),
		FACT(one_id_with_two_contents_is_a_finding),
		FACT(an_id_seen_in_a_reference_is_no_copy),
		FACT(long_lists_are_stored_whole),
		FACT(years_count_plausible_dates_only),
		FACT(the_name_is_the_one_used_most_in_from),
		FACT(more_mail_may_change_a_name),
		FACT(a_file_is_known_once_read_and_unchanged),
		FACT(a_changed_file_gives_back_what_it_gave),
		FACT(a_file_that_grew_keeps_its_ids),
		FACT(the_author_is_the_sender_and_from_can_still_be_seen),
		FACT(touching_every_file_changes_nothing_but_the_time),
		FACT(a_broken_off_change_is_finished_by_the_next_read),
		FACT(a_message_found_again_is_stored_as_it_is_now),
		FACT(findings_follow_their_files),
		FACT(a_case_of_files_without_a_message_is_barren),
		FACT(a_place_is_either_counted_or_rejected),
		FACT(nothing_uncommitted_survives_a_close),
		FACT(closing_leaves_one_file),
		FACT(the_indexes_come_when_a_first_read_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
