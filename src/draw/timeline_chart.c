#include "notes.h"
#include "own_height.h"
#include "timeline_parts.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <glib.h>

#include <string.h>

#define RULE_DISTANCE 20.0      /* pt between two rules, at least */
#define PANEL_HEAD 11.0         /* pt above a panel for its name */
#define NAME_LEADING 9.0        /* pt, where that takes several lines */
#define PANEL_PITCH 46.0        /* pt from panel to panel, at least, if that can be had */
#define PLOT_MIN 8.0            /* pt: lower columns say nothing */
#define PLOT_GOOD 85.0          /* pt: three centimetres show the shape of years */
#define PANEL_GOOD 52.0         /* pt, of one of many */
#define PANEL_GAP 10.0          /* pt between panels */
#define PANEL_MIN 70.0          /* pt: narrower ones have no room for a name */

/* ---- the page, in numbers ---- */

struct page {
	struct canvas *canvas;
	const struct style *style;      /* of the canvas */
	const struct timeline_chart *chart;
	struct box box;                 /* what the frame left */
	struct box panels;              /* what the legend, events and notes left of it */
	int64_t *edges;                 /* of the bins */
	int columns, rows;              /* of panels */
	guint name_lines;               /* of all panels' names, by the longest */
	double gutter;                  /* pt for the numbers at the left */
	int64_t highest;                /* count of the highest bar */
	struct axis axis;
	struct annotation_marks annotations;
	char **notes;
};

static bool has_panels(const struct timeline *timeline)
{
	return timeline_series_shown(timeline) > TIMELINE_STACK_MAX;
}

static int64_t *make_edges(const struct timeline *timeline)
{
	int count = timeline->bin_count;
	int64_t *edges = g_new(int64_t, (gsize)count + 1);

	for (int i = 0; i < count; i++)
		edges[i] = timeline->bins[i].start;
	edges[count] = calendar_next(timeline->unit, edges[count - 1]);
	return edges;
}

static int64_t find_highest(const struct timeline *timeline, bool by_series)
{
	int64_t highest = 1;

	for (int i = 0; i < timeline->bin_count; i++) {
		if (!by_series)
			highest = MAX(highest, timeline->bins[i].total);
		for (int s = 0; by_series && s < timeline->series_count; s++)
			highest = MAX(highest, timeline->bins[i].counts[s]);
	}
	return highest;
}

static struct time_scale scale_in(const struct page *page, double left, double width)
{
	const struct timeline *timeline = page->chart->timeline;

	return (struct time_scale){ page->edges, timeline->bin_count, timeline->unit, left, width };
}

static double panel_width(const struct page *page)
{
	return (page->box.width - page->gutter - (page->columns - 1) * PANEL_GAP) / page->columns;
}

static double name_height(const struct page *page)
{
	return page->columns > 1 ? PANEL_HEAD + (page->name_lines - 1) * NAME_LEADING : 0;
}

/* What stands above the columns of the n-th panel: its name, and in the first row the events. */
static double head_height(const struct page *page, int n)
{
	return name_height(page) + (n < page->columns ? annotate_height(&page->annotations) : 0);
}

static double axis_height(const struct page *page)
{
	return page->axis.rows > 0 ? PLOT_TICK + page->axis.rows * PLOT_AXIS_ROW : 2;
}

/* Heights of a panel's columns, when the panels fill the given height. */
static double tick_height(const struct page *page)
{
	return page->rows > 1 ? PLOT_TICK + 2 : 0;
}

static double plot_height(const struct page *page, double height)
{
	double rows = height - axis_height(page) - annotate_height(&page->annotations);

	return MAX(rows / page->rows - name_height(page) - tick_height(page), 4);
}

static void arrange_grid(struct page *page)
{
	const struct timeline *timeline = page->chart->timeline;
	int shown = has_panels(timeline) ? timeline_series_shown(timeline) : 1;

	page->columns = shown == 1 ? 1 : page->box.width < 250 ? 2 : 3;
	page->highest = find_highest(timeline, shown > 1);
	/* The widest number an axis up to there may have. */
	struct scale widest = scale_for_counts(page->highest, 1);
	page->gutter = text_measure(text_count(MAX(widest.top, widest.step)), &page->style->label).width + 6;
	/* More beside each other where more below each other would be flat. */
	int most = (int)CLAMP((page->box.width - page->gutter + PANEL_GAP) / (PANEL_MIN + PANEL_GAP),
	                      page->columns, 5);
	while (shown > 1 && page->columns < most &&
	       (shown + page->columns - 1) / page->columns * PANEL_PITCH > page->box.height - 50)
		page->columns++;
	page->rows = (shown + page->columns - 1) / page->columns;
}

/* A panel's name on lines that leave room for its sum, which *total_width is of; on a page
 * without room for more a single one, cut. g_strfreev() */
static char **panel_name(const struct page *page, int series, bool is_cut, double *total_width)
{
	const struct timeline *timeline = page->chart->timeline;
	const char *name = timeline->series_names[series];
	struct font bold = page->style->label;

	bold.bold = true;
	*total_width = text_measure(text_count(timeline_series_total(timeline, series)),
	                            &page->style->label).width + 4;
	double width = panel_width(page) - *total_width;
	if (!is_cut)
		return frame_wrap_name(name, &bold, width);
	char *cut = frame_fit(name, &bold, width);
	char **lines = g_strsplit(cut, "\n", 1);
	g_free(cut);
	return lines;
}

static void arrange_names(struct page *page)
{
	const struct timeline *timeline = page->chart->timeline;

	page->name_lines = 1;
	for (int s = 0; page->columns > 1 && s < timeline->series_count; s++) {
		double total;

		if (timeline_series_total(timeline, s) == 0)
			continue;
		char **lines = panel_name(page, s, false, &total);
		page->name_lines = MAX(page->name_lines, g_strv_length(lines));
		g_strfreev(lines);
	}
}

static void arrange_annotations(struct page *page)
{
	double width = panel_width(page);
	struct time_scale x = scale_in(page, page->box.x + page->gutter, width);
	int rows = (int)CLAMP(page->box.height * 0.3 / EVENT_ROW, 1, 8);

	bool only_numbers = page->columns > 1;
	annotate_place(&page->annotations, page->style, &page->chart->annotations, &x, x.left + width,
	               only_numbers ? 2 : rows, only_numbers);
}

static void arrange_notes(struct page *page)
{
	char *facts = timeline_notes(page->chart->timeline);
	char *all = g_strconcat(facts, page->annotations.notes->str, NULL);

	page->notes = notes_wrap(page->style, all, &page->box);
	g_free(all);
	g_free(facts);
}

/* Panels have their names above them. */
static unsigned legend_parts(const struct page *page, bool with_gaps)
{
	return (page->columns == 1 ? LEGEND_SERIES : 0) | (with_gaps ? LEGEND_GAPS : 0);
}

/* From top to bottom: legend, events, panels, notes. canvas NULL only measures. */
static void page_init(struct page *page, struct canvas *canvas, const struct style *style,
                      const struct timeline_chart *chart, struct box box)
{
	const struct timeline *timeline = chart->timeline;

	*page = (struct page){ .canvas = canvas, .style = style, .chart = chart, .box = box };
	page->edges = make_edges(timeline);
	arrange_grid(page);
	arrange_annotations(page);
	arrange_notes(page);
	struct time_scale x = scale_in(page, 0, panel_width(page));
	axis_init(&page->axis, &x, &page->style->label);

	double above = 4 + timeline_legend(NULL, page->style, timeline, legend_parts(page, true),
	                                   box.x, box.y, box.width);
	page->panels = (struct box){ box.x, box.y + above, box.width,
	                             MAX(box.height - above - notes_height(page->style, page->notes), 10) };
	arrange_names(page);
}

static void page_clear(struct page *page)
{
	g_free(page->edges);
	axis_clear(&page->axis);
	annotate_clear(&page->annotations);
	g_strfreev(page->notes);
}

struct measured { const struct style *style; const struct timeline_chart *chart; };

static enum room room_on(double width, double height, const void *figure)
{
	const struct measured *measured = figure;
	struct page page;

	page_init(&page, NULL, measured->style, measured->chart,
	          frame_room(measured->style, width, height, &measured->chart->frame));
	double good = page.columns > 1 ? PANEL_GOOD : PLOT_GOOD;
	enum room room = plot_height(&page, page.panels.height) < good ? ROOM_FLAT
	               : notes_are_cut(page.notes) ? ROOM_CUT : ROOM_GOOD;
	page_clear(&page);
	return room;
}

double timeline_chart_height(const struct style *style, double width, double height,
                             const struct timeline_chart *chart)
{
	if (chart->timeline->dated == 0 || chart->timeline->bin_count == 0)
		return height;
	return own_height(width, height, room_on, &(struct measured){ style, chart });
}

/* ---- drawing ---- */

/* The panel at place n of the grid; series -1 for all in one. */
static struct plot make_plot(const struct page *page, int n, int series)
{
	double width = panel_width(page), height = plot_height(page, page->panels.height);
	double pitch = height + name_height(page) + tick_height(page);
	double left = page->box.x + page->gutter + (n % page->columns) * (width + PANEL_GAP);
	double top = page->panels.y + head_height(page, 0) + (n / page->columns) * pitch;
	int steps = (int)CLAMP(height / RULE_DISTANCE, 1, 5);

	return (struct plot){
		.canvas = page->canvas, .style = page->style, .timeline = page->chart->timeline,
		.area = { left, top, width, height }, .x = scale_in(page, left, width),
		.y = scale_for_counts(page->highest, steps), .series = series,
		.shows_repairs = timeline_shows_repairs(page->chart->timeline),
	};
}

/* The axis was laid out for a panel at 0: move it under this one. */
static void draw_axis(const struct page *page, const struct plot *plot, bool with_labels)
{
	struct axis moved = { .rows = page->axis.rows };

	moved.labels = g_array_copy(page->axis.labels);
	moved.ticks = g_array_copy(page->axis.ticks);
	for (guint i = 0; i < moved.labels->len; i++)
		g_array_index(moved.labels, struct axis_label, i).x += plot->area.x;
	for (guint i = 0; i < moved.ticks->len; i++)
		g_array_index(moved.ticks, struct axis_tick, i).x += plot->area.x;
	plot_draw_axis(plot, &moved, with_labels);
	axis_clear(&moved);
}

static void draw_plot(const struct page *page, const struct plot *plot, int n, bool with_dates)
{
	struct annotation_marks marks = page->annotations;
	char *suffix = plot->series < 0 ? g_strdup("") : g_strdup_printf("-s%d", plot->series + 1);

	marks.only_leaders = n >= page->columns;
	annotate_draw_periods(&marks, page->canvas, &plot->area, suffix);
	plot_draw_rules(plot, n % page->columns == 0);
	plot_draw_gaps(plot);
	plot_draw_bars(plot);
	draw_axis(page, plot, with_dates);
	annotate_draw_events(&marks, page->canvas, &plot->area, suffix);
	g_free(suffix);
}

static void draw_single(const struct page *page)
{
	const struct timeline *timeline = page->chart->timeline;
	struct plot plot = make_plot(page, 0, -1);
	GArray *taken = g_array_new(FALSE, FALSE, sizeof(struct box));

	annotate_append_leaders(&page->annotations, &plot.area, taken);
	GArray *labels = plot_label_gaps(&plot, taken);
	bool gaps_unexplained = labels->len < (guint)timeline->gap_count;

	timeline_legend(page->canvas, page->style, timeline, legend_parts(page, gaps_unexplained),
	                page->box.x, page->box.y, page->box.width);
	draw_plot(page, &plot, 0, true);
	plot_draw_gap_labels(&plot, labels);
	g_array_free(labels, TRUE);
	g_array_free(taken, TRUE);
}

static void draw_panel_head(const struct page *page, const struct plot *plot, int n)
{
	struct font bold = page->style->label, faint = page->style->label;
	double x = plot->area.x, total_width;
	char **lines = panel_name(page, plot->series, page->name_lines == 1, &total_width);
	double y = plot->area.y - head_height(page, n) + PANEL_HEAD - 4 +
	           (page->name_lines - g_strv_length(lines)) * NAME_LEADING;

	bold.bold = true;
	faint.color = page->style->faint;
	for (char **line = lines; *line; line++, y += NAME_LEADING) {
		canvas_text(page->canvas, x, y, *line, &bold, ALIGN_LEFT);
		if (!line[1])
			canvas_text(page->canvas, x + text_measure(*line, &bold).width + 4, y,
			            text_count(timeline_series_total(plot->timeline, plot->series)), &faint,
			            ALIGN_LEFT);
	}
	g_strfreev(lines);
}

static void draw_multiples(const struct page *page)
{
	const struct timeline *timeline = page->chart->timeline;
	int shown = timeline_series_shown(timeline), n = 0;

	timeline_legend(page->canvas, page->style, timeline, legend_parts(page, true), page->box.x,
	                page->box.y, page->box.width);
	for (int s = 0; s < timeline->series_count; s++) {
		if (timeline_series_total(timeline, s) == 0)
			continue;
		struct plot plot = make_plot(page, n, s);

		draw_plot(page, &plot, n, n + page->columns >= shown);
		draw_panel_head(page, &plot, n);
		n++;
	}
}

static const struct data_column data_columns[TIMELINE_COLUMNS] = {
	TIME_DATA_COLUMNS, [TIMELINE_SERIES] = { "series", DATA_TEXT },
	[TIMELINE_MESSAGES] = { "messages", DATA_INT },
	[TIMELINE_REPAIRED] = { "repaired", DATA_INT },
	[TIMELINE_INCOMPLETE] = { "incomplete", DATA_INT },
};

/* What has no place in time, or none of the series. */
static void note_rest(struct canvas *canvas, const struct timeline *timeline)
{
	struct coverage undrawn = timeline_undrawn(timeline);

	notes_data_rest(canvas, TIMELINE_MESSAGES, &undrawn);
	if (timeline->others > 0) {
		figure_data_rest(canvas, "by others");
		figure_data_int(canvas, TIMELINE_MESSAGES, timeline->others);
	}
}

int timeline_chart_draw(struct canvas *canvas, double width, double height,
                        const struct timeline_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	const struct timeline *timeline = chart->timeline;
	struct page page;
	int status = 0;

	figure_data_columns(canvas_data(canvas), data_columns, TIMELINE_COLUMNS);
	note_rest(canvas, timeline);
	if (timeline->dated == 0 || timeline->bin_count == 0) {
		char *facts = timeline_notes(timeline);

		notes_draw_statement(canvas, timeline->undated + timeline->implausible > 0
		                     ? "No message here has a date that can be drawn."
		                     : "There is no mail here to draw.", facts, &box);
		g_free(facts);
		return 0;
	}
	page_init(&page, canvas, canvas_style(canvas), chart, box);
	if (plot_height(&page, page.panels.height) < PLOT_MIN)
		page.name_lines = 1;
	if (plot_height(&page, page.panels.height) < PLOT_MIN || panel_width(&page) < PANEL_MIN) {
		status = error_set(err, "the page leaves no room for the %s: make it larger",
		                   page.columns > 1 ? "panels of the timeline" : "timeline");
	} else {
		if (page.columns > 1)
			draw_multiples(&page);
		else
			draw_single(&page);
		notes_draw(canvas, page.notes, &box);
	}
	page_clear(&page);
	return status;
}
