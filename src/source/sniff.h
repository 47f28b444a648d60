/* sniff.h - what a file is, by its first bytes */
#ifndef SOURCE_SNIFF_H
#define SOURCE_SNIFF_H

#include "mbox.h"
#include "window.h"

#include "epistograph/source.h"

struct sniffed {
	enum source_form form;
	struct mbox_first first;        /* of an mbox */
};

/* Open the file at path, read its head and say what it is. Returns 0 for a
 * message and an mbox; otherwise -1 with *err, the window is closed and only
 * sniffed->form means anything. */
int sniff_open(struct window *window, const char *path, struct sniffed *sniffed,
               struct error *err);

#endif
