#include "command.h"
#include "figure.h"

#include "epistograph/error.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

#define KINDS_RANKED (1u << KIND_PERSONAL | 1u << KIND_LIST)
#define KINDS_ALL ((1u << KIND_COUNT) - 1)

struct drawing {
	const char *path, *size, *format_name, *split, *unit;
	int64_t dpi, labels;
	struct figure figure;
	enum canvas_format format;
	GPtrArray *events;
	struct option_spec specs[10];
};

static void drawing_init(struct drawing *d)
{
	*d = (struct drawing){ .dpi = 300, .events = g_ptr_array_new() };
	const struct option_spec specs[] = {
		{ "output", 'o', OPTION_TEXT, &d->path, "FILE", "ending in .png, .svg or .pdf, or - with --format [output/CHART.svg]" },
		{ "format", 0, OPTION_TEXT, &d->format_name, "png|svg|pdf", "instead of by the ending" },
		{ "title", 0, OPTION_TEXT, &d->figure.title, "TEXT", "instead of a plain statement of what is shown" },
		{ "size", 0, OPTION_TEXT, &d->size, "WxH", "of the page in mm [180x150; a timeline 180x90]" },
		{ "dpi", 0, OPTION_NUMBER, &d->dpi, "N", "dots per inch of a PNG [300]" },
		{ "labels", 0, OPTION_NUMBER, &d->labels, "N", "names wanted in a network [as many as fit well]" },
		{ "split", 0, OPTION_TEXT, &d->split, "kind|community", "a timeline's columns by this" },
		{ "unit", 0, OPTION_TEXT, &d->unit, "UNIT", "a timeline's day, week, month, quarter or year [by the span]" },
		{ "event", 0, OPTION_LIST, d->events, "DATE=TEXT", "mark a day in a timeline; may be repeated" },
		{ .name = NULL },
	};
	memcpy(d->specs, specs, sizeof specs);
}

static int parse_format(struct drawing *d, struct error *err)
{
	char *path = d->format_name ? g_strconcat("x.", d->format_name, NULL) : g_strdup(d->path);
	int format = canvas_format_from_path(path);

	g_free(path);
	if (format < 0)
		return error_set(err, "'%s' says no format: use .png, .svg or .pdf",
		                 d->format_name ? d->format_name : d->path);
	d->format = (enum canvas_format)format;
	return 0;
}

/* A network in a newspaper's column can just be read; a timeline needs less. */
static int parse_size(struct drawing *d, bool timeline, struct error *err)
{
	struct figure *figure = &d->figure;
	int least_width = timeline ? 60 : 80, least_height = timeline ? 40 : 70;
	char *end;

	figure->width_mm = 180;
	figure->height_mm = timeline ? 90 : 150;
	if (!d->size)
		return 0;
	figure->width_mm = g_ascii_strtod(d->size, &end);
	figure->height_mm = *end == 'x' ? g_ascii_strtod(end + 1, &end) : 0;
	if (*end || !(figure->width_mm >= least_width && figure->width_mm <= 5000) ||
	    !(figure->height_mm >= least_height && figure->height_mm <= 5000))
		return error_set(err, "--size is WIDTHxHEIGHT in mm, from %dx%d to 5000x5000 for a %s, "
		                 "not '%s'", least_width, least_height,
		                 timeline ? "timeline" : "network", d->size);
	return 0;
}

static int parse_timeline(struct drawing *d, struct error *err)
{
	d->figure.unit = -1;
	for (int unit = CALENDAR_DAY; d->unit && unit <= CALENDAR_YEAR; unit++)
		if (!strcmp(d->unit, calendar_unit_name((enum calendar_unit)unit)))
			d->figure.unit = unit;
	if (d->unit && d->figure.unit < 0)
		return error_set(err, "--unit is day, week, month, quarter or year, not '%s'", d->unit);
	if (d->split && strcmp(d->split, "kind") && strcmp(d->split, "community"))
		return error_set(err, "--split is kind or community, not '%s'", d->split);
	d->figure.split = !d->split ? SPLIT_NONE
	                : !strcmp(d->split, "kind") ? SPLIT_KIND : SPLIT_COMMUNITY;
	d->figure.events = d->events;
	return figure_check_events(d->events, err);
}

static int resolve(struct drawing *d, bool timeline, struct error *err)
{
	if (d->dpi < 30 || d->dpi > 2400)
		return error_set(err, "--dpi is between 30 and 2400");
	d->figure.dpi = (double)d->dpi;
	d->figure.labels = (int)MIN(d->labels, 10000);
	if (!timeline && (d->split || d->unit || d->events->len))
		return error_set(err, "--split, --unit and --event belong to a timeline");
	if (timeline && d->labels)
		return error_set(err, "--labels belongs to a network");
	if (parse_format(d, err) < 0 || parse_size(d, timeline, err) < 0)
		return -1;
	return parse_timeline(d, err);
}

static int run(struct selection *selection, struct drawing *d, bool timeline, bool quiet,
               struct error *err)
{
	struct view view;
	int status = -1;

	if (view_open(&view, selection, !timeline || d->figure.split == SPLIT_COMMUNITY, err) < 0)
		return STATUS_FAILED;
	if (timeline)
		status = figure_timeline(&view, &d->figure, d->path, d->format, err);
	else if (view_require_ties(&view, err) == 0)
		status = figure_network(&view, &d->figure, d->path, d->format, err);
	view_close(&view);
	if (status == 0 && text_missing_glyphs() && !quiet)
		command_warn("%d characters have no shape in the fonts of this machine and are drawn as "
		             "boxes: install fonts-noto-core, fonts-noto-cjk", text_missing_glyphs());
	return status == 0 ? STATUS_DONE : STATUS_FAILED;
}

int command_draw(const struct command *self, int argc, char **argv, struct error *err)
{
	struct selection selection;
	struct drawing drawing;
	struct common common;
	GPtrArray *operands = g_ptr_array_new();
	bool timeline = argc > 1 && !strcmp(argv[1], "timeline");
	int status = STATUS_USAGE;

	/* A network leaves mass mail out, a timeline of an archive shows all of it. */
	selection_init(&selection, timeline ? KINDS_ALL : KINDS_RANKED, true);
	drawing_init(&drawing);
	common_init(&common);
	const struct option_spec *const tables[] = { drawing.specs, selection.specs, common.specs,
	                                             NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);
	const char *chart = operands->len ? operands->pdata[0] : "";
	char *default_path = g_strdup_printf("output/%s.svg", chart);
	bool use_default = !drawing.path;
	if (use_default)
		drawing.path = default_path;

	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed < 0)
		status = STATUS_USAGE;
	else if (operands->len != 1 || (strcmp(chart, "network") && strcmp(chart, "timeline")))
		error_set(err, "say what to draw: network or timeline");
	else if (timeline != !strcmp(chart, "timeline"))
		error_set(err, "name the chart first: epistograph draw timeline ...");
	else if (resolve(&drawing, timeline, err) == 0 && selection_resolve(&selection, err) == 0) {
		if (use_default)
			g_mkdir_with_parents("output", 0777);
		status = run(&selection, &drawing, timeline, common.quiet, err);
		if (status == STATUS_DONE && use_default && !common.quiet)
			printf("%s\n", drawing.path);
	}
	g_free(default_path);
	g_ptr_array_unref(drawing.events);
	selection_clear(&selection);
	g_ptr_array_unref(operands);
	return status;
}
