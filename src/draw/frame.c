#include "epistograph/frame.h"

#include "text_shape.h"

#include "epistograph/text.h"

#include <glib.h>

#include <math.h>
#include <string.h>

#define MARGIN 14.0             /* pt, less on tiny pages */
#define LEADING 1.28            /* baseline to baseline, in type sizes */
#define FULL_WIDTH 480.0        /* pt: from here on the heads have full size */
#define POSTER 640.0            /* pt, the side of a square page: on larger ones, seen from
                                 * farther away, the heads grow */
#define GAP 6.0                 /* pt between blocks */

#define TITLE_LINES 2           /* while its type can be smaller, */
#define TITLE_LINES_MAX 4       /* and of the smallest */
#define TITLE_PART 0.15         /* of the page's height, at most */
#define SUBTITLE_LINES 3
#define SUBTITLE_LINES_MAX 5
#define SUBTITLE_PART 0.2
#define FOOT_LINES_MAX 6
#define FOOT_PART 0.2

/* The byte offset behind the last character that a line shows. */
static size_t trimmed_end(const char *text, size_t start, size_t end)
{
	while (end > start && text[end - 1] == ' ')
		end--;
	return end;
}

/* A line of a paragraph that reads from the left does too, whatever word it begins with. */
static char *directed_line(const char *bytes, size_t size, bool paragraph_rtl)
{
	char *line = g_strndup(bytes, size);

	if (paragraph_rtl || !text_is_rtl(line))
		return line;
	char *marked = g_strconcat(TEXT_LTR, line, NULL);
	g_free(line);
	return marked;
}

#define BREAK "\u200b"                /* the space of no width, where a line may end */

/* An address too long for a line is broken before its @, and where what follows is too long as
 * well before its dots, not within a word: addresses have no blanks. Takes clean. g_free() */
static char *breakable(char *clean, const struct font *font, double width)
{
	const char *domain = strchr(clean, '@');
	bool is_long = domain && text_measure(domain, font).width > width;
	GString *out = g_string_new(NULL);

	for (const char *at = clean; *at; at++) {
		if (*at == '@' || (is_long && at > domain && *at == '.'))
			g_string_append(out, BREAK);
		g_string_append_c(out, *at);
	}
	g_free(clean);
	return g_string_free(out, FALSE);
}

/* Lines of clean, which it takes. */
static char **wrap(char *clean, const struct font *font, double width)
{
	PangoLayout *layout = text_layout_measured(clean, font);
	GPtrArray *lines = g_ptr_array_new();
	bool is_rtl = text_is_rtl(clean);

	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(layout, (int)(MAX(width, font->size) * PANGO_SCALE));
	for (int i = 0; i < pango_layout_get_line_count(layout); i++) {
		const PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
		size_t start = (size_t)line->start_index;
		size_t end = trimmed_end(clean, start, start + (size_t)line->length);

		if (end > start)
			g_ptr_array_add(lines, directed_line(clean + start, end - start, is_rtl));
	}
	g_ptr_array_add(lines, NULL);
	g_object_unref(layout);
	g_free(clean);
	return (char **)g_ptr_array_free(lines, FALSE);
}

char **frame_wrap(const char *text, const struct font *font, double width)
{
	return wrap(text_shape_clean(text, TEXT_TITLE_MAX), font, width);
}

char **frame_wrap_name(const char *name, const struct font *font, double width)
{
	char *clean = text_shape_clean(name, FRAME_NAME_MAX);
	char **lines = wrap(breakable(clean, font, width), font, width);

	for (char **line = lines; *line; line++) {
		char **parts = g_strsplit(*line, BREAK, -1);

		g_free(*line);
		*line = g_strjoinv(NULL, parts);
		g_strfreev(parts);
	}
	return lines;
}

char **frame_wrap_shorter(const char *name, const char *short_name, const struct font *font,
                          double width, int most)
{
	char **lines = frame_wrap_name(name, font, width);

	if (!short_name || ((int)g_strv_length(lines) <= most &&
	                    g_utf8_strlen(name, -1) <= FRAME_NAME_MAX))
		return lines;
	g_strfreev(lines);
	return frame_wrap_name(short_name, font, width);
}

char **frame_wrap_each(char *const *texts, const struct font *font, double width)
{
	GPtrArray *all = g_ptr_array_new();

	for (; *texts; texts++) {
		char **lines = frame_wrap(*texts, font, width);

		for (char **line = lines; *line; line++)
			g_ptr_array_add(all, *line);
		g_free(lines);
	}
	g_ptr_array_add(all, NULL);
	return (char **)g_ptr_array_free(all, FALSE);
}

static bool fits(const char *text, const struct font *font, double width)
{
	return text_measure(text, font).width <= width + 1e-6;
}

static char *with_ellipsis(const char *clean, size_t bytes)
{
	bytes = trimmed_end(clean, 0, bytes);
	return g_strdup_printf("%.*s\u2026", (int)bytes, clean);
}

/* Byte offsets of the places where a reader's cursor may stand: between letters,
 * never between a letter and its accent. */
static GArray *cursor_offsets(PangoLayout *layout, const char *clean)
{
	GArray *offsets = g_array_new(FALSE, FALSE, sizeof(size_t));
	int count;
	const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly(layout, &count);
	const char *at = clean;

	for (int i = 0; i < count - 1; i++, at = g_utf8_next_char(at))
		if (attributes[i].is_cursor_position) {
			size_t offset = (size_t)(at - clean);
			g_array_append_val(offsets, offset);
		}
	return offsets;
}

char *frame_fit(const char *text, const struct font *font, double width)
{
	char *clean = text_shape_clean(text, TEXT_LABEL_MAX);

	if (fits(clean, font, width))
		return clean;

	PangoLayout *layout = text_layout_measured(clean, font);
	GArray *offsets = cursor_offsets(layout, clean);
	guint low = 0, high = offsets->len;     /* low fits, or nothing does */

	while (high - low > 1) {
		guint middle = (low + high) / 2;
		char *cut = with_ellipsis(clean, g_array_index(offsets, size_t, middle));

		if (fits(cut, font, width))
			low = middle;
		else
			high = middle;
		g_free(cut);
	}
	char *best = with_ellipsis(clean, low > 0 ? g_array_index(offsets, size_t, low) : 0);
	g_array_free(offsets, TRUE);
	g_object_unref(layout);
	g_free(clean);
	return best;
}

/* ---- blocks of lines ---- */

struct block {
	char **lines;           /* NULL-terminated, owned */
	struct font font;       /* perhaps smaller than asked for */
};

/* Cut the block after `most` lines; the last says by an ellipsis that it is cut. */
static void cut_block(struct block *block, guint most, double width)
{
	guint count = g_strv_length(block->lines);

	if (count <= most)
		return;
	char *rest = g_strjoin(" ", block->lines[most - 1], block->lines[most], NULL);
	char *last = frame_fit(rest, &block->font, width);

	if (!g_str_has_suffix(last, "\u2026")) {
		g_free(last);
		last = frame_fit(block->lines[most - 1], &block->font,
		                 width - text_measure("\u2026", &block->font).width);
		char *marked = g_strconcat(last, g_str_has_suffix(last, "\u2026") ? "" : "\u2026", NULL);
		g_free(last);
		last = marked;
	}
	g_free(rest);
	for (guint i = most - 1; i < count; i++)
		g_free(block->lines[i]);
	block->lines[most - 1] = last;
	block->lines[most] = NULL;
}

/* Wrap text to width in `wanted` lines, down to the smallest size if need be; of that
 * in at most `most`. */
static struct block make_block(const char *text, const struct font *font, double width,
                               guint wanted, guint most, double smallest)
{
	struct block block = { .font = *font };

	block.lines = frame_wrap(text, &block.font, width);
	while (g_strv_length(block.lines) > wanted && block.font.size > smallest) {
		g_strfreev(block.lines);
		block.font.size = MAX(block.font.size - 0.5, smallest);
		block.lines = frame_wrap(text, &block.font, width);
	}
	cut_block(&block, most, width);
	return block;
}

static double block_height(const struct block *block)
{
	return g_strv_length(block->lines) * block->font.size * LEADING;
}

/* Draw with the first line's top at y; return where the block ends. canvas NULL only
 * measures. */
static double draw_block(struct canvas *canvas, const char *id, const struct block *block,
                         double x, double y)
{
	if (!block->lines[0])
		return y;
	if (!canvas)
		return y + block_height(block);
	canvas_begin(canvas, id, NULL);
	for (char **line = block->lines; *line; line++) {
		canvas_text(canvas, x, y + block->font.size, *line, &block->font, ALIGN_LEFT);
		y += block->font.size * LEADING;
	}
	canvas_end(canvas);
	return y;
}

/* The figure keeps about half of the page. */
static guint lines_in(double height, double size, guint least, guint most)
{
	return (guint)CLAMP(height / (size * LEADING), least, most);
}

static double draw_foot(struct canvas *canvas, const struct block *source, double margin,
                        double width, double height)
{
	double bottom = height - margin * 0.7;
	double top = bottom - block_height(source);

	if (!source->lines[0])
		return bottom;
	if (!canvas)
		return top - 4 - GAP;
	const struct point rule[] = { { margin, top - 4 }, { width - margin, top - 4 } };
	canvas_polygon(canvas, rule, 2, false,
	               &(struct paint){ .stroke = canvas_style(canvas)->rule, .stroke_width = 0.5 });
	draw_block(canvas, "frame-source", source, margin, top);
	return top - 4 - GAP;
}

/* The size that type of so many points has in a head. In a newspaper's single column, 80 mm,
 * the heads are smaller; on a poster they grow as the root of its side. */
static double head_size(double size, double least, double width, double height)
{
	double poster = MAX(sqrt(sqrt(width * height) / POSTER), 1);

	return CLAMP(size * width / FULL_WIDTH, least, size) * poster;
}

/* canvas NULL only measures. */
static struct box place(struct canvas *canvas, const struct style *style, double width,
                        double height, const struct frame *frame)
{
	double margin = MIN(MARGIN, MIN(width, height) * 0.06);
	double inner = width - 2 * margin;
	struct font title_font = style->title, subtitle_font = style->subtitle;
	title_font.size = head_size(style->title.size, 9.5, width, height);
	subtitle_font.size = head_size(style->subtitle.size, 7.5, width, height);
	guint foot = lines_in(height * FOOT_PART, style->small.size, 1, FOOT_LINES_MAX);
	struct block title = make_block(frame->title, &title_font, inner, TITLE_LINES,
	                                lines_in(height * TITLE_PART, 7, TITLE_LINES,
	                                         TITLE_LINES_MAX), 7);
	struct block subtitle = make_block(frame->subtitle, &subtitle_font, inner, SUBTITLE_LINES,
	                                   lines_in(height * SUBTITLE_PART, 6.5, SUBTITLE_LINES,
	                                            SUBTITLE_LINES_MAX), 6.5);
	struct block source = make_block(frame->source, &style->small, inner, foot, foot, 6);

	if (canvas)
		canvas_rectangle(canvas, 0, 0, width, height, &(struct paint){ .fill = style->paper });
	double top = draw_block(canvas, "frame-title", &title, margin, margin * 0.7);
	if (title.lines[0] && subtitle.lines[0])
		top += 1;
	top = draw_block(canvas, "frame-subtitle", &subtitle, margin, top);
	double bottom = draw_foot(canvas, &source, margin, width, height);

	g_strfreev(title.lines);
	g_strfreev(subtitle.lines);
	g_strfreev(source.lines);
	top += GAP;
	return (struct box){ margin, top, inner, MAX(bottom - top, 0) };
}

struct box frame_draw(struct canvas *canvas, double width, double height,
                      const struct frame *frame)
{
	return place(canvas, canvas_style(canvas), width, height, frame);
}

struct box frame_room(const struct style *style, double width, double height,
                      const struct frame *frame)
{
	return place(NULL, style, width, height, frame);
}
