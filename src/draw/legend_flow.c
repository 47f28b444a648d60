#include "legend_flow.h"

#include "epistograph/frame.h"

#include <glib.h>

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

/* Go to where an entry of that width begins: the next row if there is no room. */
static void make_room(struct legend_flow *flow, double width)
{
	if (flow->x > flow->left && flow->x + width > flow->left + flow->width) {
		flow->x = flow->left;
		flow->y += LEGEND_FLOW_ROW;
	}
}

/* The words of an entry, cut to their room; g_free(). */
static char *fit_words(const struct legend_flow *flow, const char *text)
{
	return frame_fit(text, &flow->style->label, MAX(flow->width * TEXT_PART, 60));
}

/* Begin an entry behind a swatch of that width; NULL if only measured. Takes words. */
static struct canvas *begin_entry(struct legend_flow *flow, double swatch, char *words,
                                  double *left)
{
	double width = swatch + 3 + text_measure(words, &flow->style->label).width;

	make_room(flow, width);
	*left = flow->x;
	if (flow->canvas)
		canvas_text(flow->canvas, flow->x + swatch + 3, flow->y + flow->style->label.size, words,
		            &flow->style->label, ALIGN_LEFT);
	flow->x += width + ENTRY_GAP;
	g_free(words);
	return flow->canvas;
}

void legend_flow_add(struct legend_flow *flow, const struct look *look, const char *text)
{
	const struct style *style = flow->style;
	double left;
	/* "No data" is said in words of ours: they are read to their end. */
	char *words = look ? fit_words(flow, text)
		: frame_fit(text, &style->label, flow->width - SWATCH_WIDTH - 3);
	struct canvas *canvas = begin_entry(flow, SWATCH_WIDTH, words, &left);
	const struct box box = { left, flow->y + 1.5, SWATCH_WIDTH, SWATCH_HEIGHT };

	if (canvas && look)
		style_fill_rectangle(canvas, &box, look);
	else if (canvas)
		canvas_hatch(canvas, box.x, box.y, box.width, box.height, 2,
		             &(struct paint){ .fill = style->blank, .stroke = style->blank_line,
		                              .stroke_width = 0.35 });
}

void legend_flow_add_dot(struct legend_flow *flow, double radius, const char *text)
{
	double left;
	struct canvas *canvas = begin_entry(flow, 2 * radius, fit_words(flow, text), &left);

	if (canvas)
		canvas_circle(canvas, left + radius, flow->y + LEGEND_FLOW_ROW / 2 - 0.5, radius,
		              &(struct paint){ .fill = flow->style->faint });
}

void legend_flow_add_line(struct legend_flow *flow, double thickness, const char *text)
{
	double left;
	struct canvas *canvas = begin_entry(flow, 2 * SWATCH_WIDTH, fit_words(flow, text), &left);
	double y = flow->y + LEGEND_FLOW_ROW / 2 - 0.5;
	const struct point line[] = { { left, y }, { left + 2 * SWATCH_WIDTH, y } };

	if (canvas)
		canvas_polygon(canvas, line, 2, false,
		               &(struct paint){ .stroke = flow->style->faint,
		                                .stroke_width = thickness });
}

struct point legend_flow_add_mark(struct legend_flow *flow, double width, const char *text)
{
	struct point place = { 0, 0 };
	char *words = frame_fit(text, &flow->style->label, flow->width - width - 3);

	begin_entry(flow, width, words, &place.x);
	place.y = flow->y;
	return place;
}

void legend_flow_add_words(struct legend_flow *flow, const char *words)
{
	struct font font = flow->style->label;
	char *fitted = frame_fit(words, &font, flow->width);
	double width = text_measure(fitted, &font).width;

	font.color = flow->style->faint;
	make_room(flow, width);
	if (flow->canvas)
		canvas_text(flow->canvas, flow->x, flow->y + font.size, fitted, &font, ALIGN_LEFT);
	flow->x += width + ENTRY_GAP;
	g_free(fitted);
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
