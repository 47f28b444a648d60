/* lifelines_parts.h - what the files of the lifelines share
 *
 * lifelines_chart.c   the lines, the legend, the page
 * lifelines_rows.c    how high the rows are, and the names beside them
 * Private to src/draw. */
#ifndef EPISTOGRAPH_LIFELINES_PARTS_H
#define EPISTOGRAPH_LIFELINES_PARTS_H

#include "epistograph/lifelines_chart.h"

struct lifelines_row {
	char **name;                    /* its lines; owned */
	double type;                    /* pt, of the name */
	double height, top;             /* pt; top from that of the first row */
};

struct lifelines_rows {
	struct lifelines_row *list;
	int count;
	double names;                   /* pt: width of the names */
	double pitch;                   /* pt: height of the rows whose names need no more */
	double height;                  /* pt: of all */
	bool fits;
	int room;                       /* how many rows like these fit without being pressed:
	                                 * count or more if all do */
};

/* Break the names so that rows fit into the height, if that can be, beside lines that leave
 * them no more than half of the width (pt). Rows are as high as their names need, and as
 * the height allows. */
void lifelines_rows_init(struct lifelines_rows *rows, const struct style *style,
                         const struct lifelines_chart *chart, double width, double height);
void lifelines_rows_clear(struct lifelines_rows *rows);

/* pt that the rows would take if the page were as high as they like; that they need so as not
 * to be pressed. */
double lifelines_rows_wanted(const struct lifelines_rows *rows);
double lifelines_rows_needed(const struct lifelines_rows *rows);

/* The name, about the middle of its row, y. */
void lifelines_name_draw(struct canvas *canvas, const struct lifelines_row *row, double x,
                         double y);

#endif
