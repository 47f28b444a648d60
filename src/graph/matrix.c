#include "epistograph/matrix.h"

#include "matrix_order.h"

#include "epistograph/analysis.h"
#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

/* ---- cells ---- */

/* Fill cells and sums. entry_of[order]: the entry of each vertex, -1 = none. */
static void count_arcs(const struct network *network, const int *entry_of, struct matrix *matrix)
{
	matrix->cells = g_new0(int64_t, MAX((gsize)matrix->count * (gsize)matrix->count, 1));
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];
		int from = entry_of[arc->from], to = entry_of[arc->to];

		matrix->receipts_total += arc->messages;
		if (from >= 0)
			matrix->entries[from].sent += arc->messages;
		if (to >= 0)
			matrix->entries[to].received += arc->messages;
		if (from < 0 || to < 0)
			continue;
		matrix->cells[from * matrix->count + to] += arc->messages;
		matrix->entries[from].sent_here += arc->messages;
		matrix->entries[to].received_here += arc->messages;
		matrix->receipts += arc->messages;
	}
}

static void count_ties(const struct network *network, const int *entry_of, struct matrix *matrix)
{
	struct edge *edges;

	matrix->ties_total = network_edges(network, &edges);
	for (int i = 0; i < matrix->ties_total; i++)
		matrix->ties += entry_of[edges[i].from] >= 0 && entry_of[edges[i].to] >= 0;
	g_free(edges);
}

static void finish(const struct analysis *analysis, const int *entry_of, struct matrix *matrix)
{
	count_arcs(analysis->network, entry_of, matrix);
	count_ties(analysis->network, entry_of, matrix);
	matrix->people_total = analysis->network->order;
	matrix->communities_total = analysis->community_count;
	for (int i = 0; i < matrix->count; i++)
		matrix->people += matrix->entries[i].people;
}

/* ---- people ---- */

static void name_people(const struct network *network, const int *vertices,
                        struct matrix *matrix)
{
	const char **names = g_new(const char *, matrix->count + 1);

	network_distinct_names(network, vertices, matrix->count, names);
	matrix->entries = g_new0(struct matrix_entry, matrix->count + 1);
	for (int i = 0; i < matrix->count; i++)
		matrix->entries[i] = (struct matrix_entry){
			.number = vertices[i], .people = 1, .name = g_strdup(names[i]),
			.address = g_strdup(network->vertices[vertices[i]].address),
		};
	g_free(names);
}

/* entry_of[order]: where each vertex stands, -1 = nowhere. g_free(). */
static int *places_of(const struct network *network, const int *vertices, int count)
{
	int *entry_of = g_new(int, network->order + 1);

	for (int v = 0; v < network->order; v++)
		entry_of[v] = -1;
	for (int i = 0; i < count; i++)
		entry_of[vertices[i]] = i;
	return entry_of;
}

/* Of the ties between the first `groups` groups, each by its logarithm as the eye has it in a
 * shade: many people who write a little hold groups together, not two who write a lot.
 * g_free(). */
static double *weigh_groups(const struct network *network, const int *vertices, int count,
                            const int *group_of, int groups)
{
	double *weights = g_new0(double, (gsize)groups * (gsize)groups + 1);
	int *entry_of = places_of(network, vertices, count);

	for (int i = 0; i < network->size; i++) {
		int from = entry_of[network->arcs[i].from], to = entry_of[network->arcs[i].to];

		if (from < 0 || to < 0 || group_of[from] >= groups || group_of[to] >= groups)
			continue;
		double weight = log1p((double)network->arcs[i].messages);
		weights[group_of[from] * groups + group_of[to]] += weight;
		weights[group_of[to] * groups + group_of[from]] += weight;
	}
	g_free(entry_of);
	return weights;
}

/* Groups that write to each other side by side; the one of several communities stays last. */
static void order_groups(const struct network *network, int *vertices, int *group_of,
                         struct matrix *matrix)
{
	struct people_group *groups = matrix->groups;
	int count = matrix->group_count, order[GROUPING_MOST + 1], sizes[GROUPING_MOST + 1];
	int *given = g_memdup2(vertices, (gsize)matrix->count * sizeof *given), next = 0;
	struct people_group *sorted = g_new0(struct people_group, GROUPING_MOST + 1);

	while (count && !groups[count - 1].number)
		count--;
	double *weights = weigh_groups(network, vertices, matrix->count, group_of, count);
	for (int g = 0; g < matrix->group_count; g++) {
		sizes[g] = groups[g].count;
		order[g] = g;
	}
	matrix_order_groups(count, sizes, weights, order);
	for (int g = 0; g < matrix->group_count; g++) {
		sorted[g] = groups[order[g]];
		memcpy(&vertices[next], &given[sorted[g].first],
		       (gsize)sorted[g].count * sizeof *vertices);
		sorted[g].first = next;
		for (int i = 0; i < sorted[g].count; i++)
			group_of[next++] = g;
	}
	g_free(groups);
	matrix->groups = sorted;
	g_free(weights);
	g_free(given);
}

/* Within a group those who write to each other side by side. */
static void order_rows(const struct network *network, int *vertices,
                       const struct people_group *group)
{
	int *rows = g_memdup2(&vertices[group->first], (gsize)group->count * sizeof *rows);
	int *own = g_new(int, group->count), *order = g_new(int, group->count);

	for (int i = 0; i < group->count; i++)
		own[i] = i;
	double *weights = weigh_groups(network, rows, group->count, own, group->count);
	matrix_order_rows(group->count, weights, order);
	for (int i = 0; i < group->count; i++)
		vertices[group->first + i] = rows[order[i]];
	g_free(weights);
	g_free(order);
	g_free(own);
	g_free(rows);
}

void matrix_of_people(const struct analysis *analysis, int most, enum matrix_order order,
                      struct matrix *matrix)
{
	const struct network *network = analysis->network;
	int count = CLAMP(most, 0, network->order), *group_of = g_new(int, count + 1);
	int *vertices = g_memdup2(analysis->by_rank, (gsize)count * sizeof *vertices);

	*matrix = (struct matrix){ .of = MATRIX_PEOPLE, .count = count };
	matrix->group_count = grouping_sort(analysis, vertices, count,
	                                    analysis->measures[MEASURE_STRENGTH], &matrix->groups,
	                                    group_of);
	order_groups(network, vertices, group_of, matrix);
	for (int g = 0; order == MATRIX_BY_TIES && g < matrix->group_count; g++)
		order_rows(network, vertices, &matrix->groups[g]);
	name_people(network, vertices, matrix);
	for (int i = 0; i < count; i++)
		matrix->entries[i].group = group_of[i];
	int *entry_of = places_of(network, vertices, count);
	finish(analysis, entry_of, matrix);
	g_free(vertices);
	g_free(group_of);
	g_free(entry_of);
}

/* ---- communities ---- */

static void name_rest(const struct analysis *analysis, int first, struct matrix_entry *entry,
                      struct people_group *group)
{
	entry->name = g_strdup_printf("the rest: %s communities",
	                              text_count(analysis->community_count - first));
	entry->short_name = g_strdup("the rest");
	group->name = g_strdup(entry->name);
	for (int c = first; c < analysis->community_count; c++)
		entry->people += analysis->communities[c].size;
}

void matrix_of_communities(const struct analysis *analysis, int most, struct matrix *matrix)
{
	const struct network *network = analysis->network;
	int *entry_of = g_new(int, network->order + 1);
	int count = MIN(analysis->community_count, MAX(most, 2));
	bool has_rest = count < analysis->community_count;

	*matrix = (struct matrix){ .of = MATRIX_COMMUNITIES, .count = count, .group_count = count };
	matrix->entries = g_new0(struct matrix_entry, MAX(count, 1));
	matrix->groups = g_new0(struct people_group, MAX(count, 1));
	for (int i = 0; i < count; i++) {
		const struct community *community = &analysis->communities[i];

		matrix->groups[i] = (struct people_group){ .first = i, .count = 1, .color = -1 };
		matrix->entries[i].group = i;
		if (has_rest && i == count - 1) {
			name_rest(analysis, i, &matrix->entries[i], &matrix->groups[i]);
			continue;
		}
		matrix->groups[i].number = matrix->entries[i].number = community->number;
		matrix->groups[i].color = community->color;
		matrix->groups[i].name = g_strdup(community->name);
		matrix->groups[i].short_name = g_strdup(community->short_name);
		matrix->entries[i].name = g_strdup(community->name);
		matrix->entries[i].short_name = g_strdup(community->short_name);
		matrix->entries[i].people = community->size;
	}
	for (int v = 0; v < network->order; v++)
		entry_of[v] = MIN(analysis->membership[v], count - 1);
	finish(analysis, entry_of, matrix);
	g_free(entry_of);
}

void matrix_clear(struct matrix *matrix)
{
	for (int i = 0; i < matrix->count; i++) {
		g_free(matrix->entries[i].name);
		g_free(matrix->entries[i].short_name);
		g_free(matrix->entries[i].address);
	}
	g_free(matrix->entries);
	grouping_free(matrix->groups, matrix->group_count);
	g_free(matrix->cells);
	*matrix = (struct matrix){ 0 };
}

int64_t matrix_most(const struct matrix *matrix, bool off_diagonal)
{
	int64_t most = 0;

	for (int i = 0; i < matrix->count; i++)
		for (int j = 0; j < matrix->count; j++)
			if (!off_diagonal || i != j)
				most = MAX(most, matrix->cells[i * matrix->count + j]);
	return most;
}
