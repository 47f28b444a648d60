/* export.h - tables and graph files that other programs read
 *
 * All writers take a stream and clean every string (text_clean): whatever the
 * mail holds, the file stays well-formed. Write errors are seen by whoever
 * commits the stream. `about` is put where the format has a place for it. */
#ifndef EPISTOGRAPH_EXPORT_H
#define EPISTOGRAPH_EXPORT_H

#include <stdio.h>

#include "epistograph/analysis.h"
#include "epistograph/table.h"

struct error;

struct export_about {
	const char *software;           /* "epistograph 0.1.0" */
	const char *filter;             /* the filter in words */
};

/* GraphML in the profile every reader understands (ids n0, e0; key ids n_label,
 * e_weight; boolean, int, long, double, string only). Nodes carry label, name,
 * size, x, y, r, g, b, community and all measures; edges weight and counts. x, y
 * are a node's place if positions are given ([order] pairs), else left out. */
void export_graphml(FILE *out, const struct analysis *analysis, const double *positions,
                    const struct export_about *about);
/* GEXF 1.3, static, with viz. */
void export_gexf(FILE *out, const struct analysis *analysis, const double *positions,
                 const struct export_about *about);
/* Node-link JSON as NetworkX and d3 read it. */
void export_json(FILE *out, const struct analysis *analysis, const double *positions,
                 const struct export_about *about);
/* CSV for Gephi: Id,Label,... and Source,Target,Type,Weight,... */
void export_nodes_csv(FILE *out, const struct analysis *analysis);
void export_edges_csv(FILE *out, const struct analysis *analysis);

/* ---- the table of key correspondents ---- */

struct people_table {
	const struct analysis *analysis;
	int by;                         /* enum measure, or -1 for the combined rank */
	int top;                        /* rows; 0 = all */
	enum table_format format;
	int columns;                    /* width of text, as for table_write() */
};
void export_people(FILE *out, const struct people_table *table);

/* ---- building blocks ---- */

/* Quoted where needed (RFC 4180). What a spreadsheet would take for a formula (= + -
 * @, full-width too, first or after a semicolon, blanks and quotes skipped) gets a
 * leading apostrophe. */
void csv_field(FILE *out, const char *text);
void json_string(FILE *out, const char *text);  /* with its quotes */
void xml_text(FILE *out, const char *text);     /* escaped, for content and attributes */

#endif
