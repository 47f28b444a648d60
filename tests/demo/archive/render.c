/* render.c - what a letter says, header and body */
#include "archive.h"

#include <string.h>

/* text as RFC 2047 encoded-words of at most 75 characters, folded in between. Those
 * in base64 are mostly padded, as mail programs leave them. */
static void encoded_append(GString *out, const char *bytes, size_t size, bool latin1, bool q)
{
	const char *p = bytes, *end = bytes + size;

	while (p < end) {
		GString *word = g_string_new(NULL);
		const char *start = p;
		while (p < end && (q ? word->len < 48 : p - start < 34)) {
			int step = latin1 ? 1 : g_utf8_skip[(unsigned char)*p];
			for (int i = 0; i < step; i++, p++) {
				if (*p == ' ')
					g_string_append_c(word, '_');
				else if (g_ascii_isalnum(*p))
					g_string_append_c(word, *p);
				else
					g_string_append_printf(word, "=%02X", (unsigned char)*p);
			}
		}
		char *base64 = g_base64_encode((const guchar *)start, (gsize)(p - start));
		g_string_append_printf(out, "%s=?%s?%c?%s?=", start == bytes ? "" : "\n ",
		                       latin1 ? "iso-8859-1" : "UTF-8", q ? 'Q' : 'B',
		                       q ? word->str : base64);
		g_free(base64);
		g_string_free(word, TRUE);
	}
}

/* A name or a subject as this mail program writes it. phrase: quote specials. */
static void text_append(GString *out, const char *text, enum encoding encoding, bool phrase)
{
	bool ascii = g_str_is_ascii(text);
	bool raw = ascii || encoding == RAW_UTF8 || encoding == RAW_LATIN1;
	bool latin1 = !ascii && (encoding == Q_LATIN1 || encoding == RAW_LATIN1);
	gsize size = strlen(text);
	char *converted =
	        latin1 ? g_convert(text, -1, "ISO-8859-1", "UTF-8", NULL, &size, NULL) : NULL;
	const char *bytes = converted ? converted : text;

	if (latin1 && !converted) {     /* not in that alphabet */
		size = strlen(text);
		raw = false;
	}
	if (!raw) {
		encoded_append(out, bytes, size, converted != NULL,
		               encoding == Q_UTF8 || encoding == Q_LATIN1);
	} else if (phrase && strpbrk(text, "()<>[]:;@\\,.\"'=?")) {
		g_string_append_c(out, '"');
		for (const char *p = bytes; *p; p++)
			g_string_append_printf(out, strchr("\"\\", *p) ? "\\%c" : "%c", *p);
		g_string_append_c(out, '"');
	} else {
		g_string_append(out, bytes);
	}
	g_free(converted);
}

static void mention_append(struct archive *a, GString *out, int address, enum encoding encoding,
                           struct rng *rng)
{
	struct address *who = ADDRESS(a, address);
	char *wire = rng_chance(rng, 4) ? g_ascii_strup(who->wire, -1) : g_strdup(who->wire);

	who->mentioned = true;
	if (!who->name[0] || rng_chance(rng, 10)) {
		g_string_append(out, wire);
	} else if (g_str_is_ascii(who->name) && !strpbrk(who->name, "()\"\\,=") &&
	           rng_chance(rng, 20)) {
		g_string_append_printf(out, "%s (%s)", wire, who->name);
	} else {
		text_append(out, who->name, encoding, true);
		g_string_append_printf(out, " <%s>", wire);
	}
	g_free(wire);
}

static void recipients_append(struct archive *a, GString *out, const struct letter *letter,
                              enum role role, enum encoding encoding, struct rng *rng)
{
	static const char *const fields[] = { "To", "Cc", "Bcc" };
	int written = 0;

	for (int i = 0; i < letter->target_count; i++) {
		const struct target *target = TARGET(a, letter, i);
		bool again = letter->repeats && role == CC && i == 0;
		if (target->role != role && !again)
			continue;
		if (written++)
			g_string_append(out, ",\n ");
		else
			g_string_append_printf(out, "%s: %s", fields[role],
			                       letter->grouped && role == TO ? "Le bureau: " : "");
		mention_append(a, out, target->address, encoding, rng);
	}
	if (written)
		g_string_append(out, letter->grouped && role == TO ? ";\n" : "\n");
	else if (role == TO && letter->undisclosed)
		g_string_append(out, "To: undisclosed-recipients:;\n");
}

/* instant.number@domain of the sender */
void id_append(const struct archive *a, GString *out, const struct letter *letter)
{
	if (letter->id_of < 0)
		return;
	const struct letter *named = LETTER(a, letter->id_of);
	g_string_append_printf(out, "%08" G_GINT64_MODIFIER "x.%06d%s", named->sent, letter->id_of,
	                       strchr(ADDRESS(a, named->sender)->wire, '@'));
}

void converted_id_append(GString *out, int index)
{
	g_string_append_printf(out, "%06d.converted@import.example", index);
}

static void subject_append(const struct archive *a, GString *out, struct letter *letter,
                           enum encoding encoding, struct rng *rng)
{
	static const char *const replies[] = { "Re: ", "RE: ", "Re : ", "TR: ", "Fwd: " };
	const char *robot = alert_subjects[letter->subject % (int)ROWS(alert_subjects)];
	const char *news = newsletter_subjects[letter->subject % (int)ROWS(newsletter_subjects)];
	GString *text = g_string_new(NULL);

	if (letter->action != 'N')
		g_string_append(text, letter->action == 'R' ? replies[rng_below(rng, 3)]
		                                            : replies[3 + rng_below(rng, 2)]);
	if (letter->list >= 0)
		g_string_append_printf(text, "[%s] ", group_specs[letter->list].name);
	if (letter->kind == BULK)
		g_string_append_printf(text, "%s %d", news, letter->subject);
	else if (letter->kind == AUTOMATIC)
		g_string_append_printf(text, "%s %d", ADDRESS(a, letter->sender)->person < 0
		                       ? robot : "Absence du bureau", letter->subject);
	else
		g_string_append(text, subjects[letter->subject]);
	g_string_append(out, "Subject: ");
	text_append(out, text->str, encoding, false);
	g_string_append_c(out, '\n');
	letter->subject_text = g_string_free(text, FALSE);
}

static void date_field_append(GString *out, const struct letter *letter, struct rng *rng)
{
	static const char *const fine[] = { DATE_RFC5322, "%e %b %Y %T %z", "%a, %e %b %y %T %z" };
	static const char *const odd[] = {
		[DATE_ISO] = "%Y-%m-%d %T %z", [DATE_DOTTED] = "%a, %d %b %Y %t %z",
		[DATE_ASCTIME] = "%a %b %E %T %Y %z", [DATE_1970] = DATE_RFC5322,
		[DATE_1980] = DATE_RFC5322, [DATE_FUTURE] = DATE_RFC5322 };
	static const int shares[] = { 92, 6, 2 };
	int zone = 0, offset = claimed_offset_s(letter);

	if (letter->defect == DATE_ABSENT)
		return;
	g_string_append(out, "Date: ");
	if (letter->defect == DATE_UNREADABLE) {
		g_string_append(out, unreadable_dates[rng_below(rng, ROWS(unreadable_dates))]);
	} else if (letter->defect) {
		date_append(out, odd[letter->defect], claimed_instant(letter), offset);
	} else {
		date_append(out, fine[rng_weighted(rng, shares, ROWS(shares))], letter->sent,
		            offset);
		while (zone < zone_count() && zone_offset_s(zone, letter->sent) != offset)
			zone++;
		if (zone < zone_count() && rng_chance(rng, 15))
			g_string_append_printf(out, " (%s)", zone_name(zone, letter->sent));
	}
	g_string_append_c(out, '\n');
}

static void thread_fields_append(const struct archive *a, GString *out, const struct letter *letter)
{
	int chain[10], depth = 0;

	if (letter->parent < 0)
		return;
	for (int i = letter->parent; i >= 0 && depth < (int)ROWS(chain); i = LETTER(a, i)->parent)
		if (LETTER(a, i)->id_of >= 0)
			chain[depth++] = i;
	if (letter->action == 'R' && LETTER(a, letter->parent)->id_of >= 0) {
		g_string_append(out, "In-Reply-To: <");
		id_append(a, out, LETTER(a, letter->parent));
		g_string_append(out, ">\n");
	}
	for (int i = depth - 1; i >= 0; i--) {
		g_string_append(out, i == depth - 1 ? "References: <" : "\n <");
		id_append(a, out, LETTER(a, chain[i]));
		g_string_append_c(out, '>');
	}
	g_string_append(out, depth ? "\n" : "");
}

/* Deterministic bytes, in base64. */
static void base64_append(GString *out, struct rng *rng, int64_t size)
{
	guchar block[3 * 19 * 64];
	int state = 0, save = 0;

	while (size > 0) {
		gsize step = (gsize)MIN(size, (int64_t)sizeof block);
		for (gsize i = 0; i < sizeof block; i += 8) {
			uint64_t bytes = GUINT64_TO_LE(rng_next(rng));
			memcpy(block + i, &bytes, 8);
		}
		gsize room = (step / 3 + 1) * 4 + step / 50 + 8, length = out->len;
		g_string_set_size(out, length + room);
		gsize wrote =
		        g_base64_encode_step(block, step, TRUE, out->str + length, &state, &save);
		g_string_set_size(out, length + wrote);
		size -= (int64_t)step;
	}
	char rest[8];
	g_string_append_len(out, rest, (gssize)g_base64_encode_close(TRUE, rest, &state, &save));
}

static void kind_fields_append(struct archive *a, GString *out, const struct letter *letter,
                               struct rng *rng)
{
	if (letter->kind == LIST) {
		const struct group_spec *group = &group_specs[letter->list];
		int bounces = a->bounce_address[letter->list];
		ADDRESS(a, bounces)->mentioned = true;
		g_string_append_printf(out, "Sender: %s\nList-Id: %s <%s>\nList-Post: <mailto:%s>\n"
		                       "Precedence: list\n", ADDRESS(a, bounces)->wire, group->name,
		                       group->list_id, group->list);
	}
	if (letter->kind == BULK)
		g_string_append_printf(out,
		                       "Precedence: bulk\nList-Unsubscribe: <https://%s/u/%d>\n",
		                       strchr(ADDRESS(a, letter->sender)->wire, '@') + 1,
		                       letter->subject);
	if (letter->kind == AUTOMATIC)
		g_string_append(out, ADDRESS(a, letter->sender)->person < 0
		                             ? "Auto-Submitted: auto-generated\n"
		                             : "Auto-Submitted: auto-replied\n");
	if (letter->kind < BULK)
		return;
	g_string_append_printf(
	        out,
	        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=demo;\n"
	        " h=from:to:subject:date:message-id; b=\n ",
	        strchr(ADDRESS(a, letter->sender)->wire, '@') + 1);
	GString *signature = g_string_new(NULL);
	base64_append(signature, rng, 256);
	g_string_truncate(signature, signature->len - 1);
	char **lines = g_strsplit(signature->str, "\n", -1), *folded = g_strjoinv("\n ", lines);
	g_string_append_printf(out, "%s\n", folded);
	g_free(folded);
	g_strfreev(lines);
	g_string_free(signature, TRUE);
}

static void body_append(GString *out, const struct letter *letter, struct rng *rng)
{
	int count = 4 + rng_below(rng, 14);

	for (int i = 0; i < count; i++)
		g_string_append_printf(out, "%s%s%s",
		                       letter->action != 'N' && i > count / 2 ? "> " : "",
		                       sentences[rng_below(rng, ROWS(sentences))],
		                       i % 4 == 1 && i + 1 < count ? "\n\n" : "\n");
	if (letter->separator == SEPARATOR_IN_TEXT)
		g_string_append(out, "\n" NEAR_SEPARATOR "\n\nthese are my notes.\n");
	if (letter->separator == SEPARATOR_IN_TEXT || rng_chance(rng, 3))
		g_string_append_printf(out, "\n%s\n",
		                       from_sentences[rng_below(rng, ROWS(from_sentences))]);
}

static void content_append(const struct archive *a, GString *out, const struct letter *letter,
                           int index, struct rng *rng)
{
	static const char text[] =
	        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
	int quantile = size_quantiles[rng_below(rng, ROWS(size_quantiles))];
	int64_t size = a->attachment_mean * quantile / 100;

	g_string_append(out, "MIME-Version: 1.0\n");
	if (letter->kind == AUTOMATIC || size == 0 || !rng_chance(rng, 40)) {
		g_string_append(out, text);
		body_append(out, letter, rng);
		return;
	}
	g_string_append_printf(
	        out, "Content-Type: multipart/mixed; boundary=\"=_demo_%06d\"\n\n--=_demo_%06d\n",
	        index, index);
	g_string_append(out, text);
	body_append(out, letter, rng);
	const char *name = attachment_names[rng_below(rng, ROWS(attachment_names))];
	g_string_append_printf(
	        out,
	        "\n--=_demo_%06d\nContent-Type: application/octet-stream; name=\"%s\"\n"
	        "Content-Disposition: attachment; filename=\"%s\"\n"
	        "Content-Transfer-Encoding: base64\n\n",
	        index, name, name);
	base64_append(out, rng, size);
	g_string_append_printf(out, "\n--=_demo_%06d--\n", index);
}

void letter_render(struct archive *a, int index, struct rendering *r)
{
	struct letter *letter = LETTER(a, index);
	struct rng rng = rng_for(a, FOR_TEXT, index);
	int person = ADDRESS(a, letter->sender)->person;
	enum encoding encoding = person < 0 ? Q_UTF8 : PERSON(a, person)->encoding;

	g_string_truncate(r->common, 0);
	g_string_truncate(r->bcc, 0);
	g_string_truncate(r->content, 0);
	if (!letter->no_from) {
		g_string_append(r->common, letter->sender_only ? "Sender: " : "From: ");
		mention_append(a, r->common, letter->sender, encoding, &rng);
		g_string_append_c(r->common, '\n');
	}
	recipients_append(a, r->common, letter, TO, encoding, &rng);
	recipients_append(a, r->common, letter, CC, encoding, &rng);
	subject_append(a, r->common, letter, encoding, &rng);
	date_field_append(r->common, letter, &rng);
	if (letter->id_of >= 0) {
		g_string_append(r->common, "Message-ID: <");
		id_append(a, r->common, letter);
		g_string_append(r->common, ">\n");
	}
	thread_fields_append(a, r->common, letter);
	kind_fields_append(a, r->common, letter, &rng);
	if (letter->places & ANY_SENT)
		recipients_append(a, r->bcc, letter, BCC, encoding, &rng);
	content_append(a, r->content, letter, index, &rng);
}

int64_t received_instant(const struct archive *a, int index, int place, bool last)
{
	struct rng rng = rng_for(a, FOR_HOPS, index * PLACES + place);
	int64_t first_hop = LETTER(a, index)->sent + 1 + rng_below(&rng, 20);

	return last ? first_hop + rng_below(&rng, 90) : first_hop;
}

static void received_append(const struct archive *a, GString *out, int index, int place, bool last)
{
	struct rng rng = rng_for(a, FOR_HOSTS, 2 * index + last);
	int64_t instant = received_instant(a, index, place, last);
	int owner = a->places[place].owner;
	const char *from = strchr(ADDRESS(a, LETTER(a, index)->sender)->wire, '@') + 1;
	const char *by =
	        owner < 0 ? "journal.campagne.example" : strchr(ADDRESS(a, owner)->wire, '@') + 1;

	g_string_append_printf(
	        out, "Received: from %s%s ([192.0.2.%d])\n\tby %s%s with ESMTPS id %08x%08x;\n\t",
	        last ? "relay." : "mail.", from, 1 + rng_below(&rng, 250), last ? "mx." : "relay.",
	        last ? by : from, (unsigned)rng_next(&rng), (unsigned)place);
	date_append(out, DATE_RFC5322, instant, zone_offset_s(0, instant));
	g_string_append_c(out, '\n');
}

/* What servers add and nobody reads: a header block of common size. */
static const char server_fields[] =
        "Received-SPF: pass (mx.campagne.example: domain designates 192.0.2.7 as permitted "
        "sender)\n"
        "\treceiver=mx.campagne.example; client-ip=192.0.2.7; helo=relay.campagne.example;\n"
        "Authentication-Results: mx.campagne.example;\n"
        "\tspf=pass smtp.helo=relay.campagne.example smtp.remote-ip=192.0.2.7;\n"
        "\tdkim=none (message not signed) header.d=none; dmarc=none action=none\n"
        "X-Virus-Scanned: Debian amavisd-new at mx.campagne.example\n"
        "X-Spam-Flag: NO\nX-Spam-Score: -1.9\nX-Spam-Level:\n"
        "X-Spam-Status: No, score=-1.9 required=5.0 tests=[BAYES_00=-1.9, HTML_MESSAGE=0.001,\n"
        "\tRCVD_IN_DNSWL_NONE=-0.0001, SPF_HELO_NONE=0.001, SPF_PASS=-0.001,\n"
        "\tT_REMOTE_IMAGE=0.01, URIBL_BLOCKED=0.001] autolearn=ham autolearn_force=no\n"
        "X-Greylist: Sender passed SPF test, not delayed by milter-greylist-4.5.16\n"
        "X-Originating-IP: [192.0.2.81]\nX-ClientProxiedBy: relay1.campagne.example (192.0.2.11)\n"
        "X-TM-AS-Product-Ver: SMEX-11.0.0.4255-8.100.1062-22924.006\n"
        "X-TM-AS-Result: No--9.217900-8.000000-10\nX-MS-Has-Attach:\nX-MS-TNEF-Correlator:\n"
        "X-Mailer: Courrier 4.2\nContent-Language: fr-FR\nImportance: Normal\nX-Priority: 3\n";

/* The common fields, under a Message-ID that the converter made. */
static void converted_append(const struct rendering *r, GString *out, int index)
{
	const char *field = strstr(r->common->str, "\nMessage-ID: <");
	const char *end = strchr(field + 1, '\n');

	g_string_append_len(out, r->common->str, field + 1 - r->common->str);
	g_string_append(out, "Message-ID: <");
	converted_id_append(out, index);
	g_string_append_printf(out, ">%s", end);
}

/* What a converter does to white space: a blank behind lines, blank lines doubled. */
static void loosened_append(GString *out, const GString *content)
{
	const char *body = strstr(content->str, "\n\n") + 2;

	g_string_append_len(out, content->str, body - content->str);
	for (const char *c = body; *c; c++)
		g_string_append(out, *c == '\n' ? c[1] == '\n' ? "\n\n" : " \n" : (char[]){ *c, 0 });
}

void copy_render(struct archive *a, int index, int place, bool converted, struct rendering *r)
{
	const struct letter *letter = LETTER(a, index);
	const struct place *where = &a->places[place];

	g_string_truncate(r->copy, 0);
	if (!where->sent) {
		g_string_append_printf(r->copy, "Return-Path: <%s>\n",
		                       ADDRESS(a, letter->sender)->wire);
		if (where->owner >= 0) {
			ADDRESS(a, where->owner)->mentioned = true;
			g_string_append_printf(r->copy, "Delivered-To: %s\n",
			                       ADDRESS(a, where->owner)->wire);
		}
		received_append(a, r->copy, index, place, true);
		received_append(a, r->copy, index, place, false);
		g_string_append(r->copy, server_fields);
	}
	if (converted)
		converted_append(r, r->copy, index);
	else
		g_string_append_len(r->copy, r->common->str, (gssize)r->common->len);
	if (where->sent)
		g_string_append_len(r->copy, r->bcc->str, (gssize)r->bcc->len);
	if (converted)
		loosened_append(r->copy, r->content);
	else
		g_string_append_len(r->copy, r->content->str, (gssize)r->content->len);
}
