/* layout_choose.c - what of a network is drawn, and what is only counted */
#include "layout_internal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

enum {
	SMALLEST_DISC      = 4,         /* people: below this a group is no place on a map */
	FAN                = 6,         /* one-time correspondents that would be a fan */
	WIDEST_FAN         = 48,        /* people who write to one only: more tell no more */
	TIES_PER_100_NODES = 160,       /* in a disc: its spanning tree and half as many more */
	SPARE_TIES         = 12,        /* and those: small discs have room */
	BUNDLE_PERCENT     = 90,        /* of messages between discs drawn, strongest first */
};
static const double smallest_radius = 9.5;      /* pt at unit 1: of a disc that can be read */
static const double expected_fill = 0.55;       /* share of the page that discs will cover */
static const double node_fill = 0.20;           /* share of a disc for its smallest nodes */
static const double crowded_share = 0.25;       /* of that, where others are specks around them */

/* ---- the network as this module needs it ---- */

static int arc_between(const struct network *network, const int *rows, int from, int to)
{
	int low = rows[from], high = rows[from + 1];

	while (low < high) {
		int middle = low + (high - low) / 2;

		if (network->arcs[middle].to < to)
			low = middle + 1;
		else
			high = middle;
	}
	return low < rows[from + 1] && network->arcs[low].to == to ? low : -1;
}

static void choice_mark_backbone(struct choice *choice)
{
	const struct network *network = choice->analysis->network;
	int *rows = g_new0(int, network->order + 1);

	for (int a = 0; a < network->size; a++)
		rows[network->arcs[a].from + 1]++;
	for (int v = 0; v < network->order; v++)
		rows[v + 1] += rows[v];
	for (int e = 0; e < choice->edge_count; e++) {
		const struct edge *edge = &choice->edges[e];
		int there = arc_between(network, rows, edge->from, edge->to);
		int back = arc_between(network, rows, edge->to, edge->from);

		choice->backbone[e] = (there >= 0 && choice->analysis->backbone[there]) ||
		                      (back >= 0 && choice->analysis->backbone[back]);
	}
	g_free(rows);
}

static void choice_index_edges(struct choice *choice, int order)
{
	for (int e = 0; e < choice->edge_count; e++) {
		choice->first[choice->edges[e].from + 1]++;
		choice->first[choice->edges[e].to + 1]++;
	}
	for (int v = 0; v < order; v++)
		choice->first[v + 1] += choice->first[v];
	int *next = g_memdup2(choice->first, sizeof *next * ((gsize)order + 1));
	for (int e = 0; e < choice->edge_count; e++) {
		choice->around[next[choice->edges[e].from]++] = e;
		choice->around[next[choice->edges[e].to]++] = e;
	}
	g_free(next);
}

void choice_init(struct choice *choice, const struct analysis *analysis)
{
	const struct network *network = analysis->network;

	*choice = (struct choice){ .analysis = analysis };
	choice->edge_count = network_edges(network, &choice->edges);
	choice->backbone = g_new0(bool, choice->edge_count);
	choice->common = g_new0(int, choice->edge_count);
	choice->first = g_new0(int, (gsize)network->order + 1);
	choice->around = g_new(int, 2 * (gsize)choice->edge_count);
	choice->disc_of = g_new(int, analysis->community_count);
	choice->node_of = g_new(int, network->order);
	choice->leaves = g_new0(int, network->order);
	for (int c = 0; c < analysis->community_count; c++)
		choice->disc_of[c] = -1;
	for (int v = 0; v < network->order; v++)
		choice->node_of[v] = -1;
	choice_mark_backbone(choice);
	choice_index_edges(choice, network->order);
}

void choice_clear(struct choice *choice)
{
	g_free(choice->edges);
	g_free(choice->backbone);
	g_free(choice->common);
	g_free(choice->first);
	g_free(choice->around);
	g_free(choice->disc_of);
	g_free(choice->node_of);
	g_free(choice->leaves);
	*choice = (struct choice){ 0 };
}

/* ---- discs ---- */

static int compare_discs(const void *a, const void *b)
{
	const struct layout_disc *p = a, *q = b;

	if (p->people != q->people)
		return p->people > q->people ? -1 : 1;
	return p->community - q->community;
}

/* Whether vertex has one correspondent only, and mail one way. */
static bool choice_is_one_way(const struct choice *choice, int vertex)
{
	if (choice->first[vertex + 1] - choice->first[vertex] != 1)
		return false;
	const struct edge *edge = &choice->edges[choice->around[choice->first[vertex]]];
	return edge->forward == 0 || edge->backward == 0;
}

/* Communities as discs, largest first; places not yet known. g_free(). */
static struct layout_disc *choice_candidates(const struct choice *choice)
{
	const struct analysis *analysis = choice->analysis;
	struct layout_disc *discs = g_new0(struct layout_disc, analysis->community_count);

	for (int v = 0; v < analysis->network->order; v++)
		discs[analysis->membership[v]].one_way += choice_is_one_way(choice, v);
	for (int c = 0; c < analysis->community_count; c++) {
		struct layout_disc *disc = &discs[c];
		int taking_part = analysis->communities[c].size - disc->one_way;

		disc->community = c;
		disc->people = taking_part + (double)disc->one_way / LAYOUT_ONE_WAY;
		disc->radius = sqrt(disc->people);
	}
	qsort(discs, (size_t)analysis->community_count, sizeof *discs, compare_discs);
	return discs;
}

/* How many of the candidates can be read as discs. */
static int count_discs(const struct choice *choice, const struct layout *layout,
                       const struct layout_disc *candidates, int smallest)
{
	const struct analysis *analysis = choice->analysis;
	double radius = smallest_radius * sqrt(layout->unit), people = 0;
	double area = expected_fill * layout->width * layout->height;
	int count = 0;

	while (count < analysis->community_count && count < LAYOUT_DISCS &&
	       analysis->communities[candidates[count].community].size >= smallest)
		people += candidates[count++].people;
	while (count > 1 && candidates[count - 1].people * area / people <
	                    LAYOUT_TAU / 2 * radius * radius)
		people -= candidates[--count].people;
	return count;
}

void choice_discs(struct choice *choice, struct layout *layout)
{
	const struct analysis *analysis = choice->analysis;

	layout->discs = choice_candidates(choice);
	layout->disc_count = count_discs(choice, layout, layout->discs, SMALLEST_DISC);
	if (layout->disc_count == 0)    /* nothing but confetti: then show the largest of it */
		layout->disc_count = count_discs(choice, layout, layout->discs, 1);
	for (int d = 0; d < layout->disc_count; d++) {
		choice->disc_of[layout->discs[d].community] = d;
		layout->one_way += layout->discs[d].one_way;
	}
	for (int d = layout->disc_count; d < analysis->community_count; d++) {
		layout->small_groups++;
		layout->small_group_people +=
			analysis->communities[layout->discs[d].community].size;
	}
}

/* ---- nodes ---- */

bool choice_is_once(const struct choice *choice, int vertex)
{
	if (choice->first[vertex + 1] - choice->first[vertex] != 1)
		return false;
	const struct edge *edge = &choice->edges[choice->around[choice->first[vertex]]];
	return edge->forward <= 1 && edge->backward <= 1;
}

static int compare_strength(const void *a, const void *b, void *context)
{
	const struct analysis *analysis = context;
	const double *strength = analysis->measures[MEASURE_STRENGTH];
	int v = *(const int *)a, w = *(const int *)b;

	if (analysis->membership[v] != analysis->membership[w])
		return analysis->membership[v] - analysis->membership[w];
	if (strength[v] != strength[w])
		return strength[v] > strength[w] ? -1 : 1;
	return v - w;
}

static void choice_add_node(struct choice *choice, struct layout *layout, int vertex, int disc)
{
	choice->node_of[vertex] = layout->node_count;
	layout->nodes[layout->node_count++] =
		(struct layout_node){ .vertex = vertex, .disc = disc };
}

/* Whether vertex has one correspondent only, who has enough of the kind already.
 * To be asked once for each vertex, strongest first. */
static bool choice_is_beyond_fan(struct choice *choice, int vertex)
{
	if (choice->first[vertex + 1] - choice->first[vertex] != 1)
		return false;
	const struct edge *edge = &choice->edges[choice->around[choice->first[vertex]]];
	return ++choice->leaves[edge->from + edge->to - vertex] > WIDEST_FAN;
}

/* The people of one disc; members strongest first. */
static void choice_fill_disc(struct choice *choice, struct layout *layout, int d,
                             const int *members, int size)
{
	struct layout_disc *disc = &layout->discs[d];
	double room = disc->core / (layout->radius_floor + 0.35);
	int most = MAX(1, (int)(node_fill * room * room)), once = 0;

	if (size > most)                /* the others need room too */
		most = MAX(1, (int)(node_fill * crowded_share * room * room));
	for (int i = 0; i < size; i++)
		once += choice_is_once(choice, members[i]);
	bool fold = once >= FAN;
	int centre = choice->analysis->communities[disc->community].centre;
	for (int i = 0; i < size; i++) {
		bool is_once = choice_is_once(choice, members[i]);
		bool is_fringe = choice_is_beyond_fan(choice, members[i]);
		bool has_room = disc->shown < most && !(fold && is_once) && !is_fringe;

		/* Who is named must be there to be seen. */
		if (has_room || members[i] == centre) {
			choice_add_node(choice, layout, members[i], d);
			disc->shown++;
			continue;
		}
		disc->folded++;
		disc->once += is_once;
	}
	layout->folded_people += disc->folded;
	layout->once_people += disc->once;
}

void choice_nodes(struct choice *choice, struct layout *layout)
{
	const struct analysis *analysis = choice->analysis;
	int order = analysis->network->order;
	int *sorted = g_new(int, order);
	int *start = g_new0(int, (gsize)analysis->community_count + 1);

	for (int v = 0; v < order; v++) {
		sorted[v] = v;
		start[analysis->membership[v] + 1]++;
	}
	for (int c = 0; c < analysis->community_count; c++)
		start[c + 1] += start[c];
	g_qsort_with_data(sorted, order, sizeof *sorted, compare_strength, (void *)analysis);
	layout->nodes = g_new0(struct layout_node, order);
	for (int i = 0; layout->form == LAYOUT_FLAT && i < order; i++)
		choice_add_node(choice, layout, sorted[i], -1);
	for (int d = 0; d < layout->disc_count; d++) {
		int c = layout->discs[d].community;

		choice_fill_disc(choice, layout, d, sorted + start[c], start[c + 1] - start[c]);
	}
	g_free(start);
	g_free(sorted);
}

/* ---- single ties ---- */

/* Where everyone writes to everyone once, what two people have in common tells
 * more than their tie (Nick, Lee, Cunningham & Brandes 2013, Simmelian backbones,
 * doi:10.1145/2492517.2492569). Counted over the smaller of the two circles. */
static void choice_count_common(struct choice *choice, const struct layout *layout)
{
	int *marked = g_new(int, choice->analysis->network->order);

	for (int v = 0; v < choice->analysis->network->order; v++)
		marked[v] = -1;
	for (int i = 0; i < layout->node_count; i++) {
		int v = layout->nodes[i].vertex, degree = choice->first[v + 1] - choice->first[v];

		for (int k = choice->first[v]; k < choice->first[v + 1]; k++) {
			const struct edge *edge = &choice->edges[choice->around[k]];
			marked[edge->from + edge->to - v] = v;
		}
		for (int k = choice->first[v]; k < choice->first[v + 1]; k++) {
			int e = choice->around[k];
			int w = choice->edges[e].from + choice->edges[e].to - v;
			int other = choice->first[w + 1] - choice->first[w];

			if (choice->node_of[w] < 0 || other > degree || (other == degree && w > v))
				continue;
			for (int l = choice->first[w]; l < choice->first[w + 1]; l++) {
				const struct edge *far = &choice->edges[choice->around[l]];
				choice->common[e] += marked[far->from + far->to - w] == v;
			}
		}
	}
	g_free(marked);
}

static int compare_tie(const void *a, const void *b, void *context)
{
	const struct choice *choice = context;
	int e = *(const int *)a, f = *(const int *)b;

	if (choice->edges[e].weight != choice->edges[f].weight)
		return choice->edges[e].weight > choice->edges[f].weight ? -1 : 1;
	if (choice->common[e] != choice->common[f])
		return choice->common[f] - choice->common[e];
	return e - f;
}

static int find_root(int *parent, int v)
{
	while (parent[v] != v)
		v = parent[v] = parent[parent[v]];
	return v;
}

static void choice_add_tie(struct choice *choice, struct layout *layout, int e)
{
	const struct edge *edge = &choice->edges[e];
	int a = choice->node_of[edge->from], b = choice->node_of[edge->to];

	layout->ties[layout->tie_count++] = (struct layout_tie){
		.a = MIN(a, b), .b = MAX(a, b),
		.forward = a < b ? edge->forward : edge->backward,
		.backward = a < b ? edge->backward : edge->forward,
	};
	layout->ties_drawn++;
	layout->receipts_drawn += edge->forward + edge->backward;
}

/* Of ties, strongest first: a spanning tree, so that nobody hangs in the air,
 * then the backbone until the disc is full, then what is strong. */
static void choice_ties_of_discs(struct choice *choice, struct layout *layout, const int *ties,
                                 int count)
{
	int *parent = g_new(int, layout->node_count);
	int *left = g_new(int, layout->disc_count);
	bool *wanted = g_new0(bool, count);

	for (int i = 0; i < layout->node_count; i++)
		parent[i] = i;
	for (int d = 0; d < layout->disc_count; d++)
		left[d] = layout->discs[d].shown * TIES_PER_100_NODES / 100 + SPARE_TIES;
	for (int k = 0; k < count; k++) {
		const struct edge *edge = &choice->edges[ties[k]];
		int a = find_root(parent, choice->node_of[edge->from]);
		int b = find_root(parent, choice->node_of[edge->to]);

		if (a == b)
			continue;
		parent[MAX(a, b)] = MIN(a, b);
		wanted[k] = true;
		left[layout->nodes[a].disc]--;
	}
	for (int k = 0; k < count; k++) {
		int disc = layout->nodes[choice->node_of[choice->edges[ties[k]].from]].disc;

		wanted[k] = wanted[k] || (choice->backbone[ties[k]] && left[disc]-- > 0);
	}
	for (int k = 0; k < count; k++) {
		int disc = layout->nodes[choice->node_of[choice->edges[ties[k]].from]].disc;

		if (wanted[k] || left[disc]-- > 0)
			choice_add_tie(choice, layout, ties[k]);
	}
	g_free(wanted);
	g_free(left);
	g_free(parent);
}

void choice_ties(struct choice *choice, struct layout *layout)
{
	int *ties = g_new(int, choice->edge_count), count = 0;

	layout->ties = g_new0(struct layout_tie, choice->edge_count);
	if (layout->form == LAYOUT_TWO_LEVEL)
		choice_count_common(choice, layout);
	for (int e = 0; e < choice->edge_count; e++) {
		const struct edge *edge = &choice->edges[e];
		int a = choice->node_of[edge->from], b = choice->node_of[edge->to];

		layout->ties_total++;
		layout->receipts_total += edge->forward + edge->backward;
		if (a >= 0 && b >= 0 && layout->nodes[a].disc == layout->nodes[b].disc)
			ties[count++] = e;
	}
	g_qsort_with_data(ties, count, sizeof *ties, compare_tie, choice);
	if (layout->form == LAYOUT_TWO_LEVEL)
		choice_ties_of_discs(choice, layout, ties, count);
	else
		for (int k = 0; k < count; k++)
			choice_add_tie(choice, layout, ties[k]);
	layout->ties = g_renew(struct layout_tie, layout->ties, layout->tie_count);
	g_free(ties);
}

/* ---- ties between discs ---- */

static int compare_bundle(const void *a, const void *b)
{
	const struct layout_bundle *p = a, *q = b;
	int64_t first = p->forward + p->backward, second = q->forward + q->backward;

	if (first != second)
		return first > second ? -1 : 1;
	return p->a != q->a ? p->a - q->a : p->b - q->b;
}

void choice_bundles(struct choice *choice, struct layout *layout)
{
	int n = layout->disc_count, count = 0;
	const int *membership = choice->analysis->membership;
	struct layout_bundle *all = g_new0(struct layout_bundle, (gsize)n * n);

	for (int e = 0; e < choice->edge_count; e++) {
		const struct edge *edge = &choice->edges[e];
		int a = choice->disc_of[membership[edge->from]];
		int b = choice->disc_of[membership[edge->to]];

		if (a < 0 || b < 0 || a == b)
			continue;
		struct layout_bundle *bundle = &all[MIN(a, b) * n + MAX(a, b)];
		bundle->a = MIN(a, b);
		bundle->b = MAX(a, b);
		bundle->ties++;
		bundle->forward += a < b ? edge->forward : edge->backward;
		bundle->backward += a < b ? edge->backward : edge->forward;
	}
	for (int i = 0; i < n * n; i++)
		if (all[i].ties > 0)
			all[count++] = all[i];
	qsort(all, count, sizeof *all, compare_bundle);
	layout->bundles = g_renew(struct layout_bundle, all, count);
	layout->bundle_count = layout->bundles_total = count;
}

void choice_thin_bundles(struct layout *layout)
{
	int64_t total = 0, drawn = 0;
	int *tied = g_new0(int, layout->disc_count), count = 0;

	for (int i = 0; i < layout->bundle_count; i++)
		total += layout->bundles[i].forward + layout->bundles[i].backward;
	for (int i = 0; i < layout->bundle_count; i++) {
		struct layout_bundle bundle = layout->bundles[i];
		bool wanted = drawn * 100 < total * BUNDLE_PERCENT &&
		              count < layout->disc_count * LAYOUT_BUNDLES;

		/* A disc that has ties is never shown as an island. */
		if (!wanted && tied[bundle.a] > 0 && tied[bundle.b] > 0)
			continue;
		tied[bundle.a]++;
		tied[bundle.b]++;
		drawn += bundle.forward + bundle.backward;
		layout->ties_bundled += bundle.ties;
		layout->receipts_bundled += bundle.forward + bundle.backward;
		layout->bundles[count++] = bundle;
	}
	layout->bundle_count = count;
	g_free(tied);
}
