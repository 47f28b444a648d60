#include "figure.h"

#include "view.h"

#include "epistograph/ego_chart.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

#define NAMED 10                /* people that the description names */

static bool is_reply(const struct view *view)
{
	return view->network.edges == EDGES_REPLY;
}

/* The vertex of who is asked for; -1 with *err. */
static int find_ego(const struct view *view, const char *who, struct error *err)
{
	char *wanted = roster_normal_word(who);
	const struct person *person = roster_find(&view->roster, wanted, err);
	int vertex = -1;

	g_free(wanted);
	if (!person)
		return -1;
	for (int v = 0; v < view->network.order && vertex < 0; v++)
		if (view->network.vertices[v].person == person->id)
			vertex = v;
	if (vertex < 0) {
		char *words = view_words(view);
		error_set(err, "no ties of %s pass the filter (%s)", who, words);
		g_free(words);
	}
	return vertex;
}

static char *ego_title(const struct view *view, const struct ego *ego)
{
	return g_strdup_printf(is_reply(view) ? "%s: answers given and got" : "Who writes with %s",
	                       text_directed(ego->name));
}

static char *ego_subtitle(const struct view *view, const struct ego *ego)
{
	GString *out = words_begin_subtitle(view);
	const char *many = is_reply(view) ? "answers" : "messages";
	int64_t all = ego->sent + ego->received, here = ego->sent_here + ego->received_here;

	words_append_network_period(out, view);
	if (ego->count == ego->total) {
		g_string_append_printf(out, ". %s%s, %s", ego->total > 1 ? "All " : "",
		                       text_counted(ego->total, "correspondent", "correspondents"),
		                       text_counted(all, is_reply(view) ? "answer" : "message", many));
	} else {
		g_string_append_printf(out, ". The %s of %s correspondents with the most, %s of %s %s",
		                       text_count(ego->count), text_count(ego->total), text_count(here),
		                       text_count(all), many);
		words_append_percent(out, here, all);
	}
	g_string_append(out, is_reply(view) ? "." : ", each counted once for every recipient.");
	return g_string_free(out, FALSE);
}

static int compare_most(const void *left, const void *right)
{
	const struct ego_alter *a = *(const struct ego_alter *const *)left;
	const struct ego_alter *b = *(const struct ego_alter *const *)right;
	int64_t p = a->to + a->from, q = b->to + b->from;

	return p != q ? (p > q ? -1 : 1) : a->vertex - b->vertex;
}

static void append_nearest(GString *out, const struct ego *ego)
{
	const struct ego_alter **nearest = g_new(const struct ego_alter *, ego->count + 1);

	for (int i = 0; i < ego->count; i++)
		nearest[i] = &ego->alters[i];
	qsort(nearest, (size_t)ego->count, sizeof *nearest, compare_most);
	for (int i = 0; i < MIN(ego->count, NAMED); i++)
		g_string_append_printf(out, "%s%s (%s to, %s from them)", i ? ", " : " The most: ",
		                       text_directed(nearest[i]->name), text_count(nearest[i]->to),
		                       text_count(nearest[i]->from));
	if (ego->count)
		g_string_append_c(out, '.');
	g_free(nearest);
}

/* kept: the ties that are drawn with a width. */
static struct words ego_words(const struct view *kept, const struct figure *figure,
                              const struct ego *ego)
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : ego_title(kept, ego),
		.subtitle = ego_subtitle(kept, ego),
		.source = words_network_source(kept, figure_is_small(figure)),
	};
	GString *description = g_string_new("Network diagram of ");

	g_string_append_printf(description, "%s and correspondents. %s", text_directed(ego->name),
	                       words.subtitle);
	append_nearest(description, ego);
	words_end_description(description, words_network_source(kept, false));
	words.description = g_string_free(description, FALSE);
	return words;
}

/* The ties between the ego and these alters. g_free(). */
static bool *ties_of(const struct network *network, const struct ego *ego)
{
	bool *here = g_new0(bool, network->order + 1), *arcs = g_new(bool, network->size + 1);

	for (int i = 0; i < ego->count; i++)
		here[ego->alters[i].vertex] = true;
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		arcs[i] = (arc->from == ego->vertex && here[arc->to]) ||
		          (arc->to == ego->vertex && here[arc->from]);
	}
	g_free(here);
	return arcs;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return ego_chart_draw(canvas, width, height, chart, err);
}

static struct ego_chart make_chart(const struct view *view, const struct ego *ego,
                                   const struct words *words)
{
	return (struct ego_chart){
		.ego = ego, .frame = { words->title, words->subtitle, words->source },
		.one = is_reply(view) ? "answer" : "message",
		.many = is_reply(view) ? "answers" : "messages",
	};
}

/* Of a view whose messages are not counted again yet words may become a line longer. */
static bool fits(const struct view *view, const struct figure *figure, const struct ego *ego)
{
	struct canvas_page page = figure_page(figure);
	struct words words = ego_words(view, figure, ego);
	const struct ego_chart chart = make_chart(view, ego, &words);
	bool fit = ego_chart_fits(page.style, page.width, page.height - page.style->subtitle.size,
	                          &chart);

	words_clear(&words);
	return fit;
}

/* As many as are asked for or can be read. */
static void choose(const struct view *view, const struct figure *figure, int vertex,
                   struct ego *ego)
{
	ego_of(&view->analysis, vertex, figure->labels ? figure->labels : EGO_ALTERS_MAX, ego);
	while (!figure->labels && ego->count > 1 && !fits(view, figure, ego)) {
		int most = ego->count - 1;

		ego_clear(ego);
		ego_of(&view->analysis, vertex, most, ego);
	}
}

/* What is in the figure, with its messages counted; of people that no longer can be named when
 * that makes words longer, fewer. */
static int keep(const struct view *view, const struct figure *figure, struct ego *ego,
                struct view *kept, struct error *err)
{
	for (;;) {
		bool *arcs = ties_of(&view->network, ego);
		int status = view_keep(view, arcs, kept, err), most = ego->count - 1;
		int vertex = ego->vertex;

		g_free(arcs);
		if (status < 0 || figure->labels || most < 1 || fits(kept, figure, ego))
			return status;
		network_clear(&kept->network);
		ego_clear(ego);
		ego_of(&view->analysis, vertex, most, ego);
	}
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct ego ego;
	struct view kept;
	int vertex = find_ego(view, figure->persons[0], err), status = -1;

	if (vertex < 0)
		return -1;
	choose(view, figure, vertex, &ego);
	if (keep(view, figure, &ego, &kept, err) < 0)
		goto clear_ego;
	struct words words = ego_words(&kept, figure, &ego);
	const struct ego_chart chart = make_chart(view, &ego, &words);
	struct canvas_page page = figure_page(figure);
	struct figure fitted = figure_of_height(
		figure, ego_chart_height(page.style, page.width, page.height, &chart));
	status = figure_paint(&fitted, &words, path, format, paint, &chart, err);
	words_clear(&words);
	network_clear(&kept.network);
clear_ego:
	ego_clear(&ego);
	return status;
}

const struct chart_kind chart_ego = {
	.name = "ego",
	.summary = "one person and those they write with, who exchange the most nearest",
	.details = "WHO is an address or an exact name. Each tie is two wedges, wide at the sender; "
	           "people stand by community, hair lines are the strongest ties between them. "
	           "--labels says how many people are drawn; the others are counted.",
	.examples = "ego ann@example.org --since 2016 -o ann.pdf\n"
	            "ego \"Ann Lee\" --labels 12 --size column",
	.page = { 180, 160 }, .column = { 88, 150 }, .least = { 80, 90 },
	.persons = 1, .network = NETWORK_ALWAYS, .options = CHART_TIES | CHART_LABELS,
	.draw = draw,
};
