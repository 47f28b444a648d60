#include "figure.h"
#include "figure_mail.h"

#include "view.h"

#include "epistograph/calendar_chart.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

static char *make_subtitle(const struct view *view, const struct calendar_chart *chart,
                           const struct filter_account *filtered)
{
	const struct coverage *coverage = chart->coverage;
	GString *out = words_begin_mail_subtitle(view);

	words_append_embedded(out, filtered->embedded);
	words_append_period(out, coverage->first, coverage->last);
	g_string_append(out, chart->unit == CALENDAR_DAY ? "."
	                : ". In months: days of so many years would be too small here.");
	return g_string_free(out, FALSE);
}

/* How many days have mail, which one has most, and each year. */
static char *make_description(const struct coverage *coverage, const struct words *words)
{
	GString *out = g_string_new(NULL);
	const struct period_day *most = NULL;
	int64_t in_year = 0;

	g_string_append_printf(out, "Calendar. %s %s with mail.", words->subtitle,
	                       text_counted(coverage->day_count, "day", "days"));
	for (int i = 0; i < coverage->day_count; i++) {
		const struct period_day *day = &coverage->days[i];
		int year = civil_from_instant(day->first).year;

		if (!most || day->messages > most->messages)
			most = day;
		in_year += day->messages;
		if (i + 1 == coverage->day_count || civil_from_instant(day[1].first).year != year) {
			g_string_append_printf(out, " %d: %s.", year,
			                       text_counted(in_year, "message", "messages"));
			in_year = 0;
		}
	}
	if (most) {
		g_string_append_printf(out, " The most on a day: %s, on ", text_count(most->messages));
		words_append_day(out, most->first);
		g_string_append_c(out, '.');
	}
	g_string_append_printf(out, " %s.", words->source);
	return g_string_free(out, FALSE);
}

static struct words make_words(const struct view *view, const struct figure *figure,
                               const struct calendar_chart *chart,
                               const struct filter_account *filtered)
{
	struct words words = {
		.title = g_strdup(figure->title ? figure->title : chart->unit == CALENDAR_DAY
		                  ? "Messages sent day by day" : "Messages sent month by month"),
		.subtitle = make_subtitle(view, chart, filtered),
		.source = mail_source(view, chart->coverage->dated, mail_left_out(view, filtered)),
	};

	words.description = make_description(chart->coverage, &words);
	return words;
}

static int paint(struct canvas *canvas, double width, double height, const void *chart,
                 struct error *err)
{
	return calendar_chart_draw(canvas, width, height, chart, err);
}

static int draw(const struct view *view, const struct figure *figure, const char *path,
                enum canvas_format format, struct error *err)
{
	struct filter_account filtered;
	struct coverage coverage;

	if (mail_coverage(view, &coverage, &filtered, err) < 0)
		return -1;
	struct calendar_chart chart = {
		.coverage = &coverage, .unit = CALENDAR_DAY, .annotations = figure->annotations,
	};
	struct canvas_page page = figure_page(figure);
	struct words words = make_words(view, figure, &chart, &filtered);

	chart.frame = (struct frame){ words.title, words.subtitle, words.source };
	if (!calendar_chart_has_room(&figure->style, page.width, page.height, &chart)) {
		words_clear(&words);
		chart.unit = CALENDAR_MONTH;
		words = make_words(view, figure, &chart, &filtered);
		chart.frame = (struct frame){ words.title, words.subtitle, words.source };
	}
	struct figure fitted = figure_of_height(
		figure, calendar_chart_height(&figure->style, page.width, page.height, &chart));
	int status = figure_paint(&fitted, &words, path, format, paint, &chart, err);
	words_clear(&words);
	coverage_clear(&coverage);
	return status;
}

const struct chart_kind chart_calendar = {
	.name = "calendar",
	.summary = "years of days, the deeper the more mail",
	.details = "A column a week, Monday on top; silences are hatched, days before the first message "
	           "and after the last are not drawn, those of events and periods framed. Of more years "
	           "than the page has room for, months.",
	.examples = "calendar --since 2009 --until 2016 -o calendar.png\n"
	            "calendar --period 2015-11..2016-02=Strike --event 2016-06-12=Vote",
	.page = { 180, 150 }, .column = { 88, 150 }, .least = { 75, 60 },
	.network = NETWORK_NONE, .all_mail = true,
	.options = CHART_EVENTS,
	.draw = draw,
};
