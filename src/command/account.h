/* account.h - what went in and what came of it, as sums that add up */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <stdio.h>

struct casefile;
struct casefile_account;
struct error;

/* Print files by outcome, messages found = counted + duplicates + rejected, kinds,
 * dates and years. account is that of casefile, taken once for all who need it:
 * taking it walks through every message. */
int account_print(FILE *out, struct casefile *casefile, const struct casefile_account *account,
                  struct error *err);

/* The same as one JSON object. */
int account_print_json(FILE *out, struct casefile *casefile,
                       const struct casefile_account *account, struct error *err);

/* The error of a case without a single message: what its files were. -1. */
int account_no_mail(const struct casefile_account *account, struct error *err);

/* STATUS_REJECTED if anything could not be read, else STATUS_DONE. */
int account_status(const struct casefile_account *account);

#endif
