/* palette.h - the colours of classes, the same in charts and in exported graphs
 *
 * Eight categories that people with colour-blindness can tell apart, and grey for all
 * the rest; bounds are in the tests. */
#ifndef EPISTOGRAPH_PALETTE_H
#define EPISTOGRAPH_PALETTE_H

#include <stddef.h>
#include <stdint.h>

struct palette_color {
	uint8_t r, g, b;                /* sRGB, 0-255 */
};

#define PALETTE_CATEGORIES 8

struct palette {
	const char *name;
	const char *source;             /* who made it, where it is described */
	struct palette_color on_light[PALETTE_CATEGORIES], rest_on_light;
	struct palette_color on_dark[PALETTE_CATEGORIES];       /* much the same hues, lighter */
};

/* All palettes, the default first. */
extern const struct palette palettes[];
extern const int palette_count;
const struct palette *palette_find(const char *name);   /* NULL if there is none */

/* The colour of category index in the default palette, counted from 0; anything else
 * gives grey. */
struct palette_color palette_category(int index);

#endif
