/* thread.h - which message answers which, and what conversations they make
 *
 * The algorithm is J. Zawinski's (https://www.jwz.org/doc/threading.html) without its
 * recursion, and with what it says of subjects made narrower. Each message hangs from
 * what it answers: the last of its References, else its In-Reply-To. Where it has
 * neither, it hangs where the References of others put it, unless another message has
 * its identifier too; and only if these do not name it either, from the first message of
 * the conversation that the mail program's export says it belongs to; and where that says
 * nothing and its subject begins with "Re:", from an earlier message with the same subject.
 * A link that would close a circle is not made. Two trees are told apart by union-find, so
 * that the time is near-linear in the number of references whatever they are. */
#ifndef EPISTOGRAPH_THREAD_H
#define EPISTOGRAPH_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What hangs a message from another. Stored in case files: append only. */
enum thread_link {
	THREAD_NO_LINK,                 /* it answers nothing that is known */
	THREAD_BY_REFERENCES, THREAD_BY_IN_REPLY_TO,
	THREAD_BY_OTHERS,               /* the References of other messages put it there */
	THREAD_BY_SUBJECT,              /* subject and time alone */
	THREAD_BY_GMAIL,                /* Gmail's own number of the conversation: it hangs from the
	                                 * first message of it, whatever it answers there */
	THREAD_LINK_COUNT
};
const char *thread_link_name(enum thread_link link);    /* "references", ... */

/* How long after a message "Re: its subject" still is taken for an answer. */
#define THREAD_SUBJECT_SPAN_S (30 * 86400)

struct thread_message {
	int64_t instant;                /* seconds UTC; INSTANT_NONE if not to be relied upon */
	uint64_t topic;                 /* of thread_topic() */
	bool is_reply;                  /* the same */
	uint32_t identifier;            /* of its Message-ID: a number from 1; 0 if it has none */
	uint32_t in_reply_to;           /* the same of what that field names */
	int64_t conversation;           /* Gmail's number of it; 0 if none */
};

struct thread_place {
	int64_t parent;                 /* number of the message it hangs from, -1 if none */
	uint32_t absent;                /* identifier of what it hangs from, where that is not
	                                 * among the messages; else 0 */
	enum thread_link link;
	bool doubtful;                  /* several messages have the identifier that parent has, and
	                                 * it is the first of them */
	int64_t thread;                 /* the lowest number of a message in its tree */
};

/* Messages are numbered from 0 in the order in which they are added. Identifiers
 * are at most `identifiers`; others are not looked at. Of two messages with one
 * identifier the first has it. */
struct thread_builder;
struct thread_builder *thread_builder_new(uint32_t identifiers);
void thread_builder_free(struct thread_builder *builder);

/* Add a message, and then its References, oldest first. */
void thread_builder_add(struct thread_builder *builder, const struct thread_message *message);
void thread_builder_add_reference(struct thread_builder *builder, uint32_t identifier);

/* Place all messages. places: one a message, owned by builder. Before two are joined
 * by subject, related() is asked whether `reply` may be an answer to `earlier`: 1, 0,
 * or -1 with *err, which ends the work. Returns 0, or -1 with *err. */
struct error;
int thread_builder_place(struct thread_builder *builder,
                         int (*related)(void *context, int64_t reply, int64_t earlier,
                                        struct error *err),
                         void *context, const struct thread_place **places, struct error *err);

/* A number for what a subject is about, the same for equal ones whatever the case,
 * the blanks, and the "Re:" and "[list]" in front of them; 0 if nothing is left.
 * *is_reply: there is a "Re:", or one in another language. */
uint64_t thread_topic(const char *subject, bool *is_reply);

#endif
