/* fuzz_mbox.c - any bytes as a mail file: spans must ascend, touch, reach the end
 * of the file and give the same when they are read again */
#include "epistograph/error.h"
#include "epistograph/source.h"

#include <glib.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition) do { if (!(condition)) abort(); } while (0)

/* A file in memory; its path stays the same from input to input. */
static int write_input(const uint8_t *data, size_t size, char *path, size_t path_size)
{
	int fd = memfd_create("mail", MFD_CLOEXEC);

	REQUIRE(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	g_snprintf(path, (gulong)path_size, "/proc/self/fd/%d", fd);
	return fd;
}

static void check_notes(const struct raw_message *raw, size_t size)
{
	for (size_t i = 0; i < raw->note_count; i++) {
		REQUIRE(raw->notes[i].offset >= 0 && raw->notes[i].offset < (int64_t)size);
		REQUIRE(raw->notes[i].offset < raw->end);
		REQUIRE(i == 0 || raw->notes[i - 1].offset <= raw->notes[i].offset);
	}
}

static void check_span(const char *path, const struct raw_message *raw)
{
	struct span_reader *spans = span_reader_new();
	struct raw_message again;
	struct error err = { 0 };

	REQUIRE(span_read(spans, path, raw->offset, raw->end, &again, &err) == 0);
	REQUIRE(again.size == raw->size && again.header_size == raw->header_size);
	REQUIRE(again.envelope_size == raw->envelope_size);
	REQUIRE(memcmp(again.header, raw->header, raw->header_size) == 0);
	REQUIRE(raw->envelope_size == 0 ||
	        memcmp(again.envelope, raw->envelope, raw->envelope_size) == 0);
	span_reader_free(spans);
}

/* Going on at a message gives that message, with the same notes. */
static void check_seek(const char *path, const struct raw_message *raw)
{
	enum source_form form;
	struct raw_message again;
	struct error err = { 0 };
	struct source *source = source_open(path, &form, &err);

	REQUIRE(source != NULL && source_seek(source, raw->offset, &err) == 0);
	REQUIRE(source_next(source, &again, &err) == 1);
	REQUIRE(again.offset == raw->offset && again.end == raw->end && again.size == raw->size);
	REQUIRE(again.note_count == raw->note_count);
	source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	enum source_form form;
	struct raw_message raw;
	struct error err = { 0 };
	int fd = write_input(data, size, path, sizeof path);
	struct source *source = source_open(path, &form, &err);
	int64_t end = -1;
	int got = 0, messages = 0;

	REQUIRE((source != NULL) == (form == SOURCE_MESSAGE || form == SOURCE_EMLX ||
	                            form == SOURCE_MBOX));
	REQUIRE((source == NULL) == (err.message[0] != '\0'));
	while (source != NULL && (got = source_next(source, &raw, &err)) == 1) {
		REQUIRE(end < 0 || raw.offset == end);
		REQUIRE(raw.end > raw.offset && raw.end <= (int64_t)size);
		REQUIRE(raw.size >= 0 && (int64_t)raw.header_size <= raw.size);
		REQUIRE(raw.offset + (int64_t)raw.envelope_size + raw.size <= raw.end);
		end = raw.end;
		check_notes(&raw, size);
		if (messages++ < 8) {
			check_span(path, &raw);
			check_seek(path, &raw);
		}
	}
	REQUIRE(got == 0 && (source == NULL || end == (int64_t)size));
	source_close(source);
	close(fd);
	return 0;
}
