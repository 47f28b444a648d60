/* pair_chart.h - two correspondents: mirrored columns through time, and how long answers took */
#ifndef EPISTOGRAPH_PAIR_CHART_H
#define EPISTOGRAPH_PAIR_CHART_H

#include "epistograph/annotation.h"
#include "epistograph/frame.h"
#include "epistograph/pair.h"

#include <stdbool.h>

struct error;

struct pair_chart {
	const struct pair *pair;
	struct frame frame;
	const char *names[2];
	bool of_answers;                /* what is counted through time */
	struct annotations annotations;
};

/* The height (pt) that it needs on a page of that width, at least the height given: more if
 * names take many lines. */
double pair_chart_height(const struct pair_chart *chart, const struct style *style, double width,
                         double height);

/* Draw it on a page of width x height pt: what the first wrote above the axis, what the
 * second wrote below, on one scale; silences between the two shaded, those of the whole
 * archive hatched; beside it (on a narrow page below) the delays of both one's answers by
 * classes, with median and quartiles. Paler columns are of a month in which the archive
 * begins or ends. Marks: bar-2016-07-s1 and -s2 as in a timeline,
 * silence-2016-08-01, gap-2016-08-01, delay-3-s1 for the third class of the first's
 * answers, quartiles-s1; event-1, period-1.
 * Without any known answer there is no panel of delays. 0, or -1 with *err if the page leaves
 * no room. */
int pair_chart_draw(struct canvas *canvas, double width, double height,
                    const struct pair_chart *chart, struct error *err);

/* A delay as it is said there: "40 seconds", "25 minutes", "3 hours", "2.5 days", "3 weeks".
 * g_free(). */
char *pair_delay_text(int64_t seconds);

#endif
