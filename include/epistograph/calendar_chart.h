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

/* Can its units be told apart on a page of width x height pt? */
bool calendar_chart_has_room(const struct style *style, double width, double height,
                             const struct calendar_chart *chart);

/* The height that it fills of a page of that width, at most the height given (pt). */
double calendar_chart_height(const struct style *style, double width, double height,
                             const struct calendar_chart *chart);

/* Draw it on a page of width x height pt. Days: a block a year, in it a column a week with
 * Monday on top, of a single year only the months with mail; months: a row a year. Days before the first message and after the last are
 * not drawn, gaps are hatched. Each is a mark, day-2016-07-14 or month-2016-07, gaps too
 * (gap-2016-08-01). Without a dated message a sentence is drawn. 0, or -1 with *err if the
 * page leaves no room. */
int calendar_chart_draw(struct canvas *canvas, double width, double height,
                        const struct calendar_chart *chart, struct error *err);

#endif
