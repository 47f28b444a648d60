#!/bin/bash
# people: who matters, with numbers derived by hand
. "$(dirname "$0")/lib.sh"

# Ann writes to Bo three times and to Cy twice, Bo answers once; Di only gets a Cc.
n=0
letter() { # FROM TO DATE [HEADER...]
	n=$((n + 1)) from=$1 to=$2 date=$3
	shift 3
	mail box/$n.eml "$from" "$to" "letter $n" "$date" "$@"
}
letter 'Ann Lee <ann@a.example>' 'bo@b.example' 'Mon, 1 Feb 2016 10:00:00 +0000' 'Cc: Di <di@d.example>'
letter 'Ann Lee <ann@a.example>' 'Bo <bo@b.example>' 'Tue, 2 Feb 2016 10:00:00 +0000'
letter 'Ann Lee <ANN@a.example>' 'bo@b.example, cy@c.example' 'Wed, 3 Feb 2016 10:00:00 +0000'
letter 'Ann <ann@a.example>' 'cy@c.example, ann@a.example' 'Thu, 4 Feb 2016 10:00:00 +0000'
letter 'Bo <bo@b.example>' 'ann@a.example' 'Fri, 5 Feb 2016 10:00:00 +0000'
letter 'News <news@n.example>' 'ann@a.example, bo@b.example, cy@c.example' 'Fri, 5 Feb 2016 11:00:00 +0000' \
	'List-Unsubscribe: <mailto:x@n.example>' 'Precedence: bulk'
letter 'ann@a.example' 'ann@a.example' 'Sat, 6 Feb 2016 10:00:00 +0000'
$epistograph read -q -c case box

status 0 $epistograph people -c case --csv -o people.csv
value() { # ADDRESS COLUMN
	/usr/bin/python3 -c 'import csv, sys
for row in csv.DictReader(open("people.csv", encoding="utf-8")):
    if row["address"] == sys.argv[1]: print(row[sys.argv[2]])' "$1" "$2"
}
is 'Ann sent four messages to others' 4 "$(value ann@a.example sent)"
is 'Ann received one' 1 "$(value ann@a.example received)"
is 'Bo received three' 3 "$(value bo@b.example received)"
is 'Ann has three correspondents' 3 "$(value ann@a.example correspondents)"
is 'one of three answers: reciprocity 1/3' 0.333 "$(value ann@a.example reciprocity | cut -c1-5)"
is 'Ann is first' 1 "$(value ann@a.example rank)"
is 'her name is the one seen most' 'Ann Lee' "$(value ann@a.example name)"
is 'the first date' 2016-02-01T10:00:00Z "$(value ann@a.example first)"
ok 'the newsletter does not take part' sh -c '! grep -q news@n.example people.csv'

exits 'what is left out is said' 0 'Left out: 1 bulk, 1 to the sender alone' $epistograph people -c case
exits 'the text names people' 0 'Ann Lee' $epistograph people -c case
exits 'a filter by date' 0 '2 of 7 messages' $epistograph people -c case --until 2016-02-02
exits 'all kinds' 0 'news@n.example' $epistograph people -c case --kind all
exits 'by a measure' 0 'PageRank' $epistograph people -c case --by pagerank
status 0 $epistograph people -c case --json -o people.json
ok 'JSON is JSON' /usr/bin/python3 -c 'import json; assert len(json.load(open("people.json"))) > 0'
mail wide/1 'A person of a name that is longer than any terminal is wide by far and then some more <long@a.example>' \
	'bo@b.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
$epistograph read -q -c wide.case wide
$epistograph people -c wide.case >piped.txt
for width in 40 140; do
	fact="a file does not depend on a terminal of $width columns"
	if script -qec true /dev/null >/dev/null 2>&1; then
		script -qec "stty cols $width; $epistograph people -c wide.case -o $width.txt" /dev/null >/dev/null
		script -qec "stty cols $width; $epistograph people -c wide.case" /dev/null >$width.terminal
		ok "$fact" cmp piped.txt $width.txt
		ok "but $width columns of a terminal are used" sh -c "! tr -d '\r' <$width.terminal | cmp -s - piped.txt"
	else
		skip "$fact" 'there are no terminals here'
	fi
done
status 0 $epistograph people -c case --top 1 --csv -o top.csv
is 'one row' 2 "$(wc -l <top.csv | tr -d ' ')"
status 0 $epistograph people -c case --role cc --csv -o people.csv
is 'only Cc: one tie' 1 "$(value di@d.example received)"
status 0 $epistograph people -c case --ego di@d.example --csv -o people.csv
is 'the ego and its one neighbour' 3 "$(wc -l <people.csv | tr -d ' ')"
status 0 $epistograph people -c case --by out-degree --csv -o by-name.csv
status 0 $epistograph people -c case --by out_degree --csv -o by-column.csv
ok 'a measure goes by its name or its column' cmp by-name.csv by-column.csv

# Of a reduced network, only the messages that are still in it are counted:
# a -> b, c on one day, a -> b twice later, c -> d last; of ties of two messages a -> b is left
mail red/1 'a@x.example' 'b@x.example, c@x.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail red/2 'a@x.example' 'b@x.example' 's' 'Tue, 2 Feb 2016 10:00:00 +0000'
mail red/3 'a@x.example' 'b@x.example' 's' 'Wed, 3 Feb 2016 10:00:00 +0000'
mail red/4 'c@x.example' 'd@x.example' 's' 'Thu, 4 Feb 2016 10:00:00 +0000'
$epistograph read -q -c red.case red
exits 'messages on the ties that are left' 0 '^3 of 4 messages make 1 tie between 2 people' $epistograph people -c red.case --min-messages 2
exits 'and on those left out' 0 'Left out: 1 only on ties that are left out' $epistograph people -c red.case --min-messages 2
status 0 $epistograph people -c red.case --min-messages 2 --csv
ok 'a person has only these' grep -q 'a@x.example.*,2016-02-01T10:00:00Z,2016-02-03T10:00:00Z' out
status 0 $epistograph draw network -c red.case --min-messages 2 -o red.svg
ok 'a figure says so' grep -q '4 messages; 3 in this figure' red.svg
ok 'and of which time they are' grep -q '1 Feb 2016 to 3 Feb 2016' red.svg

# Addresses as people type them: other case, punycode, a root dot, a name in front; stored is the Unicode form.
mail typed/1 'Zoe <zoe@bücherei.example>' 'bo@sub.xn--bcherei-n2a.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail typed/2 'Ann Lee <ann@a.example>' 'Ann Lee <lee@b.example>' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail typed/3 'Ann Lee <ann@a.example>' 'cy@c.example' 's' 'Tue, 2 Feb 2016 10:00:00 +0000'
$epistograph read -q -c typed.case typed
typed() { $epistograph people -c typed.case "$@"; }
exits 'a person in punycode' 0 '^1 of 3 messages.*with zoe@bücherei.example' typed --person 'ZOE@XN--BCHEREI-N2A.EXAMPLE.'
exits 'a person with the name in front' 0 '^1 of 3 messages' typed --person 'Z. <Zoe@xn--bcherei-n2a.example>'
exits 'a person by name' 0 '^2 of 3 messages' typed --person 'ANN LEE'
exits 'a domain in punycode, and what is below' 0 '^1 of 3 messages.*domain bücherei.example' typed --domain '@XN--Bcherei-N2A.example'
exits 'a domain below' 0 '^1 of 3 messages' typed --domain 'Sub.Bücherei.example'
exits 'no domain is no name' 2 'domain needs a name' typed --domain @
exits 'an ego in punycode' 0 'within 1 step of Zoe <zoe@bücherei.example>' typed --ego 'Zoe@xn--bcherei-n2a.example'
exits 'of two of one name the one with more mail is taken and named' 0 '^2 of 3 .*within 1 step of Ann Lee <ann@a.example>' typed --ego 'ann lee'
exits 'an ego without a name' 0 'within 1 step of cy@c.example' typed --ego CY@c.example
exits 'nobody' 3 'no ties of Nobody @ Work pass' typed --ego 'Nobody @ Work'
status 0 $epistograph draw network -c typed.case --ego 'Ann Lee' -o typed.svg
ok 'a figure says who the ego is' grep -q 'ithin 1 step of Ann Lee &lt;ann@a.example&gt;' typed.svg
status 0 $epistograph -q -o typed-report --ego 'Ann Lee' typed
ok 'the timeline beside it has all mail and says no ego' sh -c 'grep -q "3 messages; all in this" typed-report/timeline.svg && ! grep -q "step of" typed-report/timeline.svg'

# A mailing to 101 people, and mail to 100 and the sender herself; the only limit is on the first.
crowd() { seq -f 'p%g@crowd.example' -s ', ' 1 "$1"; }
mail many/1 'Ann <ann@a.example>' "$(crowd 101)" 'to all' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail many/2 'Ann <ann@a.example>' "$(crowd 100), ann@a.example" 'to most' 'Tue, 2 Feb 2016 10:00:00 +0000'
mail many/3 'p1@crowd.example' 'ann@a.example' 'answer' 'Wed, 3 Feb 2016 10:00:00 +0000'
mail many/4 'list@b.example' 'p1@crowd.example' 'news' 'Wed, 3 Feb 2016 11:00:00 +0000' 'Precedence: bulk'
$epistograph read -q -c many.case many
many() { $epistograph people -c many.case "$@"; }
exits 'mail to 100 makes 100 ties, and the answer one' 0 '^2 of 4 messages make 101 ties between 101 people \(personal and list mail\)' many
exits 'mail to 101 is counted as left out' 0 '^Left out: 1 bulk, 1 to more than 100 recipients\.' many
exits 'no limit' 0 '^3 of 4 messages make 102 ties between 102 people \(.*, to any number of recipients\)' many --max-recipients 0
exits 'nothing is left out for it then' 0 '^Left out: 1 bulk\.' many --max-recipients 0
exits 'a limit of one leaves the answer' 0 '^1 of 4 messages make 1 tie between 2 people \(.*, to at most 1 recipient\)' many --max-recipients 1
exits 'in words' 0 '2 to more than 1 recipient\.' many --max-recipients 1
exits 'a limit is a number' 2 'max-recipients takes a whole number' many --max-recipients none
status 0 $epistograph draw network -c many.case -o many.svg
ok 'the figure says what the limit left out' grep -q '1 to more than 100 recipients' many.svg
status 0 $epistograph export json -c many.case -o many.json
ok 'and so does the graph' grep -q 'personal and list mail; left out: 1 bulk, 1 to more than 100 recipients' many.json
status 0 $epistograph draw timeline -c many.case -o many.svg
ok 'a timeline keeps all mail' grep -q '4 messages; all in this figure' many.svg
status 0 $epistograph draw timeline -c many.case --max-recipients 100 -o many.svg
ok 'if no limit is given' grep -q 'Not in it: 1 to more than 100 recipients' many.svg
status 0 $epistograph draw timeline -c many.case --split community -o many.svg
ok 'by community it has the mail that made them' grep -q 'Personal and list mail.*by community of the sender' many.svg
status 0 $epistograph -q -o report many
ok 'a report keeps it in the timeline' grep -q '4 messages; all in this figure' report/timeline.svg
ok 'and out of the network' grep -q '1 to more than 100 recipients' report/network.svg
done_testing
