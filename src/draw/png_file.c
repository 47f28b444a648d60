#include "png_file.h"

#include "epistograph/error.h"

#include <glib.h>
#include <png.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* libpng reports by a callback that must not return: the message is kept and the
 * writer jumps back to png_file_write(). */
static void on_error(png_structp png, png_const_charp message)
{
	error_set(png_get_error_ptr(png), "cannot write the PNG: %s", message);
	png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

/* Errors are sticky in a FILE and told, with their reason, by whoever closes it. */
static void write_stream(png_structp png, png_bytep data, size_t length)
{
	FILE *out = png_get_io_ptr(png);

	if (!ferror(out))
		(void)!fwrite(data, 1, length, out);
}

static void flush_nothing(png_structp png)
{
	(void)png;
}

static bool is_ascii(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* tEXt is Latin-1, so that anything else goes into iTXt, which is UTF-8. */
static void put_text(png_structp png, png_infop info, const char *key, const char *value)
{
	png_text text = { .compression = PNG_TEXT_COMPRESSION_NONE };

	if (!*value)
		return;
	if (!is_ascii(value))
		text.compression = PNG_ITXT_COMPRESSION_NONE;
	text.key = (char *)key;         /* libpng copies both */
	text.text = (char *)value;
	png_set_text(png, info, &text, 1);
}

static void put_header(png_structp png, png_infop info, const struct png_image_data *image)
{
	png_uint_32 per_metre = (png_uint_32)lround(image->dpi / 0.0254);

	png_set_IHDR(png, info, (png_uint_32)image->width, (png_uint_32)image->height, 8,
	             PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
	             PNG_FILTER_TYPE_DEFAULT);
	png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
	png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
	put_text(png, info, "Title", image->title);
	put_text(png, info, "Description", image->description);
	put_text(png, info, "Software", image->software);
	png_write_info(png, info);
}

static void put_rows(png_structp png, const struct png_image_data *image, uint8_t *row)
{
	for (int y = 0; y < image->height; y++) {
		const uint8_t *line = image->pixels + (size_t)y * (size_t)image->stride;

		for (int x = 0; x < image->width; x++) {
			uint32_t pixel;

			memcpy(&pixel, line + 4 * (size_t)x, sizeof pixel);
			row[3 * x] = (uint8_t)(pixel >> 16);
			row[3 * x + 1] = (uint8_t)(pixel >> 8);
			row[3 * x + 2] = (uint8_t)pixel;
		}
		png_write_row(png, row);
	}
}

/* A function of its own, since nothing it changes may be needed after the jump. */
static int write_all(png_structp png, png_infop info, FILE *out,
                     const struct png_image_data *image, uint8_t *row)
{
	if (setjmp(png_jmpbuf(png)) != 0)
		return -1;
	png_set_write_fn(png, out, write_stream, flush_nothing);
	/* Flat areas and lines: "up" compresses nearly as well as trying all
	 * filters and takes a third of the time. */
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
	png_set_compression_level(png, 6);
	put_header(png, info, image);
	put_rows(png, image, row);
	png_write_end(png, info);
	return 0;
}

int png_file_write(FILE *out, const struct png_image_data *image, struct error *err)
{
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, err, on_error, on_warning);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	uint8_t *row = g_malloc((size_t)image->width * 3);
	int status = info ? write_all(png, info, out, image, row)
		: error_set(err, "cannot write the PNG: no memory");

	g_free(row);
	png_destroy_write_struct(&png, &info);
	return status;
}
