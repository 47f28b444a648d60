/* Who answers whom. Expected trees are drawn by hand. */
#include "unit.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"
#include "epistograph/thread.h"

#include <glib.h>

#include <string.h>
#include <time.h>

#define NONE INSTANT_NONE
#define DAY 86400

struct given {
	const char *subject;
	int64_t instant;
	uint32_t identifier, in_reply_to;
	uint32_t references[8];
};

static int always(void *context, int64_t reply, int64_t earlier, struct error *err)
{
	(void)context, (void)reply, (void)earlier, (void)err;
	return 1;
}

static int never(void *context, int64_t reply, int64_t earlier, struct error *err)
{
	(void)context, (void)reply, (void)earlier, (void)err;
	return 0;
}

static int failing(void *context, int64_t reply, int64_t earlier, struct error *err)
{
	(void)context, (void)reply, (void)earlier;
	return error_set(err, "no");
}

/* conversations: one a message, or NULL. */
static struct thread_builder *builder_of(const struct given *given, size_t count,
                                         const int64_t *conversations)
{
	struct thread_builder *builder = thread_builder_new(100);

	for (size_t i = 0; i < count; i++) {
		struct thread_message message = {
			.instant = given[i].instant, .identifier = given[i].identifier,
			.in_reply_to = given[i].in_reply_to,
			.conversation = conversations ? conversations[i] : 0,
		};

		message.topic = thread_topic(given[i].subject ? given[i].subject : "",
		                             &message.is_reply);
		thread_builder_add(builder, &message);
		for (int r = 0; r < 8; r++)
			thread_builder_add_reference(builder, given[i].references[r]);
	}
	return builder;
}

/* "parent absent link thread" of each message. */
static void check_places(const struct given *given, size_t count, const int64_t *conversations,
                         const char *expected,
                         int (*related)(void *, int64_t, int64_t, struct error *))
{
	struct thread_builder *builder = builder_of(given, count, conversations);
	const struct thread_place *places;
	GString *found = g_string_new(NULL);
	struct error err = { 0 };

	assert_int_equal(0, thread_builder_place(builder, related, NULL, &places, &err));
	for (size_t i = 0; i < count; i++)
		g_string_append_printf(found, "%s%d %u %s %d%s", i ? ", " : "", (int)places[i].parent,
		                       places[i].absent, thread_link_name(places[i].link),
		                       (int)places[i].thread, places[i].doubtful ? " ?" : "");
	assert_string_equal(expected, found->str);
	g_string_free(found, TRUE);
	thread_builder_free(builder);
}
#define PLACES_IN(conversations, expected, related, ...) \
	check_places((const struct given[]){ __VA_ARGS__ }, \
	             G_N_ELEMENTS(((const struct given[]){ __VA_ARGS__ })), conversations, expected, \
	             related)
#define PLACES(expected, related, ...) PLACES_IN(NULL, expected, related, __VA_ARGS__)

static void the_last_reference_is_what_is_answered(void **state)
{
	(void)state;
	/* 1 answers 0; 2 answers 1 and names both; 3 has In-Reply-To alone. */
	PLACES("-1 0 none 0, 0 0 references 0, 1 0 references 0, 2 0 in-reply-to 0", never,
	       { NULL, NONE, 1, 0, { 0 } }, { NULL, NONE, 2, 0, { 1 } },
	       { NULL, NONE, 3, 1, { 1, 2 } }, { NULL, NONE, 4, 3, { 0 } });
	/* The order in which they are read does not matter. */
	PLACES("1 0 references 0, 2 0 references 0, -1 0 none 0", never,
	       { NULL, NONE, 3, 0, { 1, 2 } }, { NULL, NONE, 2, 0, { 1 } },
	       { NULL, NONE, 1, 0, { 0 } });
}

/* Of conversation 5 the first by date is 1: 0, which says nothing, hangs from it; 2 has said
 * what it answers, and 3 has no date. 4 is of another one. */
static void a_conversation_of_gmail_is_one_thread(void **state)
{
	static const int64_t five[] = { 5, 5, 5, 5, 6 }, apart[] = { 5, 6 };

	(void)state;
	PLACES_IN(five, "1 0 gmail 0, -1 0 none 0, 0 0 in-reply-to 0, 1 0 gmail 0, -1 0 none 4", never,
	          { NULL, 9 * DAY, 1, 0, { 0 } }, { NULL, 2 * DAY, 2, 0, { 0 } },
	          { NULL, 3 * DAY, 3, 1, { 0 } }, { NULL, NONE, 4, 0, { 0 } },
	          { NULL, DAY, 5, 0, { 0 } });
	/* What a header says counts more; a circle is never made. */
	PLACES_IN(five, "1 0 references 0, -1 0 none 0", never,
	          { NULL, DAY, 1, 0, { 2 } }, { NULL, 2 * DAY, 2, 0, { 0 } });
	/* Gmail has looked at the subject: what it puts apart is not put together by that. */
	PLACES_IN(apart, "-1 0 none 0, -1 0 none 1", always,
	          { "a", DAY, 1, 0, { 0 } }, { "Re: a", 2 * DAY, 2, 0, { 0 } });
}

static void what_is_absent_is_named_and_joins_its_answers(void **state)
{
	(void)state;
	PLACES("-1 7 references 0, -1 7 in-reply-to 0, -1 0 none 2", never,
	       { NULL, NONE, 1, 0, { 7 } }, { NULL, NONE, 2, 7, { 0 } },
	       { NULL, NONE, 3, 0, { 0 } });
	/* 8 answers 7, says 0; so 1, which answers 7, is of the same conversation. */
	PLACES("-1 8 references 0, -1 7 references 0", never,
	       { NULL, NONE, 1, 0, { 7, 8 } }, { NULL, NONE, 2, 0, { 7 } });
}

/* 2 has lost its References; 3, which answers it, still has them. */
static void the_references_of_others_place_what_has_none(void **state)
{
	(void)state;
	PLACES("-1 0 none 0, 0 0 others 0, 1 0 references 0", never,
	       { NULL, NONE, 1, 0, { 0 } }, { NULL, NONE, 2, 0, { 0 } },
	       { NULL, NONE, 3, 0, { 1, 2 } });
	/* What a message says of itself counts more. */
	PLACES("-1 0 none 0, -1 9 in-reply-to 1, 1 0 references 1", never,
	       { NULL, NONE, 1, 0, { 0 } }, { NULL, NONE, 2, 9, { 0 } },
	       { NULL, NONE, 3, 0, { 1, 2 } });
}

static void circles_are_not_closed(void **state)
{
	(void)state;
	PLACES("-1 0 none 0", never, { NULL, NONE, 1, 1, { 1 } });
	PLACES("1 0 references 0, -1 0 none 0", never,
	       { NULL, NONE, 1, 0, { 2 } }, { NULL, NONE, 2, 0, { 1 } });
	PLACES("1 0 references 0, 2 0 references 0, -1 0 none 0", never,
	       { NULL, NONE, 1, 0, { 2 } }, { NULL, NONE, 2, 0, { 3 } },
	       { NULL, NONE, 3, 0, { 1 } });
	/* Itself at the end of its References: what stands before counts. */
	PLACES("-1 0 none 0, 0 0 references 0", never,
	       { NULL, NONE, 1, 0, { 0 } }, { NULL, NONE, 2, 0, { 1, 2 } });
}

static void of_two_with_one_identifier_the_first_is_answered(void **state)
{
	(void)state;
	PLACES("-1 0 none 0, -1 0 none 1, 0 0 in-reply-to 0 ?", never,
	       { NULL, NONE, 1, 0, { 0 } }, { NULL, NONE, 1, 0, { 0 } },
	       { NULL, NONE, 2, 1, { 0 } });
}

/* Which of the two is it that 3 has among its References? Neither is moved. */
static void others_do_not_place_what_shares_its_identifier(void **state)
{
	(void)state;
	PLACES("-1 0 none 0, -1 0 none 1, -1 0 none 2, 1 0 references 1 ?", never,
	       { NULL, NONE, 1, 0, { 0 } }, { NULL, NONE, 2, 0, { 0 } },
	       { NULL, NONE, 2, 0, { 0 } }, { NULL, NONE, 3, 0, { 1, 2 } });
}

static void a_subject_joins_only_a_reply_in_time_that_names_nothing(void **state)
{
	(void)state;
	PLACES("-1 0 none 0, 0 0 subject 0", always,
	       { "Trees", 0, 1, 0, { 0 } }, { "Re: trees", 30 * DAY, 2, 0, { 0 } });
	PLACES("-1 0 none 0, -1 0 none 1", always,                      /* a second too late */
	       { "Trees", 0, 1, 0, { 0 } }, { "Re: trees", 30 * DAY + 1, 2, 0, { 0 } });
	PLACES("-1 0 none 0, -1 0 none 1", always,                      /* no "Re:" */
	       { "Trees", 0, 1, 0, { 0 } }, { "Trees", 1, 2, 0, { 0 } });
	PLACES("-1 0 none 0, -1 9 in-reply-to 1", always,               /* it names another */
	       { "Trees", 0, 1, 0, { 0 } }, { "Re: Trees", 1, 2, 9, { 0 } });
	PLACES("-1 0 none 0, -1 0 none 1", always,                      /* undated */
	       { "Trees", 0, 1, 0, { 0 } }, { "Re: Trees", NONE, 2, 0, { 0 } });
	PLACES("-1 0 none 0, -1 0 none 1", always,                      /* earlier */
	       { "Trees", 5, 1, 0, { 0 } }, { "Re: Trees", 1, 2, 0, { 0 } });
	PLACES("-1 0 none 0, -1 0 none 1", always,                      /* about nothing */
	       { "", 0, 1, 0, { 0 } }, { "Re:", 1, 2, 0, { 0 } });
	PLACES("-1 0 none 0, -1 0 none 1", never,                       /* of other people */
	       { "Trees", 0, 1, 0, { 0 } }, { "Re: Trees", 1, 2, 0, { 0 } });
	/* The latest of several. */
	PLACES("-1 0 none 0, 0 0 subject 0, 1 0 subject 0", always,
	       { "Trees", 0, 1, 0, { 0 } }, { "Re: Trees", 5, 2, 0, { 0 } },
	       { "Re: Trees", 9, 3, 0, { 0 } });
}

static void a_question_that_fails_ends_the_work(void **state)
{
	const struct given given[] = {
		{ "Trees", 0, 1, 0, { 0 } }, { "Re: Trees", 1, 2, 0, { 0 } },
	};
	struct thread_builder *builder = builder_of(given, 2, NULL);
	const struct thread_place *places;
	struct error err = { 0 };

	(void)state;
	assert_int_equal(-1, thread_builder_place(builder, failing, NULL, &places, &err));
	assert_string_equal("no", err.message);
	thread_builder_free(builder);
}

static void topics_are_told_apart_by_what_follows_re(void **state)
{
	static const char *const replies[] = {
		"Re: Trees", "RE: trees", "re[2]: Trees", "Re^2: Trees", "AW: Trees", "Re: AW: SV: Trees",
		"[list] Re: Trees", "Re: [list] Trees", "Re : Trees", "Odp: Trees", "回复：Trees",
		"Re:\tTr ees",
	};
	bool is_reply;
	uint64_t trees = thread_topic("Trees", &is_reply);

	(void)state;
	assert_false(is_reply);
	assert_true(trees != 0);
	assert_true(trees == thread_topic("[list] Trees", &is_reply) && !is_reply);
	for (size_t i = 0; i < G_N_ELEMENTS(replies); i++) {
		if (thread_topic(replies[i], &is_reply) != trees || !is_reply)
			print_error("%s\n", replies[i]);
		assert_true(thread_topic(replies[i], &is_reply) == trees);
		assert_true(is_reply);
	}
	assert_true(thread_topic("Fwd: Trees", &is_reply) != trees && !is_reply);
	assert_true(thread_topic("Reply: Trees", &is_reply) != trees && !is_reply);
	assert_true(thread_topic("Re", &is_reply) != 0 && !is_reply);
	assert_true(thread_topic("", &is_reply) == 0 && !is_reply);
	assert_true(thread_topic(" Re: ", &is_reply) == 0 && is_reply);
	assert_true(thread_topic("[", &is_reply) != 0);
}

/* ---- the worst that can be ---- */

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#define MANY 100000

static void check_many(uint32_t (*reference)(uint32_t i, int which), int count, int64_t threads)
{
	struct thread_builder *builder = thread_builder_new(2 * MANY);
	const struct thread_place *places;
	struct error err = { 0 };
	double start = seconds();
	int64_t found = 0;

	for (uint32_t i = 1; i <= MANY; i++) {
		struct thread_message message = { .instant = i, .identifier = i };

		message.topic = 1;
		message.is_reply = true;
		thread_builder_add(builder, &message);
		for (int which = 0; which < count; which++)
			thread_builder_add_reference(builder, reference(i, which));
	}
	assert_int_equal(0, thread_builder_place(builder, always, NULL, &places, &err));
	for (int64_t i = 0; i < MANY; i++) {
		int64_t at = i, steps = 0;

		found += places[i].thread == i;
		assert_true(places[i].thread <= i);
		/* Nothing hangs from itself: a walk up that is cut off would not end. */
		while (i % 1000 == 0 && (at = places[at].parent) >= 0)
			assert_true(++steps < MANY);
	}
	if (threads)
		assert_int_equal(threads, found);
	/* A hundredth of it here; what is quadratic takes minutes. */
	assert_true(seconds() - start < 20);
	thread_builder_free(builder);
}

static uint32_t at_random(uint32_t i, int which)
{
	return (i * 2654435761u + (uint32_t)which * 40503u) % (2 * MANY) + 1;
}

static uint32_t the_one_before(uint32_t i, int which)
{
	(void)which;
	return i - 1;
}

static uint32_t the_one_behind(uint32_t i, int which)
{
	(void)which;
	return i + 1;
}

static void a_hundred_thousand_messages_are_no_matter(void **state)
{
	(void)state;
	check_many(at_random, 20, 0);
	check_many(the_one_before, 1, 1);
	check_many(the_one_behind, 1, 1);
	check_many(at_random, 0, 1);            /* one subject, each 1 s after the other */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_reference_is_what_is_answered),
		cmocka_unit_test(a_conversation_of_gmail_is_one_thread),
		cmocka_unit_test(what_is_absent_is_named_and_joins_its_answers),
		cmocka_unit_test(the_references_of_others_place_what_has_none),
		cmocka_unit_test(circles_are_not_closed),
		cmocka_unit_test(of_two_with_one_identifier_the_first_is_answered),
		cmocka_unit_test(others_do_not_place_what_shares_its_identifier),
		cmocka_unit_test(a_subject_joins_only_a_reply_in_time_that_names_nothing),
		cmocka_unit_test(a_question_that_fails_ends_the_work),
		cmocka_unit_test(topics_are_told_apart_by_what_follows_re),
		cmocka_unit_test(a_hundred_thousand_messages_are_no_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
