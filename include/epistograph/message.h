/* message.h - what a message says of itself: people, dates, kind */
#ifndef EPISTOGRAPH_MESSAGE_H
#define EPISTOGRAPH_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "epistograph/source.h"

struct error;
struct message_parser;

/* In what part an address is named. Values are stored in case files: append only. */
enum role {
	ROLE_FROM, ROLE_SENDER, ROLE_REPLY_TO,
	ROLE_TO, ROLE_CC, ROLE_BCC,
	ROLE_RESENT_FROM, ROLE_RESENT_TO, ROLE_RESENT_CC, ROLE_RESENT_BCC,
	ROLE_DELIVERED_TO,
	ROLE_DIRECTORY,         /* the sender's entry in a directory (X.500), written beside From */
	ROLE_AUTHOR,            /* who wrote it, where a list has put its own address in From:
	                         * worked out, see enum sender_source */
	ROLE_HIDDEN,            /* delivered to, addressed nowhere, and no list explains it: worked
	                         * out when a case is queried, never stored */
	ROLE_ANSWERED,          /* wrote what this message answers: the same */
	ROLE_COUNT
};

/* Which part of the header says who sent a message. Stored in case files: append
 * only. Lists that must not pass on mail in others' names (DMARC) write "Ann Lee
 * via Trees <trees@lists.example>" into From; then the author is who the list
 * itself names elsewhere, if it does. */
enum sender_source {
	SENDER_FROM_NOTHING,
	SENDER_FROM_FROM,
	SENDER_FROM_SENDER,             /* no address in From */
	SENDER_FROM_ORIGINAL_FROM,      /* X-Original-From, X-Original-Sender */
	SENDER_FROM_REPLY_TO,
	SENDER_FROM_CC,                 /* Mailman, where Reply-To is the list */
	SENDER_FROM_ADDRESS,            /* written into From's address: ann=example.org@groups.io */
	SENDER_SOURCE_COUNT
};

struct mention {
	enum role role;
	const char *address;    /* normalised: domain lower-case and Unicode (IDNA), local part
	                         * lower-case; UTF-8, "" if the field gave only a name */
	const char *name;       /* display name, decoded and cleaned UTF-8; "" if none */
};

/* Stored in case files: append only. */
enum date_source {
	DATE_FROM_NOTHING, DATE_FROM_DATE, DATE_FROM_RECEIVED, DATE_FROM_SEPARATOR,
	DATE_FROM_TABLE,        /* a column of a load file or edge list */
	DATE_FROM_SUBMIT,       /* Outlook's property: when it was sent */
	DATE_FROM_DELIVERY,     /* Outlook's property: when it was delivered */
	DATE_SOURCE_COUNT
};
enum date_verdict {
	DATE_GOOD,              /* Date: as RFC 5322 has it (obsolete forms included); of a record
	                         * that is no mail any form that says one thing */
	DATE_REPAIRED,          /* Date: in a form that no standard has, but that says one thing */
	DATE_REPLACED,          /* no usable Date:, taken from elsewhere (see date_source) */
	DATE_IMPLAUSIBLE,       /* cannot be believed: see enum date_doubt */
	DATE_MISSING,           /* none found anywhere */
	DATE_VERDICT_COUNT
};

/* Why a date cannot be believed. The last two are said of a case as a whole. */
enum date_doubt {
	DOUBT_NONE,
	DOUBT_EARLY,            /* before RFC 822 (13 August 1982) */
	DOUBT_LATE,             /* after 2100 */
	DOUBT_RECEIVED,         /* more than 30 days off the Received chain */
	DOUBT_THREAD,           /* it contradicts the messages that it answers, or that answer it */
	DOUBT_ARCHIVE,          /* more than a year after all that was received, as hardly any other */
	DATE_DOUBT_COUNT
};
enum message_kind { KIND_PERSONAL, KIND_LIST, KIND_BULK, KIND_AUTOMATIC, KIND_COUNT };

/* What was wrong with the header; the message counts all the same. Bits. */
enum message_fault {
	FAULT_NO_FROM        = 1 << 0,
	FAULT_NO_RECIPIENT   = 1 << 1,  /* no address in To, Cc, Bcc or Resent-To/Cc/Bcc */
	FAULT_NO_MESSAGE_ID  = 1 << 2,
	FAULT_NO_DATE        = 1 << 3,  /* no Date: field at all */
	FAULT_BAD_DATE       = 1 << 4,  /* a Date: field that cannot be read */
	FAULT_BAD_ADDRESS    = 1 << 5,  /* part of an address field could not be read */
	FAULT_CUT            = 1 << 6,  /* header block or a value beyond our bounds, cut */
	FAULT_NO_HEADER      = 1 << 7,  /* no header field at all */
	FAULT_COMPOSED       = 1 << 8,  /* its header was not kept: it is made of the fields of a
	                                 * table's row or of Outlook's item */
};

#define UTC_OFFSET_UNKNOWN INT32_MIN

struct message {
	/* Origin. */
	const char *path;
	const char *member;             /* as in struct raw_message; or NULL */
	int64_t offset;                 /* bytes into path, or into its place in a container */
	int64_t size;                   /* bytes of header and body */
	enum enclosure enclosure;

	const char *id;                 /* Message-ID without <>, "" if none */
	const char *subject;            /* decoded, cleaned UTF-8; "" if none */
	const char *in_reply_to;        /* first id without <>, "" if none */
	const char *const *references;  /* ids without <>, oldest first */
	size_t reference_count;
	const char *list_id;            /* List-Id without <>, lower case; "" if none */
	const char *labels;             /* Gmail's, decoded, one a line; "" if none */
	const char *conversation;       /* the number that Gmail gives a thread, decimal, in 63 bits;
	                                 * "" if none */

	int64_t instant;                /* seconds UTC, or INSTANT_NONE */
	int32_t utc_offset_s;           /* of the sender, seconds east; UTC_OFFSET_UNKNOWN */
	enum date_source date_source;
	enum date_verdict date_verdict;
	enum date_doubt date_doubt;     /* DOUBT_NONE unless implausible */
	int64_t received_gap_s;         /* newest plausible Received minus instant; INSTANT_NONE
	                                 * where either is missing */
	const char *date_raw;           /* the Date: value as found, cleaned; "" if none */

	enum message_kind kind;
	const char *kind_evidence;      /* the header field that said so, "" for personal */
	unsigned faults;                /* enum message_fault */

	const struct mention *mentions; /* in the order of the header; an author last */
	size_t mention_count;
	enum sender_source author_source;       /* of the mention as ROLE_AUTHOR; 0 if none */

	uint8_t digest[16];             /* see below */
	uint8_t copy_key[16];           /* see below */
	bool has_copy_key;              /* there are a sender and a Date to make it of */
};

/* The digest is the first half of the SHA-256 over the values of From, Sender,
 * To, Cc, Date, Subject and Message-ID as found, unfolded, white space folded to
 * one blank. Bcc is not in it: the sender's copy has one, the others do not.
 * Without a Message-ID nothing names a message, so the size in bytes and the whole
 * header block are hashed too: only what is the same to the letter counts as a copy. */

/* The copy key is the first half of the SHA-256 over the sender's address, the instant, the
 * subject (decoded, blanks folded) and the addresses in To and in Cc. Converted archives
 * give each copy of a message a Message-ID of its own: two messages with the same key may
 * be one, and are if their bodies agree. */

/* The digest of a body, by which that is seen: the first half of the SHA-256 over its bytes
 * without white space and without the ">" that mailboxes put before "From " at the begin
 * of a line. Parts and their encodings are not looked into. */
struct body_digest;
struct body_digest *body_digest_new(void);
void body_digest_free(struct body_digest *digest);             /* NULL is fine */
void body_digest_begin(struct body_digest *digest);
void body_digest_add(struct body_digest *digest, const uint8_t *bytes, size_t size);
void body_digest_end(struct body_digest *digest, uint8_t out[static 16]);

struct message_parser *message_parser_new(void);
void message_parser_free(struct message_parser *parser);

/* Read a header block. Never fails: a damaged header gives a message with
 * faults. What *message points to is borrowed from parser and raw and lasts
 * until the next call. Safe against any bytes: every value is bounded. */
void message_parse(struct message_parser *parser, const struct raw_message *raw,
                   struct message *message);

/* Append message to out in a form message_decode() reads on the same machine.
 * path is left out: the receiver knows it. */
void message_encode(const struct message *message, GByteArray *out);

/* The reverse. Strings are borrowed from bytes, the arrays from arena (cleared
 * and filled here, reusable). 0, or -1 with *err if the bytes are damaged.
 * message->path is NULL. */
struct message_arena;
struct message_arena *message_arena_new(void);
void message_arena_free(struct message_arena *arena);
int message_decode(const uint8_t *bytes, size_t size, struct message_arena *arena,
                   struct message *message, struct error *err);

/* Address normalisation alone, as for options such as --person. g_free(). */
char *address_normalise(const char *address);

const char *role_name(enum role role);                          /* "to", "resent-cc" */
int role_from_name(const char *name);                           /* -1 if unknown */
const char *message_kind_name(enum message_kind kind);          /* "personal", ... */
int message_kind_from_name(const char *name);                   /* -1 if unknown */
const char *date_source_name(enum date_source source);          /* "Date", "Received", ... */
const char *date_verdict_name(enum date_verdict verdict);       /* "good", ... */
const char *date_doubt_name(enum date_doubt doubt);             /* "early", "Received", ... */
const char *sender_source_name(enum sender_source source);      /* "From", "Reply-To", ... */
const char *enclosure_name(enum enclosure enclosure);           /* "none", "attached", "returned" */

#endif
