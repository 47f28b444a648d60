#include "view.h"

#include "command.h"
#include "selection.h"

#include "epistograph/alias.h"
#include "epistograph/community.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

#include <string.h>

static struct analysis_options analysis_options_of(const struct selection *s)
{
	struct analysis_options options = ANALYSIS_DEFAULTS;

	options.seed = (uint64_t)s->seed;
	options.alpha = s->alpha;
	options.samples = (int)MIN(s->samples, G_MAXINT);
	return options;
}

int view_walk(const struct view *view, const struct filter *filter,
              void (*take)(void *context, const struct correspondence *message), void *context,
              struct filter_account *filtered, struct error *err)
{
	return casefile_query_walk(view->casefile, filter, take, context, filtered, err);
}

static void add_to_network(void *builder, const struct correspondence *message)
{
	network_builder_add(builder, message);
}

static int build_network(const struct view *view, const struct filter *filter,
                         enum weight weight, struct filter_account *account,
                         struct network *network, struct error *err)
{
	struct network_builder *builder = network_builder_new(view->persons, view->person_count,
	                                                      weight);

	network_builder_set_edges(builder, filter->edges);
	if (view_walk(view, filter, add_to_network, builder, account, err) < 0) {
		network_builder_free(builder);
		return -1;
	}
	network_builder_finish(builder, network);
	return 0;
}

static int build_whole(struct view *view, struct error *err)
{
	const struct selection *s = view->selection;

	return build_network(view, &s->filter, s->weight, &view->filtered, &view->whole, err);
}

/* Cut network down in place. */
static void reduce(struct network *network, const bool *keep, const bool *arc_keep,
                   int64_t min_messages)
{
	struct network subset;

	network_subset(network, keep, arc_keep, min_messages, &subset);
	network_clear(network);
	*network = subset;
}

static bool *all_vertices(const struct network *network, bool value)
{
	bool *keep = g_new(bool, MAX(network->order, 1));

	memset(keep, value, (size_t)network->order * sizeof *keep);
	return keep;
}

static int keep_ego(struct view *view, struct error *err)
{
	const struct selection *s = view->selection;
	struct network *network = &view->network;
	const struct person *person = roster_find_address(&view->roster, s->ego);
	int vertex = network_find(network, person ? person->address : s->ego);

	if (vertex < 0)
		return error_set(err, "no ties of %s pass the filter", s->ego);
	const struct vertex *ego = &network->vertices[vertex];
	bool *keep = all_vertices(network, false);

	view->ego = *ego->name ? g_strdup_printf("%s <%s>", ego->name, ego->address)
	                       : g_strdup(ego->address);
	network_ego(network, vertex, (int)MIN(s->depth, G_MAXINT), keep);
	reduce(network, keep, NULL, 0);
	g_free(keep);
	return 0;
}

/* --top and --backbone need the ranks and weights of the network as it is. */
static int keep_best(struct view *view, struct error *err)
{
	const struct selection *s = view->selection;
	struct analysis_options options = analysis_options_of(s);
	struct analysis first;

	if (analysis_run(&view->network, &options, &first, err) < 0)
		return -1;
	bool *keep = all_vertices(&view->network, !s->top);
	for (int i = 0; i < view->network.order && i < s->top; i++)
		keep[first.by_rank[i]] = true;
	bool *arcs = s->backbone ? g_memdup2(first.backbone, (gsize)view->network.size) : NULL;
	for (int i = 0; arcs && i < view->network.size; i++)
		arcs[i] = arcs[i] && keep[view->network.arcs[i].from] && keep[view->network.arcs[i].to];
	analysis_clear(&first);
	reduce(&view->network, keep, arcs, 0);
	g_free(arcs);
	g_free(keep);
	return 0;
}

static int reduce_network(struct view *view, struct error *err)
{
	const struct selection *s = view->selection;
	bool *keep = all_vertices(&view->whole, true);

	for (int i = 0; s->without_custodians && i < view->whole.order; i++)
		for (size_t c = 0; c < view->custodians.count; c++)
			keep[i] &= view->whole.vertices[i].person != view->custodians.list[c].person;
	network_subset(&view->whole, keep, NULL, s->min_messages, &view->network);
	g_free(keep);
	if (s->ego && keep_ego(view, err) < 0)
		return -1;
	if ((s->top || s->backbone) && view->network.order && keep_best(view, err) < 0)
		return -1;
	return 0;
}

static void count_again(void *counting, const struct correspondence *message)
{
	network_recount_add(counting, message);
}

/* Which of the messages are still there after a reduction is seen by going
 * through them again. */
static int recount(struct view *view, struct error *err)
{
	struct network_recount *counting = network_recount_new(&view->network);
	int status = view_walk(view, &view->selection->filter, count_again, counting, NULL, err);

	network_recount_free(counting);
	return status;
}

int view_keep(const struct view *view, const bool *arcs, struct view *kept, struct error *err)
{
	bool *keep = all_vertices(&view->network, true);

	*kept = *view;
	network_subset(&view->network, keep, arcs, 0, &kept->network);
	g_free(keep);
	if (kept->network.size == view->network.size || recount(kept, err) == 0)
		return 0;
	network_clear(&kept->network);
	return -1;
}

static int open_network(struct view *view, struct error *err)
{
	struct analysis_options options = analysis_options_of(view->selection);

	if (casefile_custodians(view->casefile, &view->custodians, err) < 0 ||
	    build_whole(view, err) < 0 || reduce_network(view, err) < 0)
		return -1;
	if (view->network.size < view->whole.size && recount(view, err) < 0)
		return -1;
	return analysis_run(&view->network, &options, &view->analysis, err);
}

/* The persons of the case, as they are or as the selection wants them. */
static int open_persons(struct view *view, const char *const *split, struct error *err)
{
	const struct selection *s = view->selection;
	struct alias_list list;
	int status = selection_try_aliases(s, view->casefile, &list, err);

	if (status == 0 && split)
		status = casefile_try_split(view->casefile, split, err);
	if (status == 0)
		status = casefile_persons(view->casefile, &view->persons, &view->person_count, err);
	if (status == 0) {
		roster_init(&view->roster, view->persons, view->person_count);
		if (!split)
			roster_warn_unknown(&view->roster, &list, s->aliases);
	}
	alias_list_clear(&list);
	return status;
}

static int open_view(struct view *view, const struct selection *selection, bool with_network,
                     const char *const *split, struct error *err)
{
	*view = (struct view){ .selection = selection };
	view->casefile = casefile_open(selection->case_path, CASEFILE_READ, err);
	if (!view->casefile)
		return -1;
	if (open_persons(view, split, err) < 0 ||
	    casefile_account(view->casefile, &view->account, err) < 0 ||
	    (with_network && open_network(view, err) < 0)) {
		view_close(view);
		return -1;
	}
	return 0;
}

int view_open(struct view *view, const struct selection *selection, bool with_network,
              struct error *err)
{
	return open_view(view, selection, with_network, NULL, err);
}

int view_open_split(struct view *view, const struct selection *selection,
                    const char *const *addresses, struct error *err)
{
	return open_view(view, selection, true, addresses, err);
}

/* The network of the whole case; where no mail names a recipient, of its answers. */
static int build_reference(const struct view *view, struct network *reference, struct error *err)
{
	struct filter filter = selection_whole_case();
	struct filter_account account;

	if (build_network(view, &filter, WEIGHT_COUNT, &account, reference, err) < 0)
		return -1;
	if (reference->size > 0 || filter.edges == view->selection->filter.edges)
		return 0;
	network_clear(reference);
	filter.edges = view->selection->filter.edges;
	return build_network(view, &filter, WEIGHT_COUNT, &account, reference, err);
}

int view_keep_colors(struct view *view, struct error *err)
{
	const struct selection *s = view->selection;
	struct network reference;

	/* Without a choice it is the network of the whole case. */
	if (!selection_chooses(s) && !selection_reduces(s) && s->weight == WEIGHT_COUNT)
		return 0;
	if (build_reference(view, &reference, err) < 0)
		return -1;
	int status = community_keep_colors(&view->analysis, &reference, err);
	network_clear(&reference);
	return status;
}

GHashTable *view_tied_addresses(const struct selection *selection, struct error *err)
{
	struct selection apart = *selection;            /* borrows all of it */
	GHashTable *tied = NULL;
	struct view view;

	apart.aliases = NULL;
	apart.no_aliases = true;
	if (open_view(&view, &apart, false, NULL, err) < 0)
		return NULL;
	if (build_whole(&view, err) == 0) {
		tied = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		for (int i = 0; i < view.whole.order; i++)
			g_hash_table_add(tied, g_strdup(view.whole.vertices[i].address));
	}
	view_close(&view);
	return tied;
}

void view_close(struct view *view)
{
	analysis_clear(&view->analysis);
	network_clear(&view->network);
	network_clear(&view->whole);
	roster_clear(&view->roster);
	persons_free(view->persons);
	g_free(view->custodians.list);
	g_free(view->ego);
	g_free(view->positions);
	casefile_close(view->casefile);
	*view = (struct view){ 0 };
}

char *view_words(const struct view *view)
{
	struct selection shown = *view->selection;      /* borrows all of it */

	if (view->ego)
		shown.ego = view->ego;
	return selection_words(&shown);
}

#define LIST_MESSAGES 20        /* a few may be anything's */

/* Nearly all mail is in mailboxes of so few that the rest is seen through them. */
#define MAILBOXES_ALL 0.95
#define OWNERS_FEW 3

static const char *name_of_person(const struct view *view, int64_t id)
{
	for (size_t i = 0; i < view->person_count; i++)
		if (view->persons[i].id == id)
			return *view->persons[i].name ? view->persons[i].name : view->persons[i].address;
	return "somebody";
}

int view_owners(const struct view *view)
{
	const struct casefile_custodians *c = &view->custodians;

	return c->count > OWNERS_FEW ||
	       (double)c->in_mailboxes < MAILBOXES_ALL * (double)c->messages ? 0 : (int)c->count;
}

bool view_owns(const struct view *view, int64_t person)
{
	for (int i = 0; i < view_owners(view); i++)
		if (view->custodians.list[i].person == person)
			return true;
	return false;
}

char *view_bias(const struct view *view)
{
	const struct casefile_custodians *c = &view->custodians;
	GString *out = g_string_new(NULL);
	int owners = view_owners(view);

	if (!owners)
		return g_string_free(out, FALSE);
	g_string_append(out, owners == 1 ? "This is the mailbox of " : "These are the mailboxes of ");
	for (int i = 0; i < owners; i++)
		g_string_append_printf(out, "%s%s", i == 0 ? "" : i + 1 == owners ? " and " : ", ",
		                       name_of_person(view, c->list[i].person));
	g_string_append(out, owners == 1
	                ? ": ties between others are seen only in mail that this person sent or got"
	                : ": ties between others are seen only in mail that one of them sent or got");
	return g_string_free(out, FALSE);
}

char *view_left_out(const struct view *view)
{
	const struct filter_account *f = &view->filtered;
	const struct network_account *n = &view->network.account;
	bool is_reply = view->selection->filter.edges == EDGES_REPLY;
	GString *out = g_string_new(NULL);

	for (int kind = 0; kind < KIND_COUNT; kind++)
		selection_append_count(out, f->other_kind_by[kind], message_kind_name((enum message_kind)kind));
	selection_append_count(out, f->other_enclosure, "inside others");
	selection_append_count(out, f->unverified, "not verified by a signature");
	selection_append_count(out, f->other_date, "with other dates");
	selection_append_count(out, f->undated, "without a usable date");
	selection_append_count(out, f->outside_period, "outside the period");
	selection_append_count(out, f->other_filter, "outside the filter");
	selection_append_many_recipients(out, view->selection, f->many_recipients);
	selection_append_count(out, n->without_sender, "without a sender");
	selection_append_count(out, n->without_recipient,
	                       !is_reply ? "without a recipient"
	                       : n->without_recipient == 1 ? "that answers nothing here"
	                       : "that answer nothing here");
	selection_append_count(out, n->only_to_self,
	                       !is_reply ? "to the sender alone"
	                       : n->only_to_self == 1 ? "that answers the sender's own mail"
	                       : "that answer the sender's own mail");
	selection_append_count(out, n->reduced_away, "only on ties that are left out");
	return g_string_free(out, FALSE);
}

bool view_lacks_recipients(const struct view *view)
{
	return view->selection->filter.edges == EDGES_RECIPIENT && view->filtered.matched &&
	       view->network.account.without_recipient == view->filtered.matched;
}

void view_warn_of_list(const struct view *view)
{
	const struct network *network = &view->network;

	for (int i = 0; network->edges == EDGES_RECIPIENT && i < network->order; i++) {
		const struct vertex *vertex = &network->vertices[i];

		if (vertex->sent == 0 && vertex->received > LIST_MESSAGES &&
		    2 * vertex->received > network->account.in_network)
			command_warn("%s gets %s of %s and sends none, as a list does; --edges reply draws and "
			             "ranks who answered whom", vertex->address, text_count(vertex->received),
			             text_counted(network->account.in_network, "message", "messages"));
	}
}

int view_require_ties(const struct view *view, struct error *err)
{
	if (view->network.size)
		return 0;
	char *words = view_words(view);
	char *left = view_left_out(view);

	error_set(err, "no ties are left in %s: of %s, %s passed the filter (%s)%s%s%s",
	          view->selection->case_path,
	          text_counted(view->account.counted, "message", "messages"),
	          text_count(view->filtered.matched), words, *left ? "; left out: " : "", left,
	          view_lacks_recipients(view) ? "; --edges reply draws who answered whom" : "");
	g_free(left);
	g_free(words);
	return -1;
}
