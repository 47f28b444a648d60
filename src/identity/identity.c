#include "identity_internal.h"

#include "person_name.h"
#include "word_tables.h"

#include "epistograph/alias.h"

#include <stdlib.h>
#include <string.h>

/* A display name counts among an address's names if so much of its use is under
 * it: address books have errors. If so much is under names of others, it is shared. */
#define NAME_SHARE_MIN 0.2

/* Of a sender of mass or automatic mail: people send such, too, a note of absence. */
#define MACHINE_MIN 3
#define MACHINE_SHARE 0.9

/* Where so many of a domain's addresses end in digits, strangers share it: a provider
 * of mailboxes for everybody, whether it is in our table or not. */
#define PROVIDER_SHARE 0.15
#define PROVIDER_NUMBERED 4

/* Ties that may gather before those that are there already are taken out. */
#define TIES_UNSORTED_MIN (1 << 20)

/* ---- filling ---- */

struct identity *identity_new(void)
{
	struct identity *identity = g_new0(struct identity, 1);

	identity->strings = g_string_chunk_new(64 << 10);
	identity->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
	identity->names = g_array_new(FALSE, FALSE, sizeof(struct seen_name));
	identity->besides = g_array_new(FALSE, FALSE, sizeof(struct beside));
	identity->ties = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	identity->answers = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	identity->lists = g_hash_table_new(g_str_hash, g_str_equal);
	identity->links = g_array_new(FALSE, FALSE, sizeof(struct identity_link));
	identity->linked = g_hash_table_new(g_direct_hash, g_direct_equal);
	return identity;
}

void identity_free(struct identity *identity)
{
	if (!identity)
		return;
	for (guint i = 0; i < identity->entries->len; i++) {
		g_free(ENTRY(identity, i)->nobody);
		if (ENTRY(identity, i)->apart)
			g_array_free(ENTRY(identity, i)->apart, TRUE);
	}
	g_array_free(identity->entries, TRUE);
	g_array_free(identity->names, TRUE);
	g_array_free(identity->besides, TRUE);
	g_array_free(identity->ties, TRUE);
	g_array_free(identity->answers, TRUE);
	g_array_free(identity->links, TRUE);
	g_hash_table_destroy(identity->lists);
	g_hash_table_destroy(identity->linked);
	g_string_chunk_free(identity->strings);
	g_free(identity->person_names);
	g_free(identity->rank);
	g_free(identity);
}

size_t identity_add(struct identity *identity, const char *address)
{
	struct entry entry = { .text = g_string_chunk_insert(identity->strings, address),
	                       .given = identity->entries->len };
	const char *at = strrchr(entry.text, '@');

	entry.domain = at ? domain_main_name(at + 1) : "";
	g_array_append_val(identity->entries, entry);
	return entry.given;
}

void identity_add_use(struct identity *identity, size_t address, int64_t sent,
                      int64_t sent_by_machine, int64_t mentioned)
{
	struct entry *entry = ENTRY(identity, address);

	entry->sent += sent;
	entry->by_machine += sent_by_machine;
	entry->mentioned += mentioned;
}

void identity_add_name(struct identity *identity, size_t address, const char *name,
                       int64_t in_from, int64_t anywhere)
{
	struct seen_name seen = { (uint32_t)address, g_string_chunk_insert(identity->strings, name),
	                          in_from, anywhere };

	g_array_append_val(identity->names, seen);
}

void identity_add_list(struct identity *identity, const char *list_id)
{
	char *address = g_string_chunk_insert(identity->strings, list_id), *dot = strchr(address, '.');

	if (!dot)
		return;
	*dot = '@';                     /* RFC 2919: the list's name, then its domain */
	g_hash_table_add(identity->lists, address);
}

void identity_add_beside(struct identity *identity, enum identity_beside kind, size_t address,
                         size_t other)
{
	struct beside beside = { (uint32_t)address, (uint32_t)other, kind };

	if (address != other)
		g_array_append_val(identity->besides, beside);
}

/* Each tie once, in order. */
static void keep_each_once(GArray *ties)
{
	guint kept = 0;

	sort_ties((uint64_t *)(void *)ties->data, ties->len);
	for (guint i = 0; i < ties->len; i++)
		if (!kept || g_array_index(ties, uint64_t, kept - 1) != g_array_index(ties, uint64_t, i))
			g_array_index(ties, uint64_t, kept++) = g_array_index(ties, uint64_t, i);
	g_array_set_size(ties, kept);
}

void identity_add_tie(struct identity *identity, size_t address, size_t other)
{
	uint64_t tie = (uint64_t)MIN(address, other) << 32 | MAX(address, other);

	if (address == other)
		return;
	g_array_append_val(identity->ties, tie);
	if (identity->ties->len - identity->ties_sorted <
	    MAX(identity->ties_sorted, TIES_UNSORTED_MIN))
		return;
	keep_each_once(identity->ties);
	identity->ties_sorted = identity->ties->len;
}

void identity_add_answer(struct identity *identity, size_t address, size_t other)
{
	uint64_t answer = (uint64_t)address << 32 | other;

	if (address != other)
		g_array_append_val(identity->answers, answer);
}

void identity_decide(struct identity *identity, const struct alias *aliases, size_t count)
{
	identity->aliases = aliases;
	identity->alias_count = count;
}

/* ---- order ---- */

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return strcmp(a->text, b->text);
}

static int compare_names(const void *left, const void *right)
{
	const struct seen_name *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	if (a->in_from != b->in_from)
		return a->in_from > b->in_from ? -1 : 1;
	if (a->anywhere != b->anywhere)
		return a->anywhere > b->anywhere ? -1 : 1;
	return strcmp(a->text, b->text);
}

/* From here on addresses are places in the order of their texts. */
static void put_in_order(struct identity *identity)
{
	guint count = identity->entries->len;

	g_array_sort(identity->entries, compare_entries);
	identity->rank = g_new(uint32_t, MAX(count, 1));
	for (guint i = 0; i < count; i++)
		identity->rank[ENTRY(identity, i)->given] = i;
	for (guint i = 0; i < identity->names->len; i++) {
		struct seen_name *name = &g_array_index(identity->names, struct seen_name, i);

		name->address = identity->rank[name->address];
	}
	for (guint i = 0; i < identity->besides->len; i++) {
		struct beside *beside = &g_array_index(identity->besides, struct beside, i);

		beside->address = identity->rank[beside->address];
		beside->other = identity->rank[beside->other];
	}
	for (guint i = 0; i < identity->ties->len; i++) {
		uint64_t *tie = &g_array_index(identity->ties, uint64_t, i);
		uint32_t a = identity->rank[*tie >> 32], b = identity->rank[*tie & UINT32_MAX];

		*tie = (uint64_t)MIN(a, b) << 32 | MAX(a, b);
	}
	keep_each_once(identity->ties);
	for (guint i = 0; i < identity->answers->len; i++) {
		uint64_t *answer = &g_array_index(identity->answers, uint64_t, i);

		*answer = (uint64_t)identity->rank[*answer >> 32] << 32 |
		          identity->rank[*answer & UINT32_MAX];
	}
	g_array_sort(identity->names, compare_names);
	for (guint i = 0; i < identity->names->len; i++) {
		uint32_t address = g_array_index(identity->names, struct seen_name, i).address;

		if (!ENTRY(identity, address)->name_count++)
			ENTRY(identity, address)->first_name = i;
	}
}

/* ---- what an address is called ---- */

static const struct seen_name *name_of(const struct identity *identity, const struct entry *entry,
                                       size_t i)
{
	return &g_array_index(identity->names, struct seen_name, entry->first_name + i);
}

/* Names in From are the owner's own; where there are such, no others count. */
static int64_t weight_of(const struct seen_name *name, bool own)
{
	return own ? name->in_from : name->anywhere;
}

static bool share_word(const struct person_name *a, const struct person_name *b)
{
	for (int i = 0; i < a->count; i++)
		for (int j = 0; j < b->count; j++)
			if (!strcmp(a->words[i], b->words[j]))
				return true;
	return false;
}

/* One more full name of an address, beside the most seen. foreign: how much of its
 * use is under names that have no word in common with that. */
static void compare_name(struct entry *entry, const struct person_name *best, const char *text,
                         bool often, int64_t weight, int64_t *foreign)
{
	char key[NAME_BYTES_MAX];
	struct person_name other;

	if (!person_name_read(&other, text))
		return;
	if (!share_word(best, &other))
		*foreign += weight;
	person_name_key(&other, key);
	if (often && !strcmp(entry->key, key)) {
		entry->initials |= other.initials;
		entry->generation = MAX(entry->generation, other.generation);
	}
}

/* The most seen full name of an address, and whether several people use it. */
static void settle_name(struct identity *identity, struct entry *entry)
{
	struct person_name best;
	char key[NAME_BYTES_MAX];
	int64_t total = 0, foreign = 0;
	bool own = entry->name_count && name_of(identity, entry, 0)->in_from > 0;

	for (size_t i = 0; i < entry->name_count; i++)
		total += weight_of(name_of(identity, entry, i), own);
	for (size_t i = 0; i < entry->name_count; i++) {
		const struct seen_name *seen = name_of(identity, entry, i);
		int64_t weight = weight_of(seen, own);

		if (weight == 0)
			break;
		if (entry->key) {
			compare_name(entry, &best, seen->text, weight >= NAME_SHARE_MIN * (double)total,
			             weight, &foreign);
		} else if (person_name_read(&best, seen->text)) {
			person_name_key(&best, key);
			entry->key = g_string_chunk_insert_const(identity->strings, key);
			entry->name = seen->text;
			entry->initials = best.initials;
			entry->generation = best.generation;
		}
	}
	entry->shared = foreign > 0 && foreign >= NAME_SHARE_MIN * (double)total;
}

/* Why an address is nobody's. */
static void settle_nobody(struct identity *identity, struct entry *entry)
{
	struct person_name name;
	char mark[LOCAL_MARK_MAX];
	const char *word = role_word_of_address(entry->text);

	/* Mr. Post's address is made of his name. */
	if (word && entry->key && person_name_read(&name, entry->name) &&
	    local_match_name(entry->text, &name, mark) == LOCAL_FULL)
		word = NULL;
	if (g_hash_table_contains(identity->lists, entry->text))
		entry->nobody = g_strdup("a mailing list");
	else if (word)
		entry->nobody = g_strdup_printf("a role or machine address (%s)", word);
	else if (entry->by_machine >= MACHINE_MIN &&
	         (double)entry->by_machine >= MACHINE_SHARE * (double)entry->sent)
		entry->nobody = g_strdup("a sender of mass or automatic mail");
	else if (entry->shared)
		entry->nobody = g_strdup("an address under names of several people");
}

/* The user's persons become labels. Who stands alone in all that he decided is to
 * be left alone. */
static void settle_labels(struct identity *identity)
{
	GHashTable *labels = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTable *decided = g_hash_table_new(g_str_hash, g_str_equal);
	int *sizes = g_new0(int, identity->alias_count + 1);

	for (size_t i = 0; i < identity->alias_count; i++) {
		const struct alias *alias = &identity->aliases[i];
		int label = GPOINTER_TO_INT(g_hash_table_lookup(labels, alias->person));

		if (!label) {
			label = (int)g_hash_table_size(labels) + 1;
			g_hash_table_insert(labels, alias->person, GINT_TO_POINTER(label));
		}
		sizes[label]++;
		g_hash_table_insert(decided, alias->address, GINT_TO_POINTER(label));
	}
	for (guint i = 0; i < identity->entries->len && identity->alias_count; i++) {
		struct entry *entry = ENTRY(identity, i);

		entry->label = GPOINTER_TO_INT(g_hash_table_lookup(decided, entry->text));
		entry->alone = entry->label && sizes[entry->label] == 1;
	}
	g_free(sizes);
	g_hash_table_destroy(labels);
	g_hash_table_destroy(decided);
}

static bool ends_in_digit(const struct entry *entry)
{
	const char *at = strrchr(entry->text, '@'), *tag = strchr(entry->text, '+');

	if (at && tag && tag < at)
		at = tag;
	return at && at > entry->text && g_ascii_isdigit(at[-1]);
}

struct domain_count { int64_t addresses, with_digits; };

/* Find the domains that are of providers. */
static void settle_domains(struct identity *identity)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

	for (guint i = 0; i < identity->entries->len; i++) {
		const struct entry *entry = ENTRY(identity, i);
		struct domain_count *count = g_hash_table_lookup(counts, entry->domain);

		if (!count) {
			count = g_new0(struct domain_count, 1);
			g_hash_table_insert(counts, (gpointer)entry->domain, count);
		}
		count->addresses++;
		count->with_digits += ends_in_digit(entry);
	}
	for (guint i = 0; i < identity->entries->len; i++) {
		struct entry *entry = ENTRY(identity, i);
		const struct domain_count *count = g_hash_table_lookup(counts, entry->domain);

		entry->everybodys = !*entry->domain || is_public_domain(entry->domain) ||
			(count->with_digits >= PROVIDER_NUMBERED &&
			 (double)count->with_digits >= PROVIDER_SHARE * (double)count->addresses);
	}
	g_hash_table_destroy(counts);
}

static void settle_entries(struct identity *identity)
{
	settle_domains(identity);
	settle_labels(identity);
	for (guint i = 0; i < identity->entries->len; i++) {
		struct entry *entry = ENTRY(identity, i);

		settle_name(identity, entry);
		settle_nobody(identity, entry);
		entry->parent = entry->next = i;
		entry->size = 1;
		entry->all_initials = entry->initials;
		entry->any_generation = entry->generation;
		entry->any_label = entry->label;
		entry->any_alone = entry->alone;
		entry->any_nobody = entry->nobody;
	}
}

/* ---- the result ---- */

static const struct alias *alias_of(const struct identity *identity, const struct entry *entry)
{
	const struct alias_list list = { (struct alias *)(void *)identity->aliases,
	                                 identity->alias_count };

	return entry->label ? alias_list_find(&list, entry->text) : NULL;
}

/* Is a a better main address than b? */
static bool is_more_used(const struct identity *identity, const struct entry *a,
                         const struct entry *b)
{
	const struct alias *alias_a = alias_of(identity, a), *alias_b = alias_of(identity, b);
	bool chosen_a = alias_a && !strcmp(alias_a->person, a->text);
	bool chosen_b = alias_b && !strcmp(alias_b->person, b->text);

	if (chosen_a != chosen_b)
		return chosen_a;
	if (a->sent != b->sent)
		return a->sent > b->sent;
	if (a->mentioned != b->mentioned)
		return a->mentioned > b->mentioned;
	return strcmp(a->text, b->text) < 0;
}

/* Names of all addresses of a person, each once with its sums. */
static int compare_texts(const void *left, const void *right)
{
	const struct seen_name *a = left, *b = right;

	return strcmp(a->text, b->text);
}

static void sum_names(GArray *names)
{
	guint kept = 0;

	g_array_sort(names, compare_texts);
	for (guint i = 0; i < names->len; i++) {
		struct seen_name *name = &g_array_index(names, struct seen_name, i);
		struct seen_name *last = kept ? &g_array_index(names, struct seen_name, kept - 1) : NULL;

		if (last && !strcmp(last->text, name->text)) {
			last->in_from += name->in_from;
			last->anywhere += name->anywhere;
		} else {
			g_array_index(names, struct seen_name, kept++) = *name;
		}
	}
	g_array_set_size(names, kept);
}

static bool is_better_name(const struct seen_name *a, const struct seen_name *b)
{
	struct person_name parsed;
	bool full_a = person_name_read(&parsed, a->text), full_b = person_name_read(&parsed, b->text);

	if ((a->in_from > 0) != (b->in_from > 0))
		return a->in_from > 0;
	if (full_a != full_b)
		return full_a;
	if (a->in_from != b->in_from)
		return a->in_from > b->in_from;
	if (a->in_from == 0 && a->anywhere != b->anywhere)
		return a->anywhere > b->anywhere;
	return strcmp(a->text, b->text) < 0;
}

/* names: scratch. */
static const char *choose_name(struct identity *identity, uint32_t root, GArray *names)
{
	const struct seen_name *best = NULL;
	uint32_t i = root;

	g_array_set_size(names, 0);
	do {
		const struct entry *entry = ENTRY(identity, i);
		const struct alias *alias = alias_of(identity, entry);

		if (alias && *alias->name)
			return g_string_chunk_insert(identity->strings, alias->name);
		if (entry->name_count)
			g_array_append_vals(names, name_of(identity, entry, 0),
			                    (guint)entry->name_count);
		i = entry->next;
	} while (i != root);
	sum_names(names);
	for (guint n = 0; n < names->len; n++) {
		const struct seen_name *name = &g_array_index(names, struct seen_name, n);

		if (!best || is_better_name(name, best))
			best = name;
	}
	return best ? best->text : "";
}

/* The main address of every person becomes its root in the table of results. */
static void settle_persons(struct identity *identity)
{
	guint count = identity->entries->len;
	uint32_t *mains = g_new(uint32_t, MAX(count, 1));
	GArray *names = g_array_new(FALSE, FALSE, sizeof(struct seen_name));

	identity->person_names = g_new0(char *, MAX(count, 1));
	for (guint i = 0; i < count; i++)
		mains[i] = i;
	for (guint i = 0; i < count; i++) {
		uint32_t root = person_root(identity, i);

		if (is_more_used(identity, ENTRY(identity, i), ENTRY(identity, mains[root])))
			mains[root] = i;
	}
	for (guint i = 0; i < count; i++)
		if (person_root(identity, i) == i)
			identity->person_names[mains[i]] = (char *)choose_name(identity, i, names);
	for (guint i = 0; i < count; i++)
		ENTRY(identity, i)->next = mains[person_root(identity, i)];
	g_array_free(names, TRUE);
	g_free(mains);
}

static int compare_links(const void *left, const void *right)
{
	const struct identity_link *a = left, *b = right;

	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return a->other < b->other ? -1 : a->other > b->other;
}

/* Hints between two who became one in the end are none; places become numbers. */
static void settle_links(struct identity *identity)
{
	guint kept = 0;

	g_array_sort(identity->links, compare_links);
	for (guint i = 0; i < identity->links->len; i++) {
		struct identity_link link = g_array_index(identity->links, struct identity_link, i);
		uint32_t a = (uint32_t)link.address, b = (uint32_t)link.other;

		if (link.state != LINK_JOINED && person_root(identity, a) == person_root(identity, b))
			continue;
		link.address = ENTRY(identity, a)->given;
		link.other = ENTRY(identity, b)->given;
		g_array_index(identity->links, struct identity_link, kept++) = link;
	}
	g_array_set_size(identity->links, kept);
}

void identity_run(struct identity *identity)
{
	put_in_order(identity);
	settle_entries(identity);
	rule_one_address(identity);
	rule_beside(identity);
	rule_entry_name(identity);
	rule_name_domain(identity);
	rule_local_domain(identity);
	rule_common(identity);
	join_as_decided(identity);
	settle_links(identity);
	settle_persons(identity);
}

size_t identity_person(const struct identity *identity, size_t address)
{
	uint32_t main = ENTRY(identity, identity->rank[address])->next;

	return ENTRY(identity, main)->given;
}

const char *identity_name(const struct identity *identity, size_t person)
{
	const char *name = identity->person_names[identity->rank[person]];

	return name ? name : "";
}

const struct identity_link *identity_links(const struct identity *identity, size_t *count)
{
	*count = identity->links->len;
	return (const struct identity_link *)(void *)identity->links->data;
}

const char *identity_rule_name(enum identity_rule rule)
{
	static const char *const names[RULE_COUNT] = {
		"user", "address", "directory", "reply-to", "name+domain", "local+domain", "name+common",
		"name+local", "name+answers", "name+rare", "name",
	};

	return names[rule];
}

const char *identity_state_name(enum identity_state state)
{
	static const char *const names[LINK_STATE_COUNT] = { "joined", "suggested", "refused" };

	return names[state];
}
