/* memo.h - what the end of a read needs of the messages, kept since they were stored
 *
 * Persons and threads are worked out from all messages of a case. After the first read of
 * an archive all of them were just written: reading them again took as long as working on
 * them. So this much of each is kept, as long as it is all there is, nothing of it was
 * changed, and it is not too much for memory; else it is read from the file. */
#ifndef MEMO_H
#define MEMO_H

#include <glib.h>

#include <stdbool.h>
#include <stdint.h>

struct casefile;
struct error;
struct sqlite3_stmt;

/* Ids are 0 where there is none. */
struct memo_message {
	int64_t instant, received_gap_s;        /* as in struct message */
	uint64_t topic;                 /* of thread_topic() */
	int64_t conversation;           /* of Gmail's; 0 if none */
	uint32_t identifier, in_reply_to, sender, list;
	uint8_t kind, own_verdict, doubt;       /* as stored */
	bool is_reply;                  /* of thread_topic() */
	bool has_recipient;
};

struct memo_reference { uint32_t message, identifier; };

struct memo_mention {
	uint32_t message, address, name;
	uint8_t role;
};

struct memo {
	bool whole;                     /* else the arrays are empty */
	bool unsorted;                  /* something was added to an earlier message */
	GArray *messages;               /* struct memo_message, of ids 1, 2, 3, ... */
	GArray *references;             /* struct memo_reference, in the order of messages */
	GArray *mentions;               /* struct memo_mention */
};

void memo_init(struct memo *memo);
void memo_clear(struct memo *memo);     /* a zeroed one is fine */
/* A case without messages: what comes is kept. */
void memo_begin(struct memo *memo);
/* What is kept is no longer what is stored. */
void memo_drop(struct memo *memo);

void memo_add_message(struct memo *memo, int64_t id, const struct memo_message *message);
void memo_add_reference(struct memo *memo, int64_t message, int64_t identifier);
void memo_add_mention(struct memo *memo, int64_t message, int role, int64_t address,
                      int64_t name);
/* A copy of it named a recipient. */
void memo_has_recipient(struct memo *memo, int64_t message);

/* All mentions in the order of messages and positions, wherever they are. */
struct mention_walk {
	struct casefile *casefile;
	struct sqlite3_stmt *rows;      /* NULL: they are kept */
	guint next;
};
int mention_walk_begin(struct mention_walk *walk, struct casefile *casefile, struct error *err);
/* 1 with *mention, 0 at the end, -1 with *err. */
int mention_walk_next(struct mention_walk *walk, struct memo_mention *mention,
                      struct error *err);
void mention_walk_end(struct mention_walk *walk);       /* a zeroed one is fine */

#endif
