/* casefile_internal.h - an open case file, and the border to SQLite */
#ifndef CASEFILE_INTERNAL_H
#define CASEFILE_INTERNAL_H

#include "epistograph/casefile.h"

#include "id_cache.h"
#include "key_index.h"
#include "memo.h"

#include <glib.h>
#include <sqlite3.h>

/* Statements kept ready; their text is in statements.c. */
enum statement {
	STATEMENT_BEGIN, STATEMENT_COMMIT,
	FILE_GET, FILE_RESTART, FILE_PROGRESS, FILE_END,
	MEMBER_NEXT, MEMBER_DROP,
	FILE_LOOSEN, FILE_DISSOLVE, FILE_DROP_BODIES, FILE_DROP_ORIGINS, FILE_DROP_REJECTED,
	FILE_DROP_NOTES, FILE_DROP_CHECKED, FILE_DROP_SIGNATURES, FILE_LAST_OFFSET,
	MESSAGE_DROP, MESSAGE_KEY, MESSAGE_HAS_RECIPIENT, MESSAGE_SET_ORIGINAL, BODY_SET,
	ORIGIN_FIND, ORIGIN_FIRST,
	ADDRESS_FIND, ADDRESS_INSERT, ADDRESS_SET_NAME,
	NAME_FIND, NAME_INSERT, NAME_TEXT, LIST_FIND, LIST_INSERT,
	IDENTIFIER_GET, IDENTIFIER_SET_MESSAGE,
	REFERENCE_DROP, MENTION_OF_MESSAGE, MENTION_DROP,
	LABEL_FIND, LABEL_INSERT, LABELLED_INSERT, LABELLED_DROP, CONVERSATION_INSERT,
	CONVERSATION_DROP,
	LOOSE_FIND, LOOSE_DELETE, REJECTED_INSERT, REJECTED_DELETE, NOTE_INSERT,
	STATE_SETTLED, STATE_CHANGED, STATE_SAME_OPTIONS, STATE_OPTIONS, FILE_STALE_TABLES,
	STATE_CARBONS, CHECKED_INSERT, SIGNATURE_INSERT, KEY_INSERT,
	STATEMENT_COUNT
};
extern const char *const statement_texts[STATEMENT_COUNT];

/* Tables that take new rows with every message. Starting and ending a statement
 * costs as much as the row itself, so rows are held back until ROWS_AT_ONCE of
 * them, of many messages, go into one. */
enum row_table {
	ROWS_OF_FILE, ROWS_OF_MESSAGE, ROWS_OF_ORIGIN, ROWS_OF_MENTION, ROWS_OF_REFERENCE,
	ROWS_OF_IDENTIFIER, ROW_TABLE_COUNT
};
#define ROW_STATEMENTS 6                /* for 1, 2, 4, ... rows: fewer are held at times */
#define ROWS_AT_ONCE (1 << (ROW_STATEMENTS - 1))

struct held_rows {
	struct cell *cells;             /* values of all rows, column after column */
	struct cell *bound;             /* what the statement of most rows has got last */
	GByteArray *bytes;              /* their texts */
	int count, cell_count;
	int64_t lowest;                 /* of the first columns: ids that may not be stored yet */
	sqlite3_stmt *statements[ROW_STATEMENTS];
};

/* Texts stored once each. */
struct intern {
	struct id_cache ids;
	enum statement find, insert;
	int64_t next;                   /* id for the next new text */
};

struct casefile {
	sqlite3 *db;
	char *path;
	bool writing;
	bool journal_persists;          /* the journal is to be removed at close */
	bool in_transaction;
	bool shadowed;                  /* tables of persons are hidden by temporary ones */
	bool failed;                    /* a write failed: what was pending is gone, no more writes */
	bool db_failed;                 /* SQLite reported an error at some time */
	bool bind_failed;               /* out of memory while binding */
	sqlite3_stmt *statements[STATEMENT_COUNT];
	struct held_rows held[ROW_TABLE_COUNT];

	int64_t batch_bytes;            /* stored since the last commit */
	int64_t batch_began_us, batch_us;       /* when it began; how long it may last */
	bool indexed;                   /* the indexes are there */

	bool settled, changed;          /* as in table state */
	bool plain;                     /* no origin is inside a message, no file is of Outlook's:
	                                 * known while all that is stored was stored since opening */
	struct memo memo;
	int64_t loose;                  /* rows of loose */
	int64_t next_file, next_message, next_identifier;
	struct intern addresses, names, lists, labels;

	bool paths_loaded;
	struct key_index paths;         /* path -> file */
	bool keys_loaded;
	struct key_index messages;      /* (identifier, digest) -> message */
	struct key_index identifiers;   /* Message-ID -> identifier */
	struct key_index copy_keys;     /* copy_key -> the first message that has it, if any has */
	GArray *suspects;               /* int64_t: messages whose copy_key others have, or one of its
	                                 * hash; in no order, some of them more than once */
	struct id_cache recent;         /* Message-ID -> identifier */

	int64_t current_file;           /* where the last message was found */
	int64_t current_offset;         /* the highest offset stored of that file */
	bool current_is_new;            /* nothing at it was stored before it came */
	bool embedded;                  /* how files are read: see casefile_set_embedded() */

	int64_t new_container;          /* begun, and nothing of it was stored before: its members
	                                 * need not be looked for */
	GQueue *fresh;                  /* struct fresh_file: begun, without a row yet */
	char *last_path;                /* the highest path of all files; NULL if there are none */
	int64_t touched_file;           /* the highest id that something refers to */
	int64_t progress_file;          /* 0, or an unfinished file of which more is stored */
	int64_t progress_offset;        /* than its row says: all before this */
};

/* ---- the border to SQLite: statements.c ---- */

/* Take back what is pending and write no more: half a message must never be
 * committed. */
void casefile_abandon(struct casefile *casefile);

/* What rc means for the user of this file. Returns -1, and abandons. */
int casefile_fail(struct casefile *casefile, int rc, struct error *err);

/* Run SQL that gives no rows. */
int casefile_execute(struct casefile *casefile, const char *sql, struct error *err);

/* One number from SQL; `none` if there is no row or it is NULL. */
int casefile_number(struct casefile *casefile, const char *sql, int64_t none, int64_t *number,
                    struct error *err);

/* A statement for reading, to be finalised by the caller; NULL with *err. All that
 * is held back is stored before. */
sqlite3_stmt *casefile_prepare(struct casefile *casefile, const char *sql, struct error *err);

/* The same, to be kept for use again and again; nothing is stored before. */
sqlite3_stmt *casefile_compile(struct casefile *casefile, const char *sql, struct error *err);

/* The kept statement, reset; NULL with *err. What it looks at is stored before:
 * rows held back whose first column is `id` or higher. */
sqlite3_stmt *casefile_statement_on(struct casefile *casefile, enum statement which, int64_t id,
                                    struct error *err);
/* The same for whatever it looks at. */
sqlite3_stmt *casefile_statement(struct casefile *casefile, enum statement which,
                                 struct error *err);

void bind_number(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t number);
void bind_id(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t id);
void bind_instant(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t instant);
/* text is borrowed until the statement is bound anew. */
void bind_text(struct casefile *casefile, sqlite3_stmt *statement, int index, const char *text);
void bind_text_of(struct casefile *casefile, sqlite3_stmt *statement, int index,
                  const char *text, int size);
void bind_bytes(struct casefile *casefile, sqlite3_stmt *statement, int index,
                const void *bytes, int size);

/* Run a bound statement to its end; 0 or -1. */
int casefile_run(struct casefile *casefile, sqlite3_stmt *statement, struct error *err);
/* One row of it: 1, 0 at the end (then it is reset), -1. */
int casefile_step(struct casefile *casefile, sqlite3_stmt *statement, struct error *err);

const char *column_text(sqlite3_stmt *statement, int column);           /* "" for NULL */
int64_t column_instant(sqlite3_stmt *statement, int column);            /* INSTANT_NONE for NULL */
/* A column that holds an enumeration: -1 with *err if it is not in [0, count),
 * for a case file may come from anybody. */
int column_word(struct casefile *casefile, sqlite3_stmt *statement, int column, int count,
                struct error *err);

/* ---- rows held back: held_rows.c ---- */

void held_rows_init(struct held_rows *held, enum row_table table);
void held_rows_clear(struct held_rows *held);
void held_forget(struct held_rows *held);

/* Begin a row with its first column, add the others, end it. Texts are copied;
 * NULL is NULL. */
struct held_rows *held_begin(struct casefile *casefile, enum row_table table, int64_t key);
void hold_number(struct held_rows *held, int64_t number);
void hold_id(struct held_rows *held, int64_t id);               /* 0 is NULL */
void hold_instant(struct held_rows *held, int64_t instant);     /* INSTANT_NONE is NULL */
void hold_text(struct held_rows *held, const char *text);
void hold_bytes(struct held_rows *held, const void *bytes, int size);
int held_end(struct casefile *casefile, enum row_table table, struct error *err);

/* Insert what is held of a table, if a first column of it may be `key`. */
int held_store(struct casefile *casefile, enum row_table table, int64_t key, struct error *err);
/* Insert what is held of all tables. */
int held_store_all(struct casefile *casefile, struct error *err);

/* ---- files without a row: casefile_file.c ---- */

/* See that files up to this id have a row, and that rows of unfinished ones say
 * how far they are stored. */
int files_note(struct casefile *casefile, int64_t last, struct error *err);
/* A file that nothing is stored of. */
bool file_is_fresh(const struct casefile *casefile, int64_t file);
void files_forget(struct casefile *casefile);

/* ---- transactions and ids: casefile.c ---- */

/* Be ready to write: open a transaction, unless the file is open for reading or
 * has failed. */
int casefile_begin(struct casefile *casefile, struct error *err);
/* Count what was just written, and commit once it is a batch. */
int casefile_count(struct casefile *casefile, int64_t bytes, struct error *err);
/* Note in the file that what finish worked out is stale, or no longer is. */
int casefile_set_settled(struct casefile *casefile, bool settled, struct error *err);
/* Note that a file had changed, or that all this led to has been put in order. */
int casefile_set_changed(struct casefile *casefile, bool changed, struct error *err);
/* Take ids anew from what is stored, forget what is cached. */
int casefile_load_ids(struct casefile *casefile, struct error *err);

/* ---- texts stored once: intern.c ---- */

/* The id of text, stored now if it is new. */
int intern_get(struct casefile *casefile, struct intern *intern, const char *text, int64_t *id,
               struct error *err);

/* Read the keys of what is stored, before the first message is added. */
int casefile_load_keys(struct casefile *casefile, struct error *err);
/* The id of a Message-ID; 0 if it is not stored. hash: key_hash_text() of it. */
int identifier_find(struct casefile *casefile, const char *message_id, uint32_t hash,
                    int64_t *id, struct error *err);
/* Store a new one, of message (0 = only referred to). */
int identifier_add(struct casefile *casefile, const char *message_id, uint32_t hash,
                   int64_t message, int64_t *id, struct error *err);
/* Find one that is referred to, or store it. */
int identifier_get(struct casefile *casefile, const char *message_id, int64_t *id,
                   struct error *err);
/* The hash under which a message is found again. */
uint32_t message_key_hash(int64_t identifier, const uint8_t digest[16]);
/* Note who has a copy_key, and who are suspected to be copies of each other by it. */
void copy_key_note(struct casefile *casefile, const uint8_t key[16], int64_t message);

/* ---- labels: labels.c ---- */

/* Add the labels and the conversation of a message, or of a copy of it. */
int labels_put(struct casefile *casefile, int64_t id, const struct message *message,
               struct error *err);
int labels_drop(struct casefile *casefile, int64_t id, struct error *err);

/* ---- threads: casefile_thread.c ---- */

/* Fill table thread anew, and judge dates by it and by the case as a whole. */
int casefile_link_threads(struct casefile *casefile, struct error *err);

/* ---- places: letter.c ---- */

/* Of the path of a file, that of the file on disk aside: the chain of names in this, or "". */
const char *chain_of(const char *path, const char *disk);

/* Of a message inside another, how large that is: -1 if it is not stored. */
#define OUTER_SIZE \
	"ifnull((SELECT size FROM origin AS outer_one WHERE outer_one.file = origin.file" \
	" AND outer_one.offset = origin.offset AND outer_one.member = ''), -1)"

/* ---- roles: query.c ---- */

/* How plain it is to the others that a person received the message; 0 first. */
int role_visibility(enum role role);

/* ---- copies under other Message-IDs: copies.c ---- */

/* Roles in which copies of one message differ by nature (a Bcc): they are gathered from
 * all copies. */
#define COPY_ROLES (1u << ROLE_BCC | 1u << ROLE_RESENT_FROM | 1u << ROLE_RESENT_TO | \
                    1u << ROLE_RESENT_CC | 1u << ROLE_RESENT_BCC | 1u << ROLE_DELIVERED_TO)

/* What a query for copies selects of origin, for copies_walk(), and what it joins to that; in
 * the order of files, so that each is opened once. What is sorted is a table of its own,
 * which does not see what is stored meanwhile. */
#define COPY_COLUMNS \
	"origin.message, origin.file, file.path, disk.path, origin.offset, origin.size, disk.size," \
	" disk.modified_ns, disk.id, file.container IS NOT NULL OR file.form LIKE '% in %'," \
	" origin.member, origin.enclosure, " OUTER_SIZE ", message.digest, message.faults"
#define COPY_JOINS \
	"CROSS JOIN message ON message.id = origin.message CROSS JOIN file ON file.id = origin.file" \
	" CROSS JOIN file AS disk ON disk.id = ifnull(file.container, file.id)"
#define COPY_ORDER "disk.id, file.id, origin.offset, origin.member"

/* Call take() for each row; a non-zero return of it ends the walk and is returned. */
int copies_walk(struct casefile *casefile, sqlite3_stmt *row,
                int (*take)(void *context, const struct casefile_copy *copy, struct error *err),
                void *context, struct error *err);

/* Say of each message that was compared whether it is a copy, and of which. */
int copies_settle(struct casefile *casefile, struct error *err);
/* The file has changed: let its messages stand for themselves, and their copies. To be
 * called while its origins are there. */
int copies_forget_file(struct casefile *casefile, int64_t file, struct error *err);

/* ---- signatures: verification.c ---- */

/* Say of each message anew what the signatures of its copies make of it. */
int verification_settle(struct casefile *casefile, struct error *err);

/* ---- bcc.c ---- */

/* Count the messages whose Bcc repeats the Cc, into state. */
int bcc_count(struct casefile *casefile, struct error *err);

/* ---- indexes: casefile_finish.c ---- */

/* Make those that are missing. */
int casefile_make_indexes(struct casefile *casefile, struct error *err);

#endif
