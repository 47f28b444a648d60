/* labels.h - where names go, so that they can be read and cover little
 *
 * Point-feature label placement: each label has candidate places around what it
 * names, in the order cartographers prefer them; a greedy choice by importance,
 * then a search that moves labels aside for those left over. Numbers only: text
 * is measured before and drawn afterwards.
 *
 * Source: Christensen, Marks & Shieber (1995), doi:10.1145/212332.212334. */
#ifndef EPISTOGRAPH_LABELS_H
#define EPISTOGRAPH_LABELS_H

#include <stdbool.h>

#include "epistograph/frame.h"

enum label_kind {
	LABEL_POINT,                    /* beside a circle, at a distance with a leader */
	LABEL_AREA                      /* on the rim of a circle, at its top or foot */
};

struct label_mark {                     /* a circle that labels should not cover */
	double x, y, radius;            /* pt */
	bool is_area;                   /* an area: labels may lie on it, best their own */
	bool is_fixed;                  /* no label may touch it; others may give way to labels */
};

struct label {
	enum label_kind kind;
	int mark;                       /* what it names: index into marks */
	int area;                       /* the area that mark lies in: index into marks, or -1 */
	double width, ascent, descent;  /* pt: of the text, all its lines together */
	double tolerance;               /* how much it may be in the way, 0..1: at 1 it is left out
	                                 * only when all places are bad, at 0.2 when none is good */

	/* Set by labels_place(). */
	bool placed;
	double left, baseline;          /* pt: where the text begins, first line */
	bool leader;                    /* a line is wanted between the two points */
	struct point from, to;          /* from the mark's rim to the text */
};

/* Place labels, most important first, inside bounds. No two placed labels
 * overlap, none leaves the bounds; what finds no tolerable place is left out
 * (placed = false). Equal input gives equal places. Returns how many are placed. */
int labels_place(struct label *labels, int count, const struct label_mark *marks, int mark_count,
                 const struct box *bounds);

/* The box of a placed label, pt. */
struct box label_box(const struct label *label);

#endif
