#include "timeline_parts.h"

#include "callout.h"

#include "epistograph/figure_data.h"

#include <glib.h>

#include <string.h>

/* A text may take this part of the chart's width; the tooltip has all of it. */
#define EVENT_TEXT_PART 0.45

static int compare_events(const void *left, const void *right)
{
	const struct timeline_event *a = *(const struct timeline_event *const *)left;
	const struct timeline_event *b = *(const struct timeline_event *const *)right;

	if (a->instant != b->instant)
		return a->instant < b->instant ? -1 : 1;
	return strcmp(a->text, b->text);
}

static bool is_within(const struct time_scale *x, int64_t instant)
{
	return instant >= x->edges[0] && instant < x->edges[x->bins];
}

static void place_numbers(struct event_marks *marks, const struct style *style, double left,
                          double right, int rows)
{
	marks->numbered = true;
	for (int i = 0; i < marks->count; i++) {
		g_free(marks->texts[i]);
		marks->texts[i] = g_strdup_printf("%d", i + 1);
		marks->callouts[i].width = text_measure(marks->texts[i], &style->label).width;
	}
	callout_place(marks->callouts, marks->count, left, right, rows);
}

static void note_events(struct event_marks *marks, const struct timeline_event **sorted, int count,
                        const struct time_scale *x)
{
	int outside = 0;

	for (int i = 0; marks->numbered && i < marks->count; i++) {
		char *day = timeline_day_name(marks->events[i]->instant);
		g_string_append_printf(marks->notes, "(%d)\u00a0%s: %s. ", i + 1, day,
		                       marks->events[i]->text);
		g_free(day);
	}
	for (int i = 0; i < count; i++)
		outside += !is_within(x, sorted[i]->instant);
	if (outside > 0)
		g_string_append_printf(marks->notes, "%d %s outside the period of the mail. ", outside,
		                       outside == 1 ? "event lies" : "events lie");
}

void event_marks_init(struct event_marks *marks, const struct style *style,
                      const struct timeline_chart *chart,
                      const struct time_scale *x, double right, int rows, bool only_numbers)
{
	int all = chart->event_count;
	const struct timeline_event **sorted = g_new(const struct timeline_event *, MAX(all, 1));

	*marks = (struct event_marks){ .notes = g_string_new(NULL), .left = x->left };
	marks->callouts = g_new0(struct callout, MAX(all, 1));
	marks->events = g_new0(const struct timeline_event *, MAX(all, 1));
	marks->texts = g_new0(char *, MAX(all, 1));
	for (int i = 0; i < all; i++)
		sorted[i] = &chart->events[i];
	qsort(sorted, (size_t)all, sizeof *sorted, compare_events);
	for (int i = 0; i < all; i++) {
		int at = marks->count;

		if (!is_within(x, sorted[i]->instant))
			continue;
		marks->events[at] = sorted[i];
		marks->texts[at] = frame_fit(sorted[i]->text, &style->label, x->width * EVENT_TEXT_PART);
		marks->callouts[at].x = time_scale_x(x, sorted[i]->instant);
		marks->callouts[at].width = text_measure(marks->texts[at], &style->label).width;
		marks->count++;
	}
	if (only_numbers || !callout_place(marks->callouts, marks->count, x->left, right, rows))
		place_numbers(marks, style, x->left - 10, right, rows);
	for (int i = 0; i < marks->count; i++)
		marks->rows = MAX(marks->rows, marks->callouts[i].row + 1);
	note_events(marks, sorted, all, x);
	g_free(sorted);
}

void event_marks_clear(struct event_marks *marks)
{
	for (int i = 0; i < marks->count; i++)
		g_free(marks->texts[i]);
	g_free(marks->texts);
	g_free(marks->callouts);
	g_free(marks->events);
	if (marks->notes)
		g_string_free(marks->notes, TRUE);
	*marks = (struct event_marks){ 0 };
}

static void draw_event(const struct event_marks *marks, int event, const struct plot *plot)
{
	const struct callout *callout = &marks->callouts[event];
	double shift = plot->area.x - marks->left;      /* the panel's place in its row */
	double base = plot->area.y - 3 - MAX(callout->row, 0) * EVENT_ROW;
	double top = callout->row < 0 ? plot->area.y - 3 : base - 5.5;
	const struct point leader[] = {
		{ callout->x + shift, top }, { callout->x + shift, plot->area.y + plot->area.height },
	};

	canvas_polygon(plot->canvas, leader, 2, false,
	               &(struct paint){ .stroke = plot->style->ink, .stroke_width = 0.4 });
	if (callout->row >= 0)
		canvas_text(plot->canvas, callout->left + shift, base, marks->texts[event],
		            &plot->style->label, ALIGN_LEFT);
}

void event_marks_draw(const struct event_marks *marks, const struct plot *plot)
{
	for (int i = 0; i < marks->count; i++) {
		char *day = timeline_day_name(marks->events[i]->instant);
		char *title = g_strdup_printf("%s: %s", day, marks->events[i]->text);
		char *id = plot->series < 0 ? g_strdup_printf("event-%d", i + 1)
			: g_strdup_printf("event-%d-s%d", i + 1, plot->series + 1);

		canvas_begin(plot->canvas, id, title);
		draw_event(marks, i, plot);
		figure_data_mark(plot->canvas, "event");
		timeline_note_days(plot->canvas, marks->events[i]->instant,
		                   marks->events[i]->instant + 1);
		figure_data_text(plot->canvas, TIMELINE_TEXT, marks->events[i]->text);
		canvas_end(plot->canvas);
		g_free(day);
		g_free(id);
		g_free(title);
	}
}
