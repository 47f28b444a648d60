#include "ingest.h"

#include "copies.h"
#include "interrupt.h"
#include "naming.h"
#include "piece.h"
#include "reader.h"

#include "epistograph/attached.h"
#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/inventory.h"
#include "epistograph/message.h"
#include "epistograph/progress.h"
#include "epistograph/workers.h"

#include <string.h>

/* A file up to this size is one item, read whole by one worker. A larger one is
 * looked at here: if it is an mbox, it is split here and its parts are spread
 * over the workers. The number is part of no result. */
#define SPLIT_BYTES (1 << 20)

/* The file whose results are being delivered: all of them come together. */
struct delivery {
	uint64_t entry;         /* its number in this run; 0: none yet */
	GString *path;          /* its name in the case file, and behind it the member's */
	gsize path_size;        /* of the file's part */
	GArray *open;           /* int64_t: the file and the members entered and not left */
	char *why;              /* a worker was lost: how */
};

struct ingest {
	struct casefile *casefile;
	struct workers *workers;
	struct progress *progress;
	struct reader reader;
	struct piece piece;

	/* The piece being delivered, taken apart. */
	uint64_t opened;
	GArray *items;          /* struct item */
	struct delivery delivery;
	struct message_arena *arena;

	int64_t done_bytes, all_bytes;

	struct naming naming;
	int64_t *seen;
};

static void work(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	struct ingest *ingest = context;

	reader_work(&ingest->reader, piece, size, sink);
}

/* ---- results into the case file ---- */

static const struct item *find_item(struct ingest *ingest, const uint8_t *piece, size_t size,
                                    uint32_t number)
{
	const uint8_t *at = NULL;
	struct item item;

	if (ingest->opened != piece_serial(piece)) {
		ingest->opened = piece_serial(piece);
		g_array_set_size(ingest->items, 0);
		while (piece_next(piece, size, &at, &item))
			g_array_append_val(ingest->items, item);
	}
	return &g_array_index(ingest->items, struct item, number);
}

/* The file's row is begun with its first result, not when it is handed out: so ids are
 * given in the order of results, whatever members come before it. */
static int enter_file(struct ingest *ingest, const struct item *item, struct error *err)
{
	struct delivery *delivery = &ingest->delivery;
	int64_t file, resume;
	bool known;

	if (delivery->entry == item->entry)
		return 0;
	if (casefile_file_begin(ingest->casefile, item->name, item->size, item->modified_ns, &file,
	                        &known, &resume, err) < 0)
		return -1;
	delivery->entry = item->entry;
	g_string_assign(delivery->path, item->name);
	delivery->path_size = delivery->path->len;
	g_array_set_size(delivery->open, 0);
	g_array_append_val(delivery->open, file);
	g_clear_pointer(&delivery->why, g_free);
	return 0;
}

static int64_t current_row(const struct delivery *delivery)
{
	return g_array_index(delivery->open, int64_t, delivery->open->len - 1);
}

static int64_t file_row(const struct delivery *delivery)
{
	return g_array_index(delivery->open, int64_t, 0);
}

static int deliver_enter(struct ingest *ingest, const struct result *result, struct error *err)
{
	struct delivery *delivery = &ingest->delivery;
	int64_t member;

	g_string_truncate(delivery->path, delivery->path_size);
	g_string_append_c(delivery->path, '/');
	g_string_append(delivery->path, result->text);
	if (casefile_member_begin(ingest->casefile, file_row(delivery), delivery->path->str, &member,
	                          err) < 0)
		return -1;
	g_array_append_val(delivery->open, member);
	return 0;
}

static int deliver_notes(struct ingest *ingest, const struct result *result, struct error *err)
{
	struct source_note note;

	for (uint32_t i = 0; i < result->note_count; i++) {
		memcpy(&note, result->notes + i * sizeof note, sizeof note);
		if (casefile_note(ingest->casefile, current_row(&ingest->delivery), note.offset,
		                  source_doubt_name(note.doubt), source_doubt_text(note.doubt), err) < 0)
			return -1;
	}
	return 0;
}

static int deliver_faults(struct ingest *ingest, unsigned faults, int64_t offset,
                          struct error *err)
{
	for (int i = 0; i < ATTACHED_FAULTS; i++)
		if (faults >> i & 1 &&
		    casefile_note(ingest->casefile, current_row(&ingest->delivery), offset,
		                  attached_fault_name(i), attached_fault_text(i), err) < 0)
			return -1;
	return 0;
}

/* A message and those inside it. */
static int deliver_message(struct ingest *ingest, const struct item *item,
                           struct result *result, struct error *err)
{
	struct message message = { .offset = -1 };
	enum add_outcome outcome;
	int64_t file = current_row(&ingest->delivery);
	const uint8_t *bytes;
	size_t size;

	if (deliver_notes(ingest, result, err) < 0)
		return -1;
	while (result_next_message(result, &bytes, &size)) {
		if (message_decode(bytes, size, ingest->arena, &message, err) < 0)
			return -1;
		message.path = item->path;
		if (casefile_add(ingest->casefile, file, &message, &outcome, err) < 0)
			return -1;
	}
	if (deliver_faults(ingest, result->attached_faults, message.offset, err) < 0)
		return -1;
	return result->resume >= 0
	       ? casefile_file_progress(ingest->casefile, file, result->resume, err) : 0;
}

static enum file_outcome outcome_of(enum source_form form)
{
	switch (form) {
	case SOURCE_MESSAGE:
	case SOURCE_EMLX:
	case SOURCE_MBOX:       return FILE_MAIL;
	case SOURCE_EMPTY:      return FILE_EMPTY;
	case SOURCE_NOT_MAIL:   return FILE_NOT_MAIL;
	case SOURCE_UNREADABLE: return FILE_UNREADABLE;
	case SOURCE_CONTAINER:  return FILE_CONTAINER;
	case SOURCE_LINK:       return FILE_REPEATED;
	case SOURCE_SPECIAL:    return FILE_SPECIAL;
	case SOURCE_UNDELIVERED: return FILE_UNDELIVERED;
	}
	return FILE_UNREADABLE;
}

static int deliver_leave(struct ingest *ingest, const struct result *result, struct error *err)
{
	struct delivery *delivery = &ingest->delivery;
	int64_t row = current_row(delivery);
	const char *reason = result->lost && delivery->why ? delivery->why : result->text;
	const char *told = *reason ? reason : NULL;
	const char *word = *result->word ? result->word : NULL;

	g_array_set_size(delivery->open, delivery->open->len - 1);
	if (delivery->open->len == 0)
		return casefile_file_end(ingest->casefile, row, outcome_of(result->form), word, told, err);
	if (casefile_member_end(ingest->casefile, row, result->size, outcome_of(result->form), word,
	                        told, err) < 0)
		return -1;
	return result->resume >= 0
	       ? casefile_file_progress(ingest->casefile, file_row(delivery), result->resume, err) : 0;
}

/* A message that a worker was lost at, or all that would have come behind a place. */
static int deliver_loss(struct ingest *ingest, const struct result *result, struct error *err)
{
	const char *why = ingest->delivery.why ? ingest->delivery.why : "the reader was lost";
	char *text = result->size >= 0 ? g_strdup(why) :
		g_strdup_printf("%s while looking for the next message: the rest of the file "
		                "is not read", why);
	int status = casefile_reject(ingest->casefile, current_row(&ingest->delivery),
	                             result->offset, result->size, text, err);

	g_free(text);
	return status;
}

/* What was delivered counts, not what was handed out: a container can take long. */
static void tell_progress(struct ingest *ingest, const struct item *item,
                          const struct result *result)
{
	bool ended = ingest->delivery.open->len == 0;

	if (ended)
		ingest->done_bytes += MAX(item->size, 0);
	progress_update(ingest->progress, ingest->done_bytes + (ended ? 0 : result->position),
	                ingest->all_bytes);
}

static int deliver_result(struct ingest *ingest, const struct item *item,
                          struct result *result, struct error *err)
{
	switch (result->type) {
	case RESULT_MESSAGE:
		return deliver_message(ingest, item, result, err);
	case RESULT_ENTER:
		return deliver_enter(ingest, result, err);
	case RESULT_LEAVE:
		if (item->type == ITEM_SPAN)    /* this message could not be read, the file goes on */
			return casefile_reject(ingest->casefile, current_row(&ingest->delivery), item->begin,
			                       item->end - item->begin, result->text, err);
		return deliver_leave(ingest, result, err);
	case RESULT_LOSS:
		return deliver_loss(ingest, result, err);
	case RESULT_REJECT:
		return casefile_reject(ingest->casefile, current_row(&ingest->delivery), result->offset,
		                       result->size, result->text, err);
	case RESULT_REMARK:
		return casefile_note(ingest->casefile, current_row(&ingest->delivery), -1, result->word,
		                     result->text, err);
	}
	return 0;
}

static int deliver(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                   const uint8_t *bytes, size_t size, struct error *err)
{
	struct ingest *ingest = context;
	const struct item *item = find_item(ingest, piece, piece_size, place.item);
	struct result result;

	if (interrupt_check(err) < 0)
		return -1;
	if (enter_file(ingest, item, err) < 0)
		return -1;
	result_decode(bytes, size, &result);
	if (deliver_result(ingest, item, &result, err) < 0)
		return -1;
	if (result.type == RESULT_MESSAGE || result.type == RESULT_LEAVE)
		tell_progress(ingest, item, &result);
	return 0;
}

static int lose(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                const char *why, struct error *err)
{
	struct ingest *ingest = context;
	const struct item *item = find_item(ingest, piece, piece_size, place.item);

	if (enter_file(ingest, item, err) < 0)
		return -1;
	if (item->type == ITEM_SPAN)
		return casefile_reject(ingest->casefile, current_row(&ingest->delivery), item->begin,
		                       item->end - item->begin, why, err);
	/* Who takes over says next what was lost. */
	g_free(ingest->delivery.why);
	ingest->delivery.why = g_strdup(why);
	return 0;
}

/* ---- work for the workers ---- */

static int add_item(struct ingest *ingest, const struct item *item, int64_t weight,
                    struct error *err)
{
	if (piece_add(&ingest->piece, item, weight, err) < 0)
		return -1;
	return interrupt_check(err);
}

/* Split an mbox here; workers read the messages. */
static int split_mbox(struct ingest *ingest, const struct item *file, struct source *source,
                      struct error *err)
{
	struct error trouble = { 0 };
	struct raw_message raw;
	int64_t at = 0;
	int got, status = 0;

	while (status == 0 && (got = source_next(source, &raw, &trouble)) > 0) {
		struct item item = *file;

		item.type = ITEM_SPAN;
		item.begin = raw.offset;
		item.end = raw.end;
		item.notes = raw.notes;
		item.note_count = (uint32_t)raw.note_count;
		status = add_item(ingest, &item, raw.end - raw.offset, err);
		at = raw.end;
	}
	if (status < 0)
		return -1;
	/* A worker meets the same fault at the same place, and tells. */
	struct item last = *file;
	last.type = got < 0 ? ITEM_FILE : ITEM_END;
	last.begin = at;
	return add_item(ingest, &last, 0, err);
}

static int read_file(struct ingest *ingest, const struct inventory_entry *entry,
                     const struct item *item, struct error *err)
{
	struct source *source = NULL;
	enum source_form form = SOURCE_UNREADABLE;
	struct error trouble = { 0 };
	int64_t weight = MIN(entry->size, 1 << 14);
	int status;

	if (entry->size > SPLIT_BYTES)
		source = source_open(entry->path, &form, &trouble);
	if (form == SOURCE_CONTAINER || entry->state == INVENTORY_REPOSITORY)
		/* all of it is read, by one worker */
		weight = PIECE_WEIGHT_MAX;
	if (source && form == SOURCE_MBOX &&
	    (!item->begin || source_seek(source, item->begin, &trouble) == 0))
		status = split_mbox(ingest, item, source, err);
	else
		status = add_item(ingest, item, weight, err);
	source_close(source);
	return status;
}

static int read_entry(struct ingest *ingest, struct inventory *inventory, size_t i,
                      struct error *err)
{
	const struct inventory_entry *entry = &inventory->entries[i];
	const char *name = naming_of(&ingest->naming, entry->path);
	bool known;
	int status = 0;

	if (!name)
		return 0;
	struct item item = item_of_entry(inventory, i);

	item.name = name;
	++*ingest->seen;
	if (casefile_file_find(ingest->casefile, item.name, entry->size, entry->modified_ns, &known,
	                       &item.begin, err) < 0)
		return -1;
	if (known)
		ingest->done_bytes += MAX(entry->size, 0);
	else if (item.type == ITEM_UNOPENED)
		status = add_item(ingest, &item, 0, err);
	else
		status = read_file(ingest, entry, &item, err);
	return status;
}

static int read_all(struct ingest *ingest, struct inventory *inventory, struct error *err)
{
	/* Progress is told in bytes: who watches waits for their sum. */
	for (size_t i = 0; ingest->progress && i < inventory->count; i++) {
		inventory_examine(inventory, i);
		ingest->all_bytes += MAX(inventory->entries[i].size, 0);
	}
	for (size_t i = 0; i < inventory->count; i++)
		if (read_entry(ingest, inventory, i, err) < 0)
			return -1;
	if (piece_submit(&ingest->piece, err) < 0)
		return -1;
	return workers_drain(ingest->workers, err);
}

/* Tables that were read otherwise before are read again. */
static int note_options(struct ingest *ingest, const struct source_options *source,
                        struct error *err)
{
	static const char *const orders[] = {
		[DAY_ORDER_UNKNOWN] = "", [DAY_ORDER_DMY] = "dmy", [DAY_ORDER_MDY] = "mdy",
		[DAY_ORDER_YMD] = "ymd",
	};
	char *text = g_strjoin(" ", source->columns ? source->columns : "", orders[source->day_order],
	                       NULL);
	int status = casefile_set_table_options(ingest->casefile, g_strstrip(text), err);

	g_free(text);
	return status;
}

static int run(struct ingest *ingest, struct inventory *inventory,
               const struct ingest_options *options, struct error *err)
{
	struct workers_spec spec = {
		.jobs = options->jobs, .patience_s = options->patience_s, .context = ingest,
		.work = work, .deliver = deliver, .lost = lose,
	};
	struct copies_options copies = {
		.case_path = options->case_path, .jobs = options->jobs,
		.patience_s = options->patience_s, .progress = options->progress,
	};
	int status = -1;

	ingest->workers = workers_new(&spec, err);
	piece_init(&ingest->piece, ingest->workers);
	casefile_set_embedded(ingest->casefile, options->embedded);
	if (ingest->workers && note_options(ingest, &options->source, err) == 0)
		status = read_all(ingest, inventory, err);
	piece_clear(&ingest->piece);
	workers_free(ingest->workers);
	if (status == 0)
		status = copies_compare(ingest->casefile, &copies, err);
	if (status < 0) {
		struct error second = { 0 };    /* the first is the one to tell */

		casefile_commit(ingest->casefile, &second);
		return -1;
	}
	return casefile_finish(ingest->casefile, err);
}

int ingest_mail(struct casefile *casefile, const char *const *paths, size_t count,
                const struct ingest_options *options, struct error *err)
{
	struct interrupt interrupt;
	struct inventory inventory = { 0 };

	if (inventory_take(paths, count, &inventory, err) < 0)
		return -1;
	struct ingest ingest = {
		.casefile = casefile,
		.reader = { .limits = options->limits, .source = options->source,
		            .embedded = options->embedded },
		.items = g_array_new(FALSE, FALSE, sizeof(struct item)),
		.delivery = { .path = g_string_new(NULL),
		              .open = g_array_new(FALSE, FALSE, sizeof(int64_t)) },
		.arena = message_arena_new(),
		.progress = progress_begin("reading (bytes)", 0, options->progress),
		.seen = options->seen,
	};
	naming_init(&ingest.naming, options->case_path, options->own);
	interrupt_begin(&interrupt);
	int status = run(&ingest, &inventory, options, err);
	interrupt_end(&interrupt);

	progress_end(ingest.progress);
	naming_clear(&ingest.naming);
	message_arena_free(ingest.arena);
	g_free(ingest.delivery.why);
	g_array_unref(ingest.delivery.open);
	g_string_free(ingest.delivery.path, TRUE);
	g_array_unref(ingest.items);
	inventory_clear(&inventory);
	return status;
}
