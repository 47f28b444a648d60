#include "time_words.h"

#include <glib.h>

#include <string.h>

static const char *const month_names[] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December",
};

static const char *month_of(int64_t instant)
{
	return month_names[civil_from_instant(instant).month - 1];
}

char *time_day_name(int64_t instant)
{
	struct civil c = civil_from_instant(instant);

	return g_strdup_printf("%d %s %d", c.day, month_names[c.month - 1], c.year);
}

char *time_span_name(int64_t start, int64_t end)
{
	char *from = time_day_name(start), *to = time_day_name(end - 1);
	char *name = strcmp(from, to) ? g_strdup_printf("%s to %s", from, to) : g_strdup(from);

	g_free(from);
	g_free(to);
	return name;
}

char *time_bin_name(enum calendar_unit unit, int64_t start)
{
	struct civil c = civil_from_instant(start);

	switch (unit) {
	case CALENDAR_DAY:
		return time_day_name(start);
	case CALENDAR_WEEK:
		return g_strdup_printf("week of %d %s %d", c.day, month_of(start), c.year);
	case CALENDAR_MONTH:
		return g_strdup_printf("%s %d", month_of(start), c.year);
	case CALENDAR_QUARTER:
		return g_strdup_printf("%s to %s %d", month_of(start),
		                       month_of(calendar_next(unit, start) - 1), c.year);
	case CALENDAR_YEAR:
		break;
	}
	return g_strdup_printf("%d", c.year);
}

char *time_bin_id(enum calendar_unit unit, int64_t start)
{
	struct civil c = civil_from_instant(start);

	switch (unit) {
	case CALENDAR_DAY:
	case CALENDAR_WEEK:
		return g_strdup_printf("%04d-%02d-%02d", c.year, c.month, c.day);
	case CALENDAR_MONTH:
		return g_strdup_printf("%04d-%02d", c.year, c.month);
	case CALENDAR_QUARTER:
		return g_strdup_printf("%04d-Q%d", c.year, (c.month + 2) / 3);
	case CALENDAR_YEAR:
		break;
	}
	return g_strdup_printf("%04d", c.year);
}
