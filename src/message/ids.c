#include "ids.h"

#include "epistograph/message.h"

#include <string.h>

/* Take the next <...> from *rest, without the brackets; false at the end. */
static bool next_bracketed(struct slice *rest, struct slice *id)
{
	for (;;) {
		const char *open = memchr(rest->at, '<', rest->size);

		if (!open)
			return false;
		rest->size -= (size_t)(open + 1 - rest->at);
		rest->at = open + 1;

		/* A "<" inside begins a new one: the old was never closed. */
		size_t i = 0;
		while (i < rest->size && rest->at[i] != '>' && rest->at[i] != '<')
			i++;
		*id = slice_trim((struct slice){ rest->at, i });
		rest->at += i;
		rest->size -= i;
		if (id->size)
			return true;
	}
}

/* The clean form: white space from folding inside of it goes. */
static const char *keep_id(struct decoder *decoder, GStringChunk *strings, struct slice id,
                           unsigned *faults)
{
	bool plain = true;

	if (id.size > ID_SIZE_MAX) {
		*faults |= FAULT_CUT;
		id.size = ID_SIZE_MAX;
	}
	for (size_t i = 0; i < id.size && plain; i++)
		plain = id.at[i] > ' ' && id.at[i] < 0x7f;
	if (plain)
		return g_string_chunk_insert_len(strings, id.at, (gssize)id.size);

	GString *solid = g_string_new(NULL);
	for (const char *c = decode_text(decoder, id); *c; c = g_utf8_next_char(c))
		if (!g_unichar_isspace(g_utf8_get_char(c)))
			g_string_append_len(solid, c, g_utf8_next_char(c) - c);

	const char *kept = g_string_chunk_insert(strings, solid->str);
	g_string_free(solid, TRUE);
	return kept;
}

/* Some programs encode identifiers as if they were text: =?utf-8?q?=3Ca=40b=3E?= */
static struct slice undo_encoding(struct decoder *decoder, struct slice value)
{
	if (value.size < 8 || value.size > (64 << 10) || memchr(value.at, '<', value.size) ||
	    !slice_contains((struct slice){ value.at, MIN(value.size, 100) }, "=?"))
		return value;

	const char *text = decode_text(decoder, value);
	return (struct slice){ text, strlen(text) };
}

const char *ids_read_one(struct decoder *decoder, GStringChunk *strings, struct slice value,
                         unsigned *faults)
{
	struct slice id;

	value = slice_trim(value);
	if (!memchr(value.at, '<', value.size))
		value = undo_encoding(decoder, value);

	struct slice rest = value;
	if (!next_bracketed(&rest, &id)) {
		id = value;
		for (size_t i = 0; i < MIN(id.size, ID_SIZE_MAX); i++)
			if (is_blank(id.at[i]))
				return "";
		if (!id.size || id.at[0] == '<')
			return "";
	}

	/* decode_text() may own what id points into. */
	char *copy = g_strndup(id.at, MIN(id.size, ID_SIZE_MAX + 1));
	const char *kept = keep_id(decoder, strings, (struct slice){ copy, strlen(copy) }, faults);
	g_free(copy);
	return kept;
}

/* Add an id, keeping the first REFERENCES_FIRST and, of the others, the last. */
static void add_id(GPtrArray *ids, const char *id, unsigned *faults)
{
	if (ids->len >= REFERENCES_MAX) {
		*faults |= FAULT_CUT;
		g_ptr_array_remove_index(ids, REFERENCES_FIRST);
	}
	g_ptr_array_add(ids, (gpointer)id);
}

/* Without any brackets: words that hold an "@" are ids, and so is a word that is all. */
static void read_bare(struct decoder *decoder, GStringChunk *strings, struct slice rest,
                      GPtrArray *ids, unsigned *faults)
{
	bool is_one = !slice_has_blank(slice_trim(rest));

	for (rest = slice_trim(rest); rest.size; rest = slice_trim(rest)) {
		struct slice word = { rest.at, 0 };

		while (word.size < rest.size && !is_blank(rest.at[word.size]))
			word.size++;
		rest.at += word.size;
		rest.size -= word.size;
		if (!is_one && !memchr(word.at, '@', word.size))
			continue;

		const char *kept = keep_id(decoder, strings, word, faults);
		if (*kept)
			add_id(ids, kept, faults);
	}
}

void ids_read_all(struct decoder *decoder, GStringChunk *strings, struct slice value,
                  GPtrArray *ids, unsigned *faults)
{
	struct slice rest = undo_encoding(decoder, value), id;
	char *decoded = rest.at == value.at ? NULL : g_strndup(rest.at, rest.size);

	if (decoded)
		rest.at = decoded;
	if (!memchr(rest.at, '<', rest.size))
		read_bare(decoder, strings, rest, ids, faults);
	while (next_bracketed(&rest, &id)) {
		const char *kept = keep_id(decoder, strings, id, faults);

		if (*kept)
			add_id(ids, kept, faults);
	}
	g_free(decoded);
}
