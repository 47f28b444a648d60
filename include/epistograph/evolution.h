/* evolution.h - communities from period to period: who stays together, splits and mergers */
#ifndef EPISTOGRAPH_EVOLUTION_H
#define EPISTOGRAPH_EVOLUTION_H

#include <stdint.h>

#include "epistograph/network.h"

struct error;

#define EVOLUTION_GROUPS 8              /* a period; smaller ones are put together */
#define EVOLUTION_REST (-1)

struct evolution_group {                /* a community of one period */
	int period;
	int category;                   /* the community of the whole time to which most of its
	                                 * people belong, of several the first; EVOLUTION_REST for
	                                 * the small ones together and for people of none */
	int number;                     /* in its period from 0, by size; EVOLUTION_REST */
	int people;                     /* > 0 */
	int joined, left;               /* of these: not there in the period before; not in the
	                                 * next. 0 where there is none before or after */
	int *leaders;                   /* vertices of the period's network with the most mail,
	                                 * EVOLUTION_LEADERS at most, ended by -1; owned */
};
#define EVOLUTION_LEADERS 3

struct evolution_flow {                 /* people of a group who are next in another */
	int from, to;                   /* indices of groups, of consecutive periods */
	int people;                     /* > 0 */
};

struct evolution {
	int period_count;
	struct evolution_group *groups; /* by period, then from top to bottom: by category, in one
	                                 * category as their people come, the rest last */
	int group_count;
	struct evolution_flow *flows;   /* ascending by (from, to) */
	int flow_count;
	double *modularity;             /* [period_count]; NaN without ties */
};

/* A person's community in the whole time. */
struct evolution_member { int64_t person; int category; };

/* Find the communities of each period by itself (community_find with this seed, in a
 * process of its own) and follow the people from one to the next. A community of a period is
 * a group of its own if it is one of the EVOLUTION_GROUPS largest and has 3 people and 2 in a
 * hundred of the period's. members in any order. Clear with evolution_clear(). 0, or -1 with
 * *err. */
int evolution_find(const struct network *periods, int count,
                   const struct evolution_member *members, size_t member_count, uint64_t seed,
                   int iterations, struct evolution *evolution, struct error *err);
void evolution_clear(struct evolution *evolution);

#endif
