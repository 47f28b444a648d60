#include "epistograph/table.h"

#include "epistograph/export.h"
#include "epistograph/text.h"
#include "export_internal.h"

#include <glib.h>

#include <math.h>
#include <string.h>

#define DEFAULT_WIDTH 100       /* columns of a terminal */
#define DEFAULT_DIGITS 4
#define GAP 2                   /* blanks between columns of text */
#define NARROWEST 8             /* no text is cut below this */

enum cell_kind { CELL_NULL, CELL_TEXT, CELL_INT, CELL_REAL, CELL_LIST };

struct cell {
	enum cell_kind kind;
	union {
		char *text;             /* owned */
		int64_t integer;
		double real;
		char **list;            /* owned, NULL-terminated */
	} as;
};

struct note {
	guint row;
	char *text;                     /* owned */
};

struct table {
	struct table_column *columns;
	int count;
	GArray *cells;                  /* struct cell, row after row; the last row may be open */
	GArray *notes;                  /* struct note, ascending by row */

	/* Of one begun with table_begin(). */
	FILE *out;                      /* borrowed; NULL: the table is kept */
	enum table_format format;
	int width;
	bool any_row;                   /* was written */
};

static void cell_clear(void *data)
{
	struct cell *cell = data;

	if (cell->kind == CELL_TEXT)
		g_free(cell->as.text);
	else if (cell->kind == CELL_LIST)
		g_strfreev(cell->as.list);
}

static void note_clear(void *data)
{
	g_free(((struct note *)data)->text);
}

struct table *table_new(const struct table_column *columns, int count)
{
	struct table *table = g_new0(struct table, 1);

	g_assert(count > 0);
	table->columns = g_memdup2(columns, (gsize)count * sizeof *columns);
	table->count = count;
	table->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
	g_array_set_clear_func(table->cells, cell_clear);
	table->notes = g_array_new(FALSE, FALSE, sizeof(struct note));
	g_array_set_clear_func(table->notes, note_clear);
	return table;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	g_array_free(table->cells, TRUE);
	g_array_free(table->notes, TRUE);
	g_free(table->columns);
	g_free(table);
}

/* ---- filling ---- */

static enum table_type next_type(const struct table *table)
{
	return table->columns[table->cells->len % (guint)table->count].type;
}

void table_null(struct table *table)
{
	struct cell cell = { .kind = CELL_NULL };

	g_array_append_val(table->cells, cell);
}

void table_text(struct table *table, const char *text)
{
	struct cell cell = { .kind = CELL_TEXT };

	g_assert(next_type(table) == TABLE_TEXT);
	if (!text) {
		table_null(table);
		return;
	}
	cell.as.text = g_strdup(text);
	g_array_append_val(table->cells, cell);
}

void table_int(struct table *table, int64_t value)
{
	struct cell cell = { .kind = CELL_INT, .as.integer = value };

	g_assert(next_type(table) == TABLE_INT || next_type(table) == TABLE_NUMBER);
	g_array_append_val(table->cells, cell);
}

void table_real(struct table *table, double value)
{
	struct cell cell = { .kind = CELL_REAL, .as.real = value };

	g_assert(next_type(table) == TABLE_REAL);
	if (!isfinite(value))
		cell.kind = CELL_NULL;
	g_array_append_val(table->cells, cell);
}

void table_list(struct table *table, const char *const *texts, size_t count)
{
	struct cell cell = { .kind = CELL_LIST, .as.list = g_new0(char *, count + 1) };

	g_assert(next_type(table) == TABLE_LIST);
	for (size_t i = 0; i < count; i++)
		cell.as.list[i] = g_strdup(texts[i]);
	g_array_append_val(table->cells, cell);
}

/* Rows that are complete. */
static guint row_count(const struct table *table)
{
	return table->cells->len / (guint)table->count;
}

static const struct cell *cell_at(const struct table *table, guint row, int column)
{
	return &g_array_index(table->cells, struct cell, row * (guint)table->count + (guint)column);
}

/* A full row counts as open until it is ended: its notes may follow its cells. */
void table_note(struct table *table, const char *text)
{
	guint used = table->cells->len;
	struct note note = {
		.row = used ? (used - 1) / (guint)table->count : 0,
		.text = g_strdup(text),
	};

	g_array_append_val(table->notes, note);
}

/* ---- writing ---- */

static void append_visible_clean(GString *out, const char *text)
{
	char *clean = clean_copy(text);

	text_append_visible(out, clean);
	g_free(clean);
}

static void append_text(GString *out, const struct table_column *column, const char *text)
{
	if (column->exact)
		text_append_visible(out, text);
	else
		append_visible_clean(out, text);
}

/* A cell as text, without padding. */
static void append_cell(GString *out, const struct table_column *column, const struct cell *cell)
{
	char number[48];

	switch (cell->kind) {
	case CELL_NULL:
		break;
	case CELL_TEXT:
		append_text(out, column, cell->as.text);
		break;
	case CELL_LIST:
		for (char **text = cell->as.list; *text; text++) {
			g_string_append(out, text == cell->as.list ? "" : ", ");
			append_text(out, column, *text);
		}
		break;
	case CELL_INT:
		if (column->type == TABLE_INT)
			g_string_append(out, text_count(cell->as.integer));
		else
			g_string_append_printf(out, "%" G_GINT64_FORMAT, cell->as.integer);
		break;
	case CELL_REAL:
		g_string_append(out, real_visible(number, cell->as.real,
		                                  column->digits ? column->digits : DEFAULT_DIGITS));
		break;
	}
}

static const char *column_title(const struct table_column *column)
{
	return column->title ? column->title : column->name;
}

/* What each column needs. */
static void measure_columns(const struct table *table, int *widths)
{
	GString *text = g_string_new(NULL);

	for (int c = 0; c < table->count; c++) {
		widths[c] = text_columns(column_title(&table->columns[c]));
		for (guint r = 0; r < row_count(table); r++) {
			g_string_truncate(text, 0);
			append_cell(text, &table->columns[c], cell_at(table, r, c));
			widths[c] = MAX(widths[c], text_columns(text->str));
		}
	}
	g_string_free(text, TRUE);
}

static bool is_textual(const struct table_column *column)
{
	return column->type == TABLE_TEXT || column->type == TABLE_LIST;
}

static bool may_shrink(const struct table_column *column, int width)
{
	return is_textual(column) && !column->whole && width > NARROWEST;
}

/* Take from the widest text, again and again, until the row fits. */
static void shrink_columns(const struct table *table, int *widths, int width)
{
	int total = GAP * (table->count - 1);

	for (int c = 0; c < table->count; c++)
		total += widths[c];
	for (; total > width; total--) {
		int widest = -1;

		for (int c = 0; c < table->count; c++)
			if (may_shrink(&table->columns[c], widths[c]) &&
			    (widest < 0 || widths[c] > widths[widest]))
				widest = c;
		if (widest < 0)
			break;
		widths[widest]--;
	}
}

static void put_line(GString *line, FILE *out)
{
	while (line->len && line->str[line->len - 1] == ' ')
		g_string_truncate(line, line->len - 1);
	fprintf(out, "%s\n", line->str);
	g_string_truncate(line, 0);
}

static void append_padded(GString *line, const struct table_column *column, const char *text,
                          int width)
{
	text_append_column(line, text, width, !is_textual(column));
	g_string_append_printf(line, "%*s", GAP, "");
}

static void write_header(const struct table *table, const int *widths, FILE *out)
{
	GString *line = g_string_new(NULL);

	for (int c = 0; c < table->count; c++)
		append_padded(line, &table->columns[c], column_title(&table->columns[c]), widths[c]);
	put_line(line, out);
	for (int c = 0; c < table->count; c++) {
		for (int i = 0; i < widths[c]; i++)
			g_string_append_c(line, '-');
		g_string_append_printf(line, "%*s", GAP, "");
	}
	put_line(line, out);
	g_string_free(line, TRUE);
}

/* A note takes what is left of the width right of the first column. */
static void write_note(GString *line, const char *text, int indent, int width, FILE *out)
{
	GString *visible = g_string_new(NULL);

	append_visible_clean(visible, text);
	g_string_append_printf(line, "%*s", indent, "");
	if (width > indent && text_columns(visible->str) > width - indent)
		text_append_column(line, visible->str, width - indent, false);
	else
		g_string_append(line, visible->str);
	put_line(line, out);
	g_string_free(visible, TRUE);
}

static void write_text(const struct table *table, int width, FILE *out)
{
	int *widths = g_new(int, table->count);
	GString *line = g_string_new(NULL), *cell = g_string_new(NULL);
	guint n = 0;

	measure_columns(table, widths);
	if (width > 0)
		shrink_columns(table, widths, width);
	write_header(table, widths, out);
	for (guint r = 0; r < row_count(table); r++) {
		for (int c = 0; c < table->count; c++) {
			g_string_truncate(cell, 0);
			append_cell(cell, &table->columns[c], cell_at(table, r, c));
			append_padded(line, &table->columns[c], cell->str, widths[c]);
		}
		put_line(line, out);
		for (; n < table->notes->len; n++) {
			const struct note *note = &g_array_index(table->notes, struct note, n);

			if (note->row > r)
				break;
			write_note(line, note->text, widths[0] + GAP, width, out);
		}
	}
	g_string_free(cell, TRUE);
	g_string_free(line, TRUE);
	g_free(widths);
}

static void write_exact(const struct cell *cell, const char *null, FILE *out)
{
	char number[40];

	switch (cell->kind) {
	case CELL_INT:
		fprintf(out, "%" G_GINT64_FORMAT, cell->as.integer);
		break;
	case CELL_REAL:
		fputs(real_format(number, cell->as.real), out);
		break;
	default:
		fputs(null, out);
	}
}

/* ---- CSV and JSON, row by row ---- */

static void write_csv_header(const struct table *table, FILE *out)
{
	for (int c = 0; c < table->count; c++) {
		fputs(c ? "," : "", out);
		csv_field(out, table->columns[c].name);
	}
	putc('\n', out);
}

static void write_csv_text(const struct table_column *column, const char *text, FILE *out)
{
	GString *visible = g_string_new(NULL);

	if (column->exact)
		text_append_visible(visible, text);
	csv_field(out, column->exact ? visible->str : text);
	g_string_free(visible, TRUE);
}

static void write_csv_list(const struct table_column *column, char **texts, FILE *out)
{
	char *joined = g_strjoinv("; ", texts);

	write_csv_text(column, joined, out);
	g_free(joined);
}

static void write_json_text(const struct table_column *column, const char *text, FILE *out)
{
	(column->exact ? json_exact : json_string)(out, text);
}

static void write_json_list(const struct table_column *column, char **texts, FILE *out)
{
	putc('[', out);
	for (char **text = texts; *text; text++) {
		fputs(text == texts ? "" : ", ", out);
		write_json_text(column, *text, out);
	}
	putc(']', out);
}

static void write_csv_row(const struct table *table, guint row, FILE *out)
{
	for (int c = 0; c < table->count; c++) {
		const struct cell *cell = cell_at(table, row, c);

		fputs(c ? "," : "", out);
		if (cell->kind == CELL_TEXT && *cell->as.text)
			write_csv_text(&table->columns[c], cell->as.text, out);
		else if (cell->kind == CELL_LIST && *cell->as.list)
			write_csv_list(&table->columns[c], cell->as.list, out);
		else    /* a blank line is no row to readers of CSV */
			write_exact(cell, table->count == 1 ? "\"\"" : "", out);
	}
	putc('\n', out);
}

static void write_json_row(const struct table *table, guint row, bool first, FILE *out)
{
	fputs(first ? "\n{" : ",\n{", out);
	for (int c = 0; c < table->count; c++) {
		const struct cell *cell = cell_at(table, row, c);

		fputs(c ? ", " : "", out);
		json_string(out, table->columns[c].name);
		fputs(": ", out);
		if (cell->kind == CELL_TEXT)
			write_json_text(&table->columns[c], cell->as.text, out);
		else if (cell->kind == CELL_LIST)
			write_json_list(&table->columns[c], cell->as.list, out);
		else
			write_exact(cell, "null", out);
	}
	putc('}', out);
}

static void write_start(const struct table *table, enum table_format format, FILE *out)
{
	if (format == TABLE_AS_CSV)
		write_csv_header(table, out);
	else
		putc('[', out);
}

static void write_row(const struct table *table, enum table_format format, guint row, bool first,
                      FILE *out)
{
	if (format == TABLE_AS_CSV)
		write_csv_row(table, row, out);
	else
		write_json_row(table, row, first, out);
}

static void write_finish(enum table_format format, bool any_row, FILE *out)
{
	if (format == TABLE_AS_JSON)
		fputs(any_row ? "\n]\n" : "]\n", out);
}

/* ---- whole tables ---- */

void table_write(const struct table *table, enum table_format format, int width, FILE *out)
{
	if (format == TABLE_AS_TEXT) {
		write_text(table, width ? width : DEFAULT_WIDTH, out);
		return;
	}
	write_start(table, format, out);
	for (guint r = 0; r < row_count(table); r++)
		write_row(table, format, r, r == 0, out);
	write_finish(format, row_count(table) > 0, out);
}

struct table *table_begin(const struct table_column *columns, int count, enum table_format format,
                          int width, FILE *out)
{
	struct table *table = table_new(columns, count);

	table->format = format;
	table->width = width;
	table->out = out;
	if (format != TABLE_AS_TEXT)
		write_start(table, format, out);
	return table;
}

void table_end_row(struct table *table)
{
	while (table->cells->len % (guint)table->count)
		table_null(table);
	if (!table->out || table->format == TABLE_AS_TEXT)
		return;
	write_row(table, table->format, 0, !table->any_row, table->out);
	table->any_row = true;
	g_array_set_size(table->cells, 0);
	g_array_set_size(table->notes, 0);
}

void table_end(struct table *table)
{
	if (table->format == TABLE_AS_TEXT)
		table_write(table, TABLE_AS_TEXT, table->width, table->out);
	else
		write_finish(table->format, table->any_row, table->out);
	table_free(table);
}
