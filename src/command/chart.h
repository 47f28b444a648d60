/* chart.h - the table of charts
 *
 * A new chart is a file figure_NAME.c, a declaration here and an entry in chart.c. */
#ifndef CHART_H
#define CHART_H

#include <stdbool.h>

#include <glib.h>

#include "epistograph/canvas.h"

struct error;
struct figure;
struct view;

/* Bits: the options of draw that not every chart has. */
enum chart_option {
	CHART_TIES = 1,                 /* --ego, --min-messages, --top, --backbone */
	CHART_LABELS = 2,               /* how many people are named */
	CHART_SPLIT = 4,
	CHART_UNIT = 8,
	CHART_EVENTS = 16,              /* --event, --events, --period */
	CHART_ROWS = 32,                /* --top N: so many people, of the whole network */
	CHART_ZONE = 64,
	CHART_ORDER = 128,              /* of rows */
};

enum chart_network {                    /* does it need the network of the view? */
	NETWORK_NONE,
	NETWORK_FOR_SPLIT,              /* with --split community or person only */
	NETWORK_IF_ANY,                 /* can do without ties */
	NETWORK_ALWAYS,
};

struct page_size { double width, height; };     /* mm */

struct chart_kind {
	const char *name;
	const char *summary;            /* one line */
	const char *details;            /* a few lines for help */
	const char *examples;           /* behind "epistograph draw ", one a line */
	struct page_size page, column;  /* as it is by default, and 88 mm wide */
	struct page_size least;
	int persons;                    /* operands behind the name: 0, 1 or 2 */
	enum chart_network network;
	bool all_mail;                  /* without a network, mass mail and mailings are in it */
	unsigned options;               /* bits of enum chart_option */

	/* Check the options whose values only the chart knows. -1 with *err. May be NULL. */
	int (*check)(const struct figure *figure, struct error *err);
	/* Draw it into path (or "-" for standard output). -1 with *err. */
	int (*draw)(const struct view *view, const struct figure *figure, const char *path,
	            enum canvas_format format, struct error *err);
};

extern const struct chart_kind chart_network, chart_timeline, chart_matrix, chart_ego, chart_flow,
	chart_lifelines, chart_rhythm, chart_calendar, chart_pair, chart_evolution, chart_periods;

const struct chart_kind *chart_find(const char *name);  /* NULL if there is none */
char *chart_names(unsigned options, const char *last);  /* "network, timeline or pair": of those
                                                         * that have one of options, 0 = all;
                                                         * last: " or ". g_free() */
/* Append the names under which charts are written when none is given. */
void chart_append_files(GPtrArray *names);
/* For help: every chart in a few lines, one in all that there is to say. */
void chart_explain_all(GString *out);
void chart_explain(const struct chart_kind *chart, GString *out);
/* Is the option of draw one that the chart heeds? */
bool chart_takes(const struct chart_kind *chart, const char *option);

#endif
