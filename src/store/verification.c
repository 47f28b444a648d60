/* What signatures say of messages: results by copy, keys, and what follows for a message. */
#include "epistograph/verification.h"

#include "casefile_internal.h"

#include "epistograph/dkim_keys.h"
#include "epistograph/error.h"
#include "epistograph/text.h"

#include <string.h>

/* ---- keys ---- */

int casefile_get_dkim_keys(struct casefile *casefile, struct dkim_keys *keys, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT name, record FROM dkim_key", err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(casefile, all, err)) > 0)
		dkim_keys_add(keys, column_text(all, 0), column_text(all, 1));
	sqlite3_finalize(all);
	return got;
}

static int put_keys(struct casefile *casefile, struct dkim_keys *keys, struct error *err)
{
	size_t count;
	const struct dkim_key *list = dkim_keys_list(keys, &count);

	for (size_t i = 0; i < count; i++) {
		sqlite3_stmt *insert = casefile_statement(casefile, KEY_INSERT, err);

		if (!insert)
			return -1;
		bind_text(casefile, insert, 1, list[i].name);
		bind_text(casefile, insert, 2, list[i].record);
		bind_text(casefile, insert, 3, list[i].fingerprint);
		if (casefile_run(casefile, insert, err) < 0)
			return -1;
	}
	return 0;
}

/* Names that have a key now or had one, not both. */
#define CHANGED_NAMES \
	"SELECT name FROM (SELECT * FROM before EXCEPT SELECT * FROM dkim_key)" \
	" UNION SELECT name FROM (SELECT * FROM dkim_key EXCEPT SELECT * FROM before)"

static const char forget_text[] =
	"DELETE FROM checked WHERE unread OR (file, offset, member) IN"
	" (SELECT file, offset, member FROM signature"
	"  WHERE selector || '._domainkey.' || domain IN (" CHANGED_NAMES "))";

static const char forget_signatures_text[] =
	"DELETE FROM signature WHERE (file, offset, member) NOT IN"
	" (SELECT file, offset, member FROM checked)";

/* What was said of messages is stale with any of their copies. */
static int forget(struct casefile *casefile, struct error *err)
{
	if (casefile_execute(casefile, forget_text, err) < 0)
		return -1;
	if (!sqlite3_changes64(casefile->db))
		return 0;
	return casefile_execute(casefile, forget_signatures_text, err) < 0 ? -1
	       : casefile_execute(casefile, "DELETE FROM verification", err);
}

int casefile_set_dkim_keys(struct casefile *casefile, struct dkim_keys *keys, struct error *err)
{
	if (casefile_begin(casefile, err) < 0 ||
	    casefile_execute(casefile, "CREATE TEMP TABLE before AS SELECT * FROM dkim_key;"
	                     "DELETE FROM dkim_key", err) < 0 ||
	    put_keys(casefile, keys, err) < 0 || forget(casefile, err) < 0 ||
	    casefile_execute(casefile, "DROP TABLE before", err) < 0)
		return -1;
	return casefile_commit(casefile, err);
}

/* ---- copies ---- */

#define UNCHECKED \
	" WHERE NOT EXISTS (SELECT 1 FROM checked WHERE checked.file = origin.file" \
	" AND checked.offset = origin.offset AND checked.member = origin.member)"

int casefile_unchecked_size(struct casefile *casefile, int64_t *bytes, struct error *err)
{
	return casefile_number(casefile, "SELECT sum(max(size, 0)) FROM origin" UNCHECKED, 0, bytes,
	                       err);
}

int casefile_walk_unchecked(struct casefile *casefile,
                            int (*take)(void *context, const struct casefile_copy *copy,
                                        struct error *err),
                            void *context, struct error *err)
{
	sqlite3_stmt *row = casefile_prepare(casefile, "SELECT " COPY_COLUMNS " FROM origin "
	                                     COPY_JOINS UNCHECKED " ORDER BY " COPY_ORDER, err);
	int status = row ? copies_walk(casefile, row, take, context, err) : -1;

	sqlite3_finalize(row);
	return status;
}

static void bind_place(struct casefile *casefile, sqlite3_stmt *insert,
                       const struct casefile_copy *copy)
{
	bind_number(casefile, insert, 1, copy->file);
	bind_number(casefile, insert, 2, copy->offset);
	bind_text(casefile, insert, 3, copy->member);
}

static int put_signature(struct casefile *casefile, const struct casefile_copy *copy, int position,
                         const struct signature *one, struct error *err)
{
	sqlite3_stmt *insert = casefile_statement(casefile, SIGNATURE_INSERT, err);

	if (!insert)
		return -1;
	bind_place(casefile, insert, copy);
	bind_number(casefile, insert, 4, position);
	bind_text(casefile, insert, 5, one->domain);
	bind_text(casefile, insert, 6, one->selector);
	bind_text(casefile, insert, 7, one->algorithm);
	bind_number(casefile, insert, 8, one->result);
	bind_text(casefile, insert, 9, one->reason);
	bind_text(casefile, insert, 10, one->key);
	bind_number(casefile, insert, 11, one->flags);
	bind_instant(casefile, insert, 12, one->signed_at);
	bind_instant(casefile, insert, 13, one->expires);
	return casefile_run(casefile, insert, err);
}

int casefile_set_signatures(struct casefile *casefile, const struct casefile_copy *copy,
                            const struct signature_report *report, bool unread,
                            struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	sqlite3_stmt *insert = casefile_statement(casefile, CHECKED_INSERT, err);

	if (!insert)
		return -1;
	bind_place(casefile, insert, copy);
	bind_number(casefile, insert, 4, report->status);
	/* Positions begin at 0, which as an id would be none. */
	if (report->decided >= 0)
		bind_number(casefile, insert, 5, report->decided);
	else
		bind_id(casefile, insert, 5, 0);
	bind_text(casefile, insert, 6, report->reason);
	bind_number(casefile, insert, 7, unread);
	if (casefile_run(casefile, insert, err) < 0)
		return -1;
	for (size_t i = 0; i < report->count; i++)
		if (put_signature(casefile, copy, (int)i, &report->list[i], err) < 0)
			return -1;
	return casefile_count(casefile, 40 + 160 * (int64_t)report->count, err);
}

/* ---- messages ---- */

static const char settle_text[] =
	"DELETE FROM verification;"
	"INSERT INTO verification SELECT message, status, domain, result, flags FROM"
	" (SELECT ifnull(original, message.id) AS message, checked.status,"
	"   signature.domain, signature.result, ifnull(signature.flags, 0) AS flags,"
	"   row_number() OVER (PARTITION BY ifnull(original, message.id)"
	"    ORDER BY checked.status, checked.file, checked.offset, checked.member) AS number"
	"  FROM checked CROSS JOIN origin USING (file, offset, member)"
	"  CROSS JOIN message ON message.id = origin.message"
	"  LEFT JOIN signature ON signature.file = checked.file AND signature.offset = checked.offset"
	"   AND signature.member = checked.member AND signature.position = checked.decided)"
	" WHERE number = 1 ORDER BY message";

int verification_settle(struct casefile *casefile, struct error *err)
{
	int64_t any;

	if (casefile_number(casefile, "SELECT EXISTS(SELECT 1 FROM checked) OR"
	                    " EXISTS(SELECT 1 FROM verification)", 0, &any, err) < 0)
		return -1;
	return any ? casefile_execute(casefile, settle_text, err) : 0;
}

int casefile_finish_signatures(struct casefile *casefile, struct error *err)
{
	if (casefile_begin(casefile, err) < 0 || verification_settle(casefile, err) < 0)
		return -1;
	return casefile_commit(casefile, err);
}

/* ---- the account ---- */

/* Messages that count, each with what is known of it. */
#define JUDGED \
	" FROM message LEFT JOIN verification ON verification.message = message.id" \
	" WHERE original IS NULL AND id NOT IN (SELECT message FROM loose)"

int casefile_verification(struct casefile *casefile, struct casefile_verification *account,
                          struct error *err)
{
	sqlite3_stmt *all;
	int got;

	*account = (struct casefile_verification){ 0 };
	if (casefile_number(casefile, "SELECT count(*) FROM checked WHERE unread", 0, &account->unread,
	                    err) < 0 ||
	    casefile_number(casefile, "SELECT count(*) FROM dkim_key", 0, &account->keys, err) < 0 ||
	    casefile_number(casefile, "SELECT count(*)" JUDGED " AND status = 2 AND result = 1", 0,
	                    &account->weak, err) < 0 ||
	    !(all = casefile_prepare(casefile, "SELECT ifnull(status, 5), count(*)" JUDGED
	                             " GROUP BY 1", err)))
		return -1;
	G_STATIC_ASSERT(SIGNED_UNCHECKED == 5 && SIGNED_UNTESTABLE == 2 && SIGNATURE_WEAK == 1);
	while ((got = casefile_step(casefile, all, err)) > 0) {
		int status = column_word(casefile, all, 0, SIGNED_UNCHECKED + 1, err);
		int64_t count = sqlite3_column_int64(all, 1);

		if (status < 0) {
			got = -1;
			break;
		}
		account->messages += count;
		*(status == SIGNED_UNCHECKED ? &account->unchecked : &account->by_status[status]) = count;
	}
	sqlite3_finalize(all);
	return got;
}

int casefile_require_signatures(struct casefile *casefile, struct error *err)
{
	struct casefile_verification account;

	if (casefile_verification(casefile, &account, err) < 0)
		return -1;
	if (!account.unchecked)
		return 0;
	return error_set(err, "the signatures of %s in %s are not checked: run 'epistograph verify"
	                 " --keys FILE' first", account.unchecked == account.messages ? "the mail"
	                 : text_counted(account.unchecked, "message", "messages"), casefile->path);
}

/* ---- by domain ---- */

static const char signers_text[] =
	"SELECT domain, status, count(*), sum(flags >> 1 & 1), sum(flags >> 2 & 1),"
	"  sum(flags >> 3 & 1), sum(status = 2 AND result = 1),"
	"  sum(count(*)) OVER (PARTITION BY domain) AS whole" JUDGED
	" AND status IS NOT NULL GROUP BY domain, status"
	" ORDER BY domain IS NULL, whole DESC, domain, status";

static void add_row(struct casefile_signer *signer, sqlite3_stmt *row, int status)
{
	int64_t count = sqlite3_column_int64(row, 2);

	signer->messages += count;
	signer->by_status[status] += count;
	signer->partial_body += sqlite3_column_int64(row, 3);
	signer->from_unsigned += sqlite3_column_int64(row, 4);
	signer->date_unsigned += sqlite3_column_int64(row, 5);
	signer->weak += sqlite3_column_int64(row, 6);
}

int casefile_walk_signers(struct casefile *casefile,
                          int (*take)(void *context, const struct casefile_signer *signer,
                                      struct error *err),
                          void *context, struct error *err)
{
	sqlite3_stmt *row = casefile_prepare(casefile, signers_text, err);
	struct casefile_signer signer = { .domain = NULL };
	char *domain = NULL;
	int got = row ? 1 : -1, told = 0;

	while (told == 0 && got > 0 && (got = casefile_step(casefile, row, err)) > 0) {
		const char *next = (const char *)sqlite3_column_text(row, 0);
		int status = column_word(casefile, row, 1, SIGNED_STATUS_COUNT, err);

		if (status < 0) {
			got = -1;
			break;
		}
		if (signer.messages && g_strcmp0(next, domain) != 0) {
			told = take(context, &signer, err);
			signer = (struct casefile_signer){ .domain = NULL };
		}
		g_free(domain);
		signer.domain = domain = g_strdup(next);
		add_row(&signer, row, status);
	}
	if (got == 0 && told == 0 && signer.messages)
		told = take(context, &signer, err);
	sqlite3_finalize(row);
	g_free(domain);
	return got < 0 ? -1 : told;
}
