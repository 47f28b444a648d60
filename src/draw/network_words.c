/* network_words.c - what of a network is drawn, in one line below the subtitle */
#include "network_figure.h"

#include "epistograph/text.h"

#include <glib.h>

/* "98 % of": all only when it is all, some when it is any. */
static void append_share(GString *out, int64_t part, int64_t whole)
{
	if (part == whole)
		g_string_append(out, "all ");
	else if (100 * part < whole)
		g_string_append(out, part > 0 ? "under 1\u00a0% of " : "none of ");
	else
		g_string_append_printf(out, "%d\u00a0%% of ", (int)(100 * part / whole));
}

static char *drawn_words(const struct analysis *analysis, const struct layout *layout, bool brief)
{
	int people = layout->node_count + layout->speck_count;
	GString *out = g_string_new("Drawn: ");

	append_share(out, people, analysis->network->order);
	g_string_append(out, "people");
	if (layout->speck_count > 0 && !brief)
		g_string_append_printf(out, " (%s with lines)", text_count(layout->node_count));
	g_string_append(out, ", ");
	append_share(out, layout->ties_drawn + layout->ties_bundled, layout->ties_total);
	g_string_append(out, "ties, ");
	append_share(out, layout->receipts_drawn + layout->receipts_bundled, layout->receipts_total);
	g_string_append(out, network_terms(analysis)->many);
	g_string_append(out, brief ? "." : ": each community’s strongest and the "
	                                   "backbone of their ties.");
	return g_string_free(out, FALSE);
}

/* "all 163 people", "98 of 163 people (60 %)" */
static void append_counted(GString *out, int64_t part, int64_t whole, const char *one,
                           const char *many)
{
	if (part == whole)
		g_string_append_printf(out, whole == 1 ? "the only %s" : "all %s %s",
		                       whole == 1 ? one : text_count(whole), many);
	else
		g_string_append_printf(out, 100 * part < whole && part > 0 ? "%s of %s (under 1\u00a0%%)"
		                       : "%s of %s (%d\u00a0%%)", text_count(part),
		                       text_counted(whole, one, many), (int)(100 * part / whole));
}

char *network_counted_words(const struct analysis *analysis, const struct layout *layout)
{
	const struct network_terms *terms = network_terms(analysis);
	GString *out = g_string_new("Drawn are ");

	append_counted(out, layout->node_count + layout->speck_count, analysis->network->order,
	               "person", "people");
	if (layout->speck_count > 0)
		g_string_append_printf(out, ", %s of them as specks without lines",
		                       text_count(layout->speck_count));
	g_string_append(out, ", ");
	append_counted(out, layout->ties_drawn + layout->ties_bundled, layout->ties_total,
	               "tied pair", "tied pairs");
	g_string_append(out, " and ");
	append_counted(out, layout->receipts_drawn + layout->receipts_bundled, layout->receipts_total,
	               terms->one, terms->many);
	g_string_append(out, analysis->network->edges == EDGES_REPLY
	                ? "." : ", each counted once for every recipient.");
	return g_string_free(out, FALSE);
}

void network_draw_words(struct canvas *canvas, const struct box *line, const struct analysis *analysis,
                        const struct layout *layout, const struct font *font)
{
	char *words = drawn_words(analysis, layout, false);

	if (text_measure(words, font).width > line->width) {
		g_free(words);
		words = drawn_words(analysis, layout, true);
	}
	char *fitted = frame_fit(words, font, line->width);
	canvas_text(canvas, line->x, line->y + font->size, fitted, font, ALIGN_LEFT);
	g_free(fitted);
	g_free(words);
}
