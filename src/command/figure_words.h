/* figure_words.h - the words around a figure that all charts say in the same way */
#ifndef FIGURE_WORDS_H
#define FIGURE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

struct view;

struct words {                          /* all owned */
	char *title, *subtitle, *source;
	char *description;              /* what a reader who does not see the figure is told */
};

void words_clear(struct words *words);

/* "20 Mar 2009"; ", 20 Mar 2009 to 24 Apr 2017", nothing if first is INSTANT_NONE. */
void words_append_day(GString *out, int64_t instant);
void words_append_period(GString *out, int64_t first, int64_t last);

/* ", 3 messages only inside other messages", nothing for 0: who reads a figure may not know
 * that mail was dug out of other mail. */
void words_append_embedded(GString *out, int64_t count);

/* The filter as a sentence begins, "Personal and list mail", and how much of that is inside
 * others, if the view has a network. */
GString *words_begin_subtitle(const struct view *view);

/* The same for a chart that counts messages and not ties. */
GString *words_begin_mail_subtitle(const struct view *view);

/* "Source: ...": how much mail there is, how much of it is in the figure. */
GString *words_begin_source(const struct view *view, int64_t in_figure);

/* " (62 %)", " (under 1 %)", with a blank that does not break. */
void words_append_percent(GString *out, int64_t part, int64_t all);

/* The period of the messages in view's network, and whether it has dates far from all
 * others. */
void words_append_network_period(GString *out, const struct view *view);

/* The last sentence of a description: a source line, which has no full stop. Frees it. */
void words_end_description(GString *out, char *source);

/* The source line of a chart of ties: messages in view's network and not in it, what a
 * reduction keeps, communities. In few words for a small page. g_free(). */
char *words_network_source(const struct view *view, bool small);

#endif
