#!/bin/bash
# Who is whom: what the rules joined, why, and what the user decides
. "$(dirname "$0")/lib.sh"

n=0
letter() {
	n=$((n + 1))
	mail "mail/$n.eml" "$1" "$2" "Letter $n" "Thu, 14 Jul 2016 12:30:0$((n % 10)) +0200"
}
letter 'Ann Lee <ann@example.org>' 'bo@example.org'
letter 'Ann Lee <ann@example.org>' 'bo@example.org'
letter '"Lee, Ann" <lee@example.org>' 'bo@example.org'
letter 'Ann Lee <ann.lee@home.example>' 'bo@example.org'
letter 'Ann Lee <info@example.org>' 'bo@example.org'
letter 'Mark E. Roy <mer@example.org>' 'Bo Ek <bo@example.org>'
letter 'Mark A. Roy <mar@example.org>' 'Bo Ek <bo@example.org>'
letter 'Twin <t1@example.org>' 'bo@example.org'
letter 'Twin <t2@example.org>' 'bo@example.org'
$epistograph read -q -c case mail
sqlite3 case .dump >before

# What the rules did.
status 0 $epistograph alias list -c case --csv
is 'list names the rule and the evidence' \
	'Ann Lee,ann@example.org,lee@example.org,ann@example.org,name+domain,0.95,no,both are called Ann Lee at example.org' \
	"$(sed 1d out | tr -d '\r')"
exits 'in text below the row' 0 '^ +both are called Ann Lee at example.org$' $epistograph alias list -c case
exits 'with a sum' 0 '^9 addresses of 8 people, of whom 1 has more than one.$' $epistograph alias list -c case
status 0 $epistograph alias suggest -c case --json
is 'suggest tells hints and refusals, the best first' \
	'refused mar@example.org mer@example.org; suggested ann.lee@home.example ann@example.org' \
	"$(/usr/bin/python3 -c 'import json
print("; ".join(" ".join((r["state"], r["address"], r["other"])) for r in json.load(open("out"))))')"
exits 'with the reason' 0 'but the initials A and E differ' $epistograph alias suggest -c case
exits 'only as many as asked for' 0 '^1 of 2 hints' $epistograph alias suggest -c case --top 1
exits 'explain tells of one person what is joined' 0 'name\+domain +0.95  no$' $epistograph alias explain -c case lee@example.org
exits 'and what is not' 0 'suggested +name ' $epistograph alias explain -c case 'ann lee <ANN@example.org>'
exits 'read says how many people there are' 0 '^  people .* 8$' $epistograph read -c case mail
is 'an office is nobody' 1 "$(sqlite3 case "SELECT count(*) FROM address WHERE address = 'info@example.org' AND person = id")"

# Wrong use.
exits 'nothing to do' 2 'say what to do: list, suggest' $epistograph alias -c case
exits 'an unknown thing to do' 2 'say what to do: list, suggest' $epistograph alias marry -c case
exits 'one alone cannot be merged' 2 'alias merge takes two people or more' $epistograph alias merge -c case ann@example.org
exits 'list takes nobody' 2 'alias list takes no argument' $epistograph alias list -c case ann@example.org
exits 'one form at a time' 2 'exclude each other' $epistograph alias list -c case --csv --as-file
exits 'only list writes the file' 2 '--as-file belongs to alias list' $epistograph alias suggest -c case --as-file
exits 'an unknown address' 3 "nobody in the case has the address or the name 'who@example.org'" \
	$epistograph alias merge -c case ann@example.org who@example.org
exits 'a name of two people' 3 "2 people are called 'Twin': say an address .t1@example.org, t2@example.org.$" $epistograph alias merge -c case Twin ann@example.org
exits 'a case that is not there' 3 'there is no case file none' $epistograph alias split -c none ann@example.org
ok 'is not made' test ! -e none
sqlite3 case .dump >after
ok 'wrong use changes nothing' cmp before after

# Decisions, and back.
exits 'merge prints the person' 0 '^Ann Lee <ann@example.org> <ann.lee@home.example> <info@example.org> <lee@example.org>$' \
	$epistograph alias merge -c case ann@example.org ann.lee@home.example info@example.org
exits 'which is confirmed' 0 'user +1  yes$' $epistograph alias explain -c case info@example.org
exits 'refused ones, too' 0 '^Mark A. Roy <mar@example.org> <mer@example.org>$' $epistograph alias merge -c case 'Mark A. Roy' mer@example.org
exits 'split makes two' 0 '^<?.*<lee@example.org>$' $epistograph alias split -c case lee@example.org
is 'that are two' 2 "$(sqlite3 case "SELECT count(DISTINCT person) FROM address WHERE address IN ('ann@example.org', 'lee@example.org')")"
exits 'a suggestion against a decision is refused' 0 'the user keeps them apart' $epistograph alias explain -c case lee@example.org
letter 'Ann Lee <ann+list@example.org>' 'bo@example.org'
$epistograph read -q -c case mail
is 'decisions stay when more is read' 'ann+list@example.org ann.lee@home.example ann@example.org info@example.org ' \
	"$(sqlite3 case "SELECT address FROM address WHERE person = (SELECT id FROM address WHERE address = 'ann@example.org') ORDER BY 1" | tr '\n' ' ')"

# The file.
$epistograph alias list --as-file -c case -o people.txt
is 'the file has a line a person decided on or joined' 3 "$(grep -vc '^#' people.txt)"
ok 'the main address first' grep -qx 'Ann Lee <ann@example.org> <ann+list@example.org> <ann.lee@home.example> <info@example.org>' people.txt
ok 'one who stands alone' grep -qx 'Lee, Ann <lee@example.org>' people.txt
$epistograph alias forget -q -c case ann@example.org ann.lee@home.example info@example.org lee@example.org mar@example.org mer@example.org
is 'forget leaves all to the rules' 0 "$(sqlite3 case 'SELECT count(*) FROM alias')"
rm mail/10.eml
rm case
$epistograph read -q -c case mail
sqlite3 case .dump >again
ok 'and nothing is left of it' cmp before again
sed -i 's/^Ann Lee/Ann the Great/; s/ <ann+list@example.org>//' people.txt
exits 'the file can be applied' 0 '^6 addresses decided on by people.txt' $epistograph alias apply -c case people.txt
exits 'with the names in it' 0 '^Ann the Great +' $epistograph alias list -c case
exits 'also what the rules would not' 0 '^Mark A. Roy +' $epistograph alias list -c case
echo '<x@nowhere.example> <y@nowhere.example>' >>people.txt
exits 'addresses of nobody are told' 0 'people.txt: nobody in the case has 2 of its 8 addresses; the first is [xy]@nowhere.example in line 6' \
	$epistograph alias apply -c case people.txt
echo 'Ann Lee' >wrong.txt
exits 'a wrong line is told by its number' 3 'wrong.txt: line 1: there is no address' $epistograph alias apply -c case wrong.txt
exits 'a file that is not there' 3 'nothing.txt' $epistograph alias apply -c case nothing.txt

# Each step can be undone, to the last one, and what was decided before is there again.
rm case
$epistograph read -q -c case mail
decided() { sqlite3 case "SELECT group_concat(address || '=' || person || '=' || name, ' ') FROM (SELECT * FROM alias ORDER BY 1)"; }
exits 'what was never done is not undone' 3 'nothing is left to undo in case' $epistograph alias undo -c case
sqlite3 case .dump >never
$epistograph alias merge -q -c case ann@example.org ann.lee@home.example
first=$(decided)
$epistograph alias apply -q -c case people.txt 2>/dev/null
second=$(decided)
$epistograph alias split -q -c case lee@example.org info@example.org
exits 'undo takes the last step back' 0 '^The last decision is taken back; 2 more can be.$' $epistograph alias undo -c case
is 'to what a file had it' "$second" "$(decided)"
$epistograph alias undo -q -c case
is 'and to what was before that' "$first" "$(decided)"
exits 'down to the first' 0 'taken back; 0 more' $epistograph alias undo -c case
sqlite3 case .dump >after
ok 'of which nothing is left' cmp never after

# The other commands.
rm case
$epistograph read -q -c case mail
people() { $epistograph people -c case --csv -q "$@" >table && /usr/bin/python3 -c 'import csv
print(" ".join(sorted(row["address"] for row in csv.DictReader(open("table")))))'; }
joined='ann.lee@home.example ann@example.org bo@example.org info@example.org mar@example.org mer@example.org t1@example.org t2@example.org'
is 'people are persons' "$joined" "$(people)"
is 'addresses with --no-aliases' "$(echo $joined lee@example.org | tr ' ' '\n' | sort | tr '\n' ' ' | sed 's/ $//')" "$(people --no-aliases)"
is 'as a file has it with --aliases' 'ann@example.org bo@example.org lee@example.org mar@example.org t1@example.org t2@example.org' \
	"$(people --aliases people.txt 2>/dev/null)"
sqlite3 case .dump >after
ok 'and the case stays as it was' cmp before after
exits 'alias list has it so, too' 0 '^Ann the Great +ann@example.org +ann.lee@home.example' $epistograph alias list -c case --aliases people.txt
exits 'and explain' 0 '^Ann the Great <ann@example.org>: 3 addresses$' $epistograph alias explain -c case info@example.org --aliases people.txt
exits 'what changes the case takes no file' 2 'alias apply. keeps it' $epistograph alias split -c case ann@example.org --aliases people.txt
sqlite3 case .dump >after
ok 'and still nothing has changed' cmp before after
exits 'both at once are wrong' 2 'exclude each other' $epistograph people -c case --aliases people.txt --no-aliases
exits 'a wrong file is told' 3 'wrong.txt: line 1' $epistograph people -c case --aliases wrong.txt
exits 'the figure says so' 0 'each address by itself' sh -c "$epistograph people -c case --no-aliases"
exits 'any address is the person' 0 'of Ann Lee <ann@example.org>' $epistograph people -c case --ego lee@example.org
is 'a graph has one node a person' 8 "$($epistograph export graphml -c case | grep -c '<node ')"
is 'a report takes the options, too' 9 "$($epistograph -q -o out.d --no-aliases mail; sed 1d out.d/people.csv | wc -l)"

# What each join does to the ranking: the same as deciding against it does.
letter 'Bo Ek <bo@example.org>' 'ann@example.org'
letter 'Bo Ek <bo@example.org>' 'lee@example.org, t1@example.org'
$epistograph read -q -c case mail
ranked() { /usr/bin/python3 -c 'import csv, sys
print(" ".join(row[sys.argv[1]] for row in csv.DictReader(open("table")) if sys.argv[2] in (row["address"], "any")))' "$@"; }
$epistograph people -q -c case --sensitivity --csv >table
is 'sensitivity has a row a join' 'ann@example.org lee@example.org name+domain' \
	"$(ranked address any) $(ranked without any) $(ranked rule any)"
then=$(ranked rank_then any) rest=$(ranked rank_of_rest any)
$epistograph alias split -q -c case lee@example.org
$epistograph people -q -c case --csv --top 0 >table
is 'with the ranks of both, if they are two' "$(ranked rank ann@example.org) $(ranked rank lee@example.org)" "$then $rest"
$epistograph alias forget -q -c case lee@example.org
exits 'in text with a sum' 0 '^1 join of addresses of the 8 highest ranked people' $epistograph people -c case --sensitivity
exits 'not by one measure' 2 'goes with neither' $epistograph people -c case --sensitivity --by pagerank

# Any number of workers, any order: the same persons.
for i in 1 2 3 4 5 6 7 8 9 11 12; do mkdir -p "turned/$((19 - i))"; cp "mail/$i.eml" "turned/$((19 - i))/x.eml"; done
$epistograph read -q -j 3 -c turned.case turned
who="SELECT a.address, p.address, person.name FROM address a JOIN address p ON p.id = a.person JOIN person ON person.id = p.id ORDER BY 1"
is 'the order of files does not matter' "$(sqlite3 case "$who")" "$(sqlite3 turned.case "$who")"
# What the rules know, built in from a file.
$epistograph alias words >words
ok 'the words are those of the file, and no case is needed' cmp words "$top/src/identity/words.txt"
# Each word of the first list, and another one, makes an address of somebody who has a second one
# in the organisation: the two are one person, but for those of roles.
sed '1,/^\[role words\]/d; /^\[/,$d; /^#/d; /^$/d' words >role-words
number=0
for word in $(cat role-words) zebra; do
	number=$((number + 1))
	name="Ann Quist$(printf '%03d' $number | tr 0-9 a-j)"
	mail "roles/$word.eml" "$name <$word@example.org>" 'bo@b.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
	mail "roles/$word-2.eml" "$name <x$number.y@example.org>" 'bo@b.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
done
$epistograph read -q -c roles.case roles
ok 'the list has its words' test "$(wc -l <role-words)" -gt 100
is 'each makes an address one that is nobody'"'"'s, and no other word does' "x$number.y@example.org zebra@example.org" \
	"$(sqlite3 -separator ' ' roles.case "SELECT one.address, two.address FROM link JOIN address AS one ON one.id = link.address
	JOIN address AS two ON two.id = link.other WHERE state = 'joined'")"
done_testing
