/* The rules that look at an address, its name, and what stands beside it. */
#include "identity_internal.h"

#include "person_name.h"
#include "word_tables.h"

#include <string.h>

#define SCORE_ADDRESS 0.99
#define SCORE_DIRECTORY 0.98
#define SCORE_REPLY_TO 0.95
#define SCORE_NAME_DOMAIN 0.95
#define SCORE_LOCAL_DOMAIN 0.9
#define SCORE_NAMESAKES 0.7             /* one name, one organisation, several persons */
#define SCORE_LOCALS 0.6                /* two addresses without a name, made of one */

/* A directory entry or an answer address must stand beside an address so often. */
#define DIRECTORY_SHARE_MIN 0.8
#define REPLY_TO_MIN 2

/* ---- one address ---- */

/* The mailbox that mail to the address ends up in, as far as its text says: in out. */
static void append_mailbox(GString *out, const struct entry *entry)
{
	const char *at = strrchr(entry->text, '@');

	g_string_truncate(out, 0);
	if (!at)
		return;
	const char *tag = memchr(entry->text, '+', (size_t)(at - entry->text));
	const char *end = tag && tag > entry->text ? tag : at, *from = entry->text;

	for (const char *c = from; c < end; c++) {
		/* Quotes of whoever wrote it: 'ann@example.org', ann.'lee'@example.org. */
		bool quote = (*c == '\'' || *c == '"') && (c == from || c + 1 == end || c[-1] == '.' ||
		                                         c[1] == '.' || c[-1] == '\'' || c[-1] == '"');

		if (!quote && (*c != '.' || !domain_ignores_dots(entry->domain)))
			g_string_append_c(out, *c);
	}
	size_t length = strcspn(entry->domain, "'\"");

	if (out->len == 0)
		return;
	g_string_append_c(out, '@');
	g_string_append_len(out, entry->domain, (gssize)length);
}

void rule_one_address(struct identity *identity)
{
	GHashTable *firsts = g_hash_table_new(g_str_hash, g_str_equal);
	GString *mailbox = g_string_new(NULL);

	for (uint32_t i = 0; i < identity->entries->len; i++) {
		const struct entry *entry = ENTRY(identity, i);
		gpointer first;

		append_mailbox(mailbox, entry);
		if (entry->nobody || !mailbox->len)
			continue;
		if (g_hash_table_lookup_extended(firsts, mailbox->str, NULL, &first)) {
			person_join(identity, GPOINTER_TO_UINT(first), i, RULE_ADDRESS, SCORE_ADDRESS,
			            g_strdup_printf("both lead to %s", mailbox->str));
			continue;
		}
		const char *key = !strcmp(mailbox->str, entry->text)
		                  ? entry->text : g_string_chunk_insert(identity->strings, mailbox->str);

		g_hash_table_insert(firsts, (gpointer)key, GUINT_TO_POINTER(i));
	}
	g_string_free(mailbox, TRUE);
	g_hash_table_destroy(firsts);
}

/* ---- beside From ---- */

static int compare_besides(const void *left, const void *right)
{
	const struct beside *a = left, *b = right;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->address != b->address)
		return a->address < b->address ? -1 : 1;
	return a->other < b->other ? -1 : a->other > b->other;
}

/* How often each stands beside an address. */
struct beside_count {
	struct beside beside;
	int count;                      /* messages */
	int total;                      /* of them with any such thing beside the address */
	int owners;                     /* addresses it stands beside */
};

#define COUNT(counts, i) (&g_array_index((counts), struct beside_count, (i)))

/* Each pair once. */
static GArray *count_pairs(struct identity *identity)
{
	GArray *counts = g_array_new(FALSE, FALSE, sizeof(struct beside_count));

	g_array_sort(identity->besides, compare_besides);
	for (guint i = 0; i < identity->besides->len; i++) {
		struct beside_count pair = {
			.beside = g_array_index(identity->besides, struct beside, i)
		};

		if (!counts->len ||
		    compare_besides(&COUNT(counts, counts->len - 1)->beside, &pair.beside) != 0)
			g_array_append_val(counts, pair);
		COUNT(counts, counts->len - 1)->count++;
	}
	return counts;
}

static bool is_same_address(const struct beside_count *a, const struct beside_count *b)
{
	return a->beside.kind == b->beside.kind && a->beside.address == b->beside.address;
}

static void count_totals(GArray *counts)
{
	GHashTable *owners[BESIDE_COUNT];

	for (int kind = 0; kind < BESIDE_COUNT; kind++)
		owners[kind] = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (guint i = 0, end; i < counts->len; i = end) {
		int total = 0;

		for (end = i; end < counts->len && is_same_address(COUNT(counts, i), COUNT(counts, end)); end++)
			total += COUNT(counts, end)->count;
		for (guint c = i; c < end; c++) {
			GHashTable *known = owners[COUNT(counts, c)->beside.kind];
			gpointer other = GUINT_TO_POINTER(COUNT(counts, c)->beside.other);
			int before = GPOINTER_TO_INT(g_hash_table_lookup(known, other));

			COUNT(counts, c)->total = total;
			g_hash_table_insert(known, other, GINT_TO_POINTER(before + 1));
		}
	}
	for (guint i = 0; i < counts->len; i++)
		COUNT(counts, i)->owners = GPOINTER_TO_INT(g_hash_table_lookup(
			owners[COUNT(counts, i)->beside.kind],
			GUINT_TO_POINTER(COUNT(counts, i)->beside.other)));
	for (int kind = 0; kind < BESIDE_COUNT; kind++)
		g_hash_table_destroy(owners[kind]);
}

static char *times(int count, const char *what)
{
	return g_strdup_printf("%s in %d message%s", what, count, count == 1 ? "" : "s");
}

/* One who has had several entries, or shares the address with who has another. */
static void join_directory(struct identity *identity, const struct beside_count *pair)
{
	if (pair->count < DIRECTORY_SHARE_MIN * pair->total)
		return;
	person_join(identity, pair->beside.address, pair->beside.other, RULE_DIRECTORY, SCORE_DIRECTORY,
	            times(pair->count, "the directory entry stands beside the address"));
}

static bool is_made_of_name(const struct entry *address, const struct entry *named)
{
	struct person_name name;
	char mark[LOCAL_MARK_MAX];

	return named->key && person_name_read(&name, named->name) &&
	       local_match_name(address->text, &name, mark) >= LOCAL_INITIAL;
}

/* Answers go to where the sender reads them; but they may also go to a colleague:
 * the names must not speak against it. */
static void join_answers(struct identity *identity, const struct beside_count *pair)
{
	const struct entry *from = ENTRY(identity, pair->beside.address);
	const struct entry *to = ENTRY(identity, pair->beside.other);
	bool same_name = from->key && from->key == to->key;

	if (pair->beside.kind == BESIDE_SENDER && !same_name)
		return;                         /* RFC 5322 3.6.2: a secretary's, most of all */
	if (from->key && to->key && !same_name)
		return;
	if (!same_name && !is_made_of_name(to, from) &&
	    (pair->owners > 1 || pair->count < REPLY_TO_MIN))
		return;
	person_join(identity, pair->beside.address, pair->beside.other, RULE_REPLY_TO, SCORE_REPLY_TO,
	            times(pair->count, pair->beside.kind == BESIDE_SENDER
	                               ? "both stand in From and Sender"
	                               : "it stands in Reply-To of the other"));
}

void rule_beside(struct identity *identity)
{
	GArray *counts = count_pairs(identity);

	count_totals(counts);
	for (guint i = 0; i < counts->len; i++) {
		if (COUNT(counts, i)->beside.kind == BESIDE_DIRECTORY)
			join_directory(identity, COUNT(counts, i));
		else
			join_answers(identity, COUNT(counts, i));
	}
	g_array_free(counts, TRUE);
}

/* ---- the name of a directory entry ---- */

#define SCORE_ENTRY_NAME 0.9

/* "/o=org/ou=na/cn=recipients/cn=alee": "alee@org" in out. False if it is no entry. */
static bool read_entry_name(GString *out, const char *text)
{
	const char *last = text, *next;

	if (!g_str_has_prefix(text, "/o="))
		return false;
	while ((next = strstr(last + 1, "/cn=")))
		last = next;
	if (last == text)
		return false;
	g_string_assign(out, last + strlen("/cn="));
	g_string_append_c(out, '@');
	g_string_append_len(out, text + strlen("/o="), (gssize)strcspn(text + strlen("/o="), "/"));
	return true;
}

/* Exchange makes an address alee@org.example of the entry: find the entry by the part
 * before the "@" and a label of the domain. */
static void join_entry_name(struct identity *identity, GHashTable *entries, uint32_t address,
                            GString *key)
{
	const struct entry *entry = ENTRY(identity, address);
	char **labels = g_strsplit(entry->domain, ".", -1);
	const char *at = strrchr(entry->text, '@');
	gpointer found;

	for (char **label = labels; *label; label++) {
		g_string_assign(key, entry->text);
		g_string_truncate(key, (gsize)(at - entry->text) + 1);
		g_string_append(key, *label);
		if (g_hash_table_lookup_extended(entries, key->str, NULL, &found))
			person_join(identity, address, GPOINTER_TO_UINT(found), RULE_DIRECTORY,
			            SCORE_ENTRY_NAME,
			            g_strdup_printf("the address is the name of the directory entry at %s",
			                            *label));
	}
	g_strfreev(labels);
}

/* Only addresses without a name: with one, other rules know better. */
void rule_entry_name(struct identity *identity)
{
	GHashTable *entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GString *key = g_string_new(NULL);

	for (uint32_t i = 0; i < identity->entries->len; i++)
		if (read_entry_name(key, ENTRY(identity, i)->text))
			g_hash_table_insert(entries, g_strdup(key->str), GUINT_TO_POINTER(i));
	for (uint32_t i = 0; i < identity->entries->len && g_hash_table_size(entries); i++) {
		const struct entry *entry = ENTRY(identity, i);

		if (!entry->key && !entry->nobody && *entry->domain)
			join_entry_name(identity, entries, i, key);
	}
	g_string_free(key, TRUE);
	g_hash_table_destroy(entries);
}

/* ---- one name ---- */

static int compare_by_name(const void *left, const void *right, void *data)
{
	struct identity *identity = data;
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
	int keys = strcmp(ENTRY(identity, a)->key, ENTRY(identity, b)->key);
	int domains = keys ? 0 : strcmp(ENTRY(identity, a)->domain, ENTRY(identity, b)->domain);

	if (keys || domains)
		return keys ? keys : domains;
	return a < b ? -1 : a > b;
}

GArray *entries_by_name(struct identity *identity)
{
	GArray *ordered = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (uint32_t i = 0; i < identity->entries->len; i++)
		if (ENTRY(identity, i)->key && !ENTRY(identity, i)->nobody)
			g_array_append_val(ordered, i);
	g_array_sort_with_data(ordered, compare_by_name, identity);
	return ordered;
}

#define PLACE(ordered, i) g_array_index((ordered), uint32_t, (i))

guint block_end(struct identity *identity, const GArray *ordered, guint from)
{
	const char *key = ENTRY(identity, PLACE(ordered, from))->key;
	guint end = from + 1;

	/* Keys are stored once each. */
	while (end < ordered->len && ENTRY(identity, PLACE(ordered, end))->key == key)
		end++;
	return end;
}

static bool is_below(const char *domain, const char *parent)
{
	size_t size = strlen(domain), end = strlen(parent);

	return size > end && domain[size - end - 1] == '.' && !strcmp(domain + size - end, parent);
}

/* One organisation: the same domain, or one below the other's; a top-level domain
 * is none. */
static bool is_one_organisation(const struct entry *a, const struct entry *b)
{
	if (a->everybodys || b->everybodys)
		return false;
	return !strcmp(a->domain, b->domain) ||
	       (strchr(b->domain, '.') && is_below(a->domain, b->domain)) ||
	       (strchr(a->domain, '.') && is_below(b->domain, a->domain));
}

/* What tells a full-name address from that of a namesake: its mark without the
 * initials that both are known to have. False if it is not made of the full name. */
static bool read_mark(const struct entry *entry, const struct person_name *name, uint32_t shared,
                      char mark[LOCAL_MARK_MAX])
{
	size_t kept = 0;

	if (local_match_name(entry->text, name, mark) != LOCAL_FULL)
		return false;
	for (const char *c = mark; *c; c++)
		if (!g_ascii_islower(*c) || !(shared >> (*c - 'a') & 1))
			mark[kept++] = *c;
	mark[kept] = '\0';
	return true;
}

/* ann.lee@ and ann.lee2@, ann.b.lee@: where both are made of the full name, the second
 * had to be told from the first. */
static bool is_namesake(const struct entry *a, const struct entry *b,
                        const struct person_name *name)
{
	char mark_a[LOCAL_MARK_MAX], mark_b[LOCAL_MARK_MAX];
	uint32_t shared = a->initials & b->initials;

	return !strcmp(a->domain, b->domain) && read_mark(a, name, shared, mark_a) &&
	       read_mark(b, name, shared, mark_b) && strcmp(mark_a, mark_b) != 0;
}

static const char namesakes_reason[] =
	"both addresses at the domain are made of the full name: they are two people of one name";

static bool initials_part(const struct entry *a, const struct entry *b)
{
	return a->initials && b->initials && !(a->initials & b->initials);
}

/* Addresses of one name in one organisation: from, ..., end - 1 of `group`. Where there
 * are namesakes among them, only an initial tells who is who. */
static void join_group(struct identity *identity, const GArray *group)
{
	struct person_name name;
	bool namesakes = false;

	person_name_read(&name, ENTRY(identity, PLACE(group, 0))->name);
	for (guint i = 0; i < group->len; i++) {
		for (guint j = i + 1; j < group->len; j++) {
			uint32_t a = PLACE(group, i), b = PLACE(group, j);

			if (is_namesake(ENTRY(identity, a), ENTRY(identity, b), &name))
				person_part(identity, a, b, namesakes_reason);
			namesakes |= person_parted(identity, a, b) ||
			             initials_part(ENTRY(identity, a), ENTRY(identity, b));
		}
	}
	for (guint i = 0; i < group->len; i++) {
		for (guint j = i + 1; j < group->len; j++) {
			const struct entry *a = ENTRY(identity, PLACE(group, i));
			const struct entry *b = ENTRY(identity, PLACE(group, j));
			bool sure = !namesakes || (a->initials & b->initials) ||
			            person_parted(identity, PLACE(group, i), PLACE(group, j)) ||
			            initials_part(a, b);

			person_join(identity, PLACE(group, i), PLACE(group, j), RULE_NAME_DOMAIN,
			            sure ? SCORE_NAME_DOMAIN : SCORE_NAMESAKES,
			            g_strdup_printf(sure ? "both are called %s at %s"
			                                 : "both are called %s at %s, as others are there",
			                            a->name, a->domain));
		}
	}
}

/* The part of a block that is of the organisation of its first address. Taken are
 * marked in `taken`, by place in the block. */
static void take_group(struct identity *identity, const GArray *ordered, guint from, guint end,
                       bool *taken, guint first, GArray *group)
{
	const struct entry *head = ENTRY(identity, PLACE(ordered, first));

	g_array_set_size(group, 0);
	for (guint i = first; i < end && group->len < NAMESAKES_MAX; i++) {
		uint32_t place = PLACE(ordered, i);

		if (taken[i - from] || (i > first && !is_one_organisation(head, ENTRY(identity, place))))
			continue;
		taken[i - from] = true;
		g_array_append_val(group, place);
	}
}

/* Namesakes at one provider, who are of no organisation: from..end - 1 are of one name,
 * in the order of domains. */
static void part_at_providers(struct identity *identity, const GArray *ordered, guint from,
                              guint end)
{
	struct person_name name;

	person_name_read(&name, ENTRY(identity, PLACE(ordered, from))->name);
	for (guint i = from; i < end; i++) {
		const struct entry *one = ENTRY(identity, PLACE(ordered, i));

		for (guint j = i + 1; j < end && one->everybodys; j++) {
			const struct entry *other = ENTRY(identity, PLACE(ordered, j));

			if (strcmp(one->domain, other->domain) != 0)
				break;
			if (is_namesake(one, other, &name))
				person_part(identity, PLACE(ordered, i), PLACE(ordered, j), namesakes_reason);
		}
	}
}

void rule_name_domain(struct identity *identity)
{
	GArray *ordered = entries_by_name(identity), *group = g_array_new(FALSE, FALSE, sizeof(uint32_t));

	for (guint from = 0, end; from < ordered->len; from = end) {
		end = block_end(identity, ordered, from);
		if (end - from < 2)
			continue;
		if (end - from > NAMESAKES_MAX)
			continue;               /* a name that so many bear tells nothing */
		bool *taken = g_new0(bool, end - from);

		part_at_providers(identity, ordered, from, end);
		for (guint i = from; i < end; i++) {
			if (taken[i - from])
				continue;
			take_group(identity, ordered, from, end, taken, i, group);
			join_group(identity, group);
		}
		g_free(taken);
	}
	g_array_free(group, TRUE);
	g_array_free(ordered, TRUE);
}

/* ---- no name ---- */

/* Who is called so in a domain. */
struct holder {
	uint32_t first;                 /* an address */
	bool several;                   /* there are several people */
	bool named;                     /* by a display name, not by the address alone */
};

static void hold(struct identity *identity, GHashTable *holders, const char *key, uint32_t address,
                 bool named)
{
	char *text = g_strconcat(key, "@", ENTRY(identity, address)->domain, NULL);
	struct holder *holder = g_hash_table_lookup(holders, text);

	if (!holder) {
		holder = g_new(struct holder, 1);
		*holder = (struct holder){ address, false, named };
		g_hash_table_insert(holders, text, holder);
		return;
	}
	g_free(text);
	holder->several |= person_root(identity, holder->first) != person_root(identity, address);
}

static GHashTable *find_holders(struct identity *identity)
{
	GHashTable *holders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	GArray *ordered = entries_by_name(identity);

	for (guint i = 0; i < ordered->len; i++) {
		const struct entry *entry = ENTRY(identity, PLACE(ordered, i));

		if (!entry->everybodys)
			hold(identity, holders, entry->key, PLACE(ordered, i), true);
	}
	g_array_free(ordered, TRUE);
	return holders;
}

/* The address of a nameless one against that of who is called so. */
static void join_local(struct identity *identity, const struct holder *holder, uint32_t address,
                       const struct person_name *name)
{
	struct entry *entry = ENTRY(identity, address);
	const struct entry *other = ENTRY(identity, holder->first);
	double score = holder->several ? SCORE_NAMESAKES : SCORE_LOCAL_DOMAIN;

	if (!holder->named) {
		person_join(identity, holder->first, address, RULE_LOCAL_DOMAIN, SCORE_LOCALS,
		            g_strdup("both addresses are made of one name"));
		return;
	}
	entry->initials = entry->all_initials = name->initials;
	if (is_namesake(entry, other, name))
		person_part(identity, address, holder->first, namesakes_reason);
	person_join(identity, holder->first, address, RULE_LOCAL_DOMAIN, score,
	            g_strdup_printf("the address is made of the name of %s%s", other->name,
	                            holder->several ? ", as others are called at the domain"
	                                            : ", and nobody else at the domain is called so"));
}

void rule_local_domain(struct identity *identity)
{
	GHashTable *holders = find_holders(identity);

	for (uint32_t i = 0; i < identity->entries->len; i++) {
		const struct entry *entry = ENTRY(identity, i);
		struct person_name name;
		char key[NAME_BYTES_MAX];

		if (entry->key || entry->nobody || entry->everybodys ||
		    !person_name_from_local(&name, entry->text))
			continue;
		person_name_key(&name, key);
		char *text = g_strconcat(key, "@", entry->domain, NULL);
		const struct holder *holder = g_hash_table_lookup(holders, text);

		g_free(text);
		if (holder)
			join_local(identity, holder, i, &name);
		else
			hold(identity, holders, key, i, false);
	}
	g_hash_table_destroy(holders);
}
