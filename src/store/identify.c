/* Persons: what is stored is laid before the rules, their result is stored. */
#include "identify.h"

#include "id_map.h"
#include "name_usage.h"

#include "epistograph/error.h"
#include "epistograph/identity.h"
#include "epistograph/thread.h"

/* One run of the rules. */
struct run {
	struct casefile *casefile;
	struct identity *identity;
	struct id_map numbers;          /* address id to number in identity */
	GPtrArray *texts;               /* addresses by number; owned */
	struct id_map circles;          /* message id to where its recipients begin */
	GArray *circled;                /* uint32_t: how many they are, then their numbers */
};

static int64_t id_of(const struct run *run, size_t number)
{
	return g_array_index(run->numbers.ids, int64_t, number);
}

/* ---- laying before ---- */

static int add_addresses(struct run *run, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(run->casefile, "SELECT id, address FROM address"
	                                     " ORDER BY id", err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(run->casefile, all, err)) > 0) {
		const char *text = column_text(all, 1);

		id_map_add(&run->numbers, sqlite3_column_int64(all, 0),
		           (int64_t)identity_add(run->identity, text));
		g_ptr_array_add(run->texts, g_strdup(text));
	}
	sqlite3_finalize(all);
	return got;
}

static int compare_by_name_id(const void *left, const void *right)
{
	const struct name_usage *a = left, *b = right;

	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	return a->address < b->address ? -1 : a->address > b->address;
}

static int add_names(struct run *run, const GArray *usages, struct error *err)
{
	GArray *sorted = g_array_copy((GArray *)usages);
	sqlite3_stmt *all = casefile_prepare(run->casefile, "SELECT id, name FROM name ORDER BY id", err);
	guint at = 0;
	int got = -1;

	g_array_sort(sorted, compare_by_name_id);
	while (all && (got = casefile_step(run->casefile, all, err)) > 0) {
		int64_t id = sqlite3_column_int64(all, 0);
		const char *text = column_text(all, 1);

		for (; at < sorted->len; at++) {
			const struct name_usage *usage = &g_array_index(sorted, struct name_usage, at);
			int64_t number = id_map_get(&run->numbers, usage->address, -1);

			if (usage->name > id)
				break;
			if (usage->name == id && number >= 0 &&
			    !name_is_of_somebody_else(text) &&
			    !name_is_address(text, run->texts->pdata[number]))
				identity_add_name(run->identity, (size_t)number, text, usage->in_from,
				                  usage->anywhere);
		}
	}
	sqlite3_finalize(all);
	g_array_free(sorted, TRUE);
	return got;
}

static int add_lists(struct run *run, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(run->casefile, "SELECT list_id FROM list", err);
	int got;

	if (!all)
		return -1;
	while ((got = casefile_step(run->casefile, all, err)) > 0)
		identity_add_list(run->identity, column_text(all, 0));
	sqlite3_finalize(all);
	return got;
}

/* A message to more people than this says little of whom one knows. */
#define CIRCLE_MAX 20

/* The message that the walk over mentions is in. */
struct letter {
	int64_t id;
	enum message_kind kind;
	int64_t sender;                 /* number; -1 if none is known */
	int64_t circle[CIRCLE_MAX];     /* numbers of recipients */
	int recipients;                 /* how many there are, also beyond these */
};

static bool is_recipient(enum role role)
{
	return role == ROLE_TO || role == ROLE_CC || role == ROLE_BCC;
}

static void add_mention(struct run *run, struct letter *letter, enum role role, int64_t number)
{
	identity_add_use(run->identity, (size_t)number, 0, 0, 1);
	if (is_recipient(role) && letter->recipients++ < CIRCLE_MAX)
		letter->circle[letter->recipients - 1] = number;
	if (letter->sender < 0)
		return;
	size_t sender = (size_t)letter->sender, other = (size_t)number;

	if (role == ROLE_DIRECTORY)
		identity_add_beside(run->identity, BESIDE_DIRECTORY, sender, other);
	else if (role == ROLE_REPLY_TO && letter->kind == KIND_PERSONAL)
		identity_add_beside(run->identity, BESIDE_REPLY_TO, sender, other);
	else if (role == ROLE_SENDER && letter->kind == KIND_PERSONAL)
		identity_add_beside(run->identity, BESIDE_SENDER, sender, other);
}

/* Of so few recipients all are thought to know each other. */
#define TOGETHER_MAX 8

/* Who wrote to whom, and who was written to together. */
static void add_circle(struct run *run, const struct letter *letter)
{
	uint32_t count = (uint32_t)letter->recipients;

	if (letter->kind == KIND_BULK || letter->kind == KIND_AUTOMATIC || !count ||
	    count > CIRCLE_MAX)
		return;
	id_map_add(&run->circles, letter->id, run->circled->len);
	g_array_append_val(run->circled, count);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t number = (uint32_t)letter->circle[i];

		g_array_append_val(run->circled, number);
		if (letter->sender >= 0)
			identity_add_tie(run->identity, (size_t)letter->sender, number);
		for (uint32_t j = 0; j < i && count <= TOGETHER_MAX; j++)
			identity_add_tie(run->identity, (size_t)letter->circle[j], number);
	}
}

/* Messages in the order of their ids, without copies, beside their mentions. */
struct letters {
	struct run *run;
	struct id_map copies;
	sqlite3_stmt *messages;         /* NULL: they are kept */
	guint next;
	struct mention_walk mentions;
	struct memo_mention mention;    /* the first one not taken */
	int left;                       /* 1: there is one; 0; -1: an error */
};

static int letters_begin(struct letters *letters, struct run *run, struct error *err)
{
	struct casefile *casefile = run->casefile;

	*letters = (struct letters){ .run = run };
	id_map_init(&letters->copies);
	if (!casefile->memo.whole &&
	    !(letters->messages = casefile_prepare(casefile, "SELECT id, kind, sender FROM message"
	                                           " WHERE original IS NULL ORDER BY id", err)))
		return -1;
	if ((casefile->memo.whole && id_map_load_copies(&letters->copies, casefile, err) < 0) ||
	    mention_walk_begin(&letters->mentions, casefile, err) < 0)
		return -1;
	letters->left = mention_walk_next(&letters->mentions, &letters->mention, err);
	return letters->left < 0 ? -1 : 0;
}

static void letters_end(struct letters *letters)
{
	mention_walk_end(&letters->mentions);
	sqlite3_finalize(letters->messages);
	id_map_clear(&letters->copies);
}

/* The next one that is kept: 1 or 0. */
static int take_kept(struct letters *letters, struct letter *letter)
{
	const GArray *kept = letters->run->casefile->memo.messages;

	while (letters->next < kept->len && id_map_get(&letters->copies, letters->next + 1, 0))
		letters->next++;
	if (letters->next == kept->len)
		return 0;
	const struct memo_message *message = &g_array_index(kept, struct memo_message, letters->next);

	*letter = (struct letter){
		.id = ++letters->next, .kind = (enum message_kind)message->kind,
		.sender = id_map_get(&letters->run->numbers, message->sender, -1),
	};
	return 1;
}

/* The next message, without its mentions: 1, 0 or -1. */
static int letters_next(struct letters *letters, struct letter *letter, struct error *err)
{
	struct casefile *casefile = letters->run->casefile;

	if (!letters->messages)
		return take_kept(letters, letter);
	int got = casefile_step(casefile, letters->messages, err);
	int kind = got > 0 ? column_word(casefile, letters->messages, 1, KIND_COUNT, err) : 0;

	if (got <= 0 || kind < 0)
		return got > 0 ? -1 : got;
	*letter = (struct letter){
		.id = sqlite3_column_int64(letters->messages, 0), .kind = (enum message_kind)kind,
		.sender = id_map_get(&letters->run->numbers,
		                     sqlite3_column_int64(letters->messages, 2), -1),
	};
	return 1;
}

/* Mentions of the message; those of copies before it are passed over. */
static int add_mentions(struct letters *letters, struct letter *letter, struct error *err)
{
	while (letters->left > 0 && letters->mention.message <= letter->id) {
		const struct memo_mention *mention = &letters->mention;
		int64_t number = id_map_get(&letters->run->numbers, mention->address, -1);

		if (mention->message == letter->id && number >= 0)
			add_mention(letters->run, letter, (enum role)mention->role, number);
		letters->left = mention_walk_next(&letters->mentions, &letters->mention, err);
	}
	add_circle(letters->run, letter);
	return letters->left < 0 ? -1 : 0;
}

static int add_letters(struct run *run, struct error *err)
{
	struct letters letters;
	struct letter letter;
	int got = letters_begin(&letters, run, err);

	while (got >= 0 && (got = letters_next(&letters, &letter, err)) > 0) {
		bool mass = letter.kind == KIND_BULK || letter.kind == KIND_AUTOMATIC;

		if (letter.sender >= 0)
			identity_add_use(run->identity, (size_t)letter.sender, 1, mass, 0);
		got = add_mentions(&letters, &letter, err);
	}
	letters_end(&letters);
	return got;
}

/* ---- answers ---- */

/* Who answered a message and was not among those it went to or came from. */
static void add_answer(struct run *run, int64_t by, int64_t from, int64_t circle)
{
	const uint32_t *numbers = &g_array_index(run->circled, uint32_t, circle + 1);
	uint32_t count = numbers[-1];

	if (by < 0 || by == from)
		return;
	for (uint32_t i = 0; i < count; i++)
		if (numbers[i] == by)
			return;
	for (uint32_t i = 0; i < count; i++)
		if (numbers[i] != from)
			identity_add_answer(run->identity, (size_t)by, numbers[i]);
}

/* Only those who say themselves what they answer. Of a copy its original is answered. */
static int add_answers(struct run *run, struct error *err)
{
	sqlite3_stmt *all = casefile_prepare(run->casefile,
		"SELECT answer.sender, answered.sender, ifnull(answered.original, answered.id)"
		" FROM thread JOIN message AS answer ON answer.id = thread.message"
		" JOIN message AS answered ON answered.id = thread.parent"
		" WHERE answer.original IS NULL AND thread.link IN (?1, ?2)", err);
	int got;

	if (!all)
		return -1;
	bind_number(run->casefile, all, 1, THREAD_BY_REFERENCES);
	bind_number(run->casefile, all, 2, THREAD_BY_IN_REPLY_TO);
	while ((got = casefile_step(run->casefile, all, err)) > 0) {
		int64_t circle = id_map_get(&run->circles, sqlite3_column_int64(all, 2), -1);

		if (circle >= 0)
			add_answer(run, id_map_get(&run->numbers, sqlite3_column_int64(all, 0), -1),
			           id_map_get(&run->numbers, sqlite3_column_int64(all, 1), -1), circle);
	}
	sqlite3_finalize(all);
	return got;
}

static int add_usages(struct run *run, const GArray *usages, struct error *err)
{
	struct name_usages counted = { g_array_new(FALSE, FALSE, sizeof(struct name_usage)), NULL, NULL };
	int status = usages ? 0 : name_usages_count(run->casefile, &counted, err);

	if (status == 0)
		status = add_names(run, usages ? usages : counted.usages, err);
	g_array_free(counted.usages, TRUE);
	return status;
}

/* ---- storing ---- */

static int store_persons(struct run *run, struct error *err)
{
	struct casefile *casefile = run->casefile;
	sqlite3_stmt *set = casefile_compile(casefile, "UPDATE address SET person = ?2 WHERE id = ?1"
	                                     " AND person <> ?2", err);
	sqlite3_stmt *add = set ? casefile_compile(casefile, "INSERT INTO person VALUES (?, ?)", err)
	                        : NULL;
	int status = add ? 0 : -1;

	for (size_t i = 0; status == 0 && i < run->numbers.ids->len; i++) {
		size_t person = identity_person(run->identity, i);

		bind_number(casefile, set, 1, id_of(run, i));
		bind_number(casefile, set, 2, id_of(run, person));
		status = casefile_run(casefile, set, err);
		if (status < 0 || person != i)
			continue;
		bind_number(casefile, add, 1, id_of(run, i));
		bind_text(casefile, add, 2, identity_name(run->identity, i));
		status = casefile_run(casefile, add, err);
	}
	sqlite3_finalize(set);
	sqlite3_finalize(add);
	return status;
}

static int store_links(struct run *run, struct error *err)
{
	struct casefile *casefile = run->casefile;
	sqlite3_stmt *add = casefile_compile(casefile, "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?)",
	                                     err);
	size_t count;
	const struct identity_link *links = identity_links(run->identity, &count);
	int status = add ? 0 : -1;

	for (size_t i = 0; status == 0 && i < count; i++) {
		const struct identity_link *link = &links[i];

		bind_number(casefile, add, 1, id_of(run, link->address));
		bind_number(casefile, add, 2, id_of(run, link->other));
		bind_text(casefile, add, 3, identity_rule_name(link->rule));
		bind_text(casefile, add, 4, identity_state_name(link->state));
		if (sqlite3_bind_double(add, 5, link->score) != SQLITE_OK)
			casefile->bind_failed = true;
		bind_number(casefile, add, 6, link->confirmed);
		bind_text(casefile, add, 7, link->evidence);
		status = casefile_run(casefile, add, err);
	}
	sqlite3_finalize(add);
	return status;
}

/* ---- all of it ---- */

static int run_rules(struct run *run, const GArray *usages, const struct alias_list *aliases,
                     struct error *err)
{
	if (add_addresses(run, err) < 0 || add_usages(run, usages, err) < 0 ||
	    add_lists(run, err) < 0 || add_letters(run, err) < 0 || add_answers(run, err) < 0)
		return -1;
	identity_decide(run->identity, aliases->aliases, aliases->count);
	identity_run(run->identity);
	if (store_persons(run, err) < 0 || store_links(run, err) < 0)
		return -1;
	return 0;
}

static int every_address_alone(struct casefile *casefile, struct error *err)
{
	return casefile_execute(casefile, "UPDATE address SET person = id WHERE person <> id;"
	                        " INSERT INTO person SELECT address.id, ifnull(name.name, '')"
	                        " FROM address LEFT JOIN name ON name.id = address.name", err);
}

int casefile_identify_by(struct casefile *casefile, const GArray *usages,
                         const struct alias_list *aliases, struct error *err)
{
	struct run run = { .casefile = casefile };
	int status;

	if (casefile_execute(casefile, "DELETE FROM person; DELETE FROM link", err) < 0)
		return -1;
	if (!aliases)
		return every_address_alone(casefile, err);
	run.identity = identity_new();
	run.texts = g_ptr_array_new_with_free_func(g_free);
	run.circled = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	id_map_init(&run.numbers);
	id_map_init(&run.circles);
	status = run_rules(&run, usages, aliases, err);
	id_map_clear(&run.circles);
	id_map_clear(&run.numbers);
	g_array_free(run.circled, TRUE);
	g_ptr_array_unref(run.texts);
	identity_free(run.identity);
	return status;
}

int casefile_identify(struct casefile *casefile, const GArray *usages, struct error *err)
{
	struct alias_list aliases;
	int status = casefile_aliases(casefile, &aliases, err);

	if (status == 0)
		status = casefile_identify_by(casefile, usages, &aliases, err);
	alias_list_clear(&aliases);
	return status;
}
