#include "flow_parts.h"

#include "legend_flow.h"
#include "notes.h"
#include "scale.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

static const double smallest_type = 6;
static const double narrow = 340;               /* pt: on such pages numbers take a line each */
static const double scale_part = 0.85;          /* of the largest scale, at least */
static const double heading = 13;               /* pt: "who wrote" above the sides */
static const double names_part = 0.3;           /* of the width, that a side's names may take */
static const double names_most = 210;           /* pt: of a wide page */
static const double least_middle = 50;          /* pt between the bars */
static const double stream_opacity = 0.5;
static const double thinnest = 0.35;            /* pt of a stream */
static const double numbered_from = 5.1;        /* pt: wider streams bear their number */
static const double sample_height = 8;          /* pt, of the legend's, at most */
static const double legend_space = 7;           /* pt above it */

struct stream {
	int from, to;                   /* entries */
	int64_t messages;
	double top_from, top_to;        /* pt: at either end */
};

static double baseline(double y, const struct font *font)
{
	return y + 0.35 * font->size;
}

int64_t flow_amount(const struct matrix *matrix, int entry, enum flow_side side)
{
	const struct matrix_entry *e = &matrix->entries[entry];
	int64_t within = matrix->cells[entry * matrix->count + entry];

	return (side == FLOW_FROM ? e->sent_here : e->received_here) - within;
}

int flow_class(const struct flow_plot *plot, const struct matrix_entry *entry)
{
	return plot->matrix->groups[entry->group].color;
}

/* ---- places ---- */

/* What stands above a side. */
static const char *head_of(const struct flow_plot *plot, enum flow_side side)
{
	return side == FLOW_FROM ? plot->chart->from : plot->chart->to;
}

static double widest_head(const struct flow_plot *plot)
{
	const struct font *font = &plot->style->small;

	return fmax(text_measure(plot->chart->from, font).width,
	            text_measure(plot->chart->to, font).width) - FLOW_LEADER;
}

/* pt a message, if the bars take the whole height; both sides have the same messages. */
static double full_scale(const struct flow_plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	int64_t all = 0;

	for (int i = 0; i < matrix->count; i++)
		all += flow_amount(matrix, i, FLOW_FROM);
	return (plot->box.height - matrix->count * FLOW_BAR_GAP) / (double)all;
}

/* As large as leaves every bar room for its label beside it, but if that would be small,
 * larger, and labels move. */
static double find_scale(const struct flow_plot *plot)
{
	double full = full_scale(plot), low = scale_part * full, high = full;

	for (int i = 0; i < 40; i++) {
		double middle = (low + high) / 2;

		if (flow_labels_height(plot, FLOW_FROM, middle) <= plot->box.height &&
		    flow_labels_height(plot, FLOW_TO, middle) <= plot->box.height)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static double draw_legend(const struct flow_plot *plot, struct canvas *canvas);

static enum flow_fit arrange(struct flow_plot *plot, const struct box *box)
{
	plot->is_narrow = box->width < narrow;
	plot->box = *box;
	flow_labels_init(plot, fmin(names_part * box->width, names_most));
	double names = fmax(flow_labels_width(plot), widest_head(plot)) + FLOW_LEADER;
	plot->x[FLOW_FROM] = box->x + names;
	plot->x[FLOW_TO] = box->x + box->width - names - FLOW_BAR_WIDTH;
	plot->box.y += heading;
	plot->box.height -= heading;
	/* On the largest scale its words are the longest. */
	plot->per_message = full_scale(plot);
	if (plot->per_message > 0)
		plot->box.height -= draw_legend(plot, NULL) + legend_space;
	plot->per_message = find_scale(plot);
	if (plot->x[FLOW_TO] - plot->x[FLOW_FROM] - FLOW_BAR_WIDTH < least_middle ||
	    plot->per_message <= 0)
		return FLOW_NO_ROOM;
	enum flow_fit from = flow_labels_place(plot, FLOW_FROM), to = flow_labels_place(plot, FLOW_TO);
	return MIN(from, to);
}

static void clear(struct flow_plot *plot)
{
	flow_labels_clear(plot);
	g_free(plot->tops[FLOW_FROM]);
	g_free(plot->tops[FLOW_TO]);
}

enum flow_fit flow_chart_fit(const struct flow_chart *chart, const struct style *style,
                             double width, double height)
{
	struct flow_plot plot = { .style = style, .chart = chart, .matrix = chart->matrix };
	struct box box = frame_room(style, width, height, &chart->frame);
	enum flow_fit fit = matrix_most(chart->matrix, true) ? arrange(&plot, &box) : FLOW_FITS;

	clear(&plot);
	return fit;
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

static void note_bar(const struct flow_plot *plot, int i, enum flow_side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	figure_data_mark(plot->canvas, side == FLOW_FROM ? "from" : "to");
	figure_data_text(plot->canvas, side == FLOW_FROM ? NAME : TO_NAME, entry->name);
	figure_data_int(plot->canvas, side == FLOW_FROM ? COMMUNITY : TO_COMMUNITY, entry->number);
	figure_data_int(plot->canvas, side == FLOW_FROM ? SENT : RECEIVED,
	                flow_amount(plot->matrix, i, side));
	if (side == FLOW_FROM)
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
static GArray *list_streams(const struct flow_plot *plot)
{
	const struct matrix *matrix = plot->matrix;
	int count = matrix->count;
	double *used_from = g_memdup2(plot->tops[FLOW_FROM], (gsize)count * sizeof *used_from);
	double *used_to = g_memdup2(plot->tops[FLOW_TO], (gsize)count * sizeof *used_to);
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

static void draw_shape(const struct flow_plot *plot, const struct stream *stream, double width,
                       struct color color)
{
	double left = plot->x[FLOW_FROM] + FLOW_BAR_WIDTH, right = plot->x[FLOW_TO];
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
static void draw_numbers(const struct flow_plot *plot, const struct stream *stream)
{
	struct font font = plot->style->label;
	double width = (double)stream->messages * plot->per_message;
	double left = plot->x[FLOW_FROM] + FLOW_BAR_WIDTH + 2, right = plot->x[FLOW_TO] - 2;
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

static void draw_stream(const struct flow_plot *plot, const struct stream *stream)
{
	const struct matrix_entry *from = &plot->matrix->entries[stream->from];
	const struct matrix_entry *to = &plot->matrix->entries[stream->to];
	double width = (double)stream->messages * plot->per_message;
	char *id = g_strdup_printf("flow-%d-%d", from->number, to->number);
	char *title = g_strdup_printf("%s to %s: %s", text_directed(from->name), text_directed(to->name),
	                              text_counted(stream->messages, plot->chart->one,
	                                           plot->chart->many));

	canvas_begin(plot->canvas, id, title);
	note_stream(plot->canvas, from, to, stream->messages);
	draw_shape(plot, stream, fmax(width, thinnest), style_line(plot->style, flow_class(plot, from)));
	canvas_end(plot->canvas);
	g_free(id);
	g_free(title);
}

/* ---- communities ---- */

static char *bar_title(const struct flow_plot *plot, int i, enum flow_side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];

	return g_strdup_printf("%s (%s): %s %s others", text_directed(entry->name),
	                       text_counted(entry->people, "person", "people"),
	                       text_counted(flow_amount(plot->matrix, i, side), plot->chart->one,
	                                    plot->chart->many), side == FLOW_FROM ? "to" : "from");
}

static void draw_bar(const struct flow_plot *plot, int i, enum flow_side side)
{
	const struct matrix_entry *entry = &plot->matrix->entries[i];
	struct look look = style_look(plot->style, flow_class(plot, entry));
	int64_t messages = flow_amount(plot->matrix, i, side);
	double height = fmax((double)messages * plot->per_message, thinnest);
	char *id = g_strdup_printf(side == FLOW_FROM ? "from-%d" : "to-%d", entry->number);
	char *title = bar_title(plot, i, side);

	canvas_begin(plot->canvas, id, title);
	note_bar(plot, i, side);
	if (messages)
		style_fill_rectangle(plot->canvas, &(struct box){ plot->x[side], plot->tops[side][i],
		                                                  FLOW_BAR_WIDTH, height }, &look);
	flow_label_draw(plot, i, side);
	canvas_end(plot->canvas);
	g_free(title);
	g_free(id);
}

static void draw_headings(const struct flow_plot *plot)
{
	const struct font *font = &plot->style->small;
	double y = plot->box.y - heading + font->size;

	canvas_begin(plot->canvas, "headings", NULL);
	canvas_text(plot->canvas, plot->x[FLOW_FROM] + FLOW_BAR_WIDTH, y, head_of(plot, FLOW_FROM), font,
	            ALIGN_RIGHT);
	canvas_text(plot->canvas, plot->x[FLOW_TO], y, head_of(plot, FLOW_TO), font, ALIGN_LEFT);
	canvas_end(plot->canvas);
}

/* ---- the page ---- */

/* Returns its height; canvas NULL only measures. */
static double draw_legend(const struct flow_plot *plot, struct canvas *canvas)
{
	const struct point at = { plot->box.x, plot->box.y + plot->box.height + legend_space };
	struct legend_flow flow;
	int64_t sample = scale_round_down((int64_t)(sample_height / plot->per_message));
	double height = fmax((double)sample * plot->per_message, thinnest);
	/* Of few messages one is wider than the legend, and every stream has its number. */
	bool is_wide = height > sample_height;
	char *what = is_wide ? g_strdup_printf("a stream of %s", plot->chart->many)
	                     : g_strdup(text_counted(sample, plot->chart->one, plot->chart->many));
	char *text = g_strdup_printf("%s, in the %s of %s", what,
	                             plot->style->theme == THEME_GREY ? "grey" : "colour",
	                             plot->chart->from);
	struct color color = plot->style->grey;

	color.a = stream_opacity;
	legend_flow_begin(&flow, canvas, plot->style, &at, plot->box.width, NULL);
	struct point mark = legend_flow_add_mark(&flow, 16, text);
	height = fmin(height, sample_height);
	if (canvas)
		canvas_rectangle(canvas, mark.x, mark.y + 4.5 - height / 2, 16, height,
		                 &(struct paint){ .fill = color });
	legend_flow_add_words(&flow, "Mail within a community is a number, not a stream.");
	legend_flow_add_words(&flow, "Communities are named after their most central people.");
	g_free(text);
	g_free(what);
	return legend_flow_end(&flow, at.y);
}

static void draw_plot(const struct flow_plot *plot)
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
		draw_bar(plot, i, FLOW_FROM);
		draw_bar(plot, i, FLOW_TO);
	}
	draw_legend(plot, plot->canvas);
	g_array_free(streams, TRUE);
}

static void draw_nothing(struct canvas *canvas, const struct flow_chart *chart,
                         const struct box *box)
{
	char *text = g_strdup_printf("No %s went from one community to another.", chart->one);

	notes_draw_statement(canvas, text, "", box);
	g_free(text);
}

int flow_chart_draw(struct canvas *canvas, double width, double height,
                    const struct flow_chart *chart, struct error *err)
{
	struct flow_plot plot = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart,
	                     .matrix = chart->matrix };
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	int status = 0;

	figure_data_columns(canvas_data(canvas), columns, G_N_ELEMENTS(columns));
	note_within(canvas, chart->matrix);
	if (!matrix_most(chart->matrix, true))
		draw_nothing(canvas, chart, &box);
	else if (arrange(&plot, &box) != FLOW_NO_ROOM)
		draw_plot(&plot);
	else
		status = error_set(err, "the page has no room for %d communities: choose a larger page",
		                   chart->matrix->count);
	clear(&plot);
	return status;
}
