/* layout_room.c - dots give way to names */
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

static const double clearance = 0.4;    /* pt between a dot and a name */
static const double step = 0.9;         /* pt from one place that is tried to the next */

/* Whether the circle comes nearer to the box than gap. */
static bool box_touches(const struct layout_box *box, double x, double y, double radius, double gap)
{
	double dx = x - CLAMP(x, box->left, box->left + box->width);
	double dy = y - CLAMP(y, box->top, box->top + box->height);
	double reach = radius + gap;

	return dx * dx + dy * dy < reach * reach;
}

static bool any_touches(const struct layout_box *boxes, int count, const struct layout_node *node,
                        double x, double y)
{
	for (int b = 0; b < count; b++)
		if (box_touches(&boxes[b], x, y, node->radius, clearance))
			return true;
	return false;
}

/* Whether node i may stand there: in its disc or on the page, beside all others. */
static bool is_free(const struct layout *layout, int i, int first, int end, double x, double y)
{
	const struct layout_node *node = &layout->nodes[i];
	struct circle circle = { x, y, node->radius }, clamped = circle;
	struct region region = { .width = layout->width, .height = layout->height };

	if (node->disc >= 0)
		region = (struct region){ .is_disc = true, .x = layout->discs[node->disc].x,
		                          .y = layout->discs[node->disc].y,
		                          .radius = layout->discs[node->disc].core };
	region_clamp(&region, &clamped);
	if (fabs(clamped.x - x) + fabs(clamped.y - y) > 1e-9)
		return false;
	for (int j = first; j < end; j++) {
		const struct layout_node *other = &layout->nodes[j];
		double dx = other->x - x, dy = other->y - y;
		double reach = other->radius + node->radius + LAYOUT_NODE_GAP / 2;

		if (j != i && dx * dx + dy * dy < reach * reach)
			return false;
	}
	return true;
}

/* Move node i, of nodes first .. end that share its disc, to the nearest free place. */
static void move_away(struct layout *layout, int i, int first, int end,
                      const struct layout_box *boxes, int count)
{
	struct layout_node *node = &layout->nodes[i];
	double widest = node->disc >= 0 ? 2 * layout->discs[node->disc].radius : layout->width / 3;

	for (double far = step; far < widest; far += step) {
		int tries = (int)(LAYOUT_TAU * far / step);

		for (int t = 0; t < tries; t++) {
			double x = node->x + far * cos(LAYOUT_TAU * t / tries);
			double y = node->y + far * sin(LAYOUT_TAU * t / tries);

			if (any_touches(boxes, count, node, x, y) || !is_free(layout, i, first, end, x, y))
				continue;
			node->x = x;
			node->y = y;
			return;
		}
	}
}

void layout_make_room(struct layout *layout, const struct layout_box *boxes, int count,
                      const bool *stays, bool *clear)
{
	for (int first = 0, end; first < layout->node_count; first = end) {
		for (end = first; end < layout->node_count &&
		                  layout->nodes[end].disc == layout->nodes[first].disc;)
			end++;
		for (int i = first; i < end; i++)
			if (!stays[i] && any_touches(boxes, count, &layout->nodes[i],
			                             layout->nodes[i].x, layout->nodes[i].y))
				move_away(layout, i, first, end, boxes, count);
	}
	for (int b = 0; b < count; b++) {
		clear[b] = true;
		for (int i = 0; i < layout->node_count && clear[b]; i++)
			clear[b] = !box_touches(&boxes[b], layout->nodes[i].x, layout->nodes[i].y,
			                        layout->nodes[i].radius, 0);
	}
}
