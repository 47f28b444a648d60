#include "key_line.h"

#include "epistograph/frame.h"

#include <glib.h>

static const double sample_gap = 2;     /* pt between a sample and its words */
static const double item_gap = 7;

struct point key_line_add(struct key_line *line, double sample, const char *text)
{
	double before = sample > 0 ? sample + sample_gap : 0;
	char *words = frame_fit(text, line->font, line->right - line->left - before);
	double width = before + text_measure(words, line->font).width;

	if (line->x + width > line->right + 1e-6 && line->x > line->left) {
		line->x = line->left;
		line->y += KEY_LEADING;
	}
	struct point at = { line->x, line->y };
	if (line->canvas)
		canvas_text(line->canvas, line->x + before, line->y, words, line->font, ALIGN_LEFT);
	line->x += width + item_gap;
	g_free(words);
	return at;
}
