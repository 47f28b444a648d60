/* listing.h - what would be read as what */
#ifndef LISTING_H
#define LISTING_H

#include "epistograph/table.h"
#include "epistograph/walk.h"

#include <stddef.h>
#include <stdio.h>

struct error;

struct listing_options {
	const char *case_path;          /* as in ingest_options, and the following four */
	const char *const *own;
	int jobs;
	int patience_s;
	struct walk_limits limits;
	struct source_options source;   /* of tables; checked */
	enum table_format format;
};

/* Print a row for each file below paths and each member of a container: its name, form
 * and size. An exit status; *err if it failed or there are no files. */
int listing_print(FILE *out, const char *const *paths, size_t count,
                  const struct listing_options *options, struct error *err);

#endif
