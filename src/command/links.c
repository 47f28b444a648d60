#include "links.h"

#include <string.h>

struct loading {
	const struct roster *roster;
	GArray *links;
};

static void clear_link(void *data)
{
	struct link *link = data;

	g_free(link->address);
	g_free(link->other);
	g_free(link->rule);
	g_free(link->state);
	g_free(link->evidence);
}

static int keep_link(void *context, const struct casefile_link *from, struct error *err)
{
	struct loading *loading = context;
	struct link link = {
		.address = g_strdup(from->address), .other = g_strdup(from->other),
		.rule = g_strdup(from->rule), .state = g_strdup(from->state),
		.evidence = g_strdup(from->evidence), .score = from->score,
		.confirmed = from->confirmed,
		.person = roster_find_address(loading->roster, from->person),
		.other_person = roster_find_address(loading->roster, from->other_person),
	};

	(void)err;
	if (link.person && link.other_person)
		g_array_append_val(loading->links, link);
	else
		clear_link(&link);      /* of nobody: the case file is damaged */
	return 0;
}

GArray *links_load(struct casefile *casefile, const struct roster *roster, struct error *err)
{
	struct loading loading = { roster, g_array_new(FALSE, FALSE, sizeof(struct link)) };

	g_array_set_clear_func(loading.links, clear_link);
	if (casefile_links(casefile, keep_link, &loading, err) == 0)
		return loading.links;
	links_free(loading.links);
	return NULL;
}

void links_free(GArray *links)
{
	if (links)
		g_array_unref(links);
}

bool link_is(const struct link *link, const char *state)
{
	return !strcmp(link->state, state);
}

static void put(GHashTable *by_address, char *address, const struct link *link)
{
	GPtrArray *links = g_hash_table_lookup(by_address, address);

	if (!links) {
		links = g_ptr_array_new();
		g_hash_table_insert(by_address, address, links);
	}
	g_ptr_array_add(links, (gpointer)link);
}

GHashTable *links_by_address(const GArray *links)
{
	GHashTable *by_address = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
	                                               (GDestroyNotify)g_ptr_array_unref);

	for (guint i = 0; i < links->len; i++) {
		const struct link *link = &g_array_index(links, struct link, i);

		if (!link_is(link, "joined"))
			continue;
		put(by_address, link->address, link);
		put(by_address, link->other, link);
	}
	return by_address;
}
