/* What cannot be read in a figure: texts that meet, lie on people's dots, leave the page or
 * are too small in print.
 *
 * usage: overlaps [-v] [--dots N] FILE.svg...
 *
 * Reads an SVG, of any chart, and measures its texts with Pango. A line a file; with -v a
 * line for each fault. Exits with 1 if there is one, but for up to N texts a file on dots. */
#include "../unit/svg_reader.h"

#include "epistograph/canvas.h"

#include <math.h>
#include <stdio.h>

#define SMALLEST 6.0            /* pt on paper */
#define SLACK 0.3               /* pt that boxes may meet: less than a letter's own side bearing */
#define DOT_SLACK 0.5           /* pt that a text may reach into a dot, the same */

struct text {
	struct point corners[4];
	double size;                    /* pt on paper */
	const char *words;              /* borrowed */
};

struct dot { double x, y, radius; const char *id; };

struct page {
	double width, height, zoom;     /* of the view box; pt on paper for each of its units */
	char *families;                 /* owned */
	GArray *texts, *dots;
};

/* "'Noto Sans', sans-serif" as Pango has it. g_free() */
static char *plain_families(const char *css)
{
	char **names = g_strsplit(css, ",", -1);

	for (char **name = names; *name; name++)
		g_strdelimit(g_strstrip(*name), "'\"", ' ');
	for (char **name = names; *name; name++)
		g_strstrip(*name);
	char *joined = g_strjoinv(",", names);
	g_strfreev(names);
	return joined;
}

static struct point turned(double x, double y, double degrees, double about_x, double about_y)
{
	double a = degrees * G_PI / 180, dx = x - about_x, dy = y - about_y;

	return (struct point){ about_x + dx * cos(a) - dy * sin(a),
	                       about_y + dx * sin(a) + dy * cos(a) };
}

/* Where the line begins: of one that runs to the left, "end" is on the left. */
static double left_of(const struct svg_element *element, double x, double width)
{
	const char *anchor = svg_attribute(element, "text-anchor");
	bool rtl = svg_attribute(element, "direction") != NULL;

	if (anchor && strcmp(anchor, "middle") == 0)
		return x - width / 2;
	return (anchor != NULL) != rtl ? x - width : x;
}

static void add_text(struct page *page, const struct svg_element *element)
{
	const char *own = svg_attribute(element, "font-family");
	const char *turn = svg_attribute(element, "transform");
	char *families = own ? plain_families(own) : NULL;
	struct font font = { .families = families ? families : page->families,
	                     .size = svg_number(element, "font-size", 0),
	                     .bold = svg_attribute(element, "font-weight") != NULL,
	                     .italic = svg_attribute(element, "font-style") != NULL };
	struct text_extent extent = text_measure(element->text->str, &font);
	double x = svg_number(element, "x", 0), y = svg_number(element, "y", 0);
	double degrees = 0, about_x = 0, about_y = 0;
	double left = left_of(element, x, extent.width) + SLACK, right = left + extent.width - 2 * SLACK;
	double top = y - extent.ascent + SLACK, foot = y + extent.descent - SLACK;

	if (turn && sscanf(turn, "rotate(%lf %lf %lf)", &degrees, &about_x, &about_y) != 3)
		fprintf(stderr, "a transform that is not understood: %s\n", turn);
	struct text text = {
		.corners = { turned(left, top, degrees, about_x, about_y),
		             turned(right, top, degrees, about_x, about_y),
		             turned(right, foot, degrees, about_x, about_y),
		             turned(left, foot, degrees, about_x, about_y) },
		.size = font.size * page->zoom, .words = element->text->str,
	};
	g_array_append_val(page->texts, text);
	g_free(families);
}

static void add_dot(struct page *page, const struct svg_element *element)
{
	struct dot dot = { svg_number(element, "cx", 0), svg_number(element, "cy", 0),
	                   svg_number(element, "r", 0), element->mark };

	if (!element->mark || !g_str_has_prefix(element->mark, "node-"))
		return;
	struct dot *last = page->dots->len == 0 ? NULL
	                 : &g_array_index(page->dots, struct dot, page->dots->len - 1);
	if (last && strcmp(last->id, dot.id) == 0)      /* a ring around it */
		last->radius = fmax(last->radius, dot.radius);
	else
		g_array_append_val(page->dots, dot);
}

static void page_init(struct page *page, const struct svg *svg)
{
	const struct svg_element *root = svg->elements->pdata[0];
	double x, y;

	*page = (struct page){ .zoom = 1 };
	sscanf(svg_attribute(root, "viewBox"), "%lf %lf %lf %lf", &x, &y, &page->width, &page->height);
	page->zoom = svg_number(root, "width", page->width) / page->width;
	page->families = plain_families(svg_attribute(root, "font-family"));
	page->texts = g_array_new(FALSE, FALSE, sizeof(struct text));
	page->dots = g_array_new(FALSE, FALSE, sizeof(struct dot));
	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];

		if (strcmp(element->name, "text") == 0)
			add_text(page, element);
		else if (strcmp(element->name, "circle") == 0)
			add_dot(page, element);
	}
}

static void page_clear(struct page *page)
{
	g_free(page->families);
	g_array_unref(page->texts);
	g_array_unref(page->dots);
}

/* ---- faults ---- */

/* Is there a line along an edge of a that parts it from b? (Separating axes.) */
static bool has_gap(const struct text *a, const struct text *b)
{
	for (int i = 0; i < 2; i++) {
		double nx = a->corners[i + 1].x - a->corners[i].x, ny = a->corners[i + 1].y - a->corners[i].y;
		double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };
		const struct text *both[] = { a, b };

		for (int k = 0; k < 2; k++)
			for (int c = 0; c < 4; c++) {
				double at = both[k]->corners[c].x * nx + both[k]->corners[c].y * ny;

				low[k] = fmin(low[k], at);
				high[k] = fmax(high[k], at);
			}
		if (high[0] <= low[1] || high[1] <= low[0])
			return true;
	}
	return false;
}

/* From a point to the rectangle, 0 inside. */
static double distance_to(const struct text *text, double x, double y)
{
	struct point o = text->corners[0], u = text->corners[1], v = text->corners[3];
	double ux = u.x - o.x, uy = u.y - o.y, vx = v.x - o.x, vy = v.y - o.y;
	double width = hypot(ux, uy), height = hypot(vx, vy);

	if (!(width > 0 && height > 0))
		return INFINITY;
	double along = ((x - o.x) * ux + (y - o.y) * uy) / width;
	double across = ((x - o.x) * vx + (y - o.y) * vy) / height;
	return hypot(fmax(fmax(-along, along - width), 0), fmax(fmax(-across, across - height), 0));
}

static bool is_cut(const struct page *page, const struct text *text)
{
	for (int c = 0; c < 4; c++)
		if (text->corners[c].x < -SLACK || text->corners[c].x > page->width + SLACK ||
		    text->corners[c].y < -SLACK || text->corners[c].y > page->height + SLACK)
			return true;
	return false;
}

struct faults { int meeting, on_dots, cut, small; double smallest; };

static struct faults find_faults(const struct page *page, bool verbose)
{
	struct faults faults = { .smallest = INFINITY };

	for (guint i = 0; i < page->texts->len; i++) {
		const struct text *a = &g_array_index(page->texts, struct text, i);

		faults.smallest = fmin(faults.smallest, a->size);
		faults.small += a->size < SMALLEST - 1e-6;
		faults.cut += is_cut(page, a);
		if (verbose && is_cut(page, a))
			printf("\tcut: %s\n", a->words);
		for (guint j = 0; j < i; j++) {
			const struct text *b = &g_array_index(page->texts, struct text, j);

			if (has_gap(a, b) || has_gap(b, a))
				continue;
			faults.meeting++;
			if (verbose)
				printf("\tmeeting: %s | %s\n", b->words, a->words);
		}
		for (guint d = 0; d < page->dots->len; d++) {
			const struct dot *dot = &g_array_index(page->dots, struct dot, d);

			if (distance_to(a, dot->x, dot->y) >= dot->radius - DOT_SLACK)
				continue;
			faults.on_dots++;
			if (verbose)
				printf("\ton a dot: %s | %s\n", a->words, dot->id);
		}
	}
	return faults;
}

/* 0: none, 1: some, -1: no SVG. */
static int check(const char *path, bool verbose, int dots_allowed)
{
	struct svg *svg = svg_read(path);
	struct page page;

	if (!svg) {
		fprintf(stderr, "%s: not well-formed\n", path);
		return -1;
	}
	page_init(&page, svg);
	struct faults f = find_faults(&page, verbose);
	printf("%s: %u texts from %.2f pt, %u dots: %d meeting, %d on dots, %d cut, %d too small\n",
	       path, page.texts->len, f.smallest, page.dots->len, f.meeting, f.on_dots, f.cut, f.small);
	page_clear(&page);
	svg_free(svg);
	return f.meeting + f.cut + f.small > 0 || f.on_dots > dots_allowed;
}

int main(int argc, char **argv)
{
	bool verbose = false;
	int dots = 0, status = 0, files = 0;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-v") == 0) {
			verbose = true;
		} else if (strcmp(argv[i], "--dots") == 0 && i + 1 < argc) {
			dots = atoi(argv[++i]);
		} else {
			int found = check(argv[i], verbose, dots);

			files++;
			status = found < 0 ? 2 : MAX(status, found);
		}
	}
	if (files == 0) {
		fprintf(stderr, "usage: overlaps [-v] [--dots N] FILE.svg...\n");
		return 2;
	}
	return status;
}
