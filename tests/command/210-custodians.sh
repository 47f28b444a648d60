#!/bin/bash
# Whose mailboxes the mail comes from, and what is seen without them
. "$(dirname "$0")/lib.sh"

# Ann's inbox: 10 letters to her of five people, two of whom write to each other in copy.
for i in 1 2 3 4 5 6 7 8 9 10; do
	mail "ann/inbox/$i.eml" "p$((i % 5))@others.example" 'Ann Lee <ann@example.org>' "In $i" \
		"Thu, 14 Jul 2016 12:30:0$((i % 10)) +0200" "Cc: p$(((i + 1) % 5))@others.example"
done
# What she sent, from another address: 10, in a Maildir.
for i in 1 2 3 4 5 6 7 8 9 10; do
	mail "ann/sent/cur/$i" '"Lee, Ann" <lee@example.org>' "q$i@others.example" "Out $i" \
		"Thu, 14 Jul 2016 13:30:0$((i % 10)) +0200"
done
# 9 letters to Bo are too few to tell.
for i in 1 2 3 4 5 6 7 8 9; do
	mail "bo/$i.eml" "r$i@others.example" 'bo@example.org' "Bo $i" "Thu, 14 Jul 2016 14:30:0$i +0200"
done
# A list in one file is nobody's, though all mail in it is to one address.
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	printf 'From x Thu Jul 14 12:30:05 2016\nFrom: s%d@others.example\nTo: trees@lists.example\nDate: Thu, 14 Jul 2016 15:30:05 +0200\nMessage-ID: <l%d@test.example>\nList-Id: <trees.lists.example>\n\nBody.\n\n' $i $i
done >trees.mbox

status 0 $epistograph read -c case ann bo trees.mbox
ok 'the owner of two folders, under two addresses' grep -qx '  Lee, Ann <lee@example.org>: in 20 of 20 messages, in 2 folders and files' out
ok 'is the only one' grep -qx 'Mailboxes of 1 person' out
status 0 $epistograph read -c case --json ann bo trees.mbox
is 'as JSON too' 'lee@example.org 2 20 20' "$(/usr/bin/python3 -c 'import json
print(*[" ".join(str(m[k]) for k in ("address", "places", "messages", "own")) for m in json.load(open("out"))["mailboxes_of"]])')"

# A folder a year, 4 letters to Cy in each of three: together they are enough to tell.
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	mail "cy/$((2010 + i % 3))/$i.eml" "p$((i % 5))@others.example" 'cy@example.org' "Cy $i" \
		"Thu, 14 Jul 2016 12:30:$((10 + i)) +0200" 'Cc: dee@example.org'
done
mail cy/2010/own.eml 'cy@example.org' 'p1@others.example' 'Cy' 'Thu, 14 Jul 2016 12:30:00 +0200'
# The folders of three people, 5 letters in each, whose superior Dee has four in five.
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
	mail "staff/$((i % 3))/$i.eml" "u$i@others.example" "v$((i % 3))@example.org" "Staff $i" \
		"Thu, 14 Jul 2016 16:30:$((10 + i)) +0200" $([ $i -lt 12 ] && echo 'Cc:dee@example.org')
done
status 0 $epistograph read -c years.case cy staff
is 'small folders are told together' '  <cy@example.org>: in 13 of 13 messages, in 1 folder or file' \
	"$(sed -n '/^Mailboxes/,$p' out | grep ' in [0-9]* of ')"
is 'who is in all of them and first in none is not their owner' 'Mailboxes of 1 person' "$(grep '^Mailboxes' out)"

# A case of her mail alone.
$epistograph read -q -c ann.case ann
said='This is the mailbox of Lee, Ann: ties between others are seen only in mail that this person sent or got.'
exits 'the ranking says what is not seen' 0 "^$said$" $epistograph people -c ann.case
status 0 $epistograph draw network -c ann.case -o ann.svg
ok 'the figure says it, too' sh -c "tr -d '\n' <ann.svg | sed 's/<[^>]*>/ /g' | tr -s ' ' | grep -q '$said'"
texts() { tr -d '\n' <"$1" | sed 's/<[^>]*>/ /g' | tr -s ' '; }
status 0 $epistograph draw pair p0@others.example p1@others.example -c ann.case -o pair.svg
is 'one of two others, too' 1 "$(texts pair.svg | grep -c "$said")"
status 0 $epistograph draw pair p0@others.example lee@example.org -c ann.case -o pair.svg
is 'one of the owner and somebody need not' 0 "$(texts pair.svg | grep -c "$said")"
is 'with others it is not so' 0 "$($epistograph people -c case --kind all 2>&1 | grep -c 'This is the mailbox')"
status 0 $epistograph people -c ann.case --without-custodians --csv
is 'without her there are the five who copied each other' '5 p0@others.example' \
	"$(sed 1d err >/dev/null; /usr/bin/python3 -c 'import csv
rows = list(csv.DictReader(open("out"))); print(len(rows), min(r["address"] for r in rows))')"
exits 'and that is said' 0 'without the owners of the mailboxes' $epistograph people -c ann.case --without-custodians
exits 'a timeline is of messages, not of ties' 2 'timeline' $epistograph draw timeline -c ann.case --without-custodians -o t.svg
done_testing
