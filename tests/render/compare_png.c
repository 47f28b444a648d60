/* How far apart are two renderings of one figure?
 *
 * usage: compare_png FIELD A.png[@X,Y] B.png[@X,Y]
 *
 * Prints the largest difference, of 255 and in any of the three colours, between the means
 * of fields of FIELD x FIELD pixels, and where: rasterisers place the edge of a letter
 * differently, but not the ink of a field as wide as a letter. Of two sizes the smaller counts;
 * apart by more than two pixels they are no renderings of one figure. @X,Y begins in a sheet of
 * several pictures. */
#include <cairo.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct picture {
	cairo_surface_t *surface;       /* owned */
	int x, y, width, height;        /* pixels; the part that is looked at */
	bool is_sheet;
};

static struct picture picture_open(char *argument)
{
	struct picture picture = { 0 };
	char *at = strrchr(argument, '@');

	if (at && sscanf(at, "@%d,%d", &picture.x, &picture.y) == 2) {
		*at = '\0';
		picture.is_sheet = true;
	}
	picture.surface = cairo_image_surface_create_from_png(argument);
	if (cairo_surface_status(picture.surface) != CAIRO_STATUS_SUCCESS) {
		fprintf(stderr, "%s: %s\n", argument,
		        cairo_status_to_string(cairo_surface_status(picture.surface)));
		exit(2);
	}
	picture.width = cairo_image_surface_get_width(picture.surface) - picture.x;
	picture.height = cairo_image_surface_get_height(picture.surface) - picture.y;
	return picture;
}

/* Sum of a colour (0 blue, 1 green, 2 red) over a field. */
static long field_sum(const struct picture *picture, int x, int y, int field, int color)
{
	const unsigned char *data = cairo_image_surface_get_data(picture->surface);
	int stride = cairo_image_surface_get_stride(picture->surface);
	long sum = 0;

	for (int row = picture->y + y; row < picture->y + y + field; row++)
		for (int column = picture->x + x; column < picture->x + x + field; column++) {
			uint32_t pixel;

			memcpy(&pixel, data + (ptrdiff_t)row * stride + 4 * column, sizeof pixel);
			sum += pixel >> (8 * color) & 0xff;
		}
	return sum;
}

struct difference { long size; int x, y; };

static struct difference largest_difference(const struct picture *a, const struct picture *b,
                                            int width, int height, int field)
{
	struct difference worst = { 0 };

	for (int y = 0; y + field <= height; y += field)
		for (int x = 0; x + field <= width; x += field)
			for (int color = 0; color < 3; color++) {
				long apart = labs(field_sum(a, x, y, field, color) -
				                  field_sum(b, x, y, field, color));
				if (apart > worst.size)
					worst = (struct difference){ apart, x, y };
			}
	worst.size /= (long)field * field;
	return worst;
}

static bool fits(const struct picture *picture, int width, int height)
{
	return picture->is_sheet ||
	       (picture->width - width <= 2 && picture->height - height <= 2);
}

int main(int argc, char **argv)
{
	int field = argc == 4 ? atoi(argv[1]) : 0;

	if (field <= 0) {
		fputs("usage: compare_png FIELD A.png[@X,Y] B.png[@X,Y]\n", stderr);
		return 2;
	}
	struct picture a = picture_open(argv[2]), b = picture_open(argv[3]);
	int width = a.width < b.width ? a.width : b.width;
	int height = a.height < b.height ? a.height : b.height;
	struct difference worst = { 255, width, height };

	if (fits(&a, width, height) && fits(&b, width, height))
		worst = largest_difference(&a, &b, width, height, field);
	printf("%ld at %d,%d\n", worst.size, worst.x, worst.y);
	cairo_surface_destroy(a.surface);
	cairo_surface_destroy(b.surface);
	return 0;
}
