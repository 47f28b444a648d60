#include "epistograph/palette.h"

/* Neighbours in number are far apart in hue and in lightness: the largest
 * communities come first and lie side by side in a chart. */
static const struct palette_color categories[PALETTE_CATEGORIES] = {
	{ 0x00, 0x72, 0xb2 },           /* blue */
	{ 0xe6, 0x9f, 0x00 },           /* orange */
	{ 0x00, 0x9e, 0x73 },           /* bluish green */
	{ 0xcc, 0x79, 0xa7 },           /* reddish purple */
	{ 0x56, 0xb4, 0xe9 },           /* sky blue */
	{ 0xd5, 0x5e, 0x00 },           /* vermilion */
	{ 0xf0, 0xe4, 0x42 },           /* yellow */
	{ 0x88, 0x22, 0x55 },           /* wine */
};

struct palette_color palette_category(int index)
{
	const struct palette_color grey = { 0x99, 0x99, 0x99 };

	return index >= 0 && index < PALETTE_CATEGORIES ? categories[index] : grey;
}
