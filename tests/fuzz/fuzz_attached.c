/* A message's bytes against the search for messages inside it: no crash, no hang, the same
 * found whatever the pieces it comes in, and bytes that are as many as was said. */
#include "epistograph/attached.h"
#include "epistograph/source.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool fact)
{
	if (!fact)
		abort();
}

static void add(struct attached_reader *reader, const uint8_t *data, size_t size, size_t step)
{
	for (size_t at = 0; at < size; at += step)
		attached_add(reader, data + at, size - at < step ? size - at : step);
}

static void check_bytes(struct attached_reader *reader, const uint8_t *data, size_t size,
                        const struct raw_message *raw)
{
	char part[1024];
	int64_t total = 0;
	size_t taken;

	check(strlen(raw->member) < sizeof part);
	strcpy(part, raw->member);
	int64_t expected = raw->size;

	attached_begin(reader, part);
	for (size_t at = 0; at < size; at += 512) {
		add(reader, data + at, size - at < 512 ? size - at : 512, 512);
		attached_take(reader, &taken);
		total += (int64_t)taken;
	}
	attached_end(reader);
	attached_take(reader, &taken);
	check(total + (int64_t)taken == expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct attached_reader *whole, *pieces, *bytes;
	struct raw_message one, other;
	size_t count = 0;

	if (!whole) {
		whole = attached_reader_new();
		pieces = attached_reader_new();
		bytes = attached_reader_new();
	}
	attached_begin(whole, NULL);
	add(whole, data, size, size ? size : 1);
	attached_end(whole);
	attached_begin(pieces, NULL);
	add(pieces, data, size, 13);
	attached_end(pieces);
	check(attached_faults(whole) == attached_faults(pieces));
	for (; attached_get(whole, count, &one); count++) {
		check(attached_get(pieces, count, &other) && !strcmp(one.member, other.member));
		check(one.size == other.size && one.header_size == other.header_size);
		check(one.size >= 0 && !memcmp(one.header, other.header, one.header_size));
		if (count < 3)
			check_bytes(bytes, data, size, &one);
	}
	check(!attached_get(pieces, count, &other));
	return 0;
}
