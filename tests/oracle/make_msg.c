/* make_msg FILE: an Outlook message (MS-OXMSG) of what standard input says
 *
 *   text PROPERTY VALUE      a text in UTF-16 (property: four hexadecimal digits)
 *   narrow PROPERTY VALUE    a text as its bytes are
 *   number PROPERTY VALUE    a 32-bit integer
 *   time PROPERTY SECONDS    a time, in seconds since 1970
 *   recipient                what follows is a recipient's
 *   embedded                 what follows is a message's that is attached
 *   end                      that one has ended
 *
 * It is written by libgsf's writer: what reads it here is libgsf's reader and ours. */
#include <stdio.h>

#ifdef HAVE_GSF

#include <gsf/gsf-outfile-msole.h>
#include <gsf/gsf-output-stdio.h>

#include <stdbool.h>
#include <string.h>

/* A folder being written, with its numbers. */
struct folder {
	GsfOutfile *outfile;
	GByteArray *numbers;
};

/* A message, and the last of its recipients. */
struct message {
	struct folder folder, recipient;
	GsfOutput *attachment;          /* that it is the content of, or NULL */
	int recipients, attachments;
};

#define DEPTH 8

static void write_stream(GsfOutfile *folder, const char *name, const void *bytes, size_t size)
{
	GsfOutput *output = gsf_outfile_new_child(folder, name, FALSE);

	gsf_output_write(output, size, bytes);
	gsf_output_close(output);
	g_object_unref(output);
}

static void begin(struct folder *folder, GsfOutfile *outfile, guint head)
{
	folder->outfile = outfile;
	folder->numbers = g_byte_array_new();
	g_byte_array_set_size(folder->numbers, head);
	memset(folder->numbers->data, 0, head);
}

static void end(struct folder *folder)
{
	write_stream(folder->outfile, "__properties_version1.0", folder->numbers->data,
	             folder->numbers->len);
	gsf_output_close(GSF_OUTPUT(folder->outfile));
	g_object_unref(folder->outfile);
	g_byte_array_unref(folder->numbers);
}

static void add_number(struct folder *folder, unsigned property, unsigned type, guint64 value)
{
	guint16 kind[2] = { GUINT16_TO_LE((guint16)type), GUINT16_TO_LE((guint16)property) };
	guint32 flags = 0;

	value = GUINT64_TO_LE(value);
	g_byte_array_append(folder->numbers, (const guint8 *)kind, sizeof kind);
	g_byte_array_append(folder->numbers, (const guint8 *)&flags, sizeof flags);
	g_byte_array_append(folder->numbers, (const guint8 *)&value, sizeof value);
}

static void add_text(struct folder *folder, unsigned property, const char *value, bool wide)
{
	char *name = g_strdup_printf("__substg1.0_%04X%s", property, wide ? "001F" : "001E");
	glong units = 0;
	gunichar2 *text = wide ? g_utf8_to_utf16(value, -1, NULL, &units, NULL) : NULL;

	for (glong i = 0; i < units; i++)
		text[i] = GUINT16_TO_LE(text[i]);
	write_stream(folder->outfile, name, wide ? (const void *)text : value,
	             wide ? (size_t)units * 2 : strlen(value));
	g_free(text);
	g_free(name);
}

static GsfOutput *add_folder(const struct message *message, const char *kind, int number)
{
	char *name = g_strdup_printf("__%s_version1.0_#%08X", kind, number);
	GsfOutput *folder = gsf_outfile_new_child(message->folder.outfile, name, TRUE);

	g_free(name);
	return folder;
}

static void end_message(struct message *message)
{
	if (message->recipient.outfile)
		end(&message->recipient);
	end(&message->folder);
	if (message->attachment) {
		gsf_output_close(message->attachment);
		g_object_unref(message->attachment);
	}
}

static void begin_attached(struct message *outer, struct message *message)
{
	GsfOutput *attachment = add_folder(outer, "attach", outer->attachments++);

	*message = (struct message){ .attachment = attachment };
	begin(&message->folder, GSF_OUTFILE(gsf_outfile_new_child(GSF_OUTFILE(attachment),
	                                                          "__substg1.0_3701000D", TRUE)), 24);
}

static void begin_recipient(struct message *message)
{
	if (message->recipient.outfile)
		end(&message->recipient);
	begin(&message->recipient, GSF_OUTFILE(add_folder(message, "recip", message->recipients++)), 8);
}

static void obey(struct folder *folder, const char *word, unsigned property, const char *value)
{
	guint64 seconds = (guint64)(g_ascii_strtoll(value, NULL, 10) + G_GINT64_CONSTANT(11644473600));

	if (strcmp(word, "number") == 0)
		add_number(folder, property, 0x0003, g_ascii_strtoull(value, NULL, 10));
	else if (strcmp(word, "time") == 0)
		add_number(folder, property, 0x0040, seconds * 10000000);
	else
		add_text(folder, property, value, strcmp(word, "text") == 0);
}

int main(int argc, char **argv)
{
	GsfOutput *file = argc == 2 ? gsf_output_stdio_new(argv[1], NULL) : NULL;
	GsfOutfile *root = file ? gsf_outfile_msole_new(file) : NULL;
	struct message messages[DEPTH] = { { .attachment = NULL } }, *message = messages;
	char line[4096], word[16], value[4096];
	unsigned property;

	if (!root)
		return 1;
	begin(&message->folder, root, 32);
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "embedded") == 0) {
			if (message + 1 == messages + DEPTH)
				return 1;
			begin_attached(message, message + 1);
			message++;
		} else if (strcmp(line, "end") == 0 && message > messages) {
			end_message(message--);
		} else if (strcmp(line, "recipient") == 0) {
			begin_recipient(message);
		} else if (sscanf(line, "%15s %4x %4095[^\n]", word, &property, value) == 3) {
			obey(message->recipient.outfile ? &message->recipient : &message->folder, word,
			     property, value);
		}
	}
	g_object_ref(root);
	while (message >= messages)
		end_message(message--);
	g_object_unref(root);
	gsf_output_close(file);
	g_object_unref(file);
	return 0;
}

#else

int main(void)
{
	fputs("built without libgsf\n", stderr);
	return 77;
}

#endif
