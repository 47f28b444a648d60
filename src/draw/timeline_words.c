#include "notes.h"
#include "timeline_parts.h"

#include "epistograph/text.h"

#include <glib.h>

static const char *messages(int64_t count)
{
	return count == 1 ? "message" : "messages";
}

char *timeline_bar_title(const struct timeline *timeline, int bin, int series)
{
	const struct timeline_bin *at = &timeline->bins[bin];
	char *name = time_bin_name(timeline->unit, at->start);
	GString *title = g_string_new(name);
	int64_t count = at->counts[series];

	g_free(name);
	title->str[0] = g_ascii_toupper(title->str[0]);
	if (timeline->series_count > 1)
		g_string_append_printf(title, ", %s", text_directed(timeline->series_names[series]));
	g_string_append_printf(title, ": %s %s", text_count(count), messages(count));
	if (timeline->series_count <= 1 && at->repaired > 0)
		g_string_append_printf(title, ", %s with a repaired or replaced date",
		                       text_count(at->repaired));
	if (timeline_is_partial(timeline, bin))
		g_string_append_printf(title, " (incomplete %s)", calendar_unit_name(timeline->unit));
	return g_string_free(title, FALSE);
}

static int64_t gap_days(const struct timeline_gap *gap)
{
	return MAX((gap->end - gap->start) / 86400, 1);
}

char *timeline_gap_text(const struct timeline_gap *gap)
{
	int64_t days = gap_days(gap);

	return g_strdup_printf("no mail for %s %s", text_count(days), days == 1 ? "day" : "days");
}

char *timeline_gap_title(const struct timeline_gap *gap)
{
	char *from = time_day_name(gap->start), *to = time_day_name(gap->end - 1);
	char *text = timeline_gap_text(gap);
	char *title = g_strdup_printf("%s to %s: %s", from, to, text);

	g_free(from);
	g_free(to);
	g_free(text);
	return title;
}

char *timeline_unit_text(const char *many, enum calendar_unit unit)
{
	return g_strdup_printf(unit == CALENDAR_WEEK ? "%s per %s from Monday (UTC)" : "%s per %s (UTC)",
	                       many, calendar_unit_name(unit));
}

bool timeline_is_partial(const struct timeline *timeline, int bin)
{
	int64_t start = timeline->bins[bin].start;
	int64_t end = calendar_next(timeline->unit, start);
	int64_t tenth = (end - start) / 10;

	if (timeline->unit == CALENDAR_DAY)
		return false;
	return (bin == 0 && timeline->first - start > tenth) ||
	       (bin == timeline->bin_count - 1 && end - timeline->last > tenth);
}

int64_t timeline_repaired(const struct timeline *timeline)
{
	int64_t sum = 0;

	for (int i = 0; i < timeline->bin_count; i++)
		sum += timeline->bins[i].repaired;
	return sum;
}

bool timeline_shows_repairs(const struct timeline *timeline)
{
	int64_t highest = 0, repaired = 0;

	for (int i = 0; i < timeline->bin_count; i++) {
		highest = MAX(highest, timeline->bins[i].total);
		repaired = MAX(repaired, timeline->bins[i].repaired);
	}
	return timeline->series_count <= 1 && repaired * 200 > highest;
}

int64_t timeline_series_total(const struct timeline *timeline, int series)
{
	int64_t sum = 0;

	for (int i = 0; i < timeline->bin_count; i++)
		sum += timeline->bins[i].counts[series];
	return sum;
}

int timeline_series_shown(const struct timeline *timeline)
{
	int shown = 0;

	for (int s = 0; s < timeline->series_count; s++)
		shown += timeline_series_total(timeline, s) > 0;
	return shown;
}

/* ---- the notes ---- */

static void note_partial(GString *notes, const struct timeline *timeline)
{
	const char *unit = calendar_unit_name(timeline->unit);
	int last = timeline->bin_count - 1;
	bool first_partial = timeline_is_partial(timeline, 0);
	bool last_partial = timeline_is_partial(timeline, last);

	if (!first_partial && !last_partial)
		return;
	char *from = time_day_name(timeline->first), *to = time_day_name(timeline->last);
	g_string_append_printf(notes, "Paler: incomplete %s, the mail ", unit);
	if (first_partial)
		g_string_append_printf(notes, "begins on %s", from);
	if (first_partial && last_partial)
		g_string_append(notes, " and ");
	if (last_partial)
		g_string_append_printf(notes, "ends on %s", to);
	g_string_append(notes, ". ");
	g_free(from);
	g_free(to);
}

static void note_provenance(GString *notes, const struct timeline *timeline)
{
	int64_t repaired = timeline_repaired(timeline);

	if (repaired > 0)
		g_string_append_printf(notes, "%s %s %s a repaired or replaced date. ",
		                       text_count(repaired), messages(repaired),
		                       repaired == 1 ? "has" : "have");
	if (timeline->from_received > 0)
		g_string_append_printf(notes, "%s %s dated by a Received header. ",
		                       text_count(timeline->from_received),
		                       timeline->from_received == 1 ? "is" : "are");
	if (timeline->from_separator > 0)
		g_string_append_printf(notes, "%s %s dated by an mbox separator. ",
		                       text_count(timeline->from_separator),
		                       timeline->from_separator == 1 ? "is" : "are");
}

static void note_other_domain(GString *notes, const struct timeline *timeline)
{
	int64_t count = timeline->by_other_domain;

	if (count > 0)
		g_string_append_printf(notes, "%s of those not verified %s a valid signature of another "
		                       "domain than the sender's. ", text_count(count), count == 1 ? "has" : "have");
}

struct coverage timeline_undrawn(const struct timeline *timeline)
{
	return (struct coverage){
		.undated = timeline->undated, .implausible = timeline->implausible,
		.far = timeline->far, .far_first = timeline->far_first, .far_last = timeline->far_last,
	};
}

char *timeline_notes(const struct timeline *timeline)
{
	GString *notes = g_string_new(NULL);
	struct coverage undrawn = timeline_undrawn(timeline);

	notes_append_undrawn(notes, &undrawn);
	if (timeline->bin_count > 0) {
		note_partial(notes, timeline);
		notes_append_gaps(notes, timeline->gap_count, &timeline->quiet);
		note_provenance(notes, timeline);
		note_other_domain(notes, timeline);
	}
	return g_string_free(notes, FALSE);
}

/* ---- looks of series ---- */

/* What signatures say is told by more than colour: mail that was signed and does not pass is
 * hatched, one way for each reason, and mail that was never signed is grey. */
static struct look verified_look(const struct style *style, int series)
{
	static const enum hatch hatches[] = { HATCH_NONE, HATCH_FALLING, HATCH_RISING };

	if (series >= (int)G_N_ELEMENTS(hatches))
		return style_look(style, -1);
	struct look look = style_look(style, series);

	look.hatch = hatches[series];
	if (style->theme != THEME_GREY)
		look.lines = style->paper;
	return look;
}

struct look timeline_series_look(const struct style *style, const struct timeline *timeline,
                                 int series)
{
	if (timeline->series_colors)
		return style_look(style, timeline->series_colors[series]);
	/* The last is "everyone else", as grey here as in the network. */
	if (timeline->split == SPLIT_COMMUNITY && series > 0 && series == timeline->series_count - 1)
		return style_look(style, -1);
	if (timeline->split == SPLIT_VERIFIED)
		return verified_look(style, series);
	return style_look(style, series);
}

struct look timeline_pale(const struct style *style, const struct look *look)
{
	return (struct look){ style_tint(style, look->color, 0.45), look->hatch, look->lines };
}
