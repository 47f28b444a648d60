#include "swatches.h"

#include <glib.h>

#define MARK_WIDTH 8.0          /* pt */
#define MARK_HEIGHT 6.0
#define ENTRY_GAP 9.0
#define TEXT_GAP 3.0

struct swatches swatches_begin(struct canvas *canvas, const struct style *style, double x, double y,
                               double width)
{
	return (struct swatches){ canvas, style, x, width, x, y };
}

void swatches_break(struct swatches *swatches)
{
	if (swatches->x <= swatches->left)
		return;
	swatches->x = swatches->left;
	swatches->y += SWATCHES_ROW;
}

double swatches_height(const struct swatches *swatches, double y)
{
	return swatches->y + (swatches->x > swatches->left ? SWATCHES_ROW : 0) - y;
}

static struct point add(struct swatches *swatches, double mark_width, const char *text,
                        const struct font *font)
{
	double gap = mark_width > 0 ? mark_width + TEXT_GAP : 0;
	char *fitted = frame_fit(text, font, swatches->width - gap);
	double width = gap + text_measure(fitted, font).width;

	if (swatches->x + width > swatches->left + swatches->width)
		swatches_break(swatches);
	struct point place = { swatches->x, swatches->y };
	if (swatches->canvas)
		canvas_text(swatches->canvas, place.x + gap, place.y + font->size, fitted, font, ALIGN_LEFT);
	swatches->x += width + ENTRY_GAP;
	g_free(fitted);
	return place;
}

struct point swatches_add(struct swatches *swatches, double mark_width, const char *text)
{
	return add(swatches, mark_width, text, &swatches->style->label);
}

void swatches_add_words(struct swatches *swatches, const char *text)
{
	struct font font = swatches->style->label;

	font.color = swatches->style->faint;
	add(swatches, 0, text, &font);
}

void swatches_add_color(struct swatches *swatches, struct color color, const char *text)
{
	/* Two of the longest stand beside each other. */
	char *fitted = frame_fit(text, &swatches->style->label,
	                         swatches->width / 2 - ENTRY_GAP - MARK_WIDTH - TEXT_GAP);
	struct point place = swatches_add(swatches, MARK_WIDTH, fitted);

	g_free(fitted);
	if (swatches->canvas)
		canvas_rectangle(swatches->canvas, place.x, place.y + 1.5, MARK_WIDTH, MARK_HEIGHT,
		                 &(struct paint){ .fill = color, .stroke = swatches->style->rule,
		                                  .stroke_width = 0.3 });
}

void swatches_add_hatch(struct swatches *swatches, const char *text)
{
	struct point place = swatches_add(swatches, MARK_WIDTH, text);

	if (swatches->canvas)
		canvas_hatch(swatches->canvas, place.x, place.y + 1.5, MARK_WIDTH, MARK_HEIGHT, 2,
		             &(struct paint){ .fill = swatches->style->blank,
		                              .stroke = swatches->style->blank_line,
		                              .stroke_width = 0.35 });
}
