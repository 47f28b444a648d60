/* network_chart.h - the network drawn */
#ifndef EPISTOGRAPH_NETWORK_CHART_H
#define EPISTOGRAPH_NETWORK_CHART_H

#include "epistograph/analysis.h"
#include "epistograph/frame.h"
#include "epistograph/layout.h"

struct network_chart {
	const struct analysis *analysis;
	struct frame frame;
	int label_count;                /* names wanted; fewer where they would overlap. 0 = automatic */
};

/* Draw it on a page of width x height pt: frame, legend (size, width, colour,
 * direction), communities, ties, people, names. Lays out itself, since only it
 * knows the room the frame leaves. Returns 0, or -1 with *err. */
int network_chart_draw(struct canvas *canvas, double width, double height,
                       const struct network_chart *chart, struct error *err);

#endif
