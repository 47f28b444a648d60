/* chart_fixture.h - words of a frame, and names that try a layout */
#ifndef CHART_FIXTURE_H
#define CHART_FIXTURE_H

#include "epistograph/frame.h"

#include <glib.h>

static const struct frame chart_frame = {
	.title = "Who wrote to whom: the highest ranked people of this archive",
	.subtitle = "Personal and list mail, 1 January 2010 to 31 December 2012. Messages, each counted "
	            "once for every recipient.",
	.source = "Source: an invented archive of 12 files, 1,600 messages; 1,279 in this figure. Not in "
	          "it: 183 bulk, 128 automatic, 2 to more than 100 recipients.",
};

/* Names of 80 characters, of many scripts, with emoji, addresses only. */
static const char *const chart_names[] = {
	"Maximiliana Theodora von und zu Hohenlohe-Waldenburg-Schillingsfürst, Presseamt",
	"\331\205\330\255\331\205\330\257 \330\250\331\206 \330\271\330\250\330\257 \330\247\331\204\331\204\331\207",
	"\345\261\261\347\224\260 \345\244\252\351\203\216", "\360\237\230\200 \360\237\221\251\342\200\215\360\237\224\254 Zo\303\253",
	"a.very.long.local.part.of.an.address.without.any.break.in.it@a-long-domain.example.org",
	"Ivo", "<script>alert(1)</script> & \"Co\"", "\340\244\256\340\245\213\340\244\271\340\244\250 \340\244\266\340\244\260\340\245\215\340\244\256\340\244\276",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd7\x9b\xd7\x94\xd7\x9f", "Ann Lee", "Jean-No\303\253l Isambour", "x",
};

/* The kth of them; from the second round on each has its number. g_free(). */
G_GNUC_UNUSED static char *chart_name(int k)
{
	const char *name = chart_names[(size_t)k % G_N_ELEMENTS(chart_names)];

	return (size_t)k < G_N_ELEMENTS(chart_names) ? g_strdup(name) : g_strdup_printf("%s %d", name, k);
}

#define CHART_MM (72 / 25.4)            /* pt */

/* Pages in mm: a column, two of them, pages, a slide, a poster. */
static const double chart_sizes[][2] = { { 88, 130 }, { 88, 190 }, { 80, 90 }, { 120, 150 },
                                         { 180, 150 }, { 180, 250 }, { 169, 95 }, { 300, 400 } };

#endif
