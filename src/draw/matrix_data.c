#include "matrix_parts.h"

#include "epistograph/figure_data.h"

#include <glib.h>

enum {
	NAME, ADDRESS, TO_NAME, TO_ADDRESS, COMMUNITY, PEOPLE, MESSAGES, SENT, SENT_HERE, RECEIVED,
	RECEIVED_HERE,
};

/* community: that of a name's group, 0 for several; sent and received: with everybody, and
 * with those in the matrix. */
static const struct data_column columns[] = {
	[NAME] = { "name", DATA_TEXT }, [ADDRESS] = { "address", DATA_TEXT },
	[TO_NAME] = { "to_name", DATA_TEXT }, [TO_ADDRESS] = { "to_address", DATA_TEXT },
	[COMMUNITY] = { "community", DATA_INT }, [PEOPLE] = { "people", DATA_INT },
	[MESSAGES] = { "messages", DATA_INT }, [SENT] = { "sent", DATA_INT },
	[SENT_HERE] = { "sent_in_matrix", DATA_INT }, [RECEIVED] = { "received", DATA_INT },
	[RECEIVED_HERE] = { "received_in_matrix", DATA_INT },
};

static void note_entry(const struct matrix_plot *plot, const char *kind, int i)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	figure_data_mark(plot->canvas, kind);
	figure_data_text(plot->canvas, NAME, entry->name);
	if (entry->address)
		figure_data_text(plot->canvas, ADDRESS, entry->address);
}

void matrix_data_cell(const struct matrix_plot *plot, int row, int column)
{
	const struct matrix_entry *to = &plot->matrix->entries[column];

	note_entry(plot, "cell", row);
	figure_data_text(plot->canvas, TO_NAME, to->name);
	if (to->address)
		figure_data_text(plot->canvas, TO_ADDRESS, to->address);
	figure_data_int(plot->canvas, MESSAGES, plot->matrix->cells[row * plot->matrix->count + column]);
}

void matrix_data_bar(const struct matrix_plot *plot, int row, bool is_sent)
{
	const struct matrix_entry *entry = &plot->matrix->entries[row];

	note_entry(plot, is_sent ? "sent" : "received", row);
	figure_data_int(plot->canvas, is_sent ? SENT : RECEIVED,
	                is_sent ? entry->sent : entry->received);
	figure_data_int(plot->canvas, is_sent ? SENT_HERE : RECEIVED_HERE,
	                is_sent ? entry->sent_here : entry->received_here);
}

void matrix_data_name(const struct matrix_plot *plot, int row)
{
	const struct matrix_entry *entry = &plot->matrix->entries[row];

	note_entry(plot, "row", row);
	figure_data_int(plot->canvas, COMMUNITY, plot->matrix->groups[entry->group].number);
	figure_data_int(plot->canvas, PEOPLE, entry->people);
}

void matrix_data_group(const struct matrix_plot *plot, const struct people_group *group)
{
	figure_data_mark(plot->canvas, "block");
	figure_data_text(plot->canvas, NAME, group->name);
	figure_data_int(plot->canvas, COMMUNITY, group->number);
}

/* The people who are not in the matrix, and mail with one of them or more. */
void matrix_data_others(const struct matrix_plot *plot)
{
	const struct matrix *matrix = plot->matrix;

	figure_data_rest(plot->canvas, "others");
	figure_data_int(plot->canvas, PEOPLE, matrix->people_total - matrix->people);
	figure_data_int(plot->canvas, MESSAGES, matrix->receipts_total - matrix->receipts);
}

void matrix_data_begin(const struct matrix_plot *plot)
{
	figure_data_columns(canvas_data(plot->canvas), columns, G_N_ELEMENTS(columns));
}
