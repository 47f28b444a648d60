#include "matrix_layout.h"

#include "notes.h"

#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

static const int head_lines = 2;                /* of a longer name stands a shorter one */
static const int beside_lines = 3;
static const double names_gap = 0.4;            /* in type sizes, more than between lines */
static const double beside_gap = 8;             /* of heads beside the rows, for a bracket */

/* How many lines of that type a pitch has room for, so that neighbours' names stand apart. */
static int lines_in(double pitch, double size)
{
	return MAX((int)((pitch / size - names_gap) / MATRIX_LEADING + 1e-6), 1);
}

/* The name of an entry in at most so many lines; NULL if it needs more. g_strfreev() */
static char **whole_lines(const struct matrix_entry *entry, const struct font *font, double width,
                          int most)
{
	char **lines = frame_wrap_shorter(entry->name, entry->short_name, font, width, most);

	if ((int)g_strv_length(lines) <= most)
		return lines;
	g_strfreev(lines);
	return NULL;
}

char **matrix_row_lines(const struct matrix_layout *layout, int row)
{
	return whole_lines(&layout->matrix->entries[row], &layout->font, layout->names,
	                   layout->levels == 1 ? lines_in(layout->down, layout->font.size) : 1);
}

char **matrix_column_lines(const struct matrix_layout *layout, int column, const struct font *font)
{
	return whole_lines(&layout->matrix->entries[column], font, layout->below - 3,
	                   lines_in(layout->across, font->size));
}

bool matrix_is_noted(const struct matrix_layout *layout, int row)
{
	char **lines = layout->levels ? matrix_row_lines(layout, row) : NULL;
	bool is_noted = layout->levels && !lines;

	g_strfreev(lines);
	return is_noted;
}

bool matrix_columns_need_numbers(const struct matrix_layout *layout)
{
	struct font font = layout->font;
	bool missing = false;

	font.size = MATRIX_SMALLEST_TYPE;
	for (int i = 0; layout->foot == MATRIX_FOOT_NAMES && i < layout->matrix->count && !missing; i++) {
		char **lines = matrix_column_lines(layout, i, &font);

		missing = !lines;
		g_strfreev(lines);
	}
	return missing;
}

/* ---- groups ---- */

struct font matrix_head_font(const struct matrix_layout *layout)
{
	struct font font = layout->font;

	font.bold = true;
	if (layout->heads == MATRIX_HEADS_BESIDE)
		font.size = MATRIX_SMALLEST_TYPE;
	return font;
}

/* Above the rows a name may run over the cells, too. */
static double head_width(const struct matrix_layout *layout)
{
	return layout->heads == MATRIX_HEADS_BESIDE ? layout->heads_width - beside_gap
	     : layout->cells.x + layout->cells.width - matrix_names_right(layout, 0) + layout->names;
}

static const char *least_name(const struct people_group *group)
{
	return group->short_name ? group->short_name : group->name;
}

/* Is its name cut, and not that of one of its rows, either? */
static bool is_head_noted(const struct matrix_layout *layout, const struct people_group *group)
{
	const struct font font = matrix_head_font(layout);

	if (layout->is_mute || layout->head_form != MATRIX_HEADS_CUT ||
	    layout->heads != MATRIX_HEADS_BESIDE ||
	    text_measure(least_name(group), &font).width <= head_width(layout))
		return false;
	for (int i = group->first; layout->levels && i < group->first + group->count; i++)
		if (!strcmp(layout->matrix->entries[i].name, least_name(group)))
			return false;
	return true;
}

char **matrix_head_lines(const struct matrix_layout *layout, int group)
{
	const struct people_group *of = &layout->matrix->groups[group];
	struct font font = matrix_head_font(layout);
	double width = head_width(layout);

	if (layout->head_form == MATRIX_HEADS_CUT) {
		char **cut = g_new0(char *, 2);

		cut[0] = frame_fit(least_name(of), &font, width);
		return cut;
	}
	int most = layout->head_form == MATRIX_HEADS_SHORT ? 0
	         : layout->heads == MATRIX_HEADS_ABOVE ? head_lines : beside_lines;
	return frame_wrap_shorter(of->name, of->short_name, &font, width, most);
}

/* Returns the lines of all heads. */
static int count_head_lines(struct matrix_layout *layout)
{
	int all = 0;

	for (int g = 0; g < layout->matrix->group_count; g++) {
		char **lines = matrix_head_lines(layout, g);

		layout->head_lines[g] = MAX((int)g_strv_length(lines), 1);
		all += layout->head_lines[g];
		g_strfreev(lines);
	}
	return all;
}

bool matrix_measure_heads(struct matrix_layout *layout)
{
	int before[GROUPING_MOST + 1];

	if (layout->heads == MATRIX_HEADS_NONE)
		return false;
	memcpy(before, layout->head_lines, sizeof before);
	while (count_head_lines(layout) * MATRIX_LINE > layout->cells.height &&
	       layout->heads == MATRIX_HEADS_BESIDE && layout->head_form < MATRIX_HEADS_CUT)
		layout->head_form++;
	if (layout->heads == MATRIX_HEADS_BESIDE)
		return false;
	bool grew = false;
	for (int g = 0; g < layout->matrix->group_count; g++) {
		grew = grew || layout->head_lines[g] > before[g];
		layout->head_lines[g] = MAX(layout->head_lines[g], before[g]);
	}
	return grew;
}

/* ---- what has no room in its place ---- */

static void append_noted(GString *text, const char *what, const char *name)
{
	g_string_append_printf(text, "%s%s %s", text->len ? "; " : "In full: ", what,
	                       text_directed(name));
}

char **matrix_notes(const struct matrix_layout *layout, const struct style *style)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < layout->matrix->count; i++)
		if (matrix_is_noted(layout, i))
			append_noted(text, text_count(i + 1), layout->matrix->entries[i].name);
	for (int g = 0; g < layout->matrix->group_count; g++)
		if (is_head_noted(layout, &layout->matrix->groups[g]))
			append_noted(text, "community of", least_name(&layout->matrix->groups[g]));
	if (text->len)
		g_string_append_c(text, '.');
	char **lines = frame_wrap(text->str, &style->small, layout->box.width);
	g_string_free(text, TRUE);
	return lines;
}
