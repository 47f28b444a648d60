/* single.c - a file that holds one message, and header blocks in general */
#include "single.h"

#include "emlx.h"
#include "fields.h"
#include "lines.h"

#include "epistograph/source.h"

#include <glib.h>

#include <string.h>

/* Size of the header block at the begin of bytes with its blank line, 0 if its
 * end is not there. *seen: bytes that need not be looked at again. */
static size_t find_blank_line(const uint8_t *bytes, size_t size, size_t *seen)
{
	size_t at = *seen;

	if (at == 0 && size > 0) {
		size_t first = line_size(bytes, size);
		if (line_is_blank(bytes, first))
			return first;
	}
	while (at < size) {
		at += line_find_header(bytes + at, size - at);
		if (at + 1 >= size)
			break;
		size_t length = line_size(bytes + at + 1, size - at - 1);
		if (line_is_blank(bytes + at + 1, length))
			return at + 1 + length;
		at++;
	}
	/* A line end could be cut in two by the end of what is held. */
	*seen = size > 4 ? size - 4 : 0;
	return 0;
}

int64_t single_header_size(struct window *window, int64_t keep, int64_t from, int64_t end,
                           struct error *err)
{
	int64_t limit = MIN(end, from + SOURCE_HEADER_MAX);
	size_t want = WINDOW_HEAD;
	size_t seen = 0;

	for (;;) {
		int64_t until = MIN(keep + (int64_t)want, limit);
		if (window_hold(window, keep, (size_t)(until - keep), err) < 0)
			return -1;
		size_t held = MIN(window_left(window, from), (size_t)(limit - from));
		size_t header = find_blank_line(window_at(window, from), held, &seen);
		if (header > 0)
			return (int64_t)header;
		if (from + (int64_t)held >= limit || window_ended(window))
			return (int64_t)held;
		want *= 4;
	}
}

int single_find(struct window *window, struct single *single, struct error *err)
{
	struct emlx emlx = { 0, INT64_MAX };
	bool junk = false;

	if (window_hold(window, 0, WINDOW_HEAD, err) < 0)
		return -1;
	size_t head = MIN(window->fill, WINDOW_HEAD);
	bool counted = emlx_find(window->bytes, head, &emlx);

	*single = (struct single){
		.offset = emlx.begin,
		.begin = counted ? emlx.begin : (int64_t)header_lead(window->bytes, head, &junk),
		.counted_end = emlx.end,
		.end = MIN(emlx.end, window->size),
		.junk = junk,
	};
	return 0;
}

int single_read(struct window *window, struct raw_message *raw, struct source_note *note,
                bool *deleted, struct error *err)
{
	uint8_t list[EMLX_LIST_MAX];
	struct single single;

	if (single_find(window, &single, err) < 0)
		return -1;
	int64_t header = single_header_size(window, 0, single.begin, single.end, err);

	if (header < 0)
		return -1;
	/* Only then the size of a stream is known. */
	if (single.counted_end != INT64_MAX)
		*deleted |= emlx_is_deleted(list, window_read_tail(window, single.counted_end, list,
		                                                   sizeof list));
	else if (window_is_stream(window))
		window_drain(window);
	*raw = (struct raw_message){
		.path = window->path,
		.offset = single.offset,
		.size = MIN(single.counted_end, window->size) - single.begin,
		.header = window_at(window, single.begin),
		.header_size = (size_t)header,
		.end = window->size,
	};
	bool cut = single.counted_end != INT64_MAX && single.counted_end > window->size;
	if (single.junk || cut) {
		*note = (struct source_note){ single.junk ? DOUBT_LEADING_BYTES : DOUBT_EMLX_COUNT, 0 };
		raw->notes = note;
		raw->note_count = 1;
	}
	return 0;
}
