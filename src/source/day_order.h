/* day_order.h - dates of a table's column that could be read in more than one way
 *
 * 03/04/2016 is the third of April or the fourth of March, and nothing in it says
 * which. The column may: one value like 25/04/2016 shows that days come first, as
 * long as none shows the opposite. What neither the value, the column nor the
 * user settles is not read. */
#ifndef SOURCE_DAY_ORDER_H
#define SOURCE_DAY_ORDER_H

#include "epistograph/source.h"

#include <stdbool.h>

#include <glib.h>

/* What the values of a column have in common. */
struct day_evidence {
	unsigned possible;              /* bits 1u << enum day_order, 0: they contradict each other */
	bool any;                       /* a value was met that has an order */
};

#define DAY_EVIDENCE_NONE { .possible = ~0u }

void day_evidence_add(struct day_evidence *evidence, const char *value);

/* The order all values agree on, DAY_ORDER_UNKNOWN if there is none or several. */
enum day_order day_evidence_order(const struct day_evidence *evidence);

/* Append value in a form that says one thing: numbers as year-month-day, seconds
 * since 1970 (9 or 10 digits) and milliseconds (13) as dates, everything else as it
 * is. False, and nothing is appended, if it could be read in several ways. value
 * and out are UTF-8. */
bool day_order_resolve(GString *out, const char *value, enum day_order order);

#endif
