/* layout.c - where persons and communities go on the page */
#include "epistograph/layout.h"

#include "epistograph/error.h"
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

/* All in pt, tried out on pages of 180 x 150 mm: there the network has some 340 x
 * 340 pt. On others marks are larger or smaller, though less than the page is. */
static const double usual_side = 340;
static const double least_side = 40;
static const double flat_gap = 5;               /* between nodes of a flat layout */
static const double flat_margin = 14;           /* room for the outermost names */
static const double longest_unit = 90;          /* of a spring's length, in a flat layout */
static const double flat_floor = 1.6;           /* least radius of a node */
static const double disc_floor = 0.9;
enum { SEPARATE_ROUNDS = 500, MOST_SHRINKS = 100 };

static void layout_flat(struct choice *choice, struct layout *layout)
{
	int n;
	struct region box = { .width = layout->width, .height = layout->height };

	layout->radius_floor = flat_floor * sqrt(layout->unit);
	choice_nodes(choice, layout);
	choice_ties(choice, layout);
	size_nodes(choice->analysis, layout);
	size_ties(layout);
	n = layout->node_count;

	struct spring *springs = g_new(struct spring, layout->tie_count);
	double *x = g_new(double, n), *y = g_new(double, n);
	for (int t = 0; t < layout->tie_count; t++) {
		const struct layout_tie *tie = &layout->ties[t];
		springs[t] = (struct spring){ tie->a, tie->b,
		                              size_tie_length(choice->analysis, layout, tie) };
	}
	double edge = fmin(flat_margin, 0.1 * fmin(box.width, box.height));
	stress_spiral(n, x, y);
	stress_layout(n, springs, layout->tie_count, x, y);
	stress_align(n, x, y, box.height > box.width);
	stress_stretch(n, x, y, &(struct layout_box){ edge, edge, box.width - 2 * edge,
	                                      box.height - 2 * edge },
	               longest_unit * layout->unit);
	for (int i = 0; i < n; i++)
		layout->nodes[i].x = x[i], layout->nodes[i].y = y[i];
	for (int tries = 0; tries < MOST_SHRINKS; tries++) {
		if (pack_separate_nodes(layout, 0, n, flat_gap * layout->unit, &box,
		                        SEPARATE_ROUNDS))
			break;
		size_shrink_nodes(layout);
	}
	g_free(x);
	g_free(y);
	g_free(springs);
}

/* Turn the discs towards each other and untangle what is in them. */
static void arrange_discs(const struct choice *choice, struct layout *layout)
{
	double complex *outward = outward_directions(choice, layout);
	int first = 0;

	for (int d = 0; d < layout->disc_count; d++) {
		turn_disc(layout, d, first, outward);
		untangle_disc(layout, d, first, outward);
		first += layout->discs[d].shown;
	}
	g_free(outward);
}

static void layout_two_level(struct choice *choice, struct layout *layout)
{
	choice_discs(choice, layout);
	choice_bundles(choice, layout);
	discs_place(layout);
	layout->radius_floor = disc_floor * sqrt(layout->unit);
	choice_nodes(choice, layout);
	crowd_make_room(layout);
	choice_ties(choice, layout);
	choice_thin_bundles(layout);
	size_nodes(choice->analysis, layout);
	size_ties(layout);
	size_bundles(layout);
	inside_place_nodes(choice->analysis, layout);
	arrange_discs(choice, layout);
	inside_part_nodes(layout);
	crowd_place(choice, layout);
	bend_bundles(layout);
}

int layout_network(const struct analysis *analysis, double width, double height,
                   struct layout *layout, struct error *err)
{
	struct choice choice;

	*layout = (struct layout){ .width = width, .height = height, .unit = 1 };
	if (!(width >= least_side && height >= least_side))
		return error_set(err, "the page leaves no room for the network: make it larger");
	layout->unit = CLAMP(sqrt(width * height) / usual_side, 0.4, 3);
	if (analysis->network->order == 0)
		return 0;
	choice_init(&choice, analysis);
	if (analysis->network->order <= LAYOUT_FLAT_ORDER) {
		layout_flat(&choice, layout);
	} else {
		layout->form = LAYOUT_TWO_LEVEL;
		layout_two_level(&choice, layout);
	}
	choice_clear(&choice);
	return 0;
}

void layout_clear(struct layout *layout)
{
	g_free(layout->nodes);
	g_free(layout->discs);
	g_free(layout->specks);
	g_free(layout->ties);
	g_free(layout->bundles);
	*layout = (struct layout){ 0 };
}
