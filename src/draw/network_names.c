/* network_names.c - which names stand in a network diagram, and drawing them */
#include "network_figure.h"

#include "epistograph/labels.h"
#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

/* In pt, on a page of 180 x 150 mm. */
static const double name_width = 92;    /* longer names take several lines */
static const double caption_width = 110;
static const double widest_name = 0.34; /* of the figure: the same, on narrow pages */
static const double widest_caption = 0.42;
static const double line_leading = 1.2;
static const double smallest_type = 6;
static const double room_per_name = 330; /* pt^2 of radius: a name to some 1,000 pt^2 of a disc */
static const double staying_dot = 3;    /* radius of a dot that no name pushes aside */
static const double large_dot = 6;      /* radius of a dot that needs a name */
static const double named_disc = 36;    /* radius of a disc whose largest dot needs one */
static const double far_caption = 64;   /* radius of a disc whose caption is far from the dot */
static const double two_lines = 20;     /* radius of a disc with a caption of two lines */
static const double two_lines_small = 30;       /* the same on a small page */
static const double minor = 20;         /* radius of a disc whose caption is not needed */
static const double minor_small = 13;
static const double small_page = 0.7;   /* unit below which a page is small */
static const double rim_told = 32;      /* radius of a disc whose caption counts its rim */
enum {
	NAMES_IN_DISCS = 28,            /* people named, besides the discs' own names */
	PLACINGS       = 4,             /* at most; what then has no place has none */
	FEW_TIES       = 40,            /* so few can all be kept free of names */
	TIE_STEP       = 4,             /* pt along a tie */
};

/* How a disc says whom it is named after, and how many there are: the best for
 * which there is room. */
enum caption {
	CAPTION_NONE,                   /* the name alone, at the dot, cut to one line */
	CAPTION_CUT,                    /* both at the rim, the name cut to one line */
	CAPTION_AT_DOT,                 /* both at the dot */
	CAPTION_ON_RIM,                 /* both at the rim */
};

struct naming {                         /* what is tried */
	enum caption *captions;         /* of each disc */
	bool *cut;                      /* of each node: its name cut to one line */
};

static bool is_on_rim(enum caption caption)
{
	return caption == CAPTION_ON_RIM || caption == CAPTION_CUT;
}

struct names {                          /* labels with what they say and how */
	struct label *labels;
	char ***names, **others;        /* each one's lines; a smaller one below, or NULL */
	struct font *fonts;             /* of the name's lines */
	int count;
};

static bool is_small(const struct figure *figure)
{
	return figure->layout->unit < small_page;
}

/* Nearly black, with so much of the community's colour that a name is not taken
 * for that of a dot nearby in another disc. */
static struct font name_font(const struct figure *figure, int place, int vertex)
{
	struct font font = figure->style->label;
	int community = figure->analysis->membership[vertex];

	if (figure->layout->form == LAYOUT_TWO_LEVEL)
		font.color = style_shade(
			figure->style,
			style_line(figure->style, network_community_class(figure, community)), 0.7);
	font.bold = place < (is_small(figure) ? 2 : 5);
	font.size = font.bold ? 7.5 : figure->layout->form == LAYOUT_FLAT ? 6.6
	          : place < 15 ? 7 : 6.4;
	font.size = fmax(font.size * figure->text, smallest_type);
	font.halo = figure->style->paper;
	font.halo.a = 0.85;
	font.halo_width = 1;
	return font;
}

static struct font caption_font(const struct figure *figure, struct color color, bool is_minor)
{
	struct font font = figure->style->label;

	font.size = fmax((is_minor ? 6.25 : 7.25) * figure->text, smallest_type);
	font.bold = !is_minor;
	font.color = style_shade(figure->style, color, 0.45);
	font.halo = figure->style->paper;
	font.halo.a = 0.9;
	font.halo_width = 1.2;
	return font;
}

static struct font second_font(const struct font *first)
{
	struct font font = *first;

	font.size = fmax(font.size * 0.86, smallest_type);
	font.bold = false;
	return font;
}

/* From one baseline of a name, or from its last to that of what is smaller below. */
static double leading_of(const struct font *font)
{
	return font->size * line_leading * 0.95;
}

/* Takes name's lines, one at least, and others. */
static void add_name(struct names *names, struct label label, char **name, char *others,
                     const struct font *font)
{
	struct text_extent extent;

	label.width = 0;
	for (int i = 0; name[i]; i++) {
		extent = text_measure(name[i], font);
		label.width = fmax(label.width, extent.width + 1);
		if (i == 0)
			label.ascent = extent.ascent;
		label.descent = extent.descent + i * leading_of(font);
	}
	if (others) {
		struct font small = second_font(font);
		struct text_extent more = text_measure(others, &small);

		label.width = fmax(label.width, more.width + 1);
		label.descent = g_strv_length(name) * leading_of(font) + more.descent;
	}
	names->labels[names->count] = label;
	names->names[names->count] = name;
	names->others[names->count] = others;
	names->fonts[names->count++] = *font;
}

/* A name, with " +12" behind it unless others is 0, on lines no wider than width, or cut to a
 * single one; what stands in brackets behind it goes first. g_strfreev() */
static char **wrap_name(const struct figure *figure, const char *name, int others, bool is_cut,
                        const struct font *font, double width)
{
	char *plain = network_short_name(name, figure->home);
	char *bracket = strstr(plain, " (");

	if (bracket && bracket != plain && text_measure(plain, font).width > width)
		*bracket = '\0';
	char *name_shown = is_cut ? frame_fit(plain, font, width) : g_strdup(plain);
	/* The number stays with the last word. */
	char *text = others ? g_strdup_printf("%s\u00a0+%s", text_directed(name_shown),
	                                      text_count(others)) : g_strdup(name_shown);
	char **lines = is_cut ? g_strsplit(text, "\n", 1) : frame_wrap_name(text, font, width);
	g_free(text);
	g_free(name_shown);
	g_free(plain);
	return lines;
}

static char *others_text(const struct figure *figure, const struct layout_disc *disc)
{
	int others = figure->analysis->communities[disc->community].size - 1;

	if (others == 0)
		return NULL;
	if (disc->folded == 0 || disc->radius < rim_told * figure->text)
		return g_strdup_printf("and %s other%s", text_count(others),
		                       others == 1 ? "" : "s");
	return g_strdup_printf(disc->speck > 0 ? "and %s others, %s as specks"
	                       : "and %s others, %s in the rim", text_count(others),
	                       text_count(disc->folded));
}

static void add_caption(const struct figure *figure, struct names *names, int d, bool is_cut)
{
	const struct layout_disc *disc = &figure->layout->discs[d];
	const struct community *community = &figure->analysis->communities[disc->community];
	double radius = disc->radius / figure->text;
	/* A minor place: small letters, and none where it is crowded. */
	bool is_minor = radius < (is_small(figure) ? minor_small : minor);
	struct font font = caption_font(
		figure, style_line(figure->style, network_community_class(figure, disc->community)),
		is_minor);
	struct label label = { .kind = LABEL_AREA, .mark = d, .area = d,
	                       .tolerance = is_minor ? 0.2 : 1 };
	double width = fmin(caption_width * figure->text, widest_caption * figure->box.width);

	bool is_tall = radius >= (is_small(figure) ? two_lines_small : two_lines);
	char **name = wrap_name(figure, community->short_name, is_tall ? 0 : community->size - 1, is_cut,
	                        &font, is_tall ? fmin(width, 4 * disc->radius)
	                        : is_minor ? 0.6 * width : 0.85 * width);
	add_name(names, label, name, is_tall ? others_text(figure, disc) : NULL, &font);
}

/* Whether a disc's caption found no place, so that a node's name has to say whose it is. */
static bool stands_in(const struct figure *figure, const enum caption *captions, int node)
{
	int disc = figure->layout->nodes[node].disc;

	return disc >= 0 && !is_on_rim(captions[disc]) && figure->centres[disc] == node;
}

static void add_person(const struct figure *figure, const struct naming *naming,
                       struct names *names, int node, const char *name, int place)
{
	const enum caption *captions = naming->captions;
	const struct layout *layout = figure->layout;
	int disc = layout->nodes[node].disc;
	bool with_count = disc >= 0 && captions[disc] == CAPTION_AT_DOT &&
	                  figure->centres[disc] == node;
	bool is_needed = stands_in(figure, captions, node);
	struct font font = name_font(figure, place, layout->nodes[node].vertex);
	struct label label = { .kind = LABEL_POINT, .mark = layout->disc_count + node,
	                       .area = disc,
	                       .tolerance = is_needed ? 1 : is_small(figure) ? 0.3
	                                  : place < 10 ? 1 : 0.45 };
	double width = fmin(name_width * figure->text, widest_name * figure->box.width);

	char **lines;
	if (with_count) {
		const struct community *community =
			&figure->analysis->communities[layout->discs[disc].community];
		lines = wrap_name(figure, community->short_name, community->size - 1, false, &font, width);
	} else {
		lines = wrap_name(figure, name, 0, is_needed || naming->cut[node], &font, width);
	}
	add_name(names, label, lines, NULL, &font);
}

/* How many names a disc has room for, if they are not to hide it. */
static int names_room(const struct figure *figure, int disc)
{
	if (disc < 0)
		return G_MAXINT;
	double radius = figure->layout->discs[disc].radius / figure->text;
	return (int)(radius * radius / room_per_name) + !is_small(figure);
}

/* Whether the caption of its disc, if there is one, is name enough for a node. */
static bool is_said_by_caption(const struct figure *figure, const enum caption *captions, int node)
{
	int disc = figure->layout->nodes[node].disc;

	return disc >= 0 && is_on_rim(captions[disc]) && figure->centres[disc] == node &&
	       figure->layout->discs[disc].radius < far_caption * figure->text;
}

/* Whether a node is named whatever its rank: the largest dots, since everybody
 * asks who that is, the largest of each disc of some size, and in a disc whose
 * caption found no place whom it is named after. */
static bool is_always_named(const struct figure *figure, const enum caption *captions, int i)
{
	const struct layout *layout = figure->layout;
	int disc = layout->nodes[i].disc;
	bool leads = disc >= 0 && layout->discs[disc].radius >= named_disc * figure->text &&
	             (i == 0 || layout->nodes[i - 1].disc != disc);

	return (stands_in(figure, captions, i) || leads ||
	        layout->nodes[i].radius >= large_dot * figure->text) &&
	       !is_said_by_caption(figure, captions, i);
}

/* Choose who is named: chosen[node]. By rank, as many as wanted and as each disc
 * has room for, besides those always named. */
static bool *choose_names(const struct figure *figure, const enum caption *captions,
                          const int *node_of, int wanted)
{
	const struct analysis *analysis = figure->analysis;
	const struct layout *layout = figure->layout;
	bool *chosen = g_new0(bool, layout->node_count + 1);
	int *named = g_new0(int, layout->disc_count + 1);

	for (int i = 0; i < layout->node_count; i++) {
		chosen[i] = is_always_named(figure, captions, i);
		named[layout->nodes[i].disc + 1] += chosen[i];
		wanted -= chosen[i];
	}
	for (int k = 0; k < analysis->network->order && wanted > 0; k++) {
		int i = node_of[analysis->by_rank[k]];

		if (i < 0 || chosen[i] || is_said_by_caption(figure, captions, i) ||
		    named[layout->nodes[i].disc + 1] >= names_room(figure, layout->nodes[i].disc))
			continue;
		chosen[i] = true;
		named[layout->nodes[i].disc + 1]++;
		wanted--;
	}
	g_free(named);
	return chosen;
}

/* The nodes to be named, by rank; -1 ends them. g_free(). */
static int *order_of_names(const struct figure *figure, const enum caption *captions, int wanted)
{
	const struct analysis *analysis = figure->analysis;
	const struct layout *layout = figure->layout;
	int *node_of = g_new(int, analysis->network->order);
	int *nodes = g_new(int, layout->node_count + 1), count = 0;

	for (int v = 0; v < analysis->network->order; v++)
		node_of[v] = -1;
	for (int i = 0; i < layout->node_count; i++)
		node_of[layout->nodes[i].vertex] = i;
	bool *chosen = choose_names(figure, captions, node_of, wanted);
	for (int k = 0; k < analysis->network->order; k++) {
		int i = node_of[analysis->by_rank[k]];

		if (i >= 0 && chosen[i])
			nodes[count++] = i;
	}
	nodes[count] = -1;
	g_free(chosen);
	g_free(node_of);
	return nodes;
}

/* Captions first, then who stands in for one - a region without a name is none -, then
 * other people. */
static void collect_names(const struct figure *figure, const struct naming *naming, int wanted,
                          struct names *names)
{
	const enum caption *captions = naming->captions;
	int *nodes = order_of_names(figure, captions, wanted), count = 0;

	while (nodes[count] >= 0)
		count++;
	int *vertices = g_new(int, count + 1);
	const char **called = g_new(const char *, count + 1);
	for (int i = 0; i < count; i++)
		vertices[i] = figure->layout->nodes[nodes[i]].vertex;
	network_distinct_names(figure->analysis->network, vertices, count, called);
	for (int d = 0; d < figure->layout->disc_count; d++)
		if (is_on_rim(captions[d]))
			add_caption(figure, names, d, captions[d] == CAPTION_CUT);
	for (int standing_in = 1; standing_in >= 0; standing_in--)
		for (int place = 0; place < count; place++)
			if (stands_in(figure, captions, nodes[place]) == standing_in)
				add_person(figure, naming, names, nodes[place], called[place], place);
	g_free(called);
	g_free(vertices);
	g_free(nodes);
}

/* Points along a tie, a line's width around each: names do not cover them if they can help it. */
static void append_tie(GArray *marks, const struct figure *figure, const struct layout_tie *tie)
{
	struct point a = network_node_centre(figure, tie->a), b = network_node_centre(figure, tie->b);
	double length = hypot(b.x - a.x, b.y - a.y);
	double start = network_dot_reach(figure, tie->a), end = network_dot_reach(figure, tie->b);

	for (double at = start + TIE_STEP / 2; at < length - end; at += TIE_STEP) {
		struct label_mark mark = { a.x + (b.x - a.x) * at / length,
		                           a.y + (b.y - a.y) * at / length, 1, false, false };

		g_array_append_val(marks, mark);
	}
}

/* Discs, then nodes, then what else is in the way. */
static GArray *collect_marks(const struct figure *figure)
{
	const struct layout *layout = figure->layout;
	GArray *marks = g_array_new(FALSE, FALSE, sizeof(struct label_mark));

	for (int d = 0; d < layout->disc_count; d++) {
		struct point centre = network_disc_centre(figure, d);
		struct label_mark mark = { centre.x, centre.y, layout->discs[d].radius, true, false };

		g_array_append_val(marks, mark);
	}
	for (int i = 0; i < layout->node_count; i++) {
		struct point centre = network_node_centre(figure, i);
		struct label_mark mark = { centre.x, centre.y, network_dot_reach(figure, i), false,
		                           false };

		g_array_append_val(marks, mark);
	}
	for (int t = 0; layout->tie_count <= FEW_TIES && t < layout->tie_count; t++)
		append_tie(marks, figure, &layout->ties[t]);
	return marks;
}

static void draw_name(const struct figure *figure, const struct names *names, int i)
{
	const struct label *label = &names->labels[i];
	const struct font *font = &names->fonts[i];
	bool centred = label->kind == LABEL_AREA;
	double x = centred ? label->left + label->width / 2 : label->left + 0.5;

	double y = label->baseline;

	for (char **line = names->names[i]; *line; line++, y += leading_of(font))
		canvas_text(figure->canvas, x, y, *line, font, centred ? ALIGN_CENTER : ALIGN_LEFT);
	if (!names->others[i])
		return;
	struct font small = second_font(font);
	canvas_text(figure->canvas, x, y, names->others[i], &small, ALIGN_CENTER);
}

/* A thin line with a pale edge, so that it shows on dots too. */
static void draw_leader(struct canvas *canvas, struct point from, struct point to)
{
	const struct point line[] = { from, to };
	struct color edge = canvas_style(canvas)->paper;

	edge.a = 0.8;
	canvas_polygon(canvas, line, 2, false,
	               &(struct paint){ .stroke = edge, .stroke_width = 1.4 });
	canvas_polygon(canvas, line, 2, false,
	               &(struct paint){ .stroke = canvas_style(canvas)->ink, .stroke_width = 0.4 });
}

void network_draw_names(const struct figure *figure, const struct names *names)
{
	canvas_begin(figure->canvas, "names", NULL);
	for (int i = 0; i < names->count; i++) {
		const struct label *label = &names->labels[i];

		if (label->placed && label->leader)
			draw_leader(figure->canvas, label->from, label->to);
	}
	for (int i = names->count - 1; i >= 0; i--)
		if (names->labels[i].placed)
			draw_name(figure, names, i);
	canvas_end(figure->canvas);
}

static void names_init(struct names *names, int most)
{
	*names = (struct names){
		.labels = g_new0(struct label, most), .names = g_new0(char **, most),
		.others = g_new0(char *, most), .fonts = g_new0(struct font, most),
	};
}

static void names_clear(struct names *names)
{
	for (int i = 0; i < names->count; i++) {
		g_strfreev(names->names[i]);
		g_free(names->others[i]);
	}
	g_free(names->labels);
	g_free(names->names);
	g_free(names->others);
	g_free(names->fonts);
}

/* Put lower what found no place; a name of one line need not be cut. In a flat figure, where
 * everybody is named, a cut name is better than none. Returns whether there is any. */
static bool lower_names(const struct figure *figure, const struct names *names,
                        struct naming *naming)
{
	enum caption *captions = naming->captions;
	bool lowered = false;

	for (int i = 0; i < names->count; i++) {
		const struct label *label = &names->labels[i];
		int disc = label->area, node = label->mark - figure->layout->disc_count;
		bool is_long = names->names[i][1];

		if (label->placed)
			continue;
		if (figure->layout->form == LAYOUT_FLAT && label->kind == LABEL_POINT) {
			lowered = lowered || is_long;
			naming->cut[node] = is_long || naming->cut[node];
		}
		if (disc < 0 || (label->kind == LABEL_AREA ? !is_on_rim(captions[disc])
		                 : captions[disc] != CAPTION_AT_DOT || node != figure->centres[disc]))
			continue;
		captions[disc]--;
		if (captions[disc] == CAPTION_CUT && !is_long)
			captions[disc]--;
		lowered = true;
	}
	return lowered;
}

/* Places cost what they do at the usual size of letters: go there and back. */
static void place_names(const struct figure *figure, struct names *names,
                        const struct label_mark *marks, int count)
{
	double t = figure->text;
	const struct box *box = &figure->box;
	struct box bounds = { box->x / t, box->y / t, box->width / t, box->height / t };
	struct label_mark *scaled = g_new(struct label_mark, count);

	for (int i = 0; i < count; i++)
		scaled[i] = (struct label_mark){ marks[i].x / t, marks[i].y / t,
		                                 marks[i].radius / t, marks[i].is_area,
		                                 marks[i].is_fixed };
	for (int i = 0; i < names->count; i++) {
		struct label *label = &names->labels[i];

		label->width /= t, label->ascent /= t, label->descent /= t;
	}
	labels_place(names->labels, names->count, scaled, count, &bounds);
	for (int i = 0; i < names->count; i++) {
		struct label *label = &names->labels[i];

		label->width *= t, label->ascent *= t, label->descent *= t;
		label->left *= t, label->baseline *= t;
		label->from.x *= t, label->from.y *= t, label->to.x *= t, label->to.y *= t;
	}
	g_free(scaled);
}

static int usual_count(const struct layout *layout)
{
	return layout->form == LAYOUT_FLAT ? layout->node_count
	       : (int)(NAMES_IN_DISCS * layout->unit * sqrt(layout->unit));
}

/* The nodes that stay where they are: who is named, and what is large. */
static bool *nodes_that_stay(const struct figure *figure, const struct names *names)
{
	const struct layout *layout = figure->layout;
	bool *stays = g_new0(bool, layout->node_count + 1);

	for (int i = 0; i < layout->node_count; i++) {
		int d = layout->nodes[i].disc;

		stays[i] = layout->nodes[i].radius >= staying_dot * figure->text ||
		           (d >= 0 && figure->centres[d] == i);
	}
	for (int i = 0; i < names->count; i++)
		if (names->labels[i].kind == LABEL_POINT)
			stays[names->labels[i].mark - layout->disc_count] = true;
	return stays;
}

/* Dots give way to the names placed; a name that some cannot leave is left out. */
static void make_room(const struct figure *figure, struct names *names, const bool *stays)
{
	struct layout_box *boxes = g_new(struct layout_box, names->count);
	bool *clear = g_new(bool, names->count);
	int *label_of = g_new(int, names->count), count = 0;

	for (int i = 0; i < names->count; i++) {
		struct box box = label_box(&names->labels[i]);

		if (!names->labels[i].placed)
			continue;
		label_of[count] = i;
		boxes[count++] = (struct layout_box){ box.x - figure->box.x, box.y - figure->box.y,
		                                      box.width, box.height };
	}
	layout_make_room(figure->layout, boxes, count, stays, clear);
	for (int b = 0; b < count; b++)
		names->labels[label_of[b]].placed = clear[b];
	g_free(label_of);
	g_free(clear);
	g_free(boxes);
}

static void place_once(const struct figure *figure, const struct naming *naming, int wanted,
                       struct names *names)
{
	GArray *collected = collect_marks(figure);
	struct label_mark *marks = (struct label_mark *)(void *)collected->data;

	names_init(names, figure->layout->disc_count + figure->layout->node_count);
	collect_names(figure, naming, wanted > 0 ? wanted : usual_count(figure->layout), names);
	bool *stays = nodes_that_stay(figure, names);
	for (int i = 0; i < figure->layout->node_count; i++)
		marks[figure->layout->disc_count + i].is_fixed = stays[i];
	place_names(figure, names, marks, (int)collected->len);
	make_room(figure, names, stays);
	g_free(stays);
	g_array_free(collected, TRUE);
}

struct names *network_place_names(const struct figure *figure, int wanted)
{
	struct names *names = g_new(struct names, 1);
	struct naming naming = {
		.captions = g_new(enum caption, figure->layout->disc_count + 1),
		.cut = g_new0(bool, figure->layout->node_count + 1),
	};

	for (int d = 0; d < figure->layout->disc_count; d++)
		naming.captions[d] = CAPTION_ON_RIM;
	place_once(figure, &naming, wanted, names);
	for (int round = 1; round < PLACINGS && lower_names(figure, names, &naming); round++) {
		names_clear(names);
		place_once(figure, &naming, wanted, names);
	}
	g_free(naming.captions);
	g_free(naming.cut);
	return names;
}

void network_names_free(struct names *names)
{
	names_clear(names);
	g_free(names);
}
