#include "id_map.h"

void id_map_init(struct id_map *map)
{
	map->ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	map->values = g_array_new(FALSE, FALSE, sizeof(int64_t));
}

void id_map_clear(struct id_map *map)
{
	if (map->ids)
		g_array_free(map->ids, TRUE);
	if (map->values)
		g_array_free(map->values, TRUE);
	*map = (struct id_map){ 0 };
}

void id_map_add(struct id_map *map, int64_t id, int64_t value)
{
	g_array_append_val(map->ids, id);
	g_array_append_val(map->values, value);
}

int64_t id_map_get(const struct id_map *map, int64_t id, int64_t none)
{
	const int64_t *ids = (const int64_t *)(void *)map->ids->data;
	size_t low = 0, high = map->ids->len;

	/* Without gaps row n has id n + 1. */
	if (id > 0 && (size_t)id <= high && ids[id - 1] == id)
		return g_array_index(map->values, int64_t, id - 1);
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < map->ids->len && ids[low] == id ? g_array_index(map->values, int64_t, low) : none;
}

int id_map_load(struct id_map *map, struct casefile *casefile, const char *sql, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, sql, err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0)
		id_map_add(map, sqlite3_column_int64(all, 0), sqlite3_column_int64(all, 1));
	sqlite3_finalize(all);
	return got;
}

int id_map_load_copies(struct id_map *map, struct casefile *casefile, struct error *err)
{
	/* The index has all that is asked; in the order of ids messages would be gone through. */
	return id_map_load(map, casefile, "SELECT id, original FROM message INDEXED BY"
	                   " message_original WHERE original IS NOT NULL ORDER BY id", err);
}
