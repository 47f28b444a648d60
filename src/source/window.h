/* window.h - a file read forwards through a buffer that stays small
 *
 * A mapping would be a little faster, but a file that is cut short while it is
 * mapped kills the reader (SIGBUS); read() only reports an earlier end. */
#ifndef SOURCE_WINDOW_H
#define SOURCE_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;

#define WINDOW_HEAD (16 << 10)          /* what is read of a file at first */

struct window {
	int fd;                         /* -1: closed */
	const char *path;               /* borrowed from whoever opened the window */
	int64_t size;                   /* of the file when opened; less if it was cut since */
	int64_t modified_ns;
	uint8_t *bytes;                 /* owned; kept from file to file */
	size_t capacity;
	size_t chunk;                   /* how much to read at once */
	int64_t base;                   /* offset of bytes[0] in the file */
	size_t fill;
	bool lone_cr;                   /* lines end in CR alone: CR is given as LF */
};

#define WINDOW_CLOSED { .fd = -1 }

/* Open a regular file. -1 with *err for anything else or if it is refused.
 * path is borrowed until window_close(). */
int window_open(struct window *window, const char *path, struct error *err);

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

/* Does the window hold the last byte of the file? */
static inline bool window_ended(const struct window *window)
{
	return window->base + (int64_t)window->fill >= window->size;
}

#endif
