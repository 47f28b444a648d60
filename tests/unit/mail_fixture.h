/* mail_fixture.h - temporary mail files, and a reading of one with its checks */
#ifndef MAIL_FIXTURE_H
#define MAIL_FIXTURE_H

#include "unit.h"

#include "epistograph/error.h"
#include "epistograph/source.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file with these bytes in a folder of its own; free with mail_remove(). */
static inline char *mail_write(const char *bytes, size_t size)
{
	char *folder = g_dir_make_tmp("mail-XXXXXX", NULL);
	char *path = g_build_filename(folder, "mail", NULL);

	assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
	g_free(folder);
	return path;
}

static inline void mail_remove(char *path)
{
	char *folder = g_path_get_dirname(path);

	g_unlink(path);
	g_rmdir(folder);
	g_free(folder);
	g_free(path);
}

/* What a file was found to hold. */
struct reading {
	enum source_form form;
	struct error err;
	GArray *messages;       /* struct raw_message; pointers no longer mean anything */
	GPtrArray *headers;     /* char *, terminated copies */
	GPtrArray *envelopes;   /* char * or NULL */
	GString *doubts;        /* "no-blank-line@12 odd-separator@30", all of them */
};

static inline struct reading reading_new(void)
{
	return (struct reading){
		.messages = g_array_new(FALSE, FALSE, sizeof(struct raw_message)),
		.headers = g_ptr_array_new_with_free_func(g_free),
		.envelopes = g_ptr_array_new_with_free_func(g_free),
		.doubts = g_string_new(NULL),
	};
}

static inline void reading_clear(struct reading *reading)
{
	g_array_free(reading->messages, TRUE);
	g_ptr_array_free(reading->headers, TRUE);
	g_ptr_array_free(reading->envelopes, TRUE);
	g_string_free(reading->doubts, TRUE);
}

static inline void reading_keep(struct reading *reading, const struct raw_message *raw)
{
	g_array_append_vals(reading->messages, raw, 1);
	g_ptr_array_add(reading->headers, g_strndup((const char *)raw->header, raw->header_size));
	g_ptr_array_add(reading->envelopes,
	                raw->envelope == NULL ? NULL : g_strndup(raw->envelope, raw->envelope_size));
	for (size_t i = 0; i < raw->note_count; i++)
		g_string_append_printf(reading->doubts, "%s%s@%d", reading->doubts->len > 0 ? " " : "",
		                       source_doubt_name(raw->notes[i].doubt),
		                       (int)raw->notes[i].offset);
}

static inline void check_same(const struct raw_message *raw, const struct raw_message *again)
{
	assert_int_equal(again->size, raw->size);
	assert_int_equal(again->header_size, raw->header_size);
	assert_memory_equal(again->header, raw->header, raw->header_size);
	assert_int_equal(again->envelope_size, raw->envelope_size);
	assert_true((again->envelope == NULL) == (raw->envelope == NULL));
	if (raw->envelope != NULL)
		assert_memory_equal(again->envelope, raw->envelope, raw->envelope_size);
	assert_int_equal(again->note_count, 0);
}

/* Where a message was found, and what its file is like now. */
static inline struct raw_place place_of(const char *path, const struct raw_message *raw)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return (struct raw_place){
		.path = path, .offset = raw->offset, .size = raw->size, .file_size = status.st_size,
		.modified_ns = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec,
	};
}

/* What is left of the message found last; g_byte_array_unref(). */
static inline GByteArray *bytes_of_span(struct span_reader *spans)
{
	GByteArray *all = g_byte_array_new();
	struct error err = { 0 };
	const uint8_t *bytes;
	size_t size;

	while (span_next_bytes(spans, &bytes, &size, &err) > 0)
		g_byte_array_append(all, bytes, (guint)size);
	assert_string_equal(err.message, "");
	return all;
}

/* The bytes end with the message: before a blank line of an mbox, if there is one. */
static inline void check_bytes(struct span_reader *spans, const char *path,
                               const struct raw_message *raw)
{
	GByteArray *message = bytes_of_span(spans);
	char *content;
	bool found = false;

	assert_true(g_file_get_contents(path, &content, NULL, NULL));
	assert_int_equal(message->len, raw->size);
	/* Behind the message a mailbox has a blank line, an .emlx file its own list. */
	for (int64_t blank = 0; blank <= 2 && raw->size + blank <= raw->end && !found; blank++) {
		int64_t at = raw->envelope || !raw->offset ? raw->end - raw->size - blank : raw->offset;

		found = message->len == 0 || memcmp(content + at, message->data, message->len) == 0;
	}
	assert_true(found);
	g_free(content);
	g_byte_array_unref(message);
}

/* A span read again must give what the splitter gave. */
static inline void check_span(struct span_reader *spans, const char *path,
                              const struct raw_message *raw)
{
	struct raw_message again;
	struct raw_place place = place_of(path, raw);
	struct error err = { 0 };

	assert_int_equal(span_find(spans, &place, &again, &err), 0);
	check_same(raw, &again);
	check_bytes(spans, path, raw);
	assert_int_equal(span_read(spans, path, raw->offset, raw->end, &again, &err), 0);
	assert_int_equal(again.offset, raw->offset);
	assert_int_equal(again.end, raw->end);
	check_same(raw, &again);
	assert_string_equal(again.path, path);
}

/* Read a whole file. Checks what holds for every file: spans ascend, touch each
 * other and reach the end of the file, and can be read again one by one. */
static inline struct reading reading_of(const char *path)
{
	struct reading reading = reading_new();
	struct source *source = source_open(path, &reading.form, &reading.err);
	struct span_reader *spans = span_reader_new();
	struct raw_message raw;
	int64_t end = -1;
	int got = 0;

	while (source != NULL && (got = source_next(source, &raw, &reading.err)) == 1) {
		if (end >= 0)
			assert_int_equal(raw.offset, end);
		assert_true(raw.end > raw.offset && raw.size <= raw.end - raw.offset);
		end = raw.end;
		check_span(spans, path, &raw);
		reading_keep(&reading, &raw);
	}
	assert_int_equal(got, 0);
	if (source != NULL) {
		struct stat status;
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(end, status.st_size);
		assert_int_equal(source_next(source, &raw, &reading.err), 0);
	}
	span_reader_free(spans);
	source_close(source);
	return reading;
}

static inline struct reading reading_of_bytes(const char *bytes, size_t size)
{
	char *path = mail_write(bytes, size);
	struct reading reading = reading_of(path);

	mail_remove(path);
	return reading;
}

static inline const struct raw_message *reading_message(const struct reading *reading, guint i)
{
	assert_true(i < reading->messages->len);
	return &g_array_index(reading->messages, struct raw_message, i);
}

#endif
