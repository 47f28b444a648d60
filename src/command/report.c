/* report - one command that does it all: read, rank, draw, export, and say so */
#include "account.h"
#include "command.h"
#include "figure.h"
#include "graph_files.h"
#include "lists.h"
#include "reading.h"
#include "selection.h"
#include "view.h"

#include "epistograph/error.h"
#include "epistograph/export.h"
#include "epistograph/outfile.h"
#include "epistograph/text.h"

#include <glib/gstdio.h>

#include <stdio.h>
#include <string.h>

#define TOP_ROWS 10

struct report {
	const char *folder;
	const struct common *common;
	struct view ranked;             /* personal and list mail, with its network */
	struct view all;                /* all mail, for the timeline */
	GPtrArray *written;             /* char *: names of the files */
};

/* The path of a file in the report's folder, noted as written. g_free(). */
static char *place(struct report *report, const char *name)
{
	g_ptr_array_add(report->written, g_strdup(name));
	return g_build_filename(report->folder, name, NULL);
}

/* A chart in every format. */
static int write_chart(struct report *report, const struct view *view,
                       const struct figure *figure, struct error *err)
{
	static const char *const endings[] = { "png", "svg", "pdf" };
	int status = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(endings) && status == 0; i++) {
		char *name = g_strdup_printf("%s.%s", figure->chart->name, endings[i]);
		char *path = place(report, name);

		status = figure->chart->draw(view, figure, path,
		                             (enum canvas_format)canvas_format_from_path(path), err);
		g_free(path);
		g_free(name);
	}
	return status;
}

static int write_charts(struct report *report, struct error *err)
{
	struct figure timeline, network, lifelines;

	figure_init(&timeline, &chart_timeline);
	figure_init(&network, &chart_network);
	figure_init(&lifelines, &chart_lifelines);
	timeline.split = "kind";
	int status = write_chart(report, &report->all, &timeline, err);
	if (status == 0 && report->ranked.network.size)
		status = write_chart(report, &report->ranked, &network, err);
	if (status == 0 && report->ranked.network.size)
		status = write_chart(report, &report->ranked, &lifelines, err);
	figure_clear(&timeline);
	figure_clear(&network);
	figure_clear(&lifelines);
	return status;
}

static int write_people(struct report *report, const char *name, enum table_format format,
                        struct error *err)
{
	struct people_table table = { .analysis = &report->ranked.analysis, .by = -1,
	                              .format = format, .columns = -1 };
	char *path = place(report, name);
	struct outfile *file = outfile_open(path, err);

	g_free(path);
	if (!file)
		return -1;
	export_people(outfile_stream(file), &table);
	return outfile_commit(file, err);
}

static int write_graphs(struct report *report, struct error *err)
{
	static const struct { const char *name; enum graph_format format; } files[] = {
		{ "graph.graphml", GRAPH_GRAPHML }, { "graph.gexf", GRAPH_GEXF },
		{ "graph.json", GRAPH_JSON }, { "graph.csv", GRAPH_CSV },
	};
	int status = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(files) && status == 0; i++) {
		char *path = g_build_filename(report->folder, files[i].name, NULL);

		status = graph_files_write(&report->ranked, files[i].format, path, err);
		g_free(path);
		if (files[i].format == GRAPH_CSV) {
			g_ptr_array_add(report->written, g_strdup("graph-nodes.csv"));
			g_ptr_array_add(report->written, g_strdup("graph-edges.csv"));
		} else {
			g_ptr_array_add(report->written, g_strdup(files[i].name));
		}
	}
	return status;
}

static int write_lists(struct report *report, struct error *err)
{
	static const char *const names[] = { "files", "rejected", "findings", "duplicates",
	                                     "missing" };
	int status = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(names) && status == 0; i++) {
		char *name = g_strdup_printf("%s.csv", names[i]), *path = place(report, name);
		struct outfile *file = outfile_open(path, err);

		status = -1;
		if (file && list_print(outfile_stream(file), report->all.casefile,
		                       (enum casefile_list)list_from_name(names[i]), NULL, TABLE_AS_CSV, -1,
		                       err) < 0)
			outfile_discard(file);
		else if (file)
			status = outfile_commit(file, err);
		g_free(path);
		g_free(name);
	}
	return status;
}

static void print_communities(const struct analysis *analysis)
{
	printf("\nCommunities (modularity %.3f): how many people, whom they are named after\n",
	       analysis->modularity);
	for (int i = 0; i < analysis->community_count && i < TOP_ROWS; i++) {
		GString *line = g_string_new("  ");

		text_append_column(line, text_count(analysis->communities[i].size), 8, true);
		g_string_append(line, "  ");
		text_append_visible(line, analysis->communities[i].name);
		puts(line->str);
		g_string_free(line, TRUE);
	}
	if (analysis->community_count > TOP_ROWS)
		printf("  and %s smaller ones\n", text_count(analysis->community_count - TOP_ROWS));
}

static void print_summary(const struct report *report)
{
	const struct view *view = &report->ranked;
	struct people_table table = { .analysis = &view->analysis, .by = -1, .top = TOP_ROWS,
	                              .format = TABLE_AS_TEXT };
	char *left = view_left_out(view), *words = view_words(view);
	struct edge *pairs;

	/* Ties have a direction; the figure draws a line a pair. */
	printf("\nThe network of %s: %s, %s between %s, from %s\n", words,
	       text_counted(view->network.order, "person", "people"),
	       text_counted(view->network.size, "tie", "ties"),
	       text_counted(network_edges(&view->network, &pairs), "pair", "pairs"),
	       text_counted(view->network.account.in_network, "message", "messages"));
	g_free(pairs);
	if (*left)
		printf("  left out: %s\n", left);
	if (view->network.size) {
		print_communities(&view->analysis);
		putchar('\n');
		export_people(stdout, &table);
	}
	printf("\nWritten into %s:", report->folder);
	for (guint i = 0; i < report->written->len; i++)
		printf("%s %s", i ? "," : "", (char *)report->written->pdata[i]);
	putchar('\n');
	g_free(words);
	g_free(left);
}

/* Why there is no network, and which files of an earlier run do not belong to this one. */
static void warn_no_ties(const struct report *report)
{
	static const char *const names[] = { "network.png", "people.csv", "graph.graphml" };
	char *words = selection_words(report->ranked.selection);
	char *left = view_left_out(&report->ranked);
	bool other_kinds = report->ranked.filtered.other_kind > 0;

	command_warn("no ties are left in %s (%s): no network, people or graph is written%s", words,
	             *left ? left : "there is none",
	             view_lacks_recipients(&report->ranked) ? "; --edges reply draws who answered whom"
	             : other_kinds ? "; try --kind all" : "");
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		char *path = g_build_filename(report->folder, names[i], NULL);
		bool stale = g_file_test(path, G_FILE_TEST_EXISTS);

		g_free(path);
		if (!stale)
			continue;
		command_warn("the network, people and graph files in %s are of an earlier run",
		             report->folder);
		break;
	}
	g_free(left);
	g_free(words);
}

static int write_report(struct report *report, struct error *err)
{
	if (write_lists(report, err) < 0 || write_charts(report, err) < 0)
		return -1;
	if (!report->ranked.network.size) {
		warn_no_ties(report);
		return 0;
	}
	if (write_people(report, "people.csv", TABLE_AS_CSV, err) < 0 ||
	    write_people(report, "people.txt", TABLE_AS_TEXT, err) < 0)
		return -1;
	return write_graphs(report, err);
}

static int report_on(const struct selection *ranked, const char *folder,
                     const struct common *common, struct error *err)
{
	struct report report = { .folder = folder, .common = common,
	                         .written = g_ptr_array_new_with_free_func(g_free) };
	struct selection all = *ranked;         /* borrows the names */
	int status = STATUS_FAILED;

	if (!all.kinds)         /* the archive through time is shown with its mass mail */
		all.filter.kinds = KINDS_ALL;
	selection_forget_ties(&all);            /* it shows messages, all that pass the filter */
	if (all.max_recipients < 0)
		all.filter.max_recipients = 0;
	g_ptr_array_add(report.written, g_path_get_basename(ranked->case_path));
	if (view_open(&report.ranked, ranked, true, err) == 0 &&
	    view_keep_colors(&report.ranked, err) == 0 &&
	    view_open(&report.all, &all, false, err) == 0 && write_report(&report, err) == 0) {
		status = account_status(&report.ranked.account);
		if (!common->quiet && account_print(stdout, report.all.casefile,
		                                     &report.all.account, err) == 0)
			print_summary(&report);
		if (!common->quiet) {
			view_warn_of_list(&report.ranked);
			command_warn_glyphs();
		}
	}
	view_close(&report.all);
	view_close(&report.ranked);
	g_ptr_array_unref(report.written);
	return err->message[0] ? STATUS_FAILED : status;
}

static int run(struct selection *ranked, const struct reading *reading, const char *folder,
               GPtrArray *mail, const struct common *common, struct error *err)
{
	char *case_path = ranked->case_path ? g_strdup(ranked->case_path)
	                                    : g_build_filename(folder, "case.epistograph", NULL);
	int status = STATUS_FAILED;

	ranked->case_path = case_path;
	bool existed = g_file_test(folder, G_FILE_TEST_EXISTS);
	if (command_make_folder(folder, err) < 0) {
		g_free(case_path);
		return STATUS_FAILED;
	}
	struct casefile_account account;
	struct casefile *casefile = reading_run(reading, case_path, mail, common->quiet, &account,
	                                        err);

	if (casefile && reading_require_mail(&account, err) == 0) {
		casefile_close(casefile);
		casefile = NULL;
		status = report_on(ranked, folder, common, err);
	}
	casefile_close(casefile);
	if (!existed)                   /* if nothing came of it; it stays if it is not empty */
		g_rmdir(folder);
	g_free(case_path);
	return status;
}

int command_report(const struct command *self, int argc, char **argv, struct error *err)
{
	const char *folder = "output";
	struct selection selection;
	struct reading reading;
	struct common common;
	const struct option_spec own[] = {
		{ "output", 'o', OPTION_TEXT, &folder, "DIR", "the folder to write into [output]" },
		{ .name = NULL },
	};
	GPtrArray *mail = g_ptr_array_new();
	int status = STATUS_USAGE;

	selection_init(&selection, KINDS_RANKED, true);
	selection.case_path = NULL;             /* in the folder, if not said otherwise */
	reading_init(&reading);
	common_init(&common);
	const struct option_spec *const tables[] = { own, reading.specs, selection.specs, common.specs,
	                                             NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, mail, err);
	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && reading_check(&reading, mail, err) == 0 &&
	         selection_resolve(&selection, err) == 0)
		status = run(&selection, &reading, folder, mail, &common, err);
	selection_clear(&selection);
	g_ptr_array_unref(mail);
	return status;
}
