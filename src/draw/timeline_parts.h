/* timeline_parts.h - what the files of the timeline chart share
 *
 * timeline_words.c   the sentences: tooltips, notes, names of units
 * timeline_plot.c    one panel: rules, columns, gaps, axis
 * timeline_marks.c   events above the plot
 * timeline_chart.c   the page: what goes where
 * Private to src/draw. */
#ifndef EPISTOGRAPH_TIMELINE_PARTS_H
#define EPISTOGRAPH_TIMELINE_PARTS_H

#include "axis.h"
#include "scale.h"

#include "epistograph/timeline_chart.h"

/* Stacked up to here; more series are small multiples, for the eye follows only
 * the lowest layer of a stack well. */
#define TIMELINE_STACK_MAX 4

/* ---- words; strings by g_free() ---- */

/* "July 2016", "week of 11 July 2016", "14 July 2016", "July to September 2016", "2016" */
char *timeline_bin_name(enum calendar_unit unit, int64_t start);
char *timeline_day_name(int64_t instant);               /* "14 July 2016" */
/* "2016-07", "2016-07-11", "2016-Q3", "2016": for ids */
char *timeline_bin_id(enum calendar_unit unit, int64_t start);
char *timeline_bar_title(const struct timeline *timeline, int bin, int series);
char *timeline_gap_text(const struct timeline_gap *gap);        /* "no mail for 14 days" */
char *timeline_gap_title(const struct timeline_gap *gap);
char *timeline_unit_text(enum calendar_unit unit);      /* "messages per month (UTC)" */
/* All that must be said under the plot, in one paragraph; "" if nothing. */
char *timeline_notes(const struct timeline *timeline);

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
	TIMELINE_START, TIMELINE_END,   /* first and last day */
	TIMELINE_TEXT, TIMELINE_SERIES, TIMELINE_MESSAGES, TIMELINE_REPAIRED, TIMELINE_INCOMPLETE,
	TIMELINE_COLUMNS
};

/* First and last day of the row last begun: start <= t < end. */
void timeline_note_days(struct canvas *canvas, int64_t start, int64_t end);

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
/* Label the gaps over which there is room, the longest first: struct gap_label in
 * an array that frees them. */
GArray *plot_label_gaps(const struct plot *plot);
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

/* ---- events ---- */

struct event_marks {
	struct callout *callouts;       /* of the events within the scale, by time */
	const struct timeline_event **events;   /* beside them */
	char **texts;                   /* what stands above: the text, or a number */
	double left;                    /* pt, of the scale they were placed over */
	int count, rows;                /* rows used */
	bool numbered;                  /* the texts are in the notes */
	GString *notes;                 /* the numbers' key, events outside; "" if none */
};

/* Place the chart's events over x in at most `rows` rows; if the texts do not fit,
 * or only_numbers, number them. */
void event_marks_init(struct event_marks *marks, const struct style *style,
                      const struct timeline_chart *chart,
                      const struct time_scale *x, double right, int rows, bool only_numbers);
void event_marks_clear(struct event_marks *marks);
/* Texts above a plot, leaders down through it. */
void event_marks_draw(const struct event_marks *marks, const struct plot *plot);

#define EVENT_ROW 8.5           /* pt */

#endif
