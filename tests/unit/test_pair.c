/* test_pair.c - mail between two persons, and how long answers took */
#include "unit.h"

#include <glib.h>

#include "epistograph/error.h"
#include "epistograph/pair.h"

#define DAY INT64_C(86400)
#define HOUR INT64_C(3600)

enum { ANN = 3, BOB = 7, EVE = 9 };

static int64_t at(const char *date)
{
	struct error err = { "" };
	int64_t instant = INSTANT_NONE;

	assert_int_equal(instant_parse(date, false, &instant, &err), 0);
	return instant;
}

static void add(struct pair_builder *builder, int64_t sender, int64_t recipient, int64_t instant)
{
	const struct recipient recipients[] = { { recipient, ROLE_TO }, { 20, ROLE_CC } };
	struct correspondence message = {
		.instant = instant, .sender = sender, .date_source = DATE_FROM_DATE,
		.date_verdict = DATE_GOOD, .recipients = recipients, .recipient_count = 2,
	};

	pair_builder_add_message(builder, &message);
}

static void answer(struct pair_builder *builder, int64_t sender, int64_t recipient, int64_t delay)
{
	const struct recipient to = { recipient, ROLE_ANSWERED };
	struct correspondence message = {
		.sender = sender, .recipients = &to, .recipient_count = 1, .delay_s = delay,
	};

	pair_builder_add_answer(builder, &message);
}

static const char *const both[] = { "Ann", "Bob" };

static void counts_only_mail_between_the_two(void **state)
{
	struct pair_builder *builder = pair_builder_new(ANN, BOB);
	struct pair pair;

	(void)state;
	add(builder, ANN, BOB, at("2016-01-05"));
	add(builder, ANN, BOB, at("2016-01-06"));
	add(builder, BOB, ANN, at("2016-03-01"));
	add(builder, BOB, ANN, INSTANT_NONE);
	add(builder, ANN, EVE, at("2016-01-05"));       /* to somebody else */
	add(builder, EVE, BOB, at("2015-01-05"));       /* from somebody else */
	add(builder, ANN, ANN, at("2014-01-05"));       /* to herself */
	pair_builder_finish(builder, CALENDAR_MONTH, both, &pair);
	assert_int_equal(pair.written[0], 2);
	assert_int_equal(pair.written[1], 2);
	assert_int_equal(pair.timeline.dated, 3);
	assert_int_equal(pair.timeline.undated, 1);
	assert_int_equal(pair.timeline.bin_count, 3);
	assert_int_equal(pair.timeline.bins[0].counts[0], 2);
	assert_int_equal(pair.timeline.bins[0].counts[1], 0);
	assert_int_equal(pair.timeline.bins[2].counts[0], 0);
	assert_int_equal(pair.timeline.bins[2].counts[1], 1);
	assert_int_equal(pair.timeline.series_count, 2);
	assert_string_equal(pair.timeline.series_names[1], "Bob");
	pair_clear(&pair);
}

static void counts_what_is_only_inside_others(void **state)
{
	static const struct recipient to = { BOB, ROLE_TO };
	struct correspondence message = { .instant = at("2016-01-05"), .sender = ANN,
		.recipients = &to, .recipient_count = 1, .date_verdict = DATE_GOOD };
	struct pair_builder *builder = pair_builder_new(ANN, BOB);
	struct pair pair;

	(void)state;
	pair_builder_add_message(builder, &message);
	message.enclosure = ENCLOSURE_ATTACHED;
	pair_builder_add_message(builder, &message);
	message.sender = EVE;
	pair_builder_add_message(builder, &message);
	pair_builder_finish(builder, CALENDAR_MONTH, both, &pair);
	assert_int_equal(pair.written[0], 2);
	assert_int_equal(pair.embedded, 1);
	pair_clear(&pair);
}

/* Two months every day, a month without any, two months every day. */
static void tells_silence_of_the_archive_from_that_of_the_pair(void **state)
{
	struct pair_builder *builder = pair_builder_new(ANN, BOB);
	struct pair pair;

	(void)state;
	for (int64_t day = at("2016-01-01"); day < at("2016-06-01"); day += DAY)
		if (day < at("2016-03-01") || day >= at("2016-04-01"))
			add(builder, ANN, BOB, day + HOUR);
	for (int64_t day = at("2016-01-01"); day < at("2016-06-01"); day += DAY)
		if (day < at("2016-03-01") || day >= at("2016-03-11"))
			add(builder, EVE, ANN, day + HOUR);
	pair_builder_finish(builder, -1, both, &pair);
	assert_int_equal(pair.timeline.gap_count, 1);
	assert_int_equal(pair.timeline.gaps[0].start, at("2016-03-01"));
	assert_int_equal(pair.timeline.gaps[0].end, at("2016-04-01"));
	assert_int_equal(pair.coverage_count, 1);
	assert_int_equal(pair.coverage[0].start, at("2016-03-01"));
	assert_int_equal(pair.coverage[0].end, at("2016-03-11"));
	pair_clear(&pair);
}

static void quartiles_are_of_each_direction(void **state)
{
	struct pair_builder *builder = pair_builder_new(ANN, BOB);
	const int64_t hours[] = { 8, 1, 5, 3, 2, 13 };  /* sorted: 1 2 3 5 8 13 */
	struct pair pair;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(hours); i++)
		answer(builder, ANN, BOB, hours[i] * HOUR);
	answer(builder, BOB, ANN, 40);
	answer(builder, BOB, ANN, INSTANT_NONE);
	answer(builder, EVE, ANN, 1);
	pair_builder_finish(builder, -1, both, &pair);
	assert_int_equal(pair.delays[0].count, 6);
	assert_int_equal(pair.delays[0].unknown, 0);
	assert_int_equal(pair_quartile(&pair.delays[0], 1), 2 * HOUR);  /* two of six: a third */
	assert_int_equal(pair_quartile(&pair.delays[0], 2), 3 * HOUR);
	assert_int_equal(pair_quartile(&pair.delays[0], 3), 8 * HOUR);
	assert_int_equal(pair.delays[1].count, 1);
	assert_int_equal(pair.delays[1].unknown, 1);
	for (int quarter = 1; quarter <= 3; quarter++)
		assert_int_equal(pair_quartile(&pair.delays[1], quarter), 40);
	pair_clear(&pair);
	assert_int_equal(pair_quartile(&(struct pair_delays){ 0 }, 2), INSTANT_NONE);
}

static void write_to(struct pair_builder *builder, int64_t message, int64_t sender,
                     int64_t recipient)
{
	const struct recipient to = { recipient, ROLE_TO };

	pair_builder_add_message(builder, &(struct correspondence){
		.message = message, .instant = at("2016-01-05"), .sender = sender,
		.date_verdict = DATE_GOOD, .recipients = &to, .recipient_count = 1 });
}

static void answer_to(struct pair_builder *builder, int64_t message, int64_t answered)
{
	const struct recipient to = { BOB, ROLE_ANSWERED };

	pair_builder_add_answer(builder, &(struct correspondence){
		.message = message, .sender = ANN, .recipients = &to, .recipient_count = 1,
		.answered = answered, .delay_s = message });
}

/* Bob's 1 goes to Ann, his 2 to a list. Of what Ann writes, 11 goes back to Bob, 12 passes his
 * mail on to Eve, 13 answers the list by the list. */
static void mail_passed_on_is_no_answer(void **state)
{
	enum { LIST = 20 };
	struct pair_builder *builder = pair_builder_new(ANN, BOB);
	struct pair pair;

	(void)state;
	write_to(builder, 1, BOB, ANN);
	write_to(builder, 2, BOB, LIST);
	write_to(builder, 11, ANN, BOB);
	write_to(builder, 12, ANN, EVE);
	write_to(builder, 13, ANN, LIST);
	answer_to(builder, 11, 1);
	answer_to(builder, 12, 1);
	answer_to(builder, 13, 2);
	pair_builder_finish(builder, -1, both, &pair);
	assert_int_equal(pair.delays[0].count, 2);
	assert_int_equal(pair.delays[0].sorted[0], 11);
	assert_int_equal(pair.delays[0].sorted[1], 13);
	assert_int_equal(pair.delays[0].passed_on, 1);
	assert_int_equal(pair.delays[0].unknown, 0);
	assert_int_equal(pair.delays[1].passed_on, 0);
	pair_clear(&pair);
}

static void nobody_writes(void **state)
{
	struct pair_builder *builder = pair_builder_new(ANN, BOB);
	struct pair pair;

	(void)state;
	pair_builder_finish(builder, -1, both, &pair);
	assert_int_equal(pair.timeline.bin_count, 0);
	assert_int_equal(pair.written[0] + pair.written[1], 0);
	pair_clear(&pair);
	pair_builder_free(pair_builder_new(ANN, BOB));
	pair_builder_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_only_mail_between_the_two),
		cmocka_unit_test(counts_what_is_only_inside_others),
		cmocka_unit_test(tells_silence_of_the_archive_from_that_of_the_pair),
		cmocka_unit_test(quartiles_are_of_each_direction),
		cmocka_unit_test(mail_passed_on_is_no_answer),
		cmocka_unit_test(nobody_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
