#include "matrix_parts.h"

#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

static const double number_drop = 8;            /* pt from the cells to the baseline of numbers */
static const double number_width = 11;          /* pt: of the lowest number of the bars' axis */
static const double tick = 1.5;                 /* pt: of a ruler, below the columns */

static double foot_of(const struct matrix_plot *plot)
{
	return plot->layout.cells.y + plot->layout.cells.height;
}

/* ---- groups ---- */

/* Lines with the middle of all at y; g_strfreev() them. */
static void draw_lines(const struct matrix_plot *plot, double x, double y, char **lines,
                       const struct font *font, enum align align)
{
	double line = MATRIX_LEADING * font->size;

	y -= ((int)g_strv_length(lines) - 1) * line / 2;
	for (int i = 0; lines[i]; i++)
		canvas_text(plot->canvas, x, matrix_baseline(y + i * line, font), lines[i], font, align);
	g_strfreev(lines);
}

/* A group's name above its rows, over the cells too. */
static void draw_head_above(const struct matrix_plot *plot, int g, const struct font *font)
{
	const struct matrix_layout *layout = &plot->layout;
	double left = matrix_names_right(layout, 0) - layout->names;
	double foot = matrix_row_top(layout, layout->matrix->groups[g].first);

	draw_lines(plot, left, foot - matrix_head_height(layout, g) / 2 + 0.6,
	           matrix_head_lines(layout, g), font, ALIGN_LEFT);
}

/* A group's name beside its rows, and a bracket around them. */
static void draw_head_beside(const struct matrix_plot *plot, int g, double middle,
                             const struct font *font)
{
	const struct matrix_layout *layout = &plot->layout;
	const struct people_group *group = &plot->matrix->groups[g];
	double top = matrix_row_top(layout, group->first);
	double foot = top + group->count * layout->down;
	double right = layout->box.x + layout->heads_width;
	const struct paint paint = { .stroke = style_line(plot->style, group->color),
	                             .stroke_width = 0.8 };
	const struct point bracket[] = { { right - 1, top + 0.4 }, { right - 3, top + 0.4 },
	                                 { right - 3, foot - 0.4 }, { right - 1, foot - 0.4 } };
	const struct point leader[] = { { right - 6.5, middle }, { right - 3, (top + foot) / 2 } };

	canvas_polygon(plot->canvas, bracket, 4, false, &paint);
	canvas_polygon(plot->canvas, leader, 2, false, &paint);
	draw_lines(plot, right - 8, middle, matrix_head_lines(layout, g), font, ALIGN_RIGHT);
}

/* The colours along rows and columns, the outline of its own cells, the name. middle: of a
 * name beside the rows. */
static void draw_group(const struct matrix_plot *plot, int g, double middle)
{
	const struct matrix_layout *layout = &plot->layout;
	const struct people_group *group = &plot->matrix->groups[g];
	struct look look = style_look(plot->style, group->color);
	double left = matrix_column_left(layout, group->first);
	double top = matrix_row_top(layout, group->first);
	double width = group->count * layout->across, height = group->count * layout->down;
	const struct box beside = { layout->cells.x - MATRIX_STRIPE - 1, top, MATRIX_STRIPE, height };
	const struct box above = { left, layout->cells.y - MATRIX_STRIPE - 1, width, MATRIX_STRIPE };
	char *id = g_strdup_printf("group-%d", group->number);
	struct font font = matrix_head_font(layout);

	font.color = style_words(plot->style, group->color);
	canvas_begin(plot->canvas, id, group->name);
	matrix_data_group(plot, group);
	style_fill_rectangle(plot->canvas, &beside, &look);
	style_fill_rectangle(plot->canvas, &above, &look);
	if (group->number)
		canvas_rectangle(plot->canvas, left, top, width, height,
		                 &(struct paint){ .stroke = plot->style->ink, .stroke_width = 0.7 });
	if (layout->heads == MATRIX_HEADS_ABOVE)
		draw_head_above(plot, g, &font);
	else if (layout->heads == MATRIX_HEADS_BESIDE)
		draw_head_beside(plot, g, middle, &font);
	canvas_end(plot->canvas);
	g_free(id);
}

/* ---- rows and columns ---- */

static char *name_title(const struct matrix_plot *plot, int i)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	if (entry->address && strcmp(entry->name, entry->address))
		return g_strdup_printf("%s <%s>", text_directed(entry->name), entry->address);
	if (entry->address)
		return g_strdup(entry->address);
	return g_strdup_printf("%s: %s", text_directed(entry->name),
	                       text_counted(entry->people, "person", "people"));
}

/* Where a column's number does not stand, a ruler has a tick. */
static void draw_fifth(const struct matrix_plot *plot, int i, double x, const char *number,
                       const struct font *font)
{
	bool has_number = i == 0 || (i + 1) % 5 == 0;
	double foot = foot_of(plot);
	const struct point line[] = { { x, foot }, { x, foot + (has_number ? 1.5 : 1) * tick } };

	canvas_polygon(plot->canvas, line, 2, false,
	               &(struct paint){ .stroke = plot->style->grey, .stroke_width = 0.4 });
	if (has_number)
		canvas_text(plot->canvas, x, foot + number_drop, number, font, ALIGN_CENTER);
}

/* A name turned to read upwards, or the number of one without room. */
static void draw_turned(const struct matrix_plot *plot, int i, double x, const char *number)
{
	double top = foot_of(plot) + 3;
	struct font font = plot->small;

	font.color = plot->style->ink;
	char **lines = matrix_column_lines(&plot->layout, i, &font);
	if (!lines)
		canvas_text_turned(plot->canvas, matrix_baseline(x, &plot->small), top, number,
		                   &plot->small, ALIGN_RIGHT, -90);
	x -= lines ? ((int)g_strv_length(lines) - 1) * MATRIX_LINE / 2 : 0;
	for (int k = 0; lines && lines[k]; k++)
		canvas_text_turned(plot->canvas, matrix_baseline(x + k * MATRIX_LINE, &font), top,
		                   lines[k], &font, ALIGN_RIGHT, -90);
	g_strfreev(lines);
}

static void draw_column(const struct matrix_plot *plot, int i, const char *number)
{
	const struct matrix_layout *layout = &plot->layout;
	double x = matrix_column_left(layout, i) + layout->across / 2, foot = foot_of(plot);
	const struct font font = plot->small;

	if (layout->foot == MATRIX_FOOT_NAMES) {
		draw_turned(plot, i, x, number);
	} else if (layout->foot == MATRIX_FOOT_NUMBERS) {
		canvas_text(plot->canvas, x, foot + number_drop, number, &font, ALIGN_CENTER);
	} else if (layout->foot == MATRIX_FOOT_TURNED) {
		canvas_text_turned(plot->canvas, matrix_baseline(x, &font), foot + 2, number, &font,
		                   ALIGN_RIGHT, -90);
	} else {
		draw_fifth(plot, i, x, number, &font);
	}
}

/* The lines of a row's name; of one that has no room, and is whole in the notes, a part. */
static char **row_lines(const struct matrix_plot *plot, int i)
{
	char **lines = matrix_row_lines(&plot->layout, i);

	if (!lines) {
		lines = g_new0(char *, 2);
		lines[0] = frame_fit(plot->matrix->entries[i].name, &plot->layout.font,
		                     plot->layout.names);
	}
	return lines;
}

/* Names take turns in the columns that there are; from the outer one a line leads in. */
static void draw_row(const struct matrix_plot *plot, int i, const char *number)
{
	const struct matrix_layout *layout = &plot->layout;
	int level = i % layout->levels;
	double y = matrix_row_middle(layout, i), right = matrix_names_right(layout, level);
	const struct point leader[] = { { matrix_numbers_right(layout, level) + 1, y },
	                                { layout->cells.x - MATRIX_STRIPE - 2, y } };

	if (level)
		canvas_polygon(plot->canvas, leader, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
	draw_lines(plot, right, y, row_lines(plot, i), &layout->font, ALIGN_RIGHT);
	if (layout->numbers)
		canvas_text(plot->canvas, matrix_numbers_right(layout, level),
		            matrix_baseline(y, &plot->small), number, &plot->small, ALIGN_RIGHT);
}

/* Who has no name is at least a place along the stripe, with a tooltip. */
static void draw_place(const struct matrix_plot *plot, int i)
{
	const struct matrix_layout *layout = &plot->layout;
	const struct people_group *group = &plot->matrix->groups[plot->matrix->entries[i].group];

	canvas_rectangle(plot->canvas, layout->cells.x - MATRIX_STRIPE - 1, matrix_row_top(layout, i),
	                 MATRIX_STRIPE, layout->down,
	                 &(struct paint){ .fill = style_line(plot->style, group->color) });
}

static void draw_name(const struct matrix_plot *plot, int i)
{
	char *id = g_strdup_printf("name-%d", plot->matrix->entries[i].number);
	char *title = name_title(plot, i), *number = g_strdup_printf("%d", i + 1);

	canvas_begin(plot->canvas, id, title);
	matrix_data_name(plot, i);
	if (plot->layout.levels) {
		draw_row(plot, i, number);
		draw_column(plot, i, number);
	} else {
		draw_place(plot, i);
	}
	canvas_end(plot->canvas);
	g_free(number);
	g_free(title);
	g_free(id);
}

/* Rows wrote, columns were written to: said where they begin. */
static void draw_directions(const struct matrix_plot *plot)
{
	double right = plot->layout.cells.x - MATRIX_STRIPE - 3;
	struct font font = plot->style->small;

	font.bold = true;
	canvas_begin(plot->canvas, "directions", NULL);
	/* Beside the lowest number of the bars' axis. */
	canvas_text(plot->canvas, right - number_width, plot->layout.cells.y - 3,
	            plot->chart->who, &font, ALIGN_RIGHT);
	canvas_text(plot->canvas, right, foot_of(plot) + number_drop, plot->chart->whom, &font,
	            ALIGN_RIGHT);
	canvas_end(plot->canvas);
}

void matrix_draw_names(const struct matrix_plot *plot)
{
	double *middles = g_new0(double, plot->matrix->group_count + 1);

	/* Communities by themselves are groups without a head, and more than have one. */
	if (plot->layout.heads == MATRIX_HEADS_BESIDE)
		matrix_spread_heads(&plot->layout, middles);
	for (int g = 0; g < plot->matrix->group_count; g++)
		draw_group(plot, g, middles[g]);
	for (int i = 0; i < plot->matrix->count; i++)
		draw_name(plot, i);
	draw_directions(plot);
	g_free(middles);
}
