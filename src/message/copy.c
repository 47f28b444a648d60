/* Copies under other Message-IDs: the key that makes a suspicion, the digest that confirms it. */
#include "copy.h"

#include <string.h>

/* ---- the key ---- */

static const char *sender_of(const struct message *message)
{
	static const enum role roles[] = { ROLE_FROM, ROLE_SENDER };

	for (size_t r = 0; r < G_N_ELEMENTS(roles); r++)
		for (size_t i = 0; i < message->mention_count; i++)
			if (message->mentions[i].role == roles[r] && *message->mentions[i].address)
				return message->mentions[i].address;
	return NULL;
}

/* With its NUL, so that no two rows of texts give the same bytes. */
static void append(GByteArray *input, const char *text)
{
	g_byte_array_append(input, (const guint8 *)text, (guint)strlen(text) + 1);
}

/* In decimal; printf() would take longer than the hash. */
static void append_number(GByteArray *input, int64_t number)
{
	char text[24], *at = text + sizeof text - 1;
	uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;

	*at = '\0';
	do {
		*--at = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (number < 0)
		*--at = '-';
	append(input, at);
}

/* Each run of blanks as one: folding is all that copies of a subject differ in. */
static void append_squeezed(GByteArray *input, const char *text)
{
	for (;;) {
		size_t word = strcspn(text, " ");

		g_byte_array_append(input, (const guint8 *)text, (guint)word);
		text += word;
		text += strspn(text, " ");
		if (!*text)
			break;
		g_byte_array_append(input, (const guint8 *)" ", 1);
	}
	g_byte_array_append(input, (const guint8 *)"", 1);
}

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Those named in a role, in an order of their own, each once. */
static void append_role(GByteArray *input, const struct message *message, enum role role,
                        GPtrArray *texts)
{
	g_ptr_array_set_size(texts, 0);
	for (size_t i = 0; i < message->mention_count; i++) {
		const struct mention *mention = &message->mentions[i];

		if (mention->role == role)
			g_ptr_array_add(texts, (char *)(*mention->address ? mention->address
			                                                  : mention->name));
	}
	g_ptr_array_sort(texts, compare_texts);
	for (guint i = 0; i < texts->len; i++)
		if (i == 0 || strcmp(texts->pdata[i], texts->pdata[i - 1]) != 0)
			append(input, texts->pdata[i]);
	g_byte_array_append(input, (const guint8 *)"", 1);
}

void copy_make_key(struct message *message, struct sha *sha, GByteArray *input, GPtrArray *texts)
{
	const char *sender = sender_of(message);

	message->has_copy_key = sender && (message->date_source == DATE_FROM_DATE ||
	                                   message->date_source == DATE_FROM_SUBMIT);
	if (!message->has_copy_key)
		return;
	g_byte_array_set_size(input, 0);
	append(input, sender);
	append_number(input, message->instant);
	append_squeezed(input, message->subject);
	append_role(input, message, ROLE_TO, texts);
	append_role(input, message, ROLE_CC, texts);
	sha_begin(sha);
	sha_add(sha, input->data, input->len);
	sha_end(sha, message->copy_key);
}

/* ---- the body ---- */

static const char from_word[] = "From ";

struct body_digest {
	struct sha sha;
	uint8_t kept[4096];             /* squeezed, not hashed yet */
	size_t kept_size;
	bool lead;                      /* nothing but ">" on this line so far */
	uint64_t quotes;                /* how many of them, held back */
	size_t matched;                 /* bytes of from_word behind them, held back */
};

struct body_digest *body_digest_new(void)
{
	struct body_digest *digest = g_new0(struct body_digest, 1);

	sha_init(&digest->sha);
	return digest;
}

void body_digest_free(struct body_digest *digest)
{
	if (!digest)
		return;
	sha_clear(&digest->sha);
	g_free(digest);
}

void body_digest_begin(struct body_digest *digest)
{
	sha_begin(&digest->sha);
	digest->kept_size = digest->matched = 0;
	digest->quotes = 0;
	digest->lead = true;
}

static inline void keep(struct body_digest *digest, uint8_t byte)
{
	if (digest->kept_size == sizeof digest->kept) {
		sha_add(&digest->sha, digest->kept, digest->kept_size);
		digest->kept_size = 0;
	}
	digest->kept[digest->kept_size++] = byte;
}

/* It was no quoted separator: what was held back is text. The blank of from_word is
 * never held back. */
static void release(struct body_digest *digest)
{
	for (; digest->quotes > 0; digest->quotes--)
		keep(digest, '>');
	for (size_t i = 0; i < digest->matched; i++)
		keep(digest, (uint8_t)from_word[i]);
	digest->matched = 0;
	digest->lead = false;
}

static bool is_white(uint8_t byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* A byte of a line of which nothing but ">" and the begin of from_word was seen: true
 * if it is dealt with. */
static bool take_lead(struct body_digest *digest, uint8_t byte)
{
	if (byte == '>' && digest->matched == 0) {
		digest->quotes++;
		return true;
	}
	if (byte == (uint8_t)from_word[digest->matched]) {
		if (++digest->matched < sizeof from_word - 1)
			return true;
		digest->quotes = 0;             /* whatever quotes it has are of a mailbox */
		digest->matched--;
		release(digest);
		return true;
	}
	release(digest);
	return false;
}

void body_digest_add(struct body_digest *digest, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (digest->lead && take_lead(digest, bytes[i]))
			continue;
		if (!is_white(bytes[i]))
			keep(digest, bytes[i]);
		else if (bytes[i] == '\n' || bytes[i] == '\r')
			digest->lead = true;
	}
}

void body_digest_end(struct body_digest *digest, uint8_t out[static 16])
{
	release(digest);
	sha_add(&digest->sha, digest->kept, digest->kept_size);
	sha_end(&digest->sha, out);
}
