/* figure_data.h - the numbers of a figure, noted where its marks are drawn
 *
 * A row is a mark, with the id it has in the SVG, or something counted and not drawn,
 * without an id, so that sums over the rows are those of the figure. A chart names its
 * columns once, then begins a row for each mark and gives what it knows; the rest stays
 * blank. Nothing is asked of a chart on a canvas that notes nothing: every function takes
 * NULL. */
#ifndef EPISTOGRAPH_FIGURE_DATA_H
#define EPISTOGRAPH_FIGURE_DATA_H

#include <stdbool.h>
#include <stdint.h>

struct canvas;
struct figure_data;

enum data_type { DATA_TEXT, DATA_INT, DATA_REAL };

struct data_column {
	const char *name;               /* "messages_back"; static */
	enum data_type type;
};

struct figure_data *figure_data_new(void);
void figure_data_free(struct figure_data *data);        /* NULL is fine */

/* What the canvas was opened with; NULL if it notes nothing. */
struct figure_data *canvas_data(const struct canvas *canvas);

/* Name the columns, before the first row; the array must outlive data. */
void figure_data_columns(struct figure_data *data, const struct data_column *columns, int count);

/* A row for the mark last begun on the canvas, of this kind ("tie"; static). */
void figure_data_mark(struct canvas *canvas, const char *kind);
/* A row for what is counted and not drawn. */
void figure_data_rest(struct canvas *canvas, const char *kind);

/* Cells of the row last begun, by column; each once. */
void figure_data_text(struct canvas *canvas, int column, const char *text);
void figure_data_int(struct canvas *canvas, int column, int64_t value);
void figure_data_real(struct canvas *canvas, int column, double value);

/* ---- reading ---- */

struct data_cell {
	bool is_given;
	const char *text;               /* DATA_TEXT; borrowed */
	int64_t integer;                /* DATA_INT */
	double real;                    /* DATA_REAL */
};

int figure_data_width(const struct figure_data *data);          /* columns */
int figure_data_height(const struct figure_data *data);         /* rows, in drawing order */
const struct data_column *figure_data_column(const struct figure_data *data, int column);
const char *figure_data_id(const struct figure_data *data, int row);    /* NULL: not drawn */
const char *figure_data_kind(const struct figure_data *data, int row);
struct data_cell figure_data_cell(const struct figure_data *data, int row, int column);

#endif
