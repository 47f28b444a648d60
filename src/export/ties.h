/* ties.h - with whom each person has most mail */
#ifndef TIES_H
#define TIES_H

#include "epistograph/network.h"

struct tie {
	int vertex, other;
	int64_t sent, received;         /* messages, as vertex sees it */
	double weight;                  /* both directions */
};

struct ties {
	struct tie *ties;               /* owned; by vertex, the strongest first, then by address */
	int *first;                     /* owned; order + 1: ties of v are first[v] .. first[v + 1] - 1 */
};

void ties_init(struct ties *ties, const struct network *network);
void ties_clear(struct ties *ties);

#endif
