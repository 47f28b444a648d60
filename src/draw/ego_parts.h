/* ego_parts.h - what the files of the ego's chart share
 *
 * ego_chart.c    the page: rings, ties, people, legend
 * ego_data.c     the numbers beside the figure
 * Private to src/draw. */
#ifndef EPISTOGRAPH_EGO_PARTS_H
#define EPISTOGRAPH_EGO_PARTS_H

#include "ego_layout.h"

struct ego_plot {
	struct canvas *canvas;
	const struct style *style;
	const struct ego_chart *chart;
	const struct ego *ego;          /* the chart's */
	struct ego_layout layout;
	bool keys_ego;                  /* the legend names the ego, whose disc has no room */
};

/* Rows for the mark last begun, or for what has no mark. */
void ego_data_begin(struct canvas *canvas);
void ego_data_ego(const struct ego_plot *plot);
void ego_data_alter(const struct ego_plot *plot, const struct ego_alter *alter);
void ego_data_between(const struct ego_plot *plot, const struct ego_tie *tie, bool is_drawn);
void ego_data_group(const struct ego_plot *plot, const struct people_group *group);
void ego_data_ring(const struct ego_plot *plot, int64_t messages);
void ego_data_others(const struct ego_plot *plot);

#endif
