/* figure_mail.h - the mail that a chart of messages through time is made of */
#ifndef FIGURE_MAIL_H
#define FIGURE_MAIL_H

#include "epistograph/casefile.h"
#include "epistograph/coverage.h"

#include <glib.h>

struct error;
struct view;

/* Call take() for every message that passes view's filter; *filtered says what did not.
 * -1 with *err, also if none passes. Messages without a usable date do pass. */
int mail_walk(const struct view *view,
              void (*take)(void *context, const struct correspondence *message), void *context,
              struct filter_account *filtered, struct error *err);

/* The time that the mail passing view's filter covers. As mail_walk(). */
int mail_coverage(const struct view *view, struct coverage *coverage,
                  struct filter_account *filtered, struct error *err);

/* What the filter left out: "812 bulk and 40 automatic", "" if nothing. What has no usable
 * date although it passed is told by the chart itself. */
GString *mail_left_out(const struct view *view, const struct filter_account *filtered);

/* The source line of a figure with so many messages; takes left, what is not in it. */
char *mail_source(const struct view *view, int64_t in_figure, GString *left);

/* The persons of --person, each once; NULL with *err if one is unknown. */
GArray *mail_persons(const struct view *view, struct error *err);       /* of int64_t */

/* Of int64_t: those of --person, each once, in any number; else the highest ranked of
 * view's network; where it has no ties, who sent most. NULL with *err. */
GArray *mail_key_persons(const struct view *view, int wanted, struct error *err);

/* What a person is called in a figure: the name, else the address. "" if not known. */
const char *mail_person_name(const struct view *view, int64_t person, const char **address);

#endif
