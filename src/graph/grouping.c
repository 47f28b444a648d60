#include "epistograph/grouping.h"

#include "epistograph/analysis.h"
#include "epistograph/text.h"

#include <glib.h>

struct grouping {
	const struct analysis *analysis;
	const double *key;
	int *here;                      /* [community_count] people of it that are chosen */
	int first_without;              /* communities from here on have no group of their own */
};

/* Where a vertex's group stands: a community by its place, the last group behind them. */
static int place_of(const struct grouping *grouping, int vertex)
{
	int community = grouping->analysis->membership[vertex];

	return grouping->here[community] < 2 || community >= grouping->first_without
		? grouping->analysis->community_count : community;
}

static int compare_vertices(const void *left, const void *right, void *context)
{
	const struct grouping *grouping = context;
	const struct analysis *analysis = grouping->analysis;
	int v = *(const int *)left, w = *(const int *)right;
	int a = place_of(grouping, v), b = place_of(grouping, w);

	if (a != b)
		return a - b;
	/* The last group by community too. */
	if (analysis->membership[v] != analysis->membership[w])
		return analysis->membership[v] - analysis->membership[w];
	if (grouping->key[v] != grouping->key[w])
		return grouping->key[v] > grouping->key[w] ? -1 : 1;
	return analysis->rank[v] - analysis->rank[w];
}

static void count_people(struct grouping *grouping, const int *vertices, int count)
{
	int communities = grouping->analysis->community_count, groups = 0;

	grouping->here = g_new0(int, communities + 1);
	for (int i = 0; i < count; i++)
		grouping->here[grouping->analysis->membership[vertices[i]]]++;
	grouping->first_without = communities;
	for (int c = 0; c < communities; c++) {
		groups += grouping->here[c] >= 2;
		if (groups > GROUPING_MOST) {
			grouping->first_without = c;
			break;
		}
	}
}

static void name_group(const struct analysis *analysis, const int *vertices,
                       struct people_group *group)
{
	int community = analysis->membership[vertices[group->first]], communities = 1;

	for (int i = group->first + 1; i < group->first + group->count; i++)
		communities += analysis->membership[vertices[i]] != analysis->membership[vertices[i - 1]];
	group->color = -1;
	if (communities > 1) {
		group->name = g_strdup_printf("of %s other communities", text_count(communities));
		return;
	}
	group->number = analysis->communities[community].number;
	group->color = analysis->communities[community].color;
	group->name = g_strdup(analysis->communities[community].name);
	group->short_name = g_strdup(analysis->communities[community].short_name);
}

int grouping_sort(const struct analysis *analysis, int *vertices, int count, const double *key,
                  struct people_group **groups, int *group_of)
{
	struct grouping grouping = { .analysis = analysis, .key = key };
	int made = 0;

	count_people(&grouping, vertices, count);
	g_qsort_with_data(vertices, count, sizeof *vertices, compare_vertices, &grouping);
	*groups = g_new0(struct people_group, GROUPING_MOST + 1);
	for (int i = 0; i < count; i++) {
		if (i == 0 || place_of(&grouping, vertices[i]) != place_of(&grouping, vertices[i - 1]))
			(*groups)[made++].first = i;
		(*groups)[made - 1].count++;
		group_of[i] = made - 1;
	}
	for (int g = 0; g < made; g++)
		name_group(analysis, vertices, &(*groups)[g]);
	g_free(grouping.here);
	return made;
}

void grouping_free(struct people_group *groups, int count)
{
	for (int g = 0; g < count; g++) {
		g_free(groups[g].name);
		g_free(groups[g].short_name);
	}
	g_free(groups);
}
