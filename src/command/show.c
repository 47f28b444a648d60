#include "command.h"
#include "lists.h"

#include "epistograph/error.h"
#include "epistograph/outfile.h"
#include "epistograph/text.h"

#include <string.h>

enum { COLUMNS_MAX = 7 };

/* What each list shows of a row; the first column is always the path. */
static const struct list_form {
	const char *name;
	int count;
	struct table_column columns[COLUMNS_MAX];
} forms[] = {
	[LIST_FILES] = { "files", 4, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT },
		{ .name = "size", .title = "Bytes", .type = TABLE_INT },
		{ .name = "outcome", .title = "Outcome", .type = TABLE_TEXT },
		{ .name = "reason", .title = "Reason", .type = TABLE_TEXT } } },
	[LIST_REJECTED] = { "rejected", 4, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "size", .title = "Bytes", .type = TABLE_INT },
		{ .name = "reason", .title = "Reason", .type = TABLE_TEXT } } },
	[LIST_NOTES] = { "findings", 4, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "finding", .title = "Finding", .type = TABLE_TEXT },
		{ .name = "text", .title = "What was found", .type = TABLE_TEXT } } },
	[LIST_DUPLICATES] = { "duplicates", 5, {
		{ .name = "path", .title = "File", .type = TABLE_TEXT },
		{ .name = "offset", .title = "Offset", .type = TABLE_NUMBER },
		{ .name = "message_id", .title = "Message-ID", .type = TABLE_TEXT },
		{ .name = "counted_path", .title = "Counted copy", .type = TABLE_TEXT },
		{ .name = "counted_offset", .title = "Offset", .type = TABLE_NUMBER } } },
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
		.table = table_new(forms[list].columns, forms[list].count), .list = list,
	};
	int status = casefile_walk(casefile, list, print_row, &printing, err);

	if (status == 0)
		table_write(printing.table, format, columns, out);
	table_free(printing.table);
	return status == 0 ? printing.rows : -1;
}

static int run(const char *case_path, enum casefile_list list, enum table_format format,
               const char *path, struct error *err)
{
	struct casefile *casefile = casefile_open(case_path, CASEFILE_READ, err);
	struct outfile *file = casefile ? outfile_open(path, err) : NULL;
	int status = STATUS_FAILED;

	if (!file)
		goto close_case;
	if (list_print(outfile_stream(file), casefile, list, format, -1, err) < 0)
		outfile_discard(file);
	else if (outfile_commit(file, err) == 0)
		status = STATUS_DONE;
close_case:
	casefile_close(casefile);
	return status;
}

int command_show(const struct command *self, int argc, char **argv, struct error *err)
{
	const char *case_path = CASE_DEFAULT, *path = "-";
	bool csv = false, json = false;
	struct common common;
	const struct option_spec own[] = {
		{ "case", 'c', OPTION_TEXT, &case_path, "CASE", "the case file [" CASE_DEFAULT "]" },
		{ "csv", 0, OPTION_FLAG, &csv, NULL, "as CSV" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "as JSON" },
		{ "output", 'o', OPTION_TEXT, &path, "FILE", "into a file" },
		{ .name = NULL },
	};
	GPtrArray *operands = g_ptr_array_new();
	int status = STATUS_USAGE;

	common_init(&common);
	const struct option_spec *const tables[] = { own, common.specs, NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);
	int list = operands->len == 1 ? list_from_name(operands->pdata[0]) : -1;

	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && list < 0)
		error_set(err, "say what to show: files, rejected, findings or duplicates");
	else if (parsed > 0 && csv && json)
		error_set(err, "--csv and --json exclude each other");
	else if (parsed > 0)
		status = run(case_path, (enum casefile_list)list,
		             csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT, path, err);
	g_ptr_array_unref(operands);
	return status;
}
