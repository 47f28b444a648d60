/* network_recount.c - what a reduced network is made of, counted message by message */
#include "epistograph/calendar.h"
#include "epistograph/network.h"

#include <glib.h>

struct network_recount {
	struct network *network;
	GHashTable *vertices;           /* person, inside the network -> vertex + 1 */
};

static void widen(int64_t *first, int64_t *last, int64_t instant)
{
	if (instant == INSTANT_NONE)
		return;
	if (*first == INSTANT_NONE || instant < *first)
		*first = instant;
	if (*last == INSTANT_NONE || instant > *last)
		*last = instant;
}

struct network_recount *network_recount_new(struct network *network)
{
	struct network_recount *recount = g_new(struct network_recount, 1);
	struct network_account *account = &network->account;

	recount->network = network;
	recount->vertices = g_hash_table_new(g_int64_hash, g_int64_equal);
	for (int i = 0; i < network->order; i++) {
		struct vertex *vertex = &network->vertices[i];

		vertex->sent = vertex->received = 0;
		vertex->first = vertex->last = INSTANT_NONE;
		g_hash_table_insert(recount->vertices, &vertex->person, GINT_TO_POINTER(i + 1));
	}
	account->reduced_away += account->in_network;
	account->in_network = account->undated = 0;
	account->first = account->last = INSTANT_NONE;
	return recount;
}

/* The vertex of a person, -1 for one who is not in the network. */
static int vertex_of(const struct network_recount *recount, int64_t person)
{
	return GPOINTER_TO_INT(g_hash_table_lookup(recount->vertices, &person)) - 1;
}

void network_recount_add(struct network_recount *recount, const struct correspondence *message)
{
	struct network *network = recount->network;
	struct network_account *account = &network->account;
	int from = vertex_of(recount, message->sender);
	bool counted = false;

	for (size_t i = 0; from >= 0 && i < message->recipient_count; i++) {
		int to = vertex_of(recount, message->recipients[i].person);

		if (to < 0 || network_arc(network, from, to) < 0)
			continue;
		network->vertices[to].received++;
		widen(&network->vertices[to].first, &network->vertices[to].last, message->instant);
		counted = true;
	}
	if (!counted)
		return;
	network->vertices[from].sent++;
	widen(&network->vertices[from].first, &network->vertices[from].last, message->instant);
	widen(&account->first, &account->last, message->instant);
	account->undated += message->instant == INSTANT_NONE;
	account->in_network++;
	account->reduced_away--;
}

void network_recount_free(struct network_recount *recount)
{
	if (!recount)
		return;
	g_hash_table_destroy(recount->vertices);
	g_free(recount);
}
