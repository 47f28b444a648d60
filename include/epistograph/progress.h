/* progress.h - one line on a terminal that says how far long work has come */
#ifndef EPISTOGRAPH_PROGRESS_H
#define EPISTOGRAPH_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress;

/* Begin to report on standard error, if wanted and it is a terminal; otherwise
 * returns NULL, which every function here takes. total 0 = not known. */
struct progress *progress_begin(const char *label, int64_t total, bool wanted);

/* Say how much is done; redrawn at most ten times a second. */
void progress_update(struct progress *progress, int64_t done, int64_t total);

/* Clear the line and free. */
void progress_end(struct progress *progress);

#endif
