#include "author.h"

#include "mailbox.h"

#include <string.h>

/* What the search has to go on. */
struct search {
	const GArray *mentions;
	const char *list_id;
	const struct mention *from;
	char *name;                     /* what stands before "via" in From's name; NULL if nothing */
};

static const struct mention *mention_at(const GArray *mentions, guint i)
{
	return &g_array_index(mentions, struct mention, i);
}

/* "'Ann Lee' via Trees" gives Ann Lee. The last "via" counts. g_free(). */
static char *name_before_via(const char *name)
{
	const char *via = g_strrstr(name, " via ");
	struct slice before = { name, via ? (size_t)(via - name) : 0 };

	before = slice_trim(before);
	if (before.size > 2 && before.at[0] == '\'' && before.at[before.size - 1] == '\'')
		before = (struct slice){ before.at + 1, before.size - 2 };
	return before.size ? g_strndup(before.at, before.size) : NULL;
}

/* trees@lists.example has the List-Id trees.lists.example, as a rule. */
static bool is_of_list(const struct search *search, const char *address)
{
	const char *at = strrchr(address, '@');
	size_t local = at ? (size_t)(at - address) : 0;

	return !strcmp(address, search->from->address) ||
	       (at && !strncmp(address, search->list_id, local) &&
	        search->list_id[local] == '.' && !strcmp(at + 1, search->list_id + local + 1));
}

static bool is_same_text(const char *a, const char *b)
{
	char *folded = g_utf8_casefold(a, -1), *other = g_utf8_casefold(b, -1);
	bool same = !strcmp(folded, other);

	g_free(folded);
	g_free(other);
	return same;
}

static bool bears_name(const struct search *search, const struct mention *mention)
{
	return is_same_text(search->name, mention->name) ||
	       is_same_text(search->name, mention->address);
}

/* The mention in a role that bears the name, or else the only one, if that has none. */
static const struct mention *find_named(const struct search *search, enum role role,
                                        bool only_will_do)
{
	const struct mention *only = NULL;
	int others = 0;

	for (guint i = 0; i < search->mentions->len; i++) {
		const struct mention *mention = mention_at(search->mentions, i);

		if (mention->role != role || !*mention->address || is_of_list(search, mention->address))
			continue;
		if (bears_name(search, mention))
			return mention;
		only = mention;
		others++;
	}
	return only_will_do && others == 1 && !*only->name ? only : NULL;
}

/* ann=example.org@groups.io, ann=40example.org@dmarc.ietf.org. g_free(). */
static char *address_inside(const char *address)
{
	const char *at = strrchr(address, '@');
	const char *equals = at ? memrchr(address, '=', (size_t)(at - address)) : NULL;

	if (!equals || equals == address)
		return NULL;

	const char *host = equals + (g_str_has_prefix(equals, "=40") ? 3 : 1);
	size_t size = (size_t)(at - host);
	bool has_dot = false;
	for (size_t i = 0; i < size; i++) {
		if (!g_ascii_isalnum(host[i]) && host[i] != '-' && host[i] != '.')
			return NULL;
		has_dot |= host[i] == '.' && i && i + 1 < size;
	}
	return has_dot ? g_strdup_printf("%.*s@%.*s", (int)(equals - address), address,
	                                 (int)size, host)
	               : NULL;
}

static bool find_inside(const struct search *search, GStringChunk *strings,
                        struct mention *author)
{
	char *inside = address_inside(search->from->address);

	if (!inside)
		return false;
	author->address = g_string_chunk_insert(strings, inside);
	author->name = search->name ? "" : search->from->name;
	g_free(inside);
	return true;
}

static enum sender_source find(const struct search *search, const GArray *originals,
                               GStringChunk *strings, struct mention *author)
{
	const struct mention *found = NULL;
	enum sender_source source = SENDER_FROM_NOTHING;

	for (guint i = 0; !found && i < originals->len; i++) {
		const struct mention *original = mention_at(originals, i);

		if (strchr(original->address, '@') && !is_of_list(search, original->address) &&
		    (original->role == ROLE_FROM || search->name))
			found = original, source = SENDER_FROM_ORIGINAL_FROM;
	}
	if (!found && search->name && (found = find_named(search, ROLE_REPLY_TO, true)))
		source = SENDER_FROM_REPLY_TO;
	if (!found && search->name && (found = find_named(search, ROLE_CC, false)))
		source = SENDER_FROM_CC;
	if (found)
		*author = *found;
	else if ((search->name || strstr(search->from->address, "=40")) &&
	         find_inside(search, strings, author))
		source = SENDER_FROM_ADDRESS;
	return source;
}

enum sender_source author_find(const GArray *mentions, const GArray *originals,
                               const char *list_id, GStringChunk *strings,
                               struct mention *author)
{
	struct search search = { .mentions = mentions, .list_id = list_id };

	for (guint i = 0; !search.from && i < mentions->len; i++)
		if (mention_at(mentions, i)->role == ROLE_FROM && *mention_at(mentions, i)->address)
			search.from = mention_at(mentions, i);
	if (!search.from || !*list_id)
		return SENDER_FROM_NOTHING;
	search.name = name_before_via(search.from->name);

	enum sender_source source = find(&search, originals, strings, author);
	author->role = ROLE_AUTHOR;
	if (source && !*author->name && search.name && !strchr(search.name, '@'))
		author->name = g_string_chunk_insert(strings, search.name);
	g_free(search.name);
	return source;
}
