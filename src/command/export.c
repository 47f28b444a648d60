#include "command.h"
#include "graph_files.h"
#include "selection.h"
#include "view.h"

#include "epistograph/error.h"

#include <stdio.h>
#include <string.h>

static int run(const struct selection *selection, enum graph_format format, const char *path,
               struct error *err)
{
	struct view view;
	int status = STATUS_FAILED;

	if (view_open(&view, selection, true, err) < 0)
		return STATUS_FAILED;
	if (view_require_ties(&view, err) == 0 && view_keep_colors(&view, err) == 0 &&
	    graph_files_write(&view, format, path, err) == 0)
		status = STATUS_DONE;
	view_close(&view);
	return status;
}

int command_export(const struct command *self, int argc, char **argv, struct error *err)
{
	const char *path = NULL;
	struct selection selection;
	struct common common;
	const struct option_spec own[] = {
		{ "output", 'o', OPTION_TEXT, &path, "FILE",
		  "the file; for csv its stem [graphml, gexf and json: standard output; csv: "
		  "output/graph]" },
		{ .name = NULL },
	};
	GPtrArray *operands = g_ptr_array_new();
	int status = STATUS_USAGE;

	selection_init(&selection, KINDS_RANKED, true);
	common_init(&common);
	const struct option_spec *const tables[] = { own, selection.specs, common.specs, NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);
	int format = operands->len == 1 ? graph_format_from_name(operands->pdata[0]) : -1;

	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && format < 0)
		error_set(err, "say one format: graphml, gexf, csv or json");
	else if (parsed > 0 && format == GRAPH_CSV && path && !strcmp(path, "-"))
		error_set(err, "csv is two files: -o takes their stem");
	else if (parsed > 0 && selection_resolve(&selection, err) == 0) {
		bool use_default = !path;

		if (use_default)
			path = format == GRAPH_CSV ? "output/graph" : "-";
		status = STATUS_FAILED;
		if (!use_default || format != GRAPH_CSV || command_make_folder("output", err) == 0)
			status = run(&selection, (enum graph_format)format, path, err);
	}
	selection_clear(&selection);
	g_ptr_array_unref(operands);
	return status;
}
