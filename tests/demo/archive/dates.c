/* dates.c - instants, zones and dates as they are written */
#include "archive.h"

#include <stdlib.h>
#include <time.h>

static const struct { int minutes; bool summer; const char *name, *summer_name; } zones[] = {
	{   60, true,  "CET", "CEST" }, {    0, true,  "GMT", "BST" },  {  540, false, "JST", "" },
	{ -300, true,  "EST", "EDT" },  {  330, false, "IST", "" },     {   60, false, "WAT", "" },
	{ -210, false, "NST", "" },
};

int64_t instant_of(int year, int month, int day, int hour, int minute)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day,
	                 .tm_hour = hour, .tm_min = minute };
	return timegm(&tm);
}

struct tm civil_of(int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

/* The instant summer time begins (March) or ends (October) in the EU: the
 * month's last Sunday, 01:00 UTC (Directive 2000/84/EC). Good enough for all. */
static int64_t last_sunday(int year, int month)
{
	int64_t instant = instant_of(year, month, 31, 1, 0);

	return instant - civil_of(instant).tm_wday * 86400;
}

static bool zone_is_summer(int zone, int64_t instant)
{
	int year = civil_of(instant).tm_year + 1900;

	return zones[zone].summer && instant >= last_sunday(year, 3) &&
	       instant < last_sunday(year, 10);
}

int zone_offset_s(int zone, int64_t instant)
{
	return (zones[zone].minutes + (zone_is_summer(zone, instant) ? 60 : 0)) * 60;
}

static const char *const weekdays[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

void date_append(GString *out, const char *pattern, int64_t instant, int offset_s)
{
	struct tm tm = civil_of(instant + offset_s);
	int minutes = abs(offset_s) / 60;

	for (const char *p = pattern; *p; p++) {
		if (*p != '%') {
			g_string_append_c(out, *p);
			continue;
		}
		switch (*++p) {
		case 'a': g_string_append(out, weekdays[tm.tm_wday]); break;
		case 'b': g_string_append(out, months[tm.tm_mon]); break;
		case 'd': g_string_append_printf(out, "%02d", tm.tm_mday); break;
		case 'e': g_string_append_printf(out, "%d", tm.tm_mday); break;
		case 'E': g_string_append_printf(out, "%2d", tm.tm_mday); break;
		case 'm': g_string_append_printf(out, "%02d", tm.tm_mon + 1); break;
		case 'Y': g_string_append_printf(out, "%d", tm.tm_year + 1900); break;
		case 'y': g_string_append_printf(out, "%02d", tm.tm_year % 100); break;
		case 'T':
			g_string_append_printf(out, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min,
			                       tm.tm_sec);
			break;
		case 't':
			g_string_append_printf(out, "%02d.%02d.%02d", tm.tm_hour, tm.tm_min,
			                       tm.tm_sec);
			break;
		case 'z': g_string_append_printf(out, "%c%02d%02d", offset_s < 0 ? '-' : '+',
		                                 minutes / 60, minutes % 60); break;
		}
	}
}

int zone_count(void)
{
	return ROWS(zones);
}

const char *zone_name(int zone, int64_t instant)
{
	return zone_is_summer(zone, instant) ? zones[zone].summer_name : zones[zone].name;
}

/* The future is 2096, a leap year, so that every day of the calendar is in it. */
int64_t claimed_instant(const struct letter *letter)
{
	struct tm tm = civil_of(letter->sent);

	switch (letter->defect) {
	case DATE_1970:   return 0;
	case DATE_1980:   return instant_of(1980, 1, 1, 0, 4) + 5;
	case DATE_FUTURE: return instant_of(2096, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min);
	default:          return letter->sent;
	}
}

int claimed_offset_s(const struct letter *letter)
{
	return letter->defect == DATE_1970 || letter->defect == DATE_1980 ? 0
	                                                                  : letter->utc_offset_s;
}
