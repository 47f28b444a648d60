#include "graph_files.h"

#include "selection.h"

#include "epistograph/error.h"
#include "epistograph/export.h"
#include "epistograph/layout.h"
#include "epistograph/outfile.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

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

/* Where the picture puts each person, pairs by vertex, y downwards; infinite, and so
 * written by no format, for those it folds away or gathers. Made once for all files
 * of a view. NULL with *err. */
static const double *positions_of(struct view *view, struct error *err)
{
	struct layout layout;

	if (view->positions)
		return view->positions;
	if (layout_network(&view->analysis, PAGE_POINTS, PAGE_POINTS, &layout, err) < 0)
		return NULL;
	view->positions = g_new(double, 2 * MAX((gsize)view->network.order, 1));
	for (int i = 0; i < 2 * view->network.order; i++)
		view->positions[i] = INFINITY;
	for (int i = 0; i < layout.node_count; i++) {
		view->positions[2 * layout.nodes[i].vertex] = layout.nodes[i].x;
		view->positions[2 * layout.nodes[i].vertex + 1] = layout.nodes[i].y;
	}
	layout_clear(&layout);
	return view->positions;
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

/* FILE.csv -> FILE-nodes.csv */
static char *csv_path(const char *path, const char *part)
{
	gsize stem = g_str_has_suffix(path, ".csv") ? strlen(path) - 4 : strlen(path);

	return g_strdup_printf("%.*s-%s.csv", (int)stem, path, part);
}

/* Both tables appear or none: each is written out in full before one is given its
 * place, and commit only moves them there. */
static int commit_both(struct outfile *nodes, struct outfile *edges, struct error *err)
{
	struct outfile *failed = fflush(outfile_stream(nodes)) != 0 ? nodes
	                       : fflush(outfile_stream(edges)) != 0 ? edges : NULL;

	if (failed) {
		outfile_discard(failed == nodes ? edges : nodes);
		return outfile_commit(failed, err);     /* says what failed */
	}
	if (outfile_commit(nodes, err) == 0)
		return outfile_commit(edges, err);
	outfile_discard(edges);
	return -1;
}

static int write_csv(const struct view *view, const char *path, struct error *err)
{
	char *nodes_path = csv_path(path, "nodes"), *edges_path = csv_path(path, "edges");
	struct outfile *nodes = outfile_open(nodes_path, err);
	struct outfile *edges = nodes ? outfile_open(edges_path, err) : NULL;
	int status = -1;

	if (edges) {
		export_nodes_csv(outfile_stream(nodes), &view->analysis);
		export_edges_csv(outfile_stream(edges), &view->analysis);
		status = commit_both(nodes, edges, err);
	} else {
		outfile_discard(nodes);
	}
	g_free(edges_path);
	g_free(nodes_path);
	return status;
}

static void write_graph(FILE *out, const struct view *view, enum graph_format format,
                        const double *positions)
{
	char *words = provenance(view);
	struct export_about about = { "epistograph " EPISTOGRAPH_VERSION, words };

	if (format == GRAPH_GRAPHML)
		export_graphml(out, &view->analysis, positions, &about);
	else if (format == GRAPH_GEXF)
		export_gexf(out, &view->analysis, positions, &about);
	else
		export_json(out, &view->analysis, positions, &about);
	g_free(words);
}

int graph_files_write(struct view *view, enum graph_format format, const char *path,
                      struct error *err)
{
	if (format == GRAPH_CSV)
		return write_csv(view, path, err);

	const double *positions = positions_of(view, err);
	struct outfile *file = positions ? outfile_open(path, err) : NULL;
	int status = -1;

	if (file) {
		write_graph(outfile_stream(file), view, format, positions);
		status = outfile_commit(file, err);
	}
	return status;
}
