#include "unit.h"

#include "epistograph/error.h"
#include "epistograph/workers.h"

#include <glib.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A piece is a string; each of its letters is a place. 'x' crashes, 'h' hangs,
 * 'e' exits, '.' yields nothing, 'B' yields a megabyte; the rest are echoed. */
static void letters(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	(void)context;
	for (size_t i = 0; i < size; i++) {
		if (sink_enter(sink, (struct place){ (uint32_t)(i / 4), (int64_t)(i % 4) }) != SINK_WORK)
			continue;
		if (piece[i] == 'x')
			raise(SIGSEGV);
		if (piece[i] == 'e')
			_exit(3);
		while (piece[i] == 'h')
			pause();
		if (piece[i] == 'B') {
			uint8_t *big = g_malloc0(1 << 20);
			sink_put(sink, big, 1 << 20);
			g_free(big);
		} else if (piece[i] != '.') {
			sink_put(sink, piece + i, 1);
		}
	}
}

static int echo(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                const uint8_t *result, size_t size, struct error *err)
{
	(void)piece_size, (void)err;
	if (size == 1)
		assert_int_equal(piece[place.item * 4 + (size_t)place.position], result[0]);
	g_string_append_c(context, size == 1 ? (char)result[0] : '#');
	return 0;
}

static int note_lost(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                     const char *why, struct error *err)
{
	(void)piece_size, (void)err;
	size_t at = place.item * 4 + (size_t)place.position;

	g_string_append_printf(context, "[%c", piece[at]);
	if (piece[at] == 'x')
		assert_non_null(strstr(why, "Segmentation"));
	if (piece[at] == 'h')
		assert_non_null(strstr(why, "1 s"));
	g_string_append_c(context, ']');
	return 0;
}

static char *run(int jobs, const char *const *pieces, size_t count)
{
	GString *seen = g_string_new(NULL);
	struct error err = { 0 };
	struct workers_spec spec = { .jobs = jobs, .patience_s = 1, .context = seen,
	                             .work = letters, .deliver = echo, .lost = note_lost };
	struct workers *workers = workers_new(&spec, &err);

	assert_non_null(workers);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(0, workers_submit(workers, (const uint8_t *)pieces[i],
		                                   strlen(pieces[i]), &err));
	assert_int_equal(0, workers_drain(workers, &err));
	workers_free(workers);
	return g_string_free(seen, FALSE);
}

static void results_come_in_order_at_any_number_of_workers(void **state)
{
	GString *expected = g_string_new(NULL);
	const char *pieces[200];

	(void)state;
	for (int i = 0; i < 200; i++) {
		pieces[i] = g_strdup_printf("%d.B-%d", i, 7 * i);
		for (const char *at = pieces[i]; *at; at++)
			if (*at != '.')
				g_string_append_c(expected, *at == 'B' ? '#' : *at);
	}
	for (int jobs = 1; jobs <= 5; jobs += 2) {
		char *seen = run(jobs, pieces, 200);
		assert_string_equal(expected->str, seen);
		g_free(seen);
	}
	g_string_free(expected, TRUE);
	for (int i = 0; i < 200; i++)
		g_free((char *)pieces[i]);
}

static void a_crash_costs_one_place_and_is_told_in_its_turn(void **state)
{
	const char *const pieces[] = { "abcdxefg", "hijk" + 1, "xx", "x", "lmxnxoexp" };

	(void)state;
	for (int jobs = 1; jobs <= 3; jobs++) {
		char *seen = run(jobs, pieces, 5);
		/* 'e' exits as well: the epitaph differs, the order does not. */
		assert_string_equal("abcd[x][e]fgijk[x][x][x]lm[x]n[x]o[e][x]p", seen);
		g_free(seen);
	}
}

static void a_hang_is_stopped(void **state)
{
	const char *const pieces[] = { "abhc", "d" };

	(void)state;
	char *seen = run(2, pieces, 2);
	assert_string_equal("ab[h]cd", seen);
	g_free(seen);
}

static void nothing_to_do_is_done(void **state)
{
	const char *const empty[] = { "" };

	(void)state;
	char *seen = run(2, empty, 1);
	assert_string_equal("", seen);
	g_free(seen);
	seen = run(2, NULL, 0);
	assert_string_equal("", seen);
	g_free(seen);
}

static int refuse(void *context, const uint8_t *piece, size_t piece_size, struct place place,
                  const uint8_t *result, size_t size, struct error *err)
{
	(void)context, (void)piece, (void)piece_size, (void)place, (void)result, (void)size;
	return error_set(err, "no room");
}

static void an_error_of_the_receiver_ends_the_run(void **state)
{
	struct error err = { 0 };
	struct workers_spec spec = { .jobs = 2, .patience_s = 1, .work = letters,
	                             .deliver = refuse, .lost = note_lost };

	(void)state;
	struct workers *workers = workers_new(&spec, &err);
	assert_int_equal(0, workers_submit(workers, (const uint8_t *)"a", 1, &err));
	assert_int_equal(-1, workers_drain(workers, &err));
	assert_string_equal("no room", err.message);
	workers_free(workers);
}

/* Dies before it enters any place: there is nothing to skip. */
static void die(void *context, const uint8_t *piece, size_t size, struct worker_sink *sink)
{
	(void)context, (void)piece, (void)size, (void)sink;
	_exit(1);
}

static void a_worker_that_never_gets_anywhere_is_given_up(void **state)
{
	struct error err = { 0 };
	struct workers_spec spec = { .jobs = 1, .patience_s = 1, .work = die,
	                             .deliver = refuse, .lost = note_lost };

	(void)state;
	struct workers *workers = workers_new(&spec, &err);
	assert_int_equal(0, workers_submit(workers, (const uint8_t *)"a", 1, &err));
	assert_int_equal(-1, workers_drain(workers, &err));
	assert_non_null(strstr(err.message, "again and again"));
	workers_free(workers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_come_in_order_at_any_number_of_workers),
		cmocka_unit_test(a_crash_costs_one_place_and_is_told_in_its_turn),
		cmocka_unit_test(a_hang_is_stopped),
		cmocka_unit_test(nothing_to_do_is_done),
		cmocka_unit_test(an_error_of_the_receiver_ends_the_run),
		cmocka_unit_test(a_worker_that_never_gets_anywhere_is_given_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
