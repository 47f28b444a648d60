#include "copies.h"

#include "content.h"
#include "revisit.h"

#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/message.h"
#include "epistograph/workers.h"

struct comparing {
	struct casefile *casefile;
	struct body_digest *digest;     /* in a worker; NULL before there was need */
};

/* ---- in a worker ---- */

static int read_body(struct comparing *comparing, struct content *content,
                     const struct raw_place *place, uint8_t out[static 16])
{
	struct raw_message raw;
	struct error err = { 0 };
	const uint8_t *bytes;
	size_t size;
	int got;

	if (content_find(content, place, &raw, &err) < 0 || raw.no_text)
		return -1;
	content_skip_header(content);
	body_digest_begin(comparing->digest);
	while ((got = content_next_bytes(content, &bytes, &size, &err)) > 0)
		body_digest_add(comparing->digest, bytes, size);
	body_digest_end(comparing->digest, out);
	return got;
}

static void visit(void *context, struct content *content, const struct casefile_copy *copy,
                  const struct raw_place *place, struct worker_sink *sink)
{
	struct comparing *comparing = context;
	uint8_t digest[16];

	(void)copy;
	if (!comparing->digest)
		comparing->digest = body_digest_new();
	if (read_body(comparing, content, place, digest) == 0)
		sink_put(sink, digest, sizeof digest);
}

/* ---- in the parent ---- */

/* Where a worker was lost, the body is one that cannot be read. */
static int take(void *context, const struct casefile_copy *copy, const uint8_t *bytes, size_t size,
                const char *lost, struct error *err)
{
	struct comparing *comparing = context;

	(void)size;
	(void)lost;
	return bytes ? casefile_set_body(comparing->casefile, copy->message, bytes, err) : 0;
}

int copies_compare(struct casefile *casefile, const struct copies_options *options,
                   struct error *err)
{
	struct comparing comparing = { .casefile = casefile };
	struct revisit_spec spec = {
		.case_path = options->case_path, .label = "comparing (bytes)",
		.jobs = options->jobs, .patience_s = options->patience_s,
		.progress = options->progress, .context = &comparing, .visit = visit, .take = take,
	};
	struct revisit *revisit = revisit_new(&spec);
	int status = casefile_walk_suspects(casefile, revisit_add, revisit, err);

	return revisit_end(revisit, status, err);
}
