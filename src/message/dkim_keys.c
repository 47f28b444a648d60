#include "epistograph/dkim_keys.h"

#include "epistograph/error.h"

#include <glib.h>

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ZONE "._domainkey."

struct dkim_keys {
	GArray *list;                   /* struct dkim_key */
	GStringChunk *strings;          /* each once */
	bool sorted;
};

struct dkim_keys *dkim_keys_new(void)
{
	struct dkim_keys *keys = g_new0(struct dkim_keys, 1);

	keys->list = g_array_new(FALSE, FALSE, sizeof(struct dkim_key));
	keys->strings = g_string_chunk_new(4096);
	return keys;
}

void dkim_keys_free(struct dkim_keys *keys)
{
	if (!keys)
		return;
	g_array_unref(keys->list);
	g_string_chunk_free(keys->strings);
	g_free(keys);
}

void dkim_keys_add(struct dkim_keys *keys, const char *name, const char *record)
{
	char *lower = g_ascii_strdown(name, -1);
	char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, record, -1);

	digest[16] = '\0';
	struct dkim_key key = {
		.name = g_string_chunk_insert_const(keys->strings, lower),
		.record = g_string_chunk_insert_const(keys->strings, record),
		.fingerprint = g_string_chunk_insert_const(keys->strings, digest),
	};

	g_array_append_val(keys->list, key);
	keys->sorted = false;
	g_free(digest);
	g_free(lower);
}

/* ---- a file of them ---- */

struct line {
	const char *path;
	int64_t number;                 /* from 1 */
};

static int fail_line(const struct line *line, struct error *err, const char *what)
{
	return error_set(err, "%s, line %" G_GINT64_FORMAT ": %s", line->path, line->number, what);
}

/* The next word of the line, NULL at its end. */
static char *next_word(char **rest)
{
	char *word = *rest + strspn(*rest, " \t");
	size_t size = strcspn(word, " \t");

	if (!size)
		return NULL;
	*rest = word + size + (word[size] != '\0');
	word[size] = '\0';
	return word;
}

/* "3600 IN TXT" in front of a record, as zone files and dig have it. */
static char *skip_type(char *record)
{
	static const char *const words[] = { "IN", "TXT" };
	char *at = record + strspn(record, "0123456789");

	if (at > record && *at != ' ' && *at != '\t')
		return record;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		size_t size = strlen(words[i]);

		at += strspn(at, " \t");
		if (g_ascii_strncasecmp(at, words[i], size) == 0 && strchr(" \t\"", at[size]))
			at += size;
	}
	return at + strspn(at, " \t");
}

/* Strings in quotes become one, in place. NULL if a quote is not closed or something stands
 * outside of them. */
static char *unquote(char *record)
{
	char *from = record, *to = record;

	while (*from == '"') {
		for (from++; *from != '"'; from++) {
			if (*from == '\\' && from[1])
				from++;
			if (!*from)
				return NULL;
			*to++ = *from;
		}
		from += 1 + strspn(from + 1, " \t");
	}
	if (*from)
		return NULL;
	*to = '\0';
	return record;
}

static int parse_line(struct dkim_keys *keys, char *text, const struct line *line,
                      struct error *err)
{
	char *rest = text, *name = next_word(&rest);

	if (!name || *name == '#' || *name == ';')
		return 0;
	size_t size = strlen(name);

	if (name[size - 1] == '.')
		name[size - 1] = '\0';
	for (char *c = name; *c; c++)
		*c = g_ascii_tolower(*c);
	const char *zone = strstr(name, ZONE);
	if (!zone || zone == name || !zone[strlen(ZONE)])
		return fail_line(line, err, "this is no name of a key (selector" ZONE "domain)");
	char *record = skip_type(rest);

	if (strcmp(record, "NXDOMAIN") == 0 || g_str_has_prefix(record, "~~"))
		return 0;
	if (!*record)
		return fail_line(line, err, "a record belongs behind the name");
	if (*record == '"' && !(record = unquote(record)))
		return fail_line(line, err, "the record is in quotes that do not end");
	dkim_keys_add(keys, name, record);
	return 0;
}

/* A record has no other characters, nor has a name in the DNS. */
static bool is_printable(const char *text)
{
	for (; *text; text++)
		if ((*text < ' ' && *text != '\t') || *text > '~')
			return false;
	return true;
}

int dkim_keys_parse(struct dkim_keys *keys, const char *text, size_t size, const char *path,
                    struct error *err)
{
	const char *end = text + size;
	struct line line = { path, 0 };
	int status = 0;

	while (text < end && status == 0) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline ? newline : end;
		char *copy = g_strndup(text, (size_t)(stop - text));

		line.number++;
		g_strchomp(copy);
		if (memchr(text, '\0', (size_t)(stop - text)))
			status = fail_line(&line, err, "this is no text");
		else if (*copy != '#' && !is_printable(copy))
			status = fail_line(&line, err, "names and records are of printable ASCII");
		else
			status = parse_line(keys, copy, &line, err);
		g_free(copy);
		text = newline ? newline + 1 : end;
	}
	return status;
}

int dkim_keys_read(struct dkim_keys *keys, const char *path, struct error *err)
{
	GError *trouble = NULL;
	gsize size;
	char *text;

	if (!g_file_get_contents(path, &text, &size, &trouble)) {
		error_set(err, "the keys cannot be read: %s", trouble->message);
		g_error_free(trouble);
		return -1;
	}
	int status = dkim_keys_parse(keys, text, size, path, err);

	g_free(text);
	return status;
}

/* ---- looking them up ---- */

static int compare_keys(const void *left, const void *right)
{
	const struct dkim_key *a = left, *b = right;
	int names = strcmp(a->name, b->name);

	return names ? names : strcmp(a->record, b->record);
}

static void sort(struct dkim_keys *keys)
{
	struct dkim_key *all = (struct dkim_key *)(void *)keys->list->data;
	guint kept = 0;

	if (keys->sorted)
		return;
	g_array_sort(keys->list, compare_keys);
	for (guint i = 0; i < keys->list->len; i++)
		if (!kept || compare_keys(&all[kept - 1], &all[i]) != 0)
			all[kept++] = all[i];
	g_array_set_size(keys->list, kept);
	keys->sorted = true;
}

const struct dkim_key *dkim_keys_list(struct dkim_keys *keys, size_t *count)
{
	sort(keys);
	*count = keys->list->len;
	return (const struct dkim_key *)(void *)keys->list->data;
}

const struct dkim_key *dkim_keys_find(struct dkim_keys *keys, const char *name, size_t *count)
{
	size_t all, low = 0;
	const struct dkim_key *list = dkim_keys_list(keys, &all);
	size_t high = all;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(list[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < all && strcmp(list[low + *count].name, name) == 0;)
		++*count;
	return list + low;
}
