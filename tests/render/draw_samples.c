/* Draw sample timelines in every format, for the eye and for the checks beside
 * this file. usage: draw_samples DIR */
#include "epistograph/error.h"
#include "epistograph/timeline_chart.h"

#include <glib.h>

#include <stdio.h>

#define MM (72 / 25.4)
#define DAY ((int64_t)86400)

struct sample {
	const char *name;
	struct timeline timeline;
	struct time_event events[40];
	int event_count;
	struct frame frame;
	double width, height;           /* mm */
};

static int64_t day(int year, int month, int number)
{
	struct civil c = { .year = year, .month = month, .day = number };

	return instant_from_civil(&c);
}

static void sample_bins(struct timeline *t, enum calendar_unit unit, int64_t first, int64_t last)
{
	GArray *bins = g_array_new(FALSE, TRUE, sizeof(struct timeline_bin));

	t->unit = unit;
	t->first = first;
	t->last = last;
	t->series_count = 1;
	t->series_names[0] = (char *)"messages";
	for (int64_t at = calendar_floor(unit, first); at <= last; at = calendar_next(unit, at)) {
		struct timeline_bin bin = { .start = at };
		g_array_append_val(bins, bin);
	}
	t->bin_count = (int)bins->len;
	t->bins = (struct timeline_bin *)(void *)g_array_free(bins, FALSE);
}

static void set(struct timeline *t, int bin, int series, int64_t count)
{
	t->bins[bin].counts[series] += count;
	t->bins[bin].total += count;
	t->dated += count;
}

/* Invented mail: a level, a rise, and noise by a fixed generator. */
static void fill(struct timeline *t, int series, double level, double rise, uint32_t seed)
{
	for (int i = 0; i < t->bin_count; i++) {
		seed = seed * 1664525u + 1013904223u;
		double noise = 0.55 + 0.9 * (seed >> 8) / 16777216.0;
		set(t, i, series, (int64_t)((level + rise * i) * noise));
	}
}

static void silence(struct timeline *t, int64_t start, int64_t end)
{
	t->gaps = g_renew(struct timeline_gap, t->gaps, t->gap_count + 1);
	t->gaps[t->gap_count++] = (struct timeline_gap){ start, end };
	for (int i = 0; i < t->bin_count; i++) {
		int64_t from = t->bins[i].start, to = calendar_next(t->unit, from);
		if (from < start || to > end)
			continue;
		t->dated -= t->bins[i].total;
		t->bins[i] = (struct timeline_bin){ .start = from };
	}
}

static void name_series(struct timeline *t, enum timeline_split split, const char *const *names)
{
	t->split = split;
	for (t->series_count = 0; names[t->series_count]; t->series_count++)
		t->series_names[t->series_count] = (char *)names[t->series_count];
}

static void one_year(struct sample *s)
{
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_WEEK, day(2021, 1, 4) + 3600, day(2021, 12, 29));
	fill(t, 0, 38, 0, 7);
	silence(t, day(2021, 7, 31), day(2021, 8, 15));
	t->undated = 37;
	t->implausible = 10;
	s->frame.title = "Nobody wrote for a fortnight in August";
	s->frame.subtitle = "Messages per week, 4 January to 29 December 2021, all kinds of mail";
}

static void eight_years(struct sample *s)
{
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_MONTH, day(2009, 3, 20), day(2017, 4, 24));
	fill(t, 0, 120, 12, 3);
	for (int i = 0; i < t->bin_count; i += 3)
		t->bins[i].repaired = t->bins[i].total / 9;
	set(t, 88, 0, 3800);
	t->from_received = 1240;
	t->undated = 1702;
	t->implausible = 3;
	s->frame.title = "The campaign's mail doubled before the vote";
	s->frame.subtitle = "Messages per month, 20 March 2009 to 24 April 2017; personal mail only";
	s->events[0] = (struct time_event){ day(2016, 7, 14), "convention" };
	s->events[1] = (struct time_event){ day(2012, 11, 6), "first election" };
	s->events[2] = (struct time_event){ day(2017, 4, 23), "first round" };
	s->event_count = 3;
}

static void three_days(struct sample *s)
{
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_DAY, day(2016, 7, 30) + 9000, day(2016, 8, 1) + 70000);
	set(t, 0, 0, 3);
	set(t, 1, 0, 1);
	set(t, 2, 0, 10);
	s->frame.title = "Three days";
	s->frame.subtitle = "Messages per day";
}

static void one_message(struct sample *s)
{
	sample_bins(&s->timeline, CALENDAR_DAY, day(2016, 2, 29), day(2016, 2, 29));
	set(&s->timeline, 0, 0, 1);
	s->frame.title = "A single message";
	s->frame.subtitle = "Messages per day";
}

static void nothing(struct sample *s)
{
	s->timeline = (struct timeline){ .undated = 37, .implausible = 1, .first = INSTANT_NONE,
	                                 .last = INSTANT_NONE, .series_count = 1 };
	s->frame.title = "Nothing that has a date";
	s->frame.subtitle = "Messages per month";
}

static void kinds(struct sample *s)
{
	static const char *const names[] = { "personal", "list", "bulk", "automatic", NULL };
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_DAY, day(2019, 2, 11), day(2019, 5, 20));
	name_series(t, SPLIT_KIND, names);
	fill(t, 0, 30, 0.1, 5);
	fill(t, 1, 12, 0, 6);
	fill(t, 2, 6, 0.2, 8);
	fill(t, 3, 2, 0, 9);
	silence(t, day(2019, 3, 9), day(2019, 3, 12));
	silence(t, day(2019, 4, 19), day(2019, 4, 23));
	s->frame.title = "Bulk mail grew week by week";
	s->frame.subtitle = "Messages per day by kind, 11 February to 20 May 2019";
}

static void communities(struct sample *s)
{
	static const char *const names[] = {
		"Zoë Šimková, Ana Núñez", "田中 太郎, 佐藤 花子", "محمد العربي",
		"press@example.org, a very long name of a press office in the provinces",
		"Ivo", "the rest", NULL,
	};
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_MONTH, day(2012, 5, 2), day(2016, 10, 30));
	name_series(t, SPLIT_COMMUNITY, names);
	for (int i = 0; i < 6; i++)
		fill(t, i, 200 / (i + 1), (i % 3 - 1) * 0.5, (uint32_t)i + 40);
	silence(t, day(2014, 6, 20), day(2014, 10, 2));
	s->events[0] = (struct time_event){ day(2013, 9, 1), "office opened" };
	s->events[1] = (struct time_event){ day(2015, 2, 12), "office closed" };
	s->event_count = 2;
	t->undated = 12;
	s->frame.title = "Six circles of correspondents";
	s->frame.subtitle = "Messages per month by the sender's community, May 2012 to October 2016";
	s->height = 120;
}

static void crowded(struct sample *s)
{
	static const char *const texts[] = {
		"minister resigns", "raid on the head office", "first report in the press", "hearing",
		"contract signed", "second contract signed", "audit", "memo leaked", "strike", "recount",
	};

	eight_years(s);
	for (int i = 0; i < 10; i++)
		s->events[i] = (struct time_event){ day(2015, 1, 5) + i * 31 * DAY, texts[i] };
	s->event_count = 10;
	s->frame.title = "Ten events";
}

static void too_crowded(struct sample *s)
{
	crowded(s);
	for (int i = 10; i < 30; i++)
		s->events[i] = (struct time_event){ day(2014, 1, 5) + i * 9 * DAY,
		                                        "something happened at the ministry again" };
	s->events[30] = (struct time_event){ day(1999, 1, 5), "long before" };
	s->event_count = 31;
	s->frame.title = "Thirty events";
}

static void long_title(struct sample *s)
{
	one_year(s);
	s->frame.title = "A title that goes on for so long that nobody would print it, but some "
	                 "program made it of a folder's name and of a filter in words, and so it must "
	                 "stay on the page, wrapped and smaller, without covering anything or being cut "
	                 "in the middle of a word, whatever follows here, and more follows, and more, "
	                 "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde, "
	                 "until the very end of it, which is here, or here, or perhaps only there";
	s->frame.subtitle = s->frame.title;
	s->frame.source = s->frame.title;
}

static void many_gaps(struct sample *s)
{
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_DAY, day(2020, 1, 3), day(2020, 5, 28));
	for (int i = 0; i < t->bin_count; i += i % 3 == 0 ? 1 : 9)
		set(t, i, 0, 1 + i % 5);
	for (int i = 1; i + 9 < t->bin_count; i += 11)
		silence(t, t->bins[i].start, t->bins[i + 8].start);
	s->frame.title = "A thin archive";
	s->frame.subtitle = "Messages per day";
}

static void decades(struct sample *s)
{
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_QUARTER, day(1988, 2, 1), day(2023, 11, 1));
	fill(t, 0, 10, 90, 77);
	set(t, 20, 0, 123456);
	s->frame.title = "Thirty-five years";
	s->frame.subtitle = "Messages per quarter";
}

static void hostile(struct sample *s)
{
	one_year(s);
	s->frame.title = "<script>alert(1)</script> & \"quotes\" \x01\x1b[31m\xff\xfe bad bytes \xe2\x80\xae"
	                 "reversed ]]> &amp; 田中";
	s->events[0] = (struct time_event){ day(2021, 5, 1), "</text><script>x</script>\x07\n'\"" };
	s->event_count = 1;
}

static void small_page(struct sample *s)
{
	eight_years(s);
	s->width = 80;
	s->height = 60;
}

static void years(struct sample *s)
{
	struct timeline *t = &s->timeline;

	sample_bins(t, CALENDAR_YEAR, day(1994, 5, 1), day(2016, 11, 1));
	fill(t, 0, 1000, 900, 5);
	s->frame.title = "By the year";
	s->frame.subtitle = "Messages per year";
}

static int draw(const struct sample *sample, const char *folder, const char *ending)
{
	struct error err = { "" };
	char *path = g_strdup_printf("%s/%s%s", folder, sample->name, ending);
	const struct canvas_about about = { sample->frame.title, "Columns of messages through time.",
	                                    "epistograph" };
	double width = sample->width * MM, height = sample->height * MM;
	struct canvas *canvas = canvas_open(path, (enum canvas_format)canvas_format_from_path(path),
	                                    &(struct canvas_page){ width, height, 200, NULL, NULL },
	                                    &about, &err);
	const struct timeline_chart chart = {
		.timeline = &sample->timeline, .frame = sample->frame, 
		.annotations = { .events = sample->events, .event_count = sample->event_count },
	};
	int status = -1;

	if (canvas && timeline_chart_draw(canvas, width, height, &chart, &err) < 0)
		canvas_discard(canvas);
	else if (canvas)
		status = canvas_close(canvas, &err);
	if (status < 0)
		fprintf(stderr, "%s: %s\n", path, err.message);
	g_free(path);
	return status;
}

int main(int argc, char **argv)
{
	static const struct { const char *name; void (*make)(struct sample *sample); } makers[] = {
		{ "one-year", one_year }, { "eight-years", eight_years }, { "three-days", three_days },
		{ "one-message", one_message }, { "nothing", nothing }, { "kinds", kinds },
		{ "communities", communities }, { "crowded", crowded }, { "too-crowded", too_crowded },
		{ "long-title", long_title }, { "many-gaps", many_gaps }, { "decades", decades },
		{ "hostile", hostile }, { "small-page", small_page }, { "years", years },
	};
	int failures = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: draw_samples DIR\n");
		return 2;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(makers); i++) {
		struct sample sample = { .name = makers[i].name, .width = 180, .height = 100 };

		sample.frame.source = "Source: invented mail. epistograph.";
		makers[i].make(&sample);
		failures += draw(&sample, argv[1], ".png") < 0;
		failures += draw(&sample, argv[1], ".svg") < 0;
		failures += draw(&sample, argv[1], ".pdf") < 0;
		g_free(sample.timeline.bins);
		g_free(sample.timeline.gaps);
	}
	return failures > 0 ? 3 : 0;
}
