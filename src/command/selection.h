/* selection.h - which mail, and what is made of it: the options that every
 * command reading a case file shares, and the network they select */
#ifndef SELECTION_H
#define SELECTION_H

#include "option.h"

#include "epistograph/analysis.h"
#include "epistograph/casefile.h"

struct error;

#define SELECTION_OPTIONS 18

struct selection {
	/* As given. */
	const char *case_path, *since, *until, *kinds, *roles, *weight_name, *ego;
	GPtrArray *persons, *domains, *lists;
	int64_t min_messages, top, depth, seed, samples;
	double alpha;
	bool backbone, implausible;
	struct option_spec specs[SELECTION_OPTIONS + 1];

	/* Made of it by selection_resolve(). */
	struct filter filter;
	enum weight weight;
};

/* default_kinds: bits of enum message_kind taken without --kind. top_wanted: the
 * command has a --top of its own meaning if false. */
void selection_init(struct selection *selection, unsigned default_kinds, bool top_wanted);
void selection_clear(struct selection *selection);

/* Check the options and make the filter. -1 with *err: wrong usage. */
int selection_resolve(struct selection *selection, struct error *err);

/* The filter in words, for subtitles: "personal and list mail, 2014 to 2016".
 * g_free(). */
char *selection_words(const struct selection *selection);

/* Append ", 812 bulk" to a list in words, unless there are none of it. */
void selection_append_count(GString *out, int64_t count, const char *what);

/* A case file seen through a selection. */
struct view {
	const struct selection *selection;      /* borrowed */
	struct casefile *casefile;
	struct casefile_account account;
	struct person *persons;
	size_t person_count;
	struct filter_account filtered;
	struct network whole;                   /* all that passed the filter */
	struct network network;                 /* after min-messages, top, ego, backbone */
	struct analysis analysis;               /* of network */
};

/* Open the case file and, if with_network, build the network and its analysis. 0,
 * or -1 with *err; an empty network is not a failure here. */
int view_open(struct view *view, const struct selection *selection, bool with_network,
              struct error *err);
void view_close(struct view *view);

/* An error for a network without ties that says what the filter left over. */
int view_require_ties(const struct view *view, struct error *err);

/* "812 bulk and 40 automatic messages" and other reasons why messages are not
 * in the network; "" if all are. g_free(). */
char *view_left_out(const struct view *view);

#endif
