#include "epistograph/flow_chart.h"

#include "epistograph/error.h"
#include "epistograph/text.h"
#include "key_line.h"
#include "scale.h"

#include <math.h>

#include <glib.h>

static const double smallest_type = 6;
static const double bar_width = 6;
static const double slot = 16;                  /* pt: least height of a community, two lines */
static const double slot_gap = 4;
static const double heading = 12;               /* pt: "from", "to" above the sides */
static const double least_middle = 60;          /* pt between the bars */
static const double thinnest = 0.35;            /* pt of a stream */
static const double numbered_from = 6.6;        /* pt: wider streams bear their number */
static const double sample_height = 8;          /* pt, of the legend's, at most */

enum side { FROM, TO };

struct plot {
	struct canvas *canvas;
	const struct style *style;
	const struct flow_chart *chart;
	const struct matrix *matrix;
	struct box box;                 /* of bars, streams and names */
	double names;                   /* pt: width of a side's names */
	double x[2];                    /* pt: left edges of the bars */
	double per_message;             /* pt */
	double *tops[2];                /* [count] pt: of the bars */
	double *middles[2];             /* [count] pt: of their slots, where the names stand */
};

struct stream {
	int from, to;                   /* entries */
	int64_t messages;
	double top_from, top_to;        /* pt: at either end */
};

static double baseline(double y, const struct font *font)
{
	return y + 0.35 * font->size;
}

/* To others, or from others. */
static int64_t amount(const struct matrix *matrix, int entry, enum side side)
{
	const struct matrix_entry *e = &matrix->entries[entry];
	int64_t within = matrix->cells[entry * matrix->count + entry];

	return (side == FROM ? e->sent_here : e->received_here) - within;
}

/* ---- places ---- */

static double height_of(const struct matrix *matrix, enum side side, double per_message)
{
	double height = (matrix->count - 1) * slot_gap;

	for (int i = 0; i < matrix->count; i++)
		height += fmax((double)amount(matrix, i, side) * per_message, slot);
	return height;
}

/* As wide as both sides have room for. */
static double find_scale(const struct matrix *matrix, double height)
{
	double low = 0, high = height;

	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;

		if (height_of(matrix, FROM, middle) <= height && height_of(matrix, TO, middle) <= height)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void place_bars(struct plot *plot, enum side side)
{
	const struct matrix *matrix = plot->matrix;
	double free = plot->box.height - height_of(matrix, side, plot->per_message);
	double y = plot->box.y, gap = slot_gap + free / MAX(matrix->count - 1, 1);

	plot->tops[side] = g_new(double, matrix->count);
	plot->middles[side] = g_new(double, matrix->count);
	for (int i = 0; i < matrix->count; i++) {
		double bar = (double)amount(matrix, i, side) * plot->per_message;
		double height = fmax(bar, slot);

		plot->middles[side][i] = y + height / 2;
		plot->tops[side][i] = y + (height - bar) / 2;
		y += height + gap;
	}
}

/* -1 if the page is too small. */
static int divide(struct plot *plot, const struct box *box, double legend)
{
	plot->box = *box;
	plot->box.y += heading;
	plot->box.height -= heading + legend;
	plot->names = fmin(0.3 * box->width, 150);
	plot->x[FROM] = box->x + plot->names + 4;
	plot->x[TO] = box->x + box->width - plot->names - 4 - bar_width;
	if (plot->x[TO] - plot->x[FROM] - bar_width < least_middle ||
	    height_of(plot->matrix, FROM, 0) > plot->box.height)
		return -1;
	plot->per_message = find_scale(plot->matrix, plot->box.height);
	place_bars(plot, FROM);
	place_bars(plot, TO);
	return 0;
}

int flow_chart_room(const struct style *style, double width, double height,
                    const struct frame *frame)
{
	struct box box = frame_room(style, width, height, frame);
	/* The legend, one line more of words, and half of the height for streams. */
	double rest = box.height - heading - 2 * KEY_LEADING - 16;

	return CLAMP((int)(0.7 * rest / (slot + slot_gap)), 0, FLOW_COMMUNITIES_MAX);
}

/* ---- streams ---- */

static int compare_streams(const void *left, const void *right)
{
	const struct stream *a = left, *b = right;

	if (a->messages != b->messages)
		return a->messages > b->messages ? -1 : 1;
	return a->from != b->from ? a->from - b->from : a->to - b->to;
}

/* In both bars in the order of the other side, so that streams of a bar do not cross. The
 * largest first. */
static GArray *list_streams(const struct plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	int count = matrix->count;
	double *used_from = g_memdup2(plot->tops[FROM], (gsize)count * sizeof *used_from);
	double *used_to = g_memdup2(plot->tops[TO], (gsize)count * sizeof *used_to);
	GArray *streams = g_array_new(FALSE, FALSE, sizeof(struct stream));

	for (int i = 0; i < count; i++)
		for (int j = 0; j < count; j++) {
			int64_t messages = matrix->cells[i * count + j];
			struct stream stream = { i, j, messages, used_from[i], used_to[j] };

			if (i == j || !messages)
				continue;
			g_array_append_val(streams, stream);
			used_from[i] += (double)messages * plot->per_message;
			used_to[j] += (double)messages * plot->per_message;
		}
	g_free(used_from);
	g_free(used_to);
	g_array_sort(streams, compare_streams);
	return streams;
}

static struct point halfway(struct point a, struct point b)
{
	return (struct point){ (a.x + b.x) / 2, (a.y + b.y) / 2 };
}

/* From a to b, level at both ends: start, control, middle, control, end. */
static void set_edge(struct point *points, struct point a, struct point b)
{
	struct point middle = halfway(a, b);

	points[0] = a;
	points[1] = (struct point){ (a.x + middle.x) / 2, a.y };
	points[2] = middle;
	points[3] = (struct point){ (middle.x + b.x) / 2, b.y };
	points[4] = b;
}

static void draw_shape(const struct plot *plot, const struct stream *stream, double width,
                       struct color color)
{
	double left = plot->x[FROM] + bar_width, right = plot->x[TO];
	struct point a = { left, stream->top_from }, b = { right, stream->top_to };
	struct point c = { right, b.y + width }, d = { left, a.y + width };
	struct point points[13];

	set_edge(points, a, b);
	points[5] = halfway(b, c);
	set_edge(points + 6, c, d);
	points[11] = halfway(d, a);
	points[12] = a;
	color.a = 0.5;
	canvas_curve(plot->canvas, points, G_N_ELEMENTS(points), true,
	             &(struct paint){ .fill = color });
}

/* Its number at both ends, at the right only if they are far enough apart. */
static void draw_numbers(const struct plot *plot, const struct stream *stream, double width)
{
	struct font font = plot->style->label;
	double left = plot->x[FROM] + bar_width + 2, right = plot->x[TO] - 2;
	const char *text = text_count(stream->messages);

	font.size = smallest_type;
	double length = text_measure(text, &font).width;
	if (width < numbered_from || length > 0.3 * (right - left))
		return;
	canvas_text(plot->canvas, left, baseline(stream->top_from + width / 2, &font), text, &font,
	            ALIGN_LEFT);
	if (right - left > 4 * length)
		canvas_text(plot->canvas, right, baseline(stream->top_to + width / 2, &font), text,
		            &font, ALIGN_RIGHT);
}

static struct look look_of(const struct plot *plot, int entry)
{
	int group = plot->matrix->entries[entry].group;

	return style_look(plot->style, plot->matrix->groups[group].color);
}

static void draw_stream(const struct plot *plot, const struct stream *stream)
{
	const struct matrix_entry *from = &plot->matrix->entries[stream->from];
	const struct matrix_entry *to = &plot->matrix->entries[stream->to];
	double width = (double)stream->messages * plot->per_message;
	char *id = g_strdup_printf("flow-%d-%d", from->number, to->number);
	char *title = g_strdup_printf("%s to %s: %s", from->name, to->name,
	                              text_counted(stream->messages, plot->chart->one,
	                                           plot->chart->many));

	canvas_begin(plot->canvas, id, title);
	draw_shape(plot, stream, fmax(width, thinnest), look_of(plot, stream->from).color);
	draw_numbers(plot, stream, width);
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* ---- communities ---- */

static char *bar_title(const struct plot *plot, int i, enum side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	return g_strdup_printf("%s (%s): %s %s others", entry->name,
	                       text_counted(entry->people, "person", "people"),
	                       text_counted(amount(plot->matrix, i, side), plot->chart->one,
	                                    plot->chart->many), side == FROM ? "to" : "from");
}

/* What stands under the name. */
static char *bar_words(const struct plot *plot, int i, enum side side)
{
	const struct matrix *matrix = plot->matrix;

	if (side == TO)
		return g_strdup_printf("%s from others", text_count(amount(matrix, i, side)));
	return g_strdup_printf("%s to others, %s %s", text_count(amount(matrix, i, side)),
	                       text_count(matrix->cells[i * matrix->count + i]),
	                       matrix->entries[i].number ? "within" : "among them");
}

static void draw_bar(const struct plot *plot, int i, enum side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	struct look look = look_of(plot, i);
	double height = fmax((double)amount(plot->matrix, i, side) * plot->per_message, thinnest);
	double x = side == FROM ? plot->x[FROM] - 4 : plot->x[TO] + bar_width + 4;
	enum align align = side == FROM ? ALIGN_RIGHT : ALIGN_LEFT;
	struct font bold = plot->style->label, small = plot->style->small;
	double middle = plot->middles[side][i];
	char *id = g_strdup_printf(side == FROM ? "from-%d" : "to-%d", entry->number);
	char *title = bar_title(plot, i, side), *words = bar_words(plot, i, side);

	bold.bold = true;
	char *name = frame_fit(entry->name, &bold, plot->names);
	char *fitted = frame_fit(words, &small, plot->names);
	canvas_begin(plot->canvas, id, title);
	style_fill_rectangle(plot->canvas, &(struct box){ plot->x[side], plot->tops[side][i],
	                                                  bar_width, height }, &look);
	canvas_text(plot->canvas, x, middle - 1, name, &bold, align);
	canvas_text(plot->canvas, x, middle + 6.4, fitted, &small, align);
	canvas_end(plot->canvas);
	g_free(name);
	g_free(fitted);
	g_free(words);
	g_free(title);
	g_free(id);
}

static void draw_headings(const struct plot *plot)
{
	struct font font = plot->style->small;
	double y = plot->box.y - heading + font.size;

	canvas_begin(plot->canvas, "headings", NULL);
	canvas_text(plot->canvas, plot->x[FROM] + bar_width, y, "from", &font, ALIGN_RIGHT);
	canvas_text(plot->canvas, plot->x[TO], y, "to", &font, ALIGN_LEFT);
	canvas_end(plot->canvas);
}

/* ---- the page ---- */

static void draw_legend(const struct plot *plot)
{
	struct key_line line = {
		.canvas = plot->canvas, .font = &plot->style->small, .left = plot->box.x,
		.right = plot->box.x + plot->box.width, .x = plot->box.x,
		.y = plot->box.y + plot->box.height + 14,
	};
	int64_t sample = scale_round_down((int64_t)(sample_height / plot->per_message));
	double height = fmax((double)sample * plot->per_message, thinnest);
	char *text = g_strdup_printf("%s, in the colour of who wrote",
	                             text_counted(sample, plot->chart->one, plot->chart->many));
	struct color color = plot->style->grey;

	color.a = 0.5;
	canvas_begin(plot->canvas, "legend", NULL);
	struct point at = key_line_add(&line, 16, text);
	canvas_rectangle(plot->canvas, at.x, at.y - 2.3 - height / 2, 16, height,
	                 &(struct paint){ .fill = color });
	key_line_add(&line, 0, "Mail within a community is a number, not a stream.");
	canvas_end(plot->canvas);
	g_free(text);
}

static void draw_plot(const struct plot *plot)
{
	GArray *streams = list_streams(plot);

	draw_headings(plot);
	for (guint i = 0; i < streams->len; i++)
		draw_stream(plot, &g_array_index(streams, struct stream, i));
	for (int i = 0; i < plot->matrix->count; i++) {
		draw_bar(plot, i, FROM);
		draw_bar(plot, i, TO);
	}
	draw_legend(plot);
	g_array_free(streams, TRUE);
}

int flow_chart_draw(struct canvas *canvas, double width, double height,
                    const struct flow_chart *chart, struct error *err)
{
	struct plot plot = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart,
	                     .matrix = chart->matrix };
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	double legend = (box.width < 340 ? 2 : 1) * KEY_LEADING + 8;
	int status = 0;

	if (!matrix_most(chart->matrix, true)) {
		canvas_text(canvas, box.x, box.y + 20, "No mail from one community to another",
		            &plot.style->label, ALIGN_LEFT);
		return 0;
	}
	if (divide(&plot, &box, legend) == 0)
		draw_plot(&plot);
	else
		status = error_set(err, "the page has no room for %d communities: choose a larger page",
		                   chart->matrix->count);
	for (int side = FROM; side <= TO; side++) {
		g_free(plot.tops[side]);
		g_free(plot.middles[side]);
	}
	return status;
}
