/* address.h - address fields: lists into mailboxes, mailboxes into names and addresses */
#ifndef EPISTOGRAPH_MESSAGE_ADDRESS_H
#define EPISTOGRAPH_MESSAGE_ADDRESS_H

#include "decode.h"

#include "epistograph/message.h"

/* A longer entry of a list is read without its name; no line of mail may exceed
 * 998 bytes (RFC 5322 2.1.1), and an entry folded over four is already absurd. */
#define MAILBOX_SIZE_MAX 4096

/* RFC 5321 4.5.3.1 allows 254; X.500 names of Exchange are longer. */
#define ADDRESS_SIZE_MAX 1000

/* Mentions kept of one message. The longest real header seen has 880. */
#define MENTIONS_MAX 65536

/* Reads address fields and remembers what entries meant: a list's subscribers or
 * a house's staff are written the same way thousands of times. */
struct address_reader;

struct address_reader *address_reader_new(struct decoder *decoder);     /* borrows decoder */
void address_reader_free(struct address_reader *reader);

/* Before each message: what earlier calls gave may go now. */
void address_reader_begin(struct address_reader *reader);

/* Append the mailboxes of a field's value to mentions (GArray of struct mention).
 * Returns FAULT_BAD_ADDRESS and FAULT_CUT where they apply. Strings are borrowed
 * until address_reader_begin(). */
unsigned address_read_list(struct address_reader *reader, struct slice value, enum role role,
                           GArray *mentions);

/* A value that is one mailbox whatever commas it has: "Lee, Ann </o=org/cn=ann>". */
struct mention address_read_one(struct address_reader *reader, struct slice value, enum role role);

#endif
