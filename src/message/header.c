#include "header.h"

#include <string.h>

/* ---- names ---- */

/* Open hashing on what is cheapest to get: the length and two characters. */
#define NAME_BUCKETS 256

struct name_index {
	const char *const *names;
	int count;
	short first[NAME_BUCKETS];      /* of names, -1 if none */
	short *next;
	unsigned char *sizes;
};

static unsigned bucket_of(const char *name, size_t size)
{
	unsigned first = (unsigned char)name[0] | 0x20, last = (unsigned char)name[size - 1] | 0x20;
	unsigned middle = (unsigned char)name[size / 2] | 0x20;

	return (first * 7 + last * 31 + middle * 101 + (unsigned)size * 13) % NAME_BUCKETS;
}

struct name_index *name_index_new(const char *const *names, int count)
{
	struct name_index *index = g_new0(struct name_index, 1);

	index->names = names;
	index->count = count;
	index->next = g_new(short, count);
	index->sizes = g_new(unsigned char, count);
	for (int i = 0; i < NAME_BUCKETS; i++)
		index->first[i] = -1;
	for (int i = count - 1; i >= 0; i--) {  /* backwards: of equal names the first is found */
		unsigned bucket = bucket_of(names[i], strlen(names[i]));

		index->sizes[i] = (unsigned char)strlen(names[i]);
		index->next[i] = index->first[bucket];
		index->first[bucket] = (short)i;
	}
	return index;
}

void name_index_free(struct name_index *index)
{
	if (!index)
		return;
	g_free(index->next);
	g_free(index->sizes);
	g_free(index);
}

/* found: printable ASCII. name: letters, digits and hyphens, of which only letters
 * change with that bit, and nothing printable changes into digits or hyphens. */
static bool is_same_name(const char *found, const char *name, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if ((found[i] | 0x20) != (name[i] | 0x20))
			return false;
	return true;
}

int name_index_find(const struct name_index *index, const char *name, size_t size)
{
	if (!size)
		return -1;
	for (int i = index->first[bucket_of(name, size)]; i >= 0; i = index->next[i])
		if (index->sizes[i] == size && is_same_name(name, index->names[i], size))
			return i;
	return -1;
}

#define FIELD_NAME_MAX 18

/* By the sizes of the names; each size ends with an empty one. */
static const struct {
	const char *name;
	enum field_id id;
} fields[FIELD_NAME_MAX + 1][5] = {
	[2] = {
		{ "cc", FIELD_CC },
		{ "to", FIELD_TO },
	},
	[3] = {
		{ "bcc", FIELD_BCC },
	},
	[4] = {
		{ "date", FIELD_DATE },
		{ "from", FIELD_FROM },
	},
	[6] = {
		{ "sender", FIELD_SENDER },
		{ "x-from", FIELD_X_FROM },             /* Enron's: the name Exchange had */
	},
	[7] = {
		{ "list-id", FIELD_LIST_ID },
		{ "subject", FIELD_SUBJECT },
	},
	[8] = {
		{ "received", FIELD_RECEIVED },
		{ "reply-to", FIELD_REPLY_TO },
	},
	[9] = {
		{ "x-rcpt-to", FIELD_DELIVERED_TO },
		{ "resent-cc", FIELD_RESENT_CC },
		{ "resent-to", FIELD_RESENT_TO },
	},
	[10] = {
		{ "message-id", FIELD_MESSAGE_ID },
		{ "references", FIELD_REFERENCES },
		{ "resent-bcc", FIELD_RESENT_BCC },
		{ "x-gm-thrid", FIELD_GMAIL_THREAD },
	},
	[11] = {
		{ "envelope-to", FIELD_DELIVERED_TO },
		{ "in-reply-to", FIELD_IN_REPLY_TO },
		{ "resent-from", FIELD_RESENT_FROM },
	},
	[12] = {
		{ "delivered-to", FIELD_DELIVERED_TO },
	},
	[13] = {
		{ "apparently-to", FIELD_DELIVERED_TO },      /* sendmail, where To is missing */
		{ "x-envelope-to", FIELD_DELIVERED_TO },
		{ "x-original-to", FIELD_DELIVERED_TO },
	},
	[14] = {
		{ "x-delivered-to", FIELD_DELIVERED_TO },
		{ "x-forwarded-to", FIELD_DELIVERED_TO },     /* Gmail: the account forwards there */
		{ "x-gmail-labels", FIELD_GMAIL_LABELS },
	},
	[15] = {
		{ "x-apparently-to", FIELD_DELIVERED_TO },    /* Yahoo */
		{ "x-original-from", FIELD_ORIGINAL_FROM },
	},
	[17] = {
		{ "x-original-sender", FIELD_ORIGINAL_SENDER }, /* Google Groups */
	},
	[18] = {
		{ "original-recipient", FIELD_DELIVERED_TO }, /* RFC 3798 2.3 */
	},
};

enum field_id field_find(const char *name, size_t size)
{
	if (size > FIELD_NAME_MAX)
		return FIELD_OTHER;
	for (int i = 0; fields[size][i].name; i++)
		if (is_same_name(name, fields[size][i].name, size))
			return fields[size][i].id;
	return FIELD_OTHER;
}

/* ---- slices ---- */

/* Not GLib's, which is a call a character. */
static inline char lower_of(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool slice_starts(struct slice slice, const char *text)
{
	size_t i = 0;

	while (text[i] && i < slice.size && lower_of(slice.at[i]) == lower_of(text[i]))
		i++;
	return !text[i];
}

bool slice_equals(struct slice slice, const char *text)
{
	return slice.size == strlen(text) && slice_starts(slice, text);
}

bool slice_contains(struct slice slice, const char *text)
{
	const char *end = slice.at + slice.size;
	char lower = lower_of(text[0]), upper = g_ascii_toupper(lower);
	const char *small = memchr(slice.at, lower, slice.size);
	const char *large = lower == upper ? NULL : memchr(slice.at, upper, slice.size);

	while (small || large) {
		const char **next = !small || (large && large < small) ? &large : &small;

		if (slice_starts((struct slice){ *next, (size_t)(end - *next) }, text))
			return true;
		++*next;
		*next = memchr(*next, next == &small ? lower : upper, (size_t)(end - *next));
	}
	return false;
}

/* ---- the block ---- */

void header_reader_init(struct header_reader *reader, const uint8_t *bytes, size_t size)
{
	reader->at = (const char *)bytes;
	reader->end = reader->at + size;
	/* Old Macintosh mail ends its lines with a lone CR. */
	reader->line_end = '\n';
	if (size && !memchr(bytes, '\n', size) && memchr(bytes, '\r', size))
		reader->line_end = '\r';
}

/* The first byte after the line that begins at `at`. */
static const char *line_after(const struct header_reader *reader, const char *at)
{
	const char *found = memchr(at, reader->line_end, (size_t)(reader->end - at));

	return found ? found + 1 : reader->end;
}

static bool is_blank_line(const char *line, const char *after)
{
	while (line < after && (*line == '\r' || *line == '\n'))
		line++;
	return line == after;
}

/* The end of the field name at the start of a line, NULL if there is none:
 * printable characters, perhaps blanks (obsolete, but met), and a colon. */
static const char *name_end(const char *line, const char *after)
{
	const char *at = line;

	while (at < after && (unsigned char)*at > ' ' && (unsigned char)*at < 0x7f && *at != ':')
		at++;

	const char *end = at;
	while (at < after && (*at == ' ' || *at == '\t'))
		at++;
	return at < after && *at == ':' && end > line ? end : NULL;
}

bool header_next(struct header_reader *reader, struct field *field)
{
	while (reader->at < reader->end) {
		const char *line = reader->at;
		const char *after = line_after(reader, line);

		if (is_blank_line(line, after)) {
			reader->at = reader->end;
			return false;
		}

		const char *end = name_end(line, after);
		while (after < reader->end && (*after == ' ' || *after == '\t'))
			after = line_after(reader, after);
		reader->at = after;
		if (!end)
			continue;

		const char *colon = memchr(end, ':', (size_t)(after - end));
		field->id = field_find(line, (size_t)(end - line));
		field->name = (struct slice){ line, (size_t)(end - line) };
		field->value = slice_trim((struct slice){ colon + 1, (size_t)(after - colon - 1) });
		return true;
	}
	return false;
}
