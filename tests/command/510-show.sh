#!/bin/bash
# show: the messages behind a mark, where they stand, and their bytes
. "$(dirname "$0")/lib.sh"

mkdir -p mail/sub
# A mailbox of four: quoted and unquoted From lines, an escape sequence in a name and a subject,
# CR LF, a date that cannot be believed.
printf '%s\n' 'From ann@a.example Mon Feb  1 10:00:00 2016' \
	'From: Ann Lee <ann@a.example>' 'To: Bo <bo@b.example>, "Cy Roe" <cy@c.example>' \
	'Cc: dan@d.example, bo@b.example' 'Bcc: dan@d.example, eve@e.example' 'Subject: first' \
	'Date: Mon, 1 Feb 2016 10:00:00 +0100' 'Message-ID: <1@x.example>' '' 'Hello.' \
	'>From here on' '>>From there' 'from now' '' >mail/a.mbox
second=$(stat -c %s mail/a.mbox)
printf '%s\n' 'From ann@a.example Tue Feb  2 10:00:00 2016' \
	$'From: =?utf-8?q?Ann=1b=5b31m?= <ann@a.example>' 'To: bo@b.example' \
	'Subject: =?utf-8?q?red=1b[31m_=E2=80=AEtxt?=' 'Date: Tue, 2 Feb 2016 10:00:00 +0000' \
	'Message-ID: <2@x.example>' '' 'Second, with no line end' '' >>mail/a.mbox
third=$(stat -c %s mail/a.mbox)
printf 'From bo@b.example Wed Feb  3 10:00:00 2016\r\nFrom: bo@b.example\r\nTo: ann@a.example\r\nSubject: third\r\nDate: Wed, 3 Feb 2016 10:00:00 +0000\r\nMessage-ID: <3@x.example>\r\n\r\nCRLF\r\n\r\n' >>mail/a.mbox
fourth=$(stat -c %s mail/a.mbox)
printf '%s\n' 'From ann@a.example Thu Feb  4 10:00:00 2016' 'From: ann@a.example' 'To: bo@b.example' \
	'Subject: fourth' 'Date: Thu, 4 Feb 1971 10:00:00 +0000' 'Message-ID: <4@x.example>' '' 'Four.' >>mail/a.mbox
# Single messages: a copy of the first, one that is bulk, one with lines that end in CR alone.
tail -n +2 mail/a.mbox | head -c $((second - $(head -1 mail/a.mbox | wc -c) - 1)) >mail/sub/copy.eml
mail 'mail/sub/bulk.eml' ann@a.example bo@b.example news 'Fri, 5 Feb 2016 10:00:00 +0000' 'Precedence: bulk'
printf 'From: mac@m.example\rTo: ann@a.example\rSubject: mac\rDate: Sat, 6 Feb 2016 10:00:00 +0000\rMessage-ID: <mac@x>\r\rOld Mac\r' >mail/mac.eml
# One Message-ID, two contents.
for n in 1 2; do
	printf 'From: twin@t.example\nTo: ann@a.example\nSubject: %s\nDate: Sun, 7 Feb 2016 10:00:0%s +0000\nMessage-ID: <twin@x>\n\nx\n' $n $n >mail/twin$n.eml
done
mkdir home
$epistograph read -q -c home/case mail
show() { $epistograph show -c home/case "$@"; }

# ---- one message, by all its names ----
show message '1@x.example' >card
ok 'a Message-ID leads to its message' grep -qx 'subject      first' card
show message '<1@x.example>' >other
ok 'with <> too' cmp card other
number=$(sed -n 's/^message *//p' card)
show message "$number" >other
ok 'its number too' cmp card other
show message "../mail/a.mbox@0" >other
ok 'its place, as the case has it' cmp card other
show message "mail/a.mbox@0" >other
ok 'and as it is seen from here' cmp card other
show message "$work/mail/sub/copy.eml@0" >other
ok 'the place of a copy too' cmp card other
is 'every place is told' '../mail/a.mbox@0 ../mail/sub/copy.eml@0' \
	"$(grep -o '\.\./mail[^,]*' card | tr '\n' ' ' | sed 's/ $//')"
ok 'the date says where it is from' grep -qx 'instant      2016-02-01T09:00:00Z (Date)' card
is 'a recipient in two roles is one in the plainer' 'to cc bcc ' "$(grep -oE '^(to|cc|bcc)' card | tr '\n' ' ')"
is 'so that a Bcc is who is hidden' 'bcc          eve@e.example' "$(grep '^bcc' card)"
ok 'a Cc that repeats the To is none' grep -qx 'cc           dan@d.example' card
is 'two messages may have one Message-ID' 2 "$(show message twin@x | grep -c '^found at')"
exits 'what is nowhere is said' 3 "there is no message 'nobody@x'" show message nobody@x
exits 'a message needs a name' 2 'show message needs' show message
exits 'and one only' 2 'show message needs' show message 1 2
exits 'filters are not for one message' 2 'choose among' show message 1 --kind bulk

# ---- persons, edges, dates ----
rows() { show "$@" --csv 2>/dev/null | /usr/bin/python3 -c 'import csv, sys; print(*[row["subject"] for row in csv.DictReader(sys.stdin)])'; }
is 'an edge has a direction' 'third' "$(rows edge bo@b.example ann@a.example)"
is 'a name will do, and the order is that of time' 'first fourth' "$(rows edge ann@a.example bo@b.example | sed 's/ red[^ ]* [^ ]*//')"
is 'the kinds are those of a network' '4' "$(rows edge ann@a.example bo@b.example --kind all | tr -d '\n' | sed 's/red[^ ]* [^ ]*/red/' | wc -w)"
ok 'and what is left out is said' sh -c "$epistograph show -c home/case edge ann@a.example bo@b.example | grep -q '^Left out: 1 of other kinds'"
is 'Cc counts' 'first' "$(rows edge ann@a.example dan@d.example)"
is 'a Bcc that repeats a Cc is no Bcc' '' "$(rows edge ann@a.example dan@d.example --role bcc,to)"
is 'one that is hidden is' 'first' "$(rows edge ann@a.example eve@e.example --role bcc)"
is 'a period too' 'third' "$(rows person bo@b.example --since 2016-02-03)"
show person bo@b.example --kind all --csv 2>/dev/null >person.csv
is 'a person has a role in each message' 'to to from to to' "$(/usr/bin/python3 -c '
import csv
print(*[row["role"] for row in csv.DictReader(open("person.csv"))])')"
exits 'nobody of that name' 3 'no person "Zoe"' show person Zoe
exits 'an edge has two ends' 2 'show edge needs two persons' show edge ann@a.example
is 'a day' 'third' "$(rows date 2016-02-03)"
is 'a month, of all kinds' '7' "$(show date 2016-02 --csv -q | tail -n +2 | wc -l)"
is 'a quarter' '7' "$(show date 2016-Q1 --csv -q | tail -n +2 | wc -l)"
is 'a year' '7' "$(show date 2016 --csv -q | tail -n +2 | wc -l)"
is 'a range' 'third news' "$(rows date --since 2016-02-03 --until 2016-02-05)"
is 'a date that cannot be believed is in no column' '' "$(rows date 1971)"
is 'unless it is asked for' 'fourth' "$(rows date 1971 --implausible)"
exits 'a date is a date' 2 'is not a date' show date July
exits 'one period at a time' 2 'not both' show date 2016 --since 2015

# ---- nothing acts on a terminal ----
for form in '' --csv --json; do
	ok "no escape comes out (${form:-text})" sh -c "$epistograph show -c home/case person ann@a.example --kind all $form |
		{ ! LC_ALL=C grep -qP '\x1b'; }"
done
ok 'nor from a card' sh -c "$epistograph show -c home/case message 2@x.example | { ! LC_ALL=C grep -qP '\x1b|\xe2\x80\xae'; }"
show message 2@x.example >card
ok 'the override is made visible' grep -qF '\u{202e}txt' card
ok 'JSON is JSON' sh -c "$epistograph show -q -c home/case person ann@a.example --json | /usr/bin/python3 -m json.tool"

# ---- raw ----
cut_out() { tail -c +$(($2 + 1)) "$1" | tail -n +2 | head -c "$3"; }
show message 1@x.example --raw >raw
ok 'raw is what stands in the mailbox, without separator' sh -c "tail -n +2 mail/a.mbox | head -c $(stat -c %s raw) | cmp - raw"
ok 'to the last byte' sh -c "tail -n 1 raw | grep -qx 'from now'"
show message "mail/sub/copy.eml@0" --raw >raw
ok 'of the copy that was asked for' cmp raw mail/sub/copy.eml
show message mac@x --raw >raw
ok 'with the line ends it has' cmp raw mail/mac.eml
show message 3@x.example --raw -o raw
ok 'CR LF too' test "$(tail -c 6 raw | od -An -c | tr -d ' ')" = 'CRLF\r\n'
exits 'one message only' 3 '2 messages have the Message-ID twin@x' show message twin@x --raw
exits 'raw is raw' 2 'exclude each other' show message 1 --raw --json
exits 'lists are not raw' 2 'not lists' show files --raw
ok 'nor does raw go to a terminal' sh -c "script -qec '$epistograph show -c home/case message 1 --raw' /dev/null | grep -q 'may hold what acts on a terminal'"

show date 2016-02 --raw >all.mbox
cat >unpack.py <<'P'
import mailbox, re
box = mailbox.mbox("all.mbox", create=False)
raw = [re.sub(rb"(?m)^>(>*From )", rb"\1", box.get_bytes(key)) for key in box.keys()]
files = [open(name, "rb").read() for name in
         ("mail/sub/bulk.eml", "mail/twin1.eml", "mail/twin2.eml")]
assert len(raw) == 7, len(raw)
for content in files:
    assert content in raw, content
first = open("mail/a.mbox", "rb").read().split(b"\n", 1)[1]
assert first.startswith(raw[0]) and raw[0].endswith(b"from now\n"), raw[0]
assert b"\n>From here on\n>>From there\n" in raw[0]
P
ok 'several are a mailbox, each to the letter' /usr/bin/python3 unpack.py
ok 'with the separators they had' grep -qx 'From ann@a.example Mon Feb  1 10:00:00 2016' all.mbox
ok 'and one that says nothing' grep -qx 'From mboxrd@z Thu Jan  1 00:00:00 1970' all.mbox
show date --since 2016-02-01 --until 2016-02-05 --raw >some.mbox
$epistograph read -q -c again some.mbox
is 'which is read again as the same' "$(sqlite3 home/case "SELECT instant, subject, message_id FROM messages WHERE instant BETWEEN '2016-02' AND '2016-02-06' ORDER BY 1, 2")" \
	"$(sqlite3 again 'SELECT instant, subject, message_id FROM messages ORDER BY 1, 2')"

# ---- raw, out of containers ----
mkdir boxes
(cd mail && zip -qr ../boxes/all.zip . && tar cjf ../boxes/all.tar.bz2 . && gzip -c a.mbox >../boxes/a.mbox.gz)
tar cf boxes/nested.tar -C boxes all.zip
rm boxes/all.zip
$epistograph read -q -c home/boxes boxes
same=0 taken=0
while IFS='|' read -r place name; do
	taken=$((taken + 1))
	$epistograph show message "$place" --raw -c home/boxes >raw 2>err
	case $name in
	*a.mbox*) show message "../mail/a.mbox@${place##*@}" --raw >expected ;;
	*) cp "mail/${name##*/mail/}" expected ;;
	esac
	cmp -s raw expected && same=$((same + 1)) || echo "$place" >>differ
done < <(sqlite3 home/boxes "SELECT path || '@' || offset, replace(replace(path, '.tar.bz2/./', '/mail/'), '.zip/', '/mail/')
	FROM origin JOIN file ON file.id = origin.file WHERE path NOT LIKE '%mac.eml'")
is 'each is what it is outside, to the letter' "$taken $taken" "$taken $same"
is 'in a zip in a tar, a tar in bzip2, a mailbox in gzip' 20 $taken
$epistograph show date --since 2016-02-01 --until 2016-02-05 --raw -c home/boxes >boxed.mbox
is 'and several are one mailbox' "$(grep -c '^From ' some.mbox)" "$(grep -c '^From ' boxed.mbox)"
exits 'lines that end in CR alone are not to be had there' 3 'CR alone' \
	$epistograph show message "$(sqlite3 home/boxes "SELECT path || '@0' FROM file WHERE path LIKE '%mac.eml' LIMIT 1")" --raw -c home/boxes
touch -d '2001-01-01' boxes/nested.tar
exits 'a container that is not what it was is refused' 3 'nested.tar:0: .*its time stamp is another' \
	$epistograph show message "$(sqlite3 home/boxes "SELECT path || '@0' FROM file WHERE path LIKE '%copy.eml' AND path LIKE '%nested%'")" --raw -c home/boxes

# ---- a file that is not what it was ----
cp -p mail/a.mbox kept
printf 'x' >>mail/a.mbox
exits 'a file of another size is refused' 3 'a\.mbox:0: the file has changed since it was read \(its size' show message 1@x.example --raw
cp kept mail/a.mbox
touch -d '2001-01-01' mail/a.mbox
exits 'one of another time' 3 'its time stamp is another' show message 1@x.example --raw
sed 's/Subject: first/Subject: thirst/; s/Hello\./Hell./' kept >mail/a.mbox
touch -r kept mail/a.mbox
exits 'one whose header was changed behind its back' 3 'the header here is another' show message 1@x.example --raw
rm mail/a.mbox
exits 'one that is gone' 3 'a\.mbox: cannot open' show message 1@x.example --raw
ok 'and nothing comes out' test ! -s out
ok 'the table is still there' test "$(show date 2016-02-03 -q | wc -l)" -eq 3
done_testing
