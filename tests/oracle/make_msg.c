/* make_msg FILE: an Outlook message (MS-OXMSG) of what standard input says
 *
 *   text PROPERTY VALUE      a text in UTF-16 (property: four hexadecimal digits)
 *   narrow PROPERTY VALUE    a text as its bytes are
 *   number PROPERTY VALUE    a 32-bit integer
 *   time PROPERTY SECONDS    a time, in seconds since 1970
 *   recipient                what follows is a recipient's
 *   embedded                 an attachment that holds a message
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

static void add_embedded(GsfOutfile *root)
{
	GsfOutput *attachment = gsf_outfile_new_child(root, "__attach_version1.0_#00000000", TRUE);
	GsfOutput *message = gsf_outfile_new_child(GSF_OUTFILE(attachment), "__substg1.0_3701000D",
	                                           TRUE);

	write_stream(GSF_OUTFILE(message), "__substg1.0_001A001E", "IPM.Note", 8);
	gsf_output_close(message);
	g_object_unref(message);
	gsf_output_close(attachment);
	g_object_unref(attachment);
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
	struct folder message, recipient = { NULL, NULL };
	char line[4096], word[16], value[4096];
	unsigned property;
	int recipients = 0;

	if (!root)
		return 1;
	begin(&message, root, 32);
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (strcmp(line, "embedded") == 0) {
			add_embedded(root);
		} else if (strcmp(line, "recipient") == 0) {
			char *name = g_strdup_printf("__recip_version1.0_#%08X", recipients++);

			if (recipient.outfile)
				end(&recipient);
			begin(&recipient, GSF_OUTFILE(gsf_outfile_new_child(root, name, TRUE)), 8);
			g_free(name);
		} else if (sscanf(line, "%15s %4x %4095[^\n]", word, &property, value) == 3) {
			obey(recipient.outfile ? &recipient : &message, word, property, value);
		}
	}
	if (recipient.outfile)
		end(&recipient);
	g_object_ref(root);
	end(&message);
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
