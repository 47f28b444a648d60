/* layout_pack.c - circles that must not overlap: pushed apart, grown until they jam */
#include "layout_internal.h"

#include <math.h>
#include <string.h>

#include <glib.h>

/* A grid of square cells over the circles; a cell holds the circles whose centre
 * is in it. Cells are as wide as the mean circle, so that few share one. */
struct grid {
	double x, y, cell;
	int columns, rows;
	int *first;                     /* [columns * rows + 1] into members */
	int *members;                   /* circles, cell by cell, ascending within a cell */
};

static int grid_column(const struct grid *grid, double x)
{
	return CLAMP((int)((x - grid->x) / grid->cell), 0, grid->columns - 1);
}

static int grid_row(const struct grid *grid, double y)
{
	return CLAMP((int)((y - grid->y) / grid->cell), 0, grid->rows - 1);
}

static int grid_cell(const struct grid *grid, const struct circle *circle)
{
	return grid_row(grid, circle->y) * grid->columns + grid_column(grid, circle->x);
}

static void grid_init(struct grid *grid, const struct circle *circles, int count, double gap)
{
	double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY, sum = 0;

	for (int i = 0; i < count; i++) {
		left = fmin(left, circles[i].x);
		right = fmax(right, circles[i].x);
		top = fmin(top, circles[i].y);
		bottom = fmax(bottom, circles[i].y);
		sum += 2 * circles[i].radius + gap;
	}
	grid->x = left;
	grid->y = top;
	/* Never more than some four cells a circle, however far they are apart. */
	grid->cell = fmax(sum / count, sqrt((right - left) * (bottom - top) / count) / 2);
	grid->cell = fmax(grid->cell, fmax(right - left, bottom - top) / (4.0 * count));
	grid->cell = fmax(grid->cell, 1e-9);
	grid->columns = (int)((right - left) / grid->cell) + 1;
	grid->rows = (int)((bottom - top) / grid->cell) + 1;
	grid->first = g_new0(int, (gsize)grid->columns * grid->rows + 1);
	grid->members = g_new(int, count);
	for (int i = 0; i < count; i++)
		grid->first[grid_cell(grid, &circles[i]) + 1]++;
	for (int c = 0; c < grid->columns * grid->rows; c++)
		grid->first[c + 1] += grid->first[c];
	for (int i = count - 1; i >= 0; i--) {
		int c = grid_cell(grid, &circles[i]);
		/* Filled from the back: first[c + 1] walks down to the cell's start. */
		grid->members[--grid->first[c + 1]] = i;
	}
	for (int c = 0; c < grid->columns * grid->rows; c++)
		grid->first[c] = grid->first[c + 1];
	grid->first[grid->columns * grid->rows] = count;
}

static void grid_clear(struct grid *grid)
{
	g_free(grid->first);
	g_free(grid->members);
}

void region_clamp(const struct region *region, struct circle *circle)
{
	double r = circle->radius;

	if (region->is_disc) {
		double dx = circle->x - region->x, dy = circle->y - region->y;
		double far = sqrt(dx * dx + dy * dy), most = fmax(0, region->radius - r);

		if (far > most) {
			circle->x = region->x + dx * most / far;
			circle->y = region->y + dy * most / far;
		}
		return;
	}
	circle->x = 2 * r > region->width ? region->width / 2
	                                  : CLAMP(circle->x, r, region->width - r);
	circle->y = 2 * r > region->height ? region->height / 2
	                                   : CLAMP(circle->y, r, region->height - r);
}

/* Move the circles of a pair apart if they are nearer than gap. The smaller one
 * gives way more. Returns by how much they were too near. */
static double push_pair(struct circle *a, struct circle *b, double gap, int i, int j)
{
	double dx = b->x - a->x, dy = b->y - a->y;
	double wanted = a->radius + b->radius + gap;
	double square = dx * dx + dy * dy;

	if (square >= wanted * wanted)
		return 0;
	double distance = sqrt(square);
	if (distance < 1e-9) {          /* on one spot: part them in a direction of their own */
		dx = ((i * 7 + j * 13) % 11) - 5.5;
		dy = ((i * 5 + j * 17) % 13) - 6.5;
		distance = sqrt(dx * dx + dy * dy);
		dx /= distance, dy /= distance;
		distance = 0;
	} else {
		dx /= distance, dy /= distance;
	}
	double lack = wanted - distance;
	double mass_a = a->radius, mass_b = b->radius;
	double share = mass_a + mass_b > 0 ? mass_b / (mass_a + mass_b) : 0.5;
	/* A little more than is lacking, lest they approach each other for ever. */
	double step = lack * 1.02 + 1e-7;

	a->x -= dx * step * share;
	a->y -= dy * step * share;
	b->x += dx * step * (1 - share);
	b->y += dy * step * (1 - share);
	return lack;
}

/* Push circle i away from those no larger than itself. Larger ones look for it
 * themselves, so that the area searched is in proportion to the circle's own. */
static double push_around(struct circle *circles, const struct grid *grid, int i, double gap)
{
	double reach = 2 * circles[i].radius + gap, worst = 0;
	int left = grid_column(grid, circles[i].x - reach);
	int right = grid_column(grid, circles[i].x + reach);
	int top = grid_row(grid, circles[i].y - reach);
	int bottom = grid_row(grid, circles[i].y + reach);

	for (int row = top; row <= bottom; row++) {
		int from = grid->first[row * grid->columns + left];
		int to = grid->first[row * grid->columns + right + 1];

		for (int m = from; m < to; m++) {
			int j = grid->members[m];

			if (circles[j].radius > circles[i].radius ||
			    (circles[j].radius == circles[i].radius && j >= i))
				continue;
			worst = fmax(worst, push_pair(&circles[i], &circles[j], gap, i, j));
		}
	}
	return worst;
}

bool pack_separate(struct circle *circles, int count, double gap, const struct region *region,
                   int rounds)
{
	for (int i = 0; i < count; i++)
		region_clamp(region, &circles[i]);
	if (count < 2)
		return true;
	for (int round = 0; round < rounds; round++) {
		struct grid grid;
		double worst = 0;

		grid_init(&grid, circles, count, gap);
		for (int i = 0; i < count; i++)
			worst = fmax(worst, push_around(circles, &grid, i, gap));
		grid_clear(&grid);
		/* Only a round that moved nothing proves it: a push finds new neighbours. */
		if (worst == 0)
			return true;
		for (int i = 0; i < count; i++)
			region_clamp(region, &circles[i]);
	}
	return false;
}

static void pull_together(struct circle *circles, const struct pull *pulls, int count, double step)
{
	for (int p = 0; p < count; p++) {
		struct circle *a = &circles[pulls[p].a], *b = &circles[pulls[p].b];
		double share = step * pulls[p].strength;
		double dx = b->x - a->x, dy = b->y - a->y;
		double mass_a = a->radius * a->radius, mass_b = b->radius * b->radius;
		double to_a = share * mass_b / (mass_a + mass_b);

		a->x += dx * to_a;
		a->y += dy * to_a;
		b->x -= dx * (share - to_a);
		b->y -= dy * (share - to_a);
	}
}

/* Circles with the room around them: half the gap, less around small ones. */
static void surround(struct circle *circles, const double *radii, int count, double scale,
                     double gap)
{
	for (int i = 0; i < count; i++) {
		double radius = radii[i] * scale;

		circles[i].radius = radius + fmin(gap / 2, fmax(0.3 * radius, gap / 6));
	}
}

static bool region_holds(const struct region *region, const struct circle *circles, int count)
{
	double most = region->is_disc ? region->radius : fmin(region->width, region->height) / 2;

	for (int i = 0; i < count; i++)
		if (circles[i].radius > most)
			return false;
	return true;
}

double pack_grow(struct circle *circles, int count, double gap, const struct region *region,
                 const struct pull *pulls, int pull_count)
{
	struct circle *good = g_memdup2(circles, sizeof *circles * count);
	double *radii = g_new(double, count);
	double kept = 0, next = 1, step = 1.06;

	for (int i = 0; i < count; i++)
		radii[i] = circles[i].radius;
	/* From small discs in their relative places, in ever finer steps; when the ties
	 * allow no more, once more without their pull. */
	while (step > 1.002 && next > 1e-9) {
		surround(circles, radii, count, next, gap);
		for (int turn = 0; turn < 20; turn++) {
			pull_together(circles, pulls, pull_count, (step - 1) * 0.4);
			pack_separate(circles, count, 0, region, 4);
		}
		if (region_holds(region, circles, count) &&
		    pack_separate(circles, count, 0, region, 600)) {
			memcpy(good, circles, sizeof *circles * count);
			kept = next;
		} else if (kept == 0) {
			next /= 2;
			continue;
		} else {
			memcpy(circles, good, sizeof *circles * count);
			step = 1 + (step - 1) / 2;
			if (step <= 1.002 && pull_count > 0)
				step = 1.04, pull_count = 0;
		}
		next = kept * step;
	}
	for (int i = 0; i < count; i++)
		circles[i] = (struct circle){ good[i].x, good[i].y, radii[i] * kept };
	g_free(radii);
	g_free(good);
	return kept;
}

bool pack_separate_nodes(struct layout *layout, int first, int count, double gap,
                           const struct region *region, int rounds)
{
	struct circle *circles = g_new(struct circle, count);

	for (int i = 0; i < count; i++)
		circles[i] =
			(struct circle){ layout->nodes[first + i].x, layout->nodes[first + i].y,
			                  layout->nodes[first + i].radius };
	bool parted = pack_separate(circles, count, gap, region, rounds);
	for (int i = 0; i < count; i++) {
		layout->nodes[first + i].x = circles[i].x;
		layout->nodes[first + i].y = circles[i].y;
	}
	g_free(circles);
	return parted;
}
