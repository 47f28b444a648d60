/* What Gmail's export says of messages: labels, and which conversation they belong to. */
#include "casefile_internal.h"

#include "epistograph/error.h"

#include <string.h>

static int put_pair(struct casefile *casefile, enum statement which, int64_t message, int64_t value,
                    struct error *err)
{
	sqlite3_stmt *insert = casefile_statement(casefile, which, err);

	if (!insert)
		return -1;
	bind_number(casefile, insert, 1, message);
	bind_number(casefile, insert, 2, value);
	return casefile_run(casefile, insert, err);
}

static int put_label(struct casefile *casefile, int64_t id, const char *label, struct error *err)
{
	int64_t number;

	return intern_get(casefile, &casefile->labels, label, &number, err) < 0 ? -1
	       : put_pair(casefile, LABELLED_INSERT, id, number, err);
}

int labels_put(struct casefile *casefile, int64_t id, const struct message *message,
               struct error *err)
{
	const char *conversation = message->conversation;
	int status = 0;

	if (conversation && *conversation) {
		memo_drop(&casefile->memo);     /* of copies the first one's holds, as the file tells */
		status = put_pair(casefile, CONVERSATION_INSERT, id,
		                  g_ascii_strtoll(conversation, NULL, 10), err);
	}
	if (!message->labels || !*message->labels)
		return status;
	char **labels = g_strsplit(message->labels, "\n", -1);

	for (char **label = labels; *label && status == 0; label++)
		status = put_label(casefile, id, *label, err);
	g_strfreev(labels);
	return status;
}

int labels_drop(struct casefile *casefile, int64_t id, struct error *err)
{
	static const enum statement both[] = { LABELLED_DROP, CONVERSATION_DROP };

	for (size_t i = 0; i < G_N_ELEMENTS(both); i++) {
		sqlite3_stmt *drop = casefile_statement(casefile, both[i], err);

		if (!drop)
			return -1;
		bind_number(casefile, drop, 1, id);
		if (casefile_run(casefile, drop, err) < 0)
			return -1;
	}
	return 0;
}
