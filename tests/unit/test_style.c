/* Colours as others see them: each palette on each ground, and the theme without colour. */
#include "unit.h"

#include "epistograph/style.h"

#include <glib.h>

#include <math.h>

/* Bounds, in CIE 1976 units. Around 2.3 a difference is just noticed side by side (Mahy,
 * Van Eycken & Oosterlinck 1994, doi:10.1002/col.5080190207); classes are compared across a
 * page. */
#define APART 15.0              /* any two classes, and the rest, for protan, deutan and others */
#define APART_TRITAN 12.0
#define NEIGHBOURS 7.5          /* in lightness: each class and the next */
#define STACKED 18.0            /* in lightness: each of the first four and the next */
#define PAPER 1.4               /* contrast of classes with the paper, WCAG 2.1 */
#define TEXT 7.0                /* contrast of text with the paper */

enum viewer { TRICHROMAT, PROTAN, DEUTAN, TRITAN, VIEWERS };

/* Of linear RGB, for severity 1. Source: Machado, Oliveira & Fernandes (2009),
 * doi:10.1109/TVCG.2009.113, supplement. */
static const double simulations[VIEWERS][3][3] = {
	[TRICHROMAT] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
	[PROTAN] = { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 },
	             { -0.003882, -0.048116, 1.051998 } },
	[DEUTAN] = { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 },
	             { -0.011820, 0.042940, 0.968881 } },
	[TRITAN] = { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 },
	             { 0.004733, 0.691367, 0.303900 } },
};

struct lab { double l, a, b; };

static double linear(double part)
{
	return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double curve(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/* sRGB to CIE L*a*b* (D65), as the viewer sees it. */
static struct lab lab_of(struct color color, enum viewer viewer)
{
	const double parts[3] = { linear(color.r), linear(color.g), linear(color.b) };
	double seen[3];

	for (int i = 0; i < 3; i++) {
		const double *row = simulations[viewer][i];

		seen[i] = CLAMP(row[0] * parts[0] + row[1] * parts[1] + row[2] * parts[2], 0, 1);
	}
	double x = curve((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
	double y = curve(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
	double z = curve((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
	return (struct lab){ 116 * y - 16, 500 * (x - y), 200 * (y - z) };
}

static double difference(struct color a, struct color b, enum viewer viewer)
{
	struct lab x = lab_of(a, viewer), y = lab_of(b, viewer);

	return sqrt((x.l - y.l) * (x.l - y.l) + (x.a - y.a) * (x.a - y.a) +
	            (x.b - y.b) * (x.b - y.b));
}

static double lightness_apart(struct color a, struct color b)
{
	return fabs(lab_of(a, TRICHROMAT).l - lab_of(b, TRICHROMAT).l);
}

static double luminance(struct color c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

static double contrast(struct color a, struct color b)
{
	double high = MAX(luminance(a), luminance(b)), low = MIN(luminance(a), luminance(b));

	return (high + 0.05) / (low + 0.05);
}

static void the_simulation_agrees_with_what_is_known(void **state)
{
	const struct color red = { 1, 0, 0, 1 }, green = { 0, 1, 0, 1 }, white = { 1, 1, 1, 1 };

	(void)state;
	/* L*a*b* of sRGB red: 53.24, 80.09, 67.20 (Lindbloom). */
	struct lab lab = lab_of(red, TRICHROMAT);
	assert_true(fabs(lab.l - 53.24) < 0.02 && fabs(lab.a - 80.09) < 0.02 &&
	            fabs(lab.b - 67.20) < 0.02);
	/* White stays white; red and green come nearer to each other, for tritan viewers not. */
	for (int v = 0; v < VIEWERS; v++)
		assert_true(difference(white, (struct color){ 1, 1, 1, 1 }, (enum viewer)v) < 1e-9 &&
		            fabs(lab_of(white, (enum viewer)v).a) < 0.5);
	assert_true(difference(red, green, PROTAN) < 0.75 * difference(red, green, TRICHROMAT));
	assert_true(difference(red, green, DEUTAN) < 0.75 * difference(red, green, TRICHROMAT));
}

static void check_palette(const struct style *style)
{
	for (int i = -1; i < PALETTE_CATEGORIES; i++)
		for (int j = i + 1; j < PALETTE_CATEGORIES; j++) {
			struct color a = style_category(style, i), b = style_category(style, j);

			for (int v = 0; v < VIEWERS; v++)
				if (difference(a, b, (enum viewer)v) < (v == TRITAN ? APART_TRITAN : APART))
					fail_msg("%s, %s: classes %d and %d are %.1f apart for viewer %d",
					         theme_name(style->theme), style->palette->name, i, j,
					         difference(a, b, (enum viewer)v), v);
		}
	for (int i = 1; i < PALETTE_CATEGORIES; i++) {
		double apart = lightness_apart(style_category(style, i - 1), style_category(style, i));

		if (apart < (i < 4 ? STACKED : NEIGHBOURS))
			fail_msg("%s, %s: classes %d and %d differ by %.1f in lightness",
			         theme_name(style->theme), style->palette->name, i - 1, i, apart);
	}
	for (int i = -1; i < PALETTE_CATEGORIES; i++)
		if (contrast(style_category(style, i), style->paper) < PAPER)
			fail_msg("%s, %s: class %d is lost on the paper", theme_name(style->theme),
			         style->palette->name, i);
}

static void classes_of_every_palette_are_apart_for_every_viewer(void **state)
{
	static const enum theme themes[] = { THEME_PRINT, THEME_SCREEN, THEME_DARK };

	(void)state;
	for (int p = 0; p < palette_count; p++)
		for (size_t t = 0; t < G_N_ELEMENTS(themes); t++) {
			struct style style;

			style_init(&style, themes[t], &palettes[p], NULL);
			check_palette(&style);
			style_clear(&style);
		}
}

/* The default is held to more. */
static void the_default_palette_is_apart_by_twenty(void **state)
{
	const struct style *style = style_default();

	(void)state;
	for (int i = -1; i < PALETTE_CATEGORIES; i++)
		for (int j = i + 1; j < PALETTE_CATEGORIES; j++)
			for (int v = 0; v < TRITAN; v++)
				assert_true(difference(style_category(style, i), style_category(style, j),
				                       (enum viewer)v) >= 20);
	for (int i = 1; i < PALETTE_CATEGORIES; i++)
		assert_true(lightness_apart(style_category(style, i - 1), style_category(style, i)) >=
		            (i < 4 ? 30 : 11));
}

static void without_colour_classes_differ_by_grey_or_hatching(void **state)
{
	struct style style;

	(void)state;
	style_init(&style, THEME_GREY, palettes, NULL);
	for (int i = -1; i < PALETTE_CATEGORIES; i++) {
		struct look a = style_look(&style, i);

		assert_true(a.color.r == a.color.g && a.color.g == a.color.b);
		assert_true(a.hatch == HATCH_NONE || contrast(a.color, a.lines) > 3);
		for (int j = i + 1; j < PALETTE_CATEGORIES; j++) {
			struct look b = style_look(&style, j);
			double apart = lightness_apart(a.color, b.color);

			assert_true(a.hatch != b.hatch || apart >= 13);
			if (i >= 0 && j == i + 1)
				assert_true(apart >= 25);
		}
	}
	style_clear(&style);
}

static void text_is_read_on_every_paper(void **state)
{
	(void)state;
	for (int t = 0; t < THEME_COUNT; t++) {
		struct style style;

		style_init(&style, (enum theme)t, palettes, NULL);
		assert_true(contrast(style.ink, style.paper) > 12);
		assert_true(contrast(style.faint, style.paper) >= TEXT);
		assert_true(contrast(style.accent, style.paper) > 4.5);
		/* "No data" is seen, and is not the paper. */
		assert_true(contrast(style.blank_line, style.blank) > 1.5);
		const struct font *const fonts[] = { &style.title, &style.subtitle, &style.label,
		                                     &style.small };
		for (size_t i = 0; i < G_N_ELEMENTS(fonts); i++)
			assert_true(fonts[i]->size * style.zoom >= 6);
		style_clear(&style);
	}
}

static void a_family_is_asked_for_before_the_usual_ones(void **state)
{
	struct style style;

	(void)state;
	style_init(&style, THEME_PRINT, palettes, "DejaVu Serif");
	assert_true(g_str_has_prefix(style.label.families, "DejaVu Serif,Noto Sans"));
	/* Letters of another family have other widths. */
	assert_true(fabs(text_measure("million", &style.label).width -
	                 text_measure("million", &style_default()->label).width) > 0.5);
	style_clear(&style);
	assert_null(style.families);
	assert_null(style.label.families);
}

static void tints_and_shades_run_from_paper_to_ink(void **state)
{
	const struct color red = { 1, 0, 0, 0.5 };
	struct style style;

	(void)state;
	style_init(&style, THEME_DARK, palettes, NULL);
	struct color paper = style_tint(&style, red, 0), full = style_tint(&style, red, 1);
	struct color ink = style_shade(&style, red, 1);
	assert_memory_equal(&paper, &style.paper, sizeof paper);
	assert_true(full.r == 1 && full.g == 0 && full.b == 0 && full.a == 1);
	assert_true(fabs(ink.r - style.ink.r) < 1e-9 && ink.a == 0.5);
	style_clear(&style);
}

static void lines_and_names_of_classes_are_seen_on_every_paper(void **state)
{
	(void)state;
	for (int theme = 0; theme < THEME_COUNT; theme++) {
		struct style style;

		style_init(&style, (enum theme)theme, palettes, NULL);
		double paper = lab_of(style.paper, TRICHROMAT).l;
		for (int i = 0; i < PALETTE_CATEGORIES; i++) {
			assert_true(fabs(lab_of(style_line(&style, i), TRICHROMAT).l - paper) > 24);
			assert_true(fabs(lab_of(style_words(&style, i), TRICHROMAT).l - paper) > 45);
		}
		style_clear(&style);
	}
}

/* Hatched lines 1.8 pt apart are no hatching on a dot of 2 pt across: it is one grey, darker
 * than the hatching's ground. */
static void a_small_dot_is_not_hatched(void **state)
{
	struct style style;

	(void)state;
	style_init(&style, THEME_GREY, palettes, NULL);
	for (int i = 0; i < PALETTE_CATEGORIES; i++) {
		struct look large = style_look(&style, i), dot = style_dot_look(&style, i, 1);

		assert_int_equal(style_dot_look(&style, i, 5).hatch, large.hatch);
		assert_int_equal(dot.hatch, HATCH_NONE);
		assert_true(fabs(lab_of(dot.color, TRICHROMAT).l - lab_of(style.paper, TRICHROMAT).l) > 24);
	}
	style_clear(&style);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_simulation_agrees_with_what_is_known),
		cmocka_unit_test(classes_of_every_palette_are_apart_for_every_viewer),
		cmocka_unit_test(the_default_palette_is_apart_by_twenty),
		cmocka_unit_test(without_colour_classes_differ_by_grey_or_hatching),
		cmocka_unit_test(text_is_read_on_every_paper),
		cmocka_unit_test(a_family_is_asked_for_before_the_usual_ones),
		cmocka_unit_test(tints_and_shades_run_from_paper_to_ink),
		cmocka_unit_test(lines_and_names_of_classes_are_seen_on_every_paper),
		cmocka_unit_test(a_small_dot_is_not_hatched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
