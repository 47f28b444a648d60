/* test_lifelines.c - who wrote and was written to, when */
#include "unit.h"

#include <glib.h>

#include "epistograph/error.h"
#include "epistograph/lifelines.h"

enum { ANN = 3, BO = 7, CY = 11, DEE = 12 };

struct mail {
	const char *date;
	int64_t sender;
	int64_t recipients[3];          /* ascending, 0 = none */
	enum date_verdict verdict;
};

static int64_t at(const char *date)
{
	struct error err = { "" };
	int64_t instant = INSTANT_NONE;

	if (date)
		assert_int_equal(instant_parse(date, false, &instant, &err), 0);
	return instant;
}

static struct correspondence letter_of(const struct mail *mail, struct recipient recipients[3])
{
	struct correspondence message = { .instant = at(mail->date), .sender = mail->sender,
	                                  .date_verdict = mail->verdict, .recipients = recipients };

	for (int i = 0; i < 3 && mail->recipients[i]; i++)
		recipients[message.recipient_count++] = (struct recipient){ mail->recipients[i], ROLE_TO };
	return message;
}

/* By month; then by the calendar's finest unit that does. */
static void count_mail(const struct mail *mail, int count, const int64_t *persons, int people, int unit,
                  struct lifelines *lifelines)
{
	struct coverage_builder *builder = coverage_builder_new();
	struct recipient recipients[3];
	struct coverage coverage;

	for (int i = 0; i < count; i++) {
		struct correspondence message = letter_of(&mail[i], recipients);
		coverage_builder_add(builder, &message);
	}
	coverage_builder_finish(builder, &coverage);
	lifelines_init(lifelines, persons, people, &coverage, unit);
	for (int i = 0; i < count; i++) {
		struct correspondence message = letter_of(&mail[i], recipients);
		lifelines_add(lifelines, &coverage, &message);
	}
	lifelines_finish(lifelines);
	coverage_clear(&coverage);
}

static const struct mail spring[] = {
	{ "2016-03-20", BO, { ANN }, DATE_GOOD },
	{ "2016-01-05", ANN, { BO, CY }, DATE_REPAIRED },
	{ "2016-03-31", ANN, { ANN }, DATE_GOOD },              /* to herself */
	{ "2016-03-02", CY, { DEE }, DATE_GOOD },
	{ "2016-01-06", DEE, { 0 }, DATE_GOOD },                /* of no row, to nobody */
	{ NULL, ANN, { BO }, DATE_MISSING },
	{ "2016-01-31", ANN, { BO }, DATE_GOOD },
};

static void each_row_counts_what_it_sent_and_received_by_month(void **state)
{
	const int64_t persons[] = { CY, BO, ANN };
	struct lifelines l;

	(void)state;
	count_mail(spring, G_N_ELEMENTS(spring), persons, 3, CALENDAR_MONTH, &l);
	assert_int_equal(l.unit, CALENDAR_MONTH);
	assert_int_equal(l.bin_count, 3);
	assert_int_equal(l.edges[0], at("2016-01"));
	assert_int_equal(l.edges[3], at("2016-04"));
	/* First contact of all three is the message of 5 January; last is 2, 20 and 31 March. */
	assert_int_equal(l.rows[0].person, CY);
	assert_int_equal(l.rows[1].person, BO);
	assert_int_equal(l.rows[2].person, ANN);
	assert_int_equal(l.rows[2].sent_in[0], 2);
	assert_int_equal(l.rows[2].sent_in[1], 0);
	assert_int_equal(l.rows[2].sent_in[2], 1);
	assert_int_equal(l.rows[2].received_in[0], 0);
	assert_int_equal(l.rows[2].received_in[2], 1);
	assert_int_equal(l.rows[2].sent, 3);
	assert_int_equal(l.rows[2].received, 1);
	assert_int_equal(l.rows[1].received_in[0], 2);
	assert_int_equal(l.rows[1].sent_in[2], 1);
	assert_int_equal(l.rows[0].received, 1);
	assert_int_equal(l.rows[0].last, at("2016-03-02"));
	assert_false(l.rows[0].first_sure);
	assert_true(l.rows[0].last_sure);
	assert_int_equal(l.most, 2);
	/* Six are dated; one has nobody of the rows. */
	assert_int_equal(l.messages, 5);
	assert_int_equal(l.of_others, 1);
	lifelines_clear(&l);
}

static void rows_without_mail_are_the_last(void **state)
{
	const int64_t persons[] = { 99, DEE };
	struct lifelines l;

	(void)state;
	count_mail(spring, G_N_ELEMENTS(spring), persons, 2, CALENDAR_YEAR, &l);
	assert_int_equal(l.rows[0].person, DEE);
	assert_int_equal(l.rows[0].sent_in[0], 1);
	assert_int_equal(l.rows[0].received_in[0], 1);
	assert_int_equal(l.rows[1].person, 99);
	assert_int_equal(l.rows[1].first, INSTANT_NONE);
	assert_int_equal(l.rows[1].sent + l.rows[1].received, 0);
	lifelines_clear(&l);
}

/* 5 January to 31 March 2016 are 87 days: fewer than 150 bins. */
static void the_unit_is_the_finest_that_does(void **state)
{
	const int64_t persons[] = { ANN };
	struct lifelines l;

	(void)state;
	count_mail(spring, G_N_ELEMENTS(spring), persons, 1, -1, &l);
	assert_int_equal(l.unit, CALENDAR_DAY);
	assert_int_equal(l.bin_count, 87);
	assert_int_equal(l.rows[0].sent_in[86], 1);
	lifelines_clear(&l);
}

static void no_mail_gives_no_bins(void **state)
{
	const int64_t persons[] = { ANN };
	struct lifelines l;

	(void)state;
	count_mail(NULL, 0, persons, 1, -1, &l);
	assert_int_equal(l.bin_count, 0);
	assert_int_equal(l.row_count, 1);
	assert_int_equal(l.messages, 0);
	lifelines_clear(&l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_counts_what_it_sent_and_received_by_month),
		cmocka_unit_test(rows_without_mail_are_the_last),
		cmocka_unit_test(the_unit_is_the_finest_that_does),
		cmocka_unit_test(no_mail_gives_no_bins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
