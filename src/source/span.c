/* span.c - messages read again where they are known to be */
#include "epistograph/source.h"

#include "fields.h"
#include "folder.h"
#include "lines.h"
#include "mbox.h"
#include "repository.h"
#include "single.h"
#include "sniff.h"
#include "walk_internal.h"
#include "window.h"

#include "epistograph/error.h"

#include <glib.h>

#include <string.h>

#define PIECE_SIZE (64 << 10)

struct span_reader {
	char *path;                     /* of the open file, or NULL */
	struct folder folder;           /* that it is in */
	struct window window;
	enum source_form form;
	bool repository;                /* a folder: git keeps what is in it as it was */

	/* Of a container: where in it a member was found last. */
	struct walk *walk;
	char *chain;                    /* of the member that window is over; NULL if none is */
	struct window *member;          /* borrowed from walk */
	enum source_form member_form;
	void (*alive)(void *context);
	void *context;

	/* Of the message found last, offsets into the file or member. */
	struct window *from;            /* over its bytes; NULL: they are in text */
	int64_t at, body, end;
	uint8_t *piece;
	GString *text;                  /* of a record: its header and text. NULL before one was found */
};

struct span_reader *span_reader_new(void)
{
	struct span_reader *reader = g_new0(struct span_reader, 1);

	reader->window = (struct window)WINDOW_CLOSED;
	reader->folder = (struct folder)FOLDER_NONE;
	return reader;
}

void span_reader_watch(struct span_reader *reader, void (*alive)(void *context), void *context)
{
	reader->alive = alive;
	reader->context = context;
}

static void close_walk(struct span_reader *reader)
{
	walk_close(reader->walk);
	reader->walk = NULL;
	reader->member = NULL;
	g_clear_pointer(&reader->chain, g_free);
}

void span_reader_free(struct span_reader *reader)
{
	if (reader == NULL)
		return;
	close_walk(reader);
	window_clear(&reader->window);
	if (reader->text != NULL)
		g_string_free(reader->text, TRUE);
	folder_clear(&reader->folder);
	g_free(reader->piece);
	g_free(reader->path);
	g_free(reader);
}

static int reader_open(struct span_reader *reader, const char *path, struct error *err)
{
	struct error trouble = { 0 };
	struct sniffed sniffed;

	if (reader->path != NULL && strcmp(reader->path, path) == 0)
		return 0;
	close_walk(reader);
	g_free(reader->path);
	reader->path = g_strdup(path);
	bool opened = window_open(&reader->window, reader->path, &reader->folder,
	                          &trouble) == 0;
	reader->repository = !opened && repository_is(path);
	if (reader->repository) {
		reader->form = SOURCE_CONTAINER;
		return 0;
	}
	if (!opened)
		error_set(err, "%s", trouble.message);
	if (!opened || sniff_window(&reader->window, NULL, &sniffed, err) < 0) {
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
static int read_mbox_span(struct span_reader *reader, struct window *window, int64_t offset,
                          int64_t end, bool closed, struct raw_message *raw, struct error *err)
{
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
	reader->from = window;
	reader->at = from;
	reader->body = from + header;
	reader->end = from + raw->size;
	return 0;
}

int span_read(struct span_reader *reader, const char *path, int64_t offset, int64_t end,
              struct raw_message *raw, struct error *err)
{
	struct source_note note;
	bool deleted = false;

	if (reader_open(reader, path, err) < 0)
		return -1;
	if (reader->form == SOURCE_MBOX)
		return read_mbox_span(reader, &reader->window, offset, end, true, raw, err);
	if (reader->form == SOURCE_CONTAINER)
		return changed(reader, offset, err);
	if (single_read(&reader->window, raw, &note, &deleted, err) < 0)
		return -1;
	raw->notes = NULL;
	raw->note_count = 0;
	return offset == raw->offset && end == raw->end ? 0 : changed(reader, offset, err);
}

/* ---- messages read long ago ---- */

/* The end of a message in an mbox of which only the size is known: that of its separator
 * line is to be added. */
static int find_in_mbox(struct span_reader *reader, struct window *window,
                        const struct raw_place *place, struct raw_message *raw, struct error *err)
{
	if (place->offset < 0 || place->size < 0 || place->offset >= window->size ||
	    place->size > window->size - place->offset)
		return changed(reader, place->offset, err);
	if (window_hold(window, place->offset, WINDOW_HEAD, err) < 0)
		return -1;
	int64_t from = place->offset + (int64_t)line_size(window_at(window, place->offset),
	                                                  window_left(window, place->offset));

	return read_mbox_span(reader, window, place->offset, from + place->size, false, raw, err);
}

static int find_single(struct span_reader *reader, struct window *window,
                       const struct raw_place *place, struct raw_message *raw, struct error *err)
{
	struct single single;

	if (single_find(window, &single, err) < 0)
		return -1;
	if (place->offset != single.offset || place->size < 0)
		return changed(reader, place->offset, err);
	/* Of a member the end may not be known yet. */
	if (single.end != INT64_MAX && single.end - single.begin != place->size)
		return changed(reader, 0, err);
	int64_t end = single.begin + place->size;
	int64_t header = single_header_size(window, 0, single.begin, end, err);

	if (header < 0)
		return -1;
	*raw = (struct raw_message){
		.path = reader->path,
		.offset = single.offset,
		.size = place->size,
		.header = window_at(window, single.begin),
		.header_size = (size_t)header,
		.end = end,
	};
	reader->from = window;
	reader->at = single.begin;
	reader->body = single.begin + header;
	reader->end = end;
	return 0;
}

/* ---- in containers ---- */

/* Bytes of a stream up to offset are passed over. */
static int pass_over(struct span_reader *reader, struct window *window, int64_t offset,
                     struct error *err)
{
	int64_t held;

	while ((held = window->base + (int64_t)window->fill) < offset) {
		if (window_ended(window))
			return changed(reader, offset, err);
		if (window_hold(window, held, (size_t)MIN(offset - held, PIECE_SIZE), err) < 0)
			return -1;
	}
	return 0;
}

/* The window over a member's bytes, none of which are passed before `offset`. */
static int find_member(struct span_reader *reader, const char *chain, int64_t offset,
                       struct error *err)
{
	static const struct source_options source = { .attached = true };
	struct walk_options options = {
		.limits = WALK_LIMITS, .source = &source, .alive = reader->alive,
		.context = reader->context,
	};
	int found = 0;

	if (reader->chain != NULL && reader->member != NULL && strcmp(reader->chain, chain) == 0 &&
	    offset >= reader->member->base)
		return 0;
	g_clear_pointer(&reader->chain, g_free);
	if (reader->walk != NULL)
		found = walk_find(reader->walk, chain, &reader->member_form, &reader->member, err);
	if (found == 0) {               /* it may have been before */
		close_walk(reader);
		reader->walk = walk_open(reader->path, 0, &options);
		found = walk_find(reader->walk, chain, &reader->member_form, &reader->member, err);
	}
	if (found == 0)
		return changed(reader, offset, err);
	if (found < 0)
		return -1;
	if (reader->member != NULL && reader->member->lone_cr)
		return error_at(err, reader->path, offset, "lines end in CR alone: what is in a container "
		                "is read once only, and not to the letter then");
	reader->chain = g_strdup(chain);
	return 0;
}

/* A message that its form gives: 1, 0 if it does not come any more, -1. */
static int find_given(struct span_reader *reader, const struct raw_place *place,
                      struct raw_message *raw, struct error *err)
{
	if (reader->text == NULL)
		reader->text = g_string_new(NULL);
	g_string_truncate(reader->text, 0);
	int got = walk_find_given(reader->walk, place->offset, place->member ? place->member : "",
	                          reader->text, raw, err);

	raw->path = reader->path;
	reader->from = NULL;
	reader->at = 0;
	reader->body = got > 0 ? (int64_t)raw->header_size : 0;
	reader->end = (int64_t)reader->text->len;
	return got;
}

static int find_in_container(struct span_reader *reader, const struct raw_place *place,
                             struct raw_message *raw, struct error *err)
{
	const char *chain = place->chain ? place->chain : "";

	if (find_member(reader, chain, place->offset, err) < 0)
		return -1;
	for (int tries = 0; reader->member == NULL; tries++) {
		int got = find_given(reader, place, raw, err);

		if (got != 0)
			return got < 0 ? -1 : 0;
		close_walk(reader);     /* it may have been before */
		if (tries > 0)
			return changed(reader, place->offset, err);
		if (find_member(reader, chain, place->offset, err) < 0)
			return -1;
	}
	struct window *window = reader->member;
	bool mbox = reader->member_form == SOURCE_MBOX;

	if (pass_over(reader, window, place->offset, err) < 0)
		return -1;
	return (mbox ? find_in_mbox : find_single)(reader, window, place, raw, err);
}

/* ---- whatever it is kept in ---- */

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
	bool inside = place->chain && *place->chain;

	if (reader_open(reader, place->path, err) < 0 ||
	    (!reader->repository && check_file(reader, place, err) < 0))
		return -1;
	if (reader->form == SOURCE_CONTAINER)
		return find_in_container(reader, place, raw, err);
	if (inside)
		return changed(reader, place->offset, err);
	return (reader->form == SOURCE_MBOX ? find_in_mbox : find_single)(reader, &reader->window,
	                                                                  place, raw, err);
}

int span_next_bytes(struct span_reader *reader, const uint8_t **bytes, size_t *size,
                    struct error *err)
{
	struct window *window = reader->from;

	if (reader->at >= reader->end)
		return 0;
	*size = (size_t)MIN(reader->end - reader->at, PIECE_SIZE);
	if (window == NULL) {
		*bytes = (const uint8_t *)reader->text->str + reader->at;
	} else if (window_is_stream(window)) {
		if (window_hold(window, reader->at, *size, err) < 0)
			return -1;
		*size = MIN(*size, window_left(window, reader->at));
		*bytes = window_at(window, reader->at);
		if (*size == 0)
			return changed(reader, reader->at, err);
	} else {
		if (!reader->piece)
			reader->piece = g_malloc(PIECE_SIZE);
		if (window_copy_exact(window, reader->at, reader->piece, *size, err) < 0)
			return -1;
		*bytes = reader->piece;
	}
	reader->at += (int64_t)*size;
	return 1;
}

void span_skip_header(struct span_reader *reader)
{
	reader->at = MAX(reader->at, reader->body);
}
