/* sensitivity.h - how the highest ranked would move if one join of addresses were wrong */
#ifndef SENSITIVITY_H
#define SENSITIVITY_H

#include "epistograph/table.h"

#include <stdio.h>

struct error;
struct view;

/* Write a row for each link that joins addresses of the `top` highest ranked people in
 * view (0 = all): their ranks anew, as if that link were not there. columns: the width
 * of text, as for table_write(). */
int sensitivity_print(FILE *out, const struct view *view, int top, enum table_format format,
                      int columns, struct error *err);

#endif
