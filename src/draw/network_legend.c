#include "network_legend.h"

#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#define TAU 6.283185307179586

/* In pt, on a page of 180 x 150 mm. */
static const double column_width = 112;
static const double line_height = 8.2;  /* of the small type */
static const double block_gap = 9;
static const double heading_height = 10.5;
static const double smallest_type = 6;
static const double thinnest = 0.12;    /* pt: an end from which nothing was sent */

const struct network_terms *network_terms(const struct analysis *analysis)
{
	static const struct network_terms terms[] = {
		[EDGES_RECIPIENT] = {
			"A line is mail: the wide end wrote", "strong: both wrote; faint: one",
			"sender", "recipient",
			"Width at an end: messages sent from there, square-root scale",
			"all mail between communities",
			"Area: messages sent and received, counted once for each recipient",
			"Area: messages sent and received, each shared among its recipients",
			"one way: the wide end wrote", "both wrote", "messages sent and received",
			"messages sent and received, shared among recipients",
			"message", "messages", "messages to a recipient", "sent", "sent", "received",
		},
		[EDGES_REPLY] = {
			"A line: the wide end answered", "strong: both answered; faint: one",
			"from", "to",
			"Width at an end: answers given there, square-root scale",
			"all answers between communities",
			"Area: answers given and got", "Area: answers given and got",
			"one way: the wide end answered", "both answered", "answers given and got",
			"answers given and got", "answer", "answers", "answers",
			"answer given", "answers given", "got",
		},
	};

	return &terms[analysis->network->edges];
}

struct legend {
	struct canvas *canvas;          /* NULL: only measure */
	const struct style *style;
	const struct analysis *analysis;
	const struct layout *layout;
	const char *home;               /* domain left out of names, or NULL */
	double text;                    /* what lengths are multiplied by */
	struct font font;
	double width;                   /* pt, of a column */
	int names;                      /* communities listed */
	unsigned omitted;               /* bit b: block b is left out */
};

/* ---- shared with the figure ---- */

struct color network_tie_color(const struct style *style, struct color color, bool two_way,
                               double opacity)
{
	color = style_shade(style, color, two_way ? 0.45 : 0.1);
	color.a = opacity * (two_way ? 1 : 0.55);
	return color;
}

void network_draw_wedge(struct canvas *canvas, struct point a, struct point b, double width_a,
                        double width_b, struct color color)
{
	double dx = b.x - a.x, dy = b.y - a.y, length = sqrt(dx * dx + dy * dy);

	if (!(length > 0))
		return;
	double half_a = fmax(width_a, thinnest) / 2, half_b = fmax(width_b, thinnest) / 2;
	double nx = -dy / length, ny = dx / length;
	const struct point corners[] = {
		{ a.x + nx * half_a, a.y + ny * half_a }, { b.x + nx * half_b, b.y + ny * half_b },
		{ b.x - nx * half_b, b.y - ny * half_b }, { a.x - nx * half_a, a.y - ny * half_a },
	};
	canvas_polygon(canvas, corners, 4, true, &(struct paint){ .fill = color });
}

double network_ring_width(double radius)
{
	return CLAMP(0.4 * radius, 0.5, 1.1);
}

void network_draw_ring(struct canvas *canvas, struct point centre, double radius)
{
	double width = network_ring_width(radius);

	canvas_circle(canvas, centre.x, centre.y, radius + width / 2,
	              &(struct paint){ .stroke = canvas_style(canvas)->ink, .stroke_width = width });
}

void network_draw_rim(struct canvas *canvas, double x, double y, double radius, double share,
                      struct color color)
{
	enum { MOST = 96 };
	struct point points[2 * (MOST + 1)];
	int steps = CLAMP((int)ceil(share * MOST), 1, MOST);
	double inner = radius - fmin(1.5, 0.12 * radius);

	for (int i = 0; i <= steps; i++) {
		double turn = TAU * share * i / steps;
		double across = sin(turn), down = -cos(turn);

		points[i] = (struct point){ x + radius * across, y + radius * down };
		points[2 * steps + 1 - i] = (struct point){ x + inner * across, y + inner * down };
	}
	canvas_polygon(canvas, points, 2 * (steps + 1), true, &(struct paint){ .fill = color });
}

void network_draw_specks(struct canvas *canvas, struct point middle, double scale)
{
	const struct style *style = canvas_style(canvas);

	for (int i = 0; i < 12; i++)
		canvas_circle(canvas, middle.x + (i % 4 - 1.5 + 0.5 * (i / 4 % 2)) * 2.6 * scale,
		              middle.y + (i / 4 - 1) * 2.3 * scale, 0.7 * scale,
		              &(struct paint){ .fill = style_tint(style, style->grey, 0.8) });
}

const char *network_home_domain(const struct analysis *analysis, const struct layout *layout)
{
	GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
	const char *home = NULL;

	for (int i = 0; i < layout->node_count; i++) {
		const struct vertex *person =
			&analysis->network->vertices[layout->nodes[i].vertex];
		const char *domain = strrchr(person->address, '@');

		if (!domain || !domain[1] || (person->name && *person->name))
			continue;
		int count = GPOINTER_TO_INT(g_hash_table_lookup(counts, domain)) + 1;
		g_hash_table_insert(counts, (gpointer)domain, GINT_TO_POINTER(count));
		if (2 * count > layout->node_count)     /* no other can be as common */
			home = domain;
	}
	g_hash_table_destroy(counts);
	return home;
}

char *network_short_name(const char *text, const char *home)
{
	size_t length = home && g_str_has_suffix(text, home) ? strlen(text) - strlen(home) : 0;

	return length > 0 ? g_strndup(text, length) : g_strdup(text);
}

/* ---- pieces ---- */

static void put_text(const struct legend *legend, double x, double baseline, const char *text,
                     enum align align)
{
	if (legend->canvas)
		canvas_text(legend->canvas, x, baseline, text, &legend->font, align);
}

static double put_heading(const struct legend *legend, double x, double y, const char *text)
{
	struct font font = legend->font;

	font.bold = true;
	font.color = legend->style->ink;
	if (legend->canvas)
		canvas_text(legend->canvas, x, y + font.size, text, &font, ALIGN_LEFT);
	return y + heading_height * legend->text;
}

static double put_lines(const struct legend *legend, double x, double y, const char *text)
{
	char **lines = frame_wrap(text, &legend->font, legend->width);

	for (char **line = lines; *line; line++) {
		put_text(legend, x, y + legend->font.size, *line, ALIGN_LEFT);
		y += line_height * legend->text;
	}
	g_strfreev(lines);
	return y;
}

/* The largest of 1, 2, 5, 10, 20 ... (or 0.5, 0.2 ...) that is not above value. */
static double round_below(double value)
{
	double power = pow(10, floor(log10(value)));
	double lead = value / power;

	return power * (lead >= 5 - 1e-9 ? 5 : lead >= 2 - 1e-9 ? 2 : 1);
}

int network_round_values(double most, double least, double *values)
{
	int count = 0;

	if (!(most > 0))
		return 0;
	for (double value = round_below(most); count < 3 && value >= least;
	     value = round_below(value / 4.5))
		values[count++] = value;
	return count;
}

const char *network_value_text(double value)
{
	return value >= 1 ? text_count((int64_t)llround(value)) : text_real(value, 3);
}

/* ---- blocks: each draws from (x, y) and returns where it ends ---- */

double network_most_strength(const struct analysis *analysis, const struct layout *layout)
{
	double most = 0;

	for (int i = 0; i < layout->node_count; i++)
		most = fmax(most, analysis->measures[MEASURE_STRENGTH][layout->nodes[i].vertex]);
	return most;
}

int64_t network_most_messages(const struct layout *layout, bool bundles)
{
	int64_t most = 0;

	for (int t = 0; !bundles && t < layout->tie_count; t++)
		most = MAX(most, MAX(layout->ties[t].forward, layout->ties[t].backward));
	for (int b = 0; bundles && b < layout->bundle_count; b++)
		most = MAX(most, MAX(layout->bundles[b].forward, layout->bundles[b].backward));
	return most;
}

/* A sample dot with its value; returns where the next one begins. */
static double put_dot(const struct legend *legend, double left, double foot, double radius,
                      const char *text)
{
	double t = legend->text, width = 2 * radius + 2.5 * t;

	if (legend->canvas)
		canvas_circle(legend->canvas, left + radius, foot - radius, radius,
		              &(struct paint){ .fill = legend->style->grey });
	put_text(legend, left + width, foot - fmax(radius, 2.2 * t) + 2.2 * t, text, ALIGN_LEFT);
	return left + width + text_measure(text, &legend->font).width + 8 * t;
}

static double block_people(const struct legend *legend, double x, double y)
{
	const struct layout *layout = legend->layout;
	bool shared = legend->analysis->network->weight == WEIGHT_SHARED;
	/* Dots cannot be told apart below the floor: there the key says "and less". */
	double root = layout->radius_floor / fmax(layout->radius_per_sqrt_strength, 1e-12);
	double floor_strength = root * root, values[3];
	/* Three samples have room side by side. */
	double widest = pow(0.17 * legend->width / fmax(layout->radius_per_sqrt_strength, 1e-12), 2);
	double most = fmin(network_most_strength(legend->analysis, layout), widest);
	int count = network_round_values(most, fmax(shared ? 1e-6 : 1, floor_strength), values);
	double tallest = fmax(layout->radius_floor,
	                      count ? layout->radius_per_sqrt_strength * sqrt(values[0]) : 0);
	double left = x, foot;

	y = put_heading(legend, x, y, "A dot is a correspondent");
	foot = y + 2 * fmax(tallest, 2.4 * legend->text);
	for (int i = 0; i < count; i++)
		left = put_dot(legend, left, foot,
		               layout->radius_per_sqrt_strength * sqrt(values[i]),
		               network_value_text(values[i]));
	if (count < 3 && floor_strength >= (shared ? 1e-6 : 1)) {
		char *text = g_strdup_printf(
			"\u2264 %s", network_value_text(shared ? floor_strength : floor(floor_strength)));
		put_dot(legend, left, foot, layout->radius_floor, text);
		g_free(text);
	}
	return put_lines(legend, x, foot + 3 * legend->text, shared
		? network_terms(legend->analysis)->area_shared : network_terms(legend->analysis)->area);
}

/* One row of sample ties for round numbers of messages. */
static double put_widths(const struct legend *legend, double x, double y, double scale,
                         int64_t most, double opacity)
{
	double values[3], room = legend->width / 3, t = legend->text;
	/* Samples have one line's room. */
	double widest = pow(8 * t / fmax(scale, 1e-12), 2);
	int count = network_round_values(fmin((double)most, fmax(widest, 1)), 1, values);

	for (int i = 0; i < count; i++) {
		double width = fmax(scale * sqrt(values[i]), legend->layout->width_floor);
		struct color color = style_shade(legend->style, legend->style->grey, 0.3);
		double left = x + i * room;

		color.a = opacity;
		if (legend->canvas)
			network_draw_wedge(legend->canvas, (struct point){ left, y + 4 * t },
			                   (struct point){ left + 13 * t, y + 4 * t }, width,
			                   width, color);
		put_text(legend, left + 15.5 * t, y + 6.2 * t, network_value_text(values[i]),
		         ALIGN_LEFT);
	}
	return count ? y + 10.5 * t : y;
}

/* Lines beside a sample some 13 pt wide. */
static double put_beside(const struct legend *legend, double x, double y, const char *text)
{
	struct legend narrow = *legend;
	double indent = 18 * legend->text;

	narrow.width -= indent;
	return put_lines(&narrow, x + indent, y, text);
}

static double put_two_ways(const struct legend *legend, double x, double y)
{
	double t = legend->text;

	for (int two_way = 0; legend->canvas && two_way < 2; two_way++) {
		double at = y + (two_way ? 2.6 : 6.4) * t;

		network_draw_wedge(legend->canvas, (struct point){ x, at },
		                   (struct point){ x + 13 * t, at }, 2 * t, two_way ? t : 0,
		                   network_tie_color(legend->style, legend->style->grey, two_way, 1));
	}
	return put_beside(legend, x, y, network_terms(legend->analysis)->both) + 2 * t;
}

static double block_ties(const struct legend *legend, double x, double y)
{
	const struct layout *layout = legend->layout;
	int64_t most = network_most_messages(layout, false);
	int64_t most_bundled = network_most_messages(layout, true);
	const struct network_terms *terms = network_terms(legend->analysis);
	double t = legend->text;

	y = put_heading(legend, x, y, terms->line);
	if (legend->canvas) {
		struct color color = style_shade(legend->style, legend->style->grey, 0.3);

		network_draw_wedge(legend->canvas, (struct point){ x + 27 * t, y + 4 * t },
		                   (struct point){ x + 64 * t, y + 4 * t }, 4 * t, 0, color);
	}
	put_text(legend, x, y + 6.2 * t, terms->from, ALIGN_LEFT);
	put_text(legend, x + 67 * t, y + 6.2 * t, terms->to, ALIGN_LEFT);
	y = put_two_ways(legend, x, y + 10.5 * t);
	y = put_widths(legend, x, y, layout->width_per_sqrt_messages, most, 1);
	y = put_lines(legend, x, y, terms->width);
	if (most_bundled == 0)
		return y;
	y = put_widths(legend, x, y + 3 * t, layout->bundle_width_per_sqrt_messages, most_bundled,
	               0.45);
	return put_lines(legend, x, y, terms->bundle);
}

static double put_rim(const struct legend *legend, double x, double y)
{
	double radius = 6.5 * legend->text;
	struct point centre = { x + radius, y + radius + 1.5 * legend->text };

	if (legend->canvas) {
		canvas_circle(legend->canvas, centre.x, centre.y, radius,
		              &(struct paint){ .fill = style_tint(legend->style, legend->style->grey, 0.18) });
		network_draw_rim(legend->canvas, centre.x, centre.y, radius, 0.3,
		                 style_shade(legend->style, legend->style->grey, 0.2));
	}
	return put_beside(legend, x, y, legend->layout->once_people == legend->layout->folded_people
		? "rim: share who wrote or heard once only, not drawn"
		: "rim: share of people counted, not drawn singly");
}

static double put_specks(const struct legend *legend, double x, double y)
{
	const struct layout *layout = legend->layout;
	double t = legend->text;

	if (legend->canvas)
		network_draw_specks(legend->canvas, (struct point){ x + 6.5 * t, y + 4.2 * t }, t);
	char *text = g_strdup_printf(
		layout->once_people == layout->folded_people
		? "a speck each: %s who wrote or heard once only"
		: layout->once_people == 0 ? "a speck each: %s without lines"
		: "a speck each: %s without lines, %s of them wrote or heard once only",
		text_counted(layout->folded_people, "person", "people"),
		text_count(layout->once_people));

	y = put_beside(legend, x, y, text);
	g_free(text);
	return y;
}

static double put_ring(const struct legend *legend, double x, double y)
{
	struct point centre = { x + 6.5 * legend->text, y + 4.2 * legend->text };
	double radius = 2.6 * legend->text;

	if (legend->canvas) {
		canvas_circle(legend->canvas, centre.x, centre.y, radius,
		              &(struct paint){ .fill = legend->style->grey });
		network_draw_ring(legend->canvas, centre, radius);
	}
	return put_beside(legend, x, y, "ringed: who it is named after");
}

static double block_discs(const struct legend *legend, double x, double y)
{
	const struct layout *layout = legend->layout;

	if (layout->form == LAYOUT_FLAT || layout->disc_count == 0)
		return y;
	y = put_heading(legend, x, y, "A disc is a community");
	y = put_lines(legend, x, y, layout->one_way > 0
		? "Area: its people; who has one tie, and one way only, counts a tenth"
		: "Area: its number of people");
	if (layout->folded_people > 0)
		y = (layout->speck_count > 0 ? put_specks : put_rim)(legend, x, y + legend->text);
	return put_ring(legend, x, y + legend->text);
}

/* People of a colour: of the community, drawn or not. look NULL: they are of several. */
static double put_color(const struct legend *legend, double x, double y, const struct look *look,
                        const char *name, int people)
{
	const char *count = text_count(people);
	double right = text_measure(count, &legend->font).width, t = legend->text;
	char **lines = frame_wrap_name(name, &legend->font, legend->width - right - 13 * t);

	if (legend->canvas && look)
		style_fill_circle(legend->canvas, (struct point){ x + 2.8 * t, y + 4.2 * t }, 2.8 * t,
		                  look);
	for (int i = 0; lines[i]; i++)
		put_text(legend, x + 8.5 * t, y + (6.4 + i * line_height) * t, lines[i], ALIGN_LEFT);
	put_text(legend, x + legend->width, y + 6.4 * t, count, ALIGN_RIGHT);
	y += g_strv_length(lines) * line_height * t;
	g_strfreev(lines);
	return y + 0.4 * t;
}

/* Communities up to the last that is drawn: a colour that stands nowhere in the
 * figure needs no key. In a flat figure all are drawn. */
static int shown_communities(const struct legend *legend)
{
	int shown = 0;

	if (legend->layout->form == LAYOUT_FLAT)
		return legend->analysis->community_count;
	for (int i = 0; i < legend->layout->disc_count; i++)
		shown = MAX(shown, legend->layout->discs[i].community + 1);
	return shown;
}

static double block_colors(const struct legend *legend, double x, double y)
{
	const struct analysis *analysis = legend->analysis;
	int listed = MIN(legend->names, shown_communities(legend)), rest = 0;
	bool one_color = true;          /* of the rest */

	if (analysis->community_count == 0)
		return y;
	put_text(legend, x + legend->width, y + legend->font.size, "people", ALIGN_RIGHT);
	y = put_heading(legend, x, y, "Community around \u2026");
	for (int c = 0; c < analysis->community_count; c++) {
		const struct community *community = &analysis->communities[c];

		if (c >= listed) {
			rest += community->size;
			one_color = one_color && community->color < 0;
			continue;
		}
		char *short_name = network_short_name(community->short_name, legend->home);
		struct look look = style_look(legend->style, community->color);

		y = put_color(legend, x, y, &look, short_name, community->size);
		g_free(short_name);
	}
	if (rest == 0)
		return y;
	int others = analysis->community_count - listed;
	char *name = g_strdup_printf("%s other%s", text_count(others), others == 1 ? "" : "s");
	struct look look = style_look(legend->style, -1);

	y = put_color(legend, x, y, one_color ? &look : NULL, name, rest);
	g_free(name);
	return y;
}

static void add_remark(GString *remark, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void add_remark(GString *remark, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	if (remark->len > 0)
		g_string_append(remark, "; ");
	g_string_append_vprintf(remark, format, arguments);
	va_end(arguments);
}

/* What the figure leaves out, in the same numbers as the layout's account. */
static double block_remarks(const struct legend *legend, double x, double y)
{
	const struct layout *layout = legend->layout;
	GString *remark = g_string_new(NULL);
	int others = layout->folded_people - layout->once_people;
	int ties = layout->ties_total - layout->ties_drawn - layout->ties_bundled;
	int64_t receipts =
		layout->receipts_total - layout->receipts_drawn - layout->receipts_bundled;

	if (layout->small_groups > 0)
		add_remark(remark, "%s small group%s, %s people", text_count(layout->small_groups),
		           layout->small_groups == 1 ? "" : "s",
		           text_count(layout->small_group_people));
	if (layout->once_people > layout->speck_count)
		add_remark(remark, "%s one-time correspondent%s", text_count(layout->once_people),
		           layout->once_people == 1 ? "" : "s");
	if (others > 0 && layout->speck_count == 0)
		add_remark(remark, "%s weaker correspondent%s", text_count(others),
		           others == 1 ? "" : "s");
	if (ties > 0)
		add_remark(remark, "%s of %s lines (%s of %s %s)",
		           text_count(ties), text_count(layout->ties_total), text_count(receipts),
		           text_count(layout->receipts_total),
		           network_terms(legend->analysis)->receipts);
	if (remark->len > 0) {
		y = put_heading(legend, x, y, layout->speck_count > 0 ? "Counted, not drawn"
		                                                      : "Counted, not drawn singly");
		y = put_lines(legend, x, y, remark->str) + 3 * legend->text;
	}
	g_string_free(remark, TRUE);
	if (legend->home) {
		char *note = g_strdup_printf("Names without a domain are at %s.", legend->home + 1);
		y = put_lines(legend, x, y, note) + 3 * legend->text;
		g_free(note);
	}
	return put_lines(legend, x, y, "Distance on the page has no unit.");
}

/* ---- columns ---- */

static double (*const blocks[])(const struct legend *, double, double) = {
	block_people, block_ties, block_discs, block_colors, block_remarks,
};
enum { BLOCKS = G_N_ELEMENTS(blocks) };

/* Which block goes first where there is no room for all; what is not drawn is
 * said before what the drawing shows by itself. */
static const int least_needed[] = { 3, 2, 1, 0, 4 };

/* Fill columns one after the other, none higher than height. Returns the height
 * used, INFINITY if the blocks do not fit. */
static double flow(const struct legend *legend, const struct box *area, int columns, double gap,
                   double height)
{
	double x = area->x, y = 0, highest = 0;
	struct legend measured = *legend;

	measured.canvas = NULL;
	for (int b = 0; b < BLOCKS; b++) {
		double size = legend->omitted >> b & 1 ? 0 : blocks[b](&measured, 0, 0);

		if (size == 0)
			continue;
		if (y > 0 && y + size > height) {
			columns--;
			x += legend->width + gap;
			y = 0;
		}
		if (columns < 1 || size > height)
			return INFINITY;
		if (legend->canvas)
			blocks[b](legend, x, area->y + y);
		highest = fmax(highest, y + size);
		y += size + block_gap * legend->text;
	}
	return highest;
}

/* The least height into which the blocks go, at most `most`; INFINITY if none. */
static double least_height(const struct legend *legend, const struct box *area, int columns,
                           double gap, double most)
{
	double height = columns == 1 ? most : 20;

	for (; height < most; height += 4)
		if (flow(legend, area, columns, gap, height) < INFINITY)
			return height;
	return flow(legend, area, columns, gap, most) < INFINITY ? most : INFINITY;
}

double network_legend_width(double text)
{
	return column_width * text;
}

double network_legend_draw(struct canvas *canvas, const struct style *style,
                           const struct box *area, double gap, double text,
                           const struct analysis *analysis, const struct layout *layout,
                           const char *home)
{
	double width = network_legend_width(text), height = INFINITY;
	struct legend legend = { .style = style, .analysis = analysis, .layout = layout,
	                         .home = home, .text = text, .font = style->small,
	                         .width = width };
	int columns = MAX(1, (int)((area->width + gap + 0.01) / (width + gap)));

	legend.font.size = fmax(legend.font.size * text, smallest_type);
	for (int dropped = 0; dropped < BLOCKS; dropped++) {
		for (legend.names = PALETTE_CATEGORIES; legend.names >= 3; legend.names--) {
			height = least_height(&legend, area, columns, gap, area->height);
			if (height < INFINITY)
				break;
		}
		if (height < INFINITY) {
			legend.canvas = canvas;
			return flow(&legend, area, columns, gap, height);
		}
		legend.omitted |= 1u << least_needed[dropped];
	}
	return 0;
}
