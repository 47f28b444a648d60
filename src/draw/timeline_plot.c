#include "timeline_parts.h"

#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <glib.h>

/* A bar shorter than this would vanish: one message beside ten thousand is still
 * one message. The tooltip has the number. */
#define BAR_MIN 0.6             /* pt */
#define BAR_MAX 30.0            /* pt wide */

#define GAP_LABELS_MAX 20       /* more would only repeat themselves */

double plot_y(const struct plot *plot, int64_t count)
{
	const struct box *area = &plot->area;

	return area->y + area->height * (1 - (double)count / (double)plot->y.top);
}

void plot_draw_rules(const struct plot *plot, bool with_numbers)
{
	const struct box *area = &plot->area;
	struct font font = plot->style->label;

	font.color = plot->style->faint;
	canvas_begin(plot->canvas, "axis-count", NULL);
	for (int i = 0; i <= plot->y.count; i++) {
		int64_t count = plot->y.step * i;
		double y = plot_y(plot, count);
		const struct point rule[] = { { area->x, y }, { area->x + area->width, y } };

		canvas_polygon(plot->canvas, rule, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
		if (with_numbers)
			canvas_text(plot->canvas, area->x - 4, y + 0.34 * font.size, text_count(count),
			            &font, ALIGN_RIGHT);
	}
	canvas_end(plot->canvas);
}

/* ---- gaps ---- */

static struct box gap_box(const struct plot *plot, const struct timeline_gap *gap)
{
	double from = time_scale_x(&plot->x, gap->start), to = time_scale_x(&plot->x, gap->end);

	return (struct box){ from, plot->area.y, to - from, plot->area.height };
}

void plot_draw_gaps(const struct plot *plot)
{
	const struct paint paint = { .fill = plot->style->blank, .stroke = plot->style->blank_line,
	                             .stroke_width = 0.35 };

	for (int i = 0; i < plot->timeline->gap_count; i++) {
		const struct timeline_gap *gap = &plot->timeline->gaps[i];
		struct box box = gap_box(plot, gap);
		char *name = time_bin_id(CALENDAR_DAY, gap->start);
		char *id = plot->series < 0 ? g_strconcat("gap-", name, NULL)
			: g_strdup_printf("gap-%s-s%d", name, plot->series + 1);
		char *title = timeline_gap_title(gap);

		canvas_begin(plot->canvas, id, title);
		canvas_hatch(plot->canvas, box.x, box.y, box.width, box.height, 2.5, &paint);
		figure_data_mark(plot->canvas, "gap");
		annotate_days(plot->canvas, gap->start, gap->end);
		canvas_end(plot->canvas);
		g_free(name);
		g_free(id);
		g_free(title);
	}
}

static int64_t shown_count(const struct plot *plot, int bin)
{
	const struct timeline_bin *at = &plot->timeline->bins[bin];

	return plot->series < 0 ? at->total : at->counts[plot->series];
}

static double bin_left(const struct plot *plot, int bin)
{
	return plot->x.left + bin * plot->x.width / plot->x.bins;
}

/* The top of the highest bar between two places. */
static double skyline(const struct plot *plot, double from, double to)
{
	double step = plot->x.width / plot->x.bins;
	int first = CLAMP((int)((from - plot->x.left) / step), 0, plot->x.bins - 1);
	int last = CLAMP((int)((to - plot->x.left) / step), 0, plot->x.bins - 1);
	int64_t highest = 0;

	for (int i = first; i <= last; i++)
		highest = MAX(highest, shown_count(plot, i));
	return plot_y(plot, highest);
}

static bool meets_any(const GArray *boxes, const struct box *box)
{
	for (guint i = 0; i < boxes->len; i++) {
		const struct box *other = &g_array_index(boxes, struct box, i);
		if (box->x < other->x + other->width && other->x < box->x + box->width &&
		    box->y < other->y + other->height && other->y < box->y + box->height)
			return true;
	}
	return false;
}

/* Place lines of text centred over the gap, above all bars beneath and beside what
 * is taken. Takes lines if there is room. */
static bool place_lines(const struct plot *plot, const struct box *gap, char **lines,
                        GArray *taken, GArray *labels)
{
	const struct box *area = &plot->area;
	double size = plot->style->small.size;
	struct box box = { .y = area->y + 2, .height = g_strv_length(lines) * size * 1.2 };

	for (int i = 0; lines[i]; i++)
		box.width = MAX(box.width, text_measure(lines[i], &plot->style->small).width);
	box.x = CLAMP(gap->x + gap->width / 2 - box.width / 2, area->x + 1,
	              MAX(area->x + area->width - box.width - 1, area->x + 1));
	struct box padded = { box.x - 2, box.y, box.width + 4, box.height };
	if (box.width > area->width - 2 || meets_any(taken, &padded) ||
	    box.y + box.height + 2 > skyline(plot, padded.x, padded.x + padded.width))
		return false;
	g_array_append_val(taken, padded);
	struct gap_label label = { lines, box.x + box.width / 2, box.y };
	g_array_append_val(labels, label);
	return true;
}

/* Inside the gap, broken to its width; if that is too narrow, in one line over it. */
static void label_gap(const struct plot *plot, const struct timeline_gap *gap, GArray *taken,
                      GArray *labels)
{
	struct box box = gap_box(plot, gap);
	char *text = timeline_gap_text(gap);
	char **lines = frame_wrap(text, &plot->style->small, box.width - 3);
	bool is_inside = g_strv_length(lines) <= 3;

	for (int i = 0; lines[i]; i++)
		is_inside = is_inside && text_measure(lines[i], &plot->style->small).width <= box.width - 2;
	if (!is_inside || !place_lines(plot, &box, lines, taken, labels)) {
		g_strfreev(lines);
		lines = g_new0(char *, 2);
		lines[0] = g_strdup(text);
		if (!place_lines(plot, &box, lines, taken, labels))
			g_strfreev(lines);
	}
	g_free(text);
}

static void gap_label_clear(void *label)
{
	g_strfreev(((struct gap_label *)label)->lines);
}

static int compare_gaps(const void *left, const void *right)
{
	const struct timeline_gap *a = *(const struct timeline_gap *const *)left;
	const struct timeline_gap *b = *(const struct timeline_gap *const *)right;
	int64_t length_a = a->end - a->start, length_b = b->end - b->start;

	if (length_a != length_b)
		return length_a > length_b ? -1 : 1;
	return (a->start > b->start) - (a->start < b->start);
}

/* What no label of this gap may cover: the other gaps. */
static void take_others(const struct plot *plot, const struct timeline_gap *mine, GArray *taken)
{
	for (int i = 0; i < plot->timeline->gap_count; i++) {
		struct box box = gap_box(plot, &plot->timeline->gaps[i]);
		if (&plot->timeline->gaps[i] != mine)
			g_array_append_val(taken, box);
	}
}

GArray *plot_label_gaps(const struct plot *plot, GArray *taken)
{
	int count = plot->timeline->gap_count;
	const struct timeline_gap **gaps = g_new(const struct timeline_gap *, MAX(count, 1));
	GArray *labels = g_array_new(FALSE, FALSE, sizeof(struct gap_label));

	g_array_set_clear_func(labels, gap_label_clear);
	for (int i = 0; i < count; i++)
		gaps[i] = &plot->timeline->gaps[i];
	qsort(gaps, (size_t)count, sizeof *gaps, compare_gaps);         /* the longest first */
	for (int i = 0; i < MIN(count, GAP_LABELS_MAX) && labels->len == (guint)i; i++) {
		guint own_end = taken->len;

		take_others(plot, gaps[i], taken);
		guint others_end = taken->len;
		label_gap(plot, gaps[i], taken, labels);
		g_array_remove_range(taken, own_end, others_end - own_end);
	}
	g_free(gaps);
	return labels;
}

void plot_draw_gap_labels(const struct plot *plot, const GArray *labels)
{
	struct font font = plot->style->small;

	font.halo = plot->style->paper;
	font.halo_width = 1.2;
	for (guint i = 0; i < labels->len; i++) {
		const struct gap_label *label = &g_array_index(labels, struct gap_label, i);

		for (int k = 0; label->lines[k]; k++)
			canvas_text(plot->canvas, label->x, label->y + font.size * (1 + 1.2 * k),
			            label->lines[k], &font, ALIGN_CENTER);
	}
}

/* ---- columns ---- */

struct column { double x, width; };

/* Bars leave a fifth of their place free, more where they would be blocks, and
 * nothing where they are hairs. */
static struct column column_of(const struct plot *plot, int bin)
{
	double step = plot->x.width / plot->x.bins;
	double free = step < 1.5 ? 0 : CLAMP(step * 0.2, 0.3, 4);
	double width = MIN(step - free, BAR_MAX);

	return (struct column){ bin_left(plot, bin) + (step - width) / 2, width };
}

/* The upper part of the bar whose dates are repaired is hollow. */
static void draw_hollow(const struct plot *plot, const struct column *column, double top,
                        double height, int64_t repaired, int64_t count,
                        const struct look *look)
{
	double part = height * (double)repaired / (double)count;
	double line = MIN(0.6, column->width / 4);
	struct color fill = column->width < 3 ? timeline_pale(plot->style, look).color
	                                      : plot->style->paper;

	if (part < 0.1)
		return;
	canvas_rectangle(plot->canvas, column->x + line / 2, top + line / 2, column->width - line,
	                 MAX(part - line, 0),
	                 &(struct paint){ .fill = fill, .stroke = look->color,
	                                  .stroke_width = line });
}

static void note_bar(const struct plot *plot, int bin, int series)
{
	const struct timeline *timeline = plot->timeline;
	const struct timeline_bin *at = &timeline->bins[bin];

	figure_data_mark(plot->canvas, "bar");
	annotate_days(plot->canvas, at->start, calendar_next(timeline->unit, at->start));
	figure_data_text(plot->canvas, TIMELINE_SERIES, timeline->series_names[series]);
	figure_data_int(plot->canvas, TIMELINE_MESSAGES, at->counts[series]);
	if (timeline->series_count <= 1)
		figure_data_int(plot->canvas, TIMELINE_REPAIRED, at->repaired);
	figure_data_int(plot->canvas, TIMELINE_INCOMPLETE, timeline_is_partial(timeline, bin));
}

/* A bar from `below` up to `below + count` messages. */
static void draw_bar(const struct plot *plot, int bin, int series, int64_t below)
{
	const struct timeline *timeline = plot->timeline;
	const struct timeline_bin *at = &timeline->bins[bin];
	struct column column = column_of(plot, bin);
	struct look look = timeline_series_look(plot->style, timeline, series);
	int64_t count = at->counts[series];
	double bottom = plot_y(plot, below);
	double height = bottom - plot_y(plot, below + count);
	char *name = time_bin_id(timeline->unit, at->start);
	char *id = timeline->series_count <= 1 ? g_strconcat("bar-", name, NULL)
		: g_strdup_printf("bar-%s-s%d", name, series + 1);
	char *title = timeline_bar_title(timeline, bin, series);

	if (below == 0)
		height = MAX(height, BAR_MIN);
	struct look pale = timeline_pale(plot->style, &look);
	const struct box box = { column.x, bottom - height, column.width, height };
	canvas_begin(plot->canvas, id, title);
	style_fill_rectangle(plot->canvas, &box, timeline_is_partial(timeline, bin) ? &pale : &look);
	if (plot->shows_repairs && at->repaired > 0)
		draw_hollow(plot, &column, box.y, height, at->repaired, count, &look);
	note_bar(plot, bin, series);
	canvas_end(plot->canvas);
	g_free(name);
	g_free(id);
	g_free(title);
}

void plot_draw_bars(const struct plot *plot)
{
	const struct timeline *timeline = plot->timeline;
	const struct box *area = &plot->area;

	for (int bin = 0; bin < timeline->bin_count; bin++) {
		int64_t below = 0;

		for (int s = 0; s < timeline->series_count; s++) {
			int64_t count = timeline->bins[bin].counts[s];

			if (count <= 0 || (plot->series >= 0 && plot->series != s))
				continue;
			draw_bar(plot, bin, s, below);
			below += count;
		}
	}
	const struct point base[] = {
		{ area->x, area->y + area->height }, { area->x + area->width, area->y + area->height },
	};
	canvas_polygon(plot->canvas, base, 2, false,
	               &(struct paint){ .stroke = plot->style->ink, .stroke_width = 0.6 });
}

void plot_draw_axis(const struct plot *plot, const struct axis *axis, bool with_labels)
{
	double base = plot->area.y + plot->area.height;
	struct font font = plot->style->label;

	font.color = plot->style->faint;
	canvas_begin(plot->canvas, "axis-time", NULL);
	for (guint i = 0; i < axis->ticks->len; i++) {
		const struct axis_tick *tick = &g_array_index(axis->ticks, struct axis_tick, i);
		double length = tick->is_long && with_labels ? PLOT_TICK + 2 * PLOT_AXIS_ROW - 2 : PLOT_TICK;
		const struct point line[] = { { tick->x, base }, { tick->x, base + length } };

		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = tick->is_long ? plot->style->rule : plot->style->ink,
		                                .stroke_width = 0.4 });
	}
	for (guint i = 0; with_labels && i < axis->labels->len; i++) {
		const struct axis_label *label = &g_array_index(axis->labels, struct axis_label, i);

		canvas_text(plot->canvas, label->x,
		            base + PLOT_TICK + font.size * 0.9 + label->row * PLOT_AXIS_ROW,
		            label->text, &font, ALIGN_CENTER);
	}
	canvas_end(plot->canvas);
}
