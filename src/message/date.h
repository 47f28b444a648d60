/* date.h - the ways a mail can write a date, and what is to be made of them */
#ifndef EPISTOGRAPH_MESSAGE_DATE_H
#define EPISTOGRAPH_MESSAGE_DATE_H

#include "header.h"

struct date {
	int64_t instant;                /* seconds UTC */
	int32_t utc_offset_s;           /* UTC_OFFSET_UNKNOWN where the text does not say */
};

enum date_form {
	DATE_UNREADABLE,
	DATE_STANDARD,                  /* RFC 5322, obsolete syntax and comments included */
	DATE_TOLERATED,                 /* another form, but one that says one thing */
};

/* Read the value of a Date field. *date is set unless unreadable. */
enum date_form date_read(struct slice value, struct date *date);

/* The time at the end of a Received field, behind its last semicolon. */
bool date_read_received(struct slice value, struct date *date);

/* The time of an mbox separator line, "From sender Thu Jul 14 10:30:05 2016".
 * False too for times that mean nothing: those some tools write on every line. */
bool date_read_separator(struct slice line, struct date *date);

/* No mail before RFC 822 (13 August 1982) has a header this program knows; clocks
 * that start at 1970 or 1980 fall before it as well. */
#define FIRST_PLAUSIBLE INT64_C(398044800)      /* 1982-08-13T00:00:00Z */
bool date_is_plausible(int64_t instant);

/* How far a Date may lie from the Received chain. Queues give up after five days
 * (RFC 5321 4.5.4.1), clocks are wrong by a zone or a day, a moderator may take
 * weeks: a month is none of these. */
#define CHAIN_DISTANCE_MAX_S (30 * 86400)

/* More hops than any mail system lets pass (RFC 5321 6.3 speaks of 100). */
#define CHAIN_MAX 128

/* The newest of the times that the Received chain agrees on; INSTANT_NONE for
 * none. times: as found, topmost field first; sorted on return. The chain is the
 * largest cluster of times with no gap over CHAIN_DISTANCE_MAX_S, of equally
 * large ones that of the topmost field: the receiver's own system wrote it. */
int64_t date_newest_of_chain(int64_t *times, int count);

#endif
