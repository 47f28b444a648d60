#include "account.h"
#include "command.h"
#include "lists.h"
#include "reading.h"

#include "epistograph/casefile.h"
#include "epistograph/error.h"

#include <stdio.h>

/* -v: what was not counted, item by item. */
static int print_lists(struct casefile *casefile, struct error *err)
{
	static const enum casefile_list lists[] = { LIST_REJECTED, LIST_NOTES };

	for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
		putchar('\n');
		if (list_print(stdout, casefile, lists[i], NULL, TABLE_AS_TEXT, -1, err) < 0)
			return -1;
	}
	return 0;
}

static int print_account(struct casefile *casefile, struct casefile_account *account, bool json,
                         struct error *err)
{
	if (casefile_account(casefile, account, err) < 0)
		return -1;
	return json ? account_print_json(stdout, casefile, account, err)
	            : account_print(stdout, casefile, account, err);
}

/* account: so far of the files. */
static int finish(struct casefile *casefile, struct casefile_account *account,
                  const struct common *common, bool json, struct error *err)
{
	int printed = common->quiet ? 0 : print_account(casefile, account, json, err);

	if (printed == 0 && common->verbose && !json)
		printed = print_lists(casefile, err);
	if (printed < 0 || reading_require_mail(account, err) < 0)
		return STATUS_FAILED;
	return account_status(account);
}

int command_read(const struct command *self, int argc, char **argv, struct error *err)
{
	const char *case_path = CASE_DEFAULT;
	bool json = false, csv = false, list = false;
	struct reading reading;
	struct common common;
	const struct option_spec own[] = {
		{ "case", 'c', OPTION_TEXT, &case_path, "CASE", "the case file [" CASE_DEFAULT "]" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "print the account, or the list, as JSON" },
		{ "list", 0, OPTION_FLAG, &list, NULL, "show what would be read as what, and read nothing" },
		{ "csv", 0, OPTION_FLAG, &csv, NULL, "print the list as CSV" },
		{ .name = NULL },
	};
	GPtrArray *mail = g_ptr_array_new();

	reading_init(&reading);
	common_init(&common);
	const struct option_spec *const tables[] = { own, reading.specs, common.specs, NULL };
	int status = STATUS_USAGE;
	int parsed = command_parse(self, argc, argv, &common, tables, mail, err);
	if (parsed <= 0 || reading_check(&reading, mail, err) < 0) {
		status = parsed == 0 ? STATUS_DONE : STATUS_USAGE;
	} else if (csv && (json || !list)) {
		error_set(err, list ? "--csv and --json exclude each other" : "--csv is for --list");
	} else if (list) {
		status = reading_list(&reading, case_path, mail,
		                      csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT, err);
	} else {
		struct casefile_account account;
		struct casefile *casefile = reading_run(&reading, case_path, mail, common.quiet,
		                                        &account, err);

		status = casefile ? finish(casefile, &account, &common, json, err) : STATUS_FAILED;
		casefile_close(casefile);
	}
	g_ptr_array_unref(mail);
	return status;
}
