#include "piece.h"

#include "epistograph/inventory.h"
#include "epistograph/workers.h"

#include <string.h>

/* A piece of work is closed at this many items, or when they weigh enough. */
#define PIECE_ITEMS 128

static enum source_form form_unopened(enum inventory_state state)
{
	return state == INVENTORY_UNREADABLE ? SOURCE_UNREADABLE
	     : state == INVENTORY_REPEATED ? SOURCE_LINK
	     : state == INVENTORY_UNDELIVERED ? SOURCE_UNDELIVERED : SOURCE_SPECIAL;
}

struct item item_of_entry(struct inventory *inventory, size_t i)
{
	const struct inventory_entry *entry = &inventory->entries[i];

	inventory_examine(inventory, i);
	struct item item = {
		.entry = i + 1, .size = entry->size, .modified_ns = entry->modified_ns,
		.type = ITEM_FILE, .path = entry->path, .reason = "",
	};

	if (entry->state != INVENTORY_FILE && entry->state != INVENTORY_REPOSITORY) {
		item.type = ITEM_UNOPENED;
		item.form = form_unopened(entry->state);
		item.reason = entry->reason;
	}
	return item;
}

void piece_init(struct piece *piece, struct workers *workers)
{
	*piece = (struct piece){ .workers = workers, .bytes = g_byte_array_new() };
}

void piece_clear(struct piece *piece)
{
	if (piece->bytes)
		g_byte_array_unref(piece->bytes);
	piece->bytes = NULL;
}

static void add_text(GByteArray *bytes, const char *text)
{
	g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text) + 1);
}

int piece_add(struct piece *piece, const struct item *item, int64_t weight, struct error *err)
{
	static const uint8_t padding[8];
	GByteArray *bytes = piece->bytes;
	struct item head = *item;

	if (!piece->items) {
		piece->serial++;
		g_byte_array_append(bytes, (const guint8 *)&piece->serial, sizeof piece->serial);
	}
	head.notes = NULL;
	head.path = head.name = head.reason = NULL;
	g_byte_array_append(bytes, (const guint8 *)&head, sizeof head);
	if (item->note_count)
		g_byte_array_append(bytes, (const guint8 *)item->notes,
		                    (guint)(item->note_count * sizeof *item->notes));
	add_text(bytes, item->path);
	add_text(bytes, item->name);
	add_text(bytes, item->reason);
	g_byte_array_append(bytes, padding, -bytes->len & 7);
	piece->items++;
	piece->weight += weight;
	return piece->items >= PIECE_ITEMS || piece->weight >= PIECE_WEIGHT_MAX
	       ? piece_submit(piece, err) : 0;
}

int piece_submit(struct piece *piece, struct error *err)
{
	if (!piece->items)
		return 0;
	int status = workers_submit(piece->workers, piece->bytes->data, piece->bytes->len, err);
	g_byte_array_set_size(piece->bytes, 0);
	piece->items = 0;
	piece->weight = 0;
	return status;
}

static const char *take_text(const uint8_t **at)
{
	const char *text = (const char *)*at;

	*at += strlen(text) + 1;
	return text;
}

bool piece_next(const uint8_t *bytes, size_t size, const uint8_t **at, struct item *item)
{
	if (!*at)
		*at = bytes + sizeof(uint64_t);
	if (*at == bytes + size)
		return false;
	memcpy(item, *at, sizeof *item);
	*at += sizeof *item;
	item->notes = (const void *)*at;
	*at += item->note_count * sizeof *item->notes;
	item->path = take_text(at);
	item->name = take_text(at);
	item->reason = take_text(at);
	/* Items start at multiples of 8, so that notes are aligned. */
	*at += -(uintptr_t)(*at - bytes) & 7;
	return true;
}

uint64_t piece_serial(const uint8_t *bytes)
{
	uint64_t serial;

	memcpy(&serial, bytes, sizeof serial);
	return serial;
}
