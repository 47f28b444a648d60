/* layout_stress.c - distances on the page after distances in the graph
 *
 * Stress majorization with the pairs weighted by 1/d^2, moved one at a time,
 * which never increases the stress (Gansner, Koren & North 2004). */
#include "layout_internal.h"

#include <math.h>

#include <glib.h>

void stress_spiral(int n, double *x, double *y)
{
	/* The golden angle spreads any number evenly (Vogel 1979). */
	const double golden = 2.399963229728653;

	for (int i = 0; i < n; i++) {
		double radius = sqrt(i + 0.5) * 0.564;  /* one place in each unit of area */

		x[i] = radius * cos(golden * i);
		y[i] = radius * sin(golden * i);
	}
}

/* Where vertex i would have all its distances right, as the others see it. */
static double stress_move(int n, const double *distances, double *x, double *y, int i)
{
	const double *row = distances + (size_t)i * n;
	double sum_x = 0, sum_y = 0, sum = 0;

	for (int j = 0; j < n; j++) {
		if (j == i || !(row[j] > 0))
			continue;
		double dx = x[i] - x[j], dy = y[i] - y[j];
		double norm = sqrt(dx * dx + dy * dy), weight = 1 / (row[j] * row[j]);
		double ratio = norm > 1e-12 ? row[j] / norm : 0;

		sum_x += weight * (x[j] + ratio * dx);
		sum_y += weight * (y[j] + ratio * dy);
		sum += weight;
	}
	if (sum == 0)
		return 0;
	double moved = fabs(sum_x / sum - x[i]) + fabs(sum_y / sum - y[i]);
	x[i] = sum_x / sum;
	y[i] = sum_y / sum;
	return moved;
}

static void stress_centre(int n, double *x, double *y)
{
	double mean_x = 0, mean_y = 0;

	for (int i = 0; i < n; i++)
		mean_x += x[i] / n, mean_y += y[i] / n;
	for (int i = 0; i < n; i++)
		x[i] -= mean_x, y[i] -= mean_y;
}

void stress_majorize(int n, const double *distances, double *x, double *y, int rounds)
{
	double mean = 0;

	for (size_t k = 0; k < (size_t)n * n; k++)
		mean += distances[k] / ((double)n * n);
	for (int round = 0; round < rounds; round++) {
		double moved = 0;

		for (int i = 0; i < n; i++)
			moved += stress_move(n, distances, x, y, i);
		if (moved < 1e-4 * mean * n)
			break;
	}
	stress_centre(n, x, y);
}

/* Shortest paths between all pairs (Floyd 1962); INFINITY where there is none. */
static void shortest_paths(int n, const struct spring *springs, int count, double *distances)
{
	for (size_t k = 0; k < (size_t)n * n; k++)
		distances[k] = INFINITY;
	for (int i = 0; i < n; i++)
		distances[(size_t)i * n + i] = 0;
	for (int s = 0; s < count; s++) {
		size_t there = (size_t)springs[s].a * n + springs[s].b;
		size_t back = (size_t)springs[s].b * n + springs[s].a;

		distances[there] = distances[back] = fmin(distances[there], springs[s].length);
	}
	for (int k = 0; k < n; k++) {
		const double *via = distances + (size_t)k * n;

		for (int i = 0; i < n; i++) {
			double *row = distances + (size_t)i * n, leg = row[k];

			if (leg == INFINITY)
				continue;
			for (int j = 0; j < n; j++)
				row[j] = fmin(row[j], leg + via[j]);
		}
	}
}

void stress_layout(int n, const struct spring *springs, int spring_count, double *x, double *y)
{
	double *distances = g_new(double, (size_t)n * n);
	double widest = 0;

	shortest_paths(n, springs, spring_count, distances);
	for (size_t k = 0; k < (size_t)n * n; k++)
		if (distances[k] < INFINITY)
			widest = fmax(widest, distances[k]);
	for (size_t k = 0; k < (size_t)n * n; k++)
		if (distances[k] == INFINITY)
			distances[k] = widest > 0 ? 0.75 * widest + 0.5 : 1;
	stress_majorize(n, distances, x, y, 150);
	g_free(distances);
}

void stress_align(int n, double *x, double *y, bool tall)
{
	double xx = 0, yy = 0, xy = 0;

	for (int i = 0; i < n; i++) {
		xx += x[i] * x[i];
		yy += y[i] * y[i];
		xy += x[i] * y[i];
	}
	if (xy == 0 && xx == yy)
		return;
	double angle = 0.5 * atan2(2 * xy, xx - yy) + (tall ? LAYOUT_TAU / 4 : 0);
	double c = cos(angle), s = sin(angle);

	for (int i = 0; i < n; i++) {
		double turned = c * x[i] + s * y[i];

		y[i] = c * y[i] - s * x[i];
		x[i] = turned;
	}
}

void stress_stretch(int n, double *x, double *y, const struct layout_box *box, double most)
{
	double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;

	for (int i = 0; i < n; i++) {
		x0 = fmin(x0, x[i]), x1 = fmax(x1, x[i]);
		y0 = fmin(y0, y[i]), y1 = fmax(y1, y[i]);
	}
	double across = x1 - x0 > 1e-9 ? fmin(box->width / (x1 - x0), most) : most;
	double down = y1 - y0 > 1e-9 ? fmin(box->height / (y1 - y0), most) : most;
	across = fmin(across, 1.5 * down);
	down = fmin(down, 1.5 * across);
	for (int i = 0; i < n; i++) {
		x[i] = box->left + box->width / 2 + (x[i] - (x0 + x1) / 2) * across;
		y[i] = box->top + box->height / 2 + (y[i] - (y0 + y1) / 2) * down;
	}
}
