#!/bin/bash
# Gmail's Takeout: labels and conversations are kept, shown, and chosen by
. "$(dirname "$0")/lib.sh"

/usr/bin/python3 "$top/tests/data/make_takeout.py" All.mbox >expected.json
status 0 $epistograph read --json -c case All.mbox
is 'each message is one' '9 9' "$(field found) $(field counted)"
is 'all but one have labels' 8 "$(field labelled)"

# Python reads the same mailbox, and what was written into it is known.
labels() {
	$epistograph show date 2017 --json -c "$1" | /usr/bin/python3 -c 'import json, sys
print(json.dumps({row["message_id"]: sorted(row["labels"]) for row in json.load(sys.stdin)}, sort_keys=True))'
}
is 'labels are those that were written' \
	"$(/usr/bin/python3 -c 'import json; print(json.dumps(json.load(open("expected.json")), sort_keys=True))')" "$(labels case)"
is 'they are counted' 'Inbox,3 Trash,1' "$($epistograph show labels --csv -c case | grep -E '^(Inbox|Trash),' | tr -d '\r' | paste -sd' ')"
is 'a message shows its own' 'labels       Important|             Inbox|             Opened' \
	"$($epistograph show message 1@mail.example.org -c case | grep -A2 ^labels | paste -sd'|')"

# By hand: 1, 2, 3 and 8 are one conversation; 3 says that it answers 2, 2 and 8 say nothing.
is 'messages of a conversation are one thread, and marked' '2 1 gmail 1;3 2 in-reply-to 1;8 1 gmail 1' \
	"$(sqlite3 -separator ' ' case "SELECT message, parent, word, thread FROM thread
	JOIN thread_link ON number = link ORDER BY message" | paste -sd';')"
is 'which makes no answer' '3 2' "$(sqlite3 -separator ' ' case 'SELECT message, parent FROM replies')"

# What is left out.
chosen() { $epistograph show date 2017 --csv -c case "$@" | tail -n +2 | cut -d, -f1 | paste -sd' '; }
is 'nothing is left out unless asked for' '1 2 3 4 5 6 7 8 9' "$(chosen)"
is 'a label chooses' '1 3 8' "$(chosen --label inbox)"
is 'several choose any of them' '1 2 3 8' "$(chosen --label Inbox --label Sent)"
is 'labels can be left out' '1 2 3 4 6 8 9' "$(chosen --without-label Spam --without-label Trash)"
is 'both at once' '3 8' "$(chosen --label Inbox --without-label Important)"
is 'a label with a comma is one' 6 "$(chosen --label 'Projects, open')"
exits 'the figure says so' 0 'not labelled Spam' $epistograph people -c case --without-label Spam
exits 'a label that no message has is an error' 3 'no message with the label "Span"' \
	$epistograph people -c case --without-label Span

# The same messages in the files of single labels, and read again.
sed 's/^X-Gmail-Labels: Inbox\r$/X-Gmail-Labels: Inbox,Later\r/' All.mbox >Later.mbox
status 0 $epistograph read --json -c case All.mbox Later.mbox
is 'copies are copies' '9 9' "$(field counted) $(field duplicates)"
is 'and their labels are gathered' '3 8' "$(chosen --label Later)"
rm Later.mbox
printf '\n' >>All.mbox
status 0 $epistograph read --json -c again All.mbox
sed -i 's/^X-Gmail-Labels: Trash\r$/X-Gmail-Labels: Bin\r/' All.mbox
status 0 $epistograph read --json -c again All.mbox
is 'a changed file has the labels that it has now' 'Bin' \
	"$(sqlite3 again "SELECT label FROM label WHERE label IN ('Bin', 'Trash')")"
gzip -k All.mbox
tar -cf all.tar All.mbox.gz
status 0 $epistograph read --json -c tar all.tar
is 'in a container it is the same' "$(labels again)" "$(labels tar)"

done_testing
