/* person_name.h - a display name taken apart, for comparison */
#ifndef PERSON_NAME_H
#define PERSON_NAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NAME_TOKENS_MAX 12
#define NAME_BYTES_MAX 160              /* of a name's words; what is longer is no name */

struct person_name {
	const char *words[NAME_TOKENS_MAX];     /* of two letters or more: case and accents
	                                         * folded, "First Last" order; into text */
	int count;
	uint32_t initials;              /* single letters, middle ones most of all: bit 0 = a */
	int generation;                 /* 0 if none; 1 senior, 2 junior or II, 3, 4 */
	char text[NAME_BYTES_MAX];
};

/* Read a display name in the forms met: "Ann B. Lee", "Lee, Ann B", "Lee, Ann
 * (Sales)", "Ann Lee/Sales/Org@Org", "Dr. Ann Lee Jr.". True if it is the full name
 * of a person: two words or more, none of which is of an office or a machine. */
bool person_name_read(struct person_name *name, const char *text);

/* The words in alphabetical order with blanks between: equal for one name in
 * either order. */
void person_name_key(const struct person_name *name, char key[NAME_BYTES_MAX]);

/* Read the part of an address before the "@" as a name: "ann.b.lee", "lee_ann".
 * True if it has two words or more. */
bool person_name_from_local(struct person_name *name, const char *address);

/* How much of an address is made of a name. */
enum local_match {
	LOCAL_OTHER,
	LOCAL_PART,             /* one word of it, perhaps with other letters: ann, lee77 */
	LOCAL_INITIAL,          /* a word and initials: alee, ann.l, b..lee */
	LOCAL_FULL,             /* two words: ann.lee, leeann, ann.b.lee2 */
};

/* mark: out, what LOCAL_FULL has beside the words: "b2"; "" if nothing. */
#define LOCAL_MARK_MAX 16
enum local_match local_match_name(const char *address, const struct person_name *name,
                                  char mark[LOCAL_MARK_MAX]);

/* Is the address made of a name that has no word of this one: vera.sanchez@ of Ann Lee? */
bool local_is_of_another(const char *address, const struct person_name *name);
/* Do both addresses begin alike, tags aside? By three letters or more. */
bool is_same_local(const char *one, const char *other);

#endif
