#include "reading.h"

#include "account.h"
#include "chart.h"
#include "command.h"
#include "ingest.h"
#include "listing.h"

#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

void reading_init(struct reading *reading)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	*reading = (struct reading){ .jobs = CLAMP(cores, 1, 256), .patience_s = 20, .expansion = 250 };
	const struct option_spec specs[] = {
		{ "jobs", 'j', OPTION_NUMBER, &reading->jobs, "N",
		  "worker processes [the number of cores]" },
		{ "patience", 0, OPTION_NUMBER, &reading->patience_s, "SECONDS",
		  "give up a message that takes longer to read [20]" },
		{ "columns", 0, OPTION_TEXT, &reading->columns, "COLUMN=N,...",
		  "which column of a table holds what, by number or name: from=3,to=5,date=Sent" },
		{ "date-order", 0, OPTION_TEXT, &reading->date_order, "dmy|mdy|ymd",
		  "how a table writes 03/04/2016 [by what the column shows]" },
		{ "embedded", 0, OPTION_FLAG, &reading->embedded, NULL,
		  "also read messages inside messages: attached ones, digests, what came back with a report" },
		{ "expansion", 0, OPTION_NUMBER, &reading->expansion, "N",
		  "give up a container that unpacks to more than 1 GB and N times its size; 0: none [250]" },
		{ .name = NULL },
	};
	memcpy(reading->specs, specs, sizeof specs);
}

/* The folder the case file is to be in, made if it is the default one's. */
static int make_folder(const char *path, struct error *err)
{
	char *folder = g_path_get_dirname(path);
	int status = command_make_folder(folder, err);

	g_free(folder);
	return status;
}

/* What stands beside a case file and is no mail: the case itself and what a
 * report writes there. Mail is often read from the folder that output goes to. */
static GPtrArray *own_files(const char *case_path)
{
	static const char *const written[] = {
		"people.csv", "people.txt", "graph.graphml", "graph.gexf", "graph.json", "graph-nodes.csv",
		"graph-edges.csv", "files.csv", "rejected.csv", "findings.csv", "duplicates.csv",
		"missing.csv",
	};
	static const char *const endings[] = { "", "-journal", "-wal", "-shm" };
	GPtrArray *own = g_ptr_array_new_with_free_func(g_free);
	char *name = g_path_get_basename(case_path);

	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
		g_ptr_array_add(own, g_strconcat(name, endings[i], NULL));
	for (size_t i = 0; i < G_N_ELEMENTS(written); i++)
		g_ptr_array_add(own, g_strdup(written[i]));
	chart_append_files(own);
	g_ptr_array_add(own, NULL);
	g_free(name);
	return own;
}

/* DAY_ORDER_UNKNOWN where none is given; -1 with *err if it is not understood. */
static int day_order_from_name(const char *name, struct error *err)
{
	static const char *const names[] = {
		[DAY_ORDER_DMY] = "dmy", [DAY_ORDER_MDY] = "mdy", [DAY_ORDER_YMD] = "ymd",
	};

	if (!name)
		return DAY_ORDER_UNKNOWN;
	for (int order = DAY_ORDER_DMY; order <= DAY_ORDER_YMD; order++)
		if (!strcmp(name, names[order]))
			return order;
	return error_set(err, "--date-order is dmy, mdy or ymd");
}

static struct source_options source_of(const struct reading *reading)
{
	return (struct source_options){
		.columns = reading->columns,
		.day_order = (enum day_order)day_order_from_name(reading->date_order, NULL),
		.attached = reading->embedded,
	};
}

static struct walk_limits limits_of(const struct reading *reading)
{
	struct walk_limits limits = WALK_LIMITS;

	limits.ratio = reading->expansion;
	return limits;
}

static int ingest(const struct reading *reading, struct casefile *casefile,
                  const char *case_path, GPtrArray *mail, bool quiet, int64_t *seen,
                  struct error *err)
{
	GPtrArray *own = own_files(case_path);
	struct ingest_options options = {
		.case_path = case_path, .own = (const char *const *)own->pdata,
		.jobs = (int)reading->jobs, .patience_s = (int)reading->patience_s, .progress = !quiet,
		.limits = limits_of(reading), .source = source_of(reading),
		.embedded = reading->embedded, .seen = seen,
	};
	int status = ingest_mail(casefile, (const char *const *)mail->pdata, mail->len, &options,
	                         err);

	g_ptr_array_unref(own);
	return status;
}

/* The journal of what could not be written is of no use without its file. */
static void remove_case(const char *path)
{
	char *journal = g_strconcat(path, "-journal", NULL);

	g_unlink(path);
	g_unlink(journal);
	g_free(journal);
}

/* Open the case file to write. One without a message is only the record of a read
 * that failed, kept so that `show files` can name what was no mail: it is begun
 * anew, lest those files turn up in the account of the next mail. */
static struct casefile *open_case(const char *path, struct error *err)
{
	struct casefile *casefile = casefile_open(path, CASEFILE_WRITE, err);
	int barren = casefile ? casefile_is_barren(casefile, err) : 0;

	if (!barren)
		return casefile;
	casefile_close(casefile);
	if (barren < 0)
		return NULL;
	remove_case(path);
	return casefile_open(path, CASEFILE_WRITE, err);
}

struct casefile *reading_run(const struct reading *reading, const char *case_path,
                             GPtrArray *mail, bool quiet, struct casefile_account *account,
                             struct error *err)
{
	int64_t seen = 0;

	if (make_folder(case_path, err) < 0)
		return NULL;
	bool existed = g_file_test(case_path, G_FILE_TEST_EXISTS);
	struct casefile *casefile = open_case(case_path, err);
	if (!casefile)
		return NULL;
	int status = ingest(reading, casefile, case_path, mail, quiet, &seen, err);
	int taken = casefile_account_files(casefile, account, status == 0 ? err : NULL);
	bool empty = taken < 0 || !account->files;
	if (status == 0 && taken == 0 && !(empty && !existed)) {
		int64_t on_disk = account->files - account->members;

		if (on_disk > seen && !quiet)
			command_warn("%s also holds %s that are not among these: figures are of all its mail",
			             case_path, text_counted(on_disk - seen, "file", "files"));
		return casefile;
	}

	if (status == 0 && taken == 0)
		account_no_mail(account, err);
	casefile_close(casefile);
	if (empty && !existed)          /* nothing came of it: leave nothing behind */
		remove_case(case_path);
	return NULL;
}

int reading_list(const struct reading *reading, const char *case_path, GPtrArray *mail,
                 enum table_format format, struct error *err)
{
	GPtrArray *own = own_files(case_path);
	struct listing_options options = {
		.case_path = case_path, .own = (const char *const *)own->pdata,
		.jobs = (int)reading->jobs, .patience_s = (int)reading->patience_s,
		.limits = limits_of(reading), .source = source_of(reading), .format = format,
	};
	int status = listing_print(stdout, (const char *const *)mail->pdata, mail->len, &options,
	                           err);

	g_ptr_array_unref(own);
	return status;
}

int reading_check(const struct reading *reading, const GPtrArray *mail, struct error *err)
{
	if (!mail->len)
		return error_set(err, "no mail is named: give files or folders to read");
	for (guint i = 0; i < mail->len; i++)
		if (!strcmp(mail->pdata[i], "-"))
			return error_set(err, "mail cannot be read from standard input, because every message "
			                 "is to be found again: save it to a file");
	if (reading->jobs < 1 || reading->jobs > 1024)
		return error_set(err, "--jobs is between 1 and 1024");
	struct source_options source = { .columns = reading->columns };
	if (source_options_check(&source, err) < 0 ||
	    day_order_from_name(reading->date_order, err) < 0)
		return -1;
	if (reading->patience_s < 1 || reading->patience_s > 86400)
		return error_set(err, "--patience is between 1 and 86400 seconds");
	return 0;
}

int reading_require_mail(const struct casefile_account *account, struct error *err)
{
	return account->found ? 0 : account_no_mail(account, err);
}
