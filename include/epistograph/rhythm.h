/* rhythm.h - messages by hour and weekday, on the clock of who sent them or on one clock */
#ifndef EPISTOGRAPH_RHYTHM_H
#define EPISTOGRAPH_RHYTHM_H

#include <stdbool.h>
#include <stdint.h>

#include "epistograph/casefile.h"

struct error;

/* Whose clock. */
struct clock {
	bool is_fixed;                  /* one for all, else each message's own */
	int32_t offset_s;               /* of a fixed one without rules: seconds east of UTC */
	void *rules;                    /* of a zone with summer time, or NULL; owned */
	char name[64];                  /* "UTC+01:00", "Europe/Paris", or "" */
};

/* "own", "UTC", "+01:00", "-0530", or a name of the time zone database, of which
 * this machine's copy is taken. -1 with *err if it is none of these. */
int clock_parse(const char *text, struct clock *clock, struct error *err);
void clock_clear(struct clock *clock);

#define WEEKDAYS 7                      /* 0 = Monday */
#define HOURS 24
#define OFFSET_STEP_S 900               /* clocks of places are whole quarters of an hour apart */
#define OFFSET_STEPS 56                 /* to 14 hours either way */

#define RULED_MAX 4

struct rhythm {
	int64_t counts[WEEKDAYS][HOURS];
	int64_t by_weekday[WEEKDAYS], by_hour[HOURS];   /* sums of counts */
	int64_t counted;                /* = sum of counts */
	int64_t without_offset;         /* not counted: the sender's clock is not known */
	int64_t at_zero;                /* of counted, on own clocks: written as +0000, which machines
	                                 * do whatever the sender's clock shows */
	int64_t by_offset[2 * OFFSET_STEPS + 1];        /* of counted, on own clocks: [OFFSET_STEPS] is
	                                 * +0000; an odd offset is in none */
	int32_t ruled_s[RULED_MAX];     /* the offsets that the rules of a zone gave the messages,
	                                 * ascending, seconds east of UTC: what its data has said */
	int ruled_count;                /* of them, RULED_MAX + 1 if there were more */
};

/* message must have an instant. */
void rhythm_add(struct rhythm *rhythm, const struct clock *clock,
                const struct correspondence *message);

/* How many messages, on own clocks, have the offset that with the one an hour east
 * of it (a place's standard and summer time) has most; *standard_s is set to it, in
 * seconds east of UTC, if there are any. */
int64_t rhythm_commonest_place(const struct rhythm *rhythm, int32_t *standard_s);

#endif
