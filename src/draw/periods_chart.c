/* periods_chart.c - small multiples of a network over one layout */
#include "epistograph/periods_chart.h"

#include "legend_flow.h"
#include "network_legend.h"
#include "periods_key.h"
#include "scale.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/layout.h"
#include "epistograph/palette.h"
#include "epistograph/text.h"

#include <math.h>
#include <stdlib.h>

#include <glib.h>

#define HEAD 11.0               /* pt above a panel: its name, people and messages */
#define GUTTER 10.0             /* pt between panels */
#define PANEL_WANTED 64.0       /* pt, either way */
#define AROUND 130.0            /* pt of a page's height that are not panels, about */
#define PANEL_MIN 56.0          /* pt */
#define PANEL_SHAPE 1.25        /* width to height of what a layout fills */
#define NUMBERS 14              /* people numbered in the panels, at most */
#define LEGEND_PART 0.25        /* of the height: a higher legend names fewer */
#define NUMBER_ROOM 800.0       /* pt^2 of a panel that each of them needs */
#define DOT_MIN 0.9             /* pt, radius */
#define TIE_MIN 0.3             /* pt */
#define DISC_STRENGTH 0.10      /* of a community's colour, as ground */
#define BUNDLE_TENTHS 8         /* of the messages between communities, strongest first */
#define BUNDLE_STRENGTH 0.6     /* of grey, for a line between communities */
#define KEY_DOT 2.4             /* pt, radius, of a person in the legend */
#define QUIET "none of them drawn"

struct grid { int columns, rows; double width, height; };      /* of a panel, without its head */

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct periods_chart *chart;
	struct layout layout;
	struct grid grid;
	struct box box;                 /* of all panels */
	const char **names;             /* [order] of vertices, distinct */
	int *node_of;                   /* [order] vertex to node of the layout, -1 */
	struct periods_key key;
};

struct panel {
	const struct page *page;
	const struct network *network;
	int number;                     /* from 0 */
	struct box box;                 /* without the head */
	int *vertex;                    /* [network->order] in the whole network */
	double *messages;               /* [nodes] sent and received, both ends */
};

/* ---- which ties ---- */

struct link { int a, b; int64_t messages; };    /* of nodes or of discs, a < b */

static int compare_links(const void *left, const void *right)
{
	const struct link *x = left, *y = right;

	return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

/* Put equal pairs together. */
static void merge_links(GArray *links)
{
	guint kept = 0;

	g_array_sort(links, compare_links);
	for (guint i = 0; i < links->len; i++) {
		const struct link *link = &g_array_index(links, struct link, i);
		struct link *last = kept ? &g_array_index(links, struct link, kept - 1) : NULL;

		if (last && last->a == link->a && last->b == link->b)
			last->messages += link->messages;
		else
			g_array_index(links, struct link, kept++) = *link;
	}
	g_array_set_size(links, kept);
}

static void append_link(GArray *links, int a, int b, int64_t messages)
{
	struct link link = { MIN(a, b), MAX(a, b), messages };

	g_array_append_val(links, link);
}

static int disc_of_vertex(const struct page *page, int vertex)
{
	const struct layout *layout = &page->layout;
	int community = page->chart->analysis->membership[vertex];

	for (int d = 0; d < layout->disc_count; d++)
		if (layout->discs[d].community == community)
			return d;
	return -1;
}

/* Ties of the panel: between dots of one disc (or all, in a flat layout) singly, between
 * discs summed. */
static void collect_links(const struct panel *panel, GArray *singles, GArray *bundles)
{
	const struct page *page = panel->page;

	for (int i = 0; i < panel->network->size; i++) {
		const struct arc *arc = &panel->network->arcs[i];
		int from = panel->vertex[arc->from], to = panel->vertex[arc->to];

		if (from < 0 || to < 0)
			continue;
		int a = page->node_of[from], b = page->node_of[to];
		int disc_a = disc_of_vertex(page, from), disc_b = disc_of_vertex(page, to);

		if (disc_a != disc_b && disc_a >= 0 && disc_b >= 0)
			append_link(bundles, disc_a, disc_b, arc->messages);
		else if (a >= 0 && b >= 0)
			append_link(singles, a, b, arc->messages);
	}
	merge_links(singles);
	merge_links(bundles);
}

/* ---- marks ---- */

static struct point node_at(const struct panel *panel, int node)
{
	const struct layout_node *n = &panel->page->layout.nodes[node];

	return (struct point){ panel->box.x + n->x, panel->box.y + n->y };
}

static struct point disc_at(const struct panel *panel, int disc)
{
	const struct layout_disc *d = &panel->page->layout.discs[disc];

	return (struct point){ panel->box.x + d->x, panel->box.y + d->y };
}

static struct look look_of(const struct page *page, int community)
{
	return style_look(page->style, page->chart->analysis->communities[community].color);
}

/* ---- numbers ---- */

enum { PERIOD, NAME, TO_NAME, MESSAGES };

/* Of a person: messages sent and received, which of a shared one may be a part. */
static const struct data_column data_columns[] = {
	[PERIOD] = { "period", DATA_TEXT }, [NAME] = { "name", DATA_TEXT },
	[TO_NAME] = { "to_name", DATA_TEXT }, [MESSAGES] = { "messages", DATA_REAL },
};

static void note(const struct panel *panel, const char *kind, const char *name,
                 const char *to_name, double messages)
{
	struct canvas *canvas = panel->page->canvas;

	figure_data_mark(canvas, kind);
	figure_data_text(canvas, PERIOD, panel->page->chart->names[panel->number]);
	figure_data_text(canvas, NAME, name);
	figure_data_text(canvas, TO_NAME, to_name);
	figure_data_real(canvas, MESSAGES, messages);
}

/* Begin a mark; takes id and title. */
static void begin(const struct panel *panel, char *id, char *title)
{
	canvas_begin(panel->page->canvas, id, title);
	g_free(id);
	g_free(title);
}

static void draw_discs(const struct panel *panel)
{
	const struct page *page = panel->page;

	for (int d = 0; d < page->layout.disc_count; d++) {
		int community = page->layout.discs[d].community;
		struct color color = style_line(
			page->style, page->chart->analysis->communities[community].color);
		struct point at = disc_at(panel, d);

		canvas_circle(page->canvas, at.x, at.y, page->layout.discs[d].radius,
		              &(struct paint){ .fill = style_tint(page->style, color,
		                                                  DISC_STRENGTH) });
	}
}

static void draw_line(const struct panel *panel, struct point a, struct point b, double per_sqrt,
                      int64_t messages, struct color color)
{
	double width = fmax(per_sqrt * sqrt((double)messages), TIE_MIN);

	canvas_polygon(panel->page->canvas, (const struct point[]){ a, b }, 2, false,
	               &(struct paint){ .stroke = color, .stroke_width = width });
}

static void draw_bundle(const struct panel *panel, const struct link *link)
{
	const struct page *page = panel->page;
	const struct layout *layout = &page->layout;
	const struct community *communities = page->chart->analysis->communities;
	const struct community *a = &communities[layout->discs[link->a].community];
	const struct community *b = &communities[layout->discs[link->b].community];

	begin(panel, g_strdup_printf("bundle-%d-%d-p%d", a->number, b->number, panel->number + 1),
	      g_strdup_printf("%s and %s: %s", text_directed(a->name), text_directed(b->name),
	                      text_count(link->messages)));
	note(panel, "bundle", a->name, b->name, (double)link->messages);
	draw_line(panel, disc_at(panel, link->a), disc_at(panel, link->b),
	          layout->bundle_width_per_sqrt_messages, link->messages,
	          style_tint(page->style, page->style->grey, BUNDLE_STRENGTH));
	canvas_end(page->canvas);
}

static void draw_tie(const struct panel *panel, const struct link *link)
{
	const struct page *page = panel->page;
	int a = page->layout.nodes[link->a].vertex, b = page->layout.nodes[link->b].vertex;

	begin(panel, g_strdup_printf("tie-%d-%d-p%d", MIN(a, b), MAX(a, b), panel->number + 1),
	      g_strdup_printf("%s and %s: %s", text_directed(page->names[a]),
	                      text_directed(page->names[b]),
	                      text_count(link->messages)));
	note(panel, "tie", page->names[a], page->names[b], (double)link->messages);
	draw_line(panel, node_at(panel, link->a), node_at(panel, link->b),
	          page->layout.width_per_sqrt_messages, link->messages,
	          style_tint(page->style, page->style->ink, 0.45));
	canvas_end(page->canvas);
}

static int compare_strength(const void *left, const void *right)
{
	const struct link *x = left, *y = right;

	return x->messages != y->messages ? (x->messages < y->messages) - (x->messages > y->messages)
	                                  : compare_links(left, right);
}

/* The weakest lines between communities are most of the lines, and a veil. */
static void keep_strongest(GArray *bundles)
{
	int64_t all = 0, kept = 0;
	guint count = 0;

	g_array_sort(bundles, compare_strength);
	for (guint i = 0; i < bundles->len; i++)
		all += g_array_index(bundles, struct link, i).messages;
	while (count < bundles->len && kept * 10 < all * BUNDLE_TENTHS)
		kept += g_array_index(bundles, struct link, count++).messages;
	g_array_set_size(bundles, count);
}

/* Lines between communities run behind all discs. */
static void draw_links_and_discs(const struct panel *panel)
{
	GArray *singles = g_array_new(FALSE, FALSE, sizeof(struct link));
	GArray *bundles = g_array_new(FALSE, FALSE, sizeof(struct link));

	collect_links(panel, singles, bundles);
	keep_strongest(bundles);
	for (guint i = 0; i < bundles->len; i++)
		draw_bundle(panel, &g_array_index(bundles, struct link, i));
	draw_discs(panel);
	for (guint i = 0; i < singles->len; i++)
		draw_tie(panel, &g_array_index(singles, struct link, i));
	g_array_free(singles, TRUE);
	g_array_free(bundles, TRUE);
}

static double dot_radius(const struct panel *panel, int node)
{
	return fmax(panel->page->layout.radius_per_sqrt_strength * sqrt(panel->messages[node]),
	            DOT_MIN);
}

static void draw_dots(const struct panel *panel)
{
	const struct page *page = panel->page;
	const struct network_terms *terms = network_terms(page->chart->analysis);

	for (int n = 0; n < page->layout.node_count; n++) {
		int vertex = page->layout.nodes[n].vertex;
		int community = page->chart->analysis->membership[vertex];
		struct look look = style_dot_look(page->style,
		                                  page->chart->analysis->communities[community].color,
		                                  dot_radius(panel, n));

		if (panel->messages[n] <= 0)
			continue;
		begin(panel, g_strdup_printf("node-%d-p%d", vertex, panel->number + 1),
		      g_strdup_printf("%s, %s: %s", text_directed(page->names[vertex]),
		                      terms->small_area, text_real(panel->messages[n], 6)));
		note(panel, "person", page->names[vertex], NULL, panel->messages[n]);
		style_fill_circle(page->canvas, node_at(panel, n), dot_radius(panel, n), &look);
		canvas_end(page->canvas);
	}
}

/* ---- a panel ---- */

static void panel_init(struct panel *panel, const struct page *page, int number)
{
	const struct grid *grid = &page->grid;
	const struct network *network = &page->chart->periods[number];

	*panel = (struct panel){
		.page = page, .network = network, .number = number,
		.box = { page->box.x + (number % grid->columns) * (grid->width + GUTTER),
		         page->box.y + HEAD + (number / grid->columns) * (grid->height + HEAD + GUTTER),
		         grid->width, grid->height },
		.vertex = g_new(int, (gsize)MAX(network->order, 1)),
		.messages = g_new0(double, (gsize)MAX(page->layout.node_count, 1)),
	};
	network_match(network, page->chart->analysis->network, panel->vertex);
	double *strength = g_new(double, (gsize)MAX(network->order, 1));

	network_strength(network, strength);
	for (int v = 0; v < network->order; v++)
		if (panel->vertex[v] >= 0 && page->node_of[panel->vertex[v]] >= 0)
			panel->messages[page->node_of[panel->vertex[v]]] = strength[v];
	g_free(strength);
}

static void panel_clear(struct panel *panel)
{
	g_free(panel->vertex);
	g_free(panel->messages);
}

static int count_dots(const struct panel *panel)
{
	int dots = 0;

	for (int n = 0; n < panel->page->layout.node_count; n++)
		dots += panel->messages[n] > 0;
	return dots;
}

/* "78 people, 33 drawn": as much of it as has room. */
static char *head_facts(const struct panel *panel, const struct font *font, double room)
{
	const struct network_terms *terms = network_terms(panel->page->chart->analysis);
	const char *people = text_counted(panel->network->order, "person", "people");
	int drawn = count_dots(panel);

	if (panel->network->order == 0)
		return g_strconcat("no ", terms->many, NULL);
	char *facts = drawn < panel->network->order
	              ? g_strdup_printf("%s, %s drawn", people, text_count(drawn))
	              : g_strdup_printf("%s, %s", people,
	                                text_counted(panel->network->account.in_network, terms->one,
	                                             terms->many));
	if (drawn > 0 && text_measure(facts, font).width <= room)
		return facts;
	g_free(facts);
	return g_strdup(people);
}

static void draw_head(const struct panel *panel)
{
	const struct page *page = panel->page;
	struct font bold = page->style->label, faint = page->style->label;
	double y = panel->box.y - 3, x = panel->box.x;

	bold.bold = true;
	faint.color = page->style->faint;
	char *name = frame_fit(page->chart->names[panel->number], &bold, panel->box.width);
	double width = text_measure(name, &bold).width + 4;
	char *facts = head_facts(panel, &faint, panel->box.width - width);

	canvas_text(page->canvas, x, y, name, &bold, ALIGN_LEFT);
	if (width + text_measure(facts, &faint).width <= panel->box.width)
		canvas_text(page->canvas, x + width, y, facts, &faint, ALIGN_LEFT);
	g_free(facts);
	g_free(name);
}

/* A time without mail is not one in which those drawn were quiet. */
static void draw_nothing(const struct panel *panel)
{
	const struct style *style = panel->page->style;
	const struct box *box = &panel->box;

	canvas_hatch(panel->page->canvas, box->x, box->y, box->width, box->height, 4,
	             &(struct paint){ .fill = style->blank, .stroke = style->blank_line,
	                              .stroke_width = 0.35 });
}

static void draw_quiet(const struct panel *panel)
{
	struct font font = panel->page->style->small;

	font.halo = panel->page->style->paper;
	font.halo_width = 1.2;
	canvas_text(panel->page->canvas, panel->box.x + panel->box.width / 2,
	            panel->box.y + panel->box.height / 2, QUIET, &font, ALIGN_CENTER);
}

static void draw_network(const struct panel *panel)
{
	draw_links_and_discs(panel);
	draw_dots(panel);
	if (count_dots(panel) == 0)
		draw_quiet(panel);
	periods_key_draw(&panel->page->key, panel->page->canvas,
	                 (struct point){ panel->box.x, panel->box.y }, panel->messages);
}

static void draw_panel(const struct page *page, int number)
{
	struct panel panel;
	char *id = g_strdup_printf("period-%d", number + 1);

	panel_init(&panel, page, number);
	canvas_begin(page->canvas, id, NULL);
	figure_data_mark(page->canvas, "period");
	figure_data_text(page->canvas, PERIOD, page->chart->names[number]);
	draw_head(&panel);
	if (panel.network->order == 0)
		draw_nothing(&panel);
	else
		draw_network(&panel);
	canvas_end(page->canvas);
	panel_clear(&panel);
	g_free(id);
}

/* ---- the page ---- */

/* The grid in whose panels a layout is largest; of several that with the fewest cells. */
static struct grid choose_grid(int count, const struct box *box)
{
	struct grid best = { 0 };
	double best_size = 0;

	for (int columns = 1; columns <= count; columns++) {
		int rows = (count + columns - 1) / columns;
		double width = (box->width - (columns - 1) * GUTTER) / columns;
		double height = (box->height - (rows - 1) * GUTTER) / rows - HEAD;
		double size = MIN(width, height * PANEL_SHAPE);

		if (size > best_size * 1.02 ||
		    (size > best_size * 0.98 && columns * rows < best.columns * best.rows)) {
			best_size = size;
			best = (struct grid){ columns, rows, width, height };
		}
	}
	return best;
}

/* The most that anybody and any tie has in one period. */
static void find_most(const struct page *page, double *strongest, int64_t *busiest_tie)
{
	*strongest = 1;
	*busiest_tie = 1;
	for (int p = 0; p < page->chart->count; p++) {
		const struct network *network = &page->chart->periods[p];
		double *strength = g_new(double, (gsize)MAX(network->order, 1));

		network_strength(network, strength);
		for (int v = 0; v < network->order; v++)
			*strongest = fmax(*strongest, strength[v]);
		for (int i = 0; i < network->size; i++)
			*busiest_tie = MAX(*busiest_tie, network->arcs[i].messages);
		g_free(strength);
	}
}

/* ---- legend ---- */

/* What a dot of that size and a line of that width stand for; without a layout yet they
 * take no room. */
static void add_scales(const struct page *page, struct legend_flow *flow)
{
	const struct network_terms *terms = network_terms(page->chart->analysis);
	double strongest;
	int64_t tie;

	find_most(page, &strongest, &tie);
	struct scale dots = scale_for_counts((int64_t)strongest, 2), lines = scale_for_counts(tie, 1);
	int64_t people[] = { MAX(dots.step / 4, 1), dots.step };

	for (int i = dots.step < 4; i < 2; i++)
		legend_flow_add_dot(flow, page->layout.radius_per_sqrt_strength * sqrt((double)people[i]),
		                    text_counted(people[i], terms->one, terms->many));
	char *text = g_strdup_printf("%s between two",
	                             text_counted(lines.step, terms->one, terms->many));

	legend_flow_add_line(flow, page->layout.width_per_sqrt_messages * sqrt((double)lines.step),
	                     text);
	g_free(text);
}

/* Pale lines, and panels without mail, if there are any. */
static void add_others(const struct page *page, struct legend_flow *flow)
{
	const struct style *style = page->style;
	bool empty = false;

	if (page->layout.bundle_count > 0 || !page->node_of) {
		struct look pale = { .color = style_tint(style, style->grey, BUNDLE_STRENGTH) };

		legend_flow_add(flow, &pale, "between communities, the strongest");
	}
	for (int p = 0; p < page->chart->count; p++)
		empty = empty || page->chart->periods[p].order == 0;
	if (empty) {
		char *text = g_strconcat("no ", network_terms(page->chart->analysis)->many, NULL);

		legend_flow_add(flow, NULL, text);
		g_free(text);
	}
}

/* "3 Ann Lee", who may have no number; g_free(). */
static char *numbered(const struct page *page, int vertex, const char *name)
{
	int number = periods_key_number(&page->key, vertex);

	return number ? g_strdup_printf("%d %s", number, text_directed(name)) : g_strdup(name);
}

/* Whether a community is seen in the panels; before they are laid out, whether it may be. */
static bool is_seen(const struct page *page, int community)
{
	for (int n = 0; page->node_of && n < page->layout.node_count; n++)
		if (page->chart->analysis->membership[page->layout.nodes[n].vertex] == community)
			return true;
	return !page->node_of;
}

static void add_communities(const struct page *page, struct legend_flow *flow)
{
	const struct analysis *analysis = page->chart->analysis;
	struct look rest = style_look(page->style, -1);
	bool with_rest = false;

	for (int c = 0; c < analysis->community_count; c++) {
		const struct community *community = &analysis->communities[c];

		if (!is_seen(page, c))
			continue;
		if (community->color < 0) {
			with_rest = true;
			continue;
		}
		struct look look = style_look(page->style, community->color);
		char *text = numbered(page, community->centre, community->short_name);

		legend_flow_add(flow, &look, text);
		g_free(text);
	}
	if (with_rest)
		legend_flow_add(flow, &rest, "others");
}

static void add_people(const struct page *page, struct legend_flow *flow)
{
	const struct periods_key *key = &page->key;

	if (key->count > key->leaders)
		legend_flow_add_words(flow, "Further people by rank");
	for (int i = key->leaders; i < key->count; i++) {
		struct look look = look_of(page, page->chart->analysis->membership[key->vertices[i]]);
		char *text = numbered(page, key->vertices[i], page->names[key->vertices[i]]);
		struct point at = legend_flow_add_mark(flow, 2 * KEY_DOT, text);

		if (flow->canvas)
			style_fill_circle(flow->canvas, (struct point){ at.x + KEY_DOT,
			                  at.y + LEGEND_FLOW_ROW / 2 - 0.5 }, KEY_DOT, &look);
		g_free(text);
	}
}

static double legend(const struct page *page, struct canvas *canvas, const struct box *box)
{
	struct legend_flow flow;

	legend_flow_begin(&flow, canvas, page->style, &(struct point){ box->x, box->y }, box->width,
	                  "Numbers name people. Communities of the whole time, around");
	add_communities(page, &flow);
	add_people(page, &flow);
	legend_flow_break(&flow);
	add_scales(page, &flow);
	add_others(page, &flow);
	return legend_flow_end(&flow, box->y);
}

/* ---- the page ---- */

static void lay_out_numbers(struct page *page)
{
	double *radii = g_new0(double, (gsize)MAX(page->layout.node_count, 1));

	for (int p = 0; p < page->chart->count; p++) {
		struct panel panel;

		panel_init(&panel, page, p);
		for (int n = 0; n < page->layout.node_count; n++)
			if (panel.messages[n] > 0)
				radii[n] = fmax(radii[n], dot_radius(&panel, n));
		panel_clear(&panel);
	}
	periods_key_place(&page->key, page->style, &page->layout, radii, page->grid.width,
	                  page->grid.height);
	g_free(radii);
}

/* The panels under a legend of that height, pt. */
static int lay_out_panels(struct page *page, const struct box *box, double above,
                          struct error *err)
{
	const struct analysis *analysis = page->chart->analysis;

	page->box = (struct box){ box->x, box->y + above, box->width, box->height - above };
	page->grid = choose_grid(page->chart->count, &page->box);
	if (page->grid.width < PANEL_MIN || page->grid.height < PANEL_MIN)
		return error_set(err, "the page leaves no room for %d panels: make it larger, or the "
		                 "periods fewer", page->chart->count);
	if (layout_network(analysis, page->grid.width, page->grid.height, &page->layout, err) < 0)
		return -1;
	page->node_of = g_new(int, (gsize)MAX(analysis->network->order, 1));
	for (int v = 0; v < analysis->network->order; v++)
		page->node_of[v] = -1;
	for (int n = 0; n < page->layout.node_count; n++)
		page->node_of[page->layout.nodes[n].vertex] = n;
	return 0;
}

static void panels_clear(struct page *page)
{
	g_free(page->node_of);
	page->node_of = NULL;
	layout_clear(&page->layout);
	page->layout = (struct layout){ 0 };
}

static int page_init(struct page *page, const struct box *box, struct error *err)
{
	const struct analysis *analysis = page->chart->analysis;
	double room = box->width * box->height / MAX(page->chart->count, 1);
	double above;

	page->names = network_names(analysis->network);
	for (int most = (int)MIN(NUMBERS, room / NUMBER_ROOM); ; most--) {
		periods_key_init(&page->key, analysis, most);
		above = legend(page, NULL, box) + 5;
		if (above < LEGEND_PART * box->height || page->key.count == page->key.leaders)
			break;
		periods_key_clear(&page->key);
	}
	/* How large the legend's dots are the layout says, which needs the legend's height. */
	for (;;) {
		if (lay_out_panels(page, box, above, err) < 0)
			return -1;
		double needed = legend(page, NULL, box) + 5;
		if (needed <= above)
			break;
		above = needed;
		panels_clear(page);
	}
	lay_out_numbers(page);
	return 0;
}

static void page_clear(struct page *page)
{
	periods_key_clear(&page->key);
	panels_clear(page);
	g_free(page->names);
}

int periods_chart_most(double width, double height)
{
	double across = (width + GUTTER) / (PANEL_WANTED + GUTTER);
	double down = (height - AROUND + GUTTER) / (PANEL_WANTED + HEAD + GUTTER);

	return MAX((int)across * (int)down, 2);
}

int periods_chart_draw(struct canvas *canvas, double width, double height,
                       const struct periods_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	struct page page = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart };

	int status = page_init(&page, &box, err);

	figure_data_columns(canvas_data(canvas), data_columns, G_N_ELEMENTS(data_columns));
	if (status == 0) {
		legend(&page, canvas, &box);
		for (int i = 0; i < chart->count; i++)
			draw_panel(&page, i);
	}
	page_clear(&page);
	return status;
}
