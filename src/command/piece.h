/* piece.h - pieces of work: which files and messages a worker is to read */
#ifndef PIECE_H
#define PIECE_H

#include "epistograph/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

struct error;
struct workers;

enum item_type {
	ITEM_FILE,              /* a file: find out what it is and read it from `begin` */
	ITEM_SPAN,              /* one message of an mbox, at begin..end */
	ITEM_END,               /* an mbox that was split here has been read */
	ITEM_UNOPENED,          /* a file that is not opened: form and reason are known */
};

struct item {
	uint64_t entry;         /* number of the file in this run, from 1 */
	int64_t size, modified_ns;      /* of the file */
	int64_t begin, end;     /* bytes; of a container, see walk_step.resume */
	uint32_t type;          /* enum item_type */
	uint32_t form;          /* enum source_form, of ITEM_UNOPENED */
	uint32_t note_count;
	uint32_t unused;        /* no bytes without a value go from process to process */
	const struct source_note *notes;        /* these and the texts are borrowed */
	const char *path;       /* to open it by */
	const char *name;       /* what it is called in results */
	const char *reason;     /* of ITEM_UNOPENED, else "" */
};

/* Entry i of the inventory, examined now: to be read whole, or not to be opened. The name
 * is left to the caller. */
struct inventory;
struct item item_of_entry(struct inventory *inventory, size_t i);

/* A piece being filled. */
struct piece {
	struct workers *workers;        /* borrowed: where full pieces go */
	GByteArray *bytes;
	uint64_t serial;
	int items;
	int64_t weight;
};
void piece_init(struct piece *piece, struct workers *workers);
void piece_clear(struct piece *piece);

/* Add an item, copied. weight, in bytes to be read, tells when a piece is full. A full
 * piece is submitted: 0, or -1 with *err from workers_submit(). */
int piece_add(struct piece *piece, const struct item *item, int64_t weight, struct error *err);
int piece_submit(struct piece *piece, struct error *err);       /* what is there, if anything */

/* The weight of an item that fills a piece by itself. */
#define PIECE_WEIGHT_MAX (4 << 20)

/* The items of a piece in the form it was submitted in: *at begins as NULL, false at the
 * end. Pointers lead into bytes. */
bool piece_next(const uint8_t *bytes, size_t size, const uint8_t **at, struct item *item);

/* Tells pieces apart. */
uint64_t piece_serial(const uint8_t *bytes);

#endif
