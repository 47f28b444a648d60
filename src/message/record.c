/* A message as bytes: what a worker hands back, and what is read from it. */
#include "epistograph/message.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <string.h>

#define RECORD_MAGIC 0x33435245u        /* "ERC3" */

/* In front of every record, without holes, so that the same message gives the same bytes;
 * followed by the strings, each with its NUL: member
 * (if has_member), id, subject, in_reply_to, list_id, date_raw, kind_evidence, labels,
 * conversation, the references, and of each mention a byte for the role, address and name. */
struct record_head {
	int64_t offset, size, instant, received_gap_s;
	uint32_t magic, record_size;
	uint32_t mention_count, reference_count;
	int32_t utc_offset_s;
	uint32_t faults;
	uint8_t date_source, date_verdict, kind, has_member;
	uint8_t digest[16], copy_key[16];
	uint8_t has_copy_key, author_source, date_doubt;
	uint8_t enclosure;
};
G_STATIC_ASSERT(sizeof(struct record_head) == 96);

struct message_arena {
	GArray *mentions;
	GPtrArray *references;
};

static void put_string(GByteArray *out, const char *text)
{
	g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text) + 1);
}

void message_encode(const struct message *message, GByteArray *out)
{
	guint start = out->len;
	struct record_head head = {
		.offset = message->offset, .size = message->size, .instant = message->instant,
		.received_gap_s = message->received_gap_s, .magic = RECORD_MAGIC,
		.mention_count = (uint32_t)message->mention_count,
		.reference_count = (uint32_t)message->reference_count,
		.utc_offset_s = message->utc_offset_s, .faults = message->faults,
		.date_source = (uint8_t)message->date_source,
		.date_verdict = (uint8_t)message->date_verdict, .kind = (uint8_t)message->kind,
		.has_member = message->member != NULL, .has_copy_key = message->has_copy_key,
		.author_source = (uint8_t)message->author_source,
		.date_doubt = (uint8_t)message->date_doubt, .enclosure = (uint8_t)message->enclosure,
	};

	memcpy(head.digest, message->digest, sizeof head.digest);
	if (message->has_copy_key)
		memcpy(head.copy_key, message->copy_key, sizeof head.copy_key);
	g_byte_array_append(out, (const guint8 *)&head, sizeof head);
	if (message->member)
		put_string(out, message->member);
	put_string(out, message->id);
	put_string(out, message->subject);
	put_string(out, message->in_reply_to);
	put_string(out, message->list_id);
	put_string(out, message->date_raw);
	put_string(out, message->kind_evidence);
	put_string(out, message->labels);
	put_string(out, message->conversation);
	for (size_t i = 0; i < message->reference_count; i++)
		put_string(out, message->references[i]);
	for (size_t i = 0; i < message->mention_count; i++) {
		guint8 role = (guint8)message->mentions[i].role;

		g_byte_array_append(out, &role, 1);
		put_string(out, message->mentions[i].address);
		put_string(out, message->mentions[i].name);
	}

	head.record_size = out->len - start;
	memcpy(out->data + start, &head, sizeof head);
}

struct message_arena *message_arena_new(void)
{
	struct message_arena *arena = g_new0(struct message_arena, 1);

	arena->mentions = g_array_new(FALSE, FALSE, sizeof(struct mention));
	arena->references = g_ptr_array_new();
	return arena;
}

void message_arena_free(struct message_arena *arena)
{
	if (!arena)
		return;
	g_array_free(arena->mentions, TRUE);
	g_ptr_array_free(arena->references, TRUE);
	g_free(arena);
}

/* What is left of a record. A string that runs over the end makes it broken. */
struct record_rest {
	const char *at, *end;
	bool broken;
};

static const char *take_string(struct record_rest *rest)
{
	const char *text = rest->at;
	const char *end = rest->broken ? NULL : memchr(text, '\0', (size_t)(rest->end - text));

	if (!end) {
		rest->broken = true;
		return "";
	}
	rest->at = end + 1;
	return text;
}

static void take_mentions(struct record_rest *rest, uint32_t count, GArray *mentions)
{
	g_array_set_size(mentions, 0);
	while (count-- > 0 && !rest->broken) {
		struct mention mention = { 0 };

		if (rest->at == rest->end || (unsigned char)*rest->at >= ROLE_COUNT) {
			rest->broken = true;
			return;
		}
		mention.role = (enum role)*rest->at++;
		mention.address = take_string(rest);
		mention.name = take_string(rest);
		g_array_append_val(mentions, mention);
	}
}

static void take_references(struct record_rest *rest, uint32_t count, GPtrArray *references)
{
	g_ptr_array_set_size(references, 0);
	while (count-- > 0 && !rest->broken)
		g_ptr_array_add(references, (gpointer)take_string(rest));
}

static bool head_is_sound(const struct record_head *head, size_t size)
{
	return head->magic == RECORD_MAGIC && head->record_size == size &&
	       head->date_source < DATE_SOURCE_COUNT && head->date_verdict < DATE_VERDICT_COUNT &&
	       head->kind < KIND_COUNT && head->has_member <= 1 && head->has_copy_key <= 1 &&
	       head->enclosure < ENCLOSURE_COUNT &&
	       head->author_source < SENDER_SOURCE_COUNT && head->date_doubt < DATE_DOUBT_COUNT;
}

int message_decode(const uint8_t *bytes, size_t size, struct message_arena *arena,
                   struct message *message, struct error *err)
{
	struct record_head head;

	if (size < sizeof head)
		return error_set(err, "a message record of %zu bytes is too short", size);
	memcpy(&head, bytes, sizeof head);
	if (!head_is_sound(&head, size))
		return error_set(err, "not a message record of this version");

	struct record_rest rest = { (const char *)bytes + sizeof head, (const char *)bytes + size,
	                            false };
	*message = (struct message){
		.offset = head.offset, .size = head.size, .instant = head.instant,
		.received_gap_s = head.received_gap_s, .utc_offset_s = head.utc_offset_s,
		.date_source = head.date_source, .date_verdict = head.date_verdict,
		.kind = head.kind, .faults = head.faults, .has_copy_key = head.has_copy_key,
		.author_source = head.author_source, .date_doubt = head.date_doubt,
		.enclosure = head.enclosure,
	};
	memcpy(message->digest, head.digest, sizeof message->digest);
	memcpy(message->copy_key, head.copy_key, sizeof message->copy_key);
	message->member = head.has_member ? take_string(&rest) : NULL;
	message->id = take_string(&rest);
	message->subject = take_string(&rest);
	message->in_reply_to = take_string(&rest);
	message->list_id = take_string(&rest);
	message->date_raw = take_string(&rest);
	message->kind_evidence = take_string(&rest);
	message->labels = take_string(&rest);
	message->conversation = take_string(&rest);
	take_references(&rest, head.reference_count, arena->references);
	take_mentions(&rest, head.mention_count, arena->mentions);
	if (rest.broken || rest.at != rest.end)
		return error_set(err, "a message record is damaged");
	message->references = (const char *const *)arena->references->pdata;
	message->reference_count = arena->references->len;
	message->mentions = (const struct mention *)arena->mentions->data;
	message->mention_count = arena->mentions->len;
	return 0;
}

/* ---- names ---- */

static const char *const role_names[ROLE_COUNT] = {
	"from", "sender", "reply-to", "to", "cc", "bcc",
	"resent-from", "resent-to", "resent-cc", "resent-bcc", "delivered-to",
	"directory", "author", "hidden", "answered",
};
static const char *const kind_names[KIND_COUNT] = { "personal", "list", "bulk", "automatic" };
static const char *const source_names[DATE_SOURCE_COUNT] = {
	"none", "Date", "Received", "separator", "table", "submit", "delivery",
};
static const char *const verdict_names[DATE_VERDICT_COUNT] = {
	"good", "repaired", "replaced", "implausible", "missing",
};

static const char *const doubt_names[DATE_DOUBT_COUNT] = {
	"none", "early", "late", "Received", "thread", "archive",
};
static const char *const sender_names[SENDER_SOURCE_COUNT] = {
	"none", "From", "Sender", "X-Original-From", "Reply-To", "Cc", "address",
};

static const char *const enclosure_names[ENCLOSURE_COUNT] = { "none", "attached", "returned" };

static int find_name(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

const char *role_name(enum role role)
{
	return role_names[role];
}

int role_from_name(const char *name)
{
	return find_name(role_names, ROLE_COUNT, name);
}

const char *message_kind_name(enum message_kind kind)
{
	return kind_names[kind];
}

int message_kind_from_name(const char *name)
{
	return find_name(kind_names, KIND_COUNT, name);
}

const char *date_source_name(enum date_source source)
{
	return source_names[source];
}

const char *date_verdict_name(enum date_verdict verdict)
{
	return verdict_names[verdict];
}

const char *sender_source_name(enum sender_source source)
{
	return sender_names[source];
}

const char *date_doubt_name(enum date_doubt doubt)
{
	return doubt_names[doubt];
}

const char *enclosure_name(enum enclosure enclosure)
{
	return enclosure_names[enclosure];
}
