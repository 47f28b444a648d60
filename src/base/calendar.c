#include "epistograph/calendar.h"

#include "epistograph/error.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* Days since 1970-01-01 and back, after Howard Hinnant's "chrono-compatible
 * low-level date algorithms": eras of 400 years that begin in March. */
static int64_t days_from_civil(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, struct civil *out)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t day_of_era = z - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
	                       day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t shifted = (5 * day_of_year + 2) / 153;

	out->day = (int)(day_of_year - (153 * shifted + 2) / 5 + 1);
	out->month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t instant_from_civil(const struct civil *civil)
{
	return days_from_civil(civil->year, civil->month, civil->day) * DAY_S +
	       civil->hour * 3600 + civil->minute * 60 + civil->second;
}

struct civil civil_from_instant(int64_t instant)
{
	struct civil out;
	int64_t days = floor_div(instant, DAY_S);
	int second = (int)(instant - days * DAY_S);

	civil_from_days(days, &out);
	out.hour = second / 3600;
	out.minute = second / 60 % 60;
	out.second = second % 60;
	out.weekday = (int)((days % 7 + 7 + 3) % 7);            /* 1970-01-01 was a Thursday */
	return out;
}

static int days_in_month(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return lengths[month - 1] + (month == 2 && leap);
}

bool civil_is_valid(const struct civil *c)
{
	return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
	       c->day <= days_in_month(c->year, c->month) && c->hour >= 0 && c->hour <= 23 &&
	       c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 60;
}

#define NOT_A_DATE "'%s' is not a date: write 2016, 2016-Q3, 2016-07, 2016-07-14 or 2016-07-14T10:30"

/* "2016-Q3", as timelines name a column. */
static bool parse_quarter(const char *text, struct civil *first)
{
	int quarter, used = 0;

	if (sscanf(text, "%4d-Q%1d%n", &first->year, &quarter, &used) != 2 || text[used] ||
	    first->year < 1 || quarter < 1 || quarter > 4)
		return false;
	first->month = 3 * quarter - 2;
	return true;
}

int instant_parse(const char *text, bool end, int64_t *instant, struct error *err)
{
	struct civil c = { .month = 1, .day = 1 };
	int used = 0, fields, after = 0;

	/* Four digits, so that 16 is nobody's first century. */
	if (strspn(text, "0123456789") != 4)
		return error_set(err, NOT_A_DATE, text);
	if (parse_quarter(text, &c)) {
		*instant = instant_from_civil(&c);
		if (end)
			*instant = calendar_next(CALENDAR_QUARTER, *instant);
		return 0;
	}
	fields = sscanf(text, "%4d%n-%2d%n-%2d%n", &c.year, &used, &c.month, &used, &c.day, &used);
	if (fields == 3 && (text[used] == 'T' || text[used] == ' ')) {
		int time_fields = sscanf(text + used + 1, "%2d:%2d%n:%2d%n", &c.hour, &c.minute, &after,
		                         &c.second, &after);
		if (time_fields < 2)
			fields = 0;
		used += 1 + after;
		fields += time_fields;
		if (text[used] == 'Z')
			used++;
	}
	if (fields < 1 || text[used] || c.year < 1 || !civil_is_valid(&c))
		return error_set(err, NOT_A_DATE, text);
	*instant = instant_from_civil(&c);
	if (end)
		*instant = fields == 1 ? calendar_next(CALENDAR_YEAR, *instant)
		         : fields == 2 ? calendar_next(CALENDAR_MONTH, *instant)
		         : fields == 3 ? *instant + DAY_S
		         : fields == 5 ? *instant + 60 : *instant + 1;
	return 0;
}

char *instant_format(char buffer[static 32], int64_t instant)
{
	buffer[0] = '\0';
	if (instant == INSTANT_NONE)
		return buffer;
	struct civil c = civil_from_instant(instant);
	snprintf(buffer, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day,
	         c.hour, c.minute, c.second);
	return buffer;
}

char *instant_format_date(char buffer[static 32], int64_t instant)
{
	instant_format(buffer, instant);
	char *time = strchr(buffer, 'T');
	if (time)
		*time = '\0';
	return buffer;
}

/* The first of the month `months` after the bin's first month. */
static int64_t month_start(struct civil c, int first_month, int months)
{
	int month = first_month - 1 + months;
	struct civil start = { .year = c.year + month / 12, .month = month % 12 + 1, .day = 1 };

	return instant_from_civil(&start);
}

static int64_t calendar_edge(enum calendar_unit unit, int64_t instant, int ahead)
{
	int64_t day = floor_div(instant, DAY_S) * DAY_S;
	struct civil c = civil_from_instant(instant);

	switch (unit) {
	case CALENDAR_DAY:
		return day + (int64_t)ahead * DAY_S;
	case CALENDAR_WEEK:
		return day - (int64_t)c.weekday * DAY_S + (int64_t)ahead * 7 * DAY_S;
	case CALENDAR_MONTH:
		return month_start(c, c.month, ahead);
	case CALENDAR_QUARTER:
		return month_start(c, (c.month - 1) / 3 * 3 + 1, 3 * ahead);
	case CALENDAR_YEAR:
		return month_start(c, 1, 12 * ahead);
	}
	return INSTANT_NONE;
}

int64_t calendar_floor(enum calendar_unit unit, int64_t instant)
{
	return calendar_edge(unit, instant, 0);
}

int64_t calendar_next(enum calendar_unit unit, int64_t instant)
{
	return calendar_edge(unit, instant, 1);
}

int64_t calendar_count(enum calendar_unit unit, int64_t first, int64_t last, int64_t most)
{
	int64_t count = 0;

	for (int64_t start = calendar_floor(unit, first); start <= last && count <= most;
	     start = calendar_next(unit, start))
		count++;
	return count;
}

enum calendar_unit calendar_finest(enum calendar_unit unit, int64_t first, int64_t last,
                                   int64_t most)
{
	while (unit < CALENDAR_YEAR && calendar_count(unit, first, last, most) > most)
		unit++;
	return unit;
}

const char *calendar_unit_name(enum calendar_unit unit)
{
	static const char *const names[] = { "day", "week", "month", "quarter", "year" };

	return names[unit];
}
