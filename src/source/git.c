/* git.c - git repositories in which public-inbox keeps mail
 *
 * A list's repository has a commit a message. In a v2 inbox (NAME/git/0.git, 1.git,
 * ...) the message is the file "m" of its commit; a commit that takes one out has it
 * as the file "d". In a v1 inbox it is a file like "ab/cdef...", the SHA-1 of its
 * Message-ID, and taken out by removing that. The format: public-inbox-v1-format(5),
 * public-inbox-v2-format(5).
 *
 * The history of all branches is gone through from its begin, and every file that
 * a commit adds or changes so is a member: "COMMIT:m", which is also what git calls
 * it. So nothing hangs on how the repository is packed, what a list deleted later is
 * there, and what comes with the next fetch comes behind. A "d" is read as well: its
 * message may have been added in an older repository that is not at hand. */
#include "container.h"
#include "git_process.h"
#include "repository.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <glib.h>

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* A message that was not read to its end is read and thrown away up to this; beyond it
 * is less work to start git again. */
#define REST_MAX (4 << 20)

/* The top of a tree is judged by so many bytes. */
#define TREE_BYTES (64 << 10)

/* What a commit does. */
enum change {
	CHANGE_NONE,                    /* nothing to a message */
	CHANGE_MESSAGE,                 /* adds one */
	CHANGE_DELETED,                 /* has one that it takes out (v2) */
	CHANGE_REMOVED,                 /* takes one out (v1) */
	CHANGE_OTHER,                   /* a file that is no message */
};

struct git {
	struct container_input *input;  /* borrowed */
	struct git_place place;
	struct git_process history, objects;

	char commit[65];
	bool empty;                     /* the commit has changed no message so far */
	char object[65];                /* of the current member */
	GString *name;
	bool asked;                     /* for the object; then: */
	int64_t rest;                   /* bytes of it to come; -1: it is missing */

	int64_t deleted, removed, others, without, foreign, unread;
	bool shallow;
	GPtrArray *remarks;             /* char *: kind, text, kind, text ... */
};

/* ---- objects ---- */

static int start_objects(struct git *git, struct error *err)
{
	static const char *const arguments[] = { "git", "cat-file", "--batch", NULL };

	return git_process_begin(&git->objects, &git->place, arguments, NULL, err);
}

/* Ask for an object: 1 with what it is and git->rest, 0 if it is not there, -1. */
static int ask(struct git *git, const char *object, const char *type, struct error *err)
{
	char *question = g_strconcat(object, "\n", NULL);
	int status = git_process_ask(&git->objects, question, err);
	int got = status == 0 ? git_process_line(&git->objects, err) : -1;
	char **words = NULL;

	g_free(question);
	if (got == 0)
		error_set(err, "git cannot read the object %s: damaged", object);
	if (got <= 0)
		return -1;
	if (git->history.pid != 0)
		git_place_remove(&git->place);
	words = g_strsplit(git->objects.line->str, " ", 3);
	git->rest = -1;
	if (g_strv_length(words) == 3 && g_ascii_isdigit(words[2][0])) {
		git->rest = g_ascii_strtoll(words[2], NULL, 10) + 1;    /* a line end follows */
		status = strcmp(words[1], type) == 0;
	}
	g_strfreev(words);
	return status;
}

/* Have nothing of an object left to come. */
static int finish_object(struct git *git, struct error *err)
{
	if (git->rest > REST_MAX) {
		git_process_end(&git->objects);
		git->rest = 0;
		return start_objects(git, err);
	}
	while (git->rest > 0) {
		int64_t got = git_process_read(&git->objects, NULL, (size_t)git->rest, err);

		if (got <= 0)
			return error_set(err, "git has ended unexpectedly");
		git->rest -= got;
	}
	return 0;
}

static int64_t git_read(void *state, uint8_t *bytes, size_t room, struct error *err)
{
	struct git *git = state;

	if (!git->asked) {
		git->asked = true;
		int got = ask(git, git->object, "blob", err);

		if (got < 0)
			return -1;
		if (got == 0)
			return error_set(err, "the object %s is missing in the repository", git->object);
	}
	if (git->rest <= 1)
		return 0;
	int64_t got = git_process_read(&git->objects, bytes, (size_t)MIN((int64_t)room, git->rest - 1),
	                               err);

	if (got == 0)
		return error_set(err, "git cannot read the object %s: damaged", git->object);
	git->rest -= MAX(got, 0);
	return got;
}

/* ---- is there mail? ---- */

static bool is_hex_pair(const char *name)
{
	return strlen(name) >= 2 && g_ascii_isxdigit(name[0]) && g_ascii_isxdigit(name[1]) &&
	       !g_ascii_isupper(name[0]) && !g_ascii_isupper(name[1]);
}

/* Does an entry at the top of a tree look like public-inbox? "40000 ab", "100644 m". */
static bool is_mail_entry(const char *entry)
{
	const char *name = strchr(entry, ' ');

	if (name++ == NULL)
		return false;
	if (entry[0] == '4')
		return strlen(name) == 2 && is_hex_pair(name);
	return strcmp(name, "m") == 0 || strcmp(name, "d") == 0;
}

/* Each entry of a tree is its mode, a blank, its name, NUL and the object, bare. */
static bool is_mail_tree(const uint8_t *bytes, size_t size, bool whole, size_t object_size)
{
	size_t at = 0;
	const uint8_t *end;

	while (at < size && (end = memchr(bytes + at, '\0', size - at)) != NULL) {
		if (!is_mail_entry((const char *)bytes + at))
			return false;
		at = (size_t)(end - bytes) + 1 + object_size;
	}
	return at == size || !whole;
}

/* 1 if a branch can hold mail, 0 if not or it cannot be read, -1 with *err. All may
 * have been deleted of late: an empty tree says nothing. */
static int judge_tip(struct git *git, const struct repository_tip *tip, struct error *err)
{
	char *tree = g_strconcat(tip->object, "^{tree}", NULL);
	int got = ask(git, tree, "tree", err);

	g_free(tree);
	if (got == 0)
		git->unread++;
	if (got <= 0)
		return got < 0 ? -1 : finish_object(git, err);
	size_t size = (size_t)MIN(git->rest - 1, TREE_BYTES), fill = 0;
	bool whole = (int64_t)size == git->rest - 1;
	uint8_t *bytes = g_malloc(size + 1);
	int64_t more;

	while (fill < size &&
	       (more = git_process_read(&git->objects, bytes + fill, size - fill, err)) > 0)
		fill += (size_t)more;
	git->rest -= (int64_t)fill;
	bool mail = is_mail_tree(bytes, fill, whole, strlen(tip->object) / 2);
	g_free(bytes);
	if (fill < size || finish_object(git, err) < 0)
		return error_set(err, "git has ended unexpectedly");
	git->foreign += !mail;
	return mail;
}

/* The branches that hold mail, a line each; NULL with *err and *form if none does. */
static char *choose_tips(struct git *git, const struct repository *repository,
                         enum source_form *form, struct error *err)
{
	GString *chosen = g_string_new(NULL);
	int mail = 0;

	for (guint i = 0; i < repository->tips->len && mail >= 0; i++) {
		const struct repository_tip *tip =
			&g_array_index(repository->tips, struct repository_tip, i);

		mail = judge_tip(git, tip, err);
		if (mail > 0)
			g_string_append_printf(chosen, "%s\n", tip->object);
	}
	if (mail < 0 || chosen->len > 0)
		return g_string_free(chosen, mail < 0);
	g_string_free(chosen, TRUE);
	if (git->unread > 0) {
		error_set(err, "a git repository that is damaged or not whole: what its branches lead to is"
		          " missing");
		return NULL;
	}
	*form = SOURCE_NOT_MAIL;
	error_set(err, "a git repository without mail");
	return NULL;
}

/* ---- history ---- */

/* A commit's lines are its name, a blank one, and a line a file; in that of a merge only
 * files that differ from all its parents. */
static int start_history(struct git *git, const char *tips, struct error *err)
{
	static const char *const arguments[] = {
		"git", "log", "--stdin", "--topo-order", "--reverse", "--format=%H", "--raw", "--no-abbrev",
		"--root", "-r", "-c", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color",
		"--no-show-signature", NULL,
	};

	return git_process_begin(&git->history, &git->place, arguments, tips, err);
}

static enum change change_of(const char *path, char status)
{
	bool there = status != 'D';

	if (strcmp(path, "m") == 0)
		return there ? CHANGE_MESSAGE : CHANGE_NONE;
	if (strcmp(path, "d") == 0)
		return there ? CHANGE_DELETED : CHANGE_NONE;
	if (is_hex_pair(path) && path[2] == '/' && strlen(path) == 2 + 1 + 38 &&
	    strspn(path + 3, "0123456789abcdef") == 38)
		return there ? CHANGE_MESSAGE : CHANGE_REMOVED;
	return there ? CHANGE_OTHER : CHANGE_NONE;
}

/* ":100644 100644 OBJECT OBJECT M<tab>PATH"; a merge has a colon for each of its
 * parents, and as many modes and objects more. Takes line apart. */
static enum change read_change(struct git *git, char *line)
{
	size_t parents = strspn(line, ":");
	char *path = strchr(line, '\t');
	char **words;
	enum change change = CHANGE_NONE;

	if (path == NULL)
		return CHANGE_NONE;
	*path++ = '\0';
	words = g_strsplit(line + parents, " ", -1);
	if (g_strv_length(words) == 2 * (parents + 1) + 1) {
		const char *mode = words[parents], *object = words[2 * parents + 1];
		char status = words[2 * (parents + 1)][strlen(words[2 * (parents + 1)]) - 1];

		change = change_of(path, status == 'D' ? 'D' : 'A');
		if ((change == CHANGE_MESSAGE || change == CHANGE_DELETED) && !g_str_has_prefix(mode, "100"))
			change = CHANGE_OTHER;
		g_strlcpy(git->object, object, sizeof git->object);
	}
	g_strfreev(words);
	g_string_printf(git->name, "%s:%s", git->commit, path);
	return change;
}

/* Begin a commit, or end with the last. */
static void note_commit(struct git *git, const char *commit)
{
	git->without += git->empty && git->commit[0] != '\0';
	g_strlcpy(git->commit, commit, sizeof git->commit);
	git->empty = true;
}

static void make_member(struct git *git, enum change change, struct container_member *member)
{
	*member = (struct container_member){
		.name = git->name->str, .kind = MEMBER_FILE, .size = -1, .skips = true,
	};
	if (change == CHANGE_REMOVED) {
		git->removed++;
		member->kind = MEMBER_LINK;
		member->reason = "the list took this message out here: it is read where it was put in";
	} else if (change == CHANGE_DELETED) {
		git->deleted++;
		member->remark_kind = "deleted";
		member->remark = "the list took this message out with this commit";
	}
}

static int git_next_member(void *state, struct container_member *member, struct error *err)
{
	struct git *git = state;
	int got;

	if (git->asked && finish_object(git, err) < 0)
		return -1;
	git->asked = false;
	while ((got = git_process_line(&git->history, err)) > 0) {
		git_place_remove(&git->place);
		char *line = git->history.line->str;

		if (*line != ':') {
			if (*line != '\0')
				note_commit(git, line);
			continue;
		}
		enum change change = read_change(git, line);

		git->others += change == CHANGE_OTHER;
		if (change == CHANGE_NONE || change == CHANGE_OTHER)
			continue;
		git->empty = false;
		make_member(git, change, member);
		return 1;
	}
	if (got == 0 && !git_process_end(&git->history))
		return error_set(err, "git cannot go through the history to its end: damaged, or not whole");
	if (got == 0)
		note_commit(git, "");
	return got;
}

/* ---- what a user should know ---- */

static void add_remark(struct git *git, int64_t count, const char *kind, char *text)
{
	if (count > 0) {
		g_ptr_array_add(git->remarks, g_strdup(kind));
		g_ptr_array_add(git->remarks, text);
	} else {
		g_free(text);
	}
}

static void make_remarks(struct git *git)
{
	int64_t gone = git->deleted + git->removed;

	add_remark(git, gone, "deleted",
	           g_strdup_printf("taken out by the list itself, and read all the same: %s",
	                           text_counted(gone, "message", "messages")));
	add_remark(git, git->without, "commits-no-mail",
	           g_strdup_printf("%s no message in or out",
	                           text_counted(git->without, "commit puts", "commits put")));
	add_remark(git, git->others, "files-no-mail",
	           g_strdup_printf("not read, because public-inbox does not name messages so: %s",
	                           text_counted(git->others, "file in the history",
	                                        "files in the history")));
	add_remark(git, git->foreign, "branches-no-mail",
	           g_strdup_printf("%s no mail", text_counted(git->foreign, "branch holds",
	                                                      "branches hold")));
	add_remark(git, git->unread, "branches-unread",
	           g_strdup_printf("%s not be read", text_counted(git->unread, "branch can",
	                                                          "branches can")));
	add_remark(git, git->shallow, "shallow",
	           g_strdup("only the newest part of the history is here (a shallow clone)"));
}

static bool git_remark(const void *state, size_t i, const char **kind, const char **text)
{
	const struct git *git = state;

	if (i == 0)
		make_remarks((struct git *)state);
	if (2 * i >= git->remarks->len)
		return false;
	*kind = git->remarks->pdata[2 * i];
	*text = git->remarks->pdata[2 * i + 1];
	return true;
}

/* ---- the repository ---- */

/* Is there something in it? Whoever opens what is no file may wait for ever. */
static bool has_file(const char *folder, const char *name)
{
	char *path = g_build_filename(folder, name, NULL);
	struct stat status;
	bool has = lstat(path, &status) == 0 && (status.st_size > 0 || !S_ISREG(status.st_mode));

	g_free(path);
	return has;
}

/* Bytes of the files in a folder; -1 if git would find what is no file, or a link there. */
static int64_t size_of_folder(const char *path)
{
	const struct dirent *item;
	struct stat status;
	int64_t size = 0;

	if (lstat(path, &status) == 0 && !S_ISDIR(status.st_mode))
		return -1;
	DIR *folder = opendir(path);
	while (folder != NULL && size >= 0 && (item = readdir(folder)) != NULL) {
		if (fstatat(dirfd(folder), item->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0 ||
		    S_ISDIR(status.st_mode))
			continue;
		size = S_ISREG(status.st_mode) ? size + status.st_size : -1;
	}
	if (folder != NULL)
		closedir(folder);
	return size;
}

/* What all objects take on disk: what comes out of them is measured by it. -1 as above. */
static int64_t size_of_objects(const char *repository)
{
	int64_t size = 0;

	for (unsigned i = 0; i <= 256 && size >= 0; i++) {
		char *name = i == 256 ? g_strdup("pack") : g_strdup_printf("%02x", i);
		char *path = g_build_filename(repository, "objects", name, NULL);
		int64_t bytes = size_of_folder(path);

		size = bytes < 0 ? -1 : size + bytes;
		g_free(path);
		g_free(name);
	}
	return size;
}

/* Is there something that git would wait at, or that leads out of the repository? */
static bool is_unsafe(const char *repository)
{
	static const char *const files[] = { "objects", "shallow", "objects/info" };
	struct stat status;
	bool unsafe = false;

	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		char *path = g_build_filename(repository, files[i], NULL);

		unsafe |= lstat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
		          !S_ISDIR(status.st_mode);
		g_free(path);
	}
	return unsafe;
}

/* Choose what to read of the repository and begin. -1 with *err and *form. */
static int begin(struct git *git, const struct repository *repository, enum source_form *form,
                 struct error *err)
{
	const char *path = git->input->path;
	const struct repository_tip *first = (const void *)repository->tips->data;

	git->unread = repository->unread;
	git->shallow = has_file(path, "shallow");
	if (has_file(path, "reftable"))
		return error_set(err, "a git repository that keeps its branches in a reftable, which is not"
		                 " read: clone it with --ref-format=files");
	if (repository->tips->len == 0 && repository->unread == 0) {
		*form = SOURCE_EMPTY;
		return error_set(err, "a git repository without commits");
	}
	if (has_file(path, "objects/info/alternates"))
		return error_set(err, "a git repository that borrows objects from another place"
		                 " (objects/info/alternates), which is not followed: clone it without"
		                 " --shared and --reference");
	git->input->taken = size_of_objects(path);
	if (git->input->taken < 0 || is_unsafe(path))
		return error_set(err, "a git repository among whose objects are links, or what is no file:"
		                 " not opened");
	bool wide = repository->tips->len > 0 && strlen(first->object) == 64;
	git_place_init(&git->place, path, wide);
	git->place.alive = git->input->alive;
	git->place.context = git->input->context;
	if (start_objects(git, err) < 0)
		return -1;
	char *tips = choose_tips(git, repository, form, err);
	int status = tips != NULL ? start_history(git, tips, err) : -1;

	g_free(tips);
	return status;
}

static void git_close(void *state)
{
	struct git *git = state;

	git_process_end(&git->history);
	git_process_end(&git->objects);
	git_place_clear(&git->place);
	g_string_free(git->name, TRUE);
	g_ptr_array_unref(git->remarks);
	g_free(git);
}

static void *git_open(struct container_input *input, enum source_form *form, struct error *err)
{
	struct git *git = g_new0(struct git, 1);
	struct repository repository;

	*form = SOURCE_UNREADABLE;
	git->input = input;
	git->history = git->objects = (struct git_process)GIT_PROCESS_NONE;
	git->name = g_string_new(NULL);
	git->remarks = g_ptr_array_new_with_free_func(g_free);
	repository_take(input->path, &repository);
	int status = begin(git, &repository, form, err);

	repository_clear(&repository);
	if (status < 0) {
		git_close(git);
		return NULL;
	}
	return git;
}

static const char *git_word(const void *state)
{
	(void)state;
	return "git";
}

/* A repository is a folder: walk.c knows it, not its first bytes. */
const struct container_form git_form = {
	.open = git_open,
	.word = git_word,
	.next_member = git_next_member,
	.read = git_read,
	.remark = git_remark,
	.close = git_close,
};
