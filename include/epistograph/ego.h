/* ego.h - one person and those they write with
 *
 * What is counted are messages, each once for every recipient (network_receipts()). */
#ifndef EPISTOGRAPH_EGO_H
#define EPISTOGRAPH_EGO_H

#include <stdint.h>

#include "epistograph/grouping.h"

struct analysis;

struct ego_alter {
	int vertex;
	char *name;                     /* no two alike, nor like the ego's; owned */
	char *address;                  /* owned */
	int group;                      /* index into groups */
	int64_t to, from;               /* messages from the ego to them, from them to the ego */
};

struct ego_tie { int a, b; int64_t messages; };         /* alters, a < b; both directions */

struct ego {
	int vertex;
	char *name, *address;           /* owned */
	struct ego_alter *alters;       /* by group, then by falling messages */
	int count;
	struct people_group *groups;
	int group_count;
	struct ego_tie *ties;           /* between these alters, the most messages first */
	int tie_count;
	int total;                      /* people the ego writes with, these among them */
	int64_t sent, received;         /* to and from all of them */
	int64_t sent_here, received_here;       /* to and from these */
};

/* The `most` people who exchange the most messages with vertex (equal ones by rank), by
 * community (grouping.h). Needs of analysis: membership, communities and rank. */
void ego_of(const struct analysis *analysis, int vertex, int most, struct ego *ego);
void ego_clear(struct ego *ego);

#endif
