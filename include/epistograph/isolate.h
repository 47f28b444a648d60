/* isolate.h - a computation in a process of its own
 *
 * igraph is not fit for threads and a library's crash must not take the run
 * along: the work is done in a forked child, results come back through memory
 * that both share. */
#ifndef EPISTOGRAPH_ISOLATE_H
#define EPISTOGRAPH_ISOLATE_H

#include <stddef.h>

struct error;

/* size bytes of zeroed memory shared with children forked later; aborts when
 * there is none. Free with isolate_free and the same size. */
void *isolate_alloc(size_t size);
void isolate_free(void *memory, size_t size);

/* Run work(context, err) in a child and wait. What it writes into shared memory
 * is seen here, nothing else is. Returns what work returned (0 or -1 with its
 * *err), or -1 with *err saying how the child died; `what` names the work. */
int isolate_run(int (*work)(void *context, struct error *err), void *context,
                const char *what, struct error *err);

#endif
