#include "flow_parts.h"

#include "spread.h"

#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

#define NAME_LEADING 1.26       /* an accent is clear of the line above */
#define WORDS_LEADING 1.18
#define SPACE 3.0               /* pt between two labels */
#define NAME_LINES 3            /* a name of more lines gives way to the short one */
#define ROUNDS 60               /* of drawing bars and labels together */
#define FAR 18.0                /* pt that a label may stand off its bar and be found by its line */
#define BESIDE 2.0              /* pt that a label may stand off its bar without a line */

/* What stands under the name; g_strfreev(). */
static char **words_lines(const struct flow_plot *plot, int i, enum flow_side side, double width)
{
	const struct matrix *matrix = plot->matrix;
	char *amount = g_strdup_printf(side == FLOW_TO ? "%s from others" : "%s to others",
	                               text_count(flow_amount(matrix, i, side)));
	char *within = g_strdup_printf("%s %s", text_count(matrix->cells[i * matrix->count + i]),
	                               matrix->entries[i].number ? "within" : "among them");
	char *both = g_strdup_printf("%s, %s", amount, within);
	char *const apart[] = { amount, side == FLOW_FROM ? within : NULL, NULL };
	char *const together[] = { side == FLOW_FROM ? both : amount, NULL };
	char **lines = frame_wrap_each(plot->is_narrow ? apart : together, &plot->style->small, width);

	g_free(amount);
	g_free(within);
	g_free(both);
	return lines;
}

/* The full name; where that takes too many lines in smaller type too, the short one. */
static void set_name(struct flow_label *label, const struct matrix_entry *entry, bool is_short,
                     const struct style *style, double width)
{
	const double sizes[] = { style->label.size, style->small.size };

	label->font = style->label;
	label->font.bold = true;
	for (size_t i = 0; i < G_N_ELEMENTS(sizes) && !is_short; i++) {
		label->font.size = sizes[i];
		label->name = frame_wrap(entry->name, &label->font, width);
		if (g_strv_length(label->name) <= NAME_LINES)
			return;
		g_strfreev(label->name);
	}
	label->font.size = style->label.size;
	label->name = frame_wrap_name(entry->short_name, &label->font, width);
}

static double name_leading(const struct flow_label *label)
{
	return label->font.size * NAME_LEADING;
}

static double words_leading(const struct flow_plot *plot)
{
	return plot->style->small.size * WORDS_LEADING;
}

static double widest(char **lines, const struct font *font)
{
	double width = 0;

	for (char **line = lines; *line; line++)
		width = fmax(width, text_measure(*line, font).width);
	return width;
}

void flow_labels_init(struct flow_plot *plot, double width)
{
	const struct matrix *matrix = plot->matrix;
	const struct font *small = &plot->style->small;

	for (int side = FLOW_FROM; side <= FLOW_TO; side++) {
		plot->labels[side] = g_new0(struct flow_label, matrix->count);
		for (int i = 0; i < matrix->count; i++) {
			struct flow_label *label = &plot->labels[side][i];

			set_name(label, &matrix->entries[i], plot->is_narrow, plot->style, width);
			label->words = words_lines(plot, i, (enum flow_side)side, width);
			label->width = fmax(widest(label->name, &label->font), widest(label->words, small));
			label->height = g_strv_length(label->name) * name_leading(label) +
			                g_strv_length(label->words) * words_leading(plot);
		}
	}
}

void flow_labels_clear(struct flow_plot *plot)
{
	for (int side = FLOW_FROM; side <= FLOW_TO; side++) {
		for (int i = 0; plot->labels[side] && i < plot->matrix->count; i++) {
			g_strfreev(plot->labels[side][i].name);
			g_strfreev(plot->labels[side][i].words);
		}
		g_clear_pointer(&plot->labels[side], g_free);
	}
}

double flow_labels_width(const struct flow_plot *plot)
{
	double width = 0;

	for (int side = FLOW_FROM; side <= FLOW_TO; side++)
		for (int i = 0; i < plot->matrix->count; i++)
			width = fmax(width, plot->labels[side][i].width);
	return width;
}

static double bar_height(const struct flow_plot *plot, int i, enum flow_side side)
{
	return (double)flow_amount(plot->matrix, i, side) * plot->per_message;
}

double flow_labels_height(const struct flow_plot *plot, enum flow_side side, double per_message)
{
	double height = 0;

	for (int i = 0; i < plot->matrix->count; i++)
		height += fmax((double)flow_amount(plot->matrix, i, side) * per_message + FLOW_BAR_GAP,
		               plot->labels[side][i].height + SPACE);
	return height;
}

/* Bars and labels each keep an order without overlap; projected to one and the other in turn
 * their places come as near to each other as these allow: Cheney & Goldstein (1959),
 * doi:10.1090/S0002-9939-1959-0105008-8. */
static bool draw_together(struct spread *bars, struct spread *labels, int count,
                          const struct box *box)
{
	double foot = box->y + box->height, slot = box->height / count;

	for (int i = 0; i < count; i++)
		bars[i].wanted = box->y + (i + 0.5) * slot;
	for (int round = 0; round < ROUNDS; round++) {
		if (!spread_place(bars, count, box->y - FLOW_BAR_GAP / 2, foot + FLOW_BAR_GAP / 2))
			return false;
		for (int i = 0; i < count; i++)
			labels[i].wanted = bars[i].middle;
		if (!spread_place(labels, count, box->y - SPACE, foot + SPACE))
			return false;
		for (int i = 0; i < count; i++)
			bars[i].wanted = labels[i].middle;
	}
	return true;
}

/* pt from the end of a bar to its label's middle; 0 beside it. */
static double distance(const struct flow_plot *plot, int i, enum flow_side side)
{
	double half = bar_height(plot, i, side) / 2;

	return fmax(fabs(plot->labels[side][i].middle - plot->tops[side][i] - half) - half, 0);
}

enum flow_fit flow_labels_place(struct flow_plot *plot, enum flow_side side)
{
	struct flow_label *labels = plot->labels[side];
	int count = plot->matrix->count;
	struct spread *bars = g_new(struct spread, count), *names = g_new(struct spread, count);

	for (int i = 0; i < count; i++) {
		bars[i] = (struct spread){ .size = bar_height(plot, i, side) + FLOW_BAR_GAP };
		names[i] = (struct spread){ .size = labels[i].height + SPACE };
	}
	bool fits = draw_together(bars, names, count, &plot->box);
	plot->tops[side] = g_new(double, count);
	for (int i = 0; i < count; i++) {
		plot->tops[side][i] = bars[i].middle - bar_height(plot, i, side) / 2;
		labels[i].middle = names[i].middle;
	}
	g_free(bars);
	g_free(names);
	for (int i = 0; fits && i < count; i++)
		if (distance(plot, i, side) > FAR)
			return FLOW_FITS_BADLY;
	return fits ? FLOW_FITS : FLOW_NO_ROOM;
}

/* From the bar's middle to the label's. */
static void draw_leader(const struct flow_plot *plot, int i, enum flow_side side, double x)
{
	double half = bar_height(plot, i, side) / 2, middle = plot->tops[side][i] + half;
	double edge = plot->x[side] + (side == FLOW_TO ? FLOW_BAR_WIDTH + 1 : -1);
	const struct point line[] = { { edge, middle },
	                              { x + (side == FLOW_TO ? -1.5 : 1.5),
	                                plot->labels[side][i].middle } };

	if (distance(plot, i, side) > fmax(BESIDE - half, 0))
		canvas_polygon(plot->canvas, line, 2, false,
		               &(struct paint){ .stroke = plot->style->faint, .stroke_width = 0.4 });
}

void flow_label_draw(const struct flow_plot *plot, int i, enum flow_side side)
{
	const struct flow_label *label = &plot->labels[side][i];
	struct font font = label->font;
	double x = side == FLOW_FROM ? plot->x[FLOW_FROM] - FLOW_LEADER
	                             : plot->x[FLOW_TO] + FLOW_BAR_WIDTH + FLOW_LEADER;
	enum align align = side == FLOW_FROM ? ALIGN_RIGHT : ALIGN_LEFT;
	double y = label->middle - label->height / 2;

	font.color = style_words(plot->style, flow_class(plot, &plot->matrix->entries[i]));
	draw_leader(plot, i, side, x);
	for (char **line = label->name; *line; line++, y += name_leading(label))
		canvas_text(plot->canvas, x, y + font.size, *line, &font, align);
	for (char **word = label->words; *word; word++, y += words_leading(plot))
		canvas_text(plot->canvas, x, y + plot->style->small.size, *word, &plot->style->small,
		            align);
}
