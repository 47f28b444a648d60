/* revisit.h - messages of a case, taken from their files again in worker processes
 *
 * Say which, one after the other in the order of files; each is visited in a worker and what that
 * finds is taken in the same order. A message that crashes or hangs a worker costs itself alone. */
#ifndef REVISIT_H
#define REVISIT_H

#include "epistograph/casefile.h"
#include "epistograph/source.h"

struct content;
struct error;
struct worker_sink;

struct revisit_spec {
	const char *case_path;          /* files are seen from its folder */
	const char *label;              /* of the progress line */
	int jobs, patience_s;           /* as in ingest.h */
	bool progress;
	int64_t total;                  /* bytes of all messages, for the progress line; 0: not known */
	void *context;

	/* In a worker: look at one, and sink_put() what was found, or nothing. place: as copy, with
	 * an absolute path. */
	void (*visit)(void *context, struct content *content, const struct casefile_copy *copy,
	              const struct raw_place *place, struct worker_sink *sink);

	/* In the parent: what was found. bytes are NULL where a worker was lost, and lost says
	 * how. Non-zero ends the run with *err. */
	int (*take)(void *context, const struct casefile_copy *copy, const uint8_t *bytes, size_t size,
	            const char *lost, struct error *err);
};

struct revisit;
struct revisit *revisit_new(const struct revisit_spec *spec);

/* Add one: for casefile_walk_*(), with the revisit as context. -1 with *err, also if the user
 * breaks off. */
int revisit_add(void *revisit, const struct casefile_copy *copy, struct error *err);

/* Wait for all and free: status, or -1 with *err. */
int revisit_end(struct revisit *revisit, int status, struct error *err);

#endif
