/* span.c - messages read again where they are known to be */
#include "epistograph/source.h"

#include "lines.h"
#include "mbox.h"
#include "single.h"
#include "sniff.h"
#include "window.h"

#include "epistograph/error.h"

#include <glib.h>

#include <string.h>

struct span_reader {
	char *path;                     /* of the open file, or NULL */
	struct window window;
	enum source_form form;
};

struct span_reader *span_reader_new(void)
{
	struct span_reader *reader = g_new0(struct span_reader, 1);

	reader->window = (struct window)WINDOW_CLOSED;
	return reader;
}

void span_reader_free(struct span_reader *reader)
{
	if (reader == NULL)
		return;
	window_clear(&reader->window);
	g_free(reader->path);
	g_free(reader);
}

static int reader_open(struct span_reader *reader, const char *path, struct error *err)
{
	struct sniffed sniffed;

	if (reader->path != NULL && strcmp(reader->path, path) == 0)
		return 0;
	g_free(reader->path);
	reader->path = g_strdup(path);
	if (sniff_open(&reader->window, reader->path, &sniffed, err) < 0) {
		g_clear_pointer(&reader->path, g_free);
		return -1;
	}
	reader->form = sniffed.form;
	return 0;
}

/* The size of the blank line that closes the message, unless it ends the header.
 * -1 with *err. */
static int64_t closing_blank(struct window *window, int64_t header_end, int64_t end,
                             struct error *err)
{
	uint8_t tail[SEPARATOR_BEHIND];
	/* One byte of the header shows whether the body's first line is blank. */
	int64_t keep = MAX(header_end - 1, end - SEPARATOR_BEHIND);

	if (header_end >= end)
		return 0;
	if (window_copy(window, keep, tail, (size_t)(end - keep), err) < 0)
		return -1;
	return (int64_t)line_blank_tail(tail, (size_t)(end - keep));
}

static int changed(const struct span_reader *reader, int64_t offset, struct error *err)
{
	return error_at(err, reader->path, offset, "no such message here; the file has changed");
}

static int read_mbox_span(struct span_reader *reader, int64_t offset, int64_t end,
                          struct raw_message *raw, struct error *err)
{
	struct window *window = &reader->window;

	if (offset < 0 || end <= offset || end > window->size)
		return changed(reader, offset, err);
	if (window_hold(window, offset, (size_t)MIN(end - offset, WINDOW_HEAD), err) < 0)
		return -1;
	size_t held = MIN(window_left(window, offset), (size_t)(end - offset));
	if (!separator_possible(window_at(window, offset), held))
		return changed(reader, offset, err);
	size_t line = line_size(window_at(window, offset), held);
	int64_t from = offset + (int64_t)line;
	int64_t header = single_header_size(window, offset, from, end, err);
	if (header < 0)
		return -1;
	int64_t blank = closing_blank(window, from + header, end, err);
	if (blank < 0)
		return -1;
	const uint8_t *bytes = window_at(window, offset);
	size_t lead = mbox_quoted_lead(bytes + line, (size_t)header);
	*raw = (struct raw_message){
		.path = reader->path,
		.offset = offset,
		.size = end - blank - from,
		.envelope = (const char *)bytes,
		.envelope_size = mbox_envelope_size(bytes, line),
		.header = bytes + line + lead,
		.header_size = (size_t)header - lead,
		.end = end,
	};
	return 0;
}

int span_read(struct span_reader *reader, const char *path, int64_t offset, int64_t end,
              struct raw_message *raw, struct error *err)
{
	struct source_note note;

	if (reader_open(reader, path, err) < 0)
		return -1;
	if (reader->form == SOURCE_MBOX)
		return read_mbox_span(reader, offset, end, raw, err);
	if (single_read(&reader->window, raw, &note, err) < 0)
		return -1;
	raw->notes = NULL;
	raw->note_count = 0;
	return offset == raw->offset && end == raw->end ? 0 : changed(reader, offset, err);
}
