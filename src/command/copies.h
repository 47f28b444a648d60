/* copies.h - the bodies of messages that may be copies of others, read and compared */
#ifndef COPIES_H
#define COPIES_H

#include <stdbool.h>
#include <stdint.h>

struct casefile;
struct error;

struct copies_options {
	const char *case_path;          /* files are seen from its folder */
	int jobs, patience_s;           /* as in ingest.h */
	bool progress;
};

/* Read the bodies of all suspects and store what they are. Bodies that cannot be read any
 * more are none: their messages count. 0, or -1 with *err, also if the user breaks off
 * (interrupt.h); what was stored before is kept. */
int copies_compare(struct casefile *casefile, const struct copies_options *options,
                   struct error *err);

#endif
