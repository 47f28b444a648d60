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
	enum field_kind kind;
	unsigned points;
};

static const struct known_field known_fields[] = {
	{ "apparently-to",              FIELD_MACHINE, 2 },
	{ "auto-submitted",             FIELD_MACHINE, 2 },
	{ "authentication-results",     FIELD_MACHINE, 2 },
	{ "bcc",                        FIELD_KNOWN,   2 },
	{ "cc",                         FIELD_KNOWN,   1 },
	{ "comments",                   FIELD_KNOWN,   0 },
	{ "content-class",              FIELD_MACHINE, 0 },
	{ "content-disposition",        FIELD_MACHINE, 0 },
	{ "content-length",             FIELD_KNOWN,   0 },
	{ "content-transfer-encoding",  FIELD_MACHINE, 2 },
	{ "content-type",               FIELD_KNOWN,   0 },
	{ "date",                       FIELD_KNOWN,   1 },
	{ "delivered-to",               FIELD_MACHINE, 2 },
	{ "delivery-date",              FIELD_MACHINE, 2 },
	{ "disposition-notification-to", FIELD_MACHINE, 2 },
	{ "dkim-signature",             FIELD_MACHINE, 2 },
	{ "domainkey-signature",        FIELD_MACHINE, 2 },
	{ "envelope-to",                FIELD_MACHINE, 2 },
	{ "errors-to",                  FIELD_MACHINE, 2 },
	{ "from",                       FIELD_KNOWN,   1 },
	{ "importance",                 FIELD_KNOWN,   0 },
	{ "in-reply-to",                FIELD_MACHINE, 2 },
	{ "keywords",                   FIELD_KNOWN,   0 },
	{ "lines",                      FIELD_KNOWN,   0 },
	{ "mailing-list",               FIELD_MACHINE, 2 },
	{ "message-id",                 FIELD_MACHINE, 2 },
	{ "mime-version",               FIELD_MACHINE, 2 },
	{ "newsgroups",                 FIELD_MACHINE, 2 },
	{ "nntp-posting-host",          FIELD_MACHINE, 2 },
	{ "organization",               FIELD_KNOWN,   0 },
	{ "original-recipient",         FIELD_MACHINE, 2 },
	{ "path",                       FIELD_KNOWN,   0 },
	{ "precedence",                 FIELD_MACHINE, 1 },
	{ "priority",                   FIELD_KNOWN,   0 },
	{ "received",                   FIELD_MACHINE, 2 },
	{ "received-spf",               FIELD_MACHINE, 2 },
	{ "references",                 FIELD_MACHINE, 2 },
	{ "reply-to",                   FIELD_KNOWN,   2 },
	{ "return-path",                FIELD_MACHINE, 2 },
	{ "return-receipt-to",          FIELD_MACHINE, 2 },
	{ "sender",                     FIELD_KNOWN,   1 },
	{ "sent",                       FIELD_KNOWN,   0 },
	{ "status",                     FIELD_KNOWN,   0 },
	{ "subject",                    FIELD_KNOWN,   1 },
	{ "thread-index",               FIELD_MACHINE, 2 },
	{ "thread-topic",               FIELD_MACHINE, 2 },
	{ "to",                         FIELD_KNOWN,   1 },
	{ "user-agent",                 FIELD_KNOWN,   0 },
	{ "xref",                       FIELD_MACHINE, 1 },
};

/* Families of names. */
static const struct known_field known_prefixes[] = {
	{ "arc-",    FIELD_MACHINE, 2 },
	{ "list-",   FIELD_MACHINE, 2 },
	{ "resent-", FIELD_MACHINE, 2 },
	{ "x-",      FIELD_MACHINE, 0 },
};

#define NAME_MAX_SIZE 76        /* longer names are not met; RFC 5322 would allow 998 */
#define HEADER_LINES 256        /* no header that says nothing in so many lines is mail */
#define BROKEN_LEAD_LINES 2     /* lines without sense that may come before a header */
#define ENOUGH_POINTS 4

/* Size of the name at the begin of a line that is laid out as a field, else 0.
 * *spaced: blank or line end after the colon, as programs write it. */
static size_t field_name_size(const uint8_t *line, size_t size, bool *spaced)
{
	size_t name = 0;

	while (name < size && name <= NAME_MAX_SIZE && line[name] > ' ' && line[name] < 0x7f &&
	       line[name] != ':')
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

static const struct known_field *known_field_find(const uint8_t *name, size_t size)
{
	char lower[NAME_MAX_SIZE + 1];

	for (size_t i = 0; i < size; i++)
		lower[i] = g_ascii_tolower((char)name[i]);
	lower[size] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(known_fields); i++)
		if (known_fields[i].name[0] == lower[0] && strcmp(known_fields[i].name, lower) == 0)
			return &known_fields[i];
	for (size_t i = 0; i < G_N_ELEMENTS(known_prefixes); i++) {
		const char *prefix = known_prefixes[i].name;
		if (strncmp(prefix, lower, strlen(prefix)) == 0 && lower[strlen(prefix)] != '\0')
			return &known_prefixes[i];
	}
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
	if (strcmp(known->name, "content-type") == 0 && is_container_type(line, size))
		look->points++;
	look->known++;
	look->machine += known->kind == FIELD_MACHINE;
	look->points += known->points;
	look->from |= strcmp(known->name, "from") == 0;
	look->date |= strcmp(known->name, "date") == 0;
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
