/* pair_delays.c - answers by how long they took: bars of classes, to the left the first
 * one's, to the right the second's, with a bracket from the lower to the upper quartile */
#include "pair_parts.h"

#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

#define CLASSES 7
#define HEAD 21.0               /* pt: the panel's name, the two names */
#define FOOT 20.0               /* pt: answers and median of both */
#define ROW_MAX 16.0            /* pt */
#define BRACKET 4.0             /* pt between the words and the bars */
#define NUMBER_WIDTH 16.0       /* pt kept for a bar's number */
#define LONGEST (52 * WEEK)     /* where the last class ends for the bracket */

/* Up to and without the bound; a class for every step that people speak of. */
static const struct { int64_t from, to; const char *text; } classes[CLASSES] = {
	{ 0, HOUR, "within 1 hour" }, { HOUR, 4 * HOUR, "1 to 4 hours" },
	{ 4 * HOUR, DAY, "4 to 24 hours" }, { DAY, 3 * DAY, "1 to 3 days" },
	{ 3 * DAY, WEEK, "3 to 7 days" }, { WEEK, 4 * WEEK, "1 to 4 weeks" },
	{ 4 * WEEK, INT64_MAX, "longer" },
};

/* ---- words ---- */

static char *amount(double value, const char *unit)
{
	char number[16];

	g_snprintf(number, sizeof number, value < 9.95 && value != floor(value) ? "%.1f" : "%.0f",
	           value);
	if (g_str_has_suffix(number, ".0"))
		number[strlen(number) - 2] = 0;
	return g_strdup_printf("%s %s%s", number, unit, strcmp(number, "1") ? "s" : "");
}

char *pair_delay_text(int64_t seconds)
{
	if (seconds < 100)
		return amount((double)seconds, "second");
	if (seconds < 100 * MINUTE)
		return amount(round((double)seconds / MINUTE), "minute");
	if (seconds < 36 * HOUR)
		return amount((double)seconds / HOUR, "hour");
	if (seconds < 3 * WEEK)
		return amount((double)seconds / DAY, "day");
	return amount((double)seconds / WEEK, "week");
}

/* ---- numbers ---- */

static int class_of(int64_t delay)
{
	int i = 0;

	while (i + 1 < CLASSES && delay >= classes[i].to)
		i++;
	return i;
}

static void count_classes(const struct pair_delays *delays, int counts[CLASSES])
{
	for (int i = 0; i < CLASSES; i++)
		counts[i] = 0;
	for (int i = 0; i < delays->count; i++)
		counts[class_of(delays->sorted[i])]++;
}

/* Where a delay lies, in classes from the top: logarithmic within each. */
static double depth_of(int64_t delay)
{
	int i = class_of(delay);
	double low = (double)MAX(classes[i].from, MINUTE);
	double high = (double)MIN(classes[i].to, LONGEST);

	return i + CLAMP(log((double)MAX(delay, 1) / low) / log(high / low), 0, 1);
}

/* ---- drawing ---- */

struct panel {
	struct canvas *canvas;
	const struct style *style;
	const struct pair_chart *chart;
	struct box rows;                /* pt */
	double row;                     /* pt a class is high */
	double words;                   /* pt: width of the classes' names */
	double answer;                  /* pt an answer is wide */
	int counts[2][CLASSES];
};

static double middle_of(const struct panel *panel)
{
	return panel->rows.x + panel->rows.width / 2;
}

/* The inner end of the bars of one of the two. */
static double base_of(const struct panel *panel, int who)
{
	return middle_of(panel) + (who ? 1 : -1) * (panel->words / 2 + BRACKET);
}

static void draw_class(const struct panel *panel, int class, int who)
{
	int count = panel->counts[who][class];
	struct look look = style_look(panel->style, who);
	double base = base_of(panel, who), width = count * panel->answer;
	double y = panel->rows.y + class * panel->row;
	const struct box box = { who ? base : base - width, y + 1, width, panel->row - 2 };
	char *id = g_strdup_printf("delay-%d-s%d", class + 1, who + 1);
	char *title = g_strdup_printf("%s answered %s: %s", text_directed(panel->chart->names[who]),
	                              classes[class].text,
	                              text_counted(count, "message", "messages"));

	if (count) {
		canvas_begin(panel->canvas, id, title);
		style_fill_rectangle(panel->canvas, &box, &look);
		pair_note(panel->canvas, panel->chart, "answers", who);
		figure_data_text(panel->canvas, PAIR_DELAY, classes[class].text);
		figure_data_int(panel->canvas, PAIR_ANSWERS, count);
		canvas_text(panel->canvas, who ? base + width + 2 : base - width - 2,
		            y + panel->row / 2 + 0.36 * panel->style->small.size, text_count(count),
		            &panel->style->small, who ? ALIGN_LEFT : ALIGN_RIGHT);
		canvas_end(panel->canvas);
	}
	g_free(title);
	g_free(id);
}

/* Two answers have no quartiles worth the name. */
static bool has_quartiles(const struct pair_delays *delays)
{
	return delays->count >= 4;
}

static void draw_quartiles(const struct panel *panel, int who)
{
	const struct pair_delays *delays = &panel->chart->pair->delays[who];
	const struct style *style = panel->style;
	double x = base_of(panel, who) + (who ? -1 : 1) * BRACKET / 2, y[3];
	char *text[3];

	if (!has_quartiles(delays))
		return;
	for (int q = 0; q < 3; q++) {
		int64_t delay = pair_quartile(delays, q + 1);

		y[q] = panel->rows.y + depth_of(delay) * panel->row;
		text[q] = pair_delay_text(delay);
	}
	char *id = g_strdup_printf("quartiles-s%d", who + 1);
	char *title = g_strdup_printf("%s: a quarter of the answers within %s, half within %s, three "
	                              "quarters within %s", text_directed(panel->chart->names[who]),
	                              text[0], text[1], text[2]);
	const struct point line[] = { { x, y[0] }, { x, y[2] } };

	canvas_begin(panel->canvas, id, title);
	pair_note(panel->canvas, panel->chart, "quartiles", who);
	for (int q = 0; q < 3; q++)
		figure_data_int(panel->canvas, PAIR_QUARTER + q, pair_quartile(delays, q + 1));
	canvas_polygon(panel->canvas, line, 2, false,
	               &(struct paint){ .stroke = style->ink, .stroke_width = 1.2 });
	canvas_circle(panel->canvas, x, y[1], 2,
	              &(struct paint){ .fill = style->paper, .stroke = style->ink,
	                               .stroke_width = 1 });
	canvas_end(panel->canvas);
	g_free(title);
	g_free(id);
	for (int q = 0; q < 3; q++)
		g_free(text[q]);
}

/* In two lines below the bars: "123 answers", "half within 3 hours". */
static void draw_foot(const struct panel *panel, int who)
{
	const struct pair_delays *delays = &panel->chart->pair->delays[who];
	const struct style *style = panel->style;
	double y = panel->rows.y + panel->rows.height + 9, room = panel->rows.width / 2 - 3;
	double x = who ? panel->rows.x + panel->rows.width : panel->rows.x;
	enum align align = who ? ALIGN_RIGHT : ALIGN_LEFT;
	struct font faint = style->label;

	faint.color = style->faint;
	char *answers = frame_fit(text_counted(delays->count, "answer", "answers"), &style->label, room);
	canvas_text(panel->canvas, x, y, answers, &style->label, align);
	g_free(answers);
	if (!delays->count)
		return;
	char *delay = pair_delay_text(pair_quartile(delays, 2));
	char *median = g_strdup_printf("half within %s", delay);
	char *fitted = frame_fit(median, &faint, room);

	canvas_text(panel->canvas, x, y + 9, fitted, &faint, align);
	g_free(fitted);
	g_free(median);
	g_free(delay);
}

static void draw_head(const struct panel *panel, const struct box *box)
{
	const struct style *style = panel->style;
	struct font bold = style->label;
	bool any = has_quartiles(&panel->chart->pair->delays[0]) ||
	           has_quartiles(&panel->chart->pair->delays[1]);
	char *name = frame_fit(any ? "How long answers took; \u25cb median, \u2502 middle half"
	                           : "How long answers took", &style->label, box->width);

	bold.bold = true;
	canvas_text(panel->canvas, box->x, box->y + bold.size, name, &style->label, ALIGN_LEFT);
	g_free(name);
	for (int who = 0; who < 2; who++) {
		char *fitted = frame_fit(panel->chart->names[who], &bold, box->width / 2 - 4);

		canvas_text(panel->canvas, who ? box->x + box->width : box->x, box->y + HEAD - 2, fitted,
		            &bold, who ? ALIGN_RIGHT : ALIGN_LEFT);
		g_free(fitted);
	}
}

static void draw_words(const struct panel *panel)
{
	struct font font = panel->style->small;

	font.color = panel->style->faint;
	for (int i = 0; i < CLASSES; i++)
		canvas_text(panel->canvas, middle_of(panel),
		            panel->rows.y + (i + 0.5) * panel->row + 0.36 * font.size, classes[i].text,
		            &font, ALIGN_CENTER);
}

static void panel_init(struct panel *panel, const struct box *box)
{
	int most = 1;

	panel->row = MIN((box->height - HEAD - FOOT) / CLASSES, ROW_MAX);
	panel->rows = (struct box){ box->x, box->y + HEAD + 2, box->width, panel->row * CLASSES };
	for (int i = 0; i < CLASSES; i++)
		panel->words = MAX(panel->words,
		                   text_measure(classes[i].text, &panel->style->small).width + 2);
	for (int who = 0; who < 2; who++) {
		count_classes(&panel->chart->pair->delays[who], panel->counts[who]);
		for (int i = 0; i < CLASSES; i++)
			most = MAX(most, panel->counts[who][i]);
	}
	panel->answer = (box->width / 2 - panel->words / 2 - BRACKET - NUMBER_WIDTH) / most;
}

void pair_draw_delays(struct canvas *canvas, const struct pair_chart *chart, const struct box *box)
{
	struct panel panel = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart };

	panel_init(&panel, box);
	canvas_begin(canvas, "delays", NULL);
	draw_head(&panel, box);
	draw_words(&panel);
	for (int who = 0; who < 2; who++) {
		for (int i = 0; i < CLASSES; i++)
			draw_class(&panel, i, who);
		draw_quartiles(&panel, who);
		draw_foot(&panel, who);
	}
	canvas_end(canvas);
}
