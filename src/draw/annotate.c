#include "annotate.h"

#include "time_words.h"

#include "epistograph/text.h"

#include <string.h>

#define PERIOD_OPACITY 0.07     /* of the band, in ink */
#define GROUP_WIDTH 5.0         /* pt: numbers of leaders within it are one, "3-7" */
#define LEADER_SPACE 1.5        /* pt: leaders closer together would run into a bar */

struct annotation {
	int64_t start, end;             /* of an event start and the instant after it */
	bool is_period;
	int number;                     /* from 1, events and periods each by time */
	double from, to;                /* pt: where it lies over the scale */
	const char *full;               /* as given; borrowed */
	char *text;                     /* what stands above: that, or a number; owned; NULL:
	                                 * it is in the number of one before */
	bool is_tick;                   /* its leader ends above the plot: another is as good there */
};

static struct annotation *nth(const struct annotation_marks *marks, guint i)
{
	return &g_array_index(marks->annotations, struct annotation, i);
}

static void annotation_clear(void *annotation)
{
	g_free(((struct annotation *)annotation)->text);
}

static int compare_annotations(const void *left, const void *right)
{
	const struct annotation *a = left, *b = right;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	return strcmp(a->full, b->full);
}

/* Where the leader stands: a period may begin before the scale. */
static int compare_places(const void *left, const void *right)
{
	const struct annotation *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return compare_annotations(left, right);
}

static void collect(GArray *all, const struct annotations *given)
{
	for (int i = 0; i < given->event_count; i++) {
		const struct time_event *event = &given->events[i];
		struct annotation annotation = { .start = event->instant, .end = event->instant + 1,
		                                 .full = event->text };

		g_array_append_val(all, annotation);
	}
	for (int i = 0; i < given->period_count; i++) {
		const struct time_period *period = &given->periods[i];
		struct annotation annotation = { .start = period->start, .end = period->end,
		                                 .is_period = true, .full = period->text };

		g_array_append_val(all, annotation);
	}
	g_array_sort(all, compare_annotations);
}

/* Keep those within the scale. Returns how many are not. */
static int keep_within(struct annotation_marks *marks, const GArray *all,
                       const struct time_scale *x)
{
	int numbers[2] = { 0, 0 };      /* of events, of periods */

	for (guint i = 0; i < all->len; i++) {
		struct annotation annotation = g_array_index(all, struct annotation, i);

		if (annotation.end <= x->edges[0] || annotation.start >= x->edges[x->bins])
			continue;
		annotation.number = ++numbers[annotation.is_period];
		annotation.from = time_scale_x(x, annotation.start);
		annotation.to = time_scale_x(x, annotation.end);
		g_array_append_val(marks->annotations, annotation);
	}
	g_array_sort(marks->annotations, compare_places);
	return (int)(all->len - marks->annotations->len);
}

/* Whole; one that is wider than the chart is too long for any row. */
static void set_texts(struct annotation_marks *marks, const struct style *style)
{
	for (guint i = 0; i < marks->annotations->len; i++) {
		struct annotation *annotation = nth(marks, i);

		annotation->text = g_strdup(annotation->full);
		marks->callouts[i] = (struct callout){
			.x = annotation->from, .width = text_measure(annotation->text, &style->label).width };
	}
}

/* How many from the i-th on stand within that width. */
static guint group_length(const struct annotation_marks *marks, guint i, double width)
{
	guint end = i + 1;

	while (end < marks->annotations->len && nth(marks, end)->from - nth(marks, i)->from < width)
		end++;
	return end - i;
}

/* Place a number over each group. Returns false if one found no room. */
static bool place_groups(struct annotation_marks *marks, const struct style *style, double left,
                         double right, int rows, double width)
{
	GArray *groups = g_array_new(FALSE, TRUE, sizeof(struct callout));
	guint count = marks->annotations->len, n = 0;

	for (guint i = 0; i < count; i++)
		g_clear_pointer(&nth(marks, i)->text, g_free);
	for (guint i = 0, length; i < count; i += length) {
		struct annotation *first = nth(marks, i);

		length = group_length(marks, i, width);
		first->text = length == 1 ? g_strdup_printf("%u", i + 1)
			: g_strdup_printf("%u\u2013%u", i + 1, i + length);
		struct callout callout = {
			.x = first->from, .width = text_measure(first->text, &style->label).width };
		g_array_append_val(groups, callout);
	}
	bool all = callout_place((void *)groups->data, (int)groups->len, left, right, rows);
	for (guint i = 0; i < count; i++)
		marks->callouts[i] = nth(marks, i)->text ? g_array_index(groups, struct callout, n++)
		                                         : (struct callout){ .row = -1 };
	g_array_free(groups, TRUE);
	return all;
}

static void set_ticks(struct annotation_marks *marks)
{
	double last = -LEADER_SPACE;

	for (guint i = 0; i < marks->annotations->len; i++) {
		struct annotation *annotation = nth(marks, i);

		annotation->is_tick = !annotation->text && annotation->from - last < LEADER_SPACE;
		if (!annotation->is_tick)
			last = annotation->from;
	}
}

static void place_numbers(struct annotation_marks *marks, const struct style *style, double left,
                          double right, int rows)
{
	double width = GROUP_WIDTH;

	marks->numbered = true;
	while (!place_groups(marks, style, left, right, rows, width) && width < right - left)
		width *= 2;
	set_ticks(marks);
}

void annotate_note_outside(GString *notes, int outside)
{
	if (outside > 0)
		g_string_append_printf(notes, "%s outside the period of the mail. ",
		                       text_counted(outside, "event lies", "events lie"));
}

static void note(struct annotation_marks *marks, int outside)
{
	for (guint i = 0; marks->numbered && i < marks->annotations->len; i++) {
		const struct annotation *annotation = nth(marks, i);
		char *days = time_span_name(annotation->start, annotation->end);

		g_string_append_printf(marks->notes, "(%u)\u00a0%s: ", i + 1, days);
		text_append_directed(marks->notes, annotation->full);
		g_string_append(marks->notes, ". ");
		g_free(days);
	}
	annotate_note_outside(marks->notes, outside);
}

void annotate_place(struct annotation_marks *marks, const struct style *style,
                    const struct annotations *given, const struct time_scale *x, double right,
                    int rows, bool only_numbers)
{
	GArray *all = g_array_new(FALSE, TRUE, sizeof(struct annotation));

	*marks = (struct annotation_marks){
		.annotations = g_array_new(FALSE, TRUE, sizeof(struct annotation)),
		.notes = g_string_new(NULL), .left = x->left,
	};
	g_array_set_clear_func(marks->annotations, annotation_clear);
	collect(all, given);
	int outside = keep_within(marks, all, x), count = (int)marks->annotations->len;
	marks->callouts = g_new0(struct callout, MAX(count, 1));
	set_texts(marks, style);
	if (only_numbers || !callout_place(marks->callouts, count, x->left, right, rows))
		place_numbers(marks, style, x->left, right, rows);
	for (int i = 0; i < count; i++)
		marks->rows = MAX(marks->rows, marks->callouts[i].row + 1);
	note(marks, outside);
	g_array_unref(all);
}

void annotate_clear(struct annotation_marks *marks)
{
	if (marks->annotations)
		g_array_unref(marks->annotations);
	g_free(marks->callouts);
	if (marks->notes)
		g_string_free(marks->notes, TRUE);
	*marks = (struct annotation_marks){ 0 };
}

double annotate_height(const struct annotation_marks *marks)
{
	return marks->rows > 0 ? marks->rows * EVENT_ROW + 2 : 0;
}

static void append_leader(GArray *boxes, const struct box *area, double x)
{
	struct box box = { x - CALLOUT_SPACE / 2, area->y, CALLOUT_SPACE, area->height };

	g_array_append_val(boxes, box);
}

void annotate_append_leaders(const struct annotation_marks *marks, const struct box *area,
                             GArray *boxes)
{
	double shift = area->x - marks->left;

	for (guint i = 0; i < marks->annotations->len; i++) {
		if (nth(marks, i)->is_tick)
			continue;
		append_leader(boxes, area, nth(marks, i)->from + shift);
		if (nth(marks, i)->is_period)
			append_leader(boxes, area, nth(marks, i)->to + shift);
	}
}

/* ---- drawing ---- */

void annotate_days(struct canvas *canvas, int64_t start, int64_t end)
{
	char *first = time_bin_id(CALENDAR_DAY, start), *last = time_bin_id(CALENDAR_DAY, end - 1);

	figure_data_text(canvas, TIME_START, first);
	figure_data_text(canvas, TIME_END, last);
	g_free(first);
	g_free(last);
}

static void begin(struct canvas *canvas, const struct annotation *annotation, const char *suffix)
{
	const char *kind = annotation->is_period ? "period" : "event";
	char *id = g_strdup_printf("%s-%d%s", kind, annotation->number, suffix);
	char *days = time_span_name(annotation->start, annotation->end);
	char *title = g_strdup_printf("%s: %s", days, annotation->full);

	canvas_begin(canvas, id, title);
	figure_data_mark(canvas, kind);
	annotate_days(canvas, annotation->start, annotation->end);
	figure_data_text(canvas, TIME_TEXT, annotation->full);
	g_free(id);
	g_free(days);
	g_free(title);
}

static void draw_leader(struct canvas *canvas, double x, double top, double bottom, double dash)
{
	const struct point leader[] = { { x, top }, { x, bottom } };

	canvas_polygon(canvas, leader, 2, false,
	               &(struct paint){ .stroke = canvas_style(canvas)->ink, .stroke_width = 0.4,
	                                .dash = dash });
}

/* The text above the plot, and how high its leader begins. */
static double draw_text(const struct annotation_marks *marks, guint i, struct canvas *canvas,
                        const struct box *area)
{
	const struct callout *callout = &marks->callouts[i];
	double base = area->y - 3 - MAX(callout->row, 0) * EVENT_ROW;

	if (callout->row < 0 || marks->only_leaders)
		return marks->only_leaders ? area->y : area->y - 3;
	canvas_text(canvas, callout->left + area->x - marks->left, base, nth(marks, i)->text,
	            &canvas_style(canvas)->label, ALIGN_LEFT);
	return base - 5.5;
}

void annotate_draw_periods(const struct annotation_marks *marks, struct canvas *canvas,
                           const struct box *area, const char *suffix)
{
	double shift = area->x - marks->left, foot = area->y + area->height;
	struct color shade = canvas_style(canvas)->ink;

	shade.a = PERIOD_OPACITY;
	for (guint i = 0; i < marks->annotations->len; i++) {
		const struct annotation *annotation = nth(marks, i);

		if (!annotation->is_period)
			continue;
		begin(canvas, annotation, suffix);
		canvas_rectangle(canvas, annotation->from + shift, area->y,
		                 annotation->to - annotation->from, area->height,
		                 &(struct paint){ .fill = shade });
		draw_leader(canvas, annotation->from + shift, draw_text(marks, i, canvas, area), foot,
		            1.5);
		draw_leader(canvas, annotation->to + shift, area->y, foot, 1.5);
		canvas_end(canvas);
	}
}

void annotate_draw_events(const struct annotation_marks *marks, struct canvas *canvas,
                          const struct box *area, const char *suffix)
{
	for (guint i = 0; i < marks->annotations->len; i++) {
		const struct annotation *annotation = nth(marks, i);

		if (annotation->is_period)
			continue;
		begin(canvas, annotation, suffix);
		draw_leader(canvas, annotation->from + area->x - marks->left,
		            draw_text(marks, i, canvas, area),
		            annotation->is_tick ? area->y : area->y + area->height, 0);
		canvas_end(canvas);
	}
}
