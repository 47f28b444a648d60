/* casefile_internal.h - an open case file, and the border to SQLite */
#ifndef CASEFILE_INTERNAL_H
#define CASEFILE_INTERNAL_H

#include "epistograph/casefile.h"

#include "key_index.h"

#include <glib.h>
#include <sqlite3.h>

/* Statements kept ready; their text is in statements.c. */
enum statement {
	STATEMENT_BEGIN, STATEMENT_COMMIT,
	FILE_FIND, FILE_INSERT, FILE_RESTART, FILE_PROGRESS, FILE_END,
	FILE_LOOSEN, FILE_DROP_ORIGINS, FILE_DROP_REJECTED, FILE_DROP_NOTES, FILE_LAST_OFFSET,
	MESSAGE_PUT, MESSAGE_KEY, MESSAGE_HAS_RECIPIENT,
	ORIGIN_INSERT, ORIGIN_FIND, ORIGIN_FIRST,
	ADDRESS_FIND, ADDRESS_INSERT, ADDRESS_SET_NAME,
	NAME_FIND, NAME_INSERT, NAME_TEXT, LIST_FIND, LIST_INSERT,
	IDENTIFIER_GET, IDENTIFIER_INSERT, IDENTIFIER_SET_MESSAGE,
	REFERENCE_DROP, MENTION_OF_MESSAGE, MENTION_DROP,
	LOOSE_FIND, LOOSE_DELETE, REJECTED_INSERT, REJECTED_DELETE, NOTE_INSERT,
	STATE_SETTLED, STATE_CHANGED,
	STATEMENT_COUNT
};
extern const char *const statement_texts[STATEMENT_COUNT];

/* Tables with several rows a message. Starting and ending a statement costs as
 * much as the row itself, so up to ROWS_AT_ONCE go into one. */
enum row_table { ROWS_OF_MENTION, ROWS_OF_REFERENCE, ROW_TABLE_COUNT };
#define ROWS_AT_ONCE 8

/* The ids of texts met lately. When the young are many, the old are forgotten
 * and the young become old; who is met again is young again. */
struct id_cache {
	GHashTable *young, *old;        /* text -> id */
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
	bool failed;                    /* a write failed: what was pending is gone, no more writes */
	bool db_failed;                 /* SQLite reported an error at some time */
	bool bind_failed;               /* out of memory while binding */
	sqlite3_stmt *statements[STATEMENT_COUNT];
	sqlite3_stmt *row_statements[ROW_TABLE_COUNT][ROWS_AT_ONCE];

	int64_t batch_messages, batch_bytes;    /* since the last commit */
	int64_t added;                  /* messages stored since the file was opened */
	bool indexed, origin_indexed;   /* all indexes are there; the one that writing needs */

	bool settled, changed;          /* as in table state */
	int64_t loose;                  /* rows of loose */
	int64_t next_file, next_message, next_identifier;
	struct intern addresses, names, lists;

	bool keys_loaded;
	struct key_index messages;      /* (identifier, digest) -> message */
	struct key_index identifiers;   /* Message-ID -> identifier */
	struct id_cache recent;         /* Message-ID -> identifier */

	int64_t current_file;           /* where the last message was found */
	int64_t current_offset;         /* the highest offset stored of that file */
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

/* A statement for reading, to be finalised by the caller; NULL with *err. */
sqlite3_stmt *casefile_prepare(struct casefile *casefile, const char *sql, struct error *err);

/* The kept statement, reset; NULL with *err. */
sqlite3_stmt *casefile_statement(struct casefile *casefile, enum statement which,
                                 struct error *err);

/* The same for an insertion of `rows` rows; its parameters are the columns, row
 * after row. */
sqlite3_stmt *casefile_row_statement(struct casefile *casefile, enum row_table table, int rows,
                                     struct error *err);

void bind_number(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t number);
void bind_id(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t id);
void bind_instant(struct casefile *casefile, sqlite3_stmt *statement, int index, int64_t instant);
/* text is borrowed until the statement is bound anew. */
void bind_text(struct casefile *casefile, sqlite3_stmt *statement, int index, const char *text);
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

/* ---- transactions and ids: casefile.c ---- */

/* Be ready to write: open a transaction, unless the file is open for reading or
 * has failed. */
int casefile_begin(struct casefile *casefile, struct error *err);
/* Count what was just written, and commit once it is a batch. */
int casefile_count(struct casefile *casefile, int messages, int64_t bytes, struct error *err);
/* Note in the file that what finish worked out is stale, or no longer is. */
int casefile_set_settled(struct casefile *casefile, bool settled, struct error *err);
/* Note that a file had changed, or that all this led to has been put in order. */
int casefile_set_changed(struct casefile *casefile, bool changed, struct error *err);
/* Take ids anew from what is stored, forget what is cached. */
int casefile_load_ids(struct casefile *casefile, struct error *err);

/* ---- texts stored once: intern.c ---- */

void id_cache_init(struct id_cache *cache);
void id_cache_clear(struct id_cache *cache);         /* a zeroed one is fine */
/* The id of text, stored now if it is new. */
int intern_get(struct casefile *casefile, struct intern *intern, const char *text, int64_t *id,
               struct error *err);

/* Read the keys of what is stored, before the first message is added. */
int casefile_load_keys(struct casefile *casefile, struct error *err);
/* The id of a Message-ID; 0 if it is not stored. */
int identifier_find(struct casefile *casefile, const char *message_id, int64_t *id,
                    struct error *err);
/* Store a new one, of message (0 = only referred to). */
int identifier_add(struct casefile *casefile, const char *message_id, int64_t message,
                   int64_t *id, struct error *err);
/* Find one that is referred to, or store it. */
int identifier_get(struct casefile *casefile, const char *message_id, int64_t *id,
                   struct error *err);
/* The hash under which a message is found again. */
uint32_t message_key_hash(int64_t identifier, const uint8_t digest[16]);

/* ---- indexes: casefile_finish.c ---- */

/* Make those that are missing: all, or those that writing needs. */
int casefile_make_indexes(struct casefile *casefile, bool all, struct error *err);
/* Drop those that only reading needs. */
int casefile_drop_indexes(struct casefile *casefile, struct error *err);

#endif
