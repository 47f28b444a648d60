/* calendar.h - instants, civil time and calendar bins (proleptic Gregorian, UTC)
 *
 * An instant is a number of seconds since 1970-01-01T00:00:00Z. INSTANT_NONE is
 * the absence of one; it is never 0. Nothing here reads the clock or a locale. */
#ifndef EPISTOGRAPH_CALENDAR_H
#define EPISTOGRAPH_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

struct error;

#define INSTANT_NONE INT64_MIN

struct civil {
	int year;               /* e.g. 2016; may be negative */
	int month, day;         /* 1-12, 1-31 */
	int hour, minute, second;       /* 0-23, 0-59, 0-60 */
	int weekday;            /* out only: 0 = Monday ... 6 = Sunday */
};

enum calendar_unit { CALENDAR_DAY, CALENDAR_WEEK, CALENDAR_MONTH, CALENDAR_QUARTER, CALENDAR_YEAR };

/* Fields out of range are not normalised: check with civil_is_valid first. */
int64_t instant_from_civil(const struct civil *civil);
struct civil civil_from_instant(int64_t instant);
bool civil_is_valid(const struct civil *civil);

/* "2016", "2016-Q3", "2016-07", "2016-07-14" or "2016-07-14T10:30[:05][Z]" (UTC) to the
 * first instant of it; with end = true to the first instant after it, so that
 * --until 2016-07 includes all of July. Returns 0, or -1 with *err. */
int instant_parse(const char *text, bool end, int64_t *instant, struct error *err);

/* "2016-07-14T10:30:05Z" or, for INSTANT_NONE, "". Returns buffer. */
char *instant_format(char buffer[static 32], int64_t instant);
/* "2016-07-14" or "". */
char *instant_format_date(char buffer[static 32], int64_t instant);

/* The first instant of the bin that holds instant (weeks are ISO, from Monday),
 * and of the bin after the one that holds it. */
int64_t calendar_floor(enum calendar_unit unit, int64_t instant);
int64_t calendar_next(enum calendar_unit unit, int64_t instant);

/* How many bins take all from first to last; most + 1 if they are more than that. */
int64_t calendar_count(enum calendar_unit unit, int64_t first, int64_t last, int64_t most);
/* The finest unit, but none finer than that given, of which `most` bins are enough;
 * years if none is. */
enum calendar_unit calendar_finest(enum calendar_unit unit, int64_t first, int64_t last,
                                   int64_t most);
const char *calendar_unit_name(enum calendar_unit unit);        /* "day", "week", ... */

#endif
