#include "mail_fixture.h"

#include <sys/wait.h>

static enum source_form form_of(const char *text)
{
	struct reading reading = reading_of_bytes(text, strlen(text));
	enum source_form form = reading.form;

	assert_true((reading.err.message[0] != '\0') ==
	            (form != SOURCE_MESSAGE && form != SOURCE_MBOX));
	reading_clear(&reading);
	return form;
}

static void check_forms(const char *const *texts, size_t count, enum source_form form)
{
	for (size_t i = 0; i < count; i++) {
		if (form_of(texts[i]) != form)
			print_error("taken for %s: %s\n", source_form_name(form_of(texts[i])), texts[i]);
		assert_int_equal(form_of(texts[i]), form);
	}
}

static void mail_is_known_by_its_header(void **state)
{
	static const char *const texts[] = {
		"From: ann@example.org\nTo: ben@example.org\nSubject: hi\n\nHello\n",
		"From: ann@example.org\r\nTo: ben@example.org\r\nSubject: hi\r\n\r\nHello\r\n",
		"From: ann@example.org\rTo: ben@example.org\rSubject: hi\r\rHello\r",
		"Return-Path: <>\nReceived: by a.example.org; Thu, 1 Jan 2004 10:00:00 +0000\n\nHello",
		"received: by a\nmessage-id: <1@example.org>\n\n",
		"From  : Ann <ann@example.org>\nTo    : ben@example.org\n\nHello\n",
		"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\nFrom: a@example.org\nTo: b\n\n",
		"Subject: nothing but this\n\nHello\n",
		"From: ann@example.org",
		"To: ben@example.org\nSubject: no body and no blank line\n",
		"\xef\xbb\xbf" "From: ann@example.org\nSubject: a byte order mark\n\n",
		"\n\n  \r\nFrom: ann@example.org\nSubject: blank lines first\n\n",
		">From ann Thu Jan  1 10:00:00 2004\nFrom: ann@example.org\nTo: b\n\n",
		"Subject: h\xe9h\xe9\nFrom: \xe9ric <e@example.org>\nTo: b@example.org\n\n",
		"From: ann@example.org\nDate: Thu, 1 Jan 2004 10:00:00 +0000\n: no name\n\xff\n\nHello\n",
		"Content-Type: multipart/mixed; boundary=x\n\n--x\n",
		"Subject:\n continues below\n\tand below\nFrom: a@example.org\n\n",
		"From: a@example.org\nTo: b@example.org\nSubject: the header never\nends here\n",
	};

	(void)state;
	check_forms(texts, G_N_ELEMENTS(texts), SOURCE_MESSAGE);
}

static void other_files_are_not_mail(void **state)
{
	static const char *const texts[] = {
		"Hello\nthis is a letter\n",
		"mv 00001.1a31cc283af0060967a233d26548a6ce a\nmv 00002 b\n",
		"#!/bin/sh\necho From: ann@example.org\n",
		"#include <stdio.h>\nint main(void)\n{\ndefault: return 0;\n}\n",
		"---\ntitle: x\ndate: 2004-01-01\nto:\n  - a\n",
		"from: a\nto: b\n",
		"HTTP/1.1 200 OK\nDate: Thu, 01 Jan 2004 10:00:00 GMT\nContent-Type: text/html\n"
		"MIME-Version: 1.0\nFrom: a\nTo: b\n\n",
		"GET /index.html HTTP/1.1\nHost: example.org\nUser-Agent: x\nFrom: a@b\nTo: b\n\n",
		"Date: Thu, 01 Jan 2004 10:00:00 GMT\nServer: x\nContent-Type: text/html\n"
		"Content-Length: 12\nX-Powered-By: y\n\n<html></html>\n",
		"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n",
		"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
		"<html><head><title>From: a</title></head></html>\n",
		"name,address\nAnn,ann@example.org\n",
		"Package: mail\nVersion: 1\nDescription: To: b\n\n",
		"10:30:01 From: a\n10:30:02 To: b\n10:30:03 Subject: c\n",
		"msgid \"\"\nmsgstr \"\"\n\"MIME-Version: 1.0\\n\"\n",
		"-----Original Message-----\nFrom: Ann\nSent: today\nTo: Ben\nSubject: hi\n\nHello\n",
		"From the beginning\nwe knew it\n",
		"V 1\ncur/1:2,S\n",
		"Note: this\nRemember: that\n",
	};

	(void)state;
	check_forms(texts, G_N_ELEMENTS(texts), SOURCE_NOT_MAIL);
}

static void binaries_are_not_mail(void **state)
{
	static const char tnef[] = "x\x9f>\x22\x00\x00From: a\nTo: b\nSubject: c\n";
	static const char catalogue[] = "\xde\x12\x04\x95\x00\x00\n\x00MIME-Version: 1.0\n"
		"Content-Transfer-Encoding: 8bit\nReceived: x\n";
	struct reading reading = reading_of_bytes(tnef, sizeof tnef);

	(void)state;
	assert_int_equal(reading.form, SOURCE_NOT_MAIL);
	assert_non_null(strstr(reading.err.message, "not mail: a TNEF attachment"));
	reading_clear(&reading);
	reading = reading_of_bytes(catalogue, sizeof catalogue);
	assert_int_equal(reading.form, SOURCE_NOT_MAIL);
	assert_non_null(strstr(reading.err.message, "no header fields"));
	reading_clear(&reading);
}

static void an_archive_is_a_container_whatever_stands_in_it(void **state)
{
	static const char zip[] = "PK\x03\x04\x00\x00From: a\nTo: b\nSubject: c\n";
	char *path = mail_write(zip, sizeof zip);
	enum source_form form;
	struct error err = { 0 };

	(void)state;
	assert_null(source_open(path, &form, &err));
	assert_int_equal(form, SOURCE_CONTAINER);
	assert_non_null(strstr(err.message, "a container"));
	mail_remove(path);
}

static void a_from_line_makes_an_mbox(void **state)
{
	static const char *const texts[] = {
		"From ann Thu Jan  1 10:00:00 2004\nSubject: one\n\nHello\n",
		"From ann Thu Jan  1 10:00:00 2004\n\nno header\n",
		"\nFrom ann Thu Jan  1 10:00:00 2004\nSubject: one\n\nHello\n",
		"From -\nSubject: one\nTo: b\n\n",
		"From ann@example.org\nReturn-Path: <a>\n\n",
	};

	(void)state;
	check_forms(texts, G_N_ELEMENTS(texts), SOURCE_MBOX);
}

static void blank_files_are_empty(void **state)
{
	static const char *const texts[] = { "", "\n", " \t\r\n\r\n", "\xef\xbb\xbf" };
	GString *blank = g_string_new(NULL);

	(void)state;
	check_forms(texts, G_N_ELEMENTS(texts), SOURCE_EMPTY);
	while (blank->len < 100000)
		g_string_append(blank, "          \n");
	assert_int_equal(form_of(blank->str), SOURCE_EMPTY);
	g_string_append(blank, "x");
	assert_int_equal(form_of(blank->str), SOURCE_NOT_MAIL);
	g_string_free(blank, TRUE);
}

static void a_message_spans_its_file(void **state)
{
	static const char text[] = "\xef\xbb\xbf\n\nFrom: ann@example.org\r\nSubject: hi\r\n\r\nHello\n\n";
	struct reading reading = reading_of_bytes(text, strlen(text));
	const struct raw_message *raw = reading_message(&reading, 0);

	(void)state;
	assert_int_equal(raw->offset, 0);
	assert_int_equal(raw->end, (int64_t)strlen(text));
	assert_int_equal(raw->size, (int64_t)strlen(text) - 5);
	assert_null(raw->envelope);
	assert_null(raw->member);
	assert_string_equal(g_ptr_array_index(reading.headers, 0),
	                    "From: ann@example.org\r\nSubject: hi\r\n\r\n");
	assert_string_equal(reading.doubts->str, "");
	reading_clear(&reading);
}

static void nonsense_before_a_header_is_noted(void **state)
{
	static const char text[] = "no. 2231\nReturn-Path: <a@example.org>\nReceived: by a\n\nHello\n";
	struct reading reading = reading_of_bytes(text, strlen(text));

	(void)state;
	assert_string_equal(reading.doubts->str, "leading-bytes@0");
	assert_string_equal(g_ptr_array_index(reading.headers, 0),
	                    "Return-Path: <a@example.org>\nReceived: by a\n\n");
	reading_clear(&reading);
}

/* The blank line at every place around the sizes in which the file is read. */
static void headers_of_any_length_are_read(void **state)
{
	static const size_t sizes[] = { 16000, 16384, 65536, 262144, 1000000 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		for (size_t more = 0; more < 6; more++) {
			GString *text = g_string_new("From: ann@example.org\nSubject: long\nX: ");
			while (text->len < sizes[i] - 3 + more)
				g_string_append_c(text, text->len % 50 == 0 ? '\n' : ' ');
			g_string_append(text, "y\n\n");
			size_t header = text->len;
			g_string_append(text, "Hello\n\nHello\n");
			struct reading reading = reading_of_bytes(text->str, text->len);
			assert_int_equal(reading_message(&reading, 0)->header_size, header);
			reading_clear(&reading);
			g_string_free(text, TRUE);
		}
	}
}

static void a_header_without_end_is_cut(void **state)
{
	GString *text = g_string_new("From: ann@example.org\nSubject: long\n");

	(void)state;
	while (text->len < SOURCE_HEADER_MAX + 1000)
		g_string_append(text, "To: everybody@example.org\n");
	struct reading reading = reading_of_bytes(text->str, text->len);
	assert_int_equal(reading.form, SOURCE_MESSAGE);
	assert_int_equal(reading_message(&reading, 0)->header_size, SOURCE_HEADER_MAX);
	reading_clear(&reading);
	g_string_free(text, TRUE);
}

static void a_message_may_end_within_its_header(void **state)
{
	static const char text[] = "From: ann@example.org\nSubject: cut o";
	struct reading reading = reading_of_bytes(text, strlen(text));

	(void)state;
	assert_string_equal(g_ptr_array_index(reading.headers, 0), text);
	reading_clear(&reading);
}

#define THREE "From a Thu Jan  1 10:00:00 2004\nTo: b\n\none\n\n" \
	"From a Thu Jan  1 10:00:00 2004\nTo: b\n\ntwo\n" \
	"From a Thu Jan  1 10:00:00 2004\nTo: b\n\nthree\n"

/* Going on at any message gives the rest with the same notes. */
static void reading_can_go_on_at_any_message(void **state)
{
	char *path = mail_write(THREE, strlen(THREE));
	struct reading whole = reading_of(path);

	(void)state;
	assert_int_equal(whole.messages->len, 3);
	for (guint from = 0; from < 3; from++) {
		enum source_form form;
		struct error err = { 0 };
		struct raw_message raw;
		struct source *source = source_open(path, &form, &err);
		assert_int_equal(source_seek(source, reading_message(&whole, from)->offset, &err), 0);
		for (guint i = from; i < 3; i++) {
			const struct raw_message *expected = reading_message(&whole, i);
			assert_int_equal(source_next(source, &raw, &err), 1);
			assert_int_equal(raw.offset, expected->offset);
			assert_int_equal(raw.size, expected->size);
			assert_int_equal(raw.note_count, expected->note_count);
		}
		assert_int_equal(source_next(source, &raw, &err), 0);
		/* Behind the last message there is nothing; back to the first one. */
		assert_int_equal(source_seek(source, (int64_t)strlen(THREE), &err), 0);
		assert_int_equal(source_next(source, &raw, &err), 0);
		assert_int_equal(source_seek(source, 0, &err), 0);
		assert_int_equal(source_next(source, &raw, &err), 1);
		assert_int_equal(raw.offset, 0);
		source_close(source);
	}
	reading_clear(&whole);
	mail_remove(path);
}

static void the_begin_of_a_file_is_its_first_message(void **state)
{
	static const char text[] = "\xef\xbb\xbf" THREE;
	char *path = mail_write(text, strlen(text));
	enum source_form form;
	struct error err = { 0 };
	struct raw_message raw;
	struct source *source = source_open(path, &form, &err);

	(void)state;
	assert_int_equal(source_seek(source, 0, &err), 0);
	assert_int_equal(source_next(source, &raw, &err), 1);
	assert_int_equal(raw.offset, 3);
	source_close(source);
	mail_remove(path);
}

static void seeking_elsewhere_is_an_error(void **state)
{
	static const int64_t offsets[] = { -1, 1, 45, 1000000 };
	char *mbox = mail_write(THREE, strlen(THREE));
	char *single = mail_write("To: b\nFrom: a\n\n", 15);
	enum source_form form;
	struct error err = { 0 };
	struct raw_message raw;
	struct source *source = source_open(mbox, &form, &err);
	struct source *message = source_open(single, &form, &err);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(offsets); i++) {
		err = (struct error){ 0 };
		assert_int_equal(source_seek(source, offsets[i], &err), -1);
		assert_non_null(strstr(err.message, mbox));
		err = (struct error){ 0 };
		assert_int_equal(source_seek(message, offsets[i], &err), -1);
		assert_non_null(strstr(err.message, single));
	}
	assert_int_equal(source_seek(message, 0, &err), 0);
	assert_int_equal(source_next(message, &raw, &err), 1);
	assert_int_equal(source_seek(message, 15, &err), 0);
	assert_int_equal(source_next(message, &raw, &err), 0);
	source_close(message);
	source_close(source);
	mail_remove(single);
	mail_remove(mbox);
}

static void spans_that_do_not_fit_are_errors(void **state)
{
	static const struct { int64_t offset, end; } bad[] = {
		{ 1, 44 }, { -1, 44 }, { 0, 0 }, { 44, 0 }, { 0, 1000000 }, { 0, 3 },
	};
	char *mbox = mail_write(THREE, strlen(THREE));
	char *single = mail_write("To: b\nFrom: a\n\n", 15);
	struct span_reader *spans = span_reader_new();
	struct raw_message raw;
	struct error err = { 0 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		err = (struct error){ 0 };
		assert_int_equal(span_read(spans, mbox, bad[i].offset, bad[i].end, &raw, &err), -1);
		assert_non_null(strstr(err.message, "the file has changed"));
	}
	err = (struct error){ 0 };
	assert_int_equal(span_read(spans, single, 1, 15, &raw, &err), -1);
	assert_int_equal(span_read(spans, single, 0, 14, &raw, &err), -1);
	assert_non_null(strstr(err.message, "the file has changed"));
	err = (struct error){ 0 };
	assert_int_equal(span_read(spans, "/nonexistent/mail", 0, 10, &raw, &err), -1);
	assert_non_null(strstr(err.message, "/nonexistent/mail: cannot open"));
	/* And after all that the reader still works. */
	err = (struct error){ 0 };
	assert_int_equal(span_read(spans, single, 0, 15, &raw, &err), 0);
	span_reader_free(spans);
	span_reader_free(NULL);
	mail_remove(single);
	mail_remove(mbox);
}

static void check_gone(struct span_reader *spans, struct raw_place place, const char *why)
{
	struct raw_message raw;
	struct error err = { 0 };

	assert_int_equal(span_find(spans, &place, &raw, &err), -1);
	if (!strstr(err.message, why))
		print_error("%s\n", err.message);
	assert_non_null(strstr(err.message, why));
}

/* THREE begins with a message of 44 bytes, its separator included. */
static void a_message_is_found_again_only_in_the_file_it_was_read_from(void **state)
{
	char *mbox = mail_write(THREE, strlen(THREE));
	struct span_reader *spans = span_reader_new();
	struct reading reading = reading_of(mbox);
	struct raw_place place = place_of(mbox, reading_message(&reading, 0)), other = place;

	(void)state;
	other.file_size++;
	check_gone(spans, other, "its size is another");
	other = place;
	other.modified_ns++;
	check_gone(spans, other, "its time stamp is another");
	other = place;
	other.offset = 1;
	check_gone(spans, other, ":1: no such message here");
	other.offset = INT64_MAX;
	check_gone(spans, other, "no such message here");
	other.offset = -1;
	check_gone(spans, other, "no such message here");
	other = place;
	other.size = INT64_MAX;
	check_gone(spans, other, "no such message here");
	other.size = -1;
	check_gone(spans, other, "no such message here");
	other = place;
	other.chain = "box.zip";
	check_gone(spans, other, "no such message here");
	other.path = "/nonexistent/mail";
	other.chain = "";
	check_gone(spans, other, "/nonexistent/mail: cannot open");
	reading_clear(&reading);
	span_reader_free(spans);
	mail_remove(mbox);
}

static void the_body_begins_behind_the_header(void **state)
{
	char *path = mail_write("From: a\rTo: b\r\rOld\rMac", 22);
	struct span_reader *spans = span_reader_new();
	struct reading reading = reading_of(path);
	struct raw_place place = place_of(path, reading_message(&reading, 0));
	struct raw_message raw;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(span_find(spans, &place, &raw, &err), 0);
	span_skip_header(spans);
	GByteArray *body = bytes_of_span(spans);
	assert_int_equal(body->len, 7);
	assert_memory_equal(body->data, "Old\rMac", 7);
	g_byte_array_unref(body);
	reading_clear(&reading);
	span_reader_free(spans);
	mail_remove(path);
}

static void check_unreadable(const char *path, const char *why)
{
	enum source_form form = SOURCE_MESSAGE;
	struct error err = { 0 };

	assert_null(source_open(path, &form, &err));
	assert_int_equal(form, SOURCE_UNREADABLE);
	assert_non_null(strstr(err.message, path));
	assert_non_null(strstr(err.message, why));
}

static void what_is_no_file_is_unreadable(void **state)
{
	char *folder = g_dir_make_tmp("mail-XXXXXX", NULL);
	char *fifo = g_build_filename(folder, "fifo", NULL);
	char *link = g_build_filename(folder, "link", NULL);

	(void)state;
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(symlink("nowhere", link), 0);
	check_unreadable(folder, "not a file but a folder");
	check_unreadable(fifo, "not a file but a FIFO");
	check_unreadable("/dev/null", "not a file but a device");
	check_unreadable(link, "cannot open");
	check_unreadable("/nonexistent/mail", "cannot open");
	g_unlink(link);
	g_unlink(fifo);
	g_rmdir(folder);
	g_free(link);
	g_free(fifo);
	g_free(folder);
}

/* Root may read everything, so the question is put as nobody. */
static void a_file_without_permission_is_unreadable(void **state)
{
	char *path = mail_write("To: b\nFrom: a\n\n", 15);
	char *folder = g_path_get_dirname(path);

	(void)state;
	assert_int_equal(chmod(folder, 0755), 0);
	assert_int_equal(chmod(path, 0), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		enum source_form form = SOURCE_MESSAGE;
		struct error err = { 0 };
		if (geteuid() == 0 && seteuid(65534) < 0)
			_exit(2);
		_exit(source_open(path, &form, &err) == NULL && form == SOURCE_UNREADABLE &&
		      strstr(err.message, "cannot open: ") != NULL ? 0 : 1);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	g_free(folder);
	mail_remove(path);
}

static char *write_large_mbox(size_t size)
{
	GString *text = g_string_new(NULL);

	while (text->len < size)
		g_string_append(text, "From a Thu Jan  1 10:00:00 2004\nTo: b\n\nHello\n\n");
	char *path = mail_write(text->str, text->len);
	g_string_free(text, TRUE);
	return path;
}

static void a_file_cut_while_it_is_read_ends_earlier(void **state)
{
	char *path = write_large_mbox(2 << 20);
	enum source_form form;
	struct error err = { 0 };
	struct raw_message raw = { 0 };
	struct source *source = source_open(path, &form, &err);
	int got = source_next(source, &raw, &err);

	(void)state;
	assert_int_equal(got, 1);
	assert_int_equal(truncate(path, 1000000), 0);
	while ((got = source_next(source, &raw, &err)) == 1)
		assert_true(raw.end <= 1000000);
	assert_int_equal(got, 0);
	assert_int_equal(raw.end, 1000000);
	source_close(source);
	mail_remove(path);
}

/* A disk that fails is played by taking the descriptor away. */
static void a_failing_read_names_file_and_offset(void **state)
{
	char *path = write_large_mbox(2 << 20);
	enum source_form form;
	struct error err = { 0 };
	struct raw_message raw = { 0 };
	int next = dup(0);
	int got;

	(void)state;
	assert_true(next >= 0);
	close(next);
	struct source *source = source_open(path, &form, &err);
	assert_int_equal(source_next(source, &raw, &err), 1);
	assert_int_equal(close(next), 0);
	while ((got = source_next(source, &raw, &err)) == 1)
		;
	assert_int_equal(got, -1);
	assert_non_null(strstr(err.message, path));
	assert_non_null(strstr(err.message, "cannot read: "));
	source_close(source);
	mail_remove(path);
}

static void names_and_sentences_are_distinct(void **state)
{
	(void)state;
	for (int a = SOURCE_MESSAGE; a <= SOURCE_UNDELIVERED; a++)
		for (int b = a + 1; b <= SOURCE_UNDELIVERED; b++)
			assert_string_not_equal(source_form_name((enum source_form)a),
			                        source_form_name((enum source_form)b));
	for (int a = DOUBT_NO_BLANK_LINE; a <= DOUBT_DELETED; a++) {
		for (int b = a + 1; b <= DOUBT_DELETED; b++) {
			assert_string_not_equal(source_doubt_name((enum source_doubt)a),
			                        source_doubt_name((enum source_doubt)b));
			assert_string_not_equal(source_doubt_text((enum source_doubt)a),
			                        source_doubt_text((enum source_doubt)b));
		}
	}
	source_close(NULL);
}

/* "From: a@example.org\n" is 20 bytes, with the blank line and the body 28. */
#define EMLX_MESSAGE "From: a@example.org\n\nHello.\n"
#define EMLX_TAIL "<?xml version=\"1.0\"?>\n<plist><dict><key>flags</key></dict></plist>\n"

static void an_emlx_file_is_a_message_between_a_count_and_a_list(void **state)
{
	(void)state;
	struct reading reading = reading_of_bytes("28      \n" EMLX_MESSAGE EMLX_TAIL,
	                                          strlen("28      \n" EMLX_MESSAGE EMLX_TAIL));
	const struct raw_message *raw = reading_message(&reading, 0);

	assert_int_equal(reading.form, SOURCE_EMLX);
	assert_int_equal(raw->offset, 9);
	assert_int_equal(raw->size, 28);
	assert_string_equal(g_ptr_array_index(reading.headers, 0), "From: a@example.org\n\n");
	assert_string_equal(reading.doubts->str, "");
	reading_clear(&reading);
}

static void an_emlx_file_can_be_cut_short(void **state)
{
	(void)state;
	struct reading reading = reading_of_bytes("999\n" EMLX_MESSAGE, strlen("999\n" EMLX_MESSAGE));

	assert_int_equal(reading.form, SOURCE_EMLX);
	assert_int_equal(reading_message(&reading, 0)->size, 28);
	assert_string_equal(reading.doubts->str, "emlx-count@0");
	reading_clear(&reading);
	/* A count that ends within the header: no more of it is read. */
	reading = reading_of_bytes("20\n" EMLX_MESSAGE, strlen("20\n" EMLX_MESSAGE));
	assert_string_equal(g_ptr_array_index(reading.headers, 0), "From: a@example.org\n");
	reading_clear(&reading);
}

static void a_number_alone_makes_no_emlx_file(void **state)
{
	static const char *const texts[] = { "28\nHello\n", "28\n", "28", "28 x\n" EMLX_MESSAGE };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		assert_int_not_equal(form_of(texts[i]), SOURCE_EMLX);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_is_known_by_its_header),
		cmocka_unit_test(other_files_are_not_mail),
		cmocka_unit_test(binaries_are_not_mail),
		cmocka_unit_test(an_archive_is_a_container_whatever_stands_in_it),
		cmocka_unit_test(a_from_line_makes_an_mbox),
		cmocka_unit_test(blank_files_are_empty),
		cmocka_unit_test(a_message_spans_its_file),
		cmocka_unit_test(nonsense_before_a_header_is_noted),
		cmocka_unit_test(headers_of_any_length_are_read),
		cmocka_unit_test(a_header_without_end_is_cut),
		cmocka_unit_test(a_message_may_end_within_its_header),
		cmocka_unit_test(reading_can_go_on_at_any_message),
		cmocka_unit_test(the_begin_of_a_file_is_its_first_message),
		cmocka_unit_test(seeking_elsewhere_is_an_error),
		cmocka_unit_test(spans_that_do_not_fit_are_errors),
		cmocka_unit_test(a_message_is_found_again_only_in_the_file_it_was_read_from),
		cmocka_unit_test(the_body_begins_behind_the_header),
		cmocka_unit_test(what_is_no_file_is_unreadable),
		cmocka_unit_test(a_file_without_permission_is_unreadable),
		cmocka_unit_test(a_file_cut_while_it_is_read_ends_earlier),
		cmocka_unit_test(a_failing_read_names_file_and_offset),
		cmocka_unit_test(names_and_sentences_are_distinct),
		cmocka_unit_test(an_emlx_file_is_a_message_between_a_count_and_a_list),
		cmocka_unit_test(an_emlx_file_can_be_cut_short),
		cmocka_unit_test(a_number_alone_makes_no_emlx_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
