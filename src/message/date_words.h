/* date_words.h - the words of dates, in the languages of mail programs
 *
 * A word is in lower case and without accents, as date.c reads it; letters of other
 * scripts than Latin and Greek keep theirs. */
#ifndef EPISTOGRAPH_MESSAGE_DATE_WORDS_H
#define EPISTOGRAPH_MESSAGE_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* 1 to 12; 0 if the word is of no month. */
int date_month_of(const char *word);
/* A short word of a month that is short for a day of the week as well: "mar" of the
 * French mardi, "paz" of the Turkish pazar. */
bool date_may_be_weekday(const char *word);
/* Of the languages that write the day of the week behind the date. */
bool date_is_weekday(const char *word);

enum date_half { HALF_NONE, HALF_BEFORE_NOON, HALF_AFTER_NOON };
/* Which half of the day a word names that may stand before its hour. */
enum date_half date_half_of(const char *word);

/* What a number is that one of these stands behind: 'Y', 'm', 'd', 'H', 'M', 'S' as
 * strftime() has it; 0 if there is none at text, else its bytes in *size. */
char date_unit_at(const char *text, size_t length, size_t *size);

#endif
