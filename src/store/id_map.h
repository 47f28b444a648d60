/* id_map.h - from row ids, which mostly leave no gaps, to numbers */
#ifndef ID_MAP_H
#define ID_MAP_H

#include "casefile_internal.h"

struct id_map {
	GArray *ids;                    /* int64_t, ascending */
	GArray *values;                 /* int64_t */
};

void id_map_init(struct id_map *map);
void id_map_clear(struct id_map *map);
/* ids must come in ascending order. */
void id_map_add(struct id_map *map, int64_t id, int64_t value);
/* The value of id, or `none`. */
int64_t id_map_get(const struct id_map *map, int64_t id, int64_t none);

/* Add all rows of SQL that gives ids, ascending, and values. */
int id_map_load(struct id_map *map, struct casefile *casefile, const char *sql, struct error *err);

/* Messages that are copies of others lead to these. */
int id_map_load_copies(struct id_map *map, struct casefile *casefile, struct error *err);

#endif
