/* fuzz_signature.c - any bytes as a message with signatures, and as a file of keys: results must
 * have the shape that is stored, and the same bytes the same result
 *
 * The first byte says what the rest is. */
#include "epistograph/dkim_keys.h"
#include "epistograph/signature.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) do { if (!(condition)) abort(); } while (0)

/* A key of 512 bits, for nothing but this; and others that are damaged in some way. */
static const char known_keys[] =
	"s1._domainkey.example.org v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBALgSoqXVSEmfcIsOzw7oRuCCOwsm"
	"tX/SJnTWxYyj2leFxfS/AVJ+dYfY+hXqMsT7l+MZvvh/R1WzN4MOFvoKBkcCAwEAAQ==\n"
	"s1._domainkey.example.org v=DKIM1; k=ed25519; p=yi50DjK5O9pqbFpNHklsv9lqaS0ArSYu02qp1S0DW1Y=\n"
	"s1._domainkey.example.org p=\ns1._domainkey.example.org \"\"\n"
	"s1._domainkey.list.example v=DKIM1; k=rsa; p=AAAA\n";

static void check_text(const char *text)
{
	for (; *text; text++)
		REQUIRE(*text >= ' ' && *text <= '~');
}

static void check_report(const struct signature_report *report)
{
	REQUIRE(report->status < SIGNED_STATUS_COUNT);
	REQUIRE(report->decided >= -1 && report->decided < (int)report->count);
	REQUIRE(report->status == SIGNED_NOT || report->decided >= 0 || *report->reason);
	for (size_t i = 0; i < report->count; i++) {
		const struct signature *one = &report->list[i];

		REQUIRE(one->result < SIGNATURE_RESULT_COUNT);
		REQUIRE((one->result == SIGNATURE_PASS) == !*one->reason);
		check_text(one->domain);
		check_text(one->selector);
		check_text(one->algorithm);
		check_text(one->reason);
		REQUIRE(strlen(one->domain) <= 253 && strlen(one->selector) <= 253);
		REQUIRE(strlen(one->key) == 0 || strlen(one->key) == 16);
	}
	if (report->status == SIGNED_VERIFIED)
		REQUIRE(report->list[report->decided].result == SIGNATURE_PASS);
}

static void check_keys(const uint8_t *data, size_t size)
{
	struct dkim_keys *keys = dkim_keys_new();
	size_t count, found;

	dkim_keys_parse(keys, (const char *)data, size, "keys", NULL);
	const struct dkim_key *list = dkim_keys_list(keys, &count);

	for (size_t i = 0; i < count; i++) {
		check_text(list[i].name);
		dkim_keys_find(keys, list[i].name, &found);
		REQUIRE(found > 0);
	}
	dkim_keys_free(keys);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct signature_subject subject = { "example.org", INT64_C(1468490400) };
	static struct signature_checker *checker;
	struct signature_report report;

	if (size == 0)
		return 0;
	if (data[0] == '#') {
		check_keys(data, size);
		return 0;
	}
	if (!checker) {
		struct dkim_keys *keys = dkim_keys_new();

		REQUIRE(dkim_keys_parse(keys, known_keys, strlen(known_keys), "keys", NULL) == 0);
		checker = signature_checker_new(keys, NULL);
		if (!checker)
			exit(0);        /* built without the library */
	}
	signature_check(checker, data, size, &subject, &report);
	check_report(&report);
	enum signature_status status = report.status;
	size_t count = report.count;

	signature_check(checker, data, size, &subject, &report);
	REQUIRE(report.status == status && report.count == count);
	return 0;
}
