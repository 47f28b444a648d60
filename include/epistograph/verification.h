/* verification.h - what the signatures of a case's messages are worth, kept in the case file
 *
 * Every copy of a message is checked by itself (signature.h): copies that agree in their header
 * may differ in the body, or in what a list did to them. A message is what the best of its copies
 * is. Results are kept until the file changes, or the keys of a name that they asked for. */
#ifndef EPISTOGRAPH_VERIFICATION_H
#define EPISTOGRAPH_VERIFICATION_H

#include "epistograph/casefile.h"
#include "epistograph/signature.h"

struct dkim_keys;
struct error;

/* Add the keys that the case was checked with to keys. */
int casefile_get_dkim_keys(struct casefile *casefile, struct dkim_keys *keys, struct error *err);

/* Check with these keys from now on: what others would make of a signature is forgotten, and so
 * is that a copy could not be read. */
int casefile_set_dkim_keys(struct casefile *casefile, struct dkim_keys *keys, struct error *err);

/* How many bytes the copies have that are not checked. */
int casefile_unchecked_size(struct casefile *casefile, int64_t *bytes, struct error *err);

/* Walk those copies in the order of files and offsets; results may be stored meanwhile. A
 * non-zero return of take() ends the walk and is returned. */
int casefile_walk_unchecked(struct casefile *casefile,
                            int (*take)(void *context, const struct casefile_copy *copy,
                                        struct error *err),
                            void *context, struct error *err);

/* Store what a copy's signatures are. unread: its bytes could not be read, report->reason says
 * why. */
int casefile_set_signatures(struct casefile *casefile, const struct casefile_copy *copy,
                            const struct signature_report *report, bool unread,
                            struct error *err);

/* Say of each message what its copies make of it, and commit. */
int casefile_finish_signatures(struct casefile *casefile, struct error *err);

/* 0 if the signatures of all messages that count were checked, else -1 with *err that says how to
 * do it. */
int casefile_require_signatures(struct casefile *casefile, struct error *err);

struct casefile_verification {
	int64_t messages;               /* that count; = sum of by_status and unchecked */
	int64_t by_status[SIGNED_STATUS_COUNT];
	int64_t weak;                   /* of the untestable: one holds, but is no proof any more */
	int64_t unchecked;
	int64_t unread;                 /* copies whose bytes could not be read */
	int64_t keys;
};
int casefile_verification(struct casefile *casefile, struct casefile_verification *account,
                          struct error *err);

/* The messages for which the signature of one domain was decisive. */
struct casefile_signer {
	const char *domain;             /* borrowed; NULL: of messages without a signature, or that
	                                 * could not be read */
	int64_t messages;               /* = sum of by_status */
	int64_t by_status[SIGNED_STATUS_COUNT];
	int64_t weak;                   /* of the untestable, as above */
	int64_t partial_body;           /* of messages: part of the body is not signed */
	int64_t from_unsigned, date_unsigned;   /* the signature does not cover that field */
};
/* Walk them: most messages first, then by name, those of no domain last. Their sums are those of
 * the account. A non-zero return of take() ends the walk and is returned. */
int casefile_walk_signers(struct casefile *casefile,
                          int (*take)(void *context, const struct casefile_signer *signer,
                                      struct error *err),
                          void *context, struct error *err);

#endif
