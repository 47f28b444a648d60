#include "epistograph/palette.h"

#include <string.h>

#define RGB(hex) { (hex) >> 16 & 255, (hex) >> 8 & 255, (hex) & 255 }

/* On light ground Tol's and Petroff's are as published, in an order in which neighbours
 * differ in lightness. All others were moved from where they were (published, or lightened
 * for dark ground) by at most 8 (light) and 16 (dark) in CIE 1976 units, by simulated
 * annealing, until the classes and the rest were farthest apart as protan and deutan viewers
 * see them (Machado et al. 2009, severity 1). What that came to is tested. */
const struct palette palettes[] = {
	/* Yellow, which is lost on white paper, became a leaf green; black, which is for
	 * text, plum. */
	{ "okabe", "after Okabe & Ito (2008), Color Universal Design",
	  { RGB(0x3b64ba), RGB(0xfaa41f), RGB(0x651f65), RGB(0x22a665),
	    RGB(0xd73a09), RGB(0x5ca8f0), RGB(0xa2639e), RGB(0x7eb653) }, RGB(0x9a9a9a),
	  { RGB(0x2784eb), RGB(0xf8ba09), RGB(0x9a5fa7), RGB(0x37e3a3),
	    RGB(0xe64d1c), RGB(0x70b5f9), RGB(0xdabbdb), RGB(0xc6f488) } },
	{ "tol", "Tol (2021), Colour Schemes, SRON/EPS/TN/09-002, muted",
	  { RGB(0x332288), RGB(0x44aa99), RGB(0x882255), RGB(0xddcc77),
	    RGB(0xcc6677), RGB(0x117733), RGB(0x88ccee), RGB(0xaa4499) }, RGB(0xc8c8c8),
	  { RGB(0x447cfb), RGB(0x6be6c9), RGB(0xc53f69), RGB(0xfcde94),
	    RGB(0xea887c), RGB(0x229545), RGB(0xacd0ff), RGB(0xbe64ca) } },
	{ "petroff", "Petroff (2021), arXiv:2107.02270, eight colours",
	  { RGB(0xc91f16), RGB(0xadad7d), RGB(0x1845fb), RGB(0xff5e02),
	    RGB(0x656364), RGB(0x578dff), RGB(0x86c8dd), RGB(0xc849a9) }, RGB(0x8c8c8c),
	  { RGB(0xd53c29), RGB(0xd1cf83), RGB(0x2769f1), RGB(0xee9330),
	    RGB(0x836f5f), RGB(0x90b1f9), RGB(0x8bf5ff), RGB(0xfb93c6) } },
};
const int palette_count = sizeof palettes / sizeof *palettes;

const struct palette *palette_find(const char *name)
{
	for (int i = 0; i < palette_count; i++)
		if (!strcmp(palettes[i].name, name))
			return &palettes[i];
	return NULL;
}

struct palette_color palette_category(int index)
{
	return index >= 0 && index < PALETTE_CATEGORIES ? palettes->on_light[index]
	                                                : palettes->rest_on_light;
}
