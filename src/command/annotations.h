/* annotations.h - --event, --events and --period: what a user writes on a chart's time */
#ifndef ANNOTATIONS_H
#define ANNOTATIONS_H

#include <glib.h>

#include "epistograph/annotation.h"

struct error;

struct annotation_list {
	GArray *events, *periods;       /* struct time_event, struct time_period */
	GStringChunk *texts;            /* of those out of a file */
};

void annotation_list_init(struct annotation_list *list);
void annotation_list_clear(struct annotation_list *list);

/* Add "DATE=TEXT", "START..END=TEXT". text must outlive list. -1 with *err. */
int annotation_list_add_event(struct annotation_list *list, const char *text, struct error *err);
int annotation_list_add_period(struct annotation_list *list, const char *text, struct error *err);

/* Add a file's lines "date,text": UTF-8, a text with commas or quotes in quotes as CSV has
 * it, a date START..END a period. A first line that begins with "date" is a header. -1 with
 * *err, which names the line. */
int annotation_list_read(struct annotation_list *list, const char *path, struct error *err);

/* For a chart; borrowed from list. */
struct annotations annotation_list_view(const struct annotation_list *list);

#endif
