/* Files: what was given to read, and how far it was read. */
#include "casefile_internal.h"

#include "epistograph/error.h"

static int insert_file(struct casefile *casefile, const char *path, int64_t size,
                       int64_t modified_ns, int64_t *file, struct error *err)
{
	sqlite3_stmt *insert = casefile_statement(casefile, FILE_INSERT, err);

	if (!insert)
		return -1;
	bind_number(casefile, insert, 1, casefile->next_file);
	bind_text(casefile, insert, 2, path);
	bind_number(casefile, insert, 3, size);
	bind_number(casefile, insert, 4, modified_ns);
	if (casefile_run(casefile, insert, err) < 0)
		return -1;
	*file = casefile->next_file++;
	casefile->current_file = *file;
	casefile->current_offset = -1;          /* nothing of it is stored yet */
	return casefile_count(casefile, 0, 100, err);
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
	return casefile_count(casefile, 0, 100, err);
}

static int begin_file(struct casefile *casefile, const char *path, int64_t size,
                      int64_t modified_ns, int64_t *file, bool *known, int64_t *resume,
                      struct error *err)
{
	sqlite3_stmt *find = casefile_statement(casefile, FILE_FIND, err);

	if (!find)
		return -1;
	bind_text(casefile, find, 1, path);
	int got = casefile_step(casefile, find, err);

	if (got < 0)
		return -1;
	if (got == 0)
		return insert_file(casefile, path, size, modified_ns, file, err);
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

int casefile_file_progress(struct casefile *casefile, int64_t file, int64_t offset,
                           struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	sqlite3_stmt *progress = casefile_statement(casefile, FILE_PROGRESS, err);

	if (!progress)
		return -1;
	bind_number(casefile, progress, 1, file);
	bind_number(casefile, progress, 2, offset);
	return casefile_run(casefile, progress, err);
}

int casefile_file_end(struct casefile *casefile, int64_t file, enum file_outcome outcome,
                      const char *form, const char *reason, struct error *err)
{
	if (casefile_begin(casefile, err) < 0)
		return -1;
	sqlite3_stmt *end = casefile_statement(casefile, FILE_END, err);

	if (!end)
		return -1;
	bind_number(casefile, end, 1, file);
	bind_number(casefile, end, 2, outcome);
	bind_text(casefile, end, 3, form);      /* NULL is bound as NULL */
	bind_text(casefile, end, 4, reason);
	if (casefile_run(casefile, end, err) < 0)
		return -1;
	return casefile_count(casefile, 0, 100, err);
}
