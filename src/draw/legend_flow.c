#include "legend_flow.h"

#include "epistograph/frame.h"

#include <glib.h>

#define ROW 10.0                /* pt */
#define SWATCH_WIDTH 8.0
#define SWATCH_HEIGHT 6.0
#define ENTRY_GAP 10.0
#define TEXT_PART 0.45          /* of the width, that one entry may take */

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
	char *fitted = frame_fit(words, &font, width);

	if (canvas)
		canvas_text(canvas, at->x, at->y + font.size, fitted, &font, ALIGN_LEFT);
	flow->x += text_measure(fitted, &font).width + 1.5 * ENTRY_GAP;
	g_free(fitted);
}

static void draw_entry(const struct legend_flow *flow, const struct look *look, const char *text)
{
	const struct style *style = flow->style;
	const struct box box = { flow->x, flow->y + 1.5, SWATCH_WIDTH, SWATCH_HEIGHT };

	if (look)
		style_fill_rectangle(flow->canvas, &box, look);
	else
		canvas_hatch(flow->canvas, box.x, box.y, box.width, box.height, 2,
		             &(struct paint){ .fill = style->blank, .stroke = style->blank_line,
		                              .stroke_width = 0.35 });
	canvas_text(flow->canvas, flow->x + SWATCH_WIDTH + 3, flow->y + style->label.size, text,
	            &style->label, ALIGN_LEFT);
}

void legend_flow_add(struct legend_flow *flow, const struct look *look, const char *text)
{
	char *fitted = frame_fit(text, &flow->style->label, MAX(flow->width * TEXT_PART, 60));
	double width = SWATCH_WIDTH + 3 + text_measure(fitted, &flow->style->label).width;

	if (flow->x > flow->left && flow->x + width > flow->left + flow->width) {
		flow->x = flow->left;
		flow->y += ROW;
	}
	if (flow->canvas)
		draw_entry(flow, look, fitted);
	flow->x += width + ENTRY_GAP;
	g_free(fitted);
}

double legend_flow_end(struct legend_flow *flow, double top)
{
	if (flow->canvas)
		canvas_end(flow->canvas);
	return flow->y + ROW - top;
}
