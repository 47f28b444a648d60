/* figure.h - charts of a view, framed with words that say what they show */
#ifndef FIGURE_H
#define FIGURE_H

#include "view.h"

#include "epistograph/canvas.h"
#include "epistograph/timeline.h"

struct error;

struct figure {
	const char *title;              /* NULL: a plain statement of what is shown */
	double width_mm, height_mm;     /* of the page */
	double dpi;                     /* PNG only */
	int labels;                     /* names wanted in a network; 0 = automatic */
	enum timeline_split split;
	int unit;                       /* enum calendar_unit, -1 = by the span */
	const GPtrArray *events;        /* "DATE=TEXT", may be NULL */
};

/* The network of view into path (or "-" for standard output, which needs no ending). */
int figure_network(const struct view *view, const struct figure *figure, const char *path,
                   enum canvas_format format, struct error *err);

/* The messages that pass view's filter through time. Of view only the case file
 * and persons are used unless the split is by community. An error if none passes. */
int figure_timeline(const struct view *view, const struct figure *figure, const char *path,
                    enum canvas_format format, struct error *err);

/* -1 with *err if one of the events is not DATE=TEXT. */
int figure_check_events(const GPtrArray *events, struct error *err);

#endif
