#include "lists.h"

#include <glib.h>

#include <string.h>

enum { COLUMNS_MAX = 7 };

/* What each list shows of a row; the first column is always the path. */
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
	}
	table_end_row(table);
	printing->rows++;
	return 0;
}

int64_t list_print(FILE *out, struct casefile *casefile, enum casefile_list list,
                   enum table_format format, int columns, struct error *err)
{
	struct printing printing = {
		.table = table_begin(forms[list].columns, forms[list].count, format, columns, out),
		.list = list,
	};

	if (casefile_walk(casefile, list, print_row, &printing, err) < 0) {
		table_free(printing.table);
		return -1;
	}
	table_end(printing.table);
	return printing.rows;
}
