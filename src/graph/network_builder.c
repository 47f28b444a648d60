/* network_builder.c - messages summed into a network, in any order */
#include "epistograph/network.h"
#include "network_internal.h"

#include <stdlib.h>
#include <string.h>

#include "epistograph/calendar.h"

/* One message's share for one recipient is 1/k of this. Sums of whole numbers do
 * not depend on the order of the messages, sums of fractions would. A multiple
 * of the least common multiple of 1..24 makes shares exact up to 24 recipients
 * (beyond, within 1e-12), and leaves room for 13 million messages on one arc. */
#define SHARE_UNIT (5354228880 * INT64_C(128))

/* From keys other than 0 to numbers: open addressing, at most half full. */
struct slot {
	uint64_t key;
	int value;
};

struct table {
	struct slot *slots;
	int bits;                       /* 1 << bits slots */
	int count;
};

struct sum {
	struct arc arc;                 /* weight is not used yet */
	int64_t shares;
};

struct target {
	int vertex;
	enum role role;
};

/* How long an answer took. */
struct delay {
	int sum;                        /* index into sums */
	int64_t delay_s;
};

struct network_builder {
	enum weight weight;
	enum edges edges;
	struct vertex *vertices;        /* all persons, ascending by address; strings borrowed */
	int vertex_count;
	struct table by_person;         /* person id to vertex */
	struct table by_pair;           /* source and target to sum */
	GArray *sums;
	GArray *targets;                /* of the message at hand: struct target */
	GArray *delays;                 /* struct delay */
	struct network_account account;
};

/* ---- table ---- */

static void table_init(struct table *table, int bits)
{
	table->bits = bits;
	table->count = 0;
	table->slots = g_new0(struct slot, (gsize)1 << bits);
}

static void table_clear(struct table *table)
{
	g_free(table->slots);
}

/* The slot of key, or the free slot where it belongs. */
static struct slot *table_slot(const struct table *table, uint64_t key)
{
	size_t mask = ((size_t)1 << table->bits) - 1;
	/* Multiplicative hashing with 2^64 / golden ratio (Knuth, TAOCP 3, 6.4). */
	size_t place = (key * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - table->bits);

	while (table->slots[place].key != 0 && table->slots[place].key != key)
		place = (place + 1) & mask;
	return &table->slots[place];
}

static void table_grow(struct table *table)
{
	struct table larger;

	table_init(&larger, table->bits + 1);
	for (size_t i = 0; i < (size_t)1 << table->bits; i++)
		if (table->slots[i].key != 0)
			*table_slot(&larger, table->slots[i].key) = table->slots[i];
	larger.count = table->count;
	table_clear(table);
	*table = larger;
}

/* The value of key; if there is none it becomes `value`. */
static int table_enter(struct table *table, uint64_t key, int value)
{
	struct slot *slot = table_slot(table, key);

	if (slot->key == key)
		return slot->value;
	if (2 * ((size_t)table->count + 1) > (size_t)1 << table->bits) {
		table_grow(table);
		slot = table_slot(table, key);
	}
	*slot = (struct slot){ key, value };
	table->count++;
	return value;
}

/* The value of key, or -1. */
static int table_look_up(const struct table *table, uint64_t key)
{
	const struct slot *slot;

	if (key == 0)
		return -1;
	slot = table_slot(table, key);
	return slot->key == key ? slot->value : -1;
}

/* ---- builder ---- */

static int compare_vertices(const void *a, const void *b)
{
	const struct vertex *x = a, *y = b;
	int order = strcmp(x->address, y->address);

	if (order != 0)
		return order;
	return x->person < y->person ? -1 : x->person > y->person;
}

struct network_builder *network_builder_new(const struct person *persons, size_t count,
                                            enum weight weight)
{
	struct network_builder *builder = g_new0(struct network_builder, 1);

	builder->weight = weight;
	builder->vertices = g_new(struct vertex, count);
	builder->vertex_count = (int)count;
	for (size_t i = 0; i < count; i++)
		builder->vertices[i] = (struct vertex){
			.person = persons[i].id,
			.address = persons[i].address,
			.name = persons[i].name ? persons[i].name : "",
			.first = INSTANT_NONE,
			.last = INSTANT_NONE,
		};
	if (count > 1)
		qsort(builder->vertices, count, sizeof *builder->vertices, compare_vertices);
	table_init(&builder->by_person, 10);
	for (size_t i = 0; i < count; i++)
		if (builder->vertices[i].person != 0)   /* 0 stands for nobody */
			table_enter(&builder->by_person, (uint64_t)builder->vertices[i].person,
			            (int)i);
	table_init(&builder->by_pair, 10);
	builder->sums = g_array_new(FALSE, FALSE, sizeof(struct sum));
	builder->targets = g_array_new(FALSE, FALSE, sizeof(struct target));
	builder->delays = g_array_new(FALSE, FALSE, sizeof(struct delay));
	builder->account.first = builder->account.last = INSTANT_NONE;
	return builder;
}

void network_builder_free(struct network_builder *builder)
{
	if (!builder)
		return;
	g_free(builder->vertices);
	table_clear(&builder->by_person);
	table_clear(&builder->by_pair);
	g_array_free(builder->sums, TRUE);
	g_array_free(builder->targets, TRUE);
	g_array_free(builder->delays, TRUE);
	g_free(builder);
}

void network_builder_set_edges(struct network_builder *builder, enum edges edges)
{
	builder->edges = edges;
}

static void widen(int64_t *first, int64_t *last, int64_t instant)
{
	if (instant == INSTANT_NONE)
		return;
	if (*first == INSTANT_NONE || instant < *first)
		*first = instant;
	if (*last == INSTANT_NONE || instant > *last)
		*last = instant;
}

static struct sum *find_sum(struct network_builder *builder, int from, int to)
{
	/* Never 0, since from and to differ. */
	uint64_t key = (uint64_t)from << 32 | (uint32_t)to;
	int next = (int)builder->sums->len;
	int place = table_enter(&builder->by_pair, key, next);

	if (place == next) {
		struct sum sum = {
			.arc = { .from = from, .to = to, .first = INSTANT_NONE,
			         .last = INSTANT_NONE, .median_delay_s = INSTANT_NONE },
		};

		g_array_append_val(builder->sums, sum);
	}
	return &g_array_index(builder->sums, struct sum, place);
}

static void add_receipt(struct network_builder *builder, int from, struct target target,
                        int64_t share, const struct correspondence *message)
{
	struct sum *sum = find_sum(builder, from, target.vertex);
	struct delay delay = { (int)(sum - (struct sum *)(void *)builder->sums->data),
	                       message->delay_s };

	if (builder->edges == EDGES_REPLY && delay.delay_s != INSTANT_NONE)
		g_array_append_val(builder->delays, delay);
	sum->arc.messages++;
	sum->shares += share;
	widen(&sum->arc.first, &sum->arc.last, message->instant);
	switch (target.role) {
	case ROLE_TO:
		sum->arc.to_count++;
		break;
	case ROLE_CC:
		sum->arc.cc_count++;
		break;
	case ROLE_BCC:
		sum->arc.bcc_count++;
		break;
	default:
		sum->arc.other_count++;
	}
}

/* builder->targets get mail from vertex `from`. */
static void add_message(struct network_builder *builder, int from,
                        const struct correspondence *message)
{
	int64_t instant = message->instant;
	struct vertex *sender = &builder->vertices[from];
	int64_t share = SHARE_UNIT / builder->targets->len;

	builder->account.in_network++;
	builder->account.undated += instant == INSTANT_NONE;
	widen(&builder->account.first, &builder->account.last, instant);
	sender->sent++;
	widen(&sender->first, &sender->last, instant);
	for (guint i = 0; i < builder->targets->len; i++) {
		struct target target = g_array_index(builder->targets, struct target, i);
		struct vertex *receiver = &builder->vertices[target.vertex];

		add_receipt(builder, from, target, share, message);
		receiver->received++;
		widen(&receiver->first, &receiver->last, instant);
	}
}

void network_builder_add(struct network_builder *builder, const struct correspondence *message)
{
	int from = table_look_up(&builder->by_person, (uint64_t)message->sender);
	size_t known = 0;

	builder->account.messages++;
	if (from < 0) {
		builder->account.without_sender++;
		return;
	}
	g_array_set_size(builder->targets, 0);
	for (size_t i = 0; i < message->recipient_count; i++) {
		const struct recipient *recipient = &message->recipients[i];
		struct target target = {
			table_look_up(&builder->by_person, (uint64_t)recipient->person),
			recipient->role,
		};

		known += target.vertex >= 0;
		if (target.vertex >= 0 && target.vertex != from)
			g_array_append_val(builder->targets, target);
	}
	if (known == 0)
		builder->account.without_recipient++;
	else if (builder->targets->len == 0)
		builder->account.only_to_self++;
	else
		add_message(builder, from, message);
}

/* ---- finish ---- */

/* The vertices with arcs, with strings of their own. Returns the new place of
 * each of the builder's vertices; g_free() it. */
static int *take_vertices(const struct network_builder *builder, struct network *network)
{
	int *index = g_new(int, builder->vertex_count);

	network->vertices = g_new(struct vertex, builder->vertex_count);
	for (int i = 0; i < builder->vertex_count; i++) {
		struct vertex vertex = builder->vertices[i];

		if (vertex.sent + vertex.received == 0)
			continue;
		vertex.address = network_strings_add(network->strings, vertex.address);
		vertex.name = network_strings_add(network->strings, vertex.name);
		index[i] = network->order++;
		network->vertices[index[i]] = vertex;
	}
	network->vertices = g_renew(struct vertex, network->vertices, network->order);
	return index;
}

static int compare_delays(const void *a, const void *b)
{
	const struct delay *x = a, *y = b;

	if (x->sum != y->sum)
		return x->sum < y->sum ? -1 : 1;
	return (x->delay_s > y->delay_s) - (x->delay_s < y->delay_s);
}

/* Of an even number the lower of the two in the middle. */
static void set_medians(struct network_builder *builder)
{
	struct delay *delays = (struct delay *)(void *)builder->delays->data;
	guint count = builder->delays->len;

	if (count)
		qsort(delays, count, sizeof *delays, compare_delays);
	for (guint i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && delays[next].sum == delays[i].sum;)
			next++;
		g_array_index(builder->sums, struct sum, delays[i].sum).arc.median_delay_s =
			delays[i + (next - i - 1) / 2].delay_s;
	}
}

static void take_arcs(const struct network_builder *builder, const int *index,
                      struct network *network)
{
	int count = (int)builder->sums->len;
	const struct sum *sums = (const struct sum *)(void *)builder->sums->data;
	int *from = g_new(int, count), *to = g_new(int, count), *any = g_new(int, count);
	int *by_target, *sorted;

	for (int i = 0; i < count; i++) {
		from[i] = index[sums[i].arc.from];
		to[i] = index[sums[i].arc.to];
		any[i] = i;
	}
	by_target = network_sort_by_key(to, network->order, any, count);
	sorted = network_sort_by_key(from, network->order, by_target, count);
	network->arcs = g_new(struct arc, count);
	network->size = count;
	for (int i = 0; i < count; i++) {
		const struct sum *sum = &sums[sorted[i]];
		struct arc *arc = &network->arcs[i];

		*arc = sum->arc;
		arc->from = from[sorted[i]];
		arc->to = to[sorted[i]];
		arc->weight = builder->weight == WEIGHT_SHARED ?
		              (double)sum->shares / (double)SHARE_UNIT : (double)arc->messages;
	}
	g_free(from);
	g_free(to);
	g_free(any);
	g_free(by_target);
	g_free(sorted);
}

void network_builder_finish(struct network_builder *builder, struct network *network)
{
	int *index;

	*network = (struct network){
		.weight = builder->weight,
		.edges = builder->edges,
		.account = builder->account,
		.strings = network_strings_new(),
	};
	set_medians(builder);
	index = take_vertices(builder, network);
	take_arcs(builder, index, network);
	g_free(index);
	network_builder_free(builder);
}
