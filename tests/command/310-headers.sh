#!/bin/bash
# what headers say beyond From and To: answers, the missing, hidden recipients, dates, authors
. "$(dirname "$0")/lib.sh"

# A list's archive without recipients: Ann asks, Bo answers after an hour and after three,
# Cy answers Bo, Bo himself; Di answers what is not there.
cat >list.mbox <<'MAIL'
From ann at a.example  Mon Feb  1 10:00:00 2016
From: ann at a.example (Ann Lee)
Date: Mon, 1 Feb 2016 10:00:00 +0000
Subject: [trees] Oaks
Message-ID: <1@a.example>

From bo at b.example  Mon Feb  1 11:00:00 2016
From: bo at b.example (Bo Ek)
Date: Mon, 1 Feb 2016 11:00:00 +0000
Subject: [trees] Re: Oaks
In-Reply-To: <1@a.example>
References: <1@a.example>
Message-ID: <2@b.example>

From bo at b.example  Mon Feb  1 13:00:00 2016
From: bo at b.example (Bo Ek)
Date: Mon, 1 Feb 2016 13:00:00 +0000
Subject: [trees] Re: Oaks
In-Reply-To: <1@a.example>
Message-ID: <3@b.example>

From cy at c.example  Mon Feb  1 14:00:00 2016
From: cy at c.example (Cy)
Date: Mon, 1 Feb 2016 14:00:00 +0000
Subject: [trees] Re: Oaks
References: <1@a.example> <3@b.example>
Message-ID: <4@c.example>

From bo at b.example  Mon Feb  1 15:00:00 2016
From: bo at b.example (Bo Ek)
Date: Mon, 1 Feb 2016 15:00:00 +0000
Subject: [trees] Re: Oaks
In-Reply-To: <3@b.example>
Message-ID: <5@b.example>

From di at d.example  Mon Feb  1 16:00:00 2016
From: di at d.example (Di)
Date: Mon, 1 Feb 2016 16:00:00 +0000
Subject: [trees] Re: Elms
In-Reply-To: <gone@a.example>
Message-ID: <6@d.example>

MAIL
exits 'what is named and not there is counted' 0 'named, not here .show missing. *1$' $epistograph read -c list.case list.mbox
exits 'an archive without recipients has no ties, and what helps is said' 3 'edges reply draws who answered whom' $epistograph people -c list.case
exits 'answers make ties' 0 '^3 of 6 messages make 2 ties between 3 people .answers in personal and list mail.' \
	$epistograph people -c list.case --edges reply
exits 'what is not in them is said' 0 "Left out: 2 that answer nothing here, 1 that answers the sender's own mail" \
	$epistograph people -c list.case --edges reply
status 0 $epistograph export csv -c list.case --edges reply -o r.csv
is 'a tie has its answers and their median delay: 3600 and 10800 s, the lower' 2,3600 \
	"$(/usr/bin/python3 -c 'import csv
for row in csv.DictReader(open("r-edges.csv", encoding="utf-8")):
    if row["source_address"] == "bo@b.example": print(row["messages"], row["median_delay_s"], sep=",")')"
status 0 $epistograph draw network -c list.case --edges reply -o r.svg
ok 'the figure says whose lines these are' sh -c "grep -q 'Who answered whom: 3 people' r.svg && grep -q 'the wide end answered' r.svg"
ok 'and nothing of mail sent' sh -c "! grep -qE 'wrote|recipient' r.svg"
status 0 $epistograph draw network -c list.case --edges reply --size 90x80 -o small.svg
ok 'a small page as well' sh -c "grep -q 'the wide end answered' small.svg && ! grep -q 'sent and received' small.svg"
exits 'a report says what helps' 0 'written; --edges reply draws' $epistograph -o report list.mbox
exits 'and does it' 0 '2 ties.*from 3 messages' $epistograph -o report list.mbox --edges reply
ok 'the missing are in a file' grep -q 'gone@a.example,1,1' report/missing.csv
exits 'the table says what is counted' 0 'Sent, Received: answers' $epistograph people -c list.case --edges reply
exits 'roles are of recipients' 2 '--role belongs to --edges recipient' $epistograph people -c list.case --edges reply --role to
exits 'there are two kinds of ties' 2 "recipient or reply, not 'thread'" $epistograph people -c list.case --edges thread

status 0 $epistograph show missing -c list.case --csv
is 'who must have had it' 'gone@a.example,1,1,2016-02-01T16:00:00Z,Di <di@d.example>,,[trees] Re: Elms,list.mbox,'"$(grep -abo '^From di at' list.mbox | cut -d: -f1)" \
	"$(sed -n 2p out | tr -d '\r')"
exits 'as text' 0 'Had by .who answered.' $epistograph show missing -c list.case
status 0 $epistograph show missing -c list.case --json
ok 'as JSON' /usr/bin/python3 -c 'import json
row, = json.load(open("out")); assert row["answered_by"] == "Di <di@d.example>" and row["answers_to"] is None'
status 0 $epistograph show missing -c list.case --csv --person di@d.example
is 'of one who had it' 2 "$(wc -l <out)"
status 0 $epistograph show missing -c list.case --csv --person ann@a.example
is 'not of others' 1 "$(wc -l <out)"
exits 'nobody is nobody' 3 'nobody@a.example' $epistograph show missing -c list.case --person nobody@a.example
exits 'the missing have no kind' 2 'person among the missing' $epistograph show missing -c list.case --kind list
exits 'files are nobody'"'"'s' 2 'choose among' $epistograph show files -c list.case --person di@d.example
echo 'Diana <di@d.example> <ann@a.example>' >diana.txt
status 0 $epistograph show missing -c list.case --csv --aliases diana.txt
is 'by persons, with the addresses they had it by' 'Diana <di@d.example>' "$(sed -n 2p out | cut -d, -f5)"

# Hidden recipients: Bo is addressed, Cy only got it; and Di by a list.
mail hid/1.eml 'ann@a.example' 'bo@b.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000' \
	'Delivered-To: bo@b.example' 'X-Original-To: cy@c.example'
mail hid/2.eml 'ann@a.example' 'trees@l.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000' \
	'Delivered-To: di@d.example' 'List-Id: <trees.l.example>' 'List-Post: <mailto:trees@l.example>'
$epistograph read -q -c hid.case hid
exits 'who got it and is named nowhere' 0 '^1 of 2 messages make 1 tie between 2 people.*recipients in hidden' \
	$epistograph people -c hid.case --role hidden
exits 'is the person that the header shows' 0 'cy@c.example' $epistograph people -c hid.case --role hidden
is 'SQL tells the same' 'ann@a.example|cy@c.example' "$(sqlite3 hid.case 'SELECT sender, recipient FROM hidden')"
exits 'two roles of one person make one receipt' 0 '^2 of 2 messages make 4 ties' \
	$epistograph people -c hid.case --role to,delivered-to

# Dates: good, repaired, of 1970, none.
mail dat/1.eml 'ann@a.example' 'bo@b.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000'
mail dat/2.eml 'ann@a.example' 'bo@b.example' 't' 'Mon, 1 Feb 2016 10.00.00 +0000 UTC'
mail dat/3.eml 'ann@a.example' 'cy@c.example' 's' 'Thu, 1 Jan 1970 00:00:00 +0000'
mail dat/4.eml 'ann@a.example' 'di@d.example' 's' 'never'
$epistograph read -q -c dat.case dat
exits 'all enter a ranking, and those without a usable date are counted' 0 'Without a usable date: 2 of them' $epistograph people -c dat.case
exits 'one verdict' 0 '^1 of 4 messages.*dates repaired' $epistograph people -c dat.case --dates repaired
exits 'the others are counted' 0 'Left out: 2 with other dates' $epistograph people -c dat.case --dates good,repaired
exits 'a period needs usable ones and says so' 0 'dates good, repaired and replaced' $epistograph people -c dat.case --since 2015
exits 'implausible ones are taken at their word if asked for' 0 '1970-01-01' $epistograph people -c dat.case --dates implausible
exits 'a verdict that is none' 2 "no verdict on dates 'bad'; there are good, repaired, replaced, implausible, missing" \
	$epistograph people -c dat.case --dates bad
status 0 $epistograph draw timeline -c dat.case --dates good -o d.svg
ok 'a timeline says its choice' sh -c "grep -q 'dates good' d.svg && grep -q '3 with other dates' d.svg"
is 'why a date is doubted' early "$(sqlite3 dat.case "SELECT date_doubt FROM messages WHERE date_verdict = 'implausible'")"

# A list that writes itself into From.
mail via/1.eml 'Ann Lee via Trees <trees@l.example>' 'trees@l.example' 's' 'Mon, 1 Feb 2016 10:00:00 +0000' \
	'List-Id: <trees.l.example>' 'Reply-To: Ann Lee <ann@a.example>'
$epistograph read -q -c via.case via
is 'the author is the sender, and where that is from is said' 'ann@a.example|Ann Lee|Reply-To' \
	"$(sqlite3 via.case 'SELECT sender, sender_name, sender_source FROM messages')"
done_testing
