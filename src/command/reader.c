#include "reader.h"

#include "piece.h"

#include "epistograph/attached.h"
#include "epistograph/error.h"
#include "epistograph/message.h"
#include "epistograph/workers.h"

#include <glib.h>

#include <string.h>

/* ---- results as bytes ---- */

struct result_head {            /* followed by notes and messages, or by word and text */
	uint32_t type;
	uint32_t form;
	uint32_t note_count;
	uint32_t lost;
	uint32_t attached_faults;
	uint32_t unused;                /* no bytes without a value go from process to process */
	int64_t resume, position, offset, size;
};

static GByteArray *begin_result(struct reader *reader, const struct result_head *head)
{
	GByteArray *out = reader->result;

	g_byte_array_set_size(out, 0);
	g_byte_array_append(out, (const guint8 *)head, sizeof *head);
	return out;
}

static void add_text(GByteArray *out, const char *text)
{
	g_byte_array_append(out, (const guint8 *)text, (guint)strlen(text) + 1);
}

static void put(struct worker_sink *sink, const GByteArray *out)
{
	sink_put(sink, out->data, out->len);
}

/* Append a message behind the size of its record. */
static void add_message(struct reader *reader, GByteArray *out, const struct raw_message *raw)
{
	struct message message;
	guint start = out->len;
	uint32_t size = 0;

	message_parse(reader->parser, raw, &message);
	g_byte_array_append(out, (const guint8 *)&size, sizeof size);
	message_encode(&message, out);
	size = (uint32_t)(out->len - start - sizeof size);
	memcpy(out->data + start, &size, sizeof size);
}

static void begin_message(struct reader *reader, const struct raw_message *raw,
                          const struct source_note *notes, size_t note_count, int64_t resume,
                          int64_t position)
{
	struct result_head head = { .type = RESULT_MESSAGE, .note_count = (uint32_t)note_count,
	                            .resume = resume, .position = position };
	GByteArray *out = begin_result(reader, &head);

	if (note_count)
		g_byte_array_append(out, (const guint8 *)notes, (guint)(note_count * sizeof *notes));
	add_message(reader, out, raw);
}

/* Go through the bytes of a message, which spans has found. */
static int scan(struct reader *reader, struct worker_sink *sink)
{
	struct error err = { 0 };
	const uint8_t *bytes;
	size_t size;
	int got;

	attached_begin(reader->attached, NULL);
	while ((got = span_next_bytes(reader->spans, &bytes, &size, &err)) > 0) {
		attached_add(reader->attached, bytes, size);
		sink_alive(sink);
	}
	attached_end(reader->attached);
	return got;
}

/* Put what is inside the message whose result was begun behind it. place: where it is to be
 * found again, NULL if it just was. */
static void add_attached(struct reader *reader, struct worker_sink *sink,
                         const struct raw_place *place, int64_t offset)
{
	GByteArray *out = reader->result;
	struct error err = { 0 };
	struct raw_message raw;
	struct result_head head;
	bool whole = (!place || span_find(reader->spans, place, &raw, &err) == 0) &&
	             scan(reader, sink) == 0;

	memcpy(&head, out->data, sizeof head);
	head.attached_faults = whole ? attached_faults(reader->attached) : ATTACHED_UNREAD;
	memcpy(out->data, &head, sizeof head);
	for (size_t i = 0; whole && attached_get(reader->attached, i, &raw); i++) {
		raw.offset = offset;
		add_message(reader, out, &raw);
	}
}

static bool is_searched(const struct reader *reader, const struct raw_message *raw)
{
	return reader->embedded && !raw->record && attached_possible(raw->header, raw->header_size);
}

static void put_enter(struct reader *reader, struct worker_sink *sink, const char *chain)
{
	struct result_head head = { .type = RESULT_ENTER };
	GByteArray *out = begin_result(reader, &head);

	add_text(out, "");
	add_text(out, chain);
	put(sink, out);
}

static void put_leave(struct reader *reader, struct worker_sink *sink,
                      const struct walk_step *step)
{
	struct result_head head = { .type = RESULT_LEAVE, .form = step->form, .lost = step->lost,
	                            .resume = step->resume, .position = step->position,
	                            .size = step->size };
	GByteArray *out = begin_result(reader, &head);

	add_text(out, step->word);
	add_text(out, step->reason);
	put(sink, out);
}

static void put_reject(struct reader *reader, struct worker_sink *sink,
                       const struct raw_message *raw)
{
	struct result_head head = { .type = RESULT_REJECT, .offset = raw->offset,
	                            .size = raw->size };
	GByteArray *out = begin_result(reader, &head);

	add_text(out, "");
	add_text(out, raw->rejected);
	put(sink, out);
}

static void put_remark(struct reader *reader, struct worker_sink *sink,
                       const struct walk_step *step)
{
	struct result_head head = { .type = RESULT_REMARK };
	GByteArray *out = begin_result(reader, &head);

	add_text(out, step->word);
	add_text(out, step->reason);
	put(sink, out);
}

static void put_loss(struct reader *reader, struct worker_sink *sink, int64_t offset,
                     int64_t size)
{
	struct result_head head = { .type = RESULT_LOSS, .offset = offset, .size = size };

	put(sink, begin_result(reader, &head));
}

void result_decode(const uint8_t *bytes, size_t size, struct result *result)
{
	struct result_head head;
	const uint8_t *rest = bytes + sizeof head;

	memcpy(&head, bytes, sizeof head);
	*result = (struct result){
		.type = (enum result_type)head.type, .form = (enum source_form)head.form,
		.lost = head.lost != 0, .resume = head.resume, .position = head.position,
		.offset = head.offset, .size = head.size,
		.note_count = head.note_count,
	};
	if (result->type == RESULT_MESSAGE) {
		result->notes = rest;
		result->attached_faults = head.attached_faults;
		result->messages = rest + head.note_count * sizeof(struct source_note);
		result->messages_size = size - (size_t)(result->messages - bytes);
	} else if (result->type != RESULT_LOSS) {
		result->word = (const char *)rest;
		result->text = result->word + strlen(result->word) + 1;
	}
}

bool result_next_message(struct result *result, const uint8_t **bytes, size_t *size)
{
	uint32_t own;

	if (!result->messages_size)
		return false;
	memcpy(&own, result->messages, sizeof own);
	*bytes = result->messages + sizeof own;
	*size = own;
	result->messages += sizeof own + own;
	result->messages_size -= sizeof own + own;
	return true;
}

/* ---- a file ---- */

/* Places are numbered as they come: the search for the next step, then the step
 * itself. So a file is gone through in the same places by whoever takes over. */
struct visit {
	struct worker_sink *sink;
	const struct item *item;
	struct place next;
};

static enum sink_answer enter_next(struct visit *visit)
{
	struct place place = visit->next;

	visit->next.position++;
	return sink_enter(visit->sink, place);
}

/* A worker was lost here before: this is what it was at. */
static void tell_loss(struct reader *reader, struct visit *visit, int64_t offset, int64_t size)
{
	if (enter_next(visit) == SINK_WORK)
		put_loss(reader, visit->sink, offset, size);
}

static void tell_message(struct reader *reader, struct visit *visit, const struct walk_step *step)
{
	const struct item *item = visit->item;
	const struct raw_message *raw = &step->raw;
	struct raw_place place = {
		.path = item->path, .chain = step->chain, .offset = raw->offset, .size = raw->size,
		.file_size = item->size, .modified_ns = item->modified_ns,
	};

	if (raw->rejected) {
		put_reject(reader, visit->sink, raw);
		return;
	}
	begin_message(reader, raw, raw->notes, raw->note_count, step->resume, step->position);
	if (is_searched(reader, raw))
		add_attached(reader, visit->sink, &place, place.offset);
	put(visit->sink, reader->result);
}

static void tell_step(struct reader *reader, struct visit *visit, const struct walk_step *step)
{
	enum sink_answer answer = enter_next(visit);

	if (answer == SINK_LOST && step->type == WALK_MESSAGE)
		tell_loss(reader, visit, step->raw.offset, step->raw.size);
	if (answer != SINK_WORK)
		return;
	switch (step->type) {
	case WALK_MESSAGE:
		tell_message(reader, visit, step);
		break;
	case WALK_ENTER:
		put_enter(reader, visit->sink, step->chain);
		break;
	case WALK_REMARK:
		put_remark(reader, visit->sink, step);
		break;
	case WALK_LEAVE:
		put_leave(reader, visit->sink, step);
		break;
	}
}

static void alive(void *context)
{
	sink_alive(context);
}

static void work_file(struct reader *reader, struct worker_sink *sink, uint32_t number,
                      const struct item *item)
{
	struct walk_options options = { .limits = reader->limits, .source = &reader->source,
	                                .list = reader->list,
	                                .alive = alive, .context = sink };
	struct walk *walk = reader->walk = walk_reopen(reader->walk, item->path, item->begin,
	                                               &options);
	struct visit visit = { sink, item, { number, 0 } };
	struct walk_step step = { 0 };

	while (!step.last) {
		if (enter_next(&visit) == SINK_LOST) {
			int64_t offset = walk_give_up(walk);

			if (offset >= 0)
				tell_loss(reader, &visit, offset, -1);
			continue;
		}
		walk_next(walk, &step);
		tell_step(reader, &visit, &step);
	}
}

/* ---- the other items ---- */

static void work_span(struct reader *reader, struct worker_sink *sink, const struct item *item)
{
	struct error err = { 0 };
	struct raw_message raw;

	if (span_read(reader->spans, item->path, item->begin, item->end, &raw, &err) == 0) {
		begin_message(reader, &raw, item->notes, item->note_count, item->end, item->end);
		if (is_searched(reader, &raw))
			add_attached(reader, sink, NULL, item->begin);
		put(sink, reader->result);
		return;
	}
	struct walk_step step = { .form = SOURCE_UNREADABLE, .word = "", .resume = -1,
	                          .reason = error_without_place(err.message, item->path) };

	put_leave(reader, sink, &step);
}

static void work_known(struct reader *reader, struct worker_sink *sink, const struct item *item)
{
	enum source_form form = item->type == ITEM_END ? SOURCE_MBOX : (enum source_form)item->form;
	struct walk_step step = { .form = form, .word = source_form_name(form), .size = item->size,
	                          .reason = item->reason, .resume = -1 };

	put_leave(reader, sink, &step);
}

void reader_work(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	struct reader *reader = context;
	const uint8_t *at = NULL;
	struct item item;

	if (!reader->parser) {
		reader->parser = message_parser_new();
		reader->spans = span_reader_new();
		reader->attached = attached_reader_new();
		reader->result = g_byte_array_new();
	}
	span_reader_watch(reader->spans, alive, sink);
	for (uint32_t i = 0; piece_next(piece, size, &at, &item); i++) {
		if (item.type == ITEM_FILE)
			work_file(reader, sink, i, &item);
		else if (sink_enter(sink, (struct place){ i, 0 }) != SINK_WORK)
			continue;
		else if (item.type == ITEM_SPAN)
			work_span(reader, sink, &item);
		else
			work_known(reader, sink, &item);
	}
}
