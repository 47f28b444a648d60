/* calendar_chart.h - years of days, or of months, the deeper the more mail */
#ifndef EPISTOGRAPH_CALENDAR_CHART_H
#define EPISTOGRAPH_CALENDAR_CHART_H

#include "epistograph/annotation.h"
#include "epistograph/calendar.h"
#include "epistograph/coverage.h"
#include "epistograph/frame.h"

struct error;

struct calendar_chart {
	const struct coverage *coverage;
	enum calendar_unit unit;        /* CALENDAR_DAY or CALENDAR_MONTH */
	struct frame frame;
	struct annotations annotations; /* their days are framed, their texts below */
};

/* Days if on such a page (pt) they can be told apart, else months. */
enum calendar_unit calendar_chart_unit(double width, double height,
                                       const struct coverage *coverage);

/* The height that a page of that width fills, at most the height given (pt). */
double calendar_chart_height(double width, double height, const struct coverage *coverage);

/* Draw it on a page of width x height pt. Days: a block a year, in it a column a week with
 * Monday on top; months: a row a year. Days before the first message and after the last are
 * not drawn, gaps are hatched. Each is a mark, day-2016-07-14 or month-2016-07, gaps too
 * (gap-2016-08-01). Without a dated message a sentence is drawn. 0, or -1 with *err if the
 * page leaves no room. */
int calendar_chart_draw(struct canvas *canvas, double width, double height,
                        const struct calendar_chart *chart, struct error *err);

#endif
