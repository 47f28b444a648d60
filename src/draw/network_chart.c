#include "epistograph/network_chart.h"

#include "epistograph/error.h"
#include "epistograph/text.h"
#include "network_figure.h"

#include <math.h>

#include <glib.h>

int network_community_class(const struct figure *figure, int community)
{
	return figure->analysis->communities[community].color;
}

static int vertex_class(const struct figure *figure, int vertex)
{
	return network_community_class(figure, figure->analysis->membership[vertex]);
}

struct point network_disc_centre(const struct figure *figure, int disc)
{
	return (struct point){ figure->box.x + figure->layout->discs[disc].x,
	                       figure->box.y + figure->layout->discs[disc].y };
}

struct point network_node_centre(const struct figure *figure, int node)
{
	return (struct point){ figure->box.x + figure->layout->nodes[node].x,
	                       figure->box.y + figure->layout->nodes[node].y };
}

static bool is_ringed(const struct figure *figure, int node)
{
	int disc = figure->layout->nodes[node].disc;

	return disc >= 0 && figure->centres[disc] == node;
}

double network_dot_reach(const struct figure *figure, int node)
{
	double radius = figure->layout->nodes[node].radius;

	return radius + (is_ringed(figure, node) ? network_ring_width(radius) : 0);
}

/* Begin a mark; frees title. */
static void begin(struct canvas *canvas, char *id, char *title)
{
	canvas_begin(canvas, id, title);
	g_free(id);
	g_free(title);
}

static char *exchange_title(const struct figure *figure, const char *a, const char *b,
                            int64_t forward, int64_t backward)
{
	const struct network_terms *terms = network_terms(figure->analysis);

	a = text_directed(a);
	b = text_directed(b);
	return g_strdup_printf("%s to %s: %s; %s to %s: %s", a, b,
	                       text_counted(forward, terms->one, terms->many), b, a,
	                       text_count(backward));
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
	struct color color = style_shade(figure->style, figure->style->grey, 0.3);

	color.a = 0.34;
	/* The strongest last: it lies on top. */
	for (int i = layout->bundle_count - 1; i >= 0; i--) {
		const struct layout_bundle *bundle = &layout->bundles[i];
		const struct community *a =
			&figure->analysis->communities[layout->discs[bundle->a].community];
		const struct community *b =
			&figure->analysis->communities[layout->discs[bundle->b].community];

		begin(figure->canvas, g_strdup_printf("bundle-%d-%d", a->number, b->number),
		      exchange_title(figure, a->name, b->name, bundle->forward, bundle->backward));
		draw_ribbon(figure->canvas, network_disc_centre(figure, bundle->a),
		            (struct point){ figure->box.x + bundle->control_x,
		                            figure->box.y + bundle->control_y },
		            network_disc_centre(figure, bundle->b), bundle->width_forward,
		            bundle->width_backward, color);
		network_note_bundle(figure, bundle, a, b);
		canvas_end(figure->canvas);
	}
}

/* ---- communities ---- */

static char *community_title(const struct community *community, const struct layout_disc *disc)
{
	GString *title = g_string_new(text_directed(community->name));

	g_string_append_printf(title, ": %s", text_counted(community->size, "person", "people"));
	if (disc->folded > 0)
		g_string_append_printf(
			title, ", %s of them not drawn singly (%s wrote or heard once only)",
			text_count(disc->folded), text_count(disc->once));
	if (disc->one_way > 0)
		g_string_append_printf(title, "; %s with one tie, one way only",
		                       text_count(disc->one_way));
	return g_string_free(title, FALSE);
}

static void draw_discs(const struct figure *figure)
{
	for (int d = 0; d < figure->layout->disc_count; d++) {
		const struct layout_disc *disc = &figure->layout->discs[d];
		const struct community *community = &figure->analysis->communities[disc->community];
		struct color color = style_line(figure->style,
		                                network_community_class(figure, disc->community));
		struct point centre = network_disc_centre(figure, d);

		begin(figure->canvas, g_strdup_printf("community-%d", community->number),
		      community_title(community, disc));
		network_note_community(figure, community, disc);
		/* Opaque, so that curves run behind discs. */
		canvas_circle(figure->canvas, centre.x, centre.y, disc->radius,
		              &(struct paint){ .fill = style_tint(figure->style, color, 0.11) });
		if (disc->folded > 0 && disc->speck == 0)
			network_draw_rim(figure->canvas, centre.x, centre.y, disc->radius,
			                 disc->folded / (double)(disc->folded + disc->shown),
			                 style_tint(figure->style, color, 0.75));
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

static struct color tie_color(const struct figure *figure, const struct layout_tie *tie)
{
	const struct layout_node *nodes = figure->layout->nodes;
	int a = figure->analysis->membership[nodes[tie->a].vertex];
	int b = figure->analysis->membership[nodes[tie->b].vertex];
	bool two_way = tie->forward > 0 && tie->backward > 0;

	return network_tie_color(figure->style, a == b
	                         ? style_line(figure->style, network_community_class(figure, a))
	                         : figure->style->grey, two_way, tie_opacity(figure->layout));
}

static void draw_tie(const struct figure *figure, const struct layout_tie *tie)
{
	const struct layout_node *a = &figure->layout->nodes[tie->a];
	const struct layout_node *b = &figure->layout->nodes[tie->b];
	struct point from = network_node_centre(figure, tie->a), to = network_node_centre(figure, tie->b);
	double dx = to.x - from.x, dy = to.y - from.y, length = sqrt(dx * dx + dy * dy);
	/* From rim to rim, a little under the dots, so that no gap shows. */
	double start = 0.85 * a->radius / length, end = 0.85 * b->radius / length;
	int low = MIN(a->vertex, b->vertex), high = MAX(a->vertex, b->vertex);

	begin(figure->canvas, g_strdup_printf("tie-%d-%d", low, high),
	      exchange_title(figure, figure->names[a->vertex],
	                     figure->names[b->vertex], tie->forward,
	                     tie->backward));
	network_draw_wedge(figure->canvas,
	                   (struct point){ from.x + dx * start, from.y + dy * start },
	                   (struct point){ to.x - dx * end, to.y - dy * end }, tie->width_forward,
	                   tie->width_backward, tie_color(figure, tie));
	network_note_tie(figure, tie);
	canvas_end(figure->canvas);
}

static char *node_title(const struct analysis *analysis, int vertex)
{
	const struct vertex *person = &analysis->network->vertices[vertex];
	const struct network_terms *terms = network_terms(analysis);
	bool named = person->name && *person->name;

	return g_strdup_printf("%s%s%s%s: %s, %s %s, rank %s",
	                       named ? text_directed(person->name) : "", named ? " <" : "",
	                       person->address, named ? ">" : "",
	                       text_counted(person->sent, terms->sent_one, terms->sent),
	                       text_count(person->received), terms->received,
	                       text_count(analysis->rank[vertex]));
}

static void draw_node(const struct figure *figure, int i)
{
	const struct layout_node *node = &figure->layout->nodes[i];
	struct point centre = network_node_centre(figure, i);
	const struct look look = style_dot_look(
		figure->style, vertex_class(figure, node->vertex), node->radius);
	/* A thin ring of paper parts the dot from the ties that end at it; of its hatching's
	 * colour, a pale one from the paper. */
	struct paint rim = { .stroke = look.hatch == HATCH_NONE ? figure->style->paper : look.lines,
	                     .stroke_width = node->radius > 3 ? 0.6 : 0.25 };

	if (look.hatch == HATCH_NONE)           /* one circle will do */
		rim.fill = look.color;

	begin(figure->canvas, g_strdup_printf("node-%d", node->vertex),
	      node_title(figure->analysis, node->vertex));
	network_note_person(figure->canvas, figure->analysis, node->vertex);
	if (look.hatch != HATCH_NONE)
		style_fill_circle(figure->canvas, centre, node->radius, &look);
	canvas_circle(figure->canvas, centre.x, centre.y, node->radius, &rim);
	if (is_ringed(figure, i))
		network_draw_ring(figure->canvas, centre, node->radius);
	canvas_end(figure->canvas);
}

static void draw_speck(const struct figure *figure, const struct layout_speck *speck)
{
	struct color color = style_tint(
		figure->style, style_line(figure->style, vertex_class(figure, speck->vertex)), 0.6);

	begin(figure->canvas, g_strdup_printf("speck-%d", speck->vertex),
	      node_title(figure->analysis, speck->vertex));
	network_note_person(figure->canvas, figure->analysis, speck->vertex);
	canvas_circle(figure->canvas, figure->box.x + speck->x, figure->box.y + speck->y,
	              figure->layout->discs[speck->disc].speck, &(struct paint){ .fill = color });
	canvas_end(figure->canvas);
}

/* ---- the page ---- */

/* For each disc the node of whom it is named after. g_free(). */
static int *find_centres(const struct analysis *analysis, const struct layout *layout)
{
	int *centres = g_new0(int, layout->disc_count + 1);

	for (int i = 0; i < layout->node_count; i++) {
		int d = layout->nodes[i].disc;

		if (d >= 0 && analysis->communities[layout->discs[d].community].centre ==
		              layout->nodes[i].vertex)
			centres[d] = i;
	}
	return centres;
}

static void draw_figure(struct figure *figure, int label_count)
{
	const struct layout *layout = figure->layout;

	figure->centres = find_centres(figure->analysis, layout);
	figure->names = network_names(figure->analysis->network);
	struct names *names = network_place_names(figure, label_count);
	draw_bundles(figure);
	draw_discs(figure);
	for (int i = 0; i < layout->speck_count; i++)
		draw_speck(figure, &layout->specks[i]);
	/* The strongest last: they lie on top. */
	for (int t = layout->tie_count - 1; t >= 0; t--)
		draw_tie(figure, &layout->ties[t]);
	for (int i = layout->node_count - 1; i >= 0; i--)
		draw_node(figure, i);
	network_draw_names(figure, names);
	network_names_free(names);
	network_note_rest(figure);
	g_free(figure->names);
	g_free(figure->centres);
}

/* Where the legend stands: beside the figure on a wide page, in columns below it
 * on a tall one, as a few lines of running text below it on a small one. */
enum place { BESIDE, BELOW, BRIEF };

struct page {                           /* of one chart */
	const struct style *style;
	const struct analysis *analysis;
	struct box box;                 /* what the frame leaves */
	double text;                    /* as in struct figure */
	enum place place;
	struct box figure, legend;
};

struct network_plan {
	struct page page;
	struct layout layout;           /* drawing moves its dots */
	struct box words;               /* where to say what is drawn, if has_words */
	struct font words_font;
	bool has_words;
};

static const double usual_side = 466;   /* pt: of a page of 180 x 150 mm */
static const double legend_gap = 14;
static const double brief_gap = 4;
static const double least_beside = 360; /* pt: of width, for a figure and a column */
static const double least_column = 250; /* pt: of height, for a legend in one column */
static const double three_lines = 25;
static const double least_figure = 60;
static const double most_below = 0.27;  /* of the height, before the legend is made brief */
static const double most_brief = 0.18;   /* of the height, before that leaves things out */

static const double words_width = 560;   /* pt of page for the subtitle's type */
static const double words_rise = 4;      /* pt of the gap below the subtitle that are used */
static const double words_leading = 1.75;
static const double words_from = 180;   /* pt of height: on lower pages the key tells what is not drawn */

/* Letters grow and shrink less than the page does. */
static double text_scale(double width, double height)
{
	double side = sqrt(width * height) / usual_side;

	return CLAMP(pow(side, side > 1 ? 0.45 : 0.15), 0.85, 2);
}

static void split_beside(struct page *page)
{
	const struct box *box = &page->box;
	double gap = legend_gap * page->text;
	double width = network_legend_width(page->text) + gap;

	page->figure = page->legend = *box;
	page->figure.width -= width;
	page->legend.x += page->figure.width + gap;
	page->legend.width = width - gap;
}

static void split_below(struct page *page, double height, double gap)
{
	page->figure = page->legend = page->box;
	page->figure.height -= height + gap;
	page->legend.y += page->figure.height + gap;
	page->legend.height = height;
}

/* The legend in its place; with canvas NULL only its height. */
static double draw_legend(struct canvas *canvas, const struct page *page, const struct box *area,
                          const struct layout *layout)
{
	const char *home = network_home_domain(page->analysis, layout);

	return page->place == BRIEF
		? network_key_draw(canvas, page->style, area, page->text, page->analysis, layout, home)
		: network_legend_draw(canvas, page->style, area, legend_gap * page->text, page->text,
		                      page->analysis, layout, home);
}

/* Lay out, with the legend below as high as this layout's account needs. */
static int lay_out_below(struct page *page, double most, struct layout *layout, struct error *err)
{
	double gap = page->place == BRIEF ? brief_gap : legend_gap * page->text;
	double height = 0.7 * most * page->box.height;

	for (int round = 0; ; round++) {
		struct box room = page->box;

		room.height *= most;
		split_below(page, height, gap);
		if (layout_network(page->analysis, page->figure.width, page->figure.height, layout,
		                   err) < 0)
			return -1;
		double needed = draw_legend(NULL, page, &room, layout);
		/* After some rounds it stays: the legend leaves out what does not fit. */
		if (round == 3 || (needed <= height && needed > height - 4))
			return 0;
		height = needed + 1;
		layout_clear(layout);
	}
}

/* The height of the legend in columns, as far as it can be told beforehand. */
static bool columns_fit(const struct page *page)
{
	struct error ignored = { 0 };
	struct layout layout;
	struct box room = page->box;

	room.height = 0.8 * page->box.height;
	if (layout_network(page->analysis, page->box.width, room.height, &layout, &ignored) < 0)
		return false;
	double needed = draw_legend(NULL, page, &room, &layout);
	layout_clear(&layout);
	return needed > 0 && needed <= most_below * page->box.height;
}

static int lay_out(struct page *page, struct layout *layout, struct error *err)
{
	const struct box *box = &page->box;

	page->place = BESIDE;
	if (box->width >= 1.12 * box->height && box->width >= least_beside &&
	    box->height >= least_column) {
		split_beside(page);
		return layout_network(page->analysis, page->figure.width, page->figure.height,
		                      layout, err);
	}
	page->place = BELOW;
	if (columns_fit(page))
		return lay_out_below(page, most_below + 0.05, layout, err);
	page->place = BRIEF;
	/* Three lines, unless long titles leave nothing to the figure. */
	double lines = fmin(three_lines, box->height - least_figure) / box->height;
	return lay_out_below(page, fmax(most_brief, lines), layout, err);
}

/* The page but for the frame, and a line of it for what of a large network is drawn. */
static void divide(struct network_plan *plan, double width)
{
	struct page *page = &plan->page;

	plan->words_font = page->style->subtitle;
	plan->words_font.size = CLAMP(plan->words_font.size * width / words_width, 6.5,
	                              plan->words_font.size);
	plan->words = page->box;
	plan->has_words = page->analysis->network->order > LAYOUT_FLAT_ORDER &&
	                  page->box.height > words_from;
	if (!plan->has_words)
		return;
	double height = plan->words_font.size * words_leading - words_rise;
	plan->words.y -= words_rise;
	page->box.y += height;
	page->box.height -= height;
}

struct network_plan *network_plan_new(const struct network_chart *chart, const struct style *style,
                                      double width, double height, struct error *err)
{
	struct network_plan *plan = g_new0(struct network_plan, 1);

	plan->page = (struct page){
		.style = style, .analysis = chart->analysis, .text = text_scale(width, height),
		.box = frame_room(style, width, height, &chart->frame),
	};
	divide(plan, width);
	if (chart->analysis->network->order > 0 && lay_out(&plan->page, &plan->layout, err) < 0) {
		g_free(plan);
		return NULL;
	}
	return plan;
}

void network_plan_free(struct network_plan *plan)
{
	if (!plan)
		return;
	layout_clear(&plan->layout);
	g_free(plan);
}

char *network_plan_words(const struct network_plan *plan)
{
	return network_counted_words(plan->page.analysis, &plan->layout);
}

static void draw_plan(struct canvas *canvas, const struct network_chart *chart,
                      struct network_plan *plan)
{
	const struct page *page = &plan->page;
	struct layout *layout = &plan->layout;
	struct figure figure = { .canvas = canvas, .style = page->style, .analysis = page->analysis,
	                         .layout = layout, .box = page->figure, .text = page->text,
	                         .home = network_home_domain(page->analysis, layout) };

	if (plan->has_words)
		network_draw_words(canvas, &plan->words, page->analysis, layout, &plan->words_font);
	draw_figure(&figure, chart->label_count);
	canvas_begin(canvas, "legend", NULL);
	draw_legend(canvas, page, &page->legend, layout);
	canvas_end(canvas);
}

int network_chart_draw(struct canvas *canvas, double width, double height,
                       const struct network_chart *chart, struct error *err)
{
	const struct style *style = canvas_style(canvas);
	struct network_plan *plan = chart->plan ? chart->plan
		: network_plan_new(chart, style, width, height, err);

	if (!plan)
		return -1;
	network_note_columns(canvas);
	frame_draw(canvas, width, height, &chart->frame);
	if (chart->analysis->network->order > 0)
		draw_plan(canvas, chart, plan);
	else
		canvas_text(canvas, plan->page.box.x + plan->page.box.width / 2,
		            plan->page.box.y + plan->page.box.height / 2,
		            "No mail from one person to another in this selection", &style->subtitle,
		            ALIGN_CENTER);
	if (!chart->plan)
		network_plan_free(plan);
	return 0;
}
