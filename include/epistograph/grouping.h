/* grouping.h - chosen people side by side, by community
 *
 * Up to GROUPING_MOST communities of which two people or more are chosen make a group
 * each, in the order of their numbers; all the others are one group at the end. */
#ifndef EPISTOGRAPH_GROUPING_H
#define EPISTOGRAPH_GROUPING_H

struct analysis;

#define GROUPING_MOST 8                 /* that colours tell apart */

struct people_group {
	int number;                     /* of the community; 0 = of several, or the rest */
	int color;                      /* of the community; -1 = that of all the rest */
	char *name;                     /* owned */
	char *short_name;               /* of a community, where its name has no room; NULL for
	                                 * others; owned */
	int first, count;               /* people */
};

/* Sort vertices[count] by group and in it by falling key[vertex], equal ones by rank.
 * groups, group_of[count]: out. Needs of analysis: membership, communities and rank.
 * Returns the number of groups; grouping_free() them. */
int grouping_sort(const struct analysis *analysis, int *vertices, int count, const double *key,
                  struct people_group **groups, int *group_of);
void grouping_free(struct people_group *groups, int count);

#endif
