/* flow_parts.h - what the files of the flow chart share
 *
 * flow_chart.c   bars, streams, the page
 * flow_names.c   the communities' names and numbers beside the bars
 * Private to src/draw. */
#ifndef EPISTOGRAPH_FLOW_PARTS_H
#define EPISTOGRAPH_FLOW_PARTS_H

#include "epistograph/flow_chart.h"

enum flow_side { FLOW_FROM, FLOW_TO };

#define FLOW_BAR_WIDTH 6.0      /* pt */
#define FLOW_BAR_GAP 5.0        /* pt between bars, at least */

struct flow_plot {
	struct canvas *canvas;          /* NULL: only measured */
	const struct style *style;
	const struct flow_chart *chart;
	const struct matrix *matrix;
	struct box box;                 /* of bars, streams and names */
	bool is_narrow;                 /* numbers take a line each, names are the short ones */
	double x[2];                    /* pt: left edges of the bars */
	double per_message;             /* pt */
	double *tops[2];                /* [count] pt: of the bars */
	struct flow_label *labels[2];   /* [count] */
};

struct flow_label {                     /* beside a bar */
	char **name, **words;           /* lines, owned */
	struct font font;               /* of the name */
	double width, height;           /* pt */
	double middle;                  /* pt, once placed */
};

/* Messages to all others, or from them. */
int64_t flow_amount(const struct matrix *matrix, int entry, enum flow_side side);
int flow_class(const struct flow_plot *plot, const struct matrix_entry *entry);

/* Break names and numbers into lines no wider than width. flow_labels_clear() frees them. */
void flow_labels_init(struct flow_plot *plot, double width);
void flow_labels_clear(struct flow_plot *plot);
double flow_labels_width(const struct flow_plot *plot);         /* pt: of the widest */
/* pt that a side takes at that scale if every label stands beside its bar. */
double flow_labels_height(const struct flow_plot *plot, enum flow_side side, double per_message);
/* Place bars and labels of a side, each label as near to its bar as can be, and say how well. */
enum flow_fit flow_labels_place(struct flow_plot *plot, enum flow_side side);
/* With a line to the bar where one stands elsewhere. */
void flow_label_draw(const struct flow_plot *plot, int entry, enum flow_side side);

#define FLOW_LEADER 9.0         /* pt between bars and names */

#endif
