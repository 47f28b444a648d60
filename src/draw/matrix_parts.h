/* matrix_parts.h - what the files of the matrix's chart share
 *
 * matrix_chart.c    the page, cells and legend
 * matrix_lines.c    what of names has room in its place
 * matrix_names.c    who rows, columns and groups are
 * matrix_bars.c     the bars at the margins
 * matrix_data.c     the numbers beside the figure
 * Private to src/draw. */
#ifndef EPISTOGRAPH_MATRIX_PARTS_H
#define EPISTOGRAPH_MATRIX_PARTS_H

#include "heat.h"
#include "matrix_layout.h"

struct matrix_plot {
	struct canvas *canvas;
	const struct style *style;
	const struct matrix_chart *chart;
	const struct matrix *matrix;    /* the chart's */
	struct heat heat;
	struct matrix_layout layout;
	bool has_counts;                /* numbers on the cells: all or none */
	struct font small;              /* of the smallest size: numbers */
};

/* Baseline of a line of text with its middle at y. */
double matrix_baseline(double y, const struct font *font);

/* Rows for the mark last begun, or for what has no mark. */
void matrix_data_begin(const struct matrix_plot *plot);
void matrix_data_cell(const struct matrix_plot *plot, int row, int column);
void matrix_data_bar(const struct matrix_plot *plot, int row, bool is_sent);
void matrix_data_name(const struct matrix_plot *plot, int row);
void matrix_data_group(const struct matrix_plot *plot, const struct people_group *group);
void matrix_data_others(const struct matrix_plot *plot);

void matrix_draw_names(const struct matrix_plot *plot);
/* Of mail within the matrix, or with others. */
struct color matrix_bar_color(const struct matrix_plot *plot, bool is_here);
void matrix_draw_bars(const struct matrix_plot *plot);

#endif
