/* Containers are written here byte by byte: a gzip of stored blocks, a tar. What other
 * programs write is in tests/command/170-containers.sh. */
#include "mail_fixture.h"

#include "epistograph/walk.h"

/* ---- containers ---- */

/* RFC 1952 with the stored blocks of RFC 1951. */
static GByteArray *gzip_of(const void *bytes, size_t size)
{
	static const uint8_t head[10] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 };
	GByteArray *out = g_byte_array_new();
	const uint8_t *from = bytes;

	g_byte_array_append(out, head, sizeof head);
	do {
		uint16_t part = (uint16_t)MIN(size, 60000);
		uint8_t block[5] = { part == size, (uint8_t)part, (uint8_t)(part >> 8),
		                     (uint8_t)~part, (uint8_t)(~part >> 8) };

		g_byte_array_append(out, block, sizeof block);
		g_byte_array_append(out, from, part);
		from += part;
		size -= part;
	} while (size > 0);
	g_byte_array_append(out, (const uint8_t[8]){ 0 }, 8);   /* libarchive asks for no more */
	return out;
}

/* POSIX.1-1988: ustar. */
static void tar_add(GByteArray *tar, const char *name, const void *bytes, size_t size)
{
	uint8_t head[512] = { 0 };
	unsigned sum = 0;

	g_strlcpy((char *)head, name, 100);
	g_snprintf((char *)head + 100, 8, "%07o", 0644);
	g_snprintf((char *)head + 124, 12, "%011o", (unsigned)size);
	g_snprintf((char *)head + 136, 12, "%011o", 0);
	memset(head + 148, ' ', 8);
	head[156] = '0';
	memcpy(head + 257, "ustar\0" "00", 8);
	for (size_t i = 0; i < sizeof head; i++)
		sum += head[i];
	g_snprintf((char *)head + 148, 8, "%06o", sum);
	g_byte_array_append(tar, head, sizeof head);
	g_byte_array_append(tar, bytes, (guint)size);
	g_byte_array_set_size(tar, (tar->len + 511) / 512 * 512);
}

static GByteArray *tar_end(GByteArray *tar)
{
	guint size = tar->len;

	g_byte_array_set_size(tar, size + 1024);
	memset(tar->data + size, 0, 1024);
	return tar;
}

static GByteArray *tar_new(void)
{
	return g_byte_array_new();
}

static void tar_add_text(GByteArray *tar, const char *name, const char *text)
{
	tar_add(tar, name, text, strlen(text));
}

static char *write_bytes(GByteArray *bytes)
{
	char *path = mail_write((const char *)bytes->data, bytes->len);

	g_byte_array_free(bytes, TRUE);
	return path;
}

/* ---- a walk in words ---- */

static void add_step(GString *words, const struct walk_step *step)
{
	switch (step->type) {
	case WALK_ENTER:
		g_string_append_printf(words, "<%s ", step->chain);
		break;
	case WALK_MESSAGE:
		g_string_append_printf(words, "%d+%d ", (int)step->raw.offset, (int)step->raw.size);
		break;
	case WALK_REMARK:
		g_string_append_printf(words, "!%s ", step->word);
		break;
	case WALK_LEAVE:
		g_string_append_printf(words, "%s%s%s%s>", step->word, step->lost ? " lost" : "",
		                       step->reason[0] != '\0' ? ": " : "", step->reason);
		break;
	}
}

/* The rest of a walk, which is closed. */
static char *walk_rest(struct walk *walk)
{
	GString *words = g_string_new(NULL);
	struct walk_step step = { 0 };

	while (walk_next(walk, &step) == 1)
		add_step(words, &step);
	assert_true(step.type == WALK_LEAVE || words->len > 0);
	assert_int_equal(walk_next(walk, &step), 0);
	walk_close(walk);
	return g_string_free(words, FALSE);
}

static char *walk_all(const char *path, int64_t resume, const struct walk_options *options)
{
	return walk_rest(walk_open(path, resume, options));
}

static const struct walk_options plain = { .limits = WALK_LIMITS };

static void check_walk(GByteArray *bytes, const struct walk_options *options, const char *expected)
{
	char *path = write_bytes(bytes);
	char *words = walk_all(path, 0, options);

	assert_string_equal(words, expected);
	g_free(words);
	mail_remove(path);
}

#define ONE "From: a@example.org\nTo: b@example.org\n\none\n"           /* 43 bytes */
#define SEPARATOR "From a Thu Jan  1 10:00:00 2004\n"                   /* 32 bytes */
#define BOX SEPARATOR "To: b\n\none\n\n" SEPARATOR "To: b\n\ntwo\n"     /* 44 + 43 bytes */

/* ---- the tests ---- */

static void a_file_of_mail_is_walked_through_without_members(void **state)
{
	GByteArray *bytes = g_byte_array_new();

	(void)state;
	g_byte_array_append(bytes, (const uint8_t *)BOX, strlen(BOX));
	check_walk(bytes, &plain, "0+11 44+11 mbox>");
}

static void members_are_told_of_whatever_they_are(void **state)
{
	GByteArray *inner = tar_new(), *tar = tar_new();

	(void)state;
	tar_add_text(inner, "in.mbox", BOX);
	tar_end(inner);
	tar_add_text(tar, "one.eml", ONE);
	tar_add_text(tar, "empty", "");
	tar_add(tar, "box", inner->data, inner->len);
	tar_add_text(tar, "notes", "not mail at all\n");
	g_byte_array_free(inner, TRUE);
	check_walk(tar_end(tar), &plain,
	           "<one.eml 0+43 message><empty empty: empty><box <box/in.mbox 0+11 44+11 mbox>tar>"
	           "<notes not-mail: not mail: no header fields at its begin>tar>");
}

static void what_is_only_compressed_is_no_member(void **state)
{
	GByteArray *tar = tar_new(), *twice;

	(void)state;
	check_walk(gzip_of(BOX, strlen(BOX)), &plain, "0+11 44+11 mbox in gzip>");
	tar_add_text(tar, "in.mbox", BOX);
	tar_end(tar);
	check_walk(gzip_of(tar->data, tar->len), &plain, "<in.mbox 0+11 44+11 mbox>tar in gzip>");
	twice = tar_new();
	GByteArray *packed = gzip_of(ONE, strlen(ONE));
	tar_add(twice, "one.gz", packed->data, packed->len);
	check_walk(tar_end(twice), &plain, "<one.gz 0+43 message in gzip>tar>");
	g_byte_array_free(packed, TRUE);
	g_byte_array_free(tar, TRUE);
}

static void a_list_has_no_messages(void **state)
{
	struct walk_options list = { .limits = WALK_LIMITS, .list = true };
	GByteArray *tar = tar_new();

	(void)state;
	tar_add_text(tar, "in.mbox", BOX);
	check_walk(tar_end(tar), &list, "<in.mbox mbox>tar>");
}

static void members_of_one_name_are_kept_apart(void **state)
{
	GByteArray *tar = tar_new();

	(void)state;
	tar_add_text(tar, "x", ONE);
	tar_add_text(tar, "x", ONE);
	tar_add_text(tar, "x#2", ONE);
	tar_add_text(tar, "x", ONE);
	check_walk(tar_end(tar), &plain, "<x 0+43 message><x#2 0+43 message><x#2#2 0+43 message>"
	                                 "<x#3 0+43 message>tar>");
}

/* The same bytes on disk and as a stream: where messages begin, their sizes, headers,
 * envelopes and doubts. */
static void check_alike(const char *text, size_t size)
{
	struct reading disk = reading_of_bytes(text, size), stream = reading_new();
	char *path = write_bytes(gzip_of(text, size));
	struct walk *walk = walk_open(path, 0, &plain);
	struct walk_step step;

	while (walk_next(walk, &step) == 1 && step.type == WALK_MESSAGE)
		reading_keep(&stream, &step.raw);
	assert_int_equal(step.form, disk.form);
	assert_int_equal(stream.messages->len, disk.messages->len);
	for (guint i = 0; i < disk.messages->len; i++) {
		const struct raw_message *a = reading_message(&disk, i), *b = reading_message(&stream, i);

		assert_int_equal(a->offset, b->offset);
		assert_int_equal(a->size, b->size);
		assert_int_equal(a->end, b->end);
		assert_string_equal(g_ptr_array_index(disk.headers, i),
		                    g_ptr_array_index(stream.headers, i));
		if (g_ptr_array_index(disk.envelopes, i) != NULL)
			assert_string_equal(g_ptr_array_index(disk.envelopes, i),
			                    g_ptr_array_index(stream.envelopes, i));
	}
	assert_string_equal(disk.doubts->str, stream.doubts->str);
	walk_close(walk);
	mail_remove(path);
	reading_clear(&disk);
	reading_clear(&stream);
}

static void a_stream_is_cut_like_a_file(void **state)
{
	static const char *const texts[] = {
		BOX, ONE, "", "\n\n", "nothing\n", "\xef\xbb\xbf" BOX, "\n" BOX, "junk\n\n" BOX,
		"From a Thu Jan  1 10:00:00 2004\rTo: b\r\rone\r\rFrom a Thu Jan  1 10:00:00 2004\rTo: c\r",
		SEPARATOR "To: b\n\none\n" SEPARATOR "To: b\n\ntwo\n",
		SEPARATOR "To: b\nContent-Length: 37\n\n" SEPARATOR "text\n\n" SEPARATOR "To: b\n\ntwo\n",
		SEPARATOR "To: b\nContent-Length: 99999\n\none\n\n" SEPARATOR "To: b\n\ntwo\n",
		SEPARATOR "To: b\nContent-Length: 4\n\none\n",
		SEPARATOR "To: b\nContent-Length: 5\n\none\n",
		"2231\nReturn-Path: <a@example.org>\nReceived: by a\n\nHello\n",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		check_alike(texts[i], strlen(texts[i]));
}

/* A separator, a blank line and the end at every place around the sizes in which a
 * stream is read. */
static void the_sizes_of_reading_do_not_matter(void **state)
{
	static const size_t sizes[] = { 16384, 32768, 65536, 262144 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		for (size_t more = 0; more < 40; more++) {
			GString *text = g_string_new(SEPARATOR "To: b\n\n");

			while (text->len < sizes[i] - 37 + more)
				g_string_append_c(text, text->len % 60 == 0 ? '\n' : 'F');
			g_string_append(text, "\n\n" BOX);
			check_alike(text->str, text->len);
			g_string_truncate(text, sizes[i] - 20 + more);
			check_alike(text->str, text->len);
			g_string_free(text, TRUE);
		}
	}
}

static void a_content_length_is_tried_far_ahead(void **state)
{
	GString *body = g_string_new(NULL);

	(void)state;
	while (body->len < 3 << 20)
		g_string_append(body, "a line\n\n" SEPARATOR "To: quoted\n\n");
	GString *text = g_string_new(NULL);
	g_string_append_printf(text, SEPARATOR "To: b\nContent-Length: %d\n\n%s\n" BOX, (int)body->len,
	                       body->str);
	check_alike(text->str, text->len);
	char *path = write_bytes(gzip_of(text->str, text->len));
	struct walk *walk = walk_open(path, 0, &plain);
	struct walk_step step;
	assert_int_equal(walk_next(walk, &step), 1);
	assert_int_equal(step.raw.end, text->len - strlen(BOX));
	walk_close(walk);
	mail_remove(path);
	g_string_free(text, TRUE);
	g_string_free(body, TRUE);
}

/* libarchive unpacks gzip in blocks of 64 KB and gives none that it cannot fill. */
static void what_came_before_a_fault_is_read(void **state)
{
	GString *text = g_string_new(NULL);
	int messages = 0;

	(void)state;
	while (text->len < 220000)
		g_string_append(text, SEPARATOR "To: b\n\none\n\n");
	GByteArray *packed = gzip_of(text->str, text->len);
	g_byte_array_set_size(packed, 200000);
	char *path = write_bytes(packed);
	char *words = walk_all(path, 0, &plain);
	assert_true(g_str_has_suffix(words, " mbox in gzip: damaged: truncated gzip input>"));
	for (const char *at = words; (at = strstr(at, "+11 ")) != NULL; at++)
		messages++;
	assert_in_range(messages, (200000 - 65536) / 44 - 1, 200000 / 44);
	g_free(words);
	mail_remove(path);
	g_string_free(text, TRUE);
}

static void a_flood_of_members_is_stopped_once(void **state)
{
	struct walk_options tight = { .limits = { 8, 4, 1 << 20, INT64_C(1) << 40 } };
	GByteArray *tar = tar_new();
	GString *expected = g_string_new(NULL);

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char name[16];

		g_snprintf(name, sizeof name, "%d", i);
		tar_add_text(tar, name, "");
		/* A member counts 4 KB: 1 MB is more than 256 of them, and each takes 512 bytes. */
		if (i < 256)
			g_string_append_printf(expected, "<%d empty: empty>", i);
	}
	g_string_append(expected, "tar: unpacks to more than 4 times its size: taken for a bomb, the"
	                " rest is not read>");
	check_walk(tar_end(tar), &tight, expected->str);
	g_string_free(expected, TRUE);
}

static void a_bomb_costs_itself(void **state)
{
	/* Nothing here is packed: 3 bytes that come out of one is what a bomb is taken for. */
	struct walk_options tight = { .limits = { 8, 0, 300000, 200000 } };
	GByteArray *inner = tar_new(), *tar = tar_new();
	GString *noise = g_string_new(NULL);

	(void)state;
	while (noise->len < 200000)
		g_string_append(noise, "no mail\n");
	for (int i = 0; i < 3; i++) {
		GByteArray *packed = gzip_of(noise->str, noise->len);
		GByteArray *box = tar_new();

		tar_add(box, "noise", packed->data, packed->len);
		tar_end(box);
		tar_add(inner, "box", box->data, box->len);
		g_byte_array_free(box, TRUE);
		g_byte_array_free(packed, TRUE);
	}
	tar_end(inner);
	tar_add(tar, "bomb", inner->data, inner->len);
	tar_add_text(tar, "one.eml", ONE);
	char *path = write_bytes(tar_end(tar));
	char *words = walk_all(path, 0, &tight);
	assert_non_null(strstr(words, "the rest is not read"));
	assert_null(strstr(strstr(words, "the rest is not read") + 1, "the rest is not read"));
	g_free(words);
	mail_remove(path);
	g_byte_array_free(inner, TRUE);
	g_string_free(noise, TRUE);
}

static void containers_have_a_depth(void **state)
{
	struct walk_options two = { .limits = { 2, 250, 1 << 30, INT64_C(1) << 40 } };
	GByteArray *deep = tar_new(), *middle = tar_new(), *top = tar_new();

	(void)state;
	tar_add_text(deep, "one.eml", ONE);
	tar_end(deep);
	tar_add(middle, "deep", deep->data, deep->len);
	tar_end(middle);
	tar_add(top, "middle", middle->data, middle->len);
	tar_add_text(top, "one.eml", ONE);
	char *path = write_bytes(tar_end(top));
	char *words = walk_all(path, 0, &two);
	assert_true(g_str_has_prefix(words, "<middle <middle/deep unreadable: a container in a"));
	assert_true(g_str_has_suffix(words, "not opened>tar><one.eml 0+43 message>tar>"));
	g_free(words);
	mail_remove(path);
	g_byte_array_free(deep, TRUE);
	g_byte_array_free(middle, TRUE);
}

/* From every place that a step names, the rest follows. */
static void a_walk_goes_on_where_it_was_left(void **state)
{
	GByteArray *box = tar_new(), *tar = tar_new();

	(void)state;
	tar_add_text(box, "x", ONE);
	tar_add_text(box, "y", BOX);
	tar_end(box);
	tar_add_text(tar, "x", ONE);
	tar_add(tar, "box", box->data, box->len);
	tar_add_text(tar, "box/x", BOX);
	tar_add_text(tar, "x", ONE);
	g_byte_array_free(box, TRUE);
	char *paths[] = { write_bytes(tar_end(tar)), write_bytes(gzip_of(BOX, strlen(BOX))) };
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
		char *whole = walk_all(paths[i], 0, &plain);
		struct walk *walk = walk_open(paths[i], 0, &plain);
		GString *before = g_string_new(NULL);
		struct walk_step step;
		int places = 0;

		while (walk_next(walk, &step) == 1) {
			add_step(before, &step);
			if (step.resume < 0)
				continue;
			char *rest = walk_all(paths[i], step.resume, &plain);
			char *both = g_strconcat(before->str, rest, NULL);
			assert_string_equal(both, whole);
			places++;
			g_free(both);
			g_free(rest);
		}
		assert_int_equal(places, i == 0 ? 4 : 2);
		g_string_free(before, TRUE);
		walk_close(walk);
		g_free(whole);
		mail_remove(paths[i]);
	}
}

/* Give up at step number `at`; what is told instead of it and behind it. */
static char *give_up_at(const char *path, int at, int64_t *offset)
{
	struct walk *walk = walk_open(path, 0, &plain);
	GString *words = g_string_new(NULL);
	struct walk_step step = { 0 };

	for (int i = 0; !step.last; i++) {
		if (i == at)
			*offset = walk_give_up(walk);
		assert_int_equal(walk_next(walk, &step), 1);
		add_step(words, &step);
	}
	walk_close(walk);
	return g_string_free(words, FALSE);
}

static void what_is_given_up_is_said_and_the_rest_is_read(void **state)
{
	static const struct { int64_t offset; const char *words; } expected[] = {
		{ -1, "unreadable lost>" },                                     /* the file itself */
		{ -1, "<box unreadable lost><one 0+43 message>tar>" },          /* the member */
		{ 44, "<box 0+11 mbox><one 0+43 message>tar>" },                /* its second message */
		{ 87, "<box 0+11 44+11 mbox><one 0+43 message>tar>" },          /* its end */
		{ -1, "<box 0+11 44+11 mbox>tar lost>" },                       /* the next member */
	};
	GByteArray *tar = tar_new();

	(void)state;
	tar_add_text(tar, "box", BOX);
	tar_add_text(tar, "one", ONE);
	char *path = write_bytes(tar_end(tar));
	for (int i = 0; i < (int)G_N_ELEMENTS(expected); i++) {
		int64_t offset = -2;
		char *words = give_up_at(path, i, &offset);

		assert_string_equal(words, expected[i].words);
		assert_int_equal(offset, expected[i].offset);
		g_free(words);
	}
	mail_remove(path);
}

/* Broken off after any number of steps, a walk is used for another file. */
static void nothing_is_left_of_a_walk_that_is_used_again(void **state)
{
	GByteArray *tar = tar_new();
	int got = 1, steps = 0;

	(void)state;
	tar_add_text(tar, "x", ONE);
	tar_add_text(tar, "x", BOX);
	tar_end(tar);
	char *first = write_bytes(gzip_of(tar->data, tar->len)), *again = mail_write(BOX, strlen(BOX));
	char *expected[] = { walk_all(again, 0, &plain), walk_all(first, 0, &plain) };

	for (; got == 1; steps++) {
		struct walk *walk = walk_open(first, 0, &plain);
		struct walk_step step;

		for (int i = 0; i < steps && (got = walk_next(walk, &step)) == 1; i++)
			;
		walk = walk_reopen(walk, again, 0, &plain);
		assert_int_equal(walk_next(walk, &step), 1);
		char *words = walk_rest(walk_reopen(walk, steps % 2 ? first : again, 0, &plain));
		assert_string_equal(words, expected[steps % 2]);
		g_free(words);
	}
	assert_in_range(steps, 8, 20);
	g_byte_array_free(tar, TRUE);
	g_free(expected[0]);
	g_free(expected[1]);
	mail_remove(first);
	mail_remove(again);
}

static void what_cannot_be_opened_is_said(void **state)
{
	char *words = walk_all("/nonexistent/mail", 0, &plain);

	(void)state;
	assert_string_equal(words, "unreadable: cannot open: No such file or directory>");
	g_free(words);
	walk_close(NULL);
}

static int lives;

static void count_life(void *context)
{
	++*(int *)context;
}

static void a_sign_of_life_is_given_while_bytes_come(void **state)
{
	struct walk_options watched = { .limits = WALK_LIMITS, .alive = count_life, .context = &lives };
	GString *text = g_string_new(SEPARATOR "To: b\n\n");

	(void)state;
	while (text->len < 4 << 20)
		g_string_append(text, "a line of the body\n");
	char *path = write_bytes(gzip_of(text->str, text->len));
	g_free(walk_all(path, 0, &watched));
	assert_true(lives > 60);                /* of 64 KB each */
	mail_remove(path);
	g_string_free(text, TRUE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_mail_is_walked_through_without_members),
		cmocka_unit_test(members_are_told_of_whatever_they_are),
		cmocka_unit_test(what_is_only_compressed_is_no_member),
		cmocka_unit_test(a_list_has_no_messages),
		cmocka_unit_test(members_of_one_name_are_kept_apart),
		cmocka_unit_test(a_stream_is_cut_like_a_file),
		cmocka_unit_test(the_sizes_of_reading_do_not_matter),
		cmocka_unit_test(a_content_length_is_tried_far_ahead),
		cmocka_unit_test(what_came_before_a_fault_is_read),
		cmocka_unit_test(a_flood_of_members_is_stopped_once),
		cmocka_unit_test(a_bomb_costs_itself),
		cmocka_unit_test(containers_have_a_depth),
		cmocka_unit_test(a_walk_goes_on_where_it_was_left),
		cmocka_unit_test(what_is_given_up_is_said_and_the_rest_is_read),
		cmocka_unit_test(nothing_is_left_of_a_walk_that_is_used_again),
		cmocka_unit_test(what_cannot_be_opened_is_said),
		cmocka_unit_test(a_sign_of_life_is_given_while_bytes_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
