#include "identity_internal.h"

#include <string.h>

uint32_t person_root(struct identity *identity, uint32_t address)
{
	uint32_t root = address;

	while (ENTRY(identity, root)->parent != root)
		root = ENTRY(identity, root)->parent;
	while (ENTRY(identity, address)->parent != root) {
		uint32_t parent = ENTRY(identity, address)->parent;

		ENTRY(identity, address)->parent = root;
		address = parent;
	}
	return root;
}

/* ---- objections ---- */

static void add_parting(struct entry *entry, uint32_t other, const char *reason)
{
	struct parting parting = { other, reason };

	if (!entry->apart)
		entry->apart = g_array_new(FALSE, FALSE, sizeof(struct parting));
	g_array_append_val(entry->apart, parting);
}

void person_part(struct identity *identity, uint32_t a, uint32_t b, const char *reason)
{
	uint32_t root_a = person_root(identity, a), root_b = person_root(identity, b);

	if (root_a == root_b)
		return;
	add_parting(ENTRY(identity, root_a), b, reason);
	add_parting(ENTRY(identity, root_b), a, reason);
}

const char *person_parted(struct identity *identity, uint32_t a, uint32_t b)
{
	uint32_t root_a = person_root(identity, a), root_b = person_root(identity, b);
	const GArray *apart = ENTRY(identity, root_a)->apart, *other = ENTRY(identity, root_b)->apart;

	if (!apart || !other)
		return NULL;
	if (apart->len > other->len) {
		apart = other;
		root_b = root_a;
	}
	for (guint i = 0; i < apart->len; i++) {
		const struct parting *parting = &g_array_index(apart, struct parting, i);

		if (person_root(identity, parting->other) == root_b)
			return parting->reason;
	}
	return NULL;
}

/* "b" of the bits of initials. */
static char *initials_text(uint32_t initials)
{
	GString *out = g_string_new(NULL);

	for (int i = 0; i < 26; i++)
		if (initials >> i & 1)
			g_string_append_printf(out, "%s%c", out->len ? "/" : "", 'A' + i);
	return g_string_free(out, FALSE);
}

static char *initials_differ(uint32_t a, uint32_t b)
{
	char *one = initials_text(a), *other = initials_text(b);
	char *text = g_strdup_printf("the initials %s and %s differ", one, other);

	g_free(one);
	g_free(other);
	return text;
}

static char *nobody_among(struct identity *identity, uint32_t root)
{
	uint32_t i = root;

	while (!ENTRY(identity, i)->nobody)
		i = ENTRY(identity, i)->next;
	return g_strdup_printf("%s is %s", ENTRY(identity, i)->text, ENTRY(identity, i)->nobody);
}

static bool initials_part(const struct entry *x, const struct entry *y)
{
	return x->all_initials && y->all_initials && !(x->all_initials & y->all_initials);
}

static bool generations_part(const struct entry *x, const struct entry *y)
{
	return x->any_generation && y->any_generation && x->any_generation != y->any_generation;
}

bool person_is_another(struct identity *identity, uint32_t a, uint32_t b)
{
	const struct entry *x = ENTRY(identity, person_root(identity, a));
	const struct entry *y = ENTRY(identity, person_root(identity, b));

	return person_parted(identity, a, b) || initials_part(x, y) || generations_part(x, y);
}

/* Why two persons, by root, cannot be one. g_free(); NULL if they can. */
static char *objection(struct identity *identity, uint32_t a, uint32_t b)
{
	const struct entry *x = ENTRY(identity, a), *y = ENTRY(identity, b);
	const char *parted;

	if (x->any_label && x->any_label == y->any_label)
		return NULL;
	if ((x->any_label && y->any_label) || x->any_alone || y->any_alone)
		return g_strdup("the user keeps them apart");
	if (x->any_nobody || y->any_nobody)
		return nobody_among(identity, x->any_nobody ? a : b);
	parted = person_parted(identity, a, b);
	if (parted)
		return g_strdup(parted);
	if (initials_part(x, y))
		return initials_differ(x->all_initials, y->all_initials);
	if (generations_part(x, y))
		return g_strdup("one is senior, the other junior");
	return NULL;
}

/* ---- joining ---- */

static void unite(struct identity *identity, uint32_t a, uint32_t b)
{
	uint32_t low = MIN(a, b), high = MAX(a, b);
	struct entry *root = ENTRY(identity, low), *other = ENTRY(identity, high);
	uint32_t next = root->next;

	root->next = other->next;
	other->next = next;
	other->parent = low;
	root->size += other->size;
	root->all_initials |= other->all_initials;
	root->any_generation = MAX(root->any_generation, other->any_generation);
	root->any_label = root->any_label ? root->any_label : other->any_label;
	root->any_alone |= other->any_alone;
	root->any_nobody |= other->any_nobody;
	if (other->apart && !root->apart) {
		root->apart = other->apart;
		other->apart = NULL;
	} else if (other->apart) {
		g_array_append_vals(root->apart, other->apart->data, other->apart->len);
	}
}

static bool is_linked(struct identity *identity, uint32_t a, uint32_t b)
{
	uint64_t pair = (uint64_t)MIN(a, b) << 32 | MAX(a, b);

	return !g_hash_table_add(identity->linked, GSIZE_TO_POINTER((gsize)pair));
}

static void add_link(struct identity *identity, struct identity_link link, char *evidence)
{
	if (link.state == LINK_JOINED || !is_linked(identity, (uint32_t)link.address,
	                                            (uint32_t)link.other)) {
		link.evidence = g_string_chunk_insert(identity->strings, evidence);
		g_array_append_val(identity->links, link);
	}
	g_free(evidence);
}

bool person_join(struct identity *identity, uint32_t a, uint32_t b, enum identity_rule rule,
                 double score, char *evidence)
{
	uint32_t root_a = person_root(identity, a), root_b = person_root(identity, b);
	struct identity_link link = { .address = MIN(a, b), .other = MAX(a, b), .rule = rule,
	                              .score = score };
	char *reason = root_a == root_b ? NULL : objection(identity, root_a, root_b);

	if (root_a == root_b) {
		g_free(evidence);
		return false;
	}
	link.state = score < SCORE_JOINS ? LINK_SUGGESTED : reason ? LINK_REFUSED : LINK_JOINED;
	link.confirmed = link.state == LINK_JOINED && ENTRY(identity, a)->label &&
	                 ENTRY(identity, a)->label == ENTRY(identity, b)->label;
	if (link.state == LINK_JOINED)
		unite(identity, root_a, root_b);
	if (link.state == LINK_REFUSED) {
		char *both = g_strdup_printf("%s; but %s", evidence, reason);

		g_free(evidence);
		evidence = both;
	}
	if (link.state == LINK_SUGGESTED && reason)
		g_free(evidence);               /* a hint against which something speaks is none */
	else
		add_link(identity, link, evidence);
	g_free(reason);
	return link.state == LINK_JOINED;
}

/* Addresses are in the order of text: the first of a label is the one that the
 * others are joined to, unless the main one is there. */
void join_as_decided(struct identity *identity)
{
	GHashTable *firsts = g_hash_table_new(g_direct_hash, g_direct_equal);

	for (uint32_t i = 0; i < identity->entries->len; i++) {
		int label = ENTRY(identity, i)->label;
		gpointer key = GINT_TO_POINTER(label), first;

		if (!label)
			continue;
		if (!g_hash_table_lookup_extended(firsts, key, NULL, &first)) {
			g_hash_table_insert(firsts, key, GUINT_TO_POINTER(i));
			continue;
		}
		uint32_t other = GPOINTER_TO_UINT(first);
		uint32_t root = person_root(identity, other), own = person_root(identity, i);

		if (root == own)
			continue;
		struct identity_link link = { .address = other, .other = i, .rule = RULE_USER,
		                              .state = LINK_JOINED, .score = 1, .confirmed = true };

		unite(identity, root, own);
		add_link(identity, link, g_strdup("the user said so"));
	}
	g_hash_table_destroy(firsts);
}
