/* messages.c - the messages of one file, or of one member, whose form is known */
#include "messages.h"

#include "single.h"

#include "epistograph/error.h"

void messages_init(struct messages *messages)
{
	*messages = (struct messages){ .form = SOURCE_NOT_MAIL };
	mbox_init(&messages->mbox);
}

void messages_clear(struct messages *messages)
{
	mbox_clear(&messages->mbox);
}

void messages_begin(struct messages *messages, struct window *window,
                    const struct sniffed *sniffed)
{
	messages->window = window;
	messages->form = sniffed->form;
	messages->given = false;
	if (sniffed->form == SOURCE_MBOX)
		mbox_begin(&messages->mbox, window, &sniffed->first);
}

int messages_seek(struct messages *messages, int64_t offset, struct error *err)
{
	const struct window *window = messages->window;

	if (offset < 0)
		return error_at(err, window->path, -1, "no message begins before the file");
	if (messages->form == SOURCE_MBOX)
		return mbox_seek(&messages->mbox, offset, err);
	/* A single message is the one at 0; behind it there is the end. */
	if (offset != 0 && offset != window->size)
		return error_at(err, window->path, offset, "no message begins here");
	messages->given = offset != 0;
	return 0;
}

int messages_next(struct messages *messages, struct raw_message *raw, struct error *err)
{
	bool junk = false;

	if (messages->form == SOURCE_MBOX)
		return mbox_next(&messages->mbox, raw, err);
	if (messages->given)
		return 0;
	messages->given = true;
	if (single_read(messages->window, raw, &junk, err) < 0)
		return -1;
	if (junk) {
		messages->note = (struct source_note){ DOUBT_LEADING_BYTES, 0 };
		raw->notes = &messages->note;
		raw->note_count = 1;
	}
	return 1;
}
