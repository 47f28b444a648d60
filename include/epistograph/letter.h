/* letter.h - one message as a reader wants to see it: who, when, what, and where it is */
#ifndef EPISTOGRAPH_LETTER_H
#define EPISTOGRAPH_LETTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "epistograph/message.h"
#include "epistograph/signature.h"

struct casefile;
struct error;
struct letter_reader;

/* Somebody whom the header names. */
struct letter_party {
	enum role role;                 /* of a recipient named in several: the most visible */
	int64_t person;                 /* 0 if only a name was given */
	const char *address;            /* "" if only a name was given */
	const char *name;               /* as this header has it; "" if none */
};

/* Where a copy of it was found. */
struct letter_place {
	const char *path;               /* of the file on disk, seen from the case file's folder */
	const char *chain;              /* of names in a container; "" if it is in none */
	const char *member;             /* which of several messages at offset; "" if it is the only
	                                 * one: as in struct raw_message */
	enum enclosure enclosure;
	int64_t outer_size;             /* of a message inside another: bytes of that */
	int64_t offset, size;           /* bytes, as in struct raw_message */
	int64_t file_size, modified_ns; /* what the file was like when it was read */
	const char *id;                 /* Message-ID of this copy; "" if none */
	uint8_t digest[16];             /* of its header, as in struct message */
	enum signature_status signature;        /* SIGNED_UNCHECKED if not looked at */
	const char *unchecked;          /* why there was nothing to check; "" if there was */
	const struct signature *signatures;     /* in the order of its header */
	size_t signature_count;
};

struct letter {
	int64_t message;                /* row id in the case file */
	const char *id;                 /* Message-ID without <>; "" if none */
	const char *subject;            /* "" if none */
	int64_t instant;                /* as found, plausible or not; INSTANT_NONE if undated */
	enum date_source date_source;
	enum date_verdict date_verdict;
	enum message_kind kind;
	enum enclosure enclosure;       /* of all places the least */
	enum signature_status signature;        /* of all places the best */
	const char *const *labels;              /* Gmail's, of all copies, ascending */
	size_t label_count;
	int64_t sender;                 /* person: first From, else Sender; 0 if neither */
	const char *sender_address, *sender_name;       /* name: that of the person; "" if none */
	const struct letter_party *parties;     /* in the order of the header */
	size_t party_count;
	const struct letter_place *places;      /* the first is the copy that is counted */
	size_t place_count;             /* >= 1 */
};

/* NULL with *err. Borrows casefile. */
struct letter_reader *letter_reader_new(struct casefile *casefile, struct error *err);
void letter_reader_free(struct letter_reader *reader);         /* NULL is fine */

/* Fill *out with a message that counts: 0, or -1 with *err. Borrowed until the next call. */
int letter_read(struct letter_reader *reader, int64_t message, struct letter *out,
                struct error *err);

/* The messages that are meant: by row id, by the place of any copy ("mail/a.mbox@1834",
 * "mail/a.mbox@1834/part-2.1", path as the case file has it), by Message-ID, with <> or
 * without. What fits first in this order is taken; one Message-ID may be that of several.
 * Row ids (int64_t) are appended to messages, ascending; none is no error. 0, or -1 with
 * *err. */
int letter_find(struct letter_reader *reader, const char *what, GArray *messages,
                struct error *err);

/* "mail/a.mbox@1834", of a message inside that one "mail/a.mbox@1834/part-2.1". Appends
 * to out. */
void letter_append_place(GString *out, const struct letter_place *place);

/* Take such a place apart: the size of the path before "@", the offset, and the member,
 * "" if there is none, which leads into text. False if it is no place. */
bool letter_parse_place(const char *text, size_t *path_size, int64_t *offset,
                        const char **member);

#endif
