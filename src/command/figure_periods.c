#include "figure.h"

#include "parts.h"
#include "selection.h"

#include "epistograph/periods_chart.h"
#include "epistograph/text.h"

#define PERIODS_MAX 12          /* more panels would be too small on a page; */
#define PERIODS_MAX_SMALL 6     /* and in a newspaper's column */

static bool is_reply(const struct view *view)
{
	return view->selection->filter.edges == EDGES_REPLY;
}

static char *periods_subtitle(const struct view *view)
{
	GString *out = words_begin_subtitle(view);

	words_append_period(out, view->network.account.first, view->network.account.last);
	g_string_append_printf(out, ". Everybody has the same place in all panels, and there a dot by "
	                       "the %s in that time.", is_reply(view) ? "answers given and got"
	                                                              : "messages sent and received");
	return g_string_free(out, FALSE);
}

static char *periods_description(const struct view *view, const struct parts *parts,
                                 const struct words *words)
{
	GString *out = g_string_new("Small network diagrams. ");
	const char *one = is_reply(view) ? "answer" : "message";
	const char *many = is_reply(view) ? "answers" : "messages";

	g_string_append(out, words->subtitle);
	for (int i = 0; i < parts->slices.count; i++)
		g_string_append_printf(out, "%s%s: %s, %s", i ? "; " : " ", parts->names[i],
		                       text_counted(parts->networks[i].order, "person", "people"),
		                       text_counted(parts->networks[i].account.in_network, one, many));
	g_string_append_c(out, '.');
	words_end_description(out, g_strdup(words->source));
	return g_string_free(out, FALSE);
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return periods_chart_draw(canvas, width, height, chart, err);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	const struct canvas_page page = figure_page(figure);
	int most = MIN(figure_is_small(figure) ? PERIODS_MAX_SMALL : PERIODS_MAX,
	               periods_chart_most(page.width, page.height));
	struct parts parts;

	if (parts_init(&parts, view, figure->unit, most, err) < 0)
		return -1;
	char *steps = parts_steps(&parts);
	struct words words = {
		.title = figure->title ? g_strdup(figure->title)
		                       : g_strconcat(is_reply(view) ? "Who answered whom, "
		                                                 : "Who wrote to whom, ", steps, NULL),
		.subtitle = periods_subtitle(view), .source = parts_source(&parts, view, "over the whole time"),
	};

	words.description = periods_description(view, &parts, &words);
	const struct periods_chart chart = {
		.analysis = &view->analysis, .periods = parts.networks,
		.names = (const char *const *)parts.names, .count = parts.slices.count,
		.frame = { words.title, words.subtitle, words.source },
	};
	int status = figure_paint(figure, &words, path, format, paint, &chart, err);

	words_clear(&words);
	g_free(steps);
	parts_clear(&parts);
	return status;
}

const struct chart_kind chart_periods = {
	.name = "periods",
	.summary = "the network of each quarter, year or the like, small, one beside the other",
	.details = "Everybody keeps the place that the network of the whole time gives, so that who "
	           "comes and who goes is seen. Numbers stand for key persons, whom the legend names. "
	           "Scales are the same in all panels; a time without mail is hatched.",
	.examples = "periods --unit year\n"
	            "periods --unit quarter --since 2015 --until 2016 -o periods.pdf",
	.page = { 180, 170 }, .column = { 88, 180 }, .least = { 80, 80 },
	.network = NETWORK_ALWAYS, .options = CHART_UNIT,
	.draw = draw,
};
