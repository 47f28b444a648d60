/* packed.c - zip, tar, 7z, cpio and rar, and compressed files, through libarchive
 *
 * Everything is read as a stream, nothing is unpacked to disk. What libarchive tells
 * of a member's name is passed on as bytes and used for nothing else. */
#include "container.h"

#include "epistograph/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib.h>

#include <errno.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#define READ_BYTES (256 << 10)
#define NAME_BYTES_MAX 4096             /* longer names are cut */
#define TAR_BLOCK 512

struct packed {
	struct archive *archive;
	struct archive_entry *entry;    /* the current member; borrowed */
	struct container_input *input;
	bool pending;                   /* the header of entry was read, and not told of yet */
	bool ended;                     /* there are no members, or no more */
	bool raw;                       /* no archive: one compressed file */
	locale_t utf8;                  /* libarchive gives names in the encoding of the locale, and
	                                 * none where it has no characters for them */
	char *word;
	char *name;                     /* of the current member */
	char *reason;

	/* The block of the current member's bytes that is being given. */
	const uint8_t *block;
	size_t block_size;
	int64_t block_at;               /* offset of what is left of it; behind `given` if a hole
	                                 * of a sparse file comes before it */
	int64_t given;                  /* bytes given of the member */
};

/* ---- what is a packed file ---- */

static bool begins(const uint8_t *head, size_t size, const char *magic, size_t magic_size)
{
	return size >= magic_size && memcmp(head, magic, magic_size) == 0;
}

/* The octal number of a tar header's field. */
static unsigned octal(const uint8_t *field, size_t size)
{
	unsigned value = 0;
	size_t i = 0;

	while (i < size && field[i] == ' ')
		i++;
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		value = value * 8 + (field[i] - '0');
	return value;
}

/* A tar header has no sign of its own in the oldest form, but a checksum: the sum of
 * its bytes, with blanks for the eight of the sum itself. */
static bool is_tar(const uint8_t *head, size_t size)
{
	enum { SUM_AT = 148, SUM_SIZE = 8 };
	unsigned sum = 0;
	int signed_sum = 0;             /* some old programs took char for it */

	if (size < TAR_BLOCK || head[0] == '\0')
		return false;
	/* Hardly any mail has a number there, and summing up every message is not for nothing. */
	unsigned told = octal(head + SUM_AT, SUM_SIZE);
	if (told == 0)
		return false;
	for (size_t i = 0; i < TAR_BLOCK; i++) {
		bool blank = i >= SUM_AT && i < SUM_AT + SUM_SIZE;

		sum += blank ? ' ' : head[i];
		signed_sum += blank ? ' ' : (signed char)head[i];
	}
	return told == sum || (signed_sum > 0 && told == (unsigned)signed_sum);
}

/* The binary form has only two bytes of magic: the name must fit as well. */
static bool is_cpio(const uint8_t *head, size_t size)
{
	enum { NAME_SIZE_AT = 20, NAME_AT = 26 };

	if (begins(head, size, "070701", 6) || begins(head, size, "070702", 6) ||
	    begins(head, size, "070707", 6))
		return true;
	bool little = begins(head, size, "\xc7\x71", 2), big = begins(head, size, "\x71\xc7", 2);
	if (size < NAME_AT || !(little || big))
		return false;
	size_t low = head[NAME_SIZE_AT + big], high = head[NAME_SIZE_AT + little];
	size_t name = low + (high << 8);
	return name > 1 && NAME_AT + name <= size && head[NAME_AT + name - 1] == '\0' &&
	       memchr(head + NAME_AT, '\0', name - 1) == NULL;
}

static bool is_bzip2(const uint8_t *head, size_t size)
{
	return begins(head, size, "BZh", 3) && size >= 10 && head[3] >= '1' && head[3] <= '9' &&
	       (memcmp(head + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 ||
	        memcmp(head + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

static bool is_packed(const uint8_t *head, size_t size, const struct source_options *options)
{
	(void)options;
	static const struct { const char *magic; size_t size; } magics[] = {
		{ "PK\x03\x04", 4 }, { "PK\x05\x06", 4 }, { "7z\xbc\xaf\x27\x1c", 6 },
		{ "Rar!\x1a\x07", 6 }, { "\x1f\x8b\x08", 3 }, { "\x1f\x9d", 2 },
		{ "\xfd" "7zXZ\0", 6 }, { "\x28\xb5\x2f\xfd", 4 }, { "\x04\x22\x4d\x18", 4 },
		{ "LZIP\x01", 5 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(magics); i++)
		if (begins(head, size, magics[i].magic, magics[i].size))
			return true;
	return is_bzip2(head, size) || is_cpio(head, size) || is_tar(head, size);
}

/* ---- bytes for libarchive ---- */

static la_ssize_t give_bytes(struct archive *archive, void *context, const void **bytes)
{
	struct container_input *input = context;
	struct window *window = input->window;
	struct error err = { 0 };

	if (input->alive != NULL)
		input->alive(input->context);
	if (input->at >= window->size)
		return 0;
	if (window_hold(window, input->at, READ_BYTES, &err) < 0) {
		archive_set_error(archive, EIO, "%s", err.message);
		return ARCHIVE_FATAL;
	}
	size_t left = window_left(window, input->at);
	*bytes = window_at(window, input->at);
	input->at += (int64_t)left;
	input->taken += (int64_t)left;
	return (la_ssize_t)left;
}

static la_int64_t pass_over(struct archive *archive, void *context, la_int64_t wanted)
{
	struct container_input *input = context;
	int64_t passed = MIN(wanted, input->window->size - input->at);

	(void)archive;
	input->at += passed;
	input->taken += passed;
	return passed;
}

static la_int64_t go_to(struct archive *archive, void *context, la_int64_t offset, int whence)
{
	struct container_input *input = context;
	int64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? input->at
	                                                           : input->window->size;

	(void)archive;
	input->at = CLAMP(from + offset, 0, input->window->size);
	return input->at;
}

/* ---- opening ---- */

static const char *format_word(int format)
{
	switch (format & ARCHIVE_FORMAT_BASE_MASK) {
	case ARCHIVE_FORMAT_TAR:    return "tar";
	case ARCHIVE_FORMAT_CPIO:   return "cpio";
	case ARCHIVE_FORMAT_ZIP:    return "zip";
	case ARCHIVE_FORMAT_7ZIP:   return "7z";
	case ARCHIVE_FORMAT_RAR:
	case ARCHIVE_FORMAT_RAR_V5: return "rar";
	default:                    return NULL;
	}
}

/* "tar in xz", "zip", and for one compressed file "gzip". */
static char *make_word(struct archive *archive, bool raw)
{
	GString *word = g_string_new(raw ? NULL : format_word(archive_format(archive)));

	for (int i = 0; i < archive_filter_count(archive); i++) {
		if (archive_filter_code(archive, i) == ARCHIVE_FILTER_NONE)
			continue;
		g_string_append_printf(word, "%s%s", word->len > 0 ? " in " : "",
		                       archive_filter_name(archive, i));
	}
	return g_string_free(word, FALSE);
}

/* Documents and programs that are zips have members by which they are known, one of
 * which comes first. */
static bool is_document(const char *name)
{
	static const char *const firsts[] = {
		"[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/",  /* OOXML */
		"customXml/", "mimetype", "META-INF/", "AndroidManifest.xml", "Index/Document.iwa",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(firsts); i++) {
		size_t size = strlen(firsts[i]);
		bool folder = firsts[i][size - 1] == '/';

		if (folder ? strncmp(name, firsts[i], size) == 0 : strcmp(name, firsts[i]) == 0)
			return true;
	}
	return false;
}

/* Why libarchive gave up. If the input itself failed, that is nearer the cause. */
static int set_damage(const struct packed *packed, struct error *err)
{
	const struct error *fault = packed->input->window->fault;
	const char *why = archive_error_string(packed->archive);

	if (fault != NULL && fault->message[0] != '\0')
		return error_set(err, "%s", fault->message);
	if (archive_read_has_encrypted_entries(packed->archive) > 0)
		return error_set(err, "encrypted: a password is needed");
	return error_set(err, "damaged: %s", why != NULL ? why : "it ends early or cannot be unpacked");
}

static struct packed *packed_new(struct container_input *input)
{
	struct packed *packed = g_new0(struct packed, 1);
	struct archive *archive = packed->archive = archive_read_new();

	packed->input = input;
	packed->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_compress(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_filter_lz4(archive);
	archive_read_support_filter_lzip(archive);
	archive_read_support_format_tar(archive);
	archive_read_support_format_zip(archive);
	archive_read_support_format_7zip(archive);
	archive_read_support_format_cpio(archive);
	archive_read_support_format_rar(archive);
	archive_read_support_format_rar5(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	archive_read_set_callback_data(archive, input);
	archive_read_set_read_callback(archive, give_bytes);
	return packed;
}

static void packed_close(void *state)
{
	struct packed *packed = state;

	archive_read_free(packed->archive);
	if (packed->utf8 != (locale_t)0)
		freelocale(packed->utf8);
	g_free(packed->word);
	g_free(packed->name);
	g_free(packed->reason);
	g_free(packed);
}

/* The next header: 1, 0 at the end, -1 with *err. */
static int next_header(struct packed *packed, struct error *err)
{
	int status;

	if (packed->ended)
		return 0;
	do {
		status = archive_read_next_header(packed->archive, &packed->entry);
	} while (status == ARCHIVE_RETRY);
	packed->ended = status == ARCHIVE_EOF;
	if (packed->ended)
		return 0;
	/* After FAILED only this member cannot be read; a warning is none of ours. */
	if (status >= ARCHIVE_FAILED && archive_entry_pathname(packed->entry) != NULL)
		return 1;
	return status >= ARCHIVE_WARN ? 1 : set_damage(packed, err);
}

static bool is_7z(const struct window *window)
{
	return begins(window->bytes, window->fill, "7z", 2);
}

/* A zip and a 7z are read from their ends if possible, the others forwards. */
static bool wants_seeking(const struct container_input *input)
{
	const struct window *window = input->window;

	return begins(window->bytes, window->fill, "PK", 2) || is_7z(window);
}

/* The name as bytes. As UTF-8 where the archive has it in another encoding that says
 * what it is. */
static const char *entry_name(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (name == NULL)
		name = archive_entry_pathname_utf8(entry);
	return name != NULL ? name : "";
}

/* Read the first header and see what this is. */
static int begin(struct packed *packed, enum source_form *form, struct error *err)
{
	int got = next_header(packed, err);
	int format = archive_format(packed->archive) & ARCHIVE_FORMAT_BASE_MASK;

	*form = SOURCE_UNREADABLE;
	if (got < 0)
		return -1;
	packed->pending = got > 0;
	if (format == ARCHIVE_FORMAT_EMPTY) {
		*form = SOURCE_EMPTY;
		return error_set(err, "empty: nothing is in it");
	}
	packed->raw = format == ARCHIVE_FORMAT_RAW;
	if (packed->raw && archive_filter_count(packed->archive) < 2)
		return error_set(err, "damaged: it begins like an archive and is none");
	packed->word = make_word(packed->archive, packed->raw);
	if (got > 0 && format == ARCHIVE_FORMAT_ZIP && is_document(entry_name(packed->entry))) {
		*form = SOURCE_NOT_MAIL;
		return error_set(err, "not mail: a document or program kept as a zip (docx, xlsx, odt,"
		                 " epub, jar); its parts are not opened");
	}
	return 0;
}

static void *packed_open(struct container_input *input, enum source_form *form,
                         struct error *err)
{
	bool seekable = !window_is_stream(input->window) ||
	                (wants_seeking(input) && container_input_hold(input));

	*form = SOURCE_UNREADABLE;
	if (!seekable && is_7z(input->window)) {
		error_set(err, "a 7z of more than %d MB in another container cannot be read there: take it"
		          " out", CONTAINER_HELD_MAX >> 20);
		return NULL;
	}
	struct packed *packed = packed_new(input);

	if (seekable) {
		archive_read_set_skip_callback(packed->archive, pass_over);
		archive_read_set_seek_callback(packed->archive, go_to);
	}
	locale_t before = uselocale(packed->utf8);
	int status = archive_read_open1(packed->archive) != ARCHIVE_OK ? set_damage(packed, err)
	                                                               : begin(packed, form, err);

	uselocale(before);
	if (status == 0)
		return packed;
	packed_close(packed);
	return NULL;
}

static const char *packed_word(const void *state)
{
	return ((const struct packed *)state)->word;
}

/* ---- members ---- */

static void set_reason(struct packed *packed, struct container_member *member,
                       enum member_kind kind, char *reason)
{
	member->kind = kind;
	member->reason = packed->reason = reason;
}

/* Is the whole member there, and passed over by moving on in a file? */
static bool is_certain(struct packed *packed, const struct container_member *member)
{
	const struct container_input *input = packed->input;
	int format = archive_format(packed->archive) & ARCHIVE_FORMAT_BASE_MASK;

	return (format == ARCHIVE_FORMAT_TAR || format == ARCHIVE_FORMAT_CPIO) &&
	       archive_filter_count(packed->archive) == 1 && !window_is_stream(input->window) &&
	       member->size >= 0 && archive_entry_sparse_count(packed->entry) == 0 &&
	       member->size <= input->window->size - archive_filter_bytes(packed->archive, -1);
}

static bool is_encrypted(struct archive_entry *entry)
{
	return archive_entry_is_data_encrypted(entry) || archive_entry_is_metadata_encrypted(entry);
}

static void describe(struct packed *packed, struct container_member *member)
{
	struct archive_entry *entry = packed->entry;
	mode_t type = archive_entry_filetype(entry);
	const char *target = archive_entry_hardlink(entry);
	int format = archive_format(packed->archive) & ARCHIVE_FORMAT_BASE_MASK;

	if (archive_entry_size_is_set(entry))
		member->size = archive_entry_size(entry);
	if (type == AE_IFLNK) {
		target = archive_entry_symlink(entry);
		set_reason(packed, member, MEMBER_LINK,
		           g_strdup_printf("a symbolic link to %s, not followed", target ? target : "?"));
	} else if (target != NULL && member->size <= 0) {
		/* cpio keeps the bytes with the last of the names. */
		set_reason(packed, member, MEMBER_LINK,
		           g_strdup_printf("the same file as %s in the archive", target));
	} else if (type != AE_IFREG && type != 0) {
		set_reason(packed, member, MEMBER_SPECIAL,
		           g_strdup(type == AE_IFIFO ? "a FIFO" : "a device or socket"));
	} else if (is_encrypted(entry)) {
		set_reason(packed, member, MEMBER_LOCKED, g_strdup("encrypted: a password is needed"));
	} else {
		member->certain = is_certain(packed, member);
		member->skips = member->certain || (format == ARCHIVE_FORMAT_ZIP && member->size >= 0);
	}
}

static bool is_folder(struct archive_entry *entry)
{
	const char *name = entry_name(entry);
	size_t size = strlen(name);

	return archive_entry_filetype(entry) == AE_IFDIR ||
	       (archive_entry_filetype(entry) == 0 && size > 0 && name[size - 1] == '/');
}

static int find_member(struct packed *packed, struct container_member *member,
                       struct error *err)
{
	do {
		int got = packed->pending ? 1 : next_header(packed, err);

		packed->pending = false;
		if (got <= 0)
			return got;
	} while (!packed->raw && is_folder(packed->entry));
	g_clear_pointer(&packed->reason, g_free);
	g_clear_pointer(&packed->name, g_free);
	packed->block_size = 0;
	packed->block_at = packed->given = 0;
	*member = (struct container_member){ .kind = MEMBER_FILE, .size = -1 };
	if (packed->raw)
		return 1;
	member->name = packed->name = g_strndup(entry_name(packed->entry), NAME_BYTES_MAX);
	describe(packed, member);
	return 1;
}

static int packed_next_member(void *state, struct container_member *member, struct error *err)
{
	locale_t before = uselocale(((struct packed *)state)->utf8);
	int got = find_member(state, member, err);

	uselocale(before);
	return got;
}

/* Get the next block: 1, 0 at the end, -1 with *err. (archive_read_data() would copy
 * blocks, but what it copied before a fault is lost.) */
static int next_block(struct packed *packed, struct error *err)
{
	const void *block;
	la_int64_t at;
	int status;

	do {
		at = packed->given;
		packed->block_size = 0;
		status = archive_read_data_block(packed->archive, &block, &packed->block_size, &at);
	} while (status == ARCHIVE_RETRY || (status == ARCHIVE_OK && packed->block_size == 0));
	if (status != ARCHIVE_OK)
		packed->block_size = 0;
	packed->block = block;
	packed->block_at = at;
	if (status != ARCHIVE_OK && status != ARCHIVE_EOF)
		return set_damage(packed, err);
	return packed->block_size > 0 || at > packed->given;
}

static int64_t packed_read(void *state, uint8_t *bytes, size_t room, struct error *err)
{
	struct packed *packed = state;

	if (packed->block_size == 0 && packed->block_at <= packed->given) {
		int got = next_block(packed, err);
		if (got <= 0)
			return got;
	}
	if (packed->block_at > packed->given) {         /* a hole */
		room = (size_t)MIN((int64_t)room, packed->block_at - packed->given);
		memset(bytes, 0, room);
	} else {
		room = MIN(room, packed->block_size);
		memcpy(bytes, packed->block, room);
		packed->block += room;
		packed->block_size -= room;
		packed->block_at += (int64_t)room;
	}
	packed->given += (int64_t)room;
	return (int64_t)room;
}

const struct container_form packed_form = {
	.is_it = is_packed,
	.open = packed_open,
	.word = packed_word,
	.next_member = packed_next_member,
	.read = packed_read,
	.close = packed_close,
};
