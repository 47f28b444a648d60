/* signature.c - the border to libopendkim: a message in, a result a signature out
 *
 * libopendkim takes one key for a name and one form of the message, and remembers what it
 * found. So a message is handed to it again for the next key and for the other form, and of
 * each signature the best result is kept. */
#include "epistograph/signature.h"

#include "header.h"
#include "signed_form.h"

#include "epistograph/calendar.h"
#include "epistograph/dkim_keys.h"
#include "epistograph/error.h"
#include "epistograph/message.h"

#include <glib.h>

#include <string.h>

bool signature_possible(const uint8_t *header, size_t size)
{
	struct header_reader reader;
	struct field field;

	header_reader_init(&reader, header, size);
	while (header_next(&reader, &field))
		if (slice_equals(field.name, "DKIM-Signature"))
			return true;
	return false;
}

#ifndef HAVE_DKIM

struct signature_checker *signature_checker_new(struct dkim_keys *keys, struct error *err)
{
	(void)keys;
	error_set(err, "signatures: this program was built without libopendkim, which checks them");
	return NULL;
}

void signature_checker_free(struct signature_checker *checker)
{
	(void)checker;
}

void signature_check(struct signature_checker *checker, const uint8_t *bytes, size_t size,
                     const struct signature_subject *subject, struct signature_report *report)
{
	(void)checker;
	(void)bytes;
	(void)size;
	(void)subject;
	*report = (struct signature_report){ .status = SIGNED_UNTESTABLE, .decided = -1, .reason = "" };
}

#else

#include <opendkim/dkim.h>

#define KEY_BITS_TRUSTED 1024           /* RFC 8301, section 3.2 */
#define KEYS_TRIED_MAX 32               /* of one name: more are no history but an attack */

struct signature_checker {
	DKIM_LIB *library;
	struct dkim_keys *keys;
	struct signed_form form;        /* the message */
	GByteArray *unquoted;           /* its body's other form */
	GArray *list;                   /* struct signature */
	GStringChunk *strings;          /* of list */

	uint64_t drift;                 /* seconds that the clock is allowed to err, see drift_of() */
	size_t attempt;                 /* which key of a name is to be tried */
	size_t most_keys;               /* that a name asked for has */
};

/* ---- keys ---- */

/* Those of a signature. */
static const struct dkim_key *keys_of(struct signature_checker *checker, DKIM_SIGINFO *one,
                                      size_t *count)
{
	const char *domain = (const char *)dkim_sig_getdomain(one);
	const char *selector = (const char *)dkim_sig_getselector(one);
	char *name = g_strdup_printf("%s._domainkey.%s", selector ? selector : "",
	                             domain ? domain : "");
	char *lower = g_ascii_strdown(name, -1);
	const struct dkim_key *keys = dkim_keys_find(checker->keys, lower, count);

	*count = MIN(*count, KEYS_TRIED_MAX);
	g_free(lower);
	g_free(name);
	return keys;
}

/* The key that is tried now; of a name with fewer keys the last. NULL if it has none. */
static const struct dkim_key *key_now(struct signature_checker *checker, DKIM_SIGINFO *one)
{
	size_t count;
	const struct dkim_key *keys = keys_of(checker, one, &count);

	return count ? &keys[MIN(checker->attempt, count - 1)] : NULL;
}

static DKIM_CBSTAT look_up(DKIM *dkim, DKIM_SIGINFO *one, unsigned char *buffer, size_t size)
{
	struct signature_checker *checker = dkim_get_user_context(dkim);
	const struct dkim_key *key = key_now(checker, one);
	size_t count;

	if (!key)
		return DKIM_CBSTAT_NOTFOUND;
	keys_of(checker, one, &count);
	checker->most_keys = MAX(checker->most_keys, count);
	return g_strlcpy((char *)buffer, key->record, size) < size ? DKIM_CBSTAT_CONTINUE
	                                                          : DKIM_CBSTAT_ERROR;
}

/* ---- what a result means ---- */

/* The two are the same domain, or one is above the other, as a whole domain below a top
 * level is above its parts. */
static bool is_aligned(const char *signing, const char *sender)
{
	size_t a = strlen(signing), b = strlen(sender);
	const char *longer = a >= b ? signing : sender, *shorter = a >= b ? sender : signing;
	size_t more = MAX(a, b) - MIN(a, b);

	if (!a || !b || !strchr(shorter, '.') || strcmp(longer + more, shorter) != 0)
		return false;
	return more == 0 || longer[more - 1] == '.';
}

/* A tag's value without blanks, clean; "" if it has none. */
static const char *tag(struct signature_checker *checker, DKIM_SIGINFO *one, const char *name)
{
	const char *value = (const char *)dkim_sig_gettagvalue(one, FALSE, (u_char *)name);
	GString *text = g_string_new(NULL);

	for (; value && *value; value++)
		if (*value > ' ' && *value <= '~')
			g_string_append_c(text, g_ascii_tolower(*value));
	const char *kept = g_string_chunk_insert(checker->strings, text->str);

	g_string_free(text, TRUE);
	return kept;
}

static int64_t tag_instant(struct signature_checker *checker, DKIM_SIGINFO *one, const char *name)
{
	const char *value = tag(checker, one, name);
	size_t digits = strspn(value, "0123456789");

	return digits && digits <= 15 && !value[digits] ? g_ascii_strtoll(value, NULL, 10)
	                                                : INSTANT_NONE;
}

/* How often a list of names, "from:to:from", has one. */
static int count_name(const char *list, const char *name)
{
	char **names = g_strsplit(list, ":", -1);
	int count = 0;

	for (char **one = names; *one; one++)
		count += strcmp(*one, name) == 0;
	g_strfreev(names);
	return count;
}

/* A field that is there more often than it is signed can be one that was added. */
static unsigned unsigned_fields(struct signature_checker *checker, DKIM_SIGINFO *one)
{
	static const struct { enum field_id id; const char *name; unsigned flag; } fields[] = {
		{ FIELD_FROM, "from", SIGNATURE_FROM_UNSIGNED },
		{ FIELD_DATE, "date", SIGNATURE_DATE_UNSIGNED },
		{ FIELD_TO, "to", SIGNATURE_TO_UNSIGNED },
		{ FIELD_SUBJECT, "subject", SIGNATURE_SUBJECT_UNSIGNED },
	};
	const char *list = tag(checker, one, "h");
	unsigned flags = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (count_name(list, fields[i].name) < checker->form.present[fields[i].id])
			flags |= fields[i].flag;
	return flags;
}

/* The one reason to fail that another key may take away. */
static const char other_header[] =
	"the header fields are not those that were signed, or the key is another";

/* Reasons by libopendkim's errors; of others its own words are given. */
static const struct error_meaning {
	DKIM_SIGERROR error;
	enum signature_result result;
	const char *reason;
} meanings[] = {
	{ DKIM_SIGERROR_NOKEY, SIGNATURE_UNTESTABLE, "there is no key for it" },
	{ DKIM_SIGERROR_KEYFAIL, SIGNATURE_UNTESTABLE, "the key's record is too long" },
	{ DKIM_SIGERROR_KEYREVOKED, SIGNATURE_UNTESTABLE, "the key was revoked" },
	{ DKIM_SIGERROR_DNSSYNTAX, SIGNATURE_UNTESTABLE, "the key's record is damaged" },
	{ DKIM_SIGERROR_KEYDECODE, SIGNATURE_UNTESTABLE, "the key is damaged" },
	{ DKIM_SIGERROR_KEYVERSION, SIGNATURE_UNTESTABLE, "the key's version is not known" },
	{ DKIM_SIGERROR_KEYUNKNOWNHASH, SIGNATURE_UNTESTABLE, "the key's hash is not known" },
	{ DKIM_SIGERROR_KEYTYPEMISSING, SIGNATURE_UNTESTABLE, "the key's type is missing" },
	{ DKIM_SIGERROR_KEYTYPEUNKNOWN, SIGNATURE_UNTESTABLE, "the key's type is not known" },
	{ DKIM_SIGERROR_VERSION, SIGNATURE_UNTESTABLE, "its version is not that of RFC 6376" },
	{ DKIM_SIGERROR_MISSING_V, SIGNATURE_UNTESTABLE, "it has no version: a draft of before RFC 4871" },
	{ DKIM_SIGERROR_INVALID_A, SIGNATURE_UNTESTABLE, "the algorithm is not known" },
	{ DKIM_SIGERROR_UNKNOWN, SIGNATURE_UNTESTABLE, "it could not be checked" },
	{ DKIM_SIGERROR_FUTURE, SIGNATURE_UNTESTABLE, "its times (t=, x=) are not those of mail" },
	{ DKIM_SIGERROR_EXPIRED, SIGNATURE_UNTESTABLE, "its times (t=, x=) are not those of mail" },
	{ DKIM_SIGERROR_INVALID_H, SIGNATURE_FAIL, "it does not cover From" },
	{ DKIM_SIGERROR_KEYHASHMISMATCH, SIGNATURE_FAIL, "the key is not for this hash" },
	{ DKIM_SIGERROR_NOTEMAILKEY, SIGNATURE_FAIL, "the key is not for mail" },
	{ DKIM_SIGERROR_SUBDOMAIN, SIGNATURE_FAIL, "the key is not for domains below its own" },
};

static void set_reason(struct signature_checker *checker, struct signature *signature,
                       DKIM_SIGINFO *one)
{
	DKIM_SIGERROR error = dkim_sig_geterror(one);

	signature->result = SIGNATURE_FAIL;
	if (error == DKIM_SIGERROR_BADSIG || error == DKIM_SIGERROR_OK) {
		signature->reason = dkim_sig_getflags(one) & DKIM_SIGFLAG_PASSED
		                    ? "the body is not the one that was signed" : other_header;
		return;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
		if (meanings[i].error == error) {
			signature->result = meanings[i].result;
			signature->reason = meanings[i].reason;
			return;
		}
	}
	char *reason = g_strdup_printf("it is malformed: %s", dkim_sig_geterrorstr(error));

	signature->reason = g_string_chunk_insert(checker->strings, reason);
	g_free(reason);
}

/* What is too weak says so whichever way it comes. */
static void set_weak(struct signature_checker *checker, struct signature *signature,
                     DKIM_SIGINFO *one)
{
	unsigned bits = 0;
	bool is_ed25519 = strcmp(signature->algorithm, "ed25519-sha256") == 0;

	dkim_sig_getkeysize(one, &bits);
	if (!is_ed25519 && bits < KEY_BITS_TRUSTED) {
		char *reason = g_strdup_printf("it holds, but by a key of %u bits, which anybody can "
		                               "find out (RFC 8301)", bits);

		signature->reason = g_string_chunk_insert(checker->strings, reason);
		g_free(reason);
	} else if (g_str_has_suffix(signature->algorithm, "-sha1")) {
		signature->reason = "it holds, but by SHA-1, which is no proof any more (RFC 8301)";
	} else {
		return;
	}
	signature->result = SIGNATURE_WEAK;
}

/* Does the body go on behind l=? libopendkim does not look there. */
static bool leaves_body(DKIM *dkim, DKIM_SIGINFO *one, const struct signed_body *body)
{
	dkim_canon_t header, form;
	ssize_t whole, canonical, covered = -1;

	return dkim_sig_getcanonlen(dkim, one, &whole, &canonical, &covered) == DKIM_STAT_OK &&
	       covered >= 0 && dkim_sig_getcanons(one, &header, &form) == DKIM_STAT_OK &&
	       signed_body_size(body, form == DKIM_CANON_RELAXED) > covered;
}

static void set_flags(struct signature_checker *checker, struct signature *signature,
                      DKIM *dkim, DKIM_SIGINFO *one, const struct signed_body *body,
                      const struct signature_subject *subject)
{
	char *address = g_strconcat("x@", signature->domain, NULL);
	char *normal = address_normalise(address);
	const char *at = strchr(normal, '@');

	if (at && is_aligned(at + 1, subject->sender_domain))
		signature->flags |= SIGNATURE_ALIGNED;
	g_free(normal);
	g_free(address);
	signature->flags |= unsigned_fields(checker, one);
	if (body->unquoted)
		signature->flags |= SIGNATURE_UNQUOTED;
	if (leaves_body(dkim, one, body))
		signature->flags |= SIGNATURE_PARTIAL_BODY;
	if (signature->expires != INSTANT_NONE && subject->arrival != INSTANT_NONE &&
	    subject->arrival > signature->expires)
		signature->flags |= SIGNATURE_EXPIRED;
	if (dkim_sig_getflags(one) & DKIM_SIGFLAG_TESTKEY)
		signature->flags |= SIGNATURE_TEST_KEY;
}

static struct signature judge(struct signature_checker *checker, DKIM *dkim, DKIM_SIGINFO *one,
                              const struct signed_body *body, const struct signature_subject *subject)
{
	const struct dkim_key *key = key_now(checker, one);
	struct signature signature = {
		.domain = tag(checker, one, "d"), .selector = tag(checker, one, "s"),
		.algorithm = tag(checker, one, "a"),
		.signed_at = tag_instant(checker, one, "t"), .expires = tag_instant(checker, one, "x"),
		.result = SIGNATURE_PASS, .reason = "", .key = key ? key->fingerprint : "",
	};

	set_flags(checker, &signature, dkim, one, body, subject);
	if (dkim_sig_geterror(one) != DKIM_SIGERROR_OK || !DKIM_SIG_CHECK(one)) {
		set_reason(checker, &signature, one);
	} else if (signature.flags & SIGNATURE_FROM_UNSIGNED) {
		signature.result = SIGNATURE_FAIL;
		signature.reason = "it does not cover From, or not all of several";
	} else {
		set_weak(checker, &signature, one);
	}
	return signature;
}

/* ---- time plays no part ---- */

/* No mail was signed before (2001; DKIM is of 2004). */
#define FIRST_SIGNED INT64_C(1000000000)

/* libopendkim asks the clock, whatever DKIM_OPTS_FIXEDTIME says: a signature has expired from x=
 * plus the drift on, and is of the future before t= less the drift, where less than 0 is late.
 * With the earliest t= as drift no signature of mail is either. */
static uint64_t drift_of(const struct signature_checker *checker)
{
	int64_t least = INT64_C(1) << 60;

	for (guint i = 0; i < checker->form.fields->len; i++) {
		int64_t at = signed_field_instant(&g_array_index(checker->form.fields, struct slice, i));

		if (at != INSTANT_NONE && at >= FIRST_SIGNED)
			least = MIN(least, at);
	}
	return (uint64_t)least;
}

static int set_option(DKIM_LIB *library, dkim_opts_t option, void *value, size_t size)
{
	return dkim_options(library, DKIM_OP_SETOPT, option, value, size) == DKIM_STAT_OK ? 0 : -1;
}

/* ---- one way through ---- */

static bool is_better(const struct signature *one, const struct signature *kept)
{
	return one->result < kept->result || (one->result == kept->result &&
	                                      kept->reason == other_header &&
	                                      one->reason != other_header);
}

/* Keep the best result of each signature. */
static void gather(struct signature_checker *checker, DKIM *dkim, const struct signed_body *body,
                   const struct signature_subject *subject)
{
	DKIM_SIGINFO **all;
	int count = 0;

	if (dkim_getsiglist(dkim, &all, &count) != DKIM_STAT_OK)
		return;
	for (int i = 0; i < count; i++) {
		struct signature signature = judge(checker, dkim, all[i], body, subject);

		if ((guint)i == checker->list->len)
			g_array_append_val(checker->list, signature);
		struct signature *kept = &g_array_index(checker->list, struct signature, i);

		if (is_better(&signature, kept))
			*kept = signature;
	}
}

static void go_through(struct signature_checker *checker, const struct signed_body *body,
                       const struct signature_subject *subject)
{
	DKIM_STAT status;
	_Bool test_key;

	set_option(checker->library, DKIM_OPTS_CLOCKDRIFT, &checker->drift, sizeof checker->drift);
	DKIM *dkim = dkim_verify(checker->library, (const unsigned char *)"message", NULL, &status);

	if (!dkim)
		g_error("out of memory");
	dkim_set_user_context(dkim, checker);
	/* It refuses fields and signatures that it cannot read; the others count all the same,
	 * and what became of each signature is told by itself. */
	for (guint i = 0; i < checker->form.fields->len; i++) {
		const struct slice *field = &g_array_index(checker->form.fields, struct slice, i);

		dkim_header(dkim, (unsigned char *)field->at, field->size);
	}
	dkim_eoh(dkim);
	if (body->size)
		dkim_body(dkim, (unsigned char *)body->bytes, body->size);
	dkim_eom(dkim, &test_key);
	gather(checker, dkim, body, subject);
	dkim_free(dkim);
}

/* Is there a signature that other bytes or another key might help? */
static bool is_left(const struct signature_checker *checker)
{
	for (guint i = 0; i < checker->list->len; i++)
		if (g_array_index(checker->list, struct signature, i).result > SIGNATURE_WEAK)
			return true;
	return false;
}

static void try_keys(struct signature_checker *checker, const struct signed_body *body,
                     const struct signature_subject *subject)
{
	checker->attempt = checker->most_keys = 0;
	do {
		go_through(checker, body, subject);
		checker->attempt++;
	} while (checker->attempt < checker->most_keys && is_left(checker));
}

/* ---- the message ---- */

static const struct signature *signature_at(const struct signature_checker *checker, int i)
{
	return &g_array_index(checker->list, struct signature, i);
}

/* The first signature of a result that has all of these flags; -1 if none has. */
static int find_result(const struct signature_checker *checker, unsigned results, unsigned flags)
{
	for (guint i = 0; i < checker->list->len; i++) {
		const struct signature *one = signature_at(checker, (int)i);

		if (results >> one->result & 1 && (one->flags & flags) == flags)
			return (int)i;
	}
	return -1;
}

static void decide(const struct signature_checker *checker, struct signature_report *report)
{
	static const struct rule {
		enum signature_status status;
		unsigned results, flags;
	} rules[] = {
		{ SIGNED_VERIFIED, 1u << SIGNATURE_PASS, SIGNATURE_ALIGNED },
		{ SIGNED_BY_OTHER, 1u << SIGNATURE_PASS, 0 },
		{ SIGNED_UNTESTABLE, 1u << SIGNATURE_WEAK | 1u << SIGNATURE_UNTESTABLE, SIGNATURE_ALIGNED },
		{ SIGNED_FAILING, 1u << SIGNATURE_FAIL, SIGNATURE_ALIGNED },
		{ SIGNED_UNTESTABLE, 1u << SIGNATURE_WEAK | 1u << SIGNATURE_UNTESTABLE, 0 },
		{ SIGNED_FAILING, 1u << SIGNATURE_FAIL, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
		report->decided = find_result(checker, rules[i].results, rules[i].flags);
		report->status = rules[i].status;
		if (report->decided >= 0)
			return;
	}
	report->status = SIGNED_UNTESTABLE;
	report->reason = "its header cannot be read";
}

void signature_check(struct signature_checker *checker, const uint8_t *bytes, size_t size,
                     const struct signature_subject *subject, struct signature_report *report)
{
	struct signed_body body, other;

	g_array_set_size(checker->list, 0);
	g_string_chunk_clear(checker->strings);
	*report = (struct signature_report){ .status = SIGNED_NOT, .decided = -1, .reason = "" };
	signed_form_read(&checker->form, bytes, size, &body);
	if (!checker->form.signatures)
		return;
	checker->drift = drift_of(checker);
	try_keys(checker, &body, subject);
	if (find_result(checker, 1u << SIGNATURE_FAIL, 0) >= 0 &&
	    signed_body_unquote(&body, checker->unquoted, &other))
		try_keys(checker, &other, subject);
	decide(checker, report);
	report->list = (const struct signature *)(void *)checker->list->data;
	report->count = checker->list->len;
}

/* ---- the library ---- */

/* What a key is worth is said here. A damaged signature is told of. */
static int set_options(DKIM_LIB *library)
{
	unsigned flags = DKIM_LIBFLAGS_BADSIGHANDLES, bits = 0;

	if (set_option(library, DKIM_OPTS_FLAGS, &flags, sizeof flags) < 0 ||
	    set_option(library, DKIM_OPTS_MINKEYBITS, &bits, sizeof bits) < 0)
		return -1;
	return dkim_set_key_lookup(library, look_up) == DKIM_STAT_OK ? 0 : -1;
}

struct signature_checker *signature_checker_new(struct dkim_keys *keys, struct error *err)
{
	DKIM_LIB *library = dkim_init(NULL, NULL);

	if (!library || set_options(library) < 0) {
		error_set(err, "libopendkim does not take its options: it is of another version");
		if (library)
			dkim_close(library);
		return NULL;
	}
	struct signature_checker *checker = g_new0(struct signature_checker, 1);

	checker->library = library;
	checker->keys = keys;
	signed_form_init(&checker->form);
	checker->list = g_array_new(FALSE, FALSE, sizeof(struct signature));
	checker->unquoted = g_byte_array_new();
	checker->strings = g_string_chunk_new(1024);
	return checker;
}

void signature_checker_free(struct signature_checker *checker)
{
	if (!checker)
		return;
	dkim_close(checker->library);
	signed_form_clear(&checker->form);
	g_array_unref(checker->list);
	g_byte_array_unref(checker->unquoted);
	g_string_chunk_free(checker->strings);
	g_free(checker);
}

#endif
