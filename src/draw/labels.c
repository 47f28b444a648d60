#include "epistograph/labels.h"

#include <math.h>
#include <string.h>

#include <glib.h>

enum { ANGLES = 16, RINGS = 7, CANDIDATES = ANGLES * RINGS, IMPROVEMENTS = 4 };

static const double rings[RINGS] = { 1.2, 5, 10, 16, 24, 34, 46 };  /* pt between mark and text */
static const double leader_from = 4;    /* pt: from here on a line shows what belongs together */
static const double spacing = 1.0;      /* pt between labels */

/* What a place costs. All in units of "one pt further from its mark". */
static const double cost_per_area = 0.55;       /* per pt^2 of a mark covered */
static const double cost_large = 1.5;           /* the same, times this, for the larger marks */
static const double cost_under_leader = 6;      /* a larger mark that a leader runs over */
static const double cost_foreign = 20;          /* lying in an area of others */
static const double cost_edge = 8;              /* touching it at all */
static const double cost_misnaming = 90;        /* the same for an area's own name */
static const double cost_mistaken = 7;          /* the text begins or ends at another mark */
static const double mistaken_near = 2;          /* pt from there */
static const double mistaken_from = 1.6;        /* pt: radius of a mark that is seen as such */
static const double cost_crossing = 30;         /* a leader through another label or leader */
static const double cost_most = 60;             /* beyond that a name disturbs more than it tells */

struct candidate {
	struct box box;
	struct point from, to;          /* the leader */
	bool leader;
	double cost;                    /* apart from other labels; INFINITY = not allowed */
};

struct places {                         /* of all labels */
	struct label *labels;
	int count;
	const struct label_mark *marks;
	int mark_count;
	const struct box *bounds;
	struct candidate *candidates;   /* [count * CANDIDATES] */
	int *chosen;                    /* [count] candidate of the label, -1 = none */
};

/* ---- geometry ---- */

static bool boxes_touch(const struct box *a, const struct box *b, double gap)
{
	return a->x < b->x + b->width + gap && b->x < a->x + a->width + gap &&
	       a->y < b->y + b->height + gap && b->y < a->y + a->height + gap;
}

static bool box_within(const struct box *inner, const struct box *outer)
{
	return inner->x >= outer->x && inner->y >= outer->y &&
	       inner->x + inner->width <= outer->x + outer->width &&
	       inner->y + inner->height <= outer->y + outer->height;
}

static bool box_touches_circle(const struct box *box, const struct label_mark *mark)
{
	double dx = mark->x - CLAMP(mark->x, box->x, box->x + box->width);
	double dy = mark->y - CLAMP(mark->y, box->y, box->y + box->height);

	return dx * dx + dy * dy < mark->radius * mark->radius;
}

/* About the area of the circle under the box: that of its inscribed square. */
static double covered(const struct box *box, const struct label_mark *mark)
{
	double half = mark->radius * 0.886;
	double across = fmin(box->x + box->width, mark->x + half) - fmax(box->x, mark->x - half);
	double down = fmin(box->y + box->height, mark->y + half) - fmax(box->y, mark->y - half);

	return across > 0 && down > 0 ? across * down : 0;
}

static double side(struct point a, struct point b, struct point c)
{
	return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool lines_cross(struct point a, struct point b, struct point c, struct point d)
{
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

static bool line_crosses_box(struct point a, struct point b, const struct box *box)
{
	struct point p = { box->x, box->y }, q = { box->x + box->width, box->y + box->height };
	struct point r = { q.x, p.y }, s = { p.x, q.y };

	return lines_cross(a, b, p, q) || lines_cross(a, b, r, s);
}

/* ---- candidates ---- */

/* Right first, then above, left and below; slanted ones between (Imhof 1962). */
static double angle_cost(double across, double down)
{
	static const double costs[] = { 2.5, 3, 2, 1.5, 0 };    /* from left to right */
	int place = (across > -0.8) + (across > -0.1) + (across > 0.1) + (across > 0.8);

	return costs[place] + (down > 0.1 ? 1 : 0);
}

static void make_beside(const struct label *label, const struct label_mark *mark, int k,
                        struct candidate *candidate)
{
	double ring = rings[k / ANGLES], height = label->ascent + label->descent;
	double turn = 6.283185307179586 * (k % ANGLES) / ANGLES;
	double across = cos(turn), down = -sin(turn);
	double x = mark->x + across * (mark->radius + ring);
	double y = mark->y + down * (mark->radius + ring);
	/* The text hangs on its nearest side or corner. */
	double middle_x = x + CLAMP(across * 1.5, -1, 1) * label->width / 2;
	double middle_y = y + CLAMP(down * 1.5, -1, 1) * height / 2;

	candidate->box = (struct box){ middle_x - label->width / 2, middle_y - height / 2,
	                               label->width, height };
	candidate->leader = ring >= leader_from;
	candidate->from = (struct point){ mark->x + across * mark->radius,
	                                  mark->y + down * mark->radius };
	candidate->to = (struct point){ CLAMP(x, candidate->box.x, candidate->box.x + label->width),
	                                CLAMP(y, candidate->box.y, candidate->box.y + height) };
	candidate->cost = angle_cost(across, down) + 0.7 * (ring - rings[0]) +
	                  (candidate->leader ? 5 : 0);
}

/* On the rim: outside it, across it, inside it; at the top, at the foot. */
static void make_on_rim(const struct label *label, const struct label_mark *mark,
                        const struct box *bounds, int k, struct candidate *candidate)
{
	static const double turns[] = { 0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2 };
	enum { TURNS = sizeof turns / sizeof turns[0], OFFSETS = 4 };
	double height = label->ascent + label->descent;
	const double offsets[OFFSETS] = { height / 2 - 0.5, 0.15 * height, -0.3 * height,
	                                  -height / 2 - 3 };

	if (k >= TURNS * OFFSETS * 2) {
		candidate->cost = INFINITY;
		return;
	}
	bool foot = k >= TURNS * OFFSETS;
	double turn = turns[k % TURNS];
	int offset = k / TURNS % OFFSETS;
	double reach = mark->radius + offsets[offset];
	double x = mark->x + reach * sin(turn), y = mark->y + (foot ? reach : -reach) * cos(turn);

	/* At the edge of the page the text stays on it. */
	double shift = fmax(0, bounds->x - (x - label->width / 2)) -
	               fmax(0, x + label->width / 2 - bounds->x - bounds->width);
	candidate->box = (struct box){ x + shift - label->width / 2, y - height / 2,
	                               label->width, height };
	candidate->leader = false;
	candidate->cost = (foot ? 4 : 0) + offset * 1.5 + 5 * fabs(turn) + 0.2 * fabs(shift);
}

/* Whether the leader runs over a mark other than its own. */
static bool leader_hits(const struct candidate *candidate, const struct label_mark *mark)
{
	double dx = candidate->to.x - candidate->from.x, dy = candidate->to.y - candidate->from.y;
	double px = mark->x - candidate->from.x, py = mark->y - candidate->from.y;
	double square = dx * dx + dy * dy;
	double t = square > 0 ? CLAMP((px * dx + py * dy) / square, 0, 1) : 0;
	double away_x = px - t * dx, away_y = py - t * dy;

	return away_x * away_x + away_y * away_y < mark->radius * mark->radius;
}

/* The middle of the box, or its ends, in an area that is not its own? */
static double foreign_share(const struct box *box, const struct label_mark *area)
{
	int within = 0;

	for (int i = 0; i < 5; i++) {
		double dx = box->x + box->width * i / 4 - area->x;
		double dy = box->y + box->height / 2 - area->y;

		within += dx * dx + dy * dy < area->radius * area->radius;
	}
	return within / 5.0;
}

/* Over the edge of a foreign area a name is half read as belonging there. */
static double foreign_cost(const struct label *label, double share)
{
	if (share == 0)
		return 0;
	return label->kind == LABEL_AREA ? cost_edge + share * cost_misnaming
	                                 : cost_edge + share * cost_foreign;
}

/* Whether the text begins or ends right at the mark, as if it were its name. */
static bool is_at_end(const struct box *box, const struct label_mark *mark)
{
	double left = box->x - mark->radius - mark->x;
	double right = mark->x - mark->radius - box->x - box->width;
	double near = fmax(left, right);

	return mark->radius >= mistaken_from && mark->y > box->y &&
	       mark->y < box->y + box->height && near > -mark->radius && near < mistaken_near;
}

static void add_mark_costs(const struct places *places, const struct label *label,
                           struct candidate *candidate)
{
	int own_area = label->kind == LABEL_AREA ? label->mark : label->area;

	for (int m = 0; m < places->mark_count && candidate->cost < cost_most * 2; m++) {
		const struct label_mark *mark = &places->marks[m];
		bool large = mark->radius > 2.5;

		if (candidate->leader && large && !mark->is_area && m != label->mark &&
		    leader_hits(candidate, mark))
			candidate->cost += cost_under_leader;
		if (!mark->is_area && label->kind == LABEL_POINT && m != label->mark &&
		    is_at_end(&candidate->box, mark))
			candidate->cost += cost_mistaken;
		if (!boxes_touch(&candidate->box, &(struct box){ mark->x - mark->radius,
		                 mark->y - mark->radius, 2 * mark->radius, 2 * mark->radius }, 0))
			continue;
		if (mark->is_fixed && box_touches_circle(&candidate->box, mark))
			candidate->cost = INFINITY;
		else if (!mark->is_area)
			candidate->cost += cost_per_area * (large ? cost_large : 1) *
			                   covered(&candidate->box, mark);
		else if (m != own_area)
			candidate->cost += foreign_cost(label, foreign_share(&candidate->box, mark));
	}
}

static void make_candidates(struct places *places, int i)
{
	const struct label *label = &places->labels[i];
	const struct label_mark *mark = &places->marks[label->mark];

	for (int k = 0; k < CANDIDATES; k++) {
		struct candidate *candidate = &places->candidates[(size_t)i * CANDIDATES + k];

		if (label->kind == LABEL_POINT)
			make_beside(label, mark, k, candidate);
		else
			make_on_rim(label, mark, places->bounds, k, candidate);
		if (candidate->cost == INFINITY)
			continue;
		if (!box_within(&candidate->box, places->bounds))
			candidate->cost = INFINITY;
		else
			add_mark_costs(places, label, candidate);
	}
}

/* ---- choice ---- */

static const struct candidate *chosen(const struct places *places, int i)
{
	return places->chosen[i] < 0 ? NULL
	       : &places->candidates[(size_t)i * CANDIDATES + places->chosen[i]];
}

/* What the label at that place costs, with the others where they are, except
 * `without` (-1 = none). INFINITY if it overlaps one of them. */
static double cost_among(const struct places *places, int i, const struct candidate *place,
                         int without)
{
	double cost = place->cost;

	for (int j = 0; j < places->count && cost < INFINITY; j++) {
		const struct candidate *other = chosen(places, j);

		if (j == i || j == without || !other)
			continue;
		if (boxes_touch(&place->box, &other->box, spacing))
			return INFINITY;
		if (place->leader && line_crosses_box(place->from, place->to, &other->box))
			cost += cost_crossing;
		if (other->leader && line_crosses_box(other->from, other->to, &place->box))
			cost += cost_crossing;
		if (place->leader && other->leader &&
		    lines_cross(place->from, place->to, other->from, other->to))
			cost += cost_crossing;
	}
	return cost;
}

/* The best place for label i now; -1 if none is tolerable. */
static int best_place(const struct places *places, int i, int without)
{
	double least = cost_most * places->labels[i].tolerance;
	int best = -1;

	for (int k = 0; k < CANDIDATES; k++) {
		const struct candidate *candidate = &places->candidates[(size_t)i * CANDIDATES + k];

		if (candidate->cost >= least)
			continue;
		double cost = cost_among(places, i, candidate, without);
		if (cost < least) {
			least = cost;
			best = k;
		}
	}
	return best;
}

/* Give label i a place by moving one less important label elsewhere. */
static bool make_way(struct places *places, int i)
{
	for (int j = 0; j < places->count; j++) {
		int before = places->chosen[j];

		if (j == i || before < 0)
			continue;
		int k = best_place(places, i, j);
		if (k < 0)
			continue;
		places->chosen[i] = k;
		places->chosen[j] = -1;
		places->chosen[j] = best_place(places, j, -1);
		/* The less important may even have to go. */
		if (places->chosen[j] >= 0 || j > i)
			return true;
		places->chosen[j] = before;
		places->chosen[i] = -1;
	}
	return false;
}

static void improve(struct places *places)
{
	for (int round = 0; round < IMPROVEMENTS; round++) {
		bool changed = false;

		for (int i = 0; i < places->count; i++) {
			int before = places->chosen[i];

			places->chosen[i] = -1;
			int after = best_place(places, i, -1);
			places->chosen[i] = after >= 0 ? after : before;
			if (places->chosen[i] < 0)
				make_way(places, i);
			changed = changed || places->chosen[i] != before;
		}
		if (!changed)
			break;
	}
}

int labels_place(struct label *labels, int count, const struct label_mark *marks, int mark_count,
                 const struct box *bounds)
{
	struct places places = {
		.labels = labels, .count = count, .marks = marks, .mark_count = mark_count,
		.bounds = bounds,
		.candidates = g_new0(struct candidate, (gsize)count * CANDIDATES),
		.chosen = g_new(int, count),
	};
	int placed = 0;

	for (int i = 0; i < count; i++)
		places.chosen[i] = -1;
	for (int i = 0; i < count; i++)
		make_candidates(&places, i);
	for (int i = 0; i < count; i++)
		places.chosen[i] = best_place(&places, i, -1);
	improve(&places);
	for (int i = 0; i < count; i++) {
		const struct candidate *place = chosen(&places, i);

		labels[i].placed = place != NULL;
		if (!place)
			continue;
		labels[i].left = place->box.x;
		labels[i].baseline = place->box.y + labels[i].ascent;
		labels[i].leader = place->leader;
		labels[i].from = place->from;
		labels[i].to = place->to;
		placed++;
	}
	g_free(places.candidates);
	g_free(places.chosen);
	return placed;
}

struct box label_box(const struct label *label)
{
	return (struct box){ label->left, label->baseline - label->ascent, label->width,
	                     label->ascent + label->descent };
}
