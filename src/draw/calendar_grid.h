/* calendar_grid.h - where the days or months of years go on a page
 *
 * Private to src/draw; knows nothing of mail. Days: a block a year, in it a column a week with
 * Monday on top, the blocks below each other and in as many columns as leave the days large.
 * What lies within one year has only the weeks of its months. Months: a row a year,
 * in more than one column of years where one would be too high. */
#ifndef EPISTOGRAPH_CALENDAR_GRID_H
#define EPISTOGRAPH_CALENDAR_GRID_H

#include "epistograph/calendar.h"
#include "epistograph/canvas.h"

struct calendar_grid {
	enum calendar_unit unit;        /* CALENDAR_DAY or CALENDAR_MONTH */
	struct box box;                 /* all the years, the names of the months on top; pt */
	int first_year, last_year;
	int first_month, last_month;    /* drawn of each year, 1-12 */
	int columns, rows;              /* of years */
	int first_week, weeks;          /* of a year that have a column */
	double cell;                    /* pt: side of a day */
	double pitch;                   /* pt from a year to the one below */
};

/* Fit the time from the first instant to the last into the box, which it may leave in part. */
struct calendar_grid calendar_grid_fit(enum calendar_unit unit, const struct box *box,
                                       int64_t first, int64_t last);

/* The height it fills, at most that of the box (pt): in one so high everything is as large. */
double calendar_grid_height(const struct calendar_grid *grid);
/* Can its days, or months, be told apart in print? */
bool calendar_grid_is_legible(const struct calendar_grid *grid);

/* The left top of a year's name and total; its first week or month. */
struct point calendar_grid_name(const struct calendar_grid *grid, int year);
struct point calendar_grid_year(const struct calendar_grid *grid, int year);
/* The column of a day (days since 1970-01-01) in its year, from 0. */
int calendar_grid_week(const struct calendar_grid *grid, int64_t day);
/* What a day, or the month that begins at an instant, is drawn in. */
struct box calendar_grid_day(const struct calendar_grid *grid, int64_t day);
struct box calendar_grid_month(const struct calendar_grid *grid, int64_t start);
/* The first instant of a year. */
int64_t calendar_grid_new_year(int year);

#endif
