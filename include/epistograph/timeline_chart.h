/* timeline_chart.h - the timeline drawn */
#ifndef EPISTOGRAPH_TIMELINE_CHART_H
#define EPISTOGRAPH_TIMELINE_CHART_H

#include "epistograph/annotation.h"
#include "epistograph/frame.h"
#include "epistograph/timeline.h"

struct error;

struct timeline_chart {
	const struct timeline *timeline;
	struct frame frame;
	struct annotations annotations;
};

/* The height of a page of that width on which the columns can be read and what is said
 * below them is not cut, unless it is a list; at least the height given (pt). */
double timeline_chart_height(const struct style *style, double width, double height,
                             const struct timeline_chart *chart);

/* Draw it on a page of width x height pt: columns from zero, in one panel (up to
 * four series stacked) or, for more series, in small panels with one scale. With
 * SPLIT_COMMUNITY the last series is everyone else, in grey. A column of few
 * messages is at least 0.6 pt high. Each column is a mark: bar-2016-07, of several
 * series bar-2016-07-s1 for the first; gaps, events and periods are marks too (gap-2016-08-01,
 * event-1, period-1). Without a dated message a sentence is drawn. 0, or -1 with *err if the
 * page leaves no room for the columns or for the names of the panels. */
int timeline_chart_draw(struct canvas *canvas, double width, double height,
                        const struct timeline_chart *chart, struct error *err);

#endif
