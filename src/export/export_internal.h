/* export_internal.h - what the writers share */
#ifndef EXPORT_INTERNAL_H
#define EXPORT_INTERNAL_H

#include <stdint.h>
#include <stdio.h>

/* x, which is finite, as the shortest text that reads back as x; with a decimal
 * point in every locale, never "-0". Below DBL_MIN it is 0. Returns buffer. */
const char *real_format(char buffer[static 40], double x);

/* x for reading: `digits` significant digits, but whole numbers in full and with
 * commas, and small ones without an exponent; "" if not finite. Returns buffer. */
const char *real_visible(char buffer[static 48], double x, int digits);

/* text as a JSON string, with its quotes, that reads back the same: nothing is
 * dropped. A byte that is no UTF-8 is written as the four characters \xHH. */
void json_exact(FILE *out, const char *text);

/* text as text_clean() makes it; g_free(). NULL gives "". */
char *clean_copy(const char *text);

#endif
