#include "epistograph/figure_data.h"

#include "canvas_internal.h"

#include <glib.h>

struct row {
	char *id;                       /* owned; NULL: not drawn */
	const char *kind;
};

struct figure_data {
	const struct data_column *columns;
	int width;
	GArray *rows;                   /* struct row */
	GArray *cells;                  /* struct data_cell, width a row */
	GStringChunk *texts;            /* of cells */
};

static void row_clear(void *row)
{
	g_free(((struct row *)row)->id);
}

struct figure_data *figure_data_new(void)
{
	struct figure_data *data = g_new0(struct figure_data, 1);

	data->rows = g_array_new(FALSE, TRUE, sizeof(struct row));
	g_array_set_clear_func(data->rows, row_clear);
	data->cells = g_array_new(FALSE, TRUE, sizeof(struct data_cell));
	data->texts = g_string_chunk_new(4096);
	return data;
}

void figure_data_free(struct figure_data *data)
{
	if (!data)
		return;
	g_array_unref(data->rows);
	g_array_unref(data->cells);
	g_string_chunk_free(data->texts);
	g_free(data);
}

struct figure_data *canvas_data(const struct canvas *canvas)
{
	return canvas->data;
}

void figure_data_columns(struct figure_data *data, const struct data_column *columns, int count)
{
	if (!data)
		return;
	g_assert(data->rows->len == 0);
	data->columns = columns;
	data->width = count;
}

static void add_row(struct figure_data *data, const char *id, const char *kind)
{
	if (!data)
		return;
	struct row row = { .id = g_strdup(id), .kind = kind };
	g_array_append_val(data->rows, row);
	g_array_set_size(data->cells, data->cells->len + (guint)data->width);
}

void figure_data_mark(struct canvas *canvas, const char *kind)
{
	add_row(canvas->data, canvas->last_id, kind);
}

void figure_data_rest(struct canvas *canvas, const char *kind)
{
	add_row(canvas->data, NULL, kind);
}

static void put(struct figure_data *data, int column, enum data_type type, struct data_cell cell)
{
	g_assert(data->rows->len > 0 && column >= 0 && column < data->width &&
	         data->columns[column].type == type);
	cell.is_given = true;
	g_array_index(data->cells, struct data_cell,
	              (data->rows->len - 1) * (guint)data->width + (guint)column) = cell;
}

void figure_data_text(struct canvas *canvas, int column, const char *text)
{
	struct figure_data *data = canvas->data;

	if (data && text)
		put(data, column, DATA_TEXT,
		    (struct data_cell){ .text = g_string_chunk_insert_const(data->texts, text) });
}

void figure_data_int(struct canvas *canvas, int column, int64_t value)
{
	if (canvas->data)
		put(canvas->data, column, DATA_INT, (struct data_cell){ .integer = value });
}

void figure_data_real(struct canvas *canvas, int column, double value)
{
	if (canvas->data)
		put(canvas->data, column, DATA_REAL, (struct data_cell){ .real = value });
}

int figure_data_width(const struct figure_data *data)
{
	return data->width;
}

int figure_data_height(const struct figure_data *data)
{
	return (int)data->rows->len;
}

const struct data_column *figure_data_column(const struct figure_data *data, int column)
{
	return &data->columns[column];
}

const char *figure_data_id(const struct figure_data *data, int row)
{
	return g_array_index(data->rows, struct row, row).id;
}

const char *figure_data_kind(const struct figure_data *data, int row)
{
	return g_array_index(data->rows, struct row, row).kind;
}

struct data_cell figure_data_cell(const struct figure_data *data, int row, int column)
{
	return g_array_index(data->cells, struct data_cell,
	                     (guint)row * (guint)data->width + (guint)column);
}
