/* verifying.h - the signatures of all messages of a case, checked */
#ifndef VERIFYING_H
#define VERIFYING_H

#include <stdbool.h>

struct casefile;
struct dkim_keys;
struct error;

struct verifying_options {
	const char *case_path;          /* files are seen from its folder */
	int jobs, patience_s;           /* as in ingest.h */
	bool progress;
};

/* Check what was not, or not with these keys, and store it. What cannot be read is said to be so
 * and tried again the next time. 0, or -1 with *err, also if the user breaks off; what was stored
 * before is kept. */
int verifying_run(struct casefile *casefile, struct dkim_keys *keys,
                  const struct verifying_options *options, struct error *err);

#endif
