/* window.h - a file, or a member of a container, read forwards through a buffer that
 * stays small
 *
 * A mapping would be a little faster, but a file that is cut short while it is
 * mapped kills the reader (SIGBUS); read() only reports an earlier end. */
#ifndef SOURCE_WINDOW_H
#define SOURCE_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct folder;

#define WINDOW_HEAD (16 << 10)          /* what is read of a file at first */

/* Bytes that come one after the other and cannot be read again. */
struct stream {
	/* Up to `room` bytes: how many came, 0 at the end, -1 with *err. */
	int64_t (*read)(void *context, uint8_t *bytes, size_t room, struct error *err);
	void *context;
};

struct window {
	int fd;                         /* -1: closed, or over a stream */
	struct stream stream;           /* if .read is not NULL */
	struct error *fault;            /* of a stream: it ended early, and why. Borrowed */
	int ahead;                      /* the next byte of a stream; -1: none is kept */
	const char *path;               /* borrowed from whoever opened the window */
	int64_t size;                   /* of the file when opened; less if it was cut since.
	                                 * INT64_MAX: of a stream whose end was not met yet */
	int64_t modified_ns;
	uint8_t *bytes;                 /* owned; kept from file to file */
	size_t capacity;
	size_t chunk;                   /* how much to read at once */
	int64_t base;                   /* offset of bytes[0] in the file */
	size_t fill;
	bool lone_cr;                   /* lines end in CR alone: CR is given as LF */
};

#define WINDOW_CLOSED { .fd = -1, .ahead = -1 }

/* Open a regular file. -1 with *err for anything else or if it is refused.
 * path is borrowed until window_close(); folder as in folder_of(). */
int window_open(struct window *window, const char *path, struct folder *folder,
                struct error *err);

/* Look at a stream instead. It can only be held forwards: window_hold() must begin
 * within what is held or right behind it. A stream that fails has its end there, and
 * *fault says why: what came before is read like a file that was cut short. path and
 * fault are borrowed until window_close(). */
void window_attach(struct window *window, struct stream stream, const char *path,
                   struct error *fault);

/* Read a stream to its end and hold none of it, so that window->size is known. What is
 * held stays. */
void window_drain(struct window *window);

/* The same, and of a file as well: up to `room` bytes from offset on, which is not before
 * what is held, are copied to bytes. How many there were. */
size_t window_read_tail(struct window *window, int64_t offset, uint8_t *bytes, size_t room);

/* Close the file; the buffer stays for the next one. */
void window_close(struct window *window);

/* Close and free the buffer. */
void window_clear(struct window *window);

/* Hold `want` bytes from offset on, or as many as the file has; what lies before
 * offset may go. -1 with *err if the system cannot read. */
int window_hold(struct window *window, int64_t offset, size_t want, struct error *err);

/* Copy `size` bytes from offset on, without moving the window. -1 with *err if
 * they cannot be read or are not there. */
int window_copy(struct window *window, int64_t offset, void *bytes, size_t size,
                struct error *err);

/* The same to the letter: a CR alone is not given as LF. */
int window_copy_exact(struct window *window, int64_t offset, void *bytes, size_t size,
                      struct error *err);

/* Pointers into a window are good until the next window_hold(). */
static inline const uint8_t *window_at(const struct window *window, int64_t offset)
{
	return window->bytes + (offset - window->base);
}

static inline size_t window_left(const struct window *window, int64_t offset)
{
	return (size_t)(window->base + (int64_t)window->fill - offset);
}

static inline bool window_is_stream(const struct window *window)
{
	return window->stream.read != NULL;
}

/* Does the window hold the last byte of the file? */
static inline bool window_ended(const struct window *window)
{
	return window->base + (int64_t)window->fill >= window->size;
}

#endif
