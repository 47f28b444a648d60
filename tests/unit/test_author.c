/* Mail that lists have put their own address on, and who wrote it. The forms are
 * those that Mailman 2.1.18 and 3, Google Groups, groups.io and the IETF write for
 * DMARC (RFC 7489); RFC 7960 4.1.3.1 describes what they do and why. */
#include "header_fixture.h"

#define LIST "List-Id: Trees <trees.lists.example>\n"

static void check_author(void **state, const char *header, const char *author,
                         enum sender_source source)
{
	char *whole = g_strconcat(header, "\n", NULL);
	const struct message *message = header_read_text(state, whole);

	if (source != message->author_source)
		print_error("%s", header);
	assert_int_equal(source, message->author_source);
	assert_string_equal(author, header_people(state, ROLE_AUTHOR));
	g_free(whole);
}

static void mailman_names_the_author_in_reply_to(void **state)
{
	check_author(state, LIST "From: Ann Lee via Trees <trees@lists.example>\n"
	             "Reply-To: Ann Lee <ann@example.org>\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_REPLY_TO);
	/* Both, the list and the author. */
	check_author(state, LIST "From: ann lee via Trees <trees@lists.example>\n"
	             "Reply-To: Trees <trees@lists.example>, Ann Lee <ann@example.org>\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_REPLY_TO);
	/* The only one that is not the list, and without a name. */
	check_author(state, LIST "From: Ann Lee via Trees <trees@lists.example>\n"
	             "Reply-To: ann@example.org, trees@lists.example\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_REPLY_TO);
	assert_string_equal("[Ann Lee via Trees|trees@lists.example]",
	                    header_people(state, ROLE_FROM));
}

/* Mailman 2.1.18: where replies go to the list, the author is put into Cc. */
static void mailman_names_the_author_in_cc(void **state)
{
	check_author(state, LIST "From: Ann Lee via Trees <trees@lists.example>\n"
	             "Reply-To: Trees <trees@lists.example>\nCc: Bo <bo@example.org>,\n"
	             " Ann Lee <ann@example.org>\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_CC);
	/* Whom she copied is not who wrote. */
	check_author(state, LIST "From: Ann Lee via Trees <trees@lists.example>\n"
	             "Cc: bo@example.org\n", "", SENDER_FROM_NOTHING);
}

static void google_groups_keep_the_original_from(void **state)
{
	check_author(state, LIST "From: 'Ann Lee' via Trees <trees@lists.example>\n"
	             "X-Original-Sender: ann@example.org\n"
	             "X-Original-From: Ann Lee <Ann@example.org>\nReply-To: other@example.org\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_ORIGINAL_FROM);
	check_author(state, LIST "From: 'Ann Lee' via Trees <trees@lists.example>\n"
	             "X-Original-Sender: ann@example.org\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_ORIGINAL_FROM);
	/* The envelope's sender, of mail that nobody has rewritten. */
	check_author(state, LIST "From: Ann Lee <ann@example.org>\n"
	             "X-Original-Sender: bounce@relay.example\n", "", SENDER_FROM_NOTHING);
}

static void some_write_the_author_into_the_address(void **state)
{
	check_author(state, LIST "From: Ann Lee via groups.example <ann=example.org@groups.example>\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_ADDRESS);
	check_author(state, LIST "From: Ann Lee <ann=40example.org@dmarc.lists.example>\n",
	             "[Ann Lee|ann@example.org]", SENDER_FROM_ADDRESS);
	check_author(state, LIST "From: Ann Lee via G <ann=example@groups.example>\n",
	             "", SENDER_FROM_NOTHING);
	check_author(state, LIST "From: Ann Lee via G <=example.org@groups.example>\n",
	             "", SENDER_FROM_NOTHING);
}

static void without_a_list_nobody_else_is_the_author(void **state)
{
	check_author(state, "From: Ann Lee via Shop <no-reply@shop.example>\n"
	             "Reply-To: Ann Lee <ann@example.org>\n", "", SENDER_FROM_NOTHING);
	check_author(state, LIST "From: Ann Lee <ann@example.org>\n"
	             "Reply-To: Ann Lee <ann@elsewhere.example>\n", "", SENDER_FROM_NOTHING);
	check_author(state, LIST "From: Ann Lee via Trees <trees@lists.example>\n"
	             "Reply-To: Bo Ek <bo@example.org>\n", "", SENDER_FROM_NOTHING);
	check_author(state, LIST "From: Ann Lee via Trees <trees@lists.example>\n"
	             "Reply-To: trees@lists.example\n", "", SENDER_FROM_NOTHING);
	check_author(state, LIST "X-Original-From: ann@example.org\n", "", SENDER_FROM_NOTHING);
}

/* Enron's mail as published: From has the address alone, X-From the name alone. */
static void exchange_has_the_name_in_x_from(void **state)
{
	static const struct { const char *value, *name; } names[] = {
		{ "Ann K Lee", "Ann K Lee" },
		{ "Lee, Ann K. </O=ORG/OU=NA/CN=RECIPIENTS/CN=ALEE>", "Lee, Ann K." },
		{ "Ann Lee <Ann Lee/Org@OrgXGate>", "Ann Lee" },
		{ "Ann Lee/Sales/Org@Org", "Ann Lee" },
		{ "ann@example.org", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		char *header = g_strdup_printf("From: ann.lee@example.org\nX-From: %s\n\n",
		                               names[i].value);
		char *expected = g_strdup_printf("[%s|ann.lee@example.org]", names[i].name);

		header_read_text(state, header);
		assert_string_equal(expected, header_people(state, ROLE_FROM));
		g_free(expected);
		g_free(header);
	}
	header_read_text(state, "From: ann.lee@example.org\nX-From: Lee, Ann K. </O=ORG/CN=ALEE>\n\n");
	assert_string_equal("[Lee, Ann K.|/o=org/cn=alee]", header_people(state, ROLE_DIRECTORY));
	header_read_text(state, "From: A. Lee <ann.lee@example.org>\nX-From: Ann Lee\n\n");
	assert_string_equal("[A. Lee|ann.lee@example.org]", header_people(state, ROLE_FROM));
	header_read_text(state, "From: a@example.org, b@example.org\nX-From: Ann Lee\n\n");
	assert_string_equal("[|a@example.org][|b@example.org]", header_people(state, ROLE_FROM));
}

/* Yahoo, Gmail, and RFC 3798 2.3. */
static void delivery_fields_give_the_address_alone(void **state)
{
	header_read_text(state, "X-Apparently-To: ann@example.org via 192.0.2.1; Thu, 14 Jul 2016\n"
	                 "Original-Recipient: rfc822;bo@example.org\n"
	                 "X-Forwarded-To: cy@example.org\n\n");
	assert_string_equal("[|ann@example.org][|bo@example.org][|cy@example.org]",
	                    header_people(state, ROLE_DELIVERED_TO));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mailman_names_the_author_in_reply_to),
		cmocka_unit_test(mailman_names_the_author_in_cc),
		cmocka_unit_test(google_groups_keep_the_original_from),
		cmocka_unit_test(some_write_the_author_into_the_address),
		cmocka_unit_test(without_a_list_nobody_else_is_the_author),
		cmocka_unit_test(exchange_has_the_name_in_x_from),
		cmocka_unit_test(delivery_fields_give_the_address_alone),
	};

	return cmocka_run_group_tests_name("author", tests, header_fixture_setup,
	                                   header_fixture_teardown);
}
