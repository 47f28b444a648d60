/* svg_reader.h - an SVG read back by GLib's parser, for tests of what was drawn */
#ifndef SVG_READER_H
#define SVG_READER_H

#include <glib.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct svg_element {
	char *name;
	GHashTable *attributes;         /* name -> value */
	GString *text;                  /* own text */
	char *mark;                     /* id of the innermost <g> around it, or NULL */
};

struct svg {
	GPtrArray *elements;            /* in the file's order */
	GPtrArray *open;                /* the elements not yet closed */
};

static void svg_element_free(void *data)
{
	struct svg_element *element = data;

	g_free(element->name);
	g_free(element->mark);
	g_hash_table_destroy(element->attributes);
	g_string_free(element->text, TRUE);
	g_free(element);
}

static void svg_start(GMarkupParseContext *context, const char *name, const char **keys,
                      const char **values, void *data, GError **error)
{
	struct svg *svg = data;
	struct svg_element *element = g_new0(struct svg_element, 1);

	(void)context;
	(void)error;
	element->name = g_strdup(name);
	element->text = g_string_new(NULL);
	element->attributes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (int i = 0; keys[i]; i++)
		g_hash_table_insert(element->attributes, g_strdup(keys[i]), g_strdup(values[i]));
	for (guint i = 0; i < svg->open->len; i++) {
		struct svg_element *outer = svg->open->pdata[i];
		if (strcmp(outer->name, "g") == 0) {
			g_free(element->mark);
			element->mark = g_strdup(g_hash_table_lookup(outer->attributes, "id"));
		}
	}
	g_ptr_array_add(svg->elements, element);
	g_ptr_array_add(svg->open, element);
}

static void svg_stop(GMarkupParseContext *context, const char *name, void *data, GError **error)
{
	struct svg *svg = data;

	(void)context;
	(void)name;
	(void)error;
	g_ptr_array_set_size(svg->open, (int)svg->open->len - 1);
}

static void svg_text(GMarkupParseContext *context, const char *text, gsize size, void *data,
                     GError **error)
{
	struct svg *svg = data;

	(void)context;
	(void)error;
	if (svg->open->len > 0) {
		struct svg_element *inner = svg->open->pdata[svg->open->len - 1];
		g_string_append_len(inner->text, text, (gssize)size);
	}
}

/* NULL if path is not well-formed. */
G_GNUC_UNUSED static struct svg *svg_read(const char *path)
{
	static const GMarkupParser parser = { svg_start, svg_stop, svg_text, NULL, NULL };
	struct svg *svg = g_new0(struct svg, 1);
	char *bytes = NULL;
	gsize size = 0;

	svg->elements = g_ptr_array_new_with_free_func(svg_element_free);
	svg->open = g_ptr_array_new();
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, svg, NULL);
	bool good = g_file_get_contents(path, &bytes, &size, NULL) &&
		g_utf8_validate(bytes, (gssize)size, NULL) &&
		g_markup_parse_context_parse(context, bytes, (gssize)size, NULL) &&
		g_markup_parse_context_end_parse(context, NULL);
	g_markup_parse_context_free(context);
	g_free(bytes);
	g_ptr_array_free(svg->open, TRUE);
	if (good)
		return svg;
	g_ptr_array_free(svg->elements, TRUE);
	g_free(svg);
	return NULL;
}

G_GNUC_UNUSED static void svg_free(struct svg *svg)
{
	g_ptr_array_free(svg->elements, TRUE);
	g_free(svg);
}

/* The nth element of that name, from 0; NULL if there are fewer. */
G_GNUC_UNUSED static struct svg_element *svg_nth(const struct svg *svg, const char *name, int n)
{
	for (guint i = 0; i < svg->elements->len; i++) {
		struct svg_element *element = svg->elements->pdata[i];
		if (strcmp(element->name, name) == 0 && n-- == 0)
			return element;
	}
	return NULL;
}

G_GNUC_UNUSED static int svg_count(const struct svg *svg, const char *name)
{
	int count = 0;

	while (svg_nth(svg, name, count))
		count++;
	return count;
}

G_GNUC_UNUSED static const char *svg_attribute(const struct svg_element *element, const char *name)
{
	return g_hash_table_lookup(element->attributes, name);
}

/* The attribute as a number; `other` if it is not there. */
G_GNUC_UNUSED static double svg_number(const struct svg_element *element, const char *name,
                                       double other)
{
	const char *value = svg_attribute(element, name);

	return value ? g_ascii_strtod(value, NULL) : other;
}

/* Do the texts, read one after the other as lines of a paragraph, contain this? */
G_GNUC_UNUSED static bool svg_has_text(const struct svg *svg, const char *text)
{
	GString *all = g_string_new(NULL);

	for (int i = 0; svg_nth(svg, "text", i); i++)
		g_string_append_printf(all, "%s%s", i > 0 ? " " : "", svg_nth(svg, "text", i)->text->str);
	bool found = strstr(all->str, text) != NULL;
	g_string_free(all, TRUE);
	return found;
}

/* The title of the mark with this id, or NULL. */
G_GNUC_UNUSED static const char *svg_mark_title(const struct svg *svg, const char *id)
{
	for (int i = 0; svg_nth(svg, "title", i); i++) {
		const struct svg_element *title = svg_nth(svg, "title", i);
		if (title->mark && strcmp(title->mark, id) == 0)
			return title->text->str;
	}
	return NULL;
}

G_GNUC_UNUSED static bool svg_ids_are_unique(const struct svg *svg)
{
	GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
	bool unique = true;

	for (guint i = 0; i < svg->elements->len; i++) {
		const struct svg_element *element = svg->elements->pdata[i];
		const char *id = svg_attribute(element, "id");
		if (id)
			unique = g_hash_table_add(ids, (void *)id) && unique;
	}
	g_hash_table_destroy(ids);
	return unique;
}

#endif
