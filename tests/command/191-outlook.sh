#!/bin/bash
# read: Outlook's MSG files as libgsf writes them; what is damaged costs no more than itself
. "$(dirname "$0")/lib.sh"

make_msg=$top/$build/tests/oracle/make_msg
echo | $make_msg try.msg 2>/dev/null
if [ $? -eq 77 ]; then
	skip 'MSG files are read' 'built without libgsf'
	done_testing
	exit
fi
rm -f try.msg

mkdir msg
$make_msg msg/sent.msg <<'END'
text 001A IPM.Note
text 0037 Großer Plan
text 0C1A Dee Fox
text 0C1E EX
text 0C1F /o=ORG/ou=First Group/cn=DEE
text 5D01 dee@a.example
text 1035 <sent@a.example>
time 0039 1459678953
number 0E07 1
number 0E08 4711
embedded
text 001A IPM.Note
text 0037 attached
text 0C1F ann@a.example
recipient
text 3003 dee@a.example
number 0C15 1
embedded
text 001A IPM.Note
text 0037 attached to that
text 0C1F gil@g.example
end
end
embedded
text 001A IPM.Contact
end
recipient
text 3001 Ann Lee
text 3002 SMTP
text 3003 Ann@A.example
number 0C15 1
recipient
text 3001 Bo
text 3002 EX
text 3003 /o=ORG/ou=First Group/cn=BO
text 39FE bo@b.example
number 0C15 2
recipient
text 3001 Cy
text 3002 EX
text 3003 /o=ORG/ou=First Group/cn=CY
number 0C15 3
END
$make_msg msg/kept.msg <<'END'
narrow 001A IPM.Note
number 3FFD 1252
narrow 007D From: ed@e.example
time 0E06 1459678953
END
printf 'narrow 001A IPM.Note\nnumber 3FFD 1251\nnarrow 0037 \317\353\340\355\nnarrow 0C1F ed@e.example\n' | $make_msg msg/narrow.msg
printf 'text 001A IPM.Contact\ntext 3001 Ann\n' | $make_msg msg/contact.msg
printf 'text 001A IPM.Note\nnumber 0E07 8\ntext 0037 draft\n' | $make_msg msg/draft.msg
printf '\320\317\021\340\241\261\032\341 no more than a begin' >msg/Thumbs.db
{ head -c 24 msg/sent.msg; printf '\377\377\377\377\377\377\377\377'; tail -c +33 msg/sent.msg; } >msg/damaged.msg

exits 'MSG files are read' 1 '"found": 4' $epistograph read --json -c case msg
is 'what is no mail is counted as such' 2 "$(field files_by_outcome.not_mail)"
is 'a damaged message is too' 1 "$(field files_by_outcome.unreadable)"
is 'a time of sending is said to be one' 1 "$(field by_date_source.submit)"
is 'a delivery time as well' 1 "$(field by_date_source.delivery)"
is 'a sent item without a header is read' 'dee@a.example|Dee Fox|Großer Plan|2016-04-03T10:22:33Z|sent@a.example|4711' \
	"$(sqlite3 case "SELECT sender, sender_name, subject, instant, message_id, size FROM messages WHERE file LIKE '%sent%'")"
is 'its recipients have their roles, and addresses where there are any' \
	'ann@a.example|to bo@b.example|cc /o=org/ou=first%20group/cn=cy|bcc' \
	"$(sqlite3 case "SELECT recipient, role FROM letters WHERE file LIKE '%sent%'" | tr '\n' ' ' | sed 's/ $//')"
is 'a text in a code page is read' 'План' "$(sqlite3 case "SELECT subject FROM messages WHERE file LIKE '%narrow%'")"
is 'headers are told apart from what is composed' 'kept.msg' \
	"$(sqlite3 case "SELECT replace(path, 'msg/', '') FROM message JOIN origin ON message = message.id JOIN file ON file.id = file WHERE NOT faults & 256")"
$epistograph show findings -c case >findings
ok 'messages attached are reported' grep -q '2 messages are attached to it and not read' findings
ok 'a draft is reported' grep -q 'never sent' findings
ok 'a contact is named' sh -c "$epistograph show files -c case | grep -q 'an Outlook item (contact)'"

# What is attached, read as well: a contact is none.
exits 'attached messages are read on demand' 1 '"counted": 6' $epistograph read --embedded --json -c inside.case msg
is 'and are marked' 2 "$(field by_enclosure.attached)"
is 'with the numbers of their attachments' '1|attached|ann@a.example 1.1|attached to that|gil@g.example' \
	"$(sqlite3 inside.case "SELECT member, subject, sender FROM messages WHERE enclosure = 'attached' ORDER BY member" | tr '\n' '~' | sed 's/~$//; s/~/ /')"
is 'nothing is left to report' '' "$($epistograph show findings -c inside.case | grep 'not read')"

# What was sent, and the same as it came: once, by Message-ID, sender, subject and time.
mkdir sent
cp msg/sent.msg sent/b.msg
cat >sent/c.eml <<'END'
From: Dee Fox <dee@a.example>
To: Ann Lee <ann@a.example>
Cc: Bo <bo@b.example>
Subject: =?utf-8?Q?Gro=C3=9Fer_Plan?=
Date: Sun, 3 Apr 2016 12:22:41 +0200
Message-ID: <sent@a.example>

It is great.
END
sed 's/12:22:41/12:32:41/' sent/c.eml >late.eml
exits 'a sent item and the message as it came count once' 0 '"counted": 1' $epistograph read --json -c sent.case sent
is 'as copies' 1 "$(field duplicates)"
is 'and no finding' 0 "$($epistograph show findings -c sent.case --csv | grep -c same-id)"
is 'the one with a header counts' 'Sun, 3 Apr 2016 12:22:41 +0200' "$(sqlite3 sent.case 'SELECT date_raw FROM message WHERE original IS NULL')"
ok 'with the hidden recipient of the other' sh -c "$epistograph show message sent@a.example -c sent.case | grep -q 'bcc.*cn=cy'"
ok 'the list says why' sh -c "$epistograph show duplicates -c sent.case | grep -q 'Outlook kept no header of this one'"
cp late.eml sent/c.eml
exits 'but not ten minutes later' 0 '"counted": 2' $epistograph read --json -c sent.case sent
is 'which is a finding again' 1 "$(field same_id)"

# Each MSG is a file of its own: who is known by the directory's entry alone in one of them is who
# has an address beside it in another.
mkdir folder
cp msg/sent.msg folder/a.msg
printf 'text 001A IPM.Note\ntext 0037 back\ntext 0C1F ann@a.example\nrecipient\ntext 3001 Dee\ntext 3002 EX\ntext 3003 /O=ORG/ou=First Group/cn=dee\nnumber 0C15 1\n' |
	$make_msg folder/b.msg
$epistograph read -q -c folder.case folder
is 'entries of a folder of MSG files lead to their addresses' '1|/o=org/ou=first%20group/cn=dee dee@a.example' \
	"$(sqlite3 folder.case "SELECT count(DISTINCT person), group_concat(address, ' ') FROM
	(SELECT * FROM address WHERE address LIKE '%dee%' ORDER BY address)")"
ok 'by a rule that says so' sh -c "$epistograph alias explain dee@a.example -c folder.case | grep -q 'the directory entry stands beside the address in 1 message'"

# Items again: the header as it was read, and the text. By that they are compared, too.
mkdir bodies
item() { printf 'text 001A IPM.Note\ntext 0037 plan %s\ntext 0C1F dee@a.example\ntime 0039 1459678953\nrecipient\ntext 3003 ann@a.example\nnumber 0C15 1\n' "$1"; }
{ item one | sed '1atext 1000 It is great. Ä'; } | $make_msg bodies/a.msg
{ item one | sed '1atext 1000 It is  great. Ä' | sed '1atext 1035 <one@a.example>'; } | $make_msg bodies/b.msg
{ item two | sed '1atext 1000 Yes'; } | $make_msg bodies/c.msg
{ item two | sed '1atext 1000 No' | sed '1atext 1035 <two@a.example>'; } | $make_msg bodies/d.msg
item three | $make_msg bodies/e.msg
item three | sed '1atext 1035 <three@a.example>' | $make_msg bodies/f.msg
{ item four | sed '1atext 1000 Outside'; printf 'embedded\ntext 001A IPM.Note\ntext 0037 in it\ntext 0C1F gil@g.example\ntext 1000 Inside\nend\n'; } | $make_msg bodies/g.msg
exits 'items are compared by their texts' 0 '"counted": 7' $epistograph read --embedded --json -c bodies.case bodies
is 'equal ones are copies' 1 "$(field duplicates)"
is 'those without a text are not compared' 2 "$(field uncompared)"
is 'an item is shown as its header and its text' \
	'From: <dee@a.example>~To: <ann@a.example>~Subject: plan one~Date: Sun, 03 Apr 2016 10:22:33 -0000~~It is great. Ä' \
	"$($epistograph show message bodies/a.msg@0 -c bodies.case --raw | tr '\n' '~')"
is 'and one attached to it' 'Inside' "$($epistograph show message bodies/g.msg@0/part-1 -c bodies.case --raw | tail -1)"
is 'each by its place' 'Outside' "$($epistograph show message bodies/g.msg@0 -c bodies.case --raw | tail -1)"

# In a container: the same, from memory.
/usr/bin/python3 -c 'import zipfile; z = zipfile.ZipFile("box.zip", "w"); z.write("msg/sent.msg")'
exits 'an MSG file in a zip is read' 0 '"counted": 1' $epistograph read --json -c zip.case box.zip
is 'to the letter' "$(sqlite3 case "SELECT hex(digest) FROM message WHERE size = 4711")" "$(sqlite3 zip.case 'SELECT hex(digest) FROM message')"

# Bytes changed at random, and cut: every file has an outcome, and the run goes on.
mkdir mutated
/usr/bin/python3 - <<'END'
import random
chance = random.Random(11)
whole = open('msg/sent.msg', 'rb').read()
for i in range(300):
    made = bytearray(whole)
    for _ in range(chance.choice([1, 4, 40])):
        made[chance.randrange(8, len(made))] = chance.randrange(256)
    if i % 5 == 0:
        made = made[:chance.randrange(8, len(made))]
    open(f'mutated/{i:03}.msg', 'wb').write(made)
END
timeout 120 $epistograph read --json -c mutated.case mutated >out 2>err
ok 'mutated files end no run' [ $? -le 1 ]
is 'all of them are accounted for' 300 "$(field files)"
is 'and their messages are' "$(field found)" "$(($(field counted) + $(field duplicates) + $(field rejected)))"
ok 'most of them can still be read' [ "$(field found)" -gt 100 ]
$epistograph read -q -j 1 -c one.case mutated
$epistograph read -q -j 3 -c three.case mutated
sqlite3 one.case .dump >one.dump
sqlite3 three.case .dump >three.dump
ok 'the number of workers changes nothing' cmp one.dump three.dump

# PST: no more than known, since nothing here can write one.
printf '!BDN damaged from its fifth byte on' >damaged.pst
exits 'a damaged PST file is named' 3 'unreadable' $epistograph read -c pst.case damaged.pst
done_testing
