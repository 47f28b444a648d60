#include "data_file.h"

#include "epistograph/canvas.h"
#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/outfile.h"
#include "epistograph/table.h"

#include <glib.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum beside { BESIDE_CSV, BESIDE_JSON, BESIDE_TXT, BESIDE_COUNT };

struct data_files { struct outfile *file[BESIDE_COUNT]; };

static const char *const endings[BESIDE_COUNT] = { ".csv", ".json", ".txt" };

/* FILE.svg -> FILE.csv. g_free() */
static char *beside(const char *figure_path, const char *ending)
{
	const char *dot = strrchr(figure_path, '.'), *slash = strrchr(figure_path, '/');
	gsize stem = dot && (!slash || dot > slash) ? (gsize)(dot - figure_path) : strlen(figure_path);

	return g_strdup_printf("%.*s%s", (int)stem, figure_path, ending);
}

bool data_files_replace(const char *figure_path, const char *input)
{
	struct stat read, written;
	bool replace = false;

	if (stat(input, &read) < 0)
		return false;
	for (int i = 0; i < BESIDE_COUNT; i++) {
		char *path = beside(figure_path, endings[i]);

		replace |= stat(path, &written) == 0 && read.st_dev == written.st_dev &&
		           read.st_ino == written.st_ino;
		g_free(path);
	}
	return replace;
}

static enum table_type table_type_of(enum data_type type)
{
	return type == DATA_TEXT ? TABLE_TEXT : type == DATA_INT ? TABLE_INT : TABLE_REAL;
}

static void put_cell(struct table *table, const struct figure_data *data, int row, int column)
{
	struct data_cell cell = figure_data_cell(data, row, column);
	enum data_type type = figure_data_column(data, column)->type;

	if (!cell.is_given)
		table_null(table);
	else if (type == DATA_TEXT)
		table_text(table, cell.text);
	else if (type == DATA_INT)
		table_int(table, cell.integer);
	else
		table_real(table, cell.real);
}

static void write_numbers(FILE *out, const struct figure_data *data, enum table_format format)
{
	int width = figure_data_width(data);
	struct table_column *columns = g_new0(struct table_column, width + 2);

	columns[0] = (struct table_column){ .name = "id", .type = TABLE_TEXT };
	columns[1] = (struct table_column){ .name = "mark", .type = TABLE_TEXT };
	for (int i = 0; i < width; i++)
		columns[2 + i] = (struct table_column){
			.name = figure_data_column(data, i)->name,
			.type = table_type_of(figure_data_column(data, i)->type) };
	struct table *table = table_begin(columns, width + 2, format, 0, out);
	for (int row = 0; row < figure_data_height(data); row++) {
		table_text(table, figure_data_id(data, row));
		table_text(table, figure_data_kind(data, row));
		for (int column = 0; column < width; column++)
			put_cell(table, data, row, column);
		table_end_row(table);
	}
	table_end(table);
	g_free(columns);
}

struct data_files *data_files_write(const char *figure_path, const struct canvas *canvas,
                                    struct error *err)
{
	struct data_files *files = g_new0(struct data_files, 1);
	const struct figure_data *data = canvas_data(canvas);

	for (int i = 0; i < BESIDE_COUNT; i++) {
		char *path = beside(figure_path, endings[i]);

		files->file[i] = outfile_open(path, err);
		g_free(path);
		if (!files->file[i]) {
			data_files_discard(files);
			return NULL;
		}
	}
	write_numbers(outfile_stream(files->file[BESIDE_CSV]), data, TABLE_AS_CSV);
	write_numbers(outfile_stream(files->file[BESIDE_JSON]), data, TABLE_AS_JSON);
	fprintf(outfile_stream(files->file[BESIDE_TXT]), "%s\n\n%s\n", canvas_title(canvas),
	        canvas_description(canvas));
	return files;
}

int data_files_commit(struct data_files *files, struct error *err)
{
	int status = 0;

	for (int i = 0; i < BESIDE_COUNT; i++)
		if (status == 0)
			status = outfile_commit(files->file[i], err);
		else
			outfile_discard(files->file[i]);
	g_free(files);
	return status;
}

void data_files_discard(struct data_files *files)
{
	if (!files)
		return;
	for (int i = 0; i < BESIDE_COUNT; i++)
		outfile_discard(files->file[i]);
	g_free(files);
}
