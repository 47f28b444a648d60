#include "lifelines_parts.h"

#include <glib.h>

#define ROW_MIN 8.5             /* pt: closer names of the smallest type touch */
#define ROW_APART 10.5          /* pt: where the chart chooses how many rows there are */
#define ROW_EASY 20.0           /* pt: where the page may be as high as the rows want */
#define ROW_MAX 28.0            /* pt: farther apart few lines look lost */
#define LEADING 1.18            /* baseline to baseline, in type sizes */
#define ROW_SPACE 2.0           /* pt between the names of two rows */

/* Of the width, that names may take: the second if the first makes too many lines. */
static const double name_parts[] = { 0.33, 0.45 };

/* In one line, or in smaller type in as many as it takes. */
static void break_name(struct lifelines_row *row, const char *name, const struct style *style,
                       double width)
{
	struct font font = style->label;

	row->name = frame_wrap_name(name, &font, width);
	if (g_strv_length(row->name) > 1) {
		g_strfreev(row->name);
		font.size = style->small.size;
		row->name = frame_wrap_name(name, &font, width);
	}
	row->type = font.size;
}

static double needed(const struct lifelines_row *row)
{
	return MAX(g_strv_length(row->name) * row->type * LEADING + ROW_SPACE, ROW_MIN);
}

static void break_names(struct lifelines_rows *rows, const struct style *style,
                        const struct lifelines_chart *chart, double width)
{
	double widest = 20;

	for (int i = 0; i < rows->count; i++)
		widest = MAX(widest, text_measure(chart->people[i].name, &style->label).width + 1);
	rows->names = MIN(widest, width);
	for (int i = 0; i < rows->count; i++) {
		g_strfreev(rows->list[i].name);
		break_name(&rows->list[i], chart->people[i].name, style, rows->names);
	}
}

static double height_at(const struct lifelines_rows *rows, double pitch)
{
	double height = 0;

	for (int i = 0; i < rows->count; i++)
		height += MAX(needed(&rows->list[i]), pitch);
	return height;
}

static void set_heights(struct lifelines_rows *rows, double height)
{
	double low = ROW_MIN, high = ROW_MAX;

	for (int i = 0; i < 40; i++) {
		double middle = (low + high) / 2;

		if (height_at(rows, middle) <= height)
			low = middle;
		else
			high = middle;
	}
	rows->pitch = low;
	rows->height = 0;
	for (int i = 0; i < rows->count; i++) {
		rows->list[i].height = MAX(needed(&rows->list[i]), low);
		rows->list[i].top = rows->height;
		rows->height += rows->list[i].height;
	}
}

void lifelines_rows_init(struct lifelines_rows *rows, const struct style *style,
                         const struct lifelines_chart *chart, double width, double height)
{
	*rows = (struct lifelines_rows){ .count = chart->lifelines->row_count };
	rows->list = g_new0(struct lifelines_row, rows->count);
	for (size_t i = 0; i < G_N_ELEMENTS(name_parts); i++) {
		break_names(rows, style, chart, width * name_parts[i]);
		if (height_at(rows, ROW_MIN) <= height)
			break;
	}
	set_heights(rows, height);
	rows->fits = height_at(rows, ROW_MIN) <= height;
	double apart = height_at(rows, ROW_APART);
	rows->room = apart <= height ? rows->count : (int)(rows->count * MAX(height, 0) / apart);
}

void lifelines_rows_clear(struct lifelines_rows *rows)
{
	for (int i = 0; i < rows->count; i++)
		g_strfreev(rows->list[i].name);
	g_free(rows->list);
	*rows = (struct lifelines_rows){ 0 };
}

double lifelines_rows_wanted(const struct lifelines_rows *rows)
{
	return height_at(rows, ROW_EASY);
}

double lifelines_rows_needed(const struct lifelines_rows *rows)
{
	return height_at(rows, ROW_APART);
}

void lifelines_name_draw(struct canvas *canvas, const struct lifelines_row *row, double x, double y)
{
	struct font font = canvas_style(canvas)->label;
	guint count = g_strv_length(row->name);

	font.size = row->type;
	y -= (count - 1) * font.size * LEADING / 2;
	for (char **line = row->name; *line; line++, y += font.size * LEADING)
		canvas_text(canvas, x, y + 0.34 * font.size, *line, &font, ALIGN_LEFT);
}
