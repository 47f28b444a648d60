/* ranking.c - from numbers to places, and from several places to one */
#include "epistograph/ranking.h"

#include <math.h>
#include <stdlib.h>

#include <glib.h>

#define RANK_EPSILON 1e-9

struct placed {
	double value;
	int item;
};

static int compare_values(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->value != y->value)
		return x->value > y->value ? -1 : 1;
	return x->item < y->item ? -1 : 1;
}

void ranking_of_values(const double *values, int count, int *ranks)
{
	struct placed *places = g_new(struct placed, count);

	for (int i = 0; i < count; i++)
		places[i] = (struct placed){ values[i], i };
	if (count > 1)
		qsort(places, count, sizeof *places, compare_values);
	for (int i = 0; i < count; i++) {
		bool equal = i > 0 && places[i - 1].value - places[i].value <=
		                      RANK_EPSILON * fabs(places[i - 1].value);

		ranks[places[i].item] = equal ? ranks[places[i - 1].item] : i + 1;
	}
	g_free(places);
}

/* ---- the combined rank ---- */

const char *analysis_explain_rank(void)
{
	return "The combined rank is the mean of five ranks, each of which says something else: "
	       "by strength (how much mail), by the number of persons with whom mail went both "
	       "ways (who is answered, not only who writes much), by PageRank (who is written to "
	       "by those who are written to), by betweenness (who stands between others) and by "
	       "harmonic closeness (who is near to everyone). The person with the lowest mean is "
	       "first. Equal values of a measure share the best of their ranks; equal means are "
	       "ordered by strength, then by address.\n"
	       "Averaging ranks is Borda's method (J.-C. de Borda, Memoire sur les elections au "
	       "scrutin, 1781); for combining the orders of different measures see Dwork, Kumar, "
	       "Naor & Sivakumar (2001), Rank aggregation methods for the Web, "
	       "doi:10.1145/371920.372165. It is a convention, not a measurement: where two "
	       "persons are a few places apart, look at the measures themselves.";
}

struct candidate {
	double score;
	int strength_rank;
	int vertex;                     /* vertices ascend by address */
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? -1 : 1;
	if (x->strength_rank != y->strength_rank)
		return x->strength_rank < y->strength_rank ? -1 : 1;
	return x->vertex < y->vertex ? -1 : 1;
}

/* Ranks by the number of correspondents with mail both ways. g_free(). */
static int *rank_mutual(int order, double *const measures[MEASURE_COUNT])
{
	double *mutual = g_new(double, order);
	int *ranks = g_new(int, order);

	for (int i = 0; i < order; i++)
		mutual[i] = round(measures[MEASURE_CORRESPONDENTS][i] *
		                  measures[MEASURE_RECIPROCITY][i]);
	ranking_of_values(mutual, order, ranks);
	g_free(mutual);
	return ranks;
}

void ranking_combine(const struct network *network, double *const measures[MEASURE_COUNT],
                     int *const ranks[MEASURE_COUNT], double *score, int *rank, int *by_rank)
{
	struct candidate *candidates = g_new(struct candidate, network->order);
	int *mutual = rank_mutual(network->order, measures);

	for (int i = 0; i < network->order; i++) {
		/* A sum of whole numbers: equal means are equal. */
		score[i] = ((double)ranks[MEASURE_STRENGTH][i] + mutual[i] +
		            ranks[MEASURE_PAGERANK][i] + ranks[MEASURE_BETWEENNESS][i] +
		            ranks[MEASURE_HARMONIC][i]) / 5;
		candidates[i] = (struct candidate){ score[i], ranks[MEASURE_STRENGTH][i], i };
	}
	if (network->order > 1)
		qsort(candidates, network->order, sizeof *candidates, compare_candidates);
	for (int i = 0; i < network->order; i++) {
		by_rank[i] = candidates[i].vertex;
		rank[candidates[i].vertex] = i + 1;
	}
	g_free(mutual);
	g_free(candidates);
}
