/* sniff.h - what a file is, by its first bytes */
#ifndef SOURCE_SNIFF_H
#define SOURCE_SNIFF_H

#include "container.h"
#include "mbox.h"
#include "window.h"

#include "epistograph/source.h"

struct sniffed {
	enum source_form form;
	struct mbox_first first;        /* of an mbox */
	const struct container_form *container;
};

/* Say what the window is over, by its head. options may be NULL. Returns 0 for a
 * message, an mbox and a container; otherwise -1 with *err, and only sniffed->form
 * means anything. */
int sniff_window(struct window *window, const struct source_options *options,
                 struct sniffed *sniffed, struct error *err);

/* Open the file at path and say what it is. Returns 0 for a message and an mbox;
 * otherwise -1 with *err, the window is closed and only sniffed->form means anything. */
int sniff_open(struct window *window, const char *path, struct sniffed *sniffed,
               struct error *err);

#endif
