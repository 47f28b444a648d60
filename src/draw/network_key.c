/* network_key.c - the legend of a network diagram as a few lines of running text */
#include "network_legend.h"

#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

static const double usual_type = 6.25;  /* pt, on a page of 180 x 150 mm */
static const double smallest_type = 6;
static const double leading = 1.3;      /* of lines */
static const double item_gap = 7;       /* pt between items of a line */
static const double largest_dot = 3.2;  /* pt: of samples */
static const double largest_width = 5;

enum glyph { GLYPH_NONE, GLYPH_DOT, GLYPH_RING, GLYPH_WEDGE, GLYPH_BOTH, GLYPH_TIE, GLYPH_BUNDLE, GLYPH_DISC, GLYPH_RIM,
             GLYPH_SPECKS };

struct item {
	enum glyph glyph;
	double size;                    /* pt: radius or width of the glyph */
	char *text;                     /* owned */
	int need;                       /* the higher, the sooner it is left out */
};

struct key {
	const struct style *style;
	const struct analysis *analysis;
	const struct layout *layout;
	const char *home;
	struct font font;
	GArray *items;                  /* struct item */
};

/* ---- what is said ---- */

static void add(struct key *key, int need, enum glyph glyph, double size, char *text)
{
	struct item item = { glyph, size, text, need };

	g_array_append_val(key->items, item);
}

static void add_dots(struct key *key)
{
	const struct layout *layout = key->layout;
	bool shared = key->analysis->network->weight == WEIGHT_SHARED;
	double scale = layout->radius_per_sqrt_strength, values[3];
	double least = pow(layout->radius_floor / fmax(scale, 1e-12), 2);
	double most = fmin(network_most_strength(key->analysis, layout),
	                   pow(largest_dot / fmax(scale, 1e-12), 2));
	int count = MIN(network_round_values(most, fmax(shared ? 1e-6 : 1, least), values), 2);
	const struct network_terms *terms = network_terms(key->analysis);
	const char *what = shared ? terms->small_area_shared : terms->small_area;

	if (count == 0)
		add(key, 0, GLYPH_DOT, layout->radius_floor, g_strdup_printf("correspondent: %s", what));
	for (int i = 0; i < count; i++)
		add(key, 0, GLYPH_DOT, scale * sqrt(values[i]),
		    i < count - 1 ? g_strdup(network_value_text(values[i]))
		    : g_strdup_printf(values[i] == 1 ? "%s (%s)" : "%s %s",
		                      network_value_text(values[i]), what));
}

static void add_width(struct key *key, int need, enum glyph glyph, double scale, int64_t most,
                      const char *what)
{
	double values[3], widest = pow(largest_width / fmax(scale, 1e-12), 2);

	if (network_round_values(fmin((double)most, fmax(widest, 1)), 1, values) < 1)
		return;
	double width = fmax(scale * sqrt(values[0]), key->layout->width_floor);
	add(key, need, glyph, width,
	    g_strdup_printf("%s\u00a0%s", network_value_text(values[0]), what));
}

static void add_ties(struct key *key)
{
	const struct layout *layout = key->layout;
	const struct network_terms *terms = network_terms(key->analysis);

	add(key, 1, GLYPH_WEDGE, 2.6, g_strdup(terms->small_line));
	add(key, 1, GLYPH_BOTH, 2.6, g_strdup(terms->small_both));
	add_width(key, 6, GLYPH_TIE, layout->width_per_sqrt_messages,
	          network_most_messages(layout, false),
	          network_most_messages(layout, false) == 1 ? terms->one : terms->many);
	add_width(key, 7, GLYPH_BUNDLE, layout->bundle_width_per_sqrt_messages,
	          network_most_messages(layout, true), "between communities");
}

static void add_communities(struct key *key)
{
	const struct layout *layout = key->layout;

	if (layout->form == LAYOUT_FLAT) {
		add(key, 2, GLYPH_NONE, 0, g_strdup("Colour: community."));
		return;
	}
	add(key, 2, layout->folded_people > layout->speck_count ? GLYPH_RIM : GLYPH_DISC,
	    largest_dot, g_strdup_printf(
		"community, area by people%s",
		layout->folded_people > layout->speck_count ? ", rim: not drawn" : ""));
	if (layout->speck_count > 0)
		add(key, 2, GLYPH_SPECKS, 5.5, g_strdup("a person without lines"));
	add(key, 3, GLYPH_RING, 0.7 * largest_dot, g_strdup("names it, +N others"));
	if (layout->one_way > 0)
		add(key, 8, GLYPH_NONE, 0, g_strdup("(with one tie, one way: a tenth)"));
}

/* What the figure leaves out, in the same numbers as the layout's account. */
static void add_remark(struct key *key)
{
	const struct layout *layout = key->layout;
	int people = layout->folded_people - layout->speck_count + layout->small_group_people;
	int ties = layout->ties_total - layout->ties_drawn - layout->ties_bundled;

	if (people == 0 && ties == 0)
		return;
	GString *out = g_string_new("Not\u00a0drawn: ");
	if (people > 0)
		g_string_append_printf(out, "%s people", text_count(people));
	if (ties > 0)
		g_string_append_printf(out, "%s%s of %s lines", people > 0 ? ", " : "",
		                       text_count(ties), text_count(layout->ties_total));
	g_string_append_c(out, '.');
	add(key, 2, GLYPH_NONE, 0, g_string_free(out, FALSE));
}

static void collect(struct key *key)
{
	add_dots(key);
	add_ties(key);
	add_communities(key);
	add_remark(key);
	if (key->home)
		add(key, 4, GLYPH_NONE, 0,
		    g_strdup_printf("Names without a domain: %s.", key->home + 1));
}

/* ---- how it is set ---- */

struct setter {                         /* text flowing into lines */
	struct canvas *canvas;          /* NULL: only measure */
	const struct font *font;
	double left, right, top;
	double x;                       /* where the next piece begins */
	int line;
	GString *words;                 /* of this item on this line, not yet drawn */
	double words_at;
};

static double word_width(const struct setter *setter, const char *word)
{
	return text_measure(word, setter->font).width;
}

static double baseline(const struct setter *setter)
{
	return setter->top + setter->font->size * (leading * setter->line + 1);
}

static void flush(struct setter *setter)
{
	if (setter->words->len > 0 && setter->canvas)
		canvas_text(setter->canvas, setter->words_at, baseline(setter), setter->words->str,
		            setter->font, ALIGN_LEFT);
	g_string_truncate(setter->words, 0);
	setter->words_at = setter->x;
}

static void break_line(struct setter *setter)
{
	flush(setter);
	setter->line++;
	setter->x = setter->words_at = setter->left;
}

static void set_words(struct setter *setter, const char *text)
{
	char **words = g_strsplit(text, " ", -1);
	double space = word_width(setter, "n n") - 2 * word_width(setter, "n");

	setter->words_at = setter->x;
	for (char **word = words; *word; word++) {
		bool first = setter->words->len == 0;
		char *fitted = frame_fit(*word, setter->font, setter->right - setter->left);
		double width = word_width(setter, fitted);

		if (setter->x + (first ? 0 : space) + width > setter->right &&
		    setter->x > setter->left) {
			break_line(setter);
			first = true;
		}
		g_string_append_printf(setter->words, "%s%s", first ? "" : " ", fitted);
		setter->x += (first ? 0 : space) + width;
		g_free(fitted);
	}
	flush(setter);
	g_strfreev(words);
}

static double glyph_width(const struct item *item)
{
	switch (item->glyph) {
	case GLYPH_NONE:
		return 0;
	case GLYPH_DOT:
	case GLYPH_RING:
	case GLYPH_DISC:
	case GLYPH_RIM:
	case GLYPH_SPECKS:
		return 2 * item->size + 2;
	default:
		return 15;
	}
}

static void draw_glyph(struct canvas *canvas, const struct item *item, double x, double y)
{
	const struct style *style = canvas_style(canvas);
	struct color dark = style_shade(style, style->grey, 0.3);
	struct point from = { x, y }, to = { x + 13, y }, middle = { x + item->size, y };

	switch (item->glyph) {
	case GLYPH_NONE:
		break;
	case GLYPH_DOT:
		canvas_circle(canvas, middle.x, y, item->size, &(struct paint){ .fill = style->grey });
		break;
	case GLYPH_RING:
		canvas_circle(canvas, middle.x, y, item->size, &(struct paint){ .fill = style->grey });
		network_draw_ring(canvas, middle, item->size);
		break;
	case GLYPH_DISC:
	case GLYPH_RIM:
		canvas_circle(canvas, middle.x, y, item->size,
		              &(struct paint){ .fill = style_tint(style, style->grey, 0.25) });
		if (item->glyph == GLYPH_RIM)
			network_draw_rim(canvas, middle.x, y, item->size, 0.3, dark);
		break;
	case GLYPH_SPECKS:
		network_draw_specks(canvas, middle, 0.8);
		break;
	case GLYPH_BUNDLE:
		dark.a = 0.45;
		network_draw_wedge(canvas, from, to, item->size, item->size, dark);
		break;
	case GLYPH_TIE:
		network_draw_wedge(canvas, from, to, item->size, item->size, dark);
		break;
	case GLYPH_WEDGE:
		network_draw_wedge(canvas, from, to, item->size, 0,
		                   network_tie_color(style, style->grey, false, 1));
		break;
	case GLYPH_BOTH:
		network_draw_wedge(canvas, from, to, item->size, 0.5 * item->size,
		                   network_tie_color(style, style->grey, true, 1));
		break;
	}
}

/* The glyph stays with the first word. */
static void set_item(struct setter *setter, const struct item *item)
{
	const char *space = strchr(item->text, ' ');
	char *word = space ? g_strndup(item->text, (gsize)(space - item->text))
	                   : g_strdup(item->text);
	double width = glyph_width(item);

	if (setter->x > setter->left)
		setter->x += item_gap;
	if (setter->x + width + word_width(setter, word) > setter->right &&
	    setter->x > setter->left)
		break_line(setter);
	if (setter->canvas)
		draw_glyph(setter->canvas, item, setter->x,
		           baseline(setter) - 0.32 * setter->font->size);
	setter->x += width;
	set_words(setter, item->text);
	g_free(word);
}

/* Set all items needed more than `omitted`. Returns the number of lines. */
static int set(const struct key *key, struct canvas *canvas, const struct box *area, int omitted)
{
	struct setter setter = { .canvas = canvas, .font = &key->font, .left = area->x,
	                         .right = area->x + area->width, .top = area->y, .x = area->x,
	                         .words = g_string_new(NULL) };

	for (guint i = 0; i < key->items->len; i++) {
		const struct item *item = &g_array_index(key->items, struct item, i);

		if (item->need < omitted)
			set_item(&setter, item);
	}
	g_string_free(setter.words, TRUE);
	return setter.x > setter.left ? setter.line + 1 : setter.line;
}

double network_key_draw(struct canvas *canvas, const struct style *style,
                        const struct box *area, double text, const struct analysis *analysis, const struct layout *layout,
                        const char *home)
{
	struct key key = { .style = style, .analysis = analysis, .layout = layout, .home = home,
	                   .font = style->small, .items = g_array_new(FALSE, FALSE, sizeof(struct item)) };
	int omitted = 10, lines;

	key.font.size = fmax(usual_type * text, smallest_type);
	double height = key.font.size * leading;
	int most = MAX(1, (int)(area->height / height + 0.01));
	collect(&key);
	while ((lines = set(&key, NULL, area, omitted)) > most && omitted > 1)
		omitted--;
	if (canvas)
		set(&key, canvas, area, omitted);
	for (guint i = 0; i < key.items->len; i++)
		g_free(g_array_index(key.items, struct item, i).text);
	g_array_unref(key.items);
	return lines * height;
}
