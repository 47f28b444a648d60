#include "unit.h"

#include "epistograph/export.h"
#include "epistograph/palette.h"
#include "epistograph/table.h"
#include "epistograph/text.h"

#include <glib.h>

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct table_column columns[] = {
	{ .name = "rank", .title = "Rank", .type = TABLE_INT },
	{ .name = "name", .title = "Name", .type = TABLE_TEXT },
	{ .name = "year", .title = "Year", .type = TABLE_NUMBER },
	{ .name = "pagerank", .title = "PageRank", .type = TABLE_REAL },
};

/* What table looks like; free(). */
static char *written(const struct table *table, enum table_format format, int width)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	table_write(table, format, width, out);
	fclose(out);
	return text;
}

static void check_written(const struct table *table, enum table_format format, int width,
                          const char *expected)
{
	char *first = written(table, format, width), *second = written(table, format, width);

	assert_string_equal(expected, first);
	assert_string_equal(first, second);
	free(first);
	free(second);
}

static void add(struct table *table, int64_t rank, const char *name, int64_t year, double pagerank)
{
	table_int(table, rank);
	table_text(table, name);
	table_int(table, year);
	table_real(table, pagerank);
	table_end_row(table);
}

static void the_same_table_comes_in_three_forms(void **state)
{
	struct table *table = table_new(columns, 4);

	(void)state;
	add(table, 1, "Zoë", 2016, 0.1);
	add(table, 71848, "日本", 987, 12345.6);
	check_written(table, TABLE_AS_TEXT, 0,
	              "  Rank  Name  Year  PageRank\n"
	              "------  ----  ----  --------\n"
	              "     1  Zoë   2016       0.1\n"
	              "71,848  日本   987    12,346\n");
	check_written(table, TABLE_AS_CSV, 0,
	              "rank,name,year,pagerank\n1,Zoë,2016,0.1\n71848,日本,987,12345.6\n");
	check_written(table, TABLE_AS_JSON, 0,
	              "[\n"
	              "{\"rank\": 1, \"name\": \"Zoë\", \"year\": 2016, \"pagerank\": 0.1},\n"
	              "{\"rank\": 71848, \"name\": \"日本\", \"year\": 987, \"pagerank\": 12345.6}\n"
	              "]\n");
	table_free(table);
}

static void a_table_without_rows_has_a_header_or_is_an_empty_list(void **state)
{
	struct table *table = table_new(columns, 2);

	(void)state;
	check_written(table, TABLE_AS_TEXT, 0, "Rank  Name\n----  ----\n");
	check_written(table, TABLE_AS_CSV, 0, "rank,name\n");
	check_written(table, TABLE_AS_JSON, 0, "[]\n");
	table_free(table);
	table_free(NULL);
}

static void a_list_is_an_array_where_there_are_arrays(void **state)
{
	static const struct table_column lists[] = {
		{ .name = "to", .title = "To", .type = TABLE_LIST },
		{ .name = "file", .title = "File", .type = TABLE_LIST, .exact = true },
	};
	const char *const two[] = { "ann", "b\"o" }, *const file[] = { "a\tb" };
	struct table *table = table_new(lists, 2);

	(void)state;
	table_list(table, two, 2);
	table_list(table, file, 1);
	table_end_row(table);
	table_list(table, NULL, 0);
	table_list(table, NULL, 0);
	table_end_row(table);
	check_written(table, TABLE_AS_TEXT, 0, "To        File\n--------  ------\n"
	              "ann, b\"o  a\\x09b\n\n");
	check_written(table, TABLE_AS_CSV, 0, "to,file\n\"ann; b\"\"o\",a\\x09b\n,\n");
	check_written(table, TABLE_AS_JSON, 0, "[\n{\"to\": [\"ann\", \"b\\\"o\"], "
	              "\"file\": [\"a\\u0009b\"]},\n{\"to\": [], \"file\": []}\n]\n");
	table_free(table);
}

static void no_data_is_blank_or_null_and_not_zero(void **state)
{
	struct table *table = table_new(columns, 4);

	(void)state;
	add(table, 0, "", 0, 0);
	add(table, 1, NULL, 1, NAN);
	add(table, 2, "x", 2, INFINITY);
	table_int(table, 3);
	table_end_row(table);
	check_written(table, TABLE_AS_TEXT, 0,
	              "Rank  Name  Year  PageRank\n"
	              "----  ----  ----  --------\n"
	              "   0           0         0\n"
	              "   1           1\n"
	              "   2  x        2\n"
	              "   3\n");
	check_written(table, TABLE_AS_CSV, 0,
	              "rank,name,year,pagerank\n0,,0,0\n1,,1,\n2,x,2,\n3,,,\n");
	check_written(table, TABLE_AS_JSON, 0,
	              "[\n"
	              "{\"rank\": 0, \"name\": \"\", \"year\": 0, \"pagerank\": 0},\n"
	              "{\"rank\": 1, \"name\": null, \"year\": 1, \"pagerank\": null},\n"
	              "{\"rank\": 2, \"name\": \"x\", \"year\": 2, \"pagerank\": null},\n"
	              "{\"rank\": 3, \"name\": null, \"year\": null, \"pagerank\": null}\n"
	              "]\n");
	table_free(table);
}

static void reals_are_shortened_without_exponents(void **state)
{
	struct table *table = table_new(&columns[3], 1);
	static const double values[] = { 0.00012345678, 0.0000123456, -0.0000123456, 2e-7, 2e-9,
	                                 9999.4, 10000.4, 1234567.8, 1e15 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
		table_real(table, values[i]);
	check_written(table, TABLE_AS_TEXT, 0,
	              "    PageRank\n------------\n   0.0001235\n  0.00001235\n -0.00001235\n"
	              "0.0000002000\n       2e-09\n        9999\n      10,000\n   1,234,568\n"
	              "       1e+15\n");
	table_free(table);
}

static void an_empty_text_in_a_single_column_is_still_a_row_of_csv(void **state)
{
	struct table *table = table_new(&columns[1], 1);

	(void)state;
	table_text(table, "");
	table_text(table, "x");
	check_written(table, TABLE_AS_CSV, 0, "name\n\"\"\nx\n");
	table_free(table);
}

static void only_texts_are_cut_to_the_width_and_the_widest_first(void **state)
{
	static const struct table_column two[] = {
		{ .name = "short", .type = TABLE_TEXT },
		{ .name = "long", .type = TABLE_TEXT },
		{ .name = "n", .type = TABLE_INT },
	};
	struct table *table = table_new(two, 3);

	(void)state;
	table_text(table, "0123456789");
	table_text(table, "abcdefghijklmnopqrstuvwxyz");
	table_int(table, 1000000);
	table_end_row(table);
	check_written(table, TABLE_AS_TEXT, 36,
	              "short       long                   n\n"
	              "----------  -------------  ---------\n"
	              "0123456789  abcdefghijkl…  1,000,000\n");
	check_written(table, TABLE_AS_TEXT, 1,
	              "short     long              n\n"
	              "--------  --------  ---------\n"
	              "0123456…  abcdefg…  1,000,000\n");
	check_written(table, TABLE_AS_TEXT, -1,
	              "short       long                                n\n"
	              "----------  --------------------------  ---------\n"
	              "0123456789  abcdefghijklmnopqrstuvwxyz  1,000,000\n");
	table_free(table);
}

static void notes_stand_below_their_row_in_text_only(void **state)
{
	struct table *table = table_new(columns, 2);

	(void)state;
	table_int(table, 1);
	table_text(table, "Ann");
	table_note(table, "first");
	table_note(table, "second \033[2J of many words");
	table_end_row(table);
	table_int(table, 2);
	table_text(table, "Bo");
	table_end_row(table);
	check_written(table, TABLE_AS_TEXT, 20,
	              "Rank  Name\n----  ----\n   1  Ann\n      first\n      second [2J of…\n"
	              "   2  Bo\n");
	check_written(table, TABLE_AS_CSV, 0, "rank,name\n1,Ann\n2,Bo\n");
	table_free(table);
}

static void hostile_text_stays_in_its_cell(void **state)
{
	struct table *table = table_new(&columns[1], 1);
	char *text, *json;

	(void)state;
	table_text(table, "a\nb\033[31m\xff\xe2\x80\xae" "c,\"d\"");
	table_text(table, "=cmd|'/C calc'!A0");
	text = written(table, TABLE_AS_TEXT, 0);
	assert_string_equal("Name\n---------------------\n"
	                    "a b[31m\xef\xbf\xbd\\u{202e}c,\"d\"\n=cmd|'/C calc'!A0\n", text);
	check_written(table, TABLE_AS_CSV, 0,
	              "name\n\"a b[31m\xef\xbf\xbd\xe2\x80\xae" "c,\"\"d\"\"\"\n'=cmd|'/C calc'!A0\n");
	json = written(table, TABLE_AS_JSON, 0);
	assert_non_null(strstr(json, "\"a b[31m\xef\xbf\xbd\xe2\x80\xae" "c,\\\"d\\\"\"}"));
	free(text);
	free(json);
	table_free(table);
}

static void the_name_of_a_file_loses_nothing(void **state)
{
	static const struct table_column path = { .name = "path", .type = TABLE_TEXT, .exact = true };
	struct table *table = table_new(&path, 1);

	(void)state;
	table_text(table, "a\nb\033[31m\xff\xc2\x85" "c,\"d\"");
	check_written(table, TABLE_AS_TEXT, -1,
	              "path\n-------------------------------\n"
	              "a\\x0ab\\x1b[31m\\xff\\u{0085}c,\"d\"\n");
	check_written(table, TABLE_AS_CSV, 0,
	              "path\n\"a\\x0ab\\x1b[31m\\xff\\u{0085}c,\"\"d\"\"\"\n");
	check_written(table, TABLE_AS_JSON, 0,
	              "[\n{\"path\": \"a\\u000ab\\u001b[31m\\\\xff\\u0085c,\\\"d\\\"\"}\n]\n");
	table_free(table);
}

/* As many rows in a table that is kept and in one that is not: the latter's are out
 * at once, unless they are text. */
static void check_rows(enum table_format format, int rows)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct table *table = table_begin(columns, 4, format, 0, out), *kept = table_new(columns, 4);

	for (int row = 0; row < rows; row++) {
		fflush(out);
		size_t before = size;

		add(table, row, "Ann", 2016, 0.5);
		add(kept, row, "Ann", 2016, 0.5);
		fflush(out);
		assert_true(format == TABLE_AS_TEXT ? size == 0 : size > before + 10);
	}
	table_end(table);
	fclose(out);
	check_written(kept, format, 0, text);
	table_free(kept);
	free(text);
}

static void a_long_table_is_written_row_by_row(void **state)
{
	(void)state;
	for (int rows = 0; rows < 3; rows++) {
		check_rows(TABLE_AS_TEXT, rows);
		check_rows(TABLE_AS_CSV, rows);
		check_rows(TABLE_AS_JSON, rows);
	}
}

/* ---- escape ---- */

static void check_escape(void (*write)(FILE *out, const char *text), const char *in,
                         const char *expected)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	write(out, in);
	fclose(out);
	assert_string_equal(expected, text);
	free(text);
}

static void csv_is_quoted_only_where_needed(void **state)
{
	(void)state;
	check_escape(csv_field, "", "");
	check_escape(csv_field, NULL, "");
	check_escape(csv_field, "plain text", "plain text");
	check_escape(csv_field, "a,b", "\"a,b\"");
	check_escape(csv_field, "\"", "\"\"\"\"");
	check_escape(csv_field, "a\r\nb", "a b");
	check_escape(csv_field, " a", "\" a\"");
	check_escape(csv_field, "O'Neal", "O'Neal");
}

static void no_cell_of_csv_starts_a_formula(void **state)
{
	(void)state;
	check_escape(csv_field, "=1+1", "'=1+1");
	check_escape(csv_field, "+1", "'+1");
	check_escape(csv_field, "-1", "'-1");
	check_escape(csv_field, "@SUM(A1)", "'@SUM(A1)");
	check_escape(csv_field, "\t=1", "' =1");
	check_escape(csv_field, "\"=1", "\"'\"\"=1\"");
	check_escape(csv_field, "\357\274\2351", "'\357\274\2351");          /* U+FF1D */
	check_escape(csv_field, "a;=1;b", "\"a;'=1;b\"");
	check_escape(csv_field, "a; @x", "\"a;' @x\"");
	check_escape(csv_field, "a=1", "a=1");
	check_escape(csv_field, "a@example.org", "a@example.org");
}

static void json_strings_cannot_end_a_script_or_a_line(void **state)
{
	(void)state;
	check_escape(json_string, "", "\"\"");
	check_escape(json_string, "a\"b\\c", "\"a\\\"b\\\\c\"");
	check_escape(json_string, "</script><!--<b>", "\"\\u003c/script>\\u003c!--<b>\"");
	check_escape(json_string, "a\342\200\250b", "\"a\\u2028b\"");
	check_escape(json_string, "\001\n\037x\177", "\" x\"");
	check_escape(json_string, "\360\237\230\200", "\"\360\237\230\200\"");
}

static void xml_has_no_markup_of_the_mail(void **state)
{
	(void)state;
	check_escape(xml_text, "<a href=\"x\">&amp;]]></a>",
	             "&lt;a href=&quot;x&quot;&gt;&amp;amp;]]&gt;&lt;/a&gt;");
	check_escape(xml_text, "O'Neal", "O'Neal");
	check_escape(xml_text, "\001a\357\277\276b\355\240\200", "ab\357\277\275\357\277\275\357\277\275");
}

static void the_palette_has_eight_colours_and_grey(void **state)
{
	struct palette_color grey = palette_category(-1), past = palette_category(PALETTE_CATEGORIES);

	(void)state;
	assert_int_equal(grey.r, grey.g);
	assert_int_equal(grey.g, grey.b);
	assert_memory_equal(&grey, &past, sizeof grey);
	for (int i = 0; i < PALETTE_CATEGORIES; i++)
		for (int j = 0; j < i; j++) {
			struct palette_color a = palette_category(i), b = palette_category(j);

			assert_memory_not_equal(&a, &b, sizeof a);
			assert_memory_not_equal(&a, &grey, sizeof a);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_table_comes_in_three_forms),
		cmocka_unit_test(a_table_without_rows_has_a_header_or_is_an_empty_list),
		cmocka_unit_test(a_list_is_an_array_where_there_are_arrays),
		cmocka_unit_test(no_data_is_blank_or_null_and_not_zero),
		cmocka_unit_test(reals_are_shortened_without_exponents),
		cmocka_unit_test(an_empty_text_in_a_single_column_is_still_a_row_of_csv),
		cmocka_unit_test(only_texts_are_cut_to_the_width_and_the_widest_first),
		cmocka_unit_test(notes_stand_below_their_row_in_text_only),
		cmocka_unit_test(hostile_text_stays_in_its_cell),
		cmocka_unit_test(the_name_of_a_file_loses_nothing),
		cmocka_unit_test(a_long_table_is_written_row_by_row),
		cmocka_unit_test(csv_is_quoted_only_where_needed),
		cmocka_unit_test(no_cell_of_csv_starts_a_formula),
		cmocka_unit_test(json_strings_cannot_end_a_script_or_a_line),
		cmocka_unit_test(xml_has_no_markup_of_the_mail),
		cmocka_unit_test(the_palette_has_eight_colours_and_grey),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
