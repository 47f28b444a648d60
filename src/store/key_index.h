/* key_index.h - from a hash to the row ids that may have it, 8 bytes a slot
 *
 * Finding copies needs a key for every message ever stored. An index in the
 * database would be written to at random for each new message, four times the
 * cost of storing it; this table in memory takes 11 to 16 bytes a key (27 while
 * it grows). It keeps 32 bits of hash, so a find is a suspicion: the caller
 * compares the row itself. One in 4000 lookups is wrong at a million keys. */
#ifndef KEY_INDEX_H
#define KEY_INDEX_H

#include <stddef.h>
#include <stdint.h>

struct key_slot {
	uint32_t hash;
	uint32_t id;                    /* 0 = free */
};

struct key_index {
	struct key_slot *slots;
	size_t capacity, used;
};

#define KEY_ID_MAX INT32_MAX            /* ids from 1 to this fit, hashes times slots too */

void key_index_clear(struct key_index *index);
void key_index_add(struct key_index *index, uint32_t hash, uint32_t id);

/* The ids under hash, one a call; 0 at the end. *probe is SIZE_MAX at first. */
uint32_t key_index_find(const struct key_index *index, uint32_t hash, size_t *probe);

/* SipHash-2-4 of size bytes, folded to 32 bits: mail chooses what is hashed here,
 * so a weak hash would let it make every lookup slow.
 * Source: Aumasson & Bernstein (2012), doi:10.1007/978-3-642-34931-7_28. */
uint32_t key_hash(const void *bytes, size_t size);

/* The same of a string, as a GHashFunc. */
unsigned key_hash_text(const void *text);

#endif
