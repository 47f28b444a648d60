#include "text_shape.h"

#include "epistograph/text.h"

#include <string.h>

#define MEASURED_MAX 50000      /* texts; then they are forgotten: some 5 MB */

/* Setting up fontconfig and Pango costs some 40 ms and fonts are cached by font
 * map, so that there is one for the whole program. This, the tally of texts
 * with missing glyphs and what texts measured, which layouts ask again and again, are the
 * only mutable statics of the room: text_measure() is asked without a canvas. Not for
 * threads (Pango's caches are not either). */
static struct {
	PangoFontMap *map;
	PangoContext *context;  /* for measuring */
	GHashTable *missing;    /* text -> glyphs without a shape */
	GHashTable *measured;   /* families, size, weight, slant and text -> struct text_extent */
} shaper;

static bool is_bidi_override(gunichar c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

char *text_shape_clean(const char *text, int most)
{
	char *plain = text_clean(text ? text : "", text ? strlen(text) : 0, NULL);
	GString *out = g_string_sized_new(strlen(plain));
	int count = 0;
	bool blank = true;

	for (const char *at = plain; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (is_bidi_override(c) || (c == ' ' && blank))
			continue;
		/* Pango breaks the line at these, text_clean() keeps them. */
		if (c == 0x2028 || c == 0x2029)
			c = ' ';
		if (++count > most) {
			g_string_append(out, "\u2026");
			break;
		}
		g_string_append_unichar(out, c);
		blank = c == ' ';
	}
	g_free(plain);
	if (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	return g_string_free(out, FALSE);
}

PangoContext *text_context_new(void)
{
	if (!shaper.map)
		shaper.map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);

	PangoContext *context = pango_font_map_create_context(shaper.map);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_cairo_context_set_resolution(context, 72.0);
	pango_context_set_round_glyph_positions(context, FALSE);
	/* Else the user's locale chooses fonts and the direction of neutral text. */
	pango_context_set_language(context, pango_language_from_string("en"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_WEAK_LTR);
	return context;
}

PangoLayout *text_layout_new(PangoContext *context, const char *clean, const struct font *font)
{
	PangoLayout *layout = pango_layout_new(context);
	PangoFontDescription *description = pango_font_description_new();

	pango_font_description_set_family(description,
	                                  font->families ? font->families : TEXT_FAMILIES);
	pango_font_description_set_absolute_size(description, font->size * PANGO_SCALE);
	if (font->bold)
		pango_font_description_set_weight(description, PANGO_WEIGHT_BOLD);
	if (font->italic)
		pango_font_description_set_style(description, PANGO_STYLE_ITALIC);
	pango_layout_set_font_description(layout, description);
	pango_font_description_free(description);
	pango_layout_set_text(layout, clean, -1);
	return layout;
}

PangoLayout *text_layout_measured(const char *clean, const struct font *font)
{
	if (!shaper.context) {
		shaper.context = text_context_new();
		shaper.missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	}
	PangoLayout *layout = text_layout_new(shaper.context, clean, font);
	int missing = pango_layout_get_unknown_glyphs_count(layout);

	if (missing > 0 && !g_hash_table_contains(shaper.missing, clean))
		g_hash_table_insert(shaper.missing, g_strdup(clean), GINT_TO_POINTER(missing));
	return layout;
}

struct text_extent text_layout_extent(PangoLayout *layout, const struct font *font)
{
	PangoRectangle ink, logical;
	double baseline = pango_layout_get_baseline(layout);
	struct text_extent extent;

	pango_layout_get_extents(layout, &ink, &logical);
	/* At least the room of capitals and descenders, so that "ace" and "Tag"
	 * make boxes alike; more where a script rises above them. */
	extent.width = logical.width / (double)PANGO_SCALE;
	extent.ascent = MAX((baseline - ink.y) / PANGO_SCALE, 0.72 * font->size);
	extent.descent = MAX((ink.y + ink.height - baseline) / PANGO_SCALE, 0.22 * font->size);
	return extent;
}

bool text_is_rtl(const char *clean)
{
	const struct font any = { .size = 7 };
	PangoLayout *layout = text_layout_measured(clean, &any);
	PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
	bool rtl = pango_layout_line_get_resolved_direction(line) == PANGO_DIRECTION_RTL;

	g_object_unref(layout);
	return rtl;
}

static struct text_extent measure(const char *text, const struct font *font)
{
	char *clean = text_shape_clean(text, TEXT_LABEL_MAX);
	PangoLayout *layout = text_layout_measured(clean, font);
	struct text_extent extent = text_layout_extent(layout, font);

	g_object_unref(layout);
	g_free(clean);
	return extent;
}

struct text_extent text_measure(const char *text, const struct font *font)
{
	char *key = g_strdup_printf("%s/%a%d%d/%s", font->families ? font->families : "", font->size,
	                            font->bold, font->italic, text ? text : "");

	if (!shaper.measured)
		shaper.measured = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	struct text_extent *known = g_hash_table_lookup(shaper.measured, key);
	if (known) {
		g_free(key);
		return *known;
	}
	struct text_extent extent = measure(text, font);
	if (g_hash_table_size(shaper.measured) >= MEASURED_MAX)
		g_hash_table_remove_all(shaper.measured);
	g_hash_table_insert(shaper.measured, key, g_memdup2(&extent, sizeof extent));
	return extent;
}

bool text_family_is_installed(const char *family)
{
	const struct font any = { .size = 7 };
	PangoFontFamily **families;
	int count;
	bool found = false;

	g_object_unref(text_layout_measured("", &any));         /* sets the map up */
	pango_font_map_list_families(shaper.map, &families, &count);
	for (int i = 0; i < count && !found; i++)
		found = !g_ascii_strcasecmp(pango_font_family_get_name(families[i]), family);
	g_free(families);
	return found;
}

int text_missing_glyphs(void)
{
	GHashTableIter iter;
	gpointer count;
	int sum = 0;

	if (!shaper.missing)
		return 0;
	g_hash_table_iter_init(&iter, shaper.missing);
	while (g_hash_table_iter_next(&iter, NULL, &count))
		sum += GPOINTER_TO_INT(count);
	return sum;
}
