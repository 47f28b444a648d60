/* palette.h - the colours of communities, the same in charts and in exported graphs
 *
 * Eight categories that people with colour-blindness can tell apart, after Okabe
 * & Ito (2008), "Color Universal Design"; yellow, which is lost on white paper, is
 * replaced by a leaf green and black, which is for text, by plum. Grey stands for
 * all the rest. */
#ifndef EPISTOGRAPH_PALETTE_H
#define EPISTOGRAPH_PALETTE_H

#include <stdint.h>

struct palette_color {
	uint8_t r, g, b;                /* sRGB, 0-255 */
};

#define PALETTE_CATEGORIES 8

/* The colour of category index, counted from 0; anything else gives grey. */
struct palette_color palette_category(int index);

#endif
