#include "gmail.h"

#include <string.h>

/* Take the next label from *at, without quotes, and go on behind its comma; false if it
 * does not end with one. */
static bool next_label(const char **at, GString *label)
{
	const char *c = *at + strspn(*at, " ");
	bool quoted = *c == '"';

	g_string_truncate(label, 0);
	for (c += quoted; *c && (quoted || *c != ','); c++) {
		bool escapes = quoted && (*c == '\\' || *c == '"') && (c[1] == '"' || c[1] == *c);

		if (*c == '"' && quoted && !escapes)
			quoted = false;
		else
			g_string_append_c(label, escapes ? *++c : *c);
	}
	*at = *c ? c + 1 : c;
	g_strchomp(label->str);
	g_string_set_size(label, strlen(label->str));
	return *c != '\0';
}

const char *gmail_read_labels(GStringChunk *strings, const char *text, bool cut)
{
	GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *lines = g_string_new(NULL), *label = g_string_new(NULL);

	while (*text) {
		bool whole = next_label(&text, label) || !cut;

		if (!label->len || !whole || !g_hash_table_add(seen, g_strdup(label->str)))
			continue;
		g_string_append_printf(lines, "%s%s", lines->len ? "\n" : "", label->str);
	}
	const char *kept = g_string_chunk_insert(strings, lines->str);

	g_hash_table_destroy(seen);
	g_string_free(label, TRUE);
	g_string_free(lines, TRUE);
	return kept;
}

const char *gmail_read_conversation(GStringChunk *strings, struct slice value)
{
	static const char most[] = "9223372036854775807";
	size_t size = 0;

	while (value.size > 1 && value.at[0] == '0')
		value.at++, value.size--;
	while (size < value.size && g_ascii_isdigit(value.at[size]))
		size++;
	if (!size || size < value.size || size > sizeof most - 1 ||
	    (size == sizeof most - 1 && memcmp(value.at, most, size) > 0))
		return "";
	return g_string_chunk_insert_len(strings, value.at, (gssize)size);
}
