/* people_cell.h - a cell of a table that names people
 *
 * Load files write lists of people with semicolons, commas or line ends, and
 * people as addresses, as names, or both: "Smith, John <j@a.org>; k@a.org". A
 * comma stands between people only where the table shows no other habit. */
#ifndef SOURCE_PEOPLE_CELL_H
#define SOURCE_PEOPLE_CELL_H

#include <stdbool.h>

#include <glib.h>

/* How a table writes its people, learned from all its rows. */
struct people_habit {
	bool semicolons;                /* a list is separated by ";" or line ends */
	bool surname_first;             /* a sender is written "Smith, John" */
};

/* Learn from a cell. sender: it names one person, who sent the message. */
void people_habit_add(struct people_habit *habit, const char *cell, bool sender);

/* Append the people of a cell to list, the value of an address field. names: a cell
 * with the names that belong to the addresses, in the same order, or NULL. Who has
 * no address is known by the name (compose_named()). All texts are UTF-8. */
void people_cell_compose(GString *list, const char *cell, const char *names,
                         const struct people_habit *habit, bool sender);

#endif
