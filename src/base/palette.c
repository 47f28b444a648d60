#include "epistograph/palette.h"

/* Okabe & Ito's colours, moved until any two of the eight and the grey differ by
 * at least 20 (CIE 1976) as protan and deutan viewers see them (Machado et al.
 * 2009, severity 1), 17 for tritan and 32 for all others, each with a contrast to
 * white of at least 2. The first four differ in lightness by 30 and more
 * from one to the next: they can be told apart in grey when stacked. */
static const struct palette_color categories[PALETTE_CATEGORIES] = {
	{ 0x00, 0x64, 0xb7 },           /* blue */
	{ 0xf4, 0xa1, 0x00 },           /* orange */
	{ 0x6f, 0x1c, 0x6e },           /* plum */
	{ 0x00, 0xac, 0x6a },           /* green */
	{ 0xe2, 0x4b, 0x00 },           /* vermilion */
	{ 0x6a, 0xb5, 0xf5 },           /* sky blue */
	{ 0xae, 0x76, 0xb1 },           /* mauve */
	{ 0x79, 0xab, 0x3c },           /* leaf green */
};

struct palette_color palette_category(int index)
{
	const struct palette_color grey = { 0x9a, 0x9a, 0x9a };

	return index >= 0 && index < PALETTE_CATEGORIES ? categories[index] : grey;
}
