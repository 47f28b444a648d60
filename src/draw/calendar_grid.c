#include "calendar_grid.h"

#include <glib.h>

#define DAY_S INT64_C(86400)

#define CELL_MIN 2.4            /* pt: smaller days run into each other in print */
#define CELL_MAX 24.0
#define NAME_WIDTH 27.0         /* pt for a year's number and total, left of its days */
#define YEAR_GAP 5.0            /* pt below a year, at least */
#define YEAR_GAP_MAX 14.0
#define YEAR_GAP_CELLS 1.5      /* and between those in proportion to the days */
#define COLUMN_GAP 12.0         /* pt between years beside each other */
#define COLUMNS_MAX 4
#define COLUMN_LOSS 0.75        /* days so much smaller are worth half the height */
#define MONTHS_ROW 10.0         /* pt for the months' names above */
#define ROW_MIN 8.0             /* pt a year of months */
#define ROW_MAX 24.0
#define ROUNDING 1e-6           /* pt */
#define MONTHS_WIDTH_MIN 150.0  /* pt */

int64_t calendar_grid_new_year(int year)
{
	return instant_from_civil(&(struct civil){ .year = year, .month = 1, .day = 1 });
}

/* The number of the week of a day in its year, from 0. */
static int week_of_year(int64_t day)
{
	int64_t new_year = calendar_grid_new_year(civil_from_instant(day * DAY_S).year);

	return (int)(day - new_year / DAY_S + civil_from_instant(new_year).weekday) / 7;
}

/* The weeks of the months drawn: 53, of a leap year that begins on a Sunday 54, or fewer. */
static void find_weeks(struct calendar_grid *grid)
{
	int last_week = 0;

	for (int year = grid->first_year; year <= grid->last_year; year++) {
		struct civil last = { .year = year, .month = grid->last_month, .day = 28 };
		int64_t end = calendar_next(CALENDAR_MONTH, instant_from_civil(&last));

		last_week = MAX(last_week, week_of_year(end / DAY_S - 1));
	}
	struct civil first = { .year = grid->first_year, .month = grid->first_month, .day = 1 };
	grid->first_week = week_of_year(instant_from_civil(&first) / DAY_S);
	grid->weeks = last_week - grid->first_week + 1;
}

static int year_count(const struct calendar_grid *grid)
{
	return grid->last_year - grid->first_year + 1;
}

static int rows_in(const struct calendar_grid *grid, int columns)
{
	return (year_count(grid) + columns - 1) / columns;
}

static double cell_in(const struct calendar_grid *grid, int columns)
{
	double names = columns * NAME_WIDTH + (columns - 1) * COLUMN_GAP;
	double across = (grid->box.width - names) / (columns * grid->weeks);
	double down = ((grid->box.height - MONTHS_ROW) / rows_in(grid, columns) - YEAR_GAP) / 7;

	return MIN(MIN(across, down), CELL_MAX);
}

/* As few columns of years as leave the days largest, or one more where that costs them
 * little and spares a side of the page that would be empty. */
static int best_columns(const struct calendar_grid *grid)
{
	int best = 1, most = MIN(year_count(grid), COLUMNS_MAX);
	double largest = 0;

	for (int columns = 1; columns <= most; columns++)
		largest = MAX(largest, cell_in(grid, columns));
	for (int columns = 1; columns <= most; columns++)
		if (cell_in(grid, columns) >= largest * COLUMN_LOSS)
			best = columns;
	return best;
}

static void fit_days(struct calendar_grid *grid)
{
	find_weeks(grid);
	grid->columns = best_columns(grid);
	grid->rows = rows_in(grid, grid->columns);
	grid->cell = cell_in(grid, grid->columns);
	grid->pitch = MIN((grid->box.height - MONTHS_ROW) / grid->rows, 7 * grid->cell +
	                  CLAMP(YEAR_GAP_CELLS * grid->cell, YEAR_GAP, YEAR_GAP_MAX));
}

/* As few columns of years as leave each a row that can be read. */
static void fit_months(struct calendar_grid *grid)
{
	int most = (int)((grid->box.width + COLUMN_GAP) / (MONTHS_WIDTH_MIN + COLUMN_GAP));

	for (grid->columns = 1;; grid->columns++) {
		grid->rows = rows_in(grid, grid->columns);
		grid->pitch = MIN((grid->box.height - MONTHS_ROW) / grid->rows, ROW_MAX);
		if (grid->pitch >= ROW_MIN || grid->columns >= most)
			return;
	}
}

struct calendar_grid calendar_grid_fit(enum calendar_unit unit, const struct box *box,
                                       int64_t first, int64_t last)
{
	struct civil from = civil_from_instant(first), to = civil_from_instant(last);
	bool in_one_year = from.year == to.year && unit == CALENDAR_DAY;
	struct calendar_grid grid = {
		.unit = unit, .box = *box, .first_year = from.year, .last_year = to.year,
		.first_month = in_one_year ? from.month : 1, .last_month = in_one_year ? to.month : 12,
	};

	if (unit == CALENDAR_DAY)
		fit_days(&grid);
	else
		fit_months(&grid);
	return grid;
}

/* Of a year with its name. */
static double year_width(const struct calendar_grid *grid)
{
	return grid->unit == CALENDAR_DAY
		? NAME_WIDTH + grid->weeks * grid->cell
		: (grid->box.width - (grid->columns - 1) * COLUMN_GAP) / grid->columns;
}

double calendar_grid_height(const struct calendar_grid *grid)
{
	double last = grid->unit == CALENDAR_DAY ? 7 * grid->cell + YEAR_GAP : grid->pitch;

	return MIN(MONTHS_ROW + (grid->rows - 1) * grid->pitch + last, grid->box.height);
}

bool calendar_grid_is_legible(const struct calendar_grid *grid)
{
	return grid->unit == CALENDAR_DAY
		? grid->cell >= CELL_MIN - ROUNDING
		: year_width(grid) >= MONTHS_WIDTH_MIN && grid->pitch >= ROW_MIN - ROUNDING;
}

struct point calendar_grid_name(const struct calendar_grid *grid, int year)
{
	int at = year - grid->first_year;

	return (struct point){ grid->box.x + at / grid->rows * (year_width(grid) + COLUMN_GAP),
	                       grid->box.y + MONTHS_ROW + at % grid->rows * grid->pitch };
}

struct point calendar_grid_year(const struct calendar_grid *grid, int year)
{
	struct point name = calendar_grid_name(grid, year);

	return (struct point){ name.x + NAME_WIDTH, name.y };
}

int calendar_grid_week(const struct calendar_grid *grid, int64_t day)
{
	return week_of_year(day) - grid->first_week;
}

struct box calendar_grid_day(const struct calendar_grid *grid, int64_t day)
{
	struct civil c = civil_from_instant(day * DAY_S);
	struct point place = calendar_grid_year(grid, c.year);
	double gap = MIN(0.5, grid->cell * 0.1);

	return (struct box){ place.x + calendar_grid_week(grid, day) * grid->cell + gap / 2,
	                     place.y + c.weekday * grid->cell + gap / 2, grid->cell - gap,
	                     grid->cell - gap };
}

struct box calendar_grid_month(const struct calendar_grid *grid, int64_t start)
{
	struct civil c = civil_from_instant(start);
	struct point place = calendar_grid_year(grid, c.year);
	double width = (year_width(grid) - NAME_WIDTH) / 12;

	return (struct box){ place.x + (c.month - 1) * width + 0.4, place.y + 0.4, width - 0.8,
	                     grid->pitch - 0.8 };
}
