#include "epistograph/palette.h"

#include <string.h>

#define RGB(hex) { (hex) >> 16 & 255, (hex) >> 8 & 255, (hex) & 255 }

const struct palette palettes[] = {
	/* Moved until any two of the eight and the grey differ by at least 20 (CIE 1976) as
	 * protan and deutan viewers see them (Machado et al. 2009, severity 1), 17 for tritan
	 * and 32 for all others, each with a contrast to white of at least 2. Yellow, which is
	 * lost on white paper, became a leaf green; black, which is for text, plum. The first
	 * four differ in lightness by 30 and more from one to the next: they can be told apart
	 * in grey when stacked. */
	{ "okabe", "after Okabe & Ito (2008), Color Universal Design",
	  { RGB(0x0064b7), RGB(0xf4a100), RGB(0x6f1c6e), RGB(0x00ac6a),
	    RGB(0xe24b00), RGB(0x6ab5f5), RGB(0xae76b1), RGB(0x79ab3c) },
	  { RGB(0x3d8fe0), RGB(0xffb733), RGB(0xa855a6), RGB(0x21c98a),
	    RGB(0xff7a3d), RGB(0x9ad0ff), RGB(0xd9a5dc), RGB(0xa5d46a) } },
	{ "tol", "Tol (2021), Colour Schemes, SRON/EPS/TN/09-002, muted",
	  { RGB(0x332288), RGB(0xddcc77), RGB(0xaa4499), RGB(0x44aa99),
	    RGB(0xcc6677), RGB(0x117733), RGB(0x88ccee), RGB(0x882255) },
	  { RGB(0x7a6be0), RGB(0xe6d88c), RGB(0xc765b7), RGB(0x5cc4b3),
	    RGB(0xe08594), RGB(0x3fa860), RGB(0x9fdaf5), RGB(0xb5507f) } },
	{ "petroff", "Petroff (2021), arXiv:2107.02270, eight colours",
	  { RGB(0x1845fb), RGB(0xff5e02), RGB(0xc91f16), RGB(0xc849a9),
	    RGB(0xadad7d), RGB(0x86c8dd), RGB(0x578dff), RGB(0x656364) },
	  { RGB(0x4d6dff), RGB(0xff8a45), RGB(0xe8544c), RGB(0xe07cc8),
	    RGB(0xcfcf9f), RGB(0xa6dff2), RGB(0x86aeff), RGB(0x8c898b) } },
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
	const struct palette_color grey = RGB(0x9a9a9a);

	return index >= 0 && index < PALETTE_CATEGORIES ? palettes->on_light[index] : grey;
}
