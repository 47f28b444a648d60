/* theme.c - one look for all charts: colours and type sizes */
#include "epistograph/frame.h"

#include "epistograph/palette.h"

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

struct color theme_category(int index)
{
	struct palette_color color = palette_category(index);

	return (struct color){ color.r / 255.0, color.g / 255.0, color.b / 255.0, 1 };
}
