#include "matrix_parts.h"

#include "scale.h"

#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

static const double least_ticks = 9.5;          /* pt between rules of the upper bars */

struct color matrix_bar_color(const struct matrix_plot *plot, bool is_here)
{
	return is_here ? style_shade(plot->style, plot->style->grey, 0.45)
	               : style_tint(plot->style, plot->style->grey, 0.45);
}

static char *bar_title(const struct matrix_plot *plot, const struct matrix_entry *entry,
                       bool is_sent)
{
	int64_t all = is_sent ? entry->sent : entry->received;
	int64_t here = is_sent ? entry->sent_here : entry->received_here;
	const char *what = is_sent ? plot->chart->sent : plot->chart->received;

	if (here == all)
		return g_strdup_printf("%s: %s %s", text_directed(entry->name),
		                       text_counted(all, plot->chart->one, plot->chart->many), what);
	return g_strdup_printf("%s: %s %s, %s of them within this matrix", text_directed(entry->name),
	                       text_counted(all, plot->chart->one, plot->chart->many), what,
	                       text_count(here));
}

/* A bar of two parts from its foot: within the matrix, and all the rest. */
static void draw_bar(const struct matrix_plot *plot, int i, bool is_sent, double per_message)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	const struct matrix_layout *layout = &plot->layout;
	int64_t all = is_sent ? entry->sent : entry->received;
	int64_t here = is_sent ? entry->sent_here : entry->received_here;
	double lengths[] = { (double)all * per_message, (double)here * per_message };
	char *id = g_strdup_printf(is_sent ? "sent-%d" : "received-%d", entry->number);
	char *title = bar_title(plot, entry, is_sent);

	canvas_begin(plot->canvas, id, title);
	matrix_data_bar(plot, i, is_sent);
	for (int k = 0; k < 2; k++) {
		struct paint paint = { .fill = matrix_bar_color(plot, k == 1) };

		if (k == 0 && here == all)
			continue;
		if (is_sent)
			canvas_rectangle(plot->canvas, matrix_bars_left(layout),
			                 matrix_row_top(layout, i) + 0.12 * layout->down, lengths[k],
			                 0.76 * layout->down, &paint);
		else
			canvas_rectangle(plot->canvas, matrix_column_left(layout, i) + 0.12 * layout->across,
			                 matrix_bars_foot(layout) - lengths[k], 0.76 * layout->across,
			                 lengths[k], &paint);
	}
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

static int64_t longest_bar(const struct matrix *matrix, bool is_sent)
{
	int64_t most = 0;

	for (int i = 0; i < matrix->count; i++)
		most = MAX(most, is_sent ? matrix->entries[i].sent : matrix->entries[i].received);
	return most;
}

/* The axis of the bars at the right, with its numbers above them. */
static void draw_axis_sent(const struct matrix_plot *plot, const struct scale *scale,
                           double per_message)
{
	const struct box *cells = &plot->layout.cells;
	double left = matrix_bars_left(&plot->layout), top = matrix_row_top(&plot->layout, 0);
	struct font font = plot->style->small;
	double y = cells->y - 3, free_from = -INFINITY;

	canvas_begin(plot->canvas, "axis-sent", NULL);
	for (int k = 0; k <= scale->count; k++) {
		double x = left + (double)(k * scale->step) * per_message;
		const struct point line[] = { { x, top }, { x, cells->y + cells->height } };
		const char *text = text_count(k * scale->step);
		double width = text_measure(text, &font).width;

		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
		double start = fmin(k == 0 ? x : x - width / 2, left + plot->layout.bars_right - width);
		if (start < free_from)
			continue;
		canvas_text(plot->canvas, start, y, text, &font, ALIGN_LEFT);
		free_from = start + width + 3;
	}
	font.bold = true;
	canvas_text(plot->canvas, left, y - 8, plot->chart->sent, &font, ALIGN_LEFT);
	canvas_end(plot->canvas);
}

static void draw_axis_received(const struct matrix_plot *plot, const struct scale *scale,
                               double per_message)
{
	const struct box *cells = &plot->layout.cells;
	double foot = matrix_bars_foot(&plot->layout);
	double head = foot - (double)(scale->count * scale->step) * per_message;
	struct font font = plot->style->small;

	canvas_begin(plot->canvas, "axis-received", NULL);
	for (int k = 0; k <= scale->count; k++) {
		double y = foot - (double)(k * scale->step) * per_message;
		const struct point line[] = { { cells->x, y }, { cells->x + cells->width, y } };

		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
		canvas_text(plot->canvas, cells->x - 3, matrix_baseline(y, &font),
		            text_count(k * scale->step), &font, ALIGN_RIGHT);
	}
	double number = text_measure(text_count(scale->count * scale->step), &font).width;
	font.bold = true;
	canvas_text(plot->canvas, cells->x - 9 - number, matrix_baseline(head, &font),
	            plot->chart->received, &font, ALIGN_RIGHT);
	canvas_end(plot->canvas);
}

void matrix_draw_bars(const struct matrix_plot *plot)
{
	const struct matrix_layout *layout = &plot->layout;
	int64_t most_sent = longest_bar(plot->matrix, true);
	int64_t most_received = longest_bar(plot->matrix, false);
	double number = text_measure(text_count(most_sent), &plot->style->small).width;
	struct scale sent = scale_for_counts(most_sent, (int)(layout->bars_right / (number + 6)));
	struct scale received = scale_for_counts(most_received,
	                                         (int)((layout->bars_top - 6) / least_ticks));
	double along = (layout->bars_right - 2) / (double)sent.top;
	double up = (layout->bars_top - 6) / (double)received.top;

	draw_axis_sent(plot, &sent, along);
	draw_axis_received(plot, &received, up);
	for (int i = 0; i < plot->matrix->count; i++) {
		draw_bar(plot, i, true, along);
		draw_bar(plot, i, false, up);
	}
}
