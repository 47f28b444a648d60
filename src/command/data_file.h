/* data_file.h - what goes beside a figure: its numbers as CSV and JSON, and the figure in words */
#ifndef DATA_FILE_H
#define DATA_FILE_H

#include <stdbool.h>

struct canvas;
struct data_files;
struct error;

/* Write FILE.csv, FILE.json and FILE.txt for the figure FILE.svg (or .png, .pdf) drawn on the
 * canvas, all but giving them their place, so that the figure can be written first. NULL with
 * *err. */
struct data_files *data_files_write(const char *figure_path, const struct canvas *canvas,
                                    struct error *err);

/* Would one of them take the place of this file, which is read for the figure? */
bool data_files_replace(const char *figure_path, const char *input);

/* Give them their place. Frees files; 0, or -1 with *err. */
int data_files_commit(struct data_files *files, struct error *err);
void data_files_discard(struct data_files *files);      /* NULL is fine */

#endif
