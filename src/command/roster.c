#include "roster.h"

#include "command.h"

#include "epistograph/alias.h"
#include "epistograph/error.h"
#include "epistograph/message.h"

#include <string.h>

void roster_init(struct roster *roster, const struct person *persons, size_t count)
{
	*roster = (struct roster){ persons, count, g_hash_table_new(g_str_hash, g_str_equal) };
	for (size_t i = 0; i < count; i++) {
		g_hash_table_insert(roster->by_address, (gpointer)persons[i].address,
		                    (gpointer)&persons[i]);
		for (size_t a = 1; a < persons[i].address_count; a++)
			g_hash_table_insert(roster->by_address, (gpointer)persons[i].addresses[a],
			                    (gpointer)&persons[i]);
	}
}

void roster_clear(struct roster *roster)
{
	if (roster->by_address)
		g_hash_table_destroy(roster->by_address);
	*roster = (struct roster){ 0 };
}

const struct person *roster_find_address(const struct roster *roster, const char *address)
{
	return g_hash_table_lookup(roster->by_address, address);
}

#define NAMESAKES_NAMED 5

/* How many are called so; *found is the first, addresses gets those of the first few. */
static int find_name(const struct roster *roster, const char *name, const struct person **found,
                     GString *addresses)
{
	char *wanted = g_utf8_casefold(name, -1);
	int count = 0;

	for (size_t i = 0; i < roster->count; i++) {
		char *folded = g_utf8_casefold(roster->persons[i].name, -1);

		if (*folded && !strcmp(folded, wanted)) {
			if (count == 0)
				*found = &roster->persons[i];
			if (count < NAMESAKES_NAMED)
				g_string_append_printf(addresses, "%s%s", count ? ", " : "",
				                       roster->persons[i].address);
			count++;
		}
		g_free(folded);
	}
	if (count > NAMESAKES_NAMED)
		g_string_append(addresses, " ...");
	g_free(wanted);
	return count;
}

const struct person *roster_find(const struct roster *roster, const char *who, struct error *err)
{
	char *word = roster_normal_word(who);
	const struct person *found = roster_find_address(roster, word);
	GString *addresses = g_string_new(NULL);
	int count = found ? 1 : find_name(roster, word, &found, addresses);

	if (count == 0)
		error_set(err, "nobody in the case has the address or the name '%s'", who);
	else if (count > 1)
		error_set(err, "%d people are called '%s': say an address (%s)", count, who,
		          addresses->str);
	g_string_free(addresses, TRUE);
	g_free(word);
	return count == 1 ? found : NULL;
}

void roster_warn_unknown(const struct roster *roster, const struct alias_list *list,
                         const char *path)
{
	const struct alias *first = NULL;
	size_t unknown = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (roster_find_address(roster, list->aliases[i].address))
			continue;
		unknown++;
		if (!first || list->aliases[i].line < first->line)
			first = &list->aliases[i];
	}
	if (unknown == 1)
		command_warn("%s: line %d: nobody in the case has the address %s", path, first->line,
		             first->address);
	else if (unknown)
		command_warn("%s: nobody in the case has %zu of its %zu addresses; the first is %s in line %d",
		             path, unknown, list->count, first->address, first->line);
}

char *roster_normal_word(const char *who)
{
	const char *angle = strrchr(who, '<');
	const char *address = angle && strchr(angle, '>') ? angle : who;

	/* Entries of a directory have no "@", and blanks only as %20. */
	if (*address != '/' && address[address == angle] != '/' &&
	    (!strchr(address, '@') || (address == who && strpbrk(who, " \t"))))
		return g_strdup(who);
	char *normal = address_normalise(address);

	if (*normal)
		return normal;
	g_free(normal);
	return g_strdup(who);
}
