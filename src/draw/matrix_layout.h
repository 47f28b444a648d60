/* matrix_layout.h - where rows, columns, names and bars of a matrix go
 *
 * Private to src/draw. Numbers only; nothing is drawn here. All lengths in pt. */
#ifndef EPISTOGRAPH_MATRIX_LAYOUT_H
#define EPISTOGRAPH_MATRIX_LAYOUT_H

#include "epistograph/matrix_chart.h"

#define MATRIX_SMALLEST_TYPE 6.0
#define MATRIX_LINE 7.2                 /* between lines of that size */
#define MATRIX_STRIPE 3.0               /* of colour along rows and columns */
#define MATRIX_BARS_GAP 4.0             /* between cells and bars */

enum matrix_foot {                      /* what stands below the columns */
	MATRIX_FOOT_NAMES,              /* turned, reading upwards */
	MATRIX_FOOT_NUMBERS,            /* those of the rows */
	MATRIX_FOOT_TURNED,             /* the same, turned */
	MATRIX_FOOT_FIFTHS,             /* every fifth number, as on a ruler */
	MATRIX_FOOT_NOTHING             /* rows have no numbers either */
};

enum matrix_heads { MATRIX_HEADS_NONE, MATRIX_HEADS_ABOVE, MATRIX_HEADS_BESIDE };

struct matrix_layout {
	const struct matrix *matrix;    /* borrowed */
	struct box box;                 /* all that was given */
	struct box cells;               /* of all rows and columns, with what parts groups */
	double across, down;            /* between columns, between rows */
	int levels;                     /* columns of names beside the rows, in which neighbours
	                                 * take turns; 0 = rows are not named */
	double names;                   /* width of one of them, without its numbers */
	double numbers;                 /* width of the rows' numbers, 0 = they have none */
	enum matrix_heads heads;        /* where groups are named */
	double heads_width;             /* of names beside them */
	enum matrix_foot foot;
	double below;                   /* height of what stands below the columns */
	double bars_right, bars_top;    /* length of the longest bars with their axes */
	double legend;                  /* height, as given */
	struct font font;               /* of names */
};

/* Find the plainest form that the box has room for, with a legend of that height below:
 * rows and columns named; rows named and numbered; these names in two columns; no names but
 * the groups'. 0, or -1 if even that would be too small. */
int matrix_layout(struct matrix_layout *layout, const struct style *style,
                  const struct matrix *matrix, const struct box *box, double legend);

/* The height of all of it, at most that of the box. */
double matrix_layout_height(const struct matrix_layout *layout);

double matrix_row_top(const struct matrix_layout *layout, int row);
double matrix_row_middle(const struct matrix_layout *layout, int row);
double matrix_column_left(const struct matrix_layout *layout, int column);

/* Where the names of column `level` of them end, 0 nearest to the cells; and the numbers. */
double matrix_names_right(const struct matrix_layout *layout, int level);
double matrix_numbers_right(const struct matrix_layout *layout, int level);
double matrix_bars_left(const struct matrix_layout *layout);    /* of those beside the rows */
double matrix_bars_foot(const struct matrix_layout *layout);    /* of those above the columns */

/* How many lines a group's name beside the rows may have, and where their middles go, so
 * that none lies on another; middles: out, [group_count]. */
int matrix_head_lines(const struct matrix_layout *layout, int group);
void matrix_spread_heads(const struct matrix_layout *layout, double *middles);

#endif
