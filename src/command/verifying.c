#include "verifying.h"

#include "content.h"
#include "interrupt.h"
#include "revisit.h"

#include "epistograph/calendar.h"
#include "epistograph/dkim_keys.h"
#include "epistograph/error.h"
#include "epistograph/message.h"
#include "epistograph/verification.h"
#include "epistograph/workers.h"

#include <string.h>

/* A message is held in memory while it is checked; no mail system takes one of this size. */
#define MESSAGE_MAX (256 << 20)

struct verifying {
	struct casefile *casefile;
	struct dkim_keys *keys;

	/* In a worker; NULL before there was need. */
	struct signature_checker *checker;
	struct message_parser *parser;
	GByteArray *bytes;
	GByteArray *result;

	GArray *list;                   /* in the parent: struct signature */
};

/* ---- results as bytes ---- */

struct result_head {                    /* followed by the reason, then by signatures */
	int32_t status, decided, unread, count;
};

struct signature_head {                 /* followed by the five texts of struct signature */
	int64_t signed_at, expires;
	uint32_t result, flags;
};

static void add_text(GByteArray *out, const char *text)
{
	g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text) + 1);
}

static void put_report(struct verifying *verifying, const struct signature_report *report,
                       bool unread, struct worker_sink *sink)
{
	struct result_head head = { (int32_t)report->status, report->decided, unread,
	                            (int32_t)report->count };
	GByteArray *out = verifying->result;

	g_byte_array_set_size(out, 0);
	g_byte_array_append(out, (const guint8 *)&head, sizeof head);
	add_text(out, report->reason);
	for (size_t i = 0; i < report->count; i++) {
		const struct signature *one = &report->list[i];
		struct signature_head own = { one->signed_at, one->expires, (uint32_t)one->result,
		                              one->flags };

		g_byte_array_append(out, (const guint8 *)&own, sizeof own);
		add_text(out, one->domain);
		add_text(out, one->selector);
		add_text(out, one->algorithm);
		add_text(out, one->reason);
		add_text(out, one->key);
	}
	sink_put(sink, out->data, out->len);
}

static const char *next_text(const uint8_t **at)
{
	const char *text = (const char *)*at;

	*at += strlen(text) + 1;
	return text;
}

/* What *report points to is in bytes and list. Returns whether the copy could not be read. */
static bool decode_report(const uint8_t *bytes, GArray *list, struct signature_report *report)
{
	const uint8_t *at = bytes + sizeof(struct result_head);
	struct result_head head;

	memcpy(&head, bytes, sizeof head);
	const char *reason = next_text(&at);

	g_array_set_size(list, 0);
	for (int32_t i = 0; i < head.count; i++) {
		struct signature_head own;

		memcpy(&own, at, sizeof own);
		at += sizeof own;
		struct signature one = {
			.result = (enum signature_result)own.result, .flags = own.flags,
			.signed_at = own.signed_at, .expires = own.expires,
		};

		one.domain = next_text(&at);
		one.selector = next_text(&at);
		one.algorithm = next_text(&at);
		one.reason = next_text(&at);
		one.key = next_text(&at);
		g_array_append_val(list, one);
	}
	*report = (struct signature_report){
		.status = (enum signature_status)head.status, .decided = head.decided,
		.reason = reason, .list = (const struct signature *)(void *)list->data,
		.count = list->len,
	};
	return head.unread != 0;
}

/* ---- in a worker ---- */

static int begin_work(struct verifying *verifying, struct error *err)
{
	if (verifying->checker)
		return 0;
	verifying->parser = message_parser_new();
	verifying->bytes = g_byte_array_new();
	verifying->checker = signature_checker_new(verifying->keys, err);
	return verifying->checker ? 0 : -1;
}

/* The domain of the author, whom From must name. The first of several is who counts. */
static const char *sender_domain(const struct message *message)
{
	if (message->author_source != SENDER_FROM_NOTHING)
		return "";
	for (size_t i = 0; i < message->mention_count; i++) {
		const char *at = strrchr(message->mentions[i].address, '@');

		if (message->mentions[i].role == ROLE_FROM && *message->mentions[i].address)
			return at ? at + 1 : "";
	}
	return "";
}

/* When the newest server had it; else when it was sent. */
static int64_t arrival_of(const struct message *message)
{
	if (message->instant == INSTANT_NONE || message->date_verdict == DATE_IMPLAUSIBLE)
		return INSTANT_NONE;
	return message->instant + (message->received_gap_s == INSTANT_NONE ? 0
	                                                                   : message->received_gap_s);
}

static int read_whole(GByteArray *bytes, struct content *content, struct error *err)
{
	const uint8_t *piece;
	size_t size;
	int got;

	g_byte_array_set_size(bytes, 0);
	while ((got = content_next_bytes(content, &piece, &size, err)) > 0) {
		if (size > MESSAGE_MAX - bytes->len)
			return error_set(err, "it is larger than %d MB", MESSAGE_MAX >> 20);
		g_byte_array_append(bytes, piece, (guint)size);
	}
	return got;
}

/* Of what Outlook or a table keeps of a message nothing can be checked. */
static int set_remade(struct signature_report *report)
{
	report->status = SIGNED_UNTESTABLE;
	report->reason = "the message is not kept as it was sent";
	return 0;
}

static int check(struct verifying *verifying, struct content *content,
                 const struct casefile_copy *copy, const struct raw_place *place,
                 struct signature_report *report, struct error *err)
{
	struct raw_message raw;
	struct message message;

	if (copy->composed)
		return set_remade(report);
	if (begin_work(verifying, err) < 0 || content_find(content, place, &raw, err) < 0)
		return -1;
	message_parse(verifying->parser, &raw, &message);
	if (memcmp(message.digest, copy->digest, sizeof copy->digest) != 0)
		return error_set(err, "the file has changed since it was read: the header here is another");
	if (!signature_possible(raw.header, raw.header_size))
		return 0;
	if (raw.record)
		return set_remade(report);
	/* The header is good no longer once the bytes are read. */
	char *domain = g_strdup(sender_domain(&message));
	struct signature_subject subject = { domain, arrival_of(&message) };
	int status = read_whole(verifying->bytes, content, err);

	if (status == 0)
		signature_check(verifying->checker, verifying->bytes->data, verifying->bytes->len,
		                &subject, report);
	g_free(domain);
	return status;
}

static void visit(void *context, struct content *content, const struct casefile_copy *copy,
                  const struct raw_place *place, struct worker_sink *sink)
{
	struct verifying *verifying = context;
	struct signature_report report = { .status = SIGNED_NOT, .decided = -1, .reason = "" };
	struct error err = { 0 };

	if (!verifying->result)
		verifying->result = g_byte_array_new();
	if (check(verifying, content, copy, place, &report, &err) == 0) {
		put_report(verifying, &report, false, sink);
		return;
	}
	report = (struct signature_report){ .status = SIGNED_UNTESTABLE, .decided = -1,
	                                    .reason = error_without_place(err.message, place->path) };
	put_report(verifying, &report, true, sink);
}

/* ---- in the parent ---- */

static int take(void *context, const struct casefile_copy *copy, const uint8_t *bytes, size_t size,
                const char *lost, struct error *err)
{
	struct verifying *verifying = context;
	struct signature_report report = { .status = SIGNED_UNTESTABLE, .decided = -1,
	                                   .reason = lost };
	bool unread = bytes ? decode_report(bytes, verifying->list, &report) : true;

	(void)size;
	return casefile_set_signatures(verifying->casefile, copy, &report, unread, err);
}

static int run(struct verifying *verifying, const struct verifying_options *options,
               struct error *err)
{
	int64_t size;

	if (casefile_set_dkim_keys(verifying->casefile, verifying->keys, err) < 0 ||
	    casefile_unchecked_size(verifying->casefile, &size, err) < 0)
		return -1;
	struct revisit_spec spec = {
		.case_path = options->case_path, .label = "checking signatures (bytes)",
		.jobs = options->jobs, .patience_s = options->patience_s,
		.progress = options->progress, .total = size,
		.context = verifying, .visit = visit, .take = take,
	};
	struct revisit *revisit = revisit_new(&spec);
	int status = casefile_walk_unchecked(verifying->casefile, revisit_add, revisit, err);

	if (revisit_end(revisit, status, err) == 0)
		return casefile_finish_signatures(verifying->casefile, err);
	struct error second = { 0 };            /* the first is the one to tell */

	casefile_commit(verifying->casefile, &second);
	return -1;
}

int verifying_run(struct casefile *casefile, struct dkim_keys *keys,
                  const struct verifying_options *options, struct error *err)
{
	struct verifying verifying = { .casefile = casefile, .keys = keys };
	struct signature_checker *checker = signature_checker_new(keys, err);
	struct interrupt interrupt;

	/* Whether there is a library is to be known before the work, not a message at a time. */
	if (!checker)
		return -1;
	signature_checker_free(checker);
	verifying.list = g_array_new(FALSE, FALSE, sizeof(struct signature));
	interrupt_begin(&interrupt);
	int status = run(&verifying, options, err);

	interrupt_end(&interrupt);
	g_array_unref(verifying.list);
	return status;
}
