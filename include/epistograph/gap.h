/* gap.h - silences of an archive that are hardly chance */
#ifndef EPISTOGRAPH_GAP_H
#define EPISTOGRAPH_GAP_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/period.h"

/* A silence that is hardly chance: whole days (UTC) without any mail, start <= t < end.
 * It says that the archive has none (or none that passes the filter), not that
 * nobody wrote.
 *
 * Days are looked at and not messages, because mail comes in bursts, and it is one
 * if it lasts at least a week and is longer than the steps from one day with mail
 * to the next beside it, twenty before it and twenty after it or as many as there
 * are, let expect. If every day has mail with the same chance, whatever that is,
 * k + 1 steps that take S + s + 1 days together are equally likely to part them in
 * each of C(S + s, k) ways. In C(S, k) of them a given step has s silent days or
 * more, so that its chance is C(S, k) / C(S + s, k), where the k other steps take
 * S days. (Stars and bars, Feller, An Introduction to Probability Theory I, II.5;
 * in continuous time (S / (S + s))^k, R. A. Fisher 1929, doi:10.1098/rspa.1929.0151.)
 *
 * With the steps of both sides the chance, multiplied by the number of steps in the
 * archive, since any of them could be the long one (Bonferroni), is to be at most one
 * in a thousand. With those of one side alone it is to be at most one in a hundred,
 * for either side: a first message long before the others, or mail that grows rare,
 * is no gap. */
struct timeline_gap { int64_t start, end; };

/* The gaps between days with mail, ascending; *gap_count of them, g_free(). *quiet is the longest
 * silence that is none, because there is too little mail beside it to tell, if it lasts a year
 * or longer than one that is: a reader sees it all the same; start = end if there is none. */
struct timeline_gap *gap_find(const struct period_day *days, int count, int *gap_count,
                              struct timeline_gap *quiet);

#endif
