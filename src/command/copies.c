#include "copies.h"

#include "content.h"

#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/message.h"
#include "epistograph/path.h"
#include "epistograph/progress.h"
#include "epistograph/source.h"
#include "epistograph/workers.h"

#include <string.h>

/* A piece of work is closed at the first of these. */
#define PIECE_ITEMS 128
#define PIECE_BYTES (4 << 20)

/* A piece is items, each followed by its path, chain and member. An item's place has the
 * message as position. */
struct item {
	int64_t message;
	int64_t offset, size, outer_size, file_size, modified_ns;
	int64_t enclosure;
	int64_t path_size, chain_size;  /* with their NULs */
	int64_t texts_size;             /* with the member's, its NUL and what fills up to 8 bytes */
};

struct comparing {
	struct casefile *casefile;
	const struct copies_options *options;
	struct workers *workers;        /* NULL until there is work */
	struct progress *progress;
	char *folder;                   /* of the case file */

	GByteArray *piece;
	int item_count;
	int64_t item_bytes;
	int64_t packed;                 /* the file on disk that the piece is of, if that is packed:
	                                 * all of it, for a worker has to go through it; else 0 */
	int64_t done_bytes;

	/* In a worker. */
	struct content *content;
	struct body_digest *digest;
};

/* ---- in a worker ---- */

static int read_body(struct comparing *comparing, const struct item *item, const char *path,
                     uint8_t out[static 16])
{
	struct raw_place place = {
		.path = path, .chain = path + item->path_size,
		.member = path + item->path_size + item->chain_size,
		.offset = item->offset, .size = item->size,
		.enclosure = (enum enclosure)item->enclosure, .outer_size = item->outer_size,
		.file_size = item->file_size, .modified_ns = item->modified_ns,
	};
	struct raw_message raw;
	struct error err = { 0 };
	const uint8_t *bytes;
	size_t size;
	int got;

	if (content_find(comparing->content, &place, &raw, &err) < 0 || raw.no_text)
		return -1;
	content_skip_header(comparing->content);
	body_digest_begin(comparing->digest);
	while ((got = content_next_bytes(comparing->content, &bytes, &size, &err)) > 0)
		body_digest_add(comparing->digest, bytes, size);
	body_digest_end(comparing->digest, out);
	return got;
}

static void alive(void *context)
{
	sink_alive(context);
}

static void work_piece(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	struct comparing *comparing = context;
	struct item item;
	uint8_t digest[16];

	if (!comparing->content) {
		comparing->content = content_new();
		comparing->digest = body_digest_new();
	}
	const uint8_t *at = piece;

	content_watch(comparing->content, alive, sink);
	for (uint32_t i = 0; at < piece + size; i++) {
		memcpy(&item, at, sizeof item);
		const char *path = (const char *)at + sizeof item;

		at += sizeof item + (size_t)item.texts_size;
		if (sink_enter(sink, (struct place){ i, item.message }) == SINK_WORK &&
		    read_body(comparing, &item, path, digest) == 0)
			sink_put(sink, digest, sizeof digest);
	}
}

/* ---- in the parent ---- */

static int deliver(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                   const uint8_t *result, size_t size, struct error *err)
{
	struct comparing *comparing = context;

	(void)piece;
	(void)piece_size;
	(void)size;
	if (comparing->options->stop(err) < 0)
		return -1;
	return casefile_set_body(comparing->casefile, place.position, result, err);
}

/* Its body is one that cannot be read. */
static int lose(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                const char *why, struct error *err)
{
	(void)context;
	(void)piece;
	(void)piece_size;
	(void)place;
	(void)why;
	(void)err;
	return 0;
}

static int submit_piece(struct comparing *comparing, struct error *err)
{
	struct workers_spec spec = {
		.jobs = comparing->options->jobs, .patience_s = comparing->options->patience_s,
		.context = comparing, .work = work_piece, .deliver = deliver, .lost = lose,
	};

	if (!comparing->item_count)
		return 0;
	if (!comparing->workers && !(comparing->workers = workers_new(&spec, err)))
		return -1;
	int status = workers_submit(comparing->workers, comparing->piece->data,
	                            comparing->piece->len, err);
	g_byte_array_set_size(comparing->piece, 0);
	comparing->done_bytes += comparing->item_bytes;
	comparing->item_count = 0;
	comparing->item_bytes = 0;
	progress_update(comparing->progress, comparing->done_bytes, 0);
	return status < 0 || comparing->options->stop(err) < 0 ? -1 : 0;
}

static int add_suspect(void *context, const struct casefile_suspect *suspect, struct error *err)
{
	static const uint8_t padding[8];
	struct comparing *comparing = context;
	GByteArray *piece = comparing->piece;

	int64_t packed = suspect->packed ? suspect->disk : 0;

	if (packed != comparing->packed && submit_piece(comparing, err) < 0)
		return -1;
	comparing->packed = packed;
	char *path = g_canonicalize_filename(suspect->path, comparing->folder);
	size_t path_size = strlen(path) + 1, chain_size = strlen(suspect->chain) + 1;
	size_t member_size = strlen(suspect->member) + 1;
	size_t filled = (path_size + chain_size + member_size + 7) & ~(size_t)7;
	struct item item = {
		.message = suspect->message, .offset = suspect->offset, .size = suspect->size,
		.file_size = suspect->file_size, .modified_ns = suspect->modified_ns,
		.enclosure = suspect->enclosure, .outer_size = suspect->outer_size,
		.path_size = (int64_t)path_size, .chain_size = (int64_t)chain_size,
		.texts_size = (int64_t)filled,
	};

	g_byte_array_append(piece, (const guint8 *)&item, sizeof item);
	g_byte_array_append(piece, (const guint8 *)path, (guint)path_size);
	g_byte_array_append(piece, (const guint8 *)suspect->chain, (guint)chain_size);
	g_byte_array_append(piece, (const guint8 *)suspect->member, (guint)member_size);
	g_byte_array_append(piece, padding, (guint)(filled - path_size - chain_size - member_size));
	g_free(path);
	comparing->item_count++;
	comparing->item_bytes += suspect->size;
	if (packed || (comparing->item_count < PIECE_ITEMS && comparing->item_bytes < PIECE_BYTES))
		return 0;
	return submit_piece(comparing, err);
}

int copies_compare(struct casefile *casefile, const struct copies_options *options,
                   struct error *err)
{
	struct comparing comparing = {
		.casefile = casefile, .options = options,
		.progress = progress_begin("comparing (bytes)", 0, options->progress),
		.folder = path_folder_of(options->case_path),
		.piece = g_byte_array_new(),
	};
	int status = casefile_walk_suspects(casefile, add_suspect, &comparing, err);

	if (status == 0)
		status = submit_piece(&comparing, err);
	if (status == 0 && comparing.workers)
		status = workers_drain(comparing.workers, err);
	workers_free(comparing.workers);
	progress_end(comparing.progress);
	g_byte_array_unref(comparing.piece);
	g_free(comparing.folder);
	return status < 0 ? -1 : 0;
}
