/* messages.h - the messages of one file, or of one member, whose form is known */
#ifndef SOURCE_MESSAGES_H
#define SOURCE_MESSAGES_H

#include "mbox.h"
#include "sniff.h"
#include "window.h"

#include "epistograph/source.h"

struct messages {
	struct window *window;          /* borrowed */
	enum source_form form;          /* SOURCE_MESSAGE, SOURCE_EMLX or SOURCE_MBOX */
	bool given;                     /* a single message has been given */
	bool deleted;                   /* its name says that it was deleted */
	struct source_note note;        /* of a single message */
	struct mbox mbox;
	GArray *notes;                  /* struct source_note: with one more than those */
};

void messages_init(struct messages *messages);
void messages_clear(struct messages *messages);

/* Begin with what the window was found to hold; it is borrowed. name: of the file or member,
 * with its path or without. */
void messages_begin(struct messages *messages, struct window *window, const char *name,
                    const struct sniffed *sniffed);

/* As source_seek() and source_next(). */
int messages_seek(struct messages *messages, int64_t offset, struct error *err);
int messages_next(struct messages *messages, struct raw_message *raw, struct error *err);

#endif
