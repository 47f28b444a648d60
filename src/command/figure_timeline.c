#include "figure.h"
#include "figure_mail.h"

#include "selection.h"
#include "view.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/text.h"
#include "epistograph/timeline_chart.h"
#include "epistograph/verification.h"

#include <stdlib.h>
#include <string.h>

static const char *const split_names[] = {
	[SPLIT_NONE] = "", [SPLIT_KIND] = "kind", [SPLIT_COMMUNITY] = "community",
	[SPLIT_PERSON] = "person", [SPLIT_DATE] = "date", [SPLIT_VERIFIED] = "verified",
};

/* -1 if unknown. */
static int split_from_name(const char *name)
{
	for (int i = 0; i < (int)G_N_ELEMENTS(split_names); i++)
		if (!strcmp(split_names[i], name ? name : ""))
			return i;
	return -1;
}

static int compare_members(const void *a, const void *b)
{
	const struct timeline_member *x = a, *y = b;

	return (x->person > y->person) - (x->person < y->person);
}

/* The senders whose messages have series of their own, and the names of the series. */
struct cast {
	struct timeline_member *members;        /* by person; owned */
	size_t member_count;
	const char *names[TIMELINE_SERIES_MAX];
	int series;
};

/* The largest communities by number. */
static void cast_communities(struct cast *cast, const struct view *view)
{
	const struct analysis *analysis = &view->analysis;
	int shown = MIN(analysis->community_count, TIMELINE_SERIES_MAX - 1);

	cast->member_count = (size_t)view->network.order;
	cast->members = g_new(struct timeline_member, cast->member_count + 1);
	for (int i = 0; i < view->network.order; i++)
		cast->members[i] = (struct timeline_member){
			view->network.vertices[i].person, MIN(analysis->membership[i], shown) };
	for (int i = 0; i < shown; i++)
		cast->names[i] = analysis->communities[i].short_name;
	cast->names[shown] = "everyone else";
	cast->series = shown + 1;
}

/* The key correspondents, or those of --person. */
static int cast_persons(struct cast *cast, const struct view *view, struct error *err)
{
	GArray *persons = mail_key_persons(view, TIMELINE_SERIES_MAX - 1, err);
	const char *address;

	if (!persons)
		return -1;
	int shown = MIN((int)persons->len, TIMELINE_SERIES_MAX - 1);
	cast->member_count = (size_t)shown;
	cast->members = g_new(struct timeline_member, shown + 1);
	for (int i = 0; i < shown; i++) {
		int64_t person = g_array_index(persons, int64_t, i);

		cast->members[i] = (struct timeline_member){ person, i };
		cast->names[i] = mail_person_name(view, person, &address);
	}
	cast->series = shown;
	g_array_unref(persons);
	return 0;
}

static int cast_fill(struct cast *cast, const struct view *view, enum timeline_split split,
                     struct error *err)
{
	*cast = (struct cast){ .series = 0 };
	if (split == SPLIT_COMMUNITY)
		cast_communities(cast, view);
	if (split == SPLIT_PERSON && cast_persons(cast, view, err) < 0)
		return -1;
	if (cast->member_count > 1)
		qsort(cast->members, cast->member_count, sizeof *cast->members, compare_members);
	return 0;
}

static void add(void *builder, const struct correspondence *message)
{
	timeline_builder_add(builder, message);
}

static int collect_timeline(const struct view *view, const struct figure *figure,
                            struct timeline *timeline, struct filter_account *filtered,
                            struct error *err)
{
	enum timeline_split split = (enum timeline_split)split_from_name(figure->split);
	struct cast cast;
	int status = -1;

	if ((split == SPLIT_VERIFIED && casefile_require_signatures(view->casefile, err) < 0) ||
	    cast_fill(&cast, view, split, err) < 0)
		return -1;
	struct timeline_builder *builder = timeline_builder_new(split, cast.members,
	                                                        cast.member_count);
	if (view->selection->filter.implausible)       /* dates at their word, these as well */
		timeline_builder_keep_far(builder);
	if (mail_walk(view, add, builder, filtered, err) == 0) {
		timeline_builder_finish(builder, figure->unit, cast.names, cast.series, timeline);
		status = 0;
	} else {
		timeline_builder_free(builder);
	}
	g_free(cast.members);
	return status;
}

/* Of the same series; the last is everyone else. Returns colors. */
static const int *community_colors(const struct view *view, int series, int *colors)
{
	for (int s = 0; s < series; s++)
		colors[s] = s + 1 < series ? view->analysis.communities[s].color : -1;
	return colors;
}

static char *timeline_source(const struct view *view, const struct timeline *timeline,
                             const struct filter_account *filtered)
{
	GString *left = mail_left_out(view, filtered);

	selection_append_count(left, timeline->others, "by others");
	return mail_source(view, timeline->dated, left);
}

#define GAPS_TOLD 10    /* silences dated in the description */
#define YEARS_FROM 12   /* columns from which years are told */

static void describe_series(GString *out, const struct timeline *timeline)
{
	for (int s = 0; s < timeline->series_count; s++) {
		int64_t sum = 0;

		for (int i = 0; i < timeline->bin_count; i++)
			sum += timeline->bins[i].counts[s];
		g_string_append_printf(out, "%s%s %s", s ? ", " : " Of them: ",
		                       text_directed(timeline->series_names[s]), text_count(sum));
	}
	g_string_append_c(out, '.');
	if (timeline->by_other_domain)
		g_string_append_printf(out, " Of the signed but not verified %s a valid signature of another "
		                       "domain than the sender's.",
		                       text_counted(timeline->by_other_domain, "has", "have"));
}

/* Sums of years, which a reader can follow where columns are too many. */
static void describe_years(GString *out, const struct timeline *timeline)
{
	int64_t in_year = 0;
	int told = 0;

	for (int i = 0; i < timeline->bin_count; i++) {
		int year = civil_from_instant(timeline->bins[i].start).year;

		in_year += timeline->bins[i].total;
		if (i + 1 < timeline->bin_count &&
		    civil_from_instant(timeline->bins[i + 1].start).year == year)
			continue;
		g_string_append_printf(out, "%s%s in %d", told++ ? ", " : " By year: ",
		                       text_count(in_year), year);
		in_year = 0;
	}
	g_string_append_c(out, '.');
}

static void describe_most(GString *out, const struct timeline *timeline)
{
	const struct timeline_bin *most = &timeline->bins[0];

	for (int i = 1; i < timeline->bin_count; i++)
		if (timeline->bins[i].total > most->total)
			most = &timeline->bins[i];
	g_string_append_printf(out, " The most in a %s: %s, %s",
	                       calendar_unit_name(timeline->unit), text_count(most->total),
	                       timeline->unit == CALENDAR_DAY ? "on " : "in the one that begins on ");
	words_append_day(out, most->start);
	g_string_append_c(out, '.');
}

static void describe_gaps(GString *out, const struct timeline *timeline)
{
	for (int i = 0; i < timeline->gap_count; i++) {
		const struct timeline_gap *gap = &timeline->gaps[i];

		if (i == GAPS_TOLD) {
			g_string_append_printf(out, ", and %d times more", timeline->gap_count - i);
			break;
		}
		g_string_append(out, i ? ", " : " No mail from ");
		words_append_day(out, gap->start);
		g_string_append(out, " to ");
		words_append_day(out, gap->end - 1);
	}
	if (timeline->gap_count > 0)
		g_string_append_c(out, '.');
}

/* From the same numbers as the columns. */
static char *timeline_description(const struct timeline *timeline, const struct words *words)
{
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "Column chart of %s by the %s. %s", text_counted(timeline->dated,
	                       "message", "messages"), calendar_unit_name(timeline->unit),
	                       words->subtitle);
	if (timeline->series_count > 1)
		describe_series(out, timeline);
	if (timeline->unit < CALENDAR_YEAR && timeline->unit != CALENDAR_WEEK &&
	    timeline->bin_count > YEARS_FROM)
		describe_years(out, timeline);
	if (timeline->bin_count > 0)
		describe_most(out, timeline);
	describe_gaps(out, timeline);
	g_string_append_printf(out, " %s.", words->source);
	return g_string_free(out, FALSE);
}

static char *timeline_title(const struct timeline *timeline)
{
	const char *unit = calendar_unit_name(timeline->unit);

	return timeline->split == SPLIT_PERSON
		? g_strdup_printf("Messages sent per %s by %s", unit,
		                  text_counted(timeline->series_count, "person", "people"))
		: g_strdup_printf("Messages sent per %s", unit);
}

static struct words timeline_words(const struct view *view, const struct figure *figure,
                                   const struct timeline *timeline,
                                   const struct filter_account *filtered)
{
	static const char *const endings[] = {
		[SPLIT_NONE] = ".", [SPLIT_KIND] = ", by kind of mail.",
		[SPLIT_COMMUNITY] = ", by community of the sender.", [SPLIT_PERSON] = ", each by one sender.",
		[SPLIT_DATE] = ", by what the date is worth.",
		[SPLIT_VERIFIED] = ", by whether a DKIM signature of the sender's domain holds.",
	};
	struct words words = { .title = g_strdup(figure->title) };
	GString *subtitle = words_begin_mail_subtitle(view);

	if (!words.title)
		words.title = timeline_title(timeline);
	if (!view->filtered.matched)    /* it has no network */
		words_append_embedded(subtitle, filtered->embedded);
	words_append_period(subtitle, timeline->first, timeline->last);
	g_string_append(subtitle, endings[timeline->split]);
	if (timeline->split == SPLIT_COMMUNITY && view->selection->filter.edges == EDGES_REPLY)
		g_string_append(subtitle, " Communities are of who answered whom.");
	words.subtitle = g_string_free(subtitle, FALSE);
	words.source = timeline_source(view, timeline, filtered);
	words.description = timeline_description(timeline, &words);
	return words;
}

static int check(const struct figure *figure, struct error *err)
{
	if (split_from_name(figure->split) < 0)
		return error_set(err, "--split is kind, community, person, date or verified, not '%s'",
		                 figure->split);
	return 0;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return timeline_chart_draw(canvas, width, height, chart, err);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct timeline timeline;
	struct filter_account filtered;

	if (collect_timeline(view, figure, &timeline, &filtered, err) < 0)
		return -1;
	int colors[TIMELINE_SERIES_MAX];

	if (timeline.split == SPLIT_COMMUNITY)
		timeline.series_colors = community_colors(view, timeline.series_count, colors);
	struct words words = timeline_words(view, figure, &timeline, &filtered);
	const struct timeline_chart chart = {
		.timeline = &timeline, .frame = { words.title, words.subtitle, words.source },
		.annotations = figure->annotations,
	};
	struct canvas_page page = figure_page(figure);
	struct figure fitted = figure_of_height(
		figure, timeline_chart_height(&figure->style, page.width, page.height, &chart));
	int status = figure_paint(&fitted, &words, path, format, paint, &chart, err);

	words_clear(&words);
	timeline_clear(&timeline);
	return status;
}

const struct chart_kind chart_timeline = {
	.name = "timeline",
	.summary = "messages in days, weeks, months, quarters or years, from zero",
	.details = "Silences are shaded, mail without a usable date is counted beside it. --split kind, "
	           "community, person (the key correspondents, or those of --person), date (what it "
	           "is worth) or verified (what signatures say, see 'help verify') stacks up to "
	           "four series; more become small panels of one scale.",
	.examples = "timeline --split kind --event 2016-06-12=\"First round\"\n"
	            "timeline --unit week --since 2016-06 --until 2016-11 --size column -o 2016.pdf\n"
	            "timeline --split person --person ann@example.org --person bo@b.example",
	.page = { 180, 90 }, .column = { 88, 60 }, .least = { 60, 40 },
	.network = NETWORK_FOR_SPLIT, .all_mail = true,
	.options = CHART_SPLIT | CHART_UNIT | CHART_EVENTS,
	.check = check, .draw = draw,
};
