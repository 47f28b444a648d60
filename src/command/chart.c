#include "chart.h"

#include "option.h"

#include <string.h>

#define NAME_COLUMN 14

static const struct chart_kind *const charts[] = {
	&chart_network,
	&chart_timeline,
	&chart_matrix,
	&chart_ego,
	&chart_flow,
	&chart_lifelines,
	&chart_rhythm,
	&chart_calendar,
	&chart_pair,
	&chart_evolution,
	&chart_periods,
};

const struct chart_kind *chart_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(charts); i++)
		if (!strcmp(charts[i]->name, name))
			return charts[i];
	return NULL;
}

char *chart_names(unsigned options, const char *last)
{
	GPtrArray *names = g_ptr_array_new();
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(charts); i++)
		if (!options || charts[i]->options & options)
			g_ptr_array_add(names, (char *)charts[i]->name);
	for (guint i = 0; i < names->len; i++)
		g_string_append_printf(out, "%s%s", i == 0 ? "" : i + 1 < names->len ? ", " : last,
		                       (char *)names->pdata[i]);
	g_ptr_array_unref(names);
	return g_string_free(out, FALSE);
}

void chart_append_files(GPtrArray *names)
{
	static const char *const endings[] = { "png", "svg", "pdf", "csv", "txt" };

	for (size_t i = 0; i < G_N_ELEMENTS(charts); i++)
		for (size_t k = 0; k < G_N_ELEMENTS(endings); k++)
			g_ptr_array_add(names, g_strdup_printf("%s.%s", charts[i]->name, endings[k]));
}

static char *first_example(const struct chart_kind *chart)
{
	return g_strndup(chart->examples, strcspn(chart->examples, "\n"));
}

void chart_explain_all(GString *out)
{
	g_string_append(out, "\nCharts\n");
	for (size_t i = 0; i < G_N_ELEMENTS(charts); i++) {
		const struct chart_kind *chart = charts[i];
		char *example = first_example(chart);
		char *text = g_strdup_printf("%s. %s\nepistograph draw %s", chart->summary,
		                             chart->details, example);

		g_string_append_printf(out, "  %-*s", NAME_COLUMN - 2, chart->name);
		option_wrap(out, text, NAME_COLUMN, NAME_COLUMN);
		g_free(example);
		g_free(text);
	}
}

static void explain_page(const struct chart_kind *chart, GString *out)
{
	char *text = g_strdup_printf("The page is %g mm wide and about %g high, with --size column %g and "
	                             "about %g; the least is %gx%g. Without -o the file is "
	                             "output/%s.svg.", chart->page.width, chart->page.height,
	                             chart->column.width, chart->column.height, chart->least.width,
	                             chart->least.height, chart->name);

	option_wrap(out, text, 0, 0);
	g_free(text);
}

void chart_explain(const struct chart_kind *chart, GString *out)
{
	char **examples = g_strsplit(chart->examples, "\n", -1);

	g_string_append_printf(out, "usage: epistograph draw %s%s [-c CASE] [-o FILE.png|.svg|.pdf]\n\n",
	                       chart->name, chart->persons == 0 ? "" : chart->persons == 1 ? " WHO"
	                       : " WHO WHO");
	option_wrap(out, chart->summary, 0, 0);
	g_string_append_c(out, '\n');
	option_wrap(out, chart->details, 0, 0);
	g_string_append_c(out, '\n');
	explain_page(chart, out);
	g_string_append(out, "\nExamples\n");
	for (char **example = examples; *example; example++)
		g_string_append_printf(out, "  epistograph draw %s\n", *example);
	g_strfreev(examples);
}

bool chart_takes(const struct chart_kind *chart, const char *option)
{
	static const struct { const char *option; unsigned of; } some[] = {
		{ "labels", CHART_LABELS }, { "split", CHART_SPLIT }, { "unit", CHART_UNIT },
		{ "order", CHART_ORDER }, { "zone", CHART_ZONE }, { "event", CHART_EVENTS },
		{ "events", CHART_EVENTS }, { "period", CHART_EVENTS },
		{ "top", CHART_TIES | CHART_ROWS }, { "ego", CHART_TIES },
		{ "depth", CHART_TIES }, { "min-messages", CHART_TIES }, { "backbone", CHART_TIES },
		{ "alpha", CHART_TIES },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(some); i++)
		if (!strcmp(some[i].option, option))
			return chart->options & some[i].of;
	return true;
}
