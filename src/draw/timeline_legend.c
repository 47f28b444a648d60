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
	const struct style *style;
	double left, width;             /* pt */
	double x, y;                    /* where the next entry begins; the row's top */
};

static void draw_swatch(const struct legend *legend, enum swatch swatch, const struct look *look)
{
	const struct style *style = legend->style;
	const struct paint hatch = { .fill = style->blank, .stroke = style->blank_line,
	                             .stroke_width = 0.35 };
	const struct box box = { legend->x, legend->y + 1.5, SWATCH_WIDTH, SWATCH_HEIGHT };

	if (swatch == SWATCH_HATCH)
		canvas_hatch(legend->canvas, box.x, box.y, box.width, box.height, 2, &hatch);
	else if (swatch == SWATCH_FULL)
		style_fill_rectangle(legend->canvas, &box, look);
	else
		canvas_rectangle(legend->canvas, box.x + 0.3, box.y + 0.3, box.width - 0.6,
		                 box.height - 0.6,
		                 &(struct paint){ .fill = style->paper, .stroke = look->color,
		                                  .stroke_width = 0.6 });
}

/* Takes text. */
static void add_entry(struct legend *legend, enum swatch swatch, const struct look *look,
                      char *text)
{
	const struct style *style = legend->style;
	char *fitted = frame_fit(text, &style->label, MAX(legend->width * 0.45, 60));
	double width = SWATCH_WIDTH + 3 + text_measure(fitted, &style->label).width;

	if (legend->x > legend->left && legend->x + width > legend->left + legend->width) {
		legend->x = legend->left;
		legend->y += ROW;
	}
	if (legend->canvas) {
		draw_swatch(legend, swatch, look);
		canvas_text(legend->canvas, legend->x + SWATCH_WIDTH + 3,
		            legend->y + style->label.size, fitted, &style->label, ALIGN_LEFT);
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
		add_entry(legend, SWATCH_HATCH, NULL, timeline_gap_text(&timeline->gaps[0]));
	else if (timeline->gap_count > 1)
		add_entry(legend, SWATCH_HATCH, NULL,
		          g_strdup_printf("no mail (%d times, at most %s days)", timeline->gap_count,
		                          text_count(longest / 86400)));
}

double timeline_legend(struct canvas *canvas, const struct style *style,
                       const struct timeline *timeline, unsigned parts, double x, double y,
                       double width)
{
	struct legend legend = { .canvas = canvas, .style = style, .left = x, .width = width, .x = x,
	                         .y = y };
	struct font font = style->label;
	char *unit = timeline_unit_text(timeline->unit);

	font.color = style->faint;
	if (canvas) {
		canvas_begin(canvas, "legend", NULL);
		canvas_text(canvas, x, y + font.size, unit, &font, ALIGN_LEFT);
	}
	legend.x += text_measure(unit, &font).width + 1.5 * ENTRY_GAP;
	g_free(unit);
	bool with_series = (parts & LEGEND_SERIES) && timeline->series_count > 1;
	for (int s = 0; with_series && s < timeline->series_count; s++) {
		int64_t total = timeline_series_total(timeline, s);
		struct look look = timeline_series_look(style, timeline, s);

		if (total > 0)
			add_entry(&legend, SWATCH_FULL, &look,
			          g_strdup_printf("%s (%s)", timeline->series_names[s], text_count(total)));
	}
	struct look first = timeline_series_look(style, timeline, 0);
	if (timeline_shows_repairs(timeline))
		add_entry(&legend, SWATCH_HOLLOW, &first, g_strdup("date repaired or replaced"));
	if (parts & LEGEND_GAPS)
		add_gaps(&legend, timeline);
	if (canvas)
		canvas_end(canvas);
	return legend.y + ROW - y;
}
