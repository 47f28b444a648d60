/* outfile.h - a file that appears whole or not at all
 *
 * Written under a temporary name beside its place, moved there on commit. A
 * full disk is seen at commit and leaves nothing behind. */
#ifndef EPISTOGRAPH_OUTFILE_H
#define EPISTOGRAPH_OUTFILE_H

#include <stdio.h>

struct error;
struct outfile;

/* Open path for writing; "-" is standard output. NULL with *err on failure. */
struct outfile *outfile_open(const char *path, struct error *err);

/* The stream to write to; borrowed, valid until commit or discard. */
FILE *outfile_stream(struct outfile *file);

/* Finish: flush, check, rename. Frees file in either case; 0 or -1 with *err. */
int outfile_commit(struct outfile *file, struct error *err);

/* Give up: remove what was written. NULL is fine. */
void outfile_discard(struct outfile *file);

#endif
