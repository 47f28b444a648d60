/* axis.h - time along the page, and the calendar's words beneath it
 *
 * Private to src/draw. Numbers only; nothing is drawn here. */
#ifndef EPISTOGRAPH_AXIS_H
#define EPISTOGRAPH_AXIS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "epistograph/calendar.h"
#include "epistograph/canvas.h"

/* Bins of equal width, whatever their length in days; within a bin time runs
 * evenly. */
struct time_scale {
	const int64_t *edges;           /* bins + 1 instants, ascending; borrowed */
	int bins;                       /* > 0 */
	enum calendar_unit unit;        /* of the bins */
	double left, width;             /* pt */
};

/* Where instant lies, in pt; held within the scale's ends. */
double time_scale_x(const struct time_scale *scale, int64_t instant);

struct axis_label {
	char text[24];
	double x;                       /* the middle, pt */
	double width;                   /* pt */
	int row;                        /* 0 next to the axis, 1 below */
};

struct axis_tick {
	double x;                       /* pt */
	bool is_long;                   /* through row 0, between the periods of row 1 */
};

struct axis {
	GArray *labels;                 /* struct axis_label, by row, then from left to right */
	GArray *ticks;                  /* struct axis_tick */
	int rows;                       /* of labels: 0, 1 or 2 */
};

/* Label the axis as finely as there is room: days over months, months over years,
 * or years. No two labels of a row touch, none leaves the scale by more than
 * AXIS_OVERHANG pt. */
void axis_init(struct axis *axis, const struct time_scale *scale, const struct font *font);
void axis_clear(struct axis *axis);

#define AXIS_OVERHANG 8.0

#endif
