/* ranking.h - from numbers to places, and from several places to one */
#ifndef EPISTOGRAPH_RANKING_H
#define EPISTOGRAPH_RANKING_H

#include "epistograph/analysis.h"

/* ranks[i] = 1 + how many values are higher than values[i]. Values that differ
 * by less than a part in 10^9 are equal: what is between is the order of additions. */
void ranking_of_values(const double *values, int count, int *ranks);

/* The combined rank of analysis_explain_rank(): score[order], rank[order] and
 * by_rank[order] from the measures and their ranks. */
void ranking_combine(const struct network *network, double *const measures[MEASURE_COUNT],
                     int *const ranks[MEASURE_COUNT], double *score, int *rank, int *by_rank);

#endif
