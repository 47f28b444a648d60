#include "unit.h"

#include "sample_analysis.h"

#include "epistograph/export.h"

#include <stdio.h>

/* Ann and Bo write to each other, Ann to Cy, Cy to Dan; the strongest tie of Ann
 * is Bo (6 + 2 messages), then Cy (5). */
static const struct sample_person persons[] = {
	{ "ann@example.org", "Ann Lee" },
	{ "bo@example.org", "Bo Chen" },
	{ "cy@example.org", "" },
	{ "dan@example.org", "山田 太郎" },
};
static const struct arc arcs[] = {
	{ 0, 1, 6, 6, 0, 0, 0, 6, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE },
	{ 0, 2, 5, 5, 0, 0, 0, 5, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE },
	{ 1, 0, 2, 2, 0, 0, 0, 2, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE },
	{ 2, 3, 1000, 1000, 0, 0, 0, 1000, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE },
};

static int new_sample(void **state)
{
	struct sample *sample = g_new(struct sample, 1);

	sample_init(sample, persons, 4, arcs, 4, 2);
	*state = sample;
	return 0;
}

static int free_sample(void **state)
{
	sample_clear(*state);
	g_free(*state);
	return 0;
}

/* The table as written; g_free(). */
static char *written(const struct sample *sample, int by, int top, enum table_format format,
                     int columns)
{
	struct people_table table = {
		.analysis = &sample->analysis, .by = by, .top = top, .format = format,
		.columns = columns,
	};
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	export_people(out, &table);
	fclose(out);

	char *copy = g_strdup(text);

	free(text);
	return copy;
}

/* Lines after the heading, which ends at the first blank line. */
static char *body_of(char *text)
{
	char *blank = strstr(text, "\n\n");

	assert_non_null(blank);
	return blank + 2;
}

/* By the sample's rules: sent 100 + v, received 2000 + v, correspondents (measure
 * 4) 40 + v, score v + 1.5, pagerank (measure 7) 8/7 + v/3 with rank 4 - v. */
static void a_person_is_three_lines_that_line_up(void **state)
{
	char *text = written(*state, -1, 0, TABLE_AS_TEXT, 0);

	assert_true(g_str_has_prefix(text, "Key correspondents by combined rank. "));
	assert_string_equal(body_of(text),
		"Rank  Name       Community  Sent  Received  Persons  Score  First       Last\n"
		"----  ---------  ---------  ----  --------  -------  -----  ----------  ----------\n"
		"   1  Ann Lee    Ann Lee     100     2,000       40    1.5  2001-09-09  2014-05-13\n"
		"      ann@example.org  with Bo Chen 8, cy@example.org 5\n"
		"      pagerank 1.14 (4)   betweenness 1.57 (4)   harmonic 1.71 (4)"
		"   reciprocity 0.857 (4)\n"
		"   2  Bo Chen    Bo Chen     101     2,001       41    2.5  2001-09-09  2014-05-13\n"
		"      bo@example.org   with Ann Lee 8\n"
		"      pagerank 1.48 (3)   betweenness 1.9 (3)    harmonic 2.05 (3)"
		"   reciprocity 1.19 (3)\n"
		"   3  (no name)  Ann Lee     102     2,002       42    3.5  2001-09-09  2014-05-13\n"
		"      cy@example.org   with 山田 太郎 1,000, Ann Lee 5\n"
		"      pagerank 1.81 (2)   betweenness 2.24 (2)   harmonic 2.38 (2)"
		"   reciprocity 1.52 (2)\n"
		"   4  山田 太郎  Bo Chen     103     2,003       43    4.5  2001-09-09  2014-05-13\n"
		"      dan@example.org  with cy@example.org 1,000\n"
		"      pagerank 2.14 (1)   betweenness 2.57 (1)   harmonic 2.71 (1)"
		"   reciprocity 1.86 (1)\n"
		"\n"
		"4 people\n");
	g_free(text);
}

static void by_a_measure_the_highest_comes_first_with_its_value(void **state)
{
	char *text = written(*state, MEASURE_PAGERANK, 2, TABLE_AS_TEXT, 0);
	char *body = body_of(text);

	assert_true(g_str_has_prefix(text, "Key correspondents by PageRank. "));
	assert_non_null(strstr(body, "Score  pagerank  First"));
	assert_non_null(strstr(body, "   1  山田 太郎  Bo Chen     103     2,003       43    4.5  "
	                             "   2.143  2001-09-09  2014-05-13\n"));
	assert_non_null(strstr(body, "   2  (no name)  Ann Lee     102     2,002       42    3.5  "
	                             "    1.81  2001-09-09  2014-05-13\n"));
	assert_null(strstr(body, "   3  "));
	assert_true(g_str_has_suffix(body, "\n\n2 of 4 people\n"));
	g_free(text);
}

static void a_measure_that_has_a_column_gets_no_second_one(void **state)
{
	char *text = written(*state, MEASURE_SENT, 1, TABLE_AS_TEXT, 0);

	assert_true(g_str_has_prefix(text, "Key correspondents by Sent (messages). "));
	assert_non_null(strstr(text, "First       Last\n"));
	assert_non_null(strstr(text, "   1  山田 太郎"));
	g_free(text);
}

static void equal_in_a_measure_means_in_order_of_rank(void **state)
{
	struct sample *sample = *state;
	int *ranks = sample->analysis.ranks[MEASURE_HUB];
	char *text;

	ranks[0] = ranks[2] = ranks[3] = 2;
	ranks[1] = 1;
	text = written(sample, MEASURE_HUB, 0, TABLE_AS_TEXT, 0);

	const char *bo = strstr(text, "   1  Bo Chen"), *ann = strstr(text, "   2  Ann Lee");
	const char *cy = strstr(text, "   2  (no name)"), *dan = strstr(text, "   2  山田");

	assert_true(bo && ann && cy && dan && bo < ann && ann < cy && cy < dan);
	g_free(text);
}

static void no_line_is_wider_than_the_page(void **state)
{
	struct sample *sample = *state;
	static const int pages[] = { 80, 100, 140 };

	sample->network.vertices[0].name = "A very long name indeed, of which a narrow page has to cut "
	                                   "the end, 山田山田山田山田山田山田山田";
	sample->network.vertices[1].address = "an-address-that-is-longer-than-any-column-for-addresses-"
	                                      "would-ever-be@a-host-of-some-length.example.org";
	for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
		char *text = written(sample, MEASURE_HARMONIC, 0, TABLE_AS_TEXT, pages[i]);
		char **lines = g_strsplit(text, "\n", -1);

		for (char **line = lines; *line; line++) {
			glong wide = 0;

			for (const char *at = *line; *at; at = g_utf8_next_char(at))
				wide += g_unichar_iswide(g_utf8_get_char(at)) ? 2 : 1;
			assert_true(wide <= pages[i]);
		}
		g_strfreev(lines);
		g_free(text);
	}
}

static void a_narrow_page_has_the_dates_below_the_name(void **state)
{
	struct sample *sample = *state;
	char *text;

	sample->network.vertices[1].first = sample->network.vertices[1].last = INSTANT_NONE;
	text = written(sample, -1, 2, TABLE_AS_TEXT, 90);
	assert_non_null(strstr(text, "Score\n"));
	assert_non_null(strstr(text, "\n      ann@example.org  with Bo Chen 8, cy@example.org 5\n"
	                             "      2001-09-09 to 2014-05-13   pagerank 1.14 (4)   betw"));
	assert_non_null(strstr(text, "\n      no dates                   pagerank 1.48 (3)   betw"));
	g_free(text);
}

static void csv_has_everything_in_one_row_a_person(void **state)
{
	char *text = written(*state, -1, 3, TABLE_AS_CSV, 0);
	char **lines = g_strsplit(text, "\n", -1);

	assert_int_equal(5, g_strv_length(lines));      /* header, 3 rows, "" after the last */
	assert_true(g_str_has_prefix(lines[0], "rank,score,name,address,domain,community,"
	                                       "community_name,sent,sent_rank,received,"));
	assert_true(g_str_has_suffix(lines[0], ",core,core_rank,first,last,strongest_ties"));
	assert_true(g_str_has_prefix(lines[1], "1,1.5,Ann Lee,ann@example.org,example.org,1,"
	                                       "Ann Lee & co,0,4,10,4,"));
	assert_true(g_str_has_suffix(lines[1], ",2001-09-09T01:46:40Z,2014-05-13T16:53:20Z,"
	                             "\"Bo Chen <bo@example.org> (8); cy@example.org (5)\""));
	assert_true(g_str_has_prefix(lines[3], "3,3.5,,cy@example.org,"));
	g_strfreev(lines);
	g_free(text);
}

static void json_has_the_ties_as_a_list_and_null_for_no_name(void **state)
{
	char *text = written(*state, -1, 3, TABLE_AS_JSON, 0);

	assert_true(g_str_has_prefix(text, "[\n{\"rank\": 1, \"score\": 1.5, \"name\": \"Ann Lee\", "));
	assert_non_null(strstr(text, "\"strongest_ties\": [{\"name\": \"Bo Chen\", \"address\": "
	                             "\"bo@example.org\", \"sent\": 6, \"received\": 2}, {\"name\": null, "
	                             "\"address\": \"cy@example.org\", \"sent\": 5, \"received\": 0}]}"));
	assert_non_null(strstr(text, "\"rank\": 3, \"score\": 3.5, \"name\": null, "));
	assert_true(g_str_has_suffix(text, "}\n]\n"));
	g_free(text);
}

static void nobody_is_an_empty_table(void **state)
{
	struct sample sample;
	char *text, *csv, *json;

	(void)state;
	sample_init(&sample, NULL, 0, NULL, 0, 0);
	text = written(&sample, MEASURE_HUB, 10, TABLE_AS_TEXT, 0);
	csv = written(&sample, -1, 0, TABLE_AS_CSV, 0);
	json = written(&sample, -1, 0, TABLE_AS_JSON, 0);
	assert_true(g_str_has_suffix(text, "\n0 people\n"));
	assert_ptr_equal(csv + strlen(csv) - 1, strchr(csv, '\n'));      /* one line */
	assert_string_equal("[]\n", json);
	g_free(text);
	g_free(csv);
	g_free(json);
	sample_clear(&sample);
}

/* The strings of the nasty sample, on the terminal: no control character, no
 * direction override, each person three lines. */
static void mail_cannot_speak_to_the_terminal(void **state)
{
	struct sample sample;
	char *text, *body;
	int lines = 0;

	(void)state;
	sample_init_nasty(&sample);
	text = written(&sample, -1, 0, TABLE_AS_TEXT, 0);
	body = body_of(text);
	assert_true(g_utf8_validate(text, -1, NULL));
	for (const char *at = text; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		assert_true(c == '\n' || (c >= 0x20 && !(c >= 0x7f && c < 0xa0)));
		assert_false((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069));
	}
	for (const char *at = body; *at; at++)
		lines += *at == '\n';
	assert_int_equal(2 + 3 * NASTY_ORDER + 2, lines);
	g_free(text);
	sample_clear(&sample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(fact) cmocka_unit_test_setup_teardown(fact, new_sample, free_sample)
		TEST(a_person_is_three_lines_that_line_up),
		TEST(by_a_measure_the_highest_comes_first_with_its_value),
		TEST(a_measure_that_has_a_column_gets_no_second_one),
		TEST(equal_in_a_measure_means_in_order_of_rank),
		TEST(no_line_is_wider_than_the_page),
		TEST(a_narrow_page_has_the_dates_below_the_name),
		TEST(csv_has_everything_in_one_row_a_person),
		TEST(json_has_the_ties_as_a_list_and_null_for_no_name),
		cmocka_unit_test(nobody_is_an_empty_table),
		cmocka_unit_test(mail_cannot_speak_to_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
