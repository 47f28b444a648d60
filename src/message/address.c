#include "address.h"

#include "mailbox.h"

#include <string.h>

/* What is remembered is thrown away as a whole, between messages, beyond this. */
#define CACHE_ENTRIES_MAX 20000
#define CACHE_BYTES_MAX   (8 << 20)

/* How far behind an address the next is looked for where a comma is missing. */
#define LOOK_AHEAD 256

/* What an entry, byte for byte, was read as. */
struct known {
	struct slice entry;
	guint hash;
	const char *address, *name;
	bool bad;
};

struct address_reader {
	struct decoder *decoder;
	struct mailbox mailbox;
	GString *name;                  /* decoded, scratch */
	GHashTable *cache;              /* of struct known, each its own key */
	GStringChunk *strings;          /* of the cache and of what is too much for it */
	size_t bytes;                   /* in strings */
};

static guint known_hash(gconstpointer key)
{
	return ((const struct known *)key)->hash;
}

static gboolean known_equal(gconstpointer a, gconstpointer b)
{
	const struct known *x = a, *y = b;

	return x->entry.size == y->entry.size && !memcmp(x->entry.at, y->entry.at, x->entry.size);
}

struct address_reader *address_reader_new(struct decoder *decoder)
{
	struct address_reader *reader = g_new0(struct address_reader, 1);

	reader->decoder = decoder;
	mailbox_init(&reader->mailbox);
	reader->name = g_string_new(NULL);
	reader->cache = g_hash_table_new_full(known_hash, known_equal, g_free, NULL);
	reader->strings = g_string_chunk_new(64 << 10);
	return reader;
}

void address_reader_free(struct address_reader *reader)
{
	if (!reader)
		return;
	g_string_chunk_free(reader->strings);
	g_hash_table_destroy(reader->cache);
	g_string_free(reader->name, TRUE);
	mailbox_clear(&reader->mailbox);
	g_free(reader);
}

void address_reader_begin(struct address_reader *reader)
{
	if (reader->bytes < CACHE_BYTES_MAX && g_hash_table_size(reader->cache) < CACHE_ENTRIES_MAX)
		return;
	g_hash_table_remove_all(reader->cache);
	g_string_chunk_clear(reader->strings);
	reader->bytes = 0;
}

/* ---- one entry ---- */

static guint hash_bytes(struct slice s)
{
	guint64 hash = s.size * 0x9e3779b97f4a7c15u, word;

	for (; s.size >= sizeof word; s.at += sizeof word, s.size -= sizeof word) {
		memcpy(&word, s.at, sizeof word);
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	word = 0;
	memcpy(&word, s.at, s.size);
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	return (guint)(hash >> 32);
}

static const char *keep(struct address_reader *reader, const char *text, size_t size)
{
	if (!size)
		return "";
	reader->bytes += size + 1;
	return g_string_chunk_insert_len(reader->strings, text, (gssize)size);
}

/* A name in paired quotes of its own, 'Ann Lee' or "Ann Lee": what some programs
 * leave when they quote what is quoted already. */
static struct slice unquote_name(struct slice name)
{
	while (name.size > 2 && (name.at[0] == '\'' || name.at[0] == '"') &&
	       name.at[name.size - 1] == name.at[0])
		name = slice_trim((struct slice){ name.at + 1, name.size - 2 });
	return name;
}

static void read_entry(struct address_reader *reader, struct slice entry, struct known *known)
{
	struct mailbox *mailbox = &reader->mailbox;
	struct slice name;

	if (!mailbox_read_usual(mailbox, entry)) {
		mailbox_read(mailbox, reader->decoder, entry);
		name = (struct slice){ mailbox->name->str, mailbox->name->len };
		const char *text = decode_text(reader->decoder, name);
		g_string_truncate(mailbox->name, 0);
		name_append(mailbox->name, (struct slice){ text, strlen(text) });
	}
	name = unquote_name((struct slice){ mailbox->name->str, mailbox->name->len });
	known->address = keep(reader, mailbox->address->str, mailbox->address->len);
	known->name = keep(reader, name.at, name.size);
	known->bad = mailbox->bad;
}

/* Returned is borrowed until address_reader_begin(), or until the next call when
 * the cache is full. */
static const struct known *know_entry(struct address_reader *reader, struct slice entry,
                                      struct known *spare)
{
	*spare = (struct known){ .entry = entry, .hash = hash_bytes(entry) };

	const struct known *found = g_hash_table_lookup(reader->cache, spare);
	if (found)
		return found;
	read_entry(reader, entry, spare);
	if (g_hash_table_size(reader->cache) >= CACHE_ENTRIES_MAX)
		return spare;

	struct known *known = g_new(struct known, 1);
	*known = *spare;
	known->entry.at = keep(reader, entry.at, entry.size);
	g_hash_table_add(reader->cache, known);
	return known;
}

/* ---- lists ---- */

/* A walk through the entries of a list. */
struct list {
	const char *at, *end;
	struct closer closer;
	bool in_group;
	bool semicolons;                /* entries are separated by ";", as Outlook does */

	struct address_reader *reader;
	enum role role;
	GArray *mentions;
	unsigned faults;
};

/* The end of what begins with "<" at `at`: behind its ">", or where it must have
 * been forgotten: before the next separator that is not of a route. */
static const char *angle_end(const char *at, const char *end)
{
	bool route = at + 1 < end && at[1] == '@';

	if (end - at > MAILBOX_SIZE_MAX)
		end = at + MAILBOX_SIZE_MAX;
	for (at++; at < end; at++) {
		if (*at == '>')
			return at + 1;
		if (*at == ':')
			route = false;
		/* "<Undisclosed-Recipient:;>" is met; its ";" separates nothing. */
		if (*at == ',' ? !route : *at == ';' && at[-1] != ':')
			return at;
	}
	return end;
}

/* The end of "[...]" as in a domain literal, or just behind the "[". */
static const char *bracket_end(const char *at, const char *end)
{
	for (const char *c = at + 1; c < end && c < at + 64 && !strchr(",;<>@[", *c); c++)
		if (*c == ']')
			return c + 1;
	return slice_starts((struct slice){ at, (size_t)(end - at) }, "[mailto:") ? at + 8 : at + 1;
}

/* The next "," ";" ":" or the end of an angle outside of quotes, comments,
 * encoded words and brackets, or the end of the list. */
static const char *next_special(struct list *list, const char *at)
{
	while (at < list->end) {
		char c = *at;

		if (c >= '@' && c != '[') {     /* letters, most of all */
			at++;
		} else if (c == '"' || c == '(') {
			const char *close = closer_find(&list->closer, at, list->end);
			at = close ? close : at + 1;
		} else if (c == ',' || c == ';' || c == ':') {
			return at;
		} else if (c == '<') {
			return angle_end(at, list->end);
		} else if (c == '=') {
			const char *close = encoded_word_end(at, list->end);
			at = close ? close : at + 1;
		} else {
			at = c == '[' ? bracket_end(at, list->end) : at + 1;
		}
	}
	return list->end;
}

static bool holds(const char *from, const char *to, char c)
{
	return memchr(from, c, (size_t)(to - from));
}

/* What is before a ":" names a group unless it is a scheme or has an address. */
static bool is_group_name(const char *from, const char *to)
{
	static const char *const schemes[] = { "mailto", "smtp", "ex", "x500" };
	struct slice name = { from, (size_t)(to - from) };

	if (name.size > ADDRESS_SIZE_MAX)
		return false;
	name = slice_trim(name);
	for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (slice_equals(name, schemes[i]))
			return false;
	return !holds(from, to, '@');
}

/* Walk once for the question alone whether a ";" stands outside of any group. */
static bool has_bare_semicolon(struct list list)
{
	const char *start = list.at;

	if (!holds(list.at, list.end, ';'))
		return false;
	for (const char *at = list.at; (at = next_special(&list, at)) < list.end;) {
		if (*at == ';' && !list.in_group)
			return true;
		if (*at == ';')
			list.in_group = false;
		else if (*at == ':' && is_group_name(start, at))
			list.in_group = true;
		if (*at == ',' || *at == ';' || *at == ':')
			start = ++at;
	}
	return false;
}

/* One word with a capital: what stands before the comma in: Lee, Ann <a@b.c> */
static bool is_surname(const char *from, const char *to)
{
	struct slice word = slice_trim((struct slice){ from, (size_t)(to - from) });

	if (word.size < 2 || !(g_ascii_isupper(word.at[0]) || (word.at[0] & 0x80)))
		return false;
	for (size_t i = 1; i < word.size; i++)
		if (!g_ascii_isalpha(word.at[i]) && !(word.at[i] & 0x80) && word.at[i] != '\'' &&
		    word.at[i] != '-')
			return false;
	return true;
}

/* A comma at `at`, with the entry begun at `from`: is it inside a name that nobody
 * quoted? In a list with semicolons, if no address stands before it; else if a
 * surname stands before it and a first name and <...@...> behind. */
static bool is_comma_in_name(const struct list *list, const char *from, const char *at)
{
	if (at - from > MAILBOX_SIZE_MAX)
		return false;
	if (list->semicolons)
		return !holds(from, at, '@') && !holds(from, at, '<');
	if (!is_surname(from, at))
		return false;

	const char *end = list->end, *open = at + 1;
	while (open < end && *open != '<' && !strchr("@,;:\"(", *open))
		open++;
	if (open >= end || *open != '<' ||
	    !slice_trim((struct slice){ at + 1, (size_t)(open - at - 1) }).size)
		return false;
	return holds(open, angle_end(open, end), '@');
}

static void add_mention(struct list *list, const struct known *known)
{
	struct mention mention = { list->role, known->address, known->name };

	if (known->bad)
		list->faults |= FAULT_BAD_ADDRESS;
	if (!*known->address && !*known->name)
		return;
	if (list->mentions->len >= MENTIONS_MAX)
		list->faults |= FAULT_CUT;
	else
		g_array_append_val(list->mentions, mention);
}

/* "a@b.c d@e.f": words that are all addresses are entries, though nothing
 * separates them. An "@" at either end of a word is the obsolete "a @ b . c". */
static bool is_bare_addresses(struct slice entry)
{
	bool has_at = false;
	int words = 0;

	for (size_t i = 0; i < entry.size; i++) {
		char c = entry.at[i];
		bool ends = i + 1 == entry.size || is_blank(entry.at[i + 1]);

		if (strchr("\"<([", c))
			return false;
		if (is_blank(c))
			continue;
		has_at |= c == '@' && !ends && i > 0 && !is_blank(entry.at[i - 1]);
		if (ends && !has_at)
			return false;
		if (ends) {
			has_at = false;
			words++;
		}
	}
	return words > 1;
}

static void add_words(struct list *list, struct slice entry)
{
	struct slice previous = { "", 0 };
	struct known spare;

	while (entry.size) {
		struct slice word = { entry.at, 0 };

		while (word.size < entry.size && !is_blank(entry.at[word.size]))
			word.size++;
		/* "a@b.c a@b.c": the name is the address. */
		if (word.size != previous.size || memcmp(word.at, previous.at, word.size))
			add_mention(list, know_entry(list->reader, word, &spare));
		previous = word;
		entry = slice_trim((struct slice){ entry.at + word.size, entry.size - word.size });
	}
}

static void add_entry(struct list *list, const char *from, const char *to)
{
	struct slice entry = slice_trim((struct slice){ from, (size_t)(to - from) });
	struct known spare;

	if (!entry.size)
		return;
	if (entry.size > MAILBOX_SIZE_MAX) {
		/* Nobody is called that: keep what may be the address. */
		const char *open = memrchr(entry.at, '<', entry.size);

		list->faults |= FAULT_CUT | FAULT_BAD_ADDRESS;
		entry.size = open ? (size_t)(entry.at + entry.size - open) : 0;
		entry.at = open;
		if (!open || entry.size > ADDRESS_SIZE_MAX)
			return;
	}
	if (entry.at[entry.size - 1] != '>' && slice_has_blank(entry) && is_bare_addresses(entry))
		add_words(list, entry);
	else
		add_mention(list, know_entry(list->reader, entry, &spare));
}

/* Behind "<a@b.c>" another address before the next separator: a comma is missing. */
static bool is_comma_missing(const struct list *list, const char *from, const char *at)
{
	const char *end = MIN(list->end, at + LOOK_AHEAD);

	if (at - from > MAILBOX_SIZE_MAX || at[-1] != '>' || !holds(from, at, '@'))
		return false;
	while (at < end && *at != '@' && *at != ',' && *at != ';' && *at != '(')
		at++;
	return at < end && *at == '@';
}

unsigned address_read_list(struct address_reader *reader, struct slice value, enum role role,
                           GArray *mentions)
{
	struct list list = { .at = value.at, .end = value.at + value.size, .reader = reader,
	                     .role = role, .mentions = mentions };
	const char *start = list.at;

	list.semicolons = has_bare_semicolon(list);
	for (const char *at = start; at < list.end && mentions->len < MENTIONS_MAX;) {
		at = next_special(&list, at);
		if (at == list.end)
			break;
		if (*at == ':') {
			if (is_group_name(start, at)) {
				list.in_group = true;
				start = at + 1;
			}
			at++;
		} else if (*at == ',' && is_comma_in_name(&list, start, at)) {
			at++;
		} else if (*at == ',' || *at == ';') {
			add_entry(&list, start, at);
			list.in_group &= *at == ',';
			start = ++at;
		} else if (is_comma_missing(&list, start, at)) {
			add_entry(&list, start, at);
			start = at;
		}
	}
	add_entry(&list, start, list.end);
	return list.faults;
}

struct mention address_read_one(struct address_reader *reader, struct slice value, enum role role)
{
	struct known spare;
	const struct known *known;

	value.size = MIN(value.size, MAILBOX_SIZE_MAX);
	known = know_entry(reader, value, &spare);
	return (struct mention){ role, known->address, known->name };
}
