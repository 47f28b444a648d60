/* identity_bench.c - how long the rules take over many made-up addresses
 *
 * usage: identity_bench [ADDRESSES] [TIES]      (a million, five million)
 *
 * One person in four has two addresses; names are drawn from some 400 given and
 * 20,000 family names with a long tail, so that there are namesakes, domains from
 * 5,000 organisations and two providers. Prints seconds and what was found. */
#include "epistograph/identity.h"

#include <glib.h>

#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 1;

/* splitmix64: https://prng.di.unimi.it/splitmix64.c */
static uint64_t draw(uint64_t below)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (z ^ z >> 31) % below;
}

/* A name of letters that stands for a number. */
static char *word(const char *start, uint64_t number)
{
	GString *out = g_string_new(start);

	for (; number; number /= 20)
		g_string_append_printf(out, "%c%c", "bcdfghklmnprstvwxzjq"[number % 20],
		                       "aeiou"[number % 5]);
	return g_string_free(out, FALSE);
}

static void add_person(struct identity *identity, size_t *addresses, size_t count)
{
	char *given = word("A", draw(400)), *family = word("L", 1 + draw(1 + draw(20000)));
	int several = draw(4) == 0 ? 2 : 1;

	for (int i = 0; i < several && *addresses < count; i++) {
		char *domain = draw(4) ? g_strdup_printf("org%d.example", (int)draw(5000))
		                       : g_strdup(draw(2) ? "gmail.com" : "yahoo.com");
		char *text = g_strdup_printf("%s.%s%zu@%s", given, family, draw(3) ? *addresses : 0, domain);
		char *lower = g_ascii_strdown(text, -1), *name = g_strdup_printf("%s %s", given, family);
		size_t number = identity_add(identity, lower);

		identity_add_use(identity, number, 2, 0, 9);
		if (draw(3))
			identity_add_name(identity, number, name, 2, 5);
		(*addresses)++;
		g_free(domain);
		g_free(text);
		g_free(lower);
		g_free(name);
	}
	g_free(given);
	g_free(family);
}

int main(int argc, char **argv)
{
	size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
	size_t ties = argc > 2 ? strtoul(argv[2], NULL, 10) : 5 * count;
	struct identity *identity = identity_new();
	size_t addresses = 0, links, joined = 0;

	while (addresses < count)
		add_person(identity, &addresses, count);
	gint64 start = g_get_monotonic_time();

	for (size_t i = 0; i < ties; i++)       /* some write to many */
		identity_add_tie(identity, draw(count), draw(1 + draw(count)));
	gint64 filled = g_get_monotonic_time();

	identity_run(identity);
	gint64 end = g_get_monotonic_time();
	const struct identity_link *all = identity_links(identity, &links);

	for (size_t i = 0; i < links; i++)
		joined += all[i].state == LINK_JOINED;
	printf("%zu addresses, %zu ties: filled in %.2f s, run in %.2f s; %zu links, %zu of them join\n",
	       count, ties, (double)(filled - start) / 1e6, (double)(end - filled) / 1e6, links, joined);
	identity_free(identity);
	return 0;
}
