/* matrix_chart.h - a matrix drawn: rows wrote, columns were written to */
#ifndef EPISTOGRAPH_MATRIX_CHART_H
#define EPISTOGRAPH_MATRIX_CHART_H

#include "epistograph/frame.h"
#include "epistograph/matrix.h"

struct error;

struct matrix_chart {
	const struct matrix *matrix;
	struct frame frame;
	const char *one, *many;         /* what is counted: "message", "messages" */
	const char *sent, *received;    /* what the bars are: "sent", "received" */
};

#define MATRIX_PEOPLE_MAX 80            /* more rows than that are no longer read */
#define MATRIX_COMMUNITIES_MAX 12       /* with room for numbers on the cells */

/* Can all rows be read on a page of that size (pt)? No more than are useful, either. */
bool matrix_chart_fits(const struct style *style, double width, double height,
                       const struct matrix_chart *chart);

/* Draw it on a page of width x height pt: names at the rows and below the columns
 * (numbers on a small page), shades in classes for the counts, paper for none, groups
 * outlined and named, beside the rows bars of what was sent and above the columns of
 * what was received, within the matrix dark and beyond it pale. Marks, by the entries'
 * numbers: cell-A-B, sent-A, received-A, name-A, and group-K. A matrix without rows is
 * a sentence. Returns 0, or -1 with *err if the page is too small for the rows. */
int matrix_chart_draw(struct canvas *canvas, double width, double height,
                      const struct matrix_chart *chart, struct error *err);

#endif
