#include "id_cache.h"

#include <string.h>

/* Entries before half are forgotten: some 3 MB. */
#define YOUNG_MAX 32768
#define CAPACITY_FIRST 1024

static void generation_clear(struct id_generation *generation)
{
	g_free(generation->slots);
	if (generation->texts)
		g_string_chunk_free(generation->texts);
	*generation = (struct id_generation){ 0 };
}

void id_cache_clear(struct id_cache *cache)
{
	generation_clear(&cache->young);
	generation_clear(&cache->old);
}

/* Where text is, or the free slot for it. */
static struct id_slot *slot_of(const struct id_generation *generation, const char *text,
                               uint32_t hash)
{
	guint at = hash & (generation->capacity - 1);

	while (generation->slots[at].id && (generation->slots[at].hash != hash ||
	                                    strcmp(generation->slots[at].text, text) != 0))
		at = (at + 1) & (generation->capacity - 1);
	return &generation->slots[at];
}

static void grow(struct id_generation *generation)
{
	struct id_generation larger = *generation;

	larger.capacity = generation->capacity ? 2 * generation->capacity : CAPACITY_FIRST;
	larger.slots = g_new0(struct id_slot, larger.capacity);
	if (!larger.texts)
		larger.texts = g_string_chunk_new(1 << 14);
	for (guint i = 0; i < generation->capacity; i++)
		if (generation->slots[i].id)
			*slot_of(&larger, generation->slots[i].text, generation->slots[i].hash) =
				generation->slots[i];
	g_free(generation->slots);
	*generation = larger;
}

void id_cache_put(struct id_cache *cache, const char *text, uint32_t hash, int64_t id)
{
	struct id_generation *young = &cache->young;

	if (young->used >= YOUNG_MAX) {
		generation_clear(&cache->old);
		cache->old = *young;
		*young = (struct id_generation){ 0 };
	}
	if (young->used >= young->capacity / 2)
		grow(young);
	struct id_slot *slot = slot_of(young, text, hash);

	if (!slot->id) {
		*slot = (struct id_slot){ .hash = hash, .text = g_string_chunk_insert(young->texts, text) };
		young->used++;
	}
	slot->id = (uint32_t)id;
}

int64_t id_cache_get(struct id_cache *cache, const char *text, uint32_t hash)
{
	int64_t id = cache->young.used ? slot_of(&cache->young, text, hash)->id : 0;

	if (id || !cache->old.used)
		return id;
	id = slot_of(&cache->old, text, hash)->id;
	if (id)
		id_cache_put(cache, text, hash, id);
	return id;
}
