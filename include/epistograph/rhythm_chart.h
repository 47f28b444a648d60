/* rhythm_chart.h - a heat map of hours and weekdays */
#ifndef EPISTOGRAPH_RHYTHM_CHART_H
#define EPISTOGRAPH_RHYTHM_CHART_H

#include "epistograph/coverage.h"
#include "epistograph/frame.h"
#include "epistograph/rhythm.h"

struct error;

struct rhythm_chart {
	const struct rhythm *rhythm;
	const struct coverage *coverage;        /* what has no date is said */
	int64_t senders;                        /* who sent what is in rhythm */
	struct frame frame;
};

/* The height of a page of that width on which the hours can be told apart and what is said
 * below them is not cut, unless it is a list; at least the height given (pt). */
double rhythm_chart_height(const struct style *style, double width, double height,
                           const struct rhythm_chart *chart);

/* Draw it on a page of width x height pt: a row a weekday from Monday, a column an hour,
 * the deeper the more messages, in round classes; above and beside it columns for hours
 * and bars for weekdays. Each cell is a mark, cell-mon-09, each bar too: hour-09, day-mon.
 * Without a message on a known clock a sentence is drawn. 0, or -1 with *err if the page
 * leaves no room. */
int rhythm_chart_draw(struct canvas *canvas, double width, double height,
                      const struct rhythm_chart *chart, struct error *err);

#endif
