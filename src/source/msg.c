/* msg.c - one message of Outlook's in a file of its own: .msg, through libgsf
 *
 * It is an OLE compound file (MS-OXMSG): a folder of streams, one for each text, and
 * one with the numbers; recipients and attachments are folders in it. Other OLE files
 * are old documents of Office and no mail.
 *
 * Without libgsf such a file is known, and said not to be readable. */
#include "container.h"

#include "epistograph/error.h"

#include <glib.h>

#include <string.h>

static bool is_ole(const uint8_t *head, size_t size, const struct source_options *options)
{
	(void)options;
	return size >= 8 && memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0;
}

#ifndef HAVE_GSF

static void *msg_open(struct container_input *input, enum source_form *form, struct error *err)
{
	(void)input;
	*form = SOURCE_UNREADABLE;
	error_set(err, "an OLE file (Outlook MSG, old Office): this program was built without libgsf,"
	          " which reads them");
	return NULL;
}

const struct container_form msg_form = { .is_it = is_ole, .open = msg_open };

#else

#include "coding.h"
#include "mapi.h"

#include "epistograph/text.h"

#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <gsf/gsf-input-stdio.h>

#define PROPERTIES "__properties_version1.0"
#define RECIPIENT  "__recip_version1.0_#"
#define ATTACHMENT "__attach_version1.0_#"
#define EMBEDDED   "__substg1.0_3701000D"       /* of an attachment: a message */

/* A property is not read beyond it. */
#define PROPERTY_SIZE_MAX SOURCE_HEADER_MAX

/* Of a damaged file. */
#define LOOKED_AT_MAX (1 << 20)

/* As many as mentions are kept of one message. */
#define RECIPIENTS_MAX 65536

/* Messages in messages in messages: of a damaged file. */
#define DEPTH_MAX 32

/* Before the numbers there is a head. */
enum { HEAD_OF_MESSAGE = 32, HEAD_OF_ATTACHED = 24, HEAD_OF_RECIPIENT = 8, NUMBER_SIZE = 16 };

/* A message whose attachments are being gone through. */
struct opened {
	GsfInfile *folder;
	GPtrArray *attachments;         /* names of their folders */
	guint next;
	gsize number_size;              /* of msg->number with its own */
};

struct msg {
	GsfInfile *ole;
	struct mapi_item *item;         /* the message given last */
	bool entered, given, wants_attached;
	bool report, draft;             /* what the file's own message is */
	GArray *opened;                 /* struct opened: it, and those it is attached to */
	GString *number;                /* of the attachment: "2.1" */
	int64_t attached;               /* not read */
	char *attached_remark;
};

/* A folder of properties: the message's own, or a recipient's. */
struct properties {
	GsfInfile *folder;
	GByteArray *numbers;            /* of NUMBER_SIZE bytes each */
	char charset[16];               /* of its 8-bit texts */
};

/* ---- properties ---- */

/* The bytes of a stream, or NULL. */
static GByteArray *read_stream(GsfInfile *folder, const char *name)
{
	GsfInput *input = gsf_infile_child_by_name(folder, name);
	GByteArray *bytes = NULL;

	if (input == NULL)
		return NULL;
	gsf_off_t size = gsf_input_size(input);
	if (size >= 0 && size <= PROPERTY_SIZE_MAX) {
		bytes = g_byte_array_sized_new((guint)size + 1);
		g_byte_array_set_size(bytes, (guint)size);
		if (size > 0 && gsf_input_read(input, (size_t)size, bytes->data) == NULL)
			g_byte_array_set_size(bytes, 0);
	}
	g_object_unref(input);
	return bytes;
}

static char *read_text(void *context, unsigned property)
{
	const struct properties *properties = context;
	char *wide_name = g_strdup_printf("__substg1.0_%04X001F", property);
	char *narrow_name = g_strdup_printf("__substg1.0_%04X001E", property);
	GByteArray *wide = read_stream(properties->folder, wide_name);
	GByteArray *narrow = wide == NULL ? read_stream(properties->folder, narrow_name) : NULL;
	GString *text = wide != NULL || narrow != NULL ? g_string_new(NULL) : NULL;

	if (wide != NULL)
		coding_append_utf16(text, wide->data, wide->len, false);
	if (narrow != NULL)
		coding_append_8bit(text, (const char *)narrow->data,
		                   strnlen((const char *)narrow->data, narrow->len), properties->charset);
	if (wide != NULL)
		g_byte_array_unref(wide);
	if (narrow != NULL)
		g_byte_array_unref(narrow);
	g_free(narrow_name);
	g_free(wide_name);
	return text != NULL ? g_string_free(text, FALSE) : NULL;
}

static uint64_t little_endian(const uint8_t *bytes, size_t size)
{
	uint64_t value = 0;

	while (size-- > 0)
		value = value << 8 | bytes[size];
	return value;
}

static bool read_number(void *context, unsigned property, int64_t *value)
{
	const struct properties *properties = context;

	/* Type, number, flags, value. */
	for (guint at = 0; at + NUMBER_SIZE <= properties->numbers->len; at += NUMBER_SIZE) {
		const uint8_t *entry = properties->numbers->data + at;
		unsigned type = (unsigned)little_endian(entry, 2);

		if (little_endian(entry + 2, 2) != property)
			continue;
		if (type == 0x0003)                             /* PtypInteger32 */
			*value = (int64_t)little_endian(entry + 8, 4);
		else if (type == 0x0014 || type == 0x0040)      /* PtypInteger64, PtypTime */
			*value = (int64_t)MIN(little_endian(entry + 8, 8), (uint64_t)INT64_MAX);
		else
			continue;
		return true;
	}
	return false;
}

/* False if the folder has no properties. */
static bool properties_open(struct properties *properties, GsfInfile *folder, guint head,
                            struct mapi_bag *bag)
{
	GByteArray *numbers = read_stream(folder, PROPERTIES);

	*bag = (struct mapi_bag){ properties, read_text, read_number };
	*properties = (struct properties){ .folder = folder, .numbers = numbers };
	if (numbers == NULL)
		return false;
	g_byte_array_remove_range(numbers, 0, MIN(head, numbers->len));
	return true;
}

static void properties_close(struct properties *properties)
{
	if (properties->numbers != NULL)
		g_byte_array_unref(properties->numbers);
}

/* PidTagMessageCodepage, else PidTagInternetCodepage. */
static void find_charset(struct properties *properties)
{
	int64_t codepage;

	if (read_number(properties, 0x3ffd, &codepage) || read_number(properties, 0x3fde, &codepage))
		g_snprintf(properties->charset, sizeof properties->charset, "CP%d", (int)(codepage & 0xffff));
}

/* ---- the message ---- */

static int compare_names(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in the file that begin with prefix, ascending: they are numbered. */
static GPtrArray *list_names(GsfInfile *ole, const char *prefix)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	int count = gsf_infile_num_children(ole);

	for (int i = 0; i < count && names->len < RECIPIENTS_MAX; i++) {
		const char *name = gsf_infile_name_by_index(ole, i);

		if (name != NULL && g_str_has_prefix(name, prefix))
			g_ptr_array_add(names, g_strdup(name));
	}
	g_ptr_array_sort(names, compare_names);
	return names;
}

/* The folder of that name, or NULL: g_object_unref(). */
static GsfInfile *open_folder(GsfInfile *ole, const char *name)
{
	GsfInput *input = gsf_infile_child_by_name(ole, name);

	if (input != NULL && GSF_IS_INFILE(input) && gsf_infile_num_children(GSF_INFILE(input)) >= 0)
		return GSF_INFILE(input);
	if (input != NULL)
		g_object_unref(input);
	return NULL;
}

static void add_recipients(struct msg *msg, GsfInfile *message, const char *charset)
{
	GPtrArray *names = list_names(message, RECIPIENT);

	for (guint i = 0; i < names->len; i++) {
		GsfInfile *folder = open_folder(message, names->pdata[i]);
		struct properties properties;
		struct mapi_bag bag;

		if (folder == NULL)
			continue;
		if (properties_open(&properties, folder, HEAD_OF_RECIPIENT, &bag)) {
			g_strlcpy(properties.charset, charset, sizeof properties.charset);
			mapi_item_add_recipient(msg->item, &bag);
		}
		properties_close(&properties);
		g_object_unref(folder);
	}
	g_ptr_array_unref(names);
}

/* The message that is an attachment of another, or NULL: g_object_unref(). */
static GsfInfile *open_attached(GsfInfile *message, const char *name)
{
	GsfInfile *folder = open_folder(message, name);
	GsfInfile *attached = folder != NULL ? open_folder(folder, EMBEDDED) : NULL;

	if (folder != NULL)
		g_object_unref(folder);
	return attached;
}

static void count_attached(struct msg *msg)
{
	GPtrArray *names = list_names(msg->ole, ATTACHMENT);

	for (guint i = 0; i < names->len; i++) {
		GsfInfile *attached = open_attached(msg->ole, names->pdata[i]);

		msg->attached += attached != NULL;
		g_clear_object(&attached);
	}
	g_ptr_array_unref(names);
}

/* Go through the attachments of a message next; it is unreferenced in the end. */
static void open_message(struct msg *msg, GsfInfile *folder)
{
	struct opened opened = { folder, list_names(folder, ATTACHMENT), 0, msg->number->len };

	g_array_append_val(msg->opened, opened);
}

static void close_message(struct msg *msg)
{
	struct opened *top = &g_array_index(msg->opened, struct opened, msg->opened->len - 1);

	g_object_unref(top->folder);
	g_ptr_array_unref(top->attachments);
	g_array_set_size(msg->opened, msg->opened->len - 1);
}

/* 0 with msg->item, or -1 with *form and *err. */
static int read_item(struct msg *msg, GsfInfile *message, guint head, enum source_form *form,
                     struct error *err)
{
	struct properties properties;
	struct mapi_bag bag;
	int status = -1;

	*form = SOURCE_NOT_MAIL;
	g_clear_pointer(&msg->item, mapi_item_free);
	if (properties_open(&properties, message, head, &bag)) {
		find_charset(&properties);
		msg->item = mapi_item_new(&bag);
		const struct mapi_kind *kind = mapi_item_kind(msg->item);
		if (kind == NULL) {
			add_recipients(msg, message, properties.charset);
			status = 0;
		} else {
			error_set(err, "not mail: an Outlook item (%s)", kind->one);
		}
	} else {
		error_set(err, "not mail: an OLE file that is no message (old Office)");
	}
	properties_close(&properties);
	return status;
}

/* The file's own message. */
static int read_first(struct msg *msg, enum source_form *form, struct error *err)
{
	if (read_item(msg, msg->ole, HEAD_OF_MESSAGE, form, err) < 0)
		return -1;
	msg->report = mapi_item_is_report(msg->item);
	msg->draft = mapi_item_is_draft(msg->item);
	if (!msg->wants_attached)
		count_attached(msg);
	open_message(msg, g_object_ref(msg->ole));
	return 0;
}

/* The next message attached to the one given last, or to one that this is attached to: 1 with
 * msg->item, 0 if there is none. */
static int read_attached(struct msg *msg)
{
	while (msg->opened->len > 0) {
		struct opened *top = &g_array_index(msg->opened, struct opened, msg->opened->len - 1);
		enum source_form form;
		struct error err = { 0 };

		g_string_truncate(msg->number, top->number_size);
		if (top->next == top->attachments->len || !msg->wants_attached) {
			close_message(msg);
			continue;
		}
		GsfInfile *attached = open_attached(top->folder, top->attachments->pdata[top->next++]);
		bool deep = msg->opened->len == DEPTH_MAX;

		if (attached == NULL)
			continue;
		g_string_append_printf(msg->number, "%s%u", msg->number->len > 0 ? "." : "", top->next);
		if (!deep && read_item(msg, attached, HEAD_OF_ATTACHED, &form, &err) == 0) {
			open_message(msg, attached);
			return 1;
		}
		msg->attached += deep;
		g_object_unref(attached);
	}
	return 0;
}

static int msg_next_message(void *state, struct raw_message *raw, struct error *err)
{
	struct msg *msg = state;
	bool first = !msg->given;

	(void)err;
	if (!first && read_attached(msg) == 0)
		return 0;
	msg->given = true;
	*raw = (struct raw_message){ .offset = 0, .end = 1 };
	if (!first) {
		raw->member = msg->number->str;
		raw->enclosure = msg->report && msg->opened->len == 2 ? ENCLOSURE_RETURNED
		                                                      : ENCLOSURE_ATTACHED;
	}
	mapi_item_compose(msg->item, raw);
	return 1;
}

static bool msg_text(void *state, GString *text)
{
	struct msg *msg = state;
	const struct opened *top = &g_array_index(msg->opened, struct opened, msg->opened->len - 1);
	struct properties properties;
	struct mapi_bag bag;
	char *body = NULL;

	if (properties_open(&properties, top->folder,
	                    msg->opened->len == 1 ? HEAD_OF_MESSAGE : HEAD_OF_ATTACHED, &bag)) {
		find_charset(&properties);
		body = mapi_text(&bag);
	}
	properties_close(&properties);
	bool found = body != NULL;

	g_string_append(text, found ? body : "");
	g_free(body);
	return found;
}

static int msg_next_member(void *state, struct container_member *member, struct error *err)
{
	struct msg *msg = state;
	bool first = !msg->entered;

	(void)err;
	*member = (struct container_member){ .kind = MEMBER_MESSAGES, .size = -1 };
	msg->entered = true;
	return first;
}

static bool msg_remark(const void *state, size_t i, const char **kind, const char **text)
{
	struct msg *msg = (struct msg *)state;

	if (msg->attached > 0 && msg->attached_remark == NULL)
		msg->attached_remark = g_strdup_printf(
			"%s attached to it and not read",
			text_counted(msg->attached, "message is", "messages are"));
	const struct { const char *kind, *text; } remarks[] = {
		{ "attached-messages", msg->attached_remark },
		{ "drafts", msg->draft
		            ? "it was never sent, by Outlook's own mark, and is counted all the same" : NULL },
	};

	for (size_t r = 0; r < G_N_ELEMENTS(remarks); r++) {
		if (remarks[r].text == NULL || i-- > 0)
			continue;
		*kind = remarks[r].kind;
		*text = remarks[r].text;
		return true;
	}
	return false;
}

/* ---- the file ---- */

static void msg_close(void *state)
{
	struct msg *msg = state;

	mapi_item_free(msg->item);
	while (msg->opened->len > 0)
		close_message(msg);
	g_array_unref(msg->opened);
	g_string_free(msg->number, TRUE);
	g_free(msg->attached_remark);
	if (msg->ole != NULL)
		g_object_unref(msg->ole);
	g_free(msg);
}

/* The bytes of the file on disk, or of a member, which are in memory. NULL with *err. */
static GsfInput *open_input(struct container_input *input, struct error *err)
{
	struct window *window = input->window;
	GError *error = NULL;
	GsfInput *opened = NULL;

	if (input->path != NULL)
		opened = gsf_input_stdio_new(input->path, &error);
	else if (container_input_hold(input))
		opened = gsf_input_memory_new(window->bytes, (gsf_off_t)window->fill, FALSE);
	else
		error_set(err, "an OLE file of more than 64 MB in a container: it can only be read"
		          " unpacked");
	if (opened == NULL)
		error_set(err, "cannot open: %s", error != NULL ? error->message : "unknown reason");
	g_clear_error(&error);
	return opened;
}

/* Does a name that only messages have stand somewhere in the file's first part? */
static bool has_message_name(struct window *window)
{
	static const char name[] = "_\0s\0u\0b\0s\0t\0g\0" "1\0.";
	struct error err = { 0 };

	return window_hold(window, 0, LOOKED_AT_MAX, &err) == 0 &&
	       memmem(window->bytes, window->fill, name, sizeof name - 1) != NULL;
}

static void *msg_open(struct container_input *input, enum source_form *form, struct error *err)
{
	struct msg *msg = g_new0(struct msg, 1);
	GsfInput *opened = open_input(input, err);

	msg->opened = g_array_new(FALSE, FALSE, sizeof(struct opened));
	msg->number = g_string_new(NULL);
	msg->wants_attached = input->options != NULL && input->options->attached;
	*form = SOURCE_UNREADABLE;
	if (opened != NULL) {
		msg->ole = gsf_infile_msole_new(opened, NULL);
		g_object_unref(opened);
		if (msg->ole == NULL && has_message_name(input->window)) {
			error_set(err, "a damaged Outlook message (MSG)");
		} else if (msg->ole == NULL) {
			*form = SOURCE_NOT_MAIL;
			error_set(err, "not mail: a damaged OLE file (old Office, pictures of a folder)");
		}
	}
	if (msg->ole == NULL || read_first(msg, form, err) < 0) {
		msg_close(msg);
		return NULL;
	}
	return msg;
}

static const char *msg_word(const void *state)
{
	(void)state;
	return "msg";
}

const struct container_form msg_form = {
	.is_it = is_ole,
	.open = msg_open,
	.word = msg_word,
	.next_member = msg_next_member,
	.next_message = msg_next_message,
	.text = msg_text,
	.remark = msg_remark,
	.close = msg_close,
};

#endif
