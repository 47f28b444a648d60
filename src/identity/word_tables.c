#include "word_tables.h"

#include "epistograph/identity.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

/* The tables that the build makes of words.txt, sorted as strcmp() does. */
struct same_domain { const char *domain, *main; };
#include "words.inc"

static int compare_word(const void *word, const void *row)
{
	return strcmp(word, *(const char *const *)row);
}

static const char *find(const char *word, const char *const *table, size_t count)
{
	const char *const *found = bsearch(word, table, count, sizeof *table, compare_word);

	return found ? *found : NULL;
}
#define FIND(word, table) find(word, table, G_N_ELEMENTS(table))

/* "no-reply.42" and "noreply" are one: only letters count. */
static const char *machine_part_of(const char *local, size_t size)
{
	char letters[64];
	size_t count = 0;

	for (size_t i = 0; i < size && count + 1 < sizeof letters; i++)
		if (g_ascii_isalpha(local[i]))
			letters[count++] = local[i];
	letters[count] = '\0';
	for (size_t i = 0; i < G_N_ELEMENTS(machine_parts); i++)
		if (strstr(letters, machine_parts[i]))
			return machine_parts[i];
	return NULL;
}

/* What of an entry in a directory names who it is for, its last cn: that of
 * "/o=org/ou=first administrative group/cn=recipients/cn=alee" is "alee". */
static const char *without_units(const char *address)
{
	const char *next, *own = address;

	while (g_str_has_prefix(address, "/o=") && (next = strstr(own, "/cn=")))
		own = next + strlen("/cn=");
	return own;
}

const char *role_word_of_address(const char *address)
{
	address = without_units(address);

	const char *at = strrchr(address, '@');
	size_t size = at ? (size_t)(at - address) : strlen(address);
	const char *found = machine_part_of(address, size);
	const char *tag = memchr(address, '+', size);

	if (tag && tag > address)       /* ann+news@ is Ann's */
		size = (size_t)(tag - address);
	for (size_t i = 0; !found && i < size; i++) {
		char word[24];
		size_t length = 0;

		while (i + length < size && g_ascii_isalpha(address[i + length]))
			length++;
		if (length > 1 && length < sizeof word) {
			memcpy(word, address + i, length);
			word[length] = '\0';
			found = FIND(word, role_words);
		}
		i += length;
	}
	return found;
}

bool is_role_word_in_name(const char *word)
{
	return FIND(word, office_words);
}

bool is_title(const char *word)
{
	return FIND(word, titles);
}

bool is_frequent_name(const char *word)
{
	return FIND(word, frequent_names);
}

int generation_of(const char *word)
{
	static const struct { const char *word; int generation; } generations[] = {
		{ "sr", 1 }, { "senior", 1 }, { "jr", 2 }, { "jnr", 2 }, { "junior", 2 }, { "ii", 2 },
		{ "iii", 3 }, { "iv", 4 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(generations); i++)
		if (!strcmp(generations[i].word, word))
			return generations[i].generation;
	return 0;
}

bool is_public_domain(const char *domain)
{
	return FIND(domain_main_name(domain), public_domains);
}

const char *domain_main_name(const char *domain)
{
	for (size_t i = 0; i < G_N_ELEMENTS(same_domains); i++)
		if (!strcmp(same_domains[i].domain, domain))
			return same_domains[i].main;
	return domain;
}

/* The label before the one at `from`, or NULL at the front. */
static const char *label_before(const char *domain, const char *from)
{
	if (from == domain)
		return NULL;
	for (from--; from > domain && from[-1] != '.'; from--)
		;
	return from;
}

static bool is_country_part(const char *label, const char *top)
{
	char word[8];
	size_t size = (size_t)(top - label) - 1;

	if (strlen(top) != 2 || size >= sizeof word)
		return false;
	memcpy(word, label, size);
	word[size] = '\0';
	return FIND(word, country_parts);
}

const char *domain_organisation(const char *domain)
{
	const char *dot = strrchr(domain, '.'), *top = dot ? dot + 1 : domain;
	const char *name = label_before(domain, top);

	if (name && is_country_part(name, top) && label_before(domain, name))
		name = label_before(domain, name);
	return name ? name : domain;
}

bool domain_ignores_dots(const char *domain)
{
	return !strcmp(domain_main_name(domain), "gmail.com");
}

const char *const *identity_words(size_t *count)
{
	*count = G_N_ELEMENTS(words_lines);
	return words_lines;
}
