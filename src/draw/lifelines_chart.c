#include "lifelines_parts.h"

#include "annotate.h"
#include "axis.h"
#include "legend_flow.h"
#include "notes.h"
#include "scale.h"
#include "timeline_parts.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <glib.h>

#include <math.h>

#define ROW_WANTED 15.0         /* pt from line to line */
#define AROUND 130.0            /* pt of a page's height that are not rows, about */
#define ROW_WANTED_NARROW 12.0
#define AROUND_NARROW 185.0
#define BAND 0.46               /* of a row's height that the fullest bin takes on either side */
#define BAND_MAX 8.0            /* pt: what a row of the legend has room for */
#define BAND_MIN 0.5            /* pt: one message beside a thousand is still one */
#define BIN_MIN 5.0             /* pt that a bin cut by first or last contact keeps, if it has */
#define SWATCH 7.0              /* pt: of a community, beside the name */
#define TOTALS_FROM 330.0       /* pt of width that leave room for columns of totals */
#define EMPTY_HEIGHT 150.0      /* pt: of a page with a sentence */
#define EVENT_ROWS 4            /* of texts above the rows, at most */
#define DOT 1.7                 /* pt: radius of first and last contact */

enum {                                  /* columns of the figure's data */
	LIFE_NAME = TIME_COLUMNS, LIFE_ADDRESS, LIFE_SENT, LIFE_RECEIVED, LIFE_ALL_SENT,
	LIFE_ALL_RECEIVED, LIFE_MESSAGES, LIFE_COLUMNS
};

static const struct data_column data_columns[LIFE_COLUMNS] = {
	TIME_DATA_COLUMNS,
	[LIFE_NAME] = { "name", DATA_TEXT }, [LIFE_ADDRESS] = { "address", DATA_TEXT },
	[LIFE_SENT] = { "sent", DATA_INT }, [LIFE_RECEIVED] = { "received", DATA_INT },
	[LIFE_ALL_SENT] = { "all_sent", DATA_INT }, [LIFE_ALL_RECEIVED] = { "all_received", DATA_INT },
	[LIFE_MESSAGES] = { "messages", DATA_INT },
};

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct lifelines_chart *chart;
	struct box box;                 /* what the frame left */
	struct box plot;                /* of the rows */
	struct lifelines_rows rows;
	double sent_right, received_right;      /* where the totals end; 0 for none */
	struct time_scale x;
	struct axis axis;
	struct annotation_marks annotations;
	char **notes;
};

int lifelines_chart_rows(double width, double height)
{
	return (int)(width < TOTALS_FROM ? CLAMP((height - AROUND_NARROW) / ROW_WANTED_NARROW, 3, 200)
	                                 : CLAMP((height - AROUND) / ROW_WANTED, 3, 200));
}

/* Words are few in a newspaper's column. */
static bool is_narrow(const struct page *page)
{
	return page->box.width < TOTALS_FROM;
}

static struct look community_look(const struct page *page, int community)
{
	return style_look(page->style, community < 0 ? -1 : page->chart->community_colors[community]);
}

/* Without communities nothing is told by grey. */
static struct look look_of(const struct page *page, int row)
{
	return page->chart->community_count == 0
	       ? style_look(page->style, 0) : community_look(page, page->chart->people[row].community);
}

/* Hatching is lost on a band of a few points: without colour all bands are alike, and a
 * swatch beside the name tells the community. */
static bool has_swatches(const struct page *page)
{
	return page->style->theme == THEME_GREY && page->chart->community_count > 0;
}

static struct look band_look(const struct page *page, int row)
{
	return has_swatches(page) ? (struct look){ .color = page->style->faint } : look_of(page, row);
}

/* What was received is paler. */
static struct look received_look(const struct page *page, struct look look)
{
	look.color = style_tint(page->style, look.color, 0.45);
	look.lines = style_tint(page->style, look.lines, 0.45);
	return look;
}

/* ---- where things go ---- */

static double widest_total(const struct page *page, bool sent)
{
	double widest = text_measure(sent ? "sent" : "received", &page->style->small).width;

	for (int i = 0; i < page->chart->lifelines->row_count; i++) {
		const struct lifeline *row = &page->chart->lifelines->rows[i];
		const char *text = text_count(sent ? row->sent : row->received);

		widest = MAX(widest, text_measure(text, &page->style->label).width);
	}
	return widest;
}

static double draw_legend(const struct page *page, struct canvas *canvas);

/* From left to right: names, lines, totals. */
static void divide_width(struct page *page, double names)
{
	const struct lifelines *lifelines = page->chart->lifelines;
	double left = names + 5 + (has_swatches(page) ? SWATCH + 4 : 0), right = 4;

	if (!is_narrow(page)) {
		double received = widest_total(page, false), sent = widest_total(page, true);

		page->received_right = page->box.x + page->box.width;
		page->sent_right = page->received_right - received - 6;
		right = received + sent + 6 + 8;
	}
	page->x = (struct time_scale){ lifelines->edges, lifelines->bin_count, lifelines->unit,
	                               page->box.x + left, page->box.width - left - right };
}

static void write_notes(struct page *page)
{
	char *facts = notes_of_coverage(page->chart->coverage, true);
	char *all = g_strconcat(facts, page->annotations.notes->str, NULL);

	page->notes = notes_wrap(page->style, all, &page->box);
	g_free(all);
	g_free(facts);
}

static void page_clear(struct page *page)
{
	axis_clear(&page->axis);
	annotate_clear(&page->annotations);
	g_strfreev(page->notes);
	lifelines_rows_clear(&page->rows);
}

/* From top to bottom: legend, rows, axis, notes. How wide the names are depends on the
 * height that is left for them, and that on how wide the lines are, so it is done twice. */
static void page_init(struct page *page, struct canvas *canvas, const struct style *style,
                      const struct lifelines_chart *chart, struct box box)
{
	double height = box.height, above = 0;

	*page = (struct page){ .canvas = canvas, .style = style, .chart = chart, .box = box };
	for (int round = 0; round < 2; round++) {
		if (round > 0)
			page_clear(page);
		lifelines_rows_init(&page->rows, style, chart, box.width, height);
		divide_width(page, page->rows.names);
		axis_init(&page->axis, &page->x, &style->label);
		annotate_place(&page->annotations, style, &chart->annotations, &page->x,
		               page->x.left + page->x.width, EVENT_ROWS, false);
		write_notes(page);
		above = draw_legend(page, NULL) + 5 + annotate_height(&page->annotations);
		height = box.height - above - PLOT_TICK - page->axis.rows * PLOT_AXIS_ROW -
		         notes_height(style, page->notes);
	}
	page->plot = (struct box){ page->x.left, box.y + above, page->x.width, page->rows.height };
}

static bool is_empty(const struct lifelines_chart *chart)
{
	return chart->lifelines->bin_count == 0 || chart->lifelines->row_count == 0;
}

int lifelines_chart_room(const struct lifelines_chart *chart, const struct style *style,
                         double width, double height)
{
	struct page page;

	if (is_empty(chart))
		return chart->lifelines->row_count;
	page_init(&page, NULL, style, chart, frame_room(style, width, height, &chart->frame));
	int room = page.rows.room;
	page_clear(&page);
	return room;
}

double lifelines_chart_height(const struct lifelines_chart *chart, const struct style *style,
                              double width, double height, double most)
{
	struct page page;

	if (is_empty(chart))
		return MIN(EMPTY_HEIGHT, height);
	page_init(&page, NULL, style, chart, frame_room(style, width, most, &chart->frame));
	double around = most - page.box.height + (page.plot.y - page.box.y) + PLOT_TICK +
	                page.axis.rows * PLOT_AXIS_ROW + notes_height(style, page.notes);
	double wanted = MIN(around + lifelines_rows_wanted(&page.rows), height);
	double needed = around + lifelines_rows_needed(&page.rows);
	page_clear(&page);
	return MIN(MAX(wanted, needed), most);
}

/* ---- the numbers ---- */

static void note_bin(const struct page *page, int row, int bin)
{
	const struct lifelines *lifelines = page->chart->lifelines;

	figure_data_mark(page->canvas, "bin");
	figure_data_text(page->canvas, LIFE_NAME, page->chart->people[row].name);
	figure_data_text(page->canvas, LIFE_ADDRESS, page->chart->people[row].address);
	annotate_days(page->canvas, lifelines->edges[bin], lifelines->edges[bin + 1]);
	figure_data_int(page->canvas, LIFE_SENT, lifelines->rows[row].sent_in[bin]);
	figure_data_int(page->canvas, LIFE_RECEIVED, lifelines->rows[row].received_in[bin]);
}

static void note_row(const struct page *page, int row)
{
	const struct lifeline *line = &page->chart->lifelines->rows[row];

	figure_data_mark(page->canvas, "life");
	figure_data_text(page->canvas, LIFE_NAME, page->chart->people[row].name);
	figure_data_text(page->canvas, LIFE_ADDRESS, page->chart->people[row].address);
	if (line->first != INSTANT_NONE)
		annotate_days(page->canvas, line->first, line->last + 1);
	figure_data_int(page->canvas, LIFE_ALL_SENT, line->sent);
	figure_data_int(page->canvas, LIFE_ALL_RECEIVED, line->received);
}

/* Messages of the figure, which may have a part in several lines, and those not in it. */
static void note_rest(struct canvas *canvas, const struct lifelines_chart *chart)
{
	figure_data_rest(canvas, "messages of these people");
	figure_data_int(canvas, LIFE_MESSAGES, chart->lifelines->messages);
	figure_data_rest(canvas, "messages of others");
	figure_data_int(canvas, LIFE_MESSAGES, chart->lifelines->of_others);
	notes_data_rest(canvas, LIFE_MESSAGES, chart->coverage);
}

/* ---- the scale of thickness ---- */

/* By the square root: one letter and a day of a hundred are both to be seen. */
static double thickness(const struct page *page, int64_t count)
{
	if (count <= 0)
		return 0;
	double part = sqrt((double)count / (double)MAX(page->chart->lifelines->most, 1));
	return MAX(part * MIN(page->rows.pitch * BAND, BAND_MAX), BAND_MIN);
}

/* Round numbers for the legend, the largest first, none above the fullest bin: of 280
 * they are 200, 20 and 1. Returns how many. */
static int round_values(int64_t most, int64_t values[3])
{
	int64_t power = 1;
	int count = 0;

	while (most / power >= 10)
		power *= 10;
	int64_t top = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;
	values[count++] = top;
	if (top >= 20)
		values[count++] = top / 10;
	if (top > 1)
		values[count++] = 1;
	return count;
}

/* ---- the legend ---- */

static void draw_thickness(const struct page *page, struct legend_flow *flow)
{
	int64_t values[3];
	int count = round_values(page->chart->lifelines->most, values);

	for (int i = 0; i < count; i++) {
		struct point place = legend_flow_add_mark(flow, 5, text_count(values[i]));
		double height = thickness(page, values[i]);

		if (flow->canvas)
			canvas_rectangle(flow->canvas, place.x, place.y + 8 - height, 5, height,
			                 &(struct paint){ .fill = page->style->grey });
	}
}

/* A piece of line: what stands above it, what hangs below. */
static void draw_directions(const struct page *page, struct legend_flow *flow)
{
	struct point place = legend_flow_add_mark(flow, 12, is_narrow(page) ? "sent above, received below"
	                                  : "sent above the line, received below");
	struct color color = page->style->grey;

	if (!flow->canvas)
		return;
	canvas_rectangle(flow->canvas, place.x + 1, place.y + 1.5, 10, 3.2,
	                 &(struct paint){ .fill = color });
	canvas_rectangle(flow->canvas, place.x + 1, place.y + 4.7, 10, 3.2,
	                 &(struct paint){ .fill = style_tint(page->style, color, 0.45) });
}

static void draw_dots(const struct page *page, struct legend_flow *flow)
{
	const struct lifelines *lifelines = page->chart->lifelines;
	bool unsure = false;

	for (int i = 0; i < lifelines->row_count; i++)
		unsure |= lifelines->rows[i].first != INSTANT_NONE &&
		          (!lifelines->rows[i].first_sure || !lifelines->rows[i].last_sure);
	struct point place = legend_flow_add_mark(flow, 4, is_narrow(page) ? "first, last"
	                                  : "first, last contact");
	struct paint full = { .fill = page->style->grey };
	struct paint hollow = { .fill = page->style->paper, .stroke = page->style->grey,
	                        .stroke_width = 0.7 };

	if (flow->canvas)
		canvas_circle(flow->canvas, place.x + 2, place.y + 4.5, DOT, &full);
	if (!unsure)
		return;
	place = legend_flow_add_mark(flow, 4, "date repaired or replaced");
	if (flow->canvas)
		canvas_circle(flow->canvas, place.x + 2, place.y + 4.5, DOT, &hollow);
}

static bool has_community(const struct lifelines_chart *chart, int community)
{
	for (int i = 0; i < chart->lifelines->row_count; i++)
		if (chart->people[i].community == community)
			return true;
	return false;
}

static void draw_communities(const struct page *page, struct legend_flow *flow)
{
	const struct lifelines_chart *chart = page->chart;
	bool begun = false;

	for (int i = -1; i < chart->community_count; i++) {
		int community = i + 1 < chart->community_count ? i + 1 : -1;    /* none last */

		if (!has_community(chart, community))
			continue;
		if (!begun)
			legend_flow_add_words(flow, "community of");
		begun = true;
		struct look look = community_look(page, community);
		legend_flow_add(flow, &look, community < 0 ? "others" : chart->communities[community]);
	}
}

/* Draws, or with canvas NULL only measures; the height. */
static double draw_legend(const struct page *page, struct canvas *canvas)
{
	const struct lifelines_chart *chart = page->chart;
	const struct point at = { page->box.x, page->box.y };
	char *unit = timeline_unit_text("messages", chart->lifelines->unit);
	struct legend_flow flow;

	legend_flow_begin(&flow, canvas, page->style, &at, page->box.width, unit);
	draw_thickness(page, &flow);
	legend_flow_add_words(&flow, is_narrow(page) ? "(square root)" : "(by square root)");
	draw_directions(page, &flow);
	draw_dots(page, &flow);
	if (chart->coverage->gap_count > 0)
		legend_flow_add(&flow, NULL, "unusual silence");
	if (chart->community_count > 0) {
		legend_flow_break(&flow);
		draw_communities(page, &flow);
	}
	g_free(unit);
	return legend_flow_end(&flow, at.y);
}

/* ---- behind the lines ---- */

static void draw_gaps(const struct page *page)
{
	const struct coverage *coverage = page->chart->coverage;
	const struct paint paint = { .fill = page->style->blank, .stroke = page->style->blank_line,
	                             .stroke_width = 0.35 };

	for (int i = 0; i < coverage->gap_count; i++) {
		const struct timeline_gap *gap = &coverage->gaps[i];
		double from = time_scale_x(&page->x, gap->start), to = time_scale_x(&page->x, gap->end);
		char *day = time_bin_id(CALENDAR_DAY, gap->start);
		char *id = g_strconcat("gap-", day, NULL), *title = timeline_gap_title(gap);

		canvas_begin(page->canvas, id, title);
		figure_data_mark(page->canvas, "gap");
		annotate_days(page->canvas, gap->start, gap->end);
		canvas_hatch(page->canvas, from, page->plot.y, to - from, page->plot.height, 2.5, &paint);
		canvas_end(page->canvas);
		g_free(day);
		g_free(id);
		g_free(title);
	}
}

static void draw_line(const struct page *page, double x0, double y0, double x1, double y1,
                      struct color color, double width)
{
	const struct point line[] = { { x0, y0 }, { x1, y1 } };

	canvas_polygon(page->canvas, line, 2, false,
	               &(struct paint){ .stroke = color, .stroke_width = width });
}

static void draw_axis(const struct page *page)
{
	double base = page->plot.y + page->plot.height;
	struct font font = page->style->label;

	font.color = page->style->faint;
	canvas_begin(page->canvas, "axis-time", NULL);
	for (guint i = 0; i < page->axis.ticks->len; i++) {
		const struct axis_tick *tick = &g_array_index(page->axis.ticks, struct axis_tick, i);

		if (tick->is_long || page->axis.rows == 1)
			draw_line(page, tick->x, page->plot.y, tick->x, base, page->style->rule, 0.4);
		/* Where months are named a year ends between two, not at a tick like theirs. */
		draw_line(page, tick->x, base, tick->x, base + PLOT_TICK,
		          tick->is_long && page->axis.rows > 1 ? page->style->rule : page->style->ink, 0.4);
		if (tick->is_long)      /* beside the names of years, not through those of months */
			draw_line(page, tick->x, base + PLOT_TICK + PLOT_AXIS_ROW, tick->x,
			          base + PLOT_TICK + 2 * PLOT_AXIS_ROW - 2, page->style->rule, 0.4);
	}
	draw_line(page, page->plot.x, base, page->plot.x + page->plot.width, base, page->style->ink, 0.6);
	for (guint i = 0; i < page->axis.labels->len; i++) {
		const struct axis_label *label = &g_array_index(page->axis.labels, struct axis_label, i);

		canvas_text(page->canvas, label->x,
		            base + PLOT_TICK + font.size * 0.9 + label->row * PLOT_AXIS_ROW,
		            label->text, &font, ALIGN_CENTER);
	}
	canvas_end(page->canvas);
}

/* ---- a row ---- */

static double row_y(const struct page *page, int row)
{
	return page->plot.y + page->rows.list[row].top + page->rows.list[row].height / 2;
}

static void draw_bin(const struct page *page, int row, int bin)
{
	const struct lifelines *lifelines = page->chart->lifelines;
	const struct lifeline *line = &lifelines->rows[row];
	int64_t sent = line->sent_in[bin], received = line->received_in[bin];
	double step = page->x.width / page->x.bins, free = step < 1.5 ? 0 : CLAMP(step * 0.1, 0.15, 2);
	double left = page->x.left + bin * step + free / 2, y = row_y(page, row);
	/* Nothing stands before the first contact or behind the last, but for what would else
	 * be too narrow to be seen beside the dot. */
	double right = left + step - free, least = MIN(right - left, BIN_MIN);
	double from = CLAMP(time_scale_x(&page->x, line->first), left, right - least);
	double to = CLAMP(time_scale_x(&page->x, line->last), from + least, right);
	const struct box above = { from, y - thickness(page, sent), to - from, thickness(page, sent) };
	const struct box below = { from, y, to - from, thickness(page, received) };
	struct look look = band_look(page, row), pale = received_look(page, look);
	char *when = time_bin_name(lifelines->unit, lifelines->edges[bin]);
	char *name = time_bin_id(lifelines->unit, lifelines->edges[bin]);
	char *id = g_strdup_printf("life-%" G_GINT64_FORMAT "-%s", line->person, name);
	char *title = g_strdup_printf("%s, %s: %s sent, %s received",
	                              text_directed(page->chart->people[row].name), when,
	                              text_count(sent), text_count(received));

	canvas_begin(page->canvas, id, title);
	note_bin(page, row, bin);
	if (sent > 0)
		style_fill_rectangle(page->canvas, &above, &look);
	if (received > 0)
		style_fill_rectangle(page->canvas, &below, &pale);
	canvas_end(page->canvas);
	g_free(when);
	g_free(name);
	g_free(id);
	g_free(title);
}

static void draw_contact(const struct page *page, int row, int64_t instant, bool sure)
{
	struct color color = band_look(page, row).color;
	struct paint full = { .fill = color, .stroke = page->style->paper, .stroke_width = 0.4 };
	struct paint hollow = { .fill = page->style->paper, .stroke = color, .stroke_width = 0.7 };

	canvas_circle(page->canvas, time_scale_x(&page->x, instant), row_y(page, row),
	              MIN(DOT, page->rows.pitch * 0.18), sure ? &full : &hollow);
}

static void draw_swatch(const struct page *page, int row)
{
	double height = MIN(page->rows.pitch - 2, 8);
	const struct box box = { page->plot.x - 5 - SWATCH, row_y(page, row) - height / 2, SWATCH,
	                         height };
	struct look look = look_of(page, row);

	if (has_swatches(page))
		style_fill_rectangle(page->canvas, &box, &look);
}

static void draw_totals(const struct page *page, int row)
{
	const struct lifeline *line = &page->chart->lifelines->rows[row];
	double y = row_y(page, row) + 0.34 * page->style->label.size;

	if (page->sent_right <= 0)
		return;
	canvas_text(page->canvas, page->sent_right, y, text_count(line->sent), &page->style->label,
	            ALIGN_RIGHT);
	canvas_text(page->canvas, page->received_right, y, text_count(line->received),
	            &page->style->label, ALIGN_RIGHT);
}

/* "Ann Lee <ann@a.example>: 3 May 2009 to 4 June 2016, 123 sent, 456 received" */
static char *row_title(const struct page *page, int row)
{
	const struct lifelines_person *person = &page->chart->people[row];
	const struct lifeline *line = &page->chart->lifelines->rows[row];
	GString *title = g_string_new(text_directed(person->name));

	if (g_strcmp0(person->name, person->address))
		g_string_append_printf(title, " <%s>", person->address);
	if (line->first == INSTANT_NONE) {
		g_string_append(title, ": no dated mail");
		return g_string_free(title, FALSE);
	}
	char *first = time_day_name(line->first), *last = time_day_name(line->last);
	g_string_append_printf(title, ": %s to %s, %s sent, %s received", first, last,
	                       text_count(line->sent), text_count(line->received));
	g_free(first);
	g_free(last);
	return g_string_free(title, FALSE);
}

/* Nothing at all would look like silence. */
static void draw_undated(const struct page *page, double y)
{
	struct font font = page->style->small;

	canvas_text(page->canvas, page->plot.x + 4, y + 0.34 * font.size, "no dated mail", &font,
	            ALIGN_LEFT);
}

static void draw_row(const struct page *page, int row)
{
	const struct lifelines *lifelines = page->chart->lifelines;
	const struct lifeline *line = &lifelines->rows[row];
	char *id = g_strdup_printf("life-%" G_GINT64_FORMAT, line->person);
	char *title = row_title(page, row);
	double y = row_y(page, row);

	canvas_begin(page->canvas, id, title);
	note_row(page, row);
	lifelines_name_draw(page->canvas, &page->rows.list[row], page->box.x, y);
	draw_swatch(page, row);
	draw_totals(page, row);
	if (line->first == INSTANT_NONE)
		draw_undated(page, y);
	if (line->first != INSTANT_NONE) {
		draw_line(page, time_scale_x(&page->x, line->first), y, time_scale_x(&page->x, line->last), y,
		          band_look(page, row).color, 0.7);
		for (int bin = 0; bin < lifelines->bin_count; bin++)
			if (line->sent_in[bin] + line->received_in[bin] > 0)
				draw_bin(page, row, bin);
		draw_contact(page, row, line->first, line->first_sure);
		draw_contact(page, row, line->last, line->last_sure);
	}
	canvas_end(page->canvas);
	g_free(id);
	g_free(title);
}

static void draw_heads(const struct page *page)
{
	double y = page->plot.y - 1;

	if (page->sent_right <= 0)
		return;
	canvas_begin(page->canvas, "heads", NULL);
	canvas_text(page->canvas, page->sent_right, y, "sent", &page->style->small, ALIGN_RIGHT);
	canvas_text(page->canvas, page->received_right, y, "received", &page->style->small, ALIGN_RIGHT);
	canvas_end(page->canvas);
}

int lifelines_chart_draw(struct canvas *canvas, double width, double height,
                         const struct lifelines_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	const struct lifelines *lifelines = chart->lifelines;
	struct page page;
	int status = 0;

	figure_data_columns(canvas_data(canvas), data_columns, LIFE_COLUMNS);
	note_rest(canvas, chart);
	if (is_empty(chart)) {
		char *facts = notes_of_coverage(chart->coverage, false);

		notes_draw_statement(canvas, lifelines->row_count == 0 ? "There is nobody here to draw."
		                     : "No message here has a date that can be drawn.", facts, &box);
		g_free(facts);
		return 0;
	}
	page_init(&page, canvas, canvas_style(canvas), chart, box);
	if (!page.rows.fits || page.plot.width < 40) {
		status = error_set(err, "the page leaves no room for %d lines: make it larger or take fewer "
		                   "people", lifelines->row_count);
	} else {
		draw_legend(&page, canvas);
		annotate_draw_periods(&page.annotations, canvas, &page.plot, "");
		draw_gaps(&page);
		draw_axis(&page);
		draw_heads(&page);
		for (int row = 0; row < lifelines->row_count; row++)
			draw_row(&page, row);
		annotate_draw_events(&page.annotations, canvas, &page.plot, "");
		notes_draw(canvas, page.notes, &box);
	}
	page_clear(&page);
	return status;
}
