#include "axis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LABEL_GAP 4.0           /* pt between two labels */

static const char *const month_names[] = {
	"January", "February", "March", "April", "May", "June", "July", "August", "September",
	"October", "November", "December",
};

/* What a row of labels names, and how often. */
struct rhythm {
	enum calendar_unit anchor;      /* labels stand at starts of these ... */
	int every;                      /* ... whose number is a multiple of this */
	enum calendar_unit named;       /* ... and name the period of this length there */
};

/* From the finest to the coarsest. */
static const struct rhythm rhythms[] = {
	{ CALENDAR_DAY, 1, CALENDAR_DAY },
	{ CALENDAR_WEEK, 1, CALENDAR_DAY },
	{ CALENDAR_WEEK, 1, CALENDAR_WEEK },
	{ CALENDAR_MONTH, 1, CALENDAR_MONTH },
	{ CALENDAR_QUARTER, 1, CALENDAR_MONTH },
	{ CALENDAR_QUARTER, 1, CALENDAR_QUARTER },
	{ CALENDAR_YEAR, 1, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 2, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 5, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 10, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 20, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 50, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 100, CALENDAR_YEAR },
	{ CALENDAR_YEAR, 1000, CALENDAR_YEAR },
};

static int64_t scale_start(const struct time_scale *scale)
{
	return scale->edges[0];
}

static int64_t scale_end(const struct time_scale *scale)
{
	return scale->edges[scale->bins];
}

double time_scale_x(const struct time_scale *scale, int64_t instant)
{
	int low = 0, high = scale->bins;        /* edges[low] <= instant < edges[high] */

	if (instant <= scale_start(scale))
		return scale->left;
	if (instant >= scale_end(scale))
		return scale->left + scale->width;
	while (high - low > 1) {
		int middle = low + (high - low) / 2;
		if (scale->edges[middle] <= instant)
			low = middle;
		else
			high = middle;
	}
	double length = (double)(scale->edges[high] - scale->edges[low]);
	double part = (double)(instant - scale->edges[low]) / length;
	return scale->left + (low + part) * scale->width / scale->bins;
}

/* A rhythm suits bins that are not longer than what it names. Weeks are counted
 * in days' numbers, so that they name nothing but weekly bins; a quarter has a
 * name of its own only where months are not seen. */
static bool is_suited(const struct rhythm *rhythm, enum calendar_unit unit)
{
	if (rhythm->named == CALENDAR_WEEK || rhythm->named == CALENDAR_QUARTER)
		return unit == rhythm->named;
	return unit <= rhythm->named;
}

static double days_in(const struct rhythm *rhythm)
{
	static const double days[] = { 1, 7, 30.4, 91.3, 365.2 };

	return days[rhythm->anchor] * rhythm->every;
}

static void label_text(char *text, size_t size, enum calendar_unit named, int64_t start)
{
	struct civil c = civil_from_instant(start);

	if (named <= CALENDAR_WEEK)
		snprintf(text, size, "%d", c.day);
	else if (named == CALENDAR_MONTH)
		snprintf(text, size, "%.3s", month_names[c.month - 1]);
	else if (named == CALENDAR_QUARTER)
		snprintf(text, size, "Q%d", (c.month + 2) / 3);
	else
		snprintf(text, size, "%d", c.year);
}

/* Put the label of the period at start into *label, unless the period is cut off
 * by an end of the scale and too short for its name. */
static bool make_label(struct axis_label *label, const struct time_scale *scale,
                       const struct font *font, int64_t start, int64_t end)
{
	double from = time_scale_x(scale, start), to = time_scale_x(scale, end);
	bool is_cut = start < scale_start(scale) || end > scale_end(scale);

	label->width = text_measure(label->text, font).width;
	label->x = (from + to) / 2;
	if (is_cut && label->width > to - from)
		return false;
	return label->x - label->width / 2 >= scale->left - AXIS_OVERHANG &&
	       label->x + label->width / 2 <= scale->left + scale->width + AXIS_OVERHANG;
}

static bool touches_last(const GArray *labels, const struct axis_label *label)
{
	if (labels->len == 0)
		return false;
	const struct axis_label *last = &g_array_index(labels, struct axis_label, labels->len - 1);
	return last->row == label->row &&
	       label->x - label->width / 2 < last->x + last->width / 2 + LABEL_GAP;
}

static bool is_anchor(const struct rhythm *rhythm, int64_t instant)
{
	return rhythm->every == 1 || civil_from_instant(instant).year % rhythm->every == 0;
}

/* Label row 0 in this rhythm. False if two labels would touch. */
static bool label_rhythm(GArray *labels, const struct rhythm *rhythm,
                         const struct time_scale *scale, const struct font *font)
{
	int64_t at = calendar_floor(rhythm->anchor, scale_start(scale));

	for (; at < scale_end(scale); at = calendar_next(rhythm->anchor, at)) {
		struct axis_label label = { .row = 0 };

		if (!is_anchor(rhythm, at))
			continue;
		label_text(label.text, sizeof label.text, rhythm->named, at);
		int64_t end = calendar_next(rhythm->named, at);
		if (end <= scale_start(scale) || !make_label(&label, scale, font, at, end))
			continue;
		if (touches_last(labels, &label))
			return false;
		g_array_append_val(labels, label);
	}
	return labels->len > 0;
}

/* The finest rhythm that fits; NULL if not even millennia do. */
static const struct rhythm *choose_rhythm(GArray *labels, const struct time_scale *scale,
                                          const struct font *font)
{
	double days = (double)(scale_end(scale) - scale_start(scale)) / 86400;
	double least = font->size * 0.5 + LABEL_GAP;    /* pt: one digit and the gap */

	for (size_t i = 0; i < G_N_ELEMENTS(rhythms); i++) {
		const struct rhythm *rhythm = &rhythms[i];

		if (!is_suited(rhythm, scale->unit) || days / days_in(rhythm) * least > scale->width + 40)
			continue;
		g_array_set_size(labels, 0);
		if (label_rhythm(labels, rhythm, scale, font))
			return rhythm;
	}
	g_array_set_size(labels, 0);
	return NULL;
}

/* Row 1 names the period that row 0 lies in: months with their year under days,
 * years under months. */
static void label_context(struct axis *axis, enum calendar_unit unit,
                          const struct time_scale *scale, const struct font *font)
{
	int64_t at = calendar_floor(unit, scale_start(scale));

	for (; at < scale_end(scale); at = calendar_next(unit, at)) {
		struct civil c = civil_from_instant(at);
		int64_t end = calendar_next(unit, at);
		struct axis_label label = { .row = 1 };
		double room = time_scale_x(scale, end) - time_scale_x(scale, at);

		if (unit == CALENDAR_YEAR)
			snprintf(label.text, sizeof label.text, "%d", c.year);
		else
			snprintf(label.text, sizeof label.text, "%s %d", month_names[c.month - 1], c.year);
		if (unit == CALENDAR_MONTH && text_measure(label.text, font).width > room)
			snprintf(label.text, sizeof label.text, "%.3s %d", month_names[c.month - 1], c.year);
		struct axis_tick tick = { time_scale_x(scale, at), true };
		/* At the very end it would part this period from nothing. */
		if (at > scale_start(scale) && room > LABEL_GAP)
			g_array_append_val(axis->ticks, tick);
		if (make_label(&label, scale, font, at, end) && label.width <= room + 2 * LABEL_GAP &&
		    !touches_last(axis->labels, &label))
			g_array_append_val(axis->labels, label);
	}
}

/* If everything lies within one month or year, its name must stand there, even if
 * it is wider than what is seen of it. */
static void label_only_context(struct axis *axis, enum calendar_unit unit,
                               const struct time_scale *scale, const struct font *font)
{
	struct axis_label label = { .row = 1, .x = scale->left + scale->width / 2 };
	struct civil c = civil_from_instant(scale_start(scale));

	if (unit == CALENDAR_YEAR)
		snprintf(label.text, sizeof label.text, "%d", c.year);
	else
		snprintf(label.text, sizeof label.text, "%s %d", month_names[c.month - 1], c.year);
	label.width = text_measure(label.text, font).width;
	g_array_append_val(axis->labels, label);
}

static void add_ticks(struct axis *axis, const struct rhythm *rhythm,
                      const struct time_scale *scale)
{
	bool at_bounds = rhythm->every == 1 && rhythm->anchor == rhythm->named;

	if (!at_bounds) {
		for (guint i = 0; i < axis->labels->len; i++) {
			struct axis_tick tick = { g_array_index(axis->labels, struct axis_label, i).x, false };
			g_array_append_val(axis->ticks, tick);
		}
		return;
	}
	int64_t at = calendar_floor(rhythm->anchor, scale_start(scale));
	for (; at <= scale_end(scale); at = calendar_next(rhythm->anchor, at)) {
		struct axis_tick tick = { time_scale_x(scale, at), false };
		if (at >= scale_start(scale))
			g_array_append_val(axis->ticks, tick);
	}
}

void axis_init(struct axis *axis, const struct time_scale *scale, const struct font *font)
{
	axis->labels = g_array_new(FALSE, TRUE, sizeof(struct axis_label));
	axis->ticks = g_array_new(FALSE, TRUE, sizeof(struct axis_tick));
	axis->rows = 0;

	const struct rhythm *rhythm = choose_rhythm(axis->labels, scale, font);
	if (!rhythm)
		return;
	axis->rows = 1;
	add_ticks(axis, rhythm, scale);
	if (rhythm->named == CALENDAR_YEAR)
		return;
	enum calendar_unit context = rhythm->named <= CALENDAR_WEEK ? CALENDAR_MONTH : CALENDAR_YEAR;
	guint before = axis->labels->len;
	label_context(axis, context, scale, font);
	if (axis->labels->len == before)
		label_only_context(axis, context, scale, font);
	axis->rows = 2;
}

void axis_clear(struct axis *axis)
{
	if (axis->labels)
		g_array_free(axis->labels, TRUE);
	if (axis->ticks)
		g_array_free(axis->ticks, TRUE);
	*axis = (struct axis){ 0 };
}
