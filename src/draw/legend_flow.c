#include "legend_flow.h"

#include "epistograph/frame.h"

#include <glib.h>

#define SWATCH_WIDTH 8.0
#define SWATCH_HEIGHT 6.0
#define ENTRY_GAP 10.0

/* Go to where an entry of that width begins: the next row if there is no room. */
static void make_room(struct legend_flow *flow, double width)
{
	if (flow->x > flow->left && flow->x + width > flow->left + flow->width)
		legend_flow_break(flow);
}

/* Words from x on, in rows of their own where they are wider than the legend; then the next
 * entry begins behind the last of them. */
static void put_words(struct legend_flow *flow, double x, const char *words,
                      const struct font *font)
{
	char **lines = frame_wrap_name(words, font, flow->left + flow->width - x);

	for (char **line = lines; *line; line++) {
		if (flow->canvas)
			canvas_text(flow->canvas, x, flow->y + font->size, *line, font, ALIGN_LEFT);
		flow->x = x + text_measure(*line, font).width + ENTRY_GAP;
		if (line[1])
			flow->y += LEGEND_FLOW_ROW;
	}
	g_strfreev(lines);
}

void legend_flow_begin(struct legend_flow *flow, struct canvas *canvas, const struct style *style,
                       const struct point *at, double width, const char *words)
{
	struct font font = style->label;

	*flow = (struct legend_flow){ canvas, style, at->x, width, at->x, at->y };
	if (canvas)
		canvas_begin(canvas, "legend", NULL);
	if (!words)
		return;
	font.color = style->faint;
	put_words(flow, flow->x, words, &font);
	flow->x += ENTRY_GAP / 2;
}

/* The entry's words behind a swatch of that width, whose place is returned: its left and the
 * row's top. */
static struct point begin_entry(struct legend_flow *flow, double swatch, const char *words)
{
	const struct font *font = &flow->style->label;

	make_room(flow, swatch + 3 + text_measure(words, font).width);
	struct point place = { flow->x, flow->y };
	put_words(flow, flow->x + swatch + 3, words, font);
	return place;
}

void legend_flow_add(struct legend_flow *flow, const struct look *look, const char *text)
{
	const struct style *style = flow->style;
	struct point at = begin_entry(flow, SWATCH_WIDTH, text);
	const struct box box = { at.x, at.y + 1.5, SWATCH_WIDTH, SWATCH_HEIGHT };

	if (flow->canvas && look)
		style_fill_rectangle(flow->canvas, &box, look);
	else if (flow->canvas)
		canvas_hatch(flow->canvas, box.x, box.y, box.width, box.height, 2,
		             &(struct paint){ .fill = style->blank, .stroke = style->blank_line,
		                              .stroke_width = 0.35 });
}

void legend_flow_add_dot(struct legend_flow *flow, double radius, const char *text)
{
	struct point at = begin_entry(flow, 2 * radius, text);

	if (flow->canvas)
		canvas_circle(flow->canvas, at.x + radius, at.y + LEGEND_FLOW_ROW / 2 - 0.5, radius,
		              &(struct paint){ .fill = flow->style->faint });
}

void legend_flow_add_line(struct legend_flow *flow, double thickness, const char *text)
{
	struct point at = begin_entry(flow, 2 * SWATCH_WIDTH, text);
	double y = at.y + LEGEND_FLOW_ROW / 2 - 0.5;
	const struct point line[] = { { at.x, y }, { at.x + 2 * SWATCH_WIDTH, y } };

	if (flow->canvas)
		canvas_polygon(flow->canvas, line, 2, false,
		               &(struct paint){ .stroke = flow->style->faint,
		                                .stroke_width = thickness });
}

struct point legend_flow_add_mark(struct legend_flow *flow, double width, const char *text)
{
	return begin_entry(flow, width, text);
}

void legend_flow_add_words(struct legend_flow *flow, const char *words)
{
	struct font font = flow->style->label;

	font.color = flow->style->faint;
	make_room(flow, text_measure(words, &font).width);
	put_words(flow, flow->x, words, &font);
}

void legend_flow_break(struct legend_flow *flow)
{
	if (flow->x <= flow->left)
		return;
	flow->x = flow->left;
	flow->y += LEGEND_FLOW_ROW;
}

double legend_flow_end(struct legend_flow *flow, double top)
{
	if (flow->canvas)
		canvas_end(flow->canvas);
	return flow->y + LEGEND_FLOW_ROW - top;
}
