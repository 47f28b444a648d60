/* id_cache.h - the ids of texts met lately
 *
 * When the young are many, the old are forgotten and the young become old; who is met
 * again is young again. The hash of a text is key_hash_text(), worked out once by the
 * caller, who has further use for it. */
#ifndef ID_CACHE_H
#define ID_CACHE_H

#include <glib.h>

#include <stdint.h>

struct id_slot {
	uint32_t hash, id;              /* id 0: free */
	const char *text;
};

struct id_generation {
	struct id_slot *slots;          /* open addressing, at most half full */
	guint capacity, used;           /* capacity: a power of two */
	GStringChunk *texts;
};

struct id_cache {
	struct id_generation young, old;
};

/* A zeroed one is empty, and can be cleared any time. */
void id_cache_clear(struct id_cache *cache);
void id_cache_put(struct id_cache *cache, const char *text, uint32_t hash, int64_t id);
int64_t id_cache_get(struct id_cache *cache, const char *text, uint32_t hash);  /* 0: unknown */

#endif
