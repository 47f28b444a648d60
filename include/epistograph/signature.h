/* signature.h - what the DKIM signatures of a message are worth (RFC 6376), without a network
 *
 * Keys come from the user (dkim_keys.h), and time plays no part: a signature proves what it
 * proves whenever it is looked at, so it never "expires" here. That it had when the message
 * arrived is a remark. */
#ifndef EPISTOGRAPH_SIGNATURE_H
#define EPISTOGRAPH_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dkim_keys;
struct error;

/* What becomes of a message. Stored in case files: append only. Ascending from what speaks most
 * for it: of several copies of a message the least counts. */
enum signature_status {
	SIGNED_VERIFIED,        /* a signature of the sender's own domain holds */
	SIGNED_BY_OTHER,        /* one holds, but it is of another domain: a list's, a provider's */
	SIGNED_UNTESTABLE,      /* no key, no known or trusted algorithm, no bytes to check */
	SIGNED_FAILING,         /* tested, and what was signed is not what is there */
	SIGNED_NOT,             /* no signature */
	SIGNED_STATUS_COUNT,
	SIGNED_UNCHECKED = SIGNED_STATUS_COUNT  /* nobody has looked: never stored */
};
const char *signature_status_name(enum signature_status status);       /* "verified", ... */
const char *signature_status_words(enum signature_status status);      /* what it means */

/* What becomes of one signature. Stored: append only. From best to worst. */
enum signature_result {
	SIGNATURE_PASS,
	SIGNATURE_WEAK,         /* it holds, by rsa-sha1 or a key under 1024 bits, which others than
	                         * the owner of the key may have made (RFC 8301): no proof */
	SIGNATURE_FAIL,
	SIGNATURE_UNTESTABLE,
	SIGNATURE_RESULT_COUNT
};
const char *signature_result_name(enum signature_result result);       /* "pass", ... */

/* What a reader must know of a signature besides. Stored: bits, append only. */
enum signature_flag {
	SIGNATURE_ALIGNED          = 1 << 0,    /* of the sender's own domain */
	SIGNATURE_PARTIAL_BODY     = 1 << 1,    /* l=, and the body goes on behind it */
	SIGNATURE_FROM_UNSIGNED    = 1 << 2,    /* it does not cover From, or not all of several */
	SIGNATURE_DATE_UNSIGNED    = 1 << 3,
	SIGNATURE_TO_UNSIGNED      = 1 << 4,
	SIGNATURE_SUBJECT_UNSIGNED = 1 << 5,
	SIGNATURE_EXPIRED          = 1 << 6,    /* x= was over when the message arrived */
	SIGNATURE_TEST_KEY         = 1 << 7,    /* the key says that it is for tests (t=y) */
	SIGNATURE_UNQUOTED         = 1 << 8,    /* it holds once the ">" that mailboxes put before
	                                         * "From " at the begin of a line is taken away */
};
/* The words of bit number `bit`; NULL for SIGNATURE_ALIGNED and behind the last. */
const char *signature_flag_words(int bit);

struct signature {
	const char *domain, *selector, *algorithm;      /* d=, s= in lower case, a=; "" if not there */
	enum signature_result result;
	const char *reason;             /* why it does not pass; "" if it does */
	const char *key;                /* fingerprint of the key in dkim_keys.h; "" if there was none */
	unsigned flags;                 /* enum signature_flag */
	int64_t signed_at, expires;     /* t=, x=: seconds UTC; INSTANT_NONE if not there */
};

/* A message is verified if a signature holds whose domain (d=) is the sender's or one above or
 * below it, and which covers From. The sender is who the case counts as such; where From is not
 * the author's but a list's, none is verified. That is DMARC's relaxed alignment (RFC 7489, 3.1.1)
 * without its list of public suffixes, which differs from machine to machine: what it calls
 * aligned besides, two domains side by side below one organisation, is another domain here.
 * Where none holds, the signatures of the sender's domain decide if there are any, else all: one
 * that could not be tested might hold, so only if each was tested and failed is it failing. */
struct signature_report {
	enum signature_status status;
	int decided;                    /* the signature that made it so, -1 if none did */
	const char *reason;             /* why there is nothing to check; "" */
	const struct signature *list;   /* in the order of the header */
	size_t count;
};

/* What the case knows of the message. */
struct signature_subject {
	const char *sender_domain;      /* normalised; "" if From is not the author's */
	int64_t arrival;                /* seconds UTC; INSTANT_NONE if not known */
};

/* Is there a signature in the header at all? */
bool signature_possible(const uint8_t *header, size_t size);

/* Borrows keys. NULL with *err if the program was built without libopendkim. */
struct signature_checker;
struct signature_checker *signature_checker_new(struct dkim_keys *keys, struct error *err);
void signature_checker_free(struct signature_checker *checker);         /* NULL is fine */

/* Check a whole message, as it was found (with bare newlines, quoted for a mailbox), trying all
 * keys of a name. What *report points to is borrowed until the next call. */
void signature_check(struct signature_checker *checker, const uint8_t *bytes, size_t size,
                     const struct signature_subject *subject, struct signature_report *report);

#endif
