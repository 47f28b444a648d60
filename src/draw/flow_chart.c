#include "epistograph/flow_chart.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"
#include "legend_flow.h"
#include "scale.h"

#include <math.h>

#include <glib.h>

static const double smallest_type = 6;
static const double bar_width = 6;
static const double line_height = 7.4;          /* pt: a community has a name and numbers */
static const double name_height = 8.8;          /* pt: an accent is clear of the line above */
static const double narrow = 340;               /* pt: on such pages numbers take a line each */
static const double slot_gap = 4;
static const double heading = 12;               /* pt: "from", "to" above the sides */
static const double least_middle = 50;          /* pt between the bars */
static const double stream_opacity = 0.5;
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
	bool is_narrow;
	double slot;                    /* pt: least height of a community, its lines of text */
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

static double slot_height(double width)
{
	return (width < narrow ? 3 : 2) * line_height + 1;
}

static double legend_height(double width)
{
	return (width < narrow ? 2 : 1) * LEGEND_FLOW_ROW + 8;
}

static double height_of(const struct plot *plot, enum side side, double per_message)
{
	const struct matrix *matrix = plot->matrix;
	double height = (matrix->count - 1) * slot_gap;

	for (int i = 0; i < matrix->count; i++)
		height += fmax((double)amount(matrix, i, side) * per_message, plot->slot);
	return height;
}

/* As wide as both sides have room for. */
static double find_scale(const struct plot *plot)
{
	double height = plot->box.height, low = 0, high = height;

	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;

		if (height_of(plot, FROM, middle) <= height && height_of(plot, TO, middle) <= height)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void place_bars(struct plot *plot, enum side side)
{
	const struct matrix *matrix = plot->matrix;
	double free = plot->box.height - height_of(plot, side, plot->per_message);
	double y = plot->box.y, gap = slot_gap + free / MAX(matrix->count - 1, 1);

	plot->tops[side] = g_new(double, matrix->count);
	plot->middles[side] = g_new(double, matrix->count);
	for (int i = 0; i < matrix->count; i++) {
		double bar = (double)amount(matrix, i, side) * plot->per_message;
		double height = fmax(bar, plot->slot);

		plot->middles[side][i] = y + height / 2;
		plot->tops[side][i] = y + (height - bar) / 2;
		y += height + gap;
	}
}

/* -1 if the page is too small. */
static int divide(struct plot *plot, const struct box *box, double legend)
{
	plot->is_narrow = box->width < narrow;
	plot->slot = slot_height(box->width);
	plot->box = *box;
	plot->box.y += heading;
	plot->box.height -= heading + legend;
	plot->names = fmin(0.3 * box->width, 150);
	plot->x[FROM] = box->x + plot->names + 4;
	plot->x[TO] = box->x + box->width - plot->names - 4 - bar_width;
	if (plot->x[TO] - plot->x[FROM] - bar_width < least_middle ||
	    height_of(plot, FROM, 0) > plot->box.height)
		return -1;
	plot->per_message = find_scale(plot);
	place_bars(plot, FROM);
	place_bars(plot, TO);
	return 0;
}

int flow_chart_room(const struct style *style, double width, double height,
                    const struct frame *frame)
{
	struct box box = frame_room(style, width, height, frame);
	/* The legend, one line more of words, and a third of the height for streams; three
	 * communities where they have room at all. */
	double rest = box.height - heading - legend_height(box.width) - 8;
	int most = (int)(rest / (slot_height(box.width) + slot_gap));

	return CLAMP((int)(0.7 * most), MIN(3, most), FLOW_COMMUNITIES_MAX);
}

/* ---- numbers beside the figure ---- */

enum { NAME, COMMUNITY, TO_NAME, TO_COMMUNITY, PEOPLE, MESSAGES, SENT, RECEIVED };

/* messages: from the first to the second, or within one; sent and received: to and from
 * all others. */
static const struct data_column columns[] = {
	[NAME] = { "name", DATA_TEXT }, [COMMUNITY] = { "community", DATA_INT },
	[TO_NAME] = { "to_name", DATA_TEXT }, [TO_COMMUNITY] = { "to_community", DATA_INT },
	[PEOPLE] = { "people", DATA_INT }, [MESSAGES] = { "messages", DATA_INT },
	[SENT] = { "sent", DATA_INT }, [RECEIVED] = { "received", DATA_INT },
};

static void note_stream(struct canvas *canvas, const struct matrix_entry *from,
                        const struct matrix_entry *to, int64_t messages)
{
	figure_data_mark(canvas, "stream");
	figure_data_text(canvas, NAME, from->name);
	figure_data_int(canvas, COMMUNITY, from->number);
	figure_data_text(canvas, TO_NAME, to->name);
	figure_data_int(canvas, TO_COMMUNITY, to->number);
	figure_data_int(canvas, MESSAGES, messages);
}

static void note_bar(const struct plot *plot, int i, enum side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	figure_data_mark(plot->canvas, side == FROM ? "from" : "to");
	figure_data_text(plot->canvas, side == FROM ? NAME : TO_NAME, entry->name);
	figure_data_int(plot->canvas, side == FROM ? COMMUNITY : TO_COMMUNITY, entry->number);
	figure_data_int(plot->canvas, side == FROM ? SENT : RECEIVED, amount(plot->matrix, i, side));
	if (side == FROM)
		figure_data_int(plot->canvas, PEOPLE, entry->people);
}

/* Mail within communities has no mark of its own. */
static void note_within(struct canvas *canvas, const struct matrix *matrix)
{
	for (int i = 0; i < matrix->count; i++) {
		figure_data_rest(canvas, "within");
		figure_data_text(canvas, NAME, matrix->entries[i].name);
		figure_data_int(canvas, COMMUNITY, matrix->entries[i].number);
		figure_data_int(canvas, MESSAGES, matrix->cells[i * matrix->count + i]);
	}
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
	color.a = stream_opacity;
	canvas_curve(plot->canvas, points, G_N_ELEMENTS(points), true,
	             &(struct paint){ .fill = color });
}

/* Its number at both ends, at the right only if they are far enough apart. */
static void draw_numbers(const struct plot *plot, const struct stream *stream)
{
	struct font font = plot->style->label;
	double width = (double)stream->messages * plot->per_message;
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

static int class_of(const struct plot *plot, const struct matrix_entry *entry)
{
	return plot->matrix->groups[entry->group].color;
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
	note_stream(plot->canvas, from, to, stream->messages);
	draw_shape(plot, stream, fmax(width, thinnest), style_line(plot->style, class_of(plot, from)));
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

/* What stands under the name, in one line or two; g_strfreev(). */
static char **bar_words(const struct plot *plot, int i, enum side side)
{
	const struct matrix *matrix = plot->matrix;
	char **words = g_new0(char *, 3);

	if (side == TO) {
		words[0] = g_strdup_printf("%s from others", text_count(amount(matrix, i, side)));
		return words;
	}
	words[0] = g_strdup_printf("%s to others", text_count(amount(matrix, i, side)));
	words[1] = g_strdup_printf("%s %s", text_count(matrix->cells[i * matrix->count + i]),
	                           matrix->entries[i].number ? "within" : "among them");
	if (!plot->is_narrow) {
		char *joined = g_strjoinv(", ", words);

		g_strfreev(words);
		words = g_new0(char *, 2);
		words[0] = joined;
	}
	return words;
}

/* The name in one line, or in two where the community's place is high enough;
 * g_strfreev(). */
static char **name_lines(const struct plot *plot, int i, enum side side, int other_lines,
                         const struct font *bold)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	const char *name = plot->is_narrow ? entry->short_name : entry->name;
	double height = fmax((double)amount(plot->matrix, i, side) * plot->per_message, plot->slot);
	char **lines = frame_wrap(name, bold, plot->names);
	guint count = g_strv_length(lines);

	if (count == 2 && name_height + (other_lines + 1) * line_height <= height)
		return lines;
	g_strfreev(lines);
	lines = g_new0(char *, 2);
	lines[0] = frame_fit(name, bold, plot->names);
	return lines;
}

/* The name, and the words below it, about the middle of the community's place. */
static void draw_words(const struct plot *plot, int i, enum side side)
{
	struct font bold = plot->style->label;
	double x = side == FROM ? plot->x[FROM] - 4 : plot->x[TO] + bar_width + 4;
	enum align align = side == FROM ? ALIGN_RIGHT : ALIGN_LEFT;
	char **words = bar_words(plot, i, side);

	bold.bold = true;
	char **name = name_lines(plot, i, side, (int)g_strv_length(words), &bold);
	double names = (g_strv_length(name) - 1) * name_height;
	double y = plot->middles[side][i] - 1 - (names + (g_strv_length(words) - 1) * line_height) / 2;

	for (char **line = name; *line; line++, y += *line ? name_height : line_height)
		canvas_text(plot->canvas, x, y, *line, &bold, align);
	for (char **word = words; *word; word++, y += line_height) {
		char *fitted = frame_fit(*word, &plot->style->small, plot->names);

		canvas_text(plot->canvas, x, y, fitted, &plot->style->small, align);
		g_free(fitted);
	}
	g_strfreev(name);
	g_strfreev(words);
}

static void draw_bar(const struct plot *plot, int i, enum side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	struct look look = style_look(plot->style, class_of(plot, entry));
	int64_t messages = amount(plot->matrix, i, side);
	double height = fmax((double)messages * plot->per_message, thinnest);
	char *id = g_strdup_printf(side == FROM ? "from-%d" : "to-%d", entry->number);
	char *title = bar_title(plot, i, side);

	canvas_begin(plot->canvas, id, title);
	note_bar(plot, i, side);
	if (messages)
		style_fill_rectangle(plot->canvas, &(struct box){ plot->x[side], plot->tops[side][i],
		                                                  bar_width, height }, &look);
	draw_words(plot, i, side);
	canvas_end(plot->canvas);
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
	const struct point at = { plot->box.x, plot->box.y + plot->box.height + 7 };
	struct legend_flow flow;
	int64_t sample = scale_round_down((int64_t)(sample_height / plot->per_message));
	double height = fmax((double)sample * plot->per_message, thinnest);
	char *text = g_strdup_printf("%s, in the colour of who wrote",
	                             text_counted(sample, plot->chart->one, plot->chart->many));
	struct color color = plot->style->grey;

	color.a = stream_opacity;
	legend_flow_begin(&flow, plot->canvas, plot->style, &at, plot->box.width, NULL);
	struct point mark = legend_flow_add_mark(&flow, 16, text);
	canvas_rectangle(plot->canvas, mark.x, mark.y + 4.5 - height / 2, 16, height,
	                 &(struct paint){ .fill = color });
	legend_flow_add_words(&flow, "Mail within a community is a number, not a stream.");
	legend_flow_end(&flow, at.y);
	g_free(text);
}

static void draw_plot(const struct plot *plot)
{
	GArray *streams = list_streams(plot);

	draw_headings(plot);
	for (guint i = 0; i < streams->len; i++)
		draw_stream(plot, &g_array_index(streams, struct stream, i));
	/* On all streams, since later ones lie upon the earlier. */
	canvas_begin(plot->canvas, "numbers", NULL);
	for (guint i = 0; i < streams->len; i++)
		draw_numbers(plot, &g_array_index(streams, struct stream, i));
	canvas_end(plot->canvas);
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
	double legend = legend_height(box.width);
	int status = 0;

	figure_data_columns(canvas_data(canvas), columns, G_N_ELEMENTS(columns));
	note_within(canvas, chart->matrix);
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
