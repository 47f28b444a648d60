#include "annotations.h"
#include "command.h"
#include "data_file.h"
#include "figure.h"
#include "page.h"
#include "selection.h"
#include "view.h"

#include "epistograph/calendar.h"
#include "epistograph/error.h"

#include <stdio.h>
#include <string.h>

#define DPI_PRINT 300
#define DPI_PIXELS 96           /* of a page whose size is given in pixels: one dot each */

struct drawing {
	const char *path, *size, *format_name, *unit, *theme, *palette, *family;
	int64_t dpi, labels;
	struct figure figure;
	enum canvas_format format;
	char *default_path;             /* of path, if none was given */
	GPtrArray *events, *periods;
	const char *events_file;
	struct annotation_list annotations;     /* of them all */
	struct option_spec specs[18];
};

static void drawing_init(struct drawing *d)
{
	*d = (struct drawing){ .events = g_ptr_array_new(), .periods = g_ptr_array_new() };
	annotation_list_init(&d->annotations);
	figure_init(&d->figure, NULL);
	const struct option_spec specs[] = {
		{ "output", 'o', OPTION_TEXT, &d->path, "FILE",
		  "ending in .png, .svg or .pdf, or - with --format [output/CHART.FORMAT]" },
		{ "format", 0, OPTION_TEXT, &d->format_name, "png|svg|pdf",
		  "instead of by the ending [svg]" },
		{ "title", 0, OPTION_TEXT, &d->figure.title, "TEXT",
		  "instead of a plain statement of what is shown" },
		{ "size", 0, OPTION_TEXT, &d->size, "SIZE",
		  "of the page: 180x150 in mm, 800x600px, or column (88 mm wide), page (180 mm), slide "
		  "(16:9) [page]" },
		{ "dpi", 0, OPTION_NUMBER, &d->dpi, "N",
		  "dots per inch of a PNG [300; of a size in pixels 96, a dot each]" },
		{ "theme", 0, OPTION_TEXT, &d->theme, "NAME",
		  "print, screen (letters a fourth larger, or what a small page has room for), dark, or "
		  "grey (without colour) [print]" },
		{ "palette", 0, OPTION_TEXT, &d->palette, "NAME",
		  "colours that the colour-blind can tell apart: okabe, tol or petroff [okabe]" },
		{ "font", 0, OPTION_TEXT, &d->family, "FAMILY",
		  "of letters, where it has them [Noto Sans]" },
		{ "data", 0, OPTION_FLAG, &d->figure.with_data, NULL,
		  "write beside FILE.svg the numbers drawn, FILE.csv and FILE.json, with the ids of the "
		  "SVG's marks, and the figure in words, FILE.txt" },
		{ "labels", 0, OPTION_NUMBER, &d->labels, "N",
		  "people named in a network, or drawn in a matrix or an ego [as many as can be read]" },
		{ "split", 0, OPTION_TEXT, &d->figure.split, "HOW",
		  "a timeline's columns by kind, community, person, date (what it is worth) or verified (what "
		  "signatures say); a matrix by community" },
		{ "order", 0, OPTION_TEXT, &d->figure.order, "HOW",
		  "a matrix's people, inside a community, by strength, or by ties: those who write to "
		  "each other side by side [strength]" },
		{ "unit", 0, OPTION_TEXT, &d->unit, "UNIT",
		  "day, week, month, quarter or year: the steps of a chart's time [by the span]" },
		{ "zone", 0, OPTION_TEXT, &d->figure.zone, "ZONE",
		  "clock of a rhythm: UTC, +01:00, or Europe/Paris [each sender's own]" },
		{ "event", 0, OPTION_LIST, d->events, "DATE=TEXT",
		  "mark a day of a chart's time; may be repeated" },
		{ "events", 0, OPTION_TEXT, &d->events_file, "FILE.csv",
		  "the same from lines DATE,TEXT, of which a date START..END is a period" },
		{ "period", 0, OPTION_LIST, d->periods, "START..END=TEXT",
		  "shade a period of a chart's time; may be repeated" },
		{ .name = NULL },
	};
	G_STATIC_ASSERT(sizeof specs == sizeof d->specs);
	memcpy(d->specs, specs, sizeof specs);
}

static void drawing_clear(struct drawing *d)
{
	figure_clear(&d->figure);
	g_free(d->default_path);
	annotation_list_clear(&d->annotations);
	g_ptr_array_unref(d->events);
	g_ptr_array_unref(d->periods);
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

static int parse_style(struct drawing *d, struct error *err)
{
	int theme = d->theme ? theme_from_name(d->theme) : THEME_PRINT;
	const struct palette *palette = d->palette ? palette_find(d->palette) : palettes;

	if (theme < 0)
		return error_set(err, "--theme is print, screen, dark or grey, not '%s'", d->theme);
	if (!palette)
		return error_set(err, "--palette is okabe, tol or petroff, not '%s'", d->palette);
	/* It stands between quotes in an SVG's list of families. */
	if (d->family && (!*d->family || strpbrk(d->family, "'\"\\,;:<>&")))
		return error_set(err, "--font is the name of one family of type, not '%s'", d->family);
	style_init(&d->figure.style, (enum theme)theme, palette, d->family);
	return 0;
}

static int parse_page(struct drawing *d, struct error *err)
{
	struct figure *figure = &d->figure;
	bool in_pixels;

	figure->own_height = !d->size || !strcmp(d->size, "page") || !strcmp(d->size, "column");
	if (page_parse_size(d->size ? d->size : "page", figure->chart, &figure->style.zoom,
	                    &figure->size, &in_pixels, err) < 0)
		return -1;
	if (d->dpi == 0)
		d->dpi = in_pixels ? DPI_PIXELS : DPI_PRINT;
	if (d->dpi < 30 || d->dpi > 2400)
		return error_set(err, "--dpi is between 30 and 2400");
	figure->dpi = (double)d->dpi;
	return 0;
}

static int parse_unit(struct drawing *d, struct error *err)
{
	for (int unit = CALENDAR_DAY; d->unit && unit <= CALENDAR_YEAR; unit++)
		if (!strcmp(d->unit, calendar_unit_name((enum calendar_unit)unit)))
			d->figure.unit = unit;
	if (d->unit && d->figure.unit < 0)
		return error_set(err, "--unit is day, week, month, quarter or year, not '%s'",
		                 d->unit);
	return 0;
}

static int parse_annotations(struct drawing *d, struct error *err)
{
	for (guint i = 0; i < d->events->len; i++)
		if (annotation_list_add_event(&d->annotations, d->events->pdata[i], err) < 0)
			return -1;
	for (guint i = 0; i < d->periods->len; i++)
		if (annotation_list_add_period(&d->annotations, d->periods->pdata[i], err) < 0)
			return -1;
	if (d->events_file && annotation_list_read(&d->annotations, d->events_file, err) < 0)
		return -1;
	d->figure.annotations = annotation_list_view(&d->annotations);
	return 0;
}

/* An option that the chart would not heed is refused. */
static int check_options(const struct drawing *d, const struct selection *selection,
                         struct error *err)
{
	const struct { unsigned option; bool given; const char *names; } rows[] = {
		{ CHART_TIES, selection_reduces(selection),
		  "--ego, --min-messages, --top and --backbone choose ties: they" },
		{ CHART_LABELS, d->labels > 0, "--labels" },
		{ CHART_SPLIT, d->figure.split, "--split" },
		{ CHART_ORDER, d->figure.order, "--order" },
		{ CHART_UNIT, d->unit, "--unit" },
		{ CHART_EVENTS, d->events->len > 0 || d->periods->len > 0 || d->events_file,
		  "--event, --events and --period" },
		{ CHART_ZONE, d->figure.zone, "--zone" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!rows[i].given || d->figure.chart->options & rows[i].option)
			continue;
		char *charts = chart_names(rows[i].option, " and ");
		error_set(err, "%s %s to %s, not to %s%s", rows[i].names,
		          strchr(rows[i].names, ' ') ? "belong" : "belongs", charts,
		          d->figure.chart->name,
		          rows[i].option == CHART_TIES ? "; for that there is --person" : "");
		g_free(charts);
		return -1;
	}
	return 0;
}

static int resolve(struct drawing *d, struct error *err)
{
	const struct chart_kind *chart = d->figure.chart;

	d->figure.labels = (int)MIN(d->labels, 10000);
	if (parse_format(d, err) < 0 || parse_style(d, err) < 0 || parse_page(d, err) < 0 ||
	    parse_unit(d, err) < 0 || parse_annotations(d, err) < 0)
		return -1;
	return chart->check ? chart->check(&d->figure, err) : 0;
}

static bool needs_network(const struct figure *figure)
{
	const char *split = figure->split ? figure->split : "";

	switch (figure->chart->network) {
	case NETWORK_NONE:
		return false;
	case NETWORK_FOR_SPLIT:
		return !strcmp(split, "community") || !strcmp(split, "person");
	case NETWORK_IF_ANY:
	case NETWORK_ALWAYS:
		break;
	}
	return true;
}

static int draw_chart(struct view *view, struct drawing *d, struct error *err)
{
	const struct chart_kind *chart = d->figure.chart;

	if (chart->network == NETWORK_ALWAYS && view_require_ties(view, err) < 0)
		return -1;
	if (needs_network(&d->figure) && view_keep_colors(view, err) < 0)
		return -1;
	if (d->default_path && command_make_folder("output", err) < 0)
		return -1;
	return chart->draw(view, &d->figure, d->path, d->format, err);
}

static int run(struct selection *selection, struct drawing *d, bool quiet, struct error *err)
{
	struct view view;

	if (view_open(&view, selection, needs_network(&d->figure), err) < 0)
		return STATUS_FAILED;
	int status = draw_chart(&view, d, err);
	if (status == 0 && !quiet)
		view_warn_of_list(&view);
	view_close(&view);
	if (status == 0 && !quiet && d->family && !text_family_is_installed(d->family))
		command_warn("--font: this machine has no family '%s'; letters are drawn with another",
		             d->family);
	if (status == 0 && !quiet)
		command_warn_glyphs();
	return status == 0 ? STATUS_DONE : STATUS_FAILED;
}

/* What the chart is without an option that says otherwise. A network leaves mass mail
 * out, a timeline of an archive shows all of it; but communities are to be the same in
 * both. */
static void set_defaults(struct drawing *d, struct selection *selection)
{
	const struct chart_kind *chart = d->figure.chart;
	bool all = chart->all_mail && !needs_network(&d->figure);

	selection->filter.kinds = all ? KINDS_ALL : KINDS_RANKED;
	if (all)
		selection->filter.max_recipients = 0;
	if (chart->options & CHART_ROWS) {      /* lines, not ties */
		d->figure.rows = (int)MIN(selection->top, 1000);
		selection->top = 0;
	}
	if (!d->path)
		d->path = d->default_path = g_strdup_printf("output/%s.%s", chart->name,
			d->format_name ? d->format_name : "svg");
}

static const struct chart_kind *chart_named(const GPtrArray *operands)
{
	return operands->len > 0 ? chart_find(operands->pdata[0]) : NULL;
}

/* "draw CHART", of some "draw CHART WHO WHO". */
static int take_operands(struct drawing *d, const GPtrArray *operands, struct error *err)
{
	const struct chart_kind *chart = chart_named(operands);

	if (!chart) {
		char *names = chart_names(0, " or ");
		error_set(err, "say what to draw: %s", names);
		g_free(names);
		return -1;
	}
	if ((int)operands->len != 1 + chart->persons)
		return error_set(err, "say: draw %s%s%s", chart->name, chart->persons > 0 ? " WHO" : "",
		                 chart->persons > 1 ? " WHO" : "");
	d->figure.chart = chart;
	for (int i = 0; i < chart->persons; i++)
		d->figure.persons[i] = operands->pdata[1 + i];
	return 0;
}

/* What is written beside the figure must not replace what it is made of. */
static int check_data(const struct drawing *d, const struct selection *selection,
                      struct error *err)
{
	const char *const inputs[] = { d->events_file, selection->aliases, selection->case_path };

	if (!d->figure.with_data)
		return 0;
	if (!strcmp(d->path, "-"))
		return error_set(err, "--data needs a file (-o FILE) to write its own beside");
	for (size_t i = 0; i < G_N_ELEMENTS(inputs); i++)
		if (inputs[i] && data_files_replace(d->path, inputs[i]))
			return error_set(err, "what --data writes beside %s would replace %s, which is read",
			                 d->path, inputs[i]);
	return 0;
}

static int prepare(struct drawing *d, struct selection *selection, const GPtrArray *operands,
                   struct error *err)
{
	if (take_operands(d, operands, err) < 0)
		return -1;
	set_defaults(d, selection);
	if (check_options(d, selection, err) < 0 || resolve(d, err) < 0 ||
	    check_data(d, selection, err) < 0)
		return -1;
	return selection_resolve(selection, err);
}

void command_draw_explain(GString *out)
{
	chart_explain_all(out);
}

bool command_draw_explain_one(GString *out, const GPtrArray *operands)
{
	const struct chart_kind *chart = chart_named(operands);

	if (chart)
		chart_explain(chart, out);
	return chart != NULL;
}

bool command_draw_takes(const char *option, const GPtrArray *operands)
{
	return chart_takes(chart_named(operands), option);
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
	drawing_clear(&drawing);
	selection_clear(&selection);
	g_ptr_array_unref(operands);
	return status;
}
