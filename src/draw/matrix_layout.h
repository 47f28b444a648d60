/* matrix_layout.h - where rows, columns, names and bars of a matrix go
 *
 * Private to src/draw. Numbers only; nothing is drawn here. All lengths in pt. */
#ifndef EPISTOGRAPH_MATRIX_LAYOUT_H
#define EPISTOGRAPH_MATRIX_LAYOUT_H

#include "epistograph/matrix_chart.h"

#define MATRIX_SMALLEST_TYPE 6.0
#define MATRIX_LEADING 1.2              /* between lines, in type sizes */
#define MATRIX_LINE 7.2                 /* between lines of the smallest type */
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

enum matrix_head_form {                 /* how groups are named */
	MATRIX_HEADS_WHOLE,
	MATRIX_HEADS_SHORT,             /* all by their short names */
	MATRIX_HEADS_CUT                /* beside the rows: these cut, but whole in the notes */
};

struct matrix_layout {
	const struct matrix *matrix;    /* borrowed */
	struct box box;                 /* all that was given */
	struct box cells;               /* of all rows and columns, with what parts groups */
	double across, down;            /* between columns, between rows */
	int levels;                     /* columns of names beside the rows, in which neighbours
	                                 * take turns; 0 = rows are not named */
	double names;                   /* width of one of them, without its numbers */
	bool is_numbered;
	double numbers;                 /* width of the rows' numbers, 0 = they have none */
	enum matrix_heads heads;        /* where groups are named */
	enum matrix_head_form head_form;
	double heads_width;             /* of names beside them */
	int head_lines[GROUPING_MOST + 1];      /* of each group's name, where groups are named */
	enum matrix_foot foot;
	double below;                   /* height of what stands below the columns */
	double bars_right, bars_top;    /* length of the longest bars with their axes */
	double legend;                  /* height, as given */
	double notes;                   /* height of those below the legend */
	bool is_mute;                   /* for groups' names that are cut there is none */
	struct font font;               /* of names */
};

/* Find the plainest form that the box has room for, with a legend of that height below:
 * rows and columns named; rows named and numbered; these names in two columns; no names but
 * the groups'. A name wider than its place makes that wider, up to some two fifths of the
 * box; one that needs more lines than its row has room for is said in notes below the legend,
 * by the row's number. Only groups of people without names, on a page too small for notes,
 * have a name that is cut. 0, or -1 if even that would be too small. */
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

double matrix_head_height(const struct matrix_layout *layout, int group);       /* above rows */
/* Where the middles of groups' names beside the rows go, so that none lies on another;
 * middles: out, [group_count]. */
void matrix_spread_heads(const struct matrix_layout *layout, double *middles);

/* ---- what has room in its place: matrix_lines.c ---- */

/* Lines of a name: in its row; below its column, in a smallest type; of a group's head. NULL if
 * there is no room for the whole name of a row or column. g_strfreev(). */
char **matrix_row_lines(const struct matrix_layout *layout, int row);
char **matrix_column_lines(const struct matrix_layout *layout, int column,
                           const struct font *font);
char **matrix_head_lines(const struct matrix_layout *layout, int group);
struct font matrix_head_font(const struct matrix_layout *layout);

/* Is a row's name cut, and whole in the notes? */
bool matrix_is_noted(const struct matrix_layout *layout, int row);
/* Do columns without room for their names have the rows' numbers? */
bool matrix_columns_need_numbers(const struct matrix_layout *layout);
/* Find the lines and the form of groups' names; true if those above rows need more than they
 * had. */
bool matrix_measure_heads(struct matrix_layout *layout);

/* The names that have no room in their places, in lines as wide as the box; none if all
 * have. g_strfreev() */
char **matrix_notes(const struct matrix_layout *layout, const struct style *style);

#endif
