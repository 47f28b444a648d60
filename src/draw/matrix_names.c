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

/* A group's name above its rows, over the cells too. */
static void draw_head_above(const struct matrix_plot *plot, int g, const struct font *font)
{
	const struct matrix_layout *layout = &plot->layout;
	const struct people_group *group = &plot->matrix->groups[g];
	double left = matrix_names_right(layout, 0) - layout->names;
	double middle = matrix_row_top(layout, group->first) - layout->down / 2 + 0.6;
	char *name = frame_fit(group->name, font, layout->cells.x + layout->cells.width - left);

	canvas_text(plot->canvas, left, matrix_baseline(middle, font), name, font, ALIGN_LEFT);
	g_free(name);
}

/* The lines of a group's name that has so much room, the last one cut; g_strfreev(). */
static char **wrap_head(const char *name, const struct font *font, double width, int most)
{
	char **lines = frame_wrap(name, font, width);

	if ((int)g_strv_length(lines) > most) {
		char *rest = g_strjoinv(" ", &lines[most - 1]);
		char *cut = frame_fit(rest, font, width);

		for (char **line = &lines[most - 1]; *line; line++)
			g_free(*line);
		lines[most - 1] = cut;
		lines[most] = NULL;
		g_free(rest);
	}
	return lines;
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
	char **lines = wrap_head(group->name, font, layout->heads_width - 8,
	                         matrix_head_lines(layout, g));
	double first = middle - (g_strv_length(lines) - 1) * MATRIX_LINE / 2;

	canvas_polygon(plot->canvas, bracket, 4, false, &paint);
	canvas_polygon(plot->canvas, leader, 2, false, &paint);
	for (int i = 0; lines[i]; i++)
		canvas_text(plot->canvas, right - 8, matrix_baseline(first + i * MATRIX_LINE, font),
		            lines[i], font, ALIGN_RIGHT);
	g_strfreev(lines);
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
	struct font font = layout->font;

	font.bold = true;
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

static void draw_column(const struct matrix_plot *plot, int i, const char *number)
{
	const struct matrix_layout *layout = &plot->layout;
	double x = matrix_column_left(layout, i) + layout->across / 2, foot = foot_of(plot);
	struct font font = plot->small;
	char *name;

	if (layout->foot == MATRIX_FOOT_NAMES) {
		font.color = plot->style->ink;
		name = frame_fit(plot->matrix->entries[i].name, &font, layout->below - 3);
		canvas_text_turned(plot->canvas, matrix_baseline(x, &font), foot + 3, name, &font,
		                   ALIGN_RIGHT, -90);
		g_free(name);
	} else if (layout->foot == MATRIX_FOOT_NUMBERS) {
		canvas_text(plot->canvas, x, foot + number_drop, number, &font, ALIGN_CENTER);
	} else if (layout->foot == MATRIX_FOOT_TURNED) {
		canvas_text_turned(plot->canvas, matrix_baseline(x, &font), foot + 2, number, &font,
		                   ALIGN_RIGHT, -90);
	} else {
		draw_fifth(plot, i, x, number, &font);
	}
}

/* Names take turns in the columns that there are; from the outer one a line leads in. */
static void draw_row(const struct matrix_plot *plot, int i, const char *number)
{
	const struct matrix_layout *layout = &plot->layout;
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	int level = i % layout->levels;
	double y = matrix_row_middle(layout, i), right = matrix_names_right(layout, level);
	const struct point leader[] = { { matrix_numbers_right(layout, level) + 1, y },
	                                { layout->cells.x - MATRIX_STRIPE - 2, y } };
	bool is_short = entry->short_name &&
	                text_measure(entry->name, &layout->font).width > layout->names;
	char *name = frame_fit(is_short ? entry->short_name : entry->name, &layout->font, layout->names);

	if (level)
		canvas_polygon(plot->canvas, leader, 2, false,
		               &(struct paint){ .stroke = plot->style->rule, .stroke_width = 0.4 });
	canvas_text(plot->canvas, right, matrix_baseline(y, &layout->font), name, &layout->font,
	            ALIGN_RIGHT);
	if (layout->numbers)
		canvas_text(plot->canvas, matrix_numbers_right(layout, level),
		            matrix_baseline(y, &plot->small), number, &plot->small, ALIGN_RIGHT);
	g_free(name);
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
	double *middles = g_new(double, plot->matrix->group_count + 1);

	matrix_spread_heads(&plot->layout, middles);
	for (int g = 0; g < plot->matrix->group_count; g++)
		draw_group(plot, g, middles[g]);
	for (int i = 0; i < plot->matrix->count; i++)
		draw_name(plot, i);
	draw_directions(plot);
	g_free(middles);
}
