/* theme.c - one look for all charts: colours and type sizes */
#include "epistograph/frame.h"

#include <glib.h>

#define RGB(hex) { (((hex) >> 16) & 255) / 255.0, (((hex) >> 8) & 255) / 255.0, \
	((hex) & 255) / 255.0, 1 }

#define INK RGB(0x1A1A1A)
#define FAINT RGB(0x595959)             /* 7:1 on white: still easy to read at 6 pt */

const struct color theme_ink = INK;
const struct color theme_faint = FAINT;
const struct color theme_rule = RGB(0xD6D6D6);
const struct color theme_paper = RGB(0xFFFFFF);
const struct color theme_grey = RGB(0x9A9A9A);
const struct color theme_accent = RGB(0xC8102E);

const struct font theme_title = { .size = 13, .bold = true, .color = INK };
const struct font theme_subtitle = { .size = 8.5, .color = FAINT };
const struct font theme_label = { .size = 7, .color = INK };
const struct font theme_small = { .size = 6.25, .color = FAINT };

/* Okabe & Ito (2008), moved in colour until any two of the eight and the grey
 * differ by at least 20 (CIE 1976) for protan and deutan viewers (Machado et al.
 * 2009, severity 1), 17 for tritan and 32 for all others, with a contrast to
 * white of at least 2.1. Yellow, which nobody sees on paper, became the green of
 * leaves, and black, which is the ink's, plum. The first four differ in
 * lightness by 30 and more from one to the next, so that they can be told apart
 * in grey when stacked. */
struct color theme_category(int index)
{
	static const struct color colors[THEME_CATEGORIES] = {
		RGB(0x0064B7),          /* blue */
		RGB(0xF4A100),          /* orange */
		RGB(0x6F1C6E),          /* plum */
		RGB(0x00AC6A),          /* green */
		RGB(0xE24B00),          /* vermilion */
		RGB(0x6AB5F5),          /* sky */
		RGB(0xAE76B1),          /* mauve */
		RGB(0x79AB3C),          /* leaf */
	};

	return index >= 0 && index < THEME_CATEGORIES ? colors[index] : theme_grey;
}
