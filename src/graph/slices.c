/* slices.c - calendar steps of days or of months, and a network builder for each */
#include "epistograph/slices.h"

#include "epistograph/calendar.h"

#include <stdlib.h>

#include <glib.h>

#define DAY_S INT64_C(86400)

/* The lengths there are. Longer ones than the last are its doubles. */
static const struct { int months, days; enum calendar_unit unit; const char *name; } steps[] = {
	{ 0, 1, CALENDAR_DAY, "day" }, { 0, 7, CALENDAR_WEEK, "week" },
	{ 1, 0, CALENDAR_MONTH, "month" }, { 3, 0, CALENDAR_QUARTER, "quarter" },
	{ 6, 0, CALENDAR_QUARTER, "half-year" }, { 12, 0, CALENDAR_YEAR, "year" },
	{ 24, 0, CALENDAR_YEAR, "2 years" }, { 60, 0, CALENDAR_YEAR, "5 years" },
	{ 120, 0, CALENDAR_YEAR, "10 years" },
};

/* ---- cutting ---- */

/* Months since the year 0, and back to the first instant of one. */
static int64_t month_of(int64_t instant)
{
	struct civil c = civil_from_instant(instant);

	return (int64_t)c.year * 12 + c.month - 1;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int64_t month_start(int64_t month)
{
	int64_t year = floor_div(month, 12);
	struct civil c = { .year = (int)year, .month = (int)(month - year * 12) + 1, .day = 1 };

	return instant_from_civil(&c);
}

/* The first instant of the slice that holds instant, then of the next. */
static int64_t floor_to(const struct slices *s, int64_t instant)
{
	if (s->months)
		return month_start(floor_div(month_of(instant), s->months) * s->months);
	return calendar_floor(s->days == 7 ? CALENDAR_WEEK : CALENDAR_DAY, instant);
}

static int64_t next_of(const struct slices *s, int64_t start)
{
	return s->months ? month_start(month_of(start) + s->months) : start + s->days * DAY_S;
}

static int64_t count_up_to(const struct slices *s, int64_t first, int64_t last, int most)
{
	int64_t count = 0;

	for (int64_t at = floor_to(s, first); at <= last && count <= most; at = next_of(s, at))
		count++;
	return count;
}

static void choose_length(struct slices *s, int64_t first, int64_t last, int unit, int most)
{
	size_t i = 0;

	while (unit >= 0 && steps[i].unit != (enum calendar_unit)unit)
		i++;
	for (; i < G_N_ELEMENTS(steps); i++) {
		s->months = steps[i].months;
		s->days = steps[i].days;
		if (count_up_to(s, first, last, most) <= most)
			return;
	}
	while (count_up_to(s, first, last, most) > most && s->months < 12 * 100000)
		s->months *= 2;
}

void slices_cut(struct slices *slices, int64_t first, int64_t last, int unit, int most)
{
	*slices = (struct slices){ 0 };
	choose_length(slices, first, last, unit, MAX(most, 1));
	GArray *edges = g_array_new(FALSE, FALSE, sizeof(int64_t));
	int64_t at = floor_to(slices, first);

	g_array_append_val(edges, at);
	do {
		at = next_of(slices, at);
		g_array_append_val(edges, at);
		slices->count++;
	} while (at <= last);
	slices->edges = (int64_t *)(void *)g_array_free(edges, FALSE);
}

void slices_clear(struct slices *slices)
{
	g_free(slices->edges);
	*slices = (struct slices){ 0 };
}

int slices_find(const struct slices *slices, int64_t instant)
{
	int low = 0, high = slices->count;

	if (instant == INSTANT_NONE || instant < slices->edges[0] ||
	    instant >= slices->edges[slices->count])
		return -1;
	while (high - low > 1) {
		int middle = (low + high) / 2;

		if (instant < slices->edges[middle])
			high = middle;
		else
			low = middle;
	}
	return low;
}

/* ---- names ---- */

char *slices_name(const struct slices *slices, int slice)
{
	static const char *const months[] = { "January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December" };
	struct civil c = civil_from_instant(slices->edges[slice]);

	if (slices->days)
		return g_strdup_printf("%d %.3s %d", c.day, months[c.month - 1], c.year);
	switch (slices->months) {
	case 1:
		return g_strdup_printf("%s %d", months[c.month - 1], c.year);
	case 3:
		return g_strdup_printf("Q%d %d", c.month / 3 + 1, c.year);
	case 6:
		return g_strdup_printf("%s %d", c.month == 1 ? "Jan to Jun" : "Jul to Dec", c.year);
	case 12:
		return g_strdup_printf("%d", c.year);
	default:
		return g_strdup_printf("%d\u2013%d", c.year, c.year + slices->months / 12 - 1);
	}
}

char *slices_unit_name(const struct slices *slices)
{
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++)
		if (steps[i].months == slices->months && steps[i].days == slices->days)
			return g_strdup(steps[i].name);
	return g_strdup_printf("%d years", slices->months / 12);
}

/* ---- a network of each ---- */

struct slices_builder {
	const struct slices *slices;
	struct network_builder **networks;
	int64_t outside;
};

struct slices_builder *slices_builder_new(const struct slices *slices, const struct person *persons,
                                          size_t count, enum weight weight, enum edges edges)
{
	struct slices_builder *builder = g_new0(struct slices_builder, 1);

	builder->slices = slices;
	builder->networks = g_new0(struct network_builder *, (gsize)slices->count);
	for (int i = 0; i < slices->count; i++) {
		builder->networks[i] = network_builder_new(persons, count, weight);
		network_builder_set_edges(builder->networks[i], edges);
	}
	return builder;
}

void slices_builder_add(struct slices_builder *builder, const struct correspondence *message)
{
	int slice = slices_find(builder->slices, message->instant);

	if (slice < 0)
		builder->outside++;
	else
		network_builder_add(builder->networks[slice], message);
}

void slices_builder_finish(struct slices_builder *builder, struct network *networks,
                           int64_t *outside)
{
	for (int i = 0; i < builder->slices->count; i++) {
		network_builder_finish(builder->networks[i], &networks[i]);
		builder->networks[i] = NULL;
	}
	*outside = builder->outside;
	slices_builder_free(builder);
}

void slices_builder_free(struct slices_builder *builder)
{
	if (!builder)
		return;
	for (int i = 0; i < builder->slices->count; i++)
		network_builder_free(builder->networks[i]);
	g_free(builder->networks);
	g_free(builder);
}
