/* periods_key.h - who has a number in the panels of periods; private to src/draw
 *
 * A name has no room in a panel. Numbers have, and stand at the same place in all
 * of them, so that a person can be followed from one to the next. */
#ifndef EPISTOGRAPH_PERIODS_KEY_H
#define EPISTOGRAPH_PERIODS_KEY_H

#include "epistograph/analysis.h"
#include "epistograph/labels.h"
#include "epistograph/layout.h"
#include "epistograph/style.h"

struct periods_key {
	int *vertices;                  /* [count] of the whole network; number i + 1 */
	int *nodes;                     /* [count] their dots, once they are placed */
	struct label *labels;           /* [count] once placed, from a panel's left top */
	int count;
	int leaders;                    /* the first so many are those communities are named after */
};

/* Whom the coloured communities are named after, by community, then the highest ranked
 * others, up to `most` in all. */
void periods_key_init(struct periods_key *key, const struct analysis *analysis, int most);
void periods_key_clear(struct periods_key *key);

/* Find places beside dots of radii[layout->node_count], pt, 0 = never drawn, that lie on no
 * dot in any panel of width x height pt. Who has no dot, or no place, loses the number. */
void periods_key_place(struct periods_key *key, const struct style *style,
                       const struct layout *layout, const double *radii, double width,
                       double height);

/* The number of a vertex, 0 if it has none. */
int periods_key_number(const struct periods_key *key, int vertex);

/* Draw the numbers of those with messages[node] > 0 in a panel whose left top is `at`. */
void periods_key_draw(const struct periods_key *key, struct canvas *canvas, struct point at,
                      const double *messages);

#endif
