#include "key_index.h"

#include <glib.h>

#include <string.h>

void key_index_clear(struct key_index *index)
{
	g_free(index->slots);
	*index = (struct key_index){ 0 };
}

/* Slots are in the order of the hashes, so that any capacity will do and growth
 * by half keeps the table at least half full. */
static size_t slot_of(const struct key_index *index, uint32_t hash)
{
	return (size_t)((uint64_t)hash * index->capacity >> 32);
}

static void place(struct key_index *index, uint32_t hash, uint32_t id)
{
	size_t at = slot_of(index, hash);

	while (index->slots[at].id)
		at = at + 1 == index->capacity ? 0 : at + 1;
	index->slots[at] = (struct key_slot){ hash, id };
}

static void grow(struct key_index *index)
{
	struct key_index larger = { .used = index->used };

	larger.capacity = index->capacity ? index->capacity / 2 * 3 : 1024;
	larger.slots = g_new0(struct key_slot, larger.capacity);
	for (size_t i = 0; i < index->capacity; i++) {
		if (index->slots[i].id)
			place(&larger, index->slots[i].hash, index->slots[i].id);
	}
	g_free(index->slots);
	*index = larger;
}

void key_index_add(struct key_index *index, uint32_t hash, uint32_t id)
{
	if (index->used >= index->capacity / 4 * 3)
		grow(index);
	place(index, hash, id);
	index->used++;
}

uint32_t key_index_find(const struct key_index *index, uint32_t hash, size_t *probe)
{
	if (index->capacity == 0)
		return 0;
	size_t at = *probe == SIZE_MAX ? slot_of(index, hash) : *probe;

	while (index->slots[at].id) {
		struct key_slot slot = index->slots[at];

		at = at + 1 == index->capacity ? 0 : at + 1;
		if (slot.hash == hash) {
			*probe = at;
			return slot.id;
		}
	}
	return 0;
}

/* ---- SipHash-2-4 ---- */

static uint64_t rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

static void sip_rounds(uint64_t v[4], int rounds)
{
	for (int i = 0; i < rounds; i++) {
		v[0] += v[1];
		v[1] = rotate(v[1], 13) ^ v[0];
		v[0] = rotate(v[0], 32);
		v[2] += v[3];
		v[3] = rotate(v[3], 16) ^ v[2];
		v[0] += v[3];
		v[3] = rotate(v[3], 21) ^ v[0];
		v[2] += v[1];
		v[1] = rotate(v[1], 17) ^ v[2];
		v[2] = rotate(v[2], 32);
	}
}

static uint64_t load_little(const uint8_t *bytes, size_t size)
{
	uint64_t word = 0;

	for (size_t i = 0; i < size; i++)
		word |= (uint64_t)bytes[i] << (8 * i);
	return word;
}

uint32_t key_hash(const void *bytes, size_t size)
{
	/* The four constants are "somepseudorandomlygeneratedbytes", the key the
	 * paper's own (00 01 ... 0f). */
	const uint64_t k0 = 0x0706050403020100, k1 = 0x0f0e0d0c0b0a0908;
	uint64_t v[4] = { k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d,
	                  k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573 };
	const uint8_t *p = bytes;
	size_t left = size;

	for (; left >= 8; p += 8, left -= 8) {
		uint64_t word;

		memcpy(&word, p, 8);
		word = GUINT64_FROM_LE(word);
		v[3] ^= word;
		sip_rounds(v, 2);
		v[0] ^= word;
	}
	uint64_t last = (uint64_t)size << 56 | load_little(p, left);

	v[3] ^= last;
	sip_rounds(v, 2);
	v[0] ^= last;
	v[2] ^= 0xff;
	sip_rounds(v, 4);
	uint64_t hash = v[0] ^ v[1] ^ v[2] ^ v[3];

	return (uint32_t)(hash ^ hash >> 32);
}

unsigned key_hash_text(const void *text)
{
	return key_hash(text, strlen(text));
}
