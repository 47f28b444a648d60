/* evolution_chart.c - an alluvial diagram: bars of groups, bands of people between them
 *
 * After Rosvall & Bergstrom (2010), "Mapping Change in Large Networks",
 * doi:10.1371/journal.pone.0008694. */
#include "epistograph/evolution_chart.h"

#include "legend_flow.h"
#include "scale.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"
#include "epistograph/palette.h"
#include "epistograph/text.h"

#include <math.h>

#include <glib.h>

#define BAR_WIDTH 11.0          /* pt; less where periods are many */
#define BAR_GAP 3.0             /* pt between the groups of a period */
#define BAND_STRENGTH 0.45      /* of a band's colour on the paper */
#define FOOT_ROWS 2             /* below the bars: the period, its people */
#define FOOT_ROW 9.0
#define NUMBER_HEIGHT 7.5       /* pt: lower bars have their number beside them */
#define NUMBER_GAP 1.5          /* pt between a bar and its number, and between two numbers */
#define BAR_LEAST 0.5           /* pt: a bar of few people is still seen */
#define LEGEND_PART 0.22        /* of the height, that groups without a colour may make it */
#define PLOT_MIN 40.0
#define COLUMN_MIN 16.0         /* pt from bar to bar */

struct place {                          /* of a group */
	double x, y, height;            /* pt, of its bar */
	double out, in;                 /* pt of its bands already drawn, from the top */
};

struct page {
	struct canvas *canvas;
	const struct style *style;
	const struct evolution_chart *chart;
	struct box plot;                /* of the bars */
	double bar, step;               /* pt: a bar's width, from bar to bar */
	double person;                  /* pt a person is high */
	double pitch;                   /* pt between the middles of bars with numbers beside
	                                 * them; 0 where there is no room for those */
	bool *is_listed;                /* [category_count] in the legend, by its number */
	struct place *places;
	int *first;                     /* [periods + 1] index of the first group of each */
};

/* ---- numbers ---- */

enum { PERIOD, LEADERS, TO, COMMUNITY, PEOPLE, JOINED, LEFT };

static const struct data_column data_columns[] = {
	[PERIOD] = { "period", DATA_TEXT }, [LEADERS] = { "leaders", DATA_TEXT },
	[TO] = { "to_leaders", DATA_TEXT }, [COMMUNITY] = { "community", DATA_INT },
	[PEOPLE] = { "people", DATA_INT }, [JOINED] = { "joined", DATA_INT },
	[LEFT] = { "left", DATA_INT },
};

static void note_people(const struct page *page, const char *kind, int group, int people)
{
	const struct evolution_group *g = &page->chart->evolution->groups[group];

	figure_data_mark(page->canvas, kind);
	figure_data_text(page->canvas, PERIOD, page->chart->period_names[g->period]);
	figure_data_text(page->canvas, LEADERS, page->chart->leaders[group]);
	if (g->category != EVOLUTION_REST)
		figure_data_int(page->canvas, COMMUNITY, g->category + 1);
	figure_data_int(page->canvas, PEOPLE, people);
}

static void note_group(const struct page *page, int group)
{
	const struct evolution *e = page->chart->evolution;
	const struct evolution_group *g = &e->groups[group];

	note_people(page, "group", group, g->people);
	if (g->period > 0)
		figure_data_int(page->canvas, JOINED, g->joined);
	if (g->period + 1 < e->period_count)
		figure_data_int(page->canvas, LEFT, g->left);
}

/* ---- where bars stand ---- */

static void find_firsts(struct page *page)
{
	const struct evolution *e = page->chart->evolution;
	int group = 0;

	page->first = g_new(int, (gsize)MAX(e->period_count, 0) + 1);
	for (int p = 0; p < e->period_count; p++) {
		page->first[p] = group;
		while (group < e->group_count && e->groups[group].period == p)
			group++;
	}
	page->first[e->period_count] = group;
}

static int people_of(const struct page *page, int period)
{
	int people = 0;

	for (int g = page->first[period]; g < page->first[period + 1]; g++)
		people += page->chart->evolution->groups[g].people;
	return people;
}

static double bar_height(const struct page *page, int group)
{
	return MAX(page->chart->evolution->groups[group].people * page->person, BAR_LEAST);
}

static bool is_numbered(const struct page *page, int group)
{
	int category = page->chart->evolution->groups[group].category;

	return category >= 0 && category < page->chart->category_count &&
	       page->is_listed[category];
}

static bool has_number_beside(const struct page *page, int group)
{
	return is_numbered(page, group) && page->pitch > 0 &&
	       (bar_height(page, group) < NUMBER_HEIGHT || page->bar < NUMBER_HEIGHT);
}

/* Between a group and the one below it. */
static double gap_below(const struct page *page, int group)
{
	if (!has_number_beside(page, group) || !has_number_beside(page, group + 1))
		return BAR_GAP;
	return MAX(BAR_GAP, page->pitch -
	                    (bar_height(page, group) + bar_height(page, group + 1)) / 2);
}

static double column_height(const struct page *page, int period)
{
	double height = 0;

	for (int g = page->first[period]; g < page->first[period + 1]; g++)
		height += bar_height(page, g) +
		          (g + 1 < page->first[period + 1] ? gap_below(page, g) : 0);
	return height;
}

static bool columns_fit(const struct page *page)
{
	for (int p = 0; p < page->chart->evolution->period_count; p++)
		if (column_height(page, p) > page->plot.height)
			return false;
	return true;
}

/* The highest column decides how high a person is. */
static void choose_scale(struct page *page)
{
	const struct text_extent number = text_measure("8", &page->style->small);
	double low = 0, high = page->plot.height;

	page->person = 0;
	page->pitch = number.ascent + number.descent + NUMBER_GAP;
	if (!columns_fit(page))
		page->pitch = 0;
	for (int tries = 0; tries < 60; tries++) {
		page->person = (low + high) / 2;
		*(columns_fit(page) ? &low : &high) = page->person;
	}
	page->person = low;
}

/* Bars stand on the base line, the first group on top. */
static void place_groups(struct page *page)
{
	const struct evolution *e = page->chart->evolution;

	page->places = g_new0(struct place, (gsize)MAX(e->group_count, 1));
	for (int p = 0; p < e->period_count; p++) {
		double y = page->plot.y + page->plot.height - column_height(page, p);

		for (int g = page->first[p]; g < page->first[p + 1]; g++) {
			double height = bar_height(page, g);

			page->places[g] = (struct place){
				.x = page->plot.x + p * page->step, .y = y, .height = height };
			if (g + 1 < page->first[p + 1])
				y += height + gap_below(page, g);
		}
	}
}

/* ---- looks ---- */

static struct look look_of_category(const struct page *page, int category)
{
	return style_look(page->style, category >= 0 && category < page->chart->category_count
	                  ? page->chart->category_colors[category] : -1);
}

static struct look look_of(const struct page *page, int group)
{
	const struct evolution_group *g = &page->chart->evolution->groups[group];

	return g->number == EVOLUTION_REST ? style_look(page->style, -1)
	                                   : look_of_category(page, g->category);
}

/* ---- legend ---- */

static bool has_category(const struct evolution *e, int category)
{
	for (int i = 0; i < e->group_count; i++)
		if (e->groups[i].category == category)
			return true;
	return false;
}

/* The categories that the legend lists, by their numbers, and the others. */
static double legend(const struct page *page, struct canvas *canvas, const struct box *box)
{
	const struct evolution_chart *chart = page->chart;
	const struct evolution *e = chart->evolution;
	struct look rest = style_look(page->style, -1);
	struct legend_flow flow;
	bool with_rest = has_category(e, EVOLUTION_REST);

	legend_flow_begin(&flow, canvas, page->style, &(struct point){ box->x, box->y }, box->width,
	                  "Most of a group’s people are, in the whole time, around");
	for (int i = 0; i < chart->category_count; i++) {
		if (!page->is_listed[i]) {
			with_rest = with_rest || has_category(e, i);
			continue;
		}
		struct look look = look_of_category(page, i);
		char *text = g_strdup_printf("%d %s", i + 1, text_directed(chart->category_names[i]));

		legend_flow_add(&flow, &look, text);
		g_free(text);
	}
	if (with_rest)
		legend_flow_add(&flow, &rest, "others and small groups");
	return legend_flow_end(&flow, box->y);
}

/* Where colours are few or none, numbers tell. Those with a colour are all listed, of those
 * without as many of the largest as there is room for. */
static void list_categories(struct page *page, const struct box *box)
{
	const struct evolution_chart *chart = page->chart;

	page->is_listed = g_new0(bool, (gsize)MAX(chart->category_count, 1));
	for (int i = 0; i < chart->category_count; i++)
		page->is_listed[i] = chart->category_colors[i] >= 0 &&
		                     has_category(chart->evolution, i);
	for (int i = 0; i < chart->category_count; i++) {
		if (page->is_listed[i] || !has_category(chart->evolution, i))
			continue;
		page->is_listed[i] = true;
		if (legend(page, NULL, box) <= LEGEND_PART * box->height)
			continue;
		page->is_listed[i] = false;
		break;
	}
}

/* ---- bands ---- */

/* An S from (x0, y0) to (x1, y1), level at both ends, as two quadratic curves. */
static void append_s(struct point *points, size_t *count, double x0, double y0, double x1,
                     double y1)
{
	double middle_x = (x0 + x1) / 2, middle_y = (y0 + y1) / 2;

	points[(*count)++] = (struct point){ (x0 + middle_x) / 2, y0 };
	points[(*count)++] = (struct point){ middle_x, middle_y };
	points[(*count)++] = (struct point){ (x1 + middle_x) / 2, y1 };
	points[(*count)++] = (struct point){ x1, y1 };
}

static void draw_band(const struct page *page, const struct evolution_flow *flow)
{
	struct place *from = &page->places[flow->from], *to = &page->places[flow->to];
	double width = flow->people * page->person;
	double x0 = from->x + page->bar, x1 = to->x;
	double y0 = from->y + from->out, y1 = to->y + to->in;
	struct look look = look_of(page, flow->from);
	struct point points[11];
	size_t count = 0;

	points[count++] = (struct point){ x0, y0 };
	append_s(points, &count, x0, y0, x1, y1);
	/* Straight down the next bar's side, and back. */
	points[count++] = (struct point){ x1, y1 + width / 2 };
	points[count++] = (struct point){ x1, y1 + width };
	append_s(points, &count, x1, y1 + width, x0, y0 + width);
	canvas_curve(page->canvas, points, count, true,
	             &(struct paint){ .fill = style_tint(page->style, look.color, BAND_STRENGTH) });
	from->out += width;
	to->in += width;
}

static int number_in_period(const struct page *page, int group)
{
	return group - page->first[page->chart->evolution->groups[group].period] + 1;
}

/* Bands are drawn in the order of (from, to), which runs from top to bottom at both ends. */
static void draw_bands(const struct page *page)
{
	const struct evolution *e = page->chart->evolution;

	for (int i = 0; i < e->flow_count; i++) {
		const struct evolution_flow *flow = &e->flows[i];
		int period = e->groups[flow->from].period;
		char *id = g_strdup_printf("flow-%d-%d-%d", period + 1,
		                           number_in_period(page, flow->from),
		                           number_in_period(page, flow->to));
		char *title = g_strdup_printf("%s of %s to %s: %s",
		                              text_directed(page->chart->leaders[flow->from]),
		                              page->chart->period_names[period],
		                              text_directed(page->chart->leaders[flow->to]),
		                              text_counted(flow->people, "person", "people"));

		canvas_begin(page->canvas, id, title);
		draw_band(page, flow);
		note_people(page, "flow", flow->from, flow->people);
		figure_data_text(page->canvas, TO, page->chart->leaders[flow->to]);
		canvas_end(page->canvas);
		g_free(title);
		g_free(id);
	}
}

/* ---- bars ---- */

static char *group_title(const struct page *page, int group)
{
	const struct evolution *e = page->chart->evolution;
	const struct evolution_group *g = &e->groups[group];
	GString *title = g_string_new(NULL);

	g_string_printf(title, "%s: %s around %s", page->chart->period_names[g->period],
	                text_counted(g->people, "person", "people"),
	                text_directed(page->chart->leaders[group]));
	if (g->period > 0)
		g_string_append_printf(title, "; %s new", text_count(g->joined));
	if (g->period + 1 < e->period_count)
		g_string_append_printf(title, "; %s not in the next period", text_count(g->left));
	return g_string_free(title, FALSE);
}

/* Black or white, whatever is read better on that ground (relative luminance of WCAG 2). */
static struct color letter_on(struct color ground)
{
	double linear[3] = { ground.r, ground.g, ground.b }, luminance = 0;
	static const double weights[] = { 0.2126, 0.7152, 0.0722 };

	for (int i = 0; i < 3; i++)
		luminance += weights[i] * (linear[i] <= 0.04045 ? linear[i] / 12.92
		                           : pow((linear[i] + 0.055) / 1.055, 2.4));
	return luminance > 0.179 ? (struct color){ 0, 0, 0, 1 } : (struct color){ 1, 1, 1, 1 };
}

static void draw_number(const struct page *page, int group)
{
	const struct place *place = &page->places[group];
	int category = page->chart->evolution->groups[group].category;
	struct look look = look_of_category(page, category);
	struct font font = page->style->small;
	double y = place->y + place->height / 2 + 0.36 * font.size;
	char text[12];

	g_snprintf(text, sizeof text, "%d", category + 1);
	font.bold = true;
	font.halo_width = 1.5;
	if (has_number_beside(page, group)) {
		font.color = page->style->ink;
		font.halo = page->style->paper;
		canvas_text(page->canvas, place->x - NUMBER_GAP, y, text, &font, ALIGN_RIGHT);
		return;
	}
	if (place->height < NUMBER_HEIGHT || page->bar < NUMBER_HEIGHT)
		return;
	font.color = letter_on(look.color);
	if (look.hatch != HATCH_NONE)           /* keep the lines off the number */
		font.halo = look.color;
	canvas_text(page->canvas, place->x + page->bar / 2, y, text, &font, ALIGN_CENTER);
}

static void draw_bars(const struct page *page)
{
	const struct evolution *e = page->chart->evolution;

	for (int i = 0; i < e->group_count; i++) {
		const struct place *place = &page->places[i];
		const struct box box = { place->x, place->y, page->bar, place->height };
		struct look look = look_of(page, i);
		char *id = g_strdup_printf("group-%d-%d", e->groups[i].period + 1,
		                           number_in_period(page, i));
		char *title = group_title(page, i);

		canvas_begin(page->canvas, id, title);
		style_fill_rectangle(page->canvas, &box, &look);
		note_group(page, i);
		if (is_numbered(page, i))
			draw_number(page, i);
		canvas_end(page->canvas);
		g_free(title);
		g_free(id);
	}
}

/* ---- around the bars ---- */

/* Names of periods, every one or every second, third, ... so that none touch; their
 * people below. */
static void draw_foot(const struct page *page)
{
	const struct evolution_chart *chart = page->chart;
	const struct style *style = page->style;
	int periods = chart->evolution->period_count, every = 1;
	double widest = 0, y = page->plot.y + page->plot.height + FOOT_ROW;
	struct font faint = style->label;

	faint.color = style->faint;
	for (int p = 0; p < periods; p++)
		widest = MAX(widest, text_measure(chart->period_names[p], &style->label).width);
	while (every * page->step < widest + 4 && every < periods)
		every++;
	canvas_begin(page->canvas, "axis-time", NULL);
	for (int p = 0; p < periods; p += every) {
		double x = page->plot.x + p * page->step + page->bar / 2;
		const char *people = text_count(people_of(page, p));

		canvas_text(page->canvas, x, y, chart->period_names[p], &style->label, ALIGN_CENTER);
		canvas_text(page->canvas, x, y + FOOT_ROW, people, &faint, ALIGN_CENTER);
	}
	canvas_end(page->canvas);
}

/* How high so many people are, beside the bars. */
static void draw_scale(const struct page *page, double left)
{
	const struct style *style = page->style;
	struct scale scale = scale_for_counts((int64_t)(page->plot.height / page->person), 4);
	double top = page->plot.y + page->plot.height - (double)scale.step * page->person;
	double bottom = page->plot.y + page->plot.height;
	const struct point line[] = { { left + 3, top }, { left, top }, { left, bottom },
	                              { left + 3, bottom } };
	struct font font = style->small;

	font.color = style->faint;
	canvas_begin(page->canvas, "scale", NULL);
	canvas_polygon(page->canvas, line, 4, false,
	               &(struct paint){ .stroke = style->faint, .stroke_width = 0.6 });
	canvas_text(page->canvas, left - 1, top - 4 - font.size, text_count(scale.step), &font,
	            ALIGN_LEFT);
	canvas_text(page->canvas, left - 1, top - 4, scale.step == 1 ? "person" : "people", &font,
	            ALIGN_LEFT);
	canvas_end(page->canvas);
}

/* ---- the page ---- */

#define SCALE_GUTTER 38.0       /* pt for the scale's words and a number */

static void page_init(struct page *page, const struct box *box)
{
	const struct evolution_chart *chart = page->chart;
	int periods = chart->evolution->period_count;
	double gutter = SCALE_GUTTER, widest = 0;

	list_categories(page, box);
	double above = legend(page, NULL, box) + 6;
	for (int p = 0; p < periods; p++)
		widest = MAX(widest, text_measure(chart->period_names[p], &page->style->label).width);
	double overhang = MAX(widest / 2 - BAR_WIDTH / 2, 2);   /* of the outer names */

	gutter = MAX(gutter, overhang);
	page->plot = (struct box){ box->x + gutter, box->y + above, box->width - gutter - overhang,
	                           box->height - above - FOOT_ROWS * FOOT_ROW - 4 };
	page->step = periods > 1 ? (page->plot.width - BAR_WIDTH) / (periods - 1) : 0;
	page->bar = MIN(BAR_WIDTH, page->step * 0.4);
	find_firsts(page);
	choose_scale(page);
	place_groups(page);
}

static void page_clear(struct page *page)
{
	g_free(page->places);
	g_free(page->first);
	g_free(page->is_listed);
}

#define MARGINS 28.0            /* pt left and right of the frame */
#define NAME_OVERHANG 12.0      /* pt of "Q4 2016" beside an outer bar */

int evolution_chart_most(double width)
{
	double plot = width - MARGINS - SCALE_GUTTER - NAME_OVERHANG;

	return MAX((int)((plot - BAR_WIDTH) / COLUMN_MIN) + 1, 2);
}

int evolution_chart_draw(struct canvas *canvas, double width, double height,
                         const struct evolution_chart *chart, struct error *err)
{
	struct box box = frame_draw(canvas, width, height, &chart->frame);
	struct page page = { .canvas = canvas, .style = canvas_style(canvas), .chart = chart };
	int status = 0;

	figure_data_columns(canvas_data(canvas), data_columns, G_N_ELEMENTS(data_columns));
	page_init(&page, &box);
	if (page.plot.height < PLOT_MIN || page.step < COLUMN_MIN) {
		status = error_set(err, "the page leaves no room for %s: make it larger, or the "
		                   "periods fewer", text_counted(chart->evolution->period_count,
		                   "period", "periods"));
	} else {
		legend(&page, canvas, &box);
		draw_bands(&page);
		draw_bars(&page);
		draw_foot(&page);
		draw_scale(&page, box.x);
	}
	page_clear(&page);
	return status;
}
