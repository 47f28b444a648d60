#include "about.h"

#include "epistograph/calendar.h"
#include "epistograph/text.h"
#include "export_internal.h"

#include <glib.h>

#include <math.h>

static void append_line(GString *out, const char *name, const char *value)
{
	char *clean = clean_copy(value);

	if (*clean)
		g_string_append_printf(out, "%s: %s\n", name, clean);
	g_free(clean);
}

static void append_size(GString *out, const struct network *network)
{
	char first[32], last[32];
	const struct network_account *account = &network->account;

	g_string_append_printf(out, "People: %s; ties: %s; messages: %s, of which without a date: %s\n",
	                       text_count(network->order), text_count(network->size),
	                       text_count(account->in_network), text_count(account->undated));
	if (account->first != INSTANT_NONE && account->last != INSTANT_NONE)
		g_string_append_printf(out, "Period: %s to %s (UTC)\n",
		                       instant_format(first, account->first),
		                       instant_format(last, account->last));
	append_line(out, "Ties", network->edges == EDGES_REPLY ?
	            "from who answered to who was answered" : "from sender to recipient");
	append_line(out, "Weight", network->weight == WEIGHT_SHARED ?
	            "1/(number of recipients) of each message" : "number of messages");
}

static void append_method(GString *out, const struct analysis *analysis)
{
	char number[40];
	bool known = isfinite(analysis->modularity);

	g_string_append_printf(out, "Communities: %s, by Leiden on modularity, iterations: %d",
	                       text_count(analysis->community_count),
	                       analysis->options.leiden_iterations);
	g_string_append_printf(out, "%s%s\n", known ? "; modularity: " : "",
	                       known ? real_format(number, analysis->modularity) : "");
	g_string_append_printf(out, "Seed: %" G_GUINT64_FORMAT "\n", analysis->options.seed);
	if (analysis->sources < analysis->network->order)
		g_string_append_printf(out, "Betweenness and harmonic closeness: from %s of %s sources\n",
		                       text_count(analysis->sources),
		                       text_count(analysis->network->order));
	else
		append_line(out, "Betweenness and harmonic closeness", "exact");
	g_string_append_printf(out, "Backbone: disparity filter, alpha: %s\n",
	                       real_format(number, analysis->options.alpha));
}

char *about_text(const struct analysis *analysis, const struct export_about *about)
{
	GString *out = g_string_new(NULL);

	if (about) {
		append_line(out, "Software", about->software);
		append_line(out, "Filter", about->filter);
	}
	append_size(out, analysis->network);
	append_method(out, analysis);
	return g_string_free(out, FALSE);
}
