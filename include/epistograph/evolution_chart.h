/* evolution_chart.h - communities from period to period, drawn as an alluvial diagram */
#ifndef EPISTOGRAPH_EVOLUTION_CHART_H
#define EPISTOGRAPH_EVOLUTION_CHART_H

#include "epistograph/evolution.h"
#include "epistograph/frame.h"

struct error;

struct evolution_chart {
	const struct evolution *evolution;
	struct frame frame;
	const char *const *period_names;        /* [evolution->period_count] */
	const char *const *category_names;      /* of the communities of the whole time */
	const int *category_colors;             /* of the same, as in palettes */
	int category_count;
	const char *const *leaders;             /* [evolution->group_count] "Ann Lee, Bo Chen" */
};

/* So many periods have room beside each other on a page of width pt, at least 2. */
int evolution_chart_most(double width);

/* Draw it on a page of width x height pt: a column for each period, a bar for each group,
 * as high as it has people, on one scale; bands between them for the people who go from one
 * to the other. What no band leaves or reaches came or went. Marks: group-3-1 is the first
 * group of the third period, flow-3-1-2 its band to the second of the fourth. 0, or -1
 * with *err if the page leaves no room. */
int evolution_chart_draw(struct canvas *canvas, double width, double height,
                         const struct evolution_chart *chart, struct error *err);

#endif
