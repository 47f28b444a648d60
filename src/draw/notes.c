#include "notes.h"

#include "time_words.h"

#include "epistograph/coverage.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <glib.h>

#include <string.h>

#define LEADING 1.25            /* baseline to baseline, in type sizes */
#define SPACE_ABOVE 3.0         /* pt */

char **notes_wrap(const struct style *style, const char *text, const struct box *box)
{
	char **lines = frame_wrap(text, &style->small, box->width);
	guint most = (guint)MAX(box->height / 3 / (style->small.size * LEADING), 1);

	if (g_strv_length(lines) <= most)
		return lines;
	char *rest = g_strjoinv(" ", lines + most - 1);
	for (guint i = most - 1; lines[i]; i++)
		g_clear_pointer(&lines[i], g_free);
	lines[most - 1] = frame_fit(rest, &style->small, box->width);
	g_free(rest);
	return lines;
}

bool notes_are_cut(char **lines)
{
	guint count = g_strv_length(lines);

	return count > 0 && g_str_has_suffix(lines[count - 1], "\u2026");
}

double notes_height(const struct style *style, char **lines)
{
	guint count = g_strv_length(lines);

	return count == 0 ? 0 : SPACE_ABOVE + count * style->small.size * LEADING;
}

void notes_draw(struct canvas *canvas, char **lines, const struct box *box)
{
	const struct style *style = canvas_style(canvas);
	double y = box->y + box->height - notes_height(style, lines) + SPACE_ABOVE;

	if (!lines[0])
		return;
	canvas_begin(canvas, "notes", NULL);
	for (int i = 0; lines[i]; i++)
		canvas_text(canvas, box->x, y + style->small.size * (1 + LEADING * i), lines[i],
		            &style->small, ALIGN_LEFT);
	canvas_end(canvas);
}

void notes_draw_statement(struct canvas *canvas, const char *text, const char *notes,
                          const struct box *box)
{
	const struct style *style = canvas_style(canvas);
	struct font font = style->subtitle;

	font.color = style->ink;
	canvas_begin(canvas, "empty", NULL);
	char **lines = frame_wrap(text, &font, box->width);
	for (int i = 0; lines[i]; i++)
		canvas_text(canvas, box->x, box->y + 20 + font.size * 1.3 * i, lines[i], &font, ALIGN_LEFT);
	canvas_end(canvas);
	/* Directly below: there is no chart to keep clear of. */
	struct box below = { box->x, box->y, box->width, MIN(box->height, 60) };
	char **wrapped = notes_wrap(style, notes, &below);
	notes_draw(canvas, wrapped, &below);
	g_strfreev(wrapped);
	g_strfreev(lines);
}

/* ---- of the time that mail covers ---- */

/* " (4 January 2099)" or " (1 May 1990 to 4 January 2099)" */
static void append_far_days(GString *notes, const struct coverage *coverage)
{
	char *first = time_day_name(coverage->far_first);
	char *last = time_day_name(coverage->far_last);

	g_string_append_printf(notes, "%s%s%s%s)", " (", first, strcmp(first, last) ? " to " : "",
	                       strcmp(first, last) ? last : "");
	g_free(first);
	g_free(last);
}

void notes_append_undrawn(GString *notes, const struct coverage *coverage)
{
	const struct { int64_t count; const char *what; } rows[] = {
		{ coverage->undated, "without a date" },
		{ coverage->implausible, "with an implausible date" },
		{ coverage->far, "far from all other mail" },
	};
	int left = 0, said = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		left += rows[i].count > 0;
	if (left == 0)
		return;
	g_string_append(notes, "Not shown: ");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].count == 0)
			continue;
		left--;
		g_string_append_printf(notes, "%s%s%s%s %s", said == 0 ? "" : left > 0 ? ", " : " and ",
		                       text_count(rows[i].count), said == 0 ? " " : "",
		                       said > 0 ? "" : rows[i].count == 1 ? "message" : "messages",
		                       rows[i].what);
		said++;
	}
	if (coverage->far > 0)
		append_far_days(notes, coverage);
	g_string_append(notes, ". ");
}

static void append_quiet(GString *notes, const struct timeline_gap *quiet)
{
	char *when = time_span_name(quiet->start, quiet->end);

	g_string_append_printf(notes, "Not hatched: %s, a silence that is not unusual beside so little "
	                       "mail. ", when);
	g_free(when);
}

void notes_append_gaps(GString *notes, int gap_count, const struct timeline_gap *quiet)
{
	if (gap_count > 0)
		g_string_append(notes, "Hatched ground: no such mail in this archive for unusually long; it "
		                       "may be missing. ");
	if (quiet->end > quiet->start)
		append_quiet(notes, quiet);
}

char *notes_of_coverage(const struct coverage *coverage, bool with_gaps)
{
	GString *notes = g_string_new(NULL);

	notes_append_undrawn(notes, coverage);
	if (with_gaps)
		notes_append_gaps(notes, coverage->gap_count, &coverage->quiet);
	if (coverage->repaired > 0)
		g_string_append_printf(notes, "%s %s a repaired or replaced date. ",
		                       text_counted(coverage->repaired, "message", "messages"),
		                       coverage->repaired == 1 ? "has" : "have");
	return g_string_free(notes, FALSE);
}

/* ---- as numbers ---- */

void notes_data_rest(struct canvas *canvas, int column, const struct coverage *coverage)
{
	const struct { const char *kind; int64_t count; } rows[] = {
		{ "without a date", coverage->undated },
		{ "implausible date", coverage->implausible },
		{ "far from all other mail", coverage->far },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].count == 0)
			continue;
		figure_data_rest(canvas, rows[i].kind);
		figure_data_int(canvas, column, rows[i].count);
	}
}
