/* mbox.c - a mailbox file cut into its messages
 *
 * One pass, forwards. Inside a header block every line that could end it or that
 * could be a separator or a Content-Length is looked at, inside a body only lines
 * that begin with 'F'. The window slides along; what a message's record needs of
 * its head is copied aside once it would slide out. */
#include "mbox.h"

#include "lines.h"

#include "epistograph/error.h"

#include <fcntl.h>
#include <string.h>

#define WINDOW_SIZE (256 << 10) /* stays in the second-level cache; 1 MB reads are slower */

/* Of a stream all of a message is held until its Content-Length has been tried. Longer
 * ones are not tried: of these only separators tell where they end. */
#define STREAM_AHEAD_MAX (32 << 20)

/* One message being measured. Offsets into the file. */
struct extent {
	int64_t start;          /* of the separator line */
	int64_t from;           /* of the header, behind the separator line */
	int64_t header_end;     /* behind the blank line, or -1: still in the header */
	int64_t position;       /* a byte before the next line not yet looked at */
	int64_t end;            /* where the next separator line begins, or the file ends */
	int64_t length;         /* Content-Length, or -1 */
	int64_t length_at;      /* of that field */
	int64_t goal;           /* where it leads: a separator or the file's end; -1: nowhere */
	int64_t lines;          /* newlines in the body so far, counted if there is no goal */
	struct separator next;  /* at end */
	bool crlf;              /* its lines end in CR LF */
	bool more;              /* a separator stands at end */
	bool pinned;            /* separator line and header were copied aside */
};

void mbox_init(struct mbox *mbox)
{
	*mbox = (struct mbox){
		.peek = WINDOW_CLOSED,
		.at = -1,
		.notes = g_array_new(FALSE, FALSE, sizeof(struct source_note)),
		.pinned = g_byte_array_new(),
	};
}

void mbox_clear(struct mbox *mbox)
{
	mbox->peek.fd = -1;             /* the descriptor is the main window's */
	window_clear(&mbox->peek);
	g_array_free(mbox->notes, TRUE);
	g_byte_array_free(mbox->pinned, TRUE);
}

size_t mbox_quoted_lead(const uint8_t *bytes, size_t size)
{
	size_t at = 0;

	while (size - at >= 6 && memcmp(bytes + at, ">From ", 6) == 0)
		at += line_size(bytes + at, size - at);
	return at;
}

size_t mbox_envelope_size(const uint8_t *line, size_t size)
{
	if (size > 0 && line[size - 1] == '\n')
		size--;
	while (size > 0 && line[size - 1] == '\r')
		size--;
	return size;
}

static void note(struct mbox *mbox, enum source_doubt doubt, int64_t offset)
{
	struct source_note entry = { doubt, offset };

	if (mbox->notes->len < MBOX_NOTES_MAX)
		g_array_append_val(mbox->notes, entry);
}

static struct slice window_slice(const struct window *window)
{
	return (struct slice){ window->bytes, window->fill, window->base == 0,
	                       window_ended(window) };
}

/* ---- the first separator ---- */

/* Binaries and scripts may hold mail, as samples or test data, but are none. */
static bool is_program(const uint8_t *bytes, size_t size)
{
	return memchr(bytes, '\0', size) != NULL || (size >= 2 && memcmp(bytes, "#!", 2) == 0);
}

/* A file that begins in the middle of a message (cut, carved from a disk) is a
 * mailbox all the same if a separator beyond doubt follows soon. */
static bool accept_first(const struct slice *slice, size_t at, bool leading,
                         struct separator *separator)
{
	if (!separator_possible(slice->bytes + at, slice->size - at))
		return false;
	separator_judge(slice, at, GRADE_PROSE, separator);
	if (!separator->accepted)
		return false;
	return !leading || (separator->grade == GRADE_GOOD && separator->blank_before &&
	                    separator->header_after && !is_program(slice->bytes, at));
}

bool mbox_find_first(const struct window *window, bool after_text, struct mbox_first *first)
{
	struct slice slice = window_slice(window);
	size_t at = slice.size >= 3 && memcmp(slice.bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	*first = (struct mbox_first){ .at = (int64_t)at };
	if (accept_first(&slice, at, false, &first->separator))
		return true;
	while (at + 1 < slice.size) {
		at += line_find_separator(slice.bytes + at, slice.size - at) + 1;
		if (at >= slice.size)
			return false;
		first->leading = !bytes_are_blank(slice.bytes, at);
		first->at = (int64_t)at;
		if (first->leading && !after_text)
			return false;
		if (accept_first(&slice, at, first->leading, &first->separator))
			return true;
	}
	return false;
}

void mbox_begin(struct mbox *mbox, struct window *window, const struct mbox_first *first)
{
	mbox->window = window;
	mbox->first = first->at;
	mbox->leading = first->leading;
	mbox->habit = first->separator.grade;
	mbox->at = first->at;
	mbox->here = first->separator;
	mbox->peek.fd = window->fd;
	mbox->peek.path = window->path;
	mbox->peek.size = window->size;
	mbox->peek.lone_cr = window->lone_cr;
	mbox->peek.chunk = WINDOW_HEAD;
	mbox->peek.base = 0;
	mbox->peek.fill = 0;
	g_array_set_size(mbox->notes, 0);
	window->chunk = (size_t)MIN(WINDOW_SIZE, MAX(window->size, WINDOW_HEAD));
	if (!window_is_stream(window))
		posix_fadvise(window->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
}

int mbox_seek(struct mbox *mbox, int64_t offset, struct error *err)
{
	struct window *window = mbox->window;

	if (offset == 0)
		offset = mbox->first;
	int64_t keep = MAX(offset - SEPARATOR_BEHIND, 0);
	if (offset >= window->size) {
		mbox->at = -1;
		return offset == window->size ? 0 :
			error_at(err, window->path, offset, "the file ends before this place");
	}
	if (window_hold(window, keep, SEPARATOR_BEHIND + SEPARATOR_AHEAD, err) < 0)
		return -1;
	struct slice slice = window_slice(window);
	size_t at = (size_t)(offset - window->base);
	if (!separator_possible(slice.bytes + at, slice.size - at))
		return error_at(err, window->path, offset, "no message begins here");
	separator_judge(&slice, at, mbox->habit, &mbox->here);
	mbox->at = offset;
	return 0;
}

/* ---- Content-Length ---- */

/* The value of a Content-Length field, or -1 for another field or a bad value. */
static int64_t length_value(const uint8_t *line, size_t size)
{
	static const char name[] = "content-length:";
	size_t i = sizeof name - 1;
	int64_t value = 0;

	if (size < i || g_ascii_strncasecmp((const char *)line, name, i) != 0)
		return -1;
	while (i < size && (line[i] == ' ' || line[i] == '\t'))
		i++;
	if (i == size || !g_ascii_isdigit((char)line[i]))
		return -1;
	for (; i < size && g_ascii_isdigit((char)line[i]); i++) {
		if (value > INT64_MAX / 100)
			return -1;
		value = value * 10 + (line[i] - '0');
	}
	return value;
}

/* A window that holds what is needed to judge a line at offset, behind the message that
 * starts at start. NULL with *err. */
static struct window *look_at(struct mbox *mbox, int64_t start, int64_t offset,
                              struct error *err)
{
	struct window *window = mbox->window;
	int64_t keep = MAX(offset - SEPARATOR_BEHIND, 0);
	size_t want = SEPARATOR_BEHIND + SEPARATOR_AHEAD;

	if (window_is_stream(window))   /* what is passed over does not come again */
		return window_hold(window, start, (size_t)(offset - start) + want, err) < 0
		       ? NULL : window;

	if (keep >= window->base && offset <= window->base + (int64_t)window->fill &&
	    (window_left(window, keep) >= want || window_ended(window)))
		return window;
	return window_hold(&mbox->peek, keep, want, err) < 0 ? NULL : &mbox->peek;
}

/* Does a length lead from the end of the header to a separator or to the file's
 * end? The line end before a separator may be counted in it or not. Sets
 * extent->goal; -1 with *err if the file cannot be read. */
static int find_goal(struct mbox *mbox, struct extent *extent, struct error *err)
{
	struct separator separator;

	if (extent->length > mbox->window->size - extent->header_end)
		return 0;
	int64_t target = extent->header_end + extent->length;
	if (window_is_stream(mbox->window) && target - extent->start > STREAM_AHEAD_MAX) {
		extent->length = -1;            /* cannot be tried */
		return 0;
	}
	struct window *window = look_at(mbox, extent->start, target, err);
	if (window == NULL)
		return -1;
	int64_t size = mbox->window->size;      /* of a stream it may be known only now */
	if (target > size)
		return 0;
	size_t left = MIN(window_left(window, target), SEPARATOR_BEHIND);
	if (line_is_blank(window_at(window, target), left))
		target += (int64_t)line_size(window_at(window, target), left);
	if (target >= size) {
		extent->goal = size;
		return 0;
	}
	struct slice slice = window_slice(window);
	size_t at = (size_t)(target - window->base);
	if (!separator_possible(slice.bytes + at, slice.size - at) || slice.bytes[at - 1] != '\n')
		return 0;
	separator_judge(&slice, at, mbox->habit, &separator);
	if (separator.accepted)
		extent->goal = target;
	return 0;
}

/* A length that leads nowhere by itself may have been counted with line ends of
 * two bytes that are one here, or the reverse. `blank` is the blank line that
 * closes the message, which may be counted in or not. */
static bool length_fits_recounted(const struct extent *extent, size_t blank)
{
	int64_t body = extent->end - extent->header_end;

	for (int i = 0; i < 2; i++) {
		int64_t bytes = i == 0 ? body : body - (int64_t)blank;
		int64_t lines = i == 0 || blank == 0 ? extent->lines : extent->lines - 1;
		if (extent->length == (extent->crlf ? bytes - lines : bytes + lines))
			return true;
	}
	return false;
}

/* ---- one message ---- */

/* Copy separator line and header aside before the window slides past them. */
static void pin(struct mbox *mbox, struct extent *extent)
{
	g_byte_array_set_size(mbox->pinned, 0);
	g_byte_array_append(mbox->pinned, window_at(mbox->window, extent->start),
	                    (guint)(extent->header_end - extent->start));
	extent->pinned = true;
}

/* See that everything needed to judge the line behind extent->position is held. */
static int refill(struct mbox *mbox, struct extent *extent, struct error *err)
{
	struct window *window = mbox->window;
	int64_t keep = extent->start;

	if (window_left(window, extent->position) >= 2 * SEPARATOR_AHEAD || window_ended(window))
		return 0;
	if (extent->header_end >= 0) {
		keep = MAX(extent->start, extent->position - SEPARATOR_BEHIND);
		if (!extent->pinned)
			pin(mbox, extent);
	}
	return window_hold(window, keep,
	                   (size_t)(extent->position - keep) + 2 * SEPARATOR_AHEAD, err);
}

static void move_on(struct mbox *mbox, struct extent *extent, int64_t position)
{
	if (extent->length >= 0 && extent->goal < 0 && extent->header_end >= 0)
		extent->lines += line_count(window_at(mbox->window, extent->position),
		                            (size_t)(position - extent->position));
	extent->position = position;
}

/* The header ends at `end`: behind a blank line, or where it is cut. */
static int end_header(struct mbox *mbox, struct extent *extent, int64_t end, struct error *err)
{
	extent->header_end = MIN(end, extent->from + SOURCE_HEADER_MAX);
	if (extent->header_end != end)
		extent->length = -1;            /* nothing is known of where the body begins */
	extent->position = MAX(extent->position, extent->header_end - 1);
	/* The newline at position ends the header and is none of the body's. */
	extent->lines = -1;
	return extent->length >= 0 ? find_goal(mbox, extent, err) : 0;
}

/* Look at a line that could be a separator: 1 if the next message begins there. */
static int take_separator(struct mbox *mbox, struct extent *extent, int64_t offset)
{
	struct slice slice = window_slice(mbox->window);
	struct separator separator;

	separator_judge(&slice, (size_t)(offset - mbox->window->base), mbox->habit, &separator);
	if (separator.accepted && offset >= extent->goal) {
		extent->next = separator;
		extent->more = true;
		extent->end = offset;
		return 1;
	}
	if (separator.accepted || separator.near)
		note(mbox, DOUBT_PASSED_OVER, offset);
	return 0;
}

/* Deal with the line behind extent->position: 1 if the message ends before it. */
static int take_line(struct mbox *mbox, struct extent *extent, struct error *err)
{
	int64_t offset = extent->position + 1;
	const uint8_t *line = window_at(mbox->window, offset);
	size_t left = window_left(mbox->window, offset);

	if (extent->header_end < 0) {
		size_t size = line_size(line, left);
		if (line_is_blank(line, size))
			return end_header(mbox, extent, offset + (int64_t)size, err);
		if (extent->length < 0) {
			extent->length = length_value(line, size);
			extent->length_at = offset;
		}
	}
	move_on(mbox, extent, offset);
	return separator_possible(line, left) ? take_separator(mbox, extent, offset) : 0;
}

/* Find where the message ends that starts at extent->start. */
static int measure(struct mbox *mbox, struct extent *extent, struct error *err)
{
	struct window *window = mbox->window;

	for (;;) {
		if (extent->header_end < 0 &&
		    extent->position - extent->from >= SOURCE_HEADER_MAX &&
		    end_header(mbox, extent, INT64_MAX, err) < 0)
			return -1;
		if (refill(mbox, extent, err) < 0)
			return -1;
		const uint8_t *bytes = window_at(window, extent->position);
		size_t left = window_left(window, extent->position);
		size_t skip = extent->header_end < 0 ? line_find_header(bytes, left)
		                                     : line_find_separator(bytes, left);
		if (skip >= left) {
			if (window_ended(window)) {
				move_on(mbox, extent, window->size);
				extent->end = window->size;
				return 0;
			}
			move_on(mbox, extent, extent->position + (int64_t)left - 1);
			continue;
		}
		move_on(mbox, extent, extent->position + (int64_t)skip);
		if (refill(mbox, extent, err) < 0)
			return -1;
		int taken = take_line(mbox, extent, err);
		if (taken != 0)
			return taken < 0 ? -1 : 0;
	}
}

/* What is doubtful about the separator at which a message begins. */
static void note_begin(struct mbox *mbox)
{
	const struct separator *here = &mbox->here;
	bool first = mbox->at == mbox->first;

	if (first && mbox->leading)
		note(mbox, DOUBT_LEADING_BYTES, 0);
	if (!here->blank_before)
		note(mbox, DOUBT_NO_BLANK_LINE, mbox->at);
	/* A file whose separators all lack the date is noted once. */
	if (here->grade != GRADE_GOOD && (first || here->grade != mbox->habit))
		note(mbox, DOUBT_ODD_SEPARATOR, mbox->at);
	if (!here->header_after)
		note(mbox, DOUBT_NO_HEADER, mbox->at);
}

static int compare_notes(const void *a, const void *b)
{
	const struct source_note *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return (int)x->doubt - (int)y->doubt;
}

static void fill_raw(struct mbox *mbox, const struct extent *extent, size_t blank,
                     struct raw_message *raw)
{
	int64_t header_end = extent->header_end >= 0 ? extent->header_end : extent->end;
	size_t separator_size = (size_t)(extent->from - extent->start);
	size_t header_size = (size_t)MIN(header_end - extent->from, SOURCE_HEADER_MAX);
	const uint8_t *bytes = extent->pinned ? mbox->pinned->data
	                                      : window_at(mbox->window, extent->start);
	size_t lead = mbox_quoted_lead(bytes + separator_size, header_size);

	*raw = (struct raw_message){
		.path = mbox->window->path,
		.offset = extent->start,
		.size = extent->end - (int64_t)blank - extent->from,
		.envelope = (const char *)bytes,
		.envelope_size = mbox_envelope_size(bytes, separator_size),
		.header = bytes + separator_size + lead,
		.header_size = header_size - lead,
		.notes = (const struct source_note *)(const void *)mbox->notes->data,
		.note_count = mbox->notes->len,
		.end = extent->end,
	};
}

/* The blank line that closes a message belongs to the mailbox, unless it is the
 * one that ends the header. */
static size_t closing_blank(const struct mbox *mbox, const struct extent *extent)
{
	int64_t begin = MAX(extent->header_end, extent->end - SEPARATOR_BEHIND);
	int64_t before = begin > mbox->window->base ? begin - 1 : begin;

	if (extent->header_end < 0 || begin >= extent->end)
		return 0;
	size_t blank = line_blank_tail(window_at(mbox->window, before),
	                               (size_t)(extent->end - before));
	return extent->end - (int64_t)blank >= extent->header_end ? blank : 0;
}

int mbox_next(struct mbox *mbox, struct raw_message *raw, struct error *err)
{
	struct extent extent = { .start = mbox->at, .header_end = -1, .length = -1, .goal = -1 };

	if (mbox->at < 0)
		return 0;
	g_array_set_size(mbox->notes, 0);
	note_begin(mbox);
	extent.from = extent.start + (int64_t)mbox->here.size;
	extent.position = extent.from - 1;
	if (window_hold(mbox->window, extent.start, mbox->here.size + SEPARATOR_AHEAD, err) < 0)
		return -1;
	extent.crlf = window_at(mbox->window, extent.from)[-2] == '\r';
	if (measure(mbox, &extent, err) < 0)
		return -1;
	size_t blank = closing_blank(mbox, &extent);
	if (extent.length >= 0 && extent.header_end >= 0 && extent.goal < 0 &&
	    !length_fits_recounted(&extent, blank))
		note(mbox, DOUBT_CONTENT_LENGTH, extent.length_at);
	if (mbox->notes->len > 1)
		qsort(mbox->notes->data, mbox->notes->len, sizeof(struct source_note),
		      compare_notes);
	fill_raw(mbox, &extent, blank, raw);
	mbox->at = extent.more ? extent.end : -1;
	mbox->here = extent.next;
	return 1;
}
