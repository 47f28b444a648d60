#include "epistograph/calendar_chart.h"

#include "annotate.h"
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

#define WEEKS 54                /* at most in a year: two of them cut */
#define CELL_MIN 2.4            /* pt: smaller days run into each other in print */
#define CELL_MAX 11.0
#define YEAR_WIDTH 27.0         /* pt for a year's number and total, left of its days */
#define YEAR_GAP 5.0            /* pt below a year, at least */
#define YEAR_GAP_MAX 14.0
#define COLUMN_GAP 12.0         /* pt between years beside each other */
#define COLUMNS_MAX 4
#define MONTHS_ROW 10.0         /* pt for the months' names above */
#define AROUND 135.0            /* pt of a page's height that are not days, about */
#define MARGINS 28.0            /* pt of its width */
#define ROW_MIN 8.0             /* pt a year of months */
#define ROW_MAX 24.0

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
	struct box years;               /* of it: all the years */
	int first_year, last_year;
	int columns, rows;              /* of years */
	double cell;                    /* pt: side of a day */
	double year_pitch;              /* pt from a year to the one below */
	int64_t *days;                  /* messages on each day of coverage, from first_day on */
	int64_t first_day;              /* days since 1970-01-01 */
	int day_count;
	struct heat heat;
	char **notes;
};

static int64_t year_start(int year)
{
	struct civil c = { .year = year, .month = 1, .day = 1 };

	return instant_from_civil(&c);
}

/* ---- where things go ---- */

static double cell_in(double width, double height, int years, int columns)
{
	int rows = (years + columns - 1) / columns;
	double across = (width - columns * YEAR_WIDTH - (columns - 1) * COLUMN_GAP) / (columns * WEEKS);
	double down = ((height - MONTHS_ROW) / rows - YEAR_GAP) / 7;

	return MIN(across, down);
}

/* In how many columns years stand for days to be largest. */
static int best_columns(double width, double height, int years)
{
	int best = 1;

	for (int columns = 2; columns <= COLUMNS_MAX; columns++)
		if (cell_in(width, height, years, columns) > cell_in(width, height, years, best) + 0.05)
			best = columns;
	return best;
}

static int count_years(const struct coverage *coverage)
{
	return civil_from_instant(coverage->last).year - civil_from_instant(coverage->first).year + 1;
}

enum calendar_unit calendar_chart_unit(double width, double height,
                                       const struct coverage *coverage)
{
	double inner = width - MARGINS, rest = height - AROUND;

	if (coverage->dated == 0)
		return CALENDAR_DAY;
	int years = count_years(coverage);
	return cell_in(inner, rest, years, best_columns(inner, rest, years)) >= CELL_MIN
	       ? CALENDAR_DAY : CALENDAR_MONTH;
}

double calendar_chart_height(double width, double height, const struct coverage *coverage)
{
	double inner = width - MARGINS, rest = height - AROUND;

	if (coverage->dated == 0)
		return height;
	int years = count_years(coverage);
	if (calendar_chart_unit(width, height, coverage) == CALENDAR_MONTH)
		return MIN(AROUND + MONTHS_ROW + years * ROW_MAX, height);
	int columns = best_columns(inner, rest, years), rows = (years + columns - 1) / columns;
	double cell = MIN(cell_in(inner, rest, years, columns), CELL_MAX);
	return MIN(AROUND + MONTHS_ROW + rows * (7 * cell + YEAR_GAP_MAX), height);
}

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
static bool is_gap(const struct page *page, int64_t start, int64_t end)
{
	const struct coverage *coverage = page->chart->coverage;

	for (int i = 0; i < coverage->gap_count; i++)
		if (start >= coverage->gaps[i].start && end <= coverage->gaps[i].end)
			return true;
	return false;
}

static void classify(struct page *page)
{
	if (page->chart->unit == CALENDAR_DAY) {
		page->heat = heat_classes(page->days, (size_t)page->day_count);
		return;
	}
	GArray *months = g_array_new(FALSE, FALSE, sizeof(int64_t));
	for (int64_t at = year_start(page->first_year); at < year_start(page->last_year + 1);
	     at = calendar_next(CALENDAR_MONTH, at)) {
		int64_t count = sum_between(page, at, calendar_next(CALENDAR_MONTH, at));
		g_array_append_val(months, count);
	}
	page->heat = heat_classes((const int64_t *)(const void *)months->data, months->len);
	g_array_free(months, TRUE);
}

/* ---- words ---- */

static void note_framed(GString *notes, int64_t start, int64_t end, const char *text)
{
	char *when = time_span_name(start, end);

	g_string_append_printf(notes, "%s: %s. ", when, text);
	g_free(when);
}

static char *calendar_notes(const struct calendar_chart *chart)
{
	const struct coverage *coverage = chart->coverage;
	const struct annotations *given = &chart->annotations;
	GString *notes = g_string_new(given->event_count + given->period_count > 0 ? "Framed: " : "");
	char *first = time_day_name(coverage->first), *last = time_day_name(coverage->last);
	char *facts = notes_of_coverage(coverage, true);

	for (int i = 0; i < given->event_count; i++)
		note_framed(notes, given->events[i].instant, given->events[i].instant + 1,
		            given->events[i].text);
	for (int i = 0; i < given->period_count; i++)
		note_framed(notes, given->periods[i].start, given->periods[i].end, given->periods[i].text);
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
	if (page->chart->coverage->gap_count > 0)
		legend_flow_add(&flow, NULL, "no mail at all");
	if (by_day)
		legend_flow_add_words(&flow, "a column a week, Monday on top");
	return legend_flow_end(&flow, at.y);
}

static void page_init(struct page *page, struct canvas *canvas, const struct calendar_chart *chart,
                      struct box box)
{
	*page = (struct page){ .canvas = canvas, .style = canvas_style(canvas), .chart = chart,
	                       .box = box };
	page->first_year = civil_from_instant(chart->coverage->first).year;
	page->last_year = civil_from_instant(chart->coverage->last).year;
	fill_days(page);
	classify(page);
	char *facts = calendar_notes(chart);
	page->notes = notes_wrap(page->style, facts, &box);
	g_free(facts);
	double above = draw_legend(page, NULL) + 5;

	page->years = (struct box){ box.x, box.y + above, box.width,
	                            box.height - above - notes_height(page->style, page->notes) };
	int years = count_years(chart->coverage);
	page->columns = chart->unit == CALENDAR_DAY
		? best_columns(page->years.width, page->years.height, years) : 1;
	page->rows = (years + page->columns - 1) / page->columns;
	page->cell = MIN(cell_in(page->years.width, page->years.height, years, page->columns), CELL_MAX);
	page->year_pitch = MIN((page->years.height - MONTHS_ROW) / page->rows,
	                       7 * page->cell + YEAR_GAP_MAX);
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
		                 &(struct paint){ .fill = heat_color(style, class), .stroke = style->rule,
		                                  .stroke_width = class == 0 ? 0.25 : 0 });
	canvas_end(page->canvas);
	g_free(id);
	g_free(title);
}

static char *cell_title(const char *name, const struct cell *cell)
{
	return g_strdup_printf("%s: %s%s", name, text_counted(cell->count, "message", "messages"),
	                       cell->hatched ? ", none for unusually long" : "");
}

static void draw_year_name(const struct page *page, int year, double x, double y, double height)
{
	struct font bold = page->style->label;
	char text[16];

	bold.bold = true;
	snprintf(text, sizeof text, "%d", year);
	canvas_text(page->canvas, x, y + bold.size * 0.85, text, &bold, ALIGN_LEFT);
	if (height >= 16)
		canvas_text(page->canvas, x, y + bold.size * 0.85 + page->style->small.size * 1.2,
		            text_count(sum_between(page, year_start(year), year_start(year + 1))),
		            &page->style->small, ALIGN_LEFT);
}

/* ---- days ---- */

/* The left top of a year's first week. */
static struct point year_place(const struct page *page, int year)
{
	int at = year - page->first_year;
	double width = YEAR_WIDTH + WEEKS * page->cell + COLUMN_GAP;

	return (struct point){ page->years.x + at / page->rows * width + YEAR_WIDTH,
	                       page->years.y + MONTHS_ROW +
	                       at % page->rows * page->year_pitch };
}

/* The day's weekday, and the number of its week in the year, both from 0. */
static int week_of(int year, int64_t day)
{
	int64_t new_year = year_start(year) / DAY_S;
	int shift = civil_from_instant(new_year * DAY_S).weekday;

	return (int)(day - new_year + shift) / 7;
}

static struct box day_box(const struct page *page, int64_t day)
{
	struct civil c = civil_from_instant(day * DAY_S);
	struct point place = year_place(page, c.year);
	double gap = MIN(0.5, page->cell * 0.1);

	return (struct box){ place.x + week_of(c.year, day) * page->cell + gap / 2,
	                     place.y + c.weekday * page->cell + gap / 2, page->cell - gap,
	                     page->cell - gap };
}

static void draw_day(const struct page *page, int64_t day)
{
	int64_t instant = day * DAY_S;
	struct civil c = civil_from_instant(instant);
	const struct cell cell = {
		.start = instant, .end = instant + DAY_S, .count = page->days[day - page->first_day],
		.box = day_box(page, day), .hatched = is_gap(page, instant, instant + DAY_S),
	};
	char *date = time_day_name(instant);
	char *name = g_strdup_printf("%s %s", weekday_names[c.weekday], date);

	draw_cell(page, g_strdup_printf("day-%04d-%02d-%02d", c.year, c.month, c.day),
	          cell_title(name, &cell), &cell);
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
		double x = place.x + week_of(year, start / DAY_S) * page->cell;
		double y = place.y + weekday * page->cell, bottom = place.y + 7 * page->cell;
		const struct point line[] = {
			{ x, bottom }, { x, y }, { x + page->cell, y }, { x + page->cell, place.y },
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
	struct point place = year_place(page, year);
	struct font font = page->style->label;
	bool full = page->cell * 4.3 > text_measure("May", &font).width + 2;

	font.color = page->style->faint;
	if (!full)
		font.size = page->style->small.size;
	for (int month = 1; month <= 12; month++) {
		struct civil c = { .year = year, .month = month, .day = 15 };
		char *name = g_strndup(month_names[month - 1], full ? 3 : 1);

		canvas_text(page->canvas,
		            place.x + (week_of(year, instant_from_civil(&c) / DAY_S) + 0.5) * page->cell,
		            place.y - 3, name, &font, ALIGN_CENTER);
		g_free(name);
	}
}

static void draw_days(const struct page *page)
{
	for (int year = page->first_year; year <= page->last_year; year++) {
		struct point place = year_place(page, year);
		int64_t from = MAX(year_start(year) / DAY_S, page->first_day);
		int64_t to = MIN(year_start(year + 1) / DAY_S, page->first_day + page->day_count);

		draw_year_name(page, year, place.x - YEAR_WIDTH, place.y, 7 * page->cell);
		if ((year - page->first_year) % page->rows == 0)
			draw_month_names(page, year);
		for (int64_t day = from; day < to; day++)
			draw_day(page, day);
		draw_month_bounds(page, place, year);
	}
}

/* ---- months ---- */

static double month_row(const struct page *page)
{
	return MIN((page->years.height - MONTHS_ROW) / page->rows, ROW_MAX);
}

static struct box month_box(const struct page *page, int64_t start)
{
	struct civil c = civil_from_instant(start);
	double row = month_row(page), width = (page->years.width - YEAR_WIDTH) / 12;

	return (struct box){ page->years.x + YEAR_WIDTH + (c.month - 1) * width + 0.4,
	                     page->years.y + MONTHS_ROW + (c.year - page->first_year) * row + 0.4,
	                     width - 0.8, row - 0.8 };
}

static void draw_month(const struct page *page, int64_t start)
{
	int64_t end = calendar_next(CALENDAR_MONTH, start);
	const struct cell cell = {
		.start = start, .end = end, .count = sum_between(page, start, end),
		.box = month_box(page, start), .hatched = is_gap(page, start, end),
	};
	char *name = time_bin_name(CALENDAR_MONTH, start);
	char *number = time_bin_id(CALENDAR_MONTH, start);

	draw_cell(page, g_strconcat("month-", number, NULL), cell_title(name, &cell), &cell);
	g_free(name);
	g_free(number);
}

static void draw_months(const struct page *page)
{
	double row = month_row(page), width = (page->years.width - YEAR_WIDTH) / 12;
	struct font font = page->style->label;

	font.color = page->style->faint;
	for (int month = 0; month < 12; month++)
		canvas_text(page->canvas, page->years.x + YEAR_WIDTH + (month + 0.5) * width,
		            page->years.y + MONTHS_ROW - 3, month_names[month], &font, ALIGN_CENTER);
	for (int year = page->first_year; year <= page->last_year; year++) {
		double y = page->years.y + MONTHS_ROW + (year - page->first_year) * row;
		int64_t start = year_start(year);

		draw_year_name(page, year, page->years.x, y + row / 2 - (row < 16 ? 4 : 7), row);
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
		int64_t from = MAX(first, year_start(c.year) / DAY_S);
		int64_t to = MIN(end, year_start(c.year + 1) / DAY_S);
		struct box box = day_box(page, day);
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
		struct box box = month_box(page, at);

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

static bool has_room(const struct page *page)
{
	return page->chart->unit == CALENDAR_DAY ? page->cell >= CELL_MIN * 0.75
	       : page->years.width >= 150 && month_row(page) >= ROW_MIN;
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
	page_init(&page, canvas, chart, box);
	if (!has_room(&page)) {
		status = error_set(err, "the page leaves no room for %d years: make it larger",
		                   page.last_year - page.first_year + 1);
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
