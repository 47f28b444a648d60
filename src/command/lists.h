/* lists.h - the case file's lists of files, rejects, findings, copies and missing messages,
 * as tables */
#ifndef LISTS_H
#define LISTS_H

#include "letters.h"

#include "epistograph/casefile.h"
#include "epistograph/table.h"

#include <stdio.h>

struct error;

/* -1 if there is no such list; "files", "rejected", "findings", "duplicates",
 * "missing". */
int list_from_name(const char *name);

/* Print a list; of missing messages, with who, those that he answered or was sent an answer
 * to. The number of rows, or -1 with *err. */
int64_t list_print(FILE *out, struct casefile *casefile, enum casefile_list list,
                   const struct who *who, enum table_format format, int columns,
                   struct error *err);

#endif
