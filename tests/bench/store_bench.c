/* store_bench.c - how fast the case file is written and read
 *
 * usage: store_bench [MESSAGES [eml|mbox [CASE]]]      default 50000 mbox, a temporary file
 *
 * Made-up records go straight into the case file: 5 mentions and some two
 * references each, senders by a power law. Nothing is parsed. */
#include "epistograph/calendar.h"
#include "epistograph/casefile.h"
#include "epistograph/error.h"

#include <glib.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MENTIONS 5
#define FILE_BYTES 3000                 /* of a message in its mailbox */

struct bench {
	struct casefile *casefile;
	int64_t messages;
	bool eml;
	uint64_t random;
	char *texts[8];
	char *addresses[MENTIONS], *names[MENTIONS], *references[4];
	struct mention mentions[MENTIONS];
};

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

/* Low numbers often, high ones seldom: the square of a uniform number. */
static unsigned pick(uint64_t *state, unsigned count)
{
	double u = (double)next_random(state) / 2147483648.0;

	return (unsigned)(u * u * u * count);
}

static double seconds(void)
{
	return (double)g_get_monotonic_time() / 1e6;
}

static double processor_s(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

static void check(int status, const struct error *err)
{
	if (status == 0)
		return;
	fprintf(stderr, "store_bench: %s\n", err->message);
	exit(3);
}

static void renew(char **text, char *new)
{
	g_free(*text);
	*text = new;
}

static void make_message(struct bench *bench, int64_t number, struct message *message)
{
	unsigned persons = (unsigned)(bench->messages / 8) + 10;
	int references = (int)(next_random(&bench->random) % 5);

	renew(&bench->texts[0], g_strdup_printf("%08" PRIx64 ".%" PRId64 "@mail%u.example.org",
	                                        next_random(&bench->random), number,
	                                        pick(&bench->random, 50)));
	renew(&bench->texts[1], g_strdup_printf("Re: the %u. meeting about %u", (unsigned)number % 977,
	                                        pick(&bench->random, 10000)));
	for (int i = 0; i < MENTIONS; i++) {
		unsigned person = pick(&bench->random, persons);

		renew(&bench->addresses[i], g_strdup_printf("person.%u@dept%u.example.org", person,
		                                            person % 97));
		renew(&bench->names[i], person % 3 ? g_strdup_printf("Person Nr. %u", person)
		                                   : g_strdup(""));
		bench->mentions[i] = (struct mention){
			.role = i == 0 ? ROLE_FROM : i < 3 ? ROLE_TO : ROLE_CC,
			.address = bench->addresses[i],
			.name = bench->names[i],
		};
	}
	/* Ids of messages that are not here: new identifiers, the dear case. */
	for (int i = 0; i < references; i++)
		renew(&bench->references[i], g_strdup_printf("thread.%" PRId64 ".%d@example.org",
		                                             number / 20, i));
	*message = (struct message){
		.offset = bench->eml ? 0 : number * FILE_BYTES,
		.size = FILE_BYTES - 60,
		.id = bench->texts[0],
		.subject = bench->texts[1],
		.in_reply_to = references ? bench->references[references - 1] : "",
		.references = (const char *const *)bench->references,
		.reference_count = (size_t)references,
		.list_id = number % 10 ? "" : "dev.lists.example.org",
		.instant = 1200000000 + number * 400,
		.utc_offset_s = 7200,
		.date_source = DATE_FROM_DATE,
		.date_verdict = DATE_GOOD,
		.received_gap_s = 3,
		.date_raw = "Thu, 10 Jan 2008 23:20:00 +0200",
		.kind = number % 10 ? KIND_PERSONAL : KIND_LIST,
		.kind_evidence = number % 10 ? "" : "List-Id",
		.mentions = bench->mentions,
		.mention_count = MENTIONS,
	};
	memcpy(message->digest, &number, sizeof number);
	uint64_t half = next_random(&bench->random);

	memcpy(message->digest + 8, &half, sizeof half);
}

static void begin_file(struct bench *bench, int64_t number, int64_t *file)
{
	struct error err = { 0 };
	char *path = bench->eml ? g_strdup_printf("archive/box%03" PRId64 "/%08" PRId64 ".eml",
	                                          number / 1000, number)
	                        : g_strdup("archive/all.mbox");
	bool known;
	int64_t resume;

	check(casefile_file_begin(bench->casefile, path, FILE_BYTES, 1, file, &known, &resume, &err),
	      &err);
	g_free(path);
}

static void end_file(struct bench *bench, int64_t file)
{
	struct error err = { 0 };

	check(casefile_file_end(bench->casefile, file, FILE_MAIL, bench->eml ? "message" : "mbox", NULL,
	                        &err), &err);
}

static double write_all(struct bench *bench)
{
	struct error err = { 0 };
	int64_t file = 0;
	double making = 0, start = seconds();

	for (int64_t i = 0; i < bench->messages; i++) {
		struct message message;
		enum add_outcome outcome;
		double before = seconds();

		make_message(bench, i, &message);
		making += seconds() - before;
		if (i == 0 || bench->eml)
			begin_file(bench, i, &file);
		check(casefile_add(bench->casefile, file, &message, &outcome, &err), &err);
		if (bench->eml)
			end_file(bench, file);
	}
	if (!bench->eml)
		end_file(bench, file);
	check(casefile_commit(bench->casefile, &err), &err);
	return seconds() - start - making;
}

static double query_all(struct bench *bench, int64_t *receipts)
{
	const struct filter filter = { .since = INSTANT_NONE, .until = INSTANT_NONE };
	struct error err = { 0 };
	struct correspondence message;
	double start = seconds();
	struct casefile_query *query = casefile_query_open(bench->casefile, &filter, &err);
	int got;

	check(query ? 0 : -1, &err);
	while ((got = casefile_query_next(query, &message, &err)) > 0)
		*receipts += (int64_t)message.recipient_count;
	check(got, &err);
	casefile_query_close(query);
	return seconds() - start;
}

static void time_reading(struct bench *bench)
{
	struct error err = { 0 };
	struct casefile_account account;
	struct person *persons;
	size_t count;
	int64_t receipts = 0;
	double start = seconds();

	check(casefile_account(bench->casefile, &account, &err), &err);
	printf("account   %8.2f s   %" PRId64 " counted\n", seconds() - start, account.counted);
	start = seconds();
	check(casefile_persons(bench->casefile, &persons, &count, &err), &err);
	printf("persons   %8.2f s   %zu persons\n", seconds() - start, count);
	persons_free(persons);
	double query_s = query_all(bench, &receipts);

	printf("query     %8.2f s   %" PRId64 " receipts\n", query_s, receipts);
}

int main(int argc, char **argv)
{
	struct bench bench = { .messages = 50000, .random = 1 };
	struct error err = { 0 };
	char *path = argc > 3 ? g_strdup(argv[3])
	                      : g_strdup_printf("%s/store-bench-%d.case", g_get_tmp_dir(), (int)getpid());
	struct rusage usage;
	struct stat status;

	if (argc > 1)
		bench.messages = g_ascii_strtoll(argv[1], NULL, 10);
	bench.eml = argc > 2 && strcmp(argv[2], "eml") == 0;
	bench.casefile = casefile_open(path, CASEFILE_WRITE, &err);
	check(bench.casefile ? 0 : -1, &err);
	double write_s = write_all(&bench), start = seconds();

	getrusage(RUSAGE_SELF, &usage);
	printf("processor %8.2f s   user, %.2f s system, for writing and making up records\n",
	       processor_s(&usage.ru_utime), processor_s(&usage.ru_stime));

	check(casefile_finish(bench.casefile, &err), &err);
	double finish_s = seconds() - start;

	start = seconds();
	check(casefile_finish(bench.casefile, &err), &err);
	double again_s = seconds() - start;

	casefile_close(bench.casefile);
	getrusage(RUSAGE_SELF, &usage);
	stat(path, &status);
	printf("write     %8.2f s   %.0f messages/s\n", write_s, (double)bench.messages / write_s);
	printf("finish    %8.2f s   again %.4f s\n", finish_s, again_s);
	printf("size      %8.1f MB  %.0f bytes a message\n", (double)status.st_size / 1e6,
	       (double)status.st_size / (double)bench.messages);
	printf("memory    %8.1f MB  peak\n", (double)usage.ru_maxrss / 1024);
	bench.casefile = casefile_open(path, CASEFILE_READ, &err);
	check(bench.casefile ? 0 : -1, &err);
	time_reading(&bench);
	casefile_close(bench.casefile);
	if (argc <= 3)
		unlink(path);
	g_free(path);
	return 0;
}
