#include "heat.h"

#include "scale.h"

#include "epistograph/text.h"

#include <glib.h>

#include <math.h>
#include <stdlib.h>

#define SWATCH_WIDTH 8.0        /* pt */
#define SWATCH_HEIGHT 6.0

static int compare_counts(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* 1, 2, 5, 10, 20, 50, ...: the one before. */
static int64_t round_below(int64_t bound)
{
	int64_t power = 1;

	while (bound / power >= 10)
		power *= 10;
	return bound / power == 5 ? 2 * power : bound / power == 2 ? power : power / 2;
}

/* Classes that begin at 1, 2, 5, 10, ... The highest begins at high or below. */
static struct heat growing_classes(int64_t high)
{
	struct heat heat = { .count = 1 };
	int64_t bounds[HEAT_CLASSES];

	for (int64_t bound = scale_round_down(high); bound > 1 && heat.count < HEAT_CLASSES;
	     bound = round_below(bound))
		bounds[heat.count++] = bound;
	bounds[0] = 1;
	for (int i = 1; i < heat.count; i++)
		heat.from[i] = bounds[heat.count - i];
	heat.from[0] = bounds[0];
	return heat;
}

/* Classes of one width, but for the lowest, which has no zero: 1 to 9, 10 to 19, ... */
static struct heat even_classes(int64_t high)
{
	int64_t width = scale_round_down(high / (HEAT_CLASSES - 1));
	struct heat heat = { .count = 0 };

	for (int i = 0; i < HEAT_CLASSES; i++) {
		int64_t from = width == 1 ? i + 1 : MAX(i * width, 1);

		if (from <= high)
			heat.from[heat.count++] = from;
	}
	return heat;
}

/* Shannon's entropy of the classes of sorted values, in nats: how much their colours tell. */
static double entropy(const struct heat *heat, const int64_t *sorted, size_t count)
{
	size_t in_class[HEAT_CLASSES + 1] = { 0 };
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		in_class[heat_class(heat, sorted[i])]++;
	for (int class = 1; class <= heat->count; class++) {
		double part = (double)in_class[class] / (double)count;

		sum -= part > 0 ? part * log(part) : 0;
	}
	return sum;
}

struct heat heat_classes(const int64_t *values, size_t count)
{
	int64_t *sorted = g_new(int64_t, count + 1);
	struct heat heat = { .count = 0 };
	size_t above = 0;

	for (size_t i = 0; i < count; i++)
		if (values[i] > 0)
			sorted[above++] = values[i];
	if (above > 0) {
		qsort(sorted, above, sizeof *sorted, compare_counts);
		int64_t high = sorted[above - 1 - above / 50];
		struct heat even = even_classes(high);

		heat = growing_classes(high);
		/* The margin is for the last digits of logarithms. */
		if (entropy(&even, sorted, above) > entropy(&heat, sorted, above) + 1e-9)
			heat = even;
		heat.most = sorted[above - 1];
	}
	g_free(sorted);
	return heat;
}

/* The number of 1, 2, 5, 10, ... that is nearest in proportion. */
static int64_t round_nearest(double value)
{
	int64_t below = scale_round_down((int64_t)value);
	int64_t above = below == scale_round_down(2 * below) ? 5 * below / 2 : 2 * below;

	return value * value < (double)below * (double)above ? below : above;
}

struct heat heat_steps(int64_t most)
{
	struct heat heat = { .most = CLAMP(most, 0, INT64_MAX / 100) };

	for (int i = 0; i < HEAT_CLASSES; i++) {
		int64_t from = heat.most <= HEAT_CLASSES ? i + 1
		             : round_nearest(pow((double)heat.most, (double)i / HEAT_CLASSES));

		if (from <= heat.most && (!heat.count || from > heat.from[heat.count - 1]))
			heat.from[heat.count++] = from;
	}
	return heat;
}

int heat_class(const struct heat *heat, int64_t value)
{
	int class = 0;

	while (class < heat->count && value >= heat->from[class])
		class++;
	return class;
}

struct color heat_color(const struct style *style, const struct heat *heat, int class)
{
	/* Chosen so that neighbours differ in lightness by 10 of 100 at least: it is all
	 * that a grey copy leaves. */
	static const double strengths[HEAT_CLASSES] = { 0.17, 0.37, 0.58, 0.79, 1 };
	struct color deepest = style_shade(style, style_category(style, 0), 0.4);
	/* Of few classes those in the middle: a single pale one is hardly seen. */
	int strength = class + (HEAT_CLASSES - heat->count + 1) / 2;

	return class <= 0 ? style->paper
	     : style_tint(style, deepest, strengths[MIN(strength, HEAT_CLASSES) - 1]);
}

/* Lightness as a television has it (BT.601), of what is written to the screen. */
static double luma(struct color color)
{
	return 0.299 * color.r + 0.587 * color.g + 0.114 * color.b;
}

struct color heat_ink(const struct style *style, const struct heat *heat, int class)
{
	double ground = luma(heat_color(style, heat, class));

	return fabs(ground - luma(style->ink)) > fabs(ground - luma(style->paper)) ? style->ink
	                                                                          : style->paper;
}

static void add_class(struct legend_flow *flow, const struct heat *heat, int class, const char *text)
{
	struct point place = legend_flow_add_mark(flow, SWATCH_WIDTH, text);

	if (flow->canvas)
		canvas_rectangle(flow->canvas, place.x, place.y + 1.5, SWATCH_WIDTH, SWATCH_HEIGHT,
		                 &(struct paint){ .fill = heat_color(flow->style, heat, class),
		                                  .stroke = flow->style->rule, .stroke_width = 0.3 });
}

void heat_legend(const struct heat *heat, struct legend_flow *flow)
{
	add_class(flow, heat, 0, "0");
	for (int i = 0; i < heat->count; i++) {
		int64_t from = heat->from[i], to = i + 1 < heat->count ? heat->from[i + 1] - 1 : heat->most;
		char *text = from == to ? g_strdup(text_count(from))
			: g_strdup_printf("%s to %s", text_count(from), text_count(to));

		add_class(flow, heat, i + 1, text);
		g_free(text);
	}
}
