#include "lists.h"

#include "epistograph/calendar.h"

#include <glib.h>

#include <string.h>

enum { COLUMNS_MAX = 9 };

/* What each list shows of a row. */
static const struct list_form {
	const char *name;
	int count;
	struct table_column columns[COLUMNS_MAX];
} forms[] = {
	[LIST_FILES] = { "files", 4, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT, .exact = true },
		{ .name = "size", .title = "Bytes", .type = TABLE_INT },
		{ .name = "outcome", .title = "Outcome", .type = TABLE_TEXT },
		{ .name = "reason", .title = "Reason", .type = TABLE_TEXT } } },
	[LIST_REJECTED] = { "rejected", 4, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT, .exact = true },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "size", .title = "Bytes", .type = TABLE_INT },
		{ .name = "reason", .title = "Reason", .type = TABLE_TEXT } } },
	[LIST_NOTES] = { "findings", 4, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT, .exact = true },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "finding", .title = "Finding", .type = TABLE_TEXT },
		{ .name = "text", .title = "What was found", .type = TABLE_TEXT } } },
	[LIST_DUPLICATES] = { "duplicates", 6, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT, .exact = true },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "message_id", .title = "Message-ID", .type = TABLE_TEXT },
		{ .name = "counted_path", .title = "Counted copy", .type = TABLE_TEXT, .exact = true },
		{ .name = "counted_offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "why", .title = "What is the same", .type = TABLE_TEXT } } },
	[LIST_LABELS] = { "labels", 2, {
		{ .name = "label", .title = "Label", .type = TABLE_TEXT },
		{ .name = "messages", .title = "Messages", .type = TABLE_INT } } },
	[LIST_MISSING] = { "missing", 9, {
		{ .name = "message_id", .title = "Message-ID", .type = TABLE_TEXT },
		{ .name = "answers", .title = "Answers", .type = TABLE_INT },
		{ .name = "cited", .title = "Named by", .type = TABLE_INT },
		{ .name = "first", .title = "First", .type = TABLE_TEXT, .whole = true },
		{ .name = "answered_by", .title = "Had by (who answered)", .type = TABLE_TEXT },
		{ .name = "answers_to", .title = "Answers went to", .type = TABLE_TEXT },
		{ .name = "subject", .title = "Subject of the first", .type = TABLE_TEXT },
		{ .name = "path", .title = "File of the first", .type = TABLE_TEXT, .exact = true },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER } } },
};

int list_from_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
		if (!strcmp(forms[i].name, name))
			return (int)i;
	return -1;
}

struct printing {
	struct table *table;
	enum casefile_list list;
	const struct who *who;          /* NULL: everybody's */
	enum table_format format;
	int64_t rows;
};

/* A number where there is one. */
static void cell_number(struct table *table, int64_t value)
{
	if (value < 0)
		table_null(table);
	else
		table_int(table, value);
}

static int print_row(void *context, const struct casefile_row *row, struct error *err)
{
	struct printing *printing = context;
	struct table *table = printing->table;

	(void)err;
	table_text(table, row->path);
	switch (printing->list) {
	case LIST_FILES:
		cell_number(table, row->size);
		table_text(table, row->kind);
		table_text(table, row->text);
		break;
	case LIST_REJECTED:
		cell_number(table, row->offset);
		cell_number(table, row->size);
		table_text(table, row->text);
		break;
	case LIST_NOTES:
		cell_number(table, row->offset);
		table_text(table, row->kind);
		table_text(table, row->text);
		break;
	case LIST_DUPLICATES:
		cell_number(table, row->offset);
		table_text(table, row->id);
		table_text(table, row->first_path);
		cell_number(table, row->first_offset);
		table_text(table, row->text);
		break;
	case LIST_LABELS:
		cell_number(table, row->size);
		break;
	case LIST_MISSING:              /* see print_missing() */
		break;
	}
	table_end_row(table);
	printing->rows++;
	return 0;
}

/* As many persons as a line has room for in text, else all. */
#define PEOPLE_IN_TEXT 3

/* "Ann Lee <ann@example.org> <ann@home.example>; Bo Berg <bo@example.org>" */
static void cell_people(const struct printing *printing, const struct missing_person *people,
                        size_t count)
{
	GString *out = g_string_new(NULL);
	size_t most = printing->format == TABLE_AS_TEXT && count > PEOPLE_IN_TEXT + 1
	              ? PEOPLE_IN_TEXT : count;

	for (size_t i = 0; i < most; i++) {
		g_string_append_printf(out, "%s%s", i ? "; " : "", people[i].name);
		for (const char *const *address = people[i].addresses; *address; address++)
			g_string_append_printf(out, "%s<%s>", out->len && out->str[out->len - 1] != ' '
			                       ? " " : "", *address);
	}
	if (most < count)
		g_string_append_printf(out, " and %zu others", count - most);
	if (count)
		table_text(printing->table, out->str);
	else
		table_null(printing->table);
	g_string_free(out, TRUE);
}

static bool concerns(const struct who *who, const struct casefile_missing *missing)
{
	for (size_t i = 0; i < missing->answered_by_count; i++)
		if (who_is(who, missing->answered_by[i].person))
			return true;
	for (size_t i = 0; i < missing->answers_to_count; i++)
		if (who_is(who, missing->answers_to[i].person))
			return true;
	return false;
}

static int print_missing(void *context, const struct casefile_missing *missing,
                         struct error *err)
{
	struct printing *printing = context;
	struct table *table = printing->table;
	char date[32];

	(void)err;
	if (printing->who && !concerns(printing->who, missing))
		return 0;
	table_text(table, missing->message_id);
	table_int(table, missing->answers);
	table_int(table, missing->cited);
	if (missing->instant == INSTANT_NONE)
		table_null(table);
	else
		table_text(table, instant_format(date, missing->instant));
	cell_people(printing, missing->answered_by, missing->answered_by_count);
	cell_people(printing, missing->answers_to, missing->answers_to_count);
	table_text(table, missing->subject);
	table_text(table, missing->path);
	cell_number(table, missing->offset);
	table_end_row(table);
	printing->rows++;
	return 0;
}

int64_t list_print(FILE *out, struct casefile *casefile, enum casefile_list list,
                   const struct who *who, enum table_format format, int columns,
                   struct error *err)
{
	struct printing printing = {
		.table = table_begin(forms[list].columns, forms[list].count, format, columns, out),
		.list = list, .who = who, .format = format,
	};
	int status = list == LIST_MISSING
	             ? casefile_walk_missing(casefile, print_missing, &printing, err)
	             : casefile_walk(casefile, list, print_row, &printing, err);

	if (status < 0) {
		table_free(printing.table);
		return -1;
	}
	table_end(printing.table);
	return printing.rows;
}
