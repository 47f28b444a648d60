#include "figure_words.h"

#include "selection.h"
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

void words_append_embedded(GString *out, int64_t count)
{
	if (count)
		g_string_append_printf(out, ", %s inside other messages",
		                       text_counted(count, "message only", "messages only"));
}

/* Takes filter. */
static GString *begin_subtitle(const struct view *view, char *filter)
{
	GString *out = g_string_new(filter);

	out->str[0] = g_ascii_toupper(out->str[0]);
	words_append_embedded(out, view->filtered.embedded);
	g_free(filter);
	return out;
}

GString *words_begin_subtitle(const struct view *view)
{
	return begin_subtitle(view, view_words(view));
}

GString *words_begin_mail_subtitle(const struct view *view)
{
	return begin_subtitle(view, selection_mail_words(view->selection));
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

void words_append_percent(GString *out, int64_t part, int64_t all)
{
	double percent = all ? 100 * (double)part / (double)all : 0;

	if (part && percent < 1)
		g_string_append(out, " (under 1\u00a0%)");
	else if (part < all && percent >= 99.5)         /* all is said of all alone */
		g_string_append(out, " (over 99\u00a0%)");
	else
		g_string_append_printf(out, " (%.0f\u00a0%%)", percent);
}

void words_end_description(GString *out, char *source)
{
	g_string_append_printf(out, " %s.", source);
	g_free(source);
}

void words_append_network_period(GString *out, const struct view *view)
{
	const struct network_account *account = &view->network.account;

	words_append_period(out, account->first, account->last);
	/* Only a timeline leaves them out: here they are ties like others. */
	if (view->account.far && account->first != INSTANT_NONE &&
	    (account->first < view->account.first || account->last > view->account.last))
		g_string_append(out, " (with dates far from all others)");
}

char *words_network_source(const struct view *view, bool small)
{
	const struct network *network = &view->network;
	const struct casefile_account *a = &view->account;
	int64_t in_figure = network->account.in_network;
	int64_t all = network_receipts(&view->whole), shown = network_receipts(network);
	GString *out = small ? g_string_new(NULL) : words_begin_source(view, in_figure);
	char *left = view_left_out(view);

	if (small)
		g_string_append_printf(out, "Source: %s of %s messages.", text_count(in_figure),
		                       text_count(a->counted));
	if (network->account.undated)
		g_string_append_printf(out, " %s of them without a usable date.",
		                       text_count(network->account.undated));
	if (*left)
		g_string_append_printf(out, small ? " Not: %s." : " Not in it: %s.", left);
	char *bias = view_bias(view);
	if (*bias)
		g_string_append_printf(out, " %s.", bias);
	g_free(bias);
	if (shown < all && selection_reduces(view->selection))
		g_string_append_printf(out, " The reduction keeps %s of %s people and %.0f %% of the "
		                       "%s.", text_count(network->order),
		                       text_count(view->whole.order), 100 * (double)shown / (double)all,
		                       network->edges == EDGES_REPLY
		                       ? "answers" : "messages counted per recipient");
	g_string_append_printf(out, small ? " Modularity %.2f, seed %" G_GINT64_FORMAT
	                                    "; epistograph " EPISTOGRAPH_VERSION
	                       : " Communities: Leiden, modularity %.2f, seed %" G_GINT64_FORMAT
	                         ". epistograph " EPISTOGRAPH_VERSION,
	                       view->analysis.modularity, view->selection->seed);
	g_free(left);
	return g_string_free(out, FALSE);
}
