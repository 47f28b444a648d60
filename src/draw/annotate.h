/* annotate.h - events and periods over a plot with a time axis
 *
 * Private to src/draw. Texts stand above the plot with leaders down through it, and no
 * text meets another or anybody's leader (callout.h); where they do not all fit they are
 * numbered, and the notes, which the chart puts under its axis, have the key; where even the
 * numbers do not fit, neighbours have one, "3-7". A period is a band behind what is drawn, its
 * text at its beginning.
 *
 *	annotate_place(&marks, style, &chart->annotations, &x, right, rows, false);
 *	... leave annotate_height(&marks) above the plot ...
 *	annotate_draw_periods(&marks, canvas, &area, "");
 *	... the plot ...
 *	annotate_draw_events(&marks, canvas, &area, "");
 */
#ifndef EPISTOGRAPH_ANNOTATE_H
#define EPISTOGRAPH_ANNOTATE_H

#include "axis.h"
#include "callout.h"

#include "epistograph/annotation.h"
#include "epistograph/figure_data.h"
#include "epistograph/style.h"

#define EVENT_ROW 8.5           /* pt a row of texts takes */

/* The first columns of the data of every chart with annotations. */
enum {
	TIME_START, TIME_END,           /* first and last day: "2016-07-14" */
	TIME_TEXT,                      /* of an event or a period */
	TIME_COLUMNS
};
#define TIME_DATA_COLUMNS [TIME_START] = { "start", DATA_TEXT }, \
	[TIME_END] = { "end", DATA_TEXT }, [TIME_TEXT] = { "text", DATA_TEXT }

/* First and last day of the row last begun: start <= t < end. */
void annotate_days(struct canvas *canvas, int64_t start, int64_t end);

struct annotation;                      /* an event or a period within the scale */

struct annotation_marks {
	GArray *annotations;            /* struct annotation, from left to right */
	struct callout *callouts;       /* beside them */
	double left;                    /* pt, of the scale they were placed over */
	int rows;                       /* used */
	bool numbered;                  /* the texts are in the notes */
	bool only_leaders;              /* texts stand above another panel; to set in a copy */
	GString *notes;                 /* the numbers' key, what is outside; "" if nothing */
};

/* Place them over x, texts no farther right than `right`, in at most `rows` rows; if the
 * texts do not fit, or only_numbers, number them. */
void annotate_place(struct annotation_marks *marks, const struct style *style,
                    const struct annotations *given, const struct time_scale *x, double right,
                    int rows, bool only_numbers);
/* A sentence on how many lie outside, if any does. */
void annotate_note_outside(GString *notes, int outside);
void annotate_clear(struct annotation_marks *marks);
double annotate_height(const struct annotation_marks *marks);   /* pt above the plot */
/* Append the leaders over the plot, which no text there should cover: struct box. */
void annotate_append_leaders(const struct annotation_marks *marks, const struct box *area,
                             GArray *boxes);

/* Draw over a plot, which may stand elsewhere on the page than the scale they were placed
 * over (panels side by side). Marks: event-1, period-1, with suffix ("-s2") behind. */
void annotate_draw_periods(const struct annotation_marks *marks, struct canvas *canvas,
                           const struct box *area, const char *suffix);
void annotate_draw_events(const struct annotation_marks *marks, struct canvas *canvas,
                          const struct box *area, const char *suffix);

#endif
