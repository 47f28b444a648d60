#include "ingest.h"

#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/inventory.h"
#include "epistograph/message.h"
#include "epistograph/path.h"
#include "epistograph/progress.h"
#include "epistograph/source.h"
#include "epistograph/workers.h"

#include <signal.h>
#include <string.h>

/* A file up to this size is one item, read whole by one worker. A larger one is
 * looked at here: if it is an mbox, it is split here and its parts are spread
 * over the workers. The number is part of no result. */
#define SPLIT_BYTES (1 << 20)

/* A piece of work is closed at the first of these. */
#define PIECE_ITEMS 128
#define PIECE_BYTES (4 << 20)

/* Places in an item: the search for the next message from byte X is 2X, the
 * message found at byte Y is 2Y + 1, so that a loss in either is told apart. */
#define SEARCH_PLACE(offset) (2 * (offset))
#define MESSAGE_PLACE(offset) (2 * (offset) + 1)
#define END_PLACE INT64_MAX

enum item_type {
	ITEM_FILE,              /* a file: find out what it is and read it from `begin` */
	ITEM_SPAN,              /* one message of an mbox, at begin..end */
	ITEM_END,               /* an mbox that was split here has been read */
};

/* A piece is a serial number and items. */
typedef uint64_t piece_serial;

struct item {                   /* in a piece followed by notes and path */
	int64_t file;           /* in the case file */
	int64_t begin, end;     /* bytes */
	uint32_t type;
	uint32_t path_size;     /* with its NUL */
	uint32_t note_count;
	uint32_t unused;        /* no bytes without a value go from process to process */
};

/* The first byte of a result. */
enum result_type { RESULT_MESSAGE, RESULT_END };

struct ingest {
	struct casefile *casefile;
	struct workers *workers;
	struct progress *progress;

	/* The piece being filled. */
	GByteArray *piece;
	piece_serial serial;
	int item_count;
	int64_t item_bytes;

	/* The piece being delivered, taken apart. */
	piece_serial opened;
	GArray *items;          /* struct item */
	GPtrArray *paths;       /* const char *, inside the piece */
	struct message_arena *arena;

	int64_t done_bytes, all_bytes;
	int64_t messages;

	/* What the case file calls the files. */
	char *case_folder;
	const char *const *own;
	int64_t *seen;
	GString *folder;        /* the last entry's, as in its path; NULL at first */
	GString *name;          /* the last entry's name */
	size_t name_folder;     /* bytes of it that stand for the folder */

	/* In a worker. */
	struct message_parser *parser;
	struct span_reader *spans;
	GByteArray *result;
};

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal_number)
{
	(void)signal_number;
	interrupted = 1;
}

/* Take one item off a piece; false at its end. */
static bool item_next(const uint8_t **at, const uint8_t *end, struct item *item,
                      const char **path, const struct source_note **notes)
{
	if (*at == end)
		return false;
	memcpy(item, *at, sizeof *item);
	*notes = (const void *)(*at + sizeof *item);
	*path = (const char *)*notes + item->note_count * sizeof **notes;
	*at = (const uint8_t *)*path + item->path_size;
	/* Items start at multiples of 8, so that notes are aligned. */
	*at += -(uintptr_t)*at & 7;
	return true;
}

/* ---- in a worker ---- */

static void put_message(struct ingest *ingest, struct worker_sink *sink,
                        const struct raw_message *raw, const struct source_note *notes,
                        size_t note_count)
{
	GByteArray *out = ingest->result;
	struct message message;
	uint8_t type = RESULT_MESSAGE;
	uint32_t count = (uint32_t)note_count;

	message_parse(ingest->parser, raw, &message);
	g_byte_array_set_size(out, 0);
	g_byte_array_append(out, &type, sizeof type);
	g_byte_array_append(out, (const guint8 *)&count, sizeof count);
	if (note_count)
		g_byte_array_append(out, (const guint8 *)notes, (guint)(note_count * sizeof *notes));
	message_encode(&message, out);
	sink_put(sink, out->data, out->len);
}

static void put_end(struct ingest *ingest, struct worker_sink *sink, uint32_t item,
                    enum source_form form, const char *reason)
{
	GByteArray *out = ingest->result;
	uint8_t head[2] = { RESULT_END, (uint8_t)form };

	if (sink_enter(sink, (struct place){ item, END_PLACE }) != SINK_WORK)
		return;
	g_byte_array_set_size(out, 0);
	g_byte_array_append(out, head, sizeof head);
	g_byte_array_append(out, (const guint8 *)reason, (guint)strlen(reason) + 1);
	sink_put(sink, out->data, out->len);
}

static void work_file(struct ingest *ingest, struct worker_sink *sink, uint32_t number,
                      const struct item *item, const char *path)
{
	struct error err = { 0 };
	enum source_form form = SOURCE_UNREADABLE;
	struct source *source = NULL;
	struct raw_message raw;
	int64_t from = item->begin;
	int got = 0;

	if (sink_enter(sink, (struct place){ number, SEARCH_PLACE(from) }) != SINK_LOST) {
		source = source_open(path, &form, &err);
		got = source ? from ? source_seek(source, from, &err) : 0 : -1;
		got = got < 0 ? -1 : source_next(source, &raw, &err);
	}
	while (got > 0) {
		if (sink_enter(sink, (struct place){ number, MESSAGE_PLACE(raw.offset) }) == SINK_WORK)
			put_message(ingest, sink, &raw, raw.notes, raw.note_count);
		from = raw.offset + 1;
		if (sink_enter(sink, (struct place){ number, SEARCH_PLACE(from) }) == SINK_LOST)
			break;
		got = source_next(source, &raw, &err);
	}
	put_end(ingest, sink, number, got < 0 && source ? SOURCE_UNREADABLE : form, err.message);
	source_close(source);
}

static void work_span(struct ingest *ingest, struct worker_sink *sink, uint32_t number,
                      const struct item *item, const char *path, const struct source_note *notes)
{
	struct error err = { 0 };
	struct raw_message raw;

	if (sink_enter(sink, (struct place){ number, MESSAGE_PLACE(item->begin) }) != SINK_WORK)
		return;
	if (span_read(ingest->spans, path, item->begin, item->end, &raw, &err) == 0)
		put_message(ingest, sink, &raw, notes, item->note_count);
	else
		put_end(ingest, sink, number, SOURCE_UNREADABLE, err.message);
}

static void work_piece(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	struct ingest *ingest = context;
	const uint8_t *at = piece + sizeof(piece_serial);
	const struct source_note *notes;
	const char *path;
	struct item item;

	if (!ingest->parser) {
		ingest->parser = message_parser_new();
		ingest->spans = span_reader_new();
		ingest->result = g_byte_array_new();
	}
	for (uint32_t i = 0; item_next(&at, piece + size, &item, &path, &notes); i++) {
		if (item.type == ITEM_FILE)
			work_file(ingest, sink, i, &item, path);
		else if (item.type == ITEM_SPAN)
			work_span(ingest, sink, i, &item, path, notes);
		else
			put_end(ingest, sink, i, SOURCE_MBOX, "");
	}
}

/* ---- in the parent: results into the case file ---- */

static void open_piece(struct ingest *ingest, const uint8_t *piece, size_t size)
{
	const uint8_t *at = piece + sizeof(piece_serial);
	const struct source_note *notes;
	const char *path;
	struct item item;
	piece_serial serial;

	memcpy(&serial, piece, sizeof serial);
	if (ingest->opened == serial)
		return;
	ingest->opened = serial;
	g_array_set_size(ingest->items, 0);
	g_ptr_array_set_size(ingest->paths, 0);
	while (item_next(&at, piece + size, &item, &path, &notes)) {
		g_array_append_val(ingest->items, item);
		g_ptr_array_add(ingest->paths, (char *)path);
	}
}

static int deliver_message(struct ingest *ingest, const struct item *item, const char *path,
                           const uint8_t *bytes, size_t size, struct error *err)
{
	struct message message;
	struct source_note note;
	enum add_outcome outcome;
	uint32_t count;

	memcpy(&count, bytes, sizeof count);
	for (uint32_t i = 0; i < count; i++) {
		memcpy(&note, bytes + sizeof count + i * sizeof note, sizeof note);
		if (casefile_note(ingest->casefile, item->file, note.offset,
		                  source_doubt_name(note.doubt), source_doubt_text(note.doubt), err) < 0)
			return -1;
	}
	size_t used = sizeof count + count * sizeof note;
	if (message_decode(bytes + used, size - used, ingest->arena, &message, err) < 0)
		return -1;
	message.path = path;
	if (casefile_add(ingest->casefile, item->file, &message, &outcome, err) < 0)
		return -1;
	ingest->messages++;
	return item->type == ITEM_SPAN
	       ? casefile_file_progress(ingest->casefile, item->file, item->end, err) : 0;
}

static enum file_outcome outcome_of(enum source_form form)
{
	switch (form) {
	case SOURCE_MESSAGE:
	case SOURCE_MBOX:       return FILE_MAIL;
	case SOURCE_EMPTY:      return FILE_EMPTY;
	case SOURCE_NOT_MAIL:   return FILE_NOT_MAIL;
	case SOURCE_UNREADABLE: return FILE_UNREADABLE;
	}
	return FILE_UNREADABLE;
}

/* An error says where; its row in the case file has the place already, and in words
 * that do not depend on how the path was typed. */
static const char *without_place(const char *reason, const char *path)
{
	if (!g_str_has_prefix(reason, path) || reason[strlen(path)] != ':')
		return reason;
	reason += strlen(path) + 1;
	size_t digits = strspn(reason, "0123456789");
	if (digits && reason[digits] == ':')
		reason += digits + 1;
	return reason + strspn(reason, " ");
}

static int deliver(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                   const uint8_t *result, size_t size, struct error *err)
{
	struct ingest *ingest = context;

	if (interrupted)
		return error_set(err, "interrupted: what was read is kept, the same command goes on");
	open_piece(ingest, piece, piece_size);
	const struct item *item = &g_array_index(ingest->items, struct item, place.item);
	const char *path = g_ptr_array_index(ingest->paths, place.item);

	if (result[0] == RESULT_MESSAGE)
		return deliver_message(ingest, item, path, result + 1, size - 1, err);

	enum source_form form = result[1];
	const char *reason = without_place((const char *)result + 2, path);
	if (item->type == ITEM_SPAN)    /* this message could not be read, the file goes on */
		return casefile_reject(ingest->casefile, item->file, item->begin,
		                       item->end - item->begin, reason, err);
	return casefile_file_end(ingest->casefile, item->file, outcome_of(form),
	                         source_form_name(form), *reason ? reason : NULL, err);
}

static int lose(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                const char *why, struct error *err)
{
	struct ingest *ingest = context;

	open_piece(ingest, piece, piece_size);
	const struct item *item = &g_array_index(ingest->items, struct item, place.item);
	int64_t size = item->type == ITEM_SPAN ? item->end - item->begin : -1;

	if (place.position % 2 == 1)
		return casefile_reject(ingest->casefile, item->file, place.position / 2, size, why, err);
	char *text = g_strdup_printf("%s while looking for the next message: the rest of the file "
	                             "is not read", why);
	int status = casefile_reject(ingest->casefile, item->file, place.position / 2, -1, text, err);
	g_free(text);
	return status;
}

/* ---- in the parent: work for the workers ---- */

static int submit_piece(struct ingest *ingest, struct error *err)
{
	if (!ingest->item_count)
		return 0;
	int status = workers_submit(ingest->workers, ingest->piece->data, ingest->piece->len, err);
	g_byte_array_set_size(ingest->piece, 0);
	ingest->item_count = 0;
	ingest->item_bytes = 0;
	progress_update(ingest->progress, ingest->done_bytes, ingest->all_bytes);
	if (status == 0 && interrupted)
		return error_set(err, "interrupted: what was read is kept, the same command goes on");
	return status;
}

/* bytes is what the item weighs in the choice of when a piece is full. */
static int add_item(struct ingest *ingest, struct item item, const char *path,
                    const struct source_note *notes, int64_t bytes, struct error *err)
{
	static const uint8_t padding[8];
	GByteArray *piece = ingest->piece;

	if (!ingest->item_count) {
		ingest->serial++;
		g_byte_array_append(piece, (const guint8 *)&ingest->serial, sizeof ingest->serial);
	}
	item.path_size = (uint32_t)strlen(path) + 1;
	g_byte_array_append(piece, (const guint8 *)&item, sizeof item);
	if (item.note_count)
		g_byte_array_append(piece, (const guint8 *)notes,
		                    (guint)(item.note_count * sizeof *notes));
	g_byte_array_append(piece, (const guint8 *)path, item.path_size);
	g_byte_array_append(piece, padding, -piece->len & 7);
	ingest->item_count++;
	ingest->item_bytes += bytes;
	if (ingest->item_count >= PIECE_ITEMS || ingest->item_bytes >= PIECE_BYTES)
		return submit_piece(ingest, err);
	return 0;
}

/* Split an mbox here; workers read the messages. */
static int split_mbox(struct ingest *ingest, const struct inventory_entry *entry, int64_t file,
                      struct source *source, struct error *err)
{
	struct error trouble = { 0 };
	struct raw_message raw;
	int64_t before = ingest->done_bytes, at = 0;
	int got, status = 0;

	while (status == 0 && (got = source_next(source, &raw, &trouble)) > 0) {
		struct item item = { .file = file, .begin = raw.offset, .end = raw.end,
		                     .type = ITEM_SPAN, .note_count = (uint32_t)raw.note_count };

		status = add_item(ingest, item, entry->path, raw.notes, raw.end - raw.offset, err);
		at = raw.end;
		ingest->done_bytes = before + at;
	}
	if (status < 0)
		return -1;
	/* A worker meets the same fault at the same place, and tells. */
	struct item last = { .file = file, .begin = at, .type = got < 0 ? ITEM_FILE : ITEM_END };
	return add_item(ingest, last, entry->path, NULL, 0, err);
}

/* Files that are never opened. */
static enum file_outcome outcome_unopened(enum inventory_state state)
{
	return state == INVENTORY_UNREADABLE ? FILE_UNREADABLE
	     : state == INVENTORY_REPEATED ? FILE_REPEATED : FILE_SPECIAL;
}

static int read_file(struct ingest *ingest, const struct inventory_entry *entry, int64_t file,
                     int64_t resume, struct error *err)
{
	struct item item = { .file = file, .begin = resume, .type = ITEM_FILE };
	struct source *source = NULL;
	enum source_form form = SOURCE_UNREADABLE;
	struct error trouble = { 0 };
	int status;

	if (entry->size > SPLIT_BYTES)
		source = source_open(entry->path, &form, &trouble);
	if (source && form == SOURCE_MBOX && (!resume || source_seek(source, resume, &trouble) == 0))
		status = split_mbox(ingest, entry, file, source, err);
	else
		status = add_item(ingest, item, entry->path, NULL, MIN(entry->size, 1 << 14), err);
	source_close(source);
	return status;
}

/* What the case file calls a file: its way from the case's folder. Entries of one
 * folder follow each other, and finding a folder's real place costs system calls. */
static const char *name_file(struct ingest *ingest, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
	GString *name = ingest->name;

	if (!ingest->folder || ingest->folder->len != folder ||
	    strncmp(ingest->folder->str, path, folder) != 0) {
		char *first = path_from(ingest->case_folder, path);
		const char *behind = strrchr(first, '/');

		if (!ingest->folder)
			ingest->folder = g_string_new(NULL);
		g_string_truncate(ingest->folder, 0);
		g_string_append_len(ingest->folder, path, (gssize)folder);
		g_string_truncate(name, 0);
		g_string_append_len(name, first, behind ? behind + 1 - first : 0);
		ingest->name_folder = name->len;
		g_free(first);
	}
	g_string_truncate(name, ingest->name_folder);
	g_string_append(name, path + folder);
	return name->str;
}

static bool is_own(const struct ingest *ingest, const char *name)
{
	for (const char *const *own = ingest->own; own && *own; own++)
		if (!strcmp(*own, name))
			return true;
	return false;
}

static int read_entry(struct ingest *ingest, struct inventory_entry *entry, struct error *err)
{
	int64_t file, resume, before = ingest->done_bytes;
	const char *name = name_file(ingest, entry->path);
	bool known;
	int status = 0;

	if (is_own(ingest, name))
		return 0;
	inventory_examine(entry);
	++*ingest->seen;
	if (casefile_file_begin(ingest->casefile, name, entry->size, entry->modified_ns,
	                        &file, &known, &resume, err) < 0)
		return -1;
	if (known)
		status = 0;
	else if (entry->state == INVENTORY_FILE)
		status = read_file(ingest, entry, file, resume, err);
	else
		status = casefile_file_end(ingest->casefile, file, outcome_unopened(entry->state), NULL,
		                           entry->reason, err);
	ingest->done_bytes = before + entry->size;
	return status;
}

static int read_all(struct ingest *ingest, struct inventory *inventory, struct error *err)
{
	/* Progress is told in bytes: who watches waits for their sum. */
	for (size_t i = 0; ingest->progress && i < inventory->count; i++) {
		inventory_examine(&inventory->entries[i]);
		ingest->all_bytes += inventory->entries[i].size;
	}
	for (size_t i = 0; i < inventory->count; i++)
		if (read_entry(ingest, &inventory->entries[i], err) < 0)
			return -1;
	if (submit_piece(ingest, err) < 0)
		return -1;
	return workers_drain(ingest->workers, err);
}

static int run(struct ingest *ingest, struct inventory *inventory,
               const struct ingest_options *options, struct error *err)
{
	struct workers_spec spec = {
		.jobs = options->jobs, .patience_s = options->patience_s, .context = ingest,
		.work = work_piece, .deliver = deliver, .lost = lose,
	};
	int status = -1;

	ingest->workers = workers_new(&spec, err);
	if (ingest->workers)
		status = read_all(ingest, inventory, err);
	workers_free(ingest->workers);
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
	struct sigaction on_interrupt = { .sa_handler = note_interrupt }, old_int, old_term;
	struct inventory inventory = { 0 };

	if (inventory_take(paths, count, &inventory, err) < 0)
		return -1;
	struct ingest ingest = {
		.casefile = casefile,
		.piece = g_byte_array_new(),
		.items = g_array_new(FALSE, FALSE, sizeof(struct item)),
		.paths = g_ptr_array_new(),
		.arena = message_arena_new(),
		.progress = progress_begin("reading (bytes)", 0, options->progress),
		.case_folder = path_folder_of(options->case_path),
		.own = options->own,
		.seen = options->seen,
		.name = g_string_new(NULL),
	};
	interrupted = 0;
	sigaction(SIGINT, &on_interrupt, &old_int);
	sigaction(SIGTERM, &on_interrupt, &old_term);
	int status = run(&ingest, &inventory, options, err);
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGTERM, &old_term, NULL);

	progress_end(ingest.progress);
	if (ingest.folder)
		g_string_free(ingest.folder, TRUE);
	g_string_free(ingest.name, TRUE);
	g_free(ingest.case_folder);
	message_arena_free(ingest.arena);
	g_ptr_array_unref(ingest.paths);
	g_array_unref(ingest.items);
	g_byte_array_unref(ingest.piece);
	inventory_clear(&inventory);
	return status;
}
