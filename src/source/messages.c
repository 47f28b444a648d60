/* messages.c - the messages of one file, or of one member, whose form is known */
#include "messages.h"

#include "emlx.h"
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
	/* A single message is the one at 0, or behind the first line of an .emlx file;
	 * behind it there is the end. */
	struct emlx emlx = { 0, 0 };
	if (messages->form == SOURCE_EMLX) {
		if (window_hold(messages->window, 0, WINDOW_HEAD, err) < 0)
			return -1;
		emlx_find(window->bytes, MIN(window->fill, WINDOW_HEAD), &emlx);
	}
	if (offset != 0 && offset != emlx.begin && offset != window->size)
		return error_at(err, window->path, offset, "no message begins here");
	messages->given = offset != 0 && offset != emlx.begin;
	return 0;
}

int messages_next(struct messages *messages, struct raw_message *raw, struct error *err)
{
	if (messages->form == SOURCE_MBOX)
		return mbox_next(&messages->mbox, raw, err);
	if (messages->given)
		return 0;
	messages->given = true;
	return single_read(messages->window, raw, &messages->note, err) < 0 ? -1 : 1;
}
