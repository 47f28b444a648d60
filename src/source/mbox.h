/* mbox.h - a mailbox file cut into its messages */
#ifndef SOURCE_MBOX_H
#define SOURCE_MBOX_H

#include "separator.h"
#include "window.h"

#include "epistograph/source.h"

#include <glib.h>

/* Notes on one message beyond this number are left out: a hostile body could
 * hold millions of lines that look like separators. */
#define MBOX_NOTES_MAX 4096

struct mbox {
	struct window *window;          /* borrowed */
	struct window peek;             /* the same file, to see where a Content-Length leads */
	int64_t first;                  /* offset of the file's first separator */
	enum separator_grade habit;     /* its grade */
	bool leading;                   /* text stands before the first separator */
	int64_t at;                     /* of the next separator; -1 behind the last message */
	struct separator here;          /* the verdict on it */
	GArray *notes;                  /* struct source_note, of the message given last */
	GByteArray *pinned;             /* its separator line and header, once out of the window */
};

void mbox_init(struct mbox *mbox);
void mbox_clear(struct mbox *mbox);

/* Where a mailbox begins. */
struct mbox_first {
	int64_t at;                     /* offset of the first separator */
	struct separator separator;     /* the verdict on it */
	bool leading;                   /* text stands before it */
};

/* Look for the first separator in the head of a file, which the window holds:
 * at its begin, or, with after_text, behind other text. False if there is none. */
bool mbox_find_first(const struct window *window, bool after_text, struct mbox_first *first);

/* Start with the file in window, which is borrowed. */
void mbox_begin(struct mbox *mbox, struct window *window, const struct mbox_first *first);

/* Go on at the separator at offset. -1 with *err if none is there. */
int mbox_seek(struct mbox *mbox, int64_t offset, struct error *err);

/* As source_next(). */
int mbox_next(struct mbox *mbox, struct raw_message *raw, struct error *err);

/* ">From " lines that stand before the header of a message forwarded from one
 * mailbox to another: their size. */
size_t mbox_quoted_lead(const uint8_t *bytes, size_t size);

/* Size of a separator line without its line end. */
size_t mbox_envelope_size(const uint8_t *line, size_t size);

#endif
