/* backbone.c - the disparity filter */
#include "epistograph/backbone.h"

#include <math.h>

#include <glib.h>

/* How likely a share this large is by chance, seen from one end. */
static double chance(double weight, double strength, int ties)
{
	return ties > 1 ? pow(1 - weight / strength, ties - 1) : 1;
}

void backbone_disparity(const struct network *network, const struct edge *edges, int count,
                        double alpha, bool *keep)
{
	double *strength = g_new(double, network->order);
	int *ties = g_new0(int, network->order);

	network_strength(network, strength);
	for (int i = 0; i < count; i++) {
		ties[edges[i].from]++;
		ties[edges[i].to]++;
	}
	for (int i = 0; i < network->size; i++)
		keep[i] = false;
	for (int i = 0; i < count; i++) {
		int a = edges[i].from, b = edges[i].to;
		double least = fmin(chance(edges[i].weight, strength[a], ties[a]),
		                    chance(edges[i].weight, strength[b], ties[b]));

		if (!(least < alpha))
			continue;
		if (edges[i].forward > 0)
			keep[network_arc(network, a, b)] = true;
		if (edges[i].backward > 0)
			keep[network_arc(network, b, a)] = true;
	}
	g_free(ties);
	g_free(strength);
}
