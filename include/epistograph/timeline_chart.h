/* timeline_chart.h - the timeline drawn */
#ifndef EPISTOGRAPH_TIMELINE_CHART_H
#define EPISTOGRAPH_TIMELINE_CHART_H

#include "epistograph/frame.h"
#include "epistograph/timeline.h"

struct timeline_event { int64_t instant; const char *text; };   /* --event DATE=TEXT */

struct timeline_chart {
	const struct timeline *timeline;
	struct frame frame;
	const struct timeline_event *events;    /* any order */
	int event_count;
};

/* Draw it on a page of width x height pt. */
void timeline_chart_draw(struct canvas *canvas, double width, double height,
                         const struct timeline_chart *chart);

#endif
