/* identity_internal.h - what the rules work on
 *
 * identity.c takes in what is added and puts it in the order of the addresses'
 * texts; join.c joins addresses to persons unless something speaks against it;
 * name_rules.c and common_rule.c find who is to be joined. */
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

#endif
