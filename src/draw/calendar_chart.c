#include "epistograph/calendar_chart.h"

#include "annotate.h"
#include "calendar_grid.h"
#include "heat.h"
#include "legend_flow.h"
#include "notes.h"
#include "time_words.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <glib.h>

#include <stdio.h>
#include <string.h>

#define DAY_S INT64_C(86400)

#define LEGEND_GAP 5.0          /* pt below the legend */
#define NUMBERED 13.0           /* pt: days as large as this have their number */

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec" };
static const char *const weekday_names[] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

enum { COLUMN_MESSAGES = TIME_COLUMNS, COLUMN_COUNT };  /* of the figure's data */

static const struct data_column data_columns[COLUMN_COUNT] = {
	TIME_DATA_COLUMNS, [COLUMN_MESSAGES] = { "messages", DATA_INT },
};

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct calendar_chart *chart;
	struct box box;                 /* what the frame left */
	struct calendar_grid grid;      /* in it */
	int64_t *days;                  /* messages on each day of coverage, from first_day on */
	int64_t first_day;              /* days since 1970-01-01 */
	int day_count;
	struct heat heat;
	char **notes;
};

/* ---- counts ---- */

static void fill_days(struct page *page)
{
	const struct coverage *coverage = page->chart->coverage;

	page->first_day = coverage->days[0].number;
	page->day_count = (int)(coverage->days[coverage->day_count - 1].number - page->first_day + 1);
	page->days = g_new0(int64_t, (gsize)page->day_count);
	for (int i = 0; i < coverage->day_count; i++)
		page->days[coverage->days[i].number - page->first_day] = coverage->days[i].messages;
}

/* Messages from one instant to another, both at midnight. */
static int64_t sum_between(const struct page *page, int64_t start, int64_t end)
{
	int64_t from = MAX(start / DAY_S - page->first_day, 0), sum = 0;
	int64_t to = MIN(end / DAY_S - page->first_day, page->day_count);

	for (int64_t i = from; i < to; i++)
		sum += page->days[i];
	return sum;
}

static bool is_covered(const struct page *page, int64_t start, int64_t end)
{
	return end / DAY_S > page->first_day && start / DAY_S < page->first_day + page->day_count;
}

/* Is all of it in a gap? */
static bool is_gap(const struct coverage *coverage, int64_t start, int64_t end)
{
	for (int i = 0; i < coverage->gap_count; i++)
		if (start >= coverage->gaps[i].start && end <= coverage->gaps[i].end)
			return true;
	return false;
}

static bool has_silent_month(const struct coverage *coverage)
{
	for (int64_t at = calendar_floor(CALENDAR_MONTH, coverage->first); at <= coverage->last;
	     at = calendar_next(CALENDAR_MONTH, at))
		if (is_gap(coverage, at, calendar_next(CALENDAR_MONTH, at)))
			return true;
	return false;
}

/* Is anything hatched? Of months only what is silent from its first day to its last. */
static bool has_hatching(const struct calendar_chart *chart)
{
	return chart->unit == CALENDAR_DAY ? chart->coverage->gap_count > 0
	                                   : has_silent_month(chart->coverage);
}

/* Messages of each month that is covered, in the order of time. */
static GArray *month_counts(const struct page *page)
{
	const struct coverage *coverage = page->chart->coverage;
	GArray *counts = g_array_new(FALSE, FALSE, sizeof(int64_t));

	for (int64_t at = calendar_floor(CALENDAR_MONTH, coverage->first); at <= coverage->last;
	     at = calendar_next(CALENDAR_MONTH, at)) {
		int64_t count = sum_between(page, at, calendar_next(CALENDAR_MONTH, at));

		g_array_append_val(counts, count);
	}
	return counts;
}

static struct heat classify(const struct page *page)
{
	if (page->chart->unit == CALENDAR_DAY)
		return heat_classes(page->days, (size_t)page->day_count);
	GArray *months = month_counts(page);
	struct heat heat = heat_classes((const void *)months->data, months->len);
	g_array_free(months, TRUE);
	return heat;
}

/* ---- words ---- */

/* Does any day from start to before end have a place here? */
static bool is_drawn(const struct coverage *coverage, int64_t start, int64_t end)
{
	return calendar_next(CALENDAR_DAY, end - 1) > coverage->first && start <= coverage->last;
}

/* Returns 1 if it is not drawn, so that its text is not to be read here. */
static int note_framed(GString *notes, const struct coverage *coverage, int64_t start, int64_t end,
                       const char *text)
{
	if (!is_drawn(coverage, start, end))
		return 1;
	char *when = time_span_name(start, end);

	g_string_append_printf(notes, "%s%s: ", notes->len ? "" : "Framed: ", when);
	text_append_directed(notes, text);
	g_string_append(notes, ". ");
	g_free(when);
	return 0;
}

static void note_annotations(GString *notes, const struct calendar_chart *chart)
{
	const struct annotations *given = &chart->annotations;
	int outside = 0;

	for (int i = 0; i < given->event_count; i++)
		outside += note_framed(notes, chart->coverage, given->events[i].instant,
		                       given->events[i].instant + 1, given->events[i].text);
	for (int i = 0; i < given->period_count; i++)
		outside += note_framed(notes, chart->coverage, given->periods[i].start,
		                       given->periods[i].end, given->periods[i].text);
	annotate_note_outside(notes, outside);
}

static char *calendar_notes(const struct calendar_chart *chart)
{
	const struct coverage *coverage = chart->coverage;
	GString *notes = g_string_new(NULL);
	char *first = time_day_name(coverage->first), *last = time_day_name(coverage->last);
	char *facts = notes_of_coverage(coverage, has_hatching(chart));

	note_annotations(notes, chart);
	if (strcmp(first, last))
		g_string_append_printf(notes, "The mail begins on %s and ends on %s. ", first, last);
	else
		g_string_append_printf(notes, "All mail is of %s. ", first);
	g_string_append(notes, facts);
	g_free(first);
	g_free(last);
	g_free(facts);
	return g_string_free(notes, FALSE);
}

static double draw_legend(const struct page *page, struct canvas *canvas)
{
	const struct point at = { page->box.x, page->box.y };
	bool by_day = page->chart->unit == CALENDAR_DAY;
	struct legend_flow flow;

	legend_flow_begin(&flow, canvas, page->style, &at, page->box.width,
	                  by_day ? "messages a day (UTC)" : "messages a month (UTC)");
	heat_legend(&page->heat, &flow);
	if (has_hatching(page->chart))
		legend_flow_add(&flow, NULL, "unusual silence");
	if (by_day)
		legend_flow_add_words(&flow, page->grid.cell >= NUMBERED
		                      ? "a column a week, Monday on top; numbers: days of the month"
		                      : "a column a week, Monday on top");
	return legend_flow_end(&flow, at.y);
}

/* What the legend and the notes leave for the years. */
static struct box years_box(const struct page *page)
{
	double above = draw_legend(page, NULL) + LEGEND_GAP;
	double below = notes_height(page->style, page->notes);

	return (struct box){ page->box.x, page->box.y + above, page->box.width,
	                     MAX(page->box.height - above - below, 1) };
}

static void fit(struct page *page)
{
	const struct coverage *coverage = page->chart->coverage;
	struct box years = years_box(page);

	page->grid = calendar_grid_fit(page->chart->unit, &years, coverage->first, coverage->last);
}

/* canvas NULL only measures. */
static void page_init(struct page *page, struct canvas *canvas, const struct style *style,
                      const struct calendar_chart *chart, struct box box)
{
	*page = (struct page){ .canvas = canvas, .style = style, .chart = chart, .box = box };
	fill_days(page);
	page->heat = classify(page);
	char *facts = calendar_notes(chart);
	page->notes = notes_wrap(style, facts, &box);
	g_free(facts);
	fit(page);
	fit(page);      /* the legend has more to say of days with numbers */
}

static void page_clear(struct page *page)
{
	g_free(page->days);
	g_strfreev(page->notes);
}

/* ---- marks ---- */

struct cell {                           /* a day or a month */
	int64_t start, end;             /* instants */
	int64_t count;
	struct box box;
	bool hatched;
};

/* Takes id and title. */
static void draw_cell(const struct page *page, char *id, char *title, const struct cell *cell)
{
	const struct style *style = page->style;
	const struct box *box = &cell->box;
	int class = heat_class(&page->heat, cell->count);

	canvas_begin(page->canvas, id, title);
	figure_data_mark(page->canvas, page->chart->unit == CALENDAR_DAY ? "day" : "month");
	annotate_days(page->canvas, cell->start, cell->end);
	figure_data_int(page->canvas, COLUMN_MESSAGES, cell->count);
	if (cell->hatched)
		canvas_hatch(page->canvas, box->x, box->y, box->width, box->height, 1.6,
		             &(struct paint){ .fill = style->blank, .stroke = style->blank_line,
		                              .stroke_width = 0.35 });
	else
		canvas_rectangle(page->canvas, box->x, box->y, box->width, box->height,
		                 &(struct paint){ .fill = heat_color(style, &page->heat, class),
		                                  .stroke = style->rule, .stroke_width = class == 0 ? 0.25 : 0 });
	canvas_end(page->canvas);
	g_free(id);
	g_free(title);
}

static char *cell_title(const char *name, const struct cell *cell)
{
	return g_strdup_printf("%s: %s%s", name, text_counted(cell->count, "message", "messages"),
	                       cell->hatched ? ", none for unusually long" : "");
}

/* The year and, if there is height for it, its total, from y down. */
static void draw_year_name(const struct page *page, int year, double y, double height)
{
	double x = calendar_grid_name(&page->grid, year).x;
	struct font bold = page->style->label;
	char text[16];

	bold.bold = true;
	snprintf(text, sizeof text, "%d", year);
	canvas_text(page->canvas, x, y + bold.size * 0.85, text, &bold, ALIGN_LEFT);
	if (height >= 16)
		canvas_text(page->canvas, x, y + bold.size * 0.85 + page->style->small.size * 1.2,
		            text_count(sum_between(page, calendar_grid_new_year(year),
		                                   calendar_grid_new_year(year + 1))),
		            &page->style->small, ALIGN_LEFT);
}

/* ---- days ---- */

/* Large days have the number of the day of the month in their corner. */
static void draw_number(const struct page *page, const struct cell *cell, int number)
{
	struct font font = page->style->small;
	int class = heat_class(&page->heat, cell->count);
	char text[8];

	snprintf(text, sizeof text, "%d", number);
	font.color = cell->hatched ? page->style->ink : heat_ink(page->style, &page->heat, class);
	canvas_text(page->canvas, cell->box.x + 1.5, cell->box.y + 0.5 + font.size, text, &font,
	            ALIGN_LEFT);
}

static void draw_day(const struct page *page, int64_t day)
{
	int64_t instant = day * DAY_S;
	struct civil c = civil_from_instant(instant);
	const struct cell cell = {
		.start = instant, .end = instant + DAY_S, .count = page->days[day - page->first_day],
		.box = calendar_grid_day(&page->grid, day),
		.hatched = is_gap(page->chart->coverage, instant, instant + DAY_S),
	};
	char *date = time_day_name(instant);
	char *name = g_strdup_printf("%s %s", weekday_names[c.weekday], date);

	draw_cell(page, g_strdup_printf("day-%04d-%02d-%02d", c.year, c.month, c.day),
	          cell_title(name, &cell), &cell);
	if (page->grid.cell >= NUMBERED)
		draw_number(page, &cell, c.day);
	g_free(date);
	g_free(name);
}

/* Between the months: down the weeks' left side to the month's first day, and on. */
static void draw_month_bounds(const struct page *page, struct point place, int year)
{
	const struct paint paint = { .stroke = page->style->faint, .stroke_width = 0.4 };

	for (int month = 2; month <= 12; month++) {
		struct civil c = { .year = year, .month = month, .day = 1 };
		int64_t start = instant_from_civil(&c);
		int weekday = civil_from_instant(start).weekday;
		double x = place.x + calendar_grid_week(&page->grid, start / DAY_S) * page->grid.cell;
		double y = place.y + weekday * page->grid.cell, bottom = place.y + 7 * page->grid.cell;
		const struct point line[] = {
			{ x, bottom }, { x, y }, { x + page->grid.cell, y }, { x + page->grid.cell, place.y },
		};

		if (!is_covered(page, start - DAY_S, start) || !is_covered(page, start, start + DAY_S))
			continue;
		if (weekday == 0)
			canvas_polygon(page->canvas, (const struct point[]){ { x, bottom }, { x, place.y } }, 2,
			               false, &paint);
		else
			canvas_polygon(page->canvas, line, 4, false, &paint);
	}
}

static void draw_month_names(const struct page *page, int year)
{
	const struct calendar_grid *grid = &page->grid;
	struct point place = calendar_grid_year(grid, year);
	struct font font = page->style->label;
	bool full = grid->cell * 4.3 > text_measure("May", &font).width + 2;

	font.color = page->style->faint;
	if (!full)
		font.size = page->style->small.size;
	for (int month = grid->first_month; month <= grid->last_month; month++) {
		struct civil c = { .year = year, .month = month, .day = 15 };
		int week = calendar_grid_week(grid, instant_from_civil(&c) / DAY_S);
		char *name = g_strndup(month_names[month - 1], full ? 3 : 1);

		canvas_text(page->canvas, place.x + (week + 0.5) * grid->cell, place.y - 3, name, &font,
		            ALIGN_CENTER);
		g_free(name);
	}
}

static void draw_days(const struct page *page)
{
	const struct calendar_grid *grid = &page->grid;

	for (int year = grid->first_year; year <= grid->last_year; year++) {
		int64_t from = MAX(calendar_grid_new_year(year) / DAY_S, page->first_day);
		int64_t to = MIN(calendar_grid_new_year(year + 1) / DAY_S,
		                 page->first_day + page->day_count);

		draw_year_name(page, year, calendar_grid_name(grid, year).y, 7 * grid->cell);
		if ((year - grid->first_year) % grid->rows == 0)
			draw_month_names(page, year);
		for (int64_t day = from; day < to; day++)
			draw_day(page, day);
		draw_month_bounds(page, calendar_grid_year(grid, year), year);
	}
}

/* ---- months ---- */

static void draw_month(const struct page *page, int64_t start)
{
	int64_t end = calendar_next(CALENDAR_MONTH, start);
	const struct cell cell = {
		.start = start, .end = end, .count = sum_between(page, start, end),
		.box = calendar_grid_month(&page->grid, start),
		.hatched = is_gap(page->chart->coverage, start, end),
	};
	char *name = time_bin_name(CALENDAR_MONTH, start);
	char *number = time_bin_id(CALENDAR_MONTH, start);

	draw_cell(page, g_strconcat("month-", number, NULL), cell_title(name, &cell), &cell);
	g_free(name);
	g_free(number);
}

static void draw_month_heads(const struct page *page, int year)
{
	struct font font = page->style->label;
	const struct civil january = { .year = year, .month = 1, .day = 1 };
	double width = calendar_grid_month(&page->grid, instant_from_civil(&january)).width;
	bool full = width > text_measure("May", &font).width + 1.5;

	font.color = page->style->faint;
	for (int month = 1; month <= 12; month++) {
		struct civil c = { .year = year, .month = month, .day = 1 };
		struct box box = calendar_grid_month(&page->grid, instant_from_civil(&c));
		char *name = g_strndup(month_names[month - 1], full ? 3 : 1);

		canvas_text(page->canvas, box.x + box.width / 2, box.y - 3, name, &font, ALIGN_CENTER);
		g_free(name);
	}
}

static void draw_months(const struct page *page)
{
	const struct calendar_grid *grid = &page->grid;

	for (int year = grid->first_year; year <= grid->last_year; year++) {
		double y = calendar_grid_name(grid, year).y;
		int64_t start = calendar_grid_new_year(year);

		if ((year - grid->first_year) % grid->rows == 0)
			draw_month_heads(page, year);
		draw_year_name(page, year, y + grid->pitch / 2 - (grid->pitch < 16 ? 4 : 7), grid->pitch);
		for (int month = 0; month < 12; month++) {
			if (is_covered(page, start, calendar_next(CALENDAR_MONTH, start)))
				draw_month(page, start);
			start = calendar_next(CALENDAR_MONTH, start);
		}
	}
}

/* ---- events and periods ---- */

#define EVENT_FRAME 1.0         /* pt */
#define PERIOD_FRAME 0.7

static void draw_edge(const struct page *page, double x0, double y0, double x1, double y1,
                      double width)
{
	const struct point line[] = { { x0, y0 }, { x1, y1 } };

	canvas_polygon(page->canvas, line, 2, false,
	               &(struct paint){ .stroke = page->style->accent, .stroke_width = width });
}

/* A line around the days from first to before end, in each year by itself: the sides of days
 * that have no such day beside them. */
static void frame_days(const struct page *page, int64_t first, int64_t end, double width)
{
	for (int64_t day = first; day < end; day++) {
		struct civil c = civil_from_instant(day * DAY_S);
		int64_t from = MAX(first, calendar_grid_new_year(c.year) / DAY_S);
		int64_t to = MIN(end, calendar_grid_new_year(c.year + 1) / DAY_S);
		struct box box = calendar_grid_day(&page->grid, day);
		double right = box.x + box.width, bottom = box.y + box.height;

		if (c.weekday == 0 || day - 1 < from)
			draw_edge(page, box.x, box.y, right, box.y, width);
		if (c.weekday == 6 || day + 1 >= to)
			draw_edge(page, box.x, bottom, right, bottom, width);
		if (day - 7 < from)
			draw_edge(page, box.x, box.y, box.x, bottom, width);
		if (day + 7 >= to)
			draw_edge(page, right, box.y, right, bottom, width);
	}
}

/* Frame the days or months of the time from start to end. */
static void draw_frames(const struct page *page, int64_t start, int64_t end, double width)
{
	const struct paint paint = { .stroke = page->style->accent, .stroke_width = width };
	int64_t first = page->first_day * DAY_S, last = first + page->day_count * DAY_S;

	start = calendar_floor(CALENDAR_DAY, MAX(start, first));
	end = MIN(calendar_next(CALENDAR_DAY, end - 1), last);
	if (page->chart->unit == CALENDAR_DAY) {
		frame_days(page, start / DAY_S, end / DAY_S, width);
		return;
	}
	for (int64_t at = calendar_floor(CALENDAR_MONTH, start); at < end;
	     at = calendar_next(CALENDAR_MONTH, at)) {
		struct box box = calendar_grid_month(&page->grid, at);

		canvas_rectangle(page->canvas, box.x, box.y, box.width, box.height, &paint);
	}
}

/* An event is a period of one instant here. */
static void draw_annotation(const struct page *page, const char *kind, int number,
                            const struct time_period *period, double width)
{
	char *id = g_strdup_printf("%s-%d", kind, number), *when = time_span_name(period->start,
	                                                                         period->end);
	char *title = g_strdup_printf("%s: %s", when, period->text);

	if (is_covered(page, calendar_floor(CALENDAR_DAY, period->start),
	               calendar_next(CALENDAR_DAY, period->end - 1))) {
		canvas_begin(page->canvas, id, title);
		figure_data_mark(page->canvas, kind);
		annotate_days(page->canvas, period->start, period->end);
		figure_data_text(page->canvas, TIME_TEXT, period->text);
		draw_frames(page, period->start, period->end, width);
		canvas_end(page->canvas);
	}
	g_free(id);
	g_free(when);
	g_free(title);
}

static void draw_annotations(const struct page *page)
{
	const struct annotations *given = &page->chart->annotations;

	for (int i = 0; i < given->period_count; i++)
		draw_annotation(page, "period", i + 1, &given->periods[i], PERIOD_FRAME);
	for (int i = 0; i < given->event_count; i++) {
		const struct time_event *event = &given->events[i];

		draw_annotation(page, "event", i + 1, &(struct time_period){
			event->instant, event->instant + 1, event->text }, EVENT_FRAME);
	}
}

/* ---- the page ---- */

/* The page without a canvas, for questions; page_clear(). */
static void page_measure(struct page *page, const struct style *style, double width, double height,
                         const struct calendar_chart *chart)
{
	page_init(page, NULL, style, chart, frame_room(style, width, height, &chart->frame));
}

bool calendar_chart_has_room(const struct style *style, double width, double height,
                             const struct calendar_chart *chart)
{
	struct page page;

	if (chart->coverage->dated == 0)
		return true;
	page_measure(&page, style, width, height, chart);
	bool has_room = calendar_grid_is_legible(&page.grid);
	page_clear(&page);
	return has_room;
}

double calendar_chart_height(const struct style *style, double width, double height,
                             const struct calendar_chart *chart)
{
	/* Twice: a low page has smaller margins. */
	for (int i = 0; i < 2 && chart->coverage->dated > 0; i++) {
		struct page page;

		page_measure(&page, style, width, height, chart);
		height -= page.grid.box.height - calendar_grid_height(&page.grid);
		page_clear(&page);
	}
	return height;
}

int calendar_chart_draw(struct canvas *canvas, double width, double height,
                        const struct calendar_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	struct page page;
	int status = 0;

	figure_data_columns(canvas_data(canvas), data_columns, COLUMN_COUNT);
	notes_data_rest(canvas, COLUMN_MESSAGES, chart->coverage);
	if (chart->coverage->dated == 0) {
		char *facts = notes_of_coverage(chart->coverage, false);

		notes_draw_statement(canvas, "No message here has a date that can be drawn.", facts, &box);
		g_free(facts);
		return 0;
	}
	page_init(&page, canvas, canvas_style(canvas), chart, box);
	if (!calendar_grid_is_legible(&page.grid)) {
		status = error_set(err, "the page leaves no room for %s: make it larger",
		                   text_counted(page.grid.last_year - page.grid.first_year + 1, "year",
		                                "years"));
	} else {
		draw_legend(&page, canvas);
		if (chart->unit == CALENDAR_DAY)
			draw_days(&page);
		else
			draw_months(&page);
		draw_annotations(&page);
		notes_draw(canvas, page.notes, &box);
	}
	page_clear(&page);
	return status;
}
