#include "epistograph/message.h"

#include "address.h"
#include "author.h"
#include "copy.h"
#include "date.h"
#include "gmail.h"
#include "ids.h"
#include "kind.h"
#include "sha.h"

#include "epistograph/calendar.h"
#include "epistograph/source.h"

#include <string.h>

/* Longer texts are cut. Subjects of over 8 kB are met: a patch to every page of a
 * manual, naming each. */
#define TEXT_SIZE_MAX (64 << 10)
#define LIST_ID_SIZE_MAX 255            /* RFC 2919 */

struct message_parser {
	struct decoder *decoder;
	struct address_reader *addresses;
	struct kind_judge *judge;

	/* Of the current message. */
	GStringChunk *strings;
	GArray *mentions;               /* struct mention */
	GArray *originals;              /* the same, of X-Original-From and X-Original-Sender */
	struct mention x_from;          /* what X-From says; address and name "" if nothing */
	GPtrArray *references;          /* const char * */
	GArray *digested;               /* struct field: what the digest is made from */
	GByteArray *digest_input;
	GPtrArray *key_texts;           /* const char * */
	struct sha sha;
	GString *scratch;
	int64_t chain[CHAIN_MAX];       /* times of Received fields, topmost first */
	int chain_count;
	struct date date;
	enum date_form date_form;       /* of the first Date that can be read */
	bool has_date;
};

struct message_parser *message_parser_new(void)
{
	struct message_parser *parser = g_new0(struct message_parser, 1);

	parser->decoder = decoder_new();
	parser->addresses = address_reader_new(parser->decoder);
	parser->judge = kind_judge_new();
	parser->strings = g_string_chunk_new(16 << 10);
	parser->mentions = g_array_new(FALSE, FALSE, sizeof(struct mention));
	parser->originals = g_array_new(FALSE, FALSE, sizeof(struct mention));
	parser->references = g_ptr_array_new();
	parser->digested = g_array_new(FALSE, FALSE, sizeof(struct field));
	parser->digest_input = g_byte_array_new();
	sha_init(&parser->sha);
	parser->key_texts = g_ptr_array_new();
	parser->scratch = g_string_new(NULL);
	return parser;
}

void message_parser_free(struct message_parser *parser)
{
	if (!parser)
		return;
	g_string_free(parser->scratch, TRUE);
	g_ptr_array_free(parser->key_texts, TRUE);
	g_byte_array_free(parser->digest_input, TRUE);
	sha_clear(&parser->sha);
	g_array_free(parser->digested, TRUE);
	g_ptr_array_free(parser->references, TRUE);
	g_array_free(parser->originals, TRUE);
	g_array_free(parser->mentions, TRUE);
	g_string_chunk_free(parser->strings);
	kind_judge_free(parser->judge);
	address_reader_free(parser->addresses);
	decoder_free(parser->decoder);
	g_free(parser);
}

static const char *keep(struct message_parser *parser, const char *text, size_t size)
{
	return size ? g_string_chunk_insert_len(parser->strings, text, (gssize)size) : "";
}

/* Cut at `most` bytes, before a character that would be cut in two and before an
 * encoded word that would. */
static struct slice cut(struct slice value, size_t most, unsigned *faults)
{
	if (value.size <= most)
		return value;
	*faults |= FAULT_CUT;
	value.size = most;
	while (value.size && ((unsigned char)value.at[value.size] & 0xc0) == 0x80)
		value.size--;
	for (size_t back = 0; back < 80 && back < value.size; back++)   /* RFC 2047: at most 75 */
		if (is_blank(value.at[value.size - back - 1]))
			return slice_trim((struct slice){ value.at, value.size - back });
	return value;
}

/* A text value, decoded and clean. */
static const char *read_text(struct message_parser *parser, struct slice value, size_t most,
                             unsigned *faults)
{
	value = cut(value, most, faults);
	if (decode_is_plain(value))
		return keep(parser, value.at, value.size);

	const char *text = decode_text(parser->decoder, value);
	return keep(parser, text, strlen(text));
}

/* "Friends of trees <trees.example.org>" gives the identifier; some write it bare. */
static const char *read_list_id(struct message_parser *parser, struct slice value,
                                unsigned *faults)
{
	const char *open = memrchr(value.at, '<', value.size);
	const char *close = open ? memchr(open, '>', value.size - (size_t)(open - value.at)) : NULL;

	if (close && close > open + 1)
		value = (struct slice){ open + 1, (size_t)(close - open - 1) };

	const char *text = read_text(parser, value, LIST_ID_SIZE_MAX, faults);
	char *lower = g_ascii_strdown(text, -1);
	text = keep(parser, lower, strlen(lower));
	g_free(lower);
	return text;
}

static const char *read_labels(struct message_parser *parser, struct slice value,
                               unsigned *faults)
{
	const char *text = read_text(parser, value, TEXT_SIZE_MAX, faults);

	return gmail_read_labels(parser->strings, text, value.size > TEXT_SIZE_MAX);
}

/* ---- dates ---- */

static void take_date(struct message_parser *parser, const struct field *field,
                      struct message *message)
{
	if (!parser->has_date)
		message->date_raw = read_text(parser, field->value, TEXT_SIZE_MAX,
		                              &message->faults);
	parser->has_date = true;
	if (parser->date_form == DATE_UNREADABLE)
		parser->date_form = date_read(field->value, &parser->date);
}

static void take_received(struct message_parser *parser, const struct field *field)
{
	struct date date;

	if (parser->chain_count < CHAIN_MAX && date_read_received(field->value, &date) &&
	    date_is_plausible(date.instant))
		parser->chain[parser->chain_count++] = date.instant;
}

/* No usable Date: what else says when it was. */
static void replace_date(const struct raw_message *raw, int64_t received,
                         struct message *message)
{
	struct slice envelope = { raw->envelope, raw->envelope_size };
	struct date date;

	message->utc_offset_s = UTC_OFFSET_UNKNOWN;
	if (received != INSTANT_NONE) {
		message->instant = received;
		message->date_source = DATE_FROM_RECEIVED;
		message->date_verdict = DATE_REPLACED;
	} else if (raw->envelope && date_read_separator(envelope, &date)) {
		message->instant = date.instant;
		message->date_source = DATE_FROM_SEPARATOR;
		message->date_verdict = DATE_REPLACED;
	} else {
		message->instant = INSTANT_NONE;
		message->date_source = DATE_FROM_NOTHING;
		message->date_verdict = DATE_MISSING;
	}
}

/* A Date that can be read: where from, and how good that is. */
static void take_over_date(struct message_parser *parser, const struct raw_message *raw,
                           struct message *message)
{
	static const enum date_source sources[] = {
		[RECORD_DATE_NONE] = DATE_FROM_DATE, [RECORD_DATE_TABLE] = DATE_FROM_TABLE,
		[RECORD_DATE_SUBMIT] = DATE_FROM_SUBMIT, [RECORD_DATE_DELIVERY] = DATE_FROM_DELIVERY,
	};

	message->instant = parser->date.instant;
	message->utc_offset_s = parser->date.utc_offset_s;
	message->date_source = sources[raw->record_date];
	if (raw->record_date == RECORD_DATE_DELIVERY)
		message->date_verdict = DATE_REPLACED;
	else if (raw->record_date != RECORD_DATE_NONE || parser->date_form == DATE_STANDARD)
		message->date_verdict = DATE_GOOD;
	else
		message->date_verdict = DATE_REPAIRED;
}

/* What the header itself says against its Date. */
static enum date_doubt doubt_of(const struct message *message)
{
	int64_t gap = message->received_gap_s;

	if (!date_is_plausible(message->instant))
		return message->instant < FIRST_PLAUSIBLE ? DOUBT_EARLY : DOUBT_LATE;
	return gap != INSTANT_NONE && (gap > CHAIN_DISTANCE_MAX_S || gap < -CHAIN_DISTANCE_MAX_S)
	       ? DOUBT_RECEIVED : DOUBT_NONE;
}

static void settle_date(struct message_parser *parser, const struct raw_message *raw,
                        struct message *message)
{
	int64_t received = date_newest_of_chain(parser->chain, parser->chain_count);

	message->received_gap_s = INSTANT_NONE;
	if (parser->date_form == DATE_UNREADABLE) {
		message->faults |= parser->has_date ? FAULT_BAD_DATE : FAULT_NO_DATE;
		replace_date(raw, received, message);
	} else {
		take_over_date(parser, raw, message);
	}
	if (received != INSTANT_NONE && message->instant != INSTANT_NONE)
		message->received_gap_s = received - message->instant;
	if (parser->date_form != DATE_UNREADABLE)
		message->date_doubt = doubt_of(message);
	if (message->date_doubt)
		message->date_verdict = DATE_IMPLAUSIBLE;
}

/* ---- digest ---- */

static void append_squeezed(GByteArray *out, struct slice value)
{
	guint start = out->len;

	g_byte_array_set_size(out, start + (guint)value.size + 1);

	guint8 *to = out->data + start;
	bool in_blank = true;
	for (size_t i = 0; i < value.size; i++) {
		bool blank = is_blank(value.at[i]);

		if (!blank || !in_blank)
			*to++ = blank ? ' ' : (guint8)value.at[i];
		in_blank = blank;
	}
	*to++ = '\n';                   /* no value holds one */
	g_byte_array_set_size(out, (guint)(to - out->data));
}

static void make_digest(struct message_parser *parser, const struct raw_message *raw,
                        struct message *message)
{
	static const enum field_id order[] = {
		FIELD_FROM, FIELD_SENDER, FIELD_TO, FIELD_CC, FIELD_DATE, FIELD_SUBJECT,
		FIELD_MESSAGE_ID,
	};
	GByteArray *input = parser->digest_input;

	g_byte_array_set_size(input, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(order); i++) {
		for (guint f = 0; f < parser->digested->len; f++) {
			const struct field *field =
				&g_array_index(parser->digested, struct field, f);

			if (field->id == order[i])
				append_squeezed(input, field->value);
		}
		g_byte_array_append(input, (const guint8 *)"\n", 1);
	}
	if (!*message->id) {
		char size[32];
		int length = g_snprintf(size, sizeof size, "%" G_GINT64_FORMAT, message->size);

		g_byte_array_append(input, (const guint8 *)size, (guint)length);
		if (raw->header_size)
			g_byte_array_append(input, raw->header, (guint)raw->header_size);
	}
	sha_begin(&parser->sha);
	sha_add(&parser->sha, input->data, input->len);
	sha_end(&parser->sha, message->digest);
}

/* ---- fields ---- */

/* Original-Recipient has a type of address in front, X-Apparently-To the host and
 * the time behind. */
static struct slice delivered_address(struct slice value)
{
	static const char type[] = "rfc822;", via[] = " via ";
	const char *end = memmem(value.at, value.size, via, sizeof via - 1);

	if (end)
		value.size = (size_t)(end - value.at);
	if (slice_starts(value, type))
		value = (struct slice){ value.at + sizeof type - 1, value.size - (sizeof type - 1) };
	return value;
}

/* "Ann Lee/Sales/Org@Org" is a name of Lotus Notes: its first part is the person's. */
static struct slice without_units(struct slice value)
{
	const char *slash = memchr(value.at, '/', value.size);

	if (slash && slash > value.at && !memchr(value.at, '<', value.size))
		value.size = (size_t)(slash - value.at);
	return slice_trim(value);
}

static void take_field(struct message_parser *parser, const struct field *field,
                       struct message *message)
{
	switch (field->id) {
	case FIELD_FROM: case FIELD_SENDER: case FIELD_REPLY_TO: case FIELD_TO: case FIELD_CC:
	case FIELD_BCC: case FIELD_RESENT_FROM: case FIELD_RESENT_TO: case FIELD_RESENT_CC:
	case FIELD_RESENT_BCC:
		message->faults |= address_read_list(parser->addresses, field->value,
		                                     (enum role)field->id, parser->mentions);
		break;
	case FIELD_DELIVERED_TO:
		message->faults |= address_read_list(parser->addresses,
		                                     delivered_address(field->value),
		                                     ROLE_DELIVERED_TO, parser->mentions);
		break;
	case FIELD_ORIGINAL_FROM:
		address_read_list(parser->addresses, field->value, ROLE_FROM, parser->originals);
		break;
	case FIELD_ORIGINAL_SENDER:
		address_read_list(parser->addresses, field->value, ROLE_SENDER, parser->originals);
		break;
	case FIELD_X_FROM:
		parser->x_from = address_read_one(parser->addresses, without_units(field->value),
		                                  ROLE_DIRECTORY);
		break;
	case FIELD_DATE:
		take_date(parser, field, message);
		break;
	case FIELD_RECEIVED:
		take_received(parser, field);
		break;
	case FIELD_MESSAGE_ID:
		if (!*message->id)
			message->id = ids_read_one(parser->decoder, parser->strings, field->value,
			                           &message->faults);
		break;
	case FIELD_IN_REPLY_TO:
		if (!*message->in_reply_to)
			message->in_reply_to = ids_read_one(parser->decoder, parser->strings,
			                                    field->value, &message->faults);
		break;
	case FIELD_REFERENCES:
		ids_read_all(parser->decoder, parser->strings, field->value, parser->references,
		             &message->faults);
		break;
	case FIELD_SUBJECT:
		if (!*message->subject)
			message->subject = read_text(parser, field->value, TEXT_SIZE_MAX,
			                             &message->faults);
		break;
	case FIELD_LIST_ID:
		if (!*message->list_id)
			message->list_id = read_list_id(parser, field->value, &message->faults);
		break;
	case FIELD_GMAIL_LABELS:
		if (!*message->labels)
			message->labels = read_labels(parser, field->value, &message->faults);
		break;
	case FIELD_GMAIL_THREAD:
		if (!*message->conversation)
			message->conversation = gmail_read_conversation(parser->strings,
			                                                field->value);
		break;
	case FIELD_OTHER:
		break;
	}
}

static bool is_digested(enum field_id id)
{
	return id == FIELD_FROM || id == FIELD_SENDER || id == FIELD_TO || id == FIELD_CC ||
	       id == FIELD_DATE || id == FIELD_SUBJECT || id == FIELD_MESSAGE_ID;
}

static bool names_recipient(enum role role)
{
	return role == ROLE_TO || role == ROLE_CC || role == ROLE_BCC || role == ROLE_RESENT_TO ||
	       role == ROLE_RESENT_CC || role == ROLE_RESENT_BCC;
}

/* The From that is the only one; NULL if there are others or none. */
static struct mention *only_from(struct message_parser *parser)
{
	struct mention *from = NULL;

	for (guint i = 0; i < parser->mentions->len; i++) {
		struct mention *mention = &g_array_index(parser->mentions, struct mention, i);

		if (mention->role == ROLE_FROM && from)
			return NULL;
		if (mention->role == ROLE_FROM)
			from = mention;
	}
	return from;
}

/* Archives that went through Exchange may have lost the names of From: X-From has
 * them, and the sender's entry in the directory. */
static void take_x_from(struct message_parser *parser)
{
	const struct mention *x_from = &parser->x_from;
	struct mention *from = *x_from->name || *x_from->address ? only_from(parser) : NULL;

	if (from && *from->address && !*from->name && !strchr(x_from->name, '@'))
		from->name = x_from->name;
	if (x_from->address[0] == '/' && parser->mentions->len < MENTIONS_MAX)
		g_array_append_val(parser->mentions, *x_from);
}

static void add_author(struct message_parser *parser, struct message *message)
{
	struct mention author;

	message->author_source = author_find(parser->mentions, parser->originals, message->list_id,
	                                     parser->strings, &author);
	if (message->author_source)
		g_array_append_val(parser->mentions, author);
}

/* Who sent it, and whether it names anybody it was sent to. */
static void settle_people(struct message_parser *parser, struct message *message)
{
	bool has_from = false, has_recipient = false;

	for (guint i = 0; i < parser->mentions->len; i++) {
		const struct mention *mention = &g_array_index(parser->mentions, struct mention, i);

		if (!*mention->address)
			continue;
		if (mention->role == ROLE_FROM && !has_from)
			kind_judge_sender(parser->judge, mention->address);
		has_from |= mention->role == ROLE_FROM;
		has_recipient |= names_recipient(mention->role);
	}
	message->faults |= has_from ? 0 : FAULT_NO_FROM;
	message->faults |= has_recipient ? 0 : FAULT_NO_RECIPIENT;
	message->faults |= *message->id ? 0 : FAULT_NO_MESSAGE_ID;
	take_x_from(parser);
	add_author(parser, message);
	message->mentions = (const struct mention *)parser->mentions->data;
	message->mention_count = parser->mentions->len;
}

static void begin(struct message_parser *parser, const struct raw_message *raw,
                  struct message *message)
{
	*message = (struct message){
		.path = raw->path, .member = raw->member, .offset = raw->offset, .size = raw->size,
		.enclosure = raw->enclosure,
		.id = "", .subject = "", .in_reply_to = "", .list_id = "", .date_raw = "",
		.labels = "", .conversation = "",
	};
	g_string_chunk_clear(parser->strings);
	g_array_set_size(parser->mentions, 0);
	g_array_set_size(parser->originals, 0);
	parser->x_from = (struct mention){ ROLE_DIRECTORY, "", "" };
	g_ptr_array_set_size(parser->references, 0);
	g_array_set_size(parser->digested, 0);
	address_reader_begin(parser->addresses);
	kind_judge_begin(parser->judge);
	parser->chain_count = 0;
	parser->date_form = DATE_UNREADABLE;
	parser->has_date = false;
}

void message_parse(struct message_parser *parser, const struct raw_message *raw,
                   struct message *message)
{
	struct header_reader reader;
	struct field field;
	bool any = false;

	begin(parser, raw, message);
	if (raw->header_size >= SOURCE_HEADER_MAX)
		message->faults |= FAULT_CUT;
	if (raw->composed)
		message->faults |= FAULT_COMPOSED;
	header_reader_init(&reader, raw->header, raw->header_size);
	while (header_next(&reader, &field)) {
		any = true;
		kind_judge_field(parser->judge, &field);
		take_field(parser, &field, message);
		if (is_digested(field.id))
			g_array_append_val(parser->digested, field);
	}
	if (!any)
		message->faults |= FAULT_NO_HEADER;
	settle_people(parser, message);
	settle_date(parser, raw, message);
	message->kind = kind_judge_end(parser->judge, &message->kind_evidence);
	message->references = (const char *const *)parser->references->pdata;
	message->reference_count = parser->references->len;
	make_digest(parser, raw, message);
	copy_make_key(message, &parser->sha, parser->digest_input, parser->key_texts);
}
