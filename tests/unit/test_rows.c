/* Private to src/source: delimited text cut into rows and cells. */
#include "../../src/source/rows.h"

#include "unit.h"

#include <string.h>

#define CELLS 8

/* A text row by row: cells in [], rows in lines, "!" before what is wrong with one. */
static char *rows_of(const char *bytes, size_t size, char separator)
{
	GString *out = g_string_new(NULL), *text = g_string_new(NULL);
	int16_t slots[CELLS];
	struct cell cells[CELLS];
	struct row_wish wish = { slots, CELLS, cells };
	struct row_format format;
	struct row row;
	size_t at;

	for (int16_t i = 0; i < CELLS; i++)
		slots[i] = i;
	assert_true(row_format_guess((const uint8_t *)bytes, size, &format, &at));
	if (!format.concordance)
		row_format_separate(&format, separator);
	for (; at < size; at += row.size) {
		assert_true(row_scan(&format, (const uint8_t *)bytes + at, size - at, true, &wish, &row));
		assert_true(row.size > 0 && row.size <= size - at);
		if (row.fault != NULL)
			g_string_append_printf(out, "!%s", row.fault);
		for (size_t i = 0; row.fault == NULL && i < row.columns; i++) {
			cell_read(&format, cells[i], 1000, text);
			g_string_append_printf(out, "[%s]", text->str);
		}
		g_string_append_c(out, '\n');
	}
	g_string_free(text, TRUE);
	return g_string_free(out, FALSE);
}

static void check(const char *bytes, size_t size, char separator, const char *expected)
{
	char *found = rows_of(bytes, size, separator);

	assert_string_equal(found, expected);
	g_free(found);
}

#define CHECK(bytes, separator, expected) check(bytes, sizeof bytes - 1, separator, expected)

static void cells_are_cut_as_rfc_4180_has_it(void **state)
{
	(void)state;
	CHECK("a,b,c\nd,e,f", ',', "[a][b][c]\n[d][e][f]\n");
	CHECK("a,b\r\nc,d\r\n", ',', "[a][b]\n[c][d]\n");
	CHECK("a,b\rc,d\r", ',', "[a][b]\n[c][d]\n");
	CHECK("a,,\n,,b\n", ',', "[a][][]\n[][][b]\n");
	CHECK("\"a,1\",\"b\n2\",\"c \"\"3\"\"\"\n", ',', "[a,1][b\n2][c \"3\"]\n");
	CHECK("\"\",\"\"\"\",x\n", ',', "[][\"][x]\n");
	CHECK("a 5\" disk,b\"\"c\n", ',', "[a 5\" disk][b\"\"c]\n");
	CHECK("a;b,c\n", ';', "[a][b,c]\n");
	CHECK("a\tb c\n", '\t', "[a][b c]\n");
	CHECK("a,b\n\n\nc,d\n", ',', "[a][b]\n\n\n[c][d]\n");
}

static void a_row_that_is_not_well_formed_costs_a_line(void **state)
{
	(void)state;
	/* The quote opened in the second row is closed by the third's first. */
	CHECK("a,b\nc,\"d\n\"e\",f\ng,h\n", ',',
	      "[a][b]\n!text behind the quote that closes a cell\n[e][f]\n[g][h]\n");
	CHECK("\"a\"x,b\nc,d\n", ',', "!text behind the quote that closes a cell\n[c][d]\n");
	CHECK("a,\"b\nc,d\n", ',', "!a quote that is not closed\n[c][d]\n");
	CHECK("a,\"", ',', "!a quote that is not closed\n");
}

static void concordance_files_are_known_by_their_signs(void **state)
{
	(void)state;
	/* Windows-1252: FE quotes, 14 separates, AE is a line end, E9 an e with acute. */
	CHECK("\xfe" "From\xfe\x14\xfe" "To\xfe\r\n\xfe" "Ren\xe9\xfe\x14\xfe" "a\xae" "b\xfe\r\n", ',',
	      "[From][To]\n[Ren\xc3\xa9][a\nb]\n");
	/* The same in UTF-8, with a byte order mark, and the pilcrow as separator. */
	CHECK("\xef\xbb\xbf\xc3\xbe" "From\xc3\xbe\x14\xc3\xbe" "To\xc3\xbe\n\xc3\xbe\xc3\xbe\x14\xc3\xbe\xc3\xbe\n",
	      ',', "[From][To]\n[][]\n");
	CHECK("\xc3\xbe" "A\xc3\xbe\xc2\xb6\xc3\xbe" "B\xc3\xbe\n\xc3\xbe" "x, \"y\"\xc3\xbe\xc2\xb6\xc3\xbe" "z\xc3\xbe\n",
	      ',', "[A][B]\n[x, \"y\"][z]\n");
	/* A line end inside of quotes, and a thorn inside of a cell. */
	CHECK("\xfe" "A\xfe\x14\xfe" "B\xfe\n\xfe" "x\ny\xfe\x14\xfe" "\xdeor \xfe z\xfe\n", ',',
	      "[A][B]\n[x\ny][\xc3\x9eor \xc3\xbe z]\n");
}

static void utf_16_is_read_in_both_orders(void **state)
{
	(void)state;
	CHECK("\xff\xfe" "a\0,\0\xe9\0\n\0\"\0,\0\"\0,\0\x3d\xd8\x00\xde\n\0", ',',
	      "[a][\xc3\xa9]\n[,][\xf0\x9f\x98\x80]\n");
	CHECK("\xfe\xff\0a\0;\0b\0\r\0\n\xd8\x00\0;\0c", ';', "[a][b]\n[\xef\xbf\xbd][c]\n");
	CHECK("\xff\xfe\xfe\0A\0\xfe\0\x14\0\xfe\0B\0\xfe\0\n\0", ',', "[A][B]\n");
	/* Half a character at the end of the file. */
	CHECK("\xff\xfe" "a\0,\0b\0\n", ',', "[a][b]\n");
	CHECK("a,b\nc\0\0\xc3\xa9\0d,\0\n", ',', "[a][b]\n[c\xc3\xa9" "d][]\n");
}

/* A row is given as soon as its end is certain, not before, and is then the same. */
static void a_row_waits_for_its_end(void **state)
{
	static const char bytes[] = "a,\"b\r\n\"\"c\",d\r\nx";
	struct row_format format;
	struct row whole, part;
	size_t mark;

	(void)state;
	row_format_guess((const uint8_t *)bytes, sizeof bytes - 1, &format, &mark);
	row_format_separate(&format, ',');
	assert_true(row_scan(&format, (const uint8_t *)bytes, sizeof bytes - 1, true, NULL, &whole));
	assert_int_equal(whole.size, 14);
	assert_int_equal(whole.columns, 3);
	for (size_t size = 0; size < whole.size; size++)
		assert_false(row_scan(&format, (const uint8_t *)bytes, size, false, NULL, &part));
	assert_true(row_scan(&format, (const uint8_t *)bytes, whole.size + 1, false, NULL, &part));
	assert_int_equal(part.size, whole.size);
}

static void binary_files_are_no_text(void **state)
{
	struct row_format format;
	size_t mark;

	(void)state;
	assert_false(row_format_guess((const uint8_t *)"a,b\0c\n", 6, &format, &mark));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_cut_as_rfc_4180_has_it),
		cmocka_unit_test(a_row_that_is_not_well_formed_costs_a_line),
		cmocka_unit_test(concordance_files_are_known_by_their_signs),
		cmocka_unit_test(utf_16_is_read_in_both_orders),
		cmocka_unit_test(a_row_waits_for_its_end),
		cmocka_unit_test(binary_files_are_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
