/* The digest: published values, and both ways to it agree. */
#include "unit.h"

#include "../../src/message/digest.h"

#include <glib.h>

#include <string.h>

static void check(const char *text, const char *half)
{
	struct digester *digester = digester_new();
	uint8_t fast[16], plain[16];
	GString *hex = g_string_new(NULL);

	digester_sum(digester, (const uint8_t *)text, strlen(text), fast);
	digester_sum_plainly(digester, (const uint8_t *)text, strlen(text), plain);
	assert_memory_equal(fast, plain, sizeof fast);
	for (size_t i = 0; i < sizeof fast; i++)
		g_string_append_printf(hex, "%02x", fast[i]);
	assert_string_equal(half, hex->str);
	g_string_free(hex, TRUE);
	digester_free(digester);
}

/* NIST, FIPS 180-4 examples: csrc.nist.gov/projects/cryptographic-standards-and-guidelines */
static void published_values_are_met(void **state)
{
	(void)state;
	check("abc", "ba7816bf8f01cfea414140de5dae2223");
	check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	      "248d6a61d20638b8e5c026930c3e6039");
	check("", "e3b0c44298fc1c149afbf4c8996fb924");
}

static void both_ways_agree_at_every_size(void **state)
{
	struct digester *digester = digester_new();
	uint8_t bytes[1000], fast[16], plain[16];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (uint8_t)(i * 167 + i / 7);
	for (size_t size = 0; size <= sizeof bytes; size++) {
		digester_sum(digester, bytes, size, fast);
		digester_sum_plainly(digester, bytes, size, plain);
		assert_memory_equal(fast, plain, sizeof fast);
	}
	digester_free(digester);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_values_are_met),
		cmocka_unit_test(both_ways_agree_at_every_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
