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

#define PIECE_SIZE (64 << 10)

struct span_reader {
	char *path;                     /* of the open file, or NULL */
	struct window window;
	enum source_form form;

	/* Of the message found last, offsets into the file. */
	int64_t at, body, end;
	uint8_t *piece;
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
	g_free(reader->piece);
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

/* Fill *raw for the message whose separator line is at offset and which ends at `end`:
 * its last byte, or with closed, that of the blank line behind it. */
static int read_mbox_span(struct span_reader *reader, int64_t offset, int64_t end, bool closed,
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
	int64_t blank = closed ? closing_blank(window, from + header, end, err) : 0;
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
	reader->at = from;
	reader->body = from + header;
	reader->end = from + raw->size;
	return 0;
}

int span_read(struct span_reader *reader, const char *path, int64_t offset, int64_t end,
              struct raw_message *raw, struct error *err)
{
	bool junk;

	if (reader_open(reader, path, err) < 0)
		return -1;
	if (reader->form == SOURCE_MBOX)
		return read_mbox_span(reader, offset, end, true, raw, err);
	if (offset != 0 || end != reader->window.size)
		return changed(reader, offset, err);
	return single_read(&reader->window, raw, &junk, err);
}

/* ---- messages read long ago ---- */

/* The end of a message in an mbox of which only the size is known: that of its separator
 * line is to be added. */
static int find_in_mbox(struct span_reader *reader, const struct raw_place *place,
                        struct raw_message *raw, struct error *err)
{
	struct window *window = &reader->window;

	if (place->offset < 0 || place->size < 0 || place->offset >= window->size ||
	    place->size > window->size - place->offset)
		return changed(reader, place->offset, err);
	if (window_hold(window, place->offset, WINDOW_HEAD, err) < 0)
		return -1;
	int64_t from = place->offset + (int64_t)line_size(window_at(window, place->offset),
	                                                  window_left(window, place->offset));
	return read_mbox_span(reader, place->offset, from + place->size, false, raw, err);
}

static int find_single(struct span_reader *reader, const struct raw_place *place,
                       struct raw_message *raw, struct error *err)
{
	bool junk;

	if (place->offset != 0 || single_read(&reader->window, raw, &junk, err) < 0)
		return changed(reader, place->offset, err);
	if (raw->size != place->size)
		return changed(reader, 0, err);
	reader->end = reader->window.size;
	reader->at = reader->end - raw->size;
	reader->body = reader->at + (int64_t)raw->header_size;
	return 0;
}

/* Said with a place in the file, for an mbox changes at one end only. */
static int check_file(const struct span_reader *reader, const struct raw_place *place,
                      struct error *err)
{
	const char *what = reader->window.size != place->file_size ? "size"
	                   : reader->window.modified_ns != place->modified_ns ? "time stamp" : NULL;

	return !what ? 0 : error_at(err, reader->path, place->offset, "the file has changed since it "
	                            "was read (its %s is another): read it again", what);
}

int span_find(struct span_reader *reader, const struct raw_place *place, struct raw_message *raw,
              struct error *err)
{
	if (place->member && *place->member)
		return error_at(err, place->path, place->offset, "cannot be taken out of %s again",
		                place->member);
	if (reader_open(reader, place->path, err) < 0 || check_file(reader, place, err) < 0)
		return -1;
	return (reader->form == SOURCE_MBOX ? find_in_mbox : find_single)(reader, place, raw, err);
}

int span_next_bytes(struct span_reader *reader, const uint8_t **bytes, size_t *size,
                    struct error *err)
{
	if (reader->at >= reader->end)
		return 0;
	if (!reader->piece)
		reader->piece = g_malloc(PIECE_SIZE);
	*size = (size_t)MIN(reader->end - reader->at, PIECE_SIZE);
	if (window_copy_exact(&reader->window, reader->at, reader->piece, *size, err) < 0)
		return -1;
	reader->at += (int64_t)*size;
	*bytes = reader->piece;
	return 1;
}

void span_skip_header(struct span_reader *reader)
{
	reader->at = MAX(reader->at, reader->body);
}
