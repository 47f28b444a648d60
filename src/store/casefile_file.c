/* Files: what was given to read, and how far it was read. */
#include "casefile_internal.h"

#include "epistograph/error.h"

#include <string.h>

/* A file that was begun and has no row yet: most files are single messages, and
 * are ended before anything else needs their row, which then is written once. */
struct fresh_file {
	int64_t id, size, modified_ns;
	char path[];
};

static int add_fresh(struct casefile *casefile, const char *path, int64_t size,
                     int64_t modified_ns, int64_t *file)
{
	size_t path_size = strlen(path) + 1;
	struct fresh_file *fresh = g_malloc(sizeof *fresh + path_size);

	fresh->id = *file = casefile->next_file++;
	fresh->size = size;
	fresh->modified_ns = modified_ns;
	memcpy(fresh->path, path, path_size);
	g_queue_push_tail(casefile->fresh, fresh);
	if (!casefile->last_path || strcmp(path, casefile->last_path) > 0) {
		g_free(casefile->last_path);
		casefile->last_path = g_strdup(path);
	}
	return 0;
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
static int hold_first(struct casefile *casefile, enum file_outcome outcome, const char *form,
                      const char *reason, struct error *err)
{
	struct fresh_file *fresh = g_queue_pop_head(casefile->fresh);
	struct held_rows *row = held_begin(casefile, ROWS_OF_FILE, fresh->id);
	bool progress = fresh->id == casefile->progress_file;

	hold_text(row, fresh->path);
	hold_number(row, fresh->size);
	hold_number(row, fresh->modified_ns);
	hold_number(row, outcome);
	hold_text(row, form);
	hold_text(row, reason);
	hold_number(row, progress && outcome == FILE_UNFINISHED ? casefile->progress_offset : 0);
	if (progress)
		casefile->progress_file = 0;
	g_free(fresh);
	return held_end(casefile, ROWS_OF_FILE, err);
}

static int hold_unfinished(struct casefile *casefile, int64_t last, struct error *err)
{
	const struct fresh_file *first;

	while ((first = g_queue_peek_head(casefile->fresh)) && first->id <= last)
		if (hold_first(casefile, FILE_UNFINISHED, NULL, NULL, err) < 0)
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

/* Take back what the file gave before it was changed. Its messages stay, loose,
 * until the read is over: most come back with the same id. */
static int take_back(struct casefile *casefile, int64_t file, struct error *err)
{
	if (casefile_make_indexes(casefile, false, err) < 0 ||
	    casefile_set_settled(casefile, false, err) < 0 ||
	    casefile_set_changed(casefile, true, err) < 0 ||
	    run_on_file(casefile, FILE_LOOSEN, file, err) < 0)
		return -1;
	casefile->loose += sqlite3_changes64(casefile->db);
	casefile->current_file = 0;
	if (run_on_file(casefile, FILE_DROP_ORIGINS, file, err) < 0 ||
	    run_on_file(casefile, FILE_DROP_REJECTED, file, err) < 0 ||
	    run_on_file(casefile, FILE_DROP_NOTES, file, err) < 0)
		return -1;
	return 0;
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
	if (casefile_run(casefile, restart, err) < 0)
		return -1;
	return casefile_count(casefile, 100, err);
}

static int begin_file(struct casefile *casefile, const char *path, int64_t size,
                      int64_t modified_ns, int64_t *file, bool *known, int64_t *resume,
                      struct error *err)
{
	if (!casefile->last_path || strcmp(path, casefile->last_path) > 0)
		return add_fresh(casefile, path, size, modified_ns, file);
	if (files_note(casefile, INT64_MAX, err) < 0)
		return -1;
	sqlite3_stmt *find = casefile_statement(casefile, FILE_FIND, err);

	if (!find)
		return -1;
	bind_text(casefile, find, 1, path);
	int got = casefile_step(casefile, find, err);

	if (got < 0)
		return -1;
	if (got == 0)
		return add_fresh(casefile, path, size, modified_ns, file);
	bool same = sqlite3_column_int64(find, 1) == size &&
	            sqlite3_column_int64(find, 2) == modified_ns;
	int64_t outcome = sqlite3_column_int64(find, 3), stored = sqlite3_column_int64(find, 4);

	*file = sqlite3_column_int64(find, 0);
	sqlite3_reset(find);
	if (!same)
		return take_back(casefile, *file, err) < 0 ||
		       restart_file(casefile, *file, size, modified_ns, err) < 0 ? -1 : 0;
	switch (outcome) {
	case FILE_UNFINISHED:
		*resume = stored;
		return 0;
	case FILE_MAIL:
	case FILE_EMPTY:
	case FILE_NOT_MAIL:
		*known = true;
		return 0;
	default:
		/* Not read then; permissions and links change without a trace in
		 * the file, so try again. */
		return restart_file(casefile, *file, size, modified_ns, err);
	}
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

static int end_file(struct casefile *casefile, int64_t file, enum file_outcome outcome,
                    const char *form, const char *reason, struct error *err)
{
	if (file_is_fresh(casefile, file))
		return hold_unfinished(casefile, file - 1, err) < 0 ||
		       hold_first(casefile, outcome, form, reason, err) < 0 ? -1 : 0;
	sqlite3_stmt *end = casefile_statement_on(casefile, FILE_END, file, err);

	if (!end)
		return -1;
	if (casefile->progress_file == file)
		casefile->progress_file = 0;
	bind_number(casefile, end, 1, file);
	bind_number(casefile, end, 2, outcome);
	bind_text(casefile, end, 3, form);      /* NULL is bound as NULL */
	bind_text(casefile, end, 4, reason);
	return casefile_run(casefile, end, err);
}

int casefile_file_end(struct casefile *casefile, int64_t file, enum file_outcome outcome,
                      const char *form, const char *reason, struct error *err)
{
	if (casefile_begin(casefile, err) < 0 ||
	    end_file(casefile, file, outcome, form, reason, err) < 0)
		return -1;
	return casefile_count(casefile, 200, err);
}
