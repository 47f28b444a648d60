/* graph_files.h - a view as files for other tools */
#ifndef GRAPH_FILES_H
#define GRAPH_FILES_H

#include "view.h"

struct error;

enum graph_format { GRAPH_GRAPHML, GRAPH_GEXF, GRAPH_CSV, GRAPH_JSON };
int graph_format_from_name(const char *name);   /* -1 if unknown */

/* Write the network of view; for GRAPH_CSV path is the stem of two files. */
int graph_files_write(struct view *view, enum graph_format format, const char *path,
                      struct error *err);

#endif
