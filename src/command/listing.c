#include "listing.h"

#include "command.h"
#include "naming.h"
#include "piece.h"
#include "reader.h"

#include "epistograph/error.h"
#include "epistograph/inventory.h"
#include "epistograph/text.h"
#include "epistograph/workers.h"

#include <string.h>

struct line {
	char *path, *form, *reason;     /* form is NULL until it is known */
	int64_t size;
};

struct listing {
	struct reader reader;
	GArray *lines;                  /* struct line: of the file whose results come */
	GArray *open;                   /* guint: indices of those entered and not left */
	char *why;                      /* a worker was lost: how */
	struct table *table;
	GHashTable *forms;              /* form -> number of lines */
	int64_t count;
	bool unreadable;
};

static const struct table_column columns[] = {
	{ .name = "path", .title = "File", .type = TABLE_TEXT, .exact = true },
	{ .name = "form", .title = "Form", .type = TABLE_TEXT, .whole = true },
	{ .name = "size", .title = "Bytes", .type = TABLE_INT },
	{ .name = "reason", .title = "Remark", .type = TABLE_TEXT },
};

static void work(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	struct listing *listing = context;

	reader_work(&listing->reader, piece, size, sink);
}

static void clear_line(void *data)
{
	struct line *line = data;

	g_free(line->path);
	g_free(line->form);
	g_free(line->reason);
}

/* ---- results ---- */

static void add_line(struct listing *listing, char *path)
{
	struct line line = { .path = path, .size = -1 };
	guint index = listing->lines->len;

	g_array_append_val(listing->lines, line);
	g_array_append_val(listing->open, index);
}

static void count_form(struct listing *listing, const char *form)
{
	gsize before = GPOINTER_TO_SIZE(g_hash_table_lookup(listing->forms, form));

	g_hash_table_replace(listing->forms, g_strdup(form), GSIZE_TO_POINTER(before + 1));
	listing->count++;
}

/* A file's lines are printed when all of them are known: a container before its
 * members. */
static void print_lines(struct listing *listing)
{
	for (guint i = 0; i < listing->lines->len; i++) {
		const struct line *line = &g_array_index(listing->lines, struct line, i);

		table_text(listing->table, line->path);
		table_text(listing->table, line->form);
		if (line->size < 0)
			table_null(listing->table);
		else
			table_int(listing->table, line->size);
		table_text(listing->table, line->reason);
		table_end_row(listing->table);
		count_form(listing, line->form);
	}
	g_array_set_size(listing->lines, 0);
}

static void leave_line(struct listing *listing, const struct item *item,
                       const struct result *result)
{
	guint last = g_array_index(listing->open, guint, listing->open->len - 1);
	struct line *line = &g_array_index(listing->lines, struct line, last);

	g_array_set_size(listing->open, listing->open->len - 1);
	line->form = g_strdup(result->word);
	line->reason = g_strdup(result->lost && listing->why ? listing->why : result->text);
	line->size = listing->open->len > 0 ? result->size : item->size;
	listing->unreadable |= result->form == SOURCE_UNREADABLE;
	if (listing->open->len == 0)
		print_lines(listing);
}

static void find_item(const uint8_t *piece, size_t size, uint32_t number, struct item *item)
{
	const uint8_t *at = NULL;

	for (uint32_t i = 0; i <= number; i++)
		piece_next(piece, size, &at, item);
}

static int deliver(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                   const uint8_t *bytes, size_t size, struct error *err)
{
	struct listing *listing = context;
	struct result result;
	struct item item;

	(void)err;
	find_item(piece, piece_size, place.item, &item);
	result_decode(bytes, size, &result);
	if (listing->open->len == 0)
		add_line(listing, g_strdup(item.path));
	if (result.type == RESULT_ENTER)
		add_line(listing, g_strconcat(item.path, "/", result.text, NULL));
	else if (result.type == RESULT_LEAVE)
		leave_line(listing, &item, &result);
	return 0;
}

static int lose(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                const char *why, struct error *err)
{
	struct listing *listing = context;

	(void)piece;
	(void)piece_size;
	(void)place;
	(void)err;
	g_free(listing->why);
	listing->why = g_strdup(why);
	return 0;
}

/* ---- the run ---- */

static int list_entries(struct piece *piece, struct inventory *inventory,
                        const struct listing_options *options, struct error *err)
{
	struct naming naming;
	int status = 0;

	naming_init(&naming, options->case_path, options->own);
	for (size_t i = 0; i < inventory->count && status == 0; i++) {
		const char *name = naming_of(&naming, inventory->entries[i].path);

		if (!name)
			continue;
		struct item item = item_of_entry(inventory, i);
		item.name = name;
		status = piece_add(piece, &item, 1 << 14, err);
	}
	naming_clear(&naming);
	return status < 0 || piece_submit(piece, err) < 0 ? -1 : 0;
}

static int run(struct listing *listing, struct inventory *inventory,
               const struct listing_options *options, struct error *err)
{
	struct workers_spec spec = {
		.jobs = options->jobs, .patience_s = options->patience_s, .context = listing,
		.work = work, .deliver = deliver, .lost = lose,
	};
	struct workers *workers = workers_new(&spec, err);
	struct piece piece;
	int status = -1;

	piece_init(&piece, workers);
	if (workers && list_entries(&piece, inventory, options, err) == 0)
		status = workers_drain(workers, err);
	piece_clear(&piece);
	workers_free(workers);
	return status;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "3 files: 2 mbox, 1 zip" */
static void print_sum(FILE *out, const struct listing *listing)
{
	guint count;
	gpointer *words = g_hash_table_get_keys_as_array(listing->forms, &count);

	qsort(words, count, sizeof *words, compare_words);
	fprintf(out, "\n%s", text_counted(listing->count, "file", "files"));
	for (guint i = 0; i < count; i++) {
		gpointer number = g_hash_table_lookup(listing->forms, words[i]);

		fprintf(out, "%s%s %s", i == 0 ? ": " : ", ", text_count((int64_t)GPOINTER_TO_SIZE(number)),
		        (const char *)words[i]);
	}
	fputc('\n', out);
	g_free(words);
}

int listing_print(FILE *out, const char *const *paths, size_t count,
                  const struct listing_options *options, struct error *err)
{
	struct inventory inventory;
	int status = STATUS_FAILED;

	if (inventory_take(paths, count, &inventory, err) < 0)
		return STATUS_FAILED;
	struct listing listing = {
		.reader = { .limits = options->limits, .source = options->source, .list = true },
		.lines = g_array_new(FALSE, FALSE, sizeof(struct line)),
		.open = g_array_new(FALSE, FALSE, sizeof(guint)),
		.table = table_begin(columns, G_N_ELEMENTS(columns), options->format, -1, out),
		.forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};

	g_array_set_clear_func(listing.lines, clear_line);
	if (run(&listing, &inventory, options, err) < 0) {
		table_free(listing.table);
	} else {
		table_end(listing.table);
		if (options->format == TABLE_AS_TEXT)
			print_sum(out, &listing);
		status = listing.unreadable ? STATUS_REJECTED : STATUS_DONE;
	}
	g_hash_table_destroy(listing.forms);
	g_array_unref(listing.open);
	g_array_unref(listing.lines);
	g_free(listing.why);
	inventory_clear(&inventory);
	return status;
}
