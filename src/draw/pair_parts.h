/* pair_parts.h - what the files of the pair's chart share
 *
 * pair_chart.c    the page, and the columns through time
 * pair_delays.c   the panel of delays
 * Private to src/draw. */
#ifndef EPISTOGRAPH_PAIR_PARTS_H
#define EPISTOGRAPH_PAIR_PARTS_H

#include "annotate.h"

#include "epistograph/pair_chart.h"

#define PAIR_DELAYS_WIDTH 130.0         /* pt that the panel of delays needs at least */

enum {                                  /* columns of the figure's data */
	PAIR_FROM = TIME_COLUMNS, PAIR_TO, PAIR_MESSAGES,
	PAIR_ANSWERS, PAIR_DELAY,       /* of answers: "within an hour" */
	PAIR_QUARTER, PAIR_HALF, PAIR_THREE_QUARTERS,   /* of answers within so many seconds */
	PAIR_COLUMNS
};

/* A row for the mark last begun, of what `who` (0 or 1) wrote to the other. */
void pair_note(struct canvas *canvas, const struct pair_chart *chart, const char *kind, int who);

/* pt that the panel of delays needs at least on that width; brief: if it must. */
double pair_delays_height(const struct style *style, const struct pair_chart *chart, double width,
                          bool is_brief);
void pair_draw_delays(struct canvas *canvas, const struct pair_chart *chart,
                      const struct box *box);

#endif
