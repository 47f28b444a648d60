#include "figure.h"

#define POINTS_PER_MM (72 / 25.4)
#define DPI_DEFAULT 300.0

void figure_init(struct figure *figure, const struct chart_kind *chart)
{
	*figure = (struct figure){ .chart = chart, .style = *style_default(),
	                           .dpi = DPI_DEFAULT, .unit = -1 };
	if (chart)
		figure->size = chart->page;
}

void figure_clear(struct figure *figure)
{
	style_clear(&figure->style);
}

bool figure_is_small(const struct figure *figure)
{
	return figure->size.width < 120 * figure->style.zoom ||
	       figure->size.height < 90 * figure->style.zoom;
}

int figure_paint(const struct figure *figure, const struct words *words, const char *path,
                 enum canvas_format format, figure_painter *paint, const void *chart,
                 struct error *err)
{
	double points = POINTS_PER_MM / figure->style.zoom;
	const struct canvas_page page = {
		.width = figure->size.width * points, .height = figure->size.height * points,
		.dpi = figure->dpi, .style = &figure->style,
	};
	const struct canvas_about about = { words->title, words->description,
	                                    "epistograph " EPISTOGRAPH_VERSION };
	struct canvas *canvas = canvas_open(path, format, &page, &about, err);

	if (!canvas)
		return -1;
	if (paint(canvas, page.width, page.height, chart, err) == 0)
		return canvas_close(canvas, err);
	canvas_discard(canvas);
	return -1;
}
