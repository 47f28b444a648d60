/* page.h - the size of a figure's page, as the option --size has it */
#ifndef PAGE_H
#define PAGE_H

#include "chart.h"

/* The size in mm that text stands for: "180x150" in mm, "800x600px", or a name, whose
 * height is the chart's own. *zoom: by how much the theme wants all lengths larger than
 * drawn, in; what of that the page has room for, out, never under 1.
 * *in_pixels: it was given in px, 96 to an inch. -1 with *err. */
int page_parse_size(const char *text, const struct chart_kind *chart, double *zoom,
                    struct page_size *size, bool *in_pixels, struct error *err);

#endif
