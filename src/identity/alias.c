#include "epistograph/alias.h"

#include "epistograph/error.h"
#include "epistograph/message.h"

#include <glib.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

static void alias_clear(struct alias *alias)
{
	g_free(alias->address);
	g_free(alias->person);
	g_free(alias->name);
}

void alias_list_clear(struct alias_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		alias_clear(&list->aliases[i]);
	g_free(list->aliases);
	*list = (struct alias_list){ 0 };
}

/* Where address is, or where it belongs. */
static size_t place_of(const struct alias_list *list, const char *address)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(list->aliases[middle].address, address) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct alias *alias_list_find(const struct alias_list *list, const char *address)
{
	size_t place = place_of(list, address);

	return place < list->count && !strcmp(list->aliases[place].address, address)
	       ? &list->aliases[place] : NULL;
}

void alias_list_set(struct alias_list *list, const char *address, const char *person,
                    const char *name)
{
	size_t place = place_of(list, address);
	struct alias alias = { g_strdup(address), g_strdup(person), g_strdup(name), 0 };

	if (alias_list_find(list, address)) {
		alias_clear(&list->aliases[place]);
	} else {
		list->aliases = g_renew(struct alias, list->aliases, list->count + 1);
		memmove(&list->aliases[place + 1], &list->aliases[place],
		        (list->count - place) * sizeof *list->aliases);
		list->count++;
	}
	list->aliases[place] = alias;
}

static void remove_at(struct alias_list *list, size_t place)
{
	alias_clear(&list->aliases[place]);
	list->count--;
	memmove(&list->aliases[place], &list->aliases[place + 1],
	        (list->count - place) * sizeof *list->aliases);
}

/* The addresses of a person who has lost one, which may be the main one. Somebody
 * left over is not somebody the user wants to stand alone. */
static void settle_rest(struct alias_list *list, const char *person)
{
	const char *heir = NULL;
	size_t count = 0, last = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->aliases[i].person, person) != 0)
			continue;
		if (!heir || !strcmp(list->aliases[i].address, person))
			heir = list->aliases[i].address;
		last = i;
		count++;
	}
	if (count == 1)
		remove_at(list, last);
	for (size_t i = 0; i < list->count && count > 1; i++) {
		struct alias *alias = &list->aliases[i];

		if (strcmp(alias->person, person) != 0)
			continue;
		char *before = alias->person;

		alias->person = g_strdup(heir);
		g_free(before);
	}
}

bool alias_list_forget(struct alias_list *list, const char *address)
{
	const struct alias *alias = alias_list_find(list, address);

	if (!alias)
		return false;
	char *person = g_strdup(alias->person);

	remove_at(list, (size_t)(alias - list->aliases));
	settle_rest(list, person);
	g_free(person);
	return true;
}

/* ---- the file ---- */

/* A file being read. Its aliases are put in order at the end. */
struct reading {
	const char *path;
	GArray *aliases;
	GHashTable *lines;              /* address to the line it stands in */
};

/* A line being read: the name, then addresses in <>. */
struct alias_line {
	const char *path;
	int number;
	char *name;                     /* owned */
	char *main;                     /* owned; NULL before the first address */
};

static int wrong_line(const struct alias_line *line, const char *what, struct error *err)
{
	return error_set(err, "%s: line %d: %s", line->path, line->number, what);
}

/* The "<...>" at *at; *at moves behind it. */
static int read_address(struct alias_line *line, char **at, char **address, struct error *err)
{
	char *close = strchr(*at, '>');

	if (!close)
		return wrong_line(line, "a \"<\" without its \">\"", err);
	*close = '\0';
	*address = address_normalise(*at + 1);
	*at = close + 1;
	if (**address)
		return 0;
	g_free(*address);
	return wrong_line(line, "there is no address between \"<\" and \">\"", err);
}

static int add_address(struct reading *reading, struct alias_line *line, char *address,
                       struct error *err)
{
	int before = GPOINTER_TO_INT(g_hash_table_lookup(reading->lines, address));

	if (before == line->number)
		return error_set(err, "%s: line %d: %s stands twice in it", line->path, line->number,
		                 address);
	if (before)
		return error_set(err, "%s: line %d: %s stands in line %d, too", line->path, line->number,
		                 address, before);
	if (!line->main)
		line->main = g_strdup(address);
	struct alias alias = { g_strdup(address), g_strdup(line->main), g_strdup(line->name),
	                       line->number };

	g_array_append_val(reading->aliases, alias);
	g_hash_table_insert(reading->lines, g_strdup(address), GINT_TO_POINTER(line->number));
	return 0;
}

static int read_addresses(struct reading *reading, struct alias_line *line, char *at,
                          struct error *err)
{
	int status = 0;

	while (status == 0 && *at) {
		char *address = NULL;

		if (*at == ' ' || *at == '\t' || *at == ',' || *at == ';') {
			at++;
		} else if (*at != '<') {
			status = wrong_line(line, "addresses stand in \"<\" and \">\", behind the name", err);
		} else if ((status = read_address(line, &at, &address, err)) == 0) {
			status = add_address(reading, line, address, err);
			g_free(address);
		}
	}
	return status;
}

static int read_line(struct reading *reading, int number, char *text, struct error *err)
{
	struct alias_line line = { .path = reading->path, .number = number };
	int status;

	g_strstrip(text);
	if (!*text || *text == '#')
		return 0;
	char *open = strchr(text, '<');

	if (!open)
		return wrong_line(&line, "there is no address in \"<\" and \">\"", err);
	line.name = g_strstrip(g_strndup(text, (gsize)(open - text)));
	status = read_addresses(reading, &line, open, err);
	g_free(line.name);
	g_free(line.main);
	return status;
}

static int compare_aliases(const void *left, const void *right)
{
	const struct alias *a = left, *b = right;

	return strcmp(a->address, b->address);
}

static int read_lines(struct reading *reading, char *text, struct error *err)
{
	char *from = g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text;
	char **lines = g_strsplit(from, "\n", -1);
	int status = 0;

	for (int i = 0; lines[i] && status == 0; i++)
		status = read_line(reading, i + 1, lines[i], err);
	g_strfreev(lines);
	return status;
}

int alias_list_read(struct alias_list *list, const char *path, struct error *err)
{
	GError *failure = NULL;
	char *bytes;
	gsize size;

	*list = (struct alias_list){ 0 };
	if (!g_file_get_contents(path, &bytes, &size, &failure)) {
		error_set(err, "%s", failure->message);
		g_error_free(failure);
		return -1;
	}
	char *text = g_utf8_make_valid(bytes, (gssize)size);
	struct reading reading = {
		.path = path, .aliases = g_array_new(FALSE, FALSE, sizeof(struct alias)),
		.lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	int status = read_lines(&reading, text, err);

	g_array_sort(reading.aliases, compare_aliases);
	list->count = reading.aliases->len;
	list->aliases = (struct alias *)(void *)g_array_free(reading.aliases, FALSE);
	g_hash_table_destroy(reading.lines);
	g_free(text);
	g_free(bytes);
	if (status < 0)
		alias_list_clear(list);
	return status;
}

void alias_write_line(FILE *out, const char *name, const char *const *addresses, size_t count)
{
	/* What would end the name, begin a comment, or be read as an address. */
	char *clean = g_strdelimit(g_strdup(name), "<>\n\r", ' ');

	g_strstrip(clean);
	fputs(clean + strspn(clean, "# "), out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s<%s>", i || *clean ? " " : "", addresses[i]);
	fputc('\n', out);
	g_free(clean);
}
