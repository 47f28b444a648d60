#include "figure.h"

#include "selection.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/network_chart.h"
#include "epistograph/text.h"
#include "epistograph/timeline_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define POINTS_PER_MM (72 / 25.4)

/* The words around a figure; all owned. */
struct words {
	char *title, *subtitle, *source, *description;
};

static void words_clear(struct words *words)
{
	g_free(words->title);
	g_free(words->subtitle);
	g_free(words->source);
	g_free(words->description);
}

/* "20 Mar 2009" */
static void append_day(GString *out, int64_t instant)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	struct civil c = civil_from_instant(instant);

	g_string_append_printf(out, "%d %s %d", c.day, months[c.month - 1], c.year);
}

static void append_period(GString *out, int64_t first, int64_t last)
{
	if (first == INSTANT_NONE)
		return;
	g_string_append(out, ", ");
	append_day(out, first);
	if (calendar_floor(CALENDAR_DAY, first) != calendar_floor(CALENDAR_DAY, last)) {
		g_string_append(out, " to ");
		append_day(out, last);
	}
}

static char *capitalised(char *text)
{
	text[0] = g_ascii_toupper(text[0]);
	return text;
}

/* "Source: ...": how much mail there is, how much of it is in the figure. */
static GString *begin_source(const struct view *view, int64_t in_figure)
{
	const struct casefile_account *a = &view->account;
	GString *out = g_string_new("Source: ");

	g_string_append_printf(out, "%s of mail, %s",
	                       text_counted(a->by_outcome[FILE_MAIL], "file", "files"),
	                       text_counted(a->counted, "message", "messages"));
	if (a->duplicates)
		g_string_append_printf(out, " (and %s)", text_counted(a->duplicates, "copy", "copies"));
	g_string_append_printf(out, "; %s in this figure.",
	                       in_figure == a->counted ? "all" : text_count(in_figure));
	return out;
}

static const char *weight_words(const struct network *network)
{
	if (network->edges == EDGES_REPLY)
		return "answers given and got";
	return network->weight == WEIGHT_SHARED ? "messages sent and received, each shared among its recipients"
	                               : "messages sent and received";
}

/* On a page of a newspaper's column, or lower, words are as few as will do. */
static bool is_small(const struct figure *figure)
{
	return figure->width_mm < 120 || figure->height_mm < 90;
}

static char *network_title(const struct view *view, const struct figure *figure)
{
	int people = view->network.order, communities = view->analysis.community_count;
	char *title = g_strdup_printf("Who %s: %s", view->network.edges == EDGES_REPLY
	                              ? "answered whom" : "wrote to whom",
	                              text_counted(people, "person", "people"));

	if (is_small(figure))
		return title;
	char *longer = g_strdup_printf("%s in %s", title,
	                               text_counted(communities, "community", "communities"));
	g_free(title);
	return longer;
}

/* Who reads a figure may not know that mail was dug out of other mail. */
static void append_embedded(GString *out, int64_t count)
{
	if (count)
		g_string_append_printf(out, ", %s inside other messages",
		                       text_counted(count, "message only", "messages only"));
}

static char *network_subtitle(const struct view *view, const struct figure *figure)
{
	const struct network_account *account = &view->network.account;
	char *filter = capitalised(view_words(view));
	GString *out = g_string_new(filter);

	append_embedded(out, view->filtered.embedded);
	append_period(out, account->first, account->last);
	/* Only a timeline leaves them out: here they are ties like others. */
	if (view->account.far && account->first != INSTANT_NONE &&
	    (account->first < view->account.first || account->last > view->account.last))
		g_string_append(out, " (with dates far from all others)");
	/* The small page's legend says so, in a line of its own. */
	if (!is_small(figure))
		g_string_append_printf(out, ". A person’s area is the %s.",
		                       weight_words(&view->network));
	g_free(filter);
	return g_string_free(out, FALSE);
}

static char *network_source(const struct view *view, bool small)
{
	const struct network *network = &view->network;
	const struct casefile_account *a = &view->account;
	int64_t in_figure = network->account.in_network;
	int64_t all = network_receipts(&view->whole), shown = network_receipts(network);
	GString *out = small ? g_string_new(NULL) : begin_source(view, in_figure);
	char *left = view_left_out(view);

	if (small)
		g_string_append_printf(out, "Source: %s of %s messages.", text_count(in_figure),
		                       text_count(a->counted));
	if (network->account.undated)
		g_string_append_printf(out, " %s of them without a usable date.",
		                       text_count(network->account.undated));
	if (*left)
		g_string_append_printf(out, small ? " Not: %s." : " Not in it: %s.", left);
	char *bias = view_bias(view);
	if (*bias)
		g_string_append_printf(out, " %s.", bias);
	g_free(bias);
	if (shown < all)
		g_string_append_printf(out, " The reduction keeps %s of %s people and %.0f %% of the "
		                       "%s.", text_count(network->order),
		                       text_count(view->whole.order), 100 * (double)shown / (double)all,
		                       network->edges == EDGES_REPLY
		                       ? "answers" : "messages counted per recipient");
	g_string_append_printf(out, small ? " Modularity %.2f, seed %" G_GINT64_FORMAT
	                                    "; epistograph " EPISTOGRAPH_VERSION
	                       : " Communities: Leiden, modularity %.2f, seed %" G_GINT64_FORMAT
	                         ". epistograph " EPISTOGRAPH_VERSION,
	                       view->analysis.modularity, view->selection->seed);
	g_free(left);
	return g_string_free(out, FALSE);
}

/* What a reader who does not see the figure is told: everything, on any page. */
static char *network_description(const struct view *view, const struct words *words)
{
	const struct analysis *analysis = &view->analysis;
	const struct network *network = &view->network;
	char *source = network_source(view, false);
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "Network diagram. %s %s", words->subtitle, source);
	if (analysis->sources < network->order)
		g_string_append_printf(out, ". Ranks: betweenness and closeness are estimated from %s "
		                       "sources", text_count(analysis->sources));
	for (int i = 0; i < network->order && i < 10; i++) {
		const struct vertex *v = &network->vertices[analysis->by_rank[i]];

		g_string_append_printf(out, network->edges == EDGES_REPLY
		                            ? "%s%s (%s answers given, %s got)"
		                            : "%s%s (%s sent, %s received)",
		                       i ? ", " : " Highest ranked: ", *v->name ? v->name : v->address,
		                       text_count(v->sent), text_count(v->received));
	}
	g_free(source);
	return g_string_free(out, FALSE);
}

static struct words network_words(const struct view *view, const struct figure *figure)
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : network_title(view, figure),
		.subtitle = network_subtitle(view, figure),
		.source = network_source(view, is_small(figure)),
	};

	words.description = network_description(view, &words);
	return words;
}

static struct canvas *open_page(const struct figure *figure, const struct words *words,
                                const char *path, enum canvas_format format, struct error *err)
{
	struct canvas_about about = { words->title, words->description,
	                              "epistograph " EPISTOGRAPH_VERSION };

	return canvas_open(path, format, figure->width_mm * POINTS_PER_MM,
	                   figure->height_mm * POINTS_PER_MM, figure->dpi, &about, err);
}

int figure_network(const struct view *view, const struct figure *figure, const char *path,
                   enum canvas_format format, struct error *err)
{
	struct words words = network_words(view, figure);
	struct network_chart chart = {
		.analysis = &view->analysis,
		.frame = { words.title, words.subtitle, words.source },
		.label_count = figure->labels,
	};
	struct canvas *canvas = open_page(figure, &words, path, format, err);
	int status = -1;

	if (!canvas)
		goto clear_words;
	if (network_chart_draw(canvas, figure->width_mm * POINTS_PER_MM,
	                       figure->height_mm * POINTS_PER_MM, &chart, err) < 0)
		canvas_discard(canvas);
	else
		status = canvas_close(canvas, err);
clear_words:
	words_clear(&words);
	return status;
}

/* ---- the timeline ---- */

static int compare_members(const void *a, const void *b)
{
	const struct timeline_member *x = a, *y = b;

	return (x->person > y->person) - (x->person < y->person);
}

/* Whose messages go into which series when the split is by community: the
 * largest ones by number, the last series for everyone else. */
static struct timeline_member *community_members(const struct view *view, int *series,
                                                 const char **names)
{
	const struct analysis *analysis = &view->analysis;
	struct timeline_member *members = g_new(struct timeline_member, MAX(view->network.order, 1));
	int shown = MIN(analysis->community_count, TIMELINE_SERIES_MAX - 1);

	for (int i = 0; i < view->network.order; i++)
		members[i] = (struct timeline_member){
			view->network.vertices[i].person, MIN(analysis->membership[i], shown) };
	qsort(members, (size_t)view->network.order, sizeof *members, compare_members);
	for (int i = 0; i < shown; i++)
		names[i] = analysis->communities[i].short_name;
	names[shown] = "everyone else";
	*series = shown + 1;
	return members;
}

/* What the filter left out, in words. What has no usable date although it passed is
 * told by the chart itself, beside its axis. */
static GString *timeline_left_out(const struct view *view,
                                  const struct filter_account *filtered)
{
	const struct { int64_t count; const char *what; } rows[] = {
		{ filtered->other_enclosure, "inside others" },
		{ filtered->other_date, "with other dates" },
		{ filtered->undated, "without a usable date" },
		{ filtered->outside_period, "outside the period" },
		{ filtered->other_filter, "outside the filter" },
	};
	GString *left = g_string_new(NULL);

	for (int kind = 0; kind < KIND_COUNT; kind++)
		selection_append_count(left, filtered->other_kind_by[kind],
		                       message_kind_name((enum message_kind)kind));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		selection_append_count(left, rows[i].count, rows[i].what);
	selection_append_many_recipients(left, view->selection, filtered->many_recipients);
	return left;
}

/* A chart of nothing is refused. Messages without a usable date are something: the
 * chart says how many they are. */
static int require_messages(const struct view *view, const struct filter_account *filtered,
                            struct error *err)
{
	if (filtered->matched)
		return 0;
	char *words = selection_words(view->selection);
	GString *left = timeline_left_out(view, filtered);

	error_set(err, "no message passes the filter (%s) in %s%s%s", words,
	          view->selection->case_path, left->len ? "; left out: " : "", left->str);
	g_string_free(left, TRUE);
	g_free(words);
	return -1;
}

static int collect_timeline(const struct view *view, const struct figure *figure,
                            struct timeline *timeline, struct filter_account *filtered,
                            struct error *err)
{
	const char *names[TIMELINE_SERIES_MAX];
	struct timeline_member *members = NULL;
	struct correspondence message;
	int series = 0, got;

	if (figure->split == SPLIT_COMMUNITY)
		members = community_members(view, &series, names);
	struct timeline_builder *builder = timeline_builder_new(
		figure->split, members, members ? (size_t)view->network.order : 0);
	g_free(members);
	if (view->selection->filter.implausible)       /* dates at their word, these as well */
		timeline_builder_keep_far(builder);
	struct casefile_query *query = casefile_query_open(view->casefile, &view->selection->filter,
	                                                   err);
	if (!query) {
		timeline_builder_free(builder);
		return -1;
	}
	while ((got = casefile_query_next(query, &message, err)) > 0)
		timeline_builder_add(builder, &message);
	*filtered = *casefile_query_account(query);
	casefile_query_close(query);
	if (got < 0 || require_messages(view, filtered, err) < 0) {
		timeline_builder_free(builder);
		return -1;
	}
	timeline_builder_finish(builder, figure->unit, names, series, timeline);
	return 0;
}

static char *timeline_source(const struct view *view, const struct timeline *timeline,
                             const struct filter_account *filtered)
{
	GString *source = begin_source(view, timeline->dated);
	GString *left = timeline_left_out(view, filtered);

	if (left->len)
		g_string_append_printf(source, " Not in it: %s.", left->str);
	g_string_append(source, " epistograph " EPISTOGRAPH_VERSION);
	g_string_free(left, TRUE);
	return g_string_free(source, FALSE);
}

static char *timeline_description(const struct timeline *timeline, const struct words *words)
{
	GString *out = g_string_new(NULL);
	const struct timeline_bin *most = NULL;

	for (int i = 0; i < timeline->bin_count; i++)
		if (!most || timeline->bins[i].total > most->total)
			most = &timeline->bins[i];
	g_string_append_printf(out, "Column chart. %s %s", words->subtitle, words->source);
	if (most) {
		g_string_append_printf(out, " The most in a %s: %s, from ",
		                       calendar_unit_name(timeline->unit), text_count(most->total));
		append_day(out, most->start);
	}
	return g_string_free(out, FALSE);
}

static struct words timeline_words(const struct view *view, const struct figure *figure,
                                   const struct timeline *timeline,
                                   const struct filter_account *filtered)
{
	struct words words = { .title = g_strdup(figure->title) };
	char *filter = capitalised(view_words(view));
	GString *subtitle = g_string_new(filter);

	if (!words.title)
		words.title = g_strdup_printf("Messages sent per %s", calendar_unit_name(timeline->unit));
	append_embedded(subtitle, filtered->embedded);
	append_period(subtitle, timeline->first, timeline->last);
	g_string_append(subtitle, figure->split == SPLIT_KIND ? ", by kind of mail."
	                : figure->split == SPLIT_COMMUNITY ? ", by community of the sender." : ".");
	words.subtitle = g_string_free(subtitle, FALSE);
	words.source = timeline_source(view, timeline, filtered);
	words.description = timeline_description(timeline, &words);
	g_free(filter);
	return words;
}

static GArray *parse_events(const GPtrArray *given, struct error *err)
{
	GArray *events = g_array_new(FALSE, FALSE, sizeof(struct timeline_event));

	for (guint i = 0; given && i < given->len; i++) {
		const char *text = given->pdata[i], *equals = strchr(text, '=');
		struct timeline_event event = { .text = equals ? equals + 1 : "" };
		char *date = equals ? g_strndup(text, (gsize)(equals - text)) : NULL;
		int status = date ? instant_parse(date, false, &event.instant, err)
		                  : error_set(err, "--event takes DATE=TEXT, not '%s'", text);

		g_free(date);
		if (status < 0) {
			g_array_unref(events);
			return NULL;
		}
		g_array_append_val(events, event);
	}
	return events;
}

int figure_check_events(const GPtrArray *events, struct error *err)
{
	GArray *parsed = parse_events(events, err);

	if (!parsed)
		return -1;
	g_array_unref(parsed);
	return 0;
}

int figure_timeline(const struct view *view, const struct figure *figure, const char *path,
                    enum canvas_format format, struct error *err)
{
	struct timeline timeline;
	struct filter_account filtered;
	int status = -1;
	GArray *events = parse_events(figure->events, err);

	if (!events)
		return -1;
	if (collect_timeline(view, figure, &timeline, &filtered, err) < 0)
		goto free_events;
	struct words words = timeline_words(view, figure, &timeline, &filtered);
	struct timeline_chart chart = {
		.timeline = &timeline, .frame = { words.title, words.subtitle, words.source },
		.events = (const void *)events->data, .event_count = (int)events->len,
	};
	struct canvas *canvas = open_page(figure, &words, path, format, err);
	if (canvas && timeline_chart_draw(canvas, figure->width_mm * POINTS_PER_MM,
	                                  figure->height_mm * POINTS_PER_MM, &chart, err) < 0)
		canvas_discard(canvas);
	else if (canvas)
		status = canvas_close(canvas, err);
	words_clear(&words);
	timeline_clear(&timeline);
free_events:
	g_array_unref(events);
	return status;
}
