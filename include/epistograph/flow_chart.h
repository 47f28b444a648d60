/* flow_chart.h - mail from community to community, drawn as streams */
#ifndef EPISTOGRAPH_FLOW_CHART_H
#define EPISTOGRAPH_FLOW_CHART_H

#include "epistograph/frame.h"
#include "epistograph/matrix.h"

struct error;

struct flow_chart {
	const struct matrix *matrix;    /* of communities */
	struct frame frame;
	const char *one, *many;         /* what is counted: "message", "messages" */
	const char *from, *to;          /* above the sides: "who wrote", "to whom" */
};

#define FLOW_COMMUNITIES_MAX 10         /* the last of them all the rest */
#define FLOW_COMMUNITIES_MIN 2
#define FLOW_COMMUNITIES_FEW 5          /* fewer are not shown for the sake of a better fit */

/* How well their names fit on a page of that size (pt), in rising order. */
enum flow_fit {
	FLOW_NO_ROOM,
	FLOW_FITS_BADLY,                /* a name stands far from its bar */
	FLOW_FITS
};
enum flow_fit flow_chart_fit(const struct flow_chart *chart, const struct style *style,
                             double width, double height);

/* Draw it on a page of width x height pt: at the left who wrote, at the right who was
 * written to, names in the colours of their communities (with a line to the bar where one
 * had to move), between them a stream for each pair as wide as its messages, in the colour
 * of who wrote. Mail within a community, mostly the larger part, is a number and no
 * stream. Both sides sum to the mail between communities. Marks, by the entries' numbers:
 * flow-A-B, from-A, to-A. Without such mail a sentence is drawn. Returns 0, or -1 with
 * *err if the page is too small.
 *
 * Streams from one side to the other (a Sankey diagram) and not a chord diagram: names
 * stand level beside their bars, and both directions of a pair are seen to be two. */
int flow_chart_draw(struct canvas *canvas, double width, double height,
                    const struct flow_chart *chart, struct error *err);

#endif
