#include "callout.h"

#define CALLOUT_SPLIT_MAX 60

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

/* Beside its leader, on the side wanted or else on the other, as low as can be. */
static void place_one(struct callout *callouts, int count, int mine, bool to_left, double left,
                      double right, int rows)
{
	struct callout *me = &callouts[mine];
	const double starts[] = { me->x + CALLOUT_SPACE, me->x - CALLOUT_SPACE - me->width };

	for (int try = 0; try < 2 * rows && me->row < 0; try++) {
		double from = starts[to_left ^ (try >= rows)];

		if (from < left || from + me->width > right ||
		    !is_free(callouts, count, mine, from, try % rows))
			continue;
		me->left = from;
		me->row = try % rows;
	}
}

struct outcome { int placed, highest; };

/* The first `split` texts stand left of their leaders, placed from the left, the
 * others right of theirs, placed from the right: either flight of texts rises
 * towards the middle and none crosses a leader. */
static struct outcome place_split(struct callout *callouts, int count, int split, double left,
                                  double right, int rows)
{
	struct outcome outcome = { 0, 0 };

	for (int i = 0; i < count; i++)
		callouts[i].row = -1;
	for (int i = count - 1; i >= split; i--)
		place_one(callouts, count, i, false, left, right, rows);
	for (int i = 0; i < split; i++)
		place_one(callouts, count, i, true, left, right, rows);
	for (int i = 0; i < count; i++) {
		outcome.placed += callouts[i].row >= 0;
		outcome.highest = callouts[i].row > outcome.highest ? callouts[i].row : outcome.highest;
	}
	return outcome;
}

bool callout_place(struct callout *callouts, int count, double left, double right, int rows)
{
	struct outcome best = { -1, 0 };
	int best_split = 0;
	/* The work grows with the cube of count; hundreds of texts have no room anyway. */
	int most = count <= CALLOUT_SPLIT_MAX ? count : 0;

	for (int split = 0; split <= most; split++) {
		struct outcome now = place_split(callouts, count, split, left, right, rows);
		if (now.placed > best.placed ||
		    (now.placed == best.placed && now.highest < best.highest)) {
			best = now;
			best_split = split;
		}
	}
	return place_split(callouts, count, best_split, left, right, rows).placed == count;
}
