/* kind.h - whether people wrote a mail to people, or a list, a mailing house or a program */
#ifndef EPISTOGRAPH_MESSAGE_KIND_H
#define EPISTOGRAPH_MESSAGE_KIND_H

#include "header.h"

#include "epistograph/message.h"

/* Looks at one message's fields, one after the other. */
struct kind_judge;

struct kind_judge *kind_judge_new(void);
void kind_judge_free(struct kind_judge *judge);

void kind_judge_begin(struct kind_judge *judge);
void kind_judge_field(struct kind_judge *judge, const struct field *field);

/* The sender's normalised address, once it is known. */
void kind_judge_sender(struct kind_judge *judge, const char *address);

/* What it is; *evidence is the name of the field that said so, "" for personal
 * mail. Borrowed until kind_judge_begin(). */
enum message_kind kind_judge_end(const struct kind_judge *judge, const char **evidence);

#endif
