/* walk.h - all that is in a file: its messages, or the members of a container and theirs
 *
 * A container (zip, tar, ...) is gone through in its own order, containers in it
 * too, without unpacking to disk. Every member is told of, whatever it is. */
#ifndef EPISTOGRAPH_WALK_H
#define EPISTOGRAPH_WALK_H

#include "epistograph/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct walk;

/* What stops a container that was made to exhaust its reader. It is given up once it
 * has unpacked, with all that is in it, to more than free_bytes and more than ratio
 * times what was read of it, or to total_bytes more than that. A member counts 4 KB
 * at least. */
struct walk_limits {
	int depth;                      /* containers in each other, 1..WALK_DEPTH_MAX */
	int64_t ratio;                  /* 0: any */
	int64_t free_bytes;
	int64_t total_bytes;
};
#define WALK_DEPTH_MAX 8
/* What is met in earnest unpacks to less than 100 times its size, 1 GB is nothing. */
#define WALK_LIMITS { WALK_DEPTH_MAX, 250, INT64_C(1) << 30, INT64_C(1) << 40 }

struct walk_options {
	struct walk_limits limits;
	const struct source_options *source;    /* borrowed, or NULL */
	bool list;                      /* say what there is, give no messages */
	void (*alive)(void *context);   /* called while work goes on, or NULL */
	void *context;
};

enum walk_type {
	WALK_ENTER,                     /* a member begins */
	WALK_MESSAGE,                   /* a message in what was entered last and not left */
	WALK_REMARK,                    /* what a user should know of it as a whole */
	WALK_LEAVE,                     /* that has ended; the last is the file itself */
};

struct walk_step {
	enum walk_type type;
	const char *chain;              /* ENTER, and of what a MESSAGE is in: names from the
	                                 * outermost container inwards, joined with "/":
	                                 * "box.zip/inbox.mbox". Any bytes but NUL, and nothing
	                                 * but data. No two are alike: to the second of a name
	                                 * "#2" is added. A file that only is compressed
	                                 * (x.mbox.gz) is not a member: what is in it is x.mbox.gz */
	struct raw_message raw;         /* MESSAGE: path is NULL */
	enum source_form form;          /* LEAVE */
	const char *word;               /* LEAVE: the form in words: "mbox", "tar in xz". REMARK: its
	                                 * kind, a stable word */
	int64_t size;                   /* LEAVE: bytes; -1 if not known */
	const char *reason;             /* LEAVE: why it was not read, or not to its end; "".
	                                 * REMARK: a sentence */
	bool last;                      /* LEAVE: of the file itself */
	bool lost;                      /* LEAVE: was given up by walk_give_up() */
	int64_t position;               /* MESSAGE, LEAVE: bytes of the file gone through so far */
	int64_t resume;                 /* MESSAGE, LEAVE: where to go on if all before is done, for
	                                 * walk_open(); -1: not from here */
};

/* Open the file at path; begin at `resume`, which an earlier walk through this very
 * file gave, or at 0. Never fails: what is wrong is told by the last WALK_LEAVE. */
struct walk *walk_open(const char *path, int64_t resume, const struct walk_options *options);

/* The same with a walk that is not needed any more, or NULL: many small files are gone
 * through without making and freeing its memory for each. Returns it. */
struct walk *walk_reopen(struct walk *walk, const char *path, int64_t resume,
                         const struct walk_options *options);

/* 1 with *step, 0 at the end. What *step points to lasts until the next call. */
int walk_next(struct walk *walk, struct walk_step *step);

/* Instead of walk_next(), if that would not return: leave what it would have gone on
 * with. Returns where the rest of the messages of a file or member is given up; or -1:
 * all of it is, or the rest of a container, and its WALK_LEAVE will say that it is lost. */
int64_t walk_give_up(struct walk *walk);

void walk_close(struct walk *walk);     /* NULL is fine */

#endif
