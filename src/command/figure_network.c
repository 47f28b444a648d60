#include "figure.h"

#include "selection.h"
#include "view.h"

#include "epistograph/calendar.h"
#include "epistograph/network_chart.h"
#include "epistograph/text.h"

static const char *weight_words(const struct network *network)
{
	if (network->edges == EDGES_REPLY)
		return "answers given and got";
	return network->weight == WEIGHT_SHARED ? "messages sent and received, each shared among its recipients"
	                               : "messages sent and received";
}

static char *network_title(const struct view *view, const struct figure *figure)
{
	int people = view->network.order, communities = view->analysis.community_count;
	char *title = g_strdup_printf("Who %s: %s", view->network.edges == EDGES_REPLY
	                              ? "answered whom" : "wrote to whom",
	                              text_counted(people, "person", "people"));

	if (figure_is_small(figure))
		return title;
	char *longer = g_strdup_printf("%s in %s", title,
	                               text_counted(communities, "community", "communities"));
	g_free(title);
	return longer;
}

static char *network_subtitle(const struct view *view, const struct figure *figure)
{
	GString *out = words_begin_subtitle(view);

	words_append_network_period(out, view);
	/* The small page's legend says so, in a line of its own. */
	if (!figure_is_small(figure))
		g_string_append_printf(out, ". A person’s area is the %s.",
		                       weight_words(&view->network));
	return g_string_free(out, FALSE);
}

#define TOLD 10         /* people and communities named in the description */

static void describe_communities(GString *out, const struct analysis *analysis)
{
	int told = MIN(analysis->community_count, TOLD);

	if (told < analysis->community_count)
		g_string_append_printf(out, " The %d largest communities: ", told);
	else
		g_string_append(out, told == 1 ? " The community: " : " The communities: ");
	for (int i = 0; i < told; i++)
		g_string_append_printf(out, "%s%s (%s)", i ? "; " : "",
		                       text_directed(analysis->communities[i].name),
		                       text_counted(analysis->communities[i].size, "person", "people"));
	g_string_append_c(out, '.');
}

static void describe_people(GString *out, const struct analysis *analysis)
{
	const struct network *network = analysis->network;

	for (int i = 0; i < network->order && i < TOLD; i++) {
		const struct vertex *v = &network->vertices[analysis->by_rank[i]];

		g_string_append(out, i ? ", " : network->edges == EDGES_REPLY
		                ? " Highest ranked, and their answers: " : " Highest ranked: ");
		text_append_directed(out, *v->name ? v->name : v->address);
		g_string_append_printf(out, network->edges == EDGES_REPLY ? " (%s given, %s got)"
		                                                          : " (%s sent, %s received)",
		                       text_count(v->sent), text_count(v->received));
	}
	g_string_append_c(out, '.');
	if (analysis->sources < network->order)
		g_string_append_printf(out, " For the ranks betweenness and closeness are estimated from "
		                       "%s sources.", text_count(analysis->sources));
}

/* What a reader who does not see the figure is told: everything, on any page. */
static char *network_description(const struct view *view, const struct words *words,
                                 const struct network_plan *plan)
{
	const struct analysis *analysis = &view->analysis;
	char *drawn = network_plan_words(plan);
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "Network diagram of %s in %s. %s %s",
	                       text_counted(view->network.order, "person", "people"),
	                       text_counted(analysis->community_count, "community", "communities"),
	                       words->subtitle, drawn);
	describe_communities(out, analysis);
	describe_people(out, analysis);
	words_end_description(out, words_network_source(view, false));
	g_free(drawn);
	return g_string_free(out, FALSE);
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return network_chart_draw(canvas, width, height, chart, err);
}

/* How high the page of so few is: a handful of people would be lost on a whole one. */
static double fitting_height(int order, double height)
{
	const double least = 0.6, whole = 40;   /* of the height; people that need all of it */

	return height * MIN(1, least + (1 - least) * order / whole);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	const struct figure fitted = figure_of_height(
		figure, fitting_height(view->network.order, figure_page(figure).height));
	struct canvas_page page = figure_page(&fitted);
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : network_title(view, figure),
		.subtitle = network_subtitle(view, figure),
		.source = words_network_source(view, figure_is_small(figure)),
	};
	struct network_chart chart = {
		.analysis = &view->analysis,
		.frame = { words.title, words.subtitle, words.source },
		.label_count = figure->labels,
	};
	int status = -1;

	chart.plan = network_plan_new(&chart, page.style, page.width, page.height, err);
	if (chart.plan) {
		words.description = network_description(view, &words, chart.plan);
		status = figure_paint(&fitted, &words, path, format, paint, &chart, err);
	}
	network_plan_free(chart.plan);
	words_clear(&words);
	return status;
}

const struct chart_kind chart_network = {
	.name = "network",
	.summary = "who writes to whom: people as dots whose area is their mail, in communities",
	.details = "A tie is wide at the sender and narrow at the recipient; with --edges reply it "
	           "runs from who answered to who was answered, for archives of lists, which name no "
	           "recipients. Up to some 60 people every tie is drawn, above that communities "
	           "become places and ties between them are gathered into one curve a pair.",
	.examples = "network --since 2016 --until 2016-11 -o 2016.pdf\n"
	            "network --edges reply --theme dark --size slide -o list.png\n"
	            "network --top 50 --labels 50 --min-messages 3",
	/* In a newspaper's column it can just be read. */
	.page = { 180, 150 }, .column = { 88, 110 }, .least = { 80, 70 },
	.network = NETWORK_ALWAYS, .options = CHART_TIES | CHART_LABELS,
	.draw = draw,
};
