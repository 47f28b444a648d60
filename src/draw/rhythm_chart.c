#include "epistograph/rhythm_chart.h"

#include "heat.h"
#include "legend_flow.h"
#include "notes.h"
#include "own_height.h"
#include "scale.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <glib.h>

#include <stdio.h>

#define CELL_WIDTH_MIN 4.0      /* pt */
#define CELL_HEIGHT_MIN 7.5     /* pt: the names of weekdays are not to touch */
#define CELL_HEIGHT_MAX 30.0    /* or on a poster, where they are wide, */
#define CELL_UPRIGHT 2.0        /* so many times their width */
#define CELL_HEIGHT_GOOD 10.0   /* pt: where the page may be as high as that takes */
#define CELL_GAP 0.6
#define SPACE 4.0               /* pt between the map and its bars */
#define HOURS_ROW 10.0          /* pt for the hours' numbers below */
#define BARS_PART 0.2           /* of the height that the columns of hours take */
#define TOTALS_PART 0.13        /* of the width that the bars of weekdays take */

static const char *const weekday_names[WEEKDAYS] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};

enum {                                  /* columns of the figure's data */
	RHYTHM_WEEKDAY, RHYTHM_HOUR, RHYTHM_MESSAGES, RHYTHM_SUM, RHYTHM_COLUMNS
};

static const struct data_column data_columns[RHYTHM_COLUMNS] = {
	[RHYTHM_WEEKDAY] = { "weekday", DATA_TEXT }, [RHYTHM_HOUR] = { "hour", DATA_INT },
	[RHYTHM_MESSAGES] = { "messages", DATA_INT }, [RHYTHM_SUM] = { "sum", DATA_INT },
};

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct rhythm_chart *chart;
	struct box box;                 /* what the frame left */
	struct box map;                 /* of the cells */
	struct box columns;             /* above the map */
	struct box bars;                /* right of the map */
	struct heat heat;
	char **notes;
};

/* ---- words ---- */

#define MANY_SENDERS 20
#define NEARLY_ALL 0.95

/* So many people rarely live in one time zone: who converted an archive may have
 * written every date on a clock of their own. */
static void note_one_place(GString *notes, const struct rhythm_chart *chart)
{
	int32_t standard_s = 0;
	int64_t count = rhythm_commonest_place(chart->rhythm, &standard_s);
	int32_t clocks[] = { standard_s / 60, standard_s / 60 + 60 };

	if (chart->senders < MANY_SENDERS || count < NEARLY_ALL * (double)chart->rhythm->counted)
		return;
	g_string_append_printf(notes, "%d %% of the messages, by %s people, have a clock at ",
	                       (int)(100.0 * (double)count / (double)chart->rhythm->counted),
	                       text_count(chart->senders));
	for (int i = 0; i < 2; i++)
		g_string_append_printf(notes, "%s%c%02d%02d", i ? " or " : "", clocks[i] < 0 ? '-' : '+',
		                       ABS(clocks[i]) / 60, ABS(clocks[i]) % 60);
	g_string_append(notes, ": that of one place, or of whoever converted the archive. ");
}

static char *rhythm_notes(const struct rhythm_chart *chart)
{
	const struct rhythm *rhythm = chart->rhythm;
	GString *notes = g_string_new(NULL);

	if (rhythm->at_zero > 0)
		g_string_append_printf(notes, "%s written at +0000, the clock of Greenwich and of many "
		                       "machines. ", text_counted(rhythm->at_zero, "message is",
		                                                  "messages are"));
	note_one_place(notes, chart);
	char *facts = notes_of_coverage(chart->coverage, false);
	g_string_append(notes, facts);
	g_free(facts);
	return g_string_free(notes, FALSE);
}

static void note_rest(struct canvas *canvas, const struct rhythm_chart *chart)
{
	if (chart->rhythm->without_offset > 0) {
		figure_data_rest(canvas, "clock not known");
		figure_data_int(canvas, RHYTHM_MESSAGES, chart->rhythm->without_offset);
	}
	notes_data_rest(canvas, RHYTHM_MESSAGES, chart->coverage);
}

static double draw_legend(const struct page *page, struct canvas *canvas)
{
	const struct point at = { page->box.x, page->box.y };
	struct legend_flow flow;

	legend_flow_begin(&flow, canvas, page->style, &at, page->box.width,
	                  "messages in an hour of the week");
	heat_legend(&page->heat, &flow);
	return legend_flow_end(&flow, at.y);
}

/* ---- where things go ---- */

/* Names in full, or their first three letters in a narrow column. */
static int name_letters(const struct page *page)
{
	return page->box.width < 330 ? 3 : 9;
}

static int64_t highest(const int64_t *counts, int count)
{
	int64_t most = 1;

	for (int i = 0; i < count; i++)
		most = MAX(most, counts[i]);
	return most;
}

/* The weekdays stand there, and above them the numbers of the hours' scale. */
static double names_width(const struct page *page)
{
	struct scale scale = scale_for_counts(highest(page->chart->rhythm->by_hour, HOURS), 1);
	double widest = text_measure(text_count(MAX(scale.top, scale.step)), &page->style->label).width;

	for (int day = 0; day < WEEKDAYS; day++) {
		char *name = g_strndup(weekday_names[day], (gsize)name_letters(page));

		widest = MAX(widest, text_measure(name, &page->style->label).width);
		g_free(name);
	}
	return widest + 5;
}

static double totals_width(const struct page *page)
{
	double widest = 0;

	for (int day = 0; day < WEEKDAYS; day++)
		widest = MAX(widest, text_measure(text_count(page->chart->rhythm->by_weekday[day]),
		                                  &page->style->label).width);
	return widest + 3;
}

/* canvas NULL only measures. */
static void page_init(struct page *page, struct canvas *canvas, const struct style *style,
                      const struct rhythm_chart *chart, struct box box)
{
	*page = (struct page){ .canvas = canvas, .style = style, .chart = chart, .box = box };
	page->heat = heat_classes(&chart->rhythm->counts[0][0], WEEKDAYS * HOURS);
	char *facts = rhythm_notes(chart);
	page->notes = notes_wrap(page->style, facts, &box);
	g_free(facts);
	double above = draw_legend(page, NULL) + 6;
	double height = box.height - above - HOURS_ROW - notes_height(page->style, page->notes);
	double columns = height * BARS_PART, bars = box.width * TOTALS_PART;
	double left = names_width(page), right = SPACE + bars + totals_width(page);

	double width = box.width - left - right;
	double cell_most = MAX(CELL_HEIGHT_MAX, CELL_UPRIGHT * width / HOURS);

	page->map = (struct box){ box.x + left, box.y + above + columns + SPACE, width,
	                          MIN(height - columns - SPACE, WEEKDAYS * cell_most) };
	page->columns = (struct box){ page->map.x, box.y + above, page->map.width, columns };
	page->bars = (struct box){ page->map.x + page->map.width + SPACE, page->map.y, bars,
	                           page->map.height };
}

static double cell_width(const struct page *page)
{
	return page->map.width / HOURS;
}

static double cell_height(const struct page *page)
{
	return page->map.height / WEEKDAYS;
}

struct measured { const struct style *style; const struct rhythm_chart *chart; };

static enum room room_on(double width, double height, const void *figure)
{
	const struct measured *measured = figure;
	struct page page;

	page_init(&page, NULL, measured->style, measured->chart,
	          frame_room(measured->style, width, height, &measured->chart->frame));
	enum room room = cell_height(&page) < CELL_HEIGHT_GOOD ? ROOM_FLAT
	               : notes_are_cut(page.notes) ? ROOM_CUT : ROOM_GOOD;
	g_strfreev(page.notes);
	return room;
}

double rhythm_chart_height(const struct style *style, double width, double height,
                           const struct rhythm_chart *chart)
{
	if (chart->rhythm->counted == 0)
		return height;
	return own_height(width, height, room_on, &(struct measured){ style, chart });
}

/* ---- marks ---- */

struct mark {                           /* a cell, the column of an hour, the bar of a weekday */
	const char *kind;
	int weekday, hour;              /* -1: of all of them */
	int64_t count;
	struct box box;
	struct color fill;
};

/* "cell-1-09" (Monday is 1, as in ISO 8601), "hour-09", "weekday-1". */
static char *mark_id(const struct mark *mark)
{
	return mark->weekday < 0 ? g_strdup_printf("hour-%02d", mark->hour)
	     : mark->hour < 0 ? g_strdup_printf("weekday-%d", mark->weekday + 1)
	     : g_strdup_printf("cell-%d-%02d", mark->weekday + 1, mark->hour);
}

/* "Monday, 09:00 to 09:59: 12 messages" */
static char *mark_title(const struct mark *mark)
{
	GString *title = g_string_new(mark->weekday < 0 ? "" : weekday_names[mark->weekday]);

	if (mark->hour >= 0)
		g_string_append_printf(title, "%s%02d:00 to %02d:59", title->len ? ", " : "", mark->hour,
		                       mark->hour);
	g_string_append_printf(title, ": %s", text_counted(mark->count, "message", "messages"));
	return g_string_free(title, FALSE);
}

static void note_mark(const struct page *page, const struct mark *mark)
{
	bool is_sum = mark->weekday < 0 || mark->hour < 0;

	figure_data_mark(page->canvas, mark->kind);
	if (mark->weekday >= 0)
		figure_data_text(page->canvas, RHYTHM_WEEKDAY, weekday_names[mark->weekday]);
	if (mark->hour >= 0)
		figure_data_int(page->canvas, RHYTHM_HOUR, mark->hour);
	figure_data_int(page->canvas, is_sum ? RHYTHM_SUM : RHYTHM_MESSAGES, mark->count);
}

static void draw_mark(const struct page *page, const struct mark *mark)
{
	char *id = mark_id(mark), *title = mark_title(mark);

	canvas_begin(page->canvas, id, title);
	note_mark(page, mark);
	canvas_rectangle(page->canvas, mark->box.x, mark->box.y, mark->box.width, mark->box.height,
	                 &(struct paint){ .fill = mark->fill, .stroke = page->style->rule,
	                                  .stroke_width = mark->count == 0 ? 0.3 : 0 });
	canvas_end(page->canvas);
	g_free(id);
	g_free(title);
}

static void draw_cell(const struct page *page, int day, int hour)
{
	int64_t count = page->chart->rhythm->counts[day][hour];
	double width = cell_width(page), height = cell_height(page);
	const struct mark mark = {
		.kind = "cell", .weekday = day, .hour = hour, .count = count,
		.box = { page->map.x + hour * width + CELL_GAP / 2, page->map.y + day * height + CELL_GAP / 2,
		         width - CELL_GAP, height - CELL_GAP },
		.fill = heat_color(page->style, &page->heat, heat_class(&page->heat, count)),
	};

	draw_mark(page, &mark);
}

static void draw_rule(const struct page *page, double x0, double y0, double x1, double y1)
{
	const struct point line[] = { { x0, y0 }, { x1, y1 } };

	canvas_polygon(page->canvas, line, 2, false,
	               &(struct paint){ .stroke = page->style->rule, .stroke_width = 0.4 });
}

/* The columns of the hours, with the scale's highest round number. */
static void draw_columns(const struct page *page)
{
	const int64_t *counts = page->chart->rhythm->by_hour;
	const struct box *area = &page->columns;
	struct scale scale = scale_for_counts(highest(counts, HOURS), area->height > 30 ? 2 : 1);
	struct font font = page->style->label;

	font.color = page->style->faint;
	canvas_begin(page->canvas, "axis-count", NULL);
	for (int i = 1; i <= scale.count; i++) {
		double y = area->y + area->height * (1 - (double)(i * scale.step) / (double)scale.top);

		draw_rule(page, area->x, y, area->x + area->width, y);
		canvas_text(page->canvas, area->x - 4, y + 0.34 * font.size, text_count(i * scale.step),
		            &font, ALIGN_RIGHT);
	}
	canvas_end(page->canvas);
	for (int hour = 0; hour < HOURS; hour++) {
		double height = area->height * (double)counts[hour] / (double)scale.top;
		const struct mark mark = {
			.kind = "hour", .weekday = -1, .hour = hour, .count = counts[hour],
			.box = { area->x + hour * cell_width(page) + CELL_GAP / 2,
			         area->y + area->height - height, cell_width(page) - CELL_GAP, height },
			.fill = page->style->grey,
		};

		draw_mark(page, &mark);
	}
}

static void draw_weekdays(const struct page *page)
{
	const int64_t *counts = page->chart->rhythm->by_weekday;
	const struct box *area = &page->bars;
	int64_t most = highest(counts, WEEKDAYS);
	const struct font *font = &page->style->label;

	for (int day = 0; day < WEEKDAYS; day++) {
		double width = area->width * (double)counts[day] / (double)most;
		double y = area->y + day * cell_height(page);
		double baseline = y + cell_height(page) / 2 + 0.34 * font->size;
		char *name = g_strndup(weekday_names[day], (gsize)name_letters(page));

		canvas_text(page->canvas, page->map.x - 5, baseline, name, font, ALIGN_RIGHT);
		const struct mark mark = {
			.kind = "weekday", .weekday = day, .hour = -1, .count = counts[day],
			.box = { area->x, y + CELL_GAP / 2, width, cell_height(page) - CELL_GAP },
			.fill = page->style->grey,
		};
		draw_mark(page, &mark);
		canvas_text(page->canvas, area->x + width + 3, baseline, text_count(counts[day]), font,
		            ALIGN_LEFT);
		g_free(name);
	}
}

/* As many as there is room for: each hour, every third or every sixth. */
static void draw_hours(const struct page *page)
{
	double y = page->map.y + page->map.height + HOURS_ROW - 2;
	double widest = text_measure("00", &page->style->label).width;
	int every = cell_width(page) > widest + 3 ? 1 : cell_width(page) * 3 > widest + 3 ? 3 : 6;

	canvas_begin(page->canvas, "axis-hours", NULL);
	for (int hour = 0; hour < HOURS; hour += every) {
		char text[8];

		snprintf(text, sizeof text, "%d", hour);
		canvas_text(page->canvas, page->map.x + (hour + 0.5) * cell_width(page), y, text,
		            &page->style->label, ALIGN_CENTER);
	}
	canvas_text(page->canvas, page->map.x + page->map.width + SPACE, y, "o\u2019clock",
	            &page->style->small, ALIGN_LEFT);
	canvas_end(page->canvas);
}

int rhythm_chart_draw(struct canvas *canvas, double width, double height,
                      const struct rhythm_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	struct page page;
	int status = 0;

	figure_data_columns(canvas_data(canvas), data_columns, RHYTHM_COLUMNS);
	note_rest(canvas, chart);
	if (chart->rhythm->counted == 0) {
		char *facts = rhythm_notes(chart);

		notes_draw_statement(canvas, chart->rhythm->without_offset > 0
		                     ? "No message here says by what clock it was sent; on one clock for all "
		                       "they can be drawn."
		                     : "No message here has a date that can be drawn.", facts, &box);
		g_free(facts);
		return 0;
	}
	page_init(&page, canvas, canvas_style(canvas), chart, box);
	if (cell_width(&page) < CELL_WIDTH_MIN || cell_height(&page) < CELL_HEIGHT_MIN) {
		status = error_set(err, "the page leaves no room for the hours of the week: make it larger");
	} else {
		draw_legend(&page, canvas);
		draw_columns(&page);
		for (int day = 0; day < WEEKDAYS; day++)
			for (int hour = 0; hour < HOURS; hour++)
				draw_cell(&page, day, hour);
		draw_weekdays(&page);
		draw_hours(&page);
		notes_draw(canvas, page.notes, &box);
	}
	g_strfreev(page.notes);
	return status;
}
