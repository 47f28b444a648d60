/* pst.c - Outlook's mail folders: PST and OST files, through libpff
 *
 * A file holds folders in folders, and each of them items. A folder is a member,
 * named by its way from the top ("Top of Outlook data file/Inbox"), an item that is
 * mail a message; its offset is the number by which the file knows it. Items are
 * read in the order of these numbers. What is not mail is counted by kind.
 *
 * Without libpff such a file is known, and said not to be readable. */
#include "container.h"

#include "epistograph/error.h"

#include <glib.h>

#include <string.h>

static bool is_pst(const uint8_t *head, size_t size, const struct source_options *options)
{
	(void)options;
	return size >= 4 && memcmp(head, "!BDN", 4) == 0;
}

#ifndef HAVE_PFF

static void *pst_open(struct container_input *input, enum source_form *form, struct error *err)
{
	(void)input;
	*form = SOURCE_UNREADABLE;
	error_set(err, "Outlook's mail folders (PST or OST): this program was built without libpff,"
	          " which reads them");
	return NULL;
}

const struct container_form pst_form = { .is_it = is_pst, .open = pst_open };

#else

#include "mapi.h"

#include "epistograph/text.h"

#include <libbfio.h>
#include <libpff.h>

/* Deeper folders are met in no mail program; a damaged file may lead in a circle. */
#define FOLDER_DEPTH_MAX 64
#define FOLDERS_MAX      (1 << 20)

/* Items in items in items: the same. */
#define ITEM_DEPTH_MAX 32

/* A property is not read beyond it. */
#define PROPERTY_SIZE_MAX SOURCE_HEADER_MAX

struct folder {
	char *path;
	GArray *items;                  /* uint32_t: their numbers, ascending */
};

/* An item whose attachments are being gone through. */
struct opened {
	libpff_item_t *item, *attachment;       /* the item, and whose content it is or NULL */
	int count, next;                /* attachments, from 0 */
	gsize number_size;              /* of pst->number with its own */
};

struct pst {
	struct container_input *input;  /* borrowed */
	libbfio_handle_t *memory;       /* of a file that is itself in a container */
	libpff_file_t *file;
	GArray *folders;                /* struct folder: those that hold items */
	guint folder, at;               /* the current one, from 1, and its next item */

	struct mapi_item *item;         /* the message given last */
	char *reason;                   /* of an item that could not be read */
	GArray *opened;                 /* struct opened: it, and those it is attached to */
	GString *number;                /* of the attachment: "2.1" */
	bool report;                    /* the item of the folder is a report on a delivery */
	struct mapi_directory *directory;       /* by all items; NULL before one has need of it */

	GHashTable *others;             /* struct mapi_kind -> how many: what is not mail */
	int64_t drafts, attached, lost_folders;
	GPtrArray *remarks;             /* char *: kind, text, kind, text ... */
};

static void folder_clear(gpointer folder)
{
	g_free(((struct folder *)folder)->path);
	g_array_unref(((struct folder *)folder)->items);
}

/* libpff's own words speak of functions, and of the path as it was typed. -1. */
static int pst_error(struct error *err, const char *what, libpff_error_t **error)
{
	libpff_error_free(error);
	return error_set(err, "%s", what);
}

/* ---- properties ---- */

/* A row of properties: an item has one, a list of recipients one for each. */
struct properties {
	libpff_record_set_t *set;
};

static libpff_record_entry_t *find_entry(const struct properties *properties, unsigned property)
{
	libpff_record_entry_t *entry = NULL;

	if (libpff_record_set_get_entry_by_type(properties->set, property, 0, &entry,
	                                        LIBPFF_ENTRY_VALUE_FLAG_MATCH_ANY_VALUE_TYPE |
	                                        LIBPFF_ENTRY_VALUE_FLAG_IGNORE_NAME_TO_ID_MAP,
	                                        NULL) == 1)
		return entry;
	return NULL;
}

static char *read_text(void *context, unsigned property)
{
	libpff_record_entry_t *entry = find_entry(context, property);
	char *text = NULL;
	size_t size;

	if (entry == NULL)
		return NULL;
	if (libpff_record_entry_get_data_as_utf8_string_size(entry, &size, NULL) == 1 && size > 0 &&
	    size <= PROPERTY_SIZE_MAX) {
		text = g_malloc0(size + 1);
		if (libpff_record_entry_get_data_as_utf8_string(entry, (uint8_t *)text, size, NULL) != 1)
			g_clear_pointer(&text, g_free);
	}
	libpff_record_entry_free(&entry, NULL);
	return text;
}

static bool read_number(void *context, unsigned property, int64_t *value)
{
	libpff_record_entry_t *entry = find_entry(context, property);
	uint64_t wide = 0;
	uint32_t narrow = 0;
	bool found = false;

	if (entry == NULL)
		return false;
	if (libpff_record_entry_get_data_as_filetime(entry, &wide, NULL) == 1 ||
	    libpff_record_entry_get_data_as_64bit_integer(entry, &wide, NULL) == 1) {
		*value = (int64_t)MIN(wide, (uint64_t)INT64_MAX);
		found = true;
	} else if (libpff_record_entry_get_data_as_32bit_integer(entry, &narrow, NULL) == 1) {
		*value = narrow;
		found = true;
	}
	libpff_record_entry_free(&entry, NULL);
	return found;
}

static bool properties_of(libpff_item_t *item, int index, struct properties *properties,
                          struct mapi_bag *bag)
{
	properties->set = NULL;
	*bag = (struct mapi_bag){ properties, read_text, read_number };
	return libpff_item_get_record_set_by_index(item, index, &properties->set, NULL) == 1;
}

/* ---- folders ---- */

static int compare_numbers(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Note the items of a folder, which is not freed. */
static void note_folder(struct pst *pst, libpff_item_t *folder, const char *path)
{
	struct folder noted = { g_strdup(path), g_array_new(FALSE, FALSE, sizeof(uint32_t)) };
	int count = 0;

	if (libpff_folder_get_number_of_sub_messages(folder, &count, NULL) != 1)
		pst->lost_folders++;
	for (int i = 0; i < count; i++) {
		libpff_item_t *item = NULL;
		uint32_t number = 0;

		if (libpff_folder_get_sub_message(folder, i, &item, NULL) == 1 &&
		    libpff_item_get_identifier(item, &number, NULL) == 1)
			g_array_append_val(noted.items, number);
		libpff_item_free(&item, NULL);
	}
	g_array_sort(noted.items, compare_numbers);
	if (noted.items->len > 0)
		g_array_append_val(pst->folders, noted);
	else
		folder_clear(&noted);
	if (pst->input->alive != NULL)
		pst->input->alive(pst->input->context);
}

static char *folder_name(libpff_item_t *folder)
{
	size_t size = 0;

	if (libpff_folder_get_utf8_name_size(folder, &size, NULL) != 1 || size == 0 || size > 4096)
		return g_strdup("");
	char *name = g_malloc0(size + 1);
	if (libpff_folder_get_utf8_name(folder, (uint8_t *)name, size, NULL) != 1)
		*name = '\0';
	return name;
}

/* A folder to be looked at. */
struct pending {
	libpff_item_t *folder;
	char *path;
	int depth;
};

/* Put the folders below one off, the first on top. */
static void push_sub_folders(struct pst *pst, GArray *todo, const struct pending *above)
{
	int count = 0;

	if (libpff_folder_get_number_of_sub_folders(above->folder, &count, NULL) != 1 ||
	    (count > 0 && above->depth == FOLDER_DEPTH_MAX)) {
		pst->lost_folders++;
		return;
	}
	for (int i = count; i-- > 0;) {
		struct pending below = { .depth = above->depth + 1 };

		if (libpff_folder_get_sub_folder(above->folder, i, &below.folder, NULL) != 1) {
			pst->lost_folders++;
			continue;
		}
		char *name = folder_name(below.folder);
		below.path = *above->path != '\0' ? g_strconcat(above->path, "/", name, NULL)
		                                  : g_strdup(name);
		g_free(name);
		g_array_append_val(todo, below);
	}
}

/* Go through all folders, without recursion. */
static int list_folders(struct pst *pst, struct error *err)
{
	GArray *todo = g_array_new(FALSE, FALSE, sizeof(struct pending));
	struct pending root = { .path = g_strdup("") };
	libpff_error_t *error = NULL;
	int seen = 0;

	if (libpff_file_get_root_folder(pst->file, &root.folder, &error) != 1) {
		g_free(root.path);
		g_array_unref(todo);
		return pst_error(err, "damaged Outlook mail folders: there is no top folder", &error);
	}
	g_array_append_val(todo, root);
	while (todo->len > 0) {
		struct pending next = g_array_index(todo, struct pending, todo->len - 1);

		g_array_set_size(todo, todo->len - 1);
		if (++seen <= FOLDERS_MAX) {
			note_folder(pst, next.folder, next.path);
			push_sub_folders(pst, todo, &next);
		} else {
			pst->lost_folders++;
		}
		libpff_item_free(&next.folder, NULL);
		g_free(next.path);
	}
	g_array_unref(todo);
	return 0;
}

/* ---- items ---- */

static void count_other(struct pst *pst, const struct mapi_kind *kind)
{
	gsize count = GPOINTER_TO_SIZE(g_hash_table_lookup(pst->others, kind));

	g_hash_table_insert(pst->others, (gpointer)kind, GSIZE_TO_POINTER(count + 1));
}

static void opened_free(struct opened *opened)
{
	libpff_item_free(&opened->item, NULL);
	libpff_item_free(&opened->attachment, NULL);    /* it owns what the item is made of */
}

/* Find the item that is an attachment of another: opened_free() in any case. */
static bool find_attached(libpff_item_t *item, int number, struct opened *attached)
{
	int type;

	*attached = (struct opened){ .item = NULL };
	return libpff_message_get_attachment(item, number, &attached->attachment, NULL) == 1 &&
	       libpff_attachment_get_type(attached->attachment, &type, NULL) == 1 &&
	       type == LIBPFF_ATTACHMENT_TYPE_ITEM &&
	       libpff_attachment_get_item(attached->attachment, &attached->item, NULL) == 1;
}

static int attachment_count(libpff_item_t *item)
{
	int count = 0;

	return libpff_message_get_number_of_attachments(item, &count, NULL) == 1 ? count : 0;
}

static void count_attached(struct pst *pst, libpff_item_t *item)
{
	int count = attachment_count(item);

	for (int i = 0; i < count; i++) {
		struct opened attached;

		pst->attached += find_attached(item, i, &attached);
		opened_free(&attached);
	}
}

/* Go through the attachments of an item next; it is freed in the end. */
static void open_item(struct pst *pst, struct opened opened)
{
	opened.count = attachment_count(opened.item);
	opened.number_size = pst->number->len;
	g_array_append_val(pst->opened, opened);
}

static void close_item(struct pst *pst)
{
	opened_free(&g_array_index(pst->opened, struct opened, pst->opened->len - 1));
	g_array_set_size(pst->opened, pst->opened->len - 1);
}

static void close_items(struct pst *pst)
{
	while (pst->opened->len > 0)
		close_item(pst);
}

static void add_recipients(struct mapi_item *item, libpff_item_t *source)
{
	libpff_item_t *recipients = NULL;
	struct properties properties;
	struct mapi_bag bag;
	int count = 0;

	if (libpff_message_get_recipients(source, &recipients, NULL) != 1)
		return;
	libpff_item_get_number_of_record_sets(recipients, &count, NULL);
	for (int i = 0; i < count; i++) {
		if (properties_of(recipients, i, &properties, &bag))
			mapi_item_add_recipient(item, &bag);
		libpff_record_set_free(&properties.set, NULL);
	}
	libpff_item_free(&recipients, NULL);
}

/* The properties of an item, and, if it is mail, its recipients. NULL if they cannot be
 * read. */
static struct mapi_item *read_properties(libpff_item_t *item)
{
	struct mapi_item *read = NULL;
	struct properties properties;
	struct mapi_bag bag;

	if (properties_of(item, 0, &properties, &bag)) {
		read = mapi_item_new(&bag);
		if (mapi_item_kind(read) == NULL)
			add_recipients(read, item);
	}
	libpff_record_set_free(&properties.set, NULL);
	return read;
}

static void note_addresses(struct pst *pst, uint32_t number)
{
	libpff_item_t *item = NULL;

	if (libpff_file_get_item_by_identifier(pst->file, number, &item, NULL) != 1)
		return;
	struct mapi_item *read = read_properties(item);

	if (read != NULL)
		mapi_directory_add(pst->directory, read);
	mapi_item_free(read);
	libpff_item_free(&item, NULL);
	if (pst->input->alive != NULL)
		pst->input->alive(pst->input->context);
}

/* An item names people by their entries in a directory alone: other items may have their
 * addresses, wherever they are in the file. It is gone through once more, but only where
 * there is need. */
static void look_up(struct pst *pst)
{
	if (!mapi_item_lacks_address(pst->item))
		return;
	if (pst->directory == NULL) {
		pst->directory = mapi_directory_new();
		for (guint f = 0; f < pst->folders->len; f++) {
			const GArray *items = g_array_index(pst->folders, struct folder, f).items;

			for (guint i = 0; i < items->len; i++)
				note_addresses(pst, g_array_index(items, uint32_t, i));
		}
	}
	mapi_item_look_up(pst->item, pst->directory);
}

/* Read an item into pst->item: 1, 0 if it is not mail, -1 with *err. */
static int read_item(struct pst *pst, libpff_item_t *item, struct error *err)
{
	g_clear_pointer(&pst->item, mapi_item_free);
	pst->item = read_properties(item);
	if (pst->item == NULL)
		return error_set(err, "an item of unknown kind, whose properties cannot be read");
	const struct mapi_kind *kind = mapi_item_kind(pst->item);

	if (kind != NULL)
		count_other(pst, kind);
	else
		look_up(pst);
	return kind == NULL;
}

static bool wants_attached(const struct pst *pst)
{
	return pst->input->options != NULL && pst->input->options->attached;
}

/* The same for the item of a folder, whose attachments come next. */
static int read_numbered(struct pst *pst, uint32_t number, struct error *err)
{
	libpff_item_t *item = NULL;
	libpff_error_t *error = NULL;

	if (libpff_file_get_item_by_identifier(pst->file, number, &item, &error) != 1)
		return pst_error(err, "the item cannot be found", &error);
	int status = read_item(pst, item, err);

	if (status <= 0) {
		libpff_item_free(&item, NULL);
		return status;
	}
	if (!wants_attached(pst))
		count_attached(pst, item);
	pst->report = mapi_item_is_report(pst->item);
	g_string_truncate(pst->number, 0);
	open_item(pst, (struct opened){ .item = item });
	return status;
}

/* The next message attached to the item given last, or to one in it: 1 with pst->item, 0 if
 * there is none. */
static int read_attached(struct pst *pst)
{
	while (pst->opened->len > 0) {
		struct opened *top = &g_array_index(pst->opened, struct opened, pst->opened->len - 1);
		struct error err = { 0 };

		g_string_truncate(pst->number, top->number_size);
		if (top->next == top->count || !wants_attached(pst)) {
			close_item(pst);
			continue;
		}
		struct opened attached;
		bool found = find_attached(top->item, top->next++, &attached);
		bool deep = pst->opened->len == ITEM_DEPTH_MAX;

		g_string_append_printf(pst->number, "%s%d", pst->number->len > 0 ? "." : "", top->next);
		int got = found && !deep ? read_item(pst, attached.item, &err) : 0;

		if (got > 0) {
			open_item(pst, attached);
			return 1;
		}
		pst->attached += (found && deep) || got < 0;    /* those that are not read are told of */
		opened_free(&attached);
	}
	return 0;
}

static enum enclosure enclosure_of(const struct pst *pst)
{
	return pst->report && pst->opened->len == 2 ? ENCLOSURE_RETURNED : ENCLOSURE_ATTACHED;
}

static int pst_next_message(void *state, struct raw_message *raw, struct error *err)
{
	struct pst *pst = state;
	const struct folder *folder = &g_array_index(pst->folders, struct folder, pst->folder - 1);

	(void)err;                      /* what is wrong with one item is told of it alone */
	if (read_attached(pst) > 0) {
		uint32_t number = g_array_index(folder->items, uint32_t, pst->at - 1);

		*raw = (struct raw_message){
			.offset = number, .end = (int64_t)number + 1, .member = pst->number->str,
			.enclosure = enclosure_of(pst),
		};
		mapi_item_compose(pst->item, raw);
		return 1;
	}
	while (pst->at < folder->items->len) {
		uint32_t number = g_array_index(folder->items, uint32_t, pst->at++);
		struct error trouble = { 0 };
		int got = read_numbered(pst, number, &trouble);

		if (got == 0)
			continue;
		*raw = (struct raw_message){ .offset = number, .size = -1, .end = (int64_t)number + 1 };
		if (got > 0) {
			mapi_item_compose(pst->item, raw);
			pst->drafts += mapi_item_is_draft(pst->item);
			return 1;
		}
		g_free(pst->reason);
		pst->reason = g_strdup(trouble.message);
		raw->rejected = pst->reason;
		return 1;
	}
	return 0;
}

static bool pst_text(void *state, GString *text)
{
	struct pst *pst = state;
	const struct opened *top = &g_array_index(pst->opened, struct opened, pst->opened->len - 1);
	struct properties properties;
	struct mapi_bag bag;
	char *body = properties_of(top->item, 0, &properties, &bag) ? mapi_text(&bag) : NULL;
	bool found = body != NULL;

	g_string_append(text, found ? body : "");
	g_free(body);
	libpff_record_set_free(&properties.set, NULL);
	return found;
}

static int pst_next_member(void *state, struct container_member *member, struct error *err)
{
	struct pst *pst = state;

	(void)err;
	/* Who looks for one message goes on without those attached to it. */
	close_items(pst);
	if (pst->folder == pst->folders->len)
		return 0;
	*member = (struct container_member){
		.name = g_array_index(pst->folders, struct folder, pst->folder).path,
		.kind = MEMBER_MESSAGES, .size = -1, .word = "folder",
	};
	pst->folder++;
	pst->at = 0;
	return 1;
}

/* ---- what a user should know ---- */

static int compare_kinds(gconstpointer a, gconstpointer b)
{
	return strcmp(((const struct mapi_kind *)a)->one, ((const struct mapi_kind *)b)->one);
}

/* "not mail: 1 appointment, 6 contacts". g_free(). */
static char *others_text(const struct pst *pst)
{
	GList *kinds = g_list_sort(g_hash_table_get_keys(pst->others), compare_kinds);
	GString *text = g_string_new("not mail:");

	for (GList *each = kinds; each != NULL; each = each->next) {
		const struct mapi_kind *kind = each->data;
		gsize count = GPOINTER_TO_SIZE(g_hash_table_lookup(pst->others, kind));

		g_string_append_printf(text, "%s %s", each == kinds ? "" : ",",
		                       text_counted((int64_t)count, kind->one, kind->many));
	}
	g_list_free(kinds);
	return g_string_free(text, FALSE);
}

static void add_remark(struct pst *pst, const char *kind, char *text)
{
	g_ptr_array_add(pst->remarks, g_strdup(kind));
	g_ptr_array_add(pst->remarks, text);
}

static void make_remarks(struct pst *pst)
{
	if (g_hash_table_size(pst->others) > 0)
		add_remark(pst, "items-no-mail", others_text(pst));
	if (pst->attached > 0)
		add_remark(pst, "attached-messages",
		           g_strdup_printf("%s attached to others and not read",
		                           text_counted(pst->attached, "message is", "messages are")));
	if (pst->drafts > 0)
		add_remark(pst, "drafts",
		           g_strdup_printf("%s never sent, by Outlook's own mark, and counted all the same",
		                           text_counted(pst->drafts, "message was", "messages were")));
	if (pst->lost_folders > 0)
		add_remark(pst, "damaged-folders",
		           g_strdup_printf("%s not be read, or not to the end",
		                           text_counted(pst->lost_folders, "folder could", "folders could")));
}

static bool pst_remark(const void *state, size_t i, const char **kind, const char **text)
{
	const struct pst *pst = state;

	if (i == 0)
		make_remarks((struct pst *)state);
	if (2 * i >= pst->remarks->len)
		return false;
	*kind = pst->remarks->pdata[2 * i];
	*text = pst->remarks->pdata[2 * i + 1];
	return true;
}

/* ---- the file ---- */

static void pst_close(void *state)
{
	struct pst *pst = state;

	g_clear_pointer(&pst->item, mapi_item_free);
	close_items(pst);
	g_array_unref(pst->opened);
	g_string_free(pst->number, TRUE);
	mapi_directory_free(pst->directory);
	libpff_file_free(&pst->file, NULL);
	libbfio_handle_free(&pst->memory, NULL);
	g_array_unref(pst->folders);
	g_hash_table_destroy(pst->others);
	g_ptr_array_unref(pst->remarks);
	g_free(pst->reason);
	g_free(pst);
}

/* Open the file on disk, or the bytes of a member, which are in memory. */
static int open_file(struct pst *pst, struct error *err)
{
	struct window *window = pst->input->window;
	libpff_error_t *error = NULL;

	if (libpff_file_initialize(&pst->file, &error) != 1)
		return pst_error(err, "libpff cannot begin", &error);
	if (pst->input->path != NULL)
		return libpff_file_open(pst->file, pst->input->path, LIBPFF_OPEN_READ, &error) == 1
		       ? 0 : pst_error(err, "damaged Outlook mail folders: libpff cannot open them", &error);
	if (!container_input_hold(pst->input))
		return error_set(err, "Outlook's mail folders of more than 64 MB in a container: they can"
		                 " only be read unpacked");
	if (libbfio_memory_range_initialize(&pst->memory, NULL) != 1 ||
	    libbfio_memory_range_set(pst->memory, window->bytes, window->fill, NULL) != 1)
		return error_set(err, "libpff cannot read from memory");
	return libpff_file_open_file_io_handle(pst->file, pst->memory, LIBPFF_OPEN_READ, &error) == 1
	       ? 0 : pst_error(err, "damaged Outlook mail folders: libpff cannot open them", &error);
}

static void *pst_open(struct container_input *input, enum source_form *form, struct error *err)
{
	struct pst *pst = g_new0(struct pst, 1);

	*form = SOURCE_UNREADABLE;
	pst->input = input;
	pst->folders = g_array_new(FALSE, FALSE, sizeof(struct folder));
	g_array_set_clear_func(pst->folders, folder_clear);
	pst->opened = g_array_new(FALSE, FALSE, sizeof(struct opened));
	pst->number = g_string_new(NULL);
	pst->others = g_hash_table_new(g_direct_hash, g_direct_equal);
	pst->remarks = g_ptr_array_new_with_free_func(g_free);
	if (open_file(pst, err) < 0 || list_folders(pst, err) < 0) {
		pst_close(pst);
		return NULL;
	}
	return pst;
}

static const char *pst_word(const void *state)
{
	(void)state;
	return "pst";
}

const struct container_form pst_form = {
	.is_it = is_pst,
	.open = pst_open,
	.word = pst_word,
	.next_member = pst_next_member,
	.next_message = pst_next_message,
	.text = pst_text,
	.remark = pst_remark,
	.close = pst_close,
};

#endif
