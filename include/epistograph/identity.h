/* identity.h - which addresses are one person, by rules that can be shown
 *
 * Fill it with what the mail says of each address, run it, ask for the result.
 * The result does not depend on the order in which things were added. Every
 * comparison is within a block of addresses that have something in common, so
 * that a million addresses take seconds.
 *
 * A rule joins two addresses only if nothing speaks against it: addresses of
 * roles, machines and lists are nobody's, middle initials and generations (Jr) must
 * agree, two addresses that one organisation made of one full name are namesakes,
 * and what the user decided comes before all rules. What a rule would have joined and
 * did not is kept as a link, with the reason. */
#ifndef EPISTOGRAPH_IDENTITY_H
#define EPISTOGRAPH_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct identity;
struct alias;

/* In the order in which they are tried. identity_rule_name() is what a case file
 * and tables say. */
enum identity_rule {
	RULE_USER,              /* the user said so */
	RULE_ADDRESS,           /* one address but for a tag, quotes, or a provider's own spelling */
	RULE_DIRECTORY,         /* one entry in a directory (X.500) stands beside both, or one is made
	                         * of the other's name */
	RULE_REPLY_TO,          /* the sender had the answers sent there */
	RULE_NAME_DOMAIN,       /* one full name in one organisation */
	RULE_LOCAL_DOMAIN,      /* no name, but the address is made of a name in the organisation */
	RULE_NAME_COMMON,       /* one full name, and more common correspondents than chance gives */
	RULE_NAME_LOCAL,        /* one full name, both addresses made of it, a common correspondent */
	RULE_NAME_ANSWERS,      /* one full name, and one answered what was addressed to the other */
	RULE_NAME_RARE,         /* one full name that hardly two would bear here, and some sign more */
	RULE_NAME,              /* one full name and nothing else: never joins */
	RULE_COUNT
};

enum identity_state {
	LINK_JOINED,            /* the two are one person by this */
	LINK_SUGGESTED,         /* there is a hint, not enough to join them */
	LINK_REFUSED,           /* a rule would join them, and something speaks against it */
	LINK_STATE_COUNT
};

/* Why two addresses are one person, or might be. The joined links are a forest:
 * taking one away parts its person in two. */
struct identity_link {
	size_t address, other;          /* as given by identity_add(); address first by text */
	enum identity_rule rule;
	enum identity_state state;
	double score;                   /* 0 to 1; 0.9 and more joins */
	bool confirmed;                 /* the user said that they are one */
	const char *evidence;           /* a sentence; of refused ones with the reason */
};

/* What stands beside From: in a header. */
enum identity_beside { BESIDE_DIRECTORY, BESIDE_REPLY_TO, BESIDE_SENDER, BESIDE_COUNT };

struct identity *identity_new(void);
void identity_free(struct identity *identity);          /* NULL is fine */

/* ---- what the mail says; strings are copied ---- */

/* An address in normal form (address_normalise), each once. Its number: 0, 1, ... */
size_t identity_add(struct identity *identity, const char *address);
/* How often it was a sender, how often of it in bulk or automatic mail, and how
 * often it was named in any role. */
void identity_add_use(struct identity *identity, size_t address, int64_t sent,
                      int64_t sent_by_machine, int64_t mentioned);
/* A display name seen with it, each once, and how often: in From and anywhere. */
void identity_add_name(struct identity *identity, size_t address, const char *name,
                       int64_t in_from, int64_t anywhere);
/* A List-Id: the list's own address is nobody's. */
void identity_add_list(struct identity *identity, const char *list_id);
/* Once for each personal message from address that has `other` beside From. */
void identity_add_beside(struct identity *identity, enum identity_beside beside, size_t address,
                         size_t other);
/* One wrote to the other, or a third to both; more than once is no more than once. */
void identity_add_tie(struct identity *identity, size_t address, size_t other);
/* Once for each answer from address to a message that was addressed to `other` and not
 * to address. */
void identity_add_answer(struct identity *identity, size_t address, size_t other);
/* What the user decided. Addresses that were not added are passed over. */
void identity_decide(struct identity *identity, const struct alias *aliases, size_t count);

/* ---- the result ---- */

void identity_run(struct identity *identity);

/* The main address of the person an address belongs to: the one the user put first,
 * else the one most used in From, then most named, then first by text. */
size_t identity_person(const struct identity *identity, size_t address);
/* The name of a person, by main address: the user's, else the most seen among those
 * that are full names, in From first; else the most seen. "" if none. */
const char *identity_name(const struct identity *identity, size_t person);
/* Ascending by text of address and other. Borrowed. */
const struct identity_link *identity_links(const struct identity *identity, size_t *count);

const char *identity_rule_name(enum identity_rule rule);        /* "name+domain" */
const char *identity_state_name(enum identity_state state);     /* "joined" */

/* The file of words and domains that the rules know (src/identity/words.txt), line by line,
 * without line ends. Static. */
const char *const *identity_words(size_t *count);

#endif
