/* The bytes of messages, taken from their files again. */
#include "letters.h"

#include "content.h"

#include "epistograph/error.h"
#include "epistograph/path.h"

#include <string.h>

struct raw_reader {
	struct content *content;
	struct message_parser *parser;
	char *folder;                   /* that files are seen from */
};

static void raw_reader_init(struct raw_reader *reader, const char *case_path)
{
	*reader = (struct raw_reader){
		.content = content_new(),
		.parser = message_parser_new(),
		.folder = path_folder_of(case_path),
	};
}

static void raw_reader_clear(struct raw_reader *reader)
{
	content_free(reader->content);
	message_parser_free(reader->parser);
	g_free(reader->folder);
}

/* Find the copy again; it must have the header that was read then. */
static int find(struct raw_reader *reader, const struct letter_place *place,
                struct raw_message *raw, struct error *err)
{
	char *path = g_canonicalize_filename(place->path, reader->folder);
	struct raw_place wanted = {
		.path = path, .chain = place->chain, .member = place->member, .offset = place->offset,
		.size = place->size, .enclosure = place->enclosure, .outer_size = place->outer_size,
		.file_size = place->file_size, .modified_ns = place->modified_ns,
	};
	struct message message;
	int status = content_find(reader->content, &wanted, raw, err);

	if (status == 0) {
		message_parse(reader->parser, raw, &message);
		if (memcmp(message.digest, place->digest, sizeof message.digest) != 0)
			status = error_at(err, path, place->offset, "the file has changed since it was "
			                  "read (the header here is another): read it again");
	}
	g_free(path);
	return status;
}

int letters_write_raw(FILE *out, const struct letter *letter, const struct letter_place *place,
                      const char *case_path, struct error *err)
{
	struct raw_reader reader;
	struct raw_message raw;
	const uint8_t *bytes;
	size_t size;

	raw_reader_init(&reader, case_path);
	int got = find(&reader, place ? place : &letter->places[0], &raw, err);

	if (got == 0) {
		while ((got = content_next_bytes(reader.content, &bytes, &size, err)) > 0)
			fwrite(bytes, 1, size, out);
	}
	raw_reader_clear(&reader);
	return got;
}

/* ---- a mailbox ---- */

static const char from_word[] = "From ";

/* Lines as they go into a mailbox. Of a line that is ">" again and again and then
 * "From ", it is all the same where the further ">" stands. */
struct quoting {
	FILE *out;
	bool lead;                      /* nothing but ">" on this line so far */
	size_t matched;                 /* bytes of from_word behind that, held back */
	bool ended;                     /* the last byte was a newline */
};

static void put_quoted(struct quoting *quoting, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t c = bytes[i];

		if (quoting->lead && c == (uint8_t)from_word[quoting->matched]) {
			if (++quoting->matched < sizeof from_word - 1)
				continue;
			fprintf(quoting->out, ">%s", from_word);
			quoting->lead = quoting->ended = false;
			quoting->matched = 0;
			continue;
		}
		fwrite(from_word, 1, quoting->matched, quoting->out);
		putc(c, quoting->out);
		quoting->ended = c == '\n';
		quoting->lead = quoting->ended || (quoting->lead && !quoting->matched && c == '>');
		quoting->matched = 0;
	}
}

static int put_in_mbox(FILE *out, struct raw_reader *reader, const struct letter *letter,
                       struct error *err)
{
	struct quoting quoting = { .out = out, .lead = true };
	struct raw_message raw;
	const uint8_t *bytes;
	size_t size;

	if (find(reader, &letter->places[0], &raw, err) < 0)
		return -1;
	if (raw.envelope)
		fwrite(raw.envelope, 1, raw.envelope_size, out);
	else
		fputs("From mboxrd@z Thu Jan  1 00:00:00 1970", out);
	putc('\n', out);
	int got;

	while ((got = content_next_bytes(reader->content, &bytes, &size, err)) > 0)
		put_quoted(&quoting, bytes, size);
	fwrite(from_word, 1, quoting.matched, out);
	if (!quoting.ended || quoting.matched)
		putc('\n', out);
	putc('\n', out);
	return got;
}

/* Row ids are given in the order of reading. */
static int compare_ids(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

int letters_write_mbox(FILE *out, struct letter_reader *reader, const GArray *messages,
                       const char *case_path, struct error *err)
{
	GArray *ordered = g_array_copy((GArray *)messages);
	struct raw_reader raw;
	struct letter letter;
	int status = 0;

	g_array_sort(ordered, compare_ids);
	raw_reader_init(&raw, case_path);
	for (guint i = 0; i < ordered->len && status == 0; i++) {
		status = letter_read(reader, g_array_index(ordered, int64_t, i), &letter, err);
		if (status == 0)
			status = put_in_mbox(out, &raw, &letter, err);
	}
	raw_reader_clear(&raw);
	g_array_unref(ordered);
	return status;
}
