/* Rows held back, so that many are inserted by one statement. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"

#include <string.h>

/* A statement of many rows keeps the pages as they were before, in case it has to be
 * taken back alone. None is: what fails here ends the whole transaction. */
static const struct { const char *insert; int columns; } row_tables[ROW_TABLE_COUNT] = {
	[ROWS_OF_FILE] = { "INSERT OR ROLLBACK INTO file VALUES ", 10 },
	[ROWS_OF_MESSAGE] = { "INSERT OR ROLLBACK INTO message VALUES ", 23 },
	[ROWS_OF_ORIGIN] = { "INSERT OR ROLLBACK INTO origin VALUES ", 6 },
	[ROWS_OF_MENTION] = { "INSERT OR ROLLBACK INTO mention VALUES ", 5 },
	[ROWS_OF_REFERENCE] = { "INSERT OR ROLLBACK INTO reference VALUES ", 3 },
	[ROWS_OF_IDENTIFIER] = { "INSERT OR ROLLBACK INTO identifier VALUES ", 3 },
};

enum cell_type { CELL_NULL, CELL_NUMBER, CELL_TEXT, CELL_BYTES };

struct cell {
	enum cell_type type;
	int size;                       /* of text and bytes */
	int64_t number;                 /* or where they begin in held->bytes */
};

void held_rows_init(struct held_rows *held, enum row_table table)
{
	*held = (struct held_rows){
		.cells = g_new(struct cell, ROWS_AT_ONCE * row_tables[table].columns),
		.bound = g_new0(struct cell, ROWS_AT_ONCE * row_tables[table].columns),
		.bytes = g_byte_array_sized_new(4096),  /* never NULL, not even for "" */
	};
}

void held_rows_clear(struct held_rows *held)
{
	if (!held->cells)
		return;
	for (int i = 0; i < ROW_STATEMENTS; i++)
		sqlite3_finalize(held->statements[i]);
	g_free(held->cells);
	g_free(held->bound);
	g_byte_array_free(held->bytes, TRUE);
	*held = (struct held_rows){ 0 };
}

void held_forget(struct held_rows *held)
{
	held->count = held->cell_count = 0;
	g_byte_array_set_size(held->bytes, 0);
}

/* ---- filling a row ---- */

static void hold(struct held_rows *held, struct cell cell)
{
	held->cells[held->cell_count++] = cell;
}

void hold_number(struct held_rows *held, int64_t number)
{
	hold(held, (struct cell){ .type = CELL_NUMBER, .number = number });
}

void hold_id(struct held_rows *held, int64_t id)
{
	hold(held, (struct cell){ .type = id ? CELL_NUMBER : CELL_NULL, .number = id });
}

void hold_instant(struct held_rows *held, int64_t instant)
{
	hold(held, (struct cell){ .type = instant == INSTANT_NONE ? CELL_NULL : CELL_NUMBER,
	                          .number = instant });
}

static void hold_copy(struct held_rows *held, enum cell_type type, const void *bytes, int size)
{
	hold(held, (struct cell){ .type = type, .size = size, .number = held->bytes->len });
	g_byte_array_append(held->bytes, bytes, (guint)size);
}

void hold_bytes(struct held_rows *held, const void *bytes, int size)
{
	hold_copy(held, CELL_BYTES, bytes, size);
}

void hold_text(struct held_rows *held, const char *text)
{
	if (text)
		hold_copy(held, CELL_TEXT, text, (int)strlen(text));
	else
		hold(held, (struct cell){ .type = CELL_NULL });
}

struct held_rows *held_begin(struct casefile *casefile, enum row_table table, int64_t key)
{
	struct held_rows *held = &casefile->held[table];

	if (held->count == 0 || key < held->lowest)
		held->lowest = key;
	hold_number(held, key);
	return held;
}

int held_end(struct casefile *casefile, enum row_table table, struct error *err)
{
	struct held_rows *held = &casefile->held[table];

	held->count++;
	g_assert(held->cell_count == held->count * row_tables[table].columns);
	return held->count < ROWS_AT_ONCE ? 0 : held_store(casefile, table, INT64_MAX, err);
}

/* ---- storing them ---- */

/* The insertion of 1 << size rows; NULL with *err. */
static sqlite3_stmt *row_statement(struct casefile *casefile, enum row_table table, int size,
                                   struct error *err)
{
	sqlite3_stmt **kept = &casefile->held[table].statements[size];

	if (*kept)
		return *kept;
	GString *sql = g_string_new(row_tables[table].insert);

	for (int i = 0; i < row_tables[table].columns << size; i++) {
		bool first = i % row_tables[table].columns == 0;

		g_string_append(sql, !first ? ", ?" : i ? "), (?" : "(?");
	}
	g_string_append_c(sql, ')');
	*kept = casefile_compile(casefile, sql->str, err);
	g_string_free(sql, TRUE);
	return *kept;
}

static void bind_cell(struct casefile *casefile, sqlite3_stmt *insert, int index,
                      const struct held_rows *held, const struct cell *cell)
{
	switch (cell->type) {
	case CELL_NULL:
		bind_id(casefile, insert, index, 0);
		break;
	case CELL_NUMBER:
		bind_number(casefile, insert, index, cell->number);
		break;
	case CELL_TEXT:
		bind_text_of(casefile, insert, index, (const char *)held->bytes->data + cell->number,
		             cell->size);
		break;
	case CELL_BYTES:
		bind_bytes(casefile, insert, index, held->bytes->data + cell->number, cell->size);
		break;
	}
}

/* A statement keeps its values, and many numbers are the same row for row. */
static bool is_bound(const struct cell *bound, const struct cell *cell)
{
	return bound->type == cell->type &&
	       (cell->type == CELL_NULL ||
	        (cell->type == CELL_NUMBER && bound->number == cell->number));
}

/* most: of as many rows as go into one statement. */
static void bind_rows(struct casefile *casefile, sqlite3_stmt *insert, struct held_rows *held,
                      const struct cell *cells, int count, bool most)
{
	for (int i = 0; i < count; i++) {
		if (most && is_bound(&held->bound[i], &cells[i]))
			continue;
		bind_cell(casefile, insert, i + 1, held, &cells[i]);
		if (most)
			held->bound[i] = cells[i];
	}
}

int held_store(struct casefile *casefile, enum row_table table, int64_t key, struct error *err)
{
	struct held_rows *held = &casefile->held[table];
	const struct cell *cell = held->cells;
	int left = held->count;

	if (left == 0 || key < held->lowest)
		return 0;
	for (int size = ROW_STATEMENTS - 1; left > 0; size--) {
		if (left < 1 << size)
			continue;
		sqlite3_stmt *insert = row_statement(casefile, table, size, err);

		if (!insert)
			return -1;
		int count = row_tables[table].columns << size;

		bind_rows(casefile, insert, held, cell, count, size == ROW_STATEMENTS - 1);
		cell += count;
		if (casefile_run(casefile, insert, err) < 0)
			return -1;
		left -= 1 << size;
	}
	held_forget(held);
	return 0;
}

int held_store_all(struct casefile *casefile, struct error *err)
{
	for (int table = 0; table < ROW_TABLE_COUNT; table++)
		if (held_store(casefile, (enum row_table)table, INT64_MAX, err) < 0)
			return -1;
	return 0;
}
