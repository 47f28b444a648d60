#include "columns.h"

#include "epistograph/error.h"

#include <stdlib.h>
#include <string.h>

/* How much a name says. */
enum meaning {
	GENERAL,                        /* met in tables of anything */
	MAIL_LIKE,                      /* two of these make a table of mail */
	MAIL_ONLY,                      /* one does */
};

/* Names as load files of Concordance, Relativity, Nuix and Ringtail have them, as
 * Outlook exports them, and as edge lists do; compared without case, blanks and
 * signs, and without "email" or "message" before them and "utc" or "gmt" behind.
 * Of several columns that mean the same the one named first here is taken. */
static const struct synonym {
	const char *name;
	enum column column;
	enum meaning meaning;
} synonyms[] = {
	{ "fromaddress", COLUMN_FROM, MAIL_LIKE },
	{ "fromemail", COLUMN_FROM, MAIL_LIKE },
	{ "fromemailaddress", COLUMN_FROM, MAIL_LIKE },
	{ "fromsmtpaddress", COLUMN_FROM, MAIL_ONLY },
	{ "from", COLUMN_FROM, GENERAL },
	{ "senderemailaddress", COLUMN_FROM, MAIL_LIKE },
	{ "senderaddress", COLUMN_FROM, MAIL_LIKE },
	{ "senderemail", COLUMN_FROM, MAIL_LIKE },
	{ "sendersmtpaddress", COLUMN_FROM, MAIL_ONLY },
	{ "sender", COLUMN_FROM, MAIL_LIKE },
	{ "vonadresse", COLUMN_FROM, MAIL_LIKE },
	{ "von", COLUMN_FROM, GENERAL },
	{ "absender", COLUMN_FROM, MAIL_LIKE },
	{ "de", COLUMN_FROM, GENERAL },
	{ "expéditeur", COLUMN_FROM, MAIL_LIKE },
	{ "remitente", COLUMN_FROM, MAIL_LIKE },
	{ "mittente", COLUMN_FROM, MAIL_LIKE },
	{ "author", COLUMN_FROM, GENERAL },
	{ "source", COLUMN_FROM, GENERAL },
	{ "src", COLUMN_FROM, GENERAL },
	{ "fromname", COLUMN_FROM_NAME, GENERAL },
	{ "fromdisplayname", COLUMN_FROM_NAME, GENERAL },
	{ "sendername", COLUMN_FROM_NAME, GENERAL },
	{ "senderdisplayname", COLUMN_FROM_NAME, GENERAL },
	{ "vonname", COLUMN_FROM_NAME, GENERAL },
	{ "toaddress", COLUMN_TO, MAIL_LIKE },
	{ "toaddresses", COLUMN_TO, MAIL_LIKE },
	{ "toemail", COLUMN_TO, MAIL_LIKE },
	{ "toemailaddress", COLUMN_TO, MAIL_LIKE },
	{ "tosmtpaddress", COLUMN_TO, MAIL_ONLY },
	{ "to", COLUMN_TO, GENERAL },
	{ "torecipients", COLUMN_TO, MAIL_LIKE },
	{ "recipientsto", COLUMN_TO, MAIL_LIKE },
	{ "recipientto", COLUMN_TO, MAIL_LIKE },
	{ "recipientaddress", COLUMN_TO, MAIL_LIKE },
	{ "recipientaddresses", COLUMN_TO, MAIL_LIKE },
	{ "recipientemail", COLUMN_TO, MAIL_LIKE },
	{ "recipient", COLUMN_TO, MAIL_LIKE },
	{ "recipients", COLUMN_TO, MAIL_LIKE },
	{ "receiver", COLUMN_TO, MAIL_LIKE },
	{ "addressee", COLUMN_TO, MAIL_LIKE },
	{ "anadresse", COLUMN_TO, MAIL_LIKE },
	{ "an", COLUMN_TO, GENERAL },
	{ "empfänger", COLUMN_TO, MAIL_LIKE },
	{ "à", COLUMN_TO, GENERAL },
	{ "destinataire", COLUMN_TO, MAIL_LIKE },
	{ "destinataires", COLUMN_TO, MAIL_LIKE },
	{ "destinatario", COLUMN_TO, MAIL_LIKE },
	{ "para", COLUMN_TO, GENERAL },
	{ "target", COLUMN_TO, GENERAL },
	{ "dst", COLUMN_TO, GENERAL },
	{ "destination", COLUMN_TO, GENERAL },
	{ "toname", COLUMN_TO_NAME, GENERAL },
	{ "todisplayname", COLUMN_TO_NAME, GENERAL },
	{ "recipientname", COLUMN_TO_NAME, GENERAL },
	{ "recipientnames", COLUMN_TO_NAME, GENERAL },
	{ "anname", COLUMN_TO_NAME, GENERAL },
	{ "ccaddress", COLUMN_CC, MAIL_LIKE },
	{ "ccaddresses", COLUMN_CC, MAIL_LIKE },
	{ "ccemail", COLUMN_CC, MAIL_LIKE },
	{ "cc", COLUMN_CC, MAIL_LIKE },
	{ "ccs", COLUMN_CC, MAIL_LIKE },
	{ "ccrecipients", COLUMN_CC, MAIL_LIKE },
	{ "recipientscc", COLUMN_CC, MAIL_LIKE },
	{ "recipientcc", COLUMN_CC, MAIL_LIKE },
	{ "ccadresse", COLUMN_CC, MAIL_LIKE },
	{ "copyee", COLUMN_CC, MAIL_LIKE },
	{ "copyees", COLUMN_CC, MAIL_LIKE },
	{ "ccname", COLUMN_CC_NAME, MAIL_LIKE },
	{ "ccdisplayname", COLUMN_CC_NAME, MAIL_LIKE },
	{ "bccaddress", COLUMN_BCC, MAIL_ONLY },
	{ "bccaddresses", COLUMN_BCC, MAIL_ONLY },
	{ "bccemail", COLUMN_BCC, MAIL_ONLY },
	{ "bcc", COLUMN_BCC, MAIL_ONLY },
	{ "bccs", COLUMN_BCC, MAIL_ONLY },
	{ "bccrecipients", COLUMN_BCC, MAIL_ONLY },
	{ "recipientsbcc", COLUMN_BCC, MAIL_ONLY },
	{ "recipientbcc", COLUMN_BCC, MAIL_ONLY },
	{ "bccadresse", COLUMN_BCC, MAIL_ONLY },
	{ "blindcopyee", COLUMN_BCC, MAIL_ONLY },
	{ "blindcopyees", COLUMN_BCC, MAIL_ONLY },
	{ "bccname", COLUMN_BCC_NAME, MAIL_ONLY },
	{ "bccdisplayname", COLUMN_BCC_NAME, MAIL_ONLY },
	{ "replyto", COLUMN_REPLY_TO, MAIL_ONLY },
	{ "datetimesent", COLUMN_DATE, MAIL_ONLY },
	{ "sentdatetime", COLUMN_DATE, MAIL_ONLY },
	{ "datesent", COLUMN_DATE, MAIL_ONLY },
	{ "sentdate", COLUMN_DATE, MAIL_ONLY },
	{ "senton", COLUMN_DATE, MAIL_ONLY },
	{ "sentat", COLUMN_DATE, MAIL_ONLY },
	{ "sent", COLUMN_DATE, MAIL_LIKE },
	{ "gesendet", COLUMN_DATE, MAIL_LIKE },
	{ "gesendetam", COLUMN_DATE, MAIL_ONLY },
	{ "datedenvoi", COLUMN_DATE, MAIL_ONLY },
	{ "clientsubmittime", COLUMN_DATE, MAIL_ONLY },
	{ "datetime", COLUMN_DATE, GENERAL },
	{ "date", COLUMN_DATE, GENERAL },
	{ "datum", COLUMN_DATE, GENERAL },
	{ "fecha", COLUMN_DATE, GENERAL },
	{ "data", COLUMN_DATE, GENERAL },
	{ "timestamp", COLUMN_DATE, GENERAL },
	{ "instant", COLUMN_DATE, GENERAL },
	{ "timesent", COLUMN_TIME, MAIL_ONLY },
	{ "senttime", COLUMN_TIME, MAIL_ONLY },
	{ "time", COLUMN_TIME, GENERAL },
	{ "datetimereceived", COLUMN_RECEIVED, MAIL_LIKE },
	{ "receiveddatetime", COLUMN_RECEIVED, MAIL_LIKE },
	{ "datereceived", COLUMN_RECEIVED, MAIL_LIKE },
	{ "receiveddate", COLUMN_RECEIVED, MAIL_LIKE },
	{ "receivedon", COLUMN_RECEIVED, MAIL_LIKE },
	{ "received", COLUMN_RECEIVED, GENERAL },
	{ "deliverytime", COLUMN_RECEIVED, GENERAL },
	{ "timereceived", COLUMN_TIME_RECEIVED, MAIL_LIKE },
	{ "receivedtime", COLUMN_TIME_RECEIVED, MAIL_LIKE },
	{ "subject", COLUMN_SUBJECT, MAIL_LIKE },
	{ "subjectline", COLUMN_SUBJECT, MAIL_LIKE },
	{ "betreff", COLUMN_SUBJECT, MAIL_LIKE },
	{ "objet", COLUMN_SUBJECT, MAIL_LIKE },
	{ "asunto", COLUMN_SUBJECT, MAIL_LIKE },
	{ "oggetto", COLUMN_SUBJECT, MAIL_LIKE },
	{ "messageid", COLUMN_ID, MAIL_ONLY },
	{ "internetmessageid", COLUMN_ID, MAIL_ONLY },
	{ "msgid", COLUMN_ID, MAIL_ONLY },
	{ "inreplyto", COLUMN_IN_REPLY_TO, MAIL_ONLY },
	{ "inreplytoid", COLUMN_IN_REPLY_TO, MAIL_ONLY },
	{ "references", COLUMN_REFERENCES, GENERAL },
	{ "role", COLUMN_ROLE, GENERAL },
	{ "recipienttype", COLUMN_ROLE, MAIL_LIKE },
	{ "weight", COLUMN_WEIGHT, GENERAL },
	{ "messages", COLUMN_WEIGHT, MAIL_LIKE },
	{ "messagecount", COLUMN_WEIGHT, MAIL_LIKE },
	{ "conversation", COLUMN_THREAD, MAIL_LIKE },
	{ "conversationindex", COLUMN_THREAD, MAIL_ONLY },
	{ "conversationtopic", COLUMN_THREAD, MAIL_ONLY },
	{ "threadid", COLUMN_THREAD, MAIL_LIKE },
};

/* What --columns calls them. */
static const struct {
	const char *word;
	enum column column;
} words[] = {
	{ "from", COLUMN_FROM }, { "from-name", COLUMN_FROM_NAME },
	{ "to", COLUMN_TO }, { "to-name", COLUMN_TO_NAME },
	{ "cc", COLUMN_CC }, { "cc-name", COLUMN_CC_NAME },
	{ "bcc", COLUMN_BCC }, { "bcc-name", COLUMN_BCC_NAME }, { "reply-to", COLUMN_REPLY_TO },
	{ "date", COLUMN_DATE }, { "time", COLUMN_TIME },
	{ "received", COLUMN_RECEIVED }, { "received-time", COLUMN_TIME_RECEIVED },
	{ "subject", COLUMN_SUBJECT }, { "id", COLUMN_ID }, { "in-reply-to", COLUMN_IN_REPLY_TO },
	{ "references", COLUMN_REFERENCES }, { "role", COLUMN_ROLE }, { "weight", COLUMN_WEIGHT },
};

const char *columns_word(enum column column)
{
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (words[i].column == column)
			return words[i].word;
	return "";
}

/* A name by its letters and digits alone, in lower case. g_free(). */
static char *comparable(const char *name)
{
	GString *out = g_string_new(NULL);
	char *valid = g_utf8_make_valid(name, -1);
	char *composed = g_utf8_normalize(valid, -1, G_NORMALIZE_NFC);

	for (const char *c = composed; *c; c = g_utf8_next_char(c))
		if (g_unichar_isalnum(g_utf8_get_char(c)))
			g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(c)));
	g_free(composed);
	g_free(valid);
	return g_string_free(out, FALSE);
}

/* ---- what the user says ---- */

static int choose(struct column_choice *choice, const char *entry, struct error *err)
{
	const char *equals = strchr(entry, '=');
	size_t size = equals != NULL ? (size_t)(equals - entry) : 0;

	if (equals == NULL || equals[1] == '\0')
		return error_set(err, "--columns: '%s' is not of the form from=3 or from=Sender", entry);
	if (strcmp(entry, "header=none") == 0) {
		choice->no_header = true;
		return 0;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (strlen(words[i].word) != size || strncmp(words[i].word, entry, size) != 0)
			continue;
		enum column column = words[i].column;
		if (choice->names[column] != NULL || choice->numbers[column] != 0)
			return error_set(err, "--columns: %s is given twice", words[i].word);
		choice->any = true;
		if (strspn(equals + 1, "0123456789") != strlen(equals + 1)) {
			choice->names[column] = comparable(equals + 1);
			return 0;
		}
		choice->numbers[column] = (int)MIN(g_ascii_strtoull(equals + 1, NULL, 10), INT16_MAX);
		if (choice->numbers[column] == 0)
			return error_set(err, "--columns: columns are counted from 1");
		return 0;
	}
	return error_set(err, "--columns: '%.*s' is no column of mail; there are from, to, cc, bcc, "
	                 "reply-to (from-name, to-name, cc-name, bcc-name), date, time, received, "
	                 "received-time, subject, id, in-reply-to, references, role, weight and "
	                 "header=none", (int)size, entry);
}

int column_choice_read(const char *text, struct column_choice *choice, struct error *err)
{
	*choice = (struct column_choice){ .any = false };
	if (text == NULL)
		return 0;
	char **entries = g_strsplit(text, ",", -1);
	int status = 0;

	for (char **entry = entries; *entry != NULL && status == 0; entry++)
		status = choose(choice, g_strstrip(*entry), err);
	for (int i = 0; i < COLUMN_COUNT && status == 0; i++)
		if (choice->no_header && choice->names[i] != NULL)
			status = error_set(err, "--columns: without a header row columns are given by number");
	if (status == 0 && choice->no_header && !choice->any)
		status = error_set(err, "--columns: header=none needs the numbers of the columns");
	g_strfreev(entries);
	if (status < 0)
		column_choice_clear(choice);
	return status;
}

void column_choice_clear(struct column_choice *choice)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		g_clear_pointer(&choice->names[i], g_free);
	choice->any = false;
}

/* ---- what the names say ---- */

static int find_exactly(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(synonyms); i++)
		if (strcmp(synonyms[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* The place in synonyms of what a comparable name means, or -1. */
static int find_meaning(const char *name, bool *utc)
{
	static const char *const fronts[] = { "", "email", "mail", "message", "msg" };
	static const char *const zones[] = { "utc", "gmt" };
	char *plain = g_strdup(name);
	int found = -1;

	for (size_t z = 0; z < G_N_ELEMENTS(zones) && !*utc; z++)
		*utc = g_str_has_suffix(plain, zones[z]);
	if (*utc)
		plain[strlen(plain) - 3] = '\0';
	for (size_t f = 0; f < G_N_ELEMENTS(fronts) && found < 0; f++)
		if (g_str_has_prefix(plain, fronts[f]))
			found = find_exactly(plain + strlen(fronts[f]));
	g_free(plain);
	return found;
}

/* Fill columns by what is chosen; false if the table lacks some of it. */
static bool apply_choice(const struct column_choice *choice, char *const *names, size_t count,
                         struct columns *columns)
{
	for (int column = 0; column < COLUMN_COUNT; column++) {
		size_t at = (size_t)choice->numbers[column];

		if (choice->names[column] != NULL) {
			for (at = 1; at <= count; at++)
				if (strcmp(names[at - 1], choice->names[column]) == 0)
					break;
		} else if (at == 0) {
			continue;
		}
		if (at > count)
			return false;
		columns->at[column] = (int16_t)(at - 1);
	}
	return true;
}

static bool is_taken(const struct columns *columns, size_t at)
{
	for (int column = 0; column < COLUMN_COUNT; column++)
		if (columns->at[column] == (int16_t)at)
			return true;
	return false;
}

/* Add what the names mean. *like, *only: how many speak of mail. */
static void read_names(char *const *names, size_t count, struct columns *columns, int *like,
                       int *only)
{
	int best[COLUMN_COUNT];         /* the place in synonyms that decided */

	for (int column = 0; column < COLUMN_COUNT; column++)
		best[column] = columns->at[column] >= 0 ? -1 : INT32_MAX;
	for (size_t i = 0; i < count; i++) {
		bool utc = false;
		int found = is_taken(columns, i) ? -1 : find_meaning(names[i], &utc);

		if (found < 0 || found >= best[synonyms[found].column])
			continue;
		enum column column = synonyms[found].column;
		best[column] = found;
		columns->at[column] = (int16_t)i;
		columns->utc[column] = utc;
	}
	for (int column = 0; column < COLUMN_COUNT; column++) {
		if (best[column] < 0 || best[column] == INT32_MAX)
			continue;
		*like += synonyms[best[column]].meaning == MAIL_LIKE;
		*only += synonyms[best[column]].meaning == MAIL_ONLY;
	}
}

static void promote(struct columns *columns, enum column to, enum column from)
{
	if (columns->at[to] >= 0)
		return;
	columns->at[to] = columns->at[from];
	columns->utc[to] = columns->utc[from];
	columns->at[from] = -1;
}

void columns_find(const char *const *cells, size_t count, const struct column_choice *choice,
                  struct columns *columns)
{
	char **names = g_new0(char *, count + 1);
	int like = 0, only = 0;

	*columns = (struct columns){ .header = true };
	memset(columns->at, -1, sizeof columns->at);
	for (size_t i = 0; i < count; i++)
		names[i] = comparable(cells[i]);
	bool chosen = choice->any && apply_choice(choice, names, count, columns);
	if (chosen)
		columns->header = !choice->no_header;
	else
		memset(columns->at, -1, sizeof columns->at);
	if (columns->header)
		read_names(names, count, columns, &like, &only);
	/* Names serve where a table has no addresses, a time that is alone is a date. */
	promote(columns, COLUMN_FROM, COLUMN_FROM_NAME);
	promote(columns, COLUMN_TO, COLUMN_TO_NAME);
	promote(columns, COLUMN_CC, COLUMN_CC_NAME);
	promote(columns, COLUMN_BCC, COLUMN_BCC_NAME);
	promote(columns, COLUMN_DATE, COLUMN_TIME);
	for (int column = 0; column < COLUMN_COUNT; column++) {
		columns->known += columns->at[column] >= 0;
		columns->used = MAX(columns->used, (size_t)(columns->at[column] + 1));
	}
	bool ends = columns->at[COLUMN_FROM] >= 0 &&
	            (columns->at[COLUMN_TO] >= 0 || columns->at[COLUMN_CC] >= 0 ||
	             columns->at[COLUMN_BCC] >= 0);
	/* A table of ties has no dates: a row of it stands for many messages. */
	if (ends && (chosen || only > 0 || like > 1))
		columns->grade = COLUMNS_MAIL;
	else if (ends && (like > 0 || columns->at[COLUMN_DATE] >= 0))
		columns->grade = COLUMNS_IF_ADDRESSES;
	g_strfreev(names);
}
