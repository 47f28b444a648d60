#include "parts.h"

#include "figure_words.h"
#include "selection.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/period.h"
#include "epistograph/text.h"

static void add_instant(void *builder, const struct correspondence *message)
{
	if (message->instant != INSTANT_NONE)
		period_builder_add(builder, message->instant);
}

/* The time the network's mail covers, those far from all others aside. */
static int find_period(const struct view *view, struct period *period, struct error *err)
{
	struct period_builder *builder = period_builder_new();
	int status = view_walk(view, &view->selection->filter, add_instant, builder, NULL, err);

	period_builder_finish(builder, period);
	return status;
}

static void add_to_slice(void *builder, const struct correspondence *message)
{
	slices_builder_add(builder, message);
}

static int fill(struct parts *parts, const struct view *view, struct error *err)
{
	const struct selection *s = view->selection;
	struct slices_builder *builder = slices_builder_new(
		&parts->slices, view->persons, view->person_count, s->weight, s->filter.edges);
	int status = view_walk(view, &s->filter, add_to_slice, builder, NULL, err);

	parts->networks = g_new0(struct network, (gsize)parts->slices.count);
	slices_builder_finish(builder, parts->networks, &parts->outside);
	return status;
}

int parts_init(struct parts *parts, const struct view *view, int unit, int most,
               struct error *err)
{
	struct period period;

	*parts = (struct parts){ 0 };
	if (find_period(view, &period, err) < 0)
		return -1;
	if (period.first == INSTANT_NONE)
		return error_set(err, "no message that passes the filter has a usable date");
	slices_cut(&parts->slices, period.first, period.last, unit, most);
	parts->names = g_new0(char *, (gsize)parts->slices.count + 1);
	for (int i = 0; i < parts->slices.count; i++)
		parts->names[i] = slices_name(&parts->slices, i);
	if (parts->slices.count < 2) {
		error_set(err, "all mail is of %s: there is nothing to compare it with%s",
		          parts->names[0], unit > CALENDAR_DAY ? "; try a shorter --unit" : "");
		parts_clear(parts);
		return -1;
	}
	if (fill(parts, view, err) < 0) {
		parts_clear(parts);
		return -1;
	}
	return 0;
}

char *parts_steps(const struct parts *parts)
{
	char *unit = slices_unit_name(&parts->slices);
	char *steps = g_ascii_isdigit(*unit) ? g_strdup_printf("in steps of %s", unit)
	                                     : g_strdup_printf("%s by %s", unit, unit);

	g_free(unit);
	return steps;
}

char *parts_source(const struct parts *parts, const struct view *view, const char *communities)
{
	int64_t shown = 0;
	char *left = view_left_out(view), *bias = view_bias(view);

	for (int i = 0; i < parts->slices.count; i++)
		shown += parts->networks[i].account.in_network;
	GString *out = words_begin_source(view, shown);

	if (*left)
		g_string_append_printf(out, " Not in it: %s.", left);
	if (parts->outside)
		g_string_append_printf(out, " %s without a usable date or far from all others.",
		                       text_count(parts->outside));
	if (*bias)
		g_string_append_printf(out, " %s.", bias);
	g_string_append_printf(out, " Communities: Leiden, %s, seed %" G_GINT64_FORMAT
	                       ". epistograph " EPISTOGRAPH_VERSION, communities,
	                       view->selection->seed);
	g_free(bias);
	g_free(left);
	return g_string_free(out, FALSE);
}

void parts_clear(struct parts *parts)
{
	for (int i = 0; parts->networks && i < parts->slices.count; i++)
		network_clear(&parts->networks[i]);
	g_free(parts->networks);
	g_strfreev(parts->names);
	slices_clear(&parts->slices);
	*parts = (struct parts){ 0 };
}
