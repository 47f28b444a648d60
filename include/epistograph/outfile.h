/* outfile.h - a file that appears whole or not at all
 *
 * Written beside its place, without a name where the file system can do that,
 * and moved there on commit. A full disk is seen at commit; neither that nor a
 * killed program leaves anything behind. A symbolic link is followed. */
#ifndef EPISTOGRAPH_OUTFILE_H
#define EPISTOGRAPH_OUTFILE_H

#include <stdio.h>

struct error;
struct outfile;

/* Open path for writing; "-" is standard output. NULL with *err on failure. */
struct outfile *outfile_open(const char *path, struct error *err);

/* The stream to write to; borrowed, valid until commit or discard. */
FILE *outfile_stream(struct outfile *file);

/* Finish: flush, check, rename. Frees file in either case; 0 or -1 with *err,
 * which stays empty if standard output was a pipe that nobody reads any more. */
int outfile_commit(struct outfile *file, struct error *err);

/* Give up: remove what was written. NULL is fine. */
void outfile_discard(struct outfile *file);

#endif
