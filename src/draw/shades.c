#include "shades.h"

#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

#define RGB(hex) { (((hex) >> 16) & 255) / 255.0, (((hex) >> 8) & 255) / 255.0, \
	((hex) & 255) / 255.0, 1 }

/* From few to many; lightness 89, 77, 65, 53, 39, 24 on light paper, the other way
 * round on dark. */
static const struct color blues[SHADES_MAX] = {
	RGB(0xCFE1F2), RGB(0xA2C3E3), RGB(0x74A3CF), RGB(0x4A82B8), RGB(0x265F96), RGB(0x0C3A66),
};
static const struct color greys[SHADES_MAX] = {
	RGB(0xDCDCDC), RGB(0xBBBBBB), RGB(0x999999), RGB(0x787878), RGB(0x565656), RGB(0x303030),
};
static const struct color glows[SHADES_MAX] = {
	RGB(0x24384D), RGB(0x31577C), RGB(0x4379A9), RGB(0x639BCB), RGB(0x92BEE3), RGB(0xCFE5F7),
};

/* The number of 1, 2, 5, 10, 20, ... that is nearest in proportion. */
static int64_t nearest_round(double wanted)
{
	int64_t power = 1;

	while (wanted >= 10 * (double)power)
		power *= 10;
	double part = wanted / (double)power;
	return part < sqrt(2) ? power : part < sqrt(10) ? 2 * power
	       : part < sqrt(50) ? 5 * power : 10 * power;
}

static void set_bounds(struct shades *shades, int64_t most)
{
	for (int i = 0; i < SHADES_MAX; i++) {
		int64_t from = most <= SHADES_MAX ? i + 1
		             : nearest_round(pow((double)most, (double)i / SHADES_MAX));

		if (from <= most && (!shades->count || from > shades->from[shades->count - 1]))
			shades->from[shades->count++] = from;
	}
}

struct shades shades_for_counts(int64_t most, const struct style *style)
{
	struct shades shades = { .most = CLAMP(most, 0, INT64_MAX / 100) };
	const struct color *ramp = style->theme == THEME_DARK ? glows
	                         : style->theme == THEME_GREY ? greys : blues;

	set_bounds(&shades, shades.most);
	for (int i = 0; i < shades.count; i++) {
		/* Spread over the ramp; a single class is of the middle. */
		int at = shades.count == 1 ? SHADES_MAX / 2
		       : (i * (SHADES_MAX - 1) + (shades.count - 1) / 2) / (shades.count - 1);

		shades.colors[i] = ramp[at];
		shades.words[i] = at < SHADES_MAX / 2 ? style->ink : style->paper;
	}
	return shades;
}

int shades_class(const struct shades *shades, int64_t count)
{
	int class = -1;

	while (class + 1 < shades->count && count >= shades->from[class + 1])
		class++;
	return class;
}

char *shades_words(const struct shades *shades, int class)
{
	int64_t from = shades->from[class];
	int64_t to = class + 1 < shades->count ? shades->from[class + 1] - 1 : shades->most;

	return from == to ? g_strdup(text_count(from))
	                  : g_strdup_printf("%s\u2013%s", text_count(from), text_count(to));
}
