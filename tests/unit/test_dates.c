#include "header_fixture.h"

#include <gmime/gmime.h>

#include <locale.h>

/* 2016-07-14T08:30:05Z, by `date -u -d @1468485005`. */
#define MOMENT INT64_C(1468485005)
#define UNKNOWN UTC_OFFSET_UNKNOWN

static const struct message *read_date(void **state, const char *value)
{
	char *header = g_strdup_printf("Date: %s\n\n", value);
	const struct message *message = header_read_text(state, header);

	g_free(header);
	return message;
}

static void check_date(void **state, const char *value, int64_t instant, int32_t offset,
                       enum date_verdict verdict)
{
	const struct message *message = read_date(state, value);

	if (instant != message->instant || verdict != message->date_verdict)
		print_error("Date: %s\n", value);
	assert_true(instant == message->instant);
	assert_int_equal(offset, message->utc_offset_s);
	assert_int_equal(verdict, message->date_verdict);
	assert_int_equal(DATE_FROM_DATE, message->date_source);
	assert_int_equal(0, message->faults & (FAULT_NO_DATE | FAULT_BAD_DATE));
}
#define GOOD(value, instant, offset)     check_date(state, value, instant, offset, DATE_GOOD)
#define REPAIRED(value, instant, offset) check_date(state, value, instant, offset, DATE_REPAIRED)

static void the_forms_of_rfc_5322_are_good(void **state)
{
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200", MOMENT, 7200);
	GOOD("14 Jul 2016 10:30:05 +0200", MOMENT, 7200);
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200 (CEST)", MOMENT, 7200);
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200 (GMT+02:00)", MOMENT, 7200);
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200 (Mitteleurop\xe4ische Sommerzeit)", MOMENT, 7200);
	GOOD("Thu, 14 Jul 2016 10:30 +0200", MOMENT - 5, 7200);
	GOOD("thu, 14 JUL 2016 10:30:05 +0200", MOMENT, 7200);
	GOOD("Thu, 14 Jul 2016 14:00:05 +0530", MOMENT, 19800);
	GOOD("Wed, 13 Jul 2016 22:30:05 -1000", MOMENT, -36000);
	GOOD("Fri, 1 Jan 2016 00:00:00 +0000", INT64_C(1451606400), 0);
	/* A leap second is the first second of the next day here. */
	GOOD("Sat, 31 Dec 2016 23:59:60 +0000", INT64_C(1483228800), 0);
	GOOD("Mon, 29 Feb 2016 12:00:00 +0000", INT64_C(1456747200), 0);
}

static void the_obsolete_forms_of_rfc_5322_are_good(void **state)
{
	GOOD("Thu, 14 Jul 16 08:30:05 GMT", MOMENT, 0);
	GOOD("14 Jul 116 08:30:05 UT", MOMENT, 0);
	GOOD("Tue, 14 Jul 98 08:30:05 +0000", INT64_C(900405005), 0);
	GOOD("Thu, 14 Jul 2016 04:30:05 EDT", MOMENT, -14400);
	GOOD("Thu, 14 Jul 2016 03:30:05 EST", MOMENT, -18000);
	GOOD("Thu, 14 Jul 2016 01:30:05 PDT", MOMENT, -25200);
	GOOD("Thu, 14 Jul 2016 08:30:05 Z", MOMENT, UNKNOWN);
	GOOD("Thu, 14 Jul 2016 08:30:05 A", MOMENT, UNKNOWN);
	GOOD("Thu(c),(c) 14 (c) Jul (c(d)) 2016 10 : 30 : 05 (\\)) +0200", MOMENT, 7200);
	GOOD("Thu,\r\n 14 Jul 2016\r\n\t10:30:05 +0200", MOMENT, 7200);
}

static void minus_zero_says_that_the_zone_is_unknown(void **state)
{
	GOOD("Thu, 14 Jul 2016 08:30:05 -0000", MOMENT, UNKNOWN);
	GOOD("Thu, 14 Jul 2016 08:30:05 +0000", MOMENT, 0);
}

static void other_forms_that_say_one_thing_are_repaired(void **state)
{
	REPAIRED("Thu, 14 Jul 2016 10:30:05 +0200 CEST", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 (GMT+02:00)", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 GMT+0200", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 UTC+2", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 +02:00", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 +0200 (CEST", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10.30.05 +0200", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05.123 +0200", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 8:30:05 +0000", MOMENT, 0);
	REPAIRED("Thu 14 Jul 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("Thursday, 14 July 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("Thursday, 14-Jul-16 08:30:05 GMT", MOMENT, 0);          /* RFC 850 */
	REPAIRED("Thu Jul 14 08:30:05 2016", MOMENT, UNKNOWN);            /* asctime */
	REPAIRED("Thu Jul 14 10:30:05 2016 +0200", MOMENT, 7200);
	REPAIRED("Thu Jul 14 10:30:05 CEST 2016", MOMENT, 7200);
	REPAIRED("2016-07-14T10:30:05+02:00", MOMENT, 7200);              /* ISO 8601 */
	REPAIRED("2016-07-14T08:30:05Z", MOMENT, UNKNOWN);
	REPAIRED("2016-07-14 08:30:05.000", MOMENT, UNKNOWN);
	REPAIRED("2016/07/14 08:30", MOMENT - 5, UNKNOWN);
	REPAIRED("14.07.2016 08:30:05", MOMENT, UNKNOWN);
	REPAIRED("7/14/2016 8:30:05 AM", MOMENT, UNKNOWN);
	REPAIRED("July 14, 2016 8:30:05 PM", MOMENT + 43200, UNKNOWN);
	REPAIRED("July 14th, 2016 at 12:30:05 AM", MOMENT - 8 * 3600, UNKNOWN);
	/* A day alone begins at its midnight: 2016-07-14T00:00:00Z. */
	REPAIRED("Thu, 14 Jul 2016", INT64_C(1468454400), UNKNOWN);
}

/* Forms that other programs' users have reported, with the program. */
static void forms_that_stopped_other_programs_are_read(void **state)
{
	REPAIRED("Thu, 14 Jul 2016 10:30:05 +0200 CEST", MOMENT, 7200);         /* Perceval */
	REPAIRED("Thu, 14 Jul 2016 10.30.05 +0200", MOMENT, 7200);              /* Perceval */
	GOOD("Thu, 14 Jul 2016 08:30:05 +0000 (UTC)", MOMENT, 0);               /* unstructured */
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200 (GMT+02:00)", MOMENT, 7200);      /* tine20 */
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200 (Paris, Madrid (heure d'\xe9t\xe9))",
	     MOMENT, 7200);                                                     /* MimeKit */
	REPAIRED("Thu Jul 14 08:30:05 2016", MOMENT, UNKNOWN);                  /* mailcore2 */
	GOOD("Thu, 14 Jul 2016 10:30:05 +0200 (added by postmaster@example.org)",
	     MOMENT, 7200);                                                     /* X.400 gateways */
	REPAIRED("Thu, 14 Jul 2016 08:30:05 \"GMT\"", MOMENT, 0);               /* Eudora */
	REPAIRED("Thu, 14 Jul 2016 10:30:05 MET DST", MOMENT, 7200);            /* elm, date(1) */
	REPAIRED("Thu, 14 Jul 2016 10:30:05 +0200 DST", MOMENT, 7200);
	REPAIRED("Thu Jul 14 08:30:05 GMT 2016", MOMENT, 0);                    /* Java, date(1) */
	REPAIRED("Thu, 14 Jul 2016 10h30 +0200", MOMENT - 5, 7200);             /* French webmail */
	REPAIRED("14-JUL-2016 08:30:05.00", MOMENT, UNKNOWN);                   /* VMS */
	REPAIRED("Thu, 14 Jul 2016 10:30:05 +200", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 GMT-0400 (EDT)", MOMENT + 6 * 3600, -14400);
	REPAIRED("Thu, 14 Jul 100 08:30:05 GMT", INT64_C(963563405), 0);        /* year 2000 as 100 */
}

/* A place keeps two times a year, and a number without its sign two zones. */
static void zones_that_say_two_things_are_unknown(void **state)
{
	REPAIRED("Thu, 14 Jul 2016 08:30:05 Europe/Berlin", MOMENT, UNKNOWN);
	REPAIRED("Thu, 14 Jul 2016 08:30:05 PST8PDT", MOMENT, UNKNOWN);
	REPAIRED("Thu, 14 Jul 2016 08:30:05 0200", MOMENT, UNKNOWN);
	REPAIRED("Thu, 14 Jul 2016 08:30:05 UCT", MOMENT, 0);
}

static void a_missing_or_unknown_zone_is_taken_for_utc(void **state)
{
	REPAIRED("Thu, 14 Jul 2016 08:30:05", MOMENT, UNKNOWN);
	REPAIRED("Thu, 14 Jul 2016 08:30:05 XYZT", MOMENT, UNKNOWN);
	/* No place on Earth is more than 14 hours from Greenwich. */
	REPAIRED("Thu, 14 Jul 2016 08:30:05 +2500", MOMENT, UNKNOWN);
	GOOD("Thu, 14 Jul 2016 22:30:05 +1400", MOMENT, 50400);
}

static void a_wrong_weekday_is_repaired(void **state)
{
	REPAIRED("Mon, 14 Jul 2016 10:30:05 +0200", MOMENT, 7200);
}

static void zones_have_the_names_of_several_continents(void **state)
{
	REPAIRED("Thu, 14 Jul 2016 09:30:05 CET", MOMENT, 3600);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 CEST", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 10:30:05 MESZ", MOMENT, 7200);
	REPAIRED("Thu, 14 Jul 2016 09:30:05 MET", MOMENT, 3600);
	REPAIRED("Thu, 14 Jul 2016 09:30:05 BST", MOMENT, 3600);
	REPAIRED("Thu, 14 Jul 2016 17:30:05 JST", MOMENT, 32400);
	REPAIRED("Thu, 14 Jul 2016 11:30:05 MSK", MOMENT, 10800);
	REPAIRED("Thu, 14 Jul 2016 08:30:05 UTC", MOMENT, 0);
	REPAIRED("Thu, 14 Jul 2016 01:30:05 (PDT)", MOMENT, -25200);
}

/* English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Norwegian,
 * Polish and Russian; Czech, Finnish, Danish, Hungarian, Turkish, Greek and Ukrainian, with the abbreviations that their calendars use; by the Unicode
 * CLDR, which has the genitive for dates. */
static void months_have_the_names_of_many_languages(void **state)
{
	static const char *const names[12] = {
		"January Januar Jänner janvier enero gennaio januari janeiro Jan janv stycznia sty января янв "
		"ledna led leden tammikuuta tammi január Ocak Oca Ιανουαρίου Ιαν Ιανουάριος январь січня січ січень styczeń",
		"February Februar février febrero febbraio februari fevereiro Feb févr lutego lut февраля фев "
		"února úno únor helmikuuta helmi február febr Şubat Şub Φεβρουαρίου Φεβ февр лютого лют luty",
		"March März mars marzo maart março Mrz mrt marca марта мар "
		"března bře březen maaliskuuta maalis marts március márc Mart Μαρτίου Μάρ березня бер marzec",
		"April avril abril aprile avr abr kwietnia kwi апреля апр "
		"dubna dub duben huhtikuuta huhti április ápr Nisan Nis Απριλίου Απρ апрель квітня кві kwiecień",
		"May Mai mayo maggio mei maio maj maja мая май "
		"května kvě květen toukokuuta touko május máj Mayıs MAYIS Μαΐου Μάι травня тра",
		"June Juni juin junio giugno junho czerwca cze июня июн "
		"června čvn červen kesäkuuta kesä június jún Haziran Haz Ιουνίου Ιούν июнь червня чер czerwiec",
		"July Juli juillet julio luglio julho juil lipca lip июля июл "
		"července čvc červenec heinäkuuta heinä július júl Temmuz Tem Ιουλίου Ιούλ июль липня лип lipiec",
		"August août agosto augustus ago augusti sierpnia sie августа авг "
		"srpna srp srpen elokuuta elo augusztus Ağustos Ağu Αυγούστου Αύγ август серпня сер sierpień",
		"September septembre septiembre settembre setembro sept września wrz сентября сен "
		"září zář syyskuuta syys szeptember szept Eylül Eyl Σεπτεμβρίου Σεπ сент вересня вер wrzesień",
		"October Oktober octobre octubre ottobre outubro Okt października paź октября окт "
		"října říj říjen lokakuuta loka október okt Ekim Eki Οκτωβρίου Οκτ жовтня жов październik",
		"November novembre noviembre novembro listopada lis ноября ноя "
		"listopadu lis listopad marraskuuta marras Kasım Kas Νοεμβρίου Νοέ нояб листопада лис",
		"December Dezember décembre diciembre dicembre dezembro Dez déc desember grudnia gru декабря дек "
		"prosince pro prosinec joulukuuta joulu Aralık Ara Δεκεμβρίου Δεκέμβριος декабрь грудня гру grudzień",
	};
	static const int before[12] = { 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335 };

	for (int month = 0; month < 12; month++) {
		char **words = g_strsplit(names[month], " ", -1);

		for (char **word = words; *word; word++) {
			char *value = g_strdup_printf("14. %s 2016 00:00:00 +0000", *word);
			const struct message *message = read_date(state, value);

			if (message->date_verdict != DATE_REPAIRED)
				print_error("%s\n", value);
			/* 2016-01-01 is day 16801; a leap year. */
			int64_t day = INT64_C(16801) + before[month] + 13;
			assert_true(message->instant == day * 86400);
			g_free(value);
		}
		g_strfreev(words);
	}
	REPAIRED("jeudi 14 juillet 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("mar. 12 juil. 2016 10:30:05 +0200", MOMENT - 2 * 86400, 7200);
	REPAIRED("Donnerstag, 14. Juli 2016 um 10:30:05 Uhr MESZ", MOMENT, 7200);
	REPAIRED("jueves, 14 de julio de 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("torsdag den 14 juli 2016 kl. 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("Czwartek, 14 LIPCA 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("четверг, 14 ИЮЛЯ 2016 г. 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("14 ao\xfbt 2016 10:30:05 +0200", MOMENT + 31 * 86400, 7200);     /* Latin-1 */
}

/* The order and the words of dates as CLDR has them for these languages, and what mail
 * programs make of them: Windows' own form of a date is in many quoted headers. */
static void dates_are_written_as_countries_do(void **state)
{
	REPAIRED("čtvrtek 14. července 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("torstaina 14. heinäkuuta 2016 klo 10.30.05 +0200", MOMENT, 7200);
	REPAIRED("torstai 14.7.2016 10.30.05 +0200", MOMENT, 7200);
	REPAIRED("torsdag d. 14. juli 2016 10.30.05 +0200", MOMENT, 7200);
	REPAIRED("2016. július 14., csütörtök 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016. júl. 14. 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016. 07. 14. 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016.07.14. 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("14 Temmuz 2016 Perşembe 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("Paz, 17 Tem 2016 10:30:05 +0200", MOMENT + 3 * 86400, 7200);
	REPAIRED("Πέμπτη, 14 Ιουλίου 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("четвер, 14 липня 2016 р. 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("14th July 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("Thursday, July 14th, 2016 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("1st August 2016 10:30:05 +0200", MOMENT + 18 * 86400, 7200);
	REPAIRED("July 3rd 2016 10:30:05 +0200", MOMENT - 11 * 86400, 7200);
}

/* 10:30:05 and 22:30:05, that is 12 hours later; noon and midnight as they are counted. */
static void the_half_of_the_day_is_understood(void **state)
{
	REPAIRED("14 Jul 2016 10:30:05 a.m. +0200", MOMENT, 7200);
	REPAIRED("14 Jul 2016 10:30:05 p.m. +0200", MOMENT + 43200, 7200);
	REPAIRED("14 de julio de 2016 10:30:05 p. m. +0200", MOMENT + 43200, 7200);
	REPAIRED("14 de julio de 2016, 10:30:05 P.\xc2\xa0M. +0200", MOMENT + 43200, 7200);
	REPAIRED("14 de julio de 2016 a las 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("14 Jul 2016 12:30:05 p.m. +0200", MOMENT + 7200, 7200);
	REPAIRED("14 Jul 2016 12:30:05 a.m. +0200", MOMENT - 36000, 7200);
}

static void dates_of_east_asia_are_read(void **state)
{
	REPAIRED("2016年7月14日 (木) 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016年7月14日（木） 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016年7月14日木曜日 10時30分05秒 +0200", MOMENT, 7200);
	REPAIRED("2016年7月14日 午後10:30:05 +0200", MOMENT + 43200, 7200);
	REPAIRED("2016年7月14日星期四 上午10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016年7月14日 週四 下午 10:30:05 +0200", MOMENT + 43200, 7200);
	REPAIRED("2016/07/14 下午 10:30:05 +0200", MOMENT + 43200, 7200);
	REPAIRED("2016년 7월 14일 목요일 오전 10:30:05 +0200", MOMENT, 7200);
	REPAIRED("2016년 7월 14일 오후 10시 30분 5초 +0200", MOMENT + 43200, 7200);
	REPAIRED("2016. 7. 14. 오후 10:30:05 +0200", MOMENT + 43200, 7200);
	REPAIRED("2016-07-14 오전 12:30:05 +0200", MOMENT - 36000, 7200);
}

static void dates_that_cannot_be_are_unreadable(void **state)
{
	static const char *const values[] = {
		"Thu, 31 Feb 2016 10:30:05 +0200", "Thu, 14 Jul 2016 25:61:05 +0200",
		"Thu, 14 Jul 2016 24:00:00 +0000", "Sun, 29 Feb 2015 10:30:05 +0000",
		"Thu, 0 Jul 2016 10:30:05 +0000", "Thu, 32 Jul 2016 10:30:05 +0000",
		"Thu, 14 Xyz 2016 10:30:05 +0000", "14 Jul 2016 10:30:05 +0075",
		"7/8/2016 10:30", "7/8/2016 10:30 p.m.", "平成28年7月14日 10:30:05", "28年7月14日 10:30:05",
		"2016年7月 10:30:05", "2016年7月14日7月 10:30", "7월 14일 10:30:05", "2016. 13. 14. 10:30:05",
		"2016年7月14日 上午 13:30:05", "14 Jul 2016 13:30:05 p.m.", "Jan Feb 14 2016 10:30:05",
		"2016. 0. 14. 10:30", "", "today", "0", "1468485005", "Thu, 14 Jul 10:30:05 +0200",
		"Thu, 14 Jul 20166 10:30:05 +0200", "2016-13-14 10:30:05", "2016-07 10:30",
		"14 Jul 2016 10:30:05 11:30:05", "14 Jul 2016 13:30 PM", "14 Jul 2016 10",
		"(14 Jul 2016)",
		"14 Jul 2016 10:", "\xff\xfe", "--", "Jul", "+", "14-",
		"Thu, 14 Jul 2016 10:30:05 X0500", "Thu, 14 Jul 2016 10:30:05 H0500",
		"99999999999999999999 Jul 2016 10:30", "14 Jul 99999999999999999999",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		const struct message *message = read_date(state, values[i]);

		if (message->instant != INSTANT_NONE)
			print_error("Date: %s\n", values[i]);
		assert_true(message->instant == INSTANT_NONE);
		assert_int_equal(DATE_MISSING, message->date_verdict);
		assert_int_equal(DATE_FROM_NOTHING, message->date_source);
		assert_int_equal(UNKNOWN, message->utc_offset_s);
		assert_true(message->faults & FAULT_BAD_DATE);
		assert_false(message->faults & FAULT_NO_DATE);
	}
}

/* GMime knows most of these forms; where both read, both must agree. */
static void gmime_reads_the_same_instants(void **state)
{
	static const char *const forms[] = {
		"%d %s %d 10:30:05 +0200", "%d %s %d 23:59:59 -0930", "%d %s %d 00:00 EST",
		"%d %s %d 10:30:05 GMT", "%d %s %d 10:30:05 PDT (x)", "%d %s %d 10:30:05 -0000",
		"%d %s %d 10:30:05 +1400", "%d %s %d 10:30:05 +0200 CEST",
	};
	static const char *const names[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	};
	static const int years[] = { 1983, 1999, 2000, 2015, 2016, 2099, 16, 99 };

	for (size_t form = 0; form < G_N_ELEMENTS(forms); form++) {
		for (int i = 0; i < 12 * 8 * 28; i += 11) {
			GString *value = g_string_new(NULL);
			const char *format = forms[form];

			g_string_printf(value, format, i % 28 + 1, names[i / 28 % 12],
			                years[i / 28 / 12]);
			GDateTime *expected = g_mime_utils_header_decode_date(value->str);
			const struct message *message = read_date(state, value->str);
			assert_non_null(expected);
			assert_true(g_date_time_to_unix(expected) == message->instant);
			g_date_time_unref(expected);
			g_string_free(value, TRUE);
		}
	}
}

static void no_locale_changes_how_a_date_is_read(void **state)
{
	setlocale(LC_ALL, "tr_TR.UTF-8");
	GOOD("FRI, 15 JUL 2016 08:30:05 GMT", MOMENT + 86400, 0);
	setlocale(LC_ALL, "C");
}

/* ---- where the date is taken from ---- */

#define HOP(time) "Received: from a.example by b.example; " time "\n"

static void without_a_date_the_newest_received_counts(void **state)
{
	const struct message *message = header_read_text(state,
		HOP("Thu, 14 Jul 2016 10:31:05 +0200 (CEST)")
		HOP("Thu, 14 Jul 2016 10:30:05 +0200") "\n");

	assert_true(message->instant == MOMENT + 60);
	assert_int_equal(DATE_FROM_RECEIVED, message->date_source);
	assert_int_equal(DATE_REPLACED, message->date_verdict);
	assert_int_equal(UNKNOWN, message->utc_offset_s);
	assert_true(message->received_gap_s == 0);
	assert_true(message->faults & FAULT_NO_DATE);
	assert_false(message->faults & FAULT_BAD_DATE);
	assert_string_equal("", message->date_raw);
}

static void an_unreadable_date_is_replaced_and_kept_as_text(void **state)
{
	const struct message *message = header_read_text(state,
		"Date: 31 Feb 2016\n\t25:61\n" HOP("Thu, 14 Jul 2016 10:30:05 +0200") "\n");

	assert_true(message->instant == MOMENT);
	assert_int_equal(DATE_FROM_RECEIVED, message->date_source);
	assert_int_equal(DATE_REPLACED, message->date_verdict);
	assert_true(message->faults & FAULT_BAD_DATE);
	assert_string_equal("31 Feb 2016 25:61", message->date_raw);
}

static void of_two_dates_the_first_readable_counts(void **state)
{
	const struct message *message = header_read_text(state,
		"Date: yesterday\nDate: Thu, 14 Jul 2016 10:30:05 +0200\n\n");

	assert_true(message->instant == MOMENT);
	assert_int_equal(DATE_GOOD, message->date_verdict);
	assert_string_equal("yesterday", message->date_raw);
}

static void the_gap_is_what_the_chain_says_minus_the_date(void **state)
{
	const struct message *message = header_read_text(state,
		HOP("Thu, 14 Jul 2016 10:30:35 +0200") HOP("Thu, 14 Jul 2016 10:30:15 +0200")
		"Date: Thu, 14 Jul 2016 10:30:05 +0200\n\n");

	assert_true(message->received_gap_s == 30);
	message = header_read_text(state, HOP("Thu, 14 Jul 2016 09:30:05 +0200")
	                           "Date: Thu, 14 Jul 2016 10:30:05 +0200\n\n");
	assert_true(message->received_gap_s == -3600);
	assert_int_equal(DATE_GOOD, message->date_verdict);
	assert_true(read_date(state, "Thu, 14 Jul 2016 10:30:05 +0200")->received_gap_s ==
	            INSTANT_NONE);
}

/* 30 days from 14 July are 13 August. */
static void a_date_a_month_from_the_chain_is_implausible_and_stays(void **state)
{
	const struct message *message = header_read_text(state,
		HOP("Sat, 13 Aug 2016 10:30:05 +0200") "Date: Thu, 14 Jul 2016 10:30:05 +0200\n\n");
	assert_int_equal(DATE_GOOD, message->date_verdict);

	message = header_read_text(state,
		HOP("Sat, 13 Aug 2016 10:30:06 +0200") "Date: Thu, 14 Jul 2016 10:30:05 +0200\n\n");
	assert_int_equal(DATE_IMPLAUSIBLE, message->date_verdict);
	assert_int_equal(DOUBT_RECEIVED, message->date_doubt);
	assert_int_equal(DATE_FROM_DATE, message->date_source);
	assert_true(message->instant == MOMENT);

	message = header_read_text(state,
		HOP("Thu, 14 Jul 2016 10:30:05 +0200") "Date: Thu, 14 Jul 2028 10:30:05 +0200\n\n");
	assert_int_equal(DATE_IMPLAUSIBLE, message->date_verdict);
}

static void dates_before_rfc_822_and_after_2100_are_implausible(void **state)
{
	static const struct {
		const char *value;
		int64_t instant;
		enum date_doubt doubt;
	} dates[] = {
		{ "12 Aug 1982 23:59:59 +0000", 398044799, DOUBT_EARLY },
		{ "13 Aug 1982 00:00:00 +0000", 398044800, DOUBT_NONE },
		{ "1 Jan 1980 00:00:00 +0000", 315532800, DOUBT_EARLY },
		{ "Thu, 1 Jan 1970 00:00:00 +0000", 0, DOUBT_EARLY },
		{ "31 Dec 2100 23:59:59 +0000", INT64_C(4133980799), DOUBT_NONE },
		{ "1 Jan 2101 00:00:00 +0000", INT64_C(4133980800), DOUBT_LATE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
		const struct message *message = read_date(state, dates[i].value);

		assert_true(message->instant == dates[i].instant);
		assert_int_equal(dates[i].doubt ? DATE_IMPLAUSIBLE : DATE_GOOD,
		                 message->date_verdict);
		assert_int_equal(dates[i].doubt, message->date_doubt);
	}
}

static void a_hop_with_a_mad_clock_does_not_speak_for_the_chain(void **state)
{
	const struct message *message = header_read_text(state,
		HOP("Thu, 14 Jul 2016 10:30:25 +0200") HOP("Thu, 14 Jul 2036 10:30:15 +0200")
		HOP("Thu, 14 Jul 2016 10:30:15 +0200") HOP("Thu, 1 Jan 1970 00:00:00 +0000") "\n");
	assert_true(message->instant == MOMENT + 20);

	/* One against one: the receiver's own system wrote the topmost field. */
	message = header_read_text(state,
		HOP("Thu, 14 Jul 2016 10:30:25 +0200") HOP("Thu, 14 Jul 2036 10:30:15 +0200") "\n");
	assert_true(message->instant == MOMENT + 20);
}

static void a_received_field_ends_in_its_date(void **state)
{
	assert_true(header_read_text(state, "Received: from a (x; y) by b\r\n\twith SMTP id 1;\r\n"
	            "\tThu, 14 Jul 2016 10:30:05 +0200 (CEST; summer)\r\n\r\n")->instant == MOMENT);
	assert_true(header_read_text(state,
	            "Received: from a by b Thu, 14 Jul 2016 10:30:05 +0200\n\n")->instant ==
	            INSTANT_NONE);
	assert_true(header_read_text(state, HOP("never") "\n")->instant == INSTANT_NONE);
}

static void a_separator_is_the_last_resort(void **state)
{
	static const char *const lines[] = {
		"From ann@example.org Thu Jul 14 08:30:05 2016",
		"From ann at example.org  Thu Jul 14 08:30:05 2016",
		"From Thu Sun Mon@example.org Thu Jul 14 08:30:05 2016 remote from x",
		"From ann@example.org Thu Jul 14 10:30:05 +0200 2016",
		"From ann@example.org Thu Jul 14 10:30:05 2016 +0200",
		"From - Thu Jul 14 08:30:05 2016\r",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		const struct message *message = header_read(state, lines[i], "Subject: a\n\n", 12);

		if (message->instant != MOMENT)
			print_error("%s\n", lines[i]);
		assert_true(message->instant == MOMENT);
		assert_int_equal(DATE_FROM_SEPARATOR, message->date_source);
		assert_int_equal(DATE_REPLACED, message->date_verdict);
	}

	static const char dated[] = HOP("Thu, 14 Jul 2016 10:31:05 +0200") "\n";
	assert_true(header_read(state, lines[0], dated, sizeof dated - 1)->instant == MOMENT + 60);
}

static void separators_that_mean_nothing_are_not_used(void **state)
{
	static const char *const lines[] = {
		"From mboxrd@z Thu Jan  1 00:00:00 1970",
		"From 0123456789abcdef Mon Sep 17 00:00:00 2001",       /* git format-patch */
		"From ann@example.org", "From ", "From ann Thu Jul 44 08:30:05 2016",
		"From ann Mon Dec 31 16:00:00 1979",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		const struct message *message = header_read(state, lines[i], "Subject: a\n\n", 12);

		assert_true(message->instant == INSTANT_NONE);
		assert_int_equal(DATE_MISSING, message->date_verdict);
	}
}

static void a_long_chain_is_read_to_its_bound(void **state)
{
	GString *header = g_string_new(NULL);

	for (int i = 0; i < 100000; i++)
		g_string_append(header, HOP("Thu, 14 Jul 2016 10:30:05 +0200"));
	g_string_append(header, "Date: Thu, 14 Jul 2016 10:30:05 +0200\n\n");
	assert_true(header_read_text(state, header->str)->received_gap_s == 0);
	g_string_free(header, TRUE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_forms_of_rfc_5322_are_good),
		cmocka_unit_test(the_obsolete_forms_of_rfc_5322_are_good),
		cmocka_unit_test(minus_zero_says_that_the_zone_is_unknown),
		cmocka_unit_test(other_forms_that_say_one_thing_are_repaired),
		cmocka_unit_test(forms_that_stopped_other_programs_are_read),
		cmocka_unit_test(zones_that_say_two_things_are_unknown),
		cmocka_unit_test(a_missing_or_unknown_zone_is_taken_for_utc),
		cmocka_unit_test(a_wrong_weekday_is_repaired),
		cmocka_unit_test(zones_have_the_names_of_several_continents),
		cmocka_unit_test(months_have_the_names_of_many_languages),
		cmocka_unit_test(dates_are_written_as_countries_do),
		cmocka_unit_test(the_half_of_the_day_is_understood),
		cmocka_unit_test(dates_of_east_asia_are_read),
		cmocka_unit_test(dates_that_cannot_be_are_unreadable),
		cmocka_unit_test(gmime_reads_the_same_instants),
		cmocka_unit_test(no_locale_changes_how_a_date_is_read),
		cmocka_unit_test(without_a_date_the_newest_received_counts),
		cmocka_unit_test(an_unreadable_date_is_replaced_and_kept_as_text),
		cmocka_unit_test(of_two_dates_the_first_readable_counts),
		cmocka_unit_test(the_gap_is_what_the_chain_says_minus_the_date),
		cmocka_unit_test(a_date_a_month_from_the_chain_is_implausible_and_stays),
		cmocka_unit_test(dates_before_rfc_822_and_after_2100_are_implausible),
		cmocka_unit_test(a_hop_with_a_mad_clock_does_not_speak_for_the_chain),
		cmocka_unit_test(a_received_field_ends_in_its_date),
		cmocka_unit_test(a_separator_is_the_last_resort),
		cmocka_unit_test(separators_that_mean_nothing_are_not_used),
		cmocka_unit_test(a_long_chain_is_read_to_its_bound),
	};

	return cmocka_run_group_tests_name("dates", tests, header_fixture_setup,
	                                   header_fixture_teardown);
}
