#include "epistograph/ego.h"

#include "epistograph/analysis.h"

#include <glib.h>

struct exchange {                       /* of the ego with everybody; [order] each */
	int64_t *to, *from;
	double *both;
};

static void exchange_init(struct exchange *exchange, const struct network *network, int vertex)
{
	gsize order = (gsize)network->order + 1;

	exchange->to = g_new0(int64_t, order);
	exchange->from = g_new0(int64_t, order);
	exchange->both = g_new0(double, order);
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		if (arc->from == vertex)
			exchange->to[arc->to] += arc->messages;
		if (arc->to == vertex)
			exchange->from[arc->from] += arc->messages;
	}
	for (int v = 0; v < network->order; v++)
		exchange->both[v] = (double)(exchange->to[v] + exchange->from[v]);
}

static void exchange_clear(struct exchange *exchange)
{
	g_free(exchange->to);
	g_free(exchange->from);
	g_free(exchange->both);
}

struct falling { const double *both; const int *rank; };

static int compare_falling(const void *left, const void *right, void *context)
{
	const struct falling *order = context;
	int v = *(const int *)left, w = *(const int *)right;

	if (order->both[v] != order->both[w])
		return order->both[v] > order->both[w] ? -1 : 1;
	return order->rank[v] - order->rank[w];
}

/* The people with whom there is mail, the most first. g_free(). */
static int *find_alters(const struct analysis *analysis, const struct exchange *exchange,
                        struct ego *ego)
{
	int *vertices = g_new(int, analysis->network->order + 1);
	struct falling falling = { exchange->both, analysis->rank };

	for (int v = 0; v < analysis->network->order; v++) {
		if (exchange->both[v] <= 0)
			continue;
		vertices[ego->total++] = v;
		ego->sent += exchange->to[v];
		ego->received += exchange->from[v];
	}
	g_qsort_with_data(vertices, ego->total, sizeof *vertices, compare_falling, &falling);
	return vertices;
}

/* vertices[count] is the ego. */
static void fill_alters(const struct network *network, const struct exchange *exchange,
                        const int *vertices, const int *group_of, struct ego *ego)
{
	const char **names = g_new(const char *, ego->count + 1);

	network_distinct_names(network, vertices, ego->count + 1, names);
	ego->name = g_strdup(names[ego->count]);
	ego->address = g_strdup(network->vertices[ego->vertex].address);
	ego->alters = g_new0(struct ego_alter, ego->count + 1);
	for (int i = 0; i < ego->count; i++) {
		int v = vertices[i];

		ego->alters[i] = (struct ego_alter){
			.vertex = v, .group = group_of[i], .name = g_strdup(names[i]),
			.address = g_strdup(network->vertices[v].address),
			.to = exchange->to[v], .from = exchange->from[v],
		};
		ego->sent_here += exchange->to[v];
		ego->received_here += exchange->from[v];
	}
	g_free(names);
}

static int compare_ties(const void *left, const void *right)
{
	const struct ego_tie *a = left, *b = right;

	if (a->messages != b->messages)
		return a->messages > b->messages ? -1 : 1;
	return a->a != b->a ? a->a - b->a : a->b - b->b;
}

static void find_ties(const struct network *network, const int *vertices, struct ego *ego)
{
	int *alter_of = g_new(int, network->order + 1);
	struct edge *edges;
	int count = network_edges(network, &edges);
	GArray *ties = g_array_new(FALSE, FALSE, sizeof(struct ego_tie));

	for (int v = 0; v < network->order; v++)
		alter_of[v] = -1;
	for (int i = 0; i < ego->count; i++)
		alter_of[vertices[i]] = i;
	for (int i = 0; i < count; i++) {
		int a = alter_of[edges[i].from], b = alter_of[edges[i].to];
		struct ego_tie tie = { MIN(a, b), MAX(a, b), edges[i].forward + edges[i].backward };

		if (a >= 0 && b >= 0)
			g_array_append_val(ties, tie);
	}
	ego->tie_count = (int)ties->len;
	ego->ties = (struct ego_tie *)(void *)g_array_free(ties, FALSE);
	if (ego->tie_count > 1)
		qsort(ego->ties, (size_t)ego->tie_count, sizeof *ego->ties, compare_ties);
	g_free(edges);
	g_free(alter_of);
}

void ego_of(const struct analysis *analysis, int vertex, int most, struct ego *ego)
{
	const struct network *network = analysis->network;
	struct exchange exchange;

	*ego = (struct ego){ .vertex = vertex };
	exchange_init(&exchange, network, vertex);
	int *vertices = find_alters(analysis, &exchange, ego);
	ego->count = CLAMP(most, 0, ego->total);
	int *group_of = g_new(int, ego->count + 1);
	ego->group_count = grouping_sort(analysis, vertices, ego->count, exchange.both, &ego->groups,
	                                 group_of);
	vertices[ego->count] = vertex;
	fill_alters(network, &exchange, vertices, group_of, ego);
	find_ties(network, vertices, ego);
	g_free(group_of);
	g_free(vertices);
	exchange_clear(&exchange);
}

void ego_clear(struct ego *ego)
{
	for (int i = 0; i < ego->count; i++) {
		g_free(ego->alters[i].name);
		g_free(ego->alters[i].address);
	}
	g_free(ego->alters);
	grouping_free(ego->groups, ego->group_count);
	g_free(ego->ties);
	g_free(ego->name);
	g_free(ego->address);
	*ego = (struct ego){ 0 };
}
