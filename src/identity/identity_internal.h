/* identity_internal.h - what the rules work on
 *
 * identity.c takes in what is added and puts it in the order of the addresses'
 * texts; join.c joins addresses to persons unless something speaks against it;
 * name_rules.c and common_rule.c find who is to be joined, ties.c, answers.c and rarity.c
 * count what common_rule.c weighs. */
#ifndef IDENTITY_INTERNAL_H
#define IDENTITY_INTERNAL_H

#include "epistograph/identity.h"

#include <glib.h>

/* What joins; below it is a suggestion. */
#define SCORE_JOINS 0.9

/* A name of more persons than this in one block says nothing, and to compare all
 * of them with each other would be quadratic. */
#define NAMESAKES_MAX 32

struct seen_name {
	uint32_t address;
	const char *text;
	int64_t in_from, anywhere;
};

struct entry {                          /* an address */
	const char *text, *domain;      /* domain: its provider's main name; "" without "@" */
	size_t given;                   /* its number as identity_add() gave it */
	int64_t sent, by_machine, mentioned;
	bool everybodys;                /* the domain is of no organisation */
	bool touched;                   /* its person changed in this round */
	size_t first_name, name_count;  /* in names, most seen first */

	const char *key;                /* of its full name; NULL if it has none */
	const char *name;               /* that name as written */
	uint32_t initials;              /* see struct person_name */
	int generation;
	bool shared;                    /* full names of several people are seen with it */
	char *nobody;                   /* why it belongs to no person; NULL if it may */
	int label;                      /* the user's person, from 1; 0 if he said nothing */
	bool alone;                     /* the user wants nothing joined to it */

	/* Of its person; sums hold for the root. */
	uint32_t parent, next;          /* next: a ring of the person's addresses */
	uint32_t size;
	uint32_t all_initials;
	int any_generation, any_label;
	bool any_alone, any_nobody;
	GArray *apart;                  /* struct parting; NULL if none */
};

struct parting { uint32_t other; const char *reason; };         /* reason: static */

struct beside { uint32_t address, other; enum identity_beside kind; };

struct identity {
	GStringChunk *strings;
	GArray *entries;                /* struct entry, in the order of text once running */
	GArray *names;                  /* struct seen_name */
	GArray *besides;                /* struct beside */
	GArray *ties;                   /* uint64_t: two numbers, the smaller above */
	size_t ties_sorted;             /* so many of them are in order, each once */
	GArray *answers;                /* uint64_t: who answered above, who was addressed below */
	GHashTable *lists;              /* addresses of lists */
	const struct alias *aliases;    /* borrowed until run */
	size_t alias_count;
	uint32_t *rank;                 /* number as given to place in entries */
	GArray *links;                  /* struct identity_link; addresses as places */
	GHashTable *linked;             /* pairs that have a link */
	char **person_names;            /* by place of the main address; owned by strings */
};

#define ENTRY(identity, i) (&g_array_index((identity)->entries, struct entry, (i)))

/* ---- join.c ---- */

uint32_t person_root(struct identity *identity, uint32_t address);
/* Note that two addresses are of two people, whatever else comes. */
void person_part(struct identity *identity, uint32_t a, uint32_t b, const char *reason);
/* Are the persons of the two parted? The reason or NULL. */
const char *person_parted(struct identity *identity, uint32_t a, uint32_t b);
/* Do number, initial or generation tell the persons of the two apart? */
bool person_is_another(struct identity *identity, uint32_t a, uint32_t b);
/* Join them, suggest it, or note why not, as score and objections have it; nothing
 * if they are one already. evidence is taken over. True if joined. */
bool person_join(struct identity *identity, uint32_t a, uint32_t b, enum identity_rule rule,
                 double score, char *evidence);
/* Make persons of what the user put together, against all objections. */
void join_as_decided(struct identity *identity);

/* ---- name_rules.c ---- */

void rule_one_address(struct identity *identity);
void rule_beside(struct identity *identity);
void rule_entry_name(struct identity *identity);
void rule_name_domain(struct identity *identity);
void rule_local_domain(struct identity *identity);

/* Addresses by the key of their full name, those without a name and those that
 * are nobody's left out: places, ordered by key, domain, text. g_array_unref() */
GArray *entries_by_name(struct identity *identity);
/* The end of the block of equal keys that begins at `from`. */
guint block_end(struct identity *identity, const GArray *ordered, guint from);

/* ---- common_rule.c ---- */

void rule_common(struct identity *identity);
/* The chance of `count` or more where `expected` are expected (Poisson). */
double chance_of(int count, double expected);
/* The chance of `count` or more of `tries` that come about by `share` each (binomial). */
double chance_of_tries(int count, int tries, double share);

/* ---- ties.c: whom persons write with ---- */

struct person_ties {
	uint64_t *ties;                 /* root above, other root below: both directions, sorted */
	size_t count;                   /* = the sum of all degrees */
	uint32_t *first;                /* by root: of its ties; [entries + 1] */
};

/* Sort pairs of numbers, one above, one below 32 bits: ascending. */
void sort_ties(uint64_t *ties, size_t count);
/* Ties between the persons of now. */
void person_ties_init(struct person_ties *ties, struct identity *identity);
void person_ties_clear(struct person_ties *ties);

#define COMMON_SHOWN_MAX 3
/* The correspondents two persons, by root, have in common, and how many chance gives.
 * shown: the first of them. */
int person_ties_common(const struct person_ties *ties, uint32_t a, uint32_t b, double *expected,
                       uint32_t shown[COMMON_SHOWN_MAX]);

/* Those of a that b has and c has not, and how many a has in all. */
int person_ties_exclusive(const struct person_ties *ties, uint32_t a, uint32_t b, uint32_t c);
uint32_t person_ties_degree(const struct person_ties *ties, uint32_t root);

/* ---- answers.c: who answered what was addressed to another ---- */

struct person_answers {
	uint64_t *answers;              /* root that answered above, addressed root below: sorted */
	size_t count;
	uint32_t *given, *taken;        /* by root: answers by him; to mail addressed to him */
};

void person_answers_init(struct person_answers *answers, struct identity *identity);
void person_answers_clear(struct person_answers *answers);
/* How often one of the two, by root, answered for the other; how often chance gives. */
int person_answers_between(const struct person_answers *answers, uint32_t a, uint32_t b,
                           double *expected);

/* ---- rarity.c: how many would bear a name by chance ---- */

struct name_rarity;

struct name_rarity *name_rarity_new(struct identity *identity, const GArray *ordered);
void name_rarity_free(struct name_rarity *rarity);
/* How many other people of the archive would bear a full name by chance. key: as
 * person_name_key() makes it, of a name that is in the archive. */
double name_rarity_others(const struct name_rarity *rarity, const char *key);

#endif
