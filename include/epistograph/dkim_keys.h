/* dkim_keys.h - public keys that signatures are checked with, from a file of DNS records
 *
 *	# selector._domainkey.domain, blanks, the TXT record
 *	20161025._domainkey.gmail.com k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A...
 *	s1._domainkey.example.org. 3600 IN TXT "v=DKIM1; k=rsa; " "p=MIGfMA0GCSqG..."
 *
 * A record a line, bare or in quotes as dig prints it. One name may have many: keys change,
 * and a selector comes back with another. Empty lines and those that begin with "#" or ";" say
 * nothing; nor do answers without a record (NXDOMAIN, ~~Query timed out~~), which lists kept
 * for tests have. */
#ifndef EPISTOGRAPH_DKIM_KEYS_H
#define EPISTOGRAPH_DKIM_KEYS_H

#include <stddef.h>

struct error;

struct dkim_key {
	const char *name;               /* selector._domainkey.domain in lower case; owned by the
	                                 * set, as the others */
	const char *record;             /* the TXT record: printable ASCII; may be "" */
	const char *fingerprint;        /* 16 hexadecimal digits of its SHA-256 */
};

/* A set of keys, ascending by name and record, each once. */
struct dkim_keys;
struct dkim_keys *dkim_keys_new(void);
void dkim_keys_free(struct dkim_keys *keys);                    /* NULL is fine */

/* Add one; strings are copied. */
void dkim_keys_add(struct dkim_keys *keys, const char *name, const char *record);

/* Add those of a text of `size` bytes, called path in errors. -1 with *err naming the line that
 * cannot be read. */
int dkim_keys_parse(struct dkim_keys *keys, const char *text, size_t size, const char *path,
                    struct error *err);
/* Add those of a file. */
int dkim_keys_read(struct dkim_keys *keys, const char *path, struct error *err);

/* All of them; borrowed until the next change. */
const struct dkim_key *dkim_keys_list(struct dkim_keys *keys, size_t *count);

/* Those of a name, ascending by record; borrowed in the same way. */
const struct dkim_key *dkim_keys_find(struct dkim_keys *keys, const char *name, size_t *count);

#endif
