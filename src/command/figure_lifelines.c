#include "figure.h"
#include "figure_mail.h"

#include "selection.h"
#include "view.h"

#include "epistograph/error.h"
#include "epistograph/lifelines_chart.h"
#include "epistograph/text.h"

#include <string.h>

/* ---- the numbers ---- */

struct lines {                          /* what the figure is drawn from */
	struct coverage coverage;
	struct lifelines lifelines;
	struct filter_account filtered;
	struct lifelines_person *people;
	const char **communities;       /* their names, [community_count] */
	int *community_colors;          /* [community_count] */
	int community_count;
};

static void add(void *context, const struct correspondence *message)
{
	struct lines *lines = context;

	lifelines_add(&lines->lifelines, &lines->coverage, message);
}

/* The index of the community, -1 for those without a colour of their own and for people
 * without ties. */
static int community_of(const struct view *view, int64_t person)
{
	for (int i = 0; i < view->network.order; i++) {
		int community = view->analysis.membership[i];

		if (view->network.vertices[i].person == person)
			return view->analysis.communities[community].color < 0 ? -1 : community;
	}
	return -1;
}

/* Namesakes are told apart by their addresses. */
static void part_namesakes(struct lifelines_person *people, int count)
{
	bool *shared = g_new0(bool, count + 1);

	for (int i = 0; i < count; i++)
		for (int k = 0; k < count; k++)
			shared[i] |= k != i && !strcmp(people[i].name, people[k].name);
	for (int i = 0; i < count; i++)
		if (shared[i])
			people[i].name = people[i].address;
	g_free(shared);
}

static void name_rows(struct lines *lines, const struct view *view)
{
	int communities = view->analysis.community_count;

	lines->people = g_new0(struct lifelines_person, lines->lifelines.row_count + 1);
	for (int i = 0; i < lines->lifelines.row_count; i++) {
		struct lifelines_person *person = &lines->people[i];

		person->name = mail_person_name(view, lines->lifelines.rows[i].person, &person->address);
		person->community = community_of(view, lines->lifelines.rows[i].person);
	}
	part_namesakes(lines->people, lines->lifelines.row_count);
	lines->communities = g_new0(const char *, communities + 1);
	lines->community_colors = g_new0(int, communities + 1);
	lines->community_count = communities;
	for (int i = 0; i < communities; i++) {
		lines->communities[i] = view->analysis.communities[i].short_name;
		lines->community_colors[i] = view->analysis.communities[i].color;
	}
}

static int lines_collect(struct lines *lines, const struct view *view, const struct figure *figure,
                         int rows, struct error *err)
{
	GArray *persons = mail_key_persons(view, rows, err);

	*lines = (struct lines){ .people = NULL };
	if (!persons)
		return -1;
	int status = mail_coverage(view, &lines->coverage, &lines->filtered, err);
	if (status == 0) {
		lifelines_init(&lines->lifelines, (const int64_t *)(const void *)persons->data,
		               (int)persons->len, &lines->coverage, figure->unit);
		status = mail_walk(view, add, lines, &lines->filtered, err);
		lifelines_finish(&lines->lifelines);
		name_rows(lines, view);
	}
	g_array_unref(persons);
	return status;
}

static void lines_clear(struct lines *lines)
{
	lifelines_clear(&lines->lifelines);
	coverage_clear(&lines->coverage);
	g_free(lines->people);
	g_free(lines->communities);
	g_free(lines->community_colors);
}

/* ---- the words ---- */

static char *make_title(const struct view *view, const struct lines *lines)
{
	int count = lines->lifelines.row_count;

	if (count == 1)
		return g_strdup_printf("When %s sent and received mail",
		                       text_directed(lines->people[0].name));
	return g_strdup_printf("When %d %s sent and received mail", count,
	                       view->selection->filter.persons ? "people" : "key correspondents");
}

/* Where no ties rank people: who the rows are, and why. */
static void append_senders(GString *out, const struct view *view, int count)
{
	if (count == 1)
		g_string_append(out, "the one who sent most");
	else
		g_string_append_printf(out, "the %d who sent most, by first contact", count);
	g_string_append_printf(out, " (%s).", view_lacks_recipients(view)
	                                      ? "recipients are not named here"
	                                      : view->selection->filter.edges == EDGES_REPLY
	                                      ? "nobody here answered another"
	                                      : "nobody here wrote to another");
}

static char *make_subtitle(const struct view *view, const struct lines *lines)
{
	GString *out = words_begin_mail_subtitle(view);

	words_append_period(out, lines->coverage.first, lines->coverage.last);
	g_string_append_printf(out, ". Messages per %s; ", calendar_unit_name(lines->lifelines.unit));
	if (view->selection->filter.persons)
		g_string_append(out, "people by first contact.");
	else if (view->network.order && lines->lifelines.row_count == view->network.order)
		g_string_append_printf(out, "all %s, by first contact.",
		                       text_counted(view->network.order, "person", "people"));
	else if (view->network.order)
		g_string_append_printf(out, "the %d highest ranked of %s, by first contact.",
		                       lines->lifelines.row_count,
		                       text_counted(view->network.order, "person", "people"));
	else
		append_senders(out, view, lines->lifelines.row_count);
	if (view->selection->filter.edges == EDGES_REPLY)
		g_string_append(out, " Received: answers to their own mail.");
	return g_string_free(out, FALSE);
}

static char *make_source(const struct view *view, const struct lines *lines)
{
	GString *left = mail_left_out(view, &lines->filtered);

	selection_append_count(left, lines->lifelines.of_others, "of other people");
	return mail_source(view, lines->lifelines.messages, left);
}

static char *make_description(const struct lines *lines, const struct words *words)
{
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "Lifelines. %s", words->subtitle);
	for (int i = 0; i < lines->lifelines.row_count; i++) {
		const struct lifeline *row = &lines->lifelines.rows[i];

		g_string_append_printf(out, " %s", text_directed(lines->people[i].name));
		if (row->first == INSTANT_NONE)
			g_string_append(out, ", no dated mail");
		words_append_period(out, row->first, row->last);
		g_string_append_printf(out, ": %s sent, %s received.", text_count(row->sent),
		                       text_count(row->received));
	}
	g_string_append_printf(out, " %s.", words->source);
	return g_string_free(out, FALSE);
}

static struct words make_words(const struct view *view, const struct figure *figure,
                               const struct lines *lines)
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : make_title(view, lines),
		.subtitle = make_subtitle(view, lines),
		.source = make_source(view, lines),
	};

	words.description = make_description(lines, &words);
	return words;
}

/* ---- the chart ---- */

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return lifelines_chart_draw(canvas, width, height, chart, err);
}

static struct lifelines_chart make_chart(const struct figure *figure, const struct lines *lines,
                                         const struct words *words)
{
	return (struct lifelines_chart){
		.lifelines = &lines->lifelines, .coverage = &lines->coverage, .people = lines->people,
		.communities = lines->communities, .community_colors = lines->community_colors,
		.community_count = lines->community_count,
		.frame = { words->title, words->subtitle, words->source },
		.annotations = figure->annotations,
	};
}

/* pt: a page may be higher than usual for long names and many events. */
static double highest(const struct figure *figure)
{
	double height = figure_page(figure).height;

	return figure->own_height ? 1.5 * height : height;
}

/* As many people as were asked for, or as there is room for with the lines their names take. */
static int choose_rows(struct lines *lines, struct words *words, const struct view *view,
                       const struct figure *figure, struct error *err)
{
	struct canvas_page page = figure_page(figure);
	bool is_given = figure->rows > 0 || view->selection->filter.persons;
	int rows = figure->rows ? figure->rows : lifelines_chart_rows(page.width, page.height);

	for (;;) {
		if (lines_collect(lines, view, figure, rows, err) < 0)
			return -1;
		*words = make_words(view, figure, lines);
		const struct lifelines_chart chart = make_chart(figure, lines, words);
		int room = lifelines_chart_room(&chart, page.style, page.width, highest(figure));

		if (is_given || room >= lines->lifelines.row_count || room < 1)
			return 0;
		rows = room;
		words_clear(words);
		lines_clear(lines);
	}
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct canvas_page page = figure_page(figure);
	struct lines lines;
	struct words words = { 0 };
	int status = choose_rows(&lines, &words, view, figure, err);

	if (status == 0) {
		const struct lifelines_chart chart = make_chart(figure, &lines, &words);
		struct figure fitted = figure_of_height(
			figure, lifelines_chart_height(&chart, page.style, page.width, page.height,
			                               highest(figure)));

		status = figure_paint(&fitted, &words, path, format, paint, &chart, err);
	}
	words_clear(&words);
	lines_clear(&lines);
	return status;
}

const struct chart_kind chart_lifelines = {
	.name = "lifelines",
	.summary = "key correspondents, each a line from first contact to last",
	.details = "What was sent stands on the line, what was received hangs from it, by the month or "
	           "what fits, on one scale for all. As many of the highest ranked as the page has room "
	           "for, or --top N, or those of --person.",
	.examples = "lifelines --top 12 --since 2014 -o lifelines.pdf\n"
	            "lifelines --person ann@example.org --person bo@b.example --events events.csv",
	.page = { 180, 130 }, .column = { 88, 120 }, .least = { 80, 60 },
	.network = NETWORK_IF_ANY,
	.options = CHART_UNIT | CHART_ROWS | CHART_EVENTS,
	.draw = draw,
};
