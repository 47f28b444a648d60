#!/bin/bash
# Containers are read as they stand: every member is accounted for, whatever it is
. "$(dirname "$0")/lib.sh"

ok 'archives of every kind are made' /usr/bin/python3 "$top/tests/data/make_archives.py" tree
unpacked() { find / -xdev \( -name escaped.eml -o -name absolute.eml -o -name up.eml \) -not -path '/proc/*' 2>/dev/null | wc -l; }
exits 'they are read, and what is damaged in them is a matter of the exit status' 1 '"found"' \
	$epistograph read --json -c tree/case tree/mail
/usr/bin/python3 "$top/tests/data/check_outcomes.py" tree tree/case >outcomes
ok 'each file and member becomes what it should' sh -c '! grep -A1 "^not ok" outcomes && grep -q "^ok 200" outcomes'
is 'files add up' "$(field files)" "$(sqlite3 tree/case 'SELECT count(*) FROM file')"
is 'by outcome, too' "$(field files)" "$(/usr/bin/python3 -c 'import json
print(sum(json.load(open("out"))["files_by_outcome"].values()))')"
is 'so do those on disk and those in containers' "$(($(field files) - $(field files_in_containers)))" "$(find tree/mail -type f | wc -l)"
is 'so do messages' "$(field found)" "$(($(field counted) + $(field duplicates) + $(field rejected)))"
is 'nothing is unpacked' 0 "$(unpacked)"

# The same mail as files, with it: each message is the copy of one there, of the same
# size, at the same byte.
exits 'the same mail on disk is the same mail' 1 '' $epistograph read --json -c both tree/loose tree/mail
is 'it adds no message' "$(sqlite3 tree/case 'SELECT count(*) FROM message')" "$(field counted)"
same="FROM origin AS o JOIN file AS f ON f.id = o.file
	JOIN origin AS p ON p.message = o.message JOIN file AS q ON q.id = p.file AND q.path LIKE 'tree/loose/%'
	WHERE f.path NOT LIKE 'tree/loose/%' AND f.path NOT LIKE '%cut.%' AND f.path NOT LIKE '%changed%'
	AND f.path NOT LIKE '%long.eml' AND f.path NOT LIKE '%sparse%' AND f.path NOT LIKE '%two-parts%'"
ok 'most of it is in both places' test "$(sqlite3 both "SELECT count(*) $same")" -gt 100
is 'sizes and bytes are those of the loose files' '' "$(sqlite3 both "SELECT f.path, o.offset, o.size, p.offset, p.size
	$same AND (o.offset, o.size) <> (p.offset, p.size)")"

# What is said.
$epistograph show files -c tree/case --csv >files.csv
said() { ok "$1" grep -qE "$2" files.csv; }
said 'an encrypted member is said to be' '^mail/locked.zip/inbox.mbox,.*encrypted: a password is needed'
said 'an archive with encrypted names is, too' 'hidden.7z,.*encrypted: a password'
said 'a document is told from an archive' 'letter.docx,.*not mail: a document or program kept as a zip'
said 'a symbolic link is named with its target' 'soft.eml,.*a symbolic link to /etc/passwd, not followed'
said 'a hard link is' 'hard.eml,.*the same file as real.eml'
said 'a bad checksum is' 'changed.zip/one.eml,.*bad CRC'
said 'too deep is too deep' 'deep9.*too deep'
said 'no members are no members' 'no-members.zip,.*it has no members'
said 'what acts on a terminal is spelled out' 'red\\x1b\[31m.eml'
said 'so is a byte that is no UTF-8' 'names.tar/\\xff\\xfe.eml'
said 'of two of one name the second has a number' 'names.zip/x.eml#2'
$epistograph show files -c tree/case >files.txt
ok 'and nothing of it reaches the terminal' sh -c '! LC_ALL=C grep -qP "[\x00-\x08\x0b-\x1f\x7f]" files.txt files.csv'

# From a mark back to the mail: the chain, and the byte in its last file.
second=$(grep -abn '^From ' tree/loose/inbox.mbox | sed -n '2s/^[0-9]*:\([0-9]*\):.*/\1/p')
is 'an origin names the whole chain' "mail/leak.tar.xz/box.zip/inbox.mbox@$second" \
	"$(sqlite3 tree/case "SELECT file.path || '@' || offset FROM origin JOIN file ON file.id = file
	WHERE path LIKE '%leak.tar.xz/box.zip/inbox.mbox' ORDER BY offset LIMIT 1 OFFSET 1")"

# Again, changed, and by any number of workers.
sqlite3 tree/case .dump >one.sql
status 1 $epistograph read --json -c tree/case tree/mail
sqlite3 tree/case .dump >two.sql
ok 'reading twice changes nothing' cmp one.sql two.sql
for jobs in 1 4; do
	$epistograph read -q -j $jobs -c tree/case$jobs tree/mail
	sqlite3 tree/case$jobs .dump >$jobs.sql
done
ok 'one worker and four give the same case' cmp 1.sql 4.sql

mail box/a.eml 'ann@a.example' 'bo@b.example' 'one' 'Mon, 1 Feb 2016 10:00:00 +0100'
mail box/b.eml 'ann@a.example' 'bo@b.example' 'two' 'Tue, 2 Feb 2016 10:00:00 +0100'
mail box/c.eml 'cy@c.example' 'bo@b.example' 'three' 'Wed, 3 Feb 2016 10:00:00 +0100'
(cd box && zip -q ../change.zip a.eml c.eml)
status 0 $epistograph read --json -c change change.zip
is 'a container is read' '2 2' "$(field counted) $(field files_in_containers)"
rm change.zip && (cd box && zip -q ../change.zip a.eml b.eml)
status 0 $epistograph read --json -c change change.zip
is 'a container that changed is read again' '2 2' "$(field counted) $(field files_in_containers)"
is 'and what is gone from it is gone' 'ann@a.example bo@b.example' \
	"$(sqlite3 change 'SELECT address FROM address ORDER BY address' | tr '\n' ' ' | sed 's/ $//')"
printf 'not mail\n' >change.zip
exits 'it may have become something else' 3 'no mail was found' $epistograph read --json -c change change.zip
is 'then nothing is left of its members' 1 "$(sqlite3 change 'SELECT count(*) FROM file')"
(cd box && zip -q ../pair.zip a.eml && cp a.eml ../loose.eml)
exits 'mail in a zip and beside it' 0 '"duplicates": 1' $epistograph read --json -c pair pair.zip loose.eml
ok 'has both places' sh -c "$epistograph show duplicates -c pair --csv | grep -q '^pair.zip/a.eml,0,.*,loose.eml,0'"
is 'a warning counts files on disk, not members' '' "$($epistograph read -q -c pair pair.zip loose.eml 2>&1)"

# What would be read.
exits 'read --list shows it all' 1 '' $epistograph read --list --csv -c nowhere tree/mail
cp out list.csv
ok 'and makes no case file' test ! -e nowhere
is 'with the same files in it' "$(sqlite3 tree/case 'SELECT count(*) FROM file')" "$(/usr/bin/python3 -c 'import csv
print(len(list(csv.DictReader(open("list.csv", newline="")))))')"
$epistograph show files -c tree/case --csv >files.csv
is 'under the same names' "$(cut -d, -f1 files.csv | sed 's/^path$//; s/^mail/tree\/mail/' | sort | md5sum)" \
	"$(cut -d, -f1 list.csv | sed 's/^path$//' | sort | md5sum)"
ok 'a form is told with what it is packed in' grep -q '^tree/mail/tar-gz-xz,tar in gzip in xz,' list.csv
ok 'a compressed file has the form of what is in it' grep -q '^tree/mail/inbox.mbox.bz2,mbox in bzip2,' list.csv
ok 'a member has its size unpacked' grep -q "^tree/mail/seven/a/two.eml,message,$(stat -c %s tree/loose/a/two.eml)," list.csv
exits 'as JSON' 1 '"form": "7z"' $epistograph read --list --json tree/mail
ok 'that is valid' /usr/bin/python3 -m json.tool out
exits 'in words, with a sum' 1 '^241 files: .*cpio' $epistograph read --list tree/mail
exits 'CSV is for the list' 2 'csv is for --list' $epistograph read --csv tree/mail
done_testing
