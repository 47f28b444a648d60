/* ingest.h - mail on disk into a case file: inventory, worker processes, one writer */
#ifndef INGEST_H
#define INGEST_H

#include "epistograph/walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct casefile;
struct error;

struct ingest_options {
	const char *case_path;  /* files are named by their way from its folder */
	const char *const *own; /* names (path_from) that are no input, NULL-terminated, or NULL: what
	                         * this program itself writes there */
	int jobs;               /* worker processes */
	int patience_s;         /* a message that takes longer is given up */
	struct walk_limits limits;      /* of containers */
	struct source_options source;   /* of tables; checked */
	bool embedded;          /* read messages inside others as well */
	bool progress;          /* draw a progress line on a terminal */
	int64_t *seen;          /* out: files found below the paths, own ones left out */
};

/* Read everything below paths that the case file does not hold yet. An
 * interruption (SIGINT, SIGTERM) keeps what was read, and is a failure.
 * 0, or -1 with *err. */
int ingest_mail(struct casefile *casefile, const char *const *paths, size_t count,
                const struct ingest_options *options, struct error *err);

#endif
