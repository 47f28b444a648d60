#include "command.h"
#include "links.h"
#include "roster.h"

#include "epistograph/alias.h"
#include "epistograph/casefile.h"
#include "epistograph/error.h"
#include "epistograph/identity.h"
#include "epistograph/outfile.h"
#include "epistograph/table.h"
#include "epistograph/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is known of who is whom ---- */

struct who {
	const char *case_path;
	struct casefile *casefile;
	struct person *persons;
	size_t count;
	struct roster roster;
	GArray *links;                  /* struct link; NULL before they are loaded */
};

/* What is told of the case as it is now; after a change once more. */
static int who_load(struct who *who, struct error *err)
{
	roster_clear(&who->roster);
	persons_free(who->persons);
	who->persons = NULL;
	links_free(who->links);
	who->links = NULL;
	if (casefile_persons(who->casefile, &who->persons, &who->count, err) < 0)
		return -1;
	roster_init(&who->roster, who->persons, who->count);
	who->links = links_load(who->casefile, &who->roster, err);
	return who->links ? 0 : -1;
}

static void who_close(struct who *who)
{
	roster_clear(&who->roster);
	persons_free(who->persons);
	links_free(who->links);
	casefile_close(who->casefile);
}

/* As the case has it, or, without changing that, as a file has it. */
static int who_open(struct who *who, const char *case_path, enum casefile_mode mode,
                    const char *aliases, struct error *err)
{
	struct alias_list list = { 0 };
	int status = 0;

	*who = (struct who){ .case_path = case_path };
	/* A case that is to be changed is not to be made. */
	if (mode == CASEFILE_WRITE && !g_file_test(case_path, G_FILE_TEST_EXISTS))
		mode = CASEFILE_READ;
	who->casefile = casefile_open(case_path, mode, err);
	if (who->casefile && aliases)
		status = alias_list_read(&list, aliases, err) < 0
		         ? -1 : casefile_try_aliases(who->casefile, &list, err);
	if (who->casefile && status == 0)
		status = who_load(who, err);
	if (who->casefile && status == 0) {
		roster_warn_unknown(&who->roster, &list, aliases);
		alias_list_clear(&list);
		return 0;
	}
	alias_list_clear(&list);
	who_close(who);
	return -1;
}

static const struct link *link_at(const struct who *who, guint i)
{
	return &g_array_index(who->links, struct link, i);
}

/* ---- tables ---- */

struct alias_output {
	enum table_format format;
	const char *path;
	const char *aliases;            /* a file, instead of what the case has; NULL: the case's */
	bool as_file, quiet;
	int64_t top;
};

/* Addresses never cut: they are what the next command is given. */
static const struct table_column joined_columns[] = {
	{ .name = "person", .title = "Person", .type = TABLE_TEXT },
	{ .name = "main_address", .title = "Main address", .type = TABLE_TEXT, .whole = true },
	{ .name = "address", .title = "Also", .type = TABLE_TEXT, .whole = true },
	{ .name = "joined_to", .title = "By its link to", .type = TABLE_TEXT, .whole = true },
	{ .name = "rule", .title = "Rule", .type = TABLE_TEXT, .whole = true },
	{ .name = "score", .title = "Score", .type = TABLE_REAL, .digits = 2 },
	{ .name = "confirmed", .title = "Confirmed", .type = TABLE_TEXT },
	{ .name = "evidence", .title = "Evidence", .type = TABLE_TEXT },
};

static const struct table_column hint_columns[] = {
	{ .name = "score", .title = "Score", .type = TABLE_REAL, .digits = 2 },
	{ .name = "state", .title = "State", .type = TABLE_TEXT, .whole = true },
	{ .name = "rule", .title = "Rule", .type = TABLE_TEXT, .whole = true },
	{ .name = "address", .title = "Address", .type = TABLE_TEXT, .whole = true },
	{ .name = "name", .title = "Name", .type = TABLE_TEXT },
	{ .name = "other", .title = "Other address", .type = TABLE_TEXT, .whole = true },
	{ .name = "other_name", .title = "Other name", .type = TABLE_TEXT },
	{ .name = "evidence", .title = "Evidence", .type = TABLE_TEXT },
};

/* In text the evidence, a sentence, stands below its row. */
static struct table *begin_table(const struct table_column *columns, int count,
                                 enum table_format format)
{
	return table_new(columns, format == TABLE_AS_TEXT ? count - 1 : count);
}

static void end_link(struct table *table, const char *evidence, enum table_format format)
{
	if (format == TABLE_AS_TEXT)
		table_note(table, evidence);
	else
		table_text(table, evidence);
	table_end_row(table);
}

static void add_hint(struct table *table, const struct link *link, enum table_format format)
{
	table_real(table, link->score);
	table_text(table, link->state);
	table_text(table, link->rule);
	table_text(table, link->address);
	table_text(table, link->person->name);
	table_text(table, link->other);
	table_text(table, link->other_person->name);
	end_link(table, link->evidence, format);
}

static int write_table(struct table *table, const struct alias_output *output, const char *below,
                       struct error *err)
{
	struct outfile *file = outfile_open(output->path, err);

	if (!file)
		return -1;
	table_write(table, output->format, -1, outfile_stream(file));
	if (output->format == TABLE_AS_TEXT && !output->quiet)
		fputs(below, outfile_stream(file));
	return outfile_commit(file, err);
}

/* ---- list, and a person's tree ---- */

static void add_joined(struct table *table, const struct person *person, const struct link *link,
                       const char *from, enum table_format format)
{
	bool first = !strcmp(link->address, from);

	table_text(table, person->name);
	table_text(table, person->address);
	table_text(table, first ? link->other : link->address);
	table_text(table, from);
	table_text(table, link->rule);
	table_real(table, link->score);
	table_text(table, link->confirmed ? "yes" : "no");
	end_link(table, link->evidence, format);
}

/* From the main address along the links; they are a tree. */
static void add_tree(struct table *table, const struct person *person, GHashTable *by_address,
                     enum table_format format)
{
	GPtrArray *reached = g_ptr_array_new();
	GHashTable *used = g_hash_table_new(g_direct_hash, g_direct_equal);

	g_ptr_array_add(reached, (gpointer)person->address);
	for (guint i = 0; i < reached->len; i++) {
		const char *from = reached->pdata[i];
		const GPtrArray *links = g_hash_table_lookup(by_address, from);

		for (guint l = 0; links && l < links->len; l++) {
			const struct link *link = links->pdata[l];

			if (!g_hash_table_add(used, (gpointer)link))
				continue;
			add_joined(table, person, link, from, format);
			g_ptr_array_add(reached, !strcmp(link->address, from) ? link->other : link->address);
		}
	}
	g_hash_table_destroy(used);
	g_ptr_array_unref(reached);
}

static int list_table(const struct who *who, const struct alias_output *output, struct error *err)
{
	struct table *table = begin_table(joined_columns, G_N_ELEMENTS(joined_columns), output->format);
	GHashTable *by_address = links_by_address(who->links);
	size_t several = 0, addresses = 0;

	for (size_t i = 0; i < who->count; i++) {
		several += who->persons[i].address_count > 1;
		addresses += who->persons[i].address_count;
		if (who->persons[i].address_count > 1)
			add_tree(table, &who->persons[i], by_address, output->format);
	}
	char *below = g_strdup_printf("\n%s of %s, of whom %s more than one.\n",
		text_counted((int64_t)addresses, "address", "addresses"),
		text_counted((int64_t)who->count, "person", "people"),
		text_counted((int64_t)several, "has", "have"));
	int status = write_table(table, output, below, err);

	g_free(below);
	g_hash_table_destroy(by_address);
	table_free(table);
	return status;
}

/* Who has several addresses or was decided on, a line each. */
static int list_file(const struct who *who, const struct alias_output *output, struct error *err)
{
	struct alias_list decided;
	struct outfile *file;

	if (casefile_aliases(who->casefile, &decided, err) < 0)
		return -1;
	file = outfile_open(output->path, err);
	if (!file) {
		alias_list_clear(&decided);
		return -1;
	}
	fputs("# One line a person: the name, the main address, the others. Lines are different\n"
	      "# people; who stands alone in a line is left alone.\n", outfile_stream(file));
	for (size_t i = 0; i < who->count; i++) {
		const struct person *person = &who->persons[i];

		if (person->address_count > 1)
			alias_write_line(outfile_stream(file), person->name, person->addresses,
			                 person->address_count);
		else if (alias_list_find(&decided, person->address))
			alias_write_line(outfile_stream(file), person->name, &person->address, 1);
	}
	alias_list_clear(&decided);
	return outfile_commit(file, err);
}

static int run_list(struct who *who, GPtrArray *operands, const struct alias_output *output,
                    struct error *err)
{
	(void)operands;
	return output->as_file ? list_file(who, output, err) : list_table(who, output, err);
}

/* ---- suggest, explain ---- */

static int compare_hints(const void *left, const void *right)
{
	const struct link *a = *(const struct link *const *)left, *b = *(const struct link *const *)right;

	if (a->score < b->score || a->score > b->score)
		return a->score > b->score ? -1 : 1;
	int order = strcmp(a->address, b->address);

	return order ? order : strcmp(a->other, b->other);
}

static int run_suggest(struct who *who, GPtrArray *operands, const struct alias_output *output,
                       struct error *err)
{
	struct table *table = begin_table(hint_columns, G_N_ELEMENTS(hint_columns), output->format);
	GPtrArray *hints = g_ptr_array_new();

	(void)operands;
	for (guint i = 0; i < who->links->len; i++)
		if (!link_is(link_at(who, i), "joined"))
			g_ptr_array_add(hints, (gpointer)link_at(who, i));
	g_ptr_array_sort(hints, compare_hints);
	guint shown = output->top && output->top < hints->len ? (guint)output->top : hints->len;

	for (guint i = 0; i < shown; i++)
		add_hint(table, hints->pdata[i], output->format);
	char *below = g_strdup_printf("\n%s of %s. 'epistograph alias merge ADDRESS OTHER' joins them.\n",
		text_count(shown), text_counted(hints->len, "suggestion or refusal",
		                                "hints and refusals"));
	int status = write_table(table, output, below, err);

	g_free(below);
	g_ptr_array_unref(hints);
	table_free(table);
	return status;
}

/* The number of rows. */
static int add_own_hints(struct table *table, const struct who *who, const struct person *person,
                         enum table_format format)
{
	int rows = 0;

	for (guint i = 0; i < who->links->len; i++) {
		const struct link *link = link_at(who, i);

		if (link_is(link, "joined") || (link->person != person && link->other_person != person))
			continue;
		add_hint(table, link, format);
		rows++;
	}
	return rows;
}

static void print_title(FILE *out, const struct person *person)
{
	GString *line = g_string_new(NULL);

	text_append_visible(line, person->name);
	g_string_append(line, line->len ? " <" : "<");
	text_append_visible(line, person->address);
	fprintf(out, "%s>: %s\n", line->str,
	        text_counted((int64_t)person->address_count, "address", "addresses"));
	g_string_free(line, TRUE);
}

/* Both tables in text; in CSV and JSON what joins the addresses. */
static int run_explain(struct who *who, GPtrArray *operands, const struct alias_output *output,
                       struct error *err)
{
	const struct person *person = roster_find(&who->roster, operands->pdata[0], err);
	struct outfile *file = person ? outfile_open(output->path, err) : NULL;

	if (!file)
		return -1;
	bool text = output->format == TABLE_AS_TEXT;
	struct table *joined = begin_table(joined_columns, G_N_ELEMENTS(joined_columns), output->format);
	struct table *hints = begin_table(hint_columns, G_N_ELEMENTS(hint_columns), output->format);
	GHashTable *by_address = links_by_address(who->links);
	FILE *out = outfile_stream(file);

	add_tree(joined, person, by_address, output->format);
	if (text)
		print_title(out, person);
	if (text && person->address_count > 1)
		fputc('\n', out);
	if (!text || person->address_count > 1)
		table_write(joined, output->format, -1, out);
	if (add_own_hints(hints, who, person, output->format) && text) {
		fputs("\nNot joined\n\n", out);
		table_write(hints, output->format, -1, out);
	}
	g_hash_table_destroy(by_address);
	table_free(joined);
	table_free(hints);
	return outfile_commit(file, err);
}

/* ---- decisions ---- */

static void print_person(const struct person *person)
{
	GString *line = g_string_new(NULL);

	text_append_visible(line, person->name);
	for (size_t i = 0; i < person->address_count; i++) {
		g_string_append(line, line->len ? " <" : "<");
		text_append_visible(line, i ? person->addresses[i] : person->address);
		g_string_append_c(line, '>');
	}
	puts(line->str);
	g_string_free(line, TRUE);
}

/* Store the list, and print the persons that addresses belong to now. */
static int keep(struct who *who, const struct alias_list *list, GPtrArray *addresses,
                const struct alias_output *output, struct error *err)
{
	GHashTable *printed = g_hash_table_new(g_direct_hash, g_direct_equal);
	int status = casefile_keep_aliases(who->casefile, list, err);

	if (status == 0)
		status = who_load(who, err);
	for (guint i = 0; status == 0 && !output->quiet && i < addresses->len; i++) {
		const struct person *person = roster_find_address(&who->roster, addresses->pdata[i]);

		if (person && g_hash_table_add(printed, (gpointer)person))
			print_person(person);
	}
	g_hash_table_destroy(printed);
	return status;
}

/* The addresses that operands mean: those given, or the main ones of those named. */
static GPtrArray *resolve(const struct who *who, GPtrArray *operands, struct error *err)
{
	GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < operands->len; i++) {
		const struct person *person = roster_find(&who->roster, operands->pdata[i], err);
		char *word = roster_normal_word(operands->pdata[i]);

		if (!person) {
			g_free(word);
			g_ptr_array_unref(addresses);
			return NULL;
		}
		bool given = roster_find_address(&who->roster, word) != NULL;

		g_ptr_array_add(addresses, given ? g_strdup(word) : g_strdup(person->address));
		g_free(word);
	}
	return addresses;
}

/* All of one person become of another. */
static void move_person(struct alias_list *list, const char *from, const char *to,
                        const char *name)
{
	for (size_t i = 0; i < list->count; i++) {
		struct alias *alias = &list->aliases[i];

		if (strcmp(alias->person, from) != 0)
			continue;
		g_free(alias->person);
		g_free(alias->name);
		alias->person = g_strdup(to);
		alias->name = g_strdup(name);
	}
}

static void merge(struct alias_list *list, GPtrArray *addresses)
{
	const char *first = addresses->pdata[0];
	const struct alias *known = alias_list_find(list, first);
	char *person = g_strdup(known ? known->person : first);
	char *name = g_strdup(known ? known->name : "");

	for (guint i = 0; i < addresses->len; i++) {
		const struct alias *alias = alias_list_find(list, addresses->pdata[i]);

		if (alias) {
			char *before = g_strdup(alias->person);

			move_person(list, before, person, name);
			g_free(before);
		} else {
			alias_list_set(list, addresses->pdata[i], person, name);
		}
	}
	g_free(person);
	g_free(name);
}

static void split(struct alias_list *list, GPtrArray *addresses)
{
	for (guint i = 0; i < addresses->len; i++) {
		alias_list_forget(list, addresses->pdata[i]);
		alias_list_set(list, addresses->pdata[i], addresses->pdata[i], "");
	}
}

static void forget(struct alias_list *list, GPtrArray *addresses)
{
	for (guint i = 0; i < addresses->len; i++)
		alias_list_forget(list, addresses->pdata[i]);
}

static int decide(struct who *who, GPtrArray *operands, const struct alias_output *output,
                  void (*change)(struct alias_list *list, GPtrArray *addresses),
                  struct error *err)
{
	GPtrArray *addresses = resolve(who, operands, err);
	struct alias_list list;

	if (!addresses)
		return -1;
	int status = casefile_aliases(who->casefile, &list, err);

	if (status == 0) {
		change(&list, addresses);
		status = keep(who, &list, addresses, output, err);
		alias_list_clear(&list);
	}
	g_ptr_array_unref(addresses);
	return status;
}

static int run_merge(struct who *who, GPtrArray *operands, const struct alias_output *output,
                     struct error *err)
{
	return decide(who, operands, output, merge, err);
}

static int run_split(struct who *who, GPtrArray *operands, const struct alias_output *output,
                     struct error *err)
{
	return decide(who, operands, output, split, err);
}

static int run_forget(struct who *who, GPtrArray *operands, const struct alias_output *output,
                      struct error *err)
{
	return decide(who, operands, output, forget, err);
}

static int run_apply(struct who *who, GPtrArray *operands, const struct alias_output *output,
                     struct error *err)
{
	GPtrArray *none = g_ptr_array_new();
	struct alias_list list;
	int status = alias_list_read(&list, operands->pdata[0], err);

	if (status == 0) {
		roster_warn_unknown(&who->roster, &list, operands->pdata[0]);
		status = keep(who, &list, none, output, err);
		if (status == 0 && !output->quiet)
			printf("%s decided on by %s; 'epistograph alias undo' takes that back\n",
			       text_counted((int64_t)list.count, "address", "addresses"),
			       (const char *)operands->pdata[0]);
		alias_list_clear(&list);
	}
	g_ptr_array_unref(none);
	return status;
}

static int run_undo(struct who *who, GPtrArray *operands, const struct alias_output *output,
                    struct error *err)
{
	int64_t left = 0;

	(void)operands;
	if (casefile_undo_aliases(who->casefile, &left, err) < 0)
		return -1;
	if (!output->quiet)
		printf("The last decision is taken back; %s more can be.\n", text_count(left));
	return 0;
}

/* The file of words as it was built in; no case is needed for it. */
static int run_words(struct who *who, GPtrArray *operands, const struct alias_output *output,
                     struct error *err)
{
	size_t count;
	const char *const *lines = identity_words(&count);
	struct outfile *file = outfile_open(output->path, err);

	(void)who;
	(void)operands;
	if (!file)
		return -1;
	for (size_t i = 0; i < count; i++)
		fprintf(outfile_stream(file), "%s\n", lines[i]);
	return outfile_commit(file, err);
}

/* ---- the command ---- */

static const struct action {
	const char *name, *operands;
	guint least, most;
	enum casefile_mode mode;        /* how the case is opened */
	int (*run)(struct who *who, GPtrArray *operands, const struct alias_output *output,
	           struct error *err);
} actions[] = {
	{ "list", "no argument", 0, 0, CASEFILE_READ, run_list },
	{ "suggest", "no argument", 0, 0, CASEFILE_READ, run_suggest },
	{ "explain", "one person: an address or an exact name", 1, 1, CASEFILE_READ, run_explain },
	{ "merge", "two people or more: addresses or exact names", 2, G_MAXUINT, CASEFILE_WRITE, run_merge },
	{ "split", "the addresses to be people of their own", 1, G_MAXUINT, CASEFILE_WRITE, run_split },
	{ "forget", "the addresses to be left to the rules again", 1, G_MAXUINT, CASEFILE_WRITE, run_forget },
	{ "apply", "one file", 1, 1, CASEFILE_WRITE, run_apply },
	{ "undo", "no argument", 0, 0, CASEFILE_WRITE, run_undo },
	{ "words", "no argument", 0, 0, CASEFILE_READ, run_words },
};

static const struct action *find_action(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
		if (!strcmp(actions[i].name, name))
			return &actions[i];
	return NULL;
}

/* The action that operands begin with, which is taken from them. NULL with *err. */
static const struct action *take_action(GPtrArray *operands, const struct alias_output *output,
                                        struct error *err)
{
	const struct action *action = operands->len ? find_action(operands->pdata[0]) : NULL;

	if (!action) {
		error_set(err, "say what to do: list, suggest, explain, merge, split, forget, apply, undo "
		          "or words");
		return NULL;
	}
	g_ptr_array_remove_index(operands, 0);
	if (operands->len < action->least || operands->len > action->most) {
		error_set(err, "alias %s takes %s", action->name, action->operands);
		return NULL;
	}
	if (output->as_file && strcmp(action->name, "list") != 0) {
		error_set(err, "--as-file belongs to alias list");
		return NULL;
	}
	if (output->aliases && action->mode == CASEFILE_WRITE) {
		error_set(err, "--aliases goes with alias list, suggest and explain: 'alias apply' keeps it");
		return NULL;
	}
	return action;
}

static int run(const struct action *action, const char *case_path, GPtrArray *operands,
               const struct alias_output *output, struct error *err)
{
	struct who who;

	if (action->run == run_words)
		return run_words(NULL, operands, output, err) < 0 ? STATUS_FAILED : STATUS_DONE;
	if (who_open(&who, case_path, action->mode, output->aliases, err) < 0)
		return STATUS_FAILED;
	int status = action->run(&who, operands, output, err) < 0 ? STATUS_FAILED : STATUS_DONE;

	who_close(&who);
	return status;
}

int command_alias(const struct command *self, int argc, char **argv, struct error *err)
{
	const char *case_path = CASE_DEFAULT;
	bool csv = false, json = false;
	struct alias_output output = { .path = "-", .top = 50 };
	struct common common;
	const struct option_spec own[] = {
		{ "case", 'c', OPTION_TEXT, &case_path, "CASE", "the case file [" CASE_DEFAULT "]" },
		{ "top", 0, OPTION_NUMBER, &output.top, "N", "the N best suggestions; 0 = all [50]" },
		{ "as-file", 0, OPTION_FLAG, &output.as_file, NULL,
		  "list: one line a person, as 'alias apply' and --aliases read it" },
		{ "aliases", 0, OPTION_TEXT, &output.aliases, "FILE",
		  "list, suggest, explain: as this file has it, without changing the case" },
		{ "csv", 0, OPTION_FLAG, &csv, NULL, "list, suggest, explain: as CSV" },
		{ "json", 0, OPTION_FLAG, &json, NULL, "list, suggest, explain: as JSON" },
		{ "output", 'o', OPTION_TEXT, &output.path, "FILE", "into a file" },
		{ .name = NULL },
	};
	GPtrArray *operands = g_ptr_array_new();
	const struct action *action = NULL;
	int status = STATUS_USAGE;

	common_init(&common);
	const struct option_spec *const tables[] = { own, common.specs, NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);

	output.quiet = common.quiet;
	output.format = csv ? TABLE_AS_CSV : json ? TABLE_AS_JSON : TABLE_AS_TEXT;
	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && csv + json + output.as_file > 1)
		error_set(err, "--csv, --json and --as-file exclude each other");
	else if (parsed > 0)
		action = take_action(operands, &output, err);
	if (action)
		status = run(action, case_path, operands, &output, err);
	g_ptr_array_unref(operands);
	return status;
}
