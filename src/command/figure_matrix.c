#include "figure.h"

#include "view.h"

#include "epistograph/error.h"
#include "epistograph/matrix_chart.h"
#include "epistograph/text.h"

#include <string.h>

#define LARGEST 5               /* cells that the description names */
#define LOW 120                 /* mm: pages not so high say what rows are, not their order */

static int check(const struct figure *figure, struct error *err)
{
	if (figure->split && strcmp(figure->split, "community"))
		return error_set(err, "--split of a matrix is community, not '%s'", figure->split);
	if (figure->order && strcmp(figure->order, "strength") && strcmp(figure->order, "ties"))
		return error_set(err, "--order of a matrix is strength or ties, not '%s'", figure->order);
	if (figure->order && (figure->split || figure->labels > MATRIX_PEOPLE_MAX))
		return error_set(err, "--order is of people, and this matrix is of communities");
	return 0;
}

static enum matrix_order order_of(const struct figure *figure)
{
	return figure->order && !strcmp(figure->order, "ties") ? MATRIX_BY_TIES : MATRIX_BY_STRENGTH;
}

static bool is_reply(const struct view *view)
{
	return view->network.edges == EDGES_REPLY;
}

static char *matrix_title(const struct view *view, const struct matrix *matrix)
{
	const char *verb = is_reply(view) ? "answered" : "wrote to";
	int count = matrix->count;

	if (matrix->of == MATRIX_COMMUNITIES)
		return g_strdup_printf("Which community %s which: %s", verb,
		                       text_counted(matrix->communities_total, "community",
		                                    "communities"));
	if (count == matrix->people_total)
		return g_strdup_printf("Who %s whom: %s", verb, text_counted(count, "person", "people"));
	return g_strdup_printf("Who %s whom: the %s highest ranked of %s people", verb,
	                       text_count(count), text_count(matrix->people_total));
}

/* "35 of 180 people (19 %)", "all 312 messages" */
static void append_share(GString *out, int64_t part, int64_t all, const char *one,
                         const char *many)
{
	if (part == all) {
		g_string_append(out, all < 2 ? "" : "all ");
		g_string_append(out, text_counted(all, one, many));
		return;
	}
	g_string_append_printf(out, "%s of %s", text_count(part), text_counted(all, one, many));
	words_append_percent(out, part, all);
}

static void append_order(GString *out, const struct figure *figure, const struct matrix *matrix)
{
	const char *inside = order_of(figure) == MATRIX_BY_TIES ? "ties" : "strength";

	if (matrix->of == MATRIX_COMMUNITIES)
		g_string_append(out, " Ordered by number of people.");
	else if (matrix->group_count > 1)
		g_string_append_printf(out, " Ordered by community, the most tied side by side, in it by "
		                       "%s.", inside);
	else
		g_string_append_printf(out, " Ordered by %s.", inside);
}

static char *matrix_subtitle(const struct view *view, const struct figure *figure,
                             const struct matrix *matrix)
{
	GString *out = words_begin_subtitle(view);
	bool is_part = matrix->of == MATRIX_PEOPLE && matrix->people < matrix->people_total;

	words_append_network_period(out, view);
	g_string_append(out, ". ");
	if (matrix->of == MATRIX_COMMUNITIES && figure->labels > MATRIX_PEOPLE_MAX)
		g_string_append_printf(out, "%s people are too many rows: their communities. ",
		                       text_count(figure->labels));
	gsize start = out->len;
	if (is_part) {
		append_share(out, matrix->people, matrix->people_total, "person", "people");
		g_string_append(out, ", ");
		append_share(out, matrix->ties, matrix->ties_total, "tied pair", "tied pairs");
		g_string_append(out, ", ");
	}
	append_share(out, matrix->receipts, matrix->receipts_total, is_reply(view) ? "answer" : "message",
	             is_reply(view) ? "answers" : "messages");
	g_string_append(out, is_reply(view) ? "." : ", each counted once for every recipient.");
	out->str[start] = g_ascii_toupper(out->str[start]);
	/* A line more is a row less, on a slide one of twenty. */
	if (!figure_is_small(figure) && figure->size.height >= LOW * figure->style.zoom)
		append_order(out, figure, matrix);
	return g_string_free(out, FALSE);
}

/* The largest cells in words. */
static void append_largest(GString *out, const struct matrix *matrix)
{
	int64_t below = INT64_MAX;
	int named = 0;

	while (named < LARGEST) {
		int64_t most = 0;

		for (int i = 0; i < matrix->count * matrix->count; i++)
			if (matrix->cells[i] < below)
				most = MAX(most, matrix->cells[i]);
		for (int i = 0; most && i < matrix->count * matrix->count && named < LARGEST; i++) {
			if (matrix->cells[i] != most)
				continue;
			g_string_append_printf(out, "%s%s to %s: %s", named++ ? "; " : " The most: ",
			                       text_directed(matrix->entries[i / matrix->count].name),
			                       text_directed(matrix->entries[i % matrix->count].name),
			                       text_count(most));
		}
		if (!most)
			break;
		below = most;
	}
	if (named)
		g_string_append_c(out, '.');
}

static struct words matrix_words(const struct view *view, const struct figure *figure,
                                 const struct matrix *matrix)
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : matrix_title(view, matrix),
		.subtitle = matrix_subtitle(view, figure, matrix),
		.source = words_network_source(view, figure_is_small(figure)),
	};
	GString *description = g_string_new("Matrix, from rows to columns. ");

	g_string_append(description, words.subtitle);
	append_largest(description, matrix);
	words_end_description(description, words_network_source(view, false));
	words.description = g_string_free(description, FALSE);
	return words;
}

/* Who of a matrix's people owns a mailbox if these are so few; NULL if not. g_free(). */
static bool *owners_in(const struct view *view, const struct matrix *matrix)
{
	if (matrix->of != MATRIX_PEOPLE || !view_owners(view))
		return NULL;
	bool *owns = g_new(bool, matrix->count + 1);
	for (int i = 0; i < matrix->count; i++)
		owns[i] = view_owns(view, view->network.vertices[matrix->entries[i].number].person);
	return owns;
}

static struct matrix_chart make_chart(const struct view *view, const struct matrix *matrix,
                                      const struct words *words, const bool *owns)
{
	struct matrix_chart chart = {
		.owns = owns, .owners = view_owners(view),
		.matrix = matrix, .frame = { words->title, words->subtitle, words->source },
		.one = "message", .many = "messages", .sent = "sent", .received = "received",
		.who = "who wrote", .whom = "to whom",
	};

	if (is_reply(view)) {
		chart.one = "answer";
		chart.many = "answers";
		chart.sent = "given";
		chart.received = "got";
		chart.who = "who answered";
		chart.whom = "whom";
	}
	return chart;
}

static void fill(const struct view *view, const struct figure *figure, enum matrix_of of, int most,
                 struct matrix *matrix)
{
	if (of == MATRIX_COMMUNITIES)
		matrix_of_communities(&view->analysis, most, matrix);
	else
		matrix_of_people(&view->analysis, most, order_of(figure), matrix);
}

/* Can all rows be named? Of a view whose messages are not counted again yet words may become a
 * line longer. */
static bool fits(const struct view *view, const struct figure *figure, const struct matrix *matrix)
{
	struct canvas_page page = figure_page(figure);
	struct words words = matrix_words(view, figure, matrix);
	bool *owns = owners_in(view, matrix);
	const struct matrix_chart chart = make_chart(view, matrix, &words, owns);
	bool fit = matrix_chart_room(page.style, page.width, page.height - page.style->subtitle.size,
	                             &chart) == MATRIX_NAMED;

	words_clear(&words);
	g_free(owns);
	return fit;
}

/* As many people as are asked for or can be named; communities if that is asked for or
 * people are too many. */
static void choose(const struct view *view, const struct figure *figure, struct matrix *matrix)
{
	bool of_communities = figure->split || figure->labels > MATRIX_PEOPLE_MAX;
	enum matrix_of of = of_communities ? MATRIX_COMMUNITIES : MATRIX_PEOPLE;
	int most = of_communities ? MATRIX_COMMUNITIES_MAX
	         : figure->labels ? figure->labels : MATRIX_NAMED_MAX;

	fill(view, figure, of, most, matrix);
	while ((of_communities || !figure->labels) && matrix->count > 2 &&
	       !fits(view, figure, matrix)) {
		most = matrix->count - 1;
		matrix_clear(matrix);
		fill(view, figure, of, most, matrix);
	}
}

/* The ties that have a cell. g_free(). */
static bool *ties_in(const struct network *network, const struct matrix *matrix)
{
	bool *here = g_new0(bool, network->order + 1), *arcs = g_new(bool, network->size + 1);

	for (int i = 0; i < matrix->count; i++)
		here[matrix->entries[i].number] = true;
	for (int i = 0; i < network->size; i++)
		arcs[i] = here[network->arcs[i].from] && here[network->arcs[i].to];
	g_free(here);
	return arcs;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return matrix_chart_draw(canvas, width, height, chart, err);
}

static int draw_matrix(const struct view *view, const struct figure *figure,
                       const struct matrix *matrix, const bool *owns, const char *path,
                       enum canvas_format format, struct error *err)
{
	struct words words = matrix_words(view, figure, matrix);
	const struct matrix_chart chart = make_chart(view, matrix, &words, owns);
	struct canvas_page page = figure_page(figure);
	struct figure fitted = figure_of_height(
		figure, matrix_chart_height(page.style, page.width, page.height, &chart));
	int status = figure_paint(&fitted, &words, path, format, paint, &chart, err);

	words_clear(&words);
	return status;
}

/* What is in the matrix, with its messages counted; of people that no longer can be named
 * when that makes words longer, fewer. */
static int keep(const struct view *view, const struct figure *figure, struct matrix *matrix,
                struct view *kept, struct error *err)
{
	for (;;) {
		bool *arcs = ties_in(&view->network, matrix);
		int status = view_keep(view, arcs, kept, err), most = matrix->count - 1;

		g_free(arcs);
		if (status < 0 || figure->labels || most < 2 || fits(kept, figure, matrix))
			return status;
		network_clear(&kept->network);
		matrix_clear(matrix);
		fill(view, figure, MATRIX_PEOPLE, most, matrix);
	}
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct matrix matrix;
	struct view kept;
	int status = -1;

	choose(view, figure, &matrix);
	if (matrix.of == MATRIX_COMMUNITIES) {
		status = draw_matrix(view, figure, &matrix, NULL, path, format, err);
	} else if (keep(view, figure, &matrix, &kept, err) == 0) {
		bool *owns = owners_in(view, &matrix);

		status = draw_matrix(&kept, figure, &matrix, owns, path, format, err);
		network_clear(&kept.network);
		g_free(owns);
	}
	matrix_clear(&matrix);
	return status;
}

const struct chart_kind chart_matrix = {
	.name = "matrix",
	.summary = "who writes to whom as a table of shades: rows wrote, columns were written to",
	.details = "The highest ranked people that can be named on the page, by community and in it by "
	           "strength, or by ties (--order). A name that is cut in its row is whole below, by the row's "
	           "number. --labels says how many; those for whose names "
	           "there is no room are shades alone, their communities named. Bars at the margins "
	           "are what each sent and received in all, their dark part what is in the matrix. "
	           "Where all mail is from one mailbox or a few, cells are hatched that these cannot "
	           "tell. --split community, or more than 400 people, gives communities instead, the "
	           "smallest as one row.",
	.examples = "matrix --since 2016 --labels 30 -o matrix.pdf\n"
	            "matrix --order ties --size column\n"
	            "matrix --split community --theme grey",
	.page = { 180, 250 }, .column = { 88, 190 }, .least = { 80, 90 },
	.network = NETWORK_ALWAYS, .options = CHART_TIES | CHART_LABELS | CHART_SPLIT | CHART_ORDER,
	.check = check, .draw = draw,
};
