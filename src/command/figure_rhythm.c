#include "figure.h"
#include "figure_mail.h"

#include "selection.h"
#include "view.h"

#include "epistograph/error.h"
#include "epistograph/rhythm_chart.h"
#include "epistograph/text.h"

/* What the figure is drawn from. */
struct week {
	struct coverage coverage;
	struct rhythm rhythm;
	struct clock clock;
	struct filter_account filtered;
	GArray *persons;                /* int64_t: whose mail alone; none = everybody's */
	GHashTable *senders;            /* int64_t: persons whose mail is in rhythm */
	int64_t by_others;              /* messages that passed and are not of persons */
};

static bool is_by_them(const struct week *week, const struct correspondence *message)
{
	for (guint i = 0; i < week->persons->len; i++)
		if (g_array_index(week->persons, int64_t, i) == message->sender)
			return true;
	return week->persons->len == 0;
}

/* The coverage is of the mail they sent too: that of others is by other clocks. */
struct sifting { struct week *week; struct coverage_builder *builder; };

static void sift(void *context, const struct correspondence *message)
{
	struct sifting *sifting = context;

	if (is_by_them(sifting->week, message))
		coverage_builder_add(sifting->builder, message);
	else
		sifting->week->by_others++;
}

static void add(void *context, const struct correspondence *message)
{
	struct week *week = context;

	if (!is_by_them(week, message) || !coverage_holds(&week->coverage, message))
		return;
	int64_t before = week->rhythm.counted;

	rhythm_add(&week->rhythm, &week->clock, message);
	if (week->rhythm.counted > before)
		g_hash_table_add(week->senders, g_memdup2(&message->sender, sizeof message->sender));
}

static const char *zone_of(const struct figure *figure)
{
	return figure->zone ? figure->zone : "own";
}

static int week_collect(struct week *week, const struct view *view, const struct figure *figure,
                        struct error *err)
{
	*week = (struct week){
		.persons = mail_persons(view, err),
		.senders = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
	};
	if (!week->persons || clock_parse(zone_of(figure), &week->clock, err) < 0)
		return -1;
	struct sifting sifting = { week, coverage_builder_new() };

	if (view->selection->filter.implausible)
		coverage_builder_keep_far(sifting.builder);
	if (mail_walk(view, sift, &sifting, &week->filtered, err) < 0) {
		coverage_builder_free(sifting.builder);
		return -1;
	}
	coverage_builder_finish(sifting.builder, &week->coverage);
	return mail_walk(view, add, week, &week->filtered, err);
}

static void week_clear(struct week *week)
{
	coverage_clear(&week->coverage);
	clock_clear(&week->clock);
	g_hash_table_destroy(week->senders);
	if (week->persons)
		g_array_unref(week->persons);
}

/* ---- the words ---- */

static char *make_title(const struct view *view, const struct week *week)
{
	const char *address;

	if (week->persons->len == 0)
		return g_strdup("When mail was written: hours of the week");
	if (week->persons->len > 1)
		return g_strdup_printf("When %u people wrote: hours of the week", week->persons->len);
	return g_strdup_printf("When %s wrote: hours of the week",
	                       text_directed(mail_person_name(view, g_array_index(week->persons, int64_t, 0),
	                                                      &address)));
}

/* The offsets that were applied, so that a reader can tell what this machine's copy of the
 * time zone database says. */
static void append_ruled(GString *out, const struct week *week)
{
	const struct rhythm *rhythm = &week->rhythm;
	int shown = MIN(rhythm->ruled_count, RULED_MAX);

	g_string_append_printf(out, ". All by the clock of %s", week->clock.name);
	for (int i = 0; i < shown; i++)
		g_string_append_printf(out, "%sUTC%c%02d:%02d", i == 0 ? ", here " : i + 1 < rhythm->ruled_count
		                       ? ", " : " or ", rhythm->ruled_s[i] < 0 ? '-' : '+',
		                       ABS(rhythm->ruled_s[i]) / 3600, ABS(rhythm->ruled_s[i]) / 60 % 60);
	g_string_append(out, rhythm->ruled_count > RULED_MAX ? " and others." : ".");
}

static char *make_subtitle(const struct view *view, const struct week *week)
{
	GString *out = words_begin_mail_subtitle(view);

	words_append_embedded(out, week->filtered.embedded);
	if (week->persons->len > 0)
		g_string_append(out, ", only what they sent");
	words_append_period(out, week->coverage.first, week->coverage.last);
	if (!week->clock.is_fixed)
		g_string_append(out, ". Each message by the clock of its sender, as its Date has it.");
	else if (week->clock.rules)
		append_ruled(out, week);
	else
		g_string_append_printf(out, ". All by one clock, %s, without summer time.",
		                       week->clock.name);
	return g_string_free(out, FALSE);
}

static char *make_source(const struct view *view, const struct week *week)
{
	GString *left = mail_left_out(view, &week->filtered);

	selection_append_count(left, week->by_others, "by others");
	selection_append_count(left, week->rhythm.without_offset, "of unknown clock");
	return mail_source(view, week->rhythm.counted, left);
}

static int fullest(const int64_t *counts, int count)
{
	int best = 0;

	for (int i = 1; i < count; i++)
		if (counts[i] > counts[best])
			best = i;
	return best;
}

static char *make_description(const struct week *week, const struct words *words)
{
	static const char *const weekdays[WEEKDAYS] = { "Monday", "Tuesday", "Wednesday", "Thursday",
		"Friday", "Saturday", "Sunday" };
	const struct rhythm *rhythm = &week->rhythm;
	GString *out = g_string_new(NULL);
	int hour = fullest(rhythm->by_hour, HOURS);

	g_string_append_printf(out, "Heat map of weekdays and hours. %s", words->subtitle);
	if (rhythm->counted > 0) {
		g_string_append_printf(out, " The most in an hour of all days: %s, between %02d:00 and "
		                       "%02d:59. By weekday:", text_count(rhythm->by_hour[hour]), hour, hour);
		for (int day = 0; day < WEEKDAYS; day++)
			g_string_append_printf(out, "%s %s %s", day ? "," : "", weekdays[day],
			                       text_count(rhythm->by_weekday[day]));
		g_string_append_c(out, '.');
	}
	g_string_append_printf(out, " %s.", words->source);
	return g_string_free(out, FALSE);
}

static struct words make_words(const struct view *view, const struct figure *figure,
                               const struct week *week)
{
	struct words words = {
		.title = figure->title ? g_strdup(figure->title) : make_title(view, week),
		.subtitle = make_subtitle(view, week),
		.source = make_source(view, week),
	};

	words.description = make_description(week, &words);
	return words;
}

/* ---- the chart ---- */

static int check(const struct figure *figure, struct error *err)
{
	struct clock clock;

	if (clock_parse(zone_of(figure), &clock, err) < 0)
		return -1;
	clock_clear(&clock);
	return 0;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return rhythm_chart_draw(canvas, width, height, chart, err);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct week week;
	int status = week_collect(&week, view, figure, err);

	if (status == 0) {
		struct words words = make_words(view, figure, &week);
		const struct rhythm_chart chart = {
			.rhythm = &week.rhythm, .coverage = &week.coverage,
			.senders = g_hash_table_size(week.senders),
			.frame = { words.title, words.subtitle, words.source },
		};

		struct canvas_page page = figure_page(figure);
		struct figure fitted = figure_of_height(
			figure, rhythm_chart_height(&figure->style, page.width, page.height, &chart));
		status = figure_paint(&fitted, &words, path, format, paint, &chart, err);
		words_clear(&words);
	}
	week_clear(&week);
	return status;
}

const struct chart_kind chart_rhythm = {
	.name = "rhythm",
	.summary = "at which hours of which weekdays mail was written",
	.details = "By each sender's own clock, as the Date says it, or by one for all (--zone). With "
	           "--person only what they sent.",
	.examples = "rhythm --person ann@example.org --zone Europe/Paris\n"
	            "rhythm --zone UTC --size column -o rhythm.pdf",
	.page = { 180, 90 }, .column = { 88, 80 }, .least = { 75, 60 },
	.network = NETWORK_NONE,
	.options = CHART_ZONE,
	.check = check, .draw = draw,
};
