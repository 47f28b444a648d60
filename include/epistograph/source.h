/* source.h - mail on disk, one raw message at a time, whatever it is kept in */
#ifndef EPISTOGRAPH_SOURCE_H
#define EPISTOGRAPH_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct error;
struct source;                          /* an open file; its fields live in src/source */

/* What a file was found to be, by its content and never by its name. */
enum source_form {
	SOURCE_MESSAGE,                 /* one message: .eml, a Maildir's or MH folder's file */
	SOURCE_MBOX,                    /* any dialect of mbox */
	SOURCE_EMLX,                    /* one message of Apple Mail's, .emlx or .partial.emlx */
	SOURCE_EMPTY,                   /* no bytes, or nothing but white space */
	SOURCE_NOT_MAIL,                /* something else */
	SOURCE_UNREADABLE,              /* could not be opened or read */
	SOURCE_CONTAINER,               /* a zip, tar, ...: see walk.h */
	SOURCE_LINK,                    /* in a container only: another name of something else */
	SOURCE_SPECIAL,                 /* in a container only: a device, a FIFO */
	SOURCE_UNDELIVERED,             /* the same: in a Maildir's tmp */
};

/* Why what is in a Maildir's tmp is not read, on disk and in a container. */
#define UNDELIVERED_REASON "in a Maildir's tmp: a message that was not delivered to its end"

/* What was doubtful about a message, most of all where it begins. */
enum source_doubt {
	DOUBT_NO_BLANK_LINE,            /* a separator without a blank line before it */
	DOUBT_ODD_SEPARATOR,            /* "From " without a date, or damaged */
	DOUBT_NO_HEADER,                /* a separator that no header field follows */
	DOUBT_PASSED_OVER,              /* a line that looks like a separator, taken as text */
	DOUBT_CONTENT_LENGTH,           /* a Content-Length that leads nowhere */
	DOUBT_LEADING_BYTES,            /* bytes before the first separator */
	DOUBT_EMLX_COUNT,               /* an .emlx file shorter than its first line says */
	DOUBT_DELETED,                  /* its mail program has it for deleted */
};

struct source_note {
	enum source_doubt doubt;
	int64_t offset;                 /* bytes into the file */
};

/* The order of the numbers in dates such as 03/04/2016. */
enum day_order { DAY_ORDER_UNKNOWN, DAY_ORDER_DMY, DAY_ORDER_MDY, DAY_ORDER_YMD };

/* What a user says about mail that is kept in tables, and in Outlook's items. */
struct source_options {
	const char *columns;            /* which column holds what: "from=3,to=5", or NULL */
	enum day_order day_order;
	bool attached;                  /* give items of Outlook that are attached to others, too */
};

/* Are they well formed? -1 with *err if not. */
int source_options_check(const struct source_options *options, struct error *err);

/* Where a Date field is from that was not found in a header. */
enum record_date {
	RECORD_DATE_NONE,               /* it was found in one, or there is none */
	RECORD_DATE_TABLE,              /* a column of a table */
	RECORD_DATE_SUBMIT,             /* Outlook: when its sender sent it */
	RECORD_DATE_DELIVERY,           /* Outlook: when it was delivered */
};

/* Where a message stands. Stored in case files: append only. */
enum enclosure {
	ENCLOSURE_NONE,                 /* by itself */
	ENCLOSURE_ATTACHED,             /* inside another message, attached to it */
	ENCLOSURE_RETURNED,             /* the same: sent back with a report on its delivery */
	ENCLOSURE_COUNT
};

struct raw_message {
	const char *path;               /* the file on disk */
	const char *member;             /* tells apart what is at one offset: the number of the part
	                                 * that holds a message inside another ("2.1", attached.h),
	                                 * of the messages of a table's row "2 of 5"; else NULL */
	int64_t offset;                 /* first byte: in an mbox that of its separator line */
	int64_t size;                   /* bytes of header and body, without the separator line and
	                                 * the blank line that closes a message in an mbox */
	const char *envelope;           /* the separator line without its newline, or NULL */
	size_t envelope_size;
	const uint8_t *header;          /* the header block with its blank line, if there is one;
	                                 * what stands before the first field (a byte order mark,
	                                 * blank or ">From " lines) is left out, and where lines
	                                 * end in CR alone they are given with LF */
	size_t header_size;             /* at most SOURCE_HEADER_MAX */
	const struct source_note *notes;        /* about this message's begin and inside, ascending */
	size_t note_count;
	int64_t end;                    /* where the next separator begins, or the file ends: what
	                                 * span_read() takes */

	/* Of forms that do not keep mail as it was sent. */
	const char *rejected;           /* why this one cannot be read, or NULL. Then there is no
	                                 * header, and size is as far as known, or -1 */
	bool composed;                  /* no header was kept: it is made of the record's fields */
	enum record_date record_date;
	bool record;                    /* it is a record of such a form: there are no bytes to be
	                                 * gone through for what is attached */
	bool no_text;                   /* of a record found again: its text is not kept, or in a form
	                                 * that is not read */
	enum enclosure enclosure;
};

/* A header block is cut here: no mail system lets more pass, a hostile file may. */
#define SOURCE_HEADER_MAX (4 << 20)

/* Open the mail at path. Returns NULL with *err and *form set if there is
 * nothing to read (EMPTY, NOT_MAIL, UNREADABLE) or it is a CONTAINER. Reads 16 KB first and more only
 * when the file is an mbox or its header block is longer. Close with
 * source_close(). */
struct source *source_open(const char *path, enum source_form *form, struct error *err);

/* Go on at offset, which an earlier source_next() gave for this very file. */
int source_seek(struct source *source, int64_t offset, struct error *err);

/* Get the next message: 1 with *raw filled, 0 at the end, -1 with *err set.
 * What *raw points to is borrowed from source and lasts until the next call. */
int source_next(struct source *source, struct raw_message *raw, struct error *err);

void source_close(struct source *source);       /* NULL is fine */

/* Reads messages whose place in an mbox is already known, so that one process
 * can split a file and others read it. Keeps the last file open. */
struct span_reader;
struct span_reader *span_reader_new(void);

/* Have alive() called again and again while a container is gone through; NULL: no more. */
void span_reader_watch(struct span_reader *reader, void (*alive)(void *context), void *context);
void span_reader_free(struct span_reader *reader);

/* Fill *raw for the message whose separator line starts at offset and whose
 * separator, header and body end at `end`. 0, or -1 with *err. Notes are left
 * empty. Borrowed until the next call. */
int span_read(struct span_reader *reader, const char *path, int64_t offset, int64_t end,
              struct raw_message *raw, struct error *err);

/* Where a message was found when it was read, and what its file was like then. */
struct raw_place {
	const char *path;               /* the file on disk */
	const char *chain;              /* of names in a container (walk.h); NULL or "" if none */
	const char *member;             /* these four as in struct raw_message; member may be "" */
	int64_t offset, size;
	enum enclosure enclosure;
	int64_t outer_size;             /* of a message inside another: bytes of that */
	int64_t file_size;              /* bytes */
	int64_t modified_ns;
};

/* Find that message again: *raw as source_next() gave it, without notes. -1 with *err
 * if the file is gone or is not the one that was read: another size or time stamp, or
 * nothing that begins there; or if it is a row of a table. Of an item of Outlook the bytes
 * are the header as it was given when it was read, and the plain text.
 * A container is gone through from its begin, or from where the last message was: ask in
 * the order of reading. Borrowed until the next call. */
int span_find(struct span_reader *reader, const struct raw_place *place, struct raw_message *raw,
              struct error *err);

/* The bytes of the message that was found last, to the letter as they stand in the
 * file: header and body, piece by piece. 1 with *bytes and *size, 0 at the end, -1
 * with *err. Borrowed until the next call; *raw is good no longer. */
int span_next_bytes(struct span_reader *reader, const uint8_t **bytes, size_t *size,
                    struct error *err);

/* Go on behind the header, at the first byte of the body. */
void span_skip_header(struct span_reader *reader);

const char *source_form_name(enum source_form form);    /* "message", "mbox", ... */
const char *source_doubt_name(enum source_doubt doubt); /* "no-blank-line", ... */
const char *source_doubt_text(enum source_doubt doubt); /* a sentence */

#endif
