#!/bin/bash
# Copies under other Message-IDs: the header makes the suspicion, the body decides
. "$(dirname "$0")/lib.sh"

# letter ID BODY [FIELD...]: a message; a FIELD takes the place of the usual one.
letter() {
	local id=$1 body=$2 field
	shift 2
	declare -A fields=([From]='Ann Lee <ann@a.example>' [To]='bo@b.example, cy@c.example' [Cc]='dan@d.example'
		[Subject]='The plan' [Date]='Mon, 1 Feb 2016 10:00:00 +0000' [Message-ID]="<$id@x.example>")
	for field; do fields[${field%%:*}]=${field#*: }; done
	for field in From To Cc Subject Date Message-ID Bcc; do
		[ -z "${fields[$field]:-}" ] || printf '%s: %s\n' $field "${fields[$field]}"
	done
	printf '\n%b' "$body"
}
body='Hello Bo,\n\nFrom here on it is secret.\n>From me.\n\nAnn\n'
mkdir -p mail
{
	printf 'From ann@a.example Mon Feb  1 10:00:00 2016\n'
	letter 1 "$body" 'Bcc: eve@e.example' | sed 's/^\(>*From h\)/>\1/; s/^>From m/>>From m/'
	printf '\nFrom ann@a.example Mon Feb  1 10:00:00 2016\n'
	letter other-1 'Another one\n' 'Subject: other'
} >mail/a.mbox
# Copies: white space, line ends, another zone, another order of recipients, an encoded subject,
# no Message-ID, and a Bcc that the first does not name.
letter 2 'Hello  Bo,\r\n\r\nFrom here on it\r\n is secret.\r\n>From me.\r\n\r\nAnn' 'To: cy@c.example, Bo B <BO@b.example>' \
	'Date: Mon, 1 Feb 2016 11:00:00 +0100 (CET)' >mail/b.eml
letter 3 "$body" 'Subject: =?utf-8?q?The__plan?=' 'Bcc: fay@f.example' >mail/c.eml
letter 4 "$body" 'Message-ID: ' >mail/d.eml
# One Message-ID, one content, two spellings.
letter same-1 'Same\n' 'Subject: same' >mail/e.eml
letter same-1 'Same\n' 'Subject: =?utf-8?q?same?=' >mail/f.eml
# No copies: each differs in one thing.
letter 5 'Hello Bo,\n\nFrom here on it is open.\n' >mail/no-body.eml
letter 6 "$body" 'To: bo@b.example' >mail/no-to.eml
letter 7 "$body" 'Cc: dan@d.example, fay@f.example' >mail/no-cc.eml
letter 8 "$body" 'To: bo@b.example' 'Cc: cy@c.example, dan@d.example' >mail/no-role.eml
letter 9 "$body" 'Date: Mon, 1 Feb 2016 10:00:01 +0000' >mail/no-date.eml
letter 10 "$body" 'Subject: The plans' >mail/no-subject.eml
letter 11 "$body" 'From: ann@b.example' >mail/no-from.eml
letter 12 "$body" 'Date: ' >mail/no-date-1.eml
letter 13 "$body" 'Date: ' >mail/no-date-2.eml

status 0 $epistograph read --json -c case mail
is 'all are found' 16 "$(field found)"
is 'four are copies' 4 "$(field duplicates)"
is 'all of them by header and body' 4 "$(field other_id)"
is 'nothing is left to compare' 0 "$(field uncompared)"
is 'one Message-ID with one content is no finding' 0 "$(field same_id)"
is 'nor among the findings' 0 "$($epistograph show findings -c case --csv | grep -c same-id)"
$epistograph show duplicates -c case --csv >duplicates.csv
is 'the list says which, of which, and why' \
	'mail/b.eml,2@x.example,mail/a.mbox,0,"same header and body, other Message-ID"
mail/c.eml,3@x.example,mail/a.mbox,0,"same header and body, other Message-ID"
mail/d.eml,,mail/a.mbox,0,"same header and body, no Message-ID"
mail/f.eml,same-1@x.example,mail/e.eml,0,"same header and body, same Message-ID"' \
	"$(tail -n +2 duplicates.csv | cut -d, -f1,3-)"
is 'the bodies of others were not read' 'The  plan|The plan|same' \
	"$(sqlite3 case 'SELECT group_concat(subject, "|") FROM (SELECT DISTINCT subject FROM body JOIN message ON message.id = body.message ORDER BY 1)')"
$epistograph show message 3@x.example -c case >card
is 'a copy leads to the message' 1 "$(grep -c '^found at' card)"
is 'with every place' 4 "$(grep -oE '(a.mbox|[b-d].eml)@0' card | wc -l)"
is 'and every hidden recipient' 'eve@e.example fay@f.example' "$(sed -n '/^bcc/,/^found/p' card | grep -oE '[a-z]+@[ef].example' | tr '\n' ' ' | sed 's/ $//')"
ok 'who has a tie' sh -c "$epistograph export csv -q -c case -o graph && grep 'ann@a.example' graph-edges.csv | grep -q 'fay@f.example'"
is 'a tie counts the message once' '111' "$(grep 'ann@a.example.*eve@e.example' graph-edges.csv | cut -d, -f6)$($epistograph show edge ann@a.example eve@e.example -q -c case --csv | tail -n +2 | wc -l)$($epistograph show edge ann@a.example fay@f.example -q -c case --csv | tail -n +2 | grep -c ',1@x.example,')"
is 'the bytes of each copy are its own' '<2@x.example>' "$($epistograph show message mail/b.eml@0 --raw -c case | sed -n 's/^Message-ID: //p')"

# ---- the same, whatever the way ----
sqlite3 case .dump >dump
for jobs in 1 4; do
	$epistograph read -q --jobs $jobs -c case-$jobs mail
	ok "with $jobs workers too" sh -c "sqlite3 case-$jobs .dump | cmp - dump"
done
$epistograph read -q -c case mail
ok 'reading again changes nothing' sh -c 'sqlite3 case .dump | cmp - dump'
for files in mail/a.mbox mail/[b-d].eml mail; do $epistograph read -q -c bits $files; done
ok 'nor does reading bit by bit' sh -c 'sqlite3 bits .dump | cmp - dump'
for files in mail/no-*.eml mail/[fed].eml mail/c.eml mail; do $epistograph read -q -c back $files; done
is 'in another order as many are counted' "$(sqlite3 case 'SELECT count(*) FROM messages')" "$(sqlite3 back 'SELECT count(*) FROM messages')"
status 0 $epistograph read --json -c back mail
is 'and as many are copies' '4 4' "$(field duplicates) $(field other_id)"

# ---- in containers, whatever they are ----
mkdir boxes
(cd mail && zip -qr ../boxes/all.zip . && tar cJf ../boxes/all.tar.xz .)
gzip -c mail/a.mbox >boxes/a.mbox.gz
tar cf boxes/nested.tar -C boxes all.zip
for box in all.zip all.tar.xz nested.tar; do
	status 0 $epistograph read --json -c $box.case boxes/$box
	is "in $box as many are found, copies and compared" '16 4 4 0' \
		"$(field found) $(field duplicates) $(field other_id) $(field uncompared)"
done
status 0 $epistograph read --json -c packed boxes mail
is 'and a copy in each is a copy of the first' '12 54' "$(field counted) $(field duplicates)"
for jobs in 1 4; do $epistograph read -q --jobs $jobs -c packed-$jobs boxes mail; done
ok 'with any number of workers' sh -c 'sqlite3 packed-1 .dump >1.sql; sqlite3 packed-4 .dump | cmp - 1.sql'

# ---- files that change, go and come back ----
cp -p mail/a.mbox kept
sed -i '/^From ann/,$ { 1,/^From ann.*2016$/!b }' mail/a.mbox
awk '/^From /{n++} n>1' kept >mail/a.mbox
status 0 $epistograph read --json -c case mail
is 'a copy whose original goes is counted' '15 3' "$(field found) $(field duplicates)"
is 'under its own Message-ID' '2@x.example' "$(sqlite3 case "SELECT message_id FROM messages WHERE file = 'mail/b.eml'")"
is 'with the mail that is left' "$(sqlite3 case "SELECT count(*) FROM messages")" 12
cp kept mail/a.mbox
status 0 $epistograph read --json -c case mail
is 'and it is a copy again when that comes back' '16 4' "$(field found) $(field duplicates)"

mkdir far
mv mail/a.mbox far/
$epistograph read -q -c apart far/a.mbox
mv far/a.mbox far/away
status 0 $epistograph read --json -c apart mail/b.eml
is 'what cannot be compared is counted' '3 0 1' "$(field counted) $(field duplicates) $(field uncompared)"
ok 'and said' sh -c "$epistograph read -c apart mail/b.eml | grep -q 'may be copies, not compared *1'"
mv far/away far/a.mbox
status 0 $epistograph read --json -c apart mail/b.eml
is 'and compared when it is there again' '2 1 0' "$(field counted) $(field duplicates) $(field uncompared)"

# ---- Bcc ----
/usr/bin/python3 - <<'P'
import os
os.makedirs("repeats")
for n in range(12):
    with open("repeats/%02d.eml" % n, "w") as file:
        file.write("From: ann@a.example\nTo: bo@b.example\nCc: cy@c.example, dan@d.example\n"
                   "Bcc: dan@d.example, cy@c.example\nSubject: %d\nMessage-ID: <%d@r>\n\nx\n" % (n, n))
P
$epistograph read -c repeats.case repeats >account
ok 'an archive that repeats each Cc as Bcc is known' grep -q 'In 12 of 12 messages with a Cc the Bcc has the same addresses' account
exits 'and nobody in it is hidden' 3 'no ties are left' $epistograph export csv --role bcc -c repeats.case -o none
$epistograph read -c case mail >account
ok 'one or two say nothing' sh -c '! grep -q "the same addresses" account'

# ---- killed while bodies are compared ----
/usr/bin/python3 - <<'P'
import os
os.makedirs("many")
for copy in "ab":
    with open("many/%s.mbox" % copy, "w") as file:
        for n in range(15000):
            file.write("From a@a.example Mon Feb  1 10:00:00 2016\nFrom: p%d@a.example\nTo: bo@b.example\n"
                       "Subject: s\nDate: Mon, 1 Feb 2016 10:%02d:%02d +0000\nMessage-ID: <%s%d@x>\n\n" % (
                           n % 500, n // 60 % 60, n % 60, copy, n))
            file.write(("word %d " % n) * 300 + "\n\n")
P
begin=$(date +%s%N)
$epistograph read -q -c whole many
took=$(($(date +%s%N) - begin))
sqlite3 whole .dump >whole.sql
is 'every second one is a copy' '15000|15000' "$(sqlite3 whole 'SELECT sum(original IS NULL), sum(original IS NOT NULL) FROM message')"
within=0 equal=0
for percent in 55 62 69 76 83 90 97; do
	rm -f cut*
	timeout -s KILL "$(awk -v took=$took -v percent=$percent 'BEGIN { printf "%.3f", took * percent / 1e11 }')" \
		$epistograph read -q -c cut many 2>/dev/null
	read_of=$(sqlite3 -cmd '.timeout 10000' cut 'SELECT count(digest) > 0 AND count(digest) < 30000 FROM body' 2>/dev/null)
	within=$((within + ${read_of:-0}))
	$epistograph read -q -c cut many
	sqlite3 cut .dump | cmp -s - whole.sql && equal=$((equal + 1))
done 2>/dev/null
is 'each was completed to the same content' 7 $equal
echo "# killed with a part of the bodies stored: $within of 7"
done_testing
