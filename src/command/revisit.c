#include "revisit.h"

#include "content.h"
#include "interrupt.h"

#include "epistograph/error.h"
#include "epistograph/path.h"
#include "epistograph/progress.h"
#include "epistograph/workers.h"

#include <glib.h>

#include <string.h>

/* A piece of work is closed at the first of these. */
#define PIECE_ITEMS 128
#define PIECE_BYTES (4 << 20)

/* A piece is items, each followed by its path, absolute, chain and member. An item's place has
 * the byte it begins at as position. */
struct item {
	struct casefile_copy copy;      /* its pointers are set anew by whoever reads it */
	int64_t path_size, chain_size;  /* with their NULs */
	int64_t texts_size;             /* with the member's, its NUL and what fills up to 8 bytes */
};

struct revisit {
	struct revisit_spec spec;
	struct workers *workers;        /* NULL until there is work */
	struct progress *progress;
	char *folder;                   /* of the case file */
	GByteArray *piece;
	int item_count;
	int64_t item_bytes;
	int64_t packed;                 /* the file on disk that the piece is of, if that is packed:
	                                 * all of it, for a worker has to go through it; else 0 */
	int64_t done_bytes;
	struct content *content;        /* in a worker */
};

/* The item at *at, which is moved on. */
static void next_item(const uint8_t **at, struct item *item)
{
	memcpy(item, *at, sizeof *item);
	const char *path = (const char *)*at + sizeof *item;

	item->copy.path = path;
	item->copy.chain = path + item->path_size;
	item->copy.member = item->copy.chain + item->chain_size;
	*at += sizeof *item + (size_t)item->texts_size;
}

/* ---- in a worker ---- */

static void alive(void *context)
{
	sink_alive(context);
}

static void work_piece(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	struct revisit *revisit = context;
	const uint8_t *at = piece;
	struct item item;

	if (!revisit->content)
		revisit->content = content_new();
	content_watch(revisit->content, alive, sink);
	for (uint32_t i = 0; at < piece + size; i++) {
		int64_t begin = at - piece;

		next_item(&at, &item);
		const struct casefile_copy *copy = &item.copy;
		struct raw_place place = {
			.path = copy->path, .chain = copy->chain, .member = copy->member,
			.offset = copy->offset, .size = copy->size, .enclosure = copy->enclosure,
			.outer_size = copy->outer_size, .file_size = copy->file_size,
			.modified_ns = copy->modified_ns,
		};

		if (sink_enter(sink, (struct place){ i, begin }) == SINK_WORK)
			revisit->spec.visit(revisit->spec.context, revisit->content, copy, &place, sink);
	}
}

/* ---- in the parent ---- */

static int deliver(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                   const uint8_t *result, size_t size, struct error *err)
{
	struct revisit *revisit = context;
	const uint8_t *at = piece + place.position;
	struct item item;

	(void)piece_size;
	if (interrupt_check(err) < 0)
		return -1;
	next_item(&at, &item);
	return revisit->spec.take(revisit->spec.context, &item.copy, result, size, NULL, err);
}

static int lose(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                const char *why, struct error *err)
{
	struct revisit *revisit = context;
	const uint8_t *at = piece + place.position;
	struct item item;

	(void)piece_size;
	next_item(&at, &item);
	return revisit->spec.take(revisit->spec.context, &item.copy, NULL, 0, why, err);
}

static int submit_piece(struct revisit *revisit, struct error *err)
{
	struct workers_spec spec = {
		.jobs = revisit->spec.jobs, .patience_s = revisit->spec.patience_s,
		.context = revisit, .work = work_piece, .deliver = deliver, .lost = lose,
	};

	if (!revisit->item_count)
		return 0;
	if (!revisit->workers && !(revisit->workers = workers_new(&spec, err)))
		return -1;
	int status = workers_submit(revisit->workers, revisit->piece->data, revisit->piece->len, err);

	g_byte_array_set_size(revisit->piece, 0);
	revisit->done_bytes += revisit->item_bytes;
	revisit->item_count = 0;
	revisit->item_bytes = 0;
	progress_update(revisit->progress, revisit->done_bytes, revisit->spec.total);
	return status < 0 || interrupt_check(err) < 0 ? -1 : 0;
}

int revisit_add(void *context, const struct casefile_copy *copy, struct error *err)
{
	static const uint8_t padding[8];
	struct revisit *revisit = context;
	GByteArray *piece = revisit->piece;
	int64_t packed = copy->packed ? copy->disk : 0;

	if (packed != revisit->packed && submit_piece(revisit, err) < 0)
		return -1;
	revisit->packed = packed;
	char *path = g_canonicalize_filename(copy->path, revisit->folder);
	size_t path_size = strlen(path) + 1, chain_size = strlen(copy->chain) + 1;
	size_t member_size = strlen(copy->member) + 1;
	size_t filled = (path_size + chain_size + member_size + 7) & ~(size_t)7;
	struct item item = {
		.copy = *copy, .path_size = (int64_t)path_size, .chain_size = (int64_t)chain_size,
		.texts_size = (int64_t)filled,
	};

	g_byte_array_append(piece, (const guint8 *)&item, sizeof item);
	g_byte_array_append(piece, (const guint8 *)path, (guint)path_size);
	g_byte_array_append(piece, (const guint8 *)copy->chain, (guint)chain_size);
	g_byte_array_append(piece, (const guint8 *)copy->member, (guint)member_size);
	g_byte_array_append(piece, padding, (guint)(filled - path_size - chain_size - member_size));
	g_free(path);
	revisit->item_count++;
	revisit->item_bytes += MAX(copy->size, 0);
	if (packed || (revisit->item_count < PIECE_ITEMS && revisit->item_bytes < PIECE_BYTES))
		return 0;
	return submit_piece(revisit, err);
}

struct revisit *revisit_new(const struct revisit_spec *spec)
{
	struct revisit *revisit = g_new0(struct revisit, 1);

	revisit->spec = *spec;
	revisit->progress = progress_begin(spec->label, spec->total, spec->progress);
	revisit->folder = path_folder_of(spec->case_path);
	revisit->piece = g_byte_array_new();
	return revisit;
}

int revisit_end(struct revisit *revisit, int status, struct error *err)
{
	if (status == 0)
		status = submit_piece(revisit, err);
	if (status == 0 && revisit->workers)
		status = workers_drain(revisit->workers, err);
	workers_free(revisit->workers);
	progress_end(revisit->progress);
	g_byte_array_unref(revisit->piece);
	g_free(revisit->folder);
	g_free(revisit);
	return status < 0 ? -1 : 0;
}
