/* pair_delays.c - answers by how long they took: bars of classes, to the left the first
 * one's, to the right the second's, with a bracket from the lower to the upper quartile */
#include "pair_parts.h"

#include "legend_flow.h"

#include "epistograph/text.h"

#include <math.h>
#include <string.h>

#include <glib.h>

#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

#define CLASSES 7
#define ROW_MIN 8.0             /* pt */
#define ROW_MAX 16.0
#define NAME_ROW 9.0            /* pt: of a line of a name, or of the foot */
#define NAME_LINES 2            /* of a name where room is scarce */
#define SLACK 0.01              /* pt: what a page's millimetres may lose */
#define SPACE 3.0               /* pt above and below the bars */
#define BRACKET 6.0             /* pt between the words and the bars */
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
	char **names[2], **feet[2];     /* lines, owned */
	double head, foot;              /* pt high: the panel's name, the two names; the foot */
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

/* A line from the first quartile to the third, a ring at the median. */
static void draw_bracket(struct canvas *canvas, double x, const double y[static 3])
{
	const struct style *style = canvas_style(canvas);
	const struct point line[] = { { x, y[0] }, { x, y[2] } };

	canvas_polygon(canvas, line, 2, false,
	               &(struct paint){ .stroke = style->ink, .stroke_width = 1.2 });
	canvas_circle(canvas, x, y[1], 2,
	              &(struct paint){ .fill = style->paper, .stroke = style->ink,
	                               .stroke_width = 1 });
}

static void draw_quartiles(const struct panel *panel, int who)
{
	const struct pair_delays *delays = &panel->chart->pair->delays[who];
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

	canvas_begin(panel->canvas, id, title);
	pair_note(panel->canvas, panel->chart, "quartiles", who);
	for (int q = 0; q < 3; q++)
		figure_data_int(panel->canvas, PAIR_QUARTER + q, pair_quartile(delays, q + 1));
	draw_bracket(panel->canvas, x, y);
	canvas_end(panel->canvas);
	g_free(title);
	g_free(id);
	for (int q = 0; q < 3; q++)
		g_free(text[q]);
}

/* "5 to 20 days", "40 minutes to 2 hours"; g_free() */
static char *span_text(int64_t from, int64_t to)
{
	char *first = pair_delay_text(from), *last = pair_delay_text(to);
	char *unit = strchr(first, ' ');

	if (unit && g_str_has_suffix(last, unit))
		*unit = 0;
	char *text = g_strdup_printf("%s to %s", first, last);
	g_free(first);
	g_free(last);
	return text;
}

/* "123 answers", "half within 3 hours", unless brief "middle half 1 hour to 2 days";
 * g_strfreev() */
static char **foot_lines(const struct pair_delays *delays, bool is_brief, const struct font *font,
                         double width)
{
	char *texts[4] = { NULL };

	if (!delays->count)
		return frame_wrap("no answer known", font, width);
	char *half = pair_delay_text(pair_quartile(delays, 2));
	char *middle = span_text(pair_quartile(delays, 1), pair_quartile(delays, 3));
	texts[0] = g_strdup(text_counted(delays->count, "answer", "answers"));
	texts[1] = g_strdup_printf(delays->count == 1 ? "after %s" : "half within %s", half);
	if (has_quartiles(delays) && !is_brief)
		texts[2] = g_strdup_printf("middle half %s", middle);
	char **lines = frame_wrap_each(texts, font, width);
	for (int i = 0; i < 3; i++)
		g_free(texts[i]);
	g_free(half);
	g_free(middle);
	return lines;
}

static void draw_foot(const struct panel *panel, int who)
{
	double y = panel->rows.y + panel->rows.height + SPACE + 6;
	struct font font = panel->style->label;

	for (char **line = panel->feet[who]; *line; line++, y += NAME_ROW) {
		canvas_text(panel->canvas, who ? panel->rows.x + panel->rows.width : panel->rows.x, y,
		            *line, &font, who ? ALIGN_RIGHT : ALIGN_LEFT);
		font.color = panel->style->faint;
	}
}

/* The panel's name, and what the brackets are; returns its height. Measures without a
 * canvas. */
static double draw_legend(const struct panel *panel, struct canvas *canvas, const struct box *box)
{
	const struct style *style = panel->style;
	struct legend_flow flow;

	legend_flow_begin(&flow, canvas, style, &(struct point){ box->x, box->y }, box->width, NULL);
	legend_flow_add_words(&flow, "How long answers took");
	if (has_quartiles(&panel->chart->pair->delays[0]) ||
	    has_quartiles(&panel->chart->pair->delays[1])) {
		struct point at = legend_flow_add_mark(&flow, 4, "median, middle half");

		if (canvas)
			draw_bracket(canvas, at.x + 2, (double[]){ at.y + 1, at.y + 4.5, at.y + 9 });
	}
	return legend_flow_end(&flow, box->y);
}

static void draw_head(const struct panel *panel, const struct box *box)
{
	struct font bold = panel->style->label;
	double top = box->y + draw_legend(panel, panel->canvas, box) + 7;

	bold.bold = true;
	for (int who = 0; who < 2; who++) {
		double y = top;

		bold.color = style_words(panel->style, who);
		for (char **line = panel->names[who]; *line; line++, y += NAME_ROW)
			canvas_text(panel->canvas, who ? box->x + box->width : box->x, y, *line, &bold,
			            who ? ALIGN_RIGHT : ALIGN_LEFT);
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

static double lines_height(char **const lines[static 2])
{
	return NAME_ROW * MAX(g_strv_length(lines[0]), g_strv_length(lines[1]));
}

/* The name over one's bars. Brief: a long one gives way to where its columns are. */
static char **name_lines(const struct pair_chart *chart, int who, bool is_brief,
                         const struct font *font, double width)
{
	char **lines = frame_wrap_name(chart->names[who], font, width);

	if (!is_brief || g_strv_length(lines) <= NAME_LINES)
		return lines;
	g_strfreev(lines);
	return frame_wrap(who ? "the one below" : "the one above", font, width);
}

/* All but the places, which wait for a box. Brief: without what the brackets show, too. */
static void panel_init(struct panel *panel, const struct style *style,
                       const struct pair_chart *chart, double width, bool is_brief)
{
	struct font bold = style->label;
	double half = width / 2 - 4;

	*panel = (struct panel){ .style = style, .chart = chart };
	bold.bold = true;
	for (int who = 0; who < 2; who++) {
		panel->names[who] = name_lines(chart, who, is_brief, &bold, half);
		panel->feet[who] = foot_lines(&chart->pair->delays[who], is_brief, &style->label,
		                               half);
		count_classes(&chart->pair->delays[who], panel->counts[who]);
	}
	for (int i = 0; i < CLASSES; i++)
		panel->words = MAX(panel->words, text_measure(classes[i].text, &style->small).width + 2);
	panel->head = draw_legend(panel, NULL, &(struct box){ .width = width }) +
	              lines_height(panel->names) + SPACE;
	panel->foot = SPACE + lines_height(panel->feet);
}

static void panel_place(struct panel *panel, const struct box *box)
{
	int most = 1;

	panel->row = MIN((box->height - panel->head - panel->foot) / CLASSES, ROW_MAX);
	panel->rows = (struct box){ box->x, box->y + panel->head, box->width, panel->row * CLASSES };
	for (int who = 0; who < 2; who++)
		for (int i = 0; i < CLASSES; i++)
			most = MAX(most, panel->counts[who][i]);
	panel->answer = (box->width / 2 - panel->words / 2 - BRACKET - NUMBER_WIDTH) / most;
}

static void panel_clear(struct panel *panel)
{
	for (int who = 0; who < 2; who++) {
		g_strfreev(panel->names[who]);
		g_strfreev(panel->feet[who]);
	}
}

double pair_delays_height(const struct style *style, const struct pair_chart *chart, double width,
                          bool is_brief)
{
	struct panel panel;

	panel_init(&panel, style, chart, width, is_brief);
	double height = panel.head + CLASSES * ROW_MIN + panel.foot;
	panel_clear(&panel);
	return height;
}

void pair_draw_delays(struct canvas *canvas, const struct pair_chart *chart, const struct box *box)
{
	const struct style *style = canvas_style(canvas);
	bool is_brief = pair_delays_height(style, chart, box->width, false) > box->height + SLACK;
	struct panel panel;

	panel_init(&panel, style, chart, box->width, is_brief);
	panel.canvas = canvas;
	panel_place(&panel, box);
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
	panel_clear(&panel);
}
