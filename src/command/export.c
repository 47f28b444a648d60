#include "command.h"
#include "graph_files.h"
#include "selection.h"
#include "view.h"

#include "epistograph/error.h"
#include "epistograph/export.h"
#include "epistograph/layout.h"
#include "epistograph/outfile.h"

#include <stdio.h>
#include <string.h>

#define KINDS_RANKED (1u << KIND_PERSONAL | 1u << KIND_LIST)

/* The layout's page for files that carry positions: coordinates need only be
 * apart from each other, so a square that Gephi shows at once. */
#define PAGE_POINTS 1000.0

static const char *const format_names[] = { "graphml", "gexf", "csv", "json" };

int graph_format_from_name(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(format_names); i++)
		if (!strcmp(format_names[i], name))
			return (int)i;
	return -1;
}

/* Where the picture puts each person; NaN for those it folds away or gathers.
 * Pairs by vertex; NULL with *err. */
static double *positions_of(const struct view *view, struct error *err)
{
	struct layout layout;
	double *positions = g_new(double, 2 * MAX((gsize)view->network.order, 1));

	if (layout_network(&view->analysis, PAGE_POINTS, PAGE_POINTS, &layout, err) < 0) {
		g_free(positions);
		return NULL;
	}
	for (int i = 0; i < 2 * view->network.order; i++)
		positions[i] = G_MAXDOUBLE * 2;         /* infinite: written by no format */
	for (int i = 0; i < layout.node_count; i++) {
		positions[2 * layout.nodes[i].vertex] = layout.nodes[i].x;
		positions[2 * layout.nodes[i].vertex + 1] = PAGE_POINTS - layout.nodes[i].y;
	}
	layout_clear(&layout);
	return positions;
}

/* What is in the graph and what is not, for its own lines of description. g_free() */
static char *provenance(const struct view *view)
{
	char *words = view_words(view), *left = view_left_out(view);
	char *both = *left ? g_strconcat(words, "; left out: ", left, NULL) : g_strdup(words);

	g_free(left);
	g_free(words);
	return both;
}

static int write_one(const struct view *view, enum graph_format format, bool edges,
                     const double *positions, const char *path, struct error *err)
{
	char *words = provenance(view);
	struct export_about about = { "epistograph " EPISTOGRAPH_VERSION, words };
	struct outfile *file = outfile_open(path, err);

	if (!file) {
		g_free(words);
		return -1;
	}
	FILE *out = outfile_stream(file);
	switch (format) {
	case GRAPH_GRAPHML:
		export_graphml(out, &view->analysis, positions, &about);
		break;
	case GRAPH_GEXF:
		export_gexf(out, &view->analysis, positions, &about);
		break;
	case GRAPH_JSON:
		export_json(out, &view->analysis, positions, &about);
		break;
	case GRAPH_CSV:
		(edges ? export_edges_csv : export_nodes_csv)(out, &view->analysis);
		break;
	}
	g_free(words);
	return outfile_commit(file, err);
}

/* FILE.csv -> FILE-nodes.csv */
static char *csv_path(const char *path, const char *part)
{
	gsize stem = g_str_has_suffix(path, ".csv") ? strlen(path) - 4 : strlen(path);

	return g_strdup_printf("%.*s-%s.csv", (int)stem, path, part);
}

int graph_files_write(const struct view *view, enum graph_format format, const char *path,
                      struct error *err)
{
	int status = -1;

	if (format == GRAPH_CSV) {
		char *nodes = csv_path(path, "nodes"), *edges = csv_path(path, "edges");

		if (write_one(view, format, false, NULL, nodes, err) == 0)
			status = write_one(view, format, true, NULL, edges, err);
		g_free(edges);
		g_free(nodes);
		return status;
	}
	double *positions = positions_of(view, err);
	if (positions)
		status = write_one(view, format, false, positions, path, err);
	g_free(positions);
	return status;
}

static int run(const struct selection *selection, enum graph_format format, const char *path,
               struct error *err)
{
	struct view view;
	int status = STATUS_FAILED;

	if (view_open(&view, selection, true, err) < 0)
		return STATUS_FAILED;
	if (view_require_ties(&view, err) == 0 && graph_files_write(&view, format, path, err) == 0)
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
		{ "output", 'o', OPTION_TEXT, &path, "FILE", "the file; for csv its stem [graphml, gexf and json: standard output; csv: output/graph]" },
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
