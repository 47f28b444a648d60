#include "figure.h"

#include "selection.h"
#include "view.h"

#include "epistograph/error.h"
#include "epistograph/pair_chart.h"
#include "epistograph/text.h"

/* ---- numbers ---- */

static void add_message(void *builder, const struct correspondence *message)
{
	pair_builder_add_message(builder, message);
}

static void add_answer(void *builder, const struct correspondence *answer)
{
	pair_builder_add_answer(builder, answer);
}

static int collect(const struct view *view, const struct figure *figure,
                   const struct person *const persons[2], const char *const names[2],
                   struct pair *pair, struct error *err)
{
	struct pair_builder *builder = pair_builder_new(persons[0]->id, persons[1]->id);
	struct filter answers = view->selection->filter;

	answers.edges = EDGES_REPLY;
	if (answers.implausible)                /* dates at their word */
		pair_builder_keep_far(builder);
	if (view_walk(view, &view->selection->filter, add_message, builder, NULL, err) < 0 ||
	    view_walk(view, &answers, add_answer, builder, NULL, err) < 0) {
		pair_builder_free(builder);
		return -1;
	}
	pair_builder_finish(builder, figure->unit, names, pair);
	return 0;
}

/* ---- words ---- */

static const char *unit_of_mail(const struct view *view, int64_t count)
{
	return view->selection->filter.edges == EDGES_REPLY
	       ? text_counted(count, "answer", "answers") : text_counted(count, "message", "messages");
}

static char *pair_title(const struct view *view, const struct pair *pair,
                        const char *const names[2])
{
	GString *title = g_string_new(NULL);

	text_append_directed(title, names[0]);
	g_string_append(title, " and ");
	text_append_directed(title, names[1]);
	g_string_append_printf(title, ": %s", unit_of_mail(view, pair->written[0] + pair->written[1]));
	return g_string_free(title, FALSE);
}

static char *pair_subtitle(const struct view *view, const struct pair *pair)
{
	bool is_reply = view->selection->filter.edges == EDGES_REPLY;
	GString *out = is_reply ? words_begin_subtitle(view) : words_begin_mail_subtitle(view);

	words_append_embedded(out, pair->embedded);
	words_append_period(out, pair->timeline.first, pair->timeline.last);
	g_string_append_printf(out, ". Columns: %s, per %s.", is_reply
	                       ? "answers of one to the other" : "messages of one that name the other",
	                       calendar_unit_name(pair->timeline.unit));
	return g_string_free(out, FALSE);
}

/* What is not seen of two people if the mail comes from the mailboxes of others: "" if they
 * own one or nothing is to be said; NULL with *err. g_free() */
static char *pair_bias(const struct view *view, const struct person *const persons[2],
                       struct error *err)
{
	struct view owned = *view;
	bool own = false;

	if (casefile_custodians(view->casefile, &owned.custodians, err) < 0)
		return NULL;
	for (size_t i = 0; i < owned.custodians.count; i++)
		for (int p = 0; p < 2; p++)
			own |= owned.custodians.list[i].person == persons[p]->id;
	char *bias = own ? g_strdup("") : view_bias(&owned);

	g_free(owned.custodians.list);
	return bias;
}

static char *pair_source(const struct view *view, const struct pair *pair, const char *bias)
{
	const struct timeline *t = &pair->timeline;
	int64_t unknown = pair->delays[0].unknown + pair->delays[1].unknown;
	int64_t passed_on = pair->delays[0].passed_on + pair->delays[1].passed_on;
	GString *out = words_begin_source(view, t->dated);

	if (t->undated + t->implausible)
		g_string_append_printf(out, " %s more between the two without a usable date.",
		                       text_count(t->undated + t->implausible));
	if (t->far)
		g_string_append_printf(out, " %s more with dates far from all others.",
		                       text_count(t->far));
	if (pair->delays[0].count + pair->delays[1].count + unknown == 0)
		g_string_append(out, " No message here says that it answers one of the other.");
	if (unknown)
		g_string_append_printf(out, " %s whose delay is not known.",
		                       text_counted(unknown, "answer", "answers"));
	if (passed_on)
		g_string_append_printf(out, " Not an answer: %s of the other's, passed on to somebody "
		                       "else.", text_counted(passed_on, "message", "messages"));
	if (*bias)
		g_string_append_printf(out, " %s.", bias);
	g_string_append(out, " epistograph " EPISTOGRAPH_VERSION);
	return g_string_free(out, FALSE);
}

static char *pair_description(const struct pair *pair, const struct words *words,
                              const char *const names[2])
{
	GString *out = g_string_new("Mirrored columns through time. ");

	g_string_append(out, words->subtitle);
	for (int who = 0; who < 2; who++) {
		const struct pair_delays *delays = &pair->delays[who];

		g_string_append_printf(out, " %s to %s: %s. ", text_directed(names[who]),
		                       text_directed(names[1 - who]), text_count(pair->written[who]));
		text_append_directed(out, names[who]);
		if (!delays->count) {
			g_string_append(out, " is not known to have answered.");
			continue;
		}
		char *delay = pair_delay_text(pair_quartile(delays, 2));
		g_string_append_printf(out, " answered %s,%s within %s.",
		                       text_counted(delays->count, "message", "messages"),
		                       delays->count > 1 ? " half of them" : "", delay);
		g_free(delay);
	}
	words_end_description(out, g_strdup(words->source));
	return g_string_free(out, FALSE);
}

static struct words pair_words(const struct view *view, const struct figure *figure,
                               const struct pair *pair, const char *bias,
                               const char *const names[2])
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : pair_title(view, pair, names),
		.subtitle = pair_subtitle(view, pair), .source = pair_source(view, pair, bias),
	};

	words.description = pair_description(pair, &words, names);
	return words;
}

/* ---- the figure ---- */

static int find_both(const struct view *view, const struct figure *figure,
                     const struct person *persons[2], struct error *err)
{
	for (int i = 0; i < 2; i++) {
		persons[i] = roster_find(&view->roster, figure->persons[i], err);
		if (!persons[i])
			return -1;
	}
	if (persons[0] == persons[1])
		return error_set(err, "'%s' and '%s' are the same person", figure->persons[0],
		                 figure->persons[1]);
	return 0;
}

static int require_mail(const struct view *view, const struct pair *pair,
                        const char *const names[2], struct error *err)
{
	if (pair->timeline.bin_count)
		return 0;
	if (pair->written[0] + pair->written[1])
		return error_set(err, "none of the %s between %s and %s has a usable date",
		                 unit_of_mail(view, pair->written[0] + pair->written[1]), names[0],
		                 names[1]);
	return error_set(err, "no mail between %s and %s passes the filter", names[0], names[1]);
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return pair_chart_draw(canvas, width, height, chart, err);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	const struct person *persons[2];
	const char *names[2];
	struct pair pair;
	char *bias;
	int status = -1;

	if (find_both(view, figure, persons, err) < 0)
		return -1;
	for (int i = 0; i < 2; i++)
		names[i] = *persons[i]->name ? persons[i]->name : persons[i]->address;
	if (collect(view, figure, persons, names, &pair, err) < 0)
		return -1;
	bias = require_mail(view, &pair, names, err) == 0 ? pair_bias(view, persons, err) : NULL;
	if (bias) {
		struct words words = pair_words(view, figure, &pair, bias, names);
		const struct pair_chart chart = {
			.pair = &pair, .frame = { words.title, words.subtitle, words.source },
			.names = { names[0], names[1] }, .annotations = figure->annotations,
			.of_answers = view->selection->filter.edges == EDGES_REPLY,
		};

		struct canvas_page page = figure_page(figure);
		struct figure fitted = figure_of_height(
			figure, pair_chart_height(&chart, page.style, page.width, page.height));
		status = figure_paint(&fitted, &words, path, format, paint, &chart, err);
		words_clear(&words);
	}
	g_free(bias);
	pair_clear(&pair);
	return status;
}

const struct chart_kind chart_pair = {
	.name = "pair",
	.summary = "the mail between two people through time, and how long answers took",
	.details = "What the first wrote stands above the line, what the second wrote below. "
	           "Silences between the two are shaded, those of the whole archive hatched. "
	           "Beside it the delays of both one's answers, with median and quartiles; mail that "
	           "is passed on to somebody else is no answer.",
	.examples = "pair \"Ann Lee\" bo@b.example\n"
	            "pair ann@example.org bo@b.example --unit week --event 2016-06-12=Vote",
	.page = { 180, 90 }, .column = { 88, 110 }, .least = { 70, 80 },
	.persons = 2, .options = CHART_UNIT | CHART_EVENTS,
	.draw = draw,
};
