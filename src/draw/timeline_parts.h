/* timeline_parts.h - what the files of the timeline chart share
 *
 * timeline_words.c   the sentences: tooltips, notes, names of units
 * timeline_plot.c    one panel: rules, columns, gaps, axis
 * timeline_chart.c   the page: what goes where
 * Private to src/draw. */
#ifndef EPISTOGRAPH_TIMELINE_PARTS_H
#define EPISTOGRAPH_TIMELINE_PARTS_H

#include "annotate.h"
#include "axis.h"
#include "scale.h"
#include "time_words.h"

#include "epistograph/coverage.h"
#include "epistograph/timeline_chart.h"

/* Stacked up to here; more series are small multiples, for the eye follows only
 * the lowest layer of a stack well. */
#define TIMELINE_STACK_MAX 4

/* ---- words; strings by g_free() ---- */

char *timeline_bar_title(const struct timeline *timeline, int bin, int series);
char *timeline_gap_text(const struct timeline_gap *gap);        /* "no mail for 14 days" */
char *timeline_gap_title(const struct timeline_gap *gap);
/* "messages per month (UTC)", where many are "messages" */
char *timeline_unit_text(const char *many, enum calendar_unit unit);
/* All that must be said under the plot, in one paragraph; "" if nothing. */
char *timeline_notes(const struct timeline *timeline);
struct coverage timeline_undrawn(const struct timeline *timeline);      /* what has no place in time */

/* Mail covers only a part of the first or the last bin: of what is not a day, more
 * than a tenth is before the first message or after the last. */
bool timeline_is_partial(const struct timeline *timeline, int bin);
int64_t timeline_repaired(const struct timeline *timeline);     /* over all bins */
/* Repaired dates are drawn hollow: in one series, and if anywhere they are more than
 * half a hundredth of the highest bar. Else only the notes tell their number. */
bool timeline_shows_repairs(const struct timeline *timeline);
int64_t timeline_series_total(const struct timeline *timeline, int series);
int timeline_series_shown(const struct timeline *timeline);     /* series with mail */
struct look timeline_series_look(const struct style *style, const struct timeline *timeline,
                                 int series);
/* The same, paler: for incomplete bins. */
struct look timeline_pale(const struct style *style, const struct look *look);

/* ---- the numbers ---- */

enum {                                  /* columns of the figure's data */
	TIMELINE_SERIES = TIME_COLUMNS, TIMELINE_MESSAGES, TIMELINE_REPAIRED, TIMELINE_INCOMPLETE,
	TIMELINE_COLUMNS
};

/* ---- a panel ---- */

struct plot {
	struct canvas *canvas;
	const struct style *style;      /* of the canvas */
	const struct timeline *timeline;
	struct box area;                /* of the columns */
	struct time_scale x;
	struct scale y;
	int series;                     /* the only one shown, or -1 for all */
	bool shows_repairs;
};

double plot_y(const struct plot *plot, int64_t count);
void plot_draw_rules(const struct plot *plot, bool with_numbers);
void plot_draw_gaps(const struct plot *plot);

struct gap_label {                      /* "no mail for 14 days" over a gap */
	char **lines;                   /* owned */
	double x, y;                    /* the middle; the first line's top */
};
/* Label the gaps, the longest first, away from what is taken (struct box), up to the first
 * over which there is no room: a short one that is named alone looks like the longest.
 * struct gap_label in an array that frees them. Appends to taken. */
GArray *plot_label_gaps(const struct plot *plot, GArray *taken);
void plot_draw_gap_labels(const struct plot *plot, const GArray *labels);
void plot_draw_bars(const struct plot *plot);
void plot_draw_axis(const struct plot *plot, const struct axis *axis, bool with_labels);

#define PLOT_AXIS_ROW 9.0       /* pt a row of calendar labels takes */
#define PLOT_TICK 3.0           /* pt */

/* ---- the legend ---- */

/* Lay out the legend's entries behind the unit's name in rows of this width, and
 * draw them with the first row's top at y (canvas may be NULL: only measured).
 * Returns the height. */
enum legend_part { LEGEND_SERIES = 1, LEGEND_GAPS = 2 };        /* bits: what it explains */
double timeline_legend(struct canvas *canvas, const struct style *style,
                       const struct timeline *timeline, unsigned parts, double x, double y,
                       double width);

#endif
