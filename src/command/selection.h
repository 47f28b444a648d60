/* selection.h - which mail, and what is made of it: the options that every
 * command reading a case file shares */
#ifndef SELECTION_H
#define SELECTION_H

#include "option.h"

#include "epistograph/casefile.h"
#include "epistograph/network.h"

struct error;

/* Bits of enum message_kind. Mass mail has no say in who matters. */
#define KINDS_ALL ((1u << KIND_COUNT) - 1)
#define KINDS_RANKED (1u << KIND_PERSONAL | 1u << KIND_LIST)

#define SELECTION_OPTIONS 28
#define SELECTION_OF_MESSAGES 18        /* of them, the first: the case file and which mail */

/* A message to more people than this is a mailing, whatever its header says, and
 * one such mail would make everybody a contact of its sender and all of them one
 * community. Mail that people mean for each other stays below: a patch to kernel
 * lists goes to some 60 with everybody in Cc. */
#define MAX_RECIPIENTS_DEFAULT 100

struct selection {
	/* As given. */
	const char *case_path, *since, *until, *kinds, *roles, *weight_name, *ego, *dates, *edges;
	const char *aliases;
	GPtrArray *persons, *domains, *lists, *labels, *not_labels;
	GPtrArray *owned;               /* char *: names brought into normal form */
	int64_t min_messages, max_recipients, top, depth, seed, samples;
	double alpha;
	bool backbone, implausible, no_aliases, without_custodians, without_embedded, verified;
	struct option_spec specs[SELECTION_OPTIONS + 1];

	/* Made of it by selection_resolve(). */
	struct filter filter;
	enum weight weight;
};

/* default_kinds: bits of enum message_kind taken without --kind. top_wanted: the
 * command has a --top of its own meaning if false. */
void selection_init(struct selection *selection, unsigned default_kinds, bool top_wanted);
void selection_clear(struct selection *selection);

/* Offer only the options that choose messages: nothing is made of ties. */
void selection_only_messages(struct selection *selection);

/* Read the file of --aliases into *list, empty without one, and let a case file open for
 * reading go on with it; or with no joined addresses at all. *list is the caller's to
 * alias_list_clear(), in any case. -1 with *err. */
int selection_try_aliases(const struct selection *selection, struct casefile *casefile,
                          struct alias_list *list, struct error *err);

/* Was any option given that chooses messages? */
bool selection_chooses(const struct selection *selection);
/* Any but --person? */
bool selection_chooses_by_more(const struct selection *selection);

/* An address as the case file has it, of "Name <address>" too; a name as it is. Borrowed
 * from who or selection. */
const char *selection_normal_person(const struct selection *selection, const char *who);

/* Check the options and make the filter. -1 with *err: wrong usage. */
int selection_resolve(struct selection *selection, struct error *err);

/* The filter of a network that is drawn without options: of the whole case. */
struct filter selection_whole_case(void);

/* Does it choose among ties (--ego, --min-messages, --top, --backbone)? */
bool selection_reduces(const struct selection *selection);

/* Take that back, and the weight of ties. */
void selection_forget_ties(struct selection *selection);

/* The filter in words, for subtitles: "personal and list mail, 2014 to 2016".
 * g_free(). */
char *selection_words(const struct selection *selection);

/* The same without what ties are and weigh: of charts that count messages. g_free(). */
char *selection_mail_words(const struct selection *selection);

/* Append ", 812 bulk" to a list in words, unless there are none of it. */
void selection_append_count(GString *out, int64_t count, const char *what);

/* Append ", 2 to more than 100 recipients" in the same way. */
void selection_append_many_recipients(GString *out, const struct selection *selection,
                                      int64_t count);

#endif
