/* ego_chart.h - one person and those they write with, drawn */
#ifndef EPISTOGRAPH_EGO_CHART_H
#define EPISTOGRAPH_EGO_CHART_H

#include "epistograph/ego.h"
#include "epistograph/frame.h"

struct error;

struct ego_chart {
	const struct ego *ego;
	struct frame frame;
	const char *one, *many;         /* what is counted: "message", "messages" */
};

#define EGO_ALTERS_MAX 120              /* more would hide each other */

/* Have all people a name on a page of that size (pt)? No more than are useful, either. */
bool ego_chart_fits(const struct style *style, double width, double height,
                    const struct ego_chart *chart);

/* The height that is enough on a page of that width, at most the height given (pt). */
double ego_chart_height(const struct style *style, double width, double height,
                        const struct ego_chart *chart);

/* Draw it on a page of width x height pt: the ego in the middle, the others around, on
 * rings by the messages exchanged (logarithmic, the most nearest), each with its name
 * beside the rings, by community from the top left; behind the names, if few are broken for that,
 * the messages to and from them. A tie is two wedges side by side, each wide at its
 * sender and as wide there as the root of the messages, no wider than parts them where they
 * leave the ego's disc. The strongest ties between the others are hair lines, as many as
 * there are people. Marks: ego-V, alter-V and between-V-W by vertex, group-K, ring-N. Who
 * writes with nobody is a sentence. Returns 0, or -1 with *err if the page is too small.
 *
 * Names in two rows beside the figure, leaders that do not cross: boundary labelling,
 * Bekos, Kaufmann, Symvonis & Wolff (2007), doi:10.1016/j.comgeo.2006.05.003. */
int ego_chart_draw(struct canvas *canvas, double width, double height,
                   const struct ego_chart *chart, struct error *err);

#endif
