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

/* In all of them vertex i is n<i> and arc i e<i>; attributes have the same names:
 * label (the person's name, the address of who has none), size (diameter, area by
 * strength, 2 to 20 pt), x, y, r, g, b (of the community, palette.h), name (the
 * address once more: to igraph, R and Cytoscape it is what identifies a node),
 * address, domain, community, community_name, rank, score, each measure and its
 * rank (pagerank, pagerank_rank; a hyphen becomes an underscore), first and last
 * (ISO 8601, UTC) with first_ms and last_ms; of edges weight, messages, to, cc,
 * bcc, other, backbone and the same dates. What is unknown or not finite is left out.
 *
 * positions are [order] pairs in pt with y downwards, or NULL: no x and y then. */

/* GraphML in the profile every reader understands (ids n0, e0; key ids n_label,
 * e_weight; boolean, int, long, double, string only); y upwards. */
void export_graphml(FILE *out, const struct analysis *analysis, const double *positions,
                    const struct export_about *about);
/* GEXF 1.3, static, with viz; y upwards. */
void export_gexf(FILE *out, const struct analysis *analysis, const double *positions,
                 const struct export_about *about);
/* Node-link JSON as NetworkX and d3 read it; y downwards. */
void export_json(FILE *out, const struct analysis *analysis, const double *positions,
                 const struct export_about *about);
/* CSV for Gephi: Id,Label,... and Source,Target,Type,Id,Weight,... */
void export_nodes_csv(FILE *out, const struct analysis *analysis);
void export_edges_csv(FILE *out, const struct analysis *analysis);

/* ---- the table of key correspondents ---- */

struct people_table {
	const struct analysis *analysis;
	int by;                         /* enum measure, or -1 for the combined rank */
	int top;                        /* people; 0 = all */
	enum table_format format;
	int columns;                    /* width of text, as for table_write() */
};

/* Ordered by rank, or by the measure and then by rank. As text three lines a
 * person (a heading says what they hold) and a last line with the number of
 * people; as CSV one row with everything; as JSON the same in an array of objects,
 * with the strongest ties as an array. */
void export_people(FILE *out, const struct people_table *table);

/* ---- building blocks ---- */

/* Quoted where needed (RFC 4180). What a spreadsheet would take for a formula (= + -
 * @, full-width too, first or after a semicolon, blanks and quotes skipped) gets a
 * leading apostrophe. */
void csv_field(FILE *out, const char *text);
void json_string(FILE *out, const char *text);  /* with its quotes */
void xml_text(FILE *out, const char *text);     /* escaped, for content and attributes */

#endif
