#include "header_fixture.h"

#include <gmime/gmime.h>

#include <stdlib.h>

/* Read `To: value`; what is expected is "[name|address]..." and whether a fault. */
static void check_to(void **state, const char *value, const char *expected, unsigned faults)
{
	char *header = g_strdup_printf("To: %s\n\n", value);
	const struct message *message = header_read_text(state, header);
	const char *people = header_people(state, ROLE_TO);

	unsigned found = message->faults & (FAULT_BAD_ADDRESS | FAULT_CUT);

	if (strcmp(expected, people) || found != faults)
		print_error("To: %s\n", value);
	assert_string_equal(expected, people);
	assert_int_equal(faults, found);
	g_free(header);
}
#define GOOD(value, expected) check_to(state, value, expected, 0)
#define BAD(value, expected)  check_to(state, value, expected, FAULT_BAD_ADDRESS)

static void every_field_has_its_role_in_order(void **state)
{
	static const char header[] =
		"Delivered-To: m@example.org\nX-Original-To: n@example.org\n"
		"Envelope-To: o@example.org\n"
		"Resent-From: g@example.org\nResent-To: h@example.org\nResent-Cc: i@example.org\n"
		"Resent-Bcc: j@example.org\nFrom: a@example.org\nSender: b@example.org\n"
		"Reply-To: c@example.org\nTo: d@example.org\nTo: d2@example.org\n"
		"Cc: e@example.org\n"
		"Bcc: f@example.org\n\n";
	static const char *const expected[ROLE_COUNT] = {
		"[|a@example.org]", "[|b@example.org]", "[|c@example.org]",
		"[|d@example.org][|d2@example.org]", "[|e@example.org]", "[|f@example.org]",
		"[|g@example.org]", "[|h@example.org]", "[|i@example.org]", "[|j@example.org]",
		"[|m@example.org][|n@example.org][|o@example.org]", "", "", "", "",
	};

	const struct message *message = header_read_text(state, header);
	assert_int_equal(14, message->mention_count);
	assert_string_equal("m@example.org", message->mentions[0].address);
	assert_string_equal("f@example.org", message->mentions[13].address);
	for (int role = 0; role < ROLE_COUNT; role++)
		assert_string_equal(expected[role], header_people(state, role));
}

static void names_stand_before_or_in_a_comment_behind(void **state)
{
	GOOD("ann@example.org", "[|ann@example.org]");
	GOOD("<ann@example.org>", "[|ann@example.org]");
	GOOD("Ann Lee <ann@example.org>", "[Ann Lee|ann@example.org]");
	GOOD("\"Lee, Ann; of \\\"Lee\\\"\" <ann@example.org>",
	     "[Lee, Ann; of \"Lee\"|ann@example.org]");
	GOOD("ann@example.org (Ann (the 2nd) Lee)", "[Ann (the 2nd) Lee|ann@example.org]");
	GOOD("(c) Ann (d) <ann@example.org> (e)", "[Ann|ann@example.org]");
	GOOD("<ann@example.org> (Ann Lee)", "[Ann Lee|ann@example.org]");
	GOOD("Ann\n Lee\n\t<ann@example.org>", "[Ann Lee|ann@example.org]");
	GOOD("'Ann Lee' <ann@example.org>", "[Ann Lee|ann@example.org]");
	GOOD("\"'Ann Lee'\" <ann@example.org>", "[Ann Lee|ann@example.org]");
	GOOD("Ann O'Hara <ann@example.org>", "[Ann O'Hara|ann@example.org]");
	GOOD("\"\" <ann@example.org>", "[|ann@example.org]");
	GOOD("Ann Lee (ann@example.org)", "[Ann Lee|ann@example.org]");
	GOOD("Ann (A) Lee <ann@example.org>", "[Ann Lee|ann@example.org]");
}

static void names_are_decoded(void **state)
{
	GOOD("=?utf-8?q?J=C3=B6rg?= <j@example.org>", "[Jörg|j@example.org]");
	GOOD("\"=?utf-8?q?J=C3=B6rg?=\" <j@example.org>", "[Jörg|j@example.org]");
	GOOD("=?utf-8?b?SsM=?= =?utf-8?b?tnJn?= <j@example.org>", "[Jörg|j@example.org]");
	GOOD("=?nonsense?q?J=F6rg?= <j@example.org>", "[Jörg|j@example.org]");
	GOOD("j@example.org (=?utf-8?q?J=C3=B6rg?=)", "[Jörg|j@example.org]");
	GOOD("J\xc3\xb6rg <j@example.org>", "[Jörg|j@example.org]");
	/* Latin-1 in one entry leaves its UTF-8 neighbour alone. */
	GOOD("J\xf6rg <j@example.org>, Zo\xc3\xab <z@example.org>",
	     "[Jörg|j@example.org][Zoë|z@example.org]");
	GOOD("=?utf-8?q?a=0Ab=1B?= <j@example.org>", "[a b|j@example.org]");
	GOOD("=?utf-8?q?Lee=2C_Ann?= <j@example.org>", "[Lee, Ann|j@example.org]");
	GOOD("=?utf-8?q?Ann_=3Cann=40example=2Eorg=3E?=", "[Ann|ann@example.org]");
	GOOD("=?utf-8?q?J=C3=B6rg?=", "[Jörg|]");
}

/* RFC 2047 5(3) forbids them in a name, and they are met all the same. */
static void commas_and_colons_in_an_encoded_word_separate_nothing(void **state)
{
	GOOD("=?utf-8?Q?Lee,_Ann?= <ann@example.org>, b@example.org",
	     "[Lee, Ann|ann@example.org][|b@example.org]");
	GOOD("=?utf-8?Q?Trees:_the_group?= <t@example.org>", "[Trees: the group|t@example.org]");
	GOOD("=?utf-8?Q?a;b?= <a@example.org>, c@example.org",
	     "[a;b|a@example.org][|c@example.org]");
	GOOD("=?utf-8?Q?Ann_(at_work)?= <ann@example.org>", "[Ann (at work)|ann@example.org]");
	GOOD("=?utf-8?Q?a_=22b?= <a@example.org>", "[a \"b|a@example.org]");
	GOOD("=?utf-8?Q?ann@example.org?=", "[|ann@example.org]");
	GOOD("=?utf-8?Q?10:08:28?=\n =?utf-8?Q?_p.m.?=", "[10:08:28 p.m.|]");
	/* What is not one does separate. */
	GOOD("=?utf-8?Q?Ann <ann@example.org>, =?utf-8?Q?Bo?= <bo@example.org>",
	     "[=?utf-8?Q?Ann|ann@example.org][Bo|bo@example.org]");
	GOOD("=?, a@example.org", "[=?|][|a@example.org]");
	GOOD("=?utf-8?Q?Ann<ann@example.org>,b@example.org?=",
	     "[=?utf-8?Q?Ann|ann@example.org][|b@example.org?=]");
}

static void addresses_are_in_lower_case_and_unicode(void **state)
{
	GOOD("Ann.LEE@Example.ORG", "[|ann.lee@example.org]");
	GOOD("<ann@xn--exmple-cua.org>", "[|ann@exämple.org]");
	GOOD("ann@XN--EXMPLE-CUA.ORG", "[|ann@exämple.org]");
	GOOD("J\xc3\x96RG@EX\xc3\x84MPLE.org", "[|jörg@exämple.org]");
	GOOD("j\xc3\xb6rg@b\xc3\xbc\x63her.example", "[|jörg@bücher.example]");
	GOOD("ann@xn--a.org", "[|ann@xn--a.org]");              /* no valid Punycode */
	GOOD("ann@example.org.", "[|ann@example.org]");
	GOOD("ann@[192.0.2.1]", "[|ann@[192.0.2.1]]");
	GOOD("\"ann.lee\"@example.org", "[|ann.lee@example.org]");
	GOOD("ann @ example . org", "[|ann@example.org]");
	GOOD("ann(work)@example.org", "[work|ann@example.org]");
	GOOD("<@relay.example,@b.example:ann@example.org>", "[|ann@example.org]");
	GOOD("<mailto:ann@example.org>", "[|ann@example.org]");
	GOOD("Ann [mailto:ann@example.org]", "[Ann|ann@example.org]");
}

/* A record is one word of clean text per address; RFC 6068 writes a blank as %20. */
static void addresses_never_hold_blanks_or_control_characters(void **state)
{
	GOOD("\"ann lee\"@example.org", "[|\"ann%20lee\"@example.org]");
	GOOD("</O=EXAMPLE/CN=Ann Lee>", "[|/o=example/cn=ann%20lee]");
	BAD("<a\x01nn@example.org>", "[|ann@example.org]");
	BAD("<ann\xc2\xa0@example.org>", "[|ann@example.org]");
	BAD("<ann\xe2\x80\xa8@example.org>", "[|ann@example.org]");
}

static void addresses_that_rfc_5322_forbids_are_kept(void **state)
{
	GOOD("a..lee@example.org", "[|a..lee@example.org]");
	GOOD(".lee@example.org", "[|.lee@example.org]");
	GOOD("<lee.@example.org>", "[|lee.@example.org]");
	GOOD("o'neal@example.org", "[|o'neal@example.org]");
	BAD("ann@home@example.org", "[|ann@home@example.org]");
	BAD("ann@example....", "[|ann@example....]");
	BAD("ann@", "[|ann@]");
	BAD("<@example.org>", "[|@example.org]");
}

/* Outlook's 'a@b.c' loses both apostrophes; a lone one in front might be part of
 * the address, and the rest of it somebody else's address. */
static void paired_apostrophes_go_and_lone_ones_stay(void **state)
{
	GOOD("'ann@example.org'", "[|ann@example.org]");
	GOOD("\"'ann@example.org'\" <ann@example.org>", "[ann@example.org|ann@example.org]");
	GOOD("<'ann@example.org'>", "[|ann@example.org]");
	GOOD("'ann@example.org", "[|'ann@example.org]");
	GOOD("ann@example.org'", "[|ann@example.org]");
}

static void pipermail_addresses_are_read(void **state)
{
	GOOD("ann at mail.example.org (Ann Lee)", "[Ann Lee|ann@mail.example.org]");
	GOOD("Ann Lee <ann at example.org>", "[Ann Lee|ann@example.org]");
	GOOD("ann at example.org", "[|ann@example.org]");
	GOOD("ann at example.org (ann@example.org)", "[ann@example.org|ann@example.org]");
	GOOD("Ann at Home", "[Ann at Home|]");                  /* no domain */
	GOOD("Ann Lee at example.org", "[Ann Lee at example.org|]");    /* two words */
}

/* [MS-OXCMAIL] 2.1.3.2 and Exchange's own documentation of its address kinds. */
static void exchange_addresses_are_unpacked(void **state)
{
	GOOD("Ann <IMCEAEX-_O=ORG_OU=FIRST+20GROUP_CN=RECIPIENTS_CN=ALEE@example.org>",
	     "[Ann|/o=org/ou=first%20group/cn=recipients/cn=alee]");
	GOOD("</O=ORG/OU=FIRST GROUP/CN=RECIPIENTS/CN=ALEE>",
	     "[|/o=org/ou=first%20group/cn=recipients/cn=alee]");
	GOOD("EX:/O=ORG/CN=ALEE", "[|/o=org/cn=alee]");
	GOOD("X500:/o=Org/cn=alee", "[|/o=org/cn=alee]");
	GOOD("IMCEASMTP-ann+40example+2Eorg@exchange.example", "[|ann@example.org]");
	GOOD("IMCEAMAILTO-a+5Fn+40example+2Eorg@exchange.example", "[|a_n@example.org]");
	/* A fax number, a name that met nobody, and what has not the form: kept whole. */
	GOOD("IMCEAFAX-+2B1555@example.org", "[|imceafax-+2b1555@example.org]");
	GOOD("IMCEAINVALID-Ann+20Lee@example.org", "[|imceainvalid-ann+20lee@example.org]");
	GOOD("IMCEAEX-Ann@example.org", "[|imceaex-ann@example.org]");
	GOOD("IMCEASMTP-+FF+40example+2Eorg@a.example", "[|imceasmtp-+ff+40example+2eorg@a.example]");
	GOOD("IMCEASMTP-ann+0A+40b@a.example", "[|imceasmtp-ann+0a+40b@a.example]");
	GOOD("imcea@example.org", "[|imcea@example.org]");
}

/* Canonical names, as Enron's mail has them: a name is an address, a domain has no dot. */
static void notes_addresses_are_names_with_slashes(void **state)
{
	GOOD("Ann Lee/Sales/Org@Org", "[|ann%20lee/sales/org@org]");
	GOOD("Ann Lee <Ann Lee/Sales/Org@Org>", "[Ann Lee|ann%20lee/sales/org@org]");
	GOOD("IMCEANOTES-Ann+20Lee_Org+40Org@example.org", "[|ann%20lee/org@org]");
	GOOD("a/b@c d@example.org", "[|a/b@c][|d@example.org]");
	GOOD("Ann/Bo ann@example.org", "[Ann/Bo|ann@example.org]");
}

/* SRS as libsrs2 writes it; BATV by draft-levine-smtp-batv and by Barracuda. */
static void return_paths_of_forwarders_are_unpacked(void **state)
{
	GOOD("SRS0=HASH=TT=example.org=ann@relay.example", "[|ann@example.org]");
	GOOD("SRS0+HASH=TT=example.org=a=b@relay.example", "[|a=b@example.org]");
	GOOD("SRS1=HASH=relay.example==HASH=TT=example.org=ann@b.example", "[|ann@example.org]");
	GOOD("prvs=0123abcdef=ann@example.org", "[|ann@example.org]");
	GOOD("btv1==0123==ann@example.org", "[|ann@example.org]");
	GOOD("SRS0=HASH=ann@relay.example", "[|srs0=hash=ann@relay.example]");
	GOOD("SRS1=HASH@relay.example", "[|srs1=hash@relay.example]");
	GOOD("SRS0@relay.example", "[|srs0@relay.example]");
	GOOD("prvs=tag=ann@example.org", "[|prvs=tag=ann@example.org]");
	/* VERP is an address of the list: it says where mail for Ann came back to. */
	GOOD("trees-bounces+ann=example.org@lists.example",
	     "[|trees-bounces+ann=example.org@lists.example]");
	/* A tag may be somebody's way to sort mail: it stays, persons are merged elsewhere. */
	GOOD("ann+trees@example.org", "[|ann+trees@example.org]");
}

static void groups_give_their_members(void **state)
{
	GOOD("undisclosed-recipients:;", "");
	GOOD("undisclosed-recipients:; (no To-header on input)", "");
	GOOD("Undisclosed recipients:", "");
	GOOD("g: a@example.org, Bob <b@example.org>; c@example.org",
	     "[|a@example.org][Bob|b@example.org][|c@example.org]");
	GOOD("g:a@example.org;, h:;, d@example.org", "[|a@example.org][|d@example.org]");
	GOOD("\"a:b\" <a@example.org>", "[a:b|a@example.org]");
	BAD("<Undisclosed-Recipient:;>", "");
	BAD("<Undisclosed-Recipient:;@example.org>", "");
}

static void semicolons_separate_as_in_outlook(void **state)
{
	GOOD("a@example.org; b@example.org;", "[|a@example.org][|b@example.org]");
	GOOD("a@example.org; b@example.org, c@example.org",
	     "[|a@example.org][|b@example.org][|c@example.org]");
	GOOD("Lee, Ann <a@example.org>; Doe, Bob", "[Lee, Ann|a@example.org][Doe, Bob|]");
}

static void an_unquoted_comma_in_a_name_does_not_make_two_people(void **state)
{
	GOOD("Lee, Ann <a@example.org>, Doe, Bob <b@example.org>",
	     "[Lee, Ann|a@example.org][Doe, Bob|b@example.org]");
	GOOD("root, Ann <a@example.org>", "[|root][Ann|a@example.org]");
	GOOD("Lee, ann@example.org", "[|lee][|ann@example.org]");
}

static void names_without_addresses_and_addresses_without_domains_are_kept(void **state)
{
	GOOD("Ann Lee", "[Ann Lee|]");
	GOOD("\"Ann\"", "[Ann|]");
	GOOD("Ann Lee <>", "[Ann Lee|]");
	BAD("Ann Lee <not shown>", "[Ann Lee|]");
	GOOD("root", "[|root]");
	GOOD("<root>, daemon", "[|root][|daemon]");
	GOOD("/O=ORG/CN=ANN", "[|/o=org/cn=ann]");
	GOOD("<>", "");
	GOOD("", "");
	GOOD(",, ,a@example.org,,", "[|a@example.org]");
}

static void damaged_entries_cost_only_themselves(void **state)
{
	BAD("Ann Lee <ann@example.org", "[Ann Lee|ann@example.org]");
	BAD("Ann Lee <ann@example.org, Bob <bob@example.org>",
	    "[Ann Lee|ann@example.org][Bob|bob@example.org]");
	GOOD("Ann Lee ann@example.org>", "[Ann Lee|ann@example.org]");
	BAD("\"Ann Lee <ann@example.org>, bob@example.org",
	    "[Ann Lee|ann@example.org][|bob@example.org]");
	BAD("Ann\" Lee <ann@example.org>", "[Ann Lee|ann@example.org]");
	GOOD("Ann> Lee <ann@example.org>", "[Ann Lee|ann@example.org]");
	GOOD("<<ann@example.org>>", "[|ann@example.org]");
	GOOD("Ann (Lee <ann@example.org>, bob@example.org",
	     "[Ann (Lee|ann@example.org][|bob@example.org]");
	GOOD("Ann <ann@example.org> Bob <bob@example.org>",
	     "[Ann|ann@example.org][Bob|bob@example.org]");
	GOOD("a@example.org b@example.org", "[|a@example.org][|b@example.org]");
	GOOD("a@example.org a@example.org", "[|a@example.org]");
	GOOD("Ann Lee ann@example.org", "[Ann Lee|ann@example.org]");
	GOOD("ann@example.org Ann Lee", "[Ann Lee|ann@example.org]");
}

/* ---- GMime as the oracle ---- */

static void append_gmime(GString *out, InternetAddressList *list)
{
	for (int i = 0; i < internet_address_list_length(list); i++) {
		InternetAddress *one = internet_address_list_get_address(list, i);

		if (INTERNET_ADDRESS_IS_GROUP(one)) {
			append_gmime(out, internet_address_group_get_members(
				INTERNET_ADDRESS_GROUP(one)));
			continue;
		}

		const char *name = internet_address_get_name(one);
		char *address = address_normalise(internet_address_mailbox_get_addr(
			INTERNET_ADDRESS_MAILBOX(one)));
		g_string_append_printf(out, "[%s|%s]", name ? name : "", address);
		g_free(address);
	}
}

static void check_like_gmime(void **state, const char *value)
{
	GMimeParserOptions *options = g_mime_parser_options_new();
	InternetAddressList *list = internet_address_list_parse(options, value);
	GString *expected = g_string_new(NULL);

	if (!list)
		print_error("GMime cannot read: %s\n", value);
	assert_non_null(list);
	append_gmime(expected, list);
	check_to(state, value, expected->str, 0);
	g_string_free(expected, TRUE);
	g_object_unref(list);
	g_mime_parser_options_free(options);
}

/* Whatever road an entry takes, short or long, it gives what GMime gives. */
static void standard_forms_are_read_as_gmime_reads_them(void **state)
{
	static const char *const addresses[] = {
		"ann@example.org", "Ann.Lee@Example.ORG", "a+b@example.org", "o'neal@example.org",
		"a_b-c@x-y.example.org", "a=b@example.org", "a!b%c@example.org", "1@2.example",
		"#$&*/?^`{|}~@example.org", "ann@[192.0.2.1]", "ann@xn--exmple-cua.org",
		"j\xc3\xb6rg@example.org",
	};
	static const char *const layouts[] = {
		"%s", "<%s>", " %s ", "Ann <%s>", "Ann Lee <%s>", "Ann<%s>", "\"Ann Lee\" <%s>",
		"\"Lee, Ann\" <%s>", "\"Ann \\\"X\\\" Lee\" <%s>", "\"Ann\" Lee <%s>",
		"%s (Ann Lee)",
		"%s (Ann (X) Lee)", "Ann (comment) <%s>", "Ann Q. Lee <%s>", "A.B. Lee <%s>",
		"Ann O'Hara <%s>", "Ann/Lee <%s>", "Ann_Lee-2 <%s>", "Ann & Bob <%s>", "\"\" <%s>",
		"=?utf-8?q?J=C3=B6rg?= <%s>", "=?iso-8859-1?q?J=F6rg_A=2E?= Lee <%s>",
		"\"=?utf-8?b?SsO2cmc=?=\" <%s>", "%s (=?utf-8?q?J=C3=B6rg?=)",
		"=?utf-8?q?a?= =?utf-8?q?b?= <%s>", "J\xc3\xb6rg <%s>", "Ann @ Home <%s>",
		"g: %s;", "g: Ann <%s>, b@example.org; c@example.org", "%s, Bob <b@example.org>",
		"\"a:b;c,d<e>\" <%s>", "<@relay.example:%s>", "Ann <%s>,", "a1 b2 3 <%s>",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(addresses); i++) {
		for (size_t j = 0; j < G_N_ELEMENTS(layouts); j++) {
			char **halves = g_strsplit(layouts[j], "%s", 2);
			char *value = g_strconcat(halves[0], addresses[i], halves[1], NULL);

			check_like_gmime(state, value);
			g_free(value);
			g_strfreev(halves);
		}
	}
}

/* ---- the cache, hostile lists, single addresses ---- */

static void what_is_remembered_is_what_was_read(void **state)
{
	GString *header = g_string_new(NULL);

	/* More different entries than are remembered, then all of them again. */
	for (int first = 0; first < 60000; first += 1000) {
		g_string_assign(header, "To: ");
		for (int i = first; i < first + 1000; i++)
			g_string_append_printf(header, "N%d <U%d@example.org>,\n ", i % 30000,
			                       i % 30000);
		g_string_append(header, "\n\n");

		const struct message *message = header_read_text(state, header->str);
		assert_int_equal(1000, message->mention_count);
		for (int i = first; i < first + 1000; i++) {
			const struct mention *mention = &message->mentions[i - first];
			char address[64];

			g_snprintf(address, sizeof address, "u%d@example.org", i % 30000);
			assert_string_equal(address, mention->address);
			assert_int_equal(i % 30000, atoi(mention->name + 1));
		}
	}
	g_string_free(header, TRUE);
}

static const struct message *read_repeated(void **state, const char *start, const char *piece,
                                           size_t size, const char *end)
{
	GString *header = g_string_new(start);

	while (header->len < size)
		g_string_append(header, piece);
	g_string_append(header, end);
	header_read(state, NULL, header->str, header->len);
	g_string_free(header, TRUE);
	return &((struct header_fixture *)*state)->message;
}

/* Four megabytes each: a reader that were quadratic would not end. */
static void hostile_lists_end_and_are_accounted_for(void **state)
{
	static const char *const pieces[] = {
		"g:", ",", ";", ":", "(", ")", "\"", "\\", "<", ">", "[", "@", "<@", "<@a,",
		"<a@b>",
		"=?utf-8?q?", "=?utf-8?q?a?=", "a ", "a,", "a@b ", "a;b,", "A,B <", "<a@b><c>",
		"SRS0=a=b=c.d=", "IMCEASMTP-+40", "prvs=0123abcdef=", "((", "\"\\\"", "\n ", "' ", "x at y.z ", "mailto:", "(a)", "Lee, Ann <",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
		const struct message *message = read_repeated(state, "To: ", pieces[i], 4000000,
		                                              "\nSubject: end\n\n");
		assert_string_equal("end", message->subject);
		assert_true(message->mention_count <= 65536);
	}
}

static void more_mentions_than_are_kept_are_a_cut(void **state)
{
	const struct message *message = read_repeated(state, "To: ", "a@example.org, ", 2000000,
	                                              "\n\n");

	assert_int_equal(65536, message->mention_count);
	assert_true(message->faults & FAULT_CUT);
}

static void a_giant_entry_keeps_its_address(void **state)
{
	const struct message *message = read_repeated(state, "To: b@example.org, ", "name ", 100000,
	                                              "<ann@example.org>, c@example.org\n\n");

	assert_string_equal("[|b@example.org][|ann@example.org][|c@example.org]",
	                    header_people(state, ROLE_TO));
	assert_int_equal(FAULT_CUT | FAULT_BAD_ADDRESS,
	                 message->faults & (FAULT_CUT | FAULT_BAD_ADDRESS));
}

static void single_addresses_are_normalised_alike(void **state)
{
	static const char *const pairs[][2] = {
		{ "Ann@Example.ORG", "ann@example.org" },
		{ " <ann@example.org> ", "ann@example.org" },
		{ "ann@xn--exmple-cua.org", "ann@exämple.org" },
		{ "'ann@example.org'", "ann@example.org" },
		{ "ann at example.org", "ann@example.org" }, { "Root", "root" },
		{ "Ann Lee", "ann lee" }, { "", "" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		char *found = address_normalise(pairs[i][0]);

		assert_string_equal(pairs[i][1], found);
		g_free(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_has_its_role_in_order),
		cmocka_unit_test(names_stand_before_or_in_a_comment_behind),
		cmocka_unit_test(names_are_decoded),
		cmocka_unit_test(commas_and_colons_in_an_encoded_word_separate_nothing),
		cmocka_unit_test(addresses_are_in_lower_case_and_unicode),
		cmocka_unit_test(addresses_never_hold_blanks_or_control_characters),
		cmocka_unit_test(addresses_that_rfc_5322_forbids_are_kept),
		cmocka_unit_test(paired_apostrophes_go_and_lone_ones_stay),
		cmocka_unit_test(pipermail_addresses_are_read),
		cmocka_unit_test(exchange_addresses_are_unpacked),
		cmocka_unit_test(notes_addresses_are_names_with_slashes),
		cmocka_unit_test(return_paths_of_forwarders_are_unpacked),
		cmocka_unit_test(groups_give_their_members),
		cmocka_unit_test(semicolons_separate_as_in_outlook),
		cmocka_unit_test(an_unquoted_comma_in_a_name_does_not_make_two_people),
		cmocka_unit_test(names_without_addresses_and_addresses_without_domains_are_kept),
		cmocka_unit_test(damaged_entries_cost_only_themselves),
		cmocka_unit_test(standard_forms_are_read_as_gmime_reads_them),
		cmocka_unit_test(what_is_remembered_is_what_was_read),
		cmocka_unit_test(hostile_lists_end_and_are_accounted_for),
		cmocka_unit_test(more_mentions_than_are_kept_are_a_cut),
		cmocka_unit_test(a_giant_entry_keeps_its_address),
		cmocka_unit_test(single_addresses_are_normalised_alike),
	};

	return cmocka_run_group_tests_name("addresses", tests, header_fixture_setup,
	                                   header_fixture_teardown);
}
