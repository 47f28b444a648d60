/* Lay a graph out as `draw network` does, and say where everybody is, or draw it.
 * usage: layout WIDTH HEIGHT <EDGES >PLACES
 *        layout WIDTH HEIGHT FILE.png|.svg|.pdf... <EDGES >TIMES
 * EDGES: lines "from to messages", vertices counted from 0, each direction of a
 * tie by itself. PLACES: a line "seconds S" (of the layout alone), then "place
 * VERTEX COMMUNITY X Y RADIUS" for everybody who has a place, "disc X Y RADIUS"
 * for each community's and for every line drawn "tie VERTEX VERTEX" or "curve X Y
 * X Y X Y", the quadratic one by its three points, in pt.
 * TIMES: of each file a line "chart SECONDS BYTES FILE" for the chart from the layout to the
 * file, and "lines SECONDS BYTES FILE" for a plain page with every tie as a mark of its own,
 * which goes to the same file before. PNGs have 300 dpi. */
#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/layout.h"
#include "epistograph/network_chart.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <stdio.h>
#include <stdlib.h>

static int compare_arcs(const void *a, const void *b)
{
	const struct arc *p = a, *q = b;

	return p->from != q->from ? p->from - q->from : p->to - q->to;
}

static GArray *read_arcs(FILE *stream, int *order)
{
	GArray *arcs = g_array_new(FALSE, TRUE, sizeof(struct arc));
	long long messages;
	int from, to;

	*order = 0;
	while (fscanf(stream, "%d %d %lld", &from, &to, &messages) == 3) {
		struct arc arc = { .from = from, .to = to, .messages = messages, .to_count = messages,
		                   .weight = (double)messages, .first = INSTANT_NONE,
		                   .last = INSTANT_NONE, .median_delay_s = INSTANT_NONE };

		if (from < 0 || to < 0 || from == to || messages < 1)
			continue;
		g_array_append_val(arcs, arc);
		*order = MAX(*order, MAX(from, to) + 1);
	}
	g_array_sort(arcs, compare_arcs);
	return arcs;
}

static struct vertex *make_vertices(int order, const GArray *arcs)
{
	struct vertex *vertices = g_new0(struct vertex, order);

	for (int v = 0; v < order; v++)
		vertices[v] = (struct vertex){ .person = v + 1, .name = "", .first = INSTANT_NONE,
		                               .last = INSTANT_NONE,
		                               .address = g_strdup_printf("p%07d@example.org", v) };
	for (guint a = 0; a < arcs->len; a++) {
		const struct arc *arc = &g_array_index(arcs, struct arc, a);

		vertices[arc->from].sent += arc->messages;
		vertices[arc->to].received += arc->messages;
	}
	return vertices;
}

static void print_places(const struct analysis *analysis, const struct layout *layout)
{
	for (int i = 0; i < layout->node_count; i++) {
		const struct layout_node *node = &layout->nodes[i];

		printf("place %d %d %.4f %.4f %.4f\n", node->vertex,
		       analysis->membership[node->vertex], node->x, node->y, node->radius);
	}
	for (int i = 0; i < layout->speck_count; i++) {
		const struct layout_speck *speck = &layout->specks[i];

		printf("place %d %d %.4f %.4f %.4f\n", speck->vertex,
		       analysis->membership[speck->vertex], speck->x, speck->y,
		       layout->discs[speck->disc].speck);
	}
}

static void print_lines(const struct layout *layout)
{
	for (int d = 0; d < layout->disc_count; d++)
		printf("disc %.4f %.4f %.4f\n", layout->discs[d].x, layout->discs[d].y,
		       layout->discs[d].radius);
	for (int t = 0; t < layout->tie_count; t++)
		printf("tie %d %d\n", layout->nodes[layout->ties[t].a].vertex,
		       layout->nodes[layout->ties[t].b].vertex);
	for (int i = 0; i < layout->bundle_count; i++) {
		const struct layout_bundle *bundle = &layout->bundles[i];
		const struct layout_disc *a = &layout->discs[bundle->a];
		const struct layout_disc *b = &layout->discs[bundle->b];

		printf("curve %.4f %.4f %.4f %.4f %.4f %.4f\n", a->x, a->y, bundle->control_x,
		       bundle->control_y, b->x, b->y);
	}
}

/* Every tie and everybody with a place, with ids and tooltips. */
static void draw_lines(struct canvas *canvas, const struct network *network,
                       const struct layout *layout)
{
	const struct paint line = { .stroke = { 0, 0.4, 0.7, 0.3 }, .stroke_width = 0.4 };
	const struct paint dot = { .fill = { 0, 0.2, 0.5, 1 } };
	struct point *places = g_new0(struct point, network->order);
	char id[64], title[128];

	for (int i = 0; i < layout->node_count; i++)
		places[layout->nodes[i].vertex] =
			(struct point){ layout->nodes[i].x, layout->nodes[i].y };
	for (int i = 0; i < layout->speck_count; i++)
		places[layout->specks[i].vertex] =
			(struct point){ layout->specks[i].x, layout->specks[i].y };
	for (int a = 0; a < network->size; a++) {
		const struct arc *arc = &network->arcs[a];
		const struct point ends[] = { places[arc->from], places[arc->to] };

		snprintf(id, sizeof id, "tie-%d-%d", arc->from, arc->to);
		snprintf(title, sizeof title, "%s to %s: %d messages",
		         network->vertices[arc->from].address, network->vertices[arc->to].address,
		         (int)arc->messages);
		canvas_begin(canvas, id, title);
		canvas_polygon(canvas, ends, 2, false, &line);
		canvas_end(canvas);
	}
	for (int v = 0; v < network->order; v++) {
		snprintf(id, sizeof id, "node-%d", v);
		canvas_begin(canvas, id, network->vertices[v].address);
		canvas_circle(canvas, places[v].x, places[v].y, 1, &dot);
		canvas_end(canvas);
	}
	g_free(places);
}

/* Draw the page both ways; -1 with *err. */
static int draw_file(const char *path, double width, double height,
                     const struct analysis *analysis, const struct layout *layout,
                     struct error *err)
{
	const struct network_chart chart = {
		.analysis = analysis, .frame = { "Who wrote to whom", "Messages", "Source: invented" } };
	const struct canvas_page page = { .width = width, .height = height, .dpi = 300 };
	const struct canvas_about about = { "Who wrote to whom", "A network", "epistograph" };

	for (int all = 1; all >= 0; all--) {
		gint64 start = g_get_monotonic_time();
		int format = canvas_format_from_path(path);
		if (format < 0)
			return error_set(err, "%s: no format", path);
		struct canvas *canvas = canvas_open(path, (enum canvas_format)format, &page, &about,
		                                    err);
		if (!canvas)
			return -1;
		if (all)
			draw_lines(canvas, analysis->network, layout);
		else if (network_chart_draw(canvas, width, height, &chart, err) < 0) {
			canvas_discard(canvas);
			return -1;
		}
		if (canvas_close(canvas, err) < 0)
			return -1;
		GStatBuf status;
		g_stat(path, &status);
		printf("%s %.3f %lld %s\n", all ? "lines" : "chart",
		       (double)(g_get_monotonic_time() - start) / 1e6, (long long)status.st_size, path);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct analysis_options options = ANALYSIS_DEFAULTS;
	struct network network = { .edges = EDGES_RECIPIENT };
	struct analysis analysis;
	struct layout layout;
	struct error err = { 0 };

	if (argc < 3) {
		fprintf(stderr, "usage: layout WIDTH HEIGHT [FILE...] <EDGES\n");
		return 2;
	}
	GArray *arcs = read_arcs(stdin, &network.order);
	network.vertices = make_vertices(network.order, arcs);
	network.arcs = (struct arc *)(void *)arcs->data;
	network.size = (int)arcs->len;
	options.samples = 1;            /* betweenness is not asked for */
	if (analysis_run(&network, &options, &analysis, &err) < 0) {
		fprintf(stderr, "layout: %s\n", err.message);
		return 3;
	}
	gint64 start = g_get_monotonic_time();
	if (layout_network(&analysis, atof(argv[1]), atof(argv[2]), &layout, &err) < 0) {
		fprintf(stderr, "layout: %s\n", err.message);
		return 3;
	}
	double took = (double)(g_get_monotonic_time() - start) / 1e6;
	for (int i = 3; i < argc; i++)
		if (draw_file(argv[i], atof(argv[1]), atof(argv[2]), &analysis, &layout, &err) < 0) {
			fprintf(stderr, "layout: %s\n", err.message);
			return 3;
		}
	if (argc == 3) {
		printf("seconds %.3f\n", took);
		print_places(&analysis, &layout);
		print_lines(&layout);
	}
	layout_clear(&layout);
	analysis_clear(&analysis);
	for (int v = 0; v < network.order; v++)
		g_free((char *)network.vertices[v].address);
	g_free(network.vertices);
	g_array_free(arcs, TRUE);
	return 0;
}
