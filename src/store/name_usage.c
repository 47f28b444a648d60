#include "name_usage.h"

#include "filter_sets.h"

#include <string.h>

static unsigned pair_hash(const void *pair)
{
	uint64_t mixed = (uint64_t)GPOINTER_TO_SIZE(pair) * 0x9e3779b97f4a7c15u;

	return (unsigned)(mixed >> 32);
}

/* Pairs of 32-bit ids lead to indices into usages. */
int name_usages_count(struct casefile *casefile, struct name_usages *count, struct error *err)
{
	struct mention_walk walk;
	struct memo_mention mention;
	GArray *usages = count->usages;
	int got = -1;

	if (mention_walk_begin(&walk, casefile, err) < 0)
		return -1;
	GHashTable *indices = g_hash_table_new(pair_hash, g_direct_equal);

	while ((got = mention_walk_next(&walk, &mention, err)) > 0) {
		uint32_t address = mention.address, name = mention.name;

		if (count->addresses) {
			g_hash_table_add(count->addresses, GSIZE_TO_POINTER((gsize)address));
			g_hash_table_add(count->names, GSIZE_TO_POINTER((gsize)name));
		}
		if (!address || !name)
			continue;
		void *pair = GSIZE_TO_POINTER((gsize)address << 32 | name);
		size_t index = GPOINTER_TO_SIZE(g_hash_table_lookup(indices, pair));

		if (index == 0) {
			struct name_usage usage = { .address = address, .name = name };

			g_array_append_val(usages, usage);
			index = usages->len;            /* from 1: 0 is "none" */
			g_hash_table_insert(indices, pair, GSIZE_TO_POINTER(index));
		}
		struct name_usage *usage = &g_array_index(usages, struct name_usage, index - 1);

		usage->anywhere++;
		usage->in_from += mention.role == ROLE_FROM || mention.role == ROLE_AUTHOR;
	}
	g_hash_table_destroy(indices);
	mention_walk_end(&walk);
	return got;
}

bool name_is_address(const char *name, const char *address)
{
	size_t before = strspn(name, "'\"<> "), length = strlen(name);

	while (length > before && strchr("'\"<> ", name[length - 1]))
		length--;
	if (length <= before)
		return true;
	if (strchr(address, '@') && !strchr(name, '@'))
		return false;
	char *bare = g_strndup(name + before, length - before);
	char *folded = filter_fold(bare), *other = filter_fold(address);
	bool same = strcmp(folded, other) == 0;

	g_free(bare);
	g_free(folded);
	g_free(other);
	return same;
}

bool name_is_of_somebody_else(const char *name)
{
	return strstr(name, " via ") != NULL;
}
