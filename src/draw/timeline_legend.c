#include "legend_flow.h"
#include "timeline_parts.h"

#include "epistograph/text.h"

#include <glib.h>

#define HOLLOW_WIDTH 8.0        /* pt */
#define HOLLOW_HEIGHT 6.0
#define HOLLOW_LINE 0.6

static void add_series(struct legend_flow *flow, const struct timeline *timeline)
{
	for (int s = 0; timeline->series_count > 1 && s < timeline->series_count; s++) {
		int64_t total = timeline_series_total(timeline, s);
		struct look look = timeline_series_look(flow->style, timeline, s);
		char *text = g_strdup_printf("%s (%s)", text_directed(timeline->series_names[s]), text_count(total));

		if (total > 0)
			legend_flow_add(flow, &look, text);
		g_free(text);
	}
}

static void add_repaired(struct legend_flow *flow, const struct timeline *timeline)
{
	struct look look = timeline_series_look(flow->style, timeline, 0);
	struct point at = legend_flow_add_mark(flow, HOLLOW_WIDTH, "date repaired or replaced");

	if (flow->canvas)
		canvas_rectangle(flow->canvas, at.x + HOLLOW_LINE / 2, at.y + 1.5 + HOLLOW_LINE / 2,
		                 HOLLOW_WIDTH - HOLLOW_LINE, HOLLOW_HEIGHT - HOLLOW_LINE,
		                 &(struct paint){ .fill = flow->style->paper, .stroke = look.color,
		                                  .stroke_width = HOLLOW_LINE });
}

static void add_gaps(struct legend_flow *flow, const struct timeline *timeline)
{
	int64_t longest = 0;

	for (int i = 0; i < timeline->gap_count; i++)
		longest = MAX(longest, timeline->gaps[i].end - timeline->gaps[i].start);
	char *text = timeline->gap_count == 1 ? timeline_gap_text(&timeline->gaps[0])
		: g_strdup_printf("unusual silence (%d times, at most %s days)", timeline->gap_count,
		                  text_count(longest / 86400));
	if (timeline->gap_count > 0)
		legend_flow_add(flow, NULL, text);
	g_free(text);
}

double timeline_legend(struct canvas *canvas, const struct style *style,
                       const struct timeline *timeline, unsigned parts, double x, double y,
                       double width)
{
	struct legend_flow flow;
	char *unit = timeline_unit_text("messages", timeline->unit);

	legend_flow_begin(&flow, canvas, style, &(struct point){ x, y }, width, unit);
	g_free(unit);
	if (parts & LEGEND_SERIES)
		add_series(&flow, timeline);
	if (timeline_shows_repairs(timeline))
		add_repaired(&flow, timeline);
	if (parts & LEGEND_GAPS)
		add_gaps(&flow, timeline);
	return legend_flow_end(&flow, y);
}
