#include "epistograph/progress.h"

#include "epistograph/text.h"

#include <glib.h>

#include <stdio.h>
#include <unistd.h>

#define REDRAW_US 100000

struct progress {
	char *label;
	int64_t total;
	int64_t drawn_us;       /* monotonic; for the terminal only, never for results */
};

struct progress *progress_begin(const char *label, int64_t total, bool wanted)
{
	if (!wanted || !isatty(STDERR_FILENO))
		return NULL;
	struct progress *progress = g_new0(struct progress, 1);
	progress->label = g_strdup(label);
	progress->total = total;
	return progress;
}

void progress_update(struct progress *progress, int64_t done, int64_t total)
{
	if (!progress)
		return;
	int64_t now = g_get_monotonic_time();
	if (now - progress->drawn_us < REDRAW_US)
		return;
	progress->drawn_us = now;
	progress->total = total;
	if (total > 0)
		fprintf(stderr, "\r%s: %s of %s (%d %%)\033[K", progress->label, text_count(done),
		        text_count(total), (int)(100 * (double)done / (double)total));
	else
		fprintf(stderr, "\r%s: %s\033[K", progress->label, text_count(done));
	fflush(stderr);
}

void progress_end(struct progress *progress)
{
	if (!progress)
		return;
	if (progress->drawn_us)
		fputs("\r\033[K", stderr);
	g_free(progress->label);
	g_free(progress);
}
