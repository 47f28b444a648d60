#include "figure_mail.h"

#include "figure_words.h"
#include "selection.h"
#include "view.h"

#include "epistograph/error.h"

#include <stdlib.h>

GString *mail_left_out(const struct view *view, const struct filter_account *filtered)
{
	const struct { int64_t count; const char *what; } rows[] = {
		{ filtered->other_enclosure, "inside others" },
		{ filtered->unverified, "not verified by a signature" },
		{ filtered->other_date, "with other dates" },
		{ filtered->undated, "without a usable date" },
		{ filtered->outside_period, "outside the period" },
		{ filtered->other_filter, "outside the filter" },
	};
	GString *left = g_string_new(NULL);

	for (int kind = 0; kind < KIND_COUNT; kind++)
		selection_append_count(left, filtered->other_kind_by[kind],
		                       message_kind_name((enum message_kind)kind));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		selection_append_count(left, rows[i].count, rows[i].what);
	selection_append_many_recipients(left, view->selection, filtered->many_recipients);
	return left;
}

char *mail_source(const struct view *view, int64_t in_figure, GString *left)
{
	GString *source = words_begin_source(view, in_figure);

	if (left->len)
		g_string_append_printf(source, " Not in it: %s.", left->str);
	g_string_append(source, " epistograph " EPISTOGRAPH_VERSION);
	g_string_free(left, TRUE);
	return g_string_free(source, FALSE);
}

/* A chart of nothing is refused. Messages without a usable date are something: the
 * chart says how many they are. */
static int require_messages(const struct view *view, const struct filter_account *filtered,
                            struct error *err)
{
	if (filtered->matched)
		return 0;
	char *words = selection_mail_words(view->selection);
	GString *left = mail_left_out(view, filtered);

	error_set(err, "no message passes the filter (%s) in %s%s%s", words,
	          view->selection->case_path, left->len ? "; left out: " : "", left->str);
	g_string_free(left, TRUE);
	g_free(words);
	return -1;
}

int mail_walk(const struct view *view,
              void (*take)(void *context, const struct correspondence *message), void *context,
              struct filter_account *filtered, struct error *err)
{
	if (view_walk(view, &view->selection->filter, take, context, filtered, err) < 0)
		return -1;
	return require_messages(view, filtered, err);
}

static void cover(void *context, const struct correspondence *message)
{
	coverage_builder_add(context, message);
}

int mail_coverage(const struct view *view, struct coverage *coverage,
                  struct filter_account *filtered, struct error *err)
{
	struct coverage_builder *builder = coverage_builder_new();

	if (view->selection->filter.implausible)       /* dates at their word, these as well */
		coverage_builder_keep_far(builder);
	if (mail_walk(view, cover, builder, filtered, err) < 0) {
		coverage_builder_free(builder);
		return -1;
	}
	coverage_builder_finish(builder, coverage);
	return 0;
}

static bool holds(const GArray *persons, int64_t person)
{
	for (guint i = 0; i < persons->len; i++)
		if (g_array_index(persons, int64_t, i) == person)
			return true;
	return false;
}

GArray *mail_persons(const struct view *view, struct error *err)
{
	GArray *persons = g_array_new(FALSE, FALSE, sizeof(int64_t));

	for (const char *const *who = view->selection->filter.persons; who && *who; who++) {
		int64_t *found;
		size_t count;

		if (casefile_find_persons(view->casefile, *who, &found, &count, err) < 0) {
			g_array_unref(persons);
			return NULL;
		}
		for (size_t i = 0; i < count; i++)
			if (!holds(persons, found[i]))
				g_array_append_val(persons, found[i]);
		g_free(found);
	}
	return persons;
}

/* The highest ranked of the network. */
static GArray *ranked_persons(const struct view *view, int wanted)
{
	GArray *persons = g_array_new(FALSE, FALSE, sizeof(int64_t));

	for (int i = 0; i < view->network.order && i < wanted; i++)
		g_array_append_val(persons, view->network.vertices[view->analysis.by_rank[i]].person);
	return persons;
}

struct sender { int64_t person, sent; };

static void count_sender(void *context, const struct correspondence *message)
{
	struct sender *sender = g_hash_table_lookup(context, &message->sender);

	if (!message->sender)
		return;
	if (!sender) {
		sender = g_new0(struct sender, 1);
		sender->person = message->sender;
		g_hash_table_insert(context, &sender->person, sender);
	}
	sender->sent++;
}

static int compare_senders(const void *left, const void *right)
{
	const struct sender *a = *(struct sender *const *)left, *b = *(struct sender *const *)right;

	if (a->sent != b->sent)
		return a->sent > b->sent ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

/* In archives of lists nobody is named as a recipient, and there is no rank: those who
 * sent most. NULL with *err. */
static GArray *busiest_senders(const struct view *view, int wanted, struct error *err)
{
	GHashTable *senders = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
	GArray *persons = NULL;
	struct filter_account filtered;
	guint count;

	if (mail_walk(view, count_sender, senders, &filtered, err) == 0) {
		struct sender **all = (void *)g_hash_table_get_keys_as_array(senders, &count);

		persons = g_array_new(FALSE, FALSE, sizeof(int64_t));
		/* A key is the first member of its value. */
		qsort(all, count, sizeof *all, compare_senders);
		for (guint i = 0; i < count && (int)i < wanted; i++)
			g_array_append_val(persons, all[i]->person);
		g_free(all);
	}
	g_hash_table_destroy(senders);
	return persons;
}

GArray *mail_key_persons(const struct view *view, int wanted, struct error *err)
{
	if (view->selection->filter.persons)
		return mail_persons(view, err);
	if (view->network.order)
		return ranked_persons(view, wanted);
	return busiest_senders(view, wanted, err);
}

const char *mail_person_name(const struct view *view, int64_t person, const char **address)
{
	for (size_t i = 0; i < view->person_count; i++) {
		const struct person *found = &view->persons[i];

		if (found->id != person)
			continue;
		*address = found->address;
		return *found->name ? found->name : found->address;
	}
	return *address = "";
}
