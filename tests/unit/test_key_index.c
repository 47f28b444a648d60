#include "unit.h"

#include "../../src/store/key_index.h"

#include <stdbool.h>
#include <string.h>

/* Appendix A of the SipHash paper: key 00 01 ... 0f, input 00 01 ... 0e gives
 * a129ca6149be45e5; folded by xor of its halves. */
static void the_hash_is_siphash_2_4(void **state)
{
	uint8_t input[15];

	(void)state;
	for (int i = 0; i < 15; i++)
		input[i] = (uint8_t)i;
	assert_int_equal(0xa129ca61u ^ 0x49be45e5u, key_hash(input, sizeof input));
	/* The authors' vectors.h, no input: 310e0edd47db6f72 in little endian. */
	assert_int_equal(0x726fdb47u ^ 0xdd0e0e31u, key_hash(input, 0));
	assert_int_equal(key_hash("abc", 3), key_hash_text("abc"));
}

static bool holds(const struct key_index *index, uint32_t hash, uint32_t id)
{
	size_t probe = SIZE_MAX;

	for (uint32_t found; (found = key_index_find(index, hash, &probe)); ) {
		if (found == id)
			return true;
	}
	return false;
}

static void every_key_is_found_again_while_the_table_grows(void **state)
{
	struct key_index index = { 0 };
	size_t probe = SIZE_MAX;

	(void)state;
	assert_int_equal(0, key_index_find(&index, 7, &probe));
	for (uint32_t id = 1; id <= 100000; id++) {
		key_index_add(&index, key_hash(&id, sizeof id), id);
		assert_true(index.used < index.capacity);
	}
	for (uint32_t id = 1; id <= 100000; id++)
		assert_true(holds(&index, key_hash(&id, sizeof id), id));
	for (uint32_t id = 100001; id <= 200000; id++)
		assert_false(holds(&index, key_hash(&id, sizeof id), id));
	/* Half full at the least: 16 bytes a key. */
	assert_true(index.capacity * sizeof *index.slots <= 100000 * 16 + 64);
	key_index_clear(&index);
}

static void keys_of_one_hash_are_all_found(void **state)
{
	const uint32_t hashes[] = { 0, 1, 0x80000000, UINT32_MAX };
	struct key_index index = { 0 };

	(void)state;
	for (uint32_t id = 1; id <= 400; id++)
		key_index_add(&index, hashes[id % 4], id);
	for (int h = 0; h < 4; h++) {
		size_t probe = SIZE_MAX;
		int count = 0;

		for (uint32_t id; (id = key_index_find(&index, hashes[h], &probe)); count++)
			assert_int_equal(h, id % 4);
		assert_int_equal(100, count);
	}
	key_index_clear(&index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_hash_is_siphash_2_4),
		cmocka_unit_test(every_key_is_found_again_while_the_table_grows),
		cmocka_unit_test(keys_of_one_hash_are_all_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
