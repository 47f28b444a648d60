#include "epistograph/style.h"

#include "text_shape.h"

#include <glib.h>

#include <math.h>
#include <string.h>

#define RGB(hex) { (((hex) >> 16) & 255) / 255.0, (((hex) >> 8) & 255) / 255.0, \
	((hex) & 255) / 255.0, 1 }

/* Light paper: faint is 7:1 on it, still easy to read at 6 pt. */
#define LIGHT .ink = RGB(0x1A1A1A), .faint = RGB(0x575757), .rule = RGB(0xD6D6D6), \
	.grey = RGB(0x9A9A9A), .accent = RGB(0xC8102E), .blank = RGB(0xF4F4F4), \
	.blank_line = RGB(0xBFBFBF), TYPE(0x1A1A1A, 0x575757)
#define DARK .ink = RGB(0xF2F2F2), .faint = RGB(0xB4B8BD), .rule = RGB(0x3C4147), \
	.grey = RGB(0x858A90), .accent = RGB(0xFF6B6B), .blank = RGB(0x22262B), \
	.blank_line = RGB(0x555B62), TYPE(0xF2F2F2, 0xB4B8BD)
#define TYPE(ink, faint) .title = { .size = 13, .bold = true, .color = RGB(ink) }, \
	.subtitle = { .size = 8.5, .color = RGB(faint) }, \
	.label = { .size = 7, .color = RGB(ink) }, .small = { .size = 6.25, .color = RGB(faint) }

static const struct theme_info {
	const char *name;
	struct style style;
} themes[THEME_COUNT] = {
	[THEME_PRINT] = { "print", {
		.palette = palettes, .zoom = 1, .paper = RGB(0xFFFFFF), LIGHT } },
	/* At a screen's 96 dpi letters of 7 pt are 9 dots high: a fourth larger they are 12. */
	[THEME_SCREEN] = { "screen", {
		.palette = palettes, .zoom = 1.25, .paper = RGB(0xFDFCFA), LIGHT } },
	[THEME_DARK] = { "dark", { .palette = palettes, .zoom = 1, .paper = RGB(0x16191D), DARK } },
	[THEME_GREY] = { "grey", { .palette = palettes, .zoom = 1, .paper = RGB(0xFFFFFF), LIGHT } },
};

/* Without colour: four greys, each with two hatchings. Neighbours differ in lightness
 * (CIE 1976) by 25 and more, any two in that by 14 or in the hatching. */
static const struct look greys[PALETTE_CATEGORIES] = {
	{ RGB(0x303030), HATCH_NONE, RGB(0xFFFFFF) },
	{ RGB(0xB4B4B4), HATCH_NONE, RGB(0x303030) },
	{ RGB(0x6A6A6A), HATCH_NONE, RGB(0xFFFFFF) },
	{ RGB(0xE4E4E4), HATCH_RISING, RGB(0x303030) },
	{ RGB(0x303030), HATCH_FALLING, RGB(0xFFFFFF) },
	{ RGB(0xB4B4B4), HATCH_CROSSED, RGB(0x303030) },
	{ RGB(0x6A6A6A), HATCH_RISING, RGB(0xFFFFFF) },
	{ RGB(0xE4E4E4), HATCH_LEVEL, RGB(0x303030) },
};
static const struct look rest_in_grey = { RGB(0xD8D8D8), HATCH_NONE, RGB(0x303030) };

const char *theme_name(enum theme theme)
{
	return themes[theme].name;
}

int theme_from_name(const char *name)
{
	for (int i = 0; i < THEME_COUNT; i++)
		if (!strcmp(themes[i].name, name))
			return i;
	return -1;
}

void style_init(struct style *style, enum theme theme, const struct palette *palette,
                const char *family)
{
	*style = themes[theme].style;
	style->theme = theme;
	if (theme == THEME_GREY)
		style->accent = style->ink;
	style->palette = palette;
	style->families = family ? g_strconcat(family, "," TEXT_FAMILIES, NULL) : NULL;
	style->title.families = style->subtitle.families = style->label.families =
		style->small.families = style->families;
}

void style_clear(struct style *style)
{
	g_free(style->families);
	*style = *style_default();
}

const struct style *style_default(void)
{
	return &themes[THEME_PRINT].style;
}

static struct color color_of(struct palette_color color)
{
	return (struct color){ color.r / 255.0, color.g / 255.0, color.b / 255.0, 1 };
}

struct look style_look(const struct style *style, int index)
{
	const struct palette *palette = style->palette;
	bool is_class = index >= 0 && index < PALETTE_CATEGORIES;

	if (style->theme == THEME_GREY)
		return is_class ? greys[index] : rest_in_grey;
	if (style->theme == THEME_DARK)
		return (struct look){ .color = is_class ? color_of(palette->on_dark[index])
		                                        : style->grey };
	return (struct look){ .color = color_of(is_class ? palette->on_light[index]
	                                                 : palette->rest_on_light) };
}

struct color style_category(const struct style *style, int index)
{
	return style_look(style, index).color;
}

struct color style_line(const struct style *style, int index)
{
	struct color color = style_category(style, index);

	return style->theme == THEME_GREY ? style_shade(style, color, 0.4) : color;
}

struct color style_words(const struct style *style, int index)
{
	return style_shade(style, style_line(style, index), 0.45);
}

#define HATCHED_DOT 2.2         /* pt, least radius */

struct look style_dot_look(const struct style *style, int index, double radius)
{
	const struct look look = style_look(style, index);

	return look.hatch == HATCH_NONE || radius >= HATCHED_DOT
		? look : (struct look){ .color = style_line(style, index) };
}

static double between(double from, double to, double part)
{
	return from + (to - from) * part;
}

struct color style_tint(const struct style *style, struct color color, double strength)
{
	const struct color *paper = &style->paper;

	return (struct color){ between(paper->r, color.r, strength),
	                       between(paper->g, color.g, strength),
	                       between(paper->b, color.b, strength), 1 };
}

struct color style_shade(const struct style *style, struct color color, double darkness)
{
	const struct color *ink = &style->ink;

	return (struct color){ between(color.r, ink->r, darkness), between(color.g, ink->g, darkness),
	                       between(color.b, ink->b, darkness), color.a };
}

/* ---- areas ---- */

#define HATCH_SPACING 1.8       /* pt between lines */
#define HATCH_WIDTH 0.45        /* pt of a line */

/* A family of lines: all points with across · point = k * HATCH_SPACING. */
static int hatch_families(enum hatch hatch, struct point across[static 2])
{
	const struct point rising = { G_SQRT2 / 2, G_SQRT2 / 2 };
	const struct point falling = { G_SQRT2 / 2, -G_SQRT2 / 2 }, level = { 0, 1 };

	across[0] = hatch == HATCH_FALLING ? falling : hatch == HATCH_LEVEL ? level : rising;
	across[1] = falling;
	return hatch == HATCH_NONE ? 0 : hatch == HATCH_CROSSED ? 2 : 1;
}

/* Narrow [*from, *to] to where start + t * step lies between low and high. */
static void narrow(double start, double step, double low, double high, double *from, double *to)
{
	if (fabs(step) < 1e-9) {
		if (start < low || start > high)
			*to = *from - 1;
		return;
	}
	double a = (low - start) / step, b = (high - start) / step;
	*from = fmax(*from, fmin(a, b));
	*to = fmin(*to, fmax(a, b));
}

static void draw_line(struct canvas *canvas, struct point on, struct point along, double from,
                      double to, struct color color)
{
	const struct point line[] = { { on.x + along.x * from, on.y + along.y * from },
	                              { on.x + along.x * to, on.y + along.y * to } };

	if (to - from > 0.05)
		canvas_polygon(canvas, line, 2, false,
		               &(struct paint){ .stroke = color, .stroke_width = HATCH_WIDTH });
}

void style_fill_rectangle(struct canvas *canvas, const struct box *box, const struct look *look)
{
	struct point across[2];
	int families = hatch_families(look->hatch, across);
	double half = (box->width + box->height) / 2;

	canvas_rectangle(canvas, box->x, box->y, box->width, box->height,
	                 &(struct paint){ .fill = look->color });
	for (int f = 0; f < families; f++) {
		struct point along = { -across[f].y, across[f].x };
		double middle = across[f].x * (box->x + box->width / 2) +
		                across[f].y * (box->y + box->height / 2);

		for (double k = ceil((middle - half) / HATCH_SPACING);
		     k * HATCH_SPACING <= middle + half; k++) {
			struct point on = { across[f].x * k * HATCH_SPACING, across[f].y * k * HATCH_SPACING };
			double from = -INFINITY, to = INFINITY;

			narrow(on.x, along.x, box->x, box->x + box->width, &from, &to);
			narrow(on.y, along.y, box->y, box->y + box->height, &from, &to);
			draw_line(canvas, on, along, from, to, look->lines);
		}
	}
}

void style_fill_circle(struct canvas *canvas, struct point centre, double radius,
                       const struct look *look)
{
	struct point across[2];
	int families = hatch_families(look->hatch, across);

	canvas_circle(canvas, centre.x, centre.y, radius, &(struct paint){ .fill = look->color });
	for (int f = 0; f < families; f++) {
		struct point along = { -across[f].y, across[f].x };

		/* From the centre, so that a small dot has a line too. */
		for (double d = -floor(radius / HATCH_SPACING) * HATCH_SPACING; d < radius;
		     d += HATCH_SPACING) {
			struct point on = { centre.x + across[f].x * d, centre.y + across[f].y * d };
			double half = sqrt(radius * radius - d * d);

			draw_line(canvas, on, along, -half, half, look->lines);
		}
	}
}
