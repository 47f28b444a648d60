/* word_tables.h - the rules as data: addresses that are nobody's, providers, domains
 *
 * The words are in words.txt, each list with where it is from. To teach a word, add it there. */
#ifndef WORD_TABLES_H
#define WORD_TABLES_H

#include <stdbool.h>
#include <stddef.h>

/* The word that makes an address one of a role, a machine or a list ("info",
 * "noreply"); NULL if none does. */
const char *role_word_of_address(const char *address);

/* A word of a display name that no person is called by: "team", "support". */
bool is_role_word_in_name(const char *word);
bool is_title(const char *word);                /* dr, mr, prof, ... */
bool is_frequent_name(const char *word);        /* smith, zhang, garcia, ... */
int generation_of(const char *word);            /* see struct person_name; 0 if none */

/* Does everybody get an address there (gmail.com)? Then to share it says nothing. */
bool is_public_domain(const char *domain);

/* The name under which a provider's other domains lead to the same mailbox
 * (googlemail.com: gmail.com); domain itself if there is none. */
const char *domain_main_name(const char *domain);
/* The part of a domain that an organisation registers: thyrsus.com of snark.thyrsus.com,
 * wlv.ac.uk of unix.wlv.ac.uk. Part of domain; all of it if it has no more than that. */
const char *domain_organisation(const char *domain);
/* Are dots in the part before the "@" without meaning there? */
bool domain_ignores_dots(const char *domain);

#endif
