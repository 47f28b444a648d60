/* error.h - what went wrong, in one line a user can act on */
#ifndef EPISTOGRAPH_ERROR_H
#define EPISTOGRAPH_ERROR_H

#include <stdint.h>

struct error {
	char message[512];      /* one line of UTF-8, no newline; "" = nothing failed */
};

/* Record a failure. Returns -1, so that callers can `return error_set(...)`.
 * A message already there is kept: the first one is nearest the cause. Bytes
 * that would break the line (control characters) are made visible. err may be
 * NULL for callers that only want the -1. */
int error_set(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, saying where: "lists/dev.mbox:18234: no sender". offset is in bytes
 * from the start of the file; -1 speaks of the file as a whole. */
int error_at(struct error *err, const char *path, int64_t offset, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* A message of error_at() without its place, where that is told beside it: the part
 * behind "path:offset: ", or all of it if it does not begin so. */
const char *error_without_place(const char *message, const char *path);

#endif
