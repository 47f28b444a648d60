/* loadfile.c - load files, CSV and TSV files, edge lists: a row a message
 *
 * The first row names the columns (columns.h), or the user does. A row that names
 * neither sender nor recipient is no message: load files list attachments too. A
 * row with more or fewer cells than the first is rejected, since nobody can say
 * which of its cells is missing. A row with a weight is so many messages, all of them
 * at its place and told apart by their member: "2 of 5".
 *
 * Where neither Message-ID nor subject tell rows apart (edge lists) the place in
 * the file does, so that two equal rows are two messages.
 *
 * A table is read twice: the first time to learn how it writes dates and lists of
 * people. */
#include "container.h"

#include "columns.h"
#include "compose.h"
#include "day_order.h"
#include "people_cell.h"
#include "rows.h"

#include "epistograph/error.h"
#include "epistograph/text.h"

#include <string.h>

#define LOADFILE_CHUNK (256 << 10)         /* as for a mailbox */

/* More of a cell is not read: recipients of a message to 20,000 people fit. */
#define CELL_SIZE_MAX (1 << 20)
#define NAME_SIZE_MAX 256               /* of a column */
#define DATE_CELL_MAX 100               /* a longer one is no date */

/* Messages that a row may stand for, and all rows of a table: a short row could say a
 * trillion. */
#define WEIGHT_MAX       10000
#define WEIGHT_TOTAL_MAX 10000000

/* Rows read between two signs of life. */
#define ALIVE_ROWS 4096

/* What the first rows of a table tell. */
struct probe {
	struct row_format format;
	struct columns columns;
	size_t width;                   /* columns of the first row */
	size_t begin;                   /* of the first record: bytes */
};

struct loadfile {
	struct container_input *input;  /* borrowed */
	struct window *window;          /* borrowed: that of input */
	bool entered;                   /* its one member has been given */
	struct probe probe;
	int16_t *slots;                 /* of each column: the enum column it is, or -1 */
	struct cell cells[COLUMN_COUNT];

	struct people_habit people;
	enum day_order day_order;

	int64_t at;                     /* of the next row */
	GString *text[COLUMN_COUNT];    /* its cells */
	GString *header;                /* composed of them */
	gsize header_size;              /* of it, without what tells equal rows apart */
	bool edges;                     /* the row has nothing else to tell it apart */
	int64_t row, row_size;          /* its place: bytes */
	int64_t weight, given;          /* messages it stands for, and how many were given */
	int64_t weight_total;           /* beyond the first message of each row */
	char *member;                   /* of the message given last, or NULL */
	GString *scratch;
	char *reason;                   /* of a rejected row */

	int64_t two_way;                /* dates that can be read in several ways */
	char *two_way_example;
	int64_t without_people;         /* rows that are no message */
	char *columns_remark, *two_way_remark, *people_remark;
};

/* ---- is it a table of mail? ---- */

/* The texts of a row's cells, NULL-terminated: g_strfreev(). NULL if the row is not
 * whole or no table has such a one. */
static char **read_row(const struct row_format *format, const uint8_t *bytes, size_t size,
                       bool last, struct row *row)
{
	if (!row_scan(format, bytes, size, last, NULL, row) || row->fault != NULL ||
	    row->columns < 2 || row->columns > ROW_COLUMNS_MAX)
		return NULL;
	struct cell *cells = g_new(struct cell, row->columns);
	int16_t *slots = g_new(int16_t, row->columns);
	struct row_wish wish = { .slots = slots, .columns = row->columns, .cells = cells };
	char **texts = g_new0(char *, row->columns + 1);
	GString *text = g_string_new(NULL);

	for (size_t i = 0; i < row->columns; i++)
		slots[i] = (int16_t)i;
	row_scan(format, bytes, size, last, &wish, row);
	for (size_t i = 0; i < row->columns; i++) {
		cell_read(format, cells[i], NAME_SIZE_MAX, text);
		texts[i] = g_strdup(text->str);
	}
	g_string_free(text, TRUE);
	g_free(slots);
	g_free(cells);
	return texts;
}

/* Does one of the rows that follow name somebody by an address? The last of them may
 * be held in part. */
static bool shows_address(const struct probe *probe, const uint8_t *head, size_t size)
{
	static const enum column places[] = { COLUMN_FROM, COLUMN_TO, COLUMN_CC, COLUMN_BCC };
	struct cell cells[G_N_ELEMENTS(places)];
	int16_t *slots = g_new(int16_t, probe->columns.used);
	struct row_wish wish = { slots, probe->columns.used, cells };
	bool shown = false;
	struct row row;

	memset(slots, -1, probe->columns.used * sizeof *slots);
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		if (probe->columns.at[places[i]] >= 0)
			slots[probe->columns.at[places[i]]] = (int16_t)i;
	for (size_t at = probe->begin; at < size && !shown; at += row.size) {
		memset(cells, 0, sizeof cells);
		row_scan(&probe->format, head + at, size - at, true, &wish, &row);
		for (size_t i = 0; i < G_N_ELEMENTS(cells); i++)
			shown |= cells[i].size > 0 && memchr(cells[i].at, '@', cells[i].size) != NULL;
	}
	g_free(slots);
	return shown;
}

/* Two rows of equal width: what makes a text a table where the user alone says so. */
static bool has_second_row(const struct probe *probe, const uint8_t *head, size_t size, bool last)
{
	struct row first, second;

	return row_scan(&probe->format, head, size, last, NULL, &first) && first.size < size &&
	       row_scan(&probe->format, head + first.size, size - first.size, last, NULL, &second) &&
	       second.fault == NULL && second.columns == first.columns;
}

/* Judge the head, whose byte order mark is passed, with the format set. */
static bool probe_rows(struct probe *probe, const uint8_t *head, size_t size, bool last,
                       const struct column_choice *choice)
{
	struct row row;
	char **names = read_row(&probe->format, head, size, last, &row);

	if (names == NULL)
		return false;
	columns_find((const char *const *)names, row.columns, choice, &probe->columns);
	probe->width = row.columns;
	/* A name that is empty belongs to a separator behind the last column. */
	while (probe->columns.header && probe->width > probe->columns.used &&
	       *names[probe->width - 1] == '\0')
		probe->width--;
	probe->begin = probe->columns.header ? row.size : 0;
	g_strfreev(names);
	if (probe->columns.grade == COLUMNS_IF_ADDRESSES)
		return shows_address(probe, head, size);
	return probe->columns.grade == COLUMNS_MAIL &&
	       (!choice->any || has_second_row(probe, head, size, last));
}

/* Try the separators; the one that makes most sense of the first row is right. */
static bool probe_head(struct probe *probe, const uint8_t *head, size_t size,
                       const struct source_options *options)
{
	struct column_choice choice;
	struct probe best = { .columns.known = 0 }, tried;
	bool last = size < WINDOW_HEAD;
	size_t mark;

	if (size == 0 || !row_format_guess(head, size, &tried.format, &mark) ||
	    column_choice_read(options != NULL ? options->columns : NULL, &choice, NULL) < 0)
		return false;
	for (const char *separator = ",;\t|"; *separator != '\0'; separator++) {
		if (!tried.format.concordance)
			row_format_separate(&tried.format, *separator);
		if (probe_rows(&tried, head + mark, size - mark, last, &choice) &&
		    tried.columns.known > best.columns.known)
			best = tried;
	}
	column_choice_clear(&choice);
	best.begin += mark;
	*probe = best;
	return best.columns.known > 0;
}

static bool is_loadfile(const uint8_t *head, size_t size, const struct source_options *options)
{
	struct probe probe;

	return probe_head(&probe, head, size, options);
}

int source_options_check(const struct source_options *options, struct error *err)
{
	struct column_choice choice;

	if (column_choice_read(options->columns, &choice, err) < 0)
		return -1;
	column_choice_clear(&choice);
	return 0;
}

/* ---- rows ---- */

static bool has(const struct loadfile *file, enum column column)
{
	return file->probe.columns.at[column] >= 0;
}

static bool is_blank(const GString *text)
{
	return text->str[strspn(text->str, " \t\r\n")] == '\0';
}

/* Hold the row at file->at and take it apart; its bytes are at *bytes. 1, 0 at the
 * end of the file, -1 with *err. */
static int read_on(struct loadfile *file, const uint8_t **bytes, struct row *row,
                   struct error *err)
{
	struct window *window = file->window;
	struct row_wish wish = { file->slots, file->probe.width, file->cells };
	size_t want = WINDOW_HEAD;

	for (;; want *= 4) {
		if (window_hold(window, file->at, want, err) < 0)
			return -1;
		size_t left = window_left(window, file->at);
		if (left == 0)
			return 0;
		memset(file->cells, 0, sizeof file->cells);
		*bytes = window_at(window, file->at);
		if (row_scan(&file->probe.format, *bytes, left, window_ended(window), &wish, row))
			return 1;
		if (want < ROW_SIZE_MAX)
			continue;
		*row = (struct row){ .size = left, .fault = "a row of more than 64 MB" };
		return 1;
	}
}

/* Why a row cannot be read; NULL if it can. */
static const char *judge_row(struct loadfile *file, const struct row *row)
{
	size_t width = file->probe.width;

	if (row->fault != NULL)
		return row->fault;
	if (row->columns == width || (row->columns == width + 1 && row->tail_empty))
		return NULL;
	g_free(file->reason);
	file->reason = g_strdup_printf("a row of %zu cells where the first has %zu", row->columns,
	                                width);
	return file->reason;
}

static void read_cells(struct loadfile *file)
{
	for (int column = 0; column < COLUMN_COUNT; column++) {
		if (file->cells[column].at != NULL)
			cell_read(&file->probe.format, file->cells[column], CELL_SIZE_MAX,
			          file->text[column]);
		else
			g_string_truncate(file->text[column], 0);
	}
}

static const char *cell(const struct loadfile *file, enum column column)
{
	return file->text[column]->str;
}

/* ---- what the whole table tells ---- */

static void learn(struct loadfile *file, struct day_evidence *days)
{
	people_habit_add(&file->people, cell(file, COLUMN_FROM), true);
	people_habit_add(&file->people, cell(file, COLUMN_TO), false);
	people_habit_add(&file->people, cell(file, COLUMN_CC), false);
	people_habit_add(&file->people, cell(file, COLUMN_BCC), false);
	if (file->text[COLUMN_DATE]->len <= DATE_CELL_MAX)
		day_evidence_add(days, cell(file, COLUMN_DATE));
	if (file->text[COLUMN_RECEIVED]->len <= DATE_CELL_MAX)
		day_evidence_add(days, cell(file, COLUMN_RECEIVED));
}

static int survey(struct loadfile *file, enum day_order given, struct error *err)
{
	struct day_evidence days = DAY_EVIDENCE_NONE;
	const uint8_t *bytes;
	struct row row;
	int got;

	for (int64_t rows = 0; (got = read_on(file, &bytes, &row, err)) > 0; rows++) {
		if (judge_row(file, &row) == NULL) {
			read_cells(file);
			learn(file, &days);
		}
		file->at += (int64_t)row.size;
		if (rows % ALIVE_ROWS == 0 && file->input->alive != NULL)
			file->input->alive(file->input->context);
	}
	file->day_order = given != DAY_ORDER_UNKNOWN ? given : day_evidence_order(&days);
	file->at = (int64_t)file->probe.begin;
	return got;
}

static const char *day_order_text(const struct loadfile *file, enum day_order given)
{
	static const char *const texts[] = {
		[DAY_ORDER_UNKNOWN] = "", [DAY_ORDER_DMY] = "; dates have the day first",
		[DAY_ORDER_MDY] = "; dates have the month first",
		[DAY_ORDER_YMD] = "; dates have the year first",
	};

	return given == DAY_ORDER_UNKNOWN ? texts[file->day_order] : "; the order of dates is given";
}

static void note_columns(struct loadfile *file, enum day_order given)
{
	GString *text = g_string_new("read as a table:");

	for (int column = 0; column < COLUMN_COUNT; column++)
		if (has(file, (enum column)column) && column != COLUMN_THREAD)
			g_string_append_printf(text, " %s=%d", columns_word((enum column)column),
			                       file->probe.columns.at[column] + 1);
	g_string_append(text, day_order_text(file, given));
	file->columns_remark = g_string_free(text, FALSE);
}

static void loadfile_close(void *state)
{
	struct loadfile *file = state;

	for (int column = 0; column < COLUMN_COUNT; column++)
		g_string_free(file->text[column], TRUE);
	g_string_free(file->header, TRUE);
	g_string_free(file->scratch, TRUE);
	g_free(file->slots);
	g_free(file->reason);
	g_free(file->member);
	g_free(file->two_way_example);
	g_free(file->columns_remark);
	g_free(file->two_way_remark);
	g_free(file->people_remark);
	g_free(file);
}

static void put_columns_to_use(struct loadfile *file)
{
	file->slots = g_new(int16_t, file->probe.width);
	memset(file->slots, -1, file->probe.width * sizeof *file->slots);
	for (int column = 0; column < COLUMN_COUNT; column++)
		if (has(file, (enum column)column))
			file->slots[file->probe.columns.at[column]] = (int16_t)column;
}

static void *loadfile_open(struct container_input *input, enum source_form *form,
                           struct error *err)
{
	const struct source_options *options = input->options;
	enum day_order given = options != NULL ? options->day_order : DAY_ORDER_UNKNOWN;
	struct window *window = input->window;
	struct loadfile *file = g_new0(struct loadfile, 1);

	*form = SOURCE_UNREADABLE;
	file->input = input;
	file->window = window;
	for (int column = 0; column < COLUMN_COUNT; column++)
		file->text[column] = g_string_new(NULL);
	file->header = g_string_new(NULL);
	file->scratch = g_string_new(NULL);
	if (!container_input_hold(input)) {
		error_set(err, "a table of more than 64 MB in a container: it can only be read unpacked");
		goto close_file;
	}
	size_t head = MIN(window_left(window, 0), WINDOW_HEAD);
	if (!probe_head(&file->probe, window_at(window, 0), head, options)) {
		error_set(err, "not a table of mail any more: the file has changed");
		goto close_file;
	}
	put_columns_to_use(file);
	file->at = (int64_t)file->probe.begin;
	window->chunk = MAX(window->chunk, LOADFILE_CHUNK);
	if (survey(file, given, err) < 0)
		goto close_file;
	note_columns(file, given);
	return file;

close_file:
	loadfile_close(file);
	return NULL;
}

/* ---- a row as a message ---- */

static void compose_people(struct loadfile *file, const char *field, enum column people,
                           enum column names)
{
	g_string_truncate(file->scratch, 0);
	people_cell_compose(file->scratch, cell(file, people),
	                    has(file, names) && names != people ? cell(file, names) : NULL,
	                    &file->people, people == COLUMN_FROM);
	compose_field(file->header, field, file->scratch->str, file->scratch->len);
}

/* The field of an edge list's recipient; NULL for a role that is none. */
static const char *recipient_field(const struct loadfile *file)
{
	static const char *const fields[] = { "To", "Cc", "Bcc" };
	char *role = g_strstrip(g_strdup(cell(file, COLUMN_ROLE)));
	const char *field = *role == '\0' ? "To" : NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		if (g_ascii_strcasecmp(role, fields[i]) == 0)
			field = fields[i];
	g_free(role);
	return field;
}

/* What was found stands behind what it is read as, in a comment. */
static void append_found(GString *out, const char *value)
{
	g_string_append(out, " (");
	for (; *value != '\0'; value++)
		g_string_append_c(out, *value == '(' ? '[' : *value == ')' ? ']'
		                       : *value == '\\' ? '/' : *value);
	g_string_append_c(out, ')');
}

/* A date and, in a column of its own or not at all, a time. True if it says one thing. */
static bool read_date(struct loadfile *file, enum column day, enum column time, GString *out)
{
	char *value = g_strstrip(g_strdup(cell(file, day)));
	bool more = has(file, time) && time != day && strchr(value, ':') == NULL;
	char *found = more ? g_strstrip(g_strdup_printf("%s %s", value, cell(file, time)))
	                   : g_strdup(value);
	gsize from = out->len;
	bool clear = strlen(found) > DATE_CELL_MAX ||
	             day_order_resolve(out, found, file->day_order);

	if (clear && out->len > from && file->probe.columns.utc[day])
		g_string_append(out, " UTC");
	if (strcmp(out->str + from, found) != 0)
		append_found(out, found);
	if (!clear && file->two_way++ == 0)
		file->two_way_example = g_strdup(value);
	g_free(found);
	g_free(value);
	return clear;
}

static void compose_dates(struct loadfile *file)
{
	GString *date = file->scratch;

	if (!is_blank(file->text[COLUMN_DATE])) {
		g_string_truncate(date, 0);
		read_date(file, COLUMN_DATE, COLUMN_TIME, date);
		compose_field(file->header, "Date", date->str, date->len);
	}
	if (!is_blank(file->text[COLUMN_RECEIVED])) {
		g_string_assign(date, "; ");
		if (read_date(file, COLUMN_RECEIVED, COLUMN_TIME_RECEIVED, date))
			compose_field(file->header, "Received", date->str, date->len);
	}
}

static void compose_text(struct loadfile *file, const char *field, enum column column)
{
	compose_field(file->header, field, file->text[column]->str, file->text[column]->len);
}

/* How many messages the row stands for; 0 if that cannot be. */
static int64_t read_weight(const struct loadfile *file)
{
	char *text = g_strstrip(g_strdup(cell(file, COLUMN_WEIGHT)));
	bool whole = *text != '\0' && text[strspn(text, "0123456789")] == '\0' && strlen(text) < 10;
	int64_t weight = *text == '\0' ? 1 : whole ? g_ascii_strtoll(text, NULL, 10) : 0;

	g_free(text);
	return weight <= WEIGHT_MAX && file->weight_total + weight <= WEIGHT_TOTAL_MAX ? weight : 0;
}

/* Compose the header of the row whose cells were read. NULL, or why not. */
static const char *compose_row(struct loadfile *file)
{
	const char *to = recipient_field(file);
	int64_t weight = read_weight(file);

	if (to == NULL)
		return "a role that is neither to, cc nor bcc";
	if (weight == 0)
		return "a weight that is no number of messages from 1 to 10,000, or more than 10"
		       " million in a table";
	g_string_truncate(file->header, 0);
	compose_people(file, "From", COLUMN_FROM, COLUMN_FROM_NAME);
	compose_people(file, to, COLUMN_TO, COLUMN_TO_NAME);
	compose_people(file, "Cc", COLUMN_CC, COLUMN_CC_NAME);
	compose_people(file, "Bcc", COLUMN_BCC, COLUMN_BCC_NAME);
	g_string_truncate(file->scratch, 0);
	people_cell_compose(file->scratch, cell(file, COLUMN_REPLY_TO), NULL, &file->people, false);
	compose_field(file->header, "Reply-To", file->scratch->str, file->scratch->len);
	compose_dates(file);
	compose_text(file, "Subject", COLUMN_SUBJECT);
	file->edges = has(file, COLUMN_ROLE) || has(file, COLUMN_WEIGHT) ||
	              (!has(file, COLUMN_ID) && !has(file, COLUMN_SUBJECT));
	if (!file->edges)
		compose_id(file->header, "Message-ID", cell(file, COLUMN_ID),
		           file->text[COLUMN_ID]->len);
	compose_id(file->header, "In-Reply-To", cell(file, COLUMN_IN_REPLY_TO),
	           file->text[COLUMN_IN_REPLY_TO]->len);
	compose_text(file, "References", COLUMN_REFERENCES);
	file->header_size = file->header->len;
	file->weight = weight;
	file->weight_total += weight - 1;
	file->given = 0;
	return NULL;
}

static bool names_people(const struct loadfile *file)
{
	return !is_blank(file->text[COLUMN_FROM]) || !is_blank(file->text[COLUMN_TO]) ||
	       !is_blank(file->text[COLUMN_CC]) || !is_blank(file->text[COLUMN_BCC]);
}

static void note_rows(struct loadfile *file)
{
	if (file->two_way > 0 && file->two_way_remark == NULL)
		file->two_way_remark = g_strdup_printf(
			"%s like %s can be read in two ways and were not: --date-order says which",
			text_counted(file->two_way, "date", "dates"), file->two_way_example);
	if (file->without_people > 0 && file->people_remark == NULL)
		file->people_remark = g_strdup_printf(
			"%s neither sender nor recipient: no mail",
			text_counted(file->without_people, "row names", "rows name"));
}

/* What became of a row. */
enum row_state { ROW_EMPTY, ROW_WITHOUT_PEOPLE, ROW_REJECTED, ROW_MESSAGE };

static enum row_state take_row(struct loadfile *file, const struct row *row, const char **reason)
{
	if (row->columns == 0 && row->fault == NULL)
		return ROW_EMPTY;
	*reason = judge_row(file, row);
	if (*reason != NULL)
		return ROW_REJECTED;
	read_cells(file);
	if (!names_people(file))
		return ROW_WITHOUT_PEOPLE;
	*reason = compose_row(file);
	return *reason != NULL ? ROW_REJECTED : ROW_MESSAGE;
}

/* Give the next message of the row that was composed. */
static void give_message(struct loadfile *file, struct raw_message *raw)
{
	GString *header = file->header;

	*raw = (struct raw_message){
		.path = file->window->path, .offset = file->row, .size = file->row_size,
		.end = file->row + file->row_size, .composed = true, .record_date = RECORD_DATE_TABLE,
	};
	file->given++;
	g_string_truncate(header, file->header_size);
	if (file->edges)
		g_string_append_printf(header, "X-Table-Row: %" G_GINT64_FORMAT "\n", file->row);
	if (file->weight > 1) {
		g_free(file->member);
		file->member = g_strdup_printf("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, file->given,
		                               file->weight);
		raw->member = file->member;
		g_string_append_printf(header, "X-Table-Member: %s\n", file->member);
	}
	g_string_append_c(header, '\n');
	raw->header = (const uint8_t *)header->str;
	raw->header_size = MIN(header->len, SOURCE_HEADER_MAX);
}

static int loadfile_next_message(void *state, struct raw_message *raw, struct error *err)
{
	struct loadfile *file = state;
	const uint8_t *bytes;
	struct row row;
	int got = 1;

	while (file->given == file->weight && (got = read_on(file, &bytes, &row, err)) > 0) {
		const char *reason = NULL;
		enum row_state taken = take_row(file, &row, &reason);

		file->row = file->at;
		file->row_size = (int64_t)row.size;
		file->at += file->row_size;
		file->without_people += taken == ROW_WITHOUT_PEOPLE;
		if (taken == ROW_REJECTED) {
			*raw = (struct raw_message){ .path = file->window->path, .offset = file->row,
			                             .size = file->row_size, .end = file->at,
			                             .rejected = reason };
			return 1;
		}
	}
	if (got > 0)
		give_message(file, raw);
	else if (got == 0)
		note_rows(file);
	return got;
}

static bool loadfile_remark(const void *state, size_t i, const char **kind, const char **text)
{
	const struct loadfile *file = state;
	const struct { const char *kind, *text; } remarks[] = {
		{ "table-columns", file->columns_remark },
		{ "two-way-dates", file->two_way_remark },
		{ "rows-no-mail", file->people_remark },
	};

	for (size_t r = 0; r < G_N_ELEMENTS(remarks); r++) {
		if (remarks[r].text == NULL || i-- > 0)
			continue;
		*kind = remarks[r].kind;
		*text = remarks[r].text;
		return true;
	}
	return false;
}

static const char *loadfile_word(const void *state)
{
	(void)state;
	return "table";
}

static int loadfile_next_member(void *state, struct container_member *member, struct error *err)
{
	struct loadfile *file = state;

	(void)err;
	*member = (struct container_member){ .kind = MEMBER_MESSAGES, .size = -1 };
	bool first = !file->entered;
	file->entered = true;
	return first;
}

const struct container_form loadfile_form = {
	.is_it = is_loadfile,
	.is_text = true,
	.open = loadfile_open,
	.word = loadfile_word,
	.next_member = loadfile_next_member,
	.next_message = loadfile_next_message,
	.remark = loadfile_remark,
	.close = loadfile_close,
};
