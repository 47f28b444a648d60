/* One message's header block against the parser: no crash, no hang, and a record
 * that holds nothing but clean text and survives being written and read. */
#include "epistograph/calendar.h"
#include "epistograph/message.h"
#include "epistograph/source.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool fact)
{
	if (!fact)
		abort();
}

/* Valid in XML 1.0, JSON and one line of a table. */
static void check_text(const char *text)
{
	check(g_utf8_validate(text, -1, NULL));
	for (; *text; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		check(c >= ' ' && !(c >= 0x7f && c < 0xa0) && (c & 0xfffe) != 0xfffe);
	}
}

static void check_word(const char *text)
{
	check_text(text);
	for (; *text; text = g_utf8_next_char(text))
		check(!g_unichar_isspace(g_utf8_get_char(text)));
}

static void check_message(const struct message *message)
{
	check_word(message->id);
	check_word(message->in_reply_to);
	check_text(message->subject);
	check_text(message->list_id);
	check_text(message->date_raw);
	check_text(message->kind_evidence);
	for (size_t i = 0; i < message->reference_count; i++)
		check_word(message->references[i]);
	for (size_t i = 0; i < message->mention_count; i++) {
		const struct mention *mention = &message->mentions[i];

		check((int)mention->role >= 0 && mention->role < ROLE_COUNT);
		check_word(mention->address);
		check_text(mention->name);
		check(*mention->address || *mention->name);
	}
	check((message->instant == INSTANT_NONE) == (message->date_verdict == DATE_MISSING));
	check((message->date_source == DATE_FROM_NOTHING) == (message->date_verdict == DATE_MISSING));
	check((message->kind == KIND_PERSONAL) == !*message->kind_evidence);
}

static void check_round_trip(const struct message *message)
{
	struct message_arena *arena = message_arena_new();
	GByteArray *once = g_byte_array_new(), *again = g_byte_array_new();
	struct message decoded;

	message_encode(message, once);
	check(message_decode(once->data, once->len, arena, &decoded, NULL) == 0);
	message_encode(&decoded, again);
	check(once->len == again->len && !memcmp(once->data, again->data, once->len));
	g_byte_array_free(once, TRUE);
	g_byte_array_free(again, TRUE);
	message_arena_free(arena);
}

/* The record itself as hostile input. */
static void check_decode(const uint8_t *data, size_t size)
{
	struct message_arena *arena = message_arena_new();
	struct message decoded;

	message_decode(data, size, arena, &decoded, NULL);
	message_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct message_parser *parser;
	struct raw_message raw = { .path = "fuzz", .header = data, .header_size = size,
	                           .size = (int64_t)size };
	struct message message;

	if (!parser)
		parser = message_parser_new();
	/* The first line is the separator where it looks like one. */
	const uint8_t *line = size > 5 && !memcmp(data, "From ", 5) ? memchr(data, '\n', size) : NULL;
	if (line) {
		raw.envelope = (const char *)data;
		raw.envelope_size = (size_t)(line - data);
		raw.header = line + 1;
		raw.header_size = size - raw.envelope_size - 1;
	}
	message_parse(parser, &raw, &message);
	check_message(&message);
	check_round_trip(&message);
	check_decode(data, size);
	return 0;
}
