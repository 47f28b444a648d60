#include "page.h"

#include "epistograph/error.h"

#include <math.h>
#include <string.h>

#define MM_PER_PIXEL (25.4 / 96)        /* CSS Values and Units 3, 5.2 */
#define MOST_MM 5000.0

/* Half the width and height of a slide of 13.33 x 7.5 inches, so that letters are twice
 * as large there and can be read in the last row. */
static const struct page_size slide = { 169.33, 95.25 };

/* How much larger than drawn a chart may be on a page: as wanted, or what leaves it room. */
static double fitting_zoom(double zoom, double room, double least)
{
	return fmin(zoom, fmax(1, room / least));
}

/* As high as the chart is by itself, or as it must be with larger letters. */
static bool named_size(const char *text, const struct chart_kind *chart, double *zoom,
                       struct page_size *size)
{
	const struct { const char *name; struct page_size size; } names[] = {
		{ "page", chart->page }, { "column", chart->column }, { "slide", slide },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(text, names[i].name)) {
			*size = names[i].size;
			*zoom = fitting_zoom(*zoom, size->width, chart->least.width);
			size->height = fmax(size->height, ceil(chart->least.height * *zoom));
			return true;
		}
	return false;
}

/* "180x150", "180x150mm", "800x600px" */
static bool measured_size(const char *text, struct page_size *size, bool *in_pixels)
{
	char *end;

	size->width = g_ascii_strtod(text, &end);
	if (end == text || *end != 'x')
		return false;
	const char *second = end + 1;
	size->height = g_ascii_strtod(second, &end);
	if (end == second)
		return false;
	*in_pixels = !strcmp(end, "px");
	if (*in_pixels) {
		size->width *= MM_PER_PIXEL;
		size->height *= MM_PER_PIXEL;
	}
	return *in_pixels || !*end || !strcmp(end, "mm");
}

static bool is_within(double value, double least)
{
	return value >= least - 1e-9 && value <= MOST_MM;
}

int page_parse_size(const char *text, const struct chart_kind *chart, double *zoom,
                    struct page_size *size, bool *in_pixels, struct error *err)
{
	const struct page_size *least = &chart->least;

	*in_pixels = false;
	if (!named_size(text, chart, zoom, size) && !measured_size(text, size, in_pixels))
		return error_set(err, "--size is WIDTHxHEIGHT in mm or, with px behind it, in pixels, or "
		                 "column, page or slide, not '%s'", text);
	*zoom = fitting_zoom(*zoom, size->width, least->width);
	*zoom = fitting_zoom(*zoom, size->height, least->height);
	if (is_within(size->width, least->width) && is_within(size->height, least->height))
		return 0;
	return error_set(err, "--size is in mm from %gx%g to %gx%g for the chart %s; '%s' is %.0fx%.0f",
	                 least->width, least->height, MOST_MM, MOST_MM, chart->name, text,
	                 size->width, size->height);
}
