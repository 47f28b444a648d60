#include "epistograph/matrix_chart.h"

#include "matrix_parts.h"
#include "notes.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

static const double legend_gap = 9;             /* pt: what parts it from the cells */
static const double gap_spacing = 3;            /* pt: between lines of what is not seen */
static const double swatch_width = 8, swatch_height = 6;        /* pt: as others in the legend */
static const char oneself[] = "oneself: not counted";

double matrix_baseline(double y, const struct font *font)
{
	return y + 0.35 * font->size;
}

/* ---- cells ---- */

static char *cell_title(const struct matrix_plot *plot, int i, int j)
{
	const struct matrix *matrix = plot->matrix;
	int64_t count = matrix->cells[i * matrix->count + j];
	const char *counted = text_counted(count, plot->chart->one, plot->chart->many);

	if (i == j)
		return g_strdup_printf("among %s: %s", text_directed(matrix->entries[i].name), counted);
	return g_strdup_printf("%s to %s: %s", text_directed(matrix->entries[i].name),
	                       text_directed(matrix->entries[j].name),
	                       counted);
}

static void draw_count(const struct matrix_plot *plot, const struct box *box, int64_t count,
                       int class)
{
	struct font font = plot->small;

	font.color = heat_ink(plot->style, &plot->heat, class);
	canvas_text(plot->canvas, box->x + box->width / 2,
	            matrix_baseline(box->y + box->height / 2, &font), text_count(count), &font,
	            ALIGN_CENTER);
}

static void draw_cell(const struct matrix_plot *plot, int i, int j)
{
	const struct matrix *matrix = plot->matrix;
	int64_t count = matrix->cells[i * matrix->count + j];
	int class = heat_class(&plot->heat, count);

	if (!class)
		return;
	const struct matrix_layout *layout = &plot->layout;
	struct box box = { matrix_column_left(layout, j), matrix_row_top(layout, i), layout->across,
	                   layout->down };
	char *id = g_strdup_printf("cell-%d-%d", matrix->entries[i].number,
	                           matrix->entries[j].number);
	char *title = cell_title(plot, i, j);
	canvas_begin(plot->canvas, id, title);
	matrix_data_cell(plot, i, j);
	struct paint paint = { .fill = heat_color(plot->style, &plot->heat, class) };
	if (layout->levels) {           /* smaller cells would be all seam */
		paint.stroke = plot->style->paper;
		paint.stroke_width = 0.4;
	}
	canvas_rectangle(plot->canvas, box.x, box.y, box.width, box.height, &paint);
	if (plot->has_counts)
		draw_count(plot, &box, count, class);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* Mail between two whose mailboxes are not here is seen by chance: none of it is not zero. */
static bool is_seen(const struct matrix_plot *plot, int i, int j)
{
	const bool *owns = plot->chart->owns;

	return !owns || owns[i] || owns[j];
}

static void draw_gap(const struct matrix_plot *plot, const struct box *box)
{
	canvas_hatch(plot->canvas, box->x, box->y, box->width, box->height, gap_spacing,
	             &(struct paint){ .fill = plot->style->blank, .stroke = plot->style->blank_line,
	                              .stroke_width = 0.3 });
}

/* The cells of a row in one group's columns that nobody here would have a copy of. */
static void draw_gaps_of(const struct matrix_plot *plot, int row, const struct people_group *group)
{
	const struct matrix_layout *layout = &plot->layout;
	int end = group->first + group->count;

	for (int i = group->first, from; i < end; i++) {
		for (from = i; i < end && !is_seen(plot, row, i); i++)
			;
		if (i > from)
			draw_gap(plot, &(struct box){ matrix_column_left(layout, from),
			                              matrix_row_top(layout, row),
			                              (i - from) * layout->across, layout->down });
	}
}

static void draw_gaps(const struct matrix_plot *plot)
{
	const struct matrix *matrix = plot->matrix;

	if (!plot->chart->owns)
		return;
	canvas_begin(plot->canvas, "gaps", "none in these mailboxes");
	for (int row = 0; row < matrix->count; row++)
		for (int g = 0; g < matrix->group_count; g++)
			draw_gaps_of(plot, row, &matrix->groups[g]);
	canvas_end(plot->canvas);
}

/* A cell struck out. */
static void draw_struck(const struct matrix_plot *plot, const struct box *box)
{
	const struct point line[] = { { box->x, box->y }, { box->x + box->width, box->y + box->height } };

	canvas_rectangle(plot->canvas, box->x, box->y, box->width, box->height,
	                 &(struct paint){ .fill = plot->style->paper });
	canvas_polygon(plot->canvas, line, 2, false,
	               &(struct paint){ .stroke = plot->style->grey, .stroke_width = 0.6 });
}

/* Nobody's mail to oneself is a tie: the diagonal among people is not zero but void. */
static void draw_diagonal(const struct matrix_plot *plot)
{
	const struct matrix_layout *layout = &plot->layout;

	if (plot->matrix->of != MATRIX_PEOPLE)
		return;
	canvas_begin(plot->canvas, "diagonal", oneself);
	for (int i = 0; i < plot->matrix->count; i++)
		draw_struck(plot, &(struct box){ matrix_column_left(layout, i), matrix_row_top(layout, i),
		                                 layout->across, layout->down });
	canvas_end(plot->canvas);
}

static void draw_rule(const struct matrix_plot *plot, double x1, double y1, double x2, double y2)
{
	const struct point line[] = { { x1, y1 }, { x2, y2 } };

	canvas_polygon(plot->canvas, line, 2, false,
	               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.25 });
}

/* The rules of the rows of one group and the columns of another; where names are too many to
 * stand beside them, around all of it only. */
static void draw_block_rules(const struct matrix_plot *plot, const struct people_group *rows,
                             const struct people_group *columns)
{
	const struct matrix_layout *layout = &plot->layout;
	double left = matrix_column_left(layout, columns->first);
	double top = matrix_row_top(layout, rows->first);
	double right = left + columns->count * layout->across;
	double foot = top + rows->count * layout->down;

	for (int i = 0; i <= rows->count; i += layout->levels ? 1 : rows->count)
		draw_rule(plot, left, top + i * layout->down, right, top + i * layout->down);
	for (int i = 0; i <= columns->count; i += layout->levels ? 1 : columns->count)
		draw_rule(plot, left + i * layout->across, top, left + i * layout->across, foot);
}

/* Hair lines that lead the eye along rows and columns. */
static void draw_rules(const struct matrix_plot *plot)
{
	const struct matrix *matrix = plot->matrix;

	canvas_begin(plot->canvas, "rules", NULL);
	for (int g = 0; g < matrix->group_count; g++)
		for (int h = 0; h < matrix->group_count; h++)
			draw_block_rules(plot, &matrix->groups[g], &matrix->groups[h]);
	canvas_end(plot->canvas);
}

/* ---- the legend ---- */

static void add_bar(struct legend_flow *flow, const struct matrix_plot *plot, bool is_here,
                    const char *text)
{
	const struct look look = { .color = matrix_bar_color(plot, is_here) };

	legend_flow_add(flow, &look, text);
}

/* What is not a count. */
static void add_voids(struct legend_flow *flow, const struct matrix_plot *plot)
{
	struct box box = { 0, 0, swatch_width, swatch_height };

	if (plot->matrix->of != MATRIX_PEOPLE)
		return;
	struct point at = legend_flow_add_mark(flow, swatch_width, oneself);
	box.x = at.x;
	box.y = at.y + 1.5;
	if (flow->canvas)
		draw_struck(plot, &box);
	if (!plot->chart->owns)
		return;
	at = legend_flow_add_mark(flow, swatch_width, plot->chart->owners == 1
	                          ? "none in this mailbox" : "none in these mailboxes");
	box.x = at.x;
	box.y = at.y + 1.5;
	if (flow->canvas)
		draw_gap(plot, &box);
}

/* Returns its height with the gap above it; canvas NULL only measures. */
static double draw_legend(struct canvas *canvas, const struct matrix_plot *plot,
                          const struct box *box, double top)
{
	const struct matrix *matrix = plot->matrix;
	const struct point at = { box->x, top + legend_gap };
	struct legend_flow flow;
	char *words = g_strdup_printf("%c%s from row to column",
	                              g_ascii_toupper(plot->chart->many[0]), plot->chart->many + 1);

	legend_flow_begin(&flow, canvas, plot->style, &at, box->width, words);
	heat_legend(&plot->heat, &flow);
	add_voids(&flow, plot);
	if (matrix->receipts < matrix->receipts_total) {
		add_bar(&flow, plot, true, "bars: within this matrix");
		add_bar(&flow, plot, false, "with others");
	}
	g_free(words);
	return legend_gap + legend_flow_end(&flow, at.y);
}

/* ---- the page ---- */

/* Below the legend, what has no room in its place. */
static void draw_notes(const struct matrix_plot *plot)
{
	const struct matrix_layout *layout = &plot->layout;
	const struct box box = { layout->box.x, layout->box.y, layout->box.width,
	                         matrix_layout_height(layout) };
	char **lines = matrix_notes(layout, plot->style);

	notes_draw(plot->canvas, lines, &box);
	g_strfreev(lines);
}

static void draw_plot(const struct matrix_plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	const struct matrix_layout *layout = &plot->layout;

	draw_gaps(plot);
	draw_rules(plot);
	draw_diagonal(plot);
	for (int i = 0; i < matrix->count; i++)
		for (int j = 0; j < matrix->count; j++)
			draw_cell(plot, i, j);
	matrix_draw_names(plot);
	matrix_draw_bars(plot);
	matrix_data_others(plot);
	draw_legend(plot->canvas, plot, &layout->box,
	            layout->cells.y + layout->cells.height + layout->below);
	draw_notes(plot);
}

static bool counts_fit(const struct matrix_plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	double width = 0;

	for (int i = 0; i < matrix->count * matrix->count; i++)
		width = fmax(width, text_measure(text_count(matrix->cells[i]), &plot->small).width);
	return plot->layout.levels == 1 && width + 1.5 <= plot->layout.across;
}

/* All but what is drawn; -1 if there is no room. */
static int prepare(struct matrix_plot *plot, struct canvas *canvas, const struct style *style,
                   const struct matrix_chart *chart, const struct box *box)
{
	*plot = (struct matrix_plot){ .canvas = canvas, .style = style, .chart = chart,
	                              .matrix = chart->matrix, .small = style->label,
	                              .heat = heat_steps(matrix_most(chart->matrix, false)) };
	plot->small.size = MATRIX_SMALLEST_TYPE;
	plot->small.color = style->faint;
	double legend = draw_legend(NULL, plot, box, 0);
	return matrix_layout(&plot->layout, style, chart->matrix, box, legend);
}

enum matrix_room matrix_chart_room(const struct style *style, double width, double height,
                                   const struct matrix_chart *chart)
{
	struct matrix_plot plot;
	struct box box = frame_room(style, width, height, &chart->frame);

	if (prepare(&plot, NULL, style, chart, &box) < 0)
		return MATRIX_NO_ROOM;
	return plot.layout.levels ? MATRIX_NAMED : MATRIX_UNNAMED;
}

double matrix_chart_height(const struct style *style, double width, double height,
                           const struct matrix_chart *chart)
{
	struct matrix_plot plot;
	struct box box = frame_room(style, width, height, &chart->frame);

	if (!chart->matrix->count || prepare(&plot, NULL, style, chart, &box) < 0)
		return height;
	return fmin(height, height - box.height + matrix_layout_height(&plot.layout));
}

int matrix_chart_draw(struct canvas *canvas, double width, double height,
                      const struct matrix_chart *chart, struct error *err)
{
	struct matrix_plot plot;
	const struct style *style = canvas_style(canvas);
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	int status = prepare(&plot, canvas, style, chart, &box);

	matrix_data_begin(&plot);
	if (!chart->matrix->count) {
		canvas_text(canvas, box.x, box.y + 20, "No mail from one person to another",
		            &style->label, ALIGN_LEFT);
		return 0;
	}
	if (status < 0)
		return error_set(err, "the page has no room for a matrix of %d rows: choose a larger page "
		                 "or fewer rows", chart->matrix->count);
	plot.has_counts = counts_fit(&plot);
	draw_plot(&plot);
	return 0;
}
