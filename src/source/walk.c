/* walk.c - all that is in a file
 *
 * What has been entered and not left is a pile of levels: the file itself, below it
 * a member, below that a member of this one. Each level has a window over its bytes,
 * which are judged in the same way at every level. There is no recursion: the pile has
 * a fixed height. */
#include "epistograph/walk.h"

#include "container.h"
#include "folder.h"
#include "messages.h"
#include "repository.h"
#include "sniff.h"
#include "walk_internal.h"
#include "window.h"

#include "epistograph/error.h"

#include <glib.h>

#include <fcntl.h>
#include <string.h>

/* What a member counts at least in the sum of what was unpacked: its row and its place
 * in memory are not for nothing, and a hostile archive can have millions of them. */
#define MEMBER_COST 4096

/* What is said of all that is in a container that is given up. */
#define GIVEN_UP "not read to its end, because a container it is in is given up"

/* A buffer beyond this is given back with its member. */
#define KEPT_BYTES (4 << 20)

enum phase {
	PHASE_JUDGE,                    /* not looked at yet */
	PHASE_MESSAGES,                 /* messages, cut from the window */
	PHASE_GIVEN,                    /* messages, given by the container above */
	PHASE_MEMBERS,                  /* a container */
	PHASE_LEAVE,                    /* done: form and reason are settled */
};

struct level {
	struct walk *walk;
	enum phase phase;
	bool named;                     /* it has a name, and is told of */
	gsize chain_size;               /* bytes of walk->chain with its name */

	struct window window;
	struct error fault;             /* why its bytes ended early */
	struct messages messages;
	int64_t reached;                /* all before is given: bytes */

	/* Of a container: */
	const struct container_form *container;
	void *state;
	struct container_input input;
	struct container_member member; /* the current one */
	int64_t members;                /* entered so far */
	int64_t produced;               /* bytes given by it and by all that is in it */
	size_t remarks;                 /* told of it so far */
	bool remarked;                  /* what the container above says of this member was told */

	/* What is told when it is left. */
	enum source_form form;
	char *word;
	struct error reason;
	int64_t size;
	bool lost;
};

struct walk {
	char *path;
	struct folder folder;           /* that it is in, and perhaps the file after it */
	struct walk_options options;
	int64_t resume;
	struct level levels[WALK_DEPTH_MAX + 1];        /* the file, its members, and below the
	                                                 * deepest container what it holds */
	int top;                        /* the deepest level; -1: all is left */
	int stopped;                    /* the level that was given up as too large, or -1 */
	GString *chain;
	GHashTable *names;              /* hashes of the chains so far -> how often they came */
};

static struct level *level_above(struct level *level)
{
	return level - 1;
}

static bool is_outermost(const struct level *level)
{
	return level == level->walk->levels;
}

/* ---- limits ---- */

/* Has a container unpacked to more than can be in earnest? */
static bool is_exhausting(const struct level *level, struct error *err)
{
	const struct walk_limits *limits = &level->walk->options.limits;
	int64_t more = level->produced - level->input.taken;

	if (level->produced <= limits->free_bytes)
		return false;
	if (limits->ratio > 0 && level->produced / limits->ratio > level->input.taken)
		error_set(err, "unpacks to more than %" G_GINT64_FORMAT " times its size: taken for a"
		          " bomb, the rest is not read", limits->ratio);
	else if (more > limits->total_bytes)
		error_set(err, "unpacks to more than %" G_GINT64_FORMAT " GB: the rest is not read",
		          limits->total_bytes >> 30);
	return err->message[0] != '\0';
}

/* Count what came out of the container at level, for it and those it is in. */
static int count_produced(struct level *level, int64_t bytes, struct error *err)
{
	struct walk *walk = level->walk;

	for (int i = 0; i <= (int)(level - walk->levels); i++) {
		struct level *each = &walk->levels[i];

		each->produced += bytes;
		if (walk->stopped < 0 && is_exhausting(each, &each->reason)) {
			walk->stopped = i;
			return error_set(err, GIVEN_UP);
		}
	}
	return 0;
}

static void alive(struct walk *walk)
{
	if (walk->options.alive != NULL)
		walk->options.alive(walk->options.context);
}

static void input_alive(void *context)
{
	alive(context);
}

/* The stream of a member's bytes; context is the level of its container. */
static int64_t read_member(void *context, uint8_t *bytes, size_t room, struct error *err)
{
	struct level *level = context;

	if (level->walk->stopped >= 0)
		return -1;
	int64_t got = level->container->read(level->state, bytes, room, err);
	alive(level->walk);
	if (got > 0 && count_produced(level, got, err) < 0)
		return -1;
	return got;
}

/* ---- names ---- */

static guint64 hash_of(const char *text)
{
	guint64 hash = 0xcbf29ce484222325;      /* FNV-1a, 64 bits */

	for (; *text != '\0'; text++)
		hash = (hash ^ (uint8_t)*text) * 0x100000001b3;
	return hash;
}

/* Make the chain one that was not there before. Hashes take the place of names, of
 * which there may be millions: should two of them meet, a "#2" too many is harmless. */
static void make_unique(struct walk *walk)
{
	gsize size = walk->chain->len;
	void *first = GSIZE_TO_POINTER(hash_of(walk->chain->str)), *key = first;
	gsize count = GPOINTER_TO_SIZE(g_hash_table_lookup(walk->names, first));

	while (g_hash_table_contains(walk->names, key)) {
		g_string_truncate(walk->chain, size);
		g_string_append_printf(walk->chain, "#%zu", ++count);
		key = GSIZE_TO_POINTER(hash_of(walk->chain->str));
	}
	if (key != first)
		g_hash_table_insert(walk->names, first, GSIZE_TO_POINTER(count));
	g_hash_table_insert(walk->names, key, GSIZE_TO_POINTER(1));
}

static void push_name(struct walk *walk, const char *name)
{
	if (walk->chain->len > 0)
		g_string_append_c(walk->chain, '/');
	g_string_append(walk->chain, name);
	make_unique(walk);
}

/* ---- levels ---- */

static void level_begin(struct level *level, bool named)
{
	level->phase = PHASE_JUDGE;
	level->named = named;
	level->chain_size = level->walk->chain->len;
	level->fault.message[0] = level->reason.message[0] = '\0';
	level->reached = 0;
	level->container = NULL;
	level->state = NULL;
	level->members = 0;
	level->remarks = 0;
	level->remarked = false;
	level->produced = 0;
	level->input = (struct container_input){ .window = &level->window };
	level->form = SOURCE_UNREADABLE;
	g_clear_pointer(&level->word, g_free);
	level->size = -1;
	level->lost = false;
}

static void settle(struct level *level, enum source_form form, const char *reason)
{
	level->form = form;
	level->phase = PHASE_LEAVE;
	if (*reason != '\0')
		error_set(&level->reason, "%s", reason);
}

/* Why without the place, which the reader of it knows and which is not how it was typed. */
static void settle_error(struct level *level, enum source_form form, const struct error *err)
{
	settle(level, form, error_without_place(err->message, level->walk->path));
}

static void level_end(struct level *level)
{
	if (level->state != NULL)
		level->container->close(level->state);
	level->state = NULL;
	if (level->window.capacity > KEPT_BYTES)
		window_clear(&level->window);
	else
		window_close(&level->window);
}

/* ---- judging ---- */

static void open_container(struct level *level, const struct container_form *form)
{
	struct walk *walk = level->walk;
	enum source_form found = SOURCE_UNREADABLE;
	struct error err = { 0 };

	/* The last level holds what is in the deepest container, and is none itself. */
	if (level - walk->levels >= MIN(walk->options.limits.depth, WALK_DEPTH_MAX)) {
		settle(level, SOURCE_UNREADABLE, "a container in a container in a container and so on:"
		       " too deep, not opened");
		return;
	}
	if (is_outermost(level)) {
		level->input.path = walk->path;
		posix_fadvise(level->window.fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	}
	level->input.alive = input_alive;
	level->input.context = walk;
	level->input.options = walk->options.source;
	level->container = form;
	level->state = form->open(&level->input, &found, &err);
	if (level->state == NULL) {
		settle_error(level, found, &err);
		return;
	}
	level->form = SOURCE_CONTAINER;
	level->phase = PHASE_MEMBERS;
}

/* What it is called where it is. */
static const char *name_of(struct level *level)
{
	return is_outermost(level) || !level->named ? level->walk->path
	                                            : level_above(level)->member.name;
}

/* Look at the head of what was entered. */
static void judge(struct level *level)
{
	struct walk *walk = level->walk;
	struct sniffed sniffed = { .form = SOURCE_UNREADABLE };
	struct error err = { 0 };
	int status = 0;

	if (is_outermost(level))
		status = window_open(&level->window, walk->path, &walk->folder, &err);
	if (status < 0 && repository_is(walk->path)) {
		open_container(level, &git_form);
		return;
	}
	if (status == 0)
		status = sniff_window(&level->window, walk->options.source, &sniffed, &err);
	level->form = sniffed.form;
	if (status < 0) {
		/* Nothing is said of what only a part of was seen. */
		if (level->fault.message[0] != '\0')
			settle_error(level, SOURCE_UNREADABLE, &level->fault);
		else
			settle_error(level, sniffed.form, &err);
	} else if (sniffed.form == SOURCE_CONTAINER) {
		open_container(level, sniffed.container);
	} else if (walk->options.list) {
		settle(level, sniffed.form, "");
	} else {
		messages_begin(&level->messages, &level->window, name_of(level), &sniffed);
		level->phase = PHASE_MESSAGES;
		/* A mailbox on disk is entered where it was left; the others are passed
		 * over from their begin. */
		if (is_outermost(level) && walk->resume > 0 &&
		    messages_seek(&level->messages, walk->resume, &err) < 0)
			settle_error(level, SOURCE_UNREADABLE, &err);
	}
}

/* ---- messages ---- */

/* Of members that were read before only the names are gone through again. */
static bool is_passed(const struct walk *walk)
{
	const struct level *file = &walk->levels[0];

	return walk->top > 0 && walk->levels[1].named && file->members <= walk->resume;
}

/* Where to go on behind this message: in a file that was only compressed, there. */
static int64_t resume_behind(const struct level *level, const struct raw_message *raw)
{
	const struct walk *walk = level->walk;

	return walk->top == 1 && !level->named && level->messages.form == SOURCE_MBOX ? raw->end : -1;
}

/* How far the file on disk was gone through. */
static int64_t position_of(const struct walk *walk)
{
	const struct level *file = &walk->levels[0];

	return file->container != NULL ? file->input.at : file->reached;
}

/* The next message of the deepest level: 1, or 0 when there is none any more. */
static int next_message(struct level *level, struct walk_step *step)
{
	struct walk *walk = level->walk;
	struct error err = { 0 };
	int got;

	do {
		struct level *above = is_outermost(level) ? NULL : level_above(level);

		got = is_passed(walk) ? 0
		      : level->phase == PHASE_GIVEN
		      ? above->container->next_message(above->state, &step->raw, &err)
		      : messages_next(&level->messages, &step->raw, &err);
		if (got > 0)
			level->reached = step->raw.end;
	} while (got > 0 && walk->top > 0 && !walk->levels[1].named &&
	         step->raw.offset < walk->resume);
	if (got > 0) {
		step->type = WALK_MESSAGE;
		step->raw.path = NULL;
		step->raw.record = level->phase == PHASE_GIVEN;
		step->chain = walk->chain->str;
		step->position = position_of(walk);
		step->resume = resume_behind(level, &step->raw);
		return 1;
	}
	if (got < 0)
		settle_error(level, SOURCE_UNREADABLE, &err);
	else
		settle(level, level->form, "");
	return 0;
}

/* ---- members ---- */

/* A Maildir's tmp holds what is being delivered, under names that begin with the time in
 * seconds: "1204680122.M5P12.host". In a container the folders beside tmp may come behind
 * it, so the names alone must tell. */
static bool is_undelivered(const char *name)
{
	const char *slash = strrchr(name, '/');
	bool in_tmp = slash != NULL && slash - name >= 3 && strncmp(slash - 3, "tmp", 3) == 0 &&
	              (slash - name == 3 || slash[-4] == '/');
	size_t digits = in_tmp ? strspn(slash + 1, "0123456789") : 0;

	return digits >= 9 && strchr(slash + 1 + digits, '.') != NULL;
}

static enum source_form form_unopened(enum member_kind kind)
{
	return kind == MEMBER_LINK ? SOURCE_LINK
	     : kind == MEMBER_SPECIAL ? SOURCE_SPECIAL : SOURCE_UNREADABLE;
}

/* Enter the member that was found; the container is the deepest level. */
static struct level *enter(struct level *above)
{
	struct walk *walk = above->walk;
	struct level *level = &walk->levels[++walk->top];
	const struct container_member *member = &above->member;

	if (member->name != NULL)
		push_name(walk, member->name);
	level_begin(level, member->name != NULL);
	level->size = member->size;
	switch (member->kind) {
	case MEMBER_FILE:
		window_attach(&level->window, (struct stream){ read_member, above }, walk->path,
		              &level->fault);
		if (member->certain)
			level->window.size = member->size;
		if (level->named && is_undelivered(member->name))
			settle(level, SOURCE_UNDELIVERED, UNDELIVERED_REASON);
		break;
	case MEMBER_MESSAGES:
		level->form = SOURCE_MBOX;
		level->word = g_strdup(member->word);
		level->phase = walk->options.list ? PHASE_LEAVE : PHASE_GIVEN;
		break;
	default:
		settle(level, form_unopened(member->kind), member->reason);
	}
	return level;
}

/* The next member of the deepest level: 1 if it was entered and is to be told of. */
static int next_member(struct level *level, struct walk_step *step)
{
	struct walk *walk = level->walk;
	struct error err = { 0 };
	int got = level->container->next_member(level->state, &level->member, &err);

	alive(walk);
	if (got > 0 && count_produced(level, MEMBER_COST, &err) < 0)
		return 0;
	if (got == 0)
		settle(level, SOURCE_CONTAINER, level->members > 0 ? "" : "it has no members");
	else if (got < 0)
		settle_error(level, SOURCE_UNREADABLE, &err);
	if (got <= 0)
		return 0;
	level->members++;
	bool named = enter(level)->named;
	step->type = WALK_ENTER;
	step->chain = walk->chain->str;
	return named && !is_passed(walk);
}

/* ---- leaving ---- */

/* Read what is left of a member where passing over it is no less work: so that it is
 * watched and counted, and its size is known. */
static void finish_member(struct level *level)
{
	const struct container_member *member = &level_above(level)->member;

	/* Behind the one file of a compressed file nothing comes that would be missed. */
	if (member->kind != MEMBER_FILE || level->walk->stopped >= 0 || !level->named)
		return;
	if (level->window.size == INT64_MAX && !(member->skips && level->form != SOURCE_CONTAINER))
		window_drain(&level->window);
	if (level->window.size != INT64_MAX)
		level->size = level->window.size;
}

/* The word is NULL if nothing was found out. */
static void make_word(struct level *level)
{
	if (level->word != NULL)
		return;
	if (level->state != NULL)
		level->word = g_strdup(level->container->word(level->state));
	else if (level->form != SOURCE_UNREADABLE)
		level->word = g_strdup(source_form_name(level->form));
}

/* Mail whose bytes ended early was read up to there. */
static void tell_damage(struct level *level)
{
	bool mail = level->form == SOURCE_MESSAGE || level->form == SOURCE_EMLX ||
	            level->form == SOURCE_MBOX;

	if (mail && level->fault.message[0] != '\0')
		settle_error(level, SOURCE_UNREADABLE, &level->fault);
}

/* A member without a name was the content of the level above. */
static void hand_up(struct level *level)
{
	struct level *above = level_above(level);
	const char *packing = above->container->word(above->state);
	bool given = above->member.kind == MEMBER_MESSAGES;

	above->word = level->word == NULL || given ? g_strdup(packing)
	                                  : g_strdup_printf("%s in %s", level->word, packing);
	if (level->walk->stopped < 0) {
		above->lost = level->lost;
		settle(above, level->form, level->reason.message);
	}
}

/* What the container above says of a member: 1 if it does. */
static int member_remark(struct level *level, struct walk_step *step)
{
	if (is_outermost(level) || !level->named || level->remarked)
		return 0;
	step->word = level_above(level)->member.remark_kind;
	step->reason = level_above(level)->member.remark;
	level->remarked = true;
	return step->reason != NULL;
}

/* The next remark on a container that has been read, then on a member: 1 if there is one. */
static int next_remark(struct level *level, struct walk_step *step)
{
	bool told = level->state != NULL && level->container->remark != NULL && !level->lost &&
	            !is_passed(level->walk) &&
	            level->container->remark(level->state, level->remarks, &step->word, &step->reason);

	step->type = WALK_REMARK;
	level->remarks += told;
	return told || (!is_passed(level->walk) && member_remark(level, step));
}

/* Leave the deepest level: 1 if that is to be told of. */
static int leave(struct level *level, struct walk_step *step)
{
	struct walk *walk = level->walk;
	bool passed = is_passed(walk);

	if (!is_outermost(level)) {
		finish_member(level);
		make_word(level);
		tell_damage(level);
	} else {
		make_word(level);
		level->size = level->window.size;
	}
	if (!level->named)
		hand_up(level);
	level_end(level);
	walk->top--;
	g_string_truncate(walk->chain, walk->top >= 0 ? walk->levels[walk->top].chain_size : 0);
	*step = (struct walk_step){
		.type = WALK_LEAVE, .form = level->form, .size = level->size,
		.word = level->word != NULL ? level->word : source_form_name(level->form),
		.reason = level->reason.message, .last = walk->top < 0, .lost = level->lost,
		.position = position_of(walk),
		.resume = walk->top == 0 ? walk->levels[0].members : -1,
	};
	return level->named && !passed;
}

/* ---- the walk ---- */

static struct walk *walk_new(void)
{
	struct walk *walk = g_new0(struct walk, 1);

	walk->folder = (struct folder)FOLDER_NONE;
	walk->top = -1;
	walk->chain = g_string_new(NULL);
	walk->names = g_hash_table_new(g_direct_hash, g_direct_equal);
	for (size_t i = 0; i < G_N_ELEMENTS(walk->levels); i++) {
		walk->levels[i].walk = walk;
		walk->levels[i].window = (struct window)WINDOW_CLOSED;
		messages_init(&walk->levels[i].messages);
	}
	return walk;
}

/* From within: what is below reads from what is above. */
static void end_levels(struct walk *walk)
{
	for (; walk->top >= 0; walk->top--)
		level_end(&walk->levels[walk->top]);
}

struct walk *walk_reopen(struct walk *walk, const char *path, int64_t resume,
                         const struct walk_options *options)
{
	if (walk == NULL)
		walk = walk_new();
	end_levels(walk);
	g_free(walk->path);
	walk->path = g_strdup(path);
	walk->options = *options;
	walk->resume = resume;
	walk->stopped = -1;
	walk->top = 0;
	g_string_truncate(walk->chain, 0);
	if (g_hash_table_size(walk->names) > 0)
		g_hash_table_remove_all(walk->names);
	level_begin(&walk->levels[0], true);
	return walk;
}

struct walk *walk_open(const char *path, int64_t resume, const struct walk_options *options)
{
	return walk_reopen(NULL, path, resume, options);
}

void walk_close(struct walk *walk)
{
	if (walk == NULL)
		return;
	end_levels(walk);
	for (size_t i = 0; i < G_N_ELEMENTS(walk->levels); i++) {
		messages_clear(&walk->levels[i].messages);
		window_clear(&walk->levels[i].window);
		g_free(walk->levels[i].word);
	}
	g_hash_table_destroy(walk->names);
	g_string_free(walk->chain, TRUE);
	folder_clear(&walk->folder);
	g_free(walk->path);
	g_free(walk);
}

/* Something was given up as too large: leave all that is in it, and then it. What is
 * settled already stays so. */
static void stop(struct walk *walk, struct level *level)
{
	if (level - walk->levels == walk->stopped) {
		walk->stopped = -1;
		level->form = SOURCE_UNREADABLE;
		level->phase = PHASE_LEAVE;
	} else if (level->phase != PHASE_LEAVE) {
		settle(level, SOURCE_UNREADABLE, GIVEN_UP);
	}
}

int walk_next(struct walk *walk, struct walk_step *step)
{
	*step = (struct walk_step){ .resume = -1, .size = -1 };
	while (walk->top >= 0) {
		struct level *level = &walk->levels[walk->top];
		int told = 0;

		if (walk->stopped >= 0)
			stop(walk, level);
		switch (level->phase) {
		case PHASE_JUDGE:
			judge(level);
			break;
		case PHASE_MESSAGES:
		case PHASE_GIVEN:
			told = next_message(level, step);
			break;
		case PHASE_MEMBERS:
			told = next_member(level, step);
			break;
		case PHASE_LEAVE:
			told = next_remark(level, step) || leave(level, step);
			break;
		}
		if (told)
			return 1;
	}
	return 0;
}

/* ---- one member ---- */

/* Is it what is looked for, or what that is in? */
static bool leads_to(const char *entered, const char *chain)
{
	size_t size = strlen(entered);

	return strncmp(entered, chain, size) == 0 && (chain[size] == '\0' || chain[size] == '/');
}

/* Look at what was entered, or leave what need not be looked at: 1 if it is the one. */
static int find_step(struct walk *walk, const char *chain, struct error *err)
{
	struct level *level = &walk->levels[walk->top];
	bool wanted = !is_outermost(level) && strcmp(walk->chain->str, chain) == 0;
	struct walk_step passed;

	switch (level->phase) {
	case PHASE_JUDGE:
		if (!is_outermost(level) && level->named && !leads_to(walk->chain->str, chain)) {
			settle(level, SOURCE_NOT_MAIL, "");
			break;
		}
		judge(level);
		return wanted && level->phase == PHASE_MESSAGES;
	case PHASE_MESSAGES:
		settle(level, level->form, "");
		break;
	case PHASE_GIVEN:
		if (wanted)
			return level_above(level)->container->text != NULL ? 1
			       : error_at(err, walk->path, -1, "%s is not kept as raw bytes", chain);
		settle(level, level->form, "");
		break;
	case PHASE_MEMBERS:
		next_member(level, &passed);
		break;
	case PHASE_LEAVE:
		leave(level, &passed);
		break;
	}
	return 0;
}

int walk_find(struct walk *walk, const char *chain, enum source_form *form,
              struct window **window, struct error *err)
{
	while (walk->top >= 0) {
		if (walk->stopped >= 0)
			stop(walk, &walk->levels[walk->top]);
		int found = find_step(walk, chain, err);

		if (found > 0) {
			struct level *level = &walk->levels[walk->top];

			*form = level->messages.form;
			*window = level->phase == PHASE_GIVEN ? NULL : &level->window;
		}
		if (found != 0)
			return found;
	}
	return 0;
}

int walk_find_given(struct walk *walk, int64_t offset, const char *member, GString *text,
                    struct raw_message *raw, struct error *err)
{
	const struct level *above = level_above(&walk->levels[walk->top]);
	int got;

	while ((got = above->container->next_message(above->state, raw, err)) > 0) {
		alive(walk);
		if (raw->offset != offset || strcmp(raw->member ? raw->member : "", member) != 0)
			continue;
		if (raw->rejected)
			return error_at(err, walk->path, offset, "%s", raw->rejected);
		raw->record = true;
		g_string_append_len(text, (const char *)raw->header, (gssize)raw->header_size);
		raw->no_text = !above->container->text(above->state, text);
		return 1;
	}
	return got;
}

int64_t walk_give_up(struct walk *walk)
{
	struct level *level = &walk->levels[walk->top];
	bool messages = level->phase == PHASE_MESSAGES || level->phase == PHASE_GIVEN;
	struct level *lost = level;

	/* Its bytes are those of the container above, which failed in finishing it. */
	if (level->phase == PHASE_LEAVE && !is_outermost(level))
		lost = level_above(level);
	level->window.size = MIN(level->window.size,
	                         level->window.base + (int64_t)level->window.fill);
	level->phase = lost->phase = PHASE_LEAVE;
	if (messages)
		return level->reached;
	lost->lost = true;
	lost->form = SOURCE_UNREADABLE;
	return -1;
}
