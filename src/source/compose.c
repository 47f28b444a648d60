#include "compose.h"

#include "epistograph/calendar.h"
#include "epistograph/text.h"

#include <string.h>

void compose_field(GString *out, const char *name, const char *value, size_t size)
{
	char *clean = g_strstrip(text_clean(value, size, NULL));

	if (*clean)
		g_string_append_printf(out, "%s: %s\n", name, clean);
	g_free(clean);
}

void compose_id(GString *out, const char *name, const char *value, size_t size)
{
	char *clean = g_strstrip(text_clean(value, size, NULL));

	if (strchr(clean, '<'))
		g_string_append_printf(out, "%s: %s\n", name, clean);
	else if (*clean)
		g_string_append_printf(out, "%s: <%s>\n", name, clean);
	g_free(clean);
}

static void append_encoded(GString *list, const char *address, const char *special)
{
	for (; *address; address++) {
		if (strchr(special, *address))
			g_string_append_printf(list, "%%%02X", (unsigned char)*address);
		else
			g_string_append_c(list, *address);
	}
}

static void append_quoted(GString *list, const char *name)
{
	g_string_append_c(list, '"');
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			g_string_append_c(list, '\\');
		g_string_append_c(list, *name);
	}
	g_string_append_c(list, '"');
}

/* special: what of the address is encoded. */
static void append_mailbox(GString *list, const char *name, const char *address,
                           const char *special)
{
	char *clean_name = g_strstrip(text_clean(name, strlen(name), NULL));
	char *clean_address = g_strstrip(text_clean(address, strlen(address), NULL));

	if (list->len && (*clean_name || *clean_address))
		g_string_append(list, ", ");
	if (*clean_name)
		append_quoted(list, clean_name);
	if (*clean_address) {
		g_string_append(list, *clean_name ? " <" : "<");
		append_encoded(list, clean_address, special);
		g_string_append_c(list, '>');
	}
	g_free(clean_name);
	g_free(clean_address);
}

void compose_mailbox(GString *list, const char *name, const char *address)
{
	/* A quoted local part may hold anything but the end of the bracket. */
	append_mailbox(list, name, address, *address == '"' ? "<>,;" : " <>,;()\"\\");
}

void compose_named(GString *list, const char *name)
{
	append_mailbox(list, name, name, " <>,;:()[]\"\\@%'");
}

void compose_date(GString *out, int64_t instant)
{
	static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	                                  "Sep", "Oct", "Nov", "Dec" };

	if (instant == INSTANT_NONE)
		return;
	struct civil civil = civil_from_instant(instant);
	g_string_append_printf(out, "Date: %s, %02d %s %04d %02d:%02d:%02d -0000\n",
	                       days[civil.weekday], civil.day, months[civil.month - 1], civil.year,
	                       civil.hour, civil.minute, civil.second);
}
