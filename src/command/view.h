/* view.h - a case file seen through a selection: what passes, and the network it makes */
#ifndef VIEW_H
#define VIEW_H

#include "roster.h"

#include "epistograph/analysis.h"
#include "epistograph/casefile.h"

struct error;
struct selection;

/* A case file seen through a selection. */
struct view {
	const struct selection *selection;      /* borrowed */
	struct casefile *casefile;
	struct casefile_account account;
	struct person *persons;
	size_t person_count;
	struct roster roster;           /* of persons */
	struct casefile_custodians custodians;  /* none without a network */
	struct filter_account filtered;
	char *ego;                      /* who it is: "Ann Lee <ann@a.example>"; NULL without --ego */
	struct network whole;                   /* all that passed the filter */
	struct network network;                 /* after min-messages, top, ego, backbone */
	struct analysis analysis;               /* of network */
	double *positions;                      /* of the vertices in graph files; NULL until asked for */
};

/* Open the case file and, if with_network, build the network and its analysis. 0,
 * or -1 with *err; an empty network is not a failure here. */
int view_open(struct view *view, const struct selection *selection, bool with_network,
              struct error *err);
void view_close(struct view *view);

/* Give the communities of view's network the colours they have in the network of the whole
 * case (community_keep_colors), for figures and graph files. 0, or -1 with *err. */
int view_keep_colors(struct view *view, struct error *err);

/* Call take() for every message of view's case file that passes filter; filtered, if not
 * NULL, says what did not. */
int view_walk(const struct view *view, const struct filter *filter,
              void (*take)(void *context, const struct correspondence *message), void *context,
              struct filter_account *filtered, struct error *err);

/* The same with the network, as if these addresses (see casefile_try_split) were
 * another person. */
int view_open_split(struct view *view, const struct selection *selection,
                    const char *const *addresses, struct error *err);

/* The addresses that have ties by themselves, in what passes the selection's filter:
 * a set of owned strings, NULL with *err. */
GHashTable *view_tied_addresses(const struct selection *selection, struct error *err);

/* No message that passed names a recipient, as in archives of lists: their answers
 * make a network all the same. */
bool view_lacks_recipients(const struct view *view);

/* Warn of an address that gets most of the mail and sends none, as a list's does: it would be
 * drawn and ranked as a person, and who answered whom says more. */
void view_warn_of_list(const struct view *view);

/* An error for a network without ties that says what the filter left over. */
int view_require_ties(const struct view *view, struct error *err);

/* selection_words() with the person found for --ego, of whom a name may say too
 * little. g_free(). */
char *view_words(const struct view *view);

/* What view is with chosen ties of its network alone (arcs[i]), and their messages
 * counted again. kept borrows all of view but its network, which is network_clear()ed;
 * its analysis is still that of view's network. -1 with *err. */
int view_keep(const struct view *view, const bool *arcs, struct view *kept, struct error *err);

/* What a reader must know who sees mail of few mailboxes: ties between others are seen
 * only where the owner was one of them. "" if that is not so. g_free(). */
char *view_bias(const struct view *view);
/* Of how many mailboxes it is then, else 0; and is this person an owner of one? */
int view_owners(const struct view *view);
bool view_owns(const struct view *view, int64_t person);

/* "812 bulk and 40 automatic messages" and other reasons why messages are not
 * in the network; "" if all are. g_free(). */
char *view_left_out(const struct view *view);

#endif
