/* container.h - a form of container, and what is in one
 *
 * A container holds members, one after the other. Most are files, whose bytes are
 * given and judged like those of a file on disk; a form that knows of messages and
 * not of files gives the messages. walk.c opens containers, asks for their members,
 * and makes of them a list that does not depend on the form.
 *
 * A new form is one file in this folder, one declaration here and one line in the
 * table of container.c. */
#ifndef SOURCE_CONTAINER_H
#define SOURCE_CONTAINER_H

#include "window.h"

#include "epistograph/source.h"

#include <glib.h>

/* The bytes of the container itself: those of a file on disk, or of a member of
 * another container, which come once and in their order. */
struct container_input {
	struct window *window;          /* borrowed */
	const char *path;               /* the file on disk if these are its bytes, else NULL */
	int64_t at;                     /* of the byte to be read next */
	int64_t taken;                  /* bytes read or passed over */
	void (*alive)(void *context);   /* to be called when some more were read */
	void *context;
	const struct source_options *options;   /* borrowed, or NULL */
};

/* Can any byte be read at any time? True of a file; of a member only if it fits into
 * memory (CONTAINER_HELD_MAX), where it then is. */
#define CONTAINER_HELD_MAX (64 << 20)
bool container_input_hold(struct container_input *input);

enum member_kind {
	MEMBER_FILE,                    /* bytes, by read(): to be judged by their content */
	MEMBER_MESSAGES,                /* messages, by next_message() */
	MEMBER_LINK,                    /* another name of something else: not followed */
	MEMBER_SPECIAL,                 /* a device and the like: holds no bytes */
	MEMBER_LOCKED,                  /* encrypted, or in a form that cannot be read */
};

struct container_member {
	const char *name;               /* any bytes, borrowed until the next member: nothing but
	                                 * data. NULL: what is in it is the content of the
	                                 * container as such (of x.mbox.gz, of a table); then it
	                                 * is the only one */
	enum member_kind kind;
	int64_t size;                   /* bytes; -1: not known before they are read */
	bool skips;                     /* MEMBER_FILE: next_member() passes over what was not read
	                                 * of it at no cost */
	bool certain;                   /* and its size can be relied on: so many bytes are there */
	const char *word;               /* of MESSAGES: what it is in a word, as "folder" */
	const char *reason;             /* of LINK, SPECIAL, LOCKED: one line, borrowed */
	const char *remark_kind;        /* what a user should know of it: a stable word and a */
	const char *remark;             /* sentence, borrowed; NULL if nothing */
};

struct container_form {
	/* By the first bytes, up to 16 KB. options may be NULL. */
	bool (*is_it)(const uint8_t *head, size_t size, const struct source_options *options);
	bool is_text;                   /* it is not looked for in what begins as a message does */

	/* input is borrowed until close(). NULL with *err and *form: SOURCE_NOT_MAIL for
	 * what holds no mail by its nature, SOURCE_EMPTY, or SOURCE_UNREADABLE. */
	void *(*open)(struct container_input *input, enum source_form *form, struct error *err);

	/* What it is, in a word or two: "zip", "tar in xz". */
	const char *(*word)(const void *state);

	/* 1 with *member, 0 at the end, -1 with *err: then the rest cannot be read. */
	int (*next_member)(void *state, struct container_member *member, struct error *err);

	/* Of a MEMBER_FILE: up to room bytes; how many, 0 at the end, -1 with *err. NULL if
	 * there are none. */
	int64_t (*read)(void *state, uint8_t *bytes, size_t room, struct error *err);

	/* Of MEMBER_MESSAGES: as source_next(). raw->offset ascends within the member and
	 * names the message for good; raw->header may be made up of what the form keeps in
	 * fields of its own. NULL if there are none. */
	int (*next_message)(void *state, struct raw_message *raw, struct error *err);

	/* Of the message given last: append its text, UTF-8. False if it has none that can be
	 * read. NULL if messages of this form are not to be had again. */
	bool (*text)(void *state, GString *text);

	/* What a user should know of the container as a whole, once all is read: the i-th
	 * remark, false if there are not so many. kind is a stable word, text a sentence,
	 * both borrowed. NULL if there never are any. */
	bool (*remark)(const void *state, size_t i, const char **kind, const char **text);

	void (*close)(void *state);
};

/* The form of a file that begins with head, or NULL: it is none. mail: by its fields it
 * could be the header of a message. */
const struct container_form *container_form_of(const uint8_t *head, size_t size, bool mail,
                                               const struct source_options *options);

/* packed.c: zip, tar, 7z, cpio, rar; gzip, bzip2, xz, zstd and more over any file. */
extern const struct container_form packed_form;

/* loadfile.c: load files, CSV and TSV files, edge lists. */
extern const struct container_form loadfile_form;

/* pst.c: Outlook's PST and OST files. */
extern const struct container_form pst_form;

/* msg.c: Outlook's MSG files. */
extern const struct container_form msg_form;

/* git.c: the repositories of public-inbox. Not a file but a folder, so that is_it() is
 * NULL: see repository_is(). There are no bytes, but input->path. */
extern const struct container_form git_form;

#endif
