/* rhythm.c - instants read off a clock */
#include "epistograph/rhythm.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <glib.h>

#include <stdio.h>
#include <string.h>

#define OFFSET_MAX_H 14                 /* the farthest zone there is: Kiribati, UTC+14 */

/* "+01:00" or "-0530" into seconds. */
static bool parse_offset(const char *text, int32_t *offset_s)
{
	int hours, minutes, used = 0;

	if ((*text != '+' && *text != '-') || !g_ascii_isdigit(text[1]) ||
	    (sscanf(text + 1, "%2d:%2d%n", &hours, &minutes, &used) != 2 &&
	     sscanf(text + 1, "%2d%2d%n", &hours, &minutes, &used) != 2) ||
	    text[1 + used] || used < 4 || minutes < 0 || minutes > 59 || hours > OFFSET_MAX_H)
		return false;
	*offset_s = (*text == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
	return true;
}

int clock_parse(const char *text, struct clock *clock, struct error *err)
{
	*clock = (struct clock){ .is_fixed = strcmp(text, "own") != 0 };
	if (!clock->is_fixed)
		return 0;
	if (!strcmp(text, "UTC") || !strcmp(text, "Z")) {
		g_strlcpy(clock->name, "UTC", sizeof clock->name);
		return 0;
	}
	if (parse_offset(text, &clock->offset_s)) {
		int minutes = ABS(clock->offset_s) / 60;

		snprintf(clock->name, sizeof clock->name, "UTC%c%02d:%02d",
		         clock->offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
		return 0;
	}
	/* An absolute path would be read as a file. */
	GTimeZone *rules = *text && *text != '/' && *text != '.' && g_ascii_isalpha(*text)
		? g_time_zone_new_identifier(text) : NULL;

	if (!rules)
		return error_set(err, "--zone is own, UTC, an offset such as +01:00, or a time zone of this "
		                 "machine such as Europe/Paris, not '%s'", text);
	clock->rules = rules;
	g_strlcpy(clock->name, text, sizeof clock->name);
	return 0;
}

void clock_clear(struct clock *clock)
{
	if (clock->rules)
		g_time_zone_unref(clock->rules);
	*clock = (struct clock){ 0 };
}

static int32_t fixed_offset(const struct clock *clock, int64_t instant)
{
	if (!clock->rules)
		return clock->offset_s;
	int interval = g_time_zone_find_interval(clock->rules, G_TIME_TYPE_UNIVERSAL, instant);
	return g_time_zone_get_offset(clock->rules, interval);
}

static void note_ruled(struct rhythm *rhythm, int32_t offset_s)
{
	int at = 0, count = rhythm->ruled_count;

	if (count > RULED_MAX)
		return;
	while (at < count && rhythm->ruled_s[at] < offset_s)
		at++;
	if (at < count && rhythm->ruled_s[at] == offset_s)
		return;
	rhythm->ruled_count++;
	if (count == RULED_MAX)
		return;
	memmove(&rhythm->ruled_s[at + 1], &rhythm->ruled_s[at],
	        (size_t)(count - at) * sizeof *rhythm->ruled_s);
	rhythm->ruled_s[at] = offset_s;
}

void rhythm_add(struct rhythm *rhythm, const struct clock *clock,
                const struct correspondence *message)
{
	int32_t offset_s = message->utc_offset_s;

	if (clock->is_fixed) {
		offset_s = fixed_offset(clock, message->instant);
	} else if (offset_s == UTC_OFFSET_UNKNOWN) {
		rhythm->without_offset++;
		return;
	}
	struct civil local = civil_from_instant(message->instant + offset_s);

	rhythm->counts[local.weekday][local.hour]++;
	rhythm->by_weekday[local.weekday]++;
	rhythm->by_hour[local.hour]++;
	rhythm->counted++;
	if (clock->rules)
		note_ruled(rhythm, offset_s);
	if (clock->is_fixed)
		return;
	rhythm->at_zero += offset_s == 0;
	if (offset_s % OFFSET_STEP_S == 0 && ABS(offset_s) <= OFFSET_STEPS * OFFSET_STEP_S)
		rhythm->by_offset[OFFSET_STEPS + offset_s / OFFSET_STEP_S]++;
}

int64_t rhythm_commonest_place(const struct rhythm *rhythm, int32_t *standard_s)
{
	const int hour = 3600 / OFFSET_STEP_S;
	int64_t most = 0;

	for (int i = 0; i + hour <= 2 * OFFSET_STEPS; i++) {
		int64_t both = rhythm->by_offset[i] + rhythm->by_offset[i + hour];

		if (both > most) {
			most = both;
			*standard_s = (i - OFFSET_STEPS) * OFFSET_STEP_S;
		}
	}
	return most;
}
