/* annotation.h - what a user writes on a chart's time: days and periods with a text */
#ifndef EPISTOGRAPH_ANNOTATION_H
#define EPISTOGRAPH_ANNOTATION_H

#include <stdint.h>

struct time_event { int64_t instant; const char *text; };

struct time_period {
	int64_t start, end;             /* start <= t < end */
	const char *text;
};

struct annotations {                    /* in any order; all borrowed */
	const struct time_event *events;        int event_count;
	const struct time_period *periods;      int period_count;
};

#endif
