/* casefile.h - the case file: everything read, in one SQLite database
 *
 * The schema is documented in src/store/schema.h. A case file can be killed at
 * any moment: it is valid, and the next read of the same mail completes it. */
#ifndef EPISTOGRAPH_CASEFILE_H
#define EPISTOGRAPH_CASEFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "epistograph/message.h"
#include "epistograph/signature.h"

struct alias_list;
struct error;
struct casefile;

enum casefile_mode { CASEFILE_READ, CASEFILE_WRITE };

/* Open a case file; CASEFILE_WRITE makes it if there is none. NULL with *err for
 * a file that is not a case file, is of a newer version, is locked by another
 * writer, or cannot be written. CASEFILE_READ takes an unfinished case too. */
struct casefile *casefile_open(const char *path, enum casefile_mode mode, struct error *err);
void casefile_close(struct casefile *casefile);         /* commits nothing; NULL is fine */

/* ---- writing: in batches, committed every second or two ---- */

/* What became of a file. Stored: append only. */
enum file_outcome {
	FILE_UNFINISHED,        /* being read, or the run was broken off */
	FILE_MAIL,              /* read to the end */
	FILE_EMPTY, FILE_NOT_MAIL, FILE_UNREADABLE, FILE_SPECIAL, FILE_REPEATED,
	FILE_CONTAINER,         /* gone through to the end: its members have outcomes of their own */
	FILE_UNDELIVERED,       /* in a Maildir's tmp */
	FILE_OUTCOME_COUNT
};

/* What would casefile_file_begin() say? Nothing is noted. */
int casefile_file_find(struct casefile *casefile, const char *path, int64_t size,
                       int64_t modified_ns, bool *known, int64_t *resume, struct error *err);

/* Note a file. *known is true if it was read to the end before and neither size
 * nor time stamp has changed: nothing to do. Else *resume is the offset to go on
 * at: 0, or, for an unchanged file broken off, behind what is stored. Of a file
 * that changed, what it gave before is taken back first. */
int casefile_file_begin(struct casefile *casefile, const char *path, int64_t size,
                        int64_t modified_ns, int64_t *file, bool *known, int64_t *resume,
                        struct error *err);

/* How tables are read from now on, as one line of text. If that is not how they were
 * read before, those stored are taken for changed: casefile_file_begin() will not know
 * them. */
int casefile_set_table_options(struct casefile *casefile, const char *text, struct error *err);

/* Whether messages inside others are looked for from now on. Files stored that were read
 * otherwise are taken for changed. */
void casefile_set_embedded(struct casefile *casefile, bool embedded);

/* Note a member of the container that was begun and not ended, as a file of its own
 * whose path is the container's and, behind a "/", its own name in it (for members of
 * members the chain of names). One that is stored already is given again. */
int casefile_member_begin(struct casefile *casefile, int64_t container, const char *path,
                          int64_t *member, struct error *err);

/* The member is done. size in bytes, unpacked; -1 if not known. The rest as in
 * casefile_file_end(). */
int casefile_member_end(struct casefile *casefile, int64_t member, int64_t size,
                        enum file_outcome outcome, const char *form, const char *reason,
                        struct error *err);

/* All messages of the file before offset are stored; of a container, offset members are. */
int casefile_file_progress(struct casefile *casefile, int64_t file, int64_t offset,
                           struct error *err);

/* The file is done. form is source_form_name() or NULL, reason one line or NULL. */
int casefile_file_end(struct casefile *casefile, int64_t file, enum file_outcome outcome,
                      const char *form, const char *reason, struct error *err);

enum add_outcome {
	ADD_COUNTED,            /* new */
	ADD_DUPLICATE,          /* same Message-ID and digest as one that is counted */
	ADD_KNOWN,              /* this very origin is stored already */
};

/* Store a message found in file. Copies add their origin and those mentions that
 * the first copy lacks (a Bcc). Same Message-ID with another digest: counted, and
 * a finding "same-id" is noted. */
int casefile_add(struct casefile *casefile, int64_t file, const struct message *message,
                 enum add_outcome *outcome, struct error *err);

/* A message that could not be read, and why. */
int casefile_reject(struct casefile *casefile, int64_t file, int64_t offset, int64_t size,
                    const char *reason, struct error *err);

/* Something the user should know about a place in a file. kind is a stable word
 * ("no-blank-line", "same-id"), text a sentence. */
int casefile_note(struct casefile *casefile, int64_t file, int64_t offset, const char *kind,
                  const char *text, struct error *err);

/* ---- copies under other Message-IDs: between the last message and casefile_finish() ---- */

/* A copy of a message, and what is needed to find its bytes again. */
struct casefile_copy {
	int64_t message;
	int64_t file;                   /* row of what it is in, a member of a container for instance */
	int64_t disk;                   /* row of the file on disk */
	const char *path, *chain, *member;      /* these and the following two as in struct
	                                 * letter_place */
	enum enclosure enclosure;
	int64_t outer_size;
	bool packed;                    /* the file can be read from its begin only: a container, or
	                                 * compressed */
	bool composed;                  /* no header was kept: FAULT_COMPOSED */
	int64_t offset, size;           /* as in struct message */
	int64_t file_size, modified_ns; /* of the file on disk, as it was read */
	uint8_t digest[16];             /* of its header, as in struct message */
};

/* Walk the messages that agree with another one in their copy key, and whose bodies are to be
 * read to see whether they are copies: their first places, in the order of files
 * and offsets, also from earlier reads; bodies may be set meanwhile. A non-zero
 * return of suspect() ends the walk and is returned. */
int casefile_walk_suspects(struct casefile *casefile,
                           int (*suspect)(void *context, const struct casefile_copy *copy,
                                          struct error *err),
                           void *context, struct error *err);

/* What the body is, by body_digest_end(). casefile_finish() makes messages that agree in this
 * and in the copy key copies of the first of them. */
int casefile_set_body(struct casefile *casefile, int64_t message, const uint8_t digest[16],
                      struct error *err);

/* Commit what is pending, so that an interruption loses nothing. */
int casefile_commit(struct casefile *casefile, struct error *err);

/* End a read: remove messages that no file holds any more, choose each address's
 * name, work out who is whom, build the indexes, commit. */
int casefile_finish(struct casefile *casefile, struct error *err);

/* ---- the account: sums that add up ---- */

struct casefile_account {
	int64_t files;                          /* = sum of by_outcome */
	int64_t members;                        /* of these, in containers */
	int64_t by_outcome[FILE_OUTCOME_COUNT];
	int64_t found;                          /* = counted + duplicates + rejected */
	int64_t counted, duplicates, rejected;
	int64_t other_id;                       /* of duplicates: known by header and body, their
	                                         * Message-ID is another, or their header not the same
	                                         * to the letter */
	int64_t uncompared;                     /* messages that may be copies of others, but whose
	                                         * bodies could not be read */
	int64_t with_cc;                        /* of counted: with an address in Cc */
	int64_t bcc_is_cc;                      /* of these, whose Bcc names the same: where it is the
	                                         * rule, no hidden recipients but an artefact */
	int64_t by_kind[KIND_COUNT];            /* sums to counted */
	int64_t by_date_source[DATE_SOURCE_COUNT];      /* sums to counted */
	int64_t by_date_verdict[DATE_VERDICT_COUNT];    /* sums to counted */
	int64_t without_sender, without_recipient, without_id;
	int64_t labelled;                       /* with a label of Gmail's */
	int64_t addresses;                      /* distinct, in any role */
	int64_t persons;                        /* whom they belong to */
	int64_t missing;                        /* messages that others name and that are not here */
	int64_t by_enclosure[ENCLOSURE_COUNT];  /* sums to counted */
	int64_t not_searched;                   /* files of mail in which messages inside others were
	                                         * not looked for */
	int64_t notes;                          /* doubtful splits and other findings */
	int64_t same_id;                        /* Message-IDs with different content */
	int64_t first, last;                    /* plausible instants, or INSTANT_NONE */
	int64_t far;                            /* messages with a plausible date that is far from
	                                         * all others (period.h): outside first to last */
	bool unfinished;                        /* a read was broken off */
};
int casefile_account(struct casefile *casefile, struct casefile_account *account,
                     struct error *err);

/* The part of it that tells what became of the files: files, members, by_outcome,
 * not_searched, found and rejected; the rest is nothing. Messages are not gone through. */
int casefile_account_files(struct casefile *casefile, struct casefile_account *account,
                           struct error *err);

/* 1 if there are files and not one message was found in any, 0 if not, -1 with *err. */
int casefile_is_barren(struct casefile *casefile, struct error *err);

struct casefile_year { int year; int64_t counted; };    /* plausible dates, UTC */
/* Ascending, years without mail left out; *years is g_free()d by the caller. */
int casefile_years(struct casefile *casefile, struct casefile_year **years, size_t *count,
                   struct error *err);

/* Walk a list of the account. Each calls row() with borrowed strings, ordered by
 * path and offset; a non-zero return of row() ends the walk and is returned. */
struct casefile_row {
	const char *path;               /* of labels: the label */
	int64_t offset;                 /* -1 for a file as a whole */
	int64_t size;                   /* bytes, -1 where it means nothing; of labels: messages that
	                                 * count and have it */
	const char *kind;               /* outcome or kind of note */
	const char *text;               /* reason or sentence, of duplicates what is the same; "" if
	                                 * none */
	const char *id;                 /* Message-ID; "" if none */
	const char *first_path;         /* of duplicates: where the counted copy is; else NULL */
	int64_t first_offset;
};
enum casefile_list { LIST_FILES, LIST_REJECTED, LIST_NOTES, LIST_DUPLICATES, LIST_LABELS,
                     LIST_MISSING /* by casefile_walk_missing() alone */ };
int casefile_walk(struct casefile *casefile, enum casefile_list list,
                  int (*row)(void *context, const struct casefile_row *row, struct error *err),
                  void *context, struct error *err);

/* A person, and by which of the addresses he is concerned. */
struct missing_person {
	int64_t person;                 /* its number */
	const char *name;               /* "" if none */
	const char *address;            /* the main one */
	const char *const *addresses;   /* NULL-terminated, ascending */
};

/* A message that others name in References or In-Reply-To and that is not in the case. */
struct casefile_missing {
	const char *message_id;
	int64_t cited;                  /* messages that name it */
	int64_t answers;                /* of these, messages that say they answer it */
	const struct missing_person *answered_by;       /* who sent these: they had it. Ascending by
	                                                 * main address, each once */
	size_t answered_by_count;
	const struct missing_person *answers_to;        /* those they are addressed to, who wrote it
	                                                 * among them as a rule; without answered_by */
	size_t answers_to_count;
	int64_t instant;                /* of the first that answers it, else names it, by date;
	                                 * INSTANT_NONE if undated or implausible */
	const char *subject;            /* of that one, as the others */
	const char *path;
	int64_t offset;
};

/* Walk the missing messages: those with answers first, by instant and Message-ID.
 * Strings are borrowed for the call. A non-zero return of row() ends the walk and
 * is returned. */
int casefile_walk_missing(struct casefile *casefile,
                          int (*row)(void *context, const struct casefile_missing *row,
                                     struct error *err),
                          void *context, struct error *err);

/* ---- querying ---- */

/* What a tie is made of: a message goes to those it names, or to who wrote what it
 * answers. */
enum edges { EDGES_RECIPIENT, EDGES_REPLY };

/* Which messages. Empty arrays and 0 masks mean "all". */
struct filter {
	int64_t since, until;           /* since <= instant < until; INSTANT_NONE = open. With
	                                 * either set, undated messages do not pass */
	const char *const *persons;     /* NULL-terminated or NULL: addresses or exact names
	                                 * (case folded), as sender or recipient, of whom all
	                                 * addresses are meant */
	const char *const *domains;     /* the same: a domain or a parent of it, of the very address
	                                 * of sender or recipient */
	const char *const *lists;       /* the same: List-Id, or its first label */
	const char *const *labels;      /* the same: with one of these labels of Gmail's (case folded) */
	const char *const *not_labels;  /* and with none of these */
	unsigned kinds;                 /* bits 1u << enum message_kind */
	unsigned roles;                 /* bits 1u << enum role: recipients in other roles are not seen,
	                                 * and who is in To or Cc too is no Bcc; 0 = to, cc, bcc. Who
	                                 * is in none of them and was delivered to is ROLE_HIDDEN,
	                                 * unless a list or a house delivered it */
	enum edges edges;               /* EDGES_REPLY: the one recipient is who wrote what the
	                                 * message says it answers, as ROLE_ANSWERED; there is none
	                                 * if that is not in the case or only its subject tells */
	unsigned dates;                 /* bits 1u << enum date_verdict: other messages do not pass */
	int64_t max_recipients;         /* messages to more persons than that do not pass: the sender
	                                 * aside, in the roles asked for, so that it bounds the ties
	                                 * one message makes; 0 = any number */
	bool no_embedded;               /* messages that are here only inside others do not pass */
	bool verified;                  /* messages that no signature of the sender's domain bears out
	                                 * do not pass (signature.h); the signatures must have been
	                                 * checked */
	bool implausible;               /* let messages with implausible dates pass a period; their
	                                 * instant is then given, otherwise it is INSTANT_NONE */
};

/* A correspondent. */
struct person {
	int64_t id;                     /* of the main address, as a row */
	const char *address;            /* the main one, normalised */
	const char *name;               /* the user's, else the full name seen most, first of all in
	                                 * From; "" if none */
	const char *const *addresses;   /* all, the main one first, then ascending; NULL if it is
	                                 * the only one */
	size_t address_count;
};

struct recipient {
	int64_t person;
	enum role role;                 /* the most visible one: to, cc, bcc, then the rest */
};

/* A message as the network and the timeline need it. */
struct correspondence {
	int64_t message;                /* row id in the case file */
	int64_t instant;                /* seconds UTC; INSTANT_NONE if undated or implausible */
	enum date_source date_source;
	enum date_verdict date_verdict;
	int32_t utc_offset_s;           /* the sender's clock, seconds east; UTC_OFFSET_UNKNOWN */
	enum message_kind kind;
	enum enclosure enclosure;
	enum signature_status signature;        /* SIGNED_UNCHECKED if not looked at */
	int64_t sender;                 /* person: first From, else Sender; 0 if neither */
	const struct recipient *recipients;     /* each person once, ascending by person */
	size_t recipient_count;
	int64_t answered;               /* with EDGES_REPLY: the row id of what it answers, or of the
	                                 * message that this is a copy of; 0 if it answers nothing */
	int64_t delay_s;                /* with EDGES_REPLY: seconds since what it answers, >= 0;
	                                 * INSTANT_NONE if one of the two dates is not usable or
	                                 * the answer is dated before */
};

/* Where the counted messages of the case went. matched + the rest = counted;
 * a message is put under the first that applies, in this order. */
struct filter_account {
	int64_t counted;                /* in the case file */
	int64_t other_kind;             /* not of a kind asked for */
	int64_t other_kind_by[KIND_COUNT];      /* the same by kind */
	int64_t other_enclosure;        /* inside others, and not asked for */
	int64_t unverified;             /* by no signature of the sender's domain */
	int64_t other_date;             /* of a date verdict not asked for */
	int64_t undated;                /* a period was asked for, and these have no usable date */
	int64_t outside_period;
	int64_t other_filter;           /* person, domain, list, label */
	int64_t many_recipients;        /* more than max_recipients */
	int64_t matched;
	int64_t embedded;               /* of matched: here only inside others */
};

struct casefile_query;
struct casefile_query *casefile_query_open(struct casefile *casefile, const struct filter *filter,
                                           struct error *err);
/* 1 with *out filled (borrowed until the next call), 0 at the end, -1 with *err.
 * In the order of message row ids. */
int casefile_query_next(struct casefile_query *query, struct correspondence *out,
                        struct error *err);
/* Complete once casefile_query_next() has returned 0. */
const struct filter_account *casefile_query_account(const struct casefile_query *query);
void casefile_query_close(struct casefile_query *query);

/* Call take() for every message that passes filter, in that order; *filtered, if not NULL,
 * says what did not. 0, or -1 with *err. */
int casefile_query_walk(struct casefile *casefile, const struct filter *filter,
                        void (*take)(void *context, const struct correspondence *message),
                        void *context, struct filter_account *filtered, struct error *err);

/* All persons, ascending by address. *persons and all it leads to are one block,
 * freed by persons_free(). */
int casefile_persons(struct casefile *casefile, struct person **persons, size_t *count,
                     struct error *err);
void persons_free(struct person *persons);

/* The persons who are called so: an address, or an exact name, which may be that of
 * several (case folded). *persons ascends, holds one at least and is g_free()d by the
 * caller. -1 with *err if there is nobody. */
int casefile_find_persons(struct casefile *casefile, const char *who, int64_t **persons,
                          size_t *count, struct error *err);

/* ---- who is whom: see identity.h and alias.h ---- */

/* What the user decided, as it is stored. Clear with alias_list_clear(). */
int casefile_aliases(struct casefile *casefile, struct alias_list *list, struct error *err);

/* Store other decisions instead, work out persons anew, commit. */
int casefile_keep_aliases(struct casefile *casefile, const struct alias_list *list,
                          struct error *err);
/* Take the last change of decisions back, work out persons anew, commit. *left: how many
 * more can be. -1 with *err, too, if there is none. */
int casefile_undo_aliases(struct casefile *casefile, int64_t *left, struct error *err);


/* Go on as if the user had decided so, in a case open for reading; nothing is
 * stored. NULL: no rules either, so that every address is a person. */
int casefile_try_aliases(struct casefile *casefile, const struct alias_list *list,
                         struct error *err);

/* Go on in the same way as if these addresses (NULL-terminated; of one person, not its
 * main one) were another person, of whom the first is the main one. */
int casefile_try_split(struct casefile *casefile, const char *const *addresses, struct error *err);

/* Why two addresses are one person, or might be. */
struct casefile_link {
	const char *address, *other;
	const char *person, *other_person;      /* main addresses; equal in a joined link */
	const char *rule, *state;               /* words of identity.h */
	double score;
	bool confirmed;                         /* by the user */
	const char *evidence;                   /* a sentence */
};
/* Walk all links, in the order of person, address, other. A non-zero return of row()
 * ends the walk and is returned. */
int casefile_links(struct casefile *casefile,
                   int (*row)(void *context, const struct casefile_link *link, struct error *err),
                   void *context, struct error *err);

/* ---- whose mailboxes these are ---- */

/* Somebody who has a part (From, To, Cc, Bcc, Delivered-To) in most of the personal mail
 * of a folder or of an mbox, more than anybody else. */
struct casefile_custodian {
	int64_t person;
	int64_t places;                 /* folders and files that are his */
	int64_t messages, own;          /* personal and automatic ones in them; with a part of his */
};
struct casefile_custodians {
	struct casefile_custodian *list;        /* most messages first; g_free() */
	size_t count;
	int64_t messages;               /* in all places, copies in each */
	int64_t in_mailboxes;           /* of them in those of custodians */
};
int casefile_custodians(struct casefile *casefile, struct casefile_custodians *custodians,
                        struct error *err);

#endif
