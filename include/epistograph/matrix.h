/* matrix.h - who wrote how much to whom, as a square table of people or communities
 *
 * What is counted are messages, each once for every recipient (network_receipts()). */
#ifndef EPISTOGRAPH_MATRIX_H
#define EPISTOGRAPH_MATRIX_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/grouping.h"

struct analysis;

enum matrix_of { MATRIX_PEOPLE, MATRIX_COMMUNITIES };

enum matrix_order {                     /* of people inside a community */
	MATRIX_BY_STRENGTH,             /* by falling strength in the whole network */
	MATRIX_BY_TIES,                 /* those who write to each other side by side */
};

struct matrix_entry {                   /* a row, of who wrote, and a column, to whom */
	int number;                     /* the vertex, or the community's number; 0 = the rest */
	char *name;                     /* no two alike; owned */
	char *short_name;               /* of a community, for small pages; NULL for people; owned */
	char *address;                  /* of a person; NULL for communities; owned */
	int people;                     /* whom it stands for */
	int group;                      /* index into groups */
	int64_t sent, received;         /* by and for them, in the whole network */
	int64_t sent_here, received_here;       /* the same in the matrix: sums of its cells */
};

struct matrix {
	enum matrix_of of;
	struct matrix_entry *entries;
	int count;
	struct people_group *groups;
	int group_count;
	int64_t *cells;                 /* [count * count] from row to column, row by row. The
	                                 * diagonal: a community's mail among its people */
	int people, people_total;       /* in the matrix, in the network */
	int communities_total;
	int ties, ties_total;           /* pairs of people tied in either direction; all of them
	                                 * in a matrix of communities */
	int64_t receipts, receipts_total;       /* sum of the cells, of the network */
};

/* The `most` highest ranked people by community (grouping.h) and, within one, in that order.
 * Communities that write to each other stand side by side (minimum linear arrangement, each
 * tie by the logarithm of its messages); people of communities that have no group stand
 * last. Needs of analysis: membership, communities, rank, by_rank and MEASURE_STRENGTH.
 *
 * By strength, those who tie a community together are its first rows and columns, and a
 * reader can say why somebody stands where he does; by ties, groups inside of it are seen
 * along the diagonal: their ties are 0.6 to 0.75 times as long as in a random order of real
 * communities, by strength as long as there. Orders for other patterns: Behrisch et al.
 * (2016), doi:10.1111/cgf.12935. */
void matrix_of_people(const struct analysis *analysis, int most, enum matrix_order order,
                      struct matrix *matrix);

/* The `most` (>= 2) communities by number; if there are more, the last entry is
 * all the rest together, and its cell on the diagonal is the mail within and
 * among them. The cells sum to all of the network. */
void matrix_of_communities(const struct analysis *analysis, int most, struct matrix *matrix);

void matrix_clear(struct matrix *matrix);

/* The largest cell; with off_diagonal, of those beside the diagonal. 0 if all are. */
int64_t matrix_most(const struct matrix *matrix, bool off_diagonal);

#endif
