/* messages.c - the messages of one file, or of one member, whose form is known */
#include "messages.h"

#include "deleted.h"
#include "emlx.h"
#include "single.h"

#include "epistograph/error.h"

void messages_init(struct messages *messages)
{
	*messages = (struct messages){
		.form = SOURCE_NOT_MAIL, .notes = g_array_new(FALSE, FALSE, sizeof(struct source_note)),
	};
	mbox_init(&messages->mbox);
}

void messages_clear(struct messages *messages)
{
	mbox_clear(&messages->mbox);
	g_array_unref(messages->notes);
}

void messages_begin(struct messages *messages, struct window *window, const char *name,
                    const struct sniffed *sniffed)
{
	messages->window = window;
	messages->form = sniffed->form;
	messages->given = false;
	messages->deleted = sniffed->form != SOURCE_MBOX && deleted_by_name(name);
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

static int next(struct messages *messages, struct raw_message *raw, struct error *err)
{
	if (messages->form == SOURCE_MBOX)
		return mbox_next(&messages->mbox, raw, err);
	if (messages->given)
		return 0;
	messages->given = true;
	return single_read(messages->window, raw, &messages->note, &messages->deleted, err) < 0 ? -1 : 1;
}

/* A note more, where its offset belongs. */
static void add_note(struct messages *messages, struct raw_message *raw,
                     const struct source_note *note)
{
	size_t before = 0;

	while (before < raw->note_count && raw->notes[before].offset <= note->offset)
		before++;
	g_array_set_size(messages->notes, 0);
	if (raw->note_count > 0)
		g_array_append_vals(messages->notes, raw->notes, (guint)raw->note_count);
	g_array_insert_val(messages->notes, (guint)before, *note);
	raw->notes = (const struct source_note *)(const void *)messages->notes->data;
	raw->note_count = messages->notes->len;
}

int messages_next(struct messages *messages, struct raw_message *raw, struct error *err)
{
	int got = next(messages, raw, err);

	if (got > 0 && (messages->deleted || deleted_by_header(raw->header, raw->header_size))) {
		struct source_note note = { DOUBT_DELETED, raw->offset };

		add_note(messages, raw, &note);
	}
	return got;
}
