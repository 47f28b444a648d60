#include "callout.h"

/* A leader runs from the figure up to its text's row: it is met in every row up to
 * that one. */
static bool leader_meets(const struct callout *leader, double from, double to, int row)
{
	return leader->row >= row && leader->x > from - CALLOUT_SPACE &&
	       leader->x < to + CALLOUT_SPACE;
}

static bool texts_meet(const struct callout *other, double from, double to)
{
	return from < other->left + other->width + 2 * CALLOUT_SPACE &&
	       other->left < to + 2 * CALLOUT_SPACE;
}

static bool is_free(const struct callout *callouts, int count, int mine, double from, int row)
{
	const struct callout *me = &callouts[mine];
	double to = from + me->width;

	for (int i = 0; i < count; i++) {
		const struct callout *other = &callouts[i];

		if (i == mine || other->row < 0)
			continue;
		if (other->row == row && texts_meet(other, from, to))
			return false;
		if (leader_meets(other, from, to, row))
			return false;
		/* My own leader passes the texts in the rows below. */
		if (other->row < row && me->x > other->left - CALLOUT_SPACE &&
		    me->x < other->left + other->width + CALLOUT_SPACE)
			return false;
	}
	return true;
}

/* From right to left: a text stands right of its leader, so that those further
 * left rise above it. */
bool callout_place(struct callout *callouts, int count, double left, double right, int rows)
{
	bool all = true;

	for (int i = 0; i < count; i++)
		callouts[i].row = -1;
	for (int i = count - 1; i >= 0; i--) {
		struct callout *me = &callouts[i];
		const double starts[] = {
			me->x + CALLOUT_SPACE, me->x - CALLOUT_SPACE - me->width,
		};

		for (int try = 0; try < 2 * rows && me->row < 0; try++) {
			double from = starts[try % 2];
			if (from < left || from + me->width > right ||
			    !is_free(callouts, count, i, from, try / 2))
				continue;
			me->left = from;
			me->row = try / 2;
		}
		all = all && me->row >= 0;
	}
	return all;
}
