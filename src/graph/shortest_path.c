/* shortest_path.c - betweenness and harmonic closeness over a compact adjacency
 *
 * Sources are worked off in blocks of BLOCK. A thread takes the next block, sums
 * it up in an accumulator of its own, and adds that to the total when all blocks
 * before it have been added. Every sum is thus made in one fixed order, and the
 * result is the same to the last bit for any number of threads. */
#include "epistograph/shortest_path.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include <glib.h>

#define BLOCK 64                        /* sources; the bits of a word in the parallel search */
#define LENGTH_EPSILON 1e-10            /* as IGRAPH_SHORTEST_PATH_EPSILON */

/* ---- adjacency ---- */

static void adjacency_init(struct adjacency *adjacency, int order, int64_t size)
{
	*adjacency = (struct adjacency){
		.order = order,
		.size = size,
		.first = g_new0(int64_t, (gsize)order + 1),
		.target = g_new(int, size),
		.length = g_new(double, size),
		.first_back = g_new0(int, (gsize)order + 1),
		.leaf = g_new0(bool, order),
		.uniform = true,
	};
}

/* Sum up the counts in first[v + 1] and first_back[v + 1]. */
static void sum_counts(struct adjacency *adjacency)
{
	for (int v = 0; v < adjacency->order; v++) {
		adjacency->first[v + 1] += adjacency->first[v];
		adjacency->first_back[v + 1] += adjacency->first_back[v];
	}
}

static void find_uniform(struct adjacency *adjacency)
{
	for (int64_t i = 1; i < adjacency->size; i++)
		adjacency->uniform &= adjacency->length[i] == adjacency->length[0];
}

/* Most people in a mail archive have one correspondent. One arc leads to a leaf,
 * and none from it, or only back: what is found there is final, without a heap. */
static void find_leaves(struct adjacency *adjacency)
{
	int *before = g_new0(int, adjacency->order);

	for (int v = 0; v < adjacency->order; v++)
		for (int64_t i = adjacency->first[v]; i < adjacency->first[v + 1]; i++)
			before[adjacency->target[i]] = v;
	for (int v = 0; v < adjacency->order; v++) {
		int64_t first = adjacency->first[v], out = adjacency->first[v + 1] - first;
		int in = adjacency->first_back[v + 1] - adjacency->first_back[v];

		adjacency->leaf[v] = in == 1 && (out == 0 || (out == 1 &&
		                     adjacency->target[first] == before[v]));
	}
	g_free(before);
}

void adjacency_init_directed(struct adjacency *adjacency, const struct network *network)
{
	adjacency_init(adjacency, network->order, network->size);
	for (int i = 0; i < network->size; i++) {
		const struct arc *arc = &network->arcs[i];

		adjacency->first[arc->from + 1]++;
		adjacency->first_back[arc->to + 1]++;
		adjacency->target[i] = arc->to;         /* arcs ascend by source */
		adjacency->length[i] = 1 / arc->weight;
	}
	sum_counts(adjacency);
	find_uniform(adjacency);
	find_leaves(adjacency);
}

void adjacency_init_undirected(struct adjacency *adjacency, int order, const struct edge *edges,
                               int count)
{
	int64_t *place;

	adjacency_init(adjacency, order, 2 * (int64_t)count);
	for (int i = 0; i < count; i++) {
		adjacency->first[edges[i].from + 1]++;
		adjacency->first[edges[i].to + 1]++;
		adjacency->first_back[edges[i].from + 1]++;
		adjacency->first_back[edges[i].to + 1]++;
	}
	sum_counts(adjacency);
	place = g_memdup2(adjacency->first, ((gsize)order + 1) * sizeof *place);
	for (int i = 0; i < count; i++) {
		int64_t there = place[edges[i].from]++, back = place[edges[i].to]++;

		adjacency->target[there] = edges[i].to;
		adjacency->target[back] = edges[i].from;
		adjacency->length[there] = adjacency->length[back] = 1 / edges[i].weight;
	}
	g_free(place);
	find_uniform(adjacency);
	find_leaves(adjacency);
}

void adjacency_clear(struct adjacency *adjacency)
{
	g_free(adjacency->first);
	g_free(adjacency->target);
	g_free(adjacency->length);
	g_free(adjacency->first_back);
	g_free(adjacency->leaf);
	*adjacency = (struct adjacency){ 0 };
}

double paths_source_cost(const struct adjacency *directed, const struct adjacency *undirected)
{
	double there = (double)directed->order + (double)directed->size;
	double around = (double)undirected->order + (double)undirected->size;

	/* Measured: ns for each vertex and arc, counting steps or with a heap. */
	return there * (directed->uniform ? 5 : 15) + around * (undirected->uniform ? 0.2 : 12);
}

int sources_choose(int order, int count, uint64_t seed, int **sources)
{
	GRand *random = g_rand_new_with_seed_array(
		(const guint32[]){ (guint32)seed, (guint32)(seed >> 32) }, 2);
	int chosen = 0;

	count = MIN(count, order);
	*sources = g_new(int, count);
	/* Selection sampling (Knuth, TAOCP 2, 3.4.2, algorithm S). */
	for (int v = 0; v < order && chosen < count; v++)
		if (g_rand_double(random) * (order - v) < count - chosen)
			(*sources)[chosen++] = v;
	g_rand_free(random);
	return chosen;
}

/* ---- blocks of sources over threads ---- */

struct job {
	const struct adjacency *adjacency;
	const int *sources;
	int source_count;
	void (*block)(const struct adjacency *adjacency, const int *sources, int count,
	              double *sum);
	double *total;                  /* [order] */
	pthread_mutex_t mutex;
	pthread_cond_t added;
	int next;                       /* block to be taken */
	int turn;                       /* block to be added to total */
};

static int take_block(struct job *job)
{
	int block;

	pthread_mutex_lock(&job->mutex);
	block = job->next++;
	pthread_mutex_unlock(&job->mutex);
	return block;
}

static void add_block(struct job *job, int block, const double *sum)
{
	pthread_mutex_lock(&job->mutex);
	while (job->turn != block)
		pthread_cond_wait(&job->added, &job->mutex);
	for (int v = 0; v < job->adjacency->order; v++)
		job->total[v] += sum[v];
	job->turn++;
	pthread_cond_broadcast(&job->added);
	pthread_mutex_unlock(&job->mutex);
}

static void *work(void *data)
{
	struct job *job = data;
	int order = job->adjacency->order;
	double *sum = g_new(double, order);

	for (;;) {
		int block = take_block(job);
		int start = block * BLOCK;

		if (start >= job->source_count)
			break;
		for (int v = 0; v < order; v++)
			sum[v] = 0;
		job->block(job->adjacency, job->sources + start,
		           MIN(BLOCK, job->source_count - start), sum);
		add_block(job, block, sum);
	}
	g_free(sum);
	return NULL;
}

static void run_job(struct job *job, int threads)
{
	pthread_t *helpers = g_new(pthread_t, threads);
	int started = 0;

	pthread_mutex_init(&job->mutex, NULL);
	pthread_cond_init(&job->added, NULL);
	for (int v = 0; v < job->adjacency->order; v++)
		job->total[v] = 0;
	/* A thread that cannot be had is not missed: the others do its blocks. */
	for (int i = 1; i < threads; i++)
		if (pthread_create(&helpers[started], NULL, work, job) == 0)
			started++;
	work(job);
	for (int i = 0; i < started; i++)
		pthread_join(helpers[i], NULL);
	pthread_cond_destroy(&job->added);
	pthread_mutex_destroy(&job->mutex);
	g_free(helpers);
}

/* ---- a heap of vertices by distance ---- */

/* A vertex is put in again when a shorter path to it is found, and what comes
 * out late is passed over: cheaper than keeping track of where each one is. */
struct heap_item {
	double distance;
	int vertex;
};

struct heap {
	struct heap_item *items;        /* four children each: fewer cache lines than two */
	int count, room;
};

static void heap_put(struct heap *heap, double distance, int vertex)
{
	int place = heap->count++;

	if (heap->count > heap->room) {
		heap->room = MAX(1024, 2 * heap->room);
		heap->items = g_renew(struct heap_item, heap->items, heap->room);
	}
	while (place > 0 && heap->items[(place - 1) / 4].distance > distance) {
		heap->items[place] = heap->items[(place - 1) / 4];
		place = (place - 1) / 4;
	}
	heap->items[place] = (struct heap_item){ distance, vertex };
}

static struct heap_item heap_take(struct heap *heap)
{
	struct heap_item nearest = heap->items[0];
	struct heap_item moved = heap->items[--heap->count];
	int place = 0;

	for (;;) {
		int child = 4 * place + 1, end = MIN(child + 4, heap->count), least = child;

		if (child >= heap->count)
			break;
		for (child++; child < end; child++)
			if (heap->items[child].distance < heap->items[least].distance)
				least = child;
		if (heap->items[least].distance >= moved.distance)
			break;
		heap->items[place] = heap->items[least];
		place = least;
	}
	heap->items[place] = moved;
	return nearest;
}

/* ---- one search ---- */

/* All shortest paths from one source. Between searches distance is INFINITY and
 * settled false everywhere. */
struct search {
	struct heap heap;
	double *distance;
	bool *settled;
	int *reached, reached_count;    /* in the order of their distance */
	double *paths;                  /* shortest paths from the source */
	double *share;                  /* dependency of the source on the vertex */
	int *before, *before_count;     /* predecessors of v: before[first_back[v]] ... */
};

static void search_init(struct search *search, const struct adjacency *adjacency)
{
	int order = adjacency->order;

	*search = (struct search){
		.distance = g_new(double, order),
		.settled = g_new0(bool, order),
		.reached = g_new(int, order),
		.paths = g_new(double, order),
		.share = g_new(double, order),
		.before = g_new(int, adjacency->size),
		.before_count = g_new(int, order),
	};
	for (int v = 0; v < order; v++)
		search->distance[v] = INFINITY;
}

static void search_clear(struct search *search)
{
	g_free(search->distance);
	g_free(search->settled);
	g_free(search->reached);
	g_free(search->paths);
	g_free(search->share);
	g_free(search->before);
	g_free(search->before_count);
	g_free(search->heap.items);
}

static void search_begin(struct search *search, int source)
{
	search->reached_count = 0;
	search->distance[source] = 0;
	search->paths[source] = 1;
	search->before_count[source] = 0;
}

static void search_forget(struct search *search)
{
	for (int i = 0; i < search->reached_count; i++) {
		search->distance[search->reached[i]] = INFINITY;
		search->settled[search->reached[i]] = false;
	}
}

/* The nearest vertex not yet settled; -1 if there is none. */
static int next_nearest(struct search *search)
{
	while (search->heap.count > 0) {
		struct heap_item item = heap_take(&search->heap);

		if (search->settled[item.vertex])
			continue;
		search->settled[item.vertex] = true;
		search->reached[search->reached_count++] = item.vertex;
		return item.vertex;
	}
	return -1;
}

/* A shorter path to v was found. */
static void reach(const struct adjacency *adjacency, struct search *search, int v, double distance)
{
	if (adjacency->leaf[v])
		search->reached[search->reached_count++] = v;
	else
		heap_put(&search->heap, distance, v);
}

/* A path to `to` by way of `by`, `length` long, was found. */
static void note_path(const struct adjacency *adjacency, struct search *search, int by, int to,
                      double length)
{
	double known = search->distance[to];

	if (length > known * (1 + 4 * LENGTH_EPSILON))
		return;                 /* nearly always: the rest of this can be slow */
	if (known != INFINITY && fabs(length - known) < LENGTH_EPSILON * (length + known)) {
		/* An arc shorter than the epsilon can seem to lead back. */
		if (search->settled[to])
			return;
		search->paths[to] += search->paths[by];
		search->before[adjacency->first_back[to] + search->before_count[to]++] = by;
	} else if (length < known) {
		search->distance[to] = length;
		search->paths[to] = search->paths[by];
		search->before[adjacency->first_back[to]] = by;
		search->before_count[to] = 1;
		reach(adjacency, search, to, length);
	}
}

/* Dijkstra's algorithm. */
static void search_lengths(const struct adjacency *adjacency, struct search *search, int source)
{
	search_begin(search, source);
	heap_put(&search->heap, 0, source);
	for (int v; (v = next_nearest(search)) >= 0;) {
		double distance = search->distance[v];

		for (int64_t i = adjacency->first[v]; i < adjacency->first[v + 1]; i++)
			note_path(adjacency, search, v, adjacency->target[i],
			          distance + adjacency->length[i]);
	}
}

/* Dijkstra's algorithm, lengths only. */
static void search_distances(const struct adjacency *adjacency, struct search *search, int source)
{
	search_begin(search, source);
	heap_put(&search->heap, 0, source);
	for (int v; (v = next_nearest(search)) >= 0;) {
		double distance = search->distance[v];

		for (int64_t i = adjacency->first[v]; i < adjacency->first[v + 1]; i++) {
			int to = adjacency->target[i];
			double length = distance + adjacency->length[i];

			if (length < search->distance[to]) {
				search->distance[to] = length;
				reach(adjacency, search, to, length);
			}
		}
	}
}

/* Breadth first; distance counts steps. */
static void search_steps(const struct adjacency *adjacency, struct search *search, int source)
{
	search_begin(search, source);
	search->reached[search->reached_count++] = source;
	for (int next = 0; next < search->reached_count; next++) {
		int v = search->reached[next];
		double step = search->distance[v] + 1;

		for (int64_t i = adjacency->first[v]; i < adjacency->first[v + 1]; i++) {
			int to = adjacency->target[i];

			if (search->distance[to] == INFINITY) {
				search->distance[to] = step;
				search->paths[to] = 0;
				search->before_count[to] = 0;
				search->reached[search->reached_count++] = to;
			}
			if (search->distance[to] != step)
				continue;
			search->paths[to] += search->paths[v];
			search->before[adjacency->first_back[to] + search->before_count[to]++] = v;
		}
	}
}

/* ---- betweenness ---- */

/* Brandes' accumulation: from the farthest vertex back to the source. */
static void add_dependencies(const struct adjacency *adjacency, struct search *search, double *sum)
{
	for (int i = 0; i < search->reached_count; i++)
		search->share[search->reached[i]] = 0;
	for (int i = search->reached_count - 1; i > 0; i--) {
		int v = search->reached[i];
		const int *before = search->before + adjacency->first_back[v];
		double part = (1 + search->share[v]) / search->paths[v];

		for (int j = 0; j < search->before_count[v]; j++)
			search->share[before[j]] += search->paths[before[j]] * part;
		sum[v] += search->share[v];
	}
}

static void betweenness_block(const struct adjacency *adjacency, const int *sources, int count,
                              double *sum)
{
	struct search search;

	search_init(&search, adjacency);
	for (int i = 0; i < count; i++) {
		if (adjacency->uniform)
			search_steps(adjacency, &search, sources[i]);
		else
			search_lengths(adjacency, &search, sources[i]);
		add_dependencies(adjacency, &search, sum);
		search_forget(&search);
	}
	search_clear(&search);
}

void betweenness_compute(const struct adjacency *adjacency, const int *sources, int source_count,
                         int threads, double *betweenness)
{
	struct job job = {
		.adjacency = adjacency,
		.sources = sources,
		.source_count = source_count,
		.block = betweenness_block,
		.total = betweenness,
	};

	run_job(&job, threads);
	if (source_count == 0)
		return;
	for (int v = 0; v < adjacency->order; v++)
		betweenness[v] *= (double)adjacency->order / source_count;
}

/* ---- harmonic closeness ---- */

/* Distances are the same both ways, so what is near a source gains from it. */
static void harmonic_block_lengths(const struct adjacency *adjacency, const int *sources, int count,
                                   double *sum)
{
	struct search search;

	search_init(&search, adjacency);
	for (int i = 0; i < count; i++) {
		search_distances(adjacency, &search, sources[i]);
		for (int j = 1; j < search.reached_count; j++)
			sum[search.reached[j]] += 1 / search.distance[search.reached[j]];
		search_forget(&search);
	}
	search_clear(&search);
}

/* Breadth first from up to 64 sources at a time: bit i of a word is source i. */
static void harmonic_block_steps(const struct adjacency *adjacency, const int *sources, int count,
                                 double *sum)
{
	int order = adjacency->order;
	uint64_t *seen = g_new0(uint64_t, order), *front = g_new0(uint64_t, order);
	uint64_t *next = g_new0(uint64_t, order);
	bool grown = true;

	for (int i = 0; i < count; i++)
		seen[sources[i]] = front[sources[i]] = UINT64_C(1) << i;
	for (int step = 1; grown; step++) {
		double gain = 1 / (step * adjacency->length[0]);
		uint64_t *swap = front;

		for (int v = 0; v < order; v++) {
			if (front[v] == 0)
				continue;
			for (int64_t i = adjacency->first[v]; i < adjacency->first[v + 1]; i++)
				next[adjacency->target[i]] |= front[v];
			front[v] = 0;
		}
		grown = false;
		for (int v = 0; v < order; v++) {
			next[v] &= ~seen[v];
			if (next[v] == 0)
				continue;
			seen[v] |= next[v];
			sum[v] += __builtin_popcountll(next[v]) * gain;
			grown = true;
		}
		front = next;
		next = swap;
	}
	g_free(seen);
	g_free(front);
	g_free(next);
}

void harmonic_compute(const struct adjacency *adjacency, const int *sources, int source_count,
                      int threads, double *harmonic)
{
	struct job job = {
		.adjacency = adjacency,
		.sources = sources,
		.source_count = source_count,
		.block = adjacency->uniform ? harmonic_block_steps : harmonic_block_lengths,
		.total = harmonic,
	};
	int next = 0;

	if (adjacency->size == 0)
		job.source_count = 0;
	run_job(&job, threads);
	for (int v = 0; v < adjacency->order; v++) {
		bool is_source = next < source_count && sources[next] == v;
		int others = source_count - is_source;

		next += is_source;
		harmonic[v] = others > 0 ? harmonic[v] / others : 0;
	}
}
