/* Print what the library reads in a message header, one JSON object a line.
 *
 * usage: headers < MESSAGE
 *        headers -m < FRAMES
 *
 * A frame is "ENVELOPE_SIZE HEADER_SIZE\n", the mbox separator line (may be empty)
 * and the header block: so that another program can split, and compare. With -q
 * nothing is printed, for timing. */
#include "epistograph/calendar.h"
#include "epistograph/message.h"
#include "epistograph/source.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_text(const char *key, const char *text)
{
	printf("\"%s\":\"", key);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
	putchar('"');
}

static void put_instant(const char *key, int64_t instant)
{
	if (instant == INSTANT_NONE)
		printf(",\"%s\":null", key);
	else
		printf(",\"%s\":%lld", key, (long long)instant);
}

static void put_message(const struct message *message)
{
	putchar('{');
	put_text("id", message->id);
	putchar(',');
	put_text("subject", message->subject);
	putchar(',');
	put_text("in_reply_to", message->in_reply_to);
	printf(",\"references\":[");
	for (size_t i = 0; i < message->reference_count; i++) {
		printf("%s{", i ? "," : "");
		put_text("id", message->references[i]);
		putchar('}');
	}
	printf("],");
	put_text("list_id", message->list_id);
	put_instant("instant", message->instant);
	if (message->utc_offset_s == UTC_OFFSET_UNKNOWN)
		printf(",\"utc_offset_s\":null");
	else
		printf(",\"utc_offset_s\":%d", (int)message->utc_offset_s);
	put_instant("received_gap_s", message->received_gap_s);
	putchar(',');
	put_text("date_source", date_source_name(message->date_source));
	putchar(',');
	put_text("date_verdict", date_verdict_name(message->date_verdict));
	putchar(',');
	put_text("date_raw", message->date_raw);
	putchar(',');
	put_text("kind", message_kind_name(message->kind));
	putchar(',');
	put_text("kind_evidence", message->kind_evidence);
	printf(",\"faults\":%u,\"mentions\":[", message->faults);
	for (size_t i = 0; i < message->mention_count; i++) {
		printf("%s{", i ? "," : "");
		put_text("role", role_name(message->mentions[i].role));
		putchar(',');
		put_text("address", message->mentions[i].address);
		putchar(',');
		put_text("name", message->mentions[i].name);
		putchar('}');
	}
	printf("],\"digest\":\"");
	for (size_t i = 0; i < sizeof message->digest; i++)
		printf("%02x", message->digest[i]);
	printf("\"}\n");
}

static GByteArray *read_all(FILE *in)
{
	GByteArray *bytes = g_byte_array_new();
	guint8 buffer[65536];
	size_t count;

	while ((count = fread(buffer, 1, sizeof buffer, in)) > 0)
		g_byte_array_append(bytes, buffer, (guint)count);
	return bytes;
}

static void parse(struct message_parser *parser, const uint8_t *bytes, size_t envelope,
                  size_t size, bool quiet)
{
	struct raw_message raw = {
		.path = "-", .size = (int64_t)size,
		.envelope = envelope ? (const char *)bytes : NULL, .envelope_size = envelope,
		.header = bytes + envelope, .header_size = MIN(size, SOURCE_HEADER_MAX),
	};
	struct message message;

	message_parse(parser, &raw, &message);
	if (!quiet)
		put_message(&message);
}

int main(int argc, char **argv)
{
	bool frames = argc > 1 && strchr(argv[1], 'm'), quiet = argc > 1 && strchr(argv[1], 'q');
	struct message_parser *parser = message_parser_new();
	GByteArray *bytes = read_all(stdin);

	if (!frames)
		parse(parser, bytes->data, 0, bytes->len, quiet);
	g_byte_array_append(bytes, (const guint8 *)"", 1);
	for (size_t at = 0; frames && at + 1 < bytes->len;) {
		char *end;
		size_t envelope = strtoul((const char *)bytes->data + at, &end, 10);
		size_t size = strtoul(end, &end, 10);

		at = (size_t)(end + 1 - (char *)bytes->data);
		if (at > bytes->len || envelope + size > bytes->len - at)
			return 2;
		parse(parser, bytes->data + at, envelope, size, quiet);
		at += envelope + size;
	}
	g_byte_array_free(bytes, TRUE);
	message_parser_free(parser);
	return fflush(stdout) ? 3 : 0;
}
