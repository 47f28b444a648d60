#include "mailbox.h"

#include "address.h"
#include "wrapped.h"

#include <string.h>

static struct slice slice_of(const GString *string)
{
	return (struct slice){ string->str, string->len };
}

/* ---- characters ---- */

/* What an address may hold on the short road: RFC 5322 atext, the dot, and '@'. */
static bool is_address_char(char c)
{
	return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~.@", c));
}

static bool is_local_char(char c)
{
	return c != '@' && (is_address_char(c) || (c & 0x80));
}

const char *closer_find(struct closer *closer, const char *at, const char *end)
{
	bool comment = *at == '(';
	char close = comment ? ')' : '"';
	int depth = 1;

	if ((!comment && *at != '"') || (comment ? closer->lost_comment : closer->lost_quote))
		return NULL;
	while (++at < end) {
		if (*at == '\\')
			at++;
		else if (*at == close && --depth == 0)
			return at + 1;
		else if (*at == '(' && comment)
			depth++;
	}
	if (comment)
		closer->lost_comment = true;
	else
		closer->lost_quote = true;
	return NULL;
}

/* Twice what RFC 2047 allows and more: long ones are met. */
#define ENCODED_WORD_MAX 256

const char *encoded_word_end(const char *at, const char *end)
{
	int marks = 0;                  /* "?" behind the charset, the encoding, the text */

	if (end - at < 8 || at[0] != '=' || at[1] != '?')
		return NULL;
	if (end - at > ENCODED_WORD_MAX)
		end = at + ENCODED_WORD_MAX;
	for (const char *c = at + 2; c + 1 < end && !is_blank(*c) && *c != '<' && *c != '>'; c++) {
		if (*c == '=' && c[1] == '?')
			return NULL;            /* another begins: this one was never closed */
		if (*c == '?' && ++marks >= 3 && c[1] == '=')
			return c + 2;
	}
	return NULL;
}

/* ---- the usual forms ---- */

/* local@domain of letters, digits and dots in the plainest way. */
static bool is_plain_address(struct slice s)
{
	const char *at = memchr(s.at, '@', s.size);

	if (!at || at == s.at || s.size > ADDRESS_SIZE_MAX || wrapped_begins(s) ||
	    memchr(at + 1, '@', s.size - (size_t)(at + 1 - s.at)))
		return false;

	struct slice domain = { at + 1, s.size - (size_t)(at + 1 - s.at) };
	if (!domain.size || !g_ascii_isalnum(domain.at[domain.size - 1]))
		return false;
	for (size_t i = 0; i < domain.size; i++) {
		char c = domain.at[i];

		if (!g_ascii_isalnum(c) && c != '.' && c != '-' && c != '_')
			return false;
		if ((c | 0x20) == 'x' && domain.size - i > 4 && domain.at[i + 2] == '-')
			return false;           /* perhaps xn--: the long road decodes it */
	}
	for (const char *c = s.at; c < at; c++)
		if (!is_address_char(*c))
			return false;
	return s.at[0] != '=' || !memchr(s.at, '?', s.size);
}

static void set_lower(GString *out, struct slice s)
{
	g_string_set_size(out, s.size);
	for (size_t i = 0; i < s.size; i++)
		out->str[i] = g_ascii_tolower(s.at[i]);
}

void name_append(GString *out, struct slice name)
{
	for (size_t i = 0; i < name.size; i++)
		if (name.at[i] != ' ' || (i && name.at[i - 1] != ' '))
			g_string_append_c(out, name.at[i]);
}

static bool set_plain_name(GString *out, struct slice name)
{
	if (name.size >= 2 && name.at[0] == '"' && name.at[name.size - 1] == '"')
		name = slice_trim((struct slice){ name.at + 1, name.size - 2 });
	else if (memchr(name.at, '(', name.size) || memchr(name.at, '>', name.size))
		return false;

	char before = 0;
	for (size_t i = 0; i < name.size; i++) {
		char c = name.at[i];

		if (c < 0x20 || c == 0x7f || c == '"' || c == '\\' || (c == '?' && before == '='))
			return false;
		before = c;
	}
	g_string_truncate(out, 0);
	name_append(out, name);
	return true;
}

bool mailbox_read_usual(struct mailbox *mailbox, struct slice entry)
{
	struct slice address = entry, name = { "", 0 };

	if (!entry.size)
		return false;
	if (entry.at[entry.size - 1] == '>') {
		const char *open = memchr(entry.at, '<', entry.size);

		if (!open)
			return false;
		name = slice_trim((struct slice){ entry.at, (size_t)(open - entry.at) });
		address = (struct slice){ open + 1, entry.size - (size_t)(open - entry.at) - 2 };
	}
	if (!is_plain_address(address) || !set_plain_name(mailbox->name, name))
		return false;
	set_lower(mailbox->address, address);
	mailbox->bad = false;
	return true;
}

/* ---- addresses ---- */

static void append_lower(GString *out, struct slice s)
{
	char *composed = g_utf8_normalize(s.at, (gssize)s.size, G_NORMALIZE_NFC);

	/* Character by character: g_utf8_strdown() would ask the locale. */
	for (const char *c = composed ? composed : ""; *c; c = g_utf8_next_char(c))
		g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(c)));
	g_free(composed);
}

/* True if text holds nothing that an address in a record must not. */
static bool is_clean(const char *text)
{
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (c <= ' ' || (c >= 0x7f && c <= 0xa0) || g_unichar_isspace(c) || c == '@' ||
		    (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef))
			return false;
	}
	return true;
}

/* Lower case, and what is xn-- in Unicode, unless that says something no host
 * name may say. */
static void append_domain(GString *out, struct slice domain)
{
	char *host = g_strndup(domain.at, domain.size);
	bool is_ascii = g_str_is_ascii(host);
	char *unicode = NULL;

	if (!is_ascii || slice_contains(domain, "xn--"))
		unicode = g_hostname_to_unicode(host);
	if (unicode && *unicode && is_clean(unicode))
		append_lower(out, (struct slice){ unicode, strlen(unicode) });
	else
		append_lower(out, domain);
	g_free(unicode);
	g_free(host);
}

/* "john.doe" says the same as john.doe (RFC 5322 3.4.1): quotes go where what is
 * left needs none. */
static struct slice unquote_local(struct slice local)
{
	struct slice inner = { local.at + 1, local.size - 2 };

	if (local.size < 3 || local.at[0] != '"' || local.at[local.size - 1] != '"')
		return local;
	for (size_t i = 0; i < inner.size; i++)
		if (!is_local_char(inner.at[i]))
			return local;
	return inner;
}

/* What surrounds an address in the wild and is no part of it. */
static struct slice strip_wrapping(struct slice s)
{
	static const char *const schemes[] = { "mailto:", "[mailto:", "smtp:", "ex:", "x500:" };

	for (bool stripped = true; stripped;) {
		size_t before = s.size;

		s = slice_trim(s);
		for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
			if (!slice_starts(s, schemes[i]))
				continue;
			s.at += strlen(schemes[i]);
			s.size -= strlen(schemes[i]);
			if (schemes[i][0] == '[' && s.size && s.at[s.size - 1] == ']')
				s.size--;
		}
		/* Outlook's 'a@b.c'. A lone apostrophe in front stays: it may begin a
		 * local part, and without it the address might be somebody else's. */
		if (s.size > 2 && s.at[0] == '\'' && s.at[s.size - 1] == '\'')
			s.at++, s.size--;
		while (s.size && s.at[0] == '<')
			s.at++, s.size--;
		while (s.size && s.at[s.size - 1] && strchr("'>,;", s.at[s.size - 1]))
			s.size--;
		/* RFC 5322 4.4: "@relay,@relay:" before an address is a route. */
		const char *colon = s.size && s.at[0] == '@' ? memchr(s.at, ':', s.size) : NULL;
		if (colon) {
			s.size -= (size_t)(colon + 1 - s.at);
			s.at = colon + 1;
		}
		stripped = s.size != before;
	}
	return s;
}

/* Without blanks around "@" and ".", without comments, control characters and
 * unassigned ones: in the form in which the rest can be judged. */
static void tidy(GString *out, struct slice s)
{
	const char *end = s.at + s.size;
	struct closer closer = { 0 };

	g_string_truncate(out, 0);
	for (const char *at = s.at; at < end;) {
		const char *close = closer_find(&closer, at, end);

		if (close && *at == '(') {
			at = close;
		} else if (close) {
			g_string_append_len(out, at, close - at);
			at = close;
		} else if (is_blank(*at)) {
			while (at < end && is_blank(*at))
				at++;
			if (out->len && at < end && !strchr("@.", out->str[out->len - 1]) &&
			    !strchr("@.(", *at))
				g_string_append_c(out, ' ');
		} else {
			g_string_append_c(out, *at++);
		}
	}
}

/* "esr at snark.example.org" in an archive that hides addresses from robots. */
static bool read_hidden_at(GString *text)
{
	char *at = strstr(text->str, " at ");

	if (!at || at == text->str || memchr(text->str, '@', text->len) ||
	    memchr(text->str, ' ', (size_t)(at - text->str)))
		return false;

	const char *domain = at + 4;
	if (strchr(domain, ' ') || !strchr(domain, '.') || *domain == '.')
		return false;
	*at = '@';
	g_string_erase(text, at + 1 - text->str, 3);
	return true;
}

/* Blanks as mailto: links write them (RFC 6068), so that an address stays one
 * word; other white space and control characters go. Returns false if any did. */
static bool append_without_blanks(GString *out, const char *text)
{
	bool whole = true;

	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (c == ' ')
			g_string_append(out, "%20");
		else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || g_unichar_isspace(c) ||
		         (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef))
			whole = false;
		else
			g_string_append_unichar(out, c);
	}
	return whole;
}

/* text: tidy, valid UTF-8. */
static bool normalise_tidy(GString *out, GString *text)
{
	const char *at = memrchr(text->str, '@', text->len);
	const char *group = strchr(text->str, ':');

	/* "undisclosed-recipients:;" where an address should be, perhaps with the
	 * domain that a mail system put behind any name without one. */
	if (group && (group[1] == '@' || group[1] == ';' || !group[1]))
		return false;
	GString *lower = g_string_sized_new(text->len + 8);
	bool good = true;

	if (at) {
		struct slice local = { text->str, (size_t)(at - text->str) };
		struct slice domain = { at + 1, text->len - local.size - 1 };

		if (domain.size > 1 && domain.at[domain.size - 1] == '.' &&
		    domain.at[domain.size - 2] != '.')
			domain.size--;          /* the root of the name tree */
		good = local.size && domain.size && domain.at[domain.size - 1] != '.' &&
		       (local.at[0] == '"' || !memchr(local.at, '@', local.size));
		append_lower(lower, unquote_local(local));
		g_string_append_c(lower, '@');
		append_domain(lower, domain);
	} else {
		append_lower(lower, (struct slice){ text->str, text->len });
	}
	good &= append_without_blanks(out, lower->str);
	g_string_free(lower, TRUE);
	return good;
}

bool address_normalise_into(GString *out, struct slice address)
{
	GString *text = g_string_sized_new(address.size + 8);
	bool good;

	g_string_truncate(out, 0);
	tidy(text, strip_wrapping(address));
	read_hidden_at(text);
	if (wrapped_begins(slice_of(text)))
		wrapped_open(text);
	if (text->len > ADDRESS_SIZE_MAX || !text->len) {
		good = !text->len && !address.size;
	} else if (!memchr(text->str, '@', text->len) && strchr(text->str, ' ') &&
	           text->str[0] != '/') {
		good = false;           /* words, no address; X.500 names begin with a slash */
	} else {
		good = normalise_tidy(out, text);
	}
	g_string_free(text, TRUE);
	return good;
}

/* ---- any form ---- */

/* An entry taken apart. */
struct parts {
	GString *text;                  /* what stands outside of <> and (), quotes resolved */
	GString *comment;
	struct slice angle;             /* what stands inside of <>; at is NULL if there is none */
	bool quoted;                    /* text has something from quotes */
	bool bad;
};

static void append_unescaped(GString *out, const char *at, const char *end)
{
	for (; at < end; at++) {
		if (*at == '\\' && at + 1 < end)
			at++;
		g_string_append_c(out, *at);
	}
}

static const char *take_angle(struct parts *parts, const char *at, const char *end)
{
	const char *close = memchr(at, '>', (size_t)(end - at));
	struct slice inner = { at + 1, (size_t)((close ? close : end) - at - 1) };

	parts->bad |= !close;
	if (!parts->angle.at || !memchr(parts->angle.at, '@', parts->angle.size))
		parts->angle = inner;
	else
		parts->bad |= inner.size > 0;
	return close ? close + 1 : end;
}

static void take_apart(struct parts *parts, struct slice entry)
{
	const char *end = entry.at + entry.size;
	struct closer closer = { 0 };

	for (const char *at = entry.at; at < end;) {
		const char *close = closer_find(&closer, at, end);
		const char *word_end = encoded_word_end(at, end);

		if (word_end) {
			g_string_append_len(parts->text, at, word_end - at);
			at = word_end;
		} else if (*at == '<') {
			at = take_angle(parts, at, end);
		} else if (close && *at == '"') {
			append_unescaped(parts->text, at + 1, close - 1);
			parts->quoted = true;
			at = close;
		} else if (close) {
			if (parts->comment->len)
				g_string_append_c(parts->comment, ' ');
			append_unescaped(parts->comment, at + 1, close - 1);
			g_string_append_c(parts->text, ' ');
			at = close;
		} else if (*at == '"' || *at == '>') {
			parts->bad |= *at == '"';       /* never closed: it quotes nothing */
			at++;
		} else if (*at == '\\' && at + 1 < end) {
			g_string_append_c(parts->text, at[1]);
			at += 2;
		} else {
			g_string_append_c(parts->text, *at++);
		}
	}
}

/* One word with an "@" somewhere inside. */
static bool is_address_word(struct slice word)
{
	const char *at = memchr(word.at, '@', word.size);

	return at && at > word.at && at + 1 < word.at + word.size;
}

/* "Ann Lee/Sales/Org@Org": Lotus Notes, in which a name is an address. Its domains
 * have no dots, and its local parts have slashes. */
static bool is_notes_address(struct slice text)
{
	const char *at = memrchr(text.at, '@', text.size);
	const char *slash = at ? memchr(text.at, '/', (size_t)(at - text.at)) : NULL;
	struct slice domain = { at, at ? (size_t)(text.at + text.size - at) : 0 };

	return slash && slash > text.at && at - slash > 1 && domain.size > 1 &&
	       !memchr(domain.at, '.', domain.size) && !slice_has_blank(domain);
}

/* text has no <>, but an "@": the address is its last word ("Ann Lee a@b.c"), its
 * first ("a@b.c Ann Lee"), or all of it ("a @ b . c"). */
static void read_bare_address(struct mailbox *mailbox, struct slice text)
{
	size_t last = text.size, first = 0;
	GString *solid = g_string_new(NULL);

	tidy(solid, text);
	bool is_notes = is_notes_address(text), is_one = is_notes || !strchr(solid->str, ' ');
	g_string_free(solid, TRUE);
	while (last > 0 && !is_blank(text.at[last - 1]))
		last--;
	while (first < text.size && !is_blank(text.at[first]))
		first++;

	struct slice address = text, name = { "", 0 };
	struct slice last_word = { text.at + last, text.size - last };
	struct slice first_word = { text.at, first };
	if (is_one) {
		/* a @ b . c */
	} else if (last && is_address_word(last_word)) {
		address = last_word;
		name = slice_trim((struct slice){ text.at, last });
	} else if (first < text.size && is_address_word(first_word)) {
		address = first_word;
		name = slice_trim((struct slice){ text.at + first, text.size - first });
	}
	mailbox->bad |= !address_normalise_into(mailbox->address, address);
	if (memchr(mailbox->address->str, '@', mailbox->address->len) &&
	    slice_has_blank(text) && strstr(mailbox->address->str, "%20") &&
	    address.at == text.at && !name.size && !is_notes) {
		g_string_truncate(mailbox->address, 0);         /* "Ann @ home": words */
		name = text;
		mailbox->bad = true;
	}
	g_string_append_len(mailbox->name, name.at, (gssize)name.size);
}

static bool has_quoted_local(struct slice entry)
{
	struct closer closer = { 0 };
	const char *end = entry.at + entry.size;
	const char *close = *entry.at == '"' ? closer_find(&closer, entry.at, end) : NULL;

	return close && close < end && (*close == '@' || *close == '.');
}

/* text has no "@": an address without a domain if it is one plain word, one with
 * a hidden "@" if it is "ann at example.org". */
static bool read_bare_word(struct mailbox *mailbox, const struct parts *parts, struct slice text)
{
	bool hidden = strstr(parts->text->str, " at ") != NULL;

	if (parts->quoted || memchr(text.at, ',', text.size) || (slice_has_blank(text) && !hidden))
		return false;
	return address_normalise_into(mailbox->address, text) && mailbox->address->len;
}

static void read_without_angle(struct mailbox *mailbox, const struct parts *parts,
                               struct slice entry)
{
	struct slice text = slice_trim(slice_of(parts->text));
	struct slice comment = slice_trim(slice_of(parts->comment));    /* the name, as a rule */
	bool comment_is_address = is_address_word(comment) && !slice_has_blank(comment);

	if (!text.size)
		return;                 /* nothing but a comment */
	if (memchr(text.at, '@', text.size)) {
		/* A quoted local part keeps its quotes: go back to the entry. */
		if (parts->quoted && has_quoted_local(entry))
			mailbox->bad |= !address_normalise_into(mailbox->address, entry);
		else
			read_bare_address(mailbox, text);
	} else if (comment_is_address && !strstr(parts->text->str, " at ")) {
		mailbox->bad |= !address_normalise_into(mailbox->address, comment);
		comment = text;         /* Ann Lee (a@b.c) */
	} else if (!read_bare_word(mailbox, parts, text)) {
		g_string_truncate(mailbox->address, 0);
		comment = text;
	}
	if (!mailbox->name->len)
		g_string_append_len(mailbox->name, comment.at, (gssize)comment.size);
}

static void read_parts(struct mailbox *mailbox, const struct parts *parts, struct slice entry)
{
	struct slice text = slice_trim(slice_of(parts->text));
	struct slice name = text.size ? text : slice_trim(slice_of(parts->comment));

	mailbox->bad |= parts->bad;
	if (!parts->angle.at) {
		read_without_angle(mailbox, parts, entry);
		return;
	}
	if (!slice_trim(parts->angle).size && memchr(text.at, '@', text.size)) {
		read_without_angle(mailbox, parts, entry);      /* a@b.c <> */
		return;
	}
	g_string_append_len(mailbox->name, name.at, (gssize)name.size);
	mailbox->bad |= !address_normalise_into(mailbox->address, parts->angle) &&
	                slice_trim(parts->angle).size;
}

static void read_once(struct mailbox *mailbox, struct slice entry)
{
	struct parts parts = { .text = g_string_sized_new(entry.size + 1),
	                       .comment = g_string_new(NULL) };

	g_string_truncate(mailbox->address, 0);
	g_string_truncate(mailbox->name, 0);
	take_apart(&parts, entry);
	read_parts(mailbox, &parts, entry);
	g_string_free(parts.text, TRUE);
	g_string_free(parts.comment, TRUE);
}

void mailbox_read(struct mailbox *mailbox, struct decoder *decoder, struct slice entry)
{
	GString *text = g_string_sized_new(entry.size + 1);

	mailbox->bad = false;
	decode_append_unfolded(text, (struct slice){ entry.at, MIN(entry.size, MAILBOX_SIZE_MAX) });
	entry = slice_trim(slice_of(text));
	const char *end = entry.at + entry.size;
	if (slice_starts(entry, "=?") && !memchr(entry.at, '<', entry.size) &&
	    (!memchr(entry.at, '@', entry.size) || encoded_word_end(entry.at, end) == end)) {
		/* A word encoded whole: "=?utf-8?q?Ann_=3Ca=40b=2Ec=3E?=" is wrong but meant. */
		char *decoded = g_strdup(decode_text(decoder, entry));

		if (strchr(decoded, '@'))
			g_string_assign(text, decoded);
		g_free(decoded);
		entry = slice_trim(slice_of(text));
	}
	read_once(mailbox, entry);
	if (slice_starts(slice_of(mailbox->address), "=?") && !strchr(mailbox->address->str, '@')) {
		g_string_assign(mailbox->name, entry.at);
		g_string_truncate(mailbox->address, 0);
	}
	g_string_free(text, TRUE);
}

void mailbox_init(struct mailbox *mailbox)
{
	*mailbox = (struct mailbox){ .address = g_string_new(NULL), .name = g_string_new(NULL) };
}

void mailbox_clear(struct mailbox *mailbox)
{
	g_string_free(mailbox->address, TRUE);
	g_string_free(mailbox->name, TRUE);
}

char *address_normalise(const char *address)
{
	GString *text = g_string_new(NULL), *out = g_string_new(NULL);

	decode_append_unfolded(text, (struct slice){ address, strlen(address) });
	if (!address_normalise_into(out, slice_of(text)) && !out->len)
		append_lower(out, slice_trim(slice_of(text)));
	g_string_free(text, TRUE);
	return g_string_free(out, FALSE);
}
