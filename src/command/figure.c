#include "figure.h"

#include "data_file.h"

#include "epistograph/error.h"
#include "epistograph/figure_data.h"

#define POINTS_PER_MM (72 / 25.4)
#define DPI_DEFAULT 300.0

void figure_init(struct figure *figure, const struct chart_kind *chart)
{
	*figure = (struct figure){ .chart = chart, .style = *style_default(),
	                           .dpi = DPI_DEFAULT, .unit = -1, .own_height = true };
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

struct canvas_page figure_page(const struct figure *figure)
{
	double points = POINTS_PER_MM / figure->style.zoom;

	return (struct canvas_page){
		.width = figure->size.width * points, .height = figure->size.height * points,
		.dpi = figure->dpi, .style = &figure->style,
	};
}

struct figure figure_of_height(const struct figure *figure, double height)
{
	struct figure fitted = *figure;

	if (figure->own_height)
		fitted.size.height = height * figure->style.zoom / POINTS_PER_MM;
	return fitted;
}

/* Paint and write the figure, then what goes beside it. */
static int paint_page(struct canvas *canvas, const struct figure *figure,
                      const struct canvas_page *page, const char *path,
                      figure_painter *paint, const void *chart, struct error *err)
{
	struct data_files *files = NULL;

	if (paint(canvas, page->width, page->height, chart, err) < 0 ||
	    (figure->with_data && !figure_data_width(page->data) &&
	     error_set(err, "the numbers of a %s cannot be written: leave out --data",
	               figure->chart->name) < 0) ||
	    (figure->with_data && !(files = data_files_write(path, canvas, err)))) {
		canvas_discard(canvas);
		return -1;
	}
	if (canvas_close(canvas, err) < 0) {
		data_files_discard(files);
		return -1;
	}
	return files ? data_files_commit(files, err) : 0;
}

int figure_paint(const struct figure *figure, const struct words *words, const char *path,
                 enum canvas_format format, figure_painter *paint, const void *chart,
                 struct error *err)
{
	struct canvas_page page = figure_page(figure);
	page.data = figure->with_data ? figure_data_new() : NULL;
	const struct canvas_about about = { words->title, words->description,
	                                    "epistograph " EPISTOGRAPH_VERSION };
	struct canvas *canvas = canvas_open(path, format, &page, &about, err);
	int status = canvas ? paint_page(canvas, figure, &page, path, paint, chart, err) : -1;

	figure_data_free(page.data);
	return status;
}
