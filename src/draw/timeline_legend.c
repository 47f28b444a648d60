#include "timeline_parts.h"

#include "epistograph/text.h"

#include <glib.h>

#define ROW 10.0                /* pt */
#define SWATCH_WIDTH 8.0
#define SWATCH_HEIGHT 6.0
#define ENTRY_GAP 10.0

enum swatch { SWATCH_FULL, SWATCH_HOLLOW, SWATCH_HATCH };

struct legend {
	struct canvas *canvas;          /* NULL: only measured */
	double left, width;             /* pt */
	double x, y;                    /* where the next entry begins; the row's top */
};

static void draw_swatch(const struct legend *legend, enum swatch swatch, struct color color)
{
	const struct paint hatch = { .fill = { 0.955, 0.955, 0.955, 1 },
	                             .stroke = { 0.7, 0.7, 0.7, 1 }, .stroke_width = 0.35 };
	double y = legend->y + 1.5;

	if (swatch == SWATCH_HATCH)
		canvas_hatch(legend->canvas, legend->x, y, SWATCH_WIDTH, SWATCH_HEIGHT, 2, &hatch);
	else if (swatch == SWATCH_FULL)
		canvas_rectangle(legend->canvas, legend->x, y, SWATCH_WIDTH, SWATCH_HEIGHT,
		                 &(struct paint){ .fill = color });
	else
		canvas_rectangle(legend->canvas, legend->x + 0.3, y + 0.3, SWATCH_WIDTH - 0.6,
		                 SWATCH_HEIGHT - 0.6,
		                 &(struct paint){ .fill = theme_paper, .stroke = color,
		                                  .stroke_width = 0.6 });
}

/* Takes text. */
static void add_entry(struct legend *legend, enum swatch swatch, struct color color, char *text)
{
	char *fitted = frame_fit(text, &theme_label, MAX(legend->width * 0.45, 60));
	double width = SWATCH_WIDTH + 3 + text_measure(fitted, &theme_label).width;

	if (legend->x > legend->left && legend->x + width > legend->left + legend->width) {
		legend->x = legend->left;
		legend->y += ROW;
	}
	if (legend->canvas) {
		draw_swatch(legend, swatch, color);
		canvas_text(legend->canvas, legend->x + SWATCH_WIDTH + 3,
		            legend->y + theme_label.size, fitted, &theme_label, ALIGN_LEFT);
	}
	legend->x += width + ENTRY_GAP;
	g_free(fitted);
	g_free(text);
}

static void add_gaps(struct legend *legend, const struct timeline *timeline)
{
	int64_t longest = 0;

	for (int i = 0; i < timeline->gap_count; i++)
		longest = MAX(longest, timeline->gaps[i].end - timeline->gaps[i].start);
	if (timeline->gap_count == 1)
		add_entry(legend, SWATCH_HATCH, theme_grey, timeline_gap_text(&timeline->gaps[0]));
	else if (timeline->gap_count > 1)
		add_entry(legend, SWATCH_HATCH, theme_grey,
		          g_strdup_printf("no mail (%d times, at most %s days)", timeline->gap_count,
		                          text_count(longest / 86400)));
}

double timeline_legend(struct canvas *canvas, const struct timeline *timeline, unsigned parts,
                       double x, double y, double width)
{
	struct legend legend = { .canvas = canvas, .left = x, .width = width, .x = x, .y = y };
	struct font font = theme_label;
	char *unit = timeline_unit_text(timeline->unit);

	font.color = theme_faint;
	if (canvas) {
		canvas_begin(canvas, "legend", NULL);
		canvas_text(canvas, x, y + font.size, unit, &font, ALIGN_LEFT);
	}
	legend.x += text_measure(unit, &font).width + 1.5 * ENTRY_GAP;
	g_free(unit);
	bool with_series = (parts & LEGEND_SERIES) && timeline->series_count > 1;
	for (int s = 0; with_series && s < timeline->series_count; s++) {
		int64_t total = timeline_series_total(timeline, s);
		if (total > 0)
			add_entry(&legend, SWATCH_FULL, timeline_series_color(timeline, s),
			          g_strdup_printf("%s (%s)", timeline->series_names[s], text_count(total)));
	}
	if (timeline_shows_repairs(timeline))
		add_entry(&legend, SWATCH_HOLLOW, timeline_series_color(timeline, 0),
		          g_strdup("date repaired or replaced"));
	if (parts & LEGEND_GAPS)
		add_gaps(&legend, timeline);
	if (canvas)
		canvas_end(canvas);
	return legend.y + ROW - y;
}
