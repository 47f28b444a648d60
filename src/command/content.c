#include "content.h"

#include "epistograph/attached.h"
#include "epistograph/error.h"

#include <glib.h>

struct content {
	struct span_reader *spans;
	struct attached_reader *inside; /* NULL before there was need */
	bool enclosed;                  /* the message found last is inside another */
	bool ended;                     /* that was gone through to its end */
};

struct content *content_new(void)
{
	struct content *content = g_new0(struct content, 1);

	content->spans = span_reader_new();
	return content;
}

void content_free(struct content *content)
{
	if (!content)
		return;
	attached_reader_free(content->inside);
	span_reader_free(content->spans);
	g_free(content);
}

void content_watch(struct content *content, void (*alive)(void *context), void *context)
{
	span_reader_watch(content->spans, alive, context);
}

/* Go through some more of the message that the one asked for is in: 1, 0 at its end. */
static int go_on(struct content *content, struct error *err)
{
	const uint8_t *bytes;
	size_t size;

	if (content->ended)
		return 0;
	int got = span_next_bytes(content->spans, &bytes, &size, err);

	if (got < 0)
		return -1;
	if (got > 0)
		attached_add(content->inside, bytes, size);
	else
		attached_end(content->inside);
	content->ended = got == 0;
	return 1;
}

static int find_inside(struct content *content, const struct raw_place *place,
                       struct raw_message *raw, struct error *err)
{
	int got = 1;

	if (!content->inside)
		content->inside = attached_reader_new();
	attached_begin(content->inside, place->member);
	content->ended = false;
	while (!attached_wanted(content->inside, raw) && got > 0)
		got = go_on(content, err);
	if (got == 0)
		return error_at(err, place->path, place->offset, "no message in part %s here; the file has"
		                " changed", place->member);
	raw->path = place->path;
	raw->offset = place->offset;
	raw->size = place->size;        /* as it was when it was read; its end is not known yet */
	return got < 0 ? -1 : 0;
}

int content_find(struct content *content, const struct raw_place *place,
                 struct raw_message *raw, struct error *err)
{
	struct raw_place outer = *place;

	if (place->enclosure != ENCLOSURE_NONE)
		outer.size = place->outer_size;
	content->enclosed = false;
	if (span_find(content->spans, &outer, raw, err) < 0)
		return -1;
	/* Of a form that gives messages it is found itself. */
	content->enclosed = place->enclosure != ENCLOSURE_NONE && !raw->record;
	return content->enclosed ? find_inside(content, place, raw, err) : 0;
}

int content_next_bytes(struct content *content, const uint8_t **bytes, size_t *size,
                       struct error *err)
{
	int got = 1;

	if (!content->enclosed)
		return span_next_bytes(content->spans, bytes, size, err);
	while (!(*bytes = attached_take(content->inside, size)) && got > 0)
		got = go_on(content, err);
	return *bytes ? 1 : got;
}

void content_skip_header(struct content *content)
{
	if (content->enclosed)
		attached_skip_header(content->inside);
	else
		span_skip_header(content->spans);
}
