/* figure.h - one figure to be drawn: its page and the options of its chart */
#ifndef FIGURE_H
#define FIGURE_H

#include "chart.h"
#include "figure_words.h"

#include "epistograph/annotation.h"
#include "epistograph/style.h"

struct figure {
	const struct chart_kind *chart;
	const char *title;              /* NULL: a plain statement of what is shown */
	struct style style;
	struct page_size size;          /* of the page */
	bool own_height;                /* no height was given: it is the chart's to choose */
	double dpi;                     /* PNG only */
	bool with_data;                 /* write its numbers and its words beside it */

	/* For the charts that have them. */
	const char *persons[2];         /* as given: an address or a name */
	int rows;                       /* people wanted; 0 = as many as there is room for */
	const char *zone;               /* whose clock; NULL: each sender's own */
	int labels;                     /* names wanted in a network; 0 = automatic */
	const char *split;              /* NULL: none */
	const char *order;              /* of rows; NULL: the chart's own */
	int unit;                       /* enum calendar_unit, -1 = by the span */
	struct annotations annotations; /* of a chart's time */
};

/* The chart as it is without options; chart may be NULL, if it is set later.
 * figure_clear() frees its style. */
void figure_init(struct figure *figure, const struct chart_kind *chart);
void figure_clear(struct figure *figure);

/* On a page of a newspaper's column, or lower, words are as few as will do. */
bool figure_is_small(const struct figure *figure);

/* Its page in pt, for charts that choose what to show by the room they have. Borrows
 * figure's style. */
struct canvas_page figure_page(const struct figure *figure);

/* The same on a page of that height (pt) if it is the chart's to choose. Borrows all of
 * figure. */
struct figure figure_of_height(const struct figure *figure, double height);

/* What draws a chart: network_chart_draw() and the like. */
typedef int figure_painter(struct canvas *canvas, double width, double height, const void *chart,
                           struct error *err);

/* Open the page, let paint draw chart on it, write the file and what is wanted beside
 * it. 0, or -1 with *err and no file. */
int figure_paint(const struct figure *figure, const struct words *words, const char *path,
                 enum canvas_format format, figure_painter *paint, const void *chart,
                 struct error *err);

#endif
