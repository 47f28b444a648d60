/* reading.h - the part of a command that reads mail into a case file */
#ifndef READING_H
#define READING_H

#include "option.h"

#include "epistograph/table.h"

struct casefile;
struct casefile_account;
struct error;

struct reading {
	int64_t jobs, patience_s;
	int64_t expansion;      /* of a container, at most; 0: any */
	const char *columns, *date_order;       /* of tables */
	bool embedded;          /* read messages inside others as well */
	struct option_spec specs[7];
};
void reading_init(struct reading *reading);

/* -1 with *err for wrong usage. */
int reading_check(const struct reading *reading, const GPtrArray *mail, struct error *err);

/* Read mail into the case file at case_path, take the account of its files and leave it open
 * for writing. NULL with *err; a case file made for nothing is removed again. */
struct casefile *reading_run(const struct reading *reading, const char *case_path,
                             GPtrArray *mail, bool quiet, struct casefile_account *account,
                             struct error *err);

/* Print what would be read as what, into no case file. What stands beside the one at
 * case_path and is this program's own is left out. An exit status; *err if failed. */
int reading_list(const struct reading *reading, const char *case_path, GPtrArray *mail,
                 enum table_format format, struct error *err);

/* -1 with *err if the case holds no message at all. */
int reading_require_mail(const struct casefile_account *account, struct error *err);

#endif
