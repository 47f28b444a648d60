/* Files: what was given to read, and how far it was read. */
#include "casefile_internal.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <string.h>

/* Of a file whose size was told when it was begun. */
#define SIZE_KEPT INT64_MIN

/* A file that was begun and has no row yet: most files are single messages, and
 * are ended before anything else needs their row, which then is written once. */
struct fresh_file {
	int64_t id, size, modified_ns;
	int64_t container;              /* 0: it is on disk */
	char path[];
};

static void add_fresh(struct casefile *casefile, const char *path, int64_t size,
                      int64_t modified_ns, int64_t container, int64_t *file)
{
	size_t path_size = strlen(path) + 1;
	struct fresh_file *fresh = g_malloc(sizeof *fresh + path_size);

	fresh->id = *file = casefile->next_file++;
	fresh->size = size;
	fresh->modified_ns = modified_ns;
	fresh->container = container;
	memcpy(fresh->path, path, path_size);
	g_queue_push_tail(casefile->fresh, fresh);
	if (casefile->paths_loaded)
		key_index_add(&casefile->paths, key_hash_text(path), (uint32_t)fresh->id);
	if (!casefile->last_path || strcmp(path, casefile->last_path) > 0) {
		g_free(casefile->last_path);
		casefile->last_path = g_strdup(path);
	}
}

/* Ids ascend in the queue, and only its files have them. */
bool file_is_fresh(const struct casefile *casefile, int64_t file)
{
	const struct fresh_file *first = g_queue_peek_head(casefile->fresh);

	return first && file >= first->id;
}

void files_forget(struct casefile *casefile)
{
	g_queue_clear_full(casefile->fresh, g_free);
	casefile->progress_file = 0;
}

/* The first of the fresh files gets its row. */
static int hold_first(struct casefile *casefile, int64_t size, enum file_outcome outcome,
                      const char *form, const char *reason, struct error *err)
{
	struct fresh_file *fresh = g_queue_pop_head(casefile->fresh);
	struct held_rows *row = held_begin(casefile, ROWS_OF_FILE, fresh->id);
	bool progress = fresh->id == casefile->progress_file;

	hold_text(row, fresh->path);
	hold_number(row, size == SIZE_KEPT ? fresh->size : size);
	hold_number(row, fresh->modified_ns);
	hold_number(row, outcome);
	hold_text(row, form);
	hold_text(row, reason);
	hold_number(row, progress && outcome == FILE_UNFINISHED ? casefile->progress_offset : 0);
	hold_id(row, fresh->container);
	hold_number(row, casefile->embedded);
	if (progress)
		casefile->progress_file = 0;
	g_free(fresh);
	return held_end(casefile, ROWS_OF_FILE, err);
}

static int hold_unfinished(struct casefile *casefile, int64_t last, struct error *err)
{
	const struct fresh_file *first;

	while ((first = g_queue_peek_head(casefile->fresh)) && first->id <= last)
		if (hold_first(casefile, SIZE_KEPT, FILE_UNFINISHED, NULL, NULL, err) < 0)
			return -1;
	return 0;
}

int files_note(struct casefile *casefile, int64_t last, struct error *err)
{
	if (hold_unfinished(casefile, last, err) < 0)
		return -1;
	if (!casefile->progress_file || file_is_fresh(casefile, casefile->progress_file))
		return 0;
	sqlite3_stmt *progress = casefile_statement_on(casefile, FILE_PROGRESS,
	                                               casefile->progress_file, err);

	if (!progress)
		return -1;
	bind_number(casefile, progress, 1, casefile->progress_file);
	bind_number(casefile, progress, 2, casefile->progress_offset);
	casefile->progress_file = 0;
	return casefile_run(casefile, progress, err);
}

static int run_on_file(struct casefile *casefile, enum statement which, int64_t file,
                       struct error *err)
{
	sqlite3_stmt *statement = casefile_statement(casefile, which, err);

	if (!statement)
		return -1;
	bind_number(casefile, statement, 1, file);
	return casefile_run(casefile, statement, err);
}

/* Messages found nowhere else stay, loose, until the read is over: most come back
 * with the same id. */
static int drop_content(struct casefile *casefile, int64_t file, struct error *err)
{
	static const enum statement content[] = {
		FILE_DROP_ORIGINS, FILE_DROP_REJECTED, FILE_DROP_NOTES, FILE_DROP_CHECKED,
		FILE_DROP_SIGNATURES,
	};

	if (copies_forget_file(casefile, file, err) < 0 ||
	    run_on_file(casefile, FILE_LOOSEN, file, err) < 0)
		return -1;
	casefile->loose += sqlite3_changes64(casefile->db);
	casefile->current_file = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(content); i++)
		if (run_on_file(casefile, content[i], file, err) < 0)
			return -1;
	return 0;
}

/* The member behind `last`; 0 if there is none. */
static int next_member(struct casefile *casefile, int64_t container, int64_t last,
                       int64_t *member, struct error *err)
{
	sqlite3_stmt *next = casefile_statement(casefile, MEMBER_NEXT, err);

	if (!next)
		return -1;
	bind_number(casefile, next, 1, container);
	bind_number(casefile, next, 2, last);
	int got = casefile_step(casefile, next, err);

	*member = got > 0 ? sqlite3_column_int64(next, 0) : 0;
	sqlite3_reset(next);
	return got < 0 ? -1 : 0;
}

/* Take back what the file gave before it was changed, and its members. */
static int take_back(struct casefile *casefile, int64_t file, struct error *err)
{
	int64_t member = 0;

	memo_drop(&casefile->memo);
	if (casefile_make_indexes(casefile, err) < 0 ||
	    casefile_set_settled(casefile, false, err) < 0 ||
	    casefile_set_changed(casefile, true, err) < 0 ||
	    drop_content(casefile, file, err) < 0)
		return -1;
	do {
		if (next_member(casefile, file, member, &member, err) < 0 ||
		    (member && drop_content(casefile, member, err) < 0))
			return -1;
	} while (member);
	return run_on_file(casefile, MEMBER_DROP, file, err);
}

static int restart_file(struct casefile *casefile, int64_t file, int64_t size,
                        int64_t modified_ns, struct error *err)
{
	sqlite3_stmt *restart = casefile_statement(casefile, FILE_RESTART, err);

	if (!restart)
		return -1;
	bind_number(casefile, restart, 1, file);
	bind_number(casefile, restart, 2, size);
	bind_number(casefile, restart, 3, modified_ns);
	bind_number(casefile, restart, 4, casefile->embedded);
	if (casefile_run(casefile, restart, err) < 0)
		return -1;
	return casefile_count(casefile, 100, err);
}

/* What is stored of a file. */
struct stored_file {
	int64_t id;                     /* 0: nothing */
	int64_t size, modified_ns, outcome, resume, embedded;
};

/* Mail is read in the order of paths, so a first read looks for none. Before the first
 * that is looked for, the keys of all are read: an index in the file would be kept up at
 * the cost of the rows themselves. */
static int load_paths(struct casefile *casefile, struct error *err)
{
	if (casefile->paths_loaded)
		return 0;
	sqlite3_stmt *all = casefile_prepare(casefile, "SELECT id, path FROM file", err);
	int got = -1;

	if (!all)
		return -1;
	key_index_clear(&casefile->paths);
	while ((got = casefile_step(casefile, all, err)) > 0)
		key_index_add(&casefile->paths, key_hash_text(column_text(all, 1)),
		              (uint32_t)sqlite3_column_int64(all, 0));
	sqlite3_finalize(all);
	for (const GList *at = casefile->fresh->head; at; at = at->next) {
		const struct fresh_file *fresh = at->data;

		key_index_add(&casefile->paths, key_hash_text(fresh->path), (uint32_t)fresh->id);
	}
	casefile->paths_loaded = got == 0;
	return got;
}

/* What is stored of file id, if that is its path. */
static int get_stored(struct casefile *casefile, int64_t id, const char *path,
                      struct stored_file *stored, struct error *err)
{
	sqlite3_stmt *get = casefile_statement_on(casefile, FILE_GET, id, err);

	if (!get)
		return -1;
	bind_number(casefile, get, 1, id);
	int got = casefile_step(casefile, get, err);

	if (got > 0 && strcmp(column_text(get, 0), path) == 0)
		*stored = (struct stored_file){
			.id = id, .size = sqlite3_column_int64(get, 1),
			.modified_ns = sqlite3_column_int64(get, 2),
			.outcome = sqlite3_column_int64(get, 3),
			.resume = sqlite3_column_int64(get, 4),
			.embedded = sqlite3_column_int64(get, 5),
		};
	sqlite3_reset(get);
	return got < 0 ? -1 : 0;
}

static int find_stored(struct casefile *casefile, const char *path, struct stored_file *stored,
                       struct error *err)
{
	uint32_t suspect;
	size_t probe = SIZE_MAX;

	*stored = (struct stored_file){ 0 };
	if (!casefile->last_path || strcmp(path, casefile->last_path) > 0)
		return 0;
	if (load_paths(casefile, err) < 0)
		return -1;
	uint32_t hash = key_hash_text(path);

	while (!stored->id && (suspect = key_index_find(&casefile->paths, hash, &probe)))
		if (get_stored(casefile, suspect, path, stored, err) < 0)
			return -1;
	return 0;
}

/* The file itself, or how it is read. */
static bool is_changed(const struct casefile *casefile, const struct stored_file *stored,
                       int64_t size, int64_t modified_ns)
{
	bool no_mail = stored->outcome == FILE_EMPTY || stored->outcome == FILE_NOT_MAIL;

	return stored->size != size || stored->modified_ns != modified_ns ||
	       (stored->embedded != casefile->embedded && !no_mail);
}

/* Read to its end. Others were not read then; permissions and links change without a
 * trace in the file, so they are tried again. */
static bool is_read(const struct stored_file *stored)
{
	return stored->outcome == FILE_MAIL || stored->outcome == FILE_EMPTY ||
	       stored->outcome == FILE_NOT_MAIL || stored->outcome == FILE_CONTAINER;
}

int casefile_file_find(struct casefile *casefile, const char *path, int64_t size,
                       int64_t modified_ns, bool *known, int64_t *resume, struct error *err)
{
	struct stored_file stored;

	*known = false;
	*resume = 0;
	if (find_stored(casefile, path, &stored, err) < 0)
		return -1;
	if (!stored.id || is_changed(casefile, &stored, size, modified_ns))
		return 0;
	*known = is_read(&stored);
	*resume = stored.outcome == FILE_UNFINISHED ? stored.resume : 0;
	return 0;
}

static int begin_file(struct casefile *casefile, const char *path, int64_t size,
                      int64_t modified_ns, int64_t *file, bool *known, int64_t *resume,
                      struct error *err)
{
	struct stored_file stored = { 0 };
	bool beyond = !casefile->last_path || strcmp(path, casefile->last_path) > 0;

	if (!beyond && (files_note(casefile, INT64_MAX, err) < 0 ||
	                find_stored(casefile, path, &stored, err) < 0))
		return -1;
	casefile->new_container = 0;
	if (!stored.id) {
		add_fresh(casefile, path, size, modified_ns, 0, file);
		casefile->new_container = *file;
		return 0;
	}
	*file = stored.id;
	if (is_changed(casefile, &stored, size, modified_ns))
		return take_back(casefile, *file, err) < 0 ||
		       restart_file(casefile, *file, size, modified_ns, err) < 0 ? -1 : 0;
	*known = is_read(&stored);
	if (stored.outcome == FILE_UNFINISHED)
		*resume = stored.resume;
	else if (!*known)
		return restart_file(casefile, *file, size, modified_ns, err);
	return 0;
}

int casefile_file_begin(struct casefile *casefile, const char *path, int64_t size,
                        int64_t modified_ns, int64_t *file, bool *known, int64_t *resume,
                        struct error *err)
{
	*file = 0;
	*known = false;
	*resume = 0;
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (begin_file(casefile, path, size, modified_ns, file, known, resume, err) == 0)
		return 0;
	casefile_abandon(casefile);
	return -1;
}

void casefile_set_embedded(struct casefile *casefile, bool embedded)
{
	casefile->embedded = embedded;
}

int casefile_set_table_options(struct casefile *casefile, const char *text, struct error *err)
{
	sqlite3_stmt *same = casefile_statement(casefile, STATE_SAME_OPTIONS, err);
	sqlite3_stmt *stale, *set;

	if (!same)
		return -1;
	bind_text(casefile, same, 1, text);
	int got = casefile_step(casefile, same, err);

	sqlite3_reset(same);
	if (got != 0)
		return got < 0 ? -1 : 0;
	if (casefile_begin(casefile, err) < 0 ||
	    !(stale = casefile_statement(casefile, FILE_STALE_TABLES, err)) ||
	    casefile_run(casefile, stale, err) < 0 ||
	    !(set = casefile_statement(casefile, STATE_OPTIONS, err)))
		return -1;
	bind_text(casefile, set, 1, text);
	return casefile_run(casefile, set, err);
}

static int begin_member(struct casefile *casefile, int64_t container, const char *path,
                        int64_t *member, struct error *err)
{
	struct stored_file stored = { 0 };

	if (container != casefile->new_container &&
	    (files_note(casefile, INT64_MAX, err) < 0 ||
	     find_stored(casefile, path, &stored, err) < 0))
		return -1;
	*member = stored.id;
	if (!stored.id)
		add_fresh(casefile, path, -1, 0, container, member);
	return 0;
}

int casefile_member_begin(struct casefile *casefile, int64_t container, const char *path,
                          int64_t *member, struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (begin_member(casefile, container, path, member, err) == 0)
		return 0;
	casefile_abandon(casefile);
	return -1;
}

/* Said of every message in a mailbox: the row is updated with the next commit. */
int casefile_file_progress(struct casefile *casefile, int64_t file, int64_t offset,
                           struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	casefile->touched_file = MAX(casefile->touched_file, file);
	if (casefile->progress_file != file && files_note(casefile, casefile->touched_file, err) < 0)
		return -1;
	casefile->progress_file = file;
	casefile->progress_offset = offset;
	return 0;
}

static int end_file(struct casefile *casefile, int64_t file, int64_t size,
                    enum file_outcome outcome, const char *form, const char *reason,
                    struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	if (file_is_fresh(casefile, file)) {
		if (hold_unfinished(casefile, file - 1, err) < 0 ||
		    hold_first(casefile, size, outcome, form, reason, err) < 0)
			return -1;
		return casefile_count(casefile, 200, err);
	}
	sqlite3_stmt *end = casefile_statement_on(casefile, FILE_END, file, err);

	if (!end)
		return -1;
	if (casefile->progress_file == file)
		casefile->progress_file = 0;
	bind_number(casefile, end, 1, file);
	bind_number(casefile, end, 2, outcome);
	bind_text(casefile, end, 3, form);      /* NULL is bound as NULL */
	bind_text(casefile, end, 4, reason);
	bind_instant(casefile, end, 5, size == SIZE_KEPT ? INSTANT_NONE : size);
	return casefile_run(casefile, end, err) < 0 ? -1 : casefile_count(casefile, 200, err);
}

int casefile_file_end(struct casefile *casefile, int64_t file, enum file_outcome outcome,
                      const char *form, const char *reason, struct error *err)
{
	return end_file(casefile, file, SIZE_KEPT, outcome, form, reason, err);
}

int casefile_member_end(struct casefile *casefile, int64_t member, int64_t size,
                        enum file_outcome outcome, const char *form, const char *reason,
                        struct error *err)
{
	return end_file(casefile, member, size, outcome, form, reason, err);
}
