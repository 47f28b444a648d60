#include "matrix_layout.h"

#include "notes.h"

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
	double height = 0;

	if (layout->heads != MATRIX_HEADS_ABOVE)
		return group * gap_of(layout);
	for (int g = 0; g <= group; g++)
		height += matrix_head_height(layout, g);
	return height;
}

double matrix_head_height(const struct matrix_layout *layout, int group)
{
	return fmax(layout->down,
	            MATRIX_LEADING * layout->font.size * layout->head_lines[group]);
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
	return layout->cells.y + layout->cells.height + layout->below + layout->legend +
	       layout->notes - layout->box.y;
}

void matrix_spread_heads(const struct matrix_layout *layout, double *middles)
{
	const struct matrix *matrix = layout->matrix;
	double above = layout->cells.y, foot = above + layout->cells.height;

	for (int g = 0; g < matrix->group_count; g++) {
		const struct people_group *group = &matrix->groups[g];
		double half = layout->head_lines[g] * MATRIX_LINE / 2;

		middles[g] = fmax(matrix_row_top(layout, group->first) +
		                  group->count * layout->down / 2, above + half);
		above = middles[g] + half;
	}
	for (int g = matrix->group_count - 1; g >= 0; g--) {
		double half = layout->head_lines[g] * MATRIX_LINE / 2;

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

/* What is around the cells, for levels of names that may be so many times as wide as usual, and
 * columns named or not. */
static void measure_sides(struct matrix_layout *layout, const struct style *style, bool is_named,
                          double wider)
{
	const struct matrix *matrix = layout->matrix;
	double width = layout->box.width;
	bool is_large = width >= large_from;
	struct font small = style->label;

	small.size = MATRIX_SMALLEST_TYPE;
	layout->font = is_large && layout->levels == 1 ? style->label : small;
	layout->numbers = layout->levels > 0 && layout->is_numbered
		? text_measure(text_count(matrix->count), &small).width + 4 : 0;
	layout->bars_right = CLAMP(0.13 * width, 26, 76);
	/* Names in two columns are for pages that are low. */
	layout->bars_top = layout->levels == 1 ? CLAMP(0.09 * width, 20, 40) : 20;
	layout->names = layout->levels
		? fmin(widest(matrix, &layout->font, false) + 1,
		       wider * (layout->levels == 2 ? is_large ? 0.18 : 0.2
		                                    : is_large ? 0.26 : 0.28) * width) : 0;
	layout->heads = matrix->of != MATRIX_PEOPLE || matrix->group_count < 2 ? MATRIX_HEADS_NONE
	              : layout->levels == 1 ? MATRIX_HEADS_ABOVE : MATRIX_HEADS_BESIDE;
	small.bold = true;
	layout->heads_width = layout->heads == MATRIX_HEADS_BESIDE
		? fmin(widest(matrix, &small, true) + 1,
		       (!layout->levels ? 0.3 : is_large ? 0.2 : 0.14) * width) + 8 : 0;
	small.bold = false;
	layout->below = is_named ? fmin(widest(matrix, &small, false) + 4, 0.26 * width)
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

/* The type of names at rows that far apart. */
static double type_at(const struct matrix_layout *layout, double down)
{
	return CLAMP(down * layout->levels * 0.83, MATRIX_SMALLEST_TYPE, layout->font.size);
}

/* The height of rows that far apart with their groups' names, which are as high as a row, or as
 * their lines. */
static double rows_height(const struct matrix_layout *layout, double down)
{
	int groups = layout->heads == MATRIX_HEADS_ABOVE ? layout->matrix->group_count : 0;
	double line = MATRIX_LEADING * type_at(layout, down), height = layout->matrix->count * down;

	for (int g = 0; g < groups; g++)
		height += fmax(down, layout->head_lines[g] * line);
	return height;
}

/* How far apart rows are that fill a height: no nearer than when they are given their own. */
static double row_height_in(const struct matrix_layout *layout, double height)
{
	double low = 0, high = height / layout->matrix->count;

	for (int step = 0; step < 50; step++) {
		double middle = (low + high) / 2;

		if (rows_height(layout, middle) <= height)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* -1 if rows or columns come too close. */
static int divide(struct matrix_layout *layout, const struct style *style, bool is_named,
                  double wider)
{
	const struct matrix *matrix = layout->matrix;
	const struct box *box = &layout->box;
	double least_down = layout->levels ? MATRIX_LINE / layout->levels : least_cell;

	if (matrix->count * least_down > layout->box.height - layout->legend)
		return -1;
	measure_sides(layout, style, is_named, wider);
	double gaps = (matrix->group_count - 1) * gap_of(layout);
	bool above = layout->heads == MATRIX_HEADS_ABOVE;
	/* Names end where those of the next column begin: see matrix_names_right(). */
	double left = fmax(layout->heads_width + MATRIX_STRIPE + 3 - 4 +
	                   MAX(layout->levels, 1) * (layout->names + layout->numbers + 4),
	                   least_left);
	double top = layout->bars_top + MATRIX_BARS_GAP + MATRIX_STRIPE + 1;
	double width = box->width - left - MATRIX_BARS_GAP - layout->bars_right - gaps;
	double height = box->height - top - layout->below - layout->legend - layout->notes -
	                (above ? 0 : gaps);

	layout->across = fmin(width / matrix->count, most_pitch);
	layout->down = fmin(row_height_in(layout, height), most_pitch);
	match_pitches(layout, least_down);
	if (layout->down < least_down - rounding ||
	    layout->across < (is_named ? least_named : layout->levels ? least_across : least_cell))
		return -1;
	layout->font.size = type_at(layout, layout->down);
	layout->cells = (struct box){ box->x + left, box->y + top,
	                              layout->across * matrix->count + gaps,
	                              layout->down * matrix->count +
	                              (above ? heads_above(layout, matrix->group_count - 1) : gaps) };
	if (layout->heads == MATRIX_HEADS_BESIDE &&
	    layout->cells.height < matrix->group_count * MATRIX_LINE)
		return -1;
	layout->foot = choose_foot(layout, style, is_named);
	layout->bars_right = fmin(box->width - left - layout->cells.width - MATRIX_BARS_GAP,
	                          fmax(0.5 * layout->cells.width, layout->bars_right));
	return 0;
}

/* As if all names had room. */
static void settle_begin(struct matrix_layout *layout, bool is_named,
                         enum matrix_head_form head_form)
{
	layout->head_form = head_form;
	layout->is_numbered = !is_named;
	for (int g = 0; g < GROUPING_MOST + 1; g++)
		layout->head_lines[g] = 1;
}

/* What names need is known when the box is divided: again, until all have their room. It only
 * grows, and in so few ways that this ends. */
static int settle(struct matrix_layout *layout, const struct style *style, bool is_named,
                  double wider, enum matrix_head_form head_form)
{
	settle_begin(layout, is_named, head_form);
	for (bool again = true; again;) {
		if (divide(layout, style, is_named, wider) < 0)
			return -1;
		again = matrix_measure_heads(layout);
		char **lines = matrix_notes(layout, style);
		double notes = notes_height(style, lines);
		bool is_cut = notes_are_cut(lines);
		bool is_numbered = layout->is_numbered || (lines[0] && layout->levels) ||
		                   matrix_columns_need_numbers(layout);

		g_strfreev(lines);
		if (is_cut)
			return -1;
		again = again || notes > layout->notes || is_numbered != layout->is_numbered;
		layout->notes = fmax(layout->notes, notes);
		layout->is_numbered = is_numbered;
	}
	return 0;
}

static int count_noted(const struct matrix_layout *layout)
{
	int noted = 0;

	for (int i = 0; i < layout->matrix->count; i++)
		noted += matrix_is_noted(layout, i);
	return noted;
}

/* The least width of names' columns with which the fewest are noted. -1 if none has room. */
static int choose_width(struct matrix_layout *layout, const struct style *style, bool is_named)
{
	static const double widths[] = { 1, 1.25, 1.5 };
	struct matrix_layout found = *layout;
	int least = G_MAXINT;

	settle_begin(&found, is_named, MATRIX_HEADS_SHORT);
	if (divide(&found, style, is_named, widths[0]) < 0)
		return -1;
	bool has_heads_above = found.heads == MATRIX_HEADS_ABOVE;
	for (size_t i = 0; i < G_N_ELEMENTS(widths) && least > 0; i++) {
		struct matrix_layout tried = *layout;
		int status = settle(&tried, style, is_named, widths[i], MATRIX_HEADS_WHOLE);

		if (status < 0 && has_heads_above) {
			tried = *layout;
			status = settle(&tried, style, is_named, widths[i], MATRIX_HEADS_SHORT);
		}
		int noted = status < 0 ? G_MAXINT : count_noted(&tried);
		if (noted < least) {
			least = noted;
			found = tried;
		}
	}
	*layout = found;
	return least < G_MAXINT ? 0 : -1;
}

int matrix_layout(struct matrix_layout *layout, const struct style *style,
                  const struct matrix *matrix, const struct box *box, double legend)
{
	static const struct form { int levels; bool is_named, is_mute; } forms[] = {
		{ 1, true, false }, { 1, false, false }, { 2, false, false }, { 0, false, false },
		{ 0, false, true },
	};
	bool of_people = matrix->of == MATRIX_PEOPLE;

	for (size_t f = 0; f < G_N_ELEMENTS(forms); f++) {
		if (forms[f].is_named ? !of_people || box->width < large_from
		                      : forms[f].levels != 1 && !of_people)
			continue;
		*layout = (struct matrix_layout){ .matrix = matrix, .box = *box, .legend = legend,
		                                  .levels = forms[f].levels,
		                                  .is_mute = forms[f].is_mute };
		if (matrix->count > (forms[f].levels ? MATRIX_NAMED_MAX : MATRIX_PEOPLE_MAX))
			continue;
		if (choose_width(layout, style, forms[f].is_named) == 0)
			return 0;
	}
	return -1;
}
