#include "header_fixture.h"

static void check(void **state, const char *header, enum message_kind kind, const char *evidence)
{
	char *block = g_strconcat("From: Ann <ann@example.org>\n", header, "\n\n", NULL);
	const struct message *message = header_read_text(state, block);

	if (kind != message->kind)
		print_error("%s\n", header);
	assert_int_equal(kind, message->kind);
	assert_string_equal(evidence, message->kind_evidence);
	g_free(block);
}

static void mail_without_a_sign_is_personal(void **state)
{
	check(state, "Subject: a", KIND_PERSONAL, "");
	check(state, "Auto-Submitted: no\nPrecedence: normal\nReturn-Path: <ann@example.org>",
	      KIND_PERSONAL, "");
	check(state, "Auto-Submitted: auto-forwarded", KIND_PERSONAL, "");
	check(state, "Content-Type: multipart/mixed; boundary=x\nX-Mailer: Mutt", KIND_PERSONAL, "");
	/* Amazon puts it on the mail of the people it hosts, too. */
	check(state, "Feedback-ID: 1.us-east-1.a:AmazonSES", KIND_PERSONAL, "");
	check(state, "List-Posting: x\nX-Listing: y\nX: z", KIND_PERSONAL, "");
}

static void discussion_lists_are_lists(void **state)
{
	/* Mailman 2 */
	check(state, "X-BeenThere: l@example.org\nPrecedence: list\nList-Id: L <l.example.org>\n"
	      "List-Unsubscribe: <mailto:x>\nList-Post: <mailto:l@example.org>", KIND_LIST, "X-BeenThere");
	/* majordomo, as vger.kernel.org runs it */
	check(state, "Sender: owner-l@example.org\nPrecedence: bulk", KIND_LIST, "Sender");
	check(state, "Sender: linux-owner@example.org\nPrecedence: bulk\nX-Mailing-List: l@example.org",
	      KIND_LIST, "X-Mailing-List");
	/* ezmlm */
	check(state, "Precedence: bulk\nDelivered-To: mailing list l@example.org\n"
	      "List-Unsubscribe: <mailto:x>", KIND_LIST, "Delivered-To");
	check(state, "Mailing-List: contact l-help@example.org; run by ezmlm", KIND_LIST, "Mailing-List");
	check(state, "X-Google-Group-Id: 1\nList-Unsubscribe: <x>\nFeedback-ID: x", KIND_LIST,
	      "X-Google-Group-Id");
	check(state, "List-Id: <l.example.org>\nList-Archive: <x>\nList-Unsubscribe: <x>", KIND_LIST,
	      "List-Archive");
	check(state, "List-Id: <l.example.org>", KIND_LIST, "List-Id");
	check(state, "PRECEDENCE: LIST", KIND_LIST, "Precedence");
	check(state, "X-Loop: l@example.org", KIND_LIST, "X-Loop");
	check(state, "Return-Path: <l-bounces@example.org>", KIND_LIST, "Return-Path");
}

static void mass_mailings_are_bulk(void **state)
{
	check(state, "Precedence: bulk", KIND_BULK, "Precedence");
	check(state, "Precedence:  junk ", KIND_BULK, "Precedence");
	check(state, "List-Unsubscribe: <mailto:x>", KIND_BULK, "List-Unsubscribe");
	check(state, "List-Id: x <x.example.org>\nList-Unsubscribe: <mailto:x>", KIND_BULK,
	      "List-Unsubscribe");
	check(state, "List-Post: NO\nList-Unsubscribe: <mailto:x>", KIND_BULK, "List-Unsubscribe");
	/* Mailchimp, with all it writes */
	check(state, "X-MC-User: 1\nX-Campaign: mailchimp1\nFeedback-ID: 1:mc\nPrecedence: bulk\n"
	      "List-ID: 1mc list <1.list-id.example>\nList-Unsubscribe: <x>", KIND_BULK, "X-MC-User");
	check(state, "X-Campaign-Id: 1", KIND_BULK, "X-Campaign-Id");
	check(state, "X-SG-EID: x", KIND_BULK, "X-SG-EID");
	check(state, "X-CSA-Complaints: x@example.org", KIND_BULK, "X-CSA-Complaints");
	check(state, "Feedback-ID: 1:2:3:house", KIND_BULK, "Feedback-ID");
	check(state, "X-Mailer: PHPlist v3", KIND_BULK, "X-Mailer");
	/* A house that lets its customers' replies go to a list address. */
	check(state, "X-Mailgun-Sid: 1\nReturn-Path: <news-bounces@example.org>", KIND_BULK,
	      "X-Mailgun-Sid");
}

static void what_programs_write_is_automatic(void **state)
{
	check(state, "Auto-Submitted: auto-replied (vacation)", KIND_AUTOMATIC, "Auto-Submitted");
	check(state, "Auto-Submitted: auto-generated\nList-Id: <l.example.org>\nX-BeenThere: x",
	      KIND_AUTOMATIC, "Auto-Submitted");
	check(state, "Content-Type: multipart/report;\n\treport-type=delivery-status",
	      KIND_AUTOMATIC, "Content-Type");
	check(state, "X-Failed-Recipients: x@example.org", KIND_AUTOMATIC, "X-Failed-Recipients");
	check(state, "X-Autoreply: yes", KIND_AUTOMATIC, "X-Autoreply");
	check(state, "Precedence: auto_reply", KIND_AUTOMATIC, "Precedence");
	check(state, "Return-Path: <>", KIND_AUTOMATIC, "Return-Path");
	check(state, "X-Auto-Response-Suppress: OOF", KIND_AUTOMATIC, "X-Auto-Response-Suppress");
	check(state, "Content-Type: text/calendar; method=REQUEST", KIND_AUTOMATIC, "Content-Type");
}

static void the_sender_may_say_what_it_is(void **state)
{
	static const struct {
		const char *from;
		enum message_kind kind;
	} senders[] = {
		{ "MAILER-DAEMON@example.org", KIND_AUTOMATIC }, { "noreply@example.org", KIND_AUTOMATIC },
		{ "Google Alerts <googlealerts-noreply@example.org>", KIND_AUTOMATIC },
		{ "do-not-reply@example.org", KIND_AUTOMATIC }, { "ne-pas-repondre@example.org", KIND_AUTOMATIC },
		{ "postmaster@example.org", KIND_AUTOMATIC }, { "newsletter@example.org", KIND_BULK },
		{ "ann@noreply.example.org", KIND_PERSONAL }, { "ann.postmaster@example.org", KIND_PERSONAL },
		{ "No Reply <ann@example.org>", KIND_PERSONAL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(senders); i++) {
		char *header = g_strdup_printf("From: %s\n\n", senders[i].from);
		const struct message *message = header_read_text(state, header);

		if (senders[i].kind != message->kind)
			print_error("%s\n", header);
		assert_int_equal(senders[i].kind, message->kind);
		assert_string_equal(message->kind == KIND_PERSONAL ? "" : "From", message->kind_evidence);
		g_free(header);
	}
}

static void one_message_leaves_no_sign_for_the_next(void **state)
{
	check(state, "X-BeenThere: l@example.org", KIND_LIST, "X-BeenThere");
	check(state, "Subject: a", KIND_PERSONAL, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_without_a_sign_is_personal),
		cmocka_unit_test(discussion_lists_are_lists),
		cmocka_unit_test(mass_mailings_are_bulk),
		cmocka_unit_test(what_programs_write_is_automatic),
		cmocka_unit_test(the_sender_may_say_what_it_is),
		cmocka_unit_test(one_message_leaves_no_sign_for_the_next),
	};

	return cmocka_run_group_tests_name("kind", tests, header_fixture_setup,
	                                   header_fixture_teardown);
}
