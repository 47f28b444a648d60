/* about.h - what a graph file says of itself */
#ifndef ABOUT_H
#define ABOUT_H

#include "epistograph/export.h"

/* Software, filter, size, period, and how communities and measures were made, in
 * sentences of one line each; g_free(). Never the time of writing. */
char *about_text(const struct analysis *analysis, const struct export_about *about);

#endif
