/* periods_chart.h - the network of each period, small, everybody in the same place */
#ifndef EPISTOGRAPH_PERIODS_CHART_H
#define EPISTOGRAPH_PERIODS_CHART_H

#include "epistograph/analysis.h"
#include "epistograph/frame.h"

struct error;

struct periods_chart {
	const struct analysis *analysis;        /* of the whole time: it gives places and colours */
	const struct network *periods;          /* [count] of the same persons */
	const char *const *names;               /* [count] of the periods */
	int count;
	struct frame frame;
};

/* So many panels can be read on a page of width x height pt, at least 2. */
int periods_chart_most(double width, double height);

/* Draw it on a page of width x height pt: panels in reading order, in each the people who
 * take part in that period as dots of an area by their messages in it, at the place that the
 * whole time's layout gives them, and the ties of that period; those not taking part are
 * left out. Numbers, the same at the same place in all panels, stand for people the legend
 * names. Scales are the same in all panels. People for whom that layout has no dot are counted
 * in the panel's head; of ties between communities the weakest fifth is not drawn. A period
 * without any mail is hatched. Marks: node-V-p3, tie-V-W-p3 in the third period by vertex
 * of the whole network, bundle-K-L-p3 between communities by number. 0, or -1 with *err if
 * the page leaves no room. */
int periods_chart_draw(struct canvas *canvas, double width, double height,
                       const struct periods_chart *chart, struct error *err);

#endif
