#include "figure_words.h"

#include "view.h"

#include "epistograph/calendar.h"
#include "epistograph/text.h"

void words_clear(struct words *words)
{
	g_free(words->title);
	g_free(words->subtitle);
	g_free(words->source);
	g_free(words->description);
	*words = (struct words){ 0 };
}

void words_append_day(GString *out, int64_t instant)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	struct civil c = civil_from_instant(instant);

	g_string_append_printf(out, "%d %s %d", c.day, months[c.month - 1], c.year);
}

void words_append_period(GString *out, int64_t first, int64_t last)
{
	if (first == INSTANT_NONE)
		return;
	g_string_append(out, ", ");
	words_append_day(out, first);
	if (calendar_floor(CALENDAR_DAY, first) != calendar_floor(CALENDAR_DAY, last)) {
		g_string_append(out, " to ");
		words_append_day(out, last);
	}
}

GString *words_begin_subtitle(const struct view *view)
{
	char *filter = view_words(view);
	GString *out = g_string_new(filter);

	out->str[0] = g_ascii_toupper(out->str[0]);
	g_free(filter);
	return out;
}

GString *words_begin_source(const struct view *view, int64_t in_figure)
{
	const struct casefile_account *a = &view->account;
	GString *out = g_string_new("Source: ");

	g_string_append_printf(out, "%s of mail, %s",
	                       text_counted(a->by_outcome[FILE_MAIL], "file", "files"),
	                       text_counted(a->counted, "message", "messages"));
	if (a->duplicates)
		g_string_append_printf(out, " (and %s)", text_counted(a->duplicates, "copy", "copies"));
	g_string_append_printf(out, "; %s in this figure.",
	                       in_figure == a->counted ? "all" : text_count(in_figure));
	return out;
}
