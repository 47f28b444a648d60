#include "date_words.h"

#include <glib.h>

#include <string.h>

/* The twelve months, in the form used in dates, in the standing form where that differs,
 * and shortened, as the Unicode CLDR has them; "-" where a form says nothing new. RFC
 * 5322 knows only the first three letters of the English ones. Croatian is not here: its
 * lipanj, srpanj and listopad are June, July and October, and those of its neighbours are
 * not. */
static const char *const months[] = {
	/* English */
	"january february march april may june july august september october november december",
	"jan feb mar apr - jun jul aug sep oct nov dec",
	"- - - - - - - - sept - - -",
	/* German; Austrian January */
	"januar februar marz - mai juni juli - - oktober - dezember",
	"janner - maerz - - - - - - okt - dez",
	"jaenner - mrz - - - - - - - - -",
	/* French */
	"janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
	"janv fevr - avr - - juil - - - - -",
	/* Spanish */
	"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"ene - - abr - - - ago setiembre - - dic",
	/* Italian */
	"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"gen - - - mag giu lug - set ott - -",
	/* Dutch */
	"januari februari maart april mei juni juli augustus september oktober november december",
	"- - mrt - - - - - - - - -",
	/* Portuguese */
	"janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
	"- fev - - - - - - - out - -",
	/* Swedish, Danish and Norwegian, where they differ */
	"- - marts - maj - - augusti - - - desember",
	"- - - - - - - - - - - des",
	/* Finnish */
	"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta "
	"syyskuuta lokakuuta marraskuuta joulukuuta",
	"tammikuu helmikuu maaliskuu huhtikuu toukokuu kesakuu heinakuu elokuu syyskuu lokakuu "
	"marraskuu joulukuu",
	"tammik helmik maalisk huhtik toukok kesak heinak elok syysk lokak marrask jouluk",
	"tammi helmi maalis huhti touko kesa heina elo syys loka marras joulu",
	/* Polish */
	"stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika "
	"listopada grudnia",
	"styczen luty marzec kwiecien - czerwiec lipiec sierpien wrzesien pazdziernik listopad "
	"grudzien",
	"sty lut - kwi - cze lip sie wrz paz lis gru",
	/* Czech */
	"ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince",
	"leden unor brezen duben kveten cerven cervenec srpen - rijen - prosinec",
	"led uno bre dub kve cvn cvc srp zar rij - pro",
	/* Hungarian */
	"- - marcius aprilis majus junius julius augusztus szeptember - - -",
	"- febr marc - - - - - szept - - -",
	/* Turkish */
	"ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik",
	"oca sub - nis - haz tem agu eyl eki kas ara",
	/* Greek; every sigma is written as inside of words */
	"ιανουαριου φεβρουαριου μαρτιου απριλιου μαιου ιουνιου ιουλιου αυγουστου σεπτεμβριου "
	"οκτωβριου νοεμβριου δεκεμβριου",
	"ιανουαριοσ φεβρουαριοσ μαρτιοσ απριλιοσ μαιοσ ιουνιοσ ιουλιοσ αυγουστοσ σεπτεμβριοσ "
	"οκτωβριοσ νοεμβριοσ δεκεμβριοσ",
	"ιαν φεβ μαρ απρ μαι ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
	/* Russian */
	"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
	"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
	"янв фев мар апр - июн июл авг сен окт ноя дек",
	"- февр - - - - - - сент - нояб -",
	/* Ukrainian */
	"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
	"січень лютий березень квітень травень червень липень серпень вересень жовтень листопад "
	"грудень",
	"січ лют бер кві тра чер лип сер вер жов лис гру",
	"- - - квіт трав черв - серп - жовт лист груд",
};

/* The place of word among those of text, parted by blanks; -1 if it is none. */
static int place_in(const char *text, const char *word)
{
	size_t size = strlen(word);

	for (int place = 0; *text; place++) {
		size_t length = strcspn(text, " ");

		if (length == size && !memcmp(text, word, size))
			return place;
		text += length + (text[length] == ' ');
	}
	return -1;
}

int date_month_of(const char *word)
{
	for (size_t i = 0; i < G_N_ELEMENTS(months); i++) {
		int place = place_in(months[i], word);

		if (place >= 0)
			return place + 1;
	}
	return 0;
}

bool date_may_be_weekday(const char *word)
{
	return place_in("mar paz", word) >= 0;
}

bool date_is_weekday(const char *word)
{
	/* Hungarian and Turkish */
	static const char days[] =
		"hetfo kedd szerda csutortok pentek szombat vasarnap "
		"pazartesi sali carsamba persembe cuma cumartesi pazar pzt sal car per cum cmt paz";
	/* Chinese, Japanese and Korean: a day with its word */
	static const char *const parts[] = { "星期", "礼拜", "禮拜", "周", "週", "曜", "요일" };

	if (place_in(days, word) >= 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		if (strstr(word, parts[i]))
			return true;
	return false;
}

enum date_half date_half_of(const char *word)
{
	if (place_in("上午 午前 오전", word) >= 0)
		return HALF_BEFORE_NOON;
	return place_in("下午 午後 오후", word) >= 0 ? HALF_AFTER_NOON : HALF_NONE;
}

char date_unit_at(const char *text, size_t length, size_t *size)
{
	static const struct { const char *text; char unit; } units[] = {
		{ "年", 'Y' }, { "년", 'Y' }, { "月", 'm' }, { "월", 'm' }, { "日", 'd' }, { "일", 'd' },
		{ "号", 'd' }, { "號", 'd' }, { "時", 'H' }, { "时", 'H' }, { "点", 'H' }, { "點", 'H' },
		{ "시", 'H' }, { "分", 'M' }, { "분", 'M' }, { "秒", 'S' }, { "초", 'S' },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
		*size = strlen(units[i].text);
		if (*size <= length && !memcmp(text, units[i].text, *size))
			return units[i].unit;
	}
	return 0;
}
