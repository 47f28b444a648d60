#include "command.h"
#include "lists.h"

#include "epistograph/error.h"
#include "epistograph/outfile.h"

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
		error_set(err, "say what to show: files, rejected, findings, duplicates or missing");
	else if (parsed > 0 && csv && json)
		error_set(err, "--csv and --json exclude each other");
	else if (parsed > 0)
		status = run(case_path, (enum casefile_list)list,
		             csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT, path, err);
	g_ptr_array_unref(operands);
	return status;
}
