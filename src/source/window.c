/* window.c - a file or stream read forwards through a buffer that stays small */
#include "window.h"

#include "folder.h"

#include "epistograph/error.h"

#include <glib.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DRAIN_BYTES (64 << 10)

static const char *kind_of_file(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:  return "a folder";
	case S_IFIFO:  return "a FIFO";
	case S_IFSOCK: return "a socket";
	default:       return "a device";
	}
}

static void reserve(struct window *window, size_t capacity)
{
	if (capacity <= window->capacity)
		return;
	size_t wanted = MAX(window->capacity, WINDOW_HEAD);
	while (wanted < capacity)
		wanted *= 2;
	window->bytes = g_realloc(window->bytes, wanted);
	window->capacity = wanted;
}

int window_open(struct window *window, const char *path, struct folder *folder,
                struct error *err)
{
	struct stat status;
	const char *name;
	int place = folder_of(folder, path, &name);

	window_close(window);
	/* O_NONBLOCK: a FIFO that slipped in must not hold up the run. */
	int fd = openat(place, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return error_at(err, path, -1, "cannot open: %s", g_strerror(errno));
	if (fstat(fd, &status) < 0) {
		error_at(err, path, -1, "cannot examine: %s", g_strerror(errno));
		close(fd);
		return -1;
	}
	if (!S_ISREG(status.st_mode)) {
		error_at(err, path, -1, "not a file but %s", kind_of_file(status.st_mode));
		close(fd);
		return -1;
	}
	/* Most files are single messages of which only the head is wanted. One that
	 * is not longer than it needs no advice. */
	if (status.st_size > WINDOW_HEAD)
		posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM);
	reserve(window, WINDOW_HEAD);
	window->chunk = WINDOW_HEAD;
	window->fd = fd;
	window->path = path;
	window->size = status.st_size;
	window->modified_ns = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec;
	return 0;
}

void window_attach(struct window *window, struct stream stream, const char *path,
                   struct error *fault)
{
	window_close(window);
	reserve(window, WINDOW_HEAD);
	window->chunk = WINDOW_HEAD;
	window->stream = stream;
	window->fault = fault;
	window->path = path;
	window->size = INT64_MAX;
}

void window_close(struct window *window)
{
	if (window->fd >= 0)
		close(window->fd);
	window->fd = -1;
	window->stream = (struct stream){ 0 };
	window->fault = NULL;
	window->ahead = -1;
	window->path = NULL;
	window->size = 0;
	window->base = 0;
	window->fill = 0;
	window->lone_cr = false;
}

void window_clear(struct window *window)
{
	window_close(window);
	g_free(window->bytes);
	window->bytes = NULL;
	window->capacity = 0;
}

static void translate_lone_cr(uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] == '\r')
			bytes[i] = '\n';
}

/* ---- streams ---- */

/* Take up to room bytes. Less only at the end, which a failing stream has as well. */
static size_t take(struct window *window, uint8_t *bytes, size_t room)
{
	size_t got = 0;

	if (room > 0 && window->ahead >= 0) {
		bytes[got++] = (uint8_t)window->ahead;
		window->ahead = -1;
	}
	while (got < room) {
		int64_t more = window->stream.read(window->stream.context, bytes + got, room - got,
		                                   window->fault);
		if (more <= 0)
			break;
		got += (size_t)more;
	}
	return got;
}

/* Read on like a file, so that a mailbox is cut alike wherever it is kept. A byte more
 * is taken and put aside, to know whether this was the end. */
static void read_on_stream(struct window *window, size_t room)
{
	uint8_t next;
	size_t got = take(window, window->bytes + window->fill, room);

	if (window->lone_cr)
		translate_lone_cr(window->bytes + window->fill, got);
	window->fill += got;
	if (got == room && take(window, &next, 1) == 1)
		window->ahead = next;
	else
		window->size = window->base + (int64_t)window->fill;
}

void window_drain(struct window *window)
{
	window_read_tail(window, INT64_MAX, NULL, 0);
}

/* The part of `size` bytes at `at` that belongs to a tail. */
struct tail { int64_t offset; uint8_t *bytes; size_t room, fill; };

static void add_to_tail(struct tail *tail, int64_t at, const uint8_t *bytes, size_t size)
{
	int64_t from = tail->offset + (int64_t)tail->fill;

	if (tail->fill == tail->room || from < at || from >= at + (int64_t)size)
		return;
	size_t count = MIN(tail->room - tail->fill, size - (size_t)(from - at));

	memcpy(tail->bytes + tail->fill, bytes + (from - at), count);
	tail->fill += count;
}

size_t window_read_tail(struct window *window, int64_t offset, uint8_t *bytes, size_t room)
{
	struct tail tail = { offset, bytes, room, 0 };
	int64_t end = window->base + (int64_t)window->fill;
	uint8_t *rest = g_malloc(DRAIN_BYTES);

	add_to_tail(&tail, window->base, window->bytes, window->fill);
	while (window->size == INT64_MAX) {
		size_t got = take(window, rest, DRAIN_BYTES);

		add_to_tail(&tail, end, rest, got);
		end += (int64_t)got;
		if (got < DRAIN_BYTES)
			window->size = end;
	}
	while (!window_is_stream(window) && tail.fill < room) {
		ssize_t got = pread(window->fd, bytes + tail.fill, room - tail.fill,
		                    offset + (int64_t)tail.fill);

		if (got <= 0)
			break;
		tail.fill += (size_t)got;
	}
	g_free(rest);
	return tail.fill;
}

/* Read on behind what is held: a chunk or what is missing, but never beyond the size that
 * the file had when it was opened, so that one reading sees one file. */
static int read_on(struct window *window, size_t want, struct error *err)
{
	int64_t offset = window->base + (int64_t)window->fill;
	size_t room = MIN(window->capacity - window->fill, MAX(window->chunk, want - window->fill));
	ssize_t got;

	if (window_is_stream(window)) {
		read_on_stream(window, room);
		return 0;
	}
	room = MIN(room, (size_t)(window->size - offset));
	do {
		got = pread(window->fd, window->bytes + window->fill, room, offset);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_at(err, window->path, offset, "cannot read: %s", g_strerror(errno));
	if (got == 0)
		window->size = offset;          /* cut short since it was opened */
	if (window->lone_cr)
		translate_lone_cr(window->bytes + window->fill, (size_t)got);
	window->fill += (size_t)got;
	return 0;
}

int window_hold(struct window *window, int64_t offset, size_t want, struct error *err)
{
	int64_t end = window->base + (int64_t)window->fill;

	if (offset < window->base || offset > end) {
		g_assert(!window_is_stream(window));
		window->base = offset;
		window->fill = 0;
		end = offset;
	}
	if ((size_t)(end - offset) >= want || end >= window->size)
		return 0;
	size_t kept = (size_t)(end - offset);
	if (kept > 0 && offset > window->base)
		memmove(window->bytes, window->bytes + (offset - window->base), kept);
	window->base = offset;
	window->fill = kept;
	reserve(window, MAX(want, window->chunk));
	while (window->fill < want && !window_ended(window))
		if (read_on(window, want, err) < 0)
			return -1;
	return 0;
}

/* Bytes from the file itself, as they are there. */
static int copy_from_file(const struct window *window, int64_t offset, void *bytes, size_t size,
                          struct error *err)
{
	ssize_t got;

	do {
		got = pread(window->fd, bytes, size, offset);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_at(err, window->path, offset, "cannot read: %s", g_strerror(errno));
	if ((size_t)got < size)
		return error_at(err, window->path, offset, "the file ends before this place");
	return 0;
}

int window_copy(struct window *window, int64_t offset, void *bytes, size_t size,
                struct error *err)
{
	int64_t held = window->base + (int64_t)window->fill;

	if (offset >= window->base && offset + (int64_t)size <= held) {
		memcpy(bytes, window_at(window, offset), size);
		return 0;
	}
	if (copy_from_file(window, offset, bytes, size, err) < 0)
		return -1;
	if (window->lone_cr)
		translate_lone_cr(bytes, size);
	return 0;
}

int window_copy_exact(struct window *window, int64_t offset, void *bytes, size_t size,
                      struct error *err)
{
	return window->lone_cr ? copy_from_file(window, offset, bytes, size, err)
	                       : window_copy(window, offset, bytes, size, err);
}
