/* source.c - mail on disk, one raw message at a time, whatever it is kept in */
#include "epistograph/source.h"

#include "messages.h"
#include "sniff.h"
#include "window.h"

#include "epistograph/error.h"

#include <glib.h>

struct source {
	char *path;
	struct window window;
	struct messages messages;
};

struct source *source_open(const char *path, enum source_form *form, struct error *err)
{
	struct source *source = g_new0(struct source, 1);
	struct sniffed sniffed;

	source->path = g_strdup(path);
	source->window = (struct window)WINDOW_CLOSED;
	messages_init(&source->messages);
	int status = sniff_open(&source->window, source->path, &sniffed, err);
	*form = sniffed.form;
	if (status < 0) {
		source_close(source);
		return NULL;
	}
	messages_begin(&source->messages, &source->window, source->path, &sniffed);
	return source;
}

void source_close(struct source *source)
{
	if (source == NULL)
		return;
	messages_clear(&source->messages);
	window_clear(&source->window);
	g_free(source->path);
	g_free(source);
}

int source_seek(struct source *source, int64_t offset, struct error *err)
{
	return messages_seek(&source->messages, offset, err);
}

int source_next(struct source *source, struct raw_message *raw, struct error *err)
{
	return messages_next(&source->messages, raw, err);
}

const char *source_form_name(enum source_form form)
{
	static const char *const names[] = {
		[SOURCE_MESSAGE] = "message",
		[SOURCE_MBOX] = "mbox",
		[SOURCE_EMLX] = "emlx",
		[SOURCE_EMPTY] = "empty",
		[SOURCE_NOT_MAIL] = "not-mail",
		[SOURCE_UNREADABLE] = "unreadable",
		[SOURCE_CONTAINER] = "container",
		[SOURCE_LINK] = "link",
		[SOURCE_SPECIAL] = "special",
		[SOURCE_UNDELIVERED] = "undelivered",
	};

	return names[form];
}

const char *source_doubt_name(enum source_doubt doubt)
{
	static const char *const names[] = {
		[DOUBT_NO_BLANK_LINE] = "no-blank-line",
		[DOUBT_ODD_SEPARATOR] = "odd-separator",
		[DOUBT_NO_HEADER] = "no-header",
		[DOUBT_PASSED_OVER] = "passed-over",
		[DOUBT_CONTENT_LENGTH] = "content-length",
		[DOUBT_LEADING_BYTES] = "leading-bytes",
		[DOUBT_EMLX_COUNT] = "emlx-count",
		[DOUBT_DELETED] = "deleted",
	};

	return names[doubt];
}

const char *source_doubt_text(enum source_doubt doubt)
{
	static const char *const texts[] = {
		[DOUBT_NO_BLANK_LINE] = "a message begins here though no blank line is"
		                        " before it",
		[DOUBT_ODD_SEPARATOR] = "a message begins here though its \"From \" line"
		                        " has no date or is damaged",
		[DOUBT_NO_HEADER] = "a message begins here though no header field follows",
		[DOUBT_PASSED_OVER] = "a line that looks like the begin of a message was"
		                      " taken as text",
		[DOUBT_CONTENT_LENGTH] = "Content-Length does not lead to the end of the"
		                         " message and was not used",
		[DOUBT_LEADING_BYTES] = "what stands before the first message or its header"
		                        " belongs to no message",
		[DOUBT_EMLX_COUNT] = "the file ends before the number of bytes its first line"
		                     " names",
		[DOUBT_DELETED] = "its mail program has this message for deleted; it is still there,"
		                  " and read",
	};

	return texts[doubt];
}
