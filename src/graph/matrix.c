#include "epistograph/matrix.h"

#include "epistograph/analysis.h"
#include "epistograph/text.h"

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

struct ordering {
	const struct analysis *analysis;
	const int *here;                /* [community_count] people of it in the matrix */
	int single;                     /* communities from here on have no group of their own */
};

/* Where a vertex's community stands: those without a group come last. */
static int64_t place_of(const struct ordering *ordering, int vertex)
{
	int community = ordering->analysis->membership[vertex];
	int64_t last = ordering->here[community] < 2 || community >= ordering->single;

	return last * ordering->analysis->community_count + community;
}

static int compare_vertices(const void *left, const void *right, void *context)
{
	const struct ordering *ordering = context;
	const struct analysis *analysis = ordering->analysis;
	int v = *(const int *)left, w = *(const int *)right;
	int64_t a = place_of(ordering, v), b = place_of(ordering, w);
	double p = analysis->measures[MEASURE_STRENGTH][v];
	double q = analysis->measures[MEASURE_STRENGTH][w];

	if (a != b)
		return a < b ? -1 : 1;
	if (p != q)
		return p > q ? -1 : 1;
	return analysis->rank[v] - analysis->rank[w];
}

/* The first community without a group of its own for want of colours. */
static int first_without(const int *here, int communities)
{
	int groups = 0;

	for (int c = 0; c < communities; c++) {
		groups += here[c] >= 2;
		if (groups > MATRIX_GROUPS)
			return c;
	}
	return communities;
}

static void name_group(const struct ordering *ordering, const int *vertices,
                       struct matrix_group *group)
{
	const struct analysis *analysis = ordering->analysis;
	int community = analysis->membership[vertices[group->first]], communities = 1;

	for (int i = 1; i < group->count; i++)
		communities += analysis->membership[vertices[group->first + i]] !=
		               analysis->membership[vertices[group->first + i - 1]];
	if (communities == 1) {
		group->number = analysis->communities[community].number;
		group->name = g_strdup(analysis->communities[community].name);
	} else {
		group->name = g_strdup_printf("of %s other communities", text_count(communities));
	}
}

static void make_groups(const struct ordering *ordering, const int *vertices,
                        struct matrix *matrix)
{
	int64_t last = -1;

	matrix->groups = g_new0(struct matrix_group, MATRIX_GROUPS + 1);
	for (int i = 0; i < matrix->count; i++) {
		int64_t place = place_of(ordering, vertices[i]);
		int64_t group = MIN(place, ordering->analysis->community_count);

		if (group != last)
			matrix->groups[matrix->group_count++].first = i;
		last = group;
		matrix->groups[matrix->group_count - 1].count++;
		matrix->entries[i].group = matrix->group_count - 1;
	}
	for (int g = 0; g < matrix->group_count; g++)
		name_group(ordering, vertices, &matrix->groups[g]);
}

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

void matrix_of_people(const struct analysis *analysis, int most, struct matrix *matrix)
{
	const struct network *network = analysis->network;
	int *here = g_new0(int, analysis->community_count + 1);
	int *entry_of = g_new(int, network->order + 1);

	*matrix = (struct matrix){ .of = MATRIX_PEOPLE, .count = CLAMP(most, 0, network->order) };
	int *vertices = g_memdup2(analysis->by_rank, (gsize)matrix->count * sizeof *vertices);
	for (int i = 0; i < matrix->count; i++)
		here[analysis->membership[vertices[i]]]++;
	struct ordering ordering = { analysis, here, first_without(here, analysis->community_count) };
	g_qsort_with_data(vertices, matrix->count, sizeof *vertices, compare_vertices, &ordering);

	for (int v = 0; v < network->order; v++)
		entry_of[v] = -1;
	name_people(network, vertices, matrix);
	for (int i = 0; i < matrix->count; i++)
		entry_of[vertices[i]] = i;
	make_groups(&ordering, vertices, matrix);
	finish(analysis, entry_of, matrix);
	g_free(vertices);
	g_free(entry_of);
	g_free(here);
}

/* ---- communities ---- */

static void name_rest(const struct analysis *analysis, int first, struct matrix_entry *entry,
                      struct matrix_group *group)
{
	entry->name = g_strdup_printf("the rest: %s communities",
	                              text_count(analysis->community_count - first));
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
	matrix->groups = g_new0(struct matrix_group, MAX(count, 1));
	for (int i = 0; i < count; i++) {
		const struct community *community = &analysis->communities[i];

		matrix->groups[i] = (struct matrix_group){ .first = i, .count = 1 };
		matrix->entries[i].group = i;
		if (has_rest && i == count - 1) {
			name_rest(analysis, i, &matrix->entries[i], &matrix->groups[i]);
			continue;
		}
		matrix->groups[i].number = matrix->entries[i].number = community->number;
		matrix->groups[i].name = g_strdup(community->name);
		matrix->entries[i].name = g_strdup(community->name);
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
		g_free(matrix->entries[i].address);
	}
	for (int g = 0; g < matrix->group_count; g++)
		g_free(matrix->groups[g].name);
	g_free(matrix->entries);
	g_free(matrix->groups);
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
