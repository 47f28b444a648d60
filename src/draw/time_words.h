/* time_words.h - the calendar's words; private to src/draw. All by g_free(). */
#ifndef EPISTOGRAPH_TIME_WORDS_H
#define EPISTOGRAPH_TIME_WORDS_H

#include <stdint.h>

#include "epistograph/calendar.h"

char *time_day_name(int64_t instant);           /* "14 July 2016" */
/* "1 July 2016 to 14 July 2016", of one day its name; start <= t < end */
char *time_span_name(int64_t start, int64_t end);
/* "July 2016", "week of 11 July 2016", "14 July 2016", "July to September 2016", "2016" */
char *time_bin_name(enum calendar_unit unit, int64_t start);
/* "2016-07", "2016-07-11", "2016-Q3", "2016": for ids */
char *time_bin_id(enum calendar_unit unit, int64_t start);

#endif
