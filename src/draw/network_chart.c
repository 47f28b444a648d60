#include "epistograph/network_chart.h"

#include "epistograph/labels.h"
#include "epistograph/text.h"
#include "network_legend.h"

#include <math.h>
#include <string.h>

#include <glib.h>

enum { NAMES_IN_DISCS = 28 };           /* people named by default, besides the discs' own names */

static const double legend_width = 112; /* pt: a column of it */
static const double legend_gap = 14;
static const double name_width = 92;    /* pt: longer names are cut */
static const double caption_width = 110;
static const double line_leading = 1.2;
static const double room_per_name = 330; /* pt^2 of radius: a name to some 1,000 pt^2 of a disc */
static const double large_dot = 6;       /* pt: radius of a dot that needs a name */
static const double named_disc = 36;     /* pt: radius of a disc whose largest dot needs one */

struct figure {                         /* one network diagram being drawn */
	struct canvas *canvas;
	const struct analysis *analysis;
	const struct layout *layout;
	struct box box;                 /* where it stands on the page */
	int *ties_at;                   /* [node_count] ties drawn at each node */
};

static struct color community_color(const struct analysis *analysis, int community)
{
	return theme_category(analysis->communities[community].number - 1);
}

static struct color vertex_color(const struct analysis *analysis, int vertex)
{
	return community_color(analysis, analysis->membership[vertex]);
}

static const char *vertex_name(const struct analysis *analysis, int vertex)
{
	const struct vertex *person = &analysis->network->vertices[vertex];

	return person->name && *person->name ? person->name : person->address;
}

static struct point disc_centre(const struct figure *figure, int disc)
{
	return (struct point){ figure->box.x + figure->layout->discs[disc].x,
	                       figure->box.y + figure->layout->discs[disc].y };
}

static struct point node_centre(const struct figure *figure, int node)
{
	return (struct point){ figure->box.x + figure->layout->nodes[node].x,
	                       figure->box.y + figure->layout->nodes[node].y };
}

/* Begin a mark; frees title. */
static void begin(struct canvas *canvas, char *id, char *title)
{
	canvas_begin(canvas, id, title);
	g_free(id);
	g_free(title);
}

static char *exchange_title(const char *a, const char *b, int64_t forward, int64_t backward)
{
	return g_strdup_printf("%s to %s: %s messages; %s to %s: %s", a, b, text_count(forward),
	                       b, a, text_count(backward));
}

/* ---- ties between communities ---- */

/* A curve whose width runs from one end's to the other's, as a polygon. */
static void draw_ribbon(struct canvas *canvas, struct point a, struct point control,
                        struct point b, double width_a, double width_b, struct color color)
{
	enum { STEPS = 20 };
	struct point points[2 * (STEPS + 1)];

	for (int i = 0; i <= STEPS; i++) {
		double t = (double)i / STEPS, u = 1 - t;
		double x = u * u * a.x + 2 * u * t * control.x + t * t * b.x;
		double y = u * u * a.y + 2 * u * t * control.y + t * t * b.y;
		double dx = u * (control.x - a.x) + t * (b.x - control.x);
		double dy = u * (control.y - a.y) + t * (b.y - control.y);
		double length = fmax(sqrt(dx * dx + dy * dy), 1e-9);
		double half = fmax(u * width_a + t * width_b, 0.3) / 2;

		points[i] = (struct point){ x - dy / length * half, y + dx / length * half };
		points[2 * STEPS + 1 - i] =
			(struct point){ x + dy / length * half, y - dx / length * half };
	}
	canvas_polygon(canvas, points, 2 * (STEPS + 1), true, &(struct paint){ .fill = color });
}

static void draw_bundles(const struct figure *figure)
{
	const struct layout *layout = figure->layout;
	struct color color = network_shade(theme_grey, 0.3);

	color.a = 0.34;
	/* The strongest last: it lies on top. */
	for (int i = layout->bundle_count - 1; i >= 0; i--) {
		const struct layout_bundle *bundle = &layout->bundles[i];
		const struct community *a =
			&figure->analysis->communities[layout->discs[bundle->a].community];
		const struct community *b =
			&figure->analysis->communities[layout->discs[bundle->b].community];

		begin(figure->canvas, g_strdup_printf("bundle-%d-%d", a->number, b->number),
		      exchange_title(a->name, b->name, bundle->forward, bundle->backward));
		draw_ribbon(figure->canvas, disc_centre(figure, bundle->a),
		            (struct point){ figure->box.x + bundle->control_x,
		                            figure->box.y + bundle->control_y },
		            disc_centre(figure, bundle->b), bundle->width_forward,
		            bundle->width_backward, color);
		canvas_end(figure->canvas);
	}
}

/* ---- communities ---- */

static char *community_title(const struct community *community, const struct layout_disc *disc)
{
	GString *title = g_string_new(community->name);

	g_string_append_printf(title, ": %s people", text_count(community->size));
	if (disc->folded > 0)
		g_string_append_printf(
			title, ", %s of them not drawn singly (%s wrote or heard once only)",
			text_count(disc->folded), text_count(disc->once));
	return g_string_free(title, FALSE);
}

static void draw_discs(const struct figure *figure)
{
	for (int d = 0; d < figure->layout->disc_count; d++) {
		const struct layout_disc *disc = &figure->layout->discs[d];
		const struct community *community = &figure->analysis->communities[disc->community];
		struct color color = community_color(figure->analysis, disc->community);
		struct point centre = disc_centre(figure, d);

		begin(figure->canvas, g_strdup_printf("community-%d", community->number),
		      community_title(community, disc));
		/* Opaque, so that curves run behind discs. */
		canvas_circle(figure->canvas, centre.x, centre.y, disc->radius,
		              &(struct paint){ .fill = network_tint(color, 0.11) });
		if (disc->folded > 0)
			network_draw_rim(figure->canvas, centre.x, centre.y, disc->radius,
			                 disc->folded / (double)(disc->folded + disc->shown),
			                 network_tint(color, 0.75));
		canvas_end(figure->canvas);
	}
}

/* ---- ties and people ---- */

/* The more ties, the fainter each. */
static double tie_opacity(const struct layout *layout)
{
	double crowd = layout->form == LAYOUT_FLAT ? layout->tie_count / 60.0
	                                           : layout->tie_count / 250.0;

	return CLAMP(0.62 / sqrt(sqrt(fmax(crowd, 1))), 0.22, 0.62);
}

/* Ties drawn at each node; g_free(). */
static int *count_ties(const struct layout *layout)
{
	int *ties = g_new0(int, layout->node_count + 1);

	for (int t = 0; t < layout->tie_count; t++) {
		ties[layout->ties[t].a]++;
		ties[layout->ties[t].b]++;
	}
	return ties;
}

static struct color tie_color(const struct figure *figure, const struct layout_tie *tie)
{
	const struct layout_node *nodes = figure->layout->nodes;
	int a = figure->analysis->membership[nodes[tie->a].vertex];
	int b = figure->analysis->membership[nodes[tie->b].vertex];
	struct color color = a == b ? network_shade(community_color(figure->analysis, a), 0.25)
	                            : network_shade(theme_grey, 0.2);

	color.a = tie_opacity(figure->layout);
	/* The fan around a hub stands back behind what ties the others together. */
	if (figure->layout->form == LAYOUT_TWO_LEVEL &&
	    MIN(figure->ties_at[tie->a], figure->ties_at[tie->b]) == 1)
		color.a *= 0.6;
	return color;
}

static void draw_tie(const struct figure *figure, const struct layout_tie *tie)
{
	const struct layout_node *a = &figure->layout->nodes[tie->a];
	const struct layout_node *b = &figure->layout->nodes[tie->b];
	struct point from = node_centre(figure, tie->a), to = node_centre(figure, tie->b);
	double dx = to.x - from.x, dy = to.y - from.y, length = sqrt(dx * dx + dy * dy);
	/* From rim to rim, a little under the dots, so that no gap shows. */
	double start = 0.85 * a->radius / length, end = 0.85 * b->radius / length;
	int low = MIN(a->vertex, b->vertex), high = MAX(a->vertex, b->vertex);

	begin(figure->canvas, g_strdup_printf("tie-%d-%d", low, high),
	      exchange_title(vertex_name(figure->analysis, a->vertex),
	                     vertex_name(figure->analysis, b->vertex), tie->forward,
	                     tie->backward));
	network_draw_wedge(figure->canvas,
	                   (struct point){ from.x + dx * start, from.y + dy * start },
	                   (struct point){ to.x - dx * end, to.y - dy * end }, tie->width_forward,
	                   tie->width_backward, tie_color(figure, tie));
	canvas_end(figure->canvas);
}

static char *node_title(const struct analysis *analysis, int vertex)
{
	const struct vertex *person = &analysis->network->vertices[vertex];
	bool named = person->name && *person->name;

	return g_strdup_printf("%s%s%s%s: %s sent, %s received, rank %s", named ? person->name : "",
	                       named ? " <" : "", person->address, named ? ">" : "",
	                       text_count(person->sent), text_count(person->received),
	                       text_count(analysis->rank[vertex]));
}

static void draw_node(const struct figure *figure, int i)
{
	const struct layout_node *node = &figure->layout->nodes[i];
	struct point centre = node_centre(figure, i);
	/* A thin ring of paper parts the dot from the ties that end at it. */
	struct paint paint = { .fill = vertex_color(figure->analysis, node->vertex),
	                       .stroke = theme_paper,
	                       .stroke_width = node->radius > 3 ? 0.6 : 0.25 };

	begin(figure->canvas, g_strdup_printf("node-%d", node->vertex),
	      node_title(figure->analysis, node->vertex));
	canvas_circle(figure->canvas, centre.x, centre.y, node->radius, &paint);
	canvas_end(figure->canvas);
}

/* ---- names ---- */

struct names {                          /* labels with what they say and how */
	struct label *labels;
	char **first, **second;         /* lines; second may be NULL */
	struct font *fonts;             /* of the first line */
	int count;
};

static struct font name_font(const struct figure *figure, int place)
{
	struct font font = theme_label;

	font.size = place < 5 ? 7.5 : place < 15 ? 7 : 6.4;
	font.bold = place < 5;
	if (figure->layout->form == LAYOUT_FLAT && !font.bold)
		font.size = 6.6;
	font.halo = theme_paper;
	font.halo.a = 0.85;
	font.halo_width = 1;
	return font;
}

static struct font caption_font(struct color color)
{
	struct font font = theme_label;

	font.size = 7.25;
	font.bold = true;
	font.color = network_shade(color, 0.45);
	font.halo = theme_paper;
	font.halo.a = 0.9;
	font.halo_width = 1.2;
	return font;
}

static struct font second_font(const struct font *first)
{
	struct font font = *first;

	font.size = 6.25;
	font.bold = false;
	return font;
}

/* Takes first and second. */
static void add_name(struct names *names, struct label label, char *first, char *second,
                     const struct font *font)
{
	struct text_extent extent = text_measure(first, font);

	label.width = extent.width + 1;
	label.ascent = extent.ascent * 0.92;    /* letters with accents may touch, plain ones not */
	label.descent = extent.descent;
	if (second) {
		struct font small = second_font(font);
		struct text_extent more = text_measure(second, &small);

		label.width = fmax(label.width, more.width + 1);
		label.descent = font->size * line_leading * 0.95 + more.descent;
	}
	names->labels[names->count] = label;
	names->first[names->count] = first;
	names->second[names->count] = second;
	names->fonts[names->count++] = *font;
}

/* A name no wider than width; what stands in brackets behind it goes first. */
static char *fit_name(const char *name, const struct font *font, double width)
{
	const char *bracket = strstr(name, " (");

	if (!bracket || bracket == name || text_measure(name, font).width <= width)
		return frame_fit(name, font, width);
	char *plain = g_strndup(name, bracket - name);
	char *fitted = frame_fit(plain, font, width);
	g_free(plain);
	return fitted;
}

static char *others_text(const struct community *community, const struct layout_disc *disc)
{
	int others = community->size - 1;

	if (others == 0)
		return NULL;
	if (disc->folded == 0 || disc->radius < 32)
		return g_strdup_printf("and %s other%s", text_count(others),
		                       others == 1 ? "" : "s");
	return g_strdup_printf("and %s others, %s in the rim", text_count(others),
	                       text_count(disc->folded));
}

static void add_caption(const struct figure *figure, struct names *names, int d)
{
	const struct layout_disc *disc = &figure->layout->discs[d];
	const struct community *community = &figure->analysis->communities[disc->community];
	struct font font = caption_font(community_color(figure->analysis, disc->community));
	struct label label = { .kind = LABEL_AREA, .mark = d, .area = d, .tolerance = 1 };

	if (disc->radius >= 20) {
		add_name(names, label, fit_name(community->short_name, &font,
		                                fmin(caption_width, 4 * disc->radius)),
		         others_text(community, disc), &font);
		return;
	}
	/* A small place: small letters, one line, and none where it is crowded. */
	font.bold = false;
	font.size = 6.25;
	label.tolerance = 0.2;
	char *whose = fit_name(community->short_name, &font, caption_width * 0.6);
	add_name(names, label, g_strdup_printf("%s +%s", whose, text_count(community->size - 1)),
	         NULL, &font);
	g_free(whose);
}

static void add_person(const struct figure *figure, struct names *names, int node, int place)
{
	const struct layout *layout = figure->layout;
	struct font font = name_font(figure, place);
	struct label label = { .kind = LABEL_POINT, .mark = layout->disc_count + node,
	                       .area = layout->nodes[node].disc,
	                       .tolerance = place < 10 ? 1 : 0.45 };
	const char *name = vertex_name(figure->analysis, layout->nodes[node].vertex);

	add_name(names, label, fit_name(name, &font, name_width), NULL, &font);
}

/* How many names a disc has room for, if they are not to hide it. */
static int names_room(const struct layout *layout, int disc)
{
	double radius = disc < 0 ? INFINITY : layout->discs[disc].radius;

	return radius == INFINITY ? G_MAXINT : 1 + (int)(radius * radius / room_per_name);
}

/* Choose who is named: chosen[node]. By rank, as many as wanted and as each disc
 * has room for; and always the largest dots, since everybody asks who that is,
 * and the largest of each disc of some size. */
static bool *choose_names(const struct figure *figure, const int *node_of, int wanted)
{
	const struct analysis *analysis = figure->analysis;
	const struct layout *layout = figure->layout;
	bool *chosen = g_new0(bool, layout->node_count + 1);
	int *named = g_new0(int, layout->disc_count + 1);

	for (int i = 0; i < layout->node_count; i++) {
		int disc = layout->nodes[i].disc;
		bool leads = disc >= 0 && layout->discs[disc].radius >= named_disc &&
		             (i == 0 || layout->nodes[i - 1].disc != disc);

		chosen[i] = layout->nodes[i].radius >= large_dot || leads;
		named[disc + 1] += chosen[i];
		wanted -= chosen[i];
	}
	for (int k = 0; k < analysis->network->order && wanted > 0; k++) {
		int i = node_of[analysis->by_rank[k]];

		if (i < 0 || chosen[i] ||
		    named[layout->nodes[i].disc + 1] >= names_room(layout, layout->nodes[i].disc))
			continue;
		chosen[i] = true;
		named[layout->nodes[i].disc + 1]++;
		wanted--;
	}
	g_free(named);
	return chosen;
}

/* The nodes to be named, by rank; -1 ends them. g_free(). */
static int *order_of_names(const struct figure *figure, int wanted)
{
	const struct analysis *analysis = figure->analysis;
	const struct layout *layout = figure->layout;
	int *node_of = g_new(int, analysis->network->order);
	int *nodes = g_new(int, layout->node_count + 1), count = 0;

	for (int v = 0; v < analysis->network->order; v++)
		node_of[v] = -1;
	for (int i = 0; i < layout->node_count; i++)
		node_of[layout->nodes[i].vertex] = i;
	bool *chosen = choose_names(figure, node_of, wanted);
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

/* Captions first, then people. */
static void collect_names(const struct figure *figure, int wanted, struct names *names)
{
	int *nodes = order_of_names(figure, wanted);

	for (int d = 0; d < figure->layout->disc_count; d++)
		add_caption(figure, names, d);
	for (int place = 0; nodes[place] >= 0; place++)
		add_person(figure, names, nodes[place], place);
	g_free(nodes);
}

static struct label_mark *collect_marks(const struct figure *figure)
{
	const struct layout *layout = figure->layout;
	struct label_mark *marks =
		g_new0(struct label_mark, layout->disc_count + layout->node_count);

	for (int d = 0; d < layout->disc_count; d++) {
		struct point centre = disc_centre(figure, d);
		marks[d] = (struct label_mark){ centre.x, centre.y, layout->discs[d].radius, true };
	}
	for (int i = 0; i < layout->node_count; i++) {
		struct point centre = node_centre(figure, i);
		marks[layout->disc_count + i] =
			(struct label_mark){ centre.x, centre.y, layout->nodes[i].radius, false };
	}
	return marks;
}

static void draw_name(const struct figure *figure, const struct names *names, int i)
{
	const struct label *label = &names->labels[i];
	const struct font *font = &names->fonts[i];
	bool centred = label->kind == LABEL_AREA;
	double x = centred ? label->left + label->width / 2 : label->left + 0.5;

	canvas_text(figure->canvas, x, label->baseline, names->first[i], font,
	            centred ? ALIGN_CENTER : ALIGN_LEFT);
	if (!names->second[i])
		return;
	struct font small = second_font(font);
	canvas_text(figure->canvas, x, label->baseline + font->size * line_leading * 0.95,
	            names->second[i], &small, ALIGN_CENTER);
}

/* A thin line with a pale edge, so that it shows on dots too. */
static void draw_leader(struct canvas *canvas, struct point from, struct point to)
{
	const struct point line[] = { from, to };
	struct color edge = theme_paper;

	edge.a = 0.8;
	canvas_polygon(canvas, line, 2, false,
	               &(struct paint){ .stroke = edge, .stroke_width = 1.4 });
	canvas_polygon(canvas, line, 2, false,
	               &(struct paint){ .stroke = theme_ink, .stroke_width = 0.4 });
}

static void draw_names(const struct figure *figure, int wanted)
{
	const struct layout *layout = figure->layout;
	int most = layout->disc_count + layout->node_count;
	struct names names = {
		.labels = g_new0(struct label, most), .first = g_new0(char *, most),
		.second = g_new0(char *, most), .fonts = g_new0(struct font, most),
	};
	struct label_mark *marks = collect_marks(figure);

	collect_names(figure, wanted, &names);
	labels_place(names.labels, names.count, marks, layout->disc_count + layout->node_count,
	             &figure->box);
	canvas_begin(figure->canvas, "names", NULL);
	for (int i = 0; i < names.count; i++) {
		const struct label *label = &names.labels[i];

		if (label->placed && label->leader)
			draw_leader(figure->canvas, label->from, label->to);
	}
	for (int i = names.count - 1; i >= 0; i--)
		if (names.labels[i].placed)
			draw_name(figure, &names, i);
	canvas_end(figure->canvas);
	for (int i = 0; i < names.count; i++) {
		g_free(names.first[i]);
		g_free(names.second[i]);
	}
	g_free(names.labels);
	g_free(names.first);
	g_free(names.second);
	g_free(names.fonts);
	g_free(marks);
}

/* ---- the page ---- */

static void draw_figure(struct figure *figure, int label_count)
{
	const struct layout *layout = figure->layout;
	int wanted = label_count > 0 ? label_count
	             : layout->form == LAYOUT_FLAT ? layout->node_count : NAMES_IN_DISCS;

	figure->ties_at = count_ties(layout);
	draw_bundles(figure);
	draw_discs(figure);
	/* The strongest last: they lie on top. */
	for (int t = layout->tie_count - 1; t >= 0; t--)
		draw_tie(figure, &layout->ties[t]);
	for (int i = layout->node_count - 1; i >= 0; i--)
		draw_node(figure, i);
	draw_names(figure, wanted);
	g_free(figure->ties_at);
}

struct split { struct box figure, legend; };

/* The legend stands beside the figure on a wide page, in two columns if it is
 * low as well, below it on a tall one. */
static struct split split_beside(const struct box *box)
{
	struct split split = { *box, *box };
	int columns = box->height < 250 && box->width > 2 * box->height ? 2 : 1;
	double width = columns * (legend_width + legend_gap);

	split.figure.width -= width;
	split.legend.x += split.figure.width + legend_gap;
	split.legend.width = width - legend_gap;
	return split;
}

static struct split split_below(const struct box *box, double height)
{
	struct split split = { *box, *box };

	split.figure.height -= height + legend_gap;
	split.legend.y += split.figure.height + legend_gap;
	split.legend.height = height;
	return split;
}

/* Lay out, with the legend below as high as this layout's account needs. */
static int lay_out_below(const struct analysis *analysis, const struct box *box,
                         struct split *split, struct layout *layout, struct error *err)
{
	double height = 0.25 * box->height;

	for (int round = 0; round < 4; round++) {
		struct box most = *box;

		most.height *= 0.45;
		*split = split_below(box, height);
		if (layout_network(analysis, split->figure.width, split->figure.height, layout,
		                   err) < 0)
			return -1;
		double needed = network_legend_draw(NULL, &most, legend_width, legend_gap, analysis,
		                                    layout);
		if (needed <= height && (needed > 0.8 * height || round == 3))
			return 0;
		if (round == 3) /* as high as it is: the legend leaves out what does not fit */
			return 0;
		height = needed + 2;
		layout_clear(layout);
	}
	return 0;
}

static int lay_out(const struct analysis *analysis, const struct box *box, struct split *split,
                   struct layout *layout, struct error *err)
{
	bool beside = box->width >= 1.12 * box->height && box->width >= 260;

	if (!beside)
		return lay_out_below(analysis, box, split, layout, err);
	*split = split_beside(box);
	return layout_network(analysis, split->figure.width, split->figure.height, layout, err);
}

int network_chart_draw(struct canvas *canvas, double width, double height,
                       const struct network_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	struct layout layout;
	struct split split;

	if (chart->analysis->network->order == 0) {
		canvas_text(canvas, box.x + box.width / 2, box.y + box.height / 2,
		            "No mail from one person to another in this selection", &theme_subtitle,
		            ALIGN_CENTER);
		return 0;
	}
	if (lay_out(chart->analysis, &box, &split, &layout, err) < 0)
		return -1;
	draw_figure(&(struct figure){ canvas, chart->analysis, &layout, split.figure, NULL },
	            chart->label_count);
	canvas_begin(canvas, "legend", NULL);
	network_legend_draw(canvas, &split.legend, legend_width, legend_gap, chart->analysis,
	                    &layout);
	canvas_end(canvas);
	layout_clear(&layout);
	return 0;
}
