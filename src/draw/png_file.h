/* png_file.h - an image written as PNG with its resolution and texts
 *
 * Private to src/draw. cairo's own writer knows neither pHYs nor tEXt. */
#ifndef EPISTOGRAPH_PNG_FILE_H
#define EPISTOGRAPH_PNG_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct error;

struct png_image_data {
	const uint8_t *pixels;          /* cairo's RGB24: one native-endian uint32_t a pixel */
	int width, height;              /* pixels */
	int stride;                     /* bytes a row */
	double dpi;
	const char *title, *description, *software;     /* UTF-8; "" is left out */
};

/* Returns 0, or -1 with *err. The same image gives the same bytes. */
int png_file_write(FILE *out, const struct png_image_data *image, struct error *err);

#endif
