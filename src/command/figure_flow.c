#include "figure.h"

#include "view.h"

#include "epistograph/flow_chart.h"
#include "epistograph/text.h"

#define EMPTY_HEIGHT 150.0              /* pt of a page without a stream */

static bool is_reply(const struct view *view)
{
	return view->network.edges == EDGES_REPLY;
}

static int64_t within(const struct matrix *matrix)
{
	int64_t sum = 0;

	for (int i = 0; i < matrix->count; i++)
		sum += matrix->cells[i * matrix->count + i];
	return sum;
}

static char *flow_title(const struct view *view, const struct matrix *matrix)
{
	const char *what = is_reply(view) ? "answers" : "mail";
	const char *communities = text_counted(matrix->communities_total, "community", "communities");
	char *title = !matrix->communities_total ? g_strdup_printf("No %s", what)
		: !matrix_most(matrix, true) ? g_strdup_printf("All %s within %s", what, communities)
		: g_strdup_printf("%s between %s", what, communities);

	title[0] = g_ascii_toupper(title[0]);
	return title;
}

/* "63 (4 %) from one community to another, 1,666 within one" */
static void append_parts(GString *out, const struct matrix *matrix)
{
	int64_t inside = within(matrix), all = matrix->receipts_total;

	if (inside == all) {
		g_string_append(out, "none from one community to another");
		return;
	}
	g_string_append(out, text_count(all - inside));
	words_append_percent(out, all - inside, all);
	g_string_append_printf(out, " from one community to another, %s within one",
	                       text_count(inside));
	if (matrix->count < matrix->communities_total)
		g_string_append_printf(out, " or among the %s smallest", text_count(
		                       matrix->communities_total - matrix->count + 1));
}

static char *flow_subtitle(const struct view *view, const struct matrix *matrix)
{
	GString *out = words_begin_subtitle(view);
	const char *one = is_reply(view) ? "answer" : "message";
	const char *many = is_reply(view) ? "answers" : "messages";

	words_append_network_period(out, view);
	g_string_append_printf(out, ". %s%s: ", text_counted(matrix->receipts_total, one, many),
	                       is_reply(view) ? "" : ", each counted once for every recipient");
	append_parts(out, matrix);
	g_string_append_c(out, '.');
	return g_string_free(out, FALSE);
}

/* Every number that is drawn. */
static void append_flows(GString *out, const struct matrix *matrix)
{
	for (int i = 0; i < matrix->count; i++) {
		g_string_append_printf(out, " %s: %s within", text_directed(matrix->entries[i].name),
		                       text_count(matrix->cells[i * matrix->count + i]));
		for (int j = 0; j < matrix->count; j++)
			if (i != j && matrix->cells[i * matrix->count + j])
				g_string_append_printf(out, ", %s to %s",
				                       text_count(matrix->cells[i * matrix->count + j]),
				                       text_directed(matrix->entries[j].name));
		g_string_append_c(out, '.');
	}
}

static struct words flow_words(const struct view *view, const struct figure *figure,
                               const struct matrix *matrix)
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : flow_title(view, matrix),
		.subtitle = flow_subtitle(view, matrix),
		.source = words_network_source(view, figure_is_small(figure)),
	};
	GString *description = g_string_new("Streams of mail between communities. ");

	g_string_append(description, words.subtitle);
	append_flows(description, matrix);
	words_end_description(description, words_network_source(view, false));
	words.description = g_string_free(description, FALSE);
	return words;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return flow_chart_draw(canvas, width, height, chart, err);
}

static struct flow_chart flow_chart(const struct view *view, const struct matrix *matrix,
                                    const struct words *words)
{
	bool reply = is_reply(view);

	return (struct flow_chart){
		.matrix = matrix, .frame = { words->title, words->subtitle, words->source },
		.one = reply ? "answer" : "message", .many = reply ? "answers" : "messages",
		.from = reply ? "who answered" : "who wrote", .to = reply ? "whom" : "to whom",
	};
}

/* As many communities as have room for their names, under the words that say how many they
 * are; the fewest if there is none for any. */
static void choose_communities(const struct view *view, const struct figure *figure,
                               struct matrix *matrix, struct words *words)
{
	struct canvas_page page = figure_page(figure);

	for (int most = FLOW_COMMUNITIES_MAX; ; most--) {
		matrix_of_communities(&view->analysis, most, matrix);
		*words = flow_words(view, figure, matrix);
		struct flow_chart chart = flow_chart(view, matrix, words);
		if (most == FLOW_COMMUNITIES_MIN ||
		    flow_chart_fits(&chart, page.style, page.width, page.height))
			return;
		words_clear(words);
		matrix_clear(matrix);
	}
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct figure fitted = *figure;
	struct matrix matrix;
	struct words words;

	choose_communities(view, figure, &matrix, &words);
	if (!matrix_most(&matrix, true))        /* a sentence */
		fitted = figure_of_height(figure, EMPTY_HEIGHT);
	struct flow_chart chart = flow_chart(view, &matrix, &words);
	int status = figure_paint(&fitted, &words, path, format, paint, &chart, err);

	words_clear(&words);
	matrix_clear(&matrix);
	return status;
}

const struct chart_kind chart_flow = {
	.name = "flow",
	.summary = "how much mail goes from community to community, as streams as wide as it is",
	.details = "At the left who wrote, at the right who was written to; a message counts once for "
	           "every recipient. Mail within a community is a number. The largest communities "
	           "that can be read are named, all others are one.",
	.examples = "flow --since 2016 -o flow.svg\n"
	            "flow --edges reply --size slide -o flow.png",
	.page = { 180, 130 }, .column = { 88, 130 }, .least = { 80, 95 },
	.network = NETWORK_ALWAYS, .options = CHART_TIES,
	.draw = draw,
};
