#include "epistograph/matrix_chart.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"
#include "heat.h"
#include "scale.h"

#include <math.h>
#include <string.h>

#include <glib.h>

static const double least_pitch = 7.2;          /* pt between rows: letters of 6 pt */
static const double least_across = 5.2;         /* pt between columns with upright numbers */
static const double least_named = 7.4;          /* pt between columns with upright names */
static const double most_pitch = 34;
static const double smallest_type = 6;
static const double stripe = 3;                 /* pt: of colour along rows and columns */
static const double group_gap = 2.5;            /* pt between columns of two groups */
static const double bars_gap = 4;
static const double least_ticks = 9.5;          /* pt between rules of the upper bars */
static const double legend_gap = 9;             /* pt: what parts it from the cells */
static const double number_width = 11;          /* pt: of a row's number */
static const double named_from = 330;           /* pt: page sides from here on have names below */

struct plot {
	struct canvas *canvas;
	const struct style *style;
	const struct matrix_chart *chart;
	const struct matrix *matrix;
	struct heat heat;
	struct box cells;               /* all of them, with what parts the groups */
	double across, down;            /* pt between columns, between rows */
	double names;                   /* pt: width of the rows' names */
	double below;                   /* pt: height of the columns' names or numbers */
	double bars_right, bars_top;    /* pt: length of the longest bars with their axes */
	double legend;                  /* pt: height */
	bool has_headings;              /* names of groups above their rows */
	bool is_named;                  /* names below the columns, else numbers */
	bool numbers_fit;               /* below the columns, without being turned */
	bool has_counts;                /* numbers on the cells: all or none */
	struct font font, count_font;   /* of names, of numbers on cells */
};

/* pt between columns, and in a matrix without headings rows, of two groups */
static double gap_of(const struct matrix *matrix)
{
	return matrix->of == MATRIX_PEOPLE ? group_gap : 0;
}

/* ---- places ---- */

static double row_top(const struct plot *plot, int i)
{
	int group = plot->matrix->entries[i].group;
	double headings = plot->has_headings ? (group + 1) * plot->down : 0;

	return plot->cells.y + i * plot->down + headings;
}

static double column_left(const struct plot *plot, int i)
{
	return plot->cells.x + i * plot->across + plot->matrix->entries[i].group * gap_of(plot->matrix);
}

static double row_middle(const struct plot *plot, int i)
{
	return row_top(plot, i) + plot->down / 2;
}

/* Baseline of a line of text with its middle at y. */
static double baseline(double y, const struct font *font)
{
	return y + 0.35 * font->size;
}

static int class_of_group(const struct plot *plot, int group)
{
	return plot->matrix->groups[group].color;
}

static double widest_name(const struct matrix *matrix, const struct font *font)
{
	double width = 0;

	for (int i = 0; i < matrix->count; i++)
		width = fmax(width, text_measure(matrix->entries[i].name, font).width);
	return width;
}

static double legend_height(double width)
{
	return legend_gap + (width < named_from ? 4 : 2) * LEGEND_FLOW_ROW;
}

/* What stands around the cells. */
static void measure_sides(struct plot *plot, const struct box *box)
{
	const struct matrix *matrix = plot->matrix;
	bool is_large = box->width >= named_from && box->height >= named_from;
	struct font small = plot->style->label;

	small.size = smallest_type;
	plot->font = is_large ? plot->style->label : small;
	plot->bars_right = CLAMP(0.13 * box->width, 26, 76);
	plot->bars_top = CLAMP(0.1 * box->height, 20, 44);
	plot->names = fmin(widest_name(matrix, &plot->font) + 1, (is_large ? 0.26 : 0.31) * box->width);
	plot->is_named = is_large && matrix->of == MATRIX_PEOPLE;
	plot->below = plot->is_named ? fmin(widest_name(matrix, &small) + 4, 0.17 * box->height) : 10;
	plot->legend = legend_height(box->width);
}

static bool counts_fit(const struct plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	double width = 0;

	for (int i = 0; i < matrix->count * matrix->count; i++)
		width = fmax(width, text_measure(text_count(matrix->cells[i]), &plot->count_font).width);
	return width + 1.5 <= plot->across;
}

/* Divide the box, -1 if rows or columns come too close. */
static int divide(struct plot *plot, const struct box *box)
{
	const struct matrix *matrix = plot->matrix;
	double rows = matrix->count + (plot->has_headings ? matrix->group_count : 0);
	double gaps = (matrix->group_count - 1) * gap_of(matrix);

	measure_sides(plot, box);
	double left = plot->names + (plot->is_named ? 0 : number_width) + 2 + stripe + 1;
	double top = plot->bars_top + bars_gap + stripe + 1;
	double width = box->width - left - bars_gap - plot->bars_right - gaps;
	double height = box->height - top - plot->below - plot->legend;
	plot->across = fmin(width / matrix->count, most_pitch);
	plot->down = fmin(height / rows, most_pitch);
	/* Nearly square, or letters and numbers would not fit. */
	plot->down = fmin(plot->down, fmax(plot->across * 1.5, least_pitch));
	plot->across = fmin(plot->across, plot->down * 2.4);
	if (plot->down < least_pitch || plot->across < (plot->is_named ? least_named : least_across))
		return -1;
	plot->cells = (struct box){ box->x + left, box->y + top,
	                            plot->across * matrix->count + gaps, plot->down * rows };
	plot->font.size = CLAMP(plot->down * 0.83, smallest_type, plot->font.size);
	plot->has_counts = counts_fit(plot);
	plot->numbers_fit = text_measure(text_count(matrix->count), &plot->count_font).width + 1 <
	                    plot->across;
	plot->bars_right = fmin(box->width - left - plot->cells.width - bars_gap,
	                        0.5 * plot->cells.width);
	return 0;
}

/* ---- numbers beside the figure ---- */

enum {
	NAME, ADDRESS, TO_NAME, TO_ADDRESS, COMMUNITY, PEOPLE, MESSAGES, SENT, SENT_HERE, RECEIVED,
	RECEIVED_HERE,
};

/* community: that of a name's group, 0 for several; sent and received: with everybody, and
 * with those in the matrix. */
static const struct data_column columns[] = {
	[NAME] = { "name", DATA_TEXT }, [ADDRESS] = { "address", DATA_TEXT },
	[TO_NAME] = { "to_name", DATA_TEXT }, [TO_ADDRESS] = { "to_address", DATA_TEXT },
	[COMMUNITY] = { "community", DATA_INT }, [PEOPLE] = { "people", DATA_INT },
	[MESSAGES] = { "messages", DATA_INT }, [SENT] = { "sent", DATA_INT },
	[SENT_HERE] = { "sent_in_matrix", DATA_INT }, [RECEIVED] = { "received", DATA_INT },
	[RECEIVED_HERE] = { "received_in_matrix", DATA_INT },
};

static void note_entry(const struct plot *plot, const char *kind, int i)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	figure_data_mark(plot->canvas, kind);
	figure_data_text(plot->canvas, NAME, entry->name);
	if (entry->address)
		figure_data_text(plot->canvas, ADDRESS, entry->address);
}

static void note_cell(const struct plot *plot, int i, int j)
{
	const struct matrix_entry *to = &plot->matrix->entries[j];

	note_entry(plot, "cell", i);
	figure_data_text(plot->canvas, TO_NAME, to->name);
	if (to->address)
		figure_data_text(plot->canvas, TO_ADDRESS, to->address);
	figure_data_int(plot->canvas, MESSAGES, plot->matrix->cells[i * plot->matrix->count + j]);
}

static void note_bar(const struct plot *plot, int i, bool is_sent)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	note_entry(plot, is_sent ? "sent" : "received", i);
	figure_data_int(plot->canvas, is_sent ? SENT : RECEIVED,
	                is_sent ? entry->sent : entry->received);
	figure_data_int(plot->canvas, is_sent ? SENT_HERE : RECEIVED_HERE,
	                is_sent ? entry->sent_here : entry->received_here);
}

static void note_name(const struct plot *plot, int i)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	note_entry(plot, "row", i);
	figure_data_int(plot->canvas, COMMUNITY, plot->matrix->groups[entry->group].number);
	figure_data_int(plot->canvas, PEOPLE, entry->people);
}

static void note_group(const struct plot *plot, const struct people_group *group)
{
	figure_data_mark(plot->canvas, "block");
	figure_data_text(plot->canvas, NAME, group->name);
	figure_data_int(plot->canvas, COMMUNITY, group->number);
}

/* The people who are not in the matrix, and mail with one of them or more. */
static void note_others(const struct plot *plot)
{
	const struct matrix *matrix = plot->matrix;

	figure_data_rest(plot->canvas, "others");
	figure_data_int(plot->canvas, PEOPLE, matrix->people_total - matrix->people);
	figure_data_int(plot->canvas, MESSAGES, matrix->receipts_total - matrix->receipts);
}

/* ---- cells ---- */

static char *cell_title(const struct plot *plot, int i, int j)
{
	const struct matrix *matrix = plot->matrix;
	int64_t count = matrix->cells[i * matrix->count + j];
	const char *counted = text_counted(count, plot->chart->one, plot->chart->many);

	if (i == j)
		return g_strdup_printf("among %s: %s", matrix->entries[i].name, counted);
	return g_strdup_printf("%s to %s: %s", matrix->entries[i].name, matrix->entries[j].name,
	                       counted);
}

static void draw_count(const struct plot *plot, const struct box *box, int64_t count, int class)
{
	struct font font = plot->count_font;

	font.color = heat_ink(plot->style, &plot->heat, class);
	canvas_text(plot->canvas, box->x + box->width / 2, baseline(box->y + box->height / 2, &font),
	            text_count(count), &font, ALIGN_CENTER);
}

static void draw_cell(const struct plot *plot, int i, int j)
{
	const struct matrix *matrix = plot->matrix;
	int64_t count = matrix->cells[i * matrix->count + j];
	int class = heat_class(&plot->heat, count);

	if (!class)
		return;
	struct box box = { column_left(plot, j), row_top(plot, i), plot->across, plot->down };
	char *id = g_strdup_printf("cell-%d-%d", matrix->entries[i].number,
	                           matrix->entries[j].number);
	char *title = cell_title(plot, i, j);
	canvas_begin(plot->canvas, id, title);
	note_cell(plot, i, j);
	canvas_rectangle(plot->canvas, box.x, box.y, box.width, box.height,
	                 &(struct paint){ .fill = heat_color(plot->style, &plot->heat, class),
	                                  .stroke = plot->style->paper, .stroke_width = 0.4 });
	if (plot->has_counts)
		draw_count(plot, &box, count, class);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* Nobody's mail to oneself is a tie: the diagonal among people is not zero but void. */
static void draw_diagonal(const struct plot *plot)
{
	if (plot->matrix->of != MATRIX_PEOPLE)
		return;
	canvas_begin(plot->canvas, "diagonal", "mail to oneself is not counted");
	for (int i = 0; i < plot->matrix->count; i++) {
		double x = column_left(plot, i), y = row_top(plot, i);
		const struct point line[] = { { x, y }, { x + plot->across, y + plot->down } };

		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = plot->style->grey, .stroke_width = 0.4 });
	}
	canvas_end(plot->canvas);
}

/* Hair lines that lead the eye along rows and columns. */
static void draw_rules(const struct plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	const struct paint paint = { .stroke = plot->style->rule, .stroke_width = 0.25 };

	canvas_begin(plot->canvas, "rules", NULL);
	for (int g = 0; g < matrix->group_count; g++)
		for (int h = 0; h < matrix->group_count; h++) {
			const struct people_group *rows = &matrix->groups[g], *across = &matrix->groups[h];
			double left = column_left(plot, across->first), top = row_top(plot, rows->first);
			double right = left + across->count * plot->across;
			double foot = top + rows->count * plot->down;

			for (int i = 0; i <= rows->count; i++) {
				double y = top + i * plot->down;
				const struct point line[] = { { left, y }, { right, y } };
				canvas_polygon(plot->canvas, line, 2, false, &paint);
			}
			for (int i = 0; i <= across->count; i++) {
				double x = left + i * plot->across;
				const struct point line[] = { { x, top }, { x, foot } };
				canvas_polygon(plot->canvas, line, 2, false, &paint);
			}
		}
	canvas_end(plot->canvas);
}

/* ---- groups and names ---- */

static void draw_group(const struct plot *plot, int g)
{
	const struct people_group *group = &plot->matrix->groups[g];
	struct look look = style_look(plot->style, class_of_group(plot, g));
	double left = column_left(plot, group->first), top = row_top(plot, group->first);
	double width = group->count * plot->across, height = group->count * plot->down;
	char *id = g_strdup_printf("group-%d", group->number);
	struct font font = plot->font;

	font.bold = true;
	font.color = style_words(plot->style, class_of_group(plot, g));
	canvas_begin(plot->canvas, id, group->name);
	note_group(plot, group);
	style_fill_rectangle(plot->canvas,
	                     &(struct box){ plot->cells.x - stripe - 1, top, stripe, height }, &look);
	style_fill_rectangle(plot->canvas,
	                     &(struct box){ left, plot->cells.y - stripe - 1, width, stripe }, &look);
	if (group->number)
		canvas_rectangle(plot->canvas, left, top, width, height,
		                 &(struct paint){ .stroke = plot->style->ink, .stroke_width = 0.7 });
	if (plot->has_headings) {
		double x = plot->cells.x - stripe - 1 - plot->names;
		char *name = frame_fit(group->name, &font, plot->names + stripe +
		                       plot->cells.width);

		if (!plot->is_named)
			x -= number_width;
		canvas_text(plot->canvas, x, baseline(top - plot->down / 2 + 0.6, &font), name, &font,
		            ALIGN_LEFT);
		g_free(name);
	}
	canvas_end(plot->canvas);
	g_free(id);
}

static char *name_title(const struct plot *plot, int i)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	if (entry->address && strcmp(entry->name, entry->address))
		return g_strdup_printf("%s <%s>", entry->name, entry->address);
	if (entry->address)
		return g_strdup(entry->address);
	return g_strdup_printf("%s: %s", entry->name, text_counted(entry->people, "person", "people"));
}

static void draw_name(const struct plot *plot, int i)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	struct font font = plot->font, small = plot->font;
	double right = plot->cells.x - stripe - 3, y = row_middle(plot, i);
	double x = column_left(plot, i) + plot->across / 2;
	double foot = plot->cells.y + plot->cells.height;
	char *id = g_strdup_printf("name-%d", entry->number);
	char *title = name_title(plot, i), *number = g_strdup_printf("%d", i + 1);

	small.size = smallest_type;
	small.color = plot->style->faint;
	canvas_begin(plot->canvas, id, title);
	note_name(plot, i);
	if (plot->is_named) {
		char *upright = frame_fit(entry->name, &small, plot->below - 3);

		small.color = plot->style->ink;
		canvas_text_turned(plot->canvas, baseline(x, &small), foot + 3, upright, &small,
		                   ALIGN_RIGHT, -90);
		g_free(upright);
	} else {
		canvas_text(plot->canvas, right, baseline(y, &small), number, &small, ALIGN_RIGHT);
		right -= number_width;
		if (plot->numbers_fit)
			canvas_text(plot->canvas, x, foot + 7, number, &small, ALIGN_CENTER);
		else
			canvas_text_turned(plot->canvas, baseline(x, &small), foot + 2, number, &small,
			                   ALIGN_RIGHT, -90);
	}
	bool is_short = entry->short_name && text_measure(entry->name, &font).width > plot->names;
	char *name = frame_fit(is_short ? entry->short_name : entry->name, &font, plot->names);
	canvas_text(plot->canvas, right, baseline(y, &font), name, &font, ALIGN_RIGHT);
	canvas_end(plot->canvas);
	g_free(name);
	g_free(number);
	g_free(title);
	g_free(id);
}

/* ---- bars ---- */

static struct color shade_of(const struct plot *plot, bool is_here)
{
	return is_here ? style_shade(plot->style, plot->style->grey, 0.45)
	               : style_tint(plot->style, plot->style->grey, 0.45);
}

static char *bar_title(const struct plot *plot, const struct matrix_entry *entry, bool is_sent)
{
	int64_t all = is_sent ? entry->sent : entry->received;
	int64_t here = is_sent ? entry->sent_here : entry->received_here;
	const char *what = is_sent ? plot->chart->sent : plot->chart->received;

	if (here == all)
		return g_strdup_printf("%s: %s %s", entry->name,
		                       text_counted(all, plot->chart->one, plot->chart->many), what);
	return g_strdup_printf("%s: %s %s, %s of them within this matrix", entry->name,
	                       text_counted(all, plot->chart->one, plot->chart->many), what,
	                       text_count(here));
}

/* A bar of two parts from its foot: within the matrix, and all the rest. */
static void draw_bar(const struct plot *plot, int i, bool is_sent, double per_message)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	int64_t all = is_sent ? entry->sent : entry->received;
	int64_t here = is_sent ? entry->sent_here : entry->received_here;
	double lengths[] = { (double)all * per_message, (double)here * per_message };
	char *id = g_strdup_printf(is_sent ? "sent-%d" : "received-%d", entry->number);
	char *title = bar_title(plot, entry, is_sent);

	canvas_begin(plot->canvas, id, title);
	note_bar(plot, i, is_sent);
	for (int k = 0; k < 2; k++) {
		struct paint paint = { .fill = shade_of(plot, k == 1) };

		if (k == 0 && here == all)
			continue;
		if (is_sent)
			canvas_rectangle(plot->canvas, plot->cells.x + plot->cells.width + bars_gap,
			                 row_top(plot, i) + 0.12 * plot->down, lengths[k],
			                 0.76 * plot->down, &paint);
		else
			canvas_rectangle(plot->canvas, column_left(plot, i) + 0.12 * plot->across,
			                 plot->cells.y - stripe - 1 - bars_gap / 2 - lengths[k],
			                 0.76 * plot->across, lengths[k], &paint);
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
static void draw_axis_sent(const struct plot *plot, const struct scale *scale, double per_message)
{
	double left = plot->cells.x + plot->cells.width + bars_gap;
	double top = plot->has_headings ? plot->cells.y + plot->down : plot->cells.y;
	struct font font = plot->style->small;
	double y = plot->cells.y - 3, free_from = -INFINITY;

	canvas_begin(plot->canvas, "axis-sent", NULL);
	for (int k = 0; k <= scale->count; k++) {
		double x = left + (double)(k * scale->step) * per_message;
		const struct point line[] = { { x, top }, { x, plot->cells.y + plot->cells.height } };
		const char *text = text_count(k * scale->step);
		double width = text_measure(text, &font).width;

		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
		double start = fmin(k == 0 ? x : x - width / 2, left + plot->bars_right - width);
		if (start < free_from)
			continue;
		canvas_text(plot->canvas, start, y, text, &font, ALIGN_LEFT);
		free_from = start + width + 3;
	}
	font.bold = true;
	canvas_text(plot->canvas, left, y - 8, plot->chart->sent, &font, ALIGN_LEFT);
	canvas_end(plot->canvas);
}

static void draw_axis_received(const struct plot *plot, const struct scale *scale,
                               double per_message)
{
	double foot = plot->cells.y - stripe - 1 - bars_gap / 2;
	struct font font = plot->style->small;

	canvas_begin(plot->canvas, "axis-received", NULL);
	for (int k = 0; k <= scale->count; k++) {
		double y = foot - (double)(k * scale->step) * per_message;
		const struct point line[] = { { plot->cells.x, y },
		                              { plot->cells.x + plot->cells.width, y } };

		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
		canvas_text(plot->canvas, plot->cells.x - 3, baseline(y, &font),
		            text_count(k * scale->step), &font, ALIGN_RIGHT);
	}
	double number = text_measure(text_count(scale->count * scale->step), &font).width;
	font.bold = true;
	canvas_text(plot->canvas, plot->cells.x - 9 - number,
	            baseline(foot - (double)(scale->count * scale->step) * per_message, &font),
	            plot->chart->received, &font, ALIGN_RIGHT);
	canvas_end(plot->canvas);
}

static void draw_bars(const struct plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	double number = text_measure(text_count(longest_bar(matrix, true)), &plot->style->small).width;
	struct scale sent = scale_for_counts(longest_bar(matrix, true),
	                                     (int)(plot->bars_right / (number + 6)));
	struct scale received = scale_for_counts(longest_bar(matrix, false),
	                                         (int)((plot->bars_top - 6) / least_ticks));
	double along = (plot->bars_right - 2) / (double)sent.top;
	double up = (plot->bars_top - 6) / (double)received.top;

	draw_axis_sent(plot, &sent, along);
	draw_axis_received(plot, &received, up);
	for (int i = 0; i < matrix->count; i++) {
		draw_bar(plot, i, true, along);
		draw_bar(plot, i, false, up);
	}
}

/* ---- the legend ---- */

static void add_bar(struct legend_flow *flow, const struct plot *plot, bool is_here,
                    const char *text)
{
	const struct look look = { .color = shade_of(plot, is_here) };

	legend_flow_add(flow, &look, text);
}

static void draw_legend(const struct plot *plot, const struct box *box)
{
	const struct matrix *matrix = plot->matrix;
	const struct point at = { box->x, plot->cells.y + plot->cells.height + plot->below +
	                                  legend_gap };
	struct legend_flow flow;
	char *words = g_strdup_printf("%c%s from row to column",
	                              g_ascii_toupper(plot->chart->many[0]), plot->chart->many + 1);

	legend_flow_begin(&flow, plot->canvas, plot->style, &at, box->width, words);
	heat_legend(&plot->heat, &flow);
	if (matrix->receipts < matrix->receipts_total) {
		add_bar(&flow, plot, true, "bars: within this matrix");
		add_bar(&flow, plot, false, "with others");
	}
	legend_flow_end(&flow, at.y);
	g_free(words);
}

/* ---- the page ---- */

static void draw_plot(const struct plot *plot, const struct box *box)
{
	const struct matrix *matrix = plot->matrix;

	draw_rules(plot);
	draw_diagonal(plot);
	for (int i = 0; i < matrix->count; i++)
		for (int j = 0; j < matrix->count; j++)
			draw_cell(plot, i, j);
	for (int g = 0; g < matrix->group_count; g++)
		draw_group(plot, g);
	for (int i = 0; i < matrix->count; i++)
		draw_name(plot, i);
	draw_bars(plot);
	note_others(plot);
	draw_legend(plot, box);
}

static struct plot begin_plot(struct canvas *canvas, const struct style *style,
                              const struct matrix_chart *chart)
{
	const struct matrix *matrix = chart->matrix;
	struct plot plot = {
		.canvas = canvas, .style = style, .chart = chart, .matrix = matrix,
		.has_headings = matrix->of == MATRIX_PEOPLE && matrix->group_count > 1,
		.count_font = style->label,
	};

	plot.count_font.size = smallest_type;
	return plot;
}

bool matrix_chart_fits(const struct style *style, double width, double height,
                       const struct matrix_chart *chart)
{
	struct plot plot = begin_plot(NULL, style, chart);
	struct box box = frame_room(style, width, height, &chart->frame);

	return chart->matrix->count <= (chart->matrix->of == MATRIX_PEOPLE ? MATRIX_PEOPLE_MAX
	                                : MATRIX_COMMUNITIES_MAX) && divide(&plot, &box) == 0;
}

int matrix_chart_draw(struct canvas *canvas, double width, double height,
                      const struct matrix_chart *chart, struct error *err)
{
	const struct matrix *matrix = chart->matrix;
	struct plot plot = begin_plot(canvas, canvas_style(canvas), chart);
	struct box box = frame_draw(canvas, width, height, &chart->frame);

	figure_data_columns(canvas_data(canvas), columns, G_N_ELEMENTS(columns));
	if (!matrix->count) {
		canvas_text(canvas, box.x, box.y + 20, "No mail from one person to another",
		            &plot.style->label, ALIGN_LEFT);
		return 0;
	}
	plot.heat = heat_steps(matrix_most(matrix, false));
	if (divide(&plot, &box) < 0)
		return error_set(err, "the page has no room for a matrix of %d rows: choose a larger page "
		                 "or fewer rows", matrix->count);
	draw_plot(&plot, &box);
	return 0;
}
