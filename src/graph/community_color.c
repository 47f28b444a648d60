/* community_color.c - the same colours for the same people, whatever the filter */
#include "graph_internal.h"

#include "epistograph/community.h"
#include "epistograph/isolate.h"
#include "epistograph/palette.h"

#include <stdlib.h>

#include <glib.h>

/* ---- the communities of the reference ---- */

struct search {
	const struct network *network;
	const struct analysis_options *options;
	int *membership;                /* [order], shared with the child */
};

static int find(void *context, struct error *err)
{
	struct search *search = context;
	struct edge *edges;
	double modularity;
	int communities;

	graph_begin(search->options->seed);
	int count = network_edges(search->network, &edges);
	int status = community_find(search->network, edges, count, search->options->seed,
	                            search->options->leiden_iterations, search->membership,
	                            &communities, &modularity, err);
	g_free(edges);
	return status;
}

/* ---- pairs ---- */

struct match { int community, color, shared; };

static int compare_matches(const void *left, const void *right)
{
	const struct match *a = left, *b = right;

	if (a->shared != b->shared)
		return a->shared > b->shared ? -1 : 1;
	if (a->color != b->color)
		return a->color < b->color ? -1 : 1;
	return a->community - b->community;
}

/* People in both networks: of each pair, of each community, of each colour. */
struct overlap {
	int *shared;                    /* [communities * PALETTE_CATEGORIES] */
	int *here;                      /* [communities] */
	int there[PALETTE_CATEGORIES];
};

static void count_overlap(const struct analysis *analysis, const struct network *reference,
                          const int *membership, struct overlap *overlap)
{
	const struct network *network = analysis->network;
	int *index = g_new(int, (gsize)MAX(network->order, 1));

	network_match(network, reference, index);
	for (int v = 0; v < network->order; v++) {
		if (index[v] < 0)
			continue;
		int community = analysis->membership[v], color = membership[index[v]];

		overlap->here[community]++;
		if (color >= PALETTE_CATEGORIES)
			continue;
		overlap->there[color]++;
		overlap->shared[community * PALETTE_CATEGORIES + color]++;
	}
	g_free(index);
}

static GArray *find_matches(const struct overlap *overlap, int communities)
{
	GArray *matches = g_array_new(FALSE, FALSE, sizeof(struct match));

	for (int c = 0; c < communities; c++)
		for (int color = 0; color < PALETTE_CATEGORIES; color++) {
			struct match match = { c, color, overlap->shared[c * PALETTE_CATEGORIES + color] };

			if (match.shared > 0 && (2 * match.shared >= overlap->here[c] ||
			                         2 * match.shared >= overlap->there[color]))
				g_array_append_val(matches, match);
		}
	g_array_sort(matches, compare_matches);
	return matches;
}

static void give_colors(struct analysis *analysis, const struct overlap *overlap)
{
	GArray *matches = find_matches(overlap, analysis->community_count);
	bool taken[PALETTE_CATEGORIES] = { false };
	int free_color = PALETTE_CATEGORIES - 1;

	for (int c = 0; c < analysis->community_count; c++)
		analysis->communities[c].color = -1;
	for (guint i = 0; i < matches->len; i++) {
		const struct match *match = &g_array_index(matches, struct match, i);

		if (taken[match->color] || analysis->communities[match->community].color >= 0)
			continue;
		analysis->communities[match->community].color = match->color;
		taken[match->color] = true;
	}
	for (int c = 0; c < analysis->community_count; c++) {
		while (free_color >= 0 && taken[free_color])
			free_color--;
		if (analysis->communities[c].color < 0 && free_color >= 0) {
			analysis->communities[c].color = free_color;
			taken[free_color] = true;
		}
	}
	g_array_unref(matches);
}

int community_keep_colors(struct analysis *analysis, const struct network *reference,
                          struct error *err)
{
	size_t size = (size_t)reference->order * sizeof(int);

	if (reference->order == 0)
		return 0;
	struct search search = { reference, &analysis->options, isolate_alloc(size) };
	struct overlap overlap = {
		.shared = g_new0(int, (gsize)(analysis->community_count + 1) * PALETTE_CATEGORIES),
		.here = g_new0(int, (gsize)analysis->community_count + 1),
	};
	int status = isolate_run(find, &search, "find the communities of all the mail", err);

	if (status == 0) {
		count_overlap(analysis, reference, search.membership, &overlap);
		give_colors(analysis, &overlap);
	}
	g_free(overlap.shared);
	g_free(overlap.here);
	isolate_free(search.membership, size);
	return status;
}
