/* copy.h - by what a message is suspected to be a copy of another one */
#ifndef MESSAGE_COPY_H
#define MESSAGE_COPY_H

#include "sha.h"

#include "epistograph/message.h"

/* Fill message->copy_key and message->has_copy_key from all the rest of it. sha,
 * input and texts are scratch. */
void copy_make_key(struct message *message, struct sha *sha, GByteArray *input,
                   GPtrArray *texts);

#endif
