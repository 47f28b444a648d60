#include "command.h"
#include "verifying.h"

#include "epistograph/dkim_keys.h"
#include "epistograph/error.h"
#include "epistograph/outfile.h"
#include "epistograph/table.h"
#include "epistograph/text.h"
#include "epistograph/verification.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct verify {
	const char *case_path, *path;
	GPtrArray *key_files;
	int64_t jobs, patience_s;
	enum table_format format;
	bool quiet;
};

/* ---- what was found ---- */

static void print_account(FILE *out, const struct casefile_verification *account,
                          const char *case_path)
{
	fprintf(out, "%s in %s, checked with %s\n",
	        text_counted(account->messages, "message", "messages"), case_path,
	        text_counted(account->keys, "key", "keys"));
	for (int i = 0; i < SIGNED_STATUS_COUNT; i++)
		fprintf(out, "%9s  %-12s  %s\n", text_count(account->by_status[i]),
		        signature_status_name((enum signature_status)i),
		        signature_status_words((enum signature_status)i));
	if (account->weak)
		fprintf(out, "Of the untestable %s a signature that holds, but by SHA-1 or by a key under "
		        "1024 bits (RFC 8301).\n", text_counted(account->weak, "has", "have"));
	if (account->unchecked)
		fprintf(out, "%9s  %-12s  not looked at: run verify again\n",
		        text_count(account->unchecked), "unchecked");
}

static const struct table_column columns[] = {
	{ .name = "domain", .title = "Signed by", .type = TABLE_TEXT, .whole = true },
	{ .name = "messages", .title = "Messages", .type = TABLE_INT },
	{ .name = "verified", .title = "Verified", .type = TABLE_INT },
	{ .name = "other_domain", .title = "Other domain", .type = TABLE_INT },
	{ .name = "untestable", .title = "Untestable", .type = TABLE_INT },
	{ .name = "weak", .title = "(weak)", .type = TABLE_INT },
	{ .name = "failing", .title = "Failing", .type = TABLE_INT },
	{ .name = "unsigned", .title = "Unsigned", .type = TABLE_INT },
	{ .name = "partial_body", .title = "Body in part", .type = TABLE_INT },
	{ .name = "from_unsigned", .title = "Without From", .type = TABLE_INT },
	{ .name = "date_unsigned", .title = "Without Date", .type = TABLE_INT },
};

static int add_signer(void *context, const struct casefile_signer *signer, struct error *err)
{
	struct table *table = context;

	(void)err;
	table_text(table, signer->domain);
	table_int(table, signer->messages);
	for (int i = 0; i < SIGNED_STATUS_COUNT; i++) {
		table_int(table, signer->by_status[i]);
		if (i == SIGNED_UNTESTABLE)
			table_int(table, signer->weak);
	}
	table_int(table, signer->partial_body);
	table_int(table, signer->from_unsigned);
	table_int(table, signer->date_unsigned);
	table_end_row(table);
	return 0;
}

static int print_found(const struct verify *verify, struct casefile *casefile,
                       const struct casefile_verification *account, struct error *err)
{
	struct outfile *file = outfile_open(verify->path, err);

	if (!file)
		return -1;
	FILE *out = outfile_stream(file);
	int width = strcmp(verify->path, "-") ? 0 : command_terminal_columns();
	struct table *table = table_begin(columns, G_N_ELEMENTS(columns), verify->format, width, out);

	if (verify->format == TABLE_AS_TEXT) {
		print_account(out, account, verify->case_path);
		fputc('\n', out);
	}
	if (casefile_walk_signers(casefile, add_signer, table, err) < 0) {
		table_free(table);
		outfile_discard(file);
		return -1;
	}
	table_end(table);
	return outfile_commit(file, err);
}

/* ---- the work ---- */

/* Those that are given, else those of the last time. */
static int read_keys(const struct verify *verify, struct casefile *casefile,
                     struct dkim_keys *keys, struct error *err)
{
	size_t count;

	if (!verify->key_files->len && casefile_get_dkim_keys(casefile, keys, err) < 0)
		return -1;
	for (guint i = 0; i < verify->key_files->len; i++)
		if (dkim_keys_read(keys, verify->key_files->pdata[i], err) < 0)
			return -1;
	dkim_keys_list(keys, &count);
	if (!count && !verify->quiet)
		command_warn("there are no keys, and without them no signature can be tested: "
		             "'epistograph help verify' says where they come from");
	return 0;
}

static int check(const struct verify *verify, struct casefile *casefile, struct error *err)
{
	struct verifying_options options = {
		.case_path = verify->case_path, .jobs = (int)verify->jobs,
		.patience_s = (int)verify->patience_s, .progress = !verify->quiet,
	};
	struct casefile_account account;
	struct dkim_keys *keys = dkim_keys_new();
	int status = casefile_account(casefile, &account, err);

	if (status == 0 && account.unfinished)
		status = error_set(err, "a read into %s was broken off: run it again first",
		                   verify->case_path);
	if (status == 0)
		status = read_keys(verify, casefile, keys, err);
	if (status == 0)
		status = verifying_run(casefile, keys, &options, err);
	dkim_keys_free(keys);
	return status;
}

static int run(const struct verify *verify, struct error *err)
{
	struct casefile_verification account;
	int status = STATUS_FAILED;

	/* To write is to make what is not there. */
	if (access(verify->case_path, F_OK) < 0) {
		error_set(err, "there is no case file %s: read mail into it first", verify->case_path);
		return STATUS_FAILED;
	}
	struct casefile *casefile = casefile_open(verify->case_path, CASEFILE_WRITE, err);

	if (!casefile)
		return STATUS_FAILED;
	if (check(verify, casefile, err) == 0 &&
	    casefile_verification(casefile, &account, err) == 0 &&
	    (verify->quiet || print_found(verify, casefile, &account, err) == 0)) {
		status = account.unread ? STATUS_REJECTED : STATUS_DONE;
		if (account.unread && !verify->quiet)
			command_warn("%s could not be read again: table checked of the case file says why",
			             text_counted(account.unread, "copy of a message",
			                          "copies of messages"));
	}
	casefile_close(casefile);
	return status;
}

static int check_options(const struct verify *verify, struct error *err)
{
	if (verify->jobs < 1 || verify->jobs > 1024)
		return error_set(err, "--jobs is between 1 and 1024");
	if (verify->patience_s < 1 || verify->patience_s > 86400)
		return error_set(err, "--patience is between 1 and 86400 seconds");
	return 0;
}

int command_verify(const struct command *self, int argc, char **argv, struct error *err)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct verify verify = {
		.case_path = CASE_DEFAULT, .path = "-", .key_files = g_ptr_array_new(),
		.jobs = CLAMP(cores, 1, 256), .patience_s = 20,
	};
	bool csv = false, json = false;
	struct common common;
	const struct option_spec own[] = {
		{ "case", 'c', OPTION_TEXT, &verify.case_path, "CASE", "the case file [" CASE_DEFAULT "]" },
		{ "keys", 'k', OPTION_LIST, verify.key_files, "FILE", "public keys, a DNS record a line; may be repeated [those of the last time]" },
		{ "csv", 0, OPTION_FLAG, &csv, NULL, "the table as CSV" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "the table as JSON" },
		{ "output", 'o', OPTION_TEXT, &verify.path, "FILE", "into a file" },
		{ "jobs", 'j', OPTION_NUMBER, &verify.jobs, "N", "worker processes [the number of cores]" },
		{ "patience", 0, OPTION_NUMBER, &verify.patience_s, "SECONDS", "give up a message that takes longer to check [20]" },
		{ .name = NULL },
	};
	GPtrArray *operands = g_ptr_array_new();
	int status = STATUS_USAGE;

	common_init(&common);
	const struct option_spec *const tables[] = { own, common.specs, NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);

	verify.quiet = common.quiet;
	verify.format = csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT;
	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && operands->len)
		error_set(err, "verify takes no argument '%s'", (char *)operands->pdata[0]);
	else if (parsed > 0 && csv && json)
		error_set(err, "--csv and --json exclude each other");
	else if (parsed > 0 && check_options(&verify, err) == 0)
		status = run(&verify, err);
	g_ptr_array_unref(operands);
	g_ptr_array_unref(verify.key_files);
	return status;
}
