/* single.h - a file that holds one message, and header blocks in general */
#ifndef SOURCE_SINGLE_H
#define SOURCE_SINGLE_H

#include "window.h"

struct raw_message;
struct source_note;

/* Where in a file its message is. */
struct single {
	int64_t offset;                 /* by which it is known: 0, or behind an .emlx file's count */
	int64_t begin;                  /* of its header: bytes into the file */
	int64_t counted_end;            /* as the .emlx file says; INT64_MAX if it is none */
	int64_t end;                    /* INT64_MAX: not known before it is read */
	bool junk;                      /* lines before the header belong to no message */
};
int single_find(struct window *window, struct single *single, struct error *err);

/* Read the header block of the message that fills the whole file, or all of an .emlx
 * file but its first line and its tail; *deleted becomes true if that says so. What is
 * doubtful about it goes to *note, to which raw->notes leads then. -1 with *err if the file
 * cannot be read. */
int single_read(struct window *window, struct raw_message *raw, struct source_note *note,
                bool *deleted, struct error *err);

/* Size of the header block that starts at `from` and cannot go beyond `end`, with
 * its blank line, cut at SOURCE_HEADER_MAX; reads on until it is held from `keep`
 * on. -1 with *err. */
int64_t single_header_size(struct window *window, int64_t keep, int64_t from, int64_t end,
                           struct error *err);

#endif
