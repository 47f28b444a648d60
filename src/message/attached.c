/* attached.c - messages inside a message
 *
 * What has begun and not ended is a pile: the message itself, in it a part, in that a
 * message, and so on; there is no recursion. Lines are all that matters: a line that is
 * the boundary of one on the pile ends all above it. Bytes of an encoded message are
 * lines of a layer of their own. */
#include "epistograph/attached.h"

#include "part_header.h"

#include "epistograph/source.h"

#include <gmime/gmime.h>

#include <string.h>

/* A longer line is no boundary: RFC 2046 5.1.1 allows 70 characters. */
#define LINE_KEPT 4096

/* Of a part's header no more is looked at; of all messages' headers no more is kept. */
#define PART_HEADER_MAX (64 << 10)
#define HEADERS_MAX (64 << 20)

/* Encoded messages in encoded messages. */
#define LAYERS_MAX 4

enum state {
	STATE_HEADER,                   /* its header is being read */
	STATE_TEXT,                     /* nothing in it is looked at */
	STATE_MULTIPART,                /* before its first boundary, or behind its last one */
	STATE_PLAIN,                    /* it is a message, which lies on it on the pile */
	STATE_ENCODED,                  /* the same, encoded */
};

struct entity {
	enum state state;
	int layer;
	bool message;                   /* not a part */
	bool in_digest, in_report;      /* what it is a part of */
	bool digest, report;            /* of a multipart: what it is */
	bool closed;                    /* its last boundary was met */
	char *boundary;                 /* owned; NULL if it is no multipart */
	gsize boundary_size;
	guint children;
	gsize number_size;              /* bytes of reader->number with its own */
	int found;                      /* its number in reader->found, -1 if it is in there not */
	int64_t begin;                  /* of a message: its first byte in the layer */
};

struct layer {
	GByteArray *line;               /* what came of a line */
	bool inside;                    /* of a line whose begin was given already */
	char line_end;                  /* '\r' in text that has no '\n'; 0: not known yet */
	bool after_cr;                  /* not known, and the last byte is a '\r' */
	int64_t at;                     /* of the line's first byte */
	int64_t line_end_size;          /* of the line before */

	/* Of bytes that come in coded, line by line. */
	GMimeEncoding decoder;
	bool decided, plain;            /* they are not what they are said to be */
	uint8_t held[2];                /* the last line end: a boundary's, if one follows */
	gsize held_size;
};

struct found {
	char *number;
	gsize header, header_size;      /* in reader->headers */
	int64_t size;
	enum enclosure enclosure;
	bool complete;                  /* its header is there */
};

struct attached_reader {
	GArray *pile;                   /* struct entity */
	struct layer layers[LAYERS_MAX];
	GArray *found;                  /* struct found */
	GByteArray *headers;
	GByteArray *header;             /* of the entity on top */
	bool blank_lead;                /* a blank line stood before it */
	GString *number;
	guint parts;
	unsigned faults;

	/* The message that is wanted. */
	char *part;
	int wanted;                     /* its number in found, -1: not met */
	bool collecting;
	gsize body_at;                  /* bytes of it up to its body */
	GByteArray *bytes, *taken;
	uint8_t held[2];                /* the line end last met: a boundary's, if one follows */
	gsize held_size;
};

/* ---- the pile ---- */

static struct entity *entity_at(const struct attached_reader *reader, guint i)
{
	return &g_array_index(reader->pile, struct entity, i);
}

static struct entity *top_of(const struct attached_reader *reader)
{
	return entity_at(reader, reader->pile->len - 1);
}

static struct found *found_of(const struct attached_reader *reader, const struct entity *entity)
{
	return &g_array_index(reader->found, struct found, entity->found);
}

/* Put something on the pile, whose header is to come. child: its number in what is below,
 * 0 for the number of that. */
static struct entity *push(struct attached_reader *reader, int layer, bool message, guint child)
{
	struct entity entity = { .state = STATE_HEADER, .layer = layer, .message = message,
	                         .found = -1 };

	if (child)
		g_string_append_printf(reader->number, "%s%u", reader->number->len ? "." : "", child);
	entity.number_size = reader->number->len;
	g_array_append_val(reader->pile, entity);
	g_byte_array_set_size(reader->header, 0);
	reader->blank_lead = false;
	return top_of(reader);
}

static void begin_layer(struct layer *layer)
{
	g_byte_array_set_size(layer->line, 0);
	layer->inside = layer->decided = layer->plain = layer->after_cr = false;
	layer->line_end = 0;
	layer->held_size = 0;
	layer->at = layer->line_end_size = 0;
}

/* May one more message be taken? */
static bool has_room(struct attached_reader *reader)
{
	if (reader->pile->len >= ATTACHED_DEPTH_MAX) {
		reader->faults |= ATTACHED_DEEP;
		return false;
	}
	if (reader->found->len >= ATTACHED_MESSAGES_MAX || reader->headers->len >= HEADERS_MAX) {
		reader->faults |= ATTACHED_MANY;
		return false;
	}
	return true;
}

/* The entity on top holds a message: put that on the pile. */
static void push_message(struct attached_reader *reader, int layer, enum enclosure enclosure,
                         int64_t begin)
{
	guint child = top_of(reader)->message ? 1 : 0;
	struct entity *inside = push(reader, layer, true, child);
	struct found found = { .number = g_strdup(reader->number->str), .size = -1,
	                       .enclosure = enclosure };

	inside->begin = begin;
	inside->found = (int)reader->found->len;
	if (reader->part && reader->wanted < 0 && strcmp(reader->part, found.number) == 0) {
		reader->wanted = inside->found;
		reader->collecting = true;
	}
	g_array_append_val(reader->found, found);
}

/* ---- the end of a header ---- */

static GMimeContentEncoding encoding_of(struct slice encoding)
{
	if (slice_equals(encoding, "base64"))
		return GMIME_CONTENT_ENCODING_BASE64;
	if (slice_equals(encoding, "quoted-printable"))
		return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
	return GMIME_CONTENT_ENCODING_DEFAULT;
}

static void open_message(struct attached_reader *reader, const struct part_header *part,
                         int64_t begin)
{
	struct entity *carrier = top_of(reader);
	GMimeContentEncoding encoding = encoding_of(part->encoding);
	enum enclosure enclosure = carrier->in_report || part_is_header_alone(part->type)
	                           ? ENCLOSURE_RETURNED : ENCLOSURE_ATTACHED;
	int layer = carrier->layer;

	carrier->state = STATE_TEXT;
	if (!has_room(reader))
		return;
	if (encoding == GMIME_CONTENT_ENCODING_DEFAULT) {
		carrier->state = STATE_PLAIN;
		push_message(reader, layer, enclosure, begin);
		return;
	}
	if (layer + 1 == LAYERS_MAX) {
		reader->faults |= ATTACHED_DEEP;
		return;
	}
	carrier->state = STATE_ENCODED;
	begin_layer(&reader->layers[layer + 1]);
	g_mime_encoding_init_decode(&reader->layers[layer + 1].decoder, encoding);
	push_message(reader, layer + 1, enclosure, 0);
}

static void keep_header(struct attached_reader *reader, struct entity *message)
{
	struct found *found = found_of(reader, message);

	found->header = reader->headers->len;
	found->header_size = reader->header->len;
	found->complete = true;
	g_byte_array_append(reader->headers, reader->header->data, reader->header->len);
}

/* The header of the entity on top is complete; what follows begins at `begin`. */
static void end_header(struct attached_reader *reader, int64_t begin)
{
	struct entity *top = top_of(reader);
	struct part_header part = part_header_read(reader->header->data, reader->header->len);

	top->state = STATE_TEXT;
	if (top->found >= 0)
		keep_header(reader, top);
	if (slice_starts(part.type, "multipart/")) {
		top->boundary = part_boundary(part.field);
		top->boundary_size = top->boundary ? strlen(top->boundary) : 0;
		top->digest = slice_equals(part.type, "multipart/digest");
		top->report = slice_equals(part.type, "multipart/report");
		top->state = top->boundary ? STATE_MULTIPART : STATE_TEXT;
	} else if (part_is_message(&part, top->in_digest)) {
		open_message(reader, &part, begin);
	}
}

/* ---- the end of an entity ---- */

static void release_held(struct attached_reader *reader)
{
	g_byte_array_append(reader->bytes, reader->held, (guint)reader->held_size);
	reader->held_size = 0;
}

/* Take the entity on top away; it ended before `end` of its layer. */
static void pop(struct attached_reader *reader, int64_t end)
{
	struct entity *top = top_of(reader);

	if (top->found >= 0) {
		struct found *found = found_of(reader, top);

		if (top->state == STATE_HEADER)
			keep_header(reader, top);
		found->size = MAX(end - top->begin, 0);
		if (top->found == reader->wanted)
			reader->collecting = false;
	}
	g_free(top->boundary);
	g_array_set_size(reader->pile, reader->pile->len - 1);
	g_string_truncate(reader->number, reader->pile->len ? top_of(reader)->number_size : 0);
}

static void take_line(struct attached_reader *reader, int layer, bool ends);
static void release_coded(struct attached_reader *reader, int layer);

/* The last line of a layer may have no end. */
static void flush(struct attached_reader *reader, int layer)
{
	if (reader->layers[layer].line->len > 0)
		take_line(reader, layer, true);
}

/* Take away all above this many entities, of which those in `layer` end before `end`. */
static void close_above(struct attached_reader *reader, guint keep, int layer, int64_t end)
{
	for (int deeper = layer + 1; deeper <= top_of(reader)->layer; deeper++) {
		if (deeper > layer + 1 || keep == 0)    /* no boundary cuts it */
			release_coded(reader, deeper);
		flush(reader, deeper);
	}
	while (reader->pile->len > keep) {
		int own = top_of(reader)->layer;
		bool cut = own == layer;        /* the others end with their layer */

		if (!cut && top_of(reader)->found == reader->wanted && reader->collecting)
			release_held(reader);
		pop(reader, cut ? end : reader->layers[own].at);
	}
}

/* ---- lines ---- */

static gsize without_line_end(const uint8_t *line, gsize size)
{
	while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
		size--;
	return size;
}

/* The size of the line end that belongs to a boundary on the next line. */
static gsize line_end_size(const uint8_t *line, gsize size)
{
	if (size == 0 || (line[size - 1] != '\n' && line[size - 1] != '\r'))
		return 0;
	return size > 1 && line[size - 1] == '\n' && line[size - 2] == '\r' ? 2 : 1;
}

/* Is the line "--boundary", *last with another "--"? Blanks may follow. */
static bool is_boundary(const struct entity *entity, const uint8_t *line, gsize size, bool *last)
{
	if (!entity->boundary || entity->closed || size < 2 + entity->boundary_size ||
	    memcmp(line + 2, entity->boundary, entity->boundary_size) != 0)
		return false;
	line += 2 + entity->boundary_size;
	size -= 2 + entity->boundary_size;
	*last = size >= 2 && line[0] == '-' && line[1] == '-';
	for (gsize i = *last ? 2 : 0; i < size; i++)
		if (line[i] != ' ' && line[i] != '\t')
			return false;
	return true;
}

/* Begin a part of the multipart on top. */
static void push_part(struct attached_reader *reader, int layer)
{
	struct entity *multipart = top_of(reader);
	bool digest = multipart->digest, report = multipart->report;
	guint child = ++multipart->children;

	if (reader->pile->len >= ATTACHED_DEPTH_MAX || reader->parts >= ATTACHED_PARTS_MAX) {
		reader->faults |= reader->parts >= ATTACHED_PARTS_MAX ? ATTACHED_MANY : ATTACHED_DEEP;
		return;
	}
	reader->parts++;
	struct entity *part = push(reader, layer, false, child);

	part->in_digest = digest;
	part->in_report = report;
}

/* Of entities with the same boundary the outermost is meant, as in Python's email. */
static bool take_boundary(struct attached_reader *reader, int layer, const uint8_t *line,
                          gsize size)
{
	const struct layer *from = &reader->layers[layer];
	bool last = false;

	if (size < 3 || line[0] != '-' || line[1] != '-')
		return false;
	for (guint i = 0; i < reader->pile->len; i++) {
		const struct entity *entity = entity_at(reader, i);

		if (entity->layer != layer || !is_boundary(entity, line, size, &last))
			continue;
		close_above(reader, i + 1, layer, from->at - from->line_end_size);
		top_of(reader)->closed = last;
		if (!last)
			push_part(reader, layer);
		return true;
	}
	return false;
}

static void take_header_line(struct attached_reader *reader, const uint8_t *line, gsize size,
                             bool whole, int64_t end)
{
	const struct entity *top = top_of(reader);
	gsize most = top->message ? SOURCE_HEADER_MAX : PART_HEADER_MAX;
	bool blank = whole && without_line_end(line, size) == 0;

	/* Some programs leave a blank line before an attached message. */
	if (blank && top->found >= 0 && reader->header->len == 0 && !reader->blank_lead) {
		reader->blank_lead = true;
		return;
	}
	g_byte_array_append(reader->header, line, (guint)MIN(size, most - reader->header->len));
	if (blank)
		end_header(reader, end);
}

static void feed(struct attached_reader *reader, int layer, const uint8_t *bytes, gsize size);

/* Is what is said to be base64 a header as it stands? A colon is none of its characters. */
static void decide(struct layer *layer, const uint8_t *line, gsize size)
{
	if (layer->decided || without_line_end(line, size) == 0)
		return;
	layer->decided = true;
	layer->plain = layer->decoder.encoding == GMIME_CONTENT_ENCODING_BASE64 &&
	               memchr(line, ':', size) != NULL;
}

static void decode(struct attached_reader *reader, int layer, const uint8_t *bytes, gsize size)
{
	struct layer *to = &reader->layers[layer];
	char decoded[LINE_KEPT + 64];

	if (to->plain) {
		feed(reader, layer, bytes, size);
		return;
	}
	gsize count = g_mime_encoding_step(&to->decoder, (const char *)bytes, size, decoded);

	feed(reader, layer, (const uint8_t *)decoded, count);
}

static void release_coded(struct attached_reader *reader, int layer)
{
	struct layer *to = &reader->layers[layer];
	gsize size = to->held_size;

	to->held_size = 0;
	decode(reader, layer, to->held, size);
}

static void take_encoded(struct attached_reader *reader, int layer, const uint8_t *line,
                         gsize size)
{
	struct layer *deeper = &reader->layers[layer + 1];
	gsize end = line_end_size(line, size);

	decide(deeper, line, size);
	release_coded(reader, layer + 1);
	decode(reader, layer + 1, line, size - end);
	memcpy(deeper->held, line + size - end, end);
	deeper->held_size = end;
}

/* Note the line's bytes if they are of the message that is wanted, or in one of its. */
static void collect(struct attached_reader *reader, int layer, const uint8_t *line, gsize size)
{
	const struct entity *wanted = NULL;

	for (guint i = 0; reader->collecting && i < reader->pile->len && !wanted; i++)
		if (entity_at(reader, i)->found == reader->wanted)
			wanted = entity_at(reader, i);
	if (!wanted || wanted->layer != layer)
		return;
	release_held(reader);
	reader->held_size = line_end_size(line, size);
	g_byte_array_append(reader->bytes, line, (guint)(size - reader->held_size));
	memcpy(reader->held, line + size - reader->held_size, reader->held_size);
	if (wanted->state == STATE_HEADER)
		reader->body_at = reader->bytes->len + reader->held_size;
}

/* The entity that lines of the layer go to. */
static struct entity *top_in(const struct attached_reader *reader, int layer)
{
	guint i = reader->pile->len;

	while (--i > 0 && entity_at(reader, i)->layer > layer)
		;
	return entity_at(reader, i);
}

/* A line of a layer, or a piece of a long one. */
static void take_line(struct attached_reader *reader, int layer, bool ends)
{
	struct layer *from = &reader->layers[layer];
	const uint8_t *line = from->line->data;
	gsize size = from->line->len;
	int64_t end = from->at + (int64_t)size;
	bool whole = ends && !from->inside;
	bool boundary = whole && take_boundary(reader, layer, line, without_line_end(line, size));
	const struct entity *top = top_in(reader, layer);

	/* A boundary is part of what it leaves on the pile. */
	collect(reader, layer, line, size);
	if (!boundary && top->state == STATE_HEADER)
		take_header_line(reader, line, size, whole, end);
	else if (!boundary && top->state == STATE_ENCODED)
		take_encoded(reader, layer, line, size);
	from->at = end;
	from->line_end_size = (int64_t)line_end_size(line, size);
	from->inside = !ends;
	g_byte_array_set_size(from->line, 0);
}

/* What ends the lines of a layer: what follows the first '\r' says. */
static void find_line_end(struct layer *layer, const uint8_t *bytes, gsize size)
{
	for (gsize i = 0; i < size && !layer->line_end; i++) {
		if (bytes[i] == '\n')
			layer->line_end = '\n';
		else if (layer->after_cr && bytes[i] != '\r')
			layer->line_end = '\r';
		layer->after_cr = bytes[i] == '\r';
	}
}

static void feed(struct attached_reader *reader, int layer, const uint8_t *bytes, gsize size)
{
	struct layer *to = &reader->layers[layer];

	if (!to->line_end) {
		find_line_end(to, bytes, size);
		if (to->line_end == '\r' && to->line->len > 0) {
			GByteArray *held = to->line;    /* lines, as is known now */

			to->line = g_byte_array_new();
			feed(reader, layer, held->data, held->len);
			g_byte_array_unref(held);
		}
	}
	while (size > 0) {
		gsize most = MIN(size, LINE_KEPT - to->line->len);
		const uint8_t *found = memchr(bytes, to->line_end ? to->line_end : '\n', most);
		gsize taken = found ? (gsize)(found - bytes) + 1 : most;

		g_byte_array_append(to->line, bytes, (guint)taken);
		bytes += taken;
		size -= taken;
		if (found || to->line->len == LINE_KEPT)
			take_line(reader, layer, found != NULL);
	}
}

bool attached_possible(const uint8_t *header, size_t size)
{
	struct part_header part = part_header_read(header, size);

	return slice_starts(part.type, "multipart/") || part_is_message(&part, false);
}

/* ---- one message ---- */

static void found_clear(gpointer found)
{
	g_free(((struct found *)found)->number);
}

struct attached_reader *attached_reader_new(void)
{
	struct attached_reader *reader = g_new0(struct attached_reader, 1);

	reader->pile = g_array_new(FALSE, FALSE, sizeof(struct entity));
	reader->found = g_array_new(FALSE, FALSE, sizeof(struct found));
	g_array_set_clear_func(reader->found, found_clear);
	for (int i = 0; i < LAYERS_MAX; i++)
		reader->layers[i].line = g_byte_array_new();
	reader->headers = g_byte_array_new();
	reader->header = g_byte_array_new();
	reader->bytes = g_byte_array_new();
	reader->taken = g_byte_array_new();
	reader->number = g_string_new(NULL);
	return reader;
}

static void clear_pile(struct attached_reader *reader)
{
	for (guint i = 0; i < reader->pile->len; i++)
		g_free(entity_at(reader, i)->boundary);
	g_array_set_size(reader->pile, 0);
}

void attached_reader_free(struct attached_reader *reader)
{
	if (!reader)
		return;
	clear_pile(reader);
	g_array_unref(reader->pile);
	g_array_unref(reader->found);
	for (int i = 0; i < LAYERS_MAX; i++)
		g_byte_array_unref(reader->layers[i].line);
	g_byte_array_unref(reader->headers);
	g_byte_array_unref(reader->header);
	g_byte_array_unref(reader->bytes);
	g_byte_array_unref(reader->taken);
	g_string_free(reader->number, TRUE);
	g_free(reader->part);
	g_free(reader);
}

void attached_begin(struct attached_reader *reader, const char *part)
{
	clear_pile(reader);
	g_array_set_size(reader->found, 0);
	g_byte_array_set_size(reader->headers, 0);
	g_byte_array_set_size(reader->bytes, 0);
	g_string_truncate(reader->number, 0);
	begin_layer(&reader->layers[0]);
	g_free(reader->part);
	reader->part = g_strdup(part);
	reader->wanted = -1;
	reader->collecting = false;
	reader->body_at = reader->held_size = 0;
	reader->parts = 0;
	reader->faults = 0;
	push(reader, 0, true, 0);
}

void attached_add(struct attached_reader *reader, const uint8_t *bytes, size_t size)
{
	feed(reader, 0, bytes, size);
}

/* Those without any header field are none: they are left out. */
static void drop_empty(struct attached_reader *reader)
{
	for (guint i = reader->found->len; i-- > 0;) {
		const struct found *found = &g_array_index(reader->found, struct found, i);

		if (part_header_read(reader->headers->data + found->header, found->header_size).any)
			continue;
		reader->faults |= ATTACHED_EMPTY;
		g_array_remove_index(reader->found, i);
	}
}

void attached_end(struct attached_reader *reader)
{
	flush(reader, 0);
	if (reader->collecting)
		release_held(reader);
	close_above(reader, 0, 0, reader->layers[0].at);
	if (reader->wanted < 0)
		drop_empty(reader);
}

static void fill(const struct attached_reader *reader, const struct found *found,
                 struct raw_message *raw)
{
	*raw = (struct raw_message){
		.member = found->number,
		.enclosure = found->enclosure,
		.size = found->size,
		.header = reader->headers->data + found->header,
		.header_size = found->header_size,
	};
}

bool attached_get(const struct attached_reader *reader, size_t i, struct raw_message *raw)
{
	if (i >= reader->found->len)
		return false;
	fill(reader, &g_array_index(reader->found, struct found, i), raw);
	return true;
}

unsigned attached_faults(const struct attached_reader *reader)
{
	return reader->faults;
}

bool attached_wanted(const struct attached_reader *reader, struct raw_message *raw)
{
	if (reader->wanted < 0 ||
	    !g_array_index(reader->found, struct found, reader->wanted).complete)
		return false;
	fill(reader, &g_array_index(reader->found, struct found, reader->wanted), raw);
	return true;
}

const uint8_t *attached_take(struct attached_reader *reader, size_t *size)
{
	GByteArray *bytes = reader->bytes;

	*size = bytes->len;
	reader->bytes = reader->taken;
	reader->taken = bytes;
	g_byte_array_set_size(reader->bytes, 0);
	return *size ? bytes->data : NULL;
}

void attached_skip_header(struct attached_reader *reader)
{
	if (reader->body_at > reader->bytes->len)
		reader->held_size = 0;
	g_byte_array_remove_range(reader->bytes, 0, (guint)MIN(reader->body_at, reader->bytes->len));
}

const char *attached_fault_name(int i)
{
	static const char *const names[ATTACHED_FAULTS] = {
		"attached-deep", "attached-many", "attached-empty", "attached-unread",
	};

	return names[i];
}

const char *attached_fault_text(int i)
{
	static const char *const texts[ATTACHED_FAULTS] = {
		"its parts are in each other more than " G_STRINGIFY(ATTACHED_DEPTH_MAX) " deep, or coded again "
		"and again: what is attached below is not read",
		"it has more parts than " G_STRINGIFY(ATTACHED_PARTS_MAX) ", or more attached messages than "
		G_STRINGIFY(ATTACHED_MESSAGES_MAX) ": the others are not read",
		"what is attached to it as a message has no header and is not counted",
		"its body could not be gone through for attached messages",
	};

	return texts[i];
}
