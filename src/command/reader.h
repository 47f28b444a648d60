/* reader.h - the work of a worker: files and messages into results
 *
 * What is in a file comes as a row of results: a message; a member that begins; a member
 * or the file itself that has ended. */
#ifndef READER_H
#define READER_H

#include "epistograph/source.h"
#include "epistograph/walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct attached_reader;
struct worker_sink;

enum result_type {
	RESULT_MESSAGE,         /* of what was entered last and not left */
	RESULT_ENTER,           /* a member of a container begins */
	RESULT_LEAVE,           /* it has ended; of the file as a whole, the last result */
	RESULT_LOSS,            /* a message that a worker was lost at */
	RESULT_REJECT,          /* a message that cannot be read */
	RESULT_REMARK,          /* on what was entered last and not left */
};

struct result {
	enum result_type type;
	int64_t resume, position;       /* MESSAGE, LEAVE: as walk_step */

	/* MESSAGE */
	const uint8_t *notes;           /* struct source_note, not aligned */
	uint32_t note_count;
	const uint8_t *messages;        /* for result_next_message(): itself, and those inside it */
	size_t messages_size;
	unsigned attached_faults;       /* enum attached_fault */

	/* LOSS, REJECT */
	int64_t offset, size;           /* size -1: of all that follows in this member */

	/* ENTER: text is the chain. LEAVE: reason, "" if none; size as well. REJECT: reason.
	 * REMARK: a sentence, word its kind */
	enum source_form form;
	bool lost;                      /* because a worker was lost in it */
	const char *word, *text;
};

/* Take apart what a worker put. Pointers lead into bytes. */
void result_decode(const uint8_t *bytes, size_t size, struct result *result);

/* The next message of a MESSAGE, for message_decode(): false if there is none left. */
bool result_next_message(struct result *result, const uint8_t **bytes, size_t *size);

struct reader {
	struct walk_limits limits;
	struct source_options source;
	bool list;                      /* say what there is, read no messages */
	bool embedded;                  /* read messages inside others as well */

	/* In a worker: */
	struct message_parser *parser;
	struct span_reader *spans;
	struct walk *walk;              /* of the file before, to be used again */
	struct attached_reader *attached;
	void *result;                   /* GByteArray * */
};

/* As workers_spec.work; context is a struct reader. */
void reader_work(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink);

#endif
