#include "command.h"
#include "selection.h"
#include "sensitivity.h"
#include "view.h"

#include "epistograph/analysis.h"
#include "epistograph/error.h"
#include "epistograph/export.h"
#include "epistograph/outfile.h"
#include "epistograph/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the table does not show, for the reader: under a text table, else on
 * standard error, where it is in nobody's way. */
static void print_account(FILE *out, const struct view *view, int by)
{
	char *left = view_left_out(view), *words = view_words(view);

	fprintf(out, "\n%s of %s make %s between %s (%s).\n",
	        text_count(view->network.account.in_network),
	        text_counted(view->account.counted, "message", "messages"),
	        text_counted(view->network.size, "tie", "ties"),
	        text_counted(view->network.order, "person", "people"), words);
	if (view->network.account.undated)
		fprintf(out, "Without a usable date: %s of them.\n",
		        text_count(view->network.account.undated));
	if (*left)
		fprintf(out, "Left out: %s.\n", left);
	char *bias = view_bias(view);
	if (*bias)
		fprintf(out, "%s.\n", bias);
	g_free(bias);
	if (view->analysis.sources < view->network.order)
		fprintf(out, "Betweenness and harmonic closeness are estimated from %s.\n",
		        text_counted(view->analysis.sources, "source", "sources"));
	fprintf(out, "Ranked by %s. 'epistograph help people' says how.\n",
	        by < 0 ? "the mean of several ranks" : measure_infos[by].title);
	g_free(words);
	g_free(left);
}

static int print_people(const struct view *view, const struct people_table *table,
                        const char *path, bool quiet, struct error *err)
{
	struct outfile *file = outfile_open(path, err);

	if (!file)
		return -1;
	export_people(outfile_stream(file), table);
	if (table->format == TABLE_AS_TEXT && !quiet)
		print_account(outfile_stream(file), view, table->by);
	if (outfile_commit(file, err) < 0)
		return -1;
	if (table->format != TABLE_AS_TEXT && !quiet)
		print_account(stderr, view, table->by);
	return 0;
}

static int print_sensitivity(const struct view *view, const struct people_table *table,
                             const char *path, bool quiet, struct error *err)
{
	struct outfile *file = outfile_open(path, err);

	if (!file)
		return -1;
	if (sensitivity_print(outfile_stream(file), view, table->top, table->format, -1, err) < 0) {
		outfile_discard(file);
		return -1;
	}
	if (view->analysis.sources < view->network.order && !quiet)
		command_warn("betweenness and closeness are estimated from %d sources, and small moves may "
		             "be of the estimate: --samples %d makes them exact", view->analysis.sources,
		             view->network.order);
	return outfile_commit(file, err);
}

static int parse_by(const char *name, int *by, struct error *err)
{
	GString *known;

	*by = -1;
	if (!name || !strcmp(name, "rank"))
		return 0;
	/* As the columns of the CSV are called, too: out_degree. */
	char *word = g_strdelimit(g_strdup(name), "_", '-');
	*by = measure_from_name(word);
	g_free(word);
	if (*by >= 0)
		return 0;
	known = g_string_new("rank");
	for (int i = 0; i < MEASURE_COUNT; i++)
		g_string_append_printf(known, ", %s", measure_infos[i].name);
	error_set(err, "there is no measure '%s'; there are %s", name, known->str);
	g_string_free(known, TRUE);
	return -1;
}

static int run(struct selection *selection, struct people_table *table, bool sensitivity,
               const char *path, bool quiet, struct error *err)
{
	int (*print)(const struct view *view, const struct people_table *table, const char *path,
	             bool quiet, struct error *err) = sensitivity ? print_sensitivity : print_people;
	struct view view;
	int status = STATUS_FAILED;

	if (view_open(&view, selection, true, err) < 0)
		return STATUS_FAILED;
	table->analysis = &view.analysis;
	if (!quiet)
		view_warn_of_list(&view);
	if (view_require_ties(&view, err) == 0 && print(&view, table, path, quiet, err) == 0)
		status = STATUS_DONE;
	view_close(&view);
	return status;
}

void command_people_explain(GString *out)
{
	option_wrap(out, analysis_explain_rank(), 0, 0);
	g_string_append(out, "\nMeasures\n");
	for (int m = 0; m < MEASURE_COUNT; m++) {
		g_string_append_printf(out, "  %-16s", measure_infos[m].name);
		option_wrap(out, measure_infos[m].summary, 18, 18);
	}
}

int command_people(const struct command *self, int argc, char **argv, struct error *err)
{
	const char *by = NULL, *path = "-";
	int64_t top = -1;
	bool csv = false, json = false, sensitivity = false;
	struct selection selection;
	struct common common;
	const struct option_spec own[] = {
		{ "by", 0, OPTION_TEXT, &by, "MEASURE", "sort by one measure instead of the combined rank" },
		{ "top", 0, OPTION_NUMBER, &top, "N", "people; 0 = all [25; with --sensitivity 20]" },
		{ "sensitivity", 0, OPTION_FLAG, &sensitivity, NULL, "how these would rank without each join of addresses" },
		{ "csv", 0, OPTION_FLAG, &csv, NULL, "everything, as CSV" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "everything, as JSON" },
		{ "output", 'o', OPTION_TEXT, &path, "FILE", "into a file" },
		{ .name = NULL },
	};
	struct people_table table = { .by = -1 };
	GPtrArray *operands = g_ptr_array_new();
	int status = STATUS_USAGE;

	selection_init(&selection, KINDS_RANKED, false);
	common_init(&common);
	const struct option_spec *const tables[] = { own, selection.specs, common.specs, NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);
	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && operands->len)
		error_set(err, "people takes no argument '%s'", (char *)operands->pdata[0]);
	else if (parsed > 0 && csv && json)
		error_set(err, "--csv and --json exclude each other");
	else if (parsed > 0 && sensitivity && (by || selection.no_aliases))
		error_set(err, "--sensitivity goes with neither --by nor --no-aliases");
	else if (parsed > 0 && parse_by(by, &table.by, err) == 0 &&
	         selection_resolve(&selection, err) == 0) {
		table.top = top < 0 ? (sensitivity ? 20 : 25) : (int)MIN(top, G_MAXINT);
		table.format = csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT;
		table.columns = strcmp(path, "-") ? 0 : command_terminal_columns();
		status = run(&selection, &table, sensitivity, path, common.quiet, err);
	}
	selection_clear(&selection);
	g_ptr_array_unref(operands);
	return status;
}
