#include "pair_parts.h"

#include "axis.h"
#include "legend_flow.h"
#include "notes.h"
#include "scale.h"
#include "text_shape.h"
#include "timeline_parts.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <glib.h>

#define BESIDE_WIDTH 320.0      /* pt wide: where the delays stand beside the columns, */
#define BESIDE_SHAPE 0.8        /* and where it is no higher than that part of its width */
#define DELAYS_PART 0.34        /* of the width, beside; */
#define DELAYS_PART_BELOW 0.42  /* of the height, below, */
#define DELAYS_PART_MOST 0.55   /* and if they need more */
#define PANELS_GAP 16.0         /* pt */
#define PLOT_MIN 40.0           /* pt: lower columns say nothing */
#define PLOT_EASY 75.0          /* pt: where the page may be higher for long names */
#define RULES_MAX 4             /* above the middle line, and below */
#define RULE_DISTANCE 16.0      /* pt between two rules, at least */
#define NAME_ROW 9.0            /* pt: of a line of the names above and below the columns */
#define NAME_SPACE 3.0          /* pt between them and the columns */
#define EVENT_ROWS 4            /* of texts above the columns, at most */
#define SILENCE_LABEL_MIN 30.0  /* pt: narrower silences have no words */

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct pair_chart *chart;
	struct box times, delays;       /* the two panels */
	struct timeline timeline;       /* the pair's, incomplete where the archive is, not where
	                                 * the two begin and end; borrowed */
	char **names[2];                /* of the halves, lines; owned */
	int64_t *edges;                 /* of the bins */
	struct plot plot;               /* both halves */
	struct axis axis;
	struct annotation_marks annotations;
	char **notes;                   /* the annotations' key */
};

static double middle_of(const struct page *page)
{
	return page->plot.area.y + page->plot.area.height / 2;
}

/* pt from the middle line for so many messages */
static double height_of(const struct page *page, int64_t count)
{
	return page->plot.area.height / 2 * (double)count / (double)page->plot.y.top;
}

/* ---- words ---- */

/* "Ann Lee to Bo Chen: 123, 120 drawn" */
static char **name_lines(const struct page *page, int who, double width)
{
	const struct pair_chart *chart = page->chart;
	int64_t written = chart->pair->written[who];
	int64_t dated = timeline_series_total(&chart->pair->timeline, who);
	char *from = text_shape_clean(chart->names[who], FRAME_NAME_MAX);
	char *to = text_shape_clean(chart->names[1 - who], FRAME_NAME_MAX);
	GString *name = g_string_new(NULL);
	struct font bold = page->style->label;

	text_append_directed(name, from);
	g_string_append(name, " to ");
	text_append_directed(name, to);
	g_string_append_printf(name, ": %s", text_count(written));
	if (dated < written)
		g_string_append_printf(name, ", %s drawn", text_count(dated));
	bold.bold = true;
	char **lines = frame_wrap(name->str, &bold, width);
	g_string_free(name, TRUE);
	g_free(from);
	g_free(to);
	return lines;
}

static double names_height(const struct page *page, int who)
{
	return g_strv_length(page->names[who]) * NAME_ROW + NAME_SPACE;
}

static char *silence_title(const struct timeline_gap *gap)
{
	char *from = time_day_name(gap->start), *to = time_day_name(gap->end - 1);
	char *title = g_strdup_printf("%s to %s: no mail between the two for %s", from, to,
	                              text_counted((gap->end - gap->start) / 86400, "day", "days"));

	g_free(from);
	g_free(to);
	return title;
}

/* ---- numbers ---- */

static const struct data_column data_columns[PAIR_COLUMNS] = {
	TIME_DATA_COLUMNS, [PAIR_FROM] = { "from", DATA_TEXT }, [PAIR_TO] = { "to", DATA_TEXT },
	[PAIR_MESSAGES] = { "messages", DATA_INT }, [PAIR_ANSWERS] = { "answers", DATA_INT },
	[PAIR_DELAY] = { "delay", DATA_TEXT },
	[PAIR_QUARTER] = { "quarter_within_s", DATA_INT },
	[PAIR_HALF] = { "half_within_s", DATA_INT },
	[PAIR_THREE_QUARTERS] = { "three_quarters_within_s", DATA_INT },
};

void pair_note(struct canvas *canvas, const struct pair_chart *chart, const char *kind, int who)
{
	figure_data_mark(canvas, kind);
	figure_data_text(canvas, PAIR_FROM, chart->names[who]);
	figure_data_text(canvas, PAIR_TO, chart->names[1 - who]);
}

/* What has no place in time. */
static void note_rest(struct canvas *canvas, const struct timeline *timeline)
{
	const int64_t count = timeline->undated + timeline->implausible + timeline->far;

	if (count == 0)
		return;
	figure_data_rest(canvas, "without a usable date");
	figure_data_int(canvas, PAIR_MESSAGES, count);
}

/* ---- columns ---- */

static void draw_rules(const struct page *page)
{
	const struct plot *plot = &page->plot;
	struct font font = page->style->label;
	double right = plot->area.x + plot->area.width;

	font.color = page->style->faint;
	canvas_begin(page->canvas, "axis-count", NULL);
	for (int i = -plot->y.count; i <= plot->y.count; i++) {
		double y = middle_of(page) - height_of(page, plot->y.step * i);
		const struct point rule[] = { { plot->area.x, y }, { right, y } };

		canvas_polygon(page->canvas, rule, 2, false,
		               &(struct paint){ .stroke = page->style->rule, .stroke_width = 0.4 });
		canvas_text(page->canvas, plot->area.x - 4, y + 0.34 * font.size,
		            text_count(plot->y.step * ABS(i)), &font, ALIGN_RIGHT);
	}
	canvas_end(page->canvas);
}

static void draw_column(const struct page *page, int bin, int who)
{
	const struct timeline *timeline = &page->timeline;
	int64_t count = timeline->bins[bin].counts[who];
	double step = page->plot.x.width / page->plot.x.bins;
	double width = MIN(step < 1.5 ? step : step * 0.8, 30);
	double height = MAX(height_of(page, count), 0.6), y = middle_of(page);
	const struct box box = {
		page->plot.x.left + bin * step + (step - width) / 2, who ? y : y - height, width, height,
	};
	struct look look = style_look(page->style, who);
	char *name = time_bin_id(timeline->unit, timeline->bins[bin].start);
	char *id = g_strdup_printf("bar-%s-s%d", name, who + 1);
	char *title = timeline_bar_title(timeline, bin, who);

	if (timeline_is_partial(timeline, bin))
		look = timeline_pale(page->style, &look);
	canvas_begin(page->canvas, id, title);
	style_fill_rectangle(page->canvas, &box, &look);
	pair_note(page->canvas, page->chart, "bar", who);
	annotate_days(page->canvas, timeline->bins[bin].start,
	              calendar_next(timeline->unit, timeline->bins[bin].start));
	figure_data_int(page->canvas, PAIR_MESSAGES, count);
	canvas_end(page->canvas);
	g_free(title);
	g_free(id);
	g_free(name);
}

static void draw_columns(const struct page *page)
{
	const struct timeline *timeline = &page->chart->pair->timeline;
	const struct box *area = &page->plot.area;
	const struct point base[] = {
		{ area->x, middle_of(page) }, { area->x + area->width, middle_of(page) },
	};

	for (int bin = 0; bin < timeline->bin_count; bin++)
		for (int who = 0; who < 2; who++)
			if (timeline->bins[bin].counts[who])
				draw_column(page, bin, who);
	canvas_polygon(page->canvas, base, 2, false,
	               &(struct paint){ .stroke = page->style->ink, .stroke_width = 0.6 });
}

/* ---- silences ---- */

static bool overlaps(const struct timeline_gap *a, const struct timeline_gap *b)
{
	return a->start < b->end && b->start < a->end;
}

/* Where the archive itself has no mail, the two's silence says nothing. */
static bool is_uncovered(const struct pair *pair, const struct timeline_gap *silence)
{
	for (int i = 0; i < pair->coverage_count; i++)
		if (overlaps(&pair->coverage[i], silence))
			return true;
	return false;
}

static struct color silence_color(const struct page *page)
{
	return style_tint(page->style, page->style->grey, 0.25);
}

static void draw_silence(const struct page *page, const struct timeline_gap *gap)
{
	const struct plot *plot = &page->plot;
	double from = time_scale_x(&plot->x, gap->start), to = time_scale_x(&plot->x, gap->end);
	struct font font = page->style->small;
	char *day = time_bin_id(CALENDAR_DAY, gap->start), *title = silence_title(gap);
	char *id = g_strconcat("silence-", day, NULL);
	const char *days = text_counted((gap->end - gap->start) / 86400, "day", "days");

	canvas_begin(page->canvas, id, title);
	figure_data_mark(page->canvas, "silence");
	annotate_days(page->canvas, gap->start, gap->end);
	canvas_rectangle(page->canvas, from, plot->area.y, to - from, plot->area.height,
	                 &(struct paint){ .fill = silence_color(page) });
	if (to - from >= SILENCE_LABEL_MIN && text_measure(days, &font).width < to - from - 2 &&
	    !is_uncovered(page->chart->pair, gap)) {
		font.color = page->style->faint;
		canvas_text(page->canvas, (from + to) / 2, middle_of(page) - 3, days, &font,
		            ALIGN_CENTER);
	}
	canvas_end(page->canvas);
	g_free(id);
	g_free(title);
	g_free(day);
}

/* Only what lies within the two's first and last message is on the page. */
static struct timeline_gap *visible_coverage(const struct page *page, int *count)
{
	const struct pair *pair = page->chart->pair;
	const struct timeline_gap span = { page->edges[0], page->edges[pair->timeline.bin_count] };
	struct timeline_gap *gaps = g_new(struct timeline_gap, (gsize)MAX(pair->coverage_count, 1));

	*count = 0;
	for (int i = 0; i < pair->coverage_count; i++)
		if (overlaps(&pair->coverage[i], &span))
			gaps[(*count)++] = (struct timeline_gap){
				MAX(pair->coverage[i].start, span.start),
				MIN(pair->coverage[i].end, span.end) };
	return gaps;
}

static void draw_silences(const struct page *page)
{
	const struct pair *pair = page->chart->pair;
	struct timeline all = pair->timeline;           /* borrows all but the gaps */
	struct plot plot = page->plot;

	for (int i = 0; i < pair->timeline.gap_count; i++)
		draw_silence(page, &pair->timeline.gaps[i]);
	all.gaps = visible_coverage(page, &all.gap_count);
	plot.timeline = &all;
	plot_draw_gaps(&plot);
	g_free(all.gaps);
}

/* ---- the page ---- */

static bool has_partial(const struct timeline *timeline)
{
	for (int bin = 0; bin < timeline->bin_count; bin++)
		if (timeline->bins[bin].total && timeline_is_partial(timeline, bin))
			return true;
	return false;
}

static void add_partial(const struct page *page, struct legend_flow *flow)
{
	struct look look = { .color = style_tint(page->style, page->style->grey, 0.5) };
	char *text = g_strdup_printf("paler: incomplete %s", calendar_unit_name(page->timeline.unit));

	if (has_partial(&page->timeline))
		legend_flow_add(flow, &look, text);
	g_free(text);
}

/* Returns its height; canvas NULL only measures. */
static double legend(const struct page *page, struct canvas *canvas)
{
	const struct pair *pair = page->chart->pair;
	const struct look shade = { .color = silence_color(page) };
	char *unit = timeline_unit_text(page->chart->of_answers ? "answers" : "messages",
	                                pair->timeline.unit);
	struct legend_flow flow;
	int uncovered;

	g_free(visible_coverage(page, &uncovered));
	legend_flow_begin(&flow, canvas, page->style,
	                  &(struct point){ page->times.x, page->times.y }, page->times.width, unit);
	if (pair->timeline.gap_count)
		legend_flow_add(&flow, &shade, "unusually long silence");
	if (uncovered)
		legend_flow_add(&flow, NULL, "no mail in the archive");
	add_partial(page, &flow);
	g_free(unit);
	return legend_flow_end(&flow, page->times.y);
}

static void draw_names(const struct page *page)
{
	const struct box *area = &page->plot.area;
	/* The first above what the events say. */
	const double tops[] = { area->y - annotate_height(&page->annotations) - names_height(page, 0),
	                        area->y + area->height + NAME_SPACE };
	struct font font = page->style->label;

	font.bold = true;
	for (int who = 0; who < 2; who++) {
		double y = tops[who] + font.size;

		font.color = style_words(page->style, who);
		for (char **line = page->names[who]; *line; line++, y += NAME_ROW)
			canvas_text(page->canvas, area->x, y, *line, &font, ALIGN_LEFT);
	}
}

/* Below the second's name, so that the name is beside its columns. */
static void draw_axis(const struct page *page)
{
	struct plot below = page->plot;

	below.area.height += names_height(page, 1);
	double base = below.area.y + below.area.height;
	const struct point line[] = { { below.area.x, base },
	                              { below.area.x + below.area.width, base } };
	canvas_polygon(page->canvas, line, 2, false,
	               &(struct paint){ .stroke = page->style->ink, .stroke_width = 0.4 });
	plot_draw_axis(&below, &page->axis, true);
}

static void draw_times(struct page *page)
{
	draw_silences(page);
	annotate_draw_periods(&page->annotations, page->canvas, &page->plot.area, "");
	draw_rules(page);
	draw_columns(page);
	annotate_draw_events(&page->annotations, page->canvas, &page->plot.area, "");
	draw_names(page);
	draw_axis(page);
	notes_draw(page->canvas, page->notes, &page->times);
}

static int64_t highest_of(const struct timeline *timeline)
{
	int64_t highest = 1;

	for (int i = 0; i < timeline->bin_count; i++)
		highest = MAX(highest, MAX(timeline->bins[i].counts[0], timeline->bins[i].counts[1]));
	return highest;
}

/* pt of the numbers beside the columns, however many rules there will be room for. */
static double widest_number(const struct page *page, int64_t highest)
{
	double width = 0;

	for (int most = 1; most <= RULES_MAX; most++) {
		struct scale scale = scale_for_counts(highest, most);
		const char *text = text_count(scale.step * scale.count);

		width = MAX(width, text_measure(text, &page->style->label).width);
	}
	return width;
}

static void arrange_times(struct page *page)
{
	const struct timeline *timeline = &page->timeline;
	int64_t highest = highest_of(timeline);
	double gutter = 6 + widest_number(page, highest);
	struct box area = page->times;

	page->edges = g_new(int64_t, (gsize)MAX(timeline->bin_count, 0) + 1);
	for (int i = 0; i < timeline->bin_count; i++)
		page->edges[i] = timeline->bins[i].start;
	page->edges[timeline->bin_count] = calendar_next(timeline->unit,
	                                                 page->edges[timeline->bin_count - 1]);
	area.x += gutter;
	area.width -= gutter;
	page->plot = (struct plot){
		.canvas = page->canvas, .style = page->style, .timeline = timeline, .area = area,
		.x = { page->edges, timeline->bin_count, timeline->unit, area.x, area.width },
		.series = -1,
	};
	axis_init(&page->axis, &page->plot.x, &page->style->label);
	annotate_place(&page->annotations, page->style, &page->chart->annotations, &page->plot.x,
	               area.x + area.width, EVENT_ROWS, false);
	page->notes = notes_wrap(page->style, page->annotations.notes->str, &page->times);
	for (int who = 0; who < 2; who++)
		page->names[who] = name_lines(page, who, area.width);
	double above = legend(page, NULL) + 2 + names_height(page, 0) +
	               annotate_height(&page->annotations);
	double under = names_height(page, 1) + PLOT_TICK + page->axis.rows * PLOT_AXIS_ROW +
	               notes_height(page->style, page->notes);

	page->plot.area.y += above;
	page->plot.area.height -= above + under;
	page->plot.y = scale_for_counts(
		highest, (int)CLAMP(page->plot.area.height / 2 / RULE_DISTANCE, 1, RULES_MAX));
}

static bool has_answers(const struct pair *pair)
{
	return pair->delays[0].count + pair->delays[1].count > 0;
}

/* pt for the delays below the columns: all they need if that is not most of the page, and no
 * more than makes them larger. */
static double height_below(const struct page *page, const struct box *box)
{
	double full = pair_delays_height(page->style, page->chart, box->width, false);
	double brief = pair_delays_height(page->style, page->chart, box->width, true);

	double easy = MIN(box->height * DELAYS_PART_BELOW, full + PAIR_DELAYS_EXTRA);
	return MAX(easy, MAX(MIN(full, box->height * DELAYS_PART_MOST), brief));
}

/* Without answers all the room is for the columns. */
static void divide(struct page *page, const struct box *box)
{
	page->times = page->delays = *box;
	if (!has_answers(page->chart->pair))
		return;
	if (box->width >= BESIDE_WIDTH && box->height <= BESIDE_SHAPE * box->width) {
		page->delays.width = MAX(box->width * DELAYS_PART, PAIR_DELAYS_WIDTH);
		page->times.width -= page->delays.width + PANELS_GAP;
		page->delays.x += page->times.width + PANELS_GAP;
	} else {
		page->delays.height = height_below(page, box);
		page->times.height -= page->delays.height + PANELS_GAP / 2;
		page->delays.y += page->times.height + PANELS_GAP / 2;
	}
}

static void page_init(struct page *page, struct canvas *canvas, const struct style *style,
                      const struct pair_chart *chart, const struct box *box)
{
	*page = (struct page){ .canvas = canvas, .style = style, .chart = chart,
	                       .timeline = chart->pair->timeline };
	page->timeline.first = chart->pair->first;
	page->timeline.last = chart->pair->last;
	divide(page, box);
	arrange_times(page);
}

static void page_clear(struct page *page)
{
	annotate_clear(&page->annotations);
	g_strfreev(page->notes);
	g_strfreev(page->names[0]);
	g_strfreev(page->names[1]);
	g_free(page->edges);
	axis_clear(&page->axis);
}

/* pt by which the page is too low for columns of that height and for the delays. */
static double missing_height(const struct page *page, double columns, bool is_brief)
{
	double missing = columns - page->plot.area.height;

	if (has_answers(page->chart->pair))
		missing = MAX(missing, pair_delays_height(page->style, page->chart, page->delays.width,
		                                          is_brief) - page->delays.height);
	return missing;
}

double pair_chart_height(const struct pair_chart *chart, const struct style *style, double width,
                         double height)
{
	if (!chart->pair->timeline.bin_count)
		return height;
	/* Of a higher page the delays may have a part, and then it is not enough yet. */
	for (int round = 0; round < 20; round++) {
		struct box box = frame_room(style, width, height, &chart->frame);
		struct page page;

		page_init(&page, NULL, style, chart, &box);
		double missing = missing_height(&page, PLOT_EASY, false);
		page_clear(&page);
		if (missing <= 0.01)
			break;
		height += missing;
	}
	return height;
}

int pair_chart_draw(struct canvas *canvas, double width, double height,
                    const struct pair_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	struct page page;
	int status = 0;

	figure_data_columns(canvas_data(canvas), data_columns, PAIR_COLUMNS);
	note_rest(canvas, &chart->pair->timeline);
	if (!chart->pair->timeline.bin_count)
		return error_set(err, "no mail between the two has a date that can be drawn");
	page_init(&page, canvas, canvas_style(canvas), chart, &box);
	if (missing_height(&page, PLOT_MIN, true) > 0.01 || page.plot.area.width < 2 * PLOT_MIN) {
		status = error_set(err, "the page leaves no room for the pair: make it larger");
	} else {
		legend(&page, canvas);
		draw_times(&page);
		if (has_answers(chart->pair))
			pair_draw_delays(canvas, chart, &page.delays);
	}
	page_clear(&page);
	return status;
}
