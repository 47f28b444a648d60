#include "epistograph/thread.h"

#include "epistograph/calendar.h"

#include <glib.h>

#include <stdlib.h>
#include <string.h>

/* With how many earlier messages of one subject a reply is compared. */
#define CANDIDATES_MAX 16

/* Nodes are messages, by number, and behind them identifiers that no message has. */
struct thread_builder {
	GArray *messages;               /* struct thread_message */
	GArray *references;             /* uint32_t, of all messages */
	GArray *starts;                 /* size_t: where those of each message begin */
	uint32_t identifiers;
	uint32_t *nodes;                /* by identifier: node + 1; 0 none yet */
	bool *shared;                   /* by identifier: several messages have it */

	/* By node, while trees are made. */
	GArray *absent;                 /* uint32_t: identifiers of nodes behind the messages */
	int32_t *parents;               /* -1: a root */
	int32_t *up;                    /* union-find */
	struct thread_place *places;
};

struct thread_builder *thread_builder_new(uint32_t identifiers)
{
	struct thread_builder *builder = g_new0(struct thread_builder, 1);

	builder->messages = g_array_new(FALSE, FALSE, sizeof(struct thread_message));
	builder->references = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	builder->starts = g_array_new(FALSE, FALSE, sizeof(size_t));
	builder->absent = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	builder->identifiers = identifiers;
	builder->nodes = g_new0(uint32_t, (gsize)identifiers + 1);
	builder->shared = g_new0(bool, (gsize)identifiers + 1);
	return builder;
}

void thread_builder_free(struct thread_builder *builder)
{
	if (!builder)
		return;
	g_array_free(builder->messages, TRUE);
	g_array_free(builder->references, TRUE);
	g_array_free(builder->starts, TRUE);
	g_array_free(builder->absent, TRUE);
	g_free(builder->nodes);
	g_free(builder->shared);
	g_free(builder->parents);
	g_free(builder->up);
	g_free(builder->places);
	g_free(builder);
}

static const struct thread_message *message_at(const struct thread_builder *builder, size_t i)
{
	return &g_array_index(builder->messages, struct thread_message, i);
}

void thread_builder_add(struct thread_builder *builder, const struct thread_message *message)
{
	size_t start = builder->references->len;
	struct thread_message known = *message;
	uint32_t identifier = known.identifier <= builder->identifiers ? known.identifier : 0;

	known.identifier = identifier;
	g_array_append_val(builder->messages, known);
	g_array_append_val(builder->starts, start);
	if (!identifier)
		return;
	if (builder->nodes[identifier])
		builder->shared[identifier] = true;
	else
		builder->nodes[identifier] = builder->messages->len;
}

void thread_builder_add_reference(struct thread_builder *builder, uint32_t identifier)
{
	if (identifier && identifier <= builder->identifiers)
		g_array_append_val(builder->references, identifier);
}

/* The References of message i: *count of them. */
static const uint32_t *references_of(const struct thread_builder *builder, size_t i, size_t *count)
{
	size_t start = g_array_index(builder->starts, size_t, i);
	size_t end = i + 1 < builder->starts->len ? g_array_index(builder->starts, size_t, i + 1)
	                                          : builder->references->len;

	*count = end - start;
	return &g_array_index(builder->references, uint32_t, start);
}

/* ---- trees ---- */

/* The node of an identifier; a new one if no message has it. -1 for none. */
static int32_t node_of(struct thread_builder *builder, uint32_t identifier)
{
	if (!identifier || identifier > builder->identifiers)
		return -1;
	if (!builder->nodes[identifier]) {
		g_array_append_val(builder->absent, identifier);
		builder->nodes[identifier] = builder->messages->len + builder->absent->len;
	}
	return (int32_t)(builder->nodes[identifier] - 1);
}

/* Give every identifier that is cited a node, and every node a tree of its own. */
static void plant(struct thread_builder *builder)
{
	size_t count = builder->messages->len;

	for (size_t i = 0; i < count; i++)
		node_of(builder, message_at(builder, i)->in_reply_to);
	for (guint i = 0; i < builder->references->len; i++)
		node_of(builder, g_array_index(builder->references, uint32_t, i));

	size_t nodes = count + builder->absent->len;
	builder->parents = g_new(int32_t, nodes);
	builder->up = g_new(int32_t, nodes);
	for (size_t i = 0; i < nodes; i++) {
		builder->parents[i] = -1;
		builder->up[i] = (int32_t)i;
	}
	builder->places = g_new0(struct thread_place, count);
}

/* What stands for the tree of a node. Each step halves the way for the next. */
static int32_t tree_of(struct thread_builder *builder, int32_t node)
{
	while (builder->up[node] != node)
		node = builder->up[node] = builder->up[builder->up[node]];
	return node;
}

/* Hang child, a root, from parent. In the same tree, parent would be below child. */
static bool hang(struct thread_builder *builder, int32_t child, int32_t parent,
                 enum thread_link link)
{
	int32_t below = tree_of(builder, child), above = tree_of(builder, parent);

	if (builder->parents[child] >= 0 || below == above)
		return false;
	builder->parents[child] = parent;
	builder->up[MAX(below, above)] = MIN(below, above);
	if ((guint)child < builder->messages->len)
		builder->places[child].link = link;
	return true;
}

/* What a message says it answers; -1 if nothing. */
static int32_t answered(struct thread_builder *builder, size_t i, enum thread_link *link)
{
	const struct thread_message *message = message_at(builder, i);
	size_t count;
	const uint32_t *references = references_of(builder, i, &count);

	while (count && references[count - 1] == message->identifier)
		count--;                        /* some name themselves */
	*link = count ? THREAD_BY_REFERENCES : THREAD_BY_IN_REPLY_TO;
	if (count)
		return node_of(builder, references[count - 1]);
	return message->in_reply_to == message->identifier ? -1
	                                                   : node_of(builder, message->in_reply_to);
}

static void hang_by_headers(struct thread_builder *builder)
{
	for (size_t i = 0; i < builder->messages->len; i++) {
		enum thread_link link;
		int32_t parent = answered(builder, i, &link);

		if (parent >= 0)
			hang(builder, (int32_t)i, parent, link);
	}
	for (size_t i = 0; i < builder->messages->len; i++) {
		size_t count;
		const uint32_t *references = references_of(builder, i, &count);

		for (size_t r = 1; r < count; r++)
			if (!builder->shared[references[r]])
				hang(builder, node_of(builder, references[r]),
				     node_of(builder, references[r - 1]), THREAD_BY_OTHERS);
	}
}

/* ---- conversations ---- */

/* Nothing in its header or in others' says where it belongs. */
static bool is_alone(const struct thread_builder *builder, size_t i)
{
	size_t count;

	references_of(builder, i, &count);
	return !count && !message_at(builder, i)->in_reply_to && builder->parents[i] < 0;
}

/* By conversation and time; the undated last. */
static int compare_conversations(const void *a, const void *b, void *context)
{
	const struct thread_builder *builder = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct thread_message *x = message_at(builder, i), *y = message_at(builder, j);

	if (x->conversation != y->conversation)
		return x->conversation < y->conversation ? -1 : 1;
	if ((x->instant == INSTANT_NONE) != (y->instant == INSTANT_NONE))
		return x->instant == INSTANT_NONE ? 1 : -1;
	if (x->instant != y->instant)
		return x->instant < y->instant ? -1 : 1;
	return i < j ? -1 : i > j;
}

/* Hang those that are alone from the first of their conversation. */
static void hang_by_conversation(struct thread_builder *builder)
{
	GArray *sorted = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	const uint32_t *all;
	guint first = 0;

	for (uint32_t i = 0; i < builder->messages->len; i++)
		if (message_at(builder, i)->conversation)
			g_array_append_val(sorted, i);
	if (sorted->len)
		g_qsort_with_data(sorted->data, (gint)sorted->len, sizeof(uint32_t),
		                  compare_conversations, builder);
	all = (const uint32_t *)(const void *)sorted->data;
	for (guint i = 1; i < sorted->len; i++) {
		if (message_at(builder, all[i])->conversation !=
		    message_at(builder, all[first])->conversation)
			first = i;
		else if (is_alone(builder, all[i]))
			hang(builder, (int32_t)all[i], (int32_t)all[first], THREAD_BY_GMAIL);
	}
	g_array_free(sorted, TRUE);
}

/* ---- subjects ---- */

/* A reply that nothing but its subject tells of. */
static bool is_orphan(const struct thread_builder *builder, size_t i)
{
	const struct thread_message *message = message_at(builder, i);

	return message->is_reply && message->topic && message->instant != INSTANT_NONE &&
	       !message->conversation && is_alone(builder, i);
}

static int compare_topics(const void *a, const void *b, void *context)
{
	const struct thread_builder *builder = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct thread_message *x = message_at(builder, i), *y = message_at(builder, j);

	if (x->topic != y->topic)
		return x->topic < y->topic ? -1 : 1;
	if (x->instant != y->instant)
		return x->instant < y->instant ? -1 : 1;
	return i < j ? -1 : i > j;
}

/* Dated messages with a subject, in the order of subjects and times; NULL if no
 * orphan is among them. */
static uint32_t *sort_by_topic(struct thread_builder *builder, size_t *count)
{
	uint32_t *sorted = g_new(uint32_t, builder->messages->len);
	bool any = false;

	*count = 0;
	for (guint i = 0; i < builder->messages->len; i++) {
		const struct thread_message *message = message_at(builder, i);

		if (message->topic && message->instant != INSTANT_NONE)
			sorted[(*count)++] = i;
		any = any || is_orphan(builder, i);
	}
	if (!any) {
		g_free(sorted);
		return NULL;
	}
	g_qsort_with_data(sorted, (gint)*count, sizeof *sorted, compare_topics, builder);
	return sorted;
}

static int hang_by_subject(struct thread_builder *builder,
                           int (*related)(void *context, int64_t reply, int64_t earlier,
                                          struct error *err),
                           void *context, struct error *err)
{
	size_t count;
	uint32_t *sorted = sort_by_topic(builder, &count);
	int status = 0;

	for (size_t i = 0; sorted && i < count && status >= 0; i++) {
		const struct thread_message *reply = message_at(builder, sorted[i]);

		if (!is_orphan(builder, sorted[i]))
			continue;
		status = 0;
		for (size_t back = 1; back <= MIN(i, CANDIDATES_MAX) && status == 0; back++) {
			const struct thread_message *earlier = message_at(builder, sorted[i - back]);

			if (earlier->topic != reply->topic ||
			    earlier->instant < reply->instant - THREAD_SUBJECT_SPAN_S)
				break;
			status = related(context, sorted[i], sorted[i - back], err);
			if (status > 0)
				hang(builder, (int32_t)sorted[i], (int32_t)sorted[i - back],
				     THREAD_BY_SUBJECT);
		}
	}
	g_free(sorted);
	return MIN(status, 0);
}

/* ---- places ---- */

static void fill_places(struct thread_builder *builder)
{
	size_t count = builder->messages->len, nodes = count + builder->absent->len;
	int64_t *first = g_new(int64_t, nodes);

	memset(first, -1, nodes * sizeof *first);
	for (size_t i = 0; i < count; i++) {
		struct thread_place *place = &builder->places[i];
		int32_t parent = builder->parents[i], tree = tree_of(builder, (int32_t)i);

		place->parent = parent < (int32_t)count ? parent : -1;
		place->absent = parent < (int32_t)count ? 0 :
			g_array_index(builder->absent, uint32_t, parent - (int32_t)count);
		if (place->parent >= 0) {
			uint32_t identifier = message_at(builder, (size_t)parent)->identifier;

			place->doubtful = place->link != THREAD_BY_SUBJECT &&
			                  place->link != THREAD_BY_GMAIL && builder->shared[identifier];
		}
		if (first[tree] < 0)
			first[tree] = (int64_t)i;
		place->thread = first[tree];
	}
	g_free(first);
}

int thread_builder_place(struct thread_builder *builder,
                         int (*related)(void *context, int64_t reply, int64_t earlier,
                                        struct error *err),
                         void *context, const struct thread_place **places, struct error *err)
{
	plant(builder);
	hang_by_headers(builder);
	hang_by_conversation(builder);
	if (hang_by_subject(builder, related, context, err) < 0)
		return -1;
	fill_places(builder);
	*places = builder->places;
	return 0;
}

const char *thread_link_name(enum thread_link link)
{
	static const char *const names[THREAD_LINK_COUNT] = {
		"none", "references", "in-reply-to", "others", "subject", "gmail",
	};

	return names[link];
}

/* ---- topics ---- */

/* What mail programs write before the subject of an answer, in lower case. Forwards
 * ("Fwd:") begin something new. */
static const char *const reply_words[] = {
	"re", "aw", "antw", "antwort", "sv", "vs", "odp", "res", "rif", "r", "ynt", "vá",
	"回复", "答复", "回覆", "ответ",
};

/* What follows "Re:", "Re[2]:", "Re^2:", "Re(2) :"; NULL if text does not begin so. */
static const char *after_reply_word(const char *text)
{
	for (size_t i = 0; i < G_N_ELEMENTS(reply_words); i++) {
		if (*text != *reply_words[i] || !g_str_has_prefix(text, reply_words[i]))
			continue;
		const char *at = text + strlen(reply_words[i]);

		while (*at && strchr("[]()^0123456789 ", *at))
			at++;
		if (*at == ':')
			return at + 1;
		if (g_str_has_prefix(at, "："))         /* the colon of Chinese and Japanese */
			return at + strlen("：");
	}
	return NULL;
}

/* What follows "[list]" in front of a subject; text itself if there is none. */
static const char *after_tag(const char *text)
{
	const char *close = *text == '[' ? strchr(text, ']') : NULL;

	return close && close - text < 64 ? close + 1 : text;
}

/* The text without differences of case. GLib folds a character at a time and by rules that
 * only a few letters need: it is given no more than these. */
static char *fold(const char *text)
{
	GString *folded = g_string_sized_new(strlen(text) + 1);

	while (*text) {
		size_t ascii = 0, other = 0;

		while ((signed char)text[ascii] > 0)
			ascii++;
		g_string_append_len(folded, text, (gssize)ascii);
		for (char *c = folded->str + folded->len - ascii; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c | 0x20);
		text += ascii;
		while ((signed char)text[other] < 0)
			other++;
		char *special = other ? g_utf8_casefold(text, (gssize)other) : NULL;
		if (special)
			g_string_append(folded, special);
		g_free(special);
		text += other;
	}
	return g_string_free(folded, FALSE);
}

uint64_t thread_topic(const char *subject, bool *is_reply)
{
	char *folded = fold(subject);
	const char *at = folded, *rest;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);   /* FNV-1a */
	bool any = false;

	*is_reply = false;
	for (;;) {
		while (g_ascii_isspace(*at))
			at++;
		rest = after_reply_word(at);
		*is_reply |= rest != NULL;
		if (!rest)
			rest = after_tag(at);
		if (rest == at)
			break;
		at = rest;
	}
	for (; *at; at++) {
		if (g_ascii_isspace(*at))
			continue;
		hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
		any = true;
	}
	g_free(folded);
	return any ? hash + !hash : 0;
}
