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

void chart_explain_all(GString *out)
{
	g_string_append(out, "\nCharts\n");
	for (size_t i = 0; i < G_N_ELEMENTS(charts); i++) {
		const struct chart_kind *chart = charts[i];
		char *text = g_strdup_printf("%s. %s\nepistograph draw %s", chart->summary,
		                             chart->details, chart->example);

		g_string_append_printf(out, "  %-*s", NAME_COLUMN - 2, chart->name);
		option_wrap(out, text, NAME_COLUMN, NAME_COLUMN);
		g_free(text);
	}
}
