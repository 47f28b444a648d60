#include "figure.h"

#include "parts.h"
#include "selection.h"

#include "epistograph/evolution_chart.h"
#include "epistograph/text.h"

#define LEIDEN_ITERATIONS 10
#define PERIODS_MAX 12          /* more bands than between these cannot be followed */
#define PERIODS_MAX_SMALL 10    /* on a small page */
#define MOVES_TOLD 8            /* bands to another community that the description names */

/* ---- numbers ---- */

static int find(const struct view *view, const struct parts *parts, struct evolution *evolution,
                struct error *err)
{
	const struct analysis *analysis = &view->analysis;
	int order = view->network.order;
	struct evolution_member *members = g_new(struct evolution_member, (gsize)MAX(order, 1));

	for (int v = 0; v < order; v++)
		members[v] = (struct evolution_member){ view->network.vertices[v].person,
		                                        analysis->membership[v] };
	int status = evolution_find(parts->networks, parts->slices.count, members, (size_t)order,
	                            (uint64_t)view->selection->seed, LEIDEN_ITERATIONS, evolution,
	                            err);
	g_free(members);
	return status;
}

/* "Ann Lee, Bo Chen" of each group. g_strfreev(). */
static char **leader_names(const struct parts *parts, const struct evolution *evolution)
{
	char **names = g_new0(char *, (gsize)evolution->group_count + 1);

	for (int i = 0; i < evolution->group_count; i++) {
		const struct evolution_group *group = &evolution->groups[i];
		const struct network *network = &parts->networks[group->period];
		GString *out = g_string_new(group->number == EVOLUTION_REST
		                            ? "small groups together, the busiest " : NULL);

		for (int k = 0; group->leaders[k] >= 0; k++) {
			const struct vertex *v = &network->vertices[group->leaders[k]];

			g_string_append_printf(out, "%s%s", k ? ", " : "",
			                       *v->name ? v->name : v->address);
		}
		names[i] = g_string_free(out, FALSE);
	}
	return names;
}

/* ---- words ---- */

static char *evolution_subtitle(const struct view *view, const struct parts *parts)
{
	GString *out = words_begin_subtitle(view);
	char *unit = slices_unit_name(&parts->slices);

	words_append_period(out, view->network.account.first, view->network.account.last);
	g_string_append_printf(out, ". A bar is a community of %s %s, as high as it has people; a band "
	                       "is people who go on to the next. Where there is no band, they come or go.",
	                       g_ascii_isdigit(*unit) ? "those" : "that", unit);
	g_free(unit);
	return g_string_free(out, FALSE);
}

/* Who is in each community of each period, and how many of them are new or go. */
static void append_groups(GString *out, const struct parts *parts,
                          const struct evolution *evolution, char *const *leaders)
{
	int period = -1;

	for (int i = 0; i < evolution->group_count; i++) {
		const struct evolution_group *group = &evolution->groups[i];

		if (group->period == period)
			g_string_append(out, "; ");
		else
			g_string_append_printf(out, "%s%s: ", period < 0 ? " " : ". ",
			                       parts->names[group->period]);
		g_string_append_printf(out, "%s (%s", text_directed(leaders[i]),
		                       text_counted(group->people, "person", "people"));
		if (group->joined)
			g_string_append_printf(out, ", %s new", text_count(group->joined));
		if (group->left)
			g_string_append_printf(out, ", %s not in the next", text_count(group->left));
		g_string_append_c(out, ')');
		period = group->period;
	}
	if (evolution->group_count)
		g_string_append_c(out, '.');
}

static bool is_move(const struct evolution *evolution, const struct evolution_flow *flow)
{
	int from = evolution->groups[flow->from].category, to = evolution->groups[flow->to].category;

	return from != to && from != EVOLUTION_REST && to != EVOLUTION_REST && flow->people > 1;
}

static int compare_people(const void *left, const void *right)
{
	const struct evolution_flow *a = *(const struct evolution_flow *const *)left;
	const struct evolution_flow *b = *(const struct evolution_flow *const *)right;

	return a->people != b->people ? b->people - a->people : a < b ? -1 : a > b;
}

/* Splits and mergers: the most who are next in a community of another colour. */
static void append_moves(GString *out, const struct parts *parts,
                         const struct evolution *evolution, char *const *leaders)
{
	GPtrArray *moves = g_ptr_array_new();

	for (int i = 0; i < evolution->flow_count; i++)
		if (is_move(evolution, &evolution->flows[i]))
			g_ptr_array_add(moves, &evolution->flows[i]);
	g_ptr_array_sort(moves, compare_people);
	for (guint i = 0; i < MIN(moves->len, MOVES_TOLD); i++) {
		const struct evolution_flow *flow = moves->pdata[i];

		g_string_append_printf(out, "%s%s from %s (%s) to %s (%s)", i ? "; " :
		                       " The most who went from one community to another: ",
		                       text_counted(flow->people, "person", "people"),
		                       text_directed(leaders[flow->from]),
		                       parts->names[evolution->groups[flow->from].period],
		                       text_directed(leaders[flow->to]),
		                       parts->names[evolution->groups[flow->to].period]);
	}
	if (moves->len)
		g_string_append_c(out, '.');
	g_ptr_array_free(moves, TRUE);
}

static char *evolution_description(const struct parts *parts, const struct evolution *evolution,
                                   char *const *leaders, const struct words *words)
{
	GString *out = g_string_new("Alluvial diagram. ");

	g_string_append(out, words->subtitle);
	append_groups(out, parts, evolution, leaders);
	append_moves(out, parts, evolution, leaders);
	words_end_description(out, g_strdup(words->source));
	return g_string_free(out, FALSE);
}

static struct words evolution_words(const struct view *view, const struct figure *figure,
                                    const struct parts *parts, const struct evolution *evolution,
                                    char *const *leaders)
{
	char *steps = parts_steps(parts);
	struct words words = {
		.title = figure->title ? g_strdup(figure->title)
		                       : g_strconcat("Who kept together, ", steps, NULL),
		.subtitle = evolution_subtitle(view, parts), .source = parts_source(parts, view, "each period by itself"),
	};

	words.description = evolution_description(parts, evolution, leaders, &words);
	g_free(steps);
	return words;
}

/* ---- the figure ---- */

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return evolution_chart_draw(canvas, width, height, chart, err);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	const struct analysis *analysis = &view->analysis;
	struct evolution evolution;
	const struct canvas_page page = figure_page(figure);
	int most = MIN(figure_is_small(figure) ? PERIODS_MAX_SMALL : PERIODS_MAX,
	               evolution_chart_most(page.width));
	struct parts parts;
	int status = -1;

	if (parts_init(&parts, view, figure->unit, most, err) < 0)
		return -1;
	if (find(view, &parts, &evolution, err) < 0)
		goto clear_parts;
	const char **categories = g_new(const char *, (gsize)MAX(analysis->community_count, 1));
	int *colors = g_new(int, (gsize)MAX(analysis->community_count, 1));
	char **leaders = leader_names(&parts, &evolution);
	struct words words = evolution_words(view, figure, &parts, &evolution, leaders);

	for (int i = 0; i < analysis->community_count; i++) {
		categories[i] = analysis->communities[i].short_name;
		colors[i] = analysis->communities[i].color;
	}
	const struct evolution_chart chart = {
		.evolution = &evolution, .frame = { words.title, words.subtitle, words.source },
		.period_names = (const char *const *)parts.names, .category_names = categories,
		.category_colors = colors,
		.category_count = analysis->community_count,
		.leaders = (const char *const *)leaders,
	};
	status = figure_paint(figure, &words, path, format, paint, &chart, err);
	words_clear(&words);
	g_strfreev(leaders);
	g_free(colors);
	g_free(categories);
	evolution_clear(&evolution);
clear_parts:
	parts_clear(&parts);
	return status;
}

const struct chart_kind chart_evolution = {
	.name = "evolution",
	.summary = "communities from period to period, so that splits and mergers are seen",
	.details = "Every month, quarter, year or longer has its communities by itself; bands are the "
	           "people who go from one to the next. Colours are those of the whole time; a bar "
	           "has the number of its community in the legend.",
	.examples = "evolution --unit quarter\n"
	            "evolution --edges reply --unit year -o evolution.pdf",
	.page = { 180, 120 }, .column = { 88, 120 }, .least = { 80, 70 },
	.network = NETWORK_ALWAYS, .options = CHART_UNIT,
	.draw = draw,
};
