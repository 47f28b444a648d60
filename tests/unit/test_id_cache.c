#include "unit.h"

#include "../../src/store/id_cache.h"

#include <stdio.h>

#define YOUNG 32768             /* as many are remembered before half are forgotten */

static const char *name_of(int i)
{
	static char name[32];

	snprintf(name, sizeof name, "name-%d", i);
	return name;
}

/* Not a hash to speak of: many texts share one. */
static uint32_t hash_of(int i)
{
	return (uint32_t)(i / 4);
}

static void put(struct id_cache *cache, int from, int to)
{
	for (int i = from; i < to; i++)
		id_cache_put(cache, name_of(i), hash_of(i), i + 1);
}

static int count_known(struct id_cache *cache, int from, int to)
{
	int known = 0;

	for (int i = from; i < to; i++) {
		int64_t id = id_cache_get(cache, name_of(i), hash_of(i));

		assert_true(id == 0 || id == i + 1);
		known += id != 0;
	}
	return known;
}

static void texts_of_one_hash_are_told_apart(void **state)
{
	struct id_cache cache = { 0 };

	(void)state;
	assert_int_equal(0, id_cache_get(&cache, "a", 1));
	id_cache_put(&cache, "a", 1, 10);
	id_cache_put(&cache, "b", 1, 20);
	assert_int_equal(10, id_cache_get(&cache, "a", 1));
	assert_int_equal(20, id_cache_get(&cache, "b", 1));
	assert_int_equal(0, id_cache_get(&cache, "c", 1));
	assert_int_equal(0, id_cache_get(&cache, "a", 2));
	id_cache_put(&cache, "a", 1, 11);
	assert_int_equal(11, id_cache_get(&cache, "a", 1));
	id_cache_clear(&cache);
	assert_int_equal(0, id_cache_get(&cache, "a", 1));
}

/* Three generations: the first is forgotten, but for one that was met again. */
static void who_is_met_again_is_remembered(void **state)
{
	struct id_cache cache = { 0 };

	(void)state;
	put(&cache, 0, YOUNG + 1);
	assert_int_equal(8, id_cache_get(&cache, name_of(7), hash_of(7)));
	put(&cache, YOUNG + 1, 2 * YOUNG);
	assert_int_equal(1, count_known(&cache, 7, 8));
	assert_int_equal(0, count_known(&cache, 8, YOUNG));
	assert_int_equal(YOUNG, count_known(&cache, YOUNG, 2 * YOUNG));
	id_cache_clear(&cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_of_one_hash_are_told_apart),
		cmocka_unit_test(who_is_met_again_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
