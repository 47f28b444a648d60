#!/bin/bash
# read: every form of mail and of what is no mail, and an account that adds up
. "$(dirname "$0")/lib.sh"

mail box/a.eml 'Ann <ann@a.example>' 'bo@b.example' 'one' 'Mon, 1 Feb 2016 10:00:00 +0100'
mail box/deep/er/b.eml 'bo@b.example' '"Lee, Ann" <ANN@A.example>, cy@c.example' 'two' 'Tue, 2 Feb 2016 10:00:00 +0000'
mail Mail/cur/1.host:2,S 'cy@c.example' 'ann@a.example' 'three' 'Wed, 3 Feb 2016 10:00:00 -0500'
mail Mail/new/2.host 'cy@c.example' 'bo@b.example' 'four' 'nonsense' 'Received: from x by y; Thu, 4 Feb 2016 10:00:00 +0000'
mail Mail/tmp/3.host 'cy@c.example' 'bo@b.example' 'never delivered' 'Wed, 3 Feb 2016 10:00:00 -0500'
printf 'not mail at all\n' >box/notes.txt
: >box/empty.eml
mkfifo box/pipe
ln -s .. box/deep/loop
{
	printf 'From ann@a.example Fri Feb  5 10:00:00 2016\nFrom: ann@a.example\nTo: bo@b.example\n'
	printf 'Message-ID: <m1@x>\nDate: Fri, 5 Feb 2016 10:00:00 +0000\n\nFrom the start it went wrong.\n\n'
	printf 'From bo@b.example Sat Feb  6 10:00:00 2016\nFrom: bo@b.example\nTo: ann@a.example\n'
	printf 'Message-ID: <m2@x>\n\nNo date but that of the separator.\n'
} >folder.mbox
cp box/a.eml copy.eml

exits 'mail of every form is read' 0 '"found": 7' $epistograph read --json -c case box Mail folder.mbox copy.eml
is 'one copy is a duplicate' 1 "$(field duplicates)"
is 'found is counted and duplicates and rejected' 7 "$(($(field counted) + $(field duplicates) + $(field rejected)))"
is 'a file that is not mail is counted as such' 1 "$(field files_by_outcome.not_mail)"
is 'an empty file is counted as such' 1 "$(field files_by_outcome.empty)"
is 'a FIFO is not opened' 1 "$(field files_by_outcome.special)"
is 'a link that leads back is followed once' 1 "$(field files_by_outcome.repeated)"
is 'one date comes from Received' 1 "$(field by_date_source.Received)"
is 'one date comes from the separator' 1 "$(field by_date_source.separator)"
is 'no date is invented' 6 "$(field by_year.2016)"
is 'addresses differ by more than case' 3 "$(field addresses)"

# The words of the case file's tables are those of the program.
keys() { /usr/bin/python3 -c 'import json, sys; print(" ".join(json.load(open("out"))[sys.argv[1]]))' "$1"; }
for table in kind date_source date_verdict; do
	is "table $table has the program's words" "$(keys by_$table)" \
		"$(sqlite3 case "SELECT word FROM $table ORDER BY number" | tr '\n' ' ' | sed 's/ $//')"
done
is 'table outcome has the program'"'"'s words' "$(keys files_by_outcome | tr '_ ' '-\n' | sort | tr '\n' ' ')" \
	"$(sqlite3 case 'SELECT word FROM outcome' | sort | tr '\n' ' ')"
$epistograph people -c case --role nobody 2>role.err
is "table role has the program's words" "$(sed -n 's/.*; there are //; s/, hidden$//p' role.err)" "$(sqlite3 case \
	"SELECT word FROM role WHERE word NOT LIKE '%from' AND word NOT IN ('sender', 'reply-to', 'directory', 'author') ORDER BY number" |
	tr '\n' ',' | sed 's/,$//; s/,/, /g')"

$epistograph show files -c case --csv >files.csv
ok 'the file that is not mail is named' grep -q 'box/notes.txt.*not' files.csv
is 'the reason does not say the place again' 'not mail: no header fields at its begin' \
	"$(sed -n 's/^box.notes.txt,.*,//p' files.csv)"
ok 'the FIFO is named' grep -q 'box/pipe' files.csv
ok 'the counted copy of a duplicate is named' sh -c "$epistograph show duplicates -c case --csv | grep -q 'copy.eml.*box/a.eml\|box/a.eml.*copy.eml'"

# A file is found again by its name in a list, whatever bytes that has.
odd=$(printf 'odd/e\033[31m\tf\n.txt')
mkdir odd
printf 'not mail at all\n' >"$odd"
printf 'not mail at all\n' >"$(printf 'odd/\377.txt')"
$epistograph read -q -c odd.case odd folder.mbox
$epistograph show files -c odd.case --json >odd.json
ok 'JSON has the very name' /usr/bin/python3 -c 'import json, os
paths = [row["path"] for row in json.load(open("odd.json", encoding="utf-8"))]
print(paths)
assert len(paths) == 3 and sum(os.path.isfile(path) for path in paths) == 2 and "odd/\\xff.txt" in paths'
for format in '' --csv; do
	ok "show files $format spells it out" sh -c "$epistograph show files -c odd.case $format |
		grep -F 'odd/e\\x1b[31m\\x09f\\x0a.txt' && $epistograph show files -c odd.case $format | grep -F 'odd/\\xff.txt'"
done
# A list of any length takes the same memory. (A sanitizer keeps what was freed.)
cp odd.case long.case
sqlite3 long.case "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
	INSERT INTO file (path, size, modified_ns, outcome, resume_offset, embedded)
	SELECT printf('long/%040d', i), 1, 1, 1, 0, 0 FROM n"
is 'a long list has its rows' 200004 "$($epistograph show files -c long.case --csv | wc -l)"
memory() { $top/$build/tests/bench/measure $epistograph show files "$@" | cut -f 2; }
for format in --csv --json; do
	fact="show files $format takes as little memory for 200,000 files as for three"
	if sanitized; then
		skip "$fact" 'a sanitizer keeps what was freed'
	else
		ok "$fact" test $(memory -c long.case $format) -lt $(($(memory -c odd.case $format) + 8192))
	fi
done

sqlite3 case .dump >one.sql
exits 'the same mail again' 0 '"found": 7' $epistograph read --json -c case box Mail folder.mbox copy.eml
sqlite3 case .dump >two.sql
ok 'reading twice changes nothing' cmp one.sql two.sql

mail more/d.eml 'di@d.example' 'ann@a.example' 'five' 'Sun, 7 Feb 2016 10:00:00 +0000'
exits 'more mail is added' 0 '"found": 8' $epistograph read --json -c case more
exits 'an account in words' 0 '= found +8' $epistograph read -c case more

exits 'a path that does not exist is named' 3 'nowhere' $epistograph read -c other nowhere
ok 'and no case file is left behind' test ! -e other
exits 'no mail at all is said' 3 'no mail was found in 1 file: 1 not mail' $epistograph read -c none box/notes.txt
exits 'no argument is wrong usage' 2 'no mail is named' $epistograph read -c none
done_testing
