/* mailbox.h - one entry of an address list: a name, an address, or both */
#ifndef EPISTOGRAPH_MESSAGE_MAILBOX_H
#define EPISTOGRAPH_MESSAGE_MAILBOX_H

#include "decode.h"

/* Finds where quotes and comments end. What is not closed stands for itself; to
 * keep hostile text linear, after one that is not closed no other is looked for. */
struct closer {
	bool lost_quote, lost_comment;
};

/* The byte after the '"' or ')' that closes what begins at `at`; NULL if nothing
 * begins there or it is not closed before end. Comments nest. */
const char *closer_find(struct closer *closer, const char *at, const char *end);

/* The byte after the encoded word (RFC 2047) that begins at `at`, or NULL. What
 * stands in it separates nothing: some programs leave commas and colons as they
 * are. A word that holds < or > is none, because an address may be inside. */
const char *encoded_word_end(const char *at, const char *end);

struct mailbox {
	GString *address;               /* normalised; "" if there is only a name */
	GString *name;                  /* as written: quotes and escapes resolved, RFC 2047 not */
	bool bad;                       /* part of the entry could not be read */
};

void mailbox_init(struct mailbox *mailbox);
void mailbox_clear(struct mailbox *mailbox);

/* Read an entry of plain ASCII in one of the four usual forms:
 *   a@b.c    <a@b.c>    Name <a@b.c>    "Name" <a@b.c>
 * False if it is anything else; then *mailbox is not set. */
bool mailbox_read_usual(struct mailbox *mailbox, struct slice entry);

/* Read any entry, at most MAILBOX_SIZE_MAX bytes of it. */
void mailbox_read(struct mailbox *mailbox, struct decoder *decoder, struct slice entry);

/* Append a name, each run of blanks as one. */
void name_append(GString *out, struct slice name);

/* Replace out by the normal form of an address as found: lower case, IDNA domain
 * in Unicode, no quotes or comments around it. False if something of it could
 * not be read; "" if nothing could. */
bool address_normalise_into(GString *out, struct slice address);

#endif
