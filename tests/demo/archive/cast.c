/* cast.c - who there is: people in planted groups, their addresses, lists and robots */
#include "archive.h"

#include <string.h>

static int cast_add_address(struct archive *a, int person, const char *name, int group,
                            const char *wire)
{
	struct address address = {
		.wire = g_strdup(wire), .name = g_strdup(name), .person = person, .group = group
	};

	address.text = g_ascii_strdown(wire, -1);
	char *idn = strstr(address.text, IDN_WIRE);
	if (idn) {
		*idn = '\0';
		char *text = g_strconcat(address.text, IDN_TEXT, NULL);
		g_free(address.text);
		address.text = text;
	}
	g_array_append_val(a->addresses, address);
	return (int)a->addresses->len - 1;
}

static const struct special_person *special_at(int group, int place)
{
	for (size_t i = 0; i < ROWS(special_people); i++)
		if (special_people[i].group == group && special_people[i].place == place)
			return &special_people[i];
	return NULL;
}

/* The name as another mail program has it: turned round, or without accents. */
static char *name_variant(const struct person *person, int index)
{
	const char *blank = strchr(person->name, ' ');

	if (!person->ascii_family || index % 3 == 0)
		return g_strdup(person->name);
	if (index % 3 == 1)
		return g_strdup_printf("%s, %.*s", blank + 1, (int)(blank - person->name), person->name);
	return g_str_to_ascii(person->name, "C");
}

/* A second address at another provider than the first, and the first with a tag. */
static void cast_add_private_addresses(struct archive *a, int index, bool tagged)
{
	struct person *person = PERSON(a, index);
	const char *first = ADDRESS(a, person->addresses[0])->wire, *at = strchr(first, '@');
	const char *domain = private_domains[strcmp(private_domains[0], at + 1) == 0];
	char *name = name_variant(person, index), *wire;

	if (person->ascii_family && index % 2)
		wire = g_strdup_printf("%c%s%d@%s", person->ascii_given[0], person->ascii_family,
		                       index + 10, domain);
	else
		wire = g_strdup_printf("%s%d@%s", person->ascii_given, index + 10, domain);
	person->addresses[person->address_count++] =
		cast_add_address(a, index, name, person->group, wire);
	g_free(wire);
	if (tagged) {
		wire = g_strdup_printf("%.*s+campagne%s", (int)(at - first), first, at);
		person->addresses[person->address_count++] =
			cast_add_address(a, index, person->name, person->group, wire);
		g_free(wire);
	}
	g_free(name);
}

static bool address_exists(const struct archive *a, const char *wire)
{
	for (guint i = 0; i < a->addresses->len; i++)
		if (strcmp(ADDRESS(a, i)->wire, wire) == 0)
			return true;
	return false;
}

/* Whose name a person bears, too; -1: nobody's. In each group from the third on two people
 * are called as two in the group before the last, one of whom has several addresses; in
 * every fourth two are of one name, whom only a number in their addresses tells apart, and
 * one of them has a private address; some of the public are called as people of the
 * groups. */
static int namesake_of(const struct archive *a, int group, int place)
{
	if (group >= 2 && place == 8)
		return a->group_first[group - 2] + place;
	if (group >= 2 && place == 9)
		return a->group_first[group - 2] + 1;
	if (group % 4 == 1 && place == 7)
		return a->group_first[group] + 1;
	if (group < 0 && place % 40 == 7)
		return place * 7 % a->group_first[GROUPS];
	return -1;
}

/* given.family, with a number if that is another's. */
static char *name_address(const struct archive *a, const struct person *person,
                          const char *domain)
{
	char *wire = g_strdup_printf("%s.%s@%s", person->ascii_given, person->ascii_family, domain);

	for (int number = 2; address_exists(a, wire); number++) {
		g_free(wire);
		wire = g_strdup_printf("%s.%s%d@%s", person->ascii_given, person->ascii_family, number,
		                       domain);
	}
	return wire;
}

static void cast_name_person(const struct archive *a, struct person *person, int index, int place)
{
	int given_count = ROWS(given_names), family_count = ROWS(family_names);
	const struct name_spec *given = &given_names[index % given_count];
	const struct name_spec *family =
		&family_names[(index / given_count + 5 * index) % family_count];
	int other = namesake_of(a, person->group, place);

	if (other >= 0 && PERSON(a, other)->ascii_family) {
		person->name = g_strdup(PERSON(a, other)->name);
		person->ascii_given = PERSON(a, other)->ascii_given;
		person->ascii_family = PERSON(a, other)->ascii_family;
		return;
	}
	person->name = g_strdup_printf("%s %s", given->text, family->text);
	person->ascii_given = given->ascii;
	person->ascii_family = family->ascii;
}

/* The office that a group's third person writes for. */
static void cast_add_office(struct archive *a, int index)
{
	struct person *person = PERSON(a, index);
	const char *at = strchr(ADDRESS(a, person->addresses[0])->wire, '@');
	char *wire = g_strconcat(office_words[person->group % ROWS(office_words)], at, NULL);

	person->role_address = cast_add_address(a, -1, person->name, -1, wire);
	g_free(wire);
}

static void cast_add_person(struct archive *a, struct rng *rng, int group, int place,
                            const char *domain)
{
	static const int activity[] = { 30, 10, 6, 4, 1 },
	                 zone_weights[] = { 80, 5, 2, 4, 2, 5, 2 };
	int index = (int)a->people->len;
	const struct special_person *special = special_at(group, place);
	struct person person = { .group = group, .role_address = -1 };
	char *wire;

	person.position = group < 0 ? OUTSIDER : place == 0 ? CHIEF : place < 3 ? BRIDGE
	                : place % 4 == 3 ? PERIPHERY : MEMBER;
	person.activity = activity[person.position];
	person.zone = rng_weighted(rng, zone_weights, ROWS(zone_weights));
	person.encoding = (enum encoding)rng_below(rng, ENCODINGS);
	cast_name_person(a, &person, index, place);
	if (special) {
		g_free(person.name);
		person.name = g_strdup(special->name);
		person.ascii_family = NULL;
		wire = g_strdup(special->address);
	} else {
		wire = name_address(a, &person, domain);
	}
	person.addresses[person.address_count++] =
	        cast_add_address(a, index, person.name, group, wire);
	g_array_append_val(a->people, person);
	if (group >= 0 && place % 4 == 1)
		cast_add_private_addresses(a, index, place % 8 == 5);
	if (group >= 0 && place == 2)
		cast_add_office(a, index);
	g_free(wire);
}

static int domains_of(const struct group_spec *group)
{
	int count = 0;

	while (count < (int)ROWS(group->domains) && group->domains[count])
		count++;
	return count;
}

static void cast_add_robots(struct archive *a)
{
	for (int g = 0; g < GROUPS; g++) {
		a->list_address[g] = a->bounce_address[g] = -1;
		if (!group_specs[g].list)
			continue;
		char **parts = g_strsplit(group_specs[g].list, "@", 2);
		char *bounces = g_strdup_printf("%s-bounces@%s", parts[0], parts[1]);
		a->list_address[g] =
		        cast_add_address(a, -1, group_specs[g].list_title, -1, group_specs[g].list);
		a->bounce_address[g] = cast_add_address(a, -1, "", -1, bounces);
		g_free(bounces);
		g_strfreev(parts);
	}
	for (size_t i = 0; i < ROWS(newsletters); i++)
		a->newsletter_address[i] =
		        cast_add_address(a, -1, newsletters[i].name, -1, newsletters[i].address);
	for (size_t i = 0; i < ROWS(alert_robots); i++)
		a->robot_address[i] =
		        cast_add_address(a, -1, alert_robots[i].name, -1, alert_robots[i].address);
}

/* Groups grow with the square root of the archive, the public in proportion. */
void cast_build(struct archive *a)
{
	struct rng rng = rng_for(a, FOR_CAST, 0);
	int scale = 4;                  /* quarters */

	while ((int64_t)scale * scale * 125 < a->messages)
		scale++;
	for (int g = 0; g < GROUPS; g++) {
		a->group_first[g] = (int)a->people->len;
		int domains = domains_of(&group_specs[g]), size = group_specs[g].size * scale / 4;
		for (int i = 0; i < size; i++)
			cast_add_person(a, &rng, g, i, group_specs[g].domains[i % domains]);
	}
	a->group_first[GROUPS] = (int)a->people->len;
	int outsiders = CLAMP(a->messages / 14, 240, 5000);
	for (int i = 0; i < outsiders; i++)
		cast_add_person(a, &rng, -1, i, public_domains[i % ROWS(public_domains)]);
	cast_add_robots(a);
}

/* Another address of the same person, now and then. */
int address_of(const struct archive *a, struct rng *rng, int person)
{
	const struct person *p = PERSON(a, person);

	if (p->role_address >= 0 && rng_chance(rng, 10))
		return p->role_address;
	if (p->address_count == 1 || rng_chance(rng, 65))
		return p->addresses[0];
	return p->addresses[1 + rng_below(rng, p->address_count - 1)];
}

int random_outsider(const struct archive *a, struct rng *rng)
{
	int first = a->group_first[GROUPS];

	return first + rng_below(rng, (int)a->people->len - first);
}

/* 1 to 4, the same in both directions: some pairs write much, some little. */
static int affinity(const struct archive *a, int person, int other)
{
	struct rng rng = { a->seed ^ (uint64_t)MIN(person, other) << 32 ^
		           (uint64_t)MAX(person, other) };

	return 1 + (int)(rng_next(&rng) & 3);
}

int random_partner(const struct archive *a, struct rng *rng, int person, int group)
{
	int first = a->group_first[group], count = a->group_first[group + 1] - first;
	int *weights = g_newa(int, count);

	for (int i = 0; i < count; i++) {
		const struct person *other = PERSON(a, first + i);
		weights[i] =
		        first + i == person ? 0 : other->activity * affinity(a, person, first + i);
		if (PERSON(a, person)->group != group && other->position > BRIDGE)
			weights[i] /= 8;
	}
	return first + rng_weighted(rng, weights, count);
}

int random_writer(const struct archive *a, struct rng *rng)
{
	int count = a->group_first[GROUPS], *weights = g_newa(int, count);

	for (int i = 0; i < count; i++)
		weights[i] = PERSON(a, i)->activity;
	return rng_weighted(rng, weights, count);
}

int custodian_group(int custodian)
{
	static const int groups[CUSTODIANS] = { 0, 1, 3, 2, 0, 5 };

	return groups[custodian];
}

/* The chief of a group; of the direction also its second. */
int custodian_person(const struct archive *a, int custodian)
{
	return a->group_first[custodian_group(custodian)] + (custodian == 4 ? 1 : 0);
}

int custodian_of(const struct archive *a, int address)
{
	for (int c = 0; c < CUSTODIANS && address >= 0; c++)
		if (ADDRESS(a, address)->person == custodian_person(a, c))
			return c;
	return -1;
}
