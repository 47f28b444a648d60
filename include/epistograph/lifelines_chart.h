/* lifelines_chart.h - correspondents as lines from first contact to last */
#ifndef EPISTOGRAPH_LIFELINES_CHART_H
#define EPISTOGRAPH_LIFELINES_CHART_H

#include "epistograph/annotation.h"
#include "epistograph/frame.h"
#include "epistograph/lifelines.h"

struct error;

struct lifelines_person {               /* who a row is */
	const char *name;               /* to be read beside the line */
	const char *address;            /* for the tooltip */
	int community;                  /* index of colour and name; -1 for those of the rest */
};

struct lifelines_chart {
	const struct lifelines *lifelines;
	const struct coverage *coverage;        /* its gaps are hatched */
	const struct lifelines_person *people;  /* [row_count], as lifelines->rows */
	const char *const *communities; /* names by index */
	const int *community_colors;    /* their categories in palettes */
	int community_count;
	struct frame frame;
	struct annotations annotations;
};

/* How many rows such a page (pt) has room for, about, none pressed. */
int lifelines_chart_rows(double width, double height);
/* How many rows like these it has room for, with the lines that their names need, none
 * pressed; row_count or more if for all of them. */
int lifelines_chart_room(const struct lifelines_chart *chart, const struct style *style,
                         double width, double height);
/* The height (pt) of a page of that width that these rows fill: up to the height given as they
 * like it, and up to most only if names or the events' key would be pressed or cut. */
double lifelines_chart_height(const struct lifelines_chart *chart, const struct style *style,
                              double width, double height, double most);

/* Draw it on a page of width x height pt: a row a person, from the first contact to the
 * last; what was sent stands on the line and what was received hangs from it, one scale
 * for all. Names are whole (frame_wrap_name()). Without colour all lines are of one grey and
 * a swatch beside the name tells the community. Each row is a mark, life-12 of the person
 * 12, and in it each bin, life-12-2016-07. Without a dated message a sentence is drawn. 0,
 * or -1 with *err if the page leaves no room for so many rows. */
int lifelines_chart_draw(struct canvas *canvas, double width, double height,
                         const struct lifelines_chart *chart, struct error *err);

#endif
