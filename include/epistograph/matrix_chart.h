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
	const char *who, *whom;         /* what rows and columns are: "who wrote", "to whom" */
	const bool *owns;               /* [matrix->count] if all mail is from the mailboxes of so
	                                 * few: theirs; NULL if not */
	int owners;                     /* how many they are, in the matrix or not */
};

#define MATRIX_NAMED_MAX 100            /* more names than that are no longer read */
#define MATRIX_PEOPLE_MAX 400           /* shades without names */
#define MATRIX_COMMUNITIES_MAX 12       /* with room for numbers on the cells */

enum matrix_room {
	MATRIX_NO_ROOM,
	MATRIX_UNNAMED,                 /* for shades, and the names of communities */
	MATRIX_NAMED,                   /* for a name at each row */
};

/* What a page of that size (pt) has room for. */
enum matrix_room matrix_chart_room(const struct style *style, double width, double height,
                                   const struct matrix_chart *chart);

/* The height that a page of that width fills, at most the height given (pt). */
double matrix_chart_height(const struct style *style, double width, double height,
                           const struct matrix_chart *chart);

/* Draw it on a page of width x height pt: names at the rows and, where there is room, below
 * the columns, else numbers of the rows; shades in classes for the counts, paper for none,
 * a stroke for oneself, hatching where none is in the mailboxes there are, but may have been;
 * groups outlined and named, beside the rows bars of what was sent and above the columns of
 * what was received, within the matrix dark and beyond it pale. A name that its row has no room
 * for, not in lines either, is cut there and stands whole below the legend, by the row's number.
 * People for whose names there is no room are shades alone, their groups named. Marks, by the
 * entries' numbers: cell-A-B, sent-A, received-A, name-A, and group-K. A matrix without rows
 * is a sentence. Returns 0, or -1 with *err if the page is too small for the rows. */
int matrix_chart_draw(struct canvas *canvas, double width, double height,
                      const struct matrix_chart *chart, struct error *err);

#endif
