/* periods_chart.c - small multiples of a network over one layout */
#include "epistograph/periods_chart.h"

#include "legend_flow.h"
#include "scale.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/labels.h"
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
#define NAMES 3                 /* people named in a panel, at most */
#define NAME_ROOM 65.0          /* pt of a panel's width that each of them needs */
#define NAME_PART 0.6           /* of a panel's width, for a name */
#define DOT_MIN 0.9             /* pt, radius */
#define TIE_MIN 0.3             /* pt */
#define DISC_STRENGTH 0.10      /* of a community's colour, as ground */

struct grid { int columns, rows; double width, height; };      /* of a panel, without its head */

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct periods_chart *chart;
	struct layout layout;
	struct grid grid;
	struct box box;                 /* of all panels */
	int *node_of;                   /* [order] vertex to node of the layout, -1 */
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

static const char *name_of(const struct page *page, int vertex)
{
	const struct vertex *v = &page->chart->analysis->network->vertices[vertex];

	return *v->name ? v->name : v->address;
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
		struct look look = look_of(page, page->layout.discs[d].community);
		struct point at = disc_at(panel, d);

		canvas_circle(page->canvas, at.x, at.y, page->layout.discs[d].radius,
		              &(struct paint){ .fill = style_tint(page->style, look.color,
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

static void draw_links(const struct panel *panel)
{
	const struct page *page = panel->page;
	const struct layout *layout = &page->layout;
	const struct community *communities = page->chart->analysis->communities;
	GArray *singles = g_array_new(FALSE, FALSE, sizeof(struct link));
	GArray *bundles = g_array_new(FALSE, FALSE, sizeof(struct link));
	struct color line = style_tint(page->style, page->style->ink, 0.45);

	collect_links(panel, singles, bundles);
	for (guint i = 0; i < bundles->len; i++) {
		const struct link *l = &g_array_index(bundles, struct link, i);
		const struct community *a = &communities[layout->discs[l->a].community];
		const struct community *b = &communities[layout->discs[l->b].community];

		begin(panel, g_strdup_printf("bundle-%d-%d-p%d", a->number, b->number,
		                             panel->number + 1),
		      g_strdup_printf("%s and %s: %s", a->name, b->name, text_count(l->messages)));
		note(panel, "bundle", a->name, b->name, (double)l->messages);
		draw_line(panel, disc_at(panel, l->a), disc_at(panel, l->b),
		          layout->bundle_width_per_sqrt_messages, l->messages,
		          style_tint(page->style, page->style->grey, 0.6));
		canvas_end(page->canvas);
	}
	for (guint i = 0; i < singles->len; i++) {
		const struct link *l = &g_array_index(singles, struct link, i);
		int a = layout->nodes[l->a].vertex, b = layout->nodes[l->b].vertex;

		begin(panel, g_strdup_printf("tie-%d-%d-p%d", MIN(a, b), MAX(a, b), panel->number + 1),
		      g_strdup_printf("%s and %s: %s", name_of(page, a), name_of(page, b),
		                      text_count(l->messages)));
		note(panel, "tie", name_of(page, a), name_of(page, b), (double)l->messages);
		draw_line(panel, node_at(panel, l->a), node_at(panel, l->b),
		          layout->width_per_sqrt_messages, l->messages, line);
		canvas_end(page->canvas);
	}
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

	for (int n = 0; n < page->layout.node_count; n++) {
		int vertex = page->layout.nodes[n].vertex;
		struct look look = look_of(page, page->chart->analysis->membership[vertex]);

		if (panel->messages[n] <= 0)
			continue;
		begin(panel, g_strdup_printf("node-%d-p%d", vertex, panel->number + 1),
		      g_strdup_printf("%s: %s messages sent and received", name_of(page, vertex),
		                      text_real(panel->messages[n], 6)));
		note(panel, "person", name_of(page, vertex), NULL, panel->messages[n]);
		style_fill_circle(page->canvas, node_at(panel, n), dot_radius(panel, n), &look);
		canvas_end(page->canvas);
	}
}

/* ---- names ---- */

/* The nodes with the most mail in the period, the most first; returns how many. */
static int busiest(const struct panel *panel, int nodes[NAMES])
{
	int most = (int)CLAMP(panel->box.width / NAME_ROOM, 1, NAMES), count = 0;

	for (int n = 0; n < panel->page->layout.node_count; n++) {
		int at = count;

		if (panel->messages[n] <= 0)
			continue;
		while (at > 0 && panel->messages[nodes[at - 1]] < panel->messages[n])
			at--;
		if (at == most)
			continue;
		count = MIN(count + 1, most);
		for (int k = count - 1; k > at; k--)
			nodes[k] = nodes[k - 1];
		nodes[at] = n;
	}
	return count;
}

static struct label_mark *dots_as_marks(const struct panel *panel)
{
	const struct layout *layout = &panel->page->layout;
	struct label_mark *marks = g_new0(struct label_mark, (gsize)MAX(layout->node_count, 1));

	for (int n = 0; n < layout->node_count; n++) {
		struct point at = node_at(panel, n);
		bool is_drawn = panel->messages[n] > 0;

		/* No name may lie on a dot: it is rather left out. */
		marks[n] = (struct label_mark){ at.x, at.y, is_drawn ? dot_radius(panel, n) : 0, false,
		                                is_drawn };
	}
	return marks;
}

static void draw_names(const struct panel *panel)
{
	const struct page *page = panel->page;
	struct font font = page->style->small;
	struct label labels[NAMES] = { 0 };
	char *texts[NAMES];
	int nodes[NAMES], count = busiest(panel, nodes);
	struct label_mark *marks = dots_as_marks(panel);

	font.halo = page->style->paper;
	font.halo_width = 1.2;
	for (int i = 0; i < count; i++) {
		texts[i] = frame_fit(name_of(page, page->layout.nodes[nodes[i]].vertex), &font,
		                     panel->box.width * NAME_PART);
		struct text_extent extent = text_measure(texts[i], &font);

		labels[i] = (struct label){ .kind = LABEL_POINT, .mark = nodes[i], .area = -1,
		                            .width = extent.width, .ascent = extent.ascent,
		                            .descent = extent.descent, .tolerance = 0.6 };
	}
	labels_place(labels, count, marks, page->layout.node_count, &panel->box);
	for (int i = 0; i < count; i++) {
		if (labels[i].placed && labels[i].leader)
			canvas_polygon(page->canvas, (const struct point[]){ labels[i].from, labels[i].to },
			               2, false,
			               &(struct paint){ .stroke = page->style->faint,
			                                .stroke_width = 0.4 });
		if (labels[i].placed)
			canvas_text(page->canvas, labels[i].left, labels[i].baseline, texts[i], &font,
			            ALIGN_LEFT);
		g_free(texts[i]);
	}
	g_free(marks);
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

static void draw_head(const struct panel *panel)
{
	const struct page *page = panel->page;
	struct font bold = page->style->label, faint = page->style->label;
	double y = panel->box.y - 3, x = panel->box.x;

	bold.bold = true;
	faint.color = page->style->faint;
	char *name = frame_fit(page->chart->names[panel->number], &bold, panel->box.width);
	double width = text_measure(name, &bold).width + 4;
	const char *people = text_counted(panel->network->order, "person", "people");
	int drawn = count_dots(panel);
	char *facts = drawn < panel->network->order
	              ? g_strdup_printf("%s, %s drawn", people, text_count(drawn))
	              : g_strdup_printf("%s, %s", people,
	                                text_counted(panel->network->account.in_network, "message",
	                                             "messages"));
	if (width + text_measure(facts, &faint).width > panel->box.width) {
		g_free(facts);
		facts = g_strdup(people);
	}
	canvas_text(page->canvas, x, y, name, &bold, ALIGN_LEFT);
	if (width + text_measure(facts, &faint).width <= panel->box.width)
		canvas_text(page->canvas, x + width, y, facts, &faint, ALIGN_LEFT);
	g_free(facts);
	g_free(name);
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
	draw_discs(&panel);
	draw_links(&panel);
	draw_dots(&panel);
	draw_names(&panel);
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

/* What a dot of that size and a line of that width stand for. Without a layout yet, when
 * only the room is measured, their sizes do not matter. */
static void add_scales(const struct page *page, struct legend_flow *flow)
{
	double strongest;
	int64_t tie;

	find_most(page, &strongest, &tie);
	struct scale dots = scale_for_counts((int64_t)strongest, 2), lines = scale_for_counts(tie, 1);
	int64_t people[] = { MAX(dots.step / 4, 1), dots.step };

	for (int i = dots.step < 4; i < 2; i++)
		legend_flow_add_dot(flow, page->layout.radius_per_sqrt_strength * sqrt((double)people[i]),
		                    text_counted(people[i], "message", "messages"));
	legend_flow_add_line(flow, page->layout.width_per_sqrt_messages * sqrt((double)lines.step),
	                     text_counted(lines.step, "message between two people",
	                                  "messages between two"));
}

static double legend(const struct page *page, struct canvas *canvas, const struct box *box)
{
	const struct analysis *analysis = page->chart->analysis;
	struct look rest = style_look(page->style, -1);
	struct legend_flow flow;

	legend_flow_begin(&flow, canvas, page->style, &(struct point){ box->x, box->y }, box->width,
	                  "Communities of the whole time, around");
	for (int i = 0; i < MIN(analysis->community_count, PALETTE_CATEGORIES); i++) {
		struct look look = style_look(page->style, i);

		legend_flow_add(&flow, &look, analysis->communities[i].short_name);
	}
	if (analysis->community_count > PALETTE_CATEGORIES)
		legend_flow_add(&flow, &rest, "others");
	add_scales(page, &flow);
	return legend_flow_end(&flow, box->y);
}

static int page_init(struct page *page, const struct box *box, struct error *err)
{
	const struct analysis *analysis = page->chart->analysis;
	double above = legend(page, NULL, box) + 5;

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

	figure_data_columns(canvas_data(canvas), data_columns, G_N_ELEMENTS(data_columns));
	if (page_init(&page, &box, err) < 0)
		return -1;
	legend(&page, canvas, &box);
	for (int i = 0; i < chart->count; i++)
		draw_panel(&page, i);
	g_free(page.node_of);
	layout_clear(&page.layout);
	return 0;
}
