#!/bin/bash
# Messages inside messages: which are read, how they are known, counted and shown
. "$(dirname "$0")/lib.sh"

mkdir mail
cp "$top"/tests/data/nested.eml "$top"/tests/data/report.eml mail
{
	printf 'From x Fri Jul 15 10:30:05 2016\n'
	cat mail/nested.eml
	printf '\nFrom x Wed Jul 13 09:00:05 2016\n'
	cat mail/report.eml
	printf '\n'
} >box.mbox

# What Python's email finds in the two; what is in base64 it does not decode: one more.
cat >theirs.py <<'END'
import email, sys
for name in sys.argv[1:]:
    for part in email.message_from_binary_file(open(name, 'rb')).walk():
        if part.get_content_type() == 'message/rfc822' and part.is_multipart():
            print(part.get_payload(0)['message-id'] or part['content-transfer-encoding'])
        if part.get_content_type() == 'text/rfc822-headers':
            print(email.message_from_string(part.get_payload())['message-id'])
END
/usr/bin/python3 theirs.py mail/nested.eml mail/report.eml | tr -d '<>' | sed 's/^base64$/coded@e.example/' | sort >theirs

exits 'without the option only messages by themselves are read' 0 '"found": 2' $epistograph read --json -c plain mail
is 'and the account says in how many files' 2 "$(field files_without_embedded)"
ok 'in words too' sh -c "$epistograph read -c plain mail | grep -q \"not looked for in 2 files\""
exits 'with it those inside are, too' 0 '"found": 8' $epistograph read --embedded --json -c case mail
is 'all count' 8 "$(field counted)"
is 'five are attached' 5 "$(field by_enclosure.attached)"
is 'one came back' 1 "$(field by_enclosure.returned)"
is 'nothing was left out' 0 "$(field files_without_embedded)"
sqlite3 case "SELECT message_id FROM messages WHERE enclosure <> 'none' ORDER BY 1" >ours
ok "they are those that Python's email finds" cmp ours theirs
is 'they are numbered by their parts' '2 2.2 3 4.1 4.2 3' \
	"$(sqlite3 case "SELECT group_concat(member, ' ') FROM (SELECT member FROM messages WHERE enclosure <> 'none' ORDER BY id)")"
printf 'From: Ann <ann@a.example>\nTo: Bo <bo@b.example>\nDate: Wed, 13 Jul 2016 09:00:00 +0000\nSubject: the letter\nMessage-ID: <letter@a.example>\n\nDear Bo' >letter.eml
is 'a place names the part' "found at     mail/nested.eml@0/part-2.2 (attached to another message), $(wc -c <letter.eml) bytes" \
	"$($epistograph show message letter@a.example -c case | grep 'found at')"
ok 'and is understood' sh -c "$epistograph show message mail/nested.eml@0/part-2.2 -c case | grep -q letter@a.example"
ok 'a place without one is that of the message around' sh -c "$epistograph show message mail/nested.eml@0 -c case | grep -q nested@c.example"
ok 'in a table of data it is marked' sh -c "$epistograph show message there@a.example -c case --csv | grep -q returned"

# The bytes again: header, blank line, body, without the line end that is the boundary's.
$epistograph show message letter@a.example -c case --raw >raw
ok 'its bytes are taken from the message again' cmp raw letter.eml
ok 'decoded where they are coded' sh -c "$epistograph show message coded@e.example -c case --raw | tail -1 | grep -qx 'Hi, Ann'"
touch -d '2001-01-01' mail/nested.eml
exits 'but not from one that has changed' 3 'has changed' $epistograph show message coded@e.example -c case --raw
touch -r "$top"/tests/data/nested.eml mail/nested.eml

# However they are kept.
/usr/bin/python3 - <<'END'
import gzip, zipfile
box = open('box.mbox', 'rb').read()
gzip.open('box.mbox.gz', 'wb').write(box)
with zipfile.ZipFile('box.zip', 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('in/box.mbox', box)
    for name in ('nested', 'report'):
        z.write(f'mail/{name}.eml')
with open('cr.eml', 'wb') as f:
    f.write(open('mail/nested.eml', 'rb').read().replace(b'\n', b'\r'))
with open('crlf.eml', 'wb') as f:
    f.write(open('mail/nested.eml', 'rb').read().replace(b'\n', b'\r\n'))
END
for kept in box.mbox box.mbox.gz; do
	exits "the same is in $kept" 0 '"counted": 8' $epistograph read --embedded --json -c $kept.case $kept
	$epistograph show message letter@a.example -c $kept.case --raw >raw
	ok "and to the letter" cmp raw letter.eml
done
exits 'in a zip of both all counts once' 0 '"counted": 8' $epistograph read --embedded --json -c box.zip.case box.zip
is 'with all places' 8 "$(field duplicates)"
ok 'of which each gives the bytes' cmp letter.eml <($epistograph show message box.zip/mail/nested.eml@0/part-2.2 -c box.zip.case --raw)
for kept in cr crlf; do
	exits "whatever ends lines ($kept)" 0 '"counted": 6' $epistograph read --embedded --json -c $kept.case $kept.eml
done
is 'bytes are as they stand' "$(wc -c <letter.eml)" "$($epistograph show message letter@a.example -c cr.case --raw | wc -c)"

# One that is there by itself as well: not marked, and counted once, by Message-ID or by its body.
mkdir twice
cp mail/nested.eml twice/b.eml
cp letter.eml twice/a.eml
sed -e 's/<coded@e/<other@e/' >twice/c.eml <<'END'
From: Ed <ed@e.example>
To: Ann <ann@a.example>
Date: Tue, 12 Jul 2016 08:00:00 +0000
Subject: coded
Message-ID: <coded@e.example>

Hi, Ann
END
exits 'one that is there by itself too counts once' 0 '"counted": 6' $epistograph read --embedded --json -c twice.case twice
is 'with two that are copies' 2 "$(field duplicates)"
is 'one of them by its body' 1 "$(field other_id)"
is 'both are by themselves' 3 "$(field by_enclosure.attached)"
ok 'the list of copies says which is inside' sh -c "$epistograph show duplicates -c twice.case | grep -q 'attached to the message there, part 2.2'"

# Figures and filters.
is 'a filter leaves them out' '3' "$($epistograph show date 2016 -c twice.case --kind all --without-embedded -q --csv | tail -n +2 | wc -l)"
$epistograph draw timeline -c twice.case -o with.svg
$epistograph draw timeline -c twice.case --without-embedded -o without.svg
ok 'a figure says how many there are' grep -q '3 messages only inside other messages' with.svg
$epistograph draw pair ann@a.example bo@b.example -c case -o pair.svg
ok 'one of two people how many are between them' grep -q '1 message only inside other messages' pair.svg
ok 'or that they are left out' grep -q 'without messages inside others' without.svg
ok 'and how many' grep -q '3 inside others' without.svg

# Read again when it is asked for otherwise.
exits 'the option makes known files be read again' 0 '"counted": 8' $epistograph read --embedded --json -c plain mail
exits 'and without it again' 0 '"counted": 2' $epistograph read --json -c plain mail
sqlite3 plain .dump >plain.sql
$epistograph read -q -c fresh mail
sqlite3 fresh .dump >fresh.sql
ok 'to the same as at first' cmp plain.sql fresh.sql

# At any number of workers, and wherever a run is broken off.
for i in $(seq 400); do
	printf 'From x Fri Jul 15 10:30:05 2016\n'
	sed "s/^Message-ID: <\([a-z0-9-]*\)@/Message-ID: <\1-$i@/" mail/nested.eml
	printf '\n'
done >large.mbox
$epistograph read -q --embedded -j 1 -c one large.mbox mail
$epistograph read -q --embedded -j 4 -c four large.mbox mail
sqlite3 one .dump >one.sql
sqlite3 four .dump >four.sql
ok 'the number of workers changes nothing' cmp one.sql four.sql
# Six in each of 401, two in the report. But for the Message-ID and what is in them the same
# 401 times: 401 around them and 401 forwards, and of the other four one each.
is 'all are there' 2408 "$(sqlite3 one 'SELECT count(*) FROM origin')"
is 'and copies are known' 808 "$(sqlite3 one 'SELECT count(*) FROM message WHERE original IS NULL')"
is 'each place once' 2408 "$(sqlite3 one 'SELECT count(*) FROM (SELECT DISTINCT file, offset, member FROM origin)')"
# As if it had been broken off within a message: a part of what is inside is not stored.
sqlite3 one "DELETE FROM origin WHERE offset >= (SELECT offset FROM origin WHERE member = '4.1' LIMIT 1 OFFSET 200)
	AND file = 1 AND NOT (offset = (SELECT offset FROM origin WHERE member = '4.1' LIMIT 1 OFFSET 200) AND member < '4');
	DELETE FROM mention WHERE message NOT IN (SELECT message FROM origin);
	DELETE FROM message WHERE id NOT IN (SELECT message FROM origin);
	UPDATE identifier SET message = NULL WHERE message NOT IN (SELECT id FROM message);
	UPDATE file SET outcome = 0, resume_offset = 0 WHERE id = 1; UPDATE state SET settled = 0;"
exits 'what was broken off is completed' 0 '"counted": 808' $epistograph read --embedded --json -c one large.mbox mail

is 'to all' 2408 "$(field found)"

# Hostile: deep, many, cut, and what the finding says.
/usr/bin/python3 - <<'END'
rfc822 = 'Content-Type: message/rfc822\n\n'
head = 'From: a@example.org\nTo: b@example.org\nDate: Fri, 15 Jul 2016 10:30:05 +0000\nMessage-ID: <%s@x>\n'
mixed = 'Content-Type: multipart/mixed; boundary=b\n\n'
open('deep.eml', 'w').write(head % 'deep' + rfc822 * 30000)
open('many.eml', 'w').write(head % 'many' + mixed + ''.join(
    '--b\n' + rfc822 + f'From: c{i}@example.org\n\n' for i in range(10500)))
open('empty.eml', 'w').write(head % 'empty' + mixed + '--b\n' + rfc822 + '\n\n--b--\n')
END
exits 'too deep is said' 0 '"found": 100' $epistograph read --embedded --json -c deep.case deep.eml
ok 'with a finding' sh -c "$epistograph show findings -c deep.case | grep -q attached-deep"
exits 'too many as well' 0 '"found": 10001' $epistograph read --embedded --json -c many.case many.eml
ok 'with one, too' sh -c "$epistograph show findings -c many.case | grep -q attached-many"
exits 'what has no header is none' 0 '"found": 1' $epistograph read --embedded --json -c empty.case empty.eml
ok 'and a finding' sh -c "$epistograph show findings -c empty.case | grep -q attached-empty"
done_testing
