/* fields.c - does this look like the header of a message? */
#include "fields.h"

#include "lines.h"

#include <glib.h>

#include <string.h>

/* A field name, in lower case, and how much it speaks for mail: 2 = found in
 * nothing else, 1 = found in memos and other formats as well, 0 = as common
 * elsewhere (HTTP has Date, Content-Type and X-fields). */
struct known_field {
	const char *name;
	size_t size;
	enum field_kind kind;
	unsigned points;
};

#define NAME(text) text, sizeof text - 1
#define NAME_KNOWN_MAX 27

/* By their sizes, so that a name found is compared with few; each size ends with
 * an empty one. */
static const struct known_field known_fields[NAME_KNOWN_MAX + 1][9] = {
	[2] = {
		{ NAME("cc"), FIELD_KNOWN, 1 },
		{ NAME("to"), FIELD_KNOWN, 1 },
	},
	[3] = {
		{ NAME("bcc"), FIELD_KNOWN, 2 },
	},
	[4] = {
		{ NAME("date"), FIELD_KNOWN, 1 },
		{ NAME("from"), FIELD_KNOWN, 1 },
		{ NAME("path"), FIELD_KNOWN, 0 },
		{ NAME("sent"), FIELD_KNOWN, 0 },
		{ NAME("xref"), FIELD_MACHINE, 1 },
	},
	[5] = {
		{ NAME("lines"), FIELD_KNOWN, 0 },
	},
	[6] = {
		{ NAME("sender"), FIELD_KNOWN, 1 },
		{ NAME("status"), FIELD_KNOWN, 0 },
	},
	[7] = {
		{ NAME("subject"), FIELD_KNOWN, 1 },
	},
	[8] = {
		{ NAME("comments"), FIELD_KNOWN, 0 },
		{ NAME("keywords"), FIELD_KNOWN, 0 },
		{ NAME("priority"), FIELD_KNOWN, 0 },
		{ NAME("received"), FIELD_MACHINE, 2 },
		{ NAME("reply-to"), FIELD_KNOWN, 2 },
	},
	[9] = {
		{ NAME("errors-to"), FIELD_MACHINE, 2 },
	},
	[10] = {
		{ NAME("importance"), FIELD_KNOWN, 0 },
		{ NAME("message-id"), FIELD_MACHINE, 2 },
		{ NAME("newsgroups"), FIELD_MACHINE, 2 },
		{ NAME("precedence"), FIELD_MACHINE, 1 },
		{ NAME("references"), FIELD_MACHINE, 2 },
		{ NAME("user-agent"), FIELD_KNOWN, 0 },
	},
	[11] = {
		{ NAME("envelope-to"), FIELD_MACHINE, 2 },
		{ NAME("in-reply-to"), FIELD_MACHINE, 2 },
		{ NAME("return-path"), FIELD_MACHINE, 2 },
	},
	[12] = {
		{ NAME("content-type"), FIELD_KNOWN, 0 },
		{ NAME("delivered-to"), FIELD_MACHINE, 2 },
		{ NAME("mailing-list"), FIELD_MACHINE, 2 },
		{ NAME("mime-version"), FIELD_MACHINE, 2 },
		{ NAME("organization"), FIELD_KNOWN, 0 },
		{ NAME("received-spf"), FIELD_MACHINE, 2 },
		{ NAME("thread-index"), FIELD_MACHINE, 2 },
		{ NAME("thread-topic"), FIELD_MACHINE, 2 },
	},
	[13] = {
		{ NAME("apparently-to"), FIELD_MACHINE, 2 },
		{ NAME("content-class"), FIELD_MACHINE, 0 },
		{ NAME("delivery-date"), FIELD_MACHINE, 2 },
	},
	[14] = {
		{ NAME("auto-submitted"), FIELD_MACHINE, 2 },
		{ NAME("content-length"), FIELD_KNOWN, 0 },
		{ NAME("dkim-signature"), FIELD_MACHINE, 2 },
	},
	[17] = {
		{ NAME("nntp-posting-host"), FIELD_MACHINE, 2 },
		{ NAME("return-receipt-to"), FIELD_MACHINE, 2 },
	},
	[18] = {
		{ NAME("original-recipient"), FIELD_MACHINE, 2 },
	},
	[19] = {
		{ NAME("content-disposition"), FIELD_MACHINE, 0 },
		{ NAME("domainkey-signature"), FIELD_MACHINE, 2 },
	},
	[22] = {
		{ NAME("authentication-results"), FIELD_MACHINE, 2 },
	},
	[25] = {
		{ NAME("content-transfer-encoding"), FIELD_MACHINE, 2 },
	},
	[27] = {
		{ NAME("disposition-notification-to"), FIELD_MACHINE, 2 },
	},
};

/* Families of names. */
static const struct known_field known_prefixes[] = {
	{ NAME("arc-"),    FIELD_MACHINE, 2 },
	{ NAME("list-"),   FIELD_MACHINE, 2 },
	{ NAME("resent-"), FIELD_MACHINE, 2 },
	{ NAME("x-"),      FIELD_MACHINE, 0 },
};

#define NAME_MAX_SIZE 76        /* longer names are not met; RFC 5322 would allow 998 */
#define HEADER_LINES 256        /* no header that says nothing in so many lines is mail */
#define BROKEN_LEAD_LINES 2     /* lines without sense that may come before a header */
#define ENOUGH_POINTS 4
#define TOP_LINES 8             /* of a header, where mail systems put theirs */
#define TOP_FIELDS 3            /* that only programs write, at 2 points each */

/* Size of the name at the begin of a line that is laid out as a field, else 0.
 * *spaced: blank or line end after the colon, as programs write it. */
static size_t field_name_size(const uint8_t *line, size_t size, bool *spaced)
{
	size_t most = MIN(size, NAME_MAX_SIZE + 1), name = 0;

	while (name < most && line[name] > ' ' && line[name] < 0x7f && line[name] != ':')
		name++;
	if (name == 0 || name > NAME_MAX_SIZE)
		return 0;
	/* RFC 822 let white space stand before the colon. */
	size_t colon = name;
	while (colon < size && (line[colon] == ' ' || line[colon] == '\t'))
		colon++;
	if (colon >= size || line[colon] != ':')
		return 0;
	*spaced = colon + 1 >= size || strchr(" \t\r\n", line[colon + 1]) != NULL;
	return name;
}

/* Do bytes begin with this name? It has letters and hyphens only; of what is
 * printable, only letters change their case with that bit, and nothing turns
 * into a hyphen. */
static bool is_name(const uint8_t *bytes, const struct known_field *field)
{
	for (size_t i = 0; i < field->size; i++)
		if ((char)(bytes[i] | 0x20) != field->name[i])
			return false;
	return true;
}

static const struct known_field *known_field_find(const uint8_t *name, size_t size)
{
	for (size_t i = 0; i < G_N_ELEMENTS(known_prefixes); i++)
		if (size > known_prefixes[i].size && is_name(name, &known_prefixes[i]))
			return &known_prefixes[i];
	if (size > NAME_KNOWN_MAX)
		return NULL;
	for (const struct known_field *field = known_fields[size]; field->name; field++)
		if (is_name(name, field))
			return field;
	return NULL;
}

/* An unknown name counts only in the shape that names have: "Foo-Bar: value".
 * So "http://...", "12:30" and "std::string" do not. */
static bool plausible_name(const uint8_t *name, size_t size)
{
	if (size < 2 || !g_ascii_isalpha((char)name[0]))
		return false;
	for (size_t i = 0; i < size; i++)
		if (!g_ascii_isalnum((char)name[i]) && name[i] != '-' && name[i] != '_')
			return false;
	return true;
}

/* "Content-Type: multipart/..." or message/...: a message or a part of one. */
static bool is_container_type(const uint8_t *line, size_t size)
{
	const uint8_t *colon = memchr(line, ':', size);
	size_t at = (size_t)(colon - line) + 1;

	while (at < size && g_ascii_isspace((char)line[at]))
		at++;
	return size - at >= 10 &&
	       (g_ascii_strncasecmp((const char *)line + at, "multipart/", 10) == 0 ||
	        g_ascii_strncasecmp((const char *)line + at, "message/", 8) == 0);
}

static inline bool is_called(const struct known_field *field, const char *name, size_t size)
{
	return field->size == size && memcmp(field->name, name, size) == 0;
}

static enum field_kind field_look(const uint8_t *line, size_t size, struct header_look *look)
{
	bool spaced = false;
	size_t name = field_name_size(line, size, &spaced);

	if (name == 0)
		return FIELD_NONE;
	const struct known_field *known = known_field_find(line, name);
	if (known == NULL)
		return spaced && plausible_name(line, name) ? FIELD_PLAUSIBLE : FIELD_NONE;
	/* A web server does not answer with these. */
	if (is_called(known, NAME("content-type")) && is_container_type(line, size))
		look->points++;
	look->known++;
	look->machine += known->kind == FIELD_MACHINE;
	look->points += known->points;
	look->from |= is_called(known, NAME("from"));
	look->date |= is_called(known, NAME("date"));
	look->capitals |= g_ascii_isupper((char)line[0]);
	return known->kind;
}

static bool starts_with(const uint8_t *bytes, size_t size, const char *start)
{
	size_t length = strlen(start);

	return size >= length && memcmp(bytes, start, length) == 0;
}

/* Status and request lines of HTTP, WARC and RTSP: "HTTP/1.1 200 OK", "GET / HTTP/1.1". */
static bool line_is_foreign(const uint8_t *line, size_t size)
{
	return starts_with(line, size, "HTTP/") || starts_with(line, size, "WARC/") ||
	       starts_with(line, size, "RTSP/") ||
	       (size > 12 && memmem(line, MIN(size, 2048), " HTTP/1.", 8) != NULL &&
	        g_ascii_isupper((char)line[0]) && g_ascii_isupper((char)line[1]));
}

void header_look(const uint8_t *bytes, size_t size, size_t lines, size_t broken,
                 struct header_look *look)
{
	size_t at = 0;

	*look = (struct header_look){ .foreign = line_is_foreign(bytes, line_size(bytes, size)) };
	for (size_t i = 0; at < size && i < lines && look->broken <= broken; i++) {
		const uint8_t *line = bytes + at;
		size_t length = line_size(line, size - at);

		if (line_is_blank(line, length))
			break;
		at += length;
		if ((line[0] == ' ' || line[0] == '\t') && look->fields > 0)
			continue;
		enum field_kind kind = field_look(line, length, look);
		if (i == 0)
			look->first = kind;
		look->fields += kind != FIELD_NONE;
		look->broken += kind == FIELD_NONE;
		if (look->broken == 0)
			look->tidy_points = look->points;
		if (look->points >= ENOUGH_POINTS && look->broken == 0 && look->from && look->date)
			break;
	}
}

size_t header_lead(const uint8_t *bytes, size_t size, bool *junk)
{
	size_t at = starts_with(bytes, size, "\xef\xbb\xbf") ? 3 : 0;
	int broken = 0;

	*junk = false;
	while (at < size) {
		struct header_look look = { 0 };
		const uint8_t *line = bytes + at;
		size_t length = line_size(line, size - at);
		bool blank = bytes_are_blank(line, length);

		if (!blank && field_look(line, length, &look) != FIELD_NONE)
			return at;
		at += length;
		if (blank && broken == 0)
			continue;
		/* A header does not begin behind a blank line or in a binary file. */
		if (blank || ++broken > BROKEN_LEAD_LINES || memchr(line, '\0', length) != NULL)
			break;
		*junk |= !starts_with(line, length, "From ") &&
		         !starts_with(line, length, ">From ");
	}
	*junk = false;
	return 0;
}

bool header_is_mail(const uint8_t *bytes, size_t size)
{
	struct header_look look;
	bool junk = false;
	size_t lead = header_lead(bytes, size, &junk);

	/* The mail systems on its way leave no doubt, in nearly all mail that was sent. */
	header_look(bytes + lead, size - lead, TOP_LINES, 0, &look);
	if (lead == 0 && !look.foreign && look.broken == 0 && look.machine >= TOP_FIELDS &&
	    look.points >= 2 * TOP_FIELDS)
		return true;
	header_look(bytes + lead, size - lead, HEADER_LINES, HEADER_LINES, &look);
	if (look.first == FIELD_NONE || look.foreign ||
	    line_is_foreign(bytes, line_size(bytes, size)))
		return false;
	/* Behind a line of nonsense, and with nonsense in between, only what programs
	 * write is convincing: an answer quoted in a text has From and Subject, too. */
	if (look.points >= 3 && look.machine > 0 && look.broken <= look.fields)
		return true;
	if (junk)
		return false;
	/* "to: x" and "date: y" in small letters are rather someone's settings. */
	if (look.machine == 0 && !look.capitals)
		return look.tidy_points >= 3;
	return look.tidy_points >= 2 ||
	       (look.broken == 0 && look.points == 1 && !look.date);
}
