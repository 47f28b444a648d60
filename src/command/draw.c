#include "command.h"
#include "figure.h"
#include "selection.h"
#include "view.h"

#include "epistograph/error.h"

#include <stdio.h>
#include <string.h>

struct drawing {
	const char *path, *size, *format_name, *split, *unit;
	int64_t dpi, labels;
	struct figure figure;
	enum canvas_format format;
	bool timeline;                  /* else a network */
	char *default_path;             /* of path, if none was given */
	GPtrArray *events;
	struct option_spec specs[10];
};

static void drawing_init(struct drawing *d)
{
	*d = (struct drawing){ .dpi = 300, .events = g_ptr_array_new() };
	const struct option_spec specs[] = {
		{ "output", 'o', OPTION_TEXT, &d->path, "FILE",
		  "ending in .png, .svg or .pdf, or - with --format [output/CHART.FORMAT]" },
		{ "format", 0, OPTION_TEXT, &d->format_name, "png|svg|pdf",
		  "instead of by the ending [svg]" },
		{ "title", 0, OPTION_TEXT, &d->figure.title, "TEXT",
		  "instead of a plain statement of what is shown" },
		{ "size", 0, OPTION_TEXT, &d->size, "WxH",
		  "of the page in mm [180x150; a timeline 180x90]" },
		{ "dpi", 0, OPTION_NUMBER, &d->dpi, "N", "dots per inch of a PNG [300]" },
		{ "labels", 0, OPTION_NUMBER, &d->labels, "N",
		  "names wanted in a network [as many as fit well]" },
		{ "split", 0, OPTION_TEXT, &d->split, "kind|community",
		  "a timeline's columns by this" },
		{ "unit", 0, OPTION_TEXT, &d->unit, "UNIT",
		  "a timeline's day, week, month, quarter or year [by the span]" },
		{ "event", 0, OPTION_LIST, d->events, "DATE=TEXT",
		  "mark a day in a timeline; may be repeated" },
		{ .name = NULL },
	};
	memcpy(d->specs, specs, sizeof specs);
}

static int parse_format(struct drawing *d, struct error *err)
{
	char *path = d->format_name ? g_strconcat("x.", d->format_name, NULL) : g_strdup(d->path);
	int format = canvas_format_from_path(path);

	g_free(path);
	if (format < 0 && d->format_name)
		return error_set(err, "--format is png, svg or pdf, not '%s'", d->format_name);
	if (format < 0)
		return error_set(err, "'%s' says no format: use .png, .svg or .pdf, or --format",
		                 d->path);
	d->format = (enum canvas_format)format;
	return 0;
}

/* A network in a newspaper's column can just be read; a timeline needs less. */
static int parse_size(struct drawing *d, struct error *err)
{
	struct figure *figure = &d->figure;
	int least_width = d->timeline ? 60 : 80, least_height = d->timeline ? 40 : 70;
	char *end;

	figure->width_mm = 180;
	figure->height_mm = d->timeline ? 90 : 150;
	if (!d->size)
		return 0;
	figure->width_mm = g_ascii_strtod(d->size, &end);
	figure->height_mm = *end == 'x' ? g_ascii_strtod(end + 1, &end) : 0;
	if (*end || !(figure->width_mm >= least_width && figure->width_mm <= 5000) ||
	    !(figure->height_mm >= least_height && figure->height_mm <= 5000))
		return error_set(err, "--size is WIDTHxHEIGHT in mm, from %dx%d to 5000x5000 for a %s, "
		                 "not '%s'", least_width, least_height,
		                 d->timeline ? "timeline" : "network", d->size);
	return 0;
}

static int parse_timeline(struct drawing *d, struct error *err)
{
	d->figure.unit = -1;
	for (int unit = CALENDAR_DAY; d->unit && unit <= CALENDAR_YEAR; unit++)
		if (!strcmp(d->unit, calendar_unit_name((enum calendar_unit)unit)))
			d->figure.unit = unit;
	if (d->unit && d->figure.unit < 0)
		return error_set(err, "--unit is day, week, month, quarter or year, not '%s'",
		                 d->unit);
	if (d->split && strcmp(d->split, "kind") && strcmp(d->split, "community"))
		return error_set(err, "--split is kind or community, not '%s'", d->split);
	d->figure.split = !d->split ? SPLIT_NONE
	                : !strcmp(d->split, "kind") ? SPLIT_KIND : SPLIT_COMMUNITY;
	d->figure.events = d->events;
	return figure_check_events(d->events, err);
}

static int resolve(struct drawing *d, struct error *err)
{
	if (d->dpi < 30 || d->dpi > 2400)
		return error_set(err, "--dpi is between 30 and 2400");
	d->figure.dpi = (double)d->dpi;
	d->figure.labels = (int)MIN(d->labels, 10000);
	if (!d->timeline && (d->split || d->unit || d->events->len))
		return error_set(err, "--split, --unit and --event belong to a timeline");
	if (d->timeline && d->labels)
		return error_set(err, "--labels belongs to a network");
	if (parse_format(d, err) < 0 || parse_size(d, err) < 0)
		return -1;
	return parse_timeline(d, err);
}

static int draw_chart(struct view *view, struct drawing *d, struct error *err)
{
	if (!d->timeline && view_require_ties(view, err) < 0)
		return -1;
	if (d->default_path && command_make_folder("output", err) < 0)
		return -1;
	return (d->timeline ? figure_timeline : figure_network)(view, &d->figure, d->path, d->format,
	                                                        err);
}

static int run(struct selection *selection, struct drawing *d, bool quiet, struct error *err)
{
	struct view view;
	bool with_network = !d->timeline || d->figure.split == SPLIT_COMMUNITY;

	if (view_open(&view, selection, with_network, err) < 0)
		return STATUS_FAILED;
	int status = draw_chart(&view, d, err);
	view_close(&view);
	if (status == 0 && !quiet)
		command_warn_glyphs();
	return status == 0 ? STATUS_DONE : STATUS_FAILED;
}

/* What the chart is without an option that says otherwise. */
static void set_defaults(struct drawing *d, struct selection *selection, const char *chart)
{
	const char *ending = d->format_name ? d->format_name : "svg";

	d->timeline = !strcmp(chart, "timeline");
	/* A network leaves mass mail out, a timeline of an archive shows all of it;
	 * but communities are to be the same in both. */
	bool all = d->timeline && !(d->split && !strcmp(d->split, "community"));

	selection->filter.kinds = all ? KINDS_ALL : KINDS_RANKED;
	if (all)
		selection->filter.max_recipients = 0;
	if (!d->path)
		d->path = d->default_path = g_strdup_printf("output/%s.%s", chart, ending);
}

static int prepare(struct drawing *d, struct selection *selection, const GPtrArray *operands,
                   struct error *err)
{
	const char *chart = operands->len == 1 ? operands->pdata[0] : "";

	if (strcmp(chart, "network") && strcmp(chart, "timeline"))
		return error_set(err, "say what to draw: network or timeline");
	set_defaults(d, selection, chart);
	if (d->timeline && selection_reduces(selection))
		return error_set(err, "--ego, --min-messages, --top and --backbone choose ties: they belong "
		                 "to a network; for a timeline there is --person");
	return resolve(d, err) < 0 ? -1 : selection_resolve(selection, err);
}

int command_draw(const struct command *self, int argc, char **argv, struct error *err)
{
	struct selection selection;
	struct drawing drawing;
	struct common common;
	GPtrArray *operands = g_ptr_array_new();
	int status = STATUS_USAGE;

	selection_init(&selection, KINDS_RANKED, true);
	drawing_init(&drawing);
	common_init(&common);
	const struct option_spec *const tables[] = { drawing.specs, selection.specs, common.specs,
	                                             NULL };
	int parsed = command_parse(self, argc, argv, &common, tables, operands, err);

	if (parsed == 0)
		status = STATUS_DONE;
	else if (parsed > 0 && prepare(&drawing, &selection, operands, err) == 0)
		status = run(&selection, &drawing, common.quiet, err);
	if (status == STATUS_DONE && drawing.default_path && !common.quiet)
		printf("%s\n", drawing.default_path);
	g_free(drawing.default_path);
	g_ptr_array_unref(drawing.events);
	selection_clear(&selection);
	g_ptr_array_unref(operands);
	return status;
}
