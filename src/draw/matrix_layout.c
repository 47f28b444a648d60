#include "matrix_layout.h"

#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

static const double least_across = 3.2;         /* a shade narrower than that is not seen alone */
static const double least_named = 7.4;          /* between columns with turned names */
static const double least_turned = 5.2;         /* with turned numbers */
static const double least_cell = 0.7;           /* of people without names */
static const double most_pitch = 26;
static const double group_gap = 2.5;            /* between two groups */
static const double large_from = 330;           /* boxes as wide have larger type */
static const double foot_numbers = 12;          /* from the cells to below the numbers there */
static const double least_left = 62;            /* for the numbers of the upper bars */
static const double rounding = 1e-6;

/* Between columns, and rows without heads above them, of two groups. */
static double gap_of(const struct matrix_layout *layout)
{
	return layout->matrix->of == MATRIX_PEOPLE ? group_gap : 0;
}

static double heads_above(const struct matrix_layout *layout, int group)
{
	return layout->heads == MATRIX_HEADS_ABOVE ? (group + 1) * layout->down
	     : group * gap_of(layout);
}

double matrix_row_top(const struct matrix_layout *layout, int row)
{
	return layout->cells.y + row * layout->down +
	       heads_above(layout, layout->matrix->entries[row].group);
}

double matrix_row_middle(const struct matrix_layout *layout, int row)
{
	return matrix_row_top(layout, row) + layout->down / 2;
}

double matrix_column_left(const struct matrix_layout *layout, int column)
{
	return layout->cells.x + column * layout->across +
	       layout->matrix->entries[column].group * gap_of(layout);
}

double matrix_numbers_right(const struct matrix_layout *layout, int level)
{
	return layout->cells.x - MATRIX_STRIPE - 3 -
	       level * (layout->names + layout->numbers + 4);
}

double matrix_names_right(const struct matrix_layout *layout, int level)
{
	return matrix_numbers_right(layout, level) - layout->numbers;
}

double matrix_bars_left(const struct matrix_layout *layout)
{
	return layout->cells.x + layout->cells.width + MATRIX_BARS_GAP;
}

double matrix_bars_foot(const struct matrix_layout *layout)
{
	return layout->cells.y - MATRIX_STRIPE - 1 - MATRIX_BARS_GAP / 2;
}

double matrix_layout_height(const struct matrix_layout *layout)
{
	return layout->cells.y + layout->cells.height + layout->below + layout->legend - layout->box.y;
}

/* How many lines a group's rows are high, three at the most. */
static int own_lines(const struct matrix_layout *layout, int group)
{
	return (int)CLAMP(layout->matrix->groups[group].count * layout->down / MATRIX_LINE, 1, 3);
}

int matrix_head_lines(const struct matrix_layout *layout, int group)
{
	int all = 0;

	for (int g = 0; g < layout->matrix->group_count; g++)
		all += own_lines(layout, g);
	return all * MATRIX_LINE <= layout->cells.height ? own_lines(layout, group) : 1;
}

void matrix_spread_heads(const struct matrix_layout *layout, double *middles)
{
	const struct matrix *matrix = layout->matrix;
	double above = layout->cells.y, foot = above + layout->cells.height;

	for (int g = 0; g < matrix->group_count; g++) {
		const struct people_group *group = &matrix->groups[g];
		double half = matrix_head_lines(layout, g) * MATRIX_LINE / 2;

		middles[g] = fmax(matrix_row_top(layout, group->first) +
		                  group->count * layout->down / 2, above + half);
		above = middles[g] + half;
	}
	for (int g = matrix->group_count - 1; g >= 0; g--) {
		double half = matrix_head_lines(layout, g) * MATRIX_LINE / 2;

		middles[g] = fmin(middles[g], foot - half);
		foot = middles[g] - half;
	}
}

/* ---- the division of the box ---- */

static double widest(const struct matrix *matrix, const struct font *font, bool of_groups)
{
	double width = 0;

	for (int i = 0; i < (of_groups ? matrix->group_count : matrix->count); i++)
		width = fmax(width, text_measure(of_groups ? matrix->groups[i].name
		                                           : matrix->entries[i].name, font).width);
	return width;
}

/* What is around the cells, for levels of names and columns named or not. */
static void measure_sides(struct matrix_layout *layout, const struct style *style, bool is_named)
{
	const struct matrix *matrix = layout->matrix;
	double width = layout->box.width;
	bool is_large = width >= large_from;
	struct font small = style->label;

	small.size = MATRIX_SMALLEST_TYPE;
	layout->font = is_large && layout->levels == 1 ? style->label : small;
	layout->numbers = layout->levels > 0 && !is_named
		? text_measure(text_count(matrix->count), &small).width + 4 : 0;
	layout->bars_right = CLAMP(0.13 * width, 26, 76);
	/* Names in two columns are for pages that are low. */
	layout->bars_top = layout->levels == 1 ? CLAMP(0.09 * width, 20, 40) : 22;
	layout->names = layout->levels
		? fmin(widest(matrix, &layout->font, false) + 1,
		       (layout->levels == 2 ? is_large ? 0.18 : 0.2
		                            : is_large ? 0.26 : 0.28) * width) : 0;
	layout->heads = matrix->of != MATRIX_PEOPLE || matrix->group_count < 2 ? MATRIX_HEADS_NONE
	              : layout->levels == 1 ? MATRIX_HEADS_ABOVE : MATRIX_HEADS_BESIDE;
	small.bold = true;
	layout->heads_width = layout->heads == MATRIX_HEADS_BESIDE
		? fmin(widest(matrix, &small, true) + 1, (is_large ? 0.2 : 0.14) * width) + 8 : 0;
	layout->below = is_named ? fmin(widest(matrix, &small, false) + 4, 0.2 * width)
	                         : foot_numbers;
}

static enum matrix_foot choose_foot(const struct matrix_layout *layout, const struct style *style,
                                    bool is_named)
{
	struct font font = style->label;

	font.size = MATRIX_SMALLEST_TYPE;
	if (is_named)
		return MATRIX_FOOT_NAMES;
	if (!layout->numbers)
		return MATRIX_FOOT_NOTHING;
	if (text_measure(text_count(layout->matrix->count), &font).width + 1 < layout->across)
		return MATRIX_FOOT_NUMBERS;
	return layout->across >= least_turned ? MATRIX_FOOT_TURNED : MATRIX_FOOT_FIFTHS;
}

/* Nearly square, or letters would not fit; without them square. */
static void match_pitches(struct matrix_layout *layout, double least_down)
{
	if (!layout->levels) {
		layout->across = layout->down = fmin(layout->across, layout->down);
		return;
	}
	layout->down = fmin(layout->down, fmax(layout->across * 1.5, least_down));
	layout->across = fmin(layout->across, layout->down * 2.4);
}

/* -1 if rows or columns come too close. */
static int divide(struct matrix_layout *layout, const struct style *style, bool is_named)
{
	const struct matrix *matrix = layout->matrix;
	const struct box *box = &layout->box;
	double least_down = layout->levels ? MATRIX_LINE / layout->levels : least_cell;

	measure_sides(layout, style, is_named);
	double gaps = (matrix->group_count - 1) * gap_of(layout);
	bool above = layout->heads == MATRIX_HEADS_ABOVE;
	double rows = matrix->count + (above ? matrix->group_count : 0);
	/* Names end where those of the next column begin: see matrix_names_right(). */
	double left = fmax(layout->heads_width + MATRIX_STRIPE + 3 - 4 +
	                   MAX(layout->levels, 1) * (layout->names + layout->numbers + 4),
	                   least_left);
	double top = layout->bars_top + MATRIX_BARS_GAP + MATRIX_STRIPE + 1;
	double width = box->width - left - MATRIX_BARS_GAP - layout->bars_right - gaps;
	double height = box->height - top - layout->below - layout->legend - (above ? 0 : gaps);

	layout->across = fmin(width / matrix->count, most_pitch);
	layout->down = fmin(height / rows, most_pitch);
	match_pitches(layout, least_down);
	if (layout->down < least_down - rounding ||
	    layout->across < (is_named ? least_named : layout->levels ? least_across : least_cell))
		return -1;
	layout->cells = (struct box){ box->x + left, box->y + top,
	                              layout->across * matrix->count + gaps,
	                              layout->down * rows + (above ? 0 : gaps) };
	if (layout->heads == MATRIX_HEADS_BESIDE &&
	    layout->cells.height < matrix->group_count * MATRIX_LINE)
		return -1;
	layout->font.size = CLAMP(layout->down * layout->levels * 0.83, MATRIX_SMALLEST_TYPE,
	                          layout->font.size);
	layout->foot = choose_foot(layout, style, is_named);
	layout->bars_right = fmin(box->width - left - layout->cells.width - MATRIX_BARS_GAP,
	                          fmax(0.5 * layout->cells.width, layout->bars_right));
	return 0;
}

int matrix_layout(struct matrix_layout *layout, const struct style *style,
                  const struct matrix *matrix, const struct box *box, double legend)
{
	static const struct form { int levels; bool is_named; } forms[] = {
		{ 1, true }, { 1, false }, { 2, false }, { 0, false },
	};
	bool of_people = matrix->of == MATRIX_PEOPLE;

	for (size_t f = 0; f < G_N_ELEMENTS(forms); f++) {
		if (forms[f].is_named ? !of_people || box->width < large_from
		                      : forms[f].levels != 1 && !of_people)
			continue;
		*layout = (struct matrix_layout){ .matrix = matrix, .box = *box, .legend = legend,
		                                  .levels = forms[f].levels };
		if (matrix->count > (forms[f].levels ? MATRIX_NAMED_MAX : MATRIX_PEOPLE_MAX))
			continue;
		if (divide(layout, style, forms[f].is_named) == 0)
			return 0;
	}
	return -1;
}
