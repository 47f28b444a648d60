#include "people_cell.h"

#include "compose.h"

#include <string.h>

/* No address is longer: what is not closed within it is not closed. */
#define ANGLE_MAX 1024

/* What closes the quote or bracket at `at`; at itself if there is none. */
static const char *find_close(const char *at)
{
	if (*at == '"') {
		const char *close = strchr(at + 1, '"');
		return close != NULL ? close : at;
	}
	if (*at == '<')
		for (const char *c = at; c < at + ANGLE_MAX && *c != '\0' && !strchr(";\n", *c); c++)
			if (*c == '>')
				return c;
	return at;
}

/* The next of the separators outside of quotes and angle brackets, or the end. */
static const char *find_separator(const char *at, const char *separators)
{
	bool quotes = true;

	for (; *at != '\0' && strchr(separators, *at) == NULL; at++) {
		const char *close = *at != '"' || quotes ? find_close(at) : at;

		if (*at == '"' && close == at)
			quotes = false;         /* nor is any behind it closed */
		at = close;
	}
	return at;
}

void people_habit_add(struct people_habit *habit, const char *cell, bool sender)
{
	const char *semicolon = find_separator(cell, ";\n");

	/* One behind everything separates nothing. */
	if (*semicolon != '\0' && semicolon[1 + strspn(semicolon + 1, " ;\r\n")] != '\0')
		habit->semicolons = true;
	if (sender && strchr(cell, '@') == NULL && *find_separator(cell, ",") == ',')
		habit->surname_first = true;
}

static GPtrArray *split(const char *text, const char *separators)
{
	GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);

	for (const char *from = text;;) {
		const char *to = find_separator(from, separators);
		char *part = g_strstrip(g_strndup(from, (gsize)(to - from)));

		if (*part != '\0')
			g_ptr_array_add(parts, part);
		else
			g_free(part);
		if (*to == '\0')
			return parts;
		from = to + 1;
	}
}

/* One word with a capital, as in: Smith, John <j@a.org> */
static bool is_surname(const char *part)
{
	return g_unichar_isupper(g_utf8_get_char(part)) && strpbrk(part, " \t@<\"") == NULL;
}

static bool all_have_address(const GPtrArray *parts)
{
	for (guint i = 0; i < parts->len; i++)
		if (strchr(parts->pdata[i], '@') == NULL)
			return false;
	return parts->len > 0;
}

/* Put "Smith" and "John <j@a.org>" together again. */
static GPtrArray *join_surnames(GPtrArray *parts)
{
	GPtrArray *joined = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < parts->len; i++) {
		const char *part = parts->pdata[i], *next = i + 1 < parts->len ? parts->pdata[i + 1] : "<";

		if (is_surname(part) && *next != '<' && strchr(next, '<') != NULL &&
		    strchr(next, '@') != NULL) {
			g_ptr_array_add(joined, g_strconcat(part, ", ", next, NULL));
			i++;
		} else {
			g_ptr_array_add(joined, g_strdup(part));
		}
	}
	g_ptr_array_unref(parts);
	return joined;
}

/* The people in a text without semicolons. */
static GPtrArray *split_commas(const char *text, const struct people_habit *habit, bool sender)
{
	GPtrArray *parts = split(text, ",");
	bool separates = !sender && !habit->semicolons && !habit->surname_first;

	if (parts->len < 2 || separates || all_have_address(parts))
		return join_surnames(parts);
	g_ptr_array_set_size(parts, 0);
	g_ptr_array_add(parts, g_strdup(text));
	return parts;
}

/* Without the quotes and brackets around it. */
static char *unwrap(const char *text, gsize size)
{
	static const char opens[] = "\"'([", closes[] = "\"')]";
	char *plain = g_strstrip(g_strndup(text, size));
	gsize length;

	for (int depth = 0; depth < 4 && (length = strlen(plain)) >= 2; depth++) {
		const char *open = strchr(opens, plain[0]);

		if (open == NULL || plain[length - 1] != closes[open - opens])
			break;
		plain[length - 1] = '\0';
		memmove(plain, plain + 1, length - 1);
		g_strstrip(plain);
	}
	return plain;
}

/* The last word with an "@" inside; *size: its bytes. NULL if there is none. */
static const char *find_address(const char *entry, gsize *size)
{
	const char *at = strrchr(entry, '@'), *from = at;

	if (at == NULL || at == entry || at[1] == '\0' || at[1] == ' ')
		return NULL;
	while (from > entry && from[-1] != ' ')
		from--;
	*size = (gsize)(at - from) + strcspn(at, " ");
	return from < at ? from : NULL;
}

static bool is_x500(const char *entry)
{
	return g_ascii_strncasecmp(entry, "/o=", 3) == 0;
}

static void compose_parts(GString *list, char *name, char *address)
{
	/* The name is the address said twice. */
	compose_mailbox(list, strcmp(name, address) == 0 ? "" : name, address);
	g_free(name);
	g_free(address);
}

static void compose_entry(GString *list, const char *entry, const char *name)
{
	const char *open = strrchr(entry, '<'), *close = open ? strchr(open, '>') : NULL;
	gsize size;

	if (g_str_has_prefix(entry, "mailto:"))
		entry += strlen("mailto:");
	if (g_ascii_strncasecmp(entry, "EX:/o=", 6) == 0)
		entry += strlen("EX:");
	if (close != NULL && close > open + 1) {
		compose_parts(list, name ? g_strdup(name) : unwrap(entry, (gsize)(open - entry)),
		              unwrap(open + 1, (gsize)(close - open - 1)));
		return;
	}
	const char *address = find_address(entry, &size);
	if (address != NULL) {
		char *rest = g_strdup_printf("%.*s %s", (int)(address - entry), entry, address + size);

		compose_parts(list, name ? g_strdup(name) : unwrap(rest, strlen(rest)),
		              unwrap(address, size));
		g_free(rest);
	} else if (is_x500(entry)) {
		compose_parts(list, g_strdup(name ? name : ""), g_strdup(entry));
	} else if (name != NULL) {
		compose_parts(list, g_strdup(name), g_strdup(entry));
	} else if (!g_str_has_suffix(entry, ":")) {     /* undisclosed-recipients:; */
		char *plain = unwrap(entry, strlen(entry));

		compose_named(list, plain);
		g_free(plain);
	}
}

void people_cell_compose(GString *list, const char *cell, const char *names,
                         const struct people_habit *habit, bool sender)
{
	GPtrArray *groups = split(cell, ";\n");
	GPtrArray *paired = names ? split(names, ";\n") : NULL;
	bool pairs = paired != NULL && paired->len == groups->len;

	for (guint i = 0; i < groups->len; i++) {
		GPtrArray *entries = split_commas(groups->pdata[i], habit, sender);
		bool named = pairs && entries->len == 1;

		for (guint e = 0; e < entries->len; e++)
			compose_entry(list, entries->pdata[e], named ? paired->pdata[i] : NULL);
		g_ptr_array_unref(entries);
	}
	if (paired != NULL)
		g_ptr_array_unref(paired);
	g_ptr_array_unref(groups);
}
