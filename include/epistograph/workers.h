/* workers.h - work spread over processes, results in the order of the work
 *
 * A piece of work is a block of bytes the caller understands. It holds any
 * number of places (item, position), visited in ascending order; each yields at
 * most one result. A worker that crashes or hangs loses the place it was at and
 * nothing else: it is replaced, the piece goes on behind that place, and the
 * loss is delivered in its turn. So results do not depend on the number of
 * workers, and one hostile message costs one message. Results that cannot be
 * delivered yet are bounded: about a megabyte a worker, and one result. */
#ifndef EPISTOGRAPH_WORKERS_H
#define EPISTOGRAPH_WORKERS_H

#include <stddef.h>
#include <stdint.h>

struct error;
struct workers;
struct worker_sink;             /* where a worker puts its results */

/* A place in a piece. Ordered by item, then position. */
struct place {
	uint32_t item;
	int64_t  position;      /* >= 0: for instance a byte offset */
};

struct workers_spec {
	int jobs;               /* number of worker processes, >= 1 */
	int patience_s;         /* a worker that works longer at one place, twice, is lost there; one
	                         * that waits gets five times as long */
	void *context;          /* handed to all three; each process has its copy */

	/* In a worker: do one piece. For each place, in order, ask sink_enter();
	 * on SINK_WORK do the work of the place and sink_put() once or not at all. */
	void (*work)(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink);

	/* In the parent, in the order of the pieces and of their places: one
	 * result. Non-zero ends the run with *err. */
	int (*deliver)(void *context, const uint8_t *piece, size_t piece_size, struct place place,
	               const uint8_t *result, size_t size, struct error *err);

	/* In the parent, in the same order: the place a worker was lost at, and
	 * why ("crashed: Segmentation fault", "no result after 10 s"). */
	int (*lost)(void *context, const uint8_t *piece, size_t piece_size, struct place place,
	            const char *why, struct error *err);
};

struct workers *workers_new(const struct workers_spec *spec, struct error *err);

/* Queue a piece (copied). Blocks while the queue is full, delivering results
 * meanwhile. 0, or -1 with *err: then the run is over, free it. */
int workers_submit(struct workers *workers, const uint8_t *piece, size_t size, struct error *err);

/* Wait for everything queued and deliver it. */
int workers_drain(struct workers *workers, struct error *err);

void workers_free(struct workers *workers);     /* ends the processes; NULL is fine */

enum sink_answer {
	SINK_WORK,
	SINK_BEFORE,            /* its result was handed over before a worker was lost further on:
	                         * do again only what the places behind it need */
	SINK_LOST,              /* a worker was lost here: keep away */
};
enum sink_answer sink_enter(struct worker_sink *sink, struct place place);
/* Still at the same place, and the work goes on: patience begins anew. For what takes
 * long by its size and is known to end. */
void sink_alive(struct worker_sink *sink);
void sink_put(struct worker_sink *sink, const uint8_t *result, size_t size);

#endif
